"""Table four: kinds and results stand where its head says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import DISPUTE_HEADERS
from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import read_cells
from gongkai.tables.clean import CleanTables, _four
from gongkai.tables.statutory.disputes import read_disputes
from gongkai.tables.stream import tokenise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block

RESULTS = DISPUTE_HEADERS[4:]
KINDS = ("行政复议", "未经复议直接起诉", "复议后起诉")
NUMBERS = {path: str(number) for number, path in enumerate(DISPUTE_CELLS, start=11)}


def grid(rows: list[list[str]]) -> Grid:
    """Make a table whose cells stand one beside the other, a ``<`` widening the one before."""
    made = []
    for row in rows:
        cells: list[GridCell] = []
        for column, text in enumerate(row):
            if text == "<":
                cells[-1] = cells[-1]._replace(colspan=cells[-1].colspan + 1)
            elif text != "^":
                cells.append(GridCell(text, column))
        made.append(cells)
    return Grid(made, Place(table=1))


def wide(kinds: tuple[str, ...], results: tuple[str, ...]) -> Grid:
    """Print a head and the numbers below it, kinds and results in the order given."""
    first: list[str] = []
    second: list[str] = []
    third: list[str] = []
    numbers: list[str] = []
    for kind in kinds:
        fill = ["<"] * (len(results) - 1)
        if kind == "行政复议":
            first += [kind, *fill]
            second += results
            third += ["^"] * len(results)
        else:
            first += ["行政诉讼", *fill] if "行政诉讼" not in first else ["<"] * len(results)
            second += [kind, *fill]
            third += results
        block = KINDS.index(kind) * len(RESULTS)
        numbers += [NUMBERS[DISPUTE_CELLS[block + RESULTS.index(r)]] for r in results]
    return grid([first, second, third, numbers])


def read(*blocks: Block) -> dict[str, str | None]:
    found = read_disputes(tokenise(blocks))
    assert found is not None
    (row,) = found.rows
    assert not row.given_up
    assert row.settled is not None
    texts = [None if value is None else value.text for value in row.settled]
    return dict(zip(DISPUTE_CELLS, texts, strict=True))


@pytest.mark.parametrize("kinds", [KINDS, (KINDS[1], KINDS[2], KINDS[0])])
@pytest.mark.parametrize("results", [RESULTS, (RESULTS[4], *RESULTS[:4]), RESULTS[::-1]])
def test_a_head_in_another_order_is_followed(
    kinds: tuple[str, ...], results: tuple[str, ...]
) -> None:
    table = wide(kinds, results)
    assert read(table) == NUMBERS
    clean = _four(table, CleanTables())
    assert clean is (True if (kinds, results) == (KINDS, RESULTS) else None)


def test_a_head_without_totals_leaves_them_unprinted() -> None:
    got = read(wide(KINDS, RESULTS[:4]))
    assert got == {p: None if p.endswith(".total") else n for p, n in NUMBERS.items()}


def test_a_head_that_prints_a_result_twice_is_not_believed() -> None:
    table = wide(KINDS, RESULTS)
    table.rows[1][1] = table.rows[1][0]._replace(column=1)
    found = read_disputes(tokenise([table]))
    assert found is not None
    assert found.rows[0].given_up


def test_a_table_with_a_result_a_row_is_read() -> None:
    rows = []
    for block, kind in enumerate(KINDS):
        for n, result in enumerate(RESULTS):
            number = NUMBERS[DISPUTE_CELLS[block * len(RESULTS) + n]]
            rows.append([kind if n == 0 else "^", result, number])
    rows[5] = ["行政诉讼", *rows[5]]
    assert read(grid(rows)) == NUMBERS


def listed(kinds: tuple[str, ...], results: tuple[str, ...], blank: str = "") -> list[list[str]]:
    """Print each number behind its kind and its result."""
    return [
        [kind if result == results[0] else blank, result, number_of(kind, result)]
        for kind in kinds
        for result in results
    ]


def number_of(kind: str, result: str) -> str:
    return NUMBERS[DISPUTE_CELLS[KINDS.index(kind) * len(RESULTS) + RESULTS.index(result)]]


@pytest.mark.parametrize("kinds", [KINDS, KINDS[::-1]])
@pytest.mark.parametrize("results", [RESULTS, (RESULTS[4], *RESULTS[:4])])
@pytest.mark.parametrize("shape", ["list", "kinds beside", "results beside"])
def test_kinds_and_results_in_any_order_are_followed_when_several_heads_name_them(
    kinds: tuple[str, ...], results: tuple[str, ...], shape: str
) -> None:
    rows = listed(kinds, results)
    if shape == "kinds beside":
        rows = [["", *results]]
        rows += [[kind, *(number_of(kind, result) for result in results)] for kind in kinds]
    elif shape == "results beside":
        rows = [["", *kinds]]
        rows += [[result, *(number_of(kind, result) for kind in kinds)] for result in results]
    assert read(grid(rows)) == NUMBERS


def test_blanks_of_a_list_end_nothing() -> None:
    rows = listed(KINDS, RESULTS)
    for n in (1, 6, 7, 14):
        rows[n][2] = ""
    kept = {p: n for k, (p, n) in enumerate(NUMBERS.items()) if k not in (1, 6, 7, 14)}
    got = read(grid(rows))
    assert {path: text for path, text in got.items() if text} == kept


def test_a_word_among_the_numbers_costs_its_own_cell_alone() -> None:
    table = wide(KINDS, RESULTS)
    table.rows[3][6] = table.rows[3][6]._replace(text="见附件")
    found = read_cells([table])
    assert found is not None
    lost = DISPUTE_CELLS[6]
    assert {p: str(n) for p, n in found.cells.values.items()} == {
        p: n for p, n in NUMBERS.items() if p != lost
    }
    assert [f.cells for f in found.cells.findings if f.rule == "V.TEXT"] == [[lost]]


def test_a_garbled_result_keeps_its_column() -> None:
    table = wide(KINDS, RESULTS)
    for row in table.rows[:3]:
        row[:] = [c._replace(text=c.text.replace("尚未审结", "尚未审")) for c in row]
    assert read(table) == NUMBERS


@pytest.mark.parametrize("lead", [[""], []])
def test_padding_of_a_row_below_a_head_without_totals_is_no_cell(lead: list[str]) -> None:
    table = wide(KINDS, RESULTS[:4])
    first, second, third, numbers = table.rows
    padding = [GridCell(text, 0) for text in lead]
    table.rows = [first, [*padding, *second], [*padding, *third], [*padding, *numbers]]
    table.ragged = True
    assert read(table) == {p: None if p.endswith(".total") else n for p, n in NUMBERS.items()}


@pytest.mark.parametrize("single", [False, True])
def test_a_row_that_numbers_the_columns_holds_no_values(*, single: bool) -> None:
    table = wide(KINDS, RESULTS)
    numbered = [GridCell(str(n + 1), n) for n in range(len(DISPUTE_CELLS))]
    table.rows.insert(3, numbered)
    if single:
        table.rows = [[cell] for row in table.rows for cell in row]
        table.ragged = True
    found = read_cells([table])
    assert found is not None
    assert {p: str(n) for p, n in found.cells.values.items()} == NUMBERS
    assert not [f for f in found.findings if f.rule == "S.TWICE"]


@pytest.mark.parametrize("name", ["合计", "总计", "备注"])
@pytest.mark.parametrize("at", [0, 15])
@pytest.mark.parametrize("ragged", [False, True])
def test_a_column_that_the_form_does_not_have_is_left_out(
    name: str, at: int, *, ragged: bool
) -> None:
    table = wide(KINDS, RESULTS)
    first, *others, numbers = table.rows
    if not at:
        first[:] = [cell._replace(column=cell.column + 1) for cell in first]
        for row in others:
            row[:] = [cell._replace(column=cell.column + 1) for cell in row]
        numbers[:] = [cell._replace(column=cell.column + 1) for cell in numbers]
    first.insert(at and len(first), GridCell(name, at))
    numbers[3] = numbers[3]._replace(text="")
    numbers.insert(at, GridCell("99", at))
    table.ragged = ragged
    assert read(table) == NUMBERS | {DISPUTE_CELLS[3]: ""}
    found = read_cells([table])
    assert found is not None
    assert not [f for f in found.findings if f.rule == "S.TWICE"]


def test_a_row_of_sums_below_the_kinds_is_none_of_them() -> None:
    rows = [["", "", *RESULTS]]
    rows += [["", kind, *(number_of(kind, result) for result in RESULTS)] for kind in KINDS]
    assert read(grid([*rows, ["", "合计", *"99999"]])) == NUMBERS


def test_garbled_headers_among_others_are_headers() -> None:
    table = wide(KINDS, RESULTS)
    for old, new in (("结果维持", "结果雒持"), ("总计", "总汁")):
        for row in table.rows[:3]:
            row[:] = [c._replace(text=c.text.replace(old, new)) for c in row]
    assert read(table) == NUMBERS


def lines(*texts: str) -> list[str | None]:
    head = ["行政复议 |", "行政诉讼 |", "||||", *(f"{r} |" for r in RESULTS)]
    head += ["未经复议直接起诉 |", "复议后起诉 |", "||||", *(f"{r} |" for r in RESULTS * 2)]
    found = read_disputes(tokenise(read_text("\n".join([*head, *texts])).blocks))
    assert found is not None
    (row,) = found.rows
    return [None if value is None else value.text for value in row.settled or ()]


NUMBERS_BY_LINE = ["1", "2", "3", "4", "10", "5", "6", "7", "8", "26", "2", "0", "9", "0", "11"]


@pytest.mark.parametrize("at", [0, 15])
def test_an_added_column_of_a_table_without_a_raster_takes_no_blank_away(at: int) -> None:
    printed = ["", "1", *[""] * 2, "1", *[""] * 10]
    table = wide(KINDS, RESULTS)
    first, *_, numbers = table.rows
    first.insert(at and len(first), GridCell("合计", at))
    numbers[:] = [GridCell(text, n) for n, text in enumerate([*printed[:at], "1", *printed[at:]])]
    table.ragged = True
    assert read(table) == dict(zip(DISPUTE_CELLS, printed, strict=True))


@pytest.mark.parametrize("bars", ["|", "|||||"])
def test_bars_before_a_row_of_lines_are_none_of_its_cells(bars: str) -> None:
    assert lines(bars, *(f"{n} |" for n in NUMBERS_BY_LINE)) == NUMBERS_BY_LINE


@pytest.mark.parametrize("results", [RESULTS, (RESULTS[4], *RESULTS[:4])])
def test_another_word_for_the_total_is_followed(results: tuple[str, ...]) -> None:
    table = wide(KINDS, results)
    for row in table.rows:
        row[:] = [cell._replace(text=cell.text.replace("总计", "合计")) for cell in row]
    assert read(table) == NUMBERS


@pytest.mark.parametrize("label", ["件数", "2023年"])
@pytest.mark.parametrize("bars", [[], ["|"], ["||||||"]])
def test_a_label_in_a_line_opens_the_only_row(label: str, bars: list[str]) -> None:
    row = [f"{label} |", *(f"{n} |" for n in NUMBERS_BY_LINE)]
    assert lines(*bars, *row) == NUMBERS_BY_LINE
    assert lines(*bars, *row, "五、存在的主要问题") == NUMBERS_BY_LINE
    assert lines(*bars, *row, "上年 |", *("0 |" for _ in NUMBERS_BY_LINE)) != NUMBERS_BY_LINE
    assert lines(*bars, *row[:-1], "五、存在的主要问题") != NUMBERS_BY_LINE


def test_two_rows_of_other_tables_are_no_row_without_a_head() -> None:
    torn = ["4. | 0 | 0 | 0 | 0 | 0 | 0 | 1 |", "5 | 0 | 0 | 0 | 0 | 0 | 47 | 47 |"]
    assert read_disputes(tokenise(read_text("\n".join(["3.危及", *torn, "6.属于"])).blocks)) is None
    by_line = "\n".join(["3.危及", *(f"{n} |" for n in NUMBERS_BY_LINE)])
    assert read_disputes(tokenise(read_text(by_line).blocks)) is None
    told = read_text(f"四、行政复议、行政诉讼情况\n{by_line[5:]}").blocks
    assert read_disputes(tokenise(told)) is not None


@pytest.mark.parametrize("rest", ["1", "1 4"])
def test_several_numbers_below_the_row_are_of_its_own(rest: str) -> None:
    row = "0 0 0 18 18 0 0 0 0 0 0 0 0 0 0"
    assert lines(row, rest) == (row.split() if rest == "1" else [None] * 15)


@pytest.mark.parametrize("bars", ["|", "|||||"])
@pytest.mark.parametrize("place", range(15))
def test_bars_stand_for_no_lost_cell(bars: str, place: int) -> None:
    printed = [f"{n} |" for i, n in enumerate(NUMBERS_BY_LINE) if i != place]
    read = lines(bars, *printed)
    assert read[place] is None
    assert all(got in (None, right) for got, right in zip(read, NUMBERS_BY_LINE, strict=True))


def test_a_surplus_cell_below_no_result_takes_no_blank_away() -> None:
    printed = ["", "", "3", "2", "5", "", "1", "", "", "1", "4", "", "", "", "4"]
    head = wide(KINDS, RESULTS)
    added = GridCell("0", 15)
    cells = [*(GridCell(text, n) for n, text in enumerate(printed)), added]
    found = read_disputes(tokenise([Grid([*map(list, head.rows[:3]), cells], Place(table=1))]))
    assert found is not None
    (row,) = found.rows
    assert [None if value is None else value.text for value in row.settled or ()] == printed
    assert row.inferred


def _below(kinds: Sequence[str], results: Sequence[str], *, cut: int) -> list[str]:
    """Print a table a cell a line, its results broken after so many signs."""
    broken = [piece for word in results for piece in (word[:cut], word[cut:]) if piece]
    head = ["行政复议", "行政诉讼", *broken, *kinds[1:], *broken, *broken]
    cells = [KINDS.index(kind) * 5 + RESULTS.index(result) for kind in kinds for result in results]
    return [*head, *(NUMBERS[DISPUTE_CELLS[n]] for n in cells)]


def test_results_that_break_over_lines_are_followed_in_another_order() -> None:
    results = (RESULTS[1], RESULTS[0], *RESULTS[2:])
    document = read_text("\n".join(_below(KINDS, results, cut=3)))
    assert read(*document.blocks) == NUMBERS


def test_blocks_below_each_other_may_end_with_a_blank_row() -> None:
    rows = []
    for kind in KINDS:
        block = [NUMBERS[path] for path in DISPUTE_CELLS[KINDS.index(kind) * 5 :][:5]]
        rows += [[kind, *block]]
    table = grid([["类别", *RESULTS], *rows, [""] * 6])
    assert read(table) == NUMBERS


@pytest.mark.parametrize("results", [RESULTS, (RESULTS[4], *RESULTS[:4])])
def test_a_head_whose_covered_cells_are_printed_again_is_followed(results: tuple[str, ...]) -> None:
    first = ["行政复议"] * 5 + ["行政诉讼"] * 10
    second = [*results, *["未经复议直接起诉"] * 5, *["复议后起诉"] * 5]
    numbers = [
        NUMBERS[DISPUTE_CELLS[block * 5 + RESULTS.index(result)]]
        for block in range(3)
        for result in results
    ]
    assert read(grid([first, second, [*results] * 3, numbers])) == NUMBERS


def test_kinds_that_are_printed_again_above_each_column_are_followed() -> None:
    first = ["行政诉讼"] * 10 + ["行政复议"] * 5
    second = [*["未经复议直接起诉"] * 5, *["复议后起诉"] * 5, *RESULTS]
    numbers = [NUMBERS[path] for path in (*DISPUTE_CELLS[5:], *DISPUTE_CELLS[:5])]
    assert read(grid([first, second, [*RESULTS] * 3, numbers])) == NUMBERS


def parted(*between: Block, blanks: tuple[int, int] = (0, 0)) -> Sequence[Block]:
    """Print reconsideration and litigation in tables of their own, with blanks around each row."""
    numbers = list(NUMBERS.values())
    tables = (
        [["行政复议", *["<"] * 4], [*RESULTS], numbers[:5]],
        [
            ["行政诉讼", *["<"] * 9],
            ["未经复议直接起诉", *["<"] * 4, "复议后起诉", *["<"] * 4],
            [*RESULTS, *RESULTS],
            numbers[5:],
        ],
    )
    before, behind = ([""] * count for count in blanks)
    first, second = (grid([[*before, *row, *behind] for row in rows]) for rows in tables)
    return [first, *between, second]


@pytest.mark.parametrize("blanks", [(0, 0), (1, 0), (0, 1), (1, 1)])
@pytest.mark.parametrize(
    "words", [(), ("单位：件",), ("注：截至年底。", "行政诉讼统计表", "单位：件")]
)
def test_names_and_notes_stand_between_blocks_with_tables_of_their_own(
    words: tuple[str, ...], blanks: tuple[int, int]
) -> None:
    between = [Paragraph(word, Place(paragraph=n)) for n, word in enumerate(words, start=1)]
    found = read_cells(parted(*between, blanks=blanks))
    assert found is not None
    assert {p: str(found.cells.values.get(p)) for p in DISPUTE_CELLS} == NUMBERS


def test_numbers_between_blocks_are_not_passed_over() -> None:
    found = read_cells(parted(grid([["办结", "3"]])))
    assert found is not None
    assert not any(p in found.cells.values for p in DISPUTE_CELLS)


def test_kinds_that_are_printed_again_in_each_cell_are_one() -> None:
    numbers = list(NUMBERS.values())
    kinds = (("行政复议", "行政复议"), ("行政诉讼", "未经复议直接起诉"), ("行政诉讼", "复议后起诉"))
    rows = [["类别", "类别", *RESULTS]]
    rows += [[*kind, *numbers[5 * n : 5 * n + 5]] for n, kind in enumerate(kinds)]
    found = read_cells([grid(rows)])
    assert found is not None
    assert {p: str(found.cells.values.get(p)) for p in DISPUTE_CELLS} == NUMBERS


@pytest.mark.parametrize("blank", ["", "\u3000"])
@pytest.mark.parametrize("at", range(5))
def test_a_row_of_blanks_behind_a_result_is_its_own(blank: str, at: int) -> None:
    rows = [["结果", *KINDS]]
    rows += [[result, *(number_of(kind, result) for kind in KINDS)] for result in RESULTS]
    rows[at + 1][1:] = [blank] * len(KINDS)
    empty = {p for p in DISPUTE_CELLS if p in DISPUTE_CELLS[at :: len(RESULTS)]}
    assert read(grid(rows)) == {p: blank if p in empty else n for p, n in NUMBERS.items()}


def test_results_at_different_heights_say_no_order() -> None:
    lines = [
        "行政复议 行政诉讼",
        "未经复议直接起诉 复议后起诉",
        "结果纠正 总计",
        " ".join(["结果维持", "其他结果", "尚未审结", *RESULTS * 2]),
        " ".join(NUMBERS.values()),
    ]
    found = read_disputes(tokenise(read_text("\n".join(lines)).blocks))
    assert found is not None
    assert found.rows[0].given_up


def test_litigation_may_be_named_before_reconsideration_where_no_raster_says_it() -> None:
    heads = ["行政诉讼", "行政复议", *KINDS[1:], *RESULTS * 3]
    lines = [*heads, *map(str, range(11, 26))]
    table = read_disputes(tokenise([Paragraph(text, Place()) for text in lines]))
    assert table is not None
    settled = table.rows[0].settled
    assert settled is not None
    assert [value and value.text for value in settled] == list(
        map(str, [*range(21, 26), *range(11, 21)])
    )


def markdown(rows: list[list[str]]) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])


def values(text: str) -> tuple[list[object], set[str]]:
    found = read_cells(read_text(text).blocks)
    assert found is not None
    read: list[object] = [found.cells.values.get(path) for path in DISPUTE_CELLS]
    return read, {f.rule for f in found.cells.findings}


@pytest.mark.parametrize("kinds", [True, False])
def test_a_page_number_below_the_table_is_no_cell(kinds: bool) -> None:  # noqa: FBT001 - a case
    block = ["1", "0", "0", "2", "3"]
    if kinds:
        table = markdown([["", *RESULTS], *([kind, *block] for kind in KINDS)])
    else:
        table = markdown([[f"{kind}-{leaf}" for kind in KINDS for leaf in RESULTS], block * 3])
    heading = "四、政府信息公开行政复议、行政诉讼情况"
    assert values(f"{heading}\n\n{table}\n\n2\n\n五、其他") == ([*map(int, block * 3)], set())


def test_numbers_in_lines_below_a_head_in_a_table_have_to_add_up() -> None:
    head = markdown([["行政复议"] + [""] * 4 + ["行政诉讼"] + [""] * 9, list(RESULTS) * 3])
    printed = ["1", "0", "0", "2", "3"] * 3
    assert values("\n".join([head, "", *printed]))[0] == [*map(int, printed)]
    scattered = [printed[4], *printed[:4], *printed[5:]]
    assert values("\n".join([head, "", *scattered])) == ([None] * 15, {"E.UNSETTLED"})

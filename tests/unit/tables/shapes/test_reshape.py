"""Turned tables and rows of several rows are read, and their cells keep their places."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.testbed import matrix
from tests.testbed.reports import make_report

from gongkai.form import APPLICANTS
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_LABELS
from gongkai.reading.document import Document, Grid, GridCell, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import read_cells
from gongkai.tables.shapes.rearranged import Rearranged
from gongkai.tables.shapes.reshape import reshaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.testbed.matrix import Table
    from tests.testbed.reports import TestReport

TABLES = (matrix.table_two, matrix.table_three, matrix.table_four)


def grid(table: Table, *, turned: bool = False) -> Grid:
    """Print a table as a page would hold it, or turned by a quarter."""
    columns: dict[int, list[GridCell]] = {}
    rows: list[list[GridCell]] = []
    for y, line in enumerate(table.raster()):
        rows.append([])
        for x, (cell, _) in enumerate(line):
            above = y and table.raster()[y - 1][x][0] if x < len(table.raster()[y - 1]) else None
            if cell is None or cell is above or (x and line[x - 1][0] is cell):
                continue
            rows[-1].append(GridCell(cell.text, x, cell.colspan, cell.rowspan))
            columns.setdefault(x, []).append(GridCell(cell.text, y, cell.rowspan, cell.colspan))
    found = [columns[x] for x in sorted(columns)] if turned else rows
    return Grid(found, Place(table=1))


def items(table: Table) -> list[Grid]:
    """Print each item of table two as a turned table of its own."""
    starts = [n for n, row in enumerate(table.rows) if row[0].kind == "title"]
    ends = [*starts[1:], len(table.rows)]
    return [
        grid(matrix.Table("二", table.rows[start + 1 : end], 4), turned=True)
        for start, end in zip(starts, ends, strict=True)
    ]


@pytest.mark.parametrize("make", TABLES)
@pytest.mark.parametrize("seed", range(4))
def test_a_turned_table_is_read_as_the_table_itself(
    make: Callable[[TestReport], Table], seed: int
) -> None:
    report = make_report(Random(seed), variant=("2021", "2019", "undivided", "2021")[seed])
    table = make(report)
    blocks = items(table) if table.name == "二" else [grid(table, turned=True)]
    found = read_cells(blocks)
    assert found is not None
    assert found.cells.values == {path: report.cells[path] for path in matrix.paths_of(table)}


@pytest.mark.parametrize("make", TABLES)
def test_a_table_in_the_form_s_shape_stays(make: Callable[[TestReport], Table]) -> None:
    for seed in range(8):
        table = grid(make(make_report(Random(seed))))
        assert reshaped([table])[0] is table


def test_several_rows_in_one_are_parted() -> None:
    report = make_report(Random(5), variant="2021", scale="medium")
    table = grid(matrix.table_three(report))
    at = next(n for n, row in enumerate(table.rows) if row[0].text.startswith("（六）"))
    group, rows = table.rows[at][0], table.rows[at : at + 3]
    cells = list(zip(rows[0][1:], rows[1], rows[2], strict=True))
    merged = [group, *(c[0]._replace(text="\n".join(part.text for part in c)) for c in cells)]
    table.rows[at : at + 3] = [merged]
    found = read_cells([table])
    assert found is not None
    assert found.cells.values == {
        path: n for path, n in report.cells.items() if path.startswith("requests.")
    }


def test_two_rows_of_one_number_in_one_are_parted() -> None:
    report = make_report(Random(5), variant="2021", scale="medium")
    table = grid(matrix.table_two(report))
    at = next(n for n, row in enumerate(table.rows) if row[0].text == "行政处罚")
    pairs = zip(table.rows[at], table.rows[at + 1], strict=True)
    table.rows[at : at + 2] = [[one._replace(text=f"{one.text}\n{two.text}") for one, two in pairs]]
    found = read_cells([table])
    assert found is not None
    assert found.cells.values == {
        path: n for path, n in report.cells.items() if path.startswith("proactive.")
    }


@pytest.mark.parametrize("blank", ["0", "\u3000", ""])
def test_groups_in_lines_of_their_own_are_no_rows(blank: str) -> None:
    report = make_report(Random(5), variant="2021", scale="medium")
    table = grid(matrix.table_three(report))
    at = next(n for n, row in enumerate(table.rows) if row[0].text.startswith("（三）"))
    group, *first = table.rows[at]
    rows = [first, *table.rows[at + 1 : at + 3]]
    # A label may run on over two lines.
    labels = [
        group.text,
        *(row[0].text for row in rows[:2]),
        rows[2][0].text[:5],
        rows[2][0].text[5:],
    ]
    cells = [
        cell._replace(text="\n".join(row[n].text if n < 3 else blank for row in rows).strip("\n"))
        for n, cell in enumerate(first[1:], 1)
    ]
    table.rows[at : at + 3] = [[first[0]._replace(text="\n".join(labels)), *cells]]
    found = read_cells([table])
    assert found is not None
    expected = {path: n for path, n in report.cells.items() if path.startswith("requests.")}
    for row in ("state_secret", "prohibited_by_law", "security_and_stability"):
        for column in APPLICANTS[2:]:
            expected[f"requests.outcome.denied.{row}.{column}"] = 0 if blank == "0" else None
    values = found.cells.values
    assert {path: values.get(path) for path in expected} == expected


def test_a_row_with_broken_words_stays_one() -> None:
    words = [GridCell("1.申请人无正当理由\n逾期不补正", 0), GridCell("3", 1), GridCell("4\n5", 2)]
    table = Grid([words], Place(table=1))
    assert reshaped([table])[0] is table


def test_cells_keep_their_places() -> None:
    report = make_report(Random(7), variant="2021", scale="medium")
    source = grid(matrix.table_three(report), turned=True)
    document = Document([source], "html")
    found = read_cells([source])
    assert found is not None
    assert isinstance(reshaped([source])[0], Rearranged)
    for path, token in found.cells.tokens.items():
        assert document.text_at(token.place) == str(found.cells.values[path])


@pytest.mark.parametrize("colon", ["：", "", "\n"])
def test_a_header_that_a_cell_repeats_is_no_part_of_its_number(colon: str) -> None:
    report = make_report(Random(3), variant="2021", scale="medium")
    plain = [grid(make(report)) for make in TABLES]
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    small = [grid(make(report)) for make in TABLES]
    for row in small[1].rows[3:]:
        first = len(row) - len(names)
        row[first:] = [
            cell._replace(text=f"{name}{colon}{cell.text}")
            for name, cell in zip(names, row[first:], strict=True)
        ]
    found, right = read_cells(small), read_cells(plain)
    assert found is not None
    assert right is not None
    assert found.cells.values == right.cells.values
    assert not [f for f in found.findings if f.severity == "critical"]


@pytest.mark.parametrize("behind", ["\u3000", "\u200b", "-", "（件）"])
def test_a_header_with_a_blank_or_a_dash_behind_it_stays(behind: str) -> None:
    page = [grid(make(make_report(Random(3), variant="2021"))) for make in TABLES]
    rows = page[2].rows
    rows[2] = [cell._replace(text=f"{cell.text}{behind}") for cell in rows[2]]
    assert reshaped(page) == page


def test_a_head_that_comes_again_stays() -> None:
    rows = [["第二十条第（五）项", "信息内容", "本年处理决定数量"], ["", "行政许可", "3"]]
    rows += [["第二十条第（六）项", "信息内容", "本年处理决定数量"], ["", "行政处罚", "4"]]
    page = [Grid([[GridCell(t, n) for n, t in enumerate(row)] for row in rows], Place(table=1))]
    assert reshaped(page) == page


def test_a_sign_behind_a_repeated_header_is_the_number_s() -> None:
    report = replace(make_report(Random(3), variant="2019"), year=2020)
    report.cells["proactive_2019.licensing.items_change"] = -9
    table = grid(matrix.table_two(report))
    for n, row in enumerate(table.rows):
        if row[0].text == "行政许可":
            heads = [cell.text for cell in table.rows[n - 1]]
            row[1:] = [c._replace(text=h + c.text) for h, c in zip(heads[1:], row[1:], strict=True)]
    found = read_cells([table, *(grid(make(report)) for make in TABLES[1:])])
    assert found is not None
    assert found.cells.values == {p: v for p, v in report.cells.items() if v is not None}


LONG = [
    ["第二十条第（一）项", "规章", "本年制发件数", "1"],
    ["第二十条第（一）项", "规章", "本年废止件数", ""],
    ["第二十条第（一）项", "规章", "现行有效件数", "3"],
    ["第二十条第（五）项", "行政许可", "本年处理决定数量", "4"],
    ["第二十条第（八）项", "行政事业性收费", "本年收费金额（单位：万元）", "5.5"],
]
NUMBERS = {
    "proactive.rules.issued": 1,
    "proactive.rules.in_force": 3,
    "proactive.licensing.decisions": 4,
    "proactive.fees.amount": Decimal("5.5"),
}


def long(rows: list[list[str]]) -> Grid:
    head = ["条款", "信息内容", "统计项", "数量"]
    cells = [[GridCell(text, n) for n, text in enumerate(row)] for row in [head, *rows]]
    return Grid(cells, Place(table=1))


def test_a_long_table_two_is_read_from_its_labels() -> None:
    table = long(LONG)
    found = read_cells([table])
    assert found is not None
    assert found.cells.values == NUMBERS
    assert "proactive.rules.repealed" in found.cells.states.blank
    assert (
        str(found.cells.tokens["proactive.licensing.decisions"].place) == "table 1, row 5, cell 4"
    )


def test_a_long_table_two_names_a_row_once() -> None:
    rows = [row if n not in {1, 2} else row[2:] for n, row in enumerate(LONG)]
    found = read_cells([long(rows)])
    assert found is not None
    assert found.cells.values == NUMBERS


def test_a_number_whose_row_a_long_table_does_not_name_is_none() -> None:
    rows = [*LONG[:3], ["", "", "本年制发件数", "7"], *LONG[3:]]
    found = read_cells([long(rows)])
    assert found is not None
    assert found.cells.values == {p: n for p, n in NUMBERS.items() if ".rules." not in p}


def test_a_table_of_two_years_before_table_two_is_another_one() -> None:
    years = [["信息内容", "上年", "本年"], ["规章", "8", "1"], ["行政许可", "9", "4"]]
    form = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "2", "3"],
        ["信息内容", "本年处理决定数量"],
        ["行政许可", "4"],
    ]
    grids = [
        Grid([[GridCell(text, n) for n, text in enumerate(row)] for row in rows], Place(table=t))
        for t, rows in enumerate((years, form), start=1)
    ]
    found = read_cells(grids)
    assert found is not None
    assert list(found.cells.values.values()) == [1, 2, 3, 4]


def backward(table: Grid, *, mirrored: bool) -> Grid:
    """Print a table's label columns behind its numbers, or all of it from right to left."""
    numbers = [c for row in table.rows for c in row if c.text.isdecimal()]
    edge = min(cell.column for cell in numbers)
    end = max(cell.column + cell.colspan for row in table.rows for cell in row)

    def moved(cell: GridCell) -> GridCell:
        if mirrored:
            return cell._replace(column=end - cell.column - cell.colspan)
        return cell._replace(column=(cell.column - edge) % end)

    rows = [sorted(map(moved, row), key=lambda cell: cell.column) for row in table.rows]
    return Grid(rows, Place(table=1))


@pytest.mark.parametrize("make", TABLES[:2])
@pytest.mark.parametrize("mirrored", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_labels_may_stand_behind_their_numbers(
    make: Callable[[TestReport], Table], seed: int, *, mirrored: bool
) -> None:
    report = make_report(Random(seed), variant=("2021", "2019", "undivided", "2021")[seed])
    table = make(report)
    source = backward(grid(table), mirrored=mirrored)
    found = read_cells([source])
    assert found is not None
    assert found.cells.values == {path: report.cells[path] for path in matrix.paths_of(table)}
    document = Document([source], "html")
    for path, token in found.cells.tokens.items():
        assert Decimal(document.text_at(token.place)) == found.cells.values[path]


def test_labels_may_stand_behind_the_numbers_of_a_line() -> None:
    head = "本年制发件数 | 本年废止件数 | 现行有效件数 | 信息内容 |\n"
    text = f"{head}1 | 0 | 4 | 规章 |\n2 | 3 | 5 | 行政规范性文件 |\n"
    found = read_cells(read_text(text).blocks)
    assert found is not None
    assert list(found.cells.values.values()) == [1, 0, 4, 2, 3, 5]
    # One number more than columns: nobody knows which is none of the form's.
    found = read_cells(read_text(text.replace("5 |", "5 | 9 |")).blocks)
    assert found is not None
    assert list(found.cells.values.values()) == [1, 0, 4]


def test_lines_from_right_to_left_do_not_say_which_column_is_whose() -> None:
    names = ["总计", *[text for text, *_ in APPLICANT_LABELS.values()][-2::-1], "项目"]
    labels = [text for text, *_ in REQUEST_LABELS.values()][:9]
    numbers = ["1", *"00000", "1"]
    rows = [names, *([*numbers, label] for label in labels)]
    found = read_cells(read_text("".join(f"{' | '.join(row)} |\n" for row in rows)).blocks)
    assert found is not None
    assert not found.cells.values


def test_numbers_of_rows_in_front_of_labels_are_none_of_theirs() -> None:
    rows = [["1", "规章", "", "", ""], ["2", "行政规范性文件", "", "", ""]]
    head = ["序号", "信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    cells = [[GridCell(text, n) for n, text in enumerate(row)] for row in (head, *rows)]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert not found.cells.values


def test_numbers_in_front_of_a_label_are_no_blank() -> None:
    rows = [["本年处理决定数量", "信息内容"], ["7", "行政许可"]]
    cells = [[GridCell(text, n) for n, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert "proactive.licensing.decisions" in found.cells.states.unreadable


def test_a_header_alone_is_a_blank_where_other_cells_repeat_theirs() -> None:
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    row = ["规章", "本年制发件数：1", "本年废止件数", "现行有效件数：3"]
    cells = [[GridCell(text, n) for n, text in enumerate(texts)] for texts in (head, row)]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert found.cells.values == {"proactive.rules.issued": 1, "proactive.rules.in_force": 3}
    assert found.cells.states.blank == ["proactive.rules.repealed"]

"""What agencies misprint is read as it is printed: it costs no cell but the ones it spoils."""

from __future__ import annotations

import pytest

from gongkai.form import APPLICANTS, DISPUTE_CELLS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, DISPUTE_HEADERS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import Found, read_cells

NAMES = [APPLICANT_LABELS[name][0] for name in APPLICANTS]
#: The labels of rows and groups span three cells, two or one.
SPANS = {1: 3, 2: 2, 3: 1}
DENIED = "requests.outcome.denied"
RESULTS = DISPUTE_HEADERS[4:]


def grid(rows: list[list[str]]) -> Grid:
    return Grid([[GridCell(t, n) for n, t in enumerate(row)] for row in rows], Place(table=1))


def read(*grids: Grid) -> Found:
    found = read_cells(grids)
    assert found is not None
    return found


def read_lines(*lines: str) -> Found:
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    return found


def values(found: Found, key: str) -> list[object]:
    return [found.cells.values.get(f"{key}.{name}") for name in APPLICANTS]


def numbers(n: int) -> list[int]:
    return [n, 0, 1, 0, 2, 0, n + 3]


def covered(head: list[str], rows: dict[str, list[int]]) -> Found:
    """Read a table whose covered cells are printed as blanks."""
    lines = [["", "", "", *head]]
    for key, row in rows.items():
        span = SPANS[key.count(".")]
        label = REQUEST_LABELS[key][0]
        lines.append([*[""] * (3 - span), label, *[""] * (span - 1), *map(str, row)])
    return read(grid(lines))


@pytest.mark.parametrize("head", [NAMES, list("甲乙丙丁戊己庚")])
def test_totals_a_row_too_low_leave_no_row_open(head: list[str]) -> None:
    rows = {key: numbers(n) for n, key in enumerate(request_rows("2021"), start=1)}
    totals = [0, *(row[-1] for row in rows.values())]
    rows = {k: [*row[:-1], total] for (k, row), total in zip(rows.items(), totals, strict=False)}
    found = covered(head, rows)
    assert {key: values(found, key) for key in rows} == rows


def test_a_column_that_is_in_no_total_leaves_no_row_open() -> None:
    rows = {key: [n, 0, 1, 0, 2, 0, n] for n, key in enumerate(request_rows("2021"), start=1)}
    found = covered(NAMES, rows)
    assert {key: values(found, key) for key in rows} == rows


def test_an_item_that_another_group_is_given_is_not_the_last_group_s() -> None:
    rows = [["申请人情况", *NAMES]]
    for n, key in enumerate(request_rows("2019")):
        if key.endswith("other.undivided"):
            rows.append(["6.其他", *["5"] * 6, "30"])
        rows.append([REQUEST_LABELS[key][0], *map(str, numbers(n))])
    found = read(grid(rows))
    assert {k: values(found, k) for k in request_rows("2019")} == {
        key: numbers(n) for n, key in enumerate(request_rows("2019"))
    }
    assert not any("other.other" in path for path in found.cells.values)


def by_line(*added: str, swapped: int | None = None) -> list[str]:
    """Print table three cell by cell, each in a line of its own; ``added`` is an item more."""
    keys = list(request_rows("2021"))
    order = list(range(len(keys)))
    if swapped is not None:
        order[swapped : swapped + 2] = order[swapped + 1], order[swapped]
    lines = ["申请人情况", *NAMES]
    for n in order:
        lines += [REQUEST_LABELS[keys[n]][0], *map(str, numbers(n))]
        lines += added if keys[n].startswith(f"{DENIED}.administrative") else ()
    return lines


def test_a_row_that_the_form_does_not_have_adds_nothing_to_the_one_above() -> None:
    found = read_lines(*by_line("9.涉及商业秘密", *"0000011"))
    assert [values(found, key) for key in request_rows("2021")] == [numbers(n) for n in range(25)]


@pytest.mark.parametrize("at", [0, 6, 12])
def test_rows_that_changed_places_are_read_by_their_labels(at: int) -> None:
    found = read_lines(*by_line(swapped=at))
    assert [values(found, key) for key in request_rows("2021")] == [numbers(n) for n in range(25)]


@pytest.mark.parametrize("at", range(6))
def test_words_in_the_last_row_cost_their_own_cell_alone(at: int) -> None:
    lines = by_line()
    lines[at - 7] = "同上"
    row: list[object] = [*numbers(24)]
    row[at] = None
    found = read_lines(*lines, "四、政府信息公开行政复议、行政诉讼情况")
    assert values(found, "requests.carried_out") == row
    assert found.cells.states.unreadable == [f"requests.carried_out.{APPLICANTS[at]}"]
    assert [f.rule for f in found.cells.findings] == ["V.TEXT"]


@pytest.mark.parametrize("at", range(1, 14))
def test_words_in_a_row_of_disputes_cost_their_own_cell_alone(at: int) -> None:
    row = [str(n) for n in range(15)]
    row[at] = "3、"
    kinds = DISPUTE_HEADERS[:4]
    found = read_lines(*kinds[:2], *RESULTS, *kinds[2:], *RESULTS, *RESULTS, *row)
    read_as = [found.cells.values.get(path) for path in DISPUTE_CELLS]
    assert read_as == [None if n == at else n for n in range(15)]
    assert found.cells.states.raw[DISPUTE_CELLS[at]] == "3、"


def test_words_in_a_row_that_holds_several_cost_their_own_cell_alone() -> None:
    rows = [["申请人情况", *NAMES]]
    keys = list(request_rows("2021"))
    for first in range(0, 24, 3):
        labels = "\n".join(f"{n}.{REQUEST_LABELS[k][0]}" for n, k in enumerate(keys[first:][:3], 1))
        printed = zip(*(map(str, numbers(first + n)) for n in range(3)), strict=True)
        rows.append([labels, *map("\n".join, printed)])
    rows[3][4] = "0\n同上\n0"
    found = read(grid(rows))
    spoilt = f"{keys[7]}.{APPLICANTS[3]}"
    assert found.cells.states.unreadable == [spoilt]
    assert values(found, keys[6]) == numbers(6)


def test_words_in_a_half_of_the_table_cost_their_own_cell_alone() -> None:
    rows = {key: [str(n) for n in numbers(k)] for k, key in enumerate(request_rows("2021"))}
    rows["requests.carried_in"][1] = "12.5%"
    halves = [
        grid(
            [
                ["", *NAMES[part]],
                *([REQUEST_LABELS[key][0], *row[part]] for key, row in rows.items()),
            ]
        )
        for part in (slice(0, 3), slice(3, 7))
    ]
    found = read(*halves)
    assert found.cells.states.unreadable == ["requests.carried_in.company"]
    assert len(found.cells.values) == 7 * len(rows) - 1


def test_words_in_front_of_a_label_cost_their_own_cell_alone() -> None:
    rows = {key: [str(n) for n in numbers(k)] for k, key in enumerate(request_rows("2021"))}
    rows["requests.carried_in"][1] = "12.5%"
    labelled = [[*row, REQUEST_LABELS[key][0]] for key, row in rows.items()]
    found = read(grid([[*NAMES, "申请人情况"], *labelled]))
    assert found.cells.states.unreadable == ["requests.carried_in.company"]
    assert len(found.cells.values) == 7 * len(rows) - 1


def table_two(**labels: str) -> Found:
    word = labels.get("word", "信息内容")
    return read(
        grid(
            [
                ["第二十条第（一）项"],
                [word, "本年制发件数", "本年废止件数", "现行有效件数"],
                [labels.get("rules", "规章"), "1", "2", "3"],
                [labels.get("documents", "行政规范性文件"), "4", "5", "6"],
                ["第二十条第（五）项"],
                [word, labels.get("decisions", "本年处理决定数量")],
                [labels.get("licensing", "行政许可"), "7"],
                ["第二十条第（六）项"],
                [word, labels.get("decisions", "本年处理决定数量")],
                [labels.get("penalties", "行政处罚"), "8"],
                *([labels["more"], "99"] for _ in labels.get("more", "")[:1]),
                [labels.get("measures", "行政强制"), "9"],
                ["第二十条第（八）项"],
                [word, "本年收费金额（单位：万元）"],
                ["行政事业性收费", "10"],
            ]
        )
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("documents", "规范文件"),
        ("licensing", "行政许可事项"),
        ("licensing", "许可"),
        ("penalties", "行政处罚案件"),
        ("measures", "行政强止"),
        ("word", "信息类别"),
        ("decisions", "处理决定数量"),
    ],
)
def test_the_only_row_of_its_place_is_read_though_its_label_is_misprinted(
    name: str, text: str
) -> None:
    assert list(table_two(**{name: text}).cells.values.values()) == list(range(1, 11))


@pytest.mark.parametrize(
    "labels",
    [
        {"measures": "行政强制措施", "more": "行政强制执行"},  # which of two it is is not said
        {"measures": "行政奖励"},
    ],
)
def test_another_row_is_not_taken_for_one_of_the_form(labels: dict[str, str]) -> None:
    found = table_two(**labels)
    assert "proactive.compulsory_measures.decisions" not in found.cells.values
    assert any(f.rule == "E.UNMAPPED" for f in found.findings)


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ([0, 1, 2, 2, 4, 5, 6], True),  # the place tells which is the copy
        ([0, 1, 2, 1, 4, 5, 6], True),
        ([6, 5, 4, 3, 3, 1, 0], False),  # a head in another order
        ([0, 4, 1, 4, 2, 5, 6], False),
        ([0, 5, 1, 2, 2, 4, 6], False),
    ],
)
def test_a_copied_header_opens_only_a_head_in_another_order(
    printed: list[int], *, told: bool
) -> None:
    rows = {key: numbers(n) for n, key in enumerate(request_rows("2021"), start=1)}
    found = covered([NAMES[n] for n in printed], rows)
    assert {key: values(found, key) for key in rows} == (
        rows if told else {key: [None] * len(NAMES) for key in rows}
    )
    assert told == ("E.UNSETTLED" not in {f.rule for f in found.findings})


@pytest.mark.parametrize(("own", "printed"), [("其他", "其它"), ("自然人", "公民")])
def test_other_words_for_labels_and_names_are_known(own: str, printed: str) -> None:
    rows = {key: numbers(n) for n, key in enumerate(request_rows("2021"), start=1)}
    moved = [5, 0, 1, 2, 3, 4, 6]
    lines = [["", *(NAMES[n].replace(own, printed) for n in moved)]]
    for key, row in rows.items():
        label = REQUEST_LABELS[key][0].replace(own, printed)
        lines.append([label, *(str(row[n]) for n in moved)])
    found = read(grid(lines))
    assert {key: values(found, key) for key in rows} == rows


def test_rows_that_add_up_to_another_cell_are_in_no_order_that_is_told() -> None:
    rows: list[tuple[str, ...]] = [tuple("甲乙丙丁戊己庚")]
    for n, key in enumerate(request_rows("2021"), start=1):
        *parts, total = map(str, numbers(n))
        rows.append((REQUEST_LABELS[key][0], *parts[:2], total, *parts[2:]))
    found = read_lines(*(" ".join(row) for row in rows))
    assert not any(path.startswith("requests.") for path in found.cells.values)
    assert any(f.severity == "critical" for f in found.findings)

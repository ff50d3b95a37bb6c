"""Columns that a portal adds to the form are left out where the whole head names the others."""

from __future__ import annotations

import pytest

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_HEADERS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import Found, read_cells

NAMES = [APPLICANT_LABELS[name][0] for name in APPLICANTS]
PATHS = [f"requests.received.{name}" for name in APPLICANTS]


def grid(rows: list[list[str]]) -> Grid:
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    return Grid(cells, Place(table=1))


def requests(head: list[str], number: str, at: int) -> Found:
    """Read a table three of which every row prints a number more, at a place of its own."""
    row = ["6", "5", "4", "3", "2", "1", "21"]
    rows = [["申请人情况", *head]]
    printed = [*row[:at], number, *row[at:]]
    rows += [[REQUEST_LABELS[key][0], *printed] for key in request_rows("2021")]
    found = read_cells([grid(rows)])
    assert found is not None
    return found


@pytest.mark.parametrize("at", [0, 3, 7])
@pytest.mark.parametrize("name", ["备注", "上年总计", "占比"])
def test_an_added_column_is_left_out(name: str, at: int) -> None:
    found = requests([*NAMES[:at], name, *NAMES[at:]], "8", at)
    assert [found.cells.values[p] for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]
    assert not [f for f in found.cells.findings if f.rule.startswith("E.")]


@pytest.mark.parametrize("padding", [[], [""]])
def test_copies_of_a_head_above_its_last_row_add_no_column(padding: list[str]) -> None:
    upper = ["申请人情况", "自然人", *["法人或其他组织"] * 5, "总计"]
    texts = [upper, ["申请人情况", *NAMES]]
    printed = ["6", "5", "4", "3", "2", "1", "21"]
    texts += [[REQUEST_LABELS[key][0], *padding, *printed] for key in request_rows("2021")]
    found = read_cells(read_text("\n".join("\t".join(row) for row in texts)).blocks)
    assert found is not None
    assert [found.cells.values.get(p) for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]


def test_a_total_of_the_organisations_alone_is_left_out() -> None:
    outer = ["自然人", "法人或其他组织", "总计"]
    upper = [
        GridCell("", 0),
        GridCell(outer[0], 1),
        GridCell(outer[1], 2, 6),
        GridCell(outer[2], 8),
    ]
    inner = [GridCell(name, column) for column, name in enumerate(["合计", *NAMES[1:6]], start=2)]
    rows = [upper, inner]
    for key in request_rows("2021"):
        texts = [REQUEST_LABELS[key][0], "6", "15", "5", "4", "3", "2", "1", "21"]
        rows.append([GridCell(text, column) for column, text in enumerate(texts)])
    found = read_cells([Grid(rows, Place(table=1))])
    assert found is not None
    assert [found.cells.values[p] for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]


def test_a_row_that_stands_elsewhere_keeps_no_added_number() -> None:
    head = [*NAMES[:1], "小计", *NAMES[1:]]
    rows = [[GridCell(text, column) for column, text in enumerate(["申请人情况", *head])]]
    for key in request_rows("2021"):
        moved = int(key == "requests.carried_out")
        texts = [REQUEST_LABELS[key][0], "", "0", "", "", "", "", "", ""]
        rows.append([GridCell(text, column + moved) for column, text in enumerate(texts)])
    found = read_cells([Grid(rows, Place(table=1))])
    assert found is not None
    assert not found.cells.values
    assert "requests.carried_out.company" in found.cells.states.unreadable
    assert "requests.received.company" in found.cells.states.blank


def test_a_number_below_a_garbled_header_is_never_left_out() -> None:
    head = [*NAMES[:3], "社会公益组", *NAMES[4:], "备注"]
    found = requests(head, "8", 7)
    assert any(f.severity == "critical" for f in found.cells.findings)


@pytest.mark.parametrize("at", range(8))
def test_a_column_in_which_nothing_stands_takes_no_number(at: int) -> None:
    row = ["", "", "3", "", "", "", "3"]
    rows = [["申请人情况", *NAMES[:at], "", *NAMES[at:]]]
    printed = [*row[:at], "", *row[at:]]
    rows += [[REQUEST_LABELS[key][0], *printed] for key in request_rows("2021")]
    found = read_cells([grid(rows)])
    assert found is not None
    assert [found.cells.values.get(p) for p in PATHS] == [None, None, 3, None, None, None, 3]


def test_an_added_column_of_table_two_is_left_out() -> None:
    found = read_cells(
        [
            grid(
                [
                    ["信息内容", "上年件数", "本年制发件数", "本年废止件数", "现行有效件数"],
                    ["规章", "9", "1", "2", "3"],
                    ["行政规范性文件", "9", "4", "5", "6"],
                ]
            )
        ]
    )
    assert found is not None
    assert {p.split(".", 1)[1]: v for p, v in found.cells.values.items()} == {
        "rules.issued": 1,
        "rules.repealed": 2,
        "rules.in_force": 3,
        "normative_documents.issued": 4,
        "normative_documents.repealed": 5,
        "normative_documents.in_force": 6,
    }


def test_units_in_cells_of_their_own_are_left_out() -> None:
    row = ["6", "5", "4", "3", "2", "1", "21"]
    rows = [[REQUEST_LABELS[key][0], "件", *row] for key in request_rows("2021")]
    found = read_cells([grid([["申请人情况", *NAMES], *rows])])
    assert found is not None
    assert [found.cells.values[p] for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]
    assert not [f for f in found.cells.findings if f.severity == "critical"]


def test_a_unit_of_money_is_never_left_out() -> None:
    found = read_cells([grid([["信息内容", "本年收费金额"], ["行政事业性收费", "元", "125000"]])])
    assert found is not None
    assert not found.cells.values
    assert any(f.severity == "critical" for f in found.cells.findings)


@pytest.mark.parametrize(("total", "first"), [("21", True), ("6", False)])
def test_without_a_raster_the_sums_say_where_the_total_stands(total: str, *, first: bool) -> None:
    head = [[NAMES[6], NAMES[0], "法人或其他组织"], NAMES[1:6]]
    row = [total, *(["6", "5", "4", "3", "2", "1"] if first else ["5", "4", "3", "2", "1", "21"])]
    rows = [[REQUEST_LABELS[key][0], *row] for key in request_rows("2021")]
    found = read_cells([grid([*head, *rows])])
    assert found is not None
    assert [found.cells.values[p] for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]


@pytest.mark.parametrize("remark", ["", "无", "1件重复"])
def test_an_added_column_at_the_end_of_rows_without_a_raster(remark: str) -> None:
    row = ["6", "5", "4", "3", "2", "1", "21", remark]
    rows = [[REQUEST_LABELS[key][0], *row] for key in request_rows("2021")]
    table = grid([["申请人情况", "备注"], NAMES, *rows])
    table.ragged = True
    found = read_cells([table])
    assert found is not None
    assert [found.cells.values[p] for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]
    assert not [f for f in found.cells.findings if f.severity == "critical"]


def test_a_garbled_header_alone_above_the_others_is_no_added_column() -> None:
    row = ["0", "0", "0", "0", "0", "", "0", "0"]
    keys = request_rows("2021")
    rows = [[REQUEST_LABELS[key][0], *(row if n == 9 else "0000000")] for n, key in enumerate(keys)]
    table = grid([[REQUEST_HEADERS[0], "申请人类别"], NAMES, *rows])
    table.ragged = True
    found = read_cells([table])
    assert found is not None
    # One of its zeros is too many, and which one says where the blank stands.
    assert found.cells.values.get(f"{keys[9]}.{APPLICANTS[4]}") is None
    assert any(f.severity == "critical" for f in found.cells.findings)


def test_an_enumerator_below_the_head_is_no_column() -> None:
    rows = [[REQUEST_LABELS[key][0], *"00000000"] for key in request_rows("2021")]
    table = grid([["申请人情况", *NAMES], ["一、"], *rows])
    table.ragged = True
    found = read_cells([table])
    assert found is not None
    assert {f.rule for f in found.cells.findings} == {"E.SURPLUS"}


@pytest.mark.parametrize(
    ("names", "followed"),
    [
        ([NAMES[0], "法人或其他组织", NAMES[6], *NAMES[1:6]], True),
        (
            [NAMES[0], "法人或其他组织", NAMES[5], NAMES[6], *NAMES[1:5]],
            True,
        ),  # 其他 a row too high
        (
            [NAMES[0], "法人或其他组织", NAMES[5], NAMES[6], "商业", "企业", *NAMES[2:5]],
            True,
        ),  # and a name broken over lines
        ([NAMES[0], "法人或其他组织", NAMES[5], "商业", "企业", *NAMES[2:5], NAMES[6]], False),
        ([NAMES[0], "法人或其他组织", NAMES[6], NAMES[5], *NAMES[1:5]], False),
        ([NAMES[0], NAMES[5], *NAMES[1:5], NAMES[6]], False),
        (NAMES, True),
    ],
)
def test_one_header_a_line_says_where_other_organisations_stand(
    names: list[str], *, followed: bool
) -> None:
    row = ["6", "5", "4", "3", "2", "1", "21"]
    rows = [[REQUEST_LABELS[key][0], *row] for key in request_rows("2021")]
    lines = [[text] for text in names] + [[text] for row in rows for text in row]
    table = grid(lines)
    table.ragged = True
    found = read_cells([table])
    assert found is not None
    want: list[object] = [6, 5, 4, 3, 2, 1, 21] if followed else [None] * 7
    assert [found.cells.values.get(p) for p in PATHS] == want
    assert followed or any(f.rule == "E.UNSETTLED" for f in found.cells.findings)


def shifted(name: str, own: list[str], at: int, *, padding: int = 0) -> Found:
    """Read a table three with an added column, one of whose rows begins a column too early."""
    row = ["6", "5", "4", "3", "2", "1", "21"]
    head = ["申请人情况", "", *NAMES[:at], name, *NAMES[at:], *[""] * padding]
    rows = [[GridCell(text, column) for column, text in enumerate(head)]]
    for key in request_rows("2021"):
        label, early = REQUEST_LABELS[key][0], key == "requests.carried_out"
        texts = [*row[:at], *own, *row[at:], *[""] * padding]
        cells = [GridCell(label, 0, 1 if early else 2)]
        cells += [GridCell(text, column + 2 - early) for column, text in enumerate(texts)]
        rows.append(cells)
    found = read_cells([Grid(rows, Place(table=1))])
    assert found is not None
    return found


@pytest.mark.parametrize("padding", [0, 1])
@pytest.mark.parametrize(
    ("name", "own", "at"), [("单位", ["件"], 0), ("备注", [""], 7), ("占比", ["5%"], 7)]
)
def test_a_row_beside_the_head_leaves_out_units_and_empty_remarks(
    name: str, own: list[str], at: int, padding: int
) -> None:
    found = shifted(name, own, at, padding=padding)
    printed = [found.cells.values.get(p) for p in PATHS]
    assert printed == [6, 5, 4, 3, 2, 1, 21]
    early = [found.cells.values.get(p.replace("received", "carried_out")) for p in PATHS]
    assert early in ([6, 5, 4, 3, 2, 1, 21], [None] * 7)
    assert padding or None not in early


def test_a_row_beside_the_head_keeps_a_blank_that_may_be_its_own() -> None:
    found = shifted("上年总计", ["8"], 7)
    assert found.cells.values.get("requests.carried_out.total") is None


def test_a_head_that_is_printed_again_with_a_blank_behind_it_is_no_row() -> None:
    row = ["6", "5", "4", "3", "2", "1", "21"]
    head = [["申请人情况", *NAMES[:-1], ""], ["", NAMES[-1], ""]]
    rows = [[REQUEST_LABELS[key][0], *row, ""] for key in request_rows("2019")]
    found = read_cells(
        [grid([*head, *rows[:-2]]), grid([["申请人情况", *NAMES[:-1], ""], *rows[-2:]])]
    )
    assert found is not None
    values = [found.cells.values.get(f"requests.outcome.other.undivided.{n}") for n in APPLICANTS]
    assert values == [6, 5, 4, 3, 2, 1, 21]


def in_lines(head: list[list[str]], values: list[str]) -> Found:
    """Read a table three in lines."""
    rows = [[REQUEST_LABELS[key][0], *values] for key in request_rows("2021")]
    found = read_cells(read_text("\n".join("\t".join(row) for row in [*head, *rows])).blocks)
    assert found is not None
    return found


def test_a_column_of_units_at_the_end_takes_no_number_with_it() -> None:
    values = ["", "6", "5", "4", "3", "2", "1", "21", "件"]
    found = in_lines([["申请人情况", *NAMES, "单位"]], values)
    assert [found.cells.values.get(p) for p in PATHS] == [6, 5, 4, 3, 2, 1, 21]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (["6", "5", "4", "3", "2", "1", "15", "21"], [6, 5, 4, 3, 2, 1, 21]),
        (["6", "", "", "", "", "", "0", "6"], [6, None, None, None, None, None, 6]),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_a_sum_below_a_group_stands_before_the_total(
    printed: list[str], read: list[int | None], *, apart: bool
) -> None:
    head = [["申请人情况", "自然人", "法人或其他组织", "总计"], [*NAMES[1:6], "小计"]]
    found = in_lines([[name] for row in head for name in row] if apart else head, printed)
    assert [found.cells.values.get(p) for p in PATHS] == read

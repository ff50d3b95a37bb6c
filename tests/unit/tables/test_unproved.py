"""Numbers that nothing places are left out; heads printed twice or in part place them."""

from __future__ import annotations

from random import Random

import pytest
from tests.testbed import rearranging
from tests.testbed.content import compose
from tests.testbed.reports import make_report

from gongkai.form import APPLICANTS, DISPUTE_CELLS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, DISPUTE_HEADERS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import Found, read_cells

NAMES = [APPLICANT_LABELS[name][0] for name in APPLICANTS]
RESULTS = DISPUTE_HEADERS[4:]
WORD = "信息内容"


def grid(rows: list[list[str]], *, ragged: bool = False) -> Grid:
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    return Grid(cells, Place(table=1), ragged=ragged)


def read(*grids: Grid) -> Found:
    found = read_cells(grids)
    assert found is not None
    return found


def criticals(found: Found) -> set[str]:
    said = found.cells.findings + found.findings
    return {finding.rule for finding in said if finding.severity == "critical"}


def values(found: Found, row: str) -> list[int | None]:
    paths = [f"{row}.{name}" for name in APPLICANTS]
    return [None if (v := found.cells.values.get(p)) is None else int(v) for p in paths]


def labelled(row: list[str], head: list[list[str]], **rows: list[str]) -> Grid:
    printed = [
        [REQUEST_LABELS[key][0], *rows.get(key.rpartition(".")[2], row)]
        for key in request_rows("2021")
    ]
    return grid([*head, *printed])


# -- table two ------------------------------------------------------------------------------------


def lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(paragraph=n)) for n, text in enumerate(texts)]


def test_the_title_of_the_next_block_is_no_cell_of_a_row_that_lost_one() -> None:
    blocks = lines(
        "第二十条第（一）项", WORD, "本年制发件数", "本年废止件数", "现行有效件数",
        "规章", "5", "2", "第二十条第（五）项", WORD, "本年处理决定数量", "行政许可", "7",
    )  # fmt: skip
    found = read_cells(blocks)
    assert found is not None
    assert dict(found.cells.values) == {"proactive.licensing.decisions": 7}
    assert "E.UNSETTLED" in criticals(found)


@pytest.mark.parametrize("blank", ["", "\xa0"])
def test_last_year_does_not_stand_in_for_a_blank(blank: str) -> None:
    head = [WORD, "本年处理决定数量（2023年）", "本年处理决定数量（2022年）"]
    found = read(grid([["第二十条第（五）项"], head, ["行政许可", blank, "28"]]))
    assert "proactive.licensing.decisions" not in found.cells.values


def test_items_printed_in_each_row_leave_the_head_of_their_block() -> None:
    item = "第二十条第（一）项"
    head = [item, WORD, "本年新制作数量", "本年新公开数量", "对外公开总数量"]
    found = read(grid([head, [item, "规章", "1", "2", "3"], [item, "规范性文件", "4", "5", "6"]]))
    read_as = {p: int(v) for p, v in found.cells.values.items()}
    assert list(read_as.values()) == [1, 2, 3, 4, 5, 6]
    assert all(path.startswith("proactive_2019.") for path in read_as)


def test_a_number_printed_in_each_column_that_it_covers_is_one() -> None:
    head = [WORD, *["本年处理决定数量"] * 3]
    found = read(grid([["第二十条第（五）项"] * 4, head, ["行政许可", "7", "7", "7"]]))
    assert dict(found.cells.values) == {"proactive.licensing.decisions": 7}
    found = read(grid([["第二十条第（五）项"] * 4, head, ["行政许可", "7", "8", "7"]]))
    assert not found.cells.values


# -- table three ----------------------------------------------------------------------------------


def test_labels_without_any_cells_are_no_blank_table() -> None:
    found = read(grid([[REQUEST_LABELS[key][0]] for key in request_rows("2021")]))
    assert not found.cells.states.blank
    assert "E.UNSETTLED" in criticals(found)


@pytest.mark.parametrize("lost", [None, 0, 3, 6])
def test_a_head_printed_twice_or_in_part_is_followed(lost: int | None) -> None:
    order = [0, 5, 1, 2, 3, 4, 6]  # 其他 before the other organisations: no sum tells
    names = ["" if n == lost else NAMES[n] for n in order]
    row = [str(n) for n in (1, 2, 3, 4, 5, 6, 21)]
    head = ["申请人情况", *names]
    table = labelled([row[n] for n in order], [head, head])
    assert values(read(table), "requests.received") == [1, 2, 3, 4, 5, 6, 21]


def test_the_head_counts_where_the_first_label_is_lost() -> None:
    report = make_report(Random(5), variant="2021", scale="medium")
    content = compose(report, Random(5))
    rearranging.moved_applicants(content, Random(2))
    three = content.table("三")
    three.rows[3][0].text = ""
    cells = [
        [GridCell(cell.text, column) for column, (cell, own) in enumerate(row) if own and cell]
        for row in three.raster()
    ]
    section = Paragraph("三、收到和处理政府信息公开申请情况", Place(paragraph=1))
    found = read_cells([section, Grid(cells, Place(table=1))])
    assert found is not None
    for path, value in found.cells.values.items():
        assert value == report.cells[path], path


def test_rows_beyond_the_head_lose_no_column_to_it() -> None:
    # The head has lost its spans: 上年总计 seems to stand above a column in the middle.
    head = [["申请人情况"], ["", NAMES[0], "法人或其他组织", NAMES[6], "上年总计"]]
    made = grid([*head, *[[]]]).rows
    made[2] = [
        GridCell(NAMES[n], column) for n, column in zip(range(1, 6), (2, 5, 6, 7, 8), strict=True)
    ]
    body = labelled(["6", "5", "4", "3", "2", "1", "21", "9"], []).rows
    shifted = [[row[0], *(c._replace(column=c.column + 2) for c in row[1:])] for row in body]
    found = read(Grid(made + shifted, Place(table=1)))
    assert values(found, "requests.received") in ([6, 5, 4, 3, 2, 1, 21], [None] * 7)


def test_a_total_that_is_lost_needs_more_than_its_own_gap() -> None:
    row = ["249", "73", "79", "43", "444", "11"]  # 总计 and a number that is none of the row's
    found = read(labelled([], [["申请人情况", *NAMES]], received=row))
    assert values(found, "requests.received") == [None] * 7


def test_rows_trimmed_against_their_sums_are_left_open() -> None:
    # A column 占比 without a header; the blanks are no padding.
    row = ["", "2", "", "", "", "3", "5", "41"]
    table = labelled(row, [["申请人情况", *NAMES]])
    found = read(Grid(table.rows, Place(table=1), ragged=True))
    assert values(found, "requests.received") in ([None, 2, None, None, None, 3, 5], [None] * 7)


def test_totals_left_blank_refute_no_way() -> None:
    row = ["1", "2", "", "", "", "", "3", ""]  # a column in which nothing stands, and no totals
    table = labelled(row, [["申请人情况", *NAMES[:3], "", *NAMES[3:]]])
    assert values(read(table), "requests.received") == [1, 2, None, None, None, 3, None]


def test_every_row_may_name_its_groups() -> None:
    names = {
        "denied": "三、本年度办理结果-（三）不予公开-1.",
        "unavailable": "三、本年度办理结果-（四）无法提供-2.",
        "other": "三、本年度办理结果-（六）其他处理-3.",
    }
    rows = [["申请人情况", *NAMES]]
    for n, key in enumerate(request_rows("2021")):
        above = names.get(key.split(".")[2], "") if key.count(".") > 2 else ""
        rows.append([above + REQUEST_LABELS[key][0], *[str(n)] * 6, str(6 * n)])
    found = read(grid(rows))
    assert [values(found, key)[0] for key in request_rows("2021")] == list(range(25))


# -- table four -----------------------------------------------------------------------------------


def disputes(below: list[list[str]]) -> Found:
    kinds = ["行政复议", "", "", "", "", "未经复议直接起诉", "", "", "", "", "复议后起诉"]
    head = [["项目", *kinds, *[""] * 4], ["", *RESULTS * 3]]
    return read(grid(head + below))


def test_a_label_may_open_the_numbers_of_table_four() -> None:
    numbers = [str(n) for n in range(2, 17)]
    found = disputes([["数量（件）", *numbers]])
    assert [found.cells.values[path] for path in DISPUTE_CELLS] == list(range(2, 17))
    assert not disputes([["2023年", *numbers], ["2022年", *numbers]]).cells.values


def test_reconsideration_and_litigation_may_be_two_tables() -> None:
    first = grid([["行政复议"], [*RESULTS], ["1", "2", "3", "4", "10"]])
    kinds = ["未经复议直接起诉", "", "", "", "", "复议后起诉"]
    numbers = [str(n) for n in (1, 1, 1, 1, 4, 2, 2, 2, 2, 8)]
    second = grid([["行政诉讼"], kinds, [*RESULTS * 2], numbers])
    found = read(first, second)
    read_as = [found.cells.values[path] for path in DISPUTE_CELLS]
    assert read_as == [1, 2, 3, 4, 10, 1, 1, 1, 1, 4, 2, 2, 2, 2, 8]


def test_a_row_whose_numbers_stand_beside_another_label_is_not_blank() -> None:
    lines = [
        "一、本年新收政府信息公开申请数量 1 0 0 0 0 0 1",
        "二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0",
        "（一）予以公开 1 0 0 0 0 0 1",
        "（二）部 3 0 0 0 0 0 3",
        "部分公开（区分处理的，只计这一情形，不计其他情形）",
        "1.属于国家秘密 0 0 0 0 0 0 0",
    ]
    found = read_cells([Paragraph(line, Place(line=n)) for n, line in enumerate(lines, 1)])
    assert found is not None
    path = "requests.outcome.partially_granted.natural_person"
    assert path in found.cells.states.unreadable
    assert path not in found.cells.states.blank
    assert "E.UNSETTLED" in criticals(found)

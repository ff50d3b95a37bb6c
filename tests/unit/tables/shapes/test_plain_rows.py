"""A table that a page prints twice, with other numbers, is said; the same one is not."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.testbed import matrix
from tests.testbed.reports import make_report

from gongkai.form.labels import DISPUTE_HEADERS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import read_cells
from gongkai.tables.numbers import read_cell
from gongkai.tables.shapes.plain_rows import is_request_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.testbed.matrix import Table

    from gongkai.reading.document import Block

MADE = (matrix.table_two, matrix.table_three, matrix.table_four)


def grid(table: Table) -> Grid:
    rows, seen = [], set()
    for line in table.raster():
        row = []
        for column, (cell, first) in enumerate(line):
            if cell is not None and first and id(cell) not in seen:
                row.append(GridCell(cell.text, column, cell.colspan, cell.rowspan))
                seen.add(id(cell))
        rows.append(row)
    return Grid(rows, Place(table=1))


def blocks(seed: int) -> list[Block]:
    report = make_report(Random(seed), variant="2021", scale="medium")
    return [grid(make(report)) for make in MADE]


def bared(page: Sequence[Block], mark: str) -> list[Block]:
    """Print zeros as blanks or nil marks."""
    return [
        replace(
            block,
            rows=[[c._replace(text=mark) if c.text == "0" else c for c in r] for r in block.rows],
        )
        for block in page
        if isinstance(block, Grid)
    ]


def lines(block: Block, step: str) -> list[Block]:
    """Print a table's rows as lines of text, or each of its cells."""
    assert isinstance(block, Grid)
    text = "\n".join(step.join(cell.text for cell in row) for row in block.rows)
    return [Paragraph(line, Place(line=n)) for n, line in enumerate(text.split("\n"), start=1)]


def said(page: Sequence[Block]) -> list[str]:
    found = read_cells(page)
    assert found is not None
    return [f.severity for f in found.findings if f.rule == "S.TWICE"]


@pytest.mark.parametrize("number", ["7", ""])
def test_a_row_printed_twice_with_other_numbers_is_not_read(number: str) -> None:
    page = blocks(1)
    two = page[0]
    assert isinstance(two, Grid)
    at = next(n for n, row in enumerate(two.rows) if row[0].text == "行政处罚")
    read = read_cells(page)
    label, *cells = two.rows[at]
    two.rows.insert(at, [label, *(cell._replace(text=number) for cell in cells)])
    found = read_cells(page)
    assert read is not None
    assert found is not None
    # A row of blanks may be what a page's end left of it.
    unread = {"proactive.penalties.decisions"} if number else set()
    assert read.cells.values.keys() - found.cells.values.keys() == unread
    assert said(page) == ["critical"] * len(unread)


@pytest.mark.parametrize("table", range(3))
@pytest.mark.parametrize("after", [0, 1])
def test_another_year_s_table_is_said(table: int, after: int) -> None:
    page = blocks(1)
    page.insert(table + after, blocks(2)[table])
    assert said(page) == ["critical"]


@pytest.mark.parametrize("table", range(3))
@pytest.mark.parametrize("mark", ["", "/", "无"])
@pytest.mark.parametrize("lead", [0, 1])
def test_another_year_s_table_with_blanks_for_zeros_is_said(
    table: int, mark: str, lead: int
) -> None:
    page, earlier = (bared(blocks(seed), mark) for seed in (1, 2))
    other = earlier[table]
    assert isinstance(other, Grid)
    padding = [GridCell("", 0)] * lead
    page.insert(table + 1, replace(other, rows=[[*padding, *row] for row in other.rows]))
    assert said(page) == ["critical"]


@pytest.mark.parametrize("table", range(3))
@pytest.mark.parametrize("step", ["\n", " "])
@pytest.mark.parametrize("seed", [1, 2])
def test_another_year_s_table_in_lines_is_said(table: int, step: str, seed: int) -> None:
    page: list[Block] = []
    for number, block in enumerate(blocks(1)):
        page += lines(block, step)
        if number == table:
            page += [Paragraph("另附：", Place(line=1)), *lines(blocks(seed)[table], step)]
    assert said(page) == ["critical"] * (seed - 1)


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("amount", ["7.5", "75000", "0"])
def test_a_row_of_an_amount_that_is_printed_twice_is_said(amount: str, *, before: bool) -> None:
    page = blocks(1)
    two = page[0]
    assert isinstance(two, Grid)
    at = next(n for n, row in enumerate(two.rows) if row[0].text == "行政事业性收费")
    other = two.rows[at][-1]._replace(text=amount)
    again = [*two.rows[at][:-1], other]
    own = [
        row if n != at else [*row[:-1], row[-1]._replace(text="7.5")]
        for n, row in enumerate(two.rows)
    ]
    own.insert(at if before else at + 1, again)
    page[0] = replace(two, rows=own)
    assert said(page) == ["critical"] * (amount == "0")  # 75,000 yuan are 7.5 times 10,000


@pytest.mark.parametrize("group", [True, False])
def test_a_row_that_is_printed_twice_below_a_head_of_its_own_is_said(*, group: bool) -> None:
    page = blocks(1)
    two = page[0]
    assert isinstance(two, Grid)
    at = next(n for n, row in enumerate(two.rows) if row[0].text == "行政许可")
    row = [GridCell("第二十条第（五）项", 0), *two.rows[at]] if group else two.rows[at]
    again = [*row[:-1], row[-1]._replace(text=f"{row[-1].text}1")]
    rows = [*two.rows[:at], row, again, *two.rows[at + 1 :]]
    parts = [rows] if group else [rows[:at], rows[at:]]
    page[:1] = [Grid(part, Place(table=n)) for n, part in enumerate(parts, start=1)]
    assert said(page) == ["critical"]


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_a_padded_row_that_is_printed_twice_is_said(padding: int) -> None:
    page = blocks(1)
    two = page[0]
    assert isinstance(two, Grid)
    at = next(n for n, row in enumerate(two.rows) if row[0].text == "行政许可")
    row = [*two.rows[at], *[GridCell("", 0)] * padding]
    again = [row[0], row[1]._replace(text=f"{row[1].text}1"), *row[2:]]
    page[0] = Grid([*two.rows[:at], row, again, *two.rows[at + 1 :]], Place(table=1))
    assert said(page) == ["critical"]


@pytest.mark.parametrize("own", [0, 1])
def test_another_year_s_table_beside_a_turned_one_is_said(own: int) -> None:
    page, other = blocks(1), blocks(2)[1]
    three = page[1]
    assert isinstance(three, Grid)
    columns: dict[int, list[GridCell]] = {}
    for y, row in enumerate(three.rows):
        for cell in row:
            turned = GridCell(cell.text, y, cell.rowspan, cell.colspan)
            columns.setdefault(cell.column, []).append(turned)
    page[1] = replace(three, rows=[columns[x] for x in sorted(columns)])
    page.insert(2 - own, other)
    assert said(page) == ["critical"]


def test_another_year_s_table_in_cells_with_units_is_said() -> None:
    page: list[Block] = []
    for number, block in enumerate(blocks(1)):
        for line in lines(block, "\n"):
            page.append(line)
            if number == 1 and "政府信息公开申请数量" in getattr(line, "text", ""):
                page.append(Paragraph("件", Place(line=1)))
    page.append(blocks(2)[1])
    assert said(page) == ["critical"]


@pytest.mark.parametrize("table", range(3))
def test_the_same_table_is_not(table: int) -> None:
    page = blocks(1)
    page.insert(table, page[table])
    assert not said(page)


def test_a_table_with_one_result_a_row_is_not() -> None:
    page: list[Block] = [block for table in blocks(1)[:2] for block in lines(table, " ")]
    rows = ["类别 行政复议 未经复议直接起诉 复议后起诉"]
    rows += [f"{name} {n} 0 {n}" for n, name in enumerate(DISPUTE_HEADERS[4:-1])]
    page += [Paragraph(line, Place(line=n)) for n, line in enumerate([*rows, "总计 6 0 6"])]
    assert not said(page)


def test_a_summary_with_the_form_s_words_is_not() -> None:
    rows = [["信息类别", "数量"], ["行政许可", "3"], ["行政处罚", "5"], ["结果维持", "2"]]
    summary = Grid([[GridCell(t, c) for c, t in enumerate(r)] for r in rows], Place(table=9))
    assert not said([summary, Paragraph("情况如下：", Place(paragraph=1)), *blocks(1)])


@pytest.mark.parametrize(
    ("head", "printed", "amount"),
    [
        ("本年收费金额（单位：万元）", "12.5", "12.5"),
        ("本年收费金额（万元）", "12.5", "12.5"),
        ("本年收费金额", "12.5", "12.5"),
        ("本年收费金额（单位：元）", "125000", "12.5"),
        ("本年收费金额（元）", "125000", "12.5"),
        ("本年收费金额（单位：人民币元）", "125000", "12.5"),
        ("本年收费金额（元）", "12.5万元", "12.5"),
        ("本年收费金额（单位：亿元）", "0.00125", "12.5"),
        ("本年收费金额（单位：千元）", "125", "None"),
        ("收费金额（元）", "125000", "12.5"),
        ("收费数额，单位：元", "125000", "12.5"),
        ("收费数额", "12.5", "12.5"),
        ("收费数额（千元）", "125", "None"),
    ],
)
def test_amounts_have_the_unit_of_their_head(head: str, printed: str, amount: str) -> None:
    page = blocks(1)
    two = page[0]
    assert isinstance(two, Grid)
    two.rows[-2][1] = two.rows[-2][1]._replace(text=head)
    two.rows[-1][1] = two.rows[-1][1]._replace(text=printed)
    found = read_cells(page)
    assert found is not None
    assert str(found.cells.values.get("proactive.fees.amount")) == amount
    assert bool([f for f in found.findings if f.severity == "critical"]) == (amount == "None")


def test_tables_may_stand_in_another_order() -> None:
    right = read_cells(blocks(1))
    assert right is not None
    for order in ((1, 0, 2), (0, 2, 1)):
        page = blocks(1)
        headings = [Paragraph("政府信息公开情况如下表所示", Place(paragraph=n)) for n in order]
        pairs = zip(headings, [page[n] for n in order], strict=True)
        found = read_cells([block for pair in pairs for block in pair])
        assert found is not None
        assert found.cells.values == right.cells.values


@pytest.mark.parametrize("step", ["\t", "\n"])
def test_another_report_s_rows_in_lines_are_said_beside_clean_tables(step: str) -> None:
    own, other = blocks(1), blocks(2)
    assert said([*own, *lines(other[1], step)]) == ["critical"]
    assert said([*lines(other[1], step), *own]) == ["critical"]
    assert said([*own, *lines(own[1], step)]) == []


def test_another_year_s_table_is_said_where_a_portal_adds_a_column() -> None:
    page = blocks(1)
    other = blocks(2)[1]
    assert isinstance(other, Grid)
    rows = [[*row, GridCell("7", len(row))] for row in other.rows]
    assert said([*page, replace(other, rows=rows)]) == ["critical"]


HEADINGS = (
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
)
BEHIND = "五、存在的主要问题及改进情况"


def under_headings(tables: Sequence[Block]) -> list[Block]:
    above = [Paragraph(text, Place()) for text in HEADINGS]
    pairs = [block for pair in zip(above, tables, strict=True) for block in pair]
    return [*pairs, Paragraph(BEHIND, Place())]


@pytest.mark.parametrize("mark", ["", "/"])
@pytest.mark.parametrize("first", [True, False])
def test_the_tables_below_the_report_s_headings_are_its_own(mark: str, *, first: bool) -> None:
    own = under_headings(bared(blocks(1), mark))
    other = [Paragraph("附：上年度", Place()), blocks(2)[1]]
    alone = read_cells(own)
    found = read_cells([*other, *own] if first else [*own, *other])
    assert alone is not None
    assert found is not None
    assert found.cells.values == alone.cells.values
    assert found.cells.states.blank == alone.cells.states.blank
    assert [f.severity for f in found.findings if f.rule == "S.TWICE"] == ["critical"]


def test_a_second_table_without_a_plain_row_is_said() -> None:
    other = blocks(2)[1]
    assert isinstance(other, Grid)
    rows = [[*row[:-7], GridCell("0", len(row) - 7, 7)] for row in other.rows]
    assert said([*blocks(1), replace(other, rows=rows)]) == ["critical"]


@pytest.mark.parametrize("step", ["", "\t"])
def test_a_number_torn_over_two_cells_makes_no_second_table(step: str) -> None:
    page = blocks(5)
    three = page[1]
    assert isinstance(three, Grid)
    rows = list(three.rows)
    at, row = next((n, r) for n, r in enumerate(rows) if "新收" in r[0].text)
    torn = next(n for n, cell in enumerate(row) if n and len(cell.text) > 1)
    text = row[torn].text
    rows[at] = [
        *row[:torn],
        row[torn]._replace(text=text[:1]),
        row[torn]._replace(text=text[1:]),
        *row[torn + 1 :],
    ]
    page[1] = replace(three, rows=rows)
    if step:
        page[1:2] = lines(page[1], step)
    assert said(page) == []


def captioned(seed: int, year: int, *, first: bool) -> list[Block]:
    """Print a report with the tables of another year in front of each of its own, or behind."""
    page: list[Block] = [Paragraph(f"甲局{year}年政府信息公开工作年度报告", Place())]
    for own, other in zip(blocks(seed), blocks(seed + 1), strict=True):
        pair = [Paragraph(f"{year}年度", Place()), own]
        before = [Paragraph(f"{year - 1}年度", Place()), other]
        page += [*before, *pair] if first else [*pair, *before]
    return page


@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize("first", [True, False])
def test_of_two_years_the_title_s_is_read(seed: int, *, first: bool) -> None:
    alone = read_cells(blocks(seed))
    found = read_cells(captioned(seed, 2023, first=first))
    assert alone is not None
    assert found is not None
    assert found.cells.values == alone.cells.values
    assert said(captioned(seed, 2023, first=first)) == ["critical"]


@pytest.mark.parametrize("seed", range(1, 4))
def test_of_two_tables_side_by_side_none_is_read(seed: int) -> None:
    page = [b for pair in zip(blocks(seed), blocks(seed + 1), strict=True) for b in pair]
    found = read_cells(page)
    assert found is not None
    assert not found.cells.values
    assert len(found.cells.states.unreadable) == len(set(found.cells.states.unreadable))
    assert said(page) == ["critical"]


@pytest.mark.parametrize("seed", range(1, 4))
def test_of_two_tables_in_one_none_is_read(seed: int) -> None:
    page: list[Block] = []
    for own, other in zip(blocks(seed), blocks(seed + 1), strict=True):
        assert isinstance(own, Grid)
        assert isinstance(other, Grid)
        page.append(replace(own, rows=[*other.rows, *own.rows]))
    found = read_cells(page)
    assert found is not None
    assert not found.cells.values
    assert said(page) == ["critical"]


def test_a_second_report_leaves_the_first_one_as_it_is() -> None:
    title = Paragraph("乙局2023年政府信息公开工作年度报告", Place())
    alone = read_cells(blocks(1))
    found = read_cells([*blocks(1), title, *blocks(2)])
    assert alone is not None
    assert found is not None
    assert found.cells.values == alone.cells.values


def test_the_head_of_a_turned_table_may_be_a_table_of_its_own() -> None:
    labels = [texts[0] for texts in REQUEST_LABELS.values()]
    place = Place(table=1)
    head = Grid([[GridCell(text, n, 1, 1) for n, text in enumerate(["申请人", *labels])]], place)
    body = Grid([[GridCell(name, 0, 1, 1)] for name in "甲乙丙丁戊己庚"], Place(table=2))
    two = Grid(body.rows[:2], Place(table=2))
    assert is_request_table(head, body)
    assert not is_request_table(head)
    assert not is_request_table(head, two)


def emptied(page: Sequence[Block]) -> list[Block]:
    """Print the tables as a template, without a number."""

    def without(cell: GridCell) -> GridCell:
        return cell._replace(text="") if read_cell(cell.text).value is not None else cell

    grids = (block for block in page if isinstance(block, Grid))
    return [replace(b, rows=[[without(c) for c in row] for row in b.rows]) for b in grids]


@pytest.mark.parametrize("first", [True, False])
def test_an_empty_table_beside_the_filled_one_is_left_out(*, first: bool) -> None:
    own = blocks(1)
    pairs = zip(emptied(own), own, strict=True) if first else zip(own, emptied(own), strict=True)
    alone = read_cells(own)
    found = read_cells([block for pair in pairs for block in pair])
    assert alone is not None
    assert found is not None
    assert found.cells.values == alone.cells.values
    assert [f.severity for f in found.findings if f.rule == "S.TWICE"] == ["critical"]


def test_empty_rows_above_their_copies_in_one_table_are_said() -> None:
    own = blocks(1)
    joined: list[Block] = [
        replace(filled, rows=[*empty.rows, *filled.rows], ragged=True)
        for empty, filled in zip(emptied(own), own, strict=True)
        if isinstance(empty, Grid) and isinstance(filled, Grid)
    ]
    assert said(joined) == ["critical"]

"""Each table is recognised by its own labels, wherever it stands."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.testbed import matrix
from tests.testbed.reports import make_report
from tests.unit.tables.shapes.test_reshape import grid

from gongkai.reading.document import Paragraph, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import read_cells

if TYPE_CHECKING:
    from gongkai.reading.document import Block, Grid

TABLES = (matrix.table_two, matrix.table_three, matrix.table_four)
NARRATIVE = (
    "一、总体情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "本年度发生行政复议3件，行政诉讼2件。",
    "五、存在的主要问题及改进情况",
)
#: What a portal prints behind （六）其他处理 where it has one row for all of it.
SUMMED_UP = (
    "（1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他）",
)


def narrative() -> list[Block]:
    return [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(NARRATIVE, start=1)]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("where", ["above", "below"])
def test_tables_are_found_in_any_order(order: tuple[int, ...], where: str) -> None:
    report = make_report(Random(sum(order) + order[0]), scale="medium")
    tables: list[Block] = [grid(TABLES[n](report)) for n in order]
    found = read_cells(tables + narrative() if where == "above" else narrative() + tables)
    assert found is not None
    assert found.cells.values == {p: n for p, n in report.cells.items() if n is not None}
    assert not found.cut_short
    assert found.whole


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_tables_in_lines_are_found_in_any_order(order: tuple[int, ...]) -> None:
    report = make_report(Random(7), scale="medium")
    lines = []
    for n in order:
        lines += ["\t".join(cell.text for cell in row) for row in TABLES[n](report).rows]
        lines.append("以上数据均已核对无误。")
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert found.cells.values == {p: n for p, n in report.cells.items() if n is not None}


def undivided(at: int, words: tuple[str, ...]) -> tuple[dict[str, object], list[str]]:
    """Return a report's cells and its lines: the label of （六） is broken, one has the numbers."""
    report = make_report(Random(11), variant="undivided", scale="medium")
    lines = []
    for make in TABLES:
        for row in make(report).rows:
            texts = [cell.text for cell in row]
            if texts[0].startswith("（六）"):
                broken = [texts[0] + words[0], *words[1:]]
                broken[at] = "\t".join([broken[at], *texts[1:]])
                lines += broken
            else:
                lines.append("\t".join(texts))
    return {p: n for p, n in report.cells.items() if n is not None}, lines


def test_the_one_row_of_other_outcomes_may_say_what_it_sums_up() -> None:
    printed, lines = undivided(0, ("".join(SUMMED_UP),))
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert found.cells.values == printed


@pytest.mark.parametrize("at", range(3))
def test_brackets_hold_the_lines_of_a_label_together(at: int) -> None:
    printed, lines = undivided(at, SUMMED_UP)
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert found.cells.values == printed


@pytest.mark.parametrize("at", range(3))
def test_lines_that_may_be_one_row_or_three_are_none(at: int) -> None:
    printed, lines = undivided(at, tuple(words.strip("（）") for words in SUMMED_UP))
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert found.cells.values == {p: n for p, n in printed.items() if ".undivided." not in p}
    assert "E.UNSETTLED" in {finding.rule for finding in found.findings}


def half(table: Grid, first: int, last: int) -> Grid:
    """Print the columns of table three from one applicant to another, with all labels."""
    width = 7
    rows = []
    for row in table.rows[3:]:
        edge = len(row) - width
        rows.append([*row[:edge], *row[edge + first : edge + last]])
    one, _, all_but_last = table.rows[1]
    names = [one, *table.rows[2], all_but_last]
    return replace(table, rows=[[table.rows[0][0], *names[first:last]], *rows])


@pytest.mark.parametrize("cut", range(1, 7))
@pytest.mark.parametrize("seed", range(2))
def test_a_table_in_two_halves_is_one(cut: int, seed: int) -> None:
    report = make_report(Random(seed), scale="medium")
    two, three, four = (grid(make(report)) for make in TABLES)
    blocks: list[Block] = [two, half(three, 0, cut), half(three, cut, 7), four]
    found = read_cells(blocks)
    assert found is not None
    assert found.cells.values == {p: n for p, n in report.cells.items() if n is not None}
    assert not [f for f in found.findings if f.severity == "critical"]


def test_halves_with_a_row_of_another_width_are_none() -> None:
    report = make_report(Random(3), scale="medium")
    three = grid(matrix.table_three(report))
    left, right = half(three, 0, 4), half(three, 4, 7)
    for damaged in (left, right):
        kept = damaged.rows[8]
        for row in ([*kept[:-2], kept[-1]], [*kept, kept[-1]]):
            damaged.rows[8] = row
            found = read_cells([left, right])
            assert found is not None
            assert [f for f in found.findings if f.severity == "critical"]
        damaged.rows[8] = kept


@pytest.mark.parametrize("rows", [5, 12, 20])
def test_table_four_below_a_table_three_that_is_cut_off(rows: int) -> None:
    report = make_report(Random(rows), variant="2021", scale="medium")
    two, three, four = (make(report) for make in TABLES)
    kept = three.rows[: three.head_rows + rows]
    found = read_cells([grid(two), grid(replace(three, rows=kept)), grid(four)])
    assert found is not None
    printed = {*matrix.paths_of(two), *matrix.paths_of(four)}
    printed.update(cell.path for row in kept for cell in row if cell.path)
    values = {p: n for p, n in report.cells.items() if n is not None and p in printed}
    assert found.cells.values == values


@pytest.mark.parametrize("key", ["5.要求行政机关", "3.其他"])
def test_table_three_goes_on_below_another_head(key: str) -> None:
    report = make_report(Random(11), variant="2021", scale="medium")
    two, three, four = (make(report) for make in TABLES)
    at = next(n for n, row in enumerate(three.rows) if row[0].text.startswith(key))
    number = next(n for n, cell in enumerate(three.rows[at]) if cell.path)
    label, *numbers = three.rows[at][number - 1 :]
    group = next(row[0].text for row in reversed(three.rows[:at]) if row[0].text.startswith("（"))
    # The covered cells of groups are printed again, one of them without its words.
    texts = ("", group) if key.startswith("3") else ("三、本年度办理结果", "")
    outer, inner = (matrix.Cell(text, "group") for text in texts)
    rest = [[c for c in row if "办理结果" not in c.text] for row in three.rows[at + 1 :]]
    upper = replace(three, rows=three.rows[:at])
    lower = replace(
        three, rows=[*three.rows[: three.head_rows], [outer, inner, label, *numbers], *rest]
    )
    found = read_cells([grid(two), grid(upper), grid(lower), grid(four)])
    assert found is not None
    assert found.cells.values == {p: n for p, n in report.cells.items() if n is not None}

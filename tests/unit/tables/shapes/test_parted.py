"""Heads in tables of their own are joined to the numbers below them; copies are left out."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.testbed import matrix
from tests.testbed.reports import make_report

from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import read_cells
from gongkai.tables.shapes.parted import join_parted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.reading.document import Block

RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
KINDS = ("行政复议", "未经复议直接起诉", "复议后起诉")
BLANKS = [""] * len(RESULTS)


def grid(*rows: Sequence[str], number: int = 1) -> Grid:
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    if len(rows[0]) == 1:
        cells[0] = [cells[0][0]._replace(colspan=len(RESULTS))]
    return Grid(cells, Place(table=number))


def page(*shapes: Sequence[Block]) -> tuple[list[Block], dict[str, int]]:
    """Return a page with tables two and three, and table four in blocks of their own."""
    report = make_report(Random(1), variant="2021", scale="medium")
    made: list[Block] = []
    for table in (matrix.table_two(report), matrix.table_three(report)):
        rows: list[list[GridCell]] = []
        for line in table.raster():
            own = [(x, c) for x, (c, first) in enumerate(line) if c is not None and first]
            rows.append([GridCell(c.text, x, c.colspan, c.rowspan) for x, c in own])
        made.append(Grid(rows, Place(table=9)))
    made += [block for shape in shapes for block in shape]
    for number, each in enumerate(made):
        if isinstance(each, Grid):
            made[number] = replace(each, place=Place(table=number))
    numbers = range(1, 16)
    return made, dict(zip(matrix.paths_of(matrix.table_four(report)), numbers, strict=True))


def block(kind: int) -> tuple[list[str], list[str], list[str]]:
    values = [str(n) for n in range(kind * 5 + 1, kind * 5 + 6)]
    return [KINDS[kind]], RESULTS, values


def parted(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(name, results), grid(values)]


def below_blanks(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(name, results), grid(BLANKS, values)]


def blanks_within(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(name, results, BLANKS, values)]


def scrolling(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(name, [*results, ""]), grid(values)]


def copied(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(name, results), grid(name, results, values)]


def copied_above_a_note(kind: int) -> list[Block]:
    note = Paragraph("正在努力地加载数据中，请稍候", Place(paragraph=1))
    name, results, values = block(kind)
    return [grid(name, results), note, grid(name, results, values)]


def copied_below(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(name, results, values), grid(name, results)]


def twice(kind: int) -> list[Block]:
    return parted(kind) * 2


def lettered(kind: int) -> list[Block]:
    name, results, values = block(kind)
    return [grid(list("ABCDE"), name, results, values)]


def counted(kind: int) -> list[Block]:
    lines = [Paragraph(text, Place(paragraph=n)) for n, text in enumerate(("共 1 条", "1"))]
    return [*parted(kind), *lines]


@pytest.mark.parametrize(
    "shape",
    [
        parted,
        below_blanks,
        blanks_within,
        scrolling,
        copied,
        copied_above_a_note,
        copied_below,
        twice,
        lettered,
        counted,
    ],
)
def test_blocks_of_table_four_are_read(shape: Callable[[int], list[Block]]) -> None:
    blocks, expected = page(*map(shape, range(3)))
    found = read_cells(blocks)
    assert found is not None
    disputes = {p: v for p, v in found.cells.values.items() if p.startswith("disputes.")}
    assert disputes == expected
    for path, value in expected.items():
        place = found.cells.tokens[path].place
        source = blocks[place.table or 0]
        assert isinstance(source, Grid)
        assert source.texts[(place.row or 0) - 1][(place.cell or 0) - 1] == str(value)


def test_columns_of_blanks_between_results_are_none() -> None:
    kinds = ["行政复议", *[""] * 9, "未经复议直接起诉", *[""] * 9, "复议后起诉", *[""] * 9]
    results = [text for result in RESULTS * 3 for text in (result, "")]
    numbers = [text for n in range(2, 32, 2) for text in (str(n), "")]
    blocks, expected = page([grid(kinds, results, numbers)])
    found = read_cells(blocks)
    assert found is not None
    assert all(found.cells.values.get(p) == 2 * n for p, n in expected.items())


def test_a_first_cell_that_is_no_number_leaves_the_others_of_its_row() -> None:
    kinds = ["行政复议", *[""] * 4, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4]
    blocks, expected = page([grid(kinds, RESULTS * 3, ["NaN", *map(str, range(2, 16))])])
    found = read_cells(blocks)
    assert found is not None
    first, *others = expected
    assert {p: found.cells.values.get(p) for p in others} == {p: expected[p] for p in others}
    assert first in found.cells.states.unreadable


def test_a_table_s_zone_holds_its_head() -> None:
    blocks, _ = page(*(below_blanks(kind) for kind in range(3)))
    found = read_cells(blocks)
    assert found is not None
    assert (found.zones["disputes"].start, found.zones["disputes"].end) == (2, 8)


def test_a_head_of_other_columns_is_not_joined() -> None:
    blocks: list[Block] = [grid(RESULTS), grid(["1", "2", "3", "4"])]
    joined, runs = join_parted(blocks)
    assert joined == blocks
    assert not runs


def test_cells_in_tables_of_their_own_are_no_copies() -> None:
    blocks: list[Block] = [grid(["0", ""]), grid(["0", ""])]
    assert join_parted(blocks)[0] == blocks


def test_two_tables_that_differ_stay() -> None:
    blocks: list[Block] = [grid(RESULTS, ["1", "2", "3", "4", "10"]), grid(RESULTS, ["0"] * 5)]
    assert join_parted(blocks)[0] == blocks


def test_blanks_that_are_a_row_s_cells_stay() -> None:
    labelled = grid(["类型", *RESULTS], ["行政复议", *BLANKS], ["行政诉讼", *["1"] * 5])
    assert join_parted([labelled])[0] == [labelled]

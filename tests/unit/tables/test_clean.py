"""The fast reading of clean tables gives what the general one gives."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

from gongkai.form.labels import APPLICANT_LABELS
from gongkai.reading import Source, read
from gongkai.reading.document import Grid, GridCell
from gongkai.settings import Settings
from gongkai.tables.assemble import Cells
from gongkai.tables.cells import read_cells
from gongkai.tables.clean import _in_order, read_clean
from gongkai.tables.locate import read_tables
from gongkai.tables.narrative.prose import lift_prose
from gongkai.tables.numbers import State, read_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block

HTML = [name for name in STYLES if name.startswith(("html", "text"))]
MARKS = ("", "\xa0", "\u3000", "/", "-", "—", "无", "251000元")


def blocks_of(name: str, seed: int) -> Sequence[Block]:
    page = STYLES[name].page(make_report(random.Random(seed)), seed)
    return lift_prose(read(Source(path=name, data=page.data), Settings()).blocks)


def emptied(blocks: Sequence[Block], rng: random.Random) -> list[Block]:
    """Empty some of the cells, rows or columns that hold a number."""
    share = rng.choice((0.01, 0.3, 1.0))
    kind = rng.choice(("cells", "rows", "columns"))
    marks = rng.choice([MARKS, *((mark,) for mark in MARKS)])
    columns = [rng.random() < share for _ in range(100)]

    def cell_of(cell: GridCell, *, row: bool) -> GridCell:
        chosen = {"cells": rng.random() < share, "rows": row, "columns": columns[cell.column]}
        number = read_cell(cell.text).state is State.NUMBER
        return cell._replace(text=rng.choice(marks)) if number and chosen[kind] else cell

    def row_of(row: list[GridCell]) -> list[GridCell]:
        of_row = rng.random() < share
        return [cell_of(cell, row=of_row) for cell in row]

    return [
        replace(block, rows=[row_of(row) for row in block.rows])
        if isinstance(block, Grid)
        else block
        for block in blocks
    ]


def compare(blocks: Sequence[Block]) -> bool:
    """Compare both ways to read blocks; return whether their tables are clean."""
    if read_clean(blocks) is None:
        return False
    cells = Cells()
    tables = read_tables(blocks)
    for table_name, table in tables.found():
        cells.add_table(table, table_name)
    fast = read_cells(blocks)
    assert fast is not None
    assert fast.cells.values == cells.values
    assert fast.cells.states == cells.states
    assert fast.cells.findings[: len(cells.findings)] == cells.findings
    assert fast.form == tables.form
    assert fast.zones == tables.zones
    assert {p: t.place for p, t in fast.cells.tokens.items()} == {
        p: t.place for p, t in cells.tokens.items()
    }
    return True


@pytest.mark.parametrize("name", HTML)
def test_clean_reading_equals_the_general_one(name: str) -> None:
    for seed in range(3):
        compare(blocks_of(name, seed))


@pytest.mark.parametrize("name", HTML)
def test_empty_cells_are_read_alike(name: str) -> None:
    for seed in range(3):
        blocks = blocks_of(name, seed)
        rng = random.Random(f"{name} {seed}")
        if read_clean(blocks) is not None:
            assert sum(compare(emptied(blocks, rng)) for _ in range(4))  # each is compared


@pytest.mark.parametrize("table", ["二", "四"])
def test_one_blank_alone_at_the_end_of_a_row_is_not_clean(table: str) -> None:
    blocks = list(blocks_of("html-plain", 1))
    grids = [n for n, block in enumerate(blocks) if isinstance(block, Grid)]
    number = grids["二三四".index(table)]
    grid = blocks[number]
    assert isinstance(grid, Grid)
    at = next(n for n, row in enumerate(grid.rows) if row[-1].text.isdecimal())
    row = [*grid.rows[at][:-1], grid.rows[at][-1]._replace(text="")]
    blocks[number] = replace(grid, rows=[*grid.rows[:at], row, *grid.rows[at + 1 :]])
    assert read_clean(blocks) is None


def test_a_head_of_one_row_names_the_applicants_in_order_or_is_not_clean() -> None:
    names = [texts[0] for texts in APPLICANT_LABELS.values()]
    for printed in (names, names[::-1]):
        head = [GridCell(name, n) for n, name in enumerate(printed)]
        assert _in_order(head) is (printed is names)


def test_most_pages_are_clean() -> None:
    page = STYLES["html-plain"].page(make_report(random.Random(1), variant="2021"), 1)
    blocks = read(Source(path="page.html", data=page.data), Settings()).blocks
    assert read_clean(blocks) is not None


@pytest.mark.parametrize(
    ("statutory", "printed"),
    [("现行有效件数", "现行有效件数（历史累计）"), ("第二十条第（", "第二十条（")],
)
def test_heads_with_a_remark_or_without_a_sign_are_clean(statutory: str, printed: str) -> None:
    page = STYLES["html-plain"].page(make_report(random.Random(1), variant="2021"), 1)
    texts = [page.data.decode(), page.data.decode().replace(statutory, printed)]
    assert texts[0] != texts[1]
    plain, varied = (
        read_clean(read(Source(path="page.html", data=text.encode()), Settings()).blocks)
        for text in texts
    )
    assert plain is not None
    assert varied is not None
    assert varied.values == plain.values

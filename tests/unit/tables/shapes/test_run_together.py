"""Cells that hold the numbers of several columns are opened where the row adds up so."""

from __future__ import annotations

import pytest

from gongkai.reading.document import Grid, GridCell, Place
from gongkai.tables.shapes.rearranged import rearranged
from gongkai.tables.shapes.run_together import run_apart


def texts(row: list[str], *, ragged: bool = True) -> list[str]:
    cells = [[GridCell(text, column) for column, text in enumerate(row)]]
    grid = Grid(cells, Place(table=1), ragged=ragged)
    rows = run_apart(grid)
    return row if rows is None else rearranged(grid, rows).texts[0]


@pytest.mark.parametrize(
    "row",
    [
        ["（一）予以公开", "", "3 0", "", "0", "1 2", "0", "6"],
        ["（一）予以公开 3", "0", "0", "1 2 0", "6"],
        ["", "（一）予以公开", "3 0 0", "1 2 0", "6", ""],
    ],
)
def test_a_whole_row_has_a_cell_for_each_number(row: list[str]) -> None:
    assert [*filter(None, texts(row))] == ["（一）予以公开", "3", "0", "0", "1", "2", "0", "6"]


def test_a_row_of_table_four_has_three_sums() -> None:
    row = ["1", "0 0 2", "3", "1 0", "0", "0", "1", "", "0 0", "0 0 0"]
    assert texts(row) == ["1", "0", "0", "2", "3", "1", "0", "0", "0", "1", *"00000"]
    moved = ["0", *row[1:4], "2 0", *row[4:]]
    assert texts(moved) == moved


@pytest.mark.parametrize(
    "row",
    [
        ["（一）予以公开", "1 0", "0", "0", "0", "0", "10"],  # 10, torn in two
        ["（一）予以公开", "3 0", "0", "1 2", "0", "7"],
        ["（一）予以公开", "3 0", "0", "1 2", "6"],
        ["结 无", "3", "0", "0", "1", "2", "0", "6"],
        ["（一）予以公开", "3", "0", "0", "1", "2", "0", "6"],
    ],
)
def test_other_rows_stay_as_they_are(row: list[str]) -> None:
    assert texts(row) == row


def test_a_table_with_columns_of_its_own_stays() -> None:
    row = ["（一）予以公开", "3 0", "0", "1 2", "0", "6"]
    assert texts(row, ragged=False) == row

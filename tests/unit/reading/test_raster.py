from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.raster import rastered

SPANS = st.tuples(st.integers(1, 4), st.integers(1, 4))


def test_a_cell_stands_beside_those_that_cover_its_row_from_above() -> None:
    rows = [[(1, 3), (2, 1), (1, 2)], [(1, 1), (1, 1)], [(2, 1), (1, 1)], [(4, 1)]]
    assert list(rastered(rows)) == [[0, 1, 3], [1, 2], [1, 3], [0]]


def test_rows_without_cells_count() -> None:
    assert list(rastered([[(1, 3)], [], [(1, 1)], [(1, 1)]])) == [[0], [], [1], [0]]


@given(st.lists(st.lists(SPANS, max_size=6), max_size=8))
def test_columns_are_those_that_no_cell_above_covers(rows: list[list[tuple[int, int]]]) -> None:
    covered: set[tuple[int, int]] = set()
    for y, (row, columns) in enumerate(zip(rows, rastered(rows), strict=True)):
        at = 0
        for (across, down), column in zip(row, columns, strict=True):
            while (y, at) in covered:
                at += 1
            assert column == at
            covered |= {(y + below, at) for below in range(1, down)}
            at += across
            covered |= {(y + n, x) for n in range(1, down) for x in range(column, at)}

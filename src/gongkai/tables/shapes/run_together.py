"""Cells that hold the numbers of several columns: ``| 3.其他 5 | 3 | | 0 0 | 0 1 | 9 |``.

Programs that lay a page on a raster of their own put neighbours into one cell, and leave others
blank. Where all that a row prints is a whole row of the form that adds up, each has its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, DISPUTE_CELLS
from gongkai.tables.numbers import State, read_cell, split_label, split_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Grid, GridCell
    from gongkai.tables.shapes.rearranged import Origin

#: How many numbers a row of the form has, and how many of them end with their sum.
_ROWS = {len(APPLICANTS): len(APPLICANTS), len(DISPUTE_CELLS): len(DISPUTE_CELLS) // 3}


def run_apart(grid: Grid) -> list[list[Origin]] | None:
    """Return the rows with a cell for each number, with its origin; ``None`` where none changes."""
    if not grid.ragged or not any(" " in cell.text for row in grid.rows for cell in row):
        return None
    rows = [_apart(row, r) for r, row in enumerate(grid.rows)]
    if not any(rows):
        return None
    return [
        own or [(cell, r, c) for c, cell in enumerate(row)]
        for r, (own, row) in enumerate(zip(rows, grid.rows, strict=True))
    ]


def _apart(row: Sequence[GridCell], r: int) -> list[Origin]:
    """Return the cells of a row that is whole so; none where it is not, or has no such cells."""
    cells: list[Origin] = []
    values: list[Decimal] = []
    runs = False
    for c, cell in enumerate(row):
        pieces = split_run(cell.text)
        # 无 may be the first sign of a label that stands upright.
        if pieces is None and cell.text[-1:].isdecimal() and (found := split_label(cell.text)):
            pieces = [found[0], *found[1]]
        runs = runs or pieces is not None
        for piece in pieces or [cell.text]:
            read = read_cell(piece)
            if read.state is State.BLANK:
                continue
            cells.append((cell._replace(text=piece), r, c))
            if read.state is not State.TEXT:
                values.append(read.value or Decimal(0))
    size = _ROWS.get(len(values), 0)
    whole = size and all(
        sum(values[n : n + size - 1]) == values[n + size - 1] for n in range(0, len(values), size)
    )
    return cells if runs and whole else []

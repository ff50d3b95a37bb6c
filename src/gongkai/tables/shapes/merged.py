"""Merged blanks and zeros: each stands for as many as it covers columns and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form.labels import HEADER_WORDS
from gongkai.reading.document import GridCell
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.document import Grid
    from gongkai.tables.shapes.rearranged import Origin

#: Fewer headers above one column each, and the columns are not known.
_LEAST_HEADERS = 4


def unmerged(grid: Grid) -> list[list[Origin]] | None:
    """Return the rows with merged blanks, nil marks and zeros parted, cell by cell with its origin.

    Returns:
        ``None`` where none is merged, or where its row does not fill the columns below the
        headers one by one then: its spans may be wrong.
    """
    if not any(_covers_several(cell) for row in grid.rows for cell in row):
        return None
    rows: list[list[Origin]] = [[] for _ in grid.rows]
    changed: dict[int, frozenset[int]] = {}
    for r, (row, columns) in enumerate(zip(grid.rows, _columns_below(grid.rows), strict=True)):
        for c, cell in enumerate(row):
            ends = cell.column + cell.colspan
            below = [column for column in columns if cell.column <= column < ends]
            if not (below and _covers_several(cell)) or (len(below) == 1 and cell.rowspan == 1):
                rows[r].append((cell, r, c))
                continue
            for covered in range(r, min(r + cell.rowspan, len(rows))):
                rows[covered] += ((GridCell(cell.text, column), r, c) for column in below)
                changed[covered] = columns
    for r, columns in changed.items():
        rows[r].sort(key=lambda origin: origin[0].column)
        starts = [cell.column for cell, _, _ in rows[r] if cell.column >= min(columns)]
        if starts != sorted(columns):
            return None
    return rows if changed else None


def _covers_several(cell: GridCell) -> bool:
    if cell.colspan == 1 and cell.rowspan == 1:
        return False
    read = read_cell(cell.text)
    return read.state in (State.BLANK, State.NIL) or read.value == 0


def _columns_below(rows: Sequence[Sequence[GridCell]]) -> Iterator[frozenset[int]]:
    """Yield for each row the columns that headers above it name; nothing for rows of a head."""
    columns: set[int] = set()
    in_head = False
    for row in rows:
        heads = {c.column for c in row if c.colspan == 1 and normalise(c.text) in HEADER_WORDS}
        if heads:
            columns = columns | heads if in_head else heads
        in_head = bool(heads)
        known = not in_head and len(columns) >= _LEAST_HEADERS
        yield frozenset(columns if known else ())

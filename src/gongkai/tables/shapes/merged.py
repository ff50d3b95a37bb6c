"""Cells of values that were merged: each stands for as many as it covers columns and rows.

A blank or a 0 is the same in each of them. Another number is none of theirs: whether it is their
sum, or each one's, or one's alone, no page says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.form.labels import HEADER_WORDS
from gongkai.reading.document import GridCell
from gongkai.tables.numbers import SHARED, State, read_cell
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.document import Grid
    from gongkai.tables.shapes.rearranged import Origin

#: Fewer headers above one column each, and the columns are not known.
_LEAST_HEADERS = 4
#: So many rows have to agree on the columns of their values.
_LEAST_ROWS = 4


def unmerged(grid: Grid) -> list[list[Origin]] | None:
    """Return the rows with merged values parted, cell by cell with its origin.

    Returns:
        ``None`` where no value is merged, or where its row does not fill the columns one by one
        then: its spans may be wrong.
    """
    if not any(_covers_several(cell) for row in grid.rows for cell in row):
        return None
    return _parted(grid, numbers=True) or _parted(grid, numbers=False)


def _parted(grid: Grid, *, numbers: bool) -> list[list[Origin]] | None:
    """Part the merged blanks and zeros, and other ``numbers``; see :func:`unmerged`."""
    rows: list[list[Origin]] = [[] for _ in grid.rows]
    changed: dict[int, frozenset[int]] = {}
    # A row that prints nothing of its own is part of the one above.
    prints = [any(cell.text.strip() for cell in row) for row in grid.rows]
    for r, (row, columns) in enumerate(zip(grid.rows, _columns_below(grid.rows), strict=True)):
        for c, cell in enumerate(row):
            ends = cell.column + cell.colspan
            below = [column for column in columns if cell.column <= column < ends]
            number = bool(read_cell(cell.text).value)
            several = below and _covers_several(cell) and (numbers or not number)
            covered = range(r, min(r + cell.rowspan, len(rows)) if several else r)
            held = [n for n in covered if n == r or prints[n]]
            if len(below) * len(held) < 2:  # noqa: PLR2004 - one place, or none
                rows[r].append((cell, r, c))
                continue
            text = cell.text + SHARED if number else cell.text
            for n in held:
                rows[n] += ((GridCell(text, column), r, c) for column in below)
                changed[n] = columns
    for r, columns in changed.items():
        rows[r].sort(key=lambda origin: origin[0].column)
        starts = [cell.column for cell, _, _ in rows[r] if cell.column >= min(columns)]
        if starts != sorted(columns):
            return None
    return rows if changed else None


def _covers_several(cell: GridCell) -> bool:
    several = cell.colspan > 1 or cell.rowspan > 1
    return several and read_cell(cell.text).state is not State.TEXT


def _columns_below(rows: Sequence[Sequence[GridCell]]) -> Iterator[frozenset[int]]:
    """Yield for each row the columns of its values, as the rows around it or a head above it say.

    Nothing for rows of a head.
    """
    span, agreed = _agreed(rows)
    columns: set[int] = set()
    in_head = False
    for number, row in enumerate(rows):
        words = [c for c in row if normalise(c.text) in HEADER_WORDS]
        heads = {c.column for c in words if c.colspan == 1}
        # One word beside numbers may be a row's label: 其他. A block's title has a head of its own.
        is_head = len(words) > 1 or all(read_cell(c.text).state is State.TEXT for c in row)
        if is_head:
            columns = columns | heads if in_head else heads
        in_head = is_head
        known = not in_head and len(columns) >= _LEAST_HEADERS
        yield agreed if number in span else frozenset(columns if known else ())


def _agreed(rows: Sequence[Sequence[GridCell]]) -> tuple[range, frozenset[int]]:
    """Return from where to where rows print table three's values alone, and in which columns."""
    places: dict[tuple[int, ...], list[int]] = {}
    for number, row in enumerate(rows):
        single = [c for c in row if c.colspan == 1 and read_cell(c.text).state is not State.TEXT]
        if len(single) == len(APPLICANTS):
            places.setdefault(tuple(c.column for c in single), []).append(number)
    columns, numbers = max(places.items(), key=lambda pair: len(pair[1]), default=((), []))
    if len(numbers) < _LEAST_ROWS:
        return range(0), frozenset()
    return range(numbers[0], numbers[-1] + 1), frozenset(columns)

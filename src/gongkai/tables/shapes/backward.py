"""Tables whose labels stand behind their numbers, in the last columns: turned round."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.form.labels import GROUP_LABELS, ROW_LABELS, WEAK_LABELS
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Grid, GridCell
    from gongkai.tables.shapes.rearranged import Origin

_LABELS = ROW_LABELS - WEAK_LABELS
_GROUPS = frozenset(GROUP_LABELS)
#: The first and the last column of table three.
_ENDS = ("自然人", "总计")
#: Table two has so many columns, table three more; fewer in front of the labels may count the rows.
_LEAST = 3


def turned_round(grid: Grid) -> list[list[Origin]] | None:
    """Return the rows of a grid with the labels in front; ``None`` where they stand there.

    Columns keep their order, heads stay above them. A row belongs to the label in it.
    """
    labelled = [(row, at) for row in grid.rows if (at := _label_at(row)) is not None]
    behind = [(row, at) for row, at in labelled if any(_is_number(c.text) for c in row[:at])]
    if not behind or any(_is_number(cell.text) for row, at in labelled for cell in row[at + 1 :]):
        return None
    firsts = Counter(next(c.column for c in row if _is_text(c.text)) for row, _ in behind)
    numbers = Counter(c.column for row, at in behind for c in row[:at] if _is_number(c.text))
    # A text among the numbers of its column is a cell of words.
    edge = min((column for column in firsts if firsts[column] > numbers[column]), default=0)
    if edge < _LEAST:
        return None
    ends = [max((cell.column + cell.colspan for cell in row), default=0) for row in grid.rows]
    end = max(ends)
    heads = [e for e, row in zip(ends, grid.rows, strict=True) if _label_at(row) is None]
    if not grid.ragged and max(heads, default=0) < end:
        return None  # a row has a cell too many: which blank is one of its cells is not told
    outer_last = any(
        normalise(cell.text) in _GROUPS for row, at in behind for cell in row[at + 1 :]
    )
    if grid.ragged and (outer_last or not _runs_forward(grid)):
        return None  # which column a head stands above is not told
    edges = [_edge(row, edge) if grid.ragged else edge for row in grid.rows]
    return [
        _turn(row, r, edges[r], end - edge, outer_last=outer_last)
        for r, row in enumerate(grid.rows)
    ]


def _runs_forward(grid: Grid) -> bool:
    """Tell whether the first applicant is named before the last one, if any is."""
    words = [normalise(cell.text) for row in grid.rows for cell in row]
    found = [word for word in words if word in _ENDS]
    return found[:1] != [_ENDS[1]]


def _edge(row: Sequence[GridCell], edge: int) -> int:
    """Return where the values of a row end whose columns mean nothing."""
    first = next((cell.column for cell in row if _is_text(cell.text)), len(row))
    return first or edge


def _turn(
    row: Sequence[GridCell], number: int, edge: int, width: int, *, outer_last: bool
) -> list[Origin]:
    """Return a row with what stands from the column ``edge`` on in front; blanks there are none."""
    cells = [(cell, number, n) for n, cell in enumerate(row)]
    front = [c for c in cells if c[0].column >= edge and c[0].text.strip()]
    if outer_last:
        front.reverse()
    moved = [(cell._replace(column=n), r, c) for n, (cell, r, c) in enumerate(front)]
    rest = [
        (cell._replace(column=cell.column + max(width, len(front))), r, c)
        for cell, r, c in cells
        if cell.column < edge
    ]
    return moved + rest


def _label_at(row: Sequence[GridCell]) -> int | None:
    return next((n for n, cell in enumerate(row) if normalise(cell.text) in _LABELS), None)


@lru_cache(maxsize=4096)
def _is_number(text: str) -> bool:
    return read_cell(text).state is State.NUMBER


def _is_text(text: str) -> bool:
    return read_cell(text).state is State.TEXT

"""Ruled tables that lack some of their rules, between the columns of a row or between all rows.

The numbers of such a row stand below those of other rows: that parts it. Where no rule parts rows,
the table is read as one without rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from gongkai.reading.pdf.level import rows_of
from gongkai.reading.pdf.lines import line_of
from gongkai.reading.pdf.words import VALUE, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.reading.document import GridCell
    from gongkai.reading.pdf.drawn import Char

# A number may reach so far into the padding of its neighbour (points).
_NEAR = 1.0
_TWO = 2
#: More rows than these were parted by rules.
_FEW_ROWS = 3
#: Five numbers side by side, or those of eight rows.
_ROWS = re.compile(r"^\d[\d,.]*(?:(?: \d[\d,.]*){4}|(?:\n\d[\d,.]*){7})", re.MULTILINE)


def parted_by_numbers(
    cells: Sequence[int], fields: Mapping[int, list[Char]], xs: Sequence[float]
) -> set[tuple[int, int]]:
    """Return (row, column) of fields that no rule parts from the next one, and numbers do.

    Args:
        cells: for each field in reading order, the cell that it belongs to.
        fields: the characters in each field that holds some.
        xs: where the table's columns begin and end.
    """
    columns = len(xs) - 1
    parted: set[tuple[int, int]] = set()
    for j, start, end in _open_runs(cells, fields, columns):
        row = range(j * columns + start, j * columns + end + 1)
        sides = sides_of([char for field in row for char in fields.get(field, ())], xs)
        parted.update((j, i) for i in sides if start <= i < end)
        # A cell that goes on from above, beside one that does not, ends at its side.
        for i in range(start, sides[0] if j and sides else start):
            upper = (j - 1) * columns + i
            if cells[upper] == cells[upper + columns] != cells[upper + 1]:
                parted.add((j, i))
    return parted


def _open_runs(
    cells: Sequence[int], fields: Mapping[int, list[Char]], columns: int
) -> list[tuple[int, int, int]]:
    """Return (row, first column, last column) of what is one cell and holds several numbers."""
    filled: dict[tuple[int, int], list[int]] = {}
    for field in fields:
        filled.setdefault((field // columns, cells[field]), []).append(field)
    runs = []
    for (row, cell), own in filled.items():
        if len(own) < _TWO:  # most of them
            continue
        numbered = sum(_is_value(fields[field]) for field in own)
        if numbered >= _TWO:
            within = [i for i in range(columns) if cells[row * columns + i] == cell]
            runs.append((row, within[0], within[-1]))
    return runs


def _is_value(chars: list[Char]) -> bool:
    """Tell whether a field may hold a number, or a mark of none; most hold one sign alone."""
    if any(char.text.isdecimal() for char in chars):
        return True
    return bool(VALUE.fullmatch("".join([char.text for char in chars[:_TWO]])))


def sides_of(chars: list[Char], xs: Sequence[float]) -> list[int]:
    """Return the columns behind which a row without rules is parted, as its numbers stand.

    Args:
        chars: of the row.
        xs: where its columns begin and end, as other rows show them.

    Returns:
        the first is that before the first number; none where words stand behind numbers.
    """
    rows = rows_of(chars)
    words = [word for row in rows for word in words_of(line_of(row, 0.0), row)]
    numbers = [word for word in words if VALUE.fullmatch(word.text)]
    if len(numbers) < _TWO or sum(len(word.text) for word in words) < len(chars):
        return []
    taken = [
        (bisect_right(xs, word.x0 + _NEAR) - 1, bisect_left(xs, word.x1 - _NEAR) - 1)
        for word in numbers
    ]
    first = min(start for start, _ in taken)
    if any(word.x1 > xs[first] + _NEAR for word in words if word not in numbers):
        return []
    crossed = {i for start, end in taken for i in range(start, end)}
    return [i for i in range(first - 1, len(xs) - 2) if i not in crossed]


def holds_rows(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether a cell holds rows of numbers, for the rules part columns alone."""
    if len(rows) > _FEW_ROWS:
        return False
    return any(_ROWS.search(cell.text) for row in rows for cell in row)

"""Rows whose cells have lines of their own, and bars that fill each row up to one width.

A blank cell is a bar alone, and so is the filling of a row that lacks one cell::

    行政许可 |
    0 |
    |
    0 |
    |
    第二十条第（六）项 |
    ||||

The program counts: cells and bars are as many in every row of a table. That tells where rows end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.text.open_rows import TAKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR = "|"
_FILLING = re.compile(r"(?:(?<= \|) |^)(\|{2,})$")
#: No cell holds more signs above the line that its bar ends.
_LONGEST = 80
#: So many rows that bars end show that a program counts; no table has more columns.
_LEAST, _WIDEST = 3, 40
#: Bars that fill a row stand within so many lines of its beginning, or of a row's above it.
_FARTHEST = 80
_WORD = re.compile(r"[\u3400-\u9fff]")


class _Line(NamedTuple):
    """A line with bars.

    Attributes:
        number: its index.
        above: lines of text between it and the line with bars before: of its first cell perhaps.
        cells: what its bars end.
        filling: bars that fill its row up.
    """

    number: int
    above: list[int]
    cells: list[str]
    filling: int


def join_filled_rows(lines: list[str]) -> None:
    """Put such rows on their first lines; lines joined to others become ``TAKEN``."""
    barred = _lines_with_bars(lines)
    start = 0
    while start < len(barred):
        rows, stop = _rows_from(lines, barred, start)
        # Without a bar alone, or several cells in a line, each line says what it is.
        if any(
            lines[line.number].strip() == _BAR or len(line.cells) > 1
            for row in rows
            for line in row
        ):
            for row in rows:
                _join(lines, row)
        start = stop


def _lines_with_bars(lines: Sequence[str]) -> list[_Line]:
    found: list[_Line] = []
    above: list[int] = []
    for number, line in enumerate(lines):
        text = line.strip()
        if _BAR in text:
            filled = _FILLING.search(text)
            own = text[: filled.start(1)].rstrip() if filled else text
            cells = own.removesuffix(_BAR).split(_BAR) if own else []
            found.append(_Line(number, above, cells, len(filled[1]) if filled else 0))
            above = []
        elif text:
            above.append(number)
    return found


def _rows_from(
    lines: Sequence[str], barred: Sequence[_Line], start: int
) -> tuple[list[list[_Line]], int]:
    """Return the filled or whole rows of the table that begins with a line, and where it ends.

    No rows where the count of cells and bars is not one and the same in all of them.
    """
    if not (barred[start].cells and _WORD.search(barred[start].cells[0])):
        return [], start + 1
    cells, filling = _up_to_filling(barred, start)
    width = cells + filling
    rows: list[list[_Line]] = []
    row: list[_Line] = []
    count = filled = 0
    for index in range(start, len(barred)):
        line = barred[index]
        above = sum(len(lines[n]) for n in line.above)
        if index > start and line.above:
            cells, filling = _up_to_filling(barred, index)
            goes_on = filling and (count + cells) % width + filling == width
            if not goes_on or above > _LONGEST:
                break
        elif not row and not any(map(_is_printed, barred[index : index + width])):
            break  # rows of blanks below a table
        row.append(line)
        count += len(line.cells) + line.filling
        if count > width or (line.filling and count < width):
            rows.clear()
            break
        if count == width:
            rows.append(row)
            filled += line.filling > 0
            row, count = [], 0
    else:
        index = len(barred)
    # The program may leave the last row as it is; words behind its label would be a head's.
    last = [cell for line in row for cell in line.cells][1:]
    if rows and last and not any(map(_WORD.search, last)):
        rows.append(row)
    return (rows if filled >= _LEAST and width <= _WIDEST else []), max(index, start + 1)


def _is_printed(line: _Line) -> bool:
    return any(map(str.strip, line.cells))


def _up_to_filling(barred: Sequence[_Line], start: int) -> tuple[int, int]:
    """Return how many cells there are up to the first bars that fill a row, and those bars."""
    cells = 0
    for line in barred[start : start + _FARTHEST]:
        cells += len(line.cells)
        if line.filling:
            return cells, line.filling
    return cells, 0


def _join(lines: list[str], row: Sequence[_Line]) -> None:
    """Put a row on its first line; what stands above that one is a line of its own."""
    first = row[0].number
    pieces = [lines[first].strip()]
    for line in row[1:]:
        pieces += [lines[n].strip() for n in (*line.above, line.number)]
        for n in (*line.above, line.number):
            lines[n] = TAKEN
    lines[first] = " ".join(pieces)

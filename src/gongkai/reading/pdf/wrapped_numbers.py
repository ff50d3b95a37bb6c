"""Numbers too long for their column that go on in the next line, in tables without rules."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE
from gongkai.reading.pdf.words import held_by, middle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.pdf.words import Row, Word, WordedLine

#: What opens a row's label: the rest of one does not begin like this.
OPENS = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]")
#: Lines nearer to one another than this (signs) stand side by side in one row; the lines of a
#: cell are apart by less than the second.
_BESIDE, _BELOW = 0.85, 1.6
#: Numbers of one row are apart by less than this, if its cells hold them at different heights; and
#: so many labels begin at one place.
_TALL, _MANY = 3.0, 3
_NONE = -1e9
#: Most blank space at both sides of a number that fills its column (points).
_PADDING = 20.0


def grouped(
    rows: Sequence[Row], columns: Sequence[Word], lines: Sequence[WordedLine]
) -> list[list[Row]]:
    """Return the lines of each row, for cells cannot overlap; none where that is not sure.

    Args:
        rows: lines with numbers.
        columns: of the numbers.
        lines: all lines, with their words.
    """
    size = _size(rows)
    opened = any(OPENS.match(word.text) for row in rows for word in row.label)
    groups: list[list[Row]] = []
    inner = _inner(rows, lines)
    whole = 0  # rows up to this one are in a group that is whole
    for n, row in enumerate(rows):
        if n < whole:
            groups[-1].append(row)
            continue
        if (count := _together(rows[n:], columns, lines, inner, size)) > 1:
            groups.append([row])
            whole = n + count
            continue
        group = groups[-1] if groups else [row]
        apart = (row.numbers[0].top - group[-1].numbers[0].top) / size
        if groups and 0 <= apart < _BESIDE:
            group.append(row)
        elif not groups or not 0 <= apart < _BELOW or _opens(row, group):
            groups.append([row])
        elif _goes_on(group, row, columns, alone=_is_alone(row, lines, size)):
            group.append(row)
        elif opened or not row.label:
            return []
        else:
            groups.append([row])
    return groups


def _inner(rows: Sequence[Row], lines: Sequence[WordedLine]) -> float:
    """Return where the labels of rows begin that stand furthest right, ``_NONE`` without any."""
    starts = Counter(
        round(word.x0)
        for _, words in lines[rows[0].at : rows[-1].at + 1]
        for word in words
        if OPENS.match(word.text)
    )
    return max((start - 1.0 for start, count in starts.items() if count >= _MANY), default=_NONE)


def _together(
    rows: Sequence[Row],
    columns: Sequence[Word],
    lines: Sequence[WordedLine],
    inner: float,
    size: float,
) -> int:
    """Return how many lines have one number in each column together; 0 where they are no row.

    The cells of a row may hold their numbers at the top, in the middle or at the bottom. Where a
    label begins, a row does.
    """
    held: set[int] = set()
    before, complete = rows[0], 0
    for count, row in enumerate(rows if inner != _NONE else (), 1):
        opened = any(
            OPENS.match(word.text) and (word.x0 >= inner or at == row.at)
            for at in range(before.at + 1, row.at + 1)
            for word in lines[at][1]
        )
        apart = (row.numbers[0].top - before.numbers[0].top) / size
        if complete:  # a line right below may hold the rest of a number
            return complete if opened or not 0 <= apart < _BELOW else 0
        own = [n for n, column in enumerate(columns) if held_by(column, row.numbers)]
        if opened or not held.isdisjoint(own) or not 0 <= apart < _TALL:
            return 0
        held.update(own)
        before, complete = row, count if len(held) == len(columns) else 0
    return complete


def _size(rows: Sequence[Row]) -> float:
    """Return how wide a sign of the labels is: boxes tell less of a line's height."""
    widths = [
        (word.x1 - word.x0) / len(word.text)
        for row in rows
        for word in row.label
        if not any(sign.isascii() for sign in word.text)
    ]
    return median(widths) if widths else min(row.numbers[0].height for row in rows)


def _is_alone(row: Row, lines: Sequence[WordedLine], size: float) -> bool:
    """Tell whether no line beside a row's may hold its label."""
    top = row.numbers[0].top
    return all(
        abs(word.top - top) >= size * _BESIDE
        for n in (row.at - 1, row.at + 1)
        if 0 <= n < len(lines)
        for word in lines[n][1]
    )


def _opens(row: Row, group: Sequence[Row]) -> bool:
    """Tell whether a row's label begins in its line; left of it stands its group's."""
    starts = [word.x0 for word in group[0].label if OPENS.match(word.text)]
    own = [word for word in row.label if starts and word.x1 > starts[-1]] or row.label
    return any(OPENS.match(word.text) for word in own)


def _goes_on(group: Sequence[Row], row: Row, columns: Sequence[Word], *, alone: bool) -> bool:
    """Tell whether a line only holds the rest of numbers, and perhaps of a label, of the one above.

    All stand below other numbers.
    """
    above = [word for before in group for word in before.numbers]
    under = [n for n, column in enumerate(columns) if held_by(column, row.numbers)]
    if not alone or not all(held_by(columns[n], above) for n in under):
        return False
    whole = all(UNREADABLE not in cell_of([*group, row], columns, n) for n in under)
    labels = [word.text for before in group for word in before.label]
    return whole and (any(map(OPENS.match, labels)) or not (labels or row.label))


def cell_of(group: Sequence[Row], columns: Sequence[Word], n: int) -> str:
    """Return the text of a column; two numbers that are not surely one are unreadable.

    A number goes on in the next line that leaves no room for another digit.
    """
    column = columns[n]
    pieces = [word for row in group for word in held_by(column, row.numbers)]
    near = [abs(middle(other) - middle(column)) for other in columns[max(n - 1, 0) : n + 2]]
    width = min(filter(None, near), default=0.0)
    whole = all(
        len(piece.text) > 1
        and (piece.text + below.text).isdecimal()
        and width - (own := piece.x1 - piece.x0) <= own / len(piece.text) + _PADDING
        for piece, below in pairwise(pieces)
    )
    texts = [piece.text for piece in pieces]
    return ("" if whole or not "".join(texts).strip("—") else UNREADABLE).join(texts)


def alone(row: Row, columns: Sequence[Word], cells: Sequence[str]) -> list[str]:
    """Return the cells of one line; numbers that may go on in another line are unreadable."""
    own = ["".join([word.text for word in held_by(column, row.numbers)]) for column in columns]
    return [
        text + UNREADABLE * (UNREADABLE in cell or text not in {"", cell})
        for text, cell in zip(own, cells, strict=True)
    ]

"""Numbers too long for their column that go on in the next line, in tables without rules."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.reading.heads import held_by, middle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.heads import Row, Word

#: What opens a row's label: the rest of one does not begin like this.
OPENS = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]")
#: Lines nearer to one another than this (heights) stand side by side in one row; the lines of a
#: cell are apart by less than the second.
_BESIDE, _BELOW = 0.8, 1.6
#: Most blank space at both sides of a number that fills its column (points).
_PADDING = 20.0
#: What stands for what is not surely read.
UNREADABLE = "\ufffd"


def grouped(rows: Sequence[Row], columns: Sequence[Word]) -> Iterator[list[Row]]:
    """Yield the lines of each row: where a number was wrapped, others stand half a line below.

    Rows cannot overlap.
    """
    group: list[Row] = []
    for row in rows:
        if group:
            low, high = row.numbers[0], group[-1].numbers[0]
            apart = (low.top - high.top) / high.height
            beside = 0 <= apart < _BESIDE
            if not beside and not (0 <= apart < _BELOW and _goes_on(group, row, columns)):
                yield group
                group = []
        group.append(row)
    if group:
        yield group


def _goes_on(group: Sequence[Row], row: Row, columns: Sequence[Word]) -> bool:
    """Tell whether a line only holds the rest of numbers, and perhaps of a label, of the one above.

    All stand below other numbers, and no label begins in it.
    """
    above = [word for before in group for word in before.numbers]
    under = [column for column in columns if held_by(column, row.numbers)]
    if not all(held_by(column, above) for column in under):
        return False
    if not group[0].label:
        return not row.label and not any(
            UNREADABLE in cell_of([*group, row], columns, n) for n in range(len(columns))
        )
    starts = [word.x0 for word in group[0].label if OPENS.match(word.text)]
    # What stands left of a row's label is of its group's.
    own = [word for word in row.label if starts and word.x1 > starts[-1]] or row.label
    return bool(starts) and not any(OPENS.match(word.text) for word in own)


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
    return ("" if whole else UNREADABLE).join([piece.text for piece in pieces])


def alone(row: Row, columns: Sequence[Word], cells: Sequence[str]) -> list[str]:
    """Return the cells of one line; numbers that may go on in another line are unreadable."""
    return [
        "".join([word.text for word in held_by(column, row.numbers)])
        + UNREADABLE * (UNREADABLE in cell)
        for column, cell in zip(columns, cells, strict=True)
    ]

"""Cells whose text an editor framed in a table of its own: the frame is none of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.markup import MisnestedError

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

#: Fewer tables of one cell may be a page's layout.
LEAST = 20
_BEHIND_CELL = bytes((t.CELL + 1, t.CELL, t.WIDE, t.ROW + 1, t.ROW, t.TABLE + 1))
_BESIDE = (*t.LETTERS, t.LINK + 1)
_BARE = t.STRUCTURE + bytes(t.LETTERS)
_WITHOUT_STRUCTURE = bytes(t.INLINE if code in t.STRUCTURE else code for code in range(256))


def unframe(page: Markup) -> None:
    """Take away the tables of one cell each that fill a cell of another table, if there are many.

    Args:
        page: the tags; ``codes`` of the frames are changed, texts stay.

    Raises:
        MisnestedError: the page is as written, and something may stand beside a frame.
    """
    frames = []
    start = page.codes.find(t.TABLE, page.start)
    while start >= 0:
        end = page.codes.find(t.TABLE + 1, start)
        following = page.codes.find(t.TABLE, start + 1)
        if end < 0:
            return
        if not 0 <= following < end and _is_frame(page, start, end):
            frames.append((start, end))
        start = following
    if len(frames) < LEAST:
        return
    if page.strict and page.has_strays:
        raise MisnestedError  # one of them may part a frame from its cell
    for start, end in frames:
        inside = page.codes[start : end + 1]
        page.codes[start : end + 1] = inside.translate(_WITHOUT_STRUCTURE)


def _is_frame(page: Markup, start: int, end: int) -> bool:
    """Tell whether a table has one cell, and fills the cell of another one.

    Raises:
        MisnestedError: something stands in the table and in none of its cells.
    """
    inside = page.codes[start:end]
    if inside.count(t.ROW) != 1 or t.count_cells(inside) != 1:
        return False
    before, behind = start - 1, end + 1
    while before > page.start and page.codes[before] in _BESIDE:
        before -= 1
    while behind < len(page.codes) and page.codes[behind] in _BESIDE:
        behind += 1
    if page.codes[before] not in t.CELLS or page.codes[behind : behind + 1].strip(_BEHIND_CELL):
        return False
    cell = next(i for i in range(start, end) if page.codes[i] in t.CELLS)
    closed = next(i for i in range(cell + 1, end + 1) if page.codes[i] in t.STRUCTURE)
    early = t.ROW + 1 in page.codes[start:cell]
    odd = (page.codes[start:cell] + page.codes[closed:end]).translate(None, _BARE)
    if odd or early or "".join(page.texts(start, cell) + page.texts(closed, end)).strip():
        if page.strict:
            raise MisnestedError  # a browser shows it before the table
        return False
    return not "".join(page.texts(before, start) + page.texts(end, behind)).strip()

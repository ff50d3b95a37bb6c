"""Digits in cells that a browser may not show: nobody can tell which of them are the number's.

They are left out for those who hear a page, printed for browsers without scripts, invisible
until a script shows them, or of the colour of paper.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.looks import GROUND
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.html.markup import Markup

#: A cell is looked at so far, in tags.
NEAR = 100
#: Blocks that hold a table are looked for so far.
_FAR = 1000
_END = (t.CELL + 1, t.ROW + 1, t.TABLE + 1, t.CELL, t.WIDE, t.ROW)


def doubt(page: Markup) -> None:
    """Mark the inline elements that hold such digits; others that are left out hold an icon.

    Args:
        page: the page; the codes of such elements are changed.
    """
    codes = page.codes
    i = codes.find(t.UNSURE)
    while i >= 0:
        codes[i] = t.DOUBTED if begins_with_digit(page, i) else t.INLINE
        i = codes.find(t.UNSURE, i + 1)


def begins_with_digit(page: Markup, i: int) -> bool:
    """Tell whether a digit is the first sign that an element holds."""
    text = page.text(i)
    if not text.strip() and i + 1 < len(page.codes) and page.tag(i + 1)[:1] != "/":
        text = page.text(i + 1)  # of an element in it
    return unescape(text).strip()[:1].isdecimal()


def settle_doubted(
    page: Markup, found: Sequence[tuple[int, int, bool]], invisible: list[int]
) -> None:
    """Take the digits out of their cells; a cell without others, or with others, is not blank.

    Args:
        page: the page, with all else settled.
        found: the first and the last tag of each element that holds such digits, and whether they
            are shown, and may be the mark of a note.
        invisible: tags of invisible elements that stand alone in their cells.
    """
    for first, last, noted in found:
        start = cell_around(page, first)
        if start is None:
            continue
        beside = text_beside(page, start, first, last)
        scriptless = t.name_of(page.tag(first)) == t.SCRIPTLESS
        if scriptless or any(map(str.isdecimal, beside)):
            page.blank(first, last)
            if not (scriptless and beside.strip()):  # what a script shows beside it is the cell's
                page.write(first, picture())
        elif not (noted or t.UNHEARD in page.tag(first).lower() or is_coloured(page, start)):
            invisible.append(first)
    # Where most cells are invisible, a script shows them.
    cells = t.count_cells(page.codes)
    for i in invisible if 2 * len(invisible) < cells else ():
        page.write(i, picture())


def text_beside(page: Markup, start: int, first: int, last: int) -> str:
    """Return the text of a cell beside an element in it.

    Args:
        page: the page.
        start: index of the cell's tag.
        first: index of the element's first tag.
        last: index of its last tag.
    """
    behind = range(first + 1, min(first + NEAR, len(page.codes)))
    end = next((n for n in behind if page.codes[n] in _END), first + 1)
    return unescape("".join([*page.texts(start, first), *page.texts(last, end)]))


def is_coloured(page: Markup, start: int) -> bool:
    """Tell whether a cell, or what holds it, says what colour its text stands on."""
    return any(_has_ground(page, page.tag(i)) for i in (start, *_around(page, start)))


def _has_ground(page: Markup, tag: str) -> bool:
    if GROUND.search(tag.lower()):
        return True
    return bool(page.coloured) and not page.coloured.isdisjoint(t.selectors_of(tag))


def _around(page: Markup, start: int) -> Iterator[int]:
    """Yield the indices of a cell's row and table, and of the blocks that hold the table."""
    row, table = page.codes.rfind(t.ROW, 0, start), page.codes.rfind(t.TABLE, 0, start)
    yield from (i for i in (row, table) if i >= 0)
    closed = 0
    for i in range(table - 1, max(table - _FAR, -1), -1):
        if page.codes[i] == t.BOX + 1:
            closed += 1
        elif page.codes[i] == t.BOX and closed:
            closed -= 1
        elif page.codes[i] == t.BOX:
            yield i


def cell_around(page: Markup, i: int) -> int | None:
    """Return the index of the cell that holds a tag, if it begins near it."""
    near = range(i - 1, max(i - NEAR, page.start) - 1, -1)
    start = next((n for n in near if t.TABLE <= page.codes[n] < t.SKIPPED), None)
    return start if start is not None and page.codes[start] in t.CELLS else None

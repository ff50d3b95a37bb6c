"""Digits in cells that a browser may not show: nobody can tell which of them are the number's.

They are left out for those who hear a page, printed for browsers without scripts, or invisible
until a script shows them.
"""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from gongkai.reading import tags as t
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.markup import Markup

#: A cell is looked at so far, in tags.
_REACH = 100
_END = (t.CELL + 1, t.ROW + 1, t.TABLE + 1, t.CELL, t.WIDE, t.ROW)


def doubt(turns: Sequence[str], codes: bytearray) -> None:
    """Mark the inline elements that hold such digits; others that are left out hold an icon.

    Args:
        turns: a page's texts and tags, which take turns.
        codes: the codes of its tags; those of such elements are changed.
    """
    i = codes.find(t.UNSURE)
    while i >= 0:
        text, *inside = turns[2 * i + 2 : 2 * i + 5]
        if not text.strip() and inside and inside[0][:1] != "/":
            text = inside[1]  # of an element in it
        codes[i] = t.DOUBTED if unescape(text).strip()[:1].isdecimal() else t.INLINE
        i = codes.find(t.UNSURE, i + 1)


def settle_doubted(
    page: Markup, found: Sequence[tuple[int, int]], invisible: Sequence[int]
) -> None:
    """Take the digits out of their cells; a cell without others, or with others, is not blank.

    Args:
        page: the page, with all else settled.
        found: the first and the last tag of each element that holds such digits.
        invisible: tags of invisible elements that stand alone in their cells.
    """
    for first, last in found:
        bounds = _cell_around(page, first)
        if bounds is None:
            continue
        beside = "".join([*page.texts(bounds[0], first), *page.texts(last, bounds[1])])
        scriptless = t.name_of(page.tag(first)) == t.SCRIPTLESS
        if scriptless or any(map(str.isdecimal, beside)):
            page.blank(first, last)
            if not (scriptless and beside.strip()):  # what a script shows beside it is the cell's
                page.write(first, picture({}))
    # Where most cells are invisible, a script shows them.
    cells = page.codes.count(t.CELL) + page.codes.count(t.WIDE)
    for i in invisible if 2 * len(invisible) < cells else ():
        page.write(i, picture({}))


def _cell_around(page: Markup, i: int) -> tuple[int, int] | None:
    """Return the indices of the cell that holds a tag, and of the tag that ends it."""
    before = range(i - 1, max(i - _REACH, page.start) - 1, -1)
    start = next((n for n in before if t.TABLE <= page.codes[n] < t.SKIPPED), None)
    if start is None or page.codes[start] not in (t.CELL, t.WIDE):
        return None
    behind = range(i + 1, min(i + _REACH, len(page.codes)))
    return start, next((n for n in behind if page.codes[n] in _END), i + 1)

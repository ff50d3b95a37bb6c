"""Where the elements of a page end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.markup import MisnestedError

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

#: What is drawn: its text is none of the page's.
DRAWN = frozenset(("svg", "math", "canvas", "progress", "meter"))
#: The codes of elements that are not displayed without that mark.
SHOWN_AGAIN = bytes(code & ~t.HIDDEN for code in range(256))
# Of these, the last go on behind a block that does not close them.
_CLOSED = (t.TABLE, t.ROW, t.LIST, t.NARROW, t.RAISED)
_OF_TABLES = (*t.CELLS, t.CELL + 1, t.ROW, t.ROW + 1)
_BESIDE_CELLS = (t.INLINE, t.ROW, t.CELL + 1)
# A field inside a select ends it.
_END_SELECT = (t.INPUT, t.SELECT, t.AREA)


def end_of(page: Markup, first: int) -> int:
    """Return the index of the tag that closes an element.

    Raises:
        MisnestedError: the page is as written, and does not close it where it has to.
    """
    name = t.name_of(page.tag(first))
    depth = 0
    for i in range(first, len(page.codes)):
        tag = page.tag(i)
        if name not in tag.lower():
            continue
        found = t.name_of(tag)
        depth += (found == name) - (found == f"/{name}")
        if not depth:
            if page.strict and not _is_whole(page, first, i):
                break
            return i
    if page.strict:
        raise MisnestedError
    return first


def _is_whole(page: Markup, first: int, last: int) -> bool:
    """Tell whether an element as written holds what it seems to hold."""
    inside = page.codes[first:last].translate(SHOWN_AGAIN)
    if inside[0] == t.ROW and inside.count(t.ROW) == 1 and _is_row(inside):
        return _holds_cells_alone(page, first, inside)
    if t.may_stay_open(page.tag(first)):
        return all(code < t.BLOCK or code == t.BREAK for code in inside[1:])
    if t.name_of(page.tag(first)) in DRAWN:
        # An HTML element ends them; without text it does not matter.
        return max(inside[1:], default=0) < t.BLOCK and not "".join(page.texts(first, last)).strip()
    if inside[0] < t.BLOCK or inside[0] in (t.NARROW, t.RAISED, t.UNSEEN):
        return max(inside[1:], default=0) < t.BLOCK
    if inside[0] == t.SELECT and any(code in inside[1:] for code in _END_SELECT):
        return False
    return (
        t.count_cells(inside) == inside.count(t.CELL + 1)
        and all(inside.count(code) == inside.count(code + 1) for code in _CLOSED)
        and _is_nested(inside)
    )


def _is_nested(inside: bytearray) -> bool:
    """Tell whether nothing ends an element early, and its rows and cells stand in tables."""
    own, depth, tables = inside[0], 0, 0
    for code in inside:
        depth += (code == own) - (code == own + 1)
        tables += (code == t.TABLE) - (code == t.TABLE + 1)
        if depth < 1 or (not tables and code in _OF_TABLES):
            return False
    return True


def _holds_cells_alone(page: Markup, first: int, inside: bytearray) -> bool:
    """Tell whether a row has nothing beside its cells, for that is shown in front of the table."""
    in_cell = False
    for i, code in enumerate(inside, first):
        in_cell = code in t.CELLS or (in_cell and code != t.CELL + 1)
        if not in_cell and (code not in _BESIDE_CELLS or page.text(i).strip()):
            return False
    return True


def _is_row(inside: bytearray) -> bool:
    """Tell whether a row up to its closing tag holds nothing but cells that are closed."""
    alone = not any(code in inside for code in (t.ROW + 1, t.TABLE, t.TABLE + 1))
    closed = all(inside.count(code) == inside.count(code + 1) for code in (t.LIST, t.PRE))
    return alone and closed and t.count_cells(inside) == inside.count(t.CELL + 1)

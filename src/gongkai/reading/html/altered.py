"""Cells, and elements in them, that show something else than their text.

A script runs a counter up from 0 to the number that an attribute keeps; digits are written
backwards where the page turns them round; all that a cell holds may be invisible.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.doubted import cell_around, is_coloured
from gongkai.reading.html.looks import is_reversed, kept_numbers
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

_ALTERED = re.compile(b"[%s]" % re.escape(bytes(t.ALTERED)))
_NUMBER = re.compile(r"[\d.,]+")
#: What a counter shows before it runs.
_START = re.compile(r"[0.,]*")
_RUNS = re.compile("count|odometer|timer", re.IGNORECASE)
#: So many tags stand between a cell's and its text.
_DEEPEST = 4


def alter(page: Markup) -> None:
    """Write what such elements show; where that is not certain, they are neither blank nor read.

    Args:
        page: the page; the codes of such elements become those of others by their name.
    """
    codes = page.codes
    counters: list[tuple[int, set[str]]] = []
    others: set[str] = set()  # attributes that keep something else
    faint: list[int] = []
    at = -1
    while found := _ALTERED.search(codes, at + 1):
        at, code = found.start(), found[0][0]
        tag = page.tag(at)
        codes[at] = t.code_of_name(tag)
        text = _text_of(page, at)
        if text < 0 or (codes[at] not in t.CELLS and cell_around(page, at) is None):
            continue
        written = unescape(page.text(text)).strip()
        is_number = _NUMBER.fullmatch(written) is not None
        if code == t.COUNTED:
            kept = kept_numbers(tag)
            written = written.replace(",", "")
            if _START.fullmatch(written) or (is_number and _runs(tag)):
                counters.append((text, {n for n, number in kept.items() if number != written}))
            else:
                others |= {name for name, number in kept.items() if number != written}
        elif is_number and code == t.TURNED:
            _turn(page, at, text, written)
        elif is_number and not (_is_reset(page, at + 1, text + 1) or is_coloured(page, at)):
            faint.append(text)
    # Where most cells are invisible, a script shows them, or a colour behind them does.
    if 2 * len(faint) >= t.count_cells(codes):
        faint.clear()
    for i in (*faint, *(i for i, names in counters if names - others)):
        page.write(i, picture())


def _runs(tag: str) -> bool:
    """Tell whether an element is called a counter, which may have stopped on its way."""
    return _RUNS.search(t.attributes_of(tag).get("class", "")) is not None


def _turn(page: Markup, at: int, text: int, written: str) -> None:
    """Write digits as they are shown; which way several pieces run is not certain."""
    last = 2 * text - at + 1  # as many tags close as were opened
    for i in range(text + 1, min(last + 1, len(page.codes))):
        if t.TABLE <= page.codes[i] < t.SKIPPED:
            break  # the cell ends
        if page.tag(i)[:1] != "/" or (i < last and page.text(i).strip()):
            page.write(text, written + picture())
            return
    if not is_reversed(page.tag(at)):
        page.write(text, escape(written[::-1]))


def _is_reset(page: Markup, first: int, end: int) -> bool:
    """Tell whether one of the elements around a text has a look of its own."""
    return any("style" in tag.lower() for tag in page.tags(first, end))


def _text_of(page: Markup, first: int) -> int:
    """Return the index of the tag behind which the only text of an element may stand, or -1."""
    for i in range(first, min(first + _DEEPEST, len(page.codes) - 1)):
        if page.text(i).strip() or page.tag(i + 1)[:1] == "/":
            return i
    return -1

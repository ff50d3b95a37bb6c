"""What form fields of a page show: the option that is chosen, the value of an input."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.doubted import cell_around, text_beside
from gongkai.reading.html.looks import is_hidden
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

# Types of <input> whose value is not printed.
_NO_TEXT = frozenset(
    ("hidden", "button", "submit", "reset", "image", "file", "password", "checkbox", "radio")
)


def chosen(page: Markup, first: int, last: int) -> str:
    """Return the text of the option of a select that is chosen."""
    options = [i for i in range(first, last) if page.codes[i] == t.OPTION]
    for i in options:
        if "selected" in t.attributes_of(page.tag(i)):
            return page.text(i)
    return page.text(options[0]) if options else ""


def value_of(tag: str) -> str:
    """Return the value of an input as text: some portals print the numbers in them."""
    attributes = t.attributes_of(tag)
    kind = attributes.get("type", "").strip().lower()
    if kind in _NO_TEXT or is_hidden(attributes):
        return ""
    return escape(attributes.get("value", ""))


def as_shown(page: Markup, first: int, last: int, text: str) -> str:
    """Return what a form field holds; digits beside other digits of a cell can't be read."""
    start = cell_around(page, first) if any(map(str.isdecimal, text)) else None
    if start is not None and any(map(str.isdecimal, text_beside(page, start, first, last))):
        return picture()
    return text

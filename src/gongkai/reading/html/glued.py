"""Digits that follow each other in a cell, in elements that are told apart: no one number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.signs import signs_of
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.html.markup import Markup

#: So many open elements are looked at.
_DEEPEST = 16


def part_digits(page: Markup, first: int, end: int) -> None:
    """Mark where digits of a cell follow each other that are no one number: they can't be read.

    Args:
        page: the page; the texts of such digits are changed.
        first: index of the first tag of a table or of its rows.
        end: index behind the last one.
    """
    cells: list[int] = []  # those where digits follow each other, by their first tags
    start, text = first, ""
    for i, code, behind in zip(
        range(first, end), page.codes[first:end], page.texts(first, end), strict=True
    ):
        if code >= t.BLOCK:
            start, text = i if code in t.STRUCTURE else start, ""
        if behind:
            if cells[-1:] != [start] and behind[0].isdecimal() and text[-1:].isdecimal():
                cells.append(start)
            text = behind
    for start in cells:
        _part(page, start)


def _part(page: Markup, start: int) -> None:
    """Mark such digits in the cell that begins with a tag."""
    around: list[str] = []  # the inline elements that are open
    before: list[str] = []  # those around the text before
    text = page.text(start)
    for i in range(start + 1, len(page.codes)):
        code, tag, behind = page.codes[i], page.tag(i), page.text(i)
        if code in t.STRUCTURE:
            break
        if code >= t.BLOCK:
            text = ""
        if t.code_of_name(tag) < t.BLOCK:
            if tag[:1] == "/":
                _close(around, t.name_of(tag)[1:])
            elif t.has_end(tag):
                around.append(tag)
        if behind:
            here = around[-_DEEPEST:]
            if behind[0].isdecimal() and text[-1:].isdecimal() and _are_apart(before, here):
                page.write(i, picture() + behind)
            before, text = here, behind


def _close(around: list[str], name: str) -> None:
    """Close the innermost open element with a name, and those in it."""
    for back in range(1, min(len(around), _DEEPEST) + 1):
        if t.name_of(around[-back]) == name:
            del around[-back:]
            return


def _are_apart(before: Sequence[str], here: Sequence[str]) -> bool:
    """Tell whether the elements around one of two texts, but not around both, differ in sense."""
    own = [tag for tag in here if not any(tag is other for other in before)]
    others = [tag for tag in before if not any(tag is other for other in here)]
    return _signs(own) != _signs(others)


def _signs(tags: Sequence[str]) -> set[str]:
    """Return what tells the text in some elements apart."""
    return set().union(*(signs_of(t.name_of(tag), t.attributes_of(tag)) for tag in tags))

"""Elements in others: which stand outermost, which too deep, and which wrap a number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

#: As much text as stands in a number's cell.
LONGEST_NUMBER = 12
#: So many elements may stand around one of their kind: text boxes in text boxes, say.
_DEEPEST = 20


def is_deep(element: etree._Element, *kinds: str) -> bool:
    """Tell whether an element stands in so many of ``kinds`` that each would be read as often."""
    return sum(1 for _ in element.iterancestors(*kinds)) > _DEEPEST


def unwrap(element: etree._Element, *kinds: str) -> None:
    """Put the elements of ``kinds`` that an element holds in its place."""
    holder = element.getparent()
    if holder is None:
        return
    for inner in list(element.iter(*kinds)):  # moved ones would end the pass
        element.addprevious(inner)
    holder.remove(element)


def outermost(elements: Iterable[etree._Element], kind: str) -> list[etree._Element]:
    """Return those of ``elements``, all of one kind and in source order, that stand in no other."""
    kept: dict[etree._Element, None] = {}
    for element in elements:
        if not any(outer in kept for outer in element.iterancestors(kind)):
            kept[element] = None
    return list(kept)

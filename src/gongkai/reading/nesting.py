"""Elements in elements of the same kind: which stand outermost, and which too deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

#: So many elements may stand around one of their kind: text boxes in text boxes, say.
_DEEPEST = 20


def is_deep(element: etree._Element, *kinds: str) -> bool:
    """Tell whether an element stands in so many of ``kinds`` that each would be read as often."""
    return sum(1 for _ in element.iterancestors(*kinds)) > _DEEPEST


def outermost(elements: Iterable[etree._Element], kind: str) -> list[etree._Element]:
    """Return those of ``elements``, all of one kind and in source order, that stand in no other."""
    kept: dict[etree._Element, None] = {}
    for element in elements:
        if not any(outer in kept for outer in element.iterancestors(kind)):
            kept[element] = None
    return list(kept)

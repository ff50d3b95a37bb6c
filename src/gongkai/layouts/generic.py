"""The layout of last resort: reads any page that prints the statutory tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.layouts.base import Claim, Layout

if TYPE_CHECKING:
    from gongkai.reading.document import Document


class GenericLayout(Layout):
    """Any page. Its reading is proved by the identities or it says what it could not read."""

    slug = "generic"
    title = "通用版式"

    def claim(self, document: Document) -> Claim | None:
        """Claim every document that holds anything, with the lowest score."""
        return Claim(5, ("any document",)) if document.blocks else None

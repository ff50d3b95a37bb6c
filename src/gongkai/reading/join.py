"""Several documents → one: the pages of a flip-book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.document import Document, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, Place


def join_documents(documents: Sequence[Document]) -> Document:
    """Join pages into one document; ``page`` of every place becomes the number of the document.

    A document with pages of its own keeps them, counted on from those before it.

    Args:
        documents: at least one, in reading order; their blocks move into the result.
    """
    first = documents[0]
    if len(documents) == 1:
        return first
    joined = Document([], first.format, path=first.path, url=first.url, encoding=first.encoding)
    joined.fetched_on = first.fetched_on
    pages = 0
    for document in documents:
        last = pages
        for block in document.blocks:
            _move(block, pages)
            last = max(last, block.place.page or 0)
        joined.blocks += document.blocks
        pages = max(last, pages + 1)
        joined.title = joined.title or document.title
        joined.meta = document.meta | joined.meta
        joined.links += document.links
        joined.notes += document.notes
    joined.notes.append(f"joined_pages={len(documents)}")
    return joined


def _move(block: Block, before: int) -> None:
    def moved(place: Place) -> Place:
        return place._replace(page=before + (place.page or 1))

    block.place = moved(block.place)
    if isinstance(block, Grid):
        block.row_places = [moved(place) for place in block.row_places]

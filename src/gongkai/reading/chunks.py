"""Pages that a Word document takes in whole: programs that export one write nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.archives import read_member
from gongkai.reading.join import join_documents
from gongkai.reading.kinds import document_of
from gongkai.reading.relations import related
from gongkai.reading.source import Source
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile, ZipInfo

    from gongkai.reading.document import Document

#: The main part, whose relations name the pages.
_MAIN = "word/document.xml"


def with_chunks(
    document: Document, archive: ZipFile, parts: Mapping[str, ZipInfo], limit: int
) -> Document:
    """Return the document with the pages that it takes in, after its own text.

    Args:
        document: what the document itself holds.
        archive: the file.
        parts: its members by path.
        limit: most bytes that a part may unpack to.
    """
    found = [document] if document.blocks else []
    for _, path, entry in related(archive, parts, _MAIN, "aFChunk", limit):
        # A document in a document in a document is not followed.
        if not (data := read_member(archive, entry, limit)).startswith(b"PK"):
            found.append(document_of(Source(path, data), Settings(max_bytes=limit)))
    if not found:
        return document
    whole = join_documents(found)
    whole.format = document.format
    return whole

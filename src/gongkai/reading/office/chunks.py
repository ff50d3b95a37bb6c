"""Pages and documents that a Word document takes in whole: programs write nothing else at times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.archives import read_member
from gongkai.reading.join import join_documents
from gongkai.reading.kinds import document_of
from gongkai.reading.office.relations import related
from gongkai.reading.source import Source
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zipfile import ZipFile, ZipInfo

    from gongkai.reading.document import Document

#: The main part, whose relations name the pages.
_MAIN = "word/document.xml"


def with_chunks(
    document: Document,
    archive: ZipFile,
    parts: Mapping[str, ZipInfo],
    limit: int,
    *,
    followed: bool,
) -> Document:
    """Return the document with the pages that it takes in, after its own text.

    Args:
        document: what the document itself holds.
        archive: the file.
        parts: its members by path.
        limit: most bytes that a part may unpack to.
        followed: documents are read, too; those that stand in one of them are not.
    """
    from gongkai.reading.office.reader import read_office  # noqa: PLC0415 - it calls this

    found = [document] if document.blocks else []
    left = []
    for _, path, entry in related(archive, parts, _MAIN, "aFChunk", limit):
        data = read_member(archive, entry, limit)
        if not data.startswith(b"PK"):
            found.append(document_of(Source(path, data), Settings(max_bytes=limit)))
        elif followed:
            found.append(read_office(data, limit, chunks=False))
        else:
            left.append(f"unread_part={path}")
    whole = join_documents(found) if found else document
    whole.notes += left
    whole.format = document.format
    return whole

"""Pages and documents that a Word document takes in whole: programs write nothing else at times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.join import join_documents
from gongkai.reading.kinds import document_of
from gongkai.reading.source import Source
from gongkai.settings import Settings

if TYPE_CHECKING:
    from gongkai.reading.document import Document
    from gongkai.reading.office.package import Package


def with_chunks(document: Document, package: Package, main: str, *, followed: bool) -> Document:
    """Return the document with the pages that it takes in, after its own text.

    Args:
        document: what the document itself holds.
        package: the file.
        main: the path of the part that takes them in.
        followed: documents are read, too; those that stand in one of them are not.
    """
    from gongkai.reading.office.reader import read_office  # noqa: PLC0415 - it calls this

    found = [document] if document.blocks else []
    left = []
    for _, target, part in package.related(main, "aFChunk"):
        data = package.read(part)
        if not data.startswith(b"PK"):
            found.append(document_of(Source(target, data), Settings(max_bytes=package.limit)))
        elif followed:
            found.append(read_office(data, package.limit, chunks=False))
        else:
            left.append(f"unread_part={target}")
    whole = join_documents(found) if found else document
    whole.notes += left
    whole.format = document.format
    return whole

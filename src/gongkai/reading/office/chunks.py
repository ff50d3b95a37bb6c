"""Pages and documents that a Word document takes in whole: programs write nothing else at times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.join import join_documents
from gongkai.reading.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.reading.document import Document
    from gongkai.reading.office.package import Package


def with_chunks(
    document: Document, package: Package, main: str, read: Callable[[Source], Document | None]
) -> Document:
    """Return the document with what it takes in, after its own text.

    Args:
        document: what the document itself holds.
        package: the file.
        main: the path of the part that takes them in.
        read: reads one of them; ``None`` where it is left unread.
    """
    found = [document] if document.blocks else []
    left = []
    for _, target, part in package.related(main, "aFChunk"):
        inner = read(Source(target, package.read(part)))
        if inner is not None:
            found.append(inner)
        else:
            left.append(f"unread_part={target}")
    whole = join_documents(found) if found else document
    whole.notes += left
    whole.format = document.format
    return whole

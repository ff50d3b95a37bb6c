"""Bytes → Document: the kind of a source is told from its content, never from its name.

:mod:`.paths` opens files and :mod:`.archives`, each :mod:`.source` in them. :mod:`.kinds` tells
what a source is, :mod:`.textual` what kind of text, and each asks the room that reads it:
:mod:`.html`, :mod:`.text`, :mod:`.pdf`, :mod:`.office`, or :mod:`.embedded` for pages in JSON and
scripts. All of them make a :mod:`.document`, or say why not (:mod:`.failures`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.assets import name_asset
from gongkai.reading.document import Block, Document, Grid, GridCell, Paragraph, Place
from gongkai.reading.empty import classify_empty, is_on_subject
from gongkai.reading.failures import Rejected
from gongkai.reading.join import join_documents
from gongkai.reading.kinds import document_of
from gongkai.reading.paths import open_sources
from gongkai.reading.source import Source, SourceFailure

if TYPE_CHECKING:
    from gongkai.settings import Settings

__all__ = [
    "Block",
    "Document",
    "Grid",
    "GridCell",
    "Paragraph",
    "Place",
    "Source",
    "SourceFailure",
    "classify_empty",
    "is_on_subject",
    "join_documents",
    "name_asset",
    "open_sources",
    "read",
]


def read(source: Source, settings: Settings) -> Document:
    """Read a source, whatever its format.

    A document without tables is no error here: a plugin may know better. Whoever finds that it
    holds no report asks :func:`classify_empty` why.

    Raises:
        SourceError: the source is empty, binary, encrypted, damaged, a scan, or of a format that
            has to be converted first.
    """
    try:
        document = _joined(source, settings) if source.parts else document_of(source, settings)
    except Rejected as rejected:
        raise rejected.as_error(source.path, settings) from rejected.__cause__
    return document


def _joined(source: Source, settings: Settings) -> Document:
    """Read the parts of a source; pictures beside pages of text are noted and left out."""
    documents: list[Document] = []
    left: list[Source] = []
    for part in source.parts:
        try:
            documents.append(document_of(part, settings))
        except Rejected as rejected:
            left.append(part)
            if rejected.key != "image" or len(left) == len(source.parts):
                raise
    document = join_documents(documents)
    document.path = source.path
    document.notes += [f"unread_part={part.path}" for part in left]
    return document

"""The kind of a source, from its first bytes; and the reader for it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from gongkai.reading.charset import is_binary
from gongkai.reading.failures import Rejected
from gongkai.reading.paired import with_pairs
from gongkai.reading.textual import read_textual

if TYPE_CHECKING:
    from gongkai.reading.document import Document
    from gongkai.reading.source import Source
    from gongkai.settings import Settings

_ANYTHING = re.compile(rb"[^\0 \t\r\n\f\v]")
#: First bytes of formats that are not read, with the key of the rejection and its detail.
_REFUSED = (
    (b"\x89PNG", "image", "PNG"),
    (b"\xff\xd8\xff", "image", "JPEG"),
    (b"GIF8", "image", "GIF"),
    (b"BM", "image", "BMP"),
    (b"II*\0", "image", "TIFF"),
    (b"MM\0*", "image", "TIFF"),
    (b"7z\xbc\xaf\x27\x1c", "packed", "7z"),
    (b"Rar!\x1a\x07", "packed", "RAR"),
    (b"BZh", "packed", "bzip2"),
    (b"\xfd7zXZ\0", "packed", "xz"),
    (b"\x28\xb5\x2f\xfd", "packed", "zstd"),
    (b"\x1f\x8b", "packed", "gzip"),
    (b"WARC/", "packed", "WARC"),
)
_RTF = b"{\\rtf"
_LEAD = 64
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("EncryptedPackage", "encrypted", "Office"),
    ("WordDocument", "old_word", "Word 97–2003 (.doc) / WPS (.wps)"),
    ("Workbook", "unsupported", "Excel 97–2003 (.xls)"),
    ("PowerPoint Document", "unsupported", "PowerPoint 97–2003 (.ppt)"),
)
_MIME_HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}?"
    rb"(?:MIME-Version|Content-Type|Content-Location)\s*:",
    re.IGNORECASE,
)


def document_of(source: Source, settings: Settings) -> Document:
    """Read a source without parts.

    Raises:
        Rejected: it yields no document.
    """
    if len(source.data) > settings.max_bytes:
        raise Rejected("too_large", limit=settings.max_bytes)
    document = with_pairs(_read(source, settings))
    document.path = source.path
    document.url = source.url or document.url
    document.fetched_on = source.fetched_on or document.fetched_on
    return document


def _read(source: Source, settings: Settings) -> Document:
    data = source.data
    _refuse(data)
    # Each reader is imported when it is needed: most runs need one of them.
    if b"%PDF-" in data[:1024]:
        from gongkai.reading.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(data)
    if data.startswith(b"PK"):
        from gongkai.reading.office import read_office  # noqa: PLC0415

        return read_office(data, settings.max_bytes, partial(document_of, settings=settings))
    if _MIME_HEAD.match(data[:8192]):
        from gongkai.reading.mhtml import read_mhtml  # noqa: PLC0415

        document = read_mhtml(data)
        if document is not None:
            return document
    if is_binary(data):
        raise Rejected("binary")
    return read_textual(data, source.media_type)


def _refuse(data: bytes) -> None:
    """Raise for what is known by its first bytes and not read."""
    if not _ANYTHING.search(data):
        raise Rejected("empty")
    if data.startswith(_OLE):
        raise _ole(data)
    start = data[:_LEAD].lstrip(b"\xef\xbb\xbf \t\r\n")  # as some programs write before it
    if start.startswith(_RTF):
        raise Rejected("old_word", detail="RTF")
    for mark, key, detail in _REFUSED:
        if data.startswith(mark) and (key != "image" or is_binary(data)):
            raise Rejected(key, detail=detail)
    if data[257:262] == b"ustar":
        raise Rejected("packed", detail="tar")
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        raise Rejected("image", detail="WebP")


def _ole(data: bytes) -> Rejected:
    for name, key, detail in _OLE_KINDS:
        if name.encode("utf-16-le") in data:
            return Rejected(key, detail=detail)
    return Rejected("unsupported", detail="OLE")

"""The kind of a source, from its content; and the reader for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.charset import decode, is_binary
from gongkai.reading.document import LEAST_CELLS
from gongkai.reading.failures import Rejected
from gongkai.reading.literals import COMMENT
from gongkai.reading.paired import with_pairs
from gongkai.reading.radicals import plain

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
_HTML_TAGS = (
    "html|head|body|table|tbody|tr|td|th|div|p|span|br|meta|title|script|style|ul|ol|li|h[1-6]|a|"
    "font|center|strong|b|img|section|article|link|form|frameset|iframe|"
    "noscript|main|nav|header|footer|pre|dl|dt|dd|em|i|u|hr|input|label|textarea|base|caption"
)
_OPENS_AS_HTML = re.compile(
    rf"\s*(?:<\?xml[^>]*>\s*)?(?:{COMMENT}\s*+)*<(?:!doctype\s+html|/?(?:{_HTML_TAGS})[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
#: Lines of text may begin with a table, too.
_OPENS_IN_A_FRAME = re.compile(r"\s*<(?:table|div|center)[\s>]", re.IGNORECASE)
_HTML_INSIDE = re.compile(r"<(?:table|td|div|p|br|span)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_XML = re.compile(r"\s*<\?xml\b")
_FLAT_XML = re.compile(
    rf"\s*+(?:(?:<\?[^?]*+(?:\?(?!>)[^?]*+)*\?>|{COMMENT})\s*+)*"
    r"<(?:w:wordDocument|w:document|pkg:package|office:document)\b",
    re.DOTALL,
)
#: Sheets of Excel 2003 in one XML, often named .xls.
_SHEETS = re.compile(
    r"\s*<\?xml\b[^<]*(?:<\?mso-application\b[^<]*)?<(?:ss:)?Workbook\s[^<>]*office:spreadsheet"
)
_MIME_HEAD = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}?"
    rb"(?:MIME-Version|Content-Type|Content-Location)\s*:",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"\s*(?:[\[{(!]|(?:var|let|const)\s|try\s*\{|[\w$.]+\s*(?:\(|\+?=)|/\*|//|;)")
_ESCAPED_MARKUP = re.compile(
    r"\\u003c|\\x3c|%3c|<\\?/|\\\"|\\n|&lt;/?(?:table|td|p|div)\b", re.IGNORECASE
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

        return read_office(data, settings.max_bytes)
    if _MIME_HEAD.match(data[:8192]):
        from gongkai.reading.mhtml import read_mhtml  # noqa: PLC0415

        document = read_mhtml(data)
        if document is not None:
            return document
    if is_binary(data):
        raise Rejected("binary")
    return read_markup_or_text(data, source.media_type)


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


def read_markup_or_text(data: bytes, media_type: str | None = None) -> Document:
    """Read bytes that are text in some encoding: a page, a script or JSON with one, or text."""
    text, encoding, notes = decode(data, media_type)
    document = _read_decoded(plain(text))
    document.encoding = encoding
    document.notes += notes
    return document


def _read_decoded(text: str) -> Document:
    if _XML.match(text):
        from gongkai.reading.embedded.dumps import read_dump  # noqa: PLC0415

        document = read_dump(text)
        if document is not None:
            return document
    return _read_as_opened(text)


def _read_as_opened(text: str) -> Document:
    if _OPENS_AS_HTML.match(text):
        return _read_page(text)
    if _SHEETS.match(text):
        raise Rejected("unsupported", detail="Excel 2003 (XML)")
    if _FLAT_XML.match(text):
        from gongkai.reading.office import read_flat  # noqa: PLC0415

        return read_flat(text)
    if _is_json(text) or (_SCRIPT.match(text) and _ESCAPED_MARKUP.search(text)):
        from gongkai.reading.embedded import read_embedded  # noqa: PLC0415

        document_inside = read_embedded(text, script=True)
        if document_inside is not None:
            return document_inside
    if _HTML_INSIDE.search(text):
        return _read_fragment(text)
    from gongkai.reading.text import read_text  # noqa: PLC0415

    document = read_text(text)
    if "&lt;table" in text:
        from gongkai.reading.embedded import page_inside  # noqa: PLC0415

        return page_inside(text, document)
    return document


def _read_page(text: str) -> Document:
    from gongkai.reading.html import read_html  # noqa: PLC0415

    framed = _OPENS_IN_A_FRAME.match(text)
    document = _read_fragment(text) if framed else read_html(text)
    if document.grids and document.holds_cells(LEAST_CELLS):
        return document
    from gongkai.reading.embedded import page_inside  # noqa: PLC0415

    # A table of fewer cells says what page this is, and scripts may bring the report itself.
    return page_inside(text, document)


def _read_fragment(text: str) -> Document:
    """Read mark-up without a page around it, which may be lines with tables between them."""
    from gongkai.reading.html import read_html  # noqa: PLC0415
    from gongkai.reading.html.mixed import read_lines_with_tables  # noqa: PLC0415

    mixed = read_lines_with_tables(text)
    return mixed if mixed is not None else read_html(text)


def _is_json(text: str) -> bool:
    """Tell whether a text begins and ends as JSON does."""
    text = text.strip()
    return (text[:1] + text[-1:]) in {"{}", "[]"}

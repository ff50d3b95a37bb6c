"""The kind of what is text in some encoding, from how it begins; and the reader for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.charset import decode
from gongkai.reading.document import LEAST_CELLS
from gongkai.reading.failures import Rejected
from gongkai.reading.literals import COMMENT
from gongkai.reading.radicals import plain

if TYPE_CHECKING:
    from gongkai.reading.document import Document

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
_SCRIPT = re.compile(r"\s*(?:[\[{(!]|(?:var|let|const)\s|try\s*\{|[\w$.]+\s*(?:\(|\+?=)|/\*|//|;)")
_ESCAPED_MARKUP = re.compile(
    r"\\u003c|\\x3c|%3c|<\\?/|\\\"|\\n|&lt;/?(?:table|td|p|div)\b", re.IGNORECASE
)


def read_textual(data: bytes, media_type: str | None = None) -> Document:
    """Read bytes that are text in some encoding: a page, a script or JSON with one, or text."""
    text, encoding, notes = decode(data, media_type)
    document = _read_decoded(plain(text))
    document.encoding = encoding
    document.notes += notes
    return document


def _read_decoded(text: str) -> Document:
    # Each reader is imported when it is needed: most runs need one of them.
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

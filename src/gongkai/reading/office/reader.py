"""Word and OpenDocument files → Document: which parts of them are read, and what else is a ZIP."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.reading.document import Document
from gongkai.reading.failures import Rejected
from gongkai.reading.office.docx import word_blocks
from gongkai.reading.office.package import MAX_XML, Package
from gongkai.reading.office.word_styles import with_styles
from gongkai.reading.office.word_xml import parse, word_tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.reading.source import Source

_REFUSED = (
    ("xl/", "unsupported", "Excel (.xlsx)"),
    ("ppt/", "unsupported", "PowerPoint (.pptx)"),
    ("OFD.xml", "unsupported", "OFD"),
    ("content.xml", "unsupported", "OpenDocument"),
)
#: The mark of a text, of its template, and of one that was made of a web page.
_ODT = b"application/vnd.oasis.opendocument.text"
_DOCUMENT, _WORD_2003 = "{w}document", "{w}wordDocument"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}coreProperties"
_OLDER = "{urn:schemas-microsoft-com:office:office}DocumentProperties"
#: When an OpenDocument file was saved last.
_CHANGED = "date"
_META = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}meta"

_NUMBERING = "word/numbering.xml"
_STYLES = re.compile(r"word/styles\d*\.xml")
_DECLARATION = re.compile(r"<\?xml\b[^>]*>")
#: It stands at the beginning.
_HEAD = 4096
#: Pictures in a file that is one XML: they may be larger than a parser takes.
_BINARY = re.compile(rb"<(pkg:binaryData|w:binData|office:binary-data)\b[^<>]*+>[^<]*+</\1>")
#: Word 2003 has a namespace of its own, and writes two names in small letters.
_OF_2003 = (
    (b'http://schemas.microsoft.com/office/word/2003/wordml"', b'w"'),
    (b"http://schemas.microsoft.com/office/word/2003/wordml'", b"w'"),
    (b"<w:vmerge", b"<w:vMerge"),
    (b"<w:hmerge", b"<w:hMerge"),
)


def read_office(
    data: bytes, limit: int, read: Callable[[Source], Document], *, inner: bool = False
) -> Document:
    """Read a document that is a ZIP inside.

    Args:
        data: the whole file.
        limit: most bytes that a part of it may unpack to.
        read: reads what else than such a document it takes in.
        inner: it stands in another one: documents that it takes in are left unread.

    Raises:
        Rejected: it is none that can be read.
    """

    def read_chunk(chunk: Source) -> Document | None:
        if not chunk.data.startswith(b"PK"):
            return read(chunk)
        return None if inner else read_office(chunk.data, limit, read, inner=True)

    package = Package(data, limit)
    main = [n for n in package.names if n.startswith("word/document") and n.endswith(".xml")]
    if main:
        return _docx(package, main[0], read_chunk)
    if "content.xml" in package.names and "mimetype" in package.names:
        kind = package.read("mimetype").strip()
        if kind.removesuffix(b"-template").removesuffix(b"-web") == _ODT:
            return _odt(package)
    for name, key, detail in _REFUSED:
        if any(part.startswith(name) for part in package.names):
            raise Rejected(key, detail=detail)
    raise Rejected("packed", detail="ZIP")


def _docx(package: Package, main: str, read_chunk: Callable[[Source], Document | None]) -> Document:
    document = Document([], "docx")
    xml = package.read(main)
    part = next(filter(_STYLES.fullmatch, package.names), None)
    styled = part is not None and b"Style w:val=" in xml
    styles = package.read(part) if part is not None and styled else b""
    if _NUMBERING in package.names and (b"<w:numPr>" in xml or b"<w:numPr>" in styles):
        # Many files need no numbers, and few what follows: each is imported when it is needed.
        from gongkai.reading.office.word_numbers import with_numbers  # noqa: PLC0415

        xml = with_numbers(xml, package.read(_NUMBERING), styles)
    if styles:
        xml = with_styles(xml, styles)
    root = word_tree(xml)
    if root.tag != _DOCUMENT:
        raise Rejected("damaged", detail=f"XML: {root.tag}")
    if b"erReference" in xml:  # of a header or footer
        from gongkai.reading.office.word_heads import with_headers  # noqa: PLC0415

        document.title = with_headers(root, package, main)
    document.blocks = word_blocks(root)
    if b"altChunk" in xml:
        from gongkai.reading.office.chunks import with_chunks  # noqa: PLC0415

        document = with_chunks(document, package, main, read_chunk)
    _take_part(package, "docProps/core.xml", document)
    return document


def _odt(package: Package) -> Document:
    from gongkai.reading.office.odt import text_blocks  # noqa: PLC0415

    document = Document(text_blocks(parse(package.read("content.xml"))), "odt")
    _take_part(package, "meta.xml", document)
    return document


def read_flat(text: str) -> Document:
    """Read a Word or OpenDocument file that is one XML: its parts, or Word 2003's own kind.

    Args:
        text: decoded, whatever its declaration says.

    Raises:
        Rejected: it is damaged, or no text.
    """
    text = _DECLARATION.sub("", text[:_HEAD], count=1) + text[_HEAD:]
    xml = _BINARY.sub(b"", text.encode())
    if len(xml) > MAX_XML:
        raise Rejected("too_large", limit=MAX_XML)
    if b"<office:document" in xml:
        from gongkai.reading.office.odt import text_blocks  # noqa: PLC0415

        root = parse(xml)
        document = Document(text_blocks(root), "odt")
    else:
        for old, new in _OF_2003:
            xml = xml.replace(old, new)
        root = word_tree(with_styles(xml, xml))
        main = root if root.tag == _WORD_2003 else next(root.iter(_DOCUMENT), None)
        if main is None or b"altChunk" in xml:
            raise Rejected("unsupported", detail="Word XML")
        document = Document(word_blocks(main), "docx")
    _take_properties(next(root.iter(_CORE, _OLDER, _META), None), document)
    return document


def _take_part(package: Package, name: str, document: Document) -> None:
    """Take over the properties from a part, if it is there."""
    if name not in package.names:
        return
    xml = package.read(name)
    try:
        _take_properties(next(parse(xml).iter(_CORE, _META), None), document)
    except Rejected:
        document.notes.append("unreadable_properties")


def _take_properties(properties: etree._Element | None, document: Document) -> None:
    for element in () if properties is None else properties:
        name = etree.QName(element).localname
        if element.text and name != _CHANGED:
            document.meta[name] = element.text.strip()
    named = document.meta.get("title") or document.meta.get("Title", "")
    document.title = named or document.title

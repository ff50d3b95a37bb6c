"""The XML of Word files → a tree without looks."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.reading.document import UNREADABLE
from gongkai.reading.failures import Rejected
from gongkai.reading.office.merges import INVISIBLE
from gongkai.reading.radicals import SIGNS, plain

#: The namespace of the main part, and that of the strict variant. Every look at an element spells
#: out its name, so a short one stands in for both.
_NAMESPACES = (
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
)
#: How runs, paragraphs, cells and rows look: most of a Word file, which no tree has to hold. Only
#: what hides, strikes or raises text, merges cells or deletes a row or cell says more.
_STRUCK = rb'd?strike(?! w:val="(?:0|false|off)")'  # many programs spell out that text is not
_HIGH = rb'position w:val="(?:[4-9]|[1-9]\d)'  # in half points: less is not seen
_SAYS = rb"vanish|%b|%b|vertAlign|gridSpan|gridBefore|[vh]Merge|del|cellDel|hidden"
_SAYS %= (_STRUCK, _HIGH)
_LOOK = rb"<w:(?!%b)[^<>]*+(?<=/)>" % _SAYS
_HOLDER = rb"(?:[pr]Pr|t(?:cPr|cBorders|cMar|rPr|blPrEx|blBorders|abs)|pBdr|numPr)"
_LOOKS = re.compile(
    rb"<w:%(in)b>(?:%(look)b|<w:%(in)b>(?:%(look)b)*</w:%(in)b>)*</w:%(in)b>"
    % {b"in": _HOLDER, b"look": _LOOK}
)
#: What looks were before they were changed under revision: an old span is none.
_CHANGE = re.compile(rb"<w:((?:p|r|sect|tbl|tc|tr)PrChange)\b[^<>]*+(?<!/)>")
#: White digits, in a cell that says of no colour that they stand on.
_WHITE = re.compile(rb'<w:color w:val="[fF]{6}"')
_COLOURED = re.compile(rb'w:(?:fill="(?!auto|[fF]{6})|themeFill=)')
_RUN = re.compile(rb"<w:r(?: [^<>]*+)?>(?:(?!</?w:r[ >]).)*</w:r>", re.DOTALL)
_DIGITS = re.compile(rb"(?<=>)\d+(?=</w:t>)")


def word_tree(xml: bytes) -> etree._Element:
    """Parse WordprocessingML, with the short namespace and without looks.

    Raises:
        Rejected: it is damaged.
    """
    if not any(namespace in xml for namespace in _NAMESPACES):
        xml = etree.tostring(parse(xml), encoding="utf-8")  # from UTF-16
    if any(sign.encode() in xml for sign in SIGNS):
        xml = plain(xml.decode(errors="surrogateescape")).encode(errors="surrogateescape")
    for namespace in _NAMESPACES:
        xml = xml.replace(namespace, b"w")
    if b"PrChange" in xml:
        xml = _without_changes(xml)
    if _WHITE.search(xml):
        xml = b"</w:tc>".join(map(_without_white, xml.split(b"</w:tc>")))
    root = parse(_LOOKS.sub(b"", xml))
    if INVISIBLE.search(etree.tostring(root, method="text", encoding="unicode")):
        for element in root.iter():
            if element.text:
                element.text = INVISIBLE.sub("", element.text)
    return root


def _without_white(cell: bytes) -> bytes:
    """Print white digits as unreadable: nobody sees them, unless what they stand on is dark."""
    if not _WHITE.search(cell) or _COLOURED.search(cell):
        return cell
    return _RUN.sub(
        lambda run: _DIGITS.sub(UNREADABLE.encode(), run[0]) if _WHITE.search(run[0]) else run[0],
        cell,
    )


def _without_changes(xml: bytes) -> bytes:
    """Take out what looks were; one that does not end stays, and the parser refuses it."""
    pieces = []
    start = 0
    while change := _CHANGE.search(xml, start):
        closing = b"</w:%b>" % change[1]
        end = xml.find(closing, change.end())
        if end < 0:
            break
        pieces.append(xml[start : change.start()])
        start = end + len(closing)
    return b"".join([*pieces, xml[start:]])


def parse(xml: bytes) -> etree._Element:
    """Parse the XML of a document's part.

    Raises:
        Rejected: it is damaged, or has a document type.
    """
    # A document type is never legitimate here, and its entities could be made to explode.
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml:
        raise Rejected("damaged", detail="XML with a document type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Rejected("damaged", detail=f"XML: {error}") from error

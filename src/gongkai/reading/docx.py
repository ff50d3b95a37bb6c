"""DOCX → Document, straight from its XML; and what the other ZIP-based documents are."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.reading.archives import BAD_ZIP, read_member
from gongkai.reading.blocks import BlockList
from gongkai.reading.document import Document
from gongkai.reading.failures import Rejected
from gongkai.reading.merges import SPACES, MergedRows, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.reading.document import GridCell

# A tree takes many times the memory of its XML; reports have far less than this.
_MAX_XML = 32 * 1024 * 1024
_REFUSED = (
    ("xl/", "unsupported", "Excel (.xlsx)"),
    ("ppt/", "unsupported", "PowerPoint (.pptx)"),
    ("OFD.xml", "unsupported", "OFD"),
    ("content.xml", "unsupported", "OpenDocument"),
)
_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def read_office(data: bytes, limit: int) -> Document:
    """Read a document that is a ZIP inside.

    Args:
        data: the whole file.
        limit: most bytes that a part of it may unpack to.

    Raises:
        Rejected: it is none that can be read.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        parts = {entry.filename: entry for entry in archive.infolist()}
    except BAD_ZIP as error:
        raise Rejected("damaged", detail=f"ZIP: {error}") from error
    limit = min(limit, _MAX_XML)
    main = [name for name in parts if name.startswith("word/document") and name.endswith(".xml")]
    if main:
        document = Document([], "docx")
        _Body(_parse(read_member(archive, parts[main[0]], limit))).into(document)
        if "docProps/core.xml" in parts:
            _take_properties(read_member(archive, parts["docProps/core.xml"], limit), document)
        return document
    for name, key, detail in _REFUSED:
        if any(part.startswith(name) for part in parts):
            raise Rejected(key, detail=detail)
    raise Rejected("packed", detail="ZIP")


def _parse(xml: bytes) -> etree._Element:
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


def _take_properties(xml: bytes, document: Document) -> None:
    try:
        root = _parse(xml)
    except Rejected:
        document.notes.append("unreadable_properties")
        return
    for element in root:
        if element.text:
            document.meta[etree.QName(element).localname] = element.text.strip()
    document.title = (root.findtext(f"{_DC}title") or "").strip()


class _Body:
    """The main part of a document."""

    def __init__(self, root: etree._Element) -> None:
        # The strict variant of the format has another namespace.
        w = f"{{{etree.QName(root).namespace}}}"
        self._w = w
        self._p, self._r, self._t, self._tab = f"{w}p", f"{w}r", f"{w}t", f"{w}tab"
        self._tbl, self._tr, self._tc = f"{w}tbl", f"{w}tr", f"{w}tc"
        self._box = f"{w}txbxContent"
        self._val = f"{w}val"
        self._breaks = (f"{w}br", f"{w}cr")
        self._pieces = (self._t, self._tab, *self._breaks, f"{w}noBreakHyphen", f"{w}sym")
        self._spans = {f"{w}{name}": name for name in ("gridSpan", "vMerge", "hMerge")}
        self._before = f"{w}gridBefore"
        # What only wraps blocks, rows or cells: content controls, custom XML, insertions.
        self._wrappers = frozenset(
            w + name
            for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
        )
        self._root = root
        self._into = BlockList()
        self._boxes = self._prepare()

    def into(self, document: Document) -> None:
        """Read everything into a document."""
        self._blocks(self._root)
        document.blocks = self._into.blocks

    def _prepare(self) -> bool:
        """Take out what is not shown; tell whether there are text boxes."""
        w = self._w
        alternatives, boxes = f"{_COMPATIBILITY}AlternateContent", False
        names = ("moveFrom", "del", "rt", "vanish", "vertAlign", "txbxContent")
        for found in list(self._root.iter(alternatives, *(w + name for name in names))):
            parent = found.getparent()
            if found.tag == alternatives:
                self._choose(found)
            elif found.tag == self._box:
                boxes = True
            elif parent is None:
                continue
            elif found.tag == f"{w}vanish":
                holder = parent.getparent()
                if holder is not None and holder.tag == self._r and self._is_on(found):
                    _remove(holder)
            elif found.tag == f"{w}vertAlign":
                if found.get(self._val) == "superscript":
                    self._mark_note(parent.getparent())
            elif parent.tag == f"{w}trPr":
                _remove(parent.getparent())
            else:
                _remove(found)
        return boxes

    def _mark_note(self, holder: etree._Element | None) -> None:
        """Print a small raised number as [1]: it is no digit of the number before it."""
        before = holder.getprevious() if holder is not None and holder.tag == self._r else None
        if holder is None or before is None or before.find(self._t) is None:
            return
        for text in holder.iter(self._t):
            if text.text and text.text.strip().isdigit():
                text.text = f"[{text.text.strip()}]"

    def _choose(self, alternatives: etree._Element) -> None:
        """Keep the first branch with text: they say the same for newer and older programs."""
        kept = False
        for branch in list(alternatives):
            if kept:
                alternatives.remove(branch)
            kept = kept or next(branch.iter(self._t), None) is not None

    def _is_on(self, switch: etree._Element) -> bool:
        return switch.get(self._val) not in ("0", "false", "off")

    def _unwrapped(self, parent: etree._Element) -> Iterator[etree._Element]:
        for child in parent:
            if child.tag in self._wrappers:
                yield from self._unwrapped(child)
            else:
                yield child

    def _blocks(self, parent: etree._Element) -> None:
        for child in self._unwrapped(parent):
            if child.tag == self._p:
                self._paragraph(child)
            elif child.tag == self._tbl:
                inner = child.iterdescendants(self._tbl, self._box)
                if next(inner, None) is None:
                    self._into.table(self._rows(child))
                else:
                    self._layout(child)

    def _layout(self, table: etree._Element) -> None:
        """Read a table that holds tables: their rows come as blocks in their places."""
        together: list[etree._Element] = []
        for row in self._unwrapped(table):
            if next(row.iterdescendants(self._tbl, self._box), None) is None:
                together.append(row)
                continue
            self._into.table(self._rows(*together), layout=True)
            together = []
            for cell in self._unwrapped(row):
                if cell.tag == self._tc:
                    self._blocks(cell)
        self._into.table(self._rows(*together), layout=True)

    # -- text -----------------------------------------------------------------------------------

    def _paragraph(self, paragraph: etree._Element) -> None:
        """Add the lines of a paragraph; text boxes in it are blocks of their own."""
        boxes: list[etree._Element] = []
        if self._boxes:
            for box in paragraph.iter(self._box):
                if not any(outer in boxes for outer in box.iterancestors(self._box)):
                    boxes.append(box)
        inside = {piece for box in boxes for piece in box.iter(*self._pieces)}
        pieces = [
            self._piece(piece, piece.tag)
            for piece in paragraph.iter(*self._pieces)
            if piece not in inside
        ]
        self._into.lines("".join(pieces).strip(SPACES))
        for box in boxes:
            self._blocks(box)

    def _piece(self, piece: etree._Element, tag: str) -> str:
        if tag == self._t:
            return piece.text or ""
        if tag == self._tab:
            # The same name stands for a tab stop among the properties.
            holder = piece.getparent()
            return "\t" if holder is not None and holder.tag == self._r else ""
        if tag in self._breaks:
            return "\n"
        return "-" if tag == f"{self._w}noBreakHyphen" else "\ufffd"

    # -- tables ---------------------------------------------------------------------------------

    def _rows(self, *holders: etree._Element) -> list[list[GridCell]]:
        """Read a table without tables inside, or some rows of one, in a single pass."""
        rows = MergedRows()
        tr, tc, p, t = self._tr, self._tc, self._p, self._t
        wanted = (tr, tc, p, *self._pieces, *self._spans, self._before)
        pieces = rows.pieces
        for holder in holders:
            for element in holder.iter(*wanted):
                tag = element.tag
                if tag == t:
                    pieces.append(element.text or "")
                elif tag == p:
                    pieces.append("\n")
                elif tag == tc:
                    rows.end_cell()
                    rows.in_cell = True
                elif tag == tr:
                    rows.end_row()
                elif tag in self._spans:
                    rows.spans[self._spans[tag]] = element.get(self._val) or "continue"
                elif tag == self._before:
                    rows.column = number(element.get(self._val), 0)
                else:
                    pieces.append(self._piece(element, tag))
        rows.end_row()
        return rows.rows


def _remove(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)

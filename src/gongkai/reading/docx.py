"""DOCX → Document, straight from its XML; and what the other ZIP-based documents are."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.reading.archives import BAD_ZIP, read_member
from gongkai.reading.blocks import BlockList
from gongkai.reading.document import Document, GridCell
from gongkai.reading.failures import Rejected
from gongkai.reading.raster import MAX_SPAN

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = " \t\r\n"
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
        for choice in list(self._root.iter(f"{_COMPATIBILITY}AlternateContent")):
            kept = False
            for branch in list(choice):
                # The branches say the same for newer and older programs.
                if kept:
                    choice.remove(branch)
                kept = kept or next(branch.iter(self._t), None) is not None
        for gone in list(self._root.iter(f"{w}moveFrom", f"{w}del", f"{w}rt")):
            _remove(gone)
        for mark in list(self._root.iter(f"{w}vanish")):
            run = mark.getparent()
            if mark.get(self._val) not in ("0", "false") and run is not None:
                holder = run.getparent()
                if holder is not None and holder.tag == f"{w}r":
                    _remove(holder)
        return next(self._root.iter(self._box), None) is not None

    def _unwrapped(self, parent: etree._Element) -> Iterator[etree._Element]:
        for child in parent:
            if child.tag in self._wrappers:
                yield from self._unwrapped(child)
            else:
                yield child

    def _blocks(self, parent: etree._Element) -> None:
        for child in self._unwrapped(parent):
            if child.tag == self._p:
                self._into.lines(self._text(child))
                for box in self._boxes_of(child):
                    self._blocks(box)
            elif child.tag == self._tbl:
                self._table(child)

    def _text(self, paragraph: etree._Element) -> str:
        """Join the runs of a paragraph; text boxes in it are blocks of their own."""
        boxes = self._boxes_of(paragraph)
        inside = {piece for box in boxes for piece in box.iter(*self._pieces)} if boxes else ()
        pieces = []
        for piece in paragraph.iter(*self._pieces):
            if piece in inside:
                continue
            if piece.tag == self._t:
                pieces.append(piece.text or "")
            elif piece.tag == self._tab:
                # The same name stands for a tab stop among the properties.
                holder = piece.getparent()
                if holder is not None and holder.tag == self._r:
                    pieces.append("\t")
            elif piece.tag in self._breaks:
                pieces.append("\n")
            elif piece.tag == f"{self._w}noBreakHyphen":
                pieces.append("-")
            else:
                pieces.append("\ufffd")
        return "".join(pieces).strip(_SPACES)

    def _boxes_of(self, paragraph: etree._Element) -> list[etree._Element]:
        if not self._boxes:
            return []
        outermost: list[etree._Element] = []
        for box in paragraph.iter(self._box):
            if not any(other in outermost for other in box.iterancestors(self._box)):
                outermost.append(box)
        return outermost

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> None:
        rows: list[list[GridCell]] = []
        merged: dict[int, tuple[int, int]] = {}  # column → row and index of the cell that spans
        layout = False
        for row in self._unwrapped(table):
            if row.tag != self._tr:
                continue
            properties = row.find(f"{self._w}trPr")
            cells = [cell for cell in self._unwrapped(row) if cell.tag == self._tc]
            if any(next(cell.iter(self._tbl), None) is not None for cell in cells):
                self._into.table(rows, layout=True)
                rows, merged, layout = [], {}, True
                for cell in cells:
                    self._blocks(cell)
                continue
            self._row(cells, self._number(properties, "gridBefore", 0), rows, merged)
        self._into.table(rows, layout=layout)

    def _row(
        self,
        cells: list[etree._Element],
        column: int,
        rows: list[list[GridCell]],
        merged: dict[int, tuple[int, int]],
    ) -> None:
        placed: list[GridCell] = []
        continued = set()
        for cell in cells:
            properties = cell.find(f"{self._w}tcPr")
            across = max(self._number(properties, "gridSpan", 1), 1)
            if self._merge(properties, "hMerge") == "continue" and placed:
                last = placed[-1]
                placed[-1] = last._replace(colspan=last.colspan + across)
            elif self._merge(properties, "vMerge") == "continue" and column in merged:
                at, index = merged[column]
                spanning = rows[at][index]
                rows[at][index] = spanning._replace(rowspan=spanning.rowspan + 1)
                continued.add(column)
            else:
                if self._merge(properties, "vMerge") is not None:
                    merged[column] = (len(rows), len(placed))
                    continued.add(column)
                placed.append(GridCell(self._cell_text(cell), column, across))
            column += across
        for gone in merged.keys() - continued:
            del merged[gone]
        rows.append(placed)

    def _cell_text(self, cell: etree._Element) -> str:
        lines = (self._text(paragraph) for paragraph in cell.iter(self._p))
        return "\n".join(line for line in lines if line)

    def _number(self, properties: etree._Element | None, name: str, default: int) -> int:
        element = None if properties is None else properties.find(self._w + name)
        value = None if element is None else element.get(self._val)
        if value is None or not (value.isascii() and value.isdigit()):
            return default
        return min(int(value[:6]), MAX_SPAN)

    def _merge(self, properties: etree._Element | None, name: str) -> str | None:
        element = None if properties is None else properties.find(self._w + name)
        if element is None:
            return None
        return element.get(self._val) or "continue"


def _remove(element: etree._Element) -> None:
    """Remove an element; its tail stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)

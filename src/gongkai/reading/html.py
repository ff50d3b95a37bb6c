"""HTML → Document, on the lexbor tree: what a browser would build, walked once without recursion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from gongkai.reading.blocks import BlockList
from gongkai.reading.document import Document
from gongkai.reading.raster import RowRaster, span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from gongkai.reading.document import GridCell

_SPACE = re.compile(r"[ \t\n\r\f]+")
# Stands for a line break in collected text; the parser leaves no NUL in the tree.
_BREAK = "\0"
_BREAKS = re.compile(r" ?\0[\0 ]*")

_SKIPPED = (
    "script style template head iframe svg math object noframes colgroup datalist audio video"
)
_BLOCKS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "optgroup option p pre section summary ul caption"
)
_TEXT, _SKIP, _BLOCK, _CELL, _ROW, _TABLE, _BR, _A, _FIELD = range(1, 10)


def _tag_kinds() -> dict[int, int]:
    """Ask lexbor for the numbers of the tags that the walk tells apart."""
    numbers = LexborHTMLParser("<p>x").create_node
    names = [
        (_SKIP, _SKIPPED),
        (_BLOCK, _BLOCKS),
        (_CELL, "td th"),
        (_ROW, "tr"),
        (_TABLE, "table"),
        (_BR, "br"),
        (_A, "a"),
        (_FIELD, "input select"),
    ]
    kinds = {numbers(tag).tag_id: kind for kind, tags in names for tag in tags.split()}
    sample = LexborHTMLParser("<p>x<!--x--></p>").css_first("p")
    if sample is not None and sample.child is not None and sample.last_child is not None:
        kinds[sample.child.tag_id] = _TEXT
        kinds[sample.last_child.tag_id] = _SKIP
    return kinds


_KINDS = _tag_kinds()
_UNTYPED = frozenset({"hidden", "button", "submit", "reset", "image", "file", "password"})
_CHOICES = frozenset({"checkbox", "radio"})
_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|pptx?|jpe?g|tiff?)(?:[?#&]|$)", re.IGNORECASE
)
_HIDING = ("display:none", "display: none", " hidden", "DISPLAY: none", "DISPLAY:none")
_HIDDEN = "[style*='display:none' i],[style*='display: none' i],[hidden]"


def read_html(text: str, *, path: str = "", encoding: str | None = None) -> Document:
    """Read a page or a fragment of one.

    Text between tables becomes paragraphs, one for each block element and line; a table becomes
    a grid of its own cells. A row that holds further tables is layout: its contents come as
    blocks in source order. Elements that are not displayed are left out, unless the tables would
    go with them.

    Args:
        text: the decoded page.
        path: of the source, for the document.
        encoding: that it was decoded with, for the document.
    """
    tree = LexborHTMLParser(text)
    document = Document([], "html", path=path, encoding=encoding)
    _read_head(tree, document)
    if any(mark in text for mark in _HIDING):
        _drop_hidden(tree)
    walk = _Walk(tree)
    document.blocks = walk.blocks
    document.links = _attachments(walk.anchors)
    return document


def _read_head(tree: LexborHTMLParser, document: Document) -> None:
    for node in tree.css("title"):
        document.title = collapse(node.text())
        break
    for node in tree.css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content:
            document.meta.setdefault(name, content.strip())


def _drop_hidden(tree: LexborHTMLParser) -> None:
    hidden = tree.css(_HIDDEN)
    # A script may show later what is hidden now: tables are never hidden all together.
    cells = len(tree.css("td"))
    inside = sum(len(node.css("td")) for node in hidden)
    for node in hidden:
        held = node.css("table")
        if held and inside * 2 > cells:
            continue
        if node.tag not in ("html", "body"):
            node.decompose()


def _attachments(anchors: list[LexborNode]) -> list[tuple[str, str]]:
    links = []
    for node in anchors:
        address = node.attrs.get("href")
        if address and _ATTACHMENT.search(address):
            links.append((collapse(node.text()), address.strip()))
    return links


def collapse(text: str) -> str:
    """Collapse runs of ASCII white space as a browser does; other blanks stay."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACE.sub(" ", text)
    return text.strip(" ")


def _lines(pieces: list[str]) -> str:
    """Join what was collected in a cell: white space collapsed, breaks as ``\\n``."""
    text = "".join(pieces).strip(" \0\n\t\r\f")
    if text.isalnum():
        return text
    text = collapse(text)
    return _BREAKS.sub("\n", text) if _BREAK in text else text


# First entry of a row that holds a nested table: what follows in it is given as lines.
_LAYOUT_MARK = ("", 0, 0)


class _Frame:
    """A table that is open: its finished rows, and the row and cell at work."""

    __slots__ = ("holds_tables", "node", "raster", "row", "rows", "spans")

    def __init__(self, node: LexborNode) -> None:
        self.node = node
        self.rows: list[list[GridCell]] = []
        self.raster = RowRaster()
        self.row: list[tuple[str, int, int]] = []
        self.spans = (1, 1)
        self.holds_tables = False


class _Walk:
    """One pass over the tree, in source order."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._into = BlockList()
        self.blocks = self._into.blocks
        self.anchors: list[LexborNode] = []
        self._frames: list[_Frame] = []
        self._out: list[str] = []  # pieces of the open cell, or of the line outside cells
        self._in_cell = False
        self._spanned = {node.mem_id for node in tree.css("[colspan],[rowspan]")}
        if tree.root is not None:
            self._run(tree.root)

    def _run(self, root: LexborNode) -> None:  # noqa: C901, PLR0912, PLR0915 - the hot loop
        kinds = _KINDS.get
        stack: list[tuple[LexborNode, int]] = []
        node = root.child
        owner: LexborNode | None = None  # the block element that holds the line, and only it
        while True:
            if node is None:
                if not stack:
                    break
                node, kind = stack.pop()
                if kind == _BLOCK:
                    if self._in_cell:
                        self._out.append(_BREAK)
                    else:
                        if self._out:
                            self._flush(node if owner is node else None)
                        owner = None
                elif kind == _CELL:
                    self._end_cell()
                elif kind == _ROW:
                    self._end_row()
                elif kind == _TABLE:
                    self._end_table()
                node = node.next
                continue
            kind = kinds(node.tag_id, 0)
            if kind == _TEXT:
                self._out.append(node.text_content)
                node = node.next
                continue
            if kind == _SKIP:
                node = node.next
                continue
            if kind == _BLOCK or kind == _BR:
                if self._in_cell:
                    self._out.append(_BREAK)
                else:
                    if self._out:
                        self._flush(None)
                    owner = node
            elif kind == _CELL:
                self._start_cell(node)
            elif kind == _TABLE:
                self._start_table(node)
                owner = None
            elif kind == _A:
                self.anchors.append(node)
            elif kind == _FIELD:
                self._field(node)
                node = node.next
                continue
            child = node.child
            if child is None and not kind:
                node = node.next
                continue
            stack.append((node, kind))
            node = child
        self._flush(None)

    def _flush(self, owner: LexborNode | None) -> None:
        """End the line outside cells."""
        out = self._out
        text = "".join(out) if len(out) > 1 else out[0] if out else ""
        out.clear()
        if not text.isspace() and text:
            self._into.paragraph(
                collapse(text), None if owner is None else lambda: owner.html or ""
            )

    # -- tables ---------------------------------------------------------------------------------

    def _start_table(self, node: LexborNode) -> None:
        if self._frames:
            self._open_layout(self._frames[-1])
        else:
            self._flush(None)
        self._frames.append(_Frame(node))
        self._in_cell = False

    def _open_layout(self, frame: _Frame) -> None:
        """Give out what stands before a nested table, so that the order is kept."""
        frame.holds_tables = True
        self._give_rows(frame)
        self._into.cells(frame.row)
        self._into.lines(_lines(self._out))
        self._out = []
        # The rest of this row is given as lines too: see _end_row.
        frame.row = [_LAYOUT_MARK]

    def _start_cell(self, node: LexborNode) -> None:
        if self._out:
            # Captions, and cells without a table.
            self._flush(None)
        if self._frames:
            self._in_cell = True
            if node.mem_id in self._spanned:
                attributes = node.attrs
                across, down = attributes.get("colspan"), attributes.get("rowspan")
                self._frames[-1].spans = (span(across), span(down))

    def _end_cell(self) -> None:
        if not self._in_cell:
            self._flush(None)
            return
        frame = self._frames[-1]
        frame.row.append((_lines(self._out), *frame.spans))
        frame.spans = (1, 1)
        self._out = []
        self._in_cell = False

    def _end_row(self) -> None:
        if not self._frames:
            return
        frame = self._frames[-1]
        cells = frame.row
        frame.row = []
        if cells and cells[0] is _LAYOUT_MARK:
            self._into.cells(cells)
        else:
            frame.rows.append(frame.raster.row(cells))

    def _end_table(self) -> None:
        self._flush(None)
        self._give_rows(self._frames.pop())
        self._in_cell = bool(self._frames)

    def _give_rows(self, frame: _Frame) -> None:
        """Turn the finished rows of a table into blocks."""
        rows, frame.rows = frame.rows, []
        node = frame.node
        self._into.table(rows, lambda: node.html or "", layout=frame.holds_tables)

    # -- form fields ----------------------------------------------------------------------------

    def _field(self, node: LexborNode) -> None:
        """Take over the value of a field: some portals print the numbers in input fields."""
        if node.tag == "select":
            chosen = node.css_first("option[selected]") or node.css_first("option")
            if chosen is not None:
                self._out.append(chosen.text())
            return
        attributes = node.attributes
        kind = (attributes.get("type") or "text").strip().lower()
        value = attributes.get("value")
        if value and kind not in _UNTYPED and kind not in _CHOICES:
            self._out.append(value)

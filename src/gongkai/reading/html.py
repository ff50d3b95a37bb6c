"""HTML → Document, on the lexbor tree: what a browser would build, walked once without recursion."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser

from gongkai.reading.blocks import BlockList
from gongkai.reading.depth import bounded
from gongkai.reading.document import Document, GridCell
from gongkai.reading.raster import RowRaster, span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from gongkai.reading.document import GridCell

_SPACE = re.compile(r"[ \t\n\r\f]+")
# What GridCell(...) does, without the call in Python: pages have hundreds of cells.
_cell = partial(tuple.__new__, GridCell)
# Stands for a line break in collected text; the parser leaves no NUL in the tree.
_BREAK = "\0"
_BLANKS = " \0\n\t\r\f"
_BREAKS = re.compile(r" ?\0[\0 ]*")

_SKIPPED = (
    "script style template head iframe svg math object noframes colgroup datalist audio video"
)
_BLOCKS = (
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "optgroup option pre section summary ul caption"
)
_TEXT, _SKIP, _BLOCK, _P, _CELL, _ROW, _TABLE, _BR, _FIELD = range(1, 10)


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
        (_P, "p"),
        (_FIELD, "input select"),
    ]
    kinds = {numbers(tag).tag_id: kind for kind, tags in names for tag in tags.split()}
    sample = LexborHTMLParser("<p>x<!--x--></p>").css_first("p")
    if sample is not None and sample.child is not None and sample.last_child is not None:
        kinds[sample.child.tag_id] = _TEXT
        kinds[sample.last_child.tag_id] = _SKIP
    return kinds


_KINDS = _tag_kinds()
# Types of <input> whose value is not printed.
_NO_TEXT = frozenset("hidden button submit reset image file password checkbox radio".split())
_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|pptx?|jpe?g|tiff?)(?:[?#&]|$)", re.IGNORECASE
)
_PAGES = ("html", "htm", "/", "#")
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# A paragraph with none of these inside, nor a table, is the text of its element: no need to walk.
_MIXING = "br,input,select,script,style,button"


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
    tree = LexborHTMLParser(bounded(text))
    document = Document([], "html", path=path, encoding=encoding)
    _read_head(tree, document)
    spanned, hidden = _marked(tree, text)
    if hidden:
        _drop_hidden(tree, hidden)
    document.blocks = _Walk(tree, spanned).blocks
    document.links = _attachments(tree)
    return document


def _read_head(tree: LexborHTMLParser, document: Document) -> None:
    for node in (tree.head or tree).css("title"):
        document.title = collapse(node.text())
        break
    for node in (tree.head or tree).css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content:
            document.meta.setdefault(name, content.strip())


def _marked(tree: LexborHTMLParser, text: str) -> tuple[set[int], list[LexborNode]]:
    """Return the cells with spans, by their identities, and the elements that are not shown."""
    spanned, hidden = set(), []
    for node in tree.css("[colspan],[rowspan],[hidden]"):
        if _KINDS.get(node.tag_id) == _CELL and "hidden" not in node.attributes:
            spanned.add(node.mem_id)
        elif "hidden" in node.attributes:
            hidden.append(node)
    if "display" in text:
        styled = tree.css("[style*='display']")
        hidden += [node for node in styled if _NOT_SHOWN.search(node.attributes["style"] or "")]
    return spanned, hidden


def _drop_hidden(tree: LexborHTMLParser, hidden: list[LexborNode]) -> None:
    # A script may show later what is hidden now: the tables are never hidden all together.
    cells = len(tree.css("td"))
    kept = sum(len(node.css("td")) for node in hidden) * 2 > cells
    for node in hidden:
        if node.tag not in ("html", "body") and not (kept and node.css("td")):
            # Taken out, not destroyed: further hidden elements may stand inside.
            empty = tree.create_node("template")
            node.replace_with(empty)


def _holders(nodes: list[LexborNode]) -> set[int]:
    """Return the identities of all elements around the given ones."""
    holders: set[int] = set()
    for node in nodes:
        parent = node.parent
        while parent is not None and parent.mem_id not in holders:
            holders.add(parent.mem_id)
            parent = parent.parent
    return holders


def _attachments(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    links = []
    for node in tree.css("a[href]"):
        address = node.attrs.get("href")
        if address and not address.endswith(_PAGES) and _ATTACHMENT.search(address):
            links.append((collapse(node.text()), address.strip()))
    return links


def collapse(text: str) -> str:
    """Collapse runs of ASCII white space as a browser does; other blanks stay."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACE.sub(" ", text)
    return text.strip(" ")


class _Walk:
    """One pass over the tree, in source order."""

    def __init__(self, tree: LexborHTMLParser, spanned: set[int]) -> None:
        self._into = BlockList()
        self.blocks = self._into.blocks
        self._out: list[str] = []  # pieces of the open line
        self._spanned = spanned
        self._layout = _holders(tree.css("table"))
        self._mixed = _holders(tree.css(_MIXING)) | self._layout
        if tree.root is not None:
            self._run(tree.root)

    def _run(self, root: LexborNode) -> None:  # noqa: C901, PLR0912 - the hot loop
        # Calls and attributes are what costs here: most pages are thousands of nodes, and most
        # nodes are elements around a single text.
        kinds, out, mixed, layout = _KINDS.get, self._out, self._mixed, self._layout
        stack: list[tuple[LexborNode, int]] = []
        node = root.child
        owner: LexborNode | None = None  # the block element that holds the line, and only it
        while True:
            if node is None:
                if not stack:
                    break
                node, kind = stack.pop()
                if kind:
                    if out:
                        self._flush(node if owner is node else None)
                    owner = None
                node = node.next
                continue
            kind = kinds(node.tag_id, 0)
            if kind == _TEXT:
                text = node.text_content or ""
                if out or not text.isspace():
                    out.append(text)
            elif kind == _SKIP:
                pass
            elif kind == _FIELD:
                out += _value(node)
            elif kind:
                if out:
                    self._flush(None)
                owner = None
                if kind == _TABLE or kind == _ROW:
                    if node.mem_id not in layout:
                        node = self._table(node) if kind == _TABLE else self._rows(node)
                        continue
                elif kind == _BR:
                    node = node.next
                    continue
                simple = None
                if kind == _P and node.mem_id not in mixed:
                    simple = node.text_lexbor()
                elif kind == _BLOCK or kind == _CELL:
                    simple = self._only_text(node)
                if simple is None:
                    owner = node
                    stack.append((node, kind))
                    node = node.child
                    continue
                if simple and not simple.isspace():
                    self._into.paragraph(collapse(simple), node)
            else:
                stack.append((node, 0))
                node = node.child
                continue
            node = node.next
        self._flush(None)

    def _only_text(self, node: LexborNode) -> str | None:
        """Return the text of an element that holds nothing else, or None."""
        kinds = _KINDS.get
        child = node.child
        while child is not None:
            if child.next is not None:
                return None
            kind = kinds(child.tag_id, 0)
            if kind == _TEXT:
                return child.text_content
            if kind == _P:
                return None if child.mem_id in self._mixed else child.text_lexbor()
            if kind and kind != _BLOCK:
                return None
            child = child.child
        return ""

    def _flush(self, owner: LexborNode | None) -> None:
        """End the line; ``owner`` is the element that holds it alone."""
        text = "".join(self._out)
        self._out.clear()
        if text and not text.isspace():
            self._into.paragraph(collapse(text), owner)

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, node: LexborNode) -> LexborNode | None:
        """Add a table that holds no tables; return what follows it."""
        rows = self._grid(node.css("tr,td,th,caption"))
        self._into.table(rows, lambda: node.html or "")
        return node.next

    def _rows(self, node: LexborNode | None) -> LexborNode | None:
        """Add the rows of a layout table up to the next one that holds tables; return that."""
        parts = []
        while node is not None and node.mem_id not in self._layout:
            if _KINDS.get(node.tag_id) == _ROW:
                parts += [node, *node.css("td,th")]
            node = node.next
        self._into.table(self._grid(parts), layout=True)
        return node

    def _grid(self, parts: list[LexborNode]) -> list[list[GridCell]]:
        """Turn rows and cells, in source order, into the rows of a grid."""
        kinds, spanned, only_text = _KINDS.get, self._spanned, self._only_text
        raster = RowRaster()
        rows: list[list[GridCell]] = []
        row: list[GridCell] = []
        column, covered = 0, False
        for part in parts:
            kind = kinds(part.tag_id)
            if kind == _ROW:
                row = []
                rows.append(row)
                column, covered = 0, raster.next_row()
                continue
            simple = only_text(part)
            if simple is None:
                text = self._cell_text(part)
            else:
                text = simple.strip(_BLANKS)
                if not text.isalnum():
                    text = collapse(text)
            if kind != _CELL:
                self._into.lines(text)
            elif part.mem_id in spanned:
                attributes = part.attrs
                across, down = span(attributes.get("colspan")), span(attributes.get("rowspan"))
                column = raster.place(column, across, down)
                row.append(GridCell(text, column, across, down))
                column += across
            else:
                if covered:
                    column = raster.place(column, 1, 1)
                row.append(_cell((text, column, 1, 1)))
                column += 1
        return rows

    def _cell_text(self, cell: LexborNode) -> str:
        """Return the text of a cell, its lines parted by ``\\n``."""
        pieces: list[str] = []
        stack: list[tuple[LexborNode, int]] = []
        node = cell.child
        while node is not None or stack:
            if node is None:
                node, kind = stack.pop()
                if kind:
                    pieces.append(_BREAK)
                node = node.next
                continue
            kind = _KINDS.get(node.tag_id, 0)
            if kind == _TEXT:
                pieces.append(node.text_content or "")
            elif kind == _FIELD:
                pieces += _value(node)
            elif kind == _BR:
                pieces.append(_BREAK)
            elif kind != _SKIP:
                if kind:
                    pieces.append(_BREAK)
                stack.append((node, kind))
                node = node.child
                continue
            node = node.next
        text = collapse("".join(pieces).strip(_BLANKS))
        return _BREAKS.sub("\n", text) if _BREAK in text else text


def _value(node: LexborNode) -> list[str]:
    """Return the value of a form field: some portals print the numbers in them."""
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return [chosen.text()] if chosen is not None else []
    attributes = node.attributes
    kind = (attributes.get("type") or "text").strip().lower()
    value = attributes.get("value")
    return [value] if value and kind not in _NO_TEXT else []

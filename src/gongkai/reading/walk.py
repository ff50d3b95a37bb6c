"""The walk over a page's tree: elements → paragraphs and grids, in source order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from gongkai.reading.blocks import BlockList
from gongkai.reading.document import GridCell, cell_of
from gongkai.reading.raster import RowRaster, span

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SPACE = re.compile(r"[ \t\n\r\f]+")
# Stands for a line break in collected text; the parser leaves no NUL in the tree.
_BREAK = "\0"
_BLANKS = " \0\n\t\r\f"
_BREAKS = re.compile(r" ?\0[\0 ]*")

_TEXT, _SKIP, _BLOCK, _LIST, _P, _PRE, _CELL, _ROW, _TABLE, _BR, _FIELD = range(1, 12)
_TAGS = {
    _SKIP: "script style template head iframe svg math object noframes colgroup datalist audio "
    "video del s strike",
    _BLOCK: "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav optgroup "
    "option section summary caption",
    _LIST: "ul ol menu",
    _P: "p",
    _PRE: "pre listing xmp plaintext",
    _CELL: "td th",
    _ROW: "tr",
    _TABLE: "table",
    _BR: "br",
    _FIELD: "input select",
}


def _tag_kinds() -> dict[int, int]:
    """Ask lexbor for the numbers of the tags that the walk tells apart."""
    create = LexborHTMLParser("<p>x").create_node
    kinds = {create(tag).tag_id: kind for kind, tags in _TAGS.items() for tag in tags.split()}
    sample = LexborHTMLParser("<p>x<!--x--></p>").css_first("p")
    if sample is not None and sample.child is not None and sample.last_child is not None:
        kinds[sample.child.tag_id] = _TEXT
        kinds[sample.last_child.tag_id] = _SKIP
    return kinds


_KINDS = _tag_kinds()
_P_ID = next(number for number, kind in _KINDS.items() if kind == _P)
_RAISED_ID = LexborHTMLParser("<p>x").create_node("sup").tag_id
_AROUND_TEXT = frozenset((_BLOCK, _LIST, _P, _CELL))
_BLOCKS = frozenset((_BLOCK, _LIST))
# A list of so many items, each a link with few signs, is a menu or a list of other pages.
_MENU = 8
_LONGEST_ITEM = 60
_LONGEST_MARK = 3
# Types of <input> whose value is not printed.
_NO_TEXT = frozenset(
    ("hidden", "button", "submit", "reset", "image", "file", "password", "checkbox", "radio")
)
# An element with nothing but these inside is its text: no need to walk. Few names, the frequent
# ones first: each is compared with each element of the page.
_INLINE = r"*:not(a,td,span,tr,b,strong,font,tbody,o\:p,meta,link,th)"


def collapse(text: str) -> str:
    """Collapse runs of ASCII white space as a browser does; other blanks stay."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        text = _SPACE.sub(" ", text)
    return text.strip(" ")


def _holders(nodes: list[LexborNode]) -> set[int]:
    """Return the identities of all elements around the given ones."""
    holders: set[int] = set()
    for node in nodes:
        parent = node.parent
        while parent is not None and (identity := parent.mem_id) not in holders:
            holders.add(identity)
            parent = parent.parent
    return holders


class Walk:
    """One pass over a page's tree, without recursion.

    Attributes:
        blocks: what it found.
    """

    def __init__(self, tree: LexborHTMLParser, spanned: set[int]) -> None:
        self._into = BlockList()
        self.blocks = self._into.blocks
        self._out: list[str] = []  # pieces of the open line
        self._spanned = spanned
        self._mixed = _holders(tree.css(_INLINE))
        self._layout = _holders(tree.css("table"))
        if tree.root is not None:
            self._run(tree.root)

    def _run(self, root: LexborNode) -> None:  # noqa: C901, PLR0912, PLR0915 - the hot loop
        # Calls and attributes are what costs here: most pages are thousands of nodes, and most
        # nodes are elements around a single text.
        kinds, out, mixed, layout = _KINDS.get, self._out, self._mixed, self._layout
        paragraph = self._into.paragraph
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
                simple = None
                if kind in _AROUND_TEXT:
                    if node.mem_id not in mixed:
                        simple = node.text_lexbor()
                    elif kind == _LIST and node.mem_id not in layout:
                        simple = _menu(node)
                elif kind == _BR:
                    simple = ""
                elif node.mem_id not in layout:
                    node = self._flat(node, kind)
                    continue
                if simple is None:
                    owner = node
                    stack.append((node, kind))
                    node = node.child
                    continue
                if simple and not simple.isspace():
                    paragraph(simple if simple.isalnum() else collapse(simple), node)
            else:
                child = node.child
                if child is not None and (child.next or kinds(child.tag_id, 0) != _TEXT):
                    stack.append((node, 0))
                    node = child
                    continue
                if child is not None:
                    out.append(child.text_content or "")
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
            if kind and kind not in _BLOCKS:
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

    def _flat(self, node: LexborNode, kind: int) -> LexborNode | None:
        """Add what holds no tables: a table, rows of a layout table, or text as it was typed."""
        if kind == _TABLE:
            return self._table(node)
        if kind == _ROW:
            return self._rows(node)
        self._into.lines(node.text())
        return node.next

    def _table(self, node: LexborNode) -> LexborNode | None:
        """Add a table that holds no tables; return what follows it."""
        rows = self._grid(node.css("tr,td,th,caption"))
        self._into.table(rows, node)
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
        kinds, spanned, mixed = _KINDS.get, self._spanned, self._mixed
        only_text = self._only_text
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
            identity = part.mem_id
            if identity in mixed:
                child = part.child  # word processors write a cell as its one paragraph
                simple = (
                    child.text_lexbor()
                    if child is not None
                    and child.next is None
                    and child.tag_id == _P_ID
                    and child.mem_id not in mixed
                    else only_text(part)
                )
            else:
                simple = part.text_lexbor()
            if simple is None:
                text = self._cell_text(part)
            elif simple.isalnum():
                text = simple
            else:
                text = collapse(simple.strip(_BLANKS))
            if kind != _CELL:
                self._into.lines(text)
            elif identity in spanned:
                attributes = part.attrs
                across, down = span(attributes.get("colspan")), span(attributes.get("rowspan"))
                column = raster.place(column, across, down)
                row.append(cell_of((text, column, across, down)))
                column += across
            else:
                if covered:
                    column = raster.place(column, 1, 1)
                row.append(cell_of((text, column, 1, 1)))
                column += 1
        return rows

    def _cell_text(self, cell: LexborNode) -> str:
        r"""Return the text of a cell, its lines parted by ``\n``."""
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
            elif node.tag_id == _RAISED_ID and pieces:
                pieces.append(_raised(node.text(), pieces[-1]))
            elif kind != _SKIP:
                if kind:
                    pieces.append(_BREAK)
                stack.append((node, kind))
                node = node.child
                continue
            node = node.next
        text = collapse("".join(pieces).strip(_BLANKS))
        return _BREAKS.sub("\n", text) if _BREAK in text else text


def _raised(text: str, before: str) -> str:
    """Return a raised text; a small number behind a number is a note, [1], and no digit of it."""
    mark = text.strip()
    noted = len(mark) < _LONGEST_MARK and mark.isdecimal() and before.rstrip()[-1:].isdecimal()
    return f"[{mark}]" if noted else text


def _menu(node: LexborNode) -> str | None:
    """Return the text of a list of links to other pages, or None where it is another list."""
    items = len(node.css("li"))
    if items < _MENU or len(node.css("a[href]")) < items:
        return None
    text = node.text(separator=" ")
    # Labelled values are metadata, whatever they are printed in.
    if ":" in text or "：" in text or len(text) > items * _LONGEST_ITEM:
        return None
    return " ".join(text.split())


def _value(node: LexborNode) -> list[str]:
    """Return the value of a form field: some portals print the numbers in them."""
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return [chosen.text()] if chosen is not None else []
    attributes = node.attributes
    kind = (attributes.get("type") or "text").strip().lower()
    value = attributes.get("value")
    return [value] if value and kind not in _NO_TEXT else []

"""Documents that editors keep in JSON, as trees of nodes or lists of insertions → mark-up.

Block editors hand on no page but what they work on: nodes that name their type and hold others, or
pieces of text of which each line break says what its line was. Their tables are then none.
"""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: What names the type of a node, and what of it holds other nodes or its text.
_TYPES = ("tagName", "type", "nodeType", "_type", "tag", "name")
_INSIDE = ("content", "children", "nodes", "data", "rows", "cells", "rich_text", "text", "value")
#: Types that say nothing: another name has it.
_UNSAID = ("element", "node")
#: Where a node says how many columns and rows it spans.
_ATTRIBUTES = ("attrs", "attributes", "properties", "props", "data")
_TABLE = re.compile(r"(?:simple)?table")
_GROUP = re.compile(r"t(?:able)?(?:content|body|head|foot)")
_ROW = re.compile(r"(?:table)?row|tr")
_CELL = re.compile(r"(?:table)?(?:header|head)?cell|tableheader|th|td")
_INLINE = re.compile(r"text(?:run)?|span|(?:hyper)?link|a|b|i|u|s|em|strong|mark|font|code")
_BREAK = re.compile(r"(?:hard|line|soft)?break|br")
#: A text that holds mark-up of its own, as those of some editors do.
_MARKED = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]+|#\d+);")
_NOT_LETTERS = re.compile("[^a-z0-9]")
#: Trees deeper than this are no text.
_DEEPEST = 60
#: Fewer cells are no form.
_LEAST_CELLS = 12
_MOST_SPAN = 99

_Node = dict[str, object]


def page_of(value: Sequence[object]) -> str | None:
    """Return the page that a list of nodes or insertions is; ``None`` where it holds no table."""
    if not value or not _are_nodes(value):
        return None
    if all("insert" in piece for piece in value):
        return _of_insertions(value)
    if any("title" in name.lower() for node in value for name in node):
        return None  # articles, each with a page of its own
    tree = _Tree()
    page = "".join(tree.blocks(node, 0) for node in value)
    return page if tree.cells >= _LEAST_CELLS else None


def _are_nodes(value: Sequence[object]) -> TypeGuard[Sequence[_Node]]:
    return all(isinstance(item, dict) and (_kind(item) or "insert" in item) for item in value)


def _kind(node: _Node) -> str:
    """Return the type of a node in small letters alone: ``table_row`` is ``tablerow``."""
    for name in _TYPES:
        kind = node.get(name)
        if isinstance(kind, str) and kind not in _UNSAID:
            return _NOT_LETTERS.sub("", kind.lower())
    return ""


class _Tree:
    """Nodes → mark-up; counts the cells among them."""

    def __init__(self) -> None:
        self.cells = 0

    def blocks(self, value: object, depth: int, within: str = "") -> str:
        """Return the mark-up of a text, a node, or a list; ``within`` is ``table`` or ``row``."""
        if isinstance(value, str):
            return value if _MARKED.search(value) else escape(value).replace("\n", "<br>")
        if depth > _DEEPEST:
            return ""
        if isinstance(value, list):
            inner = {"table": "row", "row": "cell"}.get(within, "")
            if inner and not any(isinstance(item, dict) and _kind(item) for item in value):
                # Rows as lists of cells, cells as lists of texts.
                return "".join(self._plain(item, depth, inner) for item in value)
            return "".join(self.blocks(item, depth + 1, within) for item in value)
        return self._node(value, depth) if isinstance(value, dict) else ""

    def _plain(self, value: object, depth: int, within: str) -> str:
        """Return the mark-up of a row or a cell that is no node."""
        if within == "cell":
            self.cells += 1
            return f"<td>{self.blocks(value, depth + 1)}</td>"
        cells = value.get("cells") if isinstance(value, dict) else value
        return f"<tr>{self.blocks(cells, depth + 1, 'row')}</tr>"

    def _node(self, node: _Node, depth: int) -> str:
        kind = _kind(node)
        if _GROUP.fullmatch(kind):
            return "".join(self._inside(node, depth, "table"))
        if _TABLE.fullmatch(kind):
            return f"<table>{''.join(self._inside(node, depth, 'table'))}</table>"
        if _ROW.fullmatch(kind):
            return f"<tr>{''.join(self._inside(node, depth, 'row'))}</tr>"
        inside = "".join(self._inside(node, depth))
        if _CELL.fullmatch(kind):
            self.cells += 1
            return f"<td{_spans(node)}>{inside}</td>"
        if _BREAK.fullmatch(kind):
            return "<br>"
        return inside if not kind or _INLINE.fullmatch(kind) else f"<div>{inside}</div>"

    def _inside(self, node: _Node, depth: int, within: str = "") -> Iterator[str]:
        # Some put it under the type's own name: {"type": "table", "table": {…}}.
        for name in dict.fromkeys((str(node.get("type")), *_INSIDE)):
            value = node.get(name)
            if isinstance(value, dict) and not _kind(value):
                # What a node holds may be a level further down: {"data": {"content": […]}}.
                yield from self._inside(value, depth + 1, within)
            elif isinstance(value, dict | list | str) and name not in _TYPES:
                yield self.blocks(value, depth + 1, within)


def _spans(node: _Node) -> str:
    """Return the attributes for the columns and rows that a cell spans."""
    held = (node, *(node.get(name) for name in _ATTRIBUTES))
    said = {
        name.lower(): _span(value)
        for attributes in held
        if isinstance(attributes, dict)
        for name, value in attributes.items()
    }
    return "".join(f' {n}="{said[n]}"' for n in ("colspan", "rowspan") if said.get(n, 1) > 1)


def _span(value: object) -> int:
    number = (
        int(value)
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
        else 1
    )
    return min(number, _MOST_SPAN)


# -- insertions -----------------------------------------------------------------------------------


def _of_insertions(pieces: Sequence[_Node]) -> str | None:
    """Return the page of a list of insertions: a line's break says what the line is."""
    lines: list[tuple[str, _Node]] = []
    line = ""
    for piece in pieces:
        text, said = piece["insert"], piece.get("attributes")
        if not isinstance(text, str):
            continue  # a picture
        *whole, rest = text.split("\n")
        for end in whole:
            lines.append((escape(line + end), said if isinstance(said, dict) else {}))
            line = ""
        line += rest
    page, cells = "", 0
    for row, held in groupby(lines, key=lambda line: _row_of(line[1])):
        if row is None:
            page += "".join(f"<p>{text}</p>" for text, _ in held)
            continue
        page += f"{'' if page.endswith('</tr>') else '<table>'}<tr>"
        for _, cell in groupby(enumerate(held), key=lambda line: _cell_of(line[0], line[1][1])):
            cells += 1
            inside = [said for _, said in cell]
            page += f"<td{_spans(_spanned(inside[0][1]))}>{'<br>'.join(t for t, _ in inside)}</td>"
        page += "</tr>"
    page = re.sub(r"</tr>(?!<tr>)", "</tr></table>", page)
    return page if cells >= _LEAST_CELLS else None


def _spanned(said: _Node) -> _Node:
    """Return what a line of a table says of its cell."""
    held = said.get("table-cell-line", said.get("table-cell", said))
    return held if isinstance(held, dict) else {}


def _row_of(said: _Node) -> object:
    """Return the name of the row in which a line stands; ``None`` outside of tables."""
    held = _spanned(said)
    return said.get("table") or held.get("row") or held.get("data-row")


def _cell_of(number: int, said: _Node) -> object:
    """Return the name of the cell in which a line stands; its number where each line is one."""
    return said.get("table-cell-block") or _spanned(said).get("cell") or number

"""WordprocessingML → blocks, from its tree (:mod:`gongkai.reading.office.word_xml`)."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.reading.blocks import BlockList
from gongkai.reading.document import UNREADABLE
from gongkai.reading.failures import Rejected
from gongkai.reading.office.merges import SPACES, MergedRows, number
from gongkai.reading.office.nesting import LONGEST_NUMBER, is_deep, outermost, unwrap
from gongkai.reading.office.unseen import (
    FIELD,
    RAISED,
    UNSEEN,
    blank_instructions,
    ended_by,
    join_paragraphs,
    mark_drawn,
    mark_notes,
    take_out,
)
from gongkai.reading.pictures import MARK, of_cell, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.reading.document import Block, GridCell

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES = f"{_COMPATIBILITY}AlternateContent"

_W = "{w}"
_P, _R, _T, _TAB = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}tab"
_TBL, _TR, _TC, _BOX = f"{_W}tbl", f"{_W}tr", f"{_W}tc", f"{_W}txbxContent"
_VAL, _CHAR, _FONT = f"{_W}val", f"{_W}char", f"{_W}font"
#: The code of a digit, as it stands or among those that fonts of symbols use.
_DIGIT = re.compile(r"(?:F0|f0|00)3(\d)")
_BREAKS = (f"{_W}br", f"{_W}cr")
_HYPHEN = f"{_W}noBreakHyphen"
#: Numbers typed as formulae are text, too.
_MATH = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)
_PIECES = (_T, _TAB, *_BREAKS, _HYPHEN, f"{_W}sym", *_MATH)
_SPANS = {f"{_W}{name}": name for name in ("gridSpan", "vMerge", "hMerge")}
_BEFORE = f"{_W}gridBefore"
#: What may hold a picture, the pictures themselves, and what is written about one.
_DRAWN = (f"{_W}drawing", f"{_W}pict")
_IMAGES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_ABOUT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_IN_TABLES = (_TR, _TC, _P, *_PIECES, *_SPANS, _BEFORE, *_DRAWN)
_BOUNDS = (_TC, _TR)
#: What ends the last row of a table.
_END = (etree.Element(_TR),)
_SPECIAL = (_ALTERNATIVES, _BOX, FIELD, *UNSEEN)
#: What only wraps blocks, rows or cells: content controls, custom XML, insertions.
_WRAPPERS = frozenset(
    f"{_W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body")
) | {
    _ALTERNATIVES,
    f"{_COMPATIBILITY}Choice",
    f"{_COMPATIBILITY}Fallback",
    # Of Word 2003: sections, and revisions.
    "{http://schemas.microsoft.com/office/word/2003/auxHint}sect",
    "{http://schemas.microsoft.com/office/word/2003/auxHint}sub-section",
    "{http://schemas.microsoft.com/aml/2001/core}annotation",
    "{http://schemas.microsoft.com/aml/2001/core}content",
}


def word_blocks(root: etree._Element) -> list[Block]:
    """Return everything that is shown of a tree, which is changed.

    Raises:
        Rejected: text boxes or alternatives are nested deep.
    """
    return _Body(root).read()


class _Body:
    """The main part of a document."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._into = BlockList()
        self._boxes = self._prepare()

    def read(self) -> list[Block]:
        """Read everything."""
        self._blocks(self._root)
        return self._into.blocks

    def _prepare(self) -> bool:
        """Take out what is not shown; tell whether there are text boxes."""
        boxes = fields = False
        raised: list[etree._Element] = []
        ended: list[etree._Element] = []
        for found in list(self._root.iter(*_SPECIAL)):
            parent, tag = found.getparent(), found.tag
            if tag == _ALTERNATIVES:
                _not_deep(found)
                self._choose(found)
            elif tag == _BOX:
                _not_deep(found)
                boxes = True
            elif tag == FIELD:
                fields = True
            elif tag in RAISED:
                raised.append(found)
            elif (paragraph := ended_by(found)) is not None:
                ended.append(paragraph)
            elif parent is not None:
                take_out(found, parent)
        join_paragraphs(ended)
        mark_notes(raised)
        if fields:
            blank_instructions(self._root)
            mark_drawn(self._root)
        return boxes

    def _choose(self, alternatives: etree._Element) -> None:
        """Keep the first branch with text: they say the same for newer and older programs."""
        kept = False
        for branch in list(alternatives):
            if kept:
                alternatives.remove(branch)
            kept = kept or next(branch.iter(_T), None) is not None

    def _unwrapped(self, parent: etree._Element) -> Iterator[etree._Element]:
        within = [iter(parent)]
        while within:
            for child in within[-1]:
                if child.tag in _WRAPPERS:
                    within.append(iter(child))
                    break
                yield child
            else:
                within.pop()

    def _blocks(self, parent: etree._Element) -> None:
        for child in self._unwrapped(parent):
            if child.tag == _P:
                self._paragraph(child)
            elif child.tag == _TBL:
                if _holds_cells(child):
                    self._into.table(self._rows(child))
                else:
                    self._layout(child)

    def _layout(self, table: etree._Element) -> None:
        """Read a table that holds tables: their rows come as blocks in their places."""
        together: list[etree._Element] = []
        for row in self._unwrapped(table):
            if _holds_cells(row):
                together.append(row)
                continue
            self._into.table(self._rows(*together), layout=True)
            together = []
            for cell in self._unwrapped(row):
                if cell.tag == _TC:
                    self._blocks(cell)
        self._into.table(self._rows(*together), layout=True)

    # -- text -----------------------------------------------------------------------------------

    def _paragraph(self, paragraph: etree._Element) -> None:
        """Add the lines of a paragraph; text boxes in it are blocks of their own."""
        if len(paragraph) == 1 and len(run := paragraph[0]) == 1 and run[0].tag == _T:
            self._into.lines((run[0].text or "").strip(SPACES))  # most are one run of text
            return
        boxes = outermost(paragraph.iter(_BOX), _BOX) if self._boxes else []
        inside = {piece for box in boxes for piece in box.iter(*_PIECES)}
        pieces = [
            _piece(piece, piece.tag) for piece in paragraph.iter(*_PIECES) if piece not in inside
        ]
        self._into.lines("".join(pieces).strip(SPACES))
        for box in boxes:
            self._blocks(box)

    # -- tables ---------------------------------------------------------------------------------

    def _rows(self, *holders: etree._Element) -> list[list[GridCell]]:
        """Read a table without tables inside, or some rows of one, in a single pass."""
        rows, in_cell, text = MergedRows(), False, ""
        spans: dict[str, str] = {}
        for element in chain(*(holder.iter(*_IN_TABLES) for holder in holders), _END):
            tag = element.tag
            if tag == _T:
                text += element.text or ""
            elif tag == _P:
                text += "\n"
            elif tag in _BOUNDS:
                if in_cell:
                    rows.add(of_cell(text) if MARK in text else text, spans)
                    text, spans = "", {}
                in_cell = tag == _TC
                if not in_cell:
                    rows.end_row()
            elif tag in _SPANS:
                spans[_SPANS[tag]] = element.get(_VAL) or "continue"
            elif tag in _DRAWN:
                text += _picture(element)
            elif tag == _BEFORE:
                rows.column = number(element.get(_VAL), 0)
            else:
                text += _piece(element, tag)
        return rows.rows


def _holds_cells(table: etree._Element) -> bool:
    """Tell whether a table, or a row of one, holds cells alone.

    A number may stand in a text box, or in a table of its own, inside its cell: these are taken
    out of the tree, and the number is the cell's.
    """
    inner = list(table.iterdescendants(_TBL, _BOX))
    framed = [found for found in inner if found.tag == _TBL]
    if not all(_is_frame(found) for found in inner):
        return False
    for found in framed:
        unwrap(found, _P)
    return True


def _is_frame(found: etree._Element) -> bool:
    """Tell whether a text box or a table holds but one cell with no more than a number's text."""
    text = "".join([piece.text or "" for piece in found.iter(_T)])
    alone = next(found.iterdescendants(_TBL, _BOX), None) is None
    return alone and len(text) <= LONGEST_NUMBER and sum(1 for _ in found.iter(_TC)) <= 1


def _not_deep(found: etree._Element) -> None:
    """Refuse elements deep in their like: each would be looked at as often as it is deep."""
    if is_deep(found, found.tag):
        raise Rejected("too_complex", detail=f"nested {etree.QName(found).localname}")


def _picture(drawn: etree._Element) -> str:
    """Return what stands for a picture; nothing for lines and shapes."""
    if next(drawn.iter(*_IMAGES), None) is None:
        return ""
    about = next(drawn.iter(_ABOUT), None)
    return picture("" if about is None else about.get("descr") or "")


def _piece(piece: etree._Element, tag: str) -> str:
    if tag == _T or tag in _MATH:
        return piece.text or ""
    if tag == _TAB:
        # The same name stands for a tab stop among the properties.
        holder = piece.getparent()
        return "\t" if holder is not None and holder.tag == _R else ""
    if tag in _BREAKS:
        return "\n"
    return "-" if tag == _HYPHEN else _symbol(piece)


def _symbol(piece: etree._Element) -> str:
    """Return the sign that a font shows for a code, where all fonts of text show the same."""
    code, font = piece.get(_CHAR) or "", piece.get(_FONT) or ""
    sign = _DIGIT.fullmatch(code)
    return sign[1] if sign and "ding" not in font.lower() else UNREADABLE

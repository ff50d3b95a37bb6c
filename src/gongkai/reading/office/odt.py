"""OpenDocument text → blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from gongkai.reading.blocks import BlockList
from gongkai.reading.document import GridCell, make
from gongkai.reading.failures import Rejected
from gongkai.reading.office.merges import INVISIBLE, SPACES, number
from gongkai.reading.office.nesting import LONGEST_NUMBER, is_deep, outermost, unwrap
from gongkai.reading.pictures import of_cell, picture
from gongkai.reading.raster import rastered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.reading.document import Block

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE, _TEXT, _TABLES = f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}", f"{_NAMES}table:1.0}}"
_STYLES, _DRAWN = f"{_NAMES}style:1.0}}", f"{_NAMES}drawing:1.0}}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_TABLE, _ROW = f"{_TABLES}table", f"{_TABLES}table-row"
_CELL, _COVERED = f"{_TABLES}table-cell", f"{_TABLES}covered-table-cell"
_ROWS = tuple(f"{_TABLES}table-{name}" for name in ("header-rows", "rows", "row-group"))
_FRAME, _STYLE_NAME = f"{_DRAWN}frame", f"{_TEXT}style-name"
_SHAPE, _BOX = f"{_DRAWN}custom-shape", f"{_DRAWN}text-box"
#: Pictures and formulae: their text is not read.
_SHOWN = (f"{_DRAWN}image", f"{_DRAWN}object")
_ABOUT = ("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",)
_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MARKS = (f"{_TEXT}change-start", f"{_TEXT}change-end")
#: What is stored but not printed: deleted text, notes, comments, readings of characters.
_UNPRINTED = (
    f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_TEXT}ruby-text", f"{_TEXT}hidden-text",
    f"{_OFFICE}annotation", f"{_OFFICE}forms",
)  # fmt: skip
_WHITE = re.compile(r"[ \t\r\n]+")
# Far beyond any report: such a source would only take memory.
_MAX_CELLS = 300_000


def text_blocks(root: etree._Element) -> list[Block]:
    """Return what a text document shows; the tree is changed.

    Raises:
        Rejected: it is no text document, or has more cells than any report.
    """
    text = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise Rejected("unsupported", detail="OpenDocument")
    reader = _Reader(root)
    etree.strip_elements(root, *_UNPRINTED, with_tail=False)
    reader.blocks(text)
    return reader.into.blocks


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self.into = BlockList()
        self._cells = 0
        self._unseen: set[str | None] = set()
        self._raised: set[str | None] = set()
        # Deleted text may stand between two marks in its old place.
        self._deleted = {
            region.get(f"{_TEXT}id")
            for region in root.iter(f"{_TEXT}changed-region")
            if region.find(f"{_TEXT}deletion") is not None
        }
        self._open: set[str | None] = set()
        for look in root.iter(f"{_STYLES}text-properties"):
            style = look.getparent()
            name = None if style is None else style.get(f"{_STYLES}name")
            struck = look.get(f"{_STYLES}text-line-through-style", "none") != "none"
            if look.get(f"{_TEXT}display") == "none" or struck:
                self._unseen.add(name)
            elif look.get(f"{_STYLES}text-position", "").startswith("super"):
                self._raised.add(name)

    def blocks(self, parent: etree._Element) -> None:
        """Add the paragraphs and tables in an element, whatever wraps them."""
        for child in parent:
            if child.tag in _PARAGRAPHS:
                self.into.lines(self._line(child))
                for frame in outermost(child.iter(_FRAME), _FRAME):
                    self.blocks(frame)
            elif child.tag == _TABLE:
                self._table(child)
            else:
                self.blocks(child)

    # -- text -----------------------------------------------------------------------------------

    def _line(self, paragraph: etree._Element) -> str:
        """Return the text of a paragraph without its text boxes."""
        pieces: list[str] = []
        self._collect(paragraph, pieces)
        return INVISIBLE.sub("", "".join(pieces)).strip(SPACES)

    def _collect(self, element: etree._Element, pieces: list[str]) -> None:
        self._add(element.text, pieces)
        for child in element:
            tag, style = child.tag, child.get(_STYLE_NAME)
            if tag in _PARAGRAPHS:
                pieces.append("\n")  # the text of a shape
            if tag in _SIGNS:
                pieces.append(_SIGNS[tag] * max(1, number(child.get(f"{_TEXT}c"), 1)))
            elif tag in _MARKS:
                self._mark(child.get(f"{_TEXT}change-id"), starts=tag == _MARKS[0])
            elif style in self._raised:
                # A small raised number is no digit of the number before it.
                note = "".join(map(str, child.itertext())).strip()
                noted = note.isdecimal() and not self._open and _holds_text(pieces)
                self._add(f"[{note}]" if noted else note, pieces)
            elif tag != _FRAME and style not in self._unseen:
                self._collect(child, pieces)
            self._add(child.tail, pieces)

    def _mark(self, change: str | None, *, starts: bool) -> None:
        """Take a mark where deleted text starts or ends."""
        if starts and change in self._deleted:
            self._open.add(change)
        else:
            self._open.discard(change)

    def _add(self, text: str | None, pieces: list[str]) -> None:
        if text and not self._open:
            pieces.append(_WHITE.sub(" ", text))

    # -- tables ---------------------------------------------------------------------------------

    def _table(self, table: etree._Element) -> None:
        """Add a table; rows that hold tables come as blocks in their places."""
        together: list[etree._Element] = []
        nested = next(table.iterdescendants(_TABLE), None) is not None
        for row in _rows(table):
            if not nested or not _holds_tables(row):
                together.append(row)
                continue
            self.into.table(self._read(together), layout=True)
            together = []
            for cell in row:
                self.blocks(cell)
        self.into.table(self._read(together), layout=nested)

    def _read(self, rows: Iterable[etree._Element]) -> list[list[GridCell]]:
        read: list[list[GridCell]] = []
        covers = False  # some programs leave out the cells that a span covers
        for row in rows:
            covers = covers or next(row.iter(_COVERED), None) is not None
            cells = self._row(row)
            times = _times(row, "number-rows-repeated")
            self._count((len(cells) or 1) * (times - 1) + 1)
            read += [list(cells) for _ in range(times)]
        return read if covers else _placed(read)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MAX_CELLS:
            raise Rejected("too_complex", detail=f"more than {_MAX_CELLS} cells")

    def _row(self, row: etree._Element) -> list[GridCell]:
        cells: list[GridCell] = []
        column = behind = 0
        for cell in row.iter(_CELL, _COVERED):
            times = _times(cell, "number-columns-repeated")
            if cell.tag == _COVERED:
                column += times
                continue
            paragraphs = [p for p in cell.iter(*_PARAGRAPHS) if not _is_in_shape(p)]
            if any(is_deep(paragraph, *_PARAGRAPHS) for paragraph in paragraphs):
                raise Rejected("too_complex", detail="nested paragraphs")
            lines = [self._line(paragraph) for paragraph in paragraphs]
            text = "\n".join(filter(None, lines))
            if next(cell.iter(_FRAME), None) is not None:
                text = of_cell(text + "".join(map(_picture, cell.iter(_FRAME))))
            across = _times(cell, "number-columns-spanned")
            down = _times(cell, "number-rows-spanned")
            self._count(times)
            for _ in range(times):
                column = max(column, behind)
                cells.append(make(GridCell, (text, column, across, down)))
                column, behind = column + 1, column + across
        return cells


def _placed(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """Give the cells of a table their raster columns by its spans."""
    columns = rastered([(cell.colspan, cell.rowspan) for cell in row] for row in rows)
    return [
        [cell._replace(column=at) for cell, at in zip(row, held, strict=True)]
        for row, held in zip(rows, columns, strict=True)
    ]


def _holds_tables(row: etree._Element) -> bool:
    """Tell whether a row holds tables.

    A number may stand in a table of its own: that is taken out of the tree, and it is the cell's.
    """
    inner = list(row.iter(_TABLE))
    for table in inner:
        cells, text = list(table.iter(_CELL)), "".join(map(str, table.itertext())).strip()
        if len(cells) > 1 or len(text) > LONGEST_NUMBER:
            return True
    for table in inner:
        unwrap(table, *_PARAGRAPHS)
    return False


def _is_in_shape(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph is of a shape inside another, which has its text."""
    shape = paragraph.getparent()
    if shape is None or shape.tag != _SHAPE:
        return False
    return next(shape.iterancestors(*_PARAGRAPHS), None) is not None


def _picture(frame: etree._Element) -> str:
    """Return what stands for a picture or a formula; nothing for a box of text."""
    if next(frame.iter(_BOX), None) is not None or next(frame.iter(*_SHOWN), None) is None:
        return ""
    about = next(frame.iter(*_ABOUT), None)
    return picture("" if about is None else about.text or "")


def _times(element: etree._Element, name: str) -> int:
    return max(1, number(element.get(f"{_TABLES}{name}"), 1))


def _rows(holder: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table that are shown, through the groups that hold them."""
    for child in holder:
        if child.tag in _ROWS:
            yield from _rows(child)
        elif child.tag == _ROW and child.get(f"{_TABLES}visibility", "visible") == "visible":
            yield child


def _holds_text(pieces: list[str]) -> bool:
    """Tell whether some piece is no blank; as a rule, one of the last is not."""
    return any(not piece.isspace() for piece in reversed(pieces))

"""PDF pages: ruled tables that run over page breaks, wrapped labels, numbers on middle lines."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.testbed import blanks, reshaping, wording
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_FONT = "STSong-Light"
#: A4, in points.
_SHORT, _LONG, _MARGIN = 595, 842, 62
_TEXT, _SMALL = 12, 9
#: What a line break leaves whole: a run of letters and digits, or one other character.
_PIECES = re.compile(r"[0-9A-Za-z.,-]+|.")


@cache
def font() -> str:
    """Return the name of the Chinese font."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return _FONT


def wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most ``width`` points; words and numbers stay whole."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for piece in _PIECES.findall(part):
            if line and pdfmetrics.stringWidth(line + piece, font(), size) > width:
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    return lines


@dataclass(frozen=True)
class _Look:
    """How tables look.

    Attributes:
        repeat: whether the header of table three repeats on the next page.
        upright: whether 三、本年度办理结果 stands character by character.
        rotated: whether it and the groups' labels are turned by a quarter.
        wide: whether pages are wider than high.
    """

    repeat: bool
    upright: bool
    rotated: bool = False
    wide: bool = False


#: Column widths in shares, by number of columns.
SHARES = {
    4: (3.0, 2, 2, 2),
    10: (0.8, 1.6, 4.4, 1.3, 1.3, 1.3, 1.4, 1.4, 1.2, 1.2),
    15: (1.0,) * 15,
}


class _Printer:
    """A cursor that moves down a canvas, page by page."""

    def __init__(self, look: _Look) -> None:
        self.look = look
        self.buffer = io.BytesIO()
        self.width, self.height = (_LONG, _SHORT) if look.wide else (_SHORT, _LONG)
        self.canvas = Canvas(self.buffer, pagesize=(self.width, self.height), invariant=1)
        self.page = 1
        self.y: float = self.height - _MARGIN

    def turn(self) -> None:
        """Number the page and start the next one."""
        self.canvas.setFont(font(), _SMALL)
        self.canvas.drawCentredString(self.width / 2, 30, f"- {self.page} -")
        self.canvas.showPage()
        self.page += 1
        self.y = self.height - _MARGIN

    def line(self, text: str, size: float = _TEXT, *, centre: bool = False) -> None:
        """Print one line of text."""
        leading = size * 1.7
        if self.y - leading < _MARGIN:
            self.turn()
        self.y -= leading
        self.canvas.setFont(font(), size)
        if centre:
            self.canvas.drawCentredString(self.width / 2, self.y, text)
        else:
            self.canvas.drawString(_MARGIN, self.y, text)

    def paragraph(self, text: str) -> None:
        """Print a paragraph with an indent of two characters."""
        for line in wrap("　　" + text, self.width - 2 * _MARGIN, _TEXT):
            self.line(line)

    def _cell_lines(self, cell: Cell, width: float) -> list[str]:
        upright = self.look.upright and cell.text.startswith("三、")
        text = "\n".join(cell.text) if upright and cell.kind == "group" else cell.text
        return wrap(text, width - 4, _SMALL)

    def table(self, table: Table) -> None:
        """Print a ruled table; a span that a page break cuts goes on, unlabelled, on the next."""
        columns = max(len(row) for row in table.raster())
        shares = SHARES[table.columns] + (1.0,) * (columns - table.columns)
        unit = (self.width - 2 * _MARGIN) / sum(shares)
        edges = [float(_MARGIN)]
        for share in shares:
            edges.append(edges[-1] + share * unit)
        raster = table.raster()
        leading = _SMALL * 1.3
        heights = []
        for row in raster:
            tallest = 1
            for x, (cell, first) in enumerate(row):
                if first and cell is not None and cell.rowspan == 1:
                    width = edges[min(x + cell.colspan, columns)] - edges[x]
                    tallest = max(tallest, len(self._cell_lines(cell, width)))
            heights.append(tallest * leading + 6)
        self.y -= 8
        if self.y - sum(heights[: table.head_rows + 1]) < _MARGIN:  # a header stays whole
            self.turn()
        rows = list(range(len(raster)))
        while rows:
            taken: list[int] = []
            left = self.y - _MARGIN
            while rows and (not taken or heights[rows[0]] <= left):
                left -= heights[rows[0]]
                taken.append(rows.pop(0))
            if self.y - sum(heights[i] for i in taken) < _MARGIN - 1:
                rows = taken + rows
                self.turn()
                continue
            self._segment(raster, taken, heights, edges)
            if rows:
                self.turn()
                if self.look.repeat and taken[-1] >= table.head_rows and table.name == "三":
                    rows = list(range(table.head_rows)) + rows
        self.y -= 8

    def _segment(
        self,
        raster: list[list[tuple[Cell | None, bool]]],
        taken: list[int],
        heights: list[float],
        edges: list[float],
    ) -> None:
        """Draw the rows ``taken`` from the cursor down."""
        tops = [self.y]
        for i in taken:
            tops.append(tops[-1] - heights[i])
        drawn: set[int] = set()
        self.canvas.setFont(font(), _SMALL)
        for n, i in enumerate(taken):
            for x, (cell, first) in enumerate(raster[i]):
                if cell is None or id(cell) in drawn:
                    continue
                drawn.add(id(cell))
                deep = 1
                while n + deep < len(taken) and any(
                    cell is other for other, _ in raster[taken[n + deep]]
                ):
                    deep += 1
                right = edges[min(x + cell.colspan, len(edges) - 1)]
                top, bottom = tops[n], tops[n + deep]
                self.canvas.rect(edges[x], bottom, right - edges[x], top - bottom)
                if first:
                    self._write(cell, (edges[x], right), (top, bottom))
        self.y = tops[-1]

    def _write(self, cell: Cell, across: tuple[float, float], down: tuple[float, float]) -> None:
        """Write a cell's text into the middle of its box."""
        (left, right), (top, bottom) = across, down
        middle = (left + right) / 2, (top + bottom) / 2
        if self.look.rotated and cell.kind == "group":
            self.canvas.saveState()
            self.canvas.translate(*middle)
            self.canvas.rotate(90)
            self.canvas.drawCentredString(0, -_SMALL / 3, cell.text.replace("\n", ""))
            self.canvas.restoreState()
            return
        lines = self._cell_lines(cell, right - left)
        leading = _SMALL * 1.3
        y = middle[1] + len(lines) * leading / 2 - _SMALL
        for line in lines:
            if cell.kind == "label":
                self.canvas.drawString(left + 2, y, line)
            else:
                self.canvas.drawCentredString(middle[0], y, line)
            y -= leading

    def finish(self) -> bytes:
        """Number the last page and return the file."""
        self.turn()
        self.canvas.save()
        return self.buffer.getvalue()


def _print(content: Content, look: _Look) -> bytes:
    printer = _Printer(look)
    width = printer.width - 2 * _MARGIN
    for line in wrap(content.title, width, 16):
        printer.line(line, 16, centre=True)
    printer.line(f"（{content.published}）", centre=True)
    for _, block in content.blocks():
        if isinstance(block, str):
            printer.paragraph(block)
        else:
            printer.table(block)
    return printer.finish()


def _upright(content: Content, rng: Random) -> bytes:
    return _print(content, _Look(repeat=rng.random() < 0.3, upright=rng.random() < 0.6))


def _rotated(content: Content, rng: Random) -> bytes:
    return _print(content, _Look(repeat=rng.random() < 0.3, upright=False, rotated=True))


def _wide(content: Content, rng: Random) -> bytes:
    return _print(content, _Look(repeat=rng.random() < 0.3, upright=False, wide=True))


_PRINTS = frozenset({"title", "published_on"})
STYLES = (
    Style("pdf-ruled", ".pdf", _upright, _PRINTS),
    Style("pdf-rotated", ".pdf", _rotated, _PRINTS),
    Style("pdf-wide", ".pdf", _wide, _PRINTS),
    Style("pdf-words", ".pdf", _upright, _PRINTS, change=(
        wording.numbering, wording.articles, reshaping.two_row_heads)),
    Style("pdf-blanks", ".pdf", _upright, _PRINTS, prepare=(blanks.any_policy,), blanks=True),
)  # fmt: skip

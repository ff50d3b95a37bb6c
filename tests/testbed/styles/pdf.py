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

from tests.testbed import blanks, wording
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_FONT = "STSong-Light"
_WIDTH, _HEIGHT, _MARGIN = 595, 842, 62
_TEXT, _SMALL = 12, 9
#: What a line break leaves whole: a run of letters and digits, or one other character.
_PIECES = re.compile(r"[0-9A-Za-z.,-]+|.")


@cache
def _font() -> str:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    return _FONT


def _wrap(text: str, width: float, size: float) -> list[str]:
    """Break a text into lines of at most ``width`` points; words and numbers stay whole."""
    lines = []
    for part in text.split("\n"):
        line = ""
        for piece in _PIECES.findall(part):
            if line and pdfmetrics.stringWidth(line + piece, _font(), size) > width:
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
    """

    repeat: bool
    upright: bool


#: Column widths in shares, by number of columns.
_SHARES = {
    4: (3.0, 2, 2, 2),
    10: (0.8, 1.6, 4.4, 1.3, 1.3, 1.3, 1.4, 1.4, 1.2, 1.2),
    15: (1.0,) * 15,
}


class _Printer:
    """A cursor that moves down a canvas, page by page."""

    def __init__(self, look: _Look) -> None:
        self.look = look
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1)
        self.page = 1
        self.y: float = _HEIGHT - _MARGIN

    def turn(self) -> None:
        """Number the page and start the next one."""
        self.canvas.setFont(_font(), _SMALL)
        self.canvas.drawCentredString(_WIDTH / 2, 30, f"- {self.page} -")
        self.canvas.showPage()
        self.page += 1
        self.y = _HEIGHT - _MARGIN

    def line(self, text: str, size: float = _TEXT, *, centre: bool = False) -> None:
        """Print one line of text."""
        leading = size * 1.7
        if self.y - leading < _MARGIN:
            self.turn()
        self.y -= leading
        self.canvas.setFont(_font(), size)
        if centre:
            self.canvas.drawCentredString(_WIDTH / 2, self.y, text)
        else:
            self.canvas.drawString(_MARGIN, self.y, text)

    def paragraph(self, text: str) -> None:
        """Print a paragraph with an indent of two characters."""
        for line in _wrap("　　" + text, _WIDTH - 2 * _MARGIN, _TEXT):
            self.line(line)

    def _cell_lines(self, cell: Cell, width: float) -> list[str]:
        upright = self.look.upright and cell.text.startswith("三、")
        text = "\n".join(cell.text) if upright and cell.kind == "group" else cell.text
        return _wrap(text, width - 4, _SMALL)

    def table(self, table: Table) -> None:
        """Print a ruled table; a span that a page break cuts goes on, unlabelled, on the next."""
        columns = max(len(row) for row in table.raster())
        shares = _SHARES[table.columns] + (1.0,) * (columns - table.columns)
        unit = (_WIDTH - 2 * _MARGIN) / sum(shares)
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
        leading = _SMALL * 1.3
        self.canvas.setFont(_font(), _SMALL)
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
                if not first:
                    continue
                lines = self._cell_lines(cell, right - edges[x])
                y = (top + bottom) / 2 + len(lines) * leading / 2 - _SMALL
                for line in lines:
                    if cell.kind == "label":
                        self.canvas.drawString(edges[x] + 2, y, line)
                    else:
                        self.canvas.drawCentredString((edges[x] + right) / 2, y, line)
                    y -= leading
        self.y = tops[-1]

    def finish(self) -> bytes:
        """Number the last page and return the file."""
        self.turn()
        self.canvas.save()
        return self.buffer.getvalue()


def _render(content: Content, rng: Random) -> bytes:
    printer = _Printer(_Look(repeat=rng.random() < 0.3, upright=rng.random() < 0.6))
    width = _WIDTH - 2 * _MARGIN
    for line in _wrap(content.title, width, 16):
        printer.line(line, 16, centre=True)
    printer.line(f"（{content.published}）", centre=True)
    for _, block in content.blocks():
        if isinstance(block, str):
            printer.paragraph(block)
        else:
            printer.table(block)
    return printer.finish()


_PRINTS = frozenset({"title", "published_on"})
STYLES = (
    Style("pdf-ruled", ".pdf", _render, _PRINTS),
    Style("pdf-words", ".pdf", _render, _PRINTS, change=(
        wording.numbering, wording.articles, wording.two_row_heads)),
    Style("pdf-blanks", ".pdf", _render, _PRINTS, prepare=(blanks.any_policy,), blanks=True),
)  # fmt: skip

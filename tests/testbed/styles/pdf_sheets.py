"""PDF pages of a spreadsheet whose columns are cut to several; a table that stands aside."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from reportlab.pdfgen.canvas import Canvas

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf import font, wrap
from tests.testbed.styles.pdf_drawn import PRINTS, Look, Printer, drawn

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

#: A4, in points; columns of a sheet, and how many of them text covers.
_WIDTH, _HEIGHT, _MARGIN = 595, 842, 50
_COLUMN, _COVERED, _SIZE, _LEADING = 70, 10, 8, 11
#: A cell of a sheet: its text, first column, columns, height of its rows, whether it has borders.
_Drawn = tuple[str, int, int, float, bool]


class _Sheet:
    """Rows of a spreadsheet, page by page; a page shows some of the columns of its rows."""

    def __init__(self, rng: Random) -> None:
        self.pages: list[list[tuple[float, list[_Drawn]]]] = [[]]
        self.y: float = _HEIGHT - _MARGIN
        self.ruled, self.shown = rng.random() < 0.7, rng.choice((5, 6, 7))
        self.over_first = rng.random() < 0.5

    def row(self, cells: list[_Drawn], height: float) -> None:
        """Add a row; it stays whole."""
        if self.y - height < _MARGIN:
            self.pages.append([])
            self.y = _HEIGHT - _MARGIN
        self.y -= height
        self.pages[-1].append((self.y + height, cells))

    def text(self, text: str) -> None:
        """Add a text in a cell that covers the columns of the widest label."""
        height = _LEADING * len(wrap(text, _COVERED * _COLUMN - 6, _SIZE)) + 5.0
        self.row([(text, 0, _COVERED, height, False)], height)

    def table(self, table: Table) -> None:
        """Add a table; a cell that covers rows is as high as they are together."""
        raster = table.raster()
        heights = [
            max(_height(cell) for cell, first in row if first and cell and cell.rowspan == 1)
            for row in raster
        ]
        for i, row in enumerate(raster):
            cells = [
                (cell.text, x, cell.colspan, sum(heights[i : i + cell.rowspan]), self.ruled)
                for x, (cell, first) in enumerate(row)
                if first and cell is not None
            ]
            self.row(cells, heights[i])

    def finish(self) -> bytes:
        """Print the pages: all rows and then the next columns, or the other way round."""
        buffer = io.BytesIO()
        canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=1)
        starts = range(0, 15, self.shown)
        order = [(n, start) for start in starts for n in range(len(self.pages))]
        for number, start in sorted(order) if self.over_first else order:
            shown = range(start, start + self.shown)
            rows = self.pages[number]
            if any(x in shown for _, cells in rows for _, x, *_ in cells):
                for top, cells in rows:
                    for cell in cells:
                        _draw(canvas, cell, top, shown)
                canvas.showPage()
        canvas.save()
        return buffer.getvalue()


def _height(cell: Cell) -> float:
    return _LEADING * len(wrap(cell.text, cell.colspan * _COLUMN - 6, _SIZE)) + 5.0


def _draw(canvas: Canvas, cell: _Drawn, top: float, shown: range) -> None:
    """Draw what a page shows of a cell: the whole of its text, cut off at the page's edges."""
    text, x, width, height, ruled = cell
    own = range(max(x, shown.start), min(x + width, shown.stop))
    if not own:
        return
    left = _MARGIN + (x - shown.start) * _COLUMN
    lines = wrap(text, width * _COLUMN - 6, _SIZE)
    y = top - (height - _LEADING * len(lines)) / 2 - _SIZE
    canvas.setFont(font(), _SIZE)
    for line in lines:
        if width < _COVERED:
            canvas.drawCentredString(left + width * _COLUMN / 2, y, line)
        else:
            canvas.drawString(left + 3, y, line)
        y -= _LEADING
    if ruled:
        ends = (_MARGIN + (n - shown.start) * _COLUMN for n in (own.start, own.stop))
        x0, x1 = ends
        canvas.rect(x0, top - height, x1 - x0, height)


def _cut(content: Content, rng: Random) -> bytes:
    """A spreadsheet printed on pages that are narrower than it is."""
    sheet = _Sheet(rng)
    sheet.text(content.title)
    sheet.text(f"（{content.published}）")
    for _, block in content.blocks():
        if isinstance(block, str):
            sheet.text(block)
        else:
            sheet.table(block)
    return sheet.finish()


class _Aside(Printer):
    """Table three stands aside on a page whose number and caption are upright."""

    def table(self, table: Table) -> None:
        """Print a table; the widest one on a page of its own."""
        if table.name != "三":
            super().table(table)
            return
        self.turn()
        self.line("附表", self.look.size)
        self.canvas.saveState()
        self.canvas.translate(_WIDTH - _MARGIN, _MARGIN + 100)
        self.canvas.rotate(90)
        self.left, self.y = 0.0, _WIDTH - 2.0 * _MARGIN + 40
        super().table(table)
        self.canvas.restoreState()
        self.left, self.y = _MARGIN, _MARGIN


STYLES = (
    Style("pdf-cut-sheet", ".pdf", _cut, PRINTS, prepare=(blanks.any_policy,), blanks=True),
    Style("pdf-table-aside", ".pdf", drawn(Look(size=6), _Aside), PRINTS),
)

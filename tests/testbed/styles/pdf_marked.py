"""PDF pages with raised notes, double rules and shades, wide-set tables, and too wide numbers."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tests.testbed import blanks, wording
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf import font
from tests.testbed.styles.pdf_drawn import PRINTS, Look, Printer, drawn

if TYPE_CHECKING:
    from tests.testbed.matrix import Cell, Table

# Columns that are narrower hold counts; a number is so much wider (points, share).
_NARROW, _WIDER = 60, 1.3

_Box = tuple[float, float, float, float]


class _Noted(Printer):
    """Small raised digits behind some numbers."""

    def fill(self, cell: Cell, box: _Box, lines: list[str]) -> None:
        super().fill(cell, box, lines)
        if cell.kind != "number" or not cell.text.isdigit() or self.rng.random() > 0.1:
            return
        size = self.look.size
        x = (box[0] + box[2] + self.width(cell.text, size)) / 2
        y = (box[1] + box[3]) / 2 + self.leading / 2 - size
        self.write(x, y + size * 0.35, str(self.rng.randint(1, 9)), size * 0.6)


class _Shaded(Printer):
    """Shaded cells with two white rules between them; an address and page 1/3 at the foot."""

    def rule(self, box: _Box, inner: tuple[bool, bool, bool, bool]) -> None:
        del inner
        x0, y0, x1, y1 = box
        self.canvas.saveState()
        self.canvas.setFillColorRGB(0.85, 0.88, 0.95)
        self.canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setStrokeColorRGB(1, 1, 1)
        for gap in (0, 1.5):
            self.canvas.rect(x0 + gap, y0 + gap, x1 - x0 - 2 * gap, y1 - y0 - 2 * gap)
        self.canvas.restoreState()

    def turn(self) -> None:
        self.write(self.left, 12, f"http://www.example.gov.cn/8/t1.html  {self.number}/9", 7)
        super().turn()


class _Wide(Printer):
    """Tables with more space between their characters than the text has."""

    def table(self, table: Table) -> None:
        look = self.look
        self.look = replace(look, spacing=0.35)
        super().table(table)
        self.look = look


class _Wider(Printer):
    """Numbers that run across the rules of their cells, beside single digits."""

    def table(self, table: Table) -> None:
        self.wide: set[int] = set()
        for row in table.rows:
            free = True  # whether the cell before leaves room
            for cell, after in zip_longest(row, row[1:]):
                short = after is None or len(after.text) == 1
                long = cell.kind == "number" and cell.text.isdigit() and len(cell.text) > 1
                if long and short and free:
                    self.wide.add(id(cell))
                free = not long
        super().table(table)

    def fill(self, cell: Cell, box: _Box, lines: list[str]) -> None:
        width = box[2] - box[0]
        if id(cell) not in self.wide or len(lines) != 1 or width > _NARROW:
            super().fill(cell, box, lines)
            return
        size = self.look.size
        line = self.canvas.beginText(
            box[0] - width * (_WIDER - 1) / 2, (box[1] + box[3]) / 2 + self.leading / 2 - size
        )
        line.setFont(font(), size)
        line.setHorizScale(100 * width * _WIDER / self.width(cell.text, size))
        line.textOut(cell.text)
        self.canvas.saveState()
        self.canvas.drawText(line)
        self.canvas.restoreState()


STYLES = (
    Style("pdf-noted", ".pdf", drawn(Look(), _Noted), PRINTS),
    Style("pdf-shaded", ".pdf", drawn(Look(cut=True), _Shaded), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
    Style("pdf-set-wide", ".pdf", drawn(Look(size=7), _Wide), PRINTS, change=(wording.numbering,)),
    Style("pdf-wider", ".pdf", drawn(Look(), _Wider), PRINTS),
)  # fmt: skip

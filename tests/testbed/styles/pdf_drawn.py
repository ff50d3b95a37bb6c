"""PDF pages as other programs draw them: rows cut by the page, running heads, two on a sheet."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.testbed import blanks, reshaping, wording
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf import SHARES, font, wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

#: A4, in points.
_WIDTH, _HEIGHT, _MARGIN = 595, 842, 50
_TEXT, _TITLE, _HEAD = 12, 16, 9


@dataclass(frozen=True)
class Look:
    """How a page is drawn.

    Attributes:
        rules: ``box``, ``fill`` (thin filled shapes), ``dash``, ``open`` (none at the table's
            edges), ``flat`` (across only) or ``none``.
        cut: whether a row may go on on the next page.
        torn: whether the lines of a cell of such a row stay together, so that its label may stand
            on the next page and its numbers on this one.
        repeat: whether the head of table three does.
        running: whether pages have a head and a foot.
        watermark: whether they have one.
        spread: whether a sheet holds two pages.
        turn: how the pages are turned, in degrees.
        aside: whether a turned page does not say so, and its text stands aside.
        spacing: between characters, as a share of their size.
        size: of the tables' text.
        narrow: share of a cell's width that labels fill before they break.
    """

    rules: str = "box"
    cut: bool = False
    torn: bool = False
    repeat: bool = False
    running: bool = False
    watermark: bool = False
    spread: bool = False
    turn: int = 0
    aside: bool = False
    spacing: float = 0.0
    size: float = 9
    narrow: float = 1.0


#: A row of a table, or the lines of it that fit on a page: number, first line, behind last, height.
_Part = tuple[int, int, "int | None", float]


class Printer:
    """A cursor that moves down the pages."""

    def __init__(self, look: Look, head: str, rng: Random) -> None:
        self.look, self.head, self.rng = look, head, rng
        self.buffer = io.BytesIO()
        sheet = (_WIDTH * (1 + look.spread), _HEIGHT)
        self.canvas = Canvas(self.buffer, pagesize=sheet[::-1] if look.turn else sheet, invariant=1)
        self.number = 0
        self.left: float = _MARGIN
        self._begin()

    @property
    def leading(self) -> float:
        """Distance of the lines in tables."""
        return self.look.size * 1.3

    def _begin(self) -> None:
        self.number += 1
        self.y: float = _HEIGHT - _MARGIN
        second = self.look.spread and self.number % 2 == 0
        self.left = _MARGIN + _WIDTH * second
        if self.look.turn and not second:
            self.canvas.setPageRotation(0 if self.look.aside else self.look.turn)
            self.canvas.translate(_HEIGHT, 0)
            self.canvas.rotate(self.look.turn)
        if self.look.watermark:
            self.canvas.saveState()
            self.canvas.setFillGray(0.85)
            self.canvas.translate(self.left + 250, 420)
            self.canvas.rotate(45)
            self.write(-150, 0, "内部资料", 60)
            self.canvas.restoreState()

    def turn(self) -> None:
        """Number the page and start the next one."""
        foot = f"第 {self.number} 页" if self.look.running else f"- {self.number} -"
        self.write(self.left + 230, 24, foot, _HEAD)
        if self.look.running:
            self.write(self.left, _HEIGHT - 30, self.head, _HEAD)
            self.write(self.left + 460, _HEIGHT - 30, "年报", _HEAD)
        if not self.look.spread or self.number % 2 == 0:
            self.canvas.showPage()
        self._begin()

    def write(self, x: float, y: float, text: str, size: float) -> None:
        """Print a text without breaks."""
        line = self.canvas.beginText(x, y)
        line.setFont(font(), size)
        line.setCharSpace(size * self.look.spacing)
        line.textOut(text)
        self.canvas.drawText(line)

    def width(self, text: str, size: float) -> float:
        """Return how wide a text prints."""
        gaps = size * self.look.spacing * max(0, len(text) - 1)
        return float(pdfmetrics.stringWidth(text, font(), size)) + gaps

    def line(self, text: str, size: float = _TEXT, *, centre: bool = False) -> None:
        """Print one line of text."""
        if self.y - size * 1.7 < _MARGIN:
            self.turn()
        self.y -= size * 1.7
        width = _WIDTH - 2 * _MARGIN
        indent = (width - self.width(text, size)) / 2 if centre else 0
        self.write(self.left + indent, self.y, text, size)

    def paragraph(self, text: str, size: float = _TEXT, *, centre: bool = False) -> None:
        """Print a paragraph, with an indent of two characters unless it is centred."""
        width = (_WIDTH - 2 * _MARGIN) / (1 + self.look.spacing)
        for line in wrap(text if centre else "　　" + text, width, size):
            self.line(line, size, centre=centre)

    def _lines(self, cell: Cell, width: float) -> list[str]:
        share = self.look.narrow if cell.kind == "label" else 1
        return wrap(cell.text, (width - 4) * share / (1 + self.look.spacing), self.look.size)

    def table(self, table: Table) -> None:
        """Print a table."""
        raster = table.raster()
        columns = max(map(len, raster))
        shares = SHARES[table.columns] + (1.0,) * (columns - table.columns)
        unit = (_WIDTH - 2 * _MARGIN) / sum(shares)
        edges = [0.0]
        for share in shares:
            edges.append(edges[-1] + share * unit)
        heights = [
            self.leading
            * max(
                len(self._lines(cell, edges[min(x + cell.colspan, columns)] - edges[x]))
                for x, (cell, first) in enumerate(row)
                if first and cell is not None and cell.rowspan == 1
            )
            + 4
            for row in raster
        ]
        self.y -= 8
        if self.y - sum(heights[: table.head_rows + 1]) < _MARGIN:
            self.turn()
        rows = list(range(len(raster)))
        done = 0  # lines of the first row that stand on the page before
        again: list[_Part] = []
        while rows:
            parts, room = list(again), self.y - _MARGIN - sum(part[3] for part in again)
            cut = 0 if self.look.torn else self.leading
            while rows and (rest := heights[rows[0]] - done * cut) <= room:
                parts.append((rows.pop(0), done, None, rest))
                room -= rest
                done = 0
            fit = int((room - 4) / self.leading)
            if rows and self.look.cut and fit > 0:
                parts.append((rows[0], done, done + fit, fit * self.leading + 4))
                done += fit
            self._draw(raster, parts, edges)
            if rows:
                self.turn()
                if self.look.repeat and table.name == "三":
                    again = [(i, 0, None, heights[i]) for i in range(table.head_rows)]
        self.y -= 8

    def _draw(
        self,
        raster: list[list[tuple[Cell | None, bool]]],
        parts: list[_Part],
        edges: list[float],
    ) -> None:
        tops = [self.y]
        for part in parts:
            tops.append(tops[-1] - part[3])
        drawn: set[int] = set()
        for n, (i, start, stop, _) in enumerate(parts):
            for x, (cell, first) in enumerate(raster[i]):
                if cell is None or id(cell) in drawn:
                    continue
                drawn.add(id(cell))
                deep = 1
                while n + deep < len(parts) and any(
                    cell is other for other, _ in raster[parts[n + deep][0]]
                ):
                    deep += 1
                right = min(x + cell.colspan, len(edges) - 1)
                box = (self.left + edges[x], tops[n + deep], self.left + edges[right], tops[n])
                sides = (x > 0, n + deep < len(parts), right + 1 < len(edges), n > 0)
                self.rule(box, sides)
                if first:
                    lines = self._lines(cell, box[2] - box[0])
                    self.fill(
                        cell, box, self._part(lines, start, stop) if cell.rowspan == 1 else lines
                    )
        self.y = tops[-1]

    def _part(self, lines: list[str], start: int, stop: int | None) -> list[str]:
        """Return the lines of a cell that stand in a part of its row."""
        if not self.look.torn:
            return lines[start:stop]
        whole = len(lines) <= stop if stop is not None else not start or len(lines) > start
        return lines if whole else []

    def rule(
        self, box: tuple[float, float, float, float], inner: tuple[bool, bool, bool, bool]
    ) -> None:
        """Draw the rules around a cell; ``inner`` tells which of its sides lie in the table."""
        x0, y0, x1, y1 = box
        rules = self.look.rules
        sides = ((x0, y0, x0, y1), (x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1))
        for number, (side, inside) in enumerate(zip(sides, inner, strict=True)):
            across = number % 2 == 1
            if rules == "none" or (rules == "flat" and not across):
                continue
            if rules == "open" and not inside:
                continue
            if rules == "fill":
                xa, ya, xb, yb = side
                self.canvas.rect(xa, ya, max(xb - xa, 0.5), max(yb - ya, 0.5), stroke=0, fill=1)
                continue
            self.canvas.setDash(*((3, 2) if rules == "dash" else ()))
            self.canvas.line(*side)

    def fill(self, cell: Cell, box: tuple[float, float, float, float], lines: list[str]) -> None:
        """Print the lines of a cell into its box."""
        size = self.look.size
        y = (box[1] + box[3]) / 2 + len(lines) * self.leading / 2 - size
        for line in lines:
            indent = (box[2] - box[0] - self.width(line, size)) / 2
            self.write(box[0] + (2 if cell.kind == "label" else indent), y, line, size)
            y -= self.leading

    def finish(self) -> bytes:
        """Number the last page and return the file."""
        self.turn()
        self.canvas.save()
        return self.buffer.getvalue()


def drawn(look: Look, kind: type[Printer] = Printer) -> Callable[[Content, Random], bytes]:
    """Return what prints a report with a look."""

    def render(content: Content, rng: Random) -> bytes:
        printer = kind(look, "某某县政务公开办公室汇编", rng)
        printer.paragraph(content.title, _TITLE, centre=True)
        printer.paragraph(f"（{content.published}）", centre=True)
        for _, block in content.blocks():
            if isinstance(block, str):
                printer.paragraph(block)
            else:
                printer.table(block)
        return printer.finish()

    return render


PRINTS = frozenset({"title", "published_on"})
_LABELS = (wording.numbering, wording.articles)
STYLES = (
    Style("pdf-cut", ".pdf", drawn(Look(cut=True, narrow=0.6)), PRINTS, change=_LABELS),
    Style("pdf-cut-repeat", ".pdf", drawn(Look(cut=True, repeat=True, narrow=0.6)), PRINTS,
          change=(reshaping.two_row_heads,)),
    Style("pdf-running", ".pdf", drawn(Look(running=True, cut=True)), PRINTS),
    Style("pdf-watermark", ".pdf", drawn(Look(watermark=True, rules="fill")), PRINTS),
    Style("pdf-spaced", ".pdf", drawn(Look(spacing=0.3, size=7, rules="open")), PRINTS),
    Style("pdf-spread", ".pdf", drawn(Look(spread=True, running=True)), PRINTS),
    Style("pdf-turned", ".pdf", drawn(Look(turn=90, rules="dash")), PRINTS),
    Style("pdf-aside", ".pdf", drawn(Look(turn=90, aside=True)), PRINTS),
    Style("pdf-flat", ".pdf", drawn(Look(rules="flat", size=7)), PRINTS),
    Style("pdf-bare", ".pdf", drawn(Look(rules="none", size=7)), PRINTS),
    Style("pdf-cut-blanks", ".pdf", drawn(Look(cut=True)), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
)  # fmt: skip

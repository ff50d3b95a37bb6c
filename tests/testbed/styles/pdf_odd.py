"""PDF pages ruled between columns alone, in strips, on their side, in columns, or corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf_drawn import PRINTS, Look, Printer, drawn

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.matrix import Cell


class _Columns(Printer):
    """A frame around each table, and rules between its columns."""

    def rule(
        self, box: tuple[float, float, float, float], inner: tuple[bool, bool, bool, bool]
    ) -> None:
        """Draw the sides of a cell, and those ends of it that are the table's."""
        x0, y0, x1, y1 = box
        for x in (x0, x1):
            self.canvas.line(x, y0, x, y1)
        for y, inside in ((y0, inner[1]), (y1, inner[3])):
            if not inside:
                self.canvas.line(x0, y, x1, y)


class _Sideways(Printer):
    """Pages that say that they are turned, and are not."""

    def _begin(self) -> None:
        super()._begin()
        self.canvas.setPageRotation(90 * (1 + self.number % 2))


class _TwoColumns(Printer):
    """Two columns on a page that is higher than wide."""

    def __init__(self, look: Look, head: str, rng: Random) -> None:
        super().__init__(look, head, rng)
        self.canvas.setPageSize((1190, 1684))

    def turn(self) -> None:
        """Begin the next column."""
        if self.number % 2 == 0:
            self.canvas.showPage()
        self._begin()


class _Corrected(Printer):
    """Some numbers painted over with white, and others printed upon it."""

    def fill(self, cell: Cell, box: tuple[float, float, float, float], lines: list[str]) -> None:
        if cell.kind == "number" and self.rng.random() < 0.05:
            super().fill(cell, box, [str(self.rng.randint(0, 999))])
            self.canvas.saveState()
            self.canvas.setFillGray(1)
            x0, y0, x1, y1 = box
            self.canvas.rect(x0 + 1, y0 + 1, x1 - x0 - 2, y1 - y0 - 2, stroke=0, fill=1)
            self.canvas.restoreState()
        super().fill(cell, box, lines)


class _Strips(Printer):
    """Every second row shaded, without rules; the cells of a row hold their words at any height."""

    def __init__(self, look: Look, head: str, rng: Random) -> None:
        super().__init__(look, head, rng)
        self.rows: dict[float, bool] = {}

    def rule(
        self, box: tuple[float, float, float, float], inner: tuple[bool, bool, bool, bool]
    ) -> None:
        """Shade a cell, if the row that it begins in is."""
        x0, y0, x1, y1 = box
        if not inner[3]:
            self.rows = {}
        if self.rows.setdefault(y1, len(self.rows) % 2 == 0):
            self.canvas.saveState()
            self.canvas.setFillGray(0.93)
            self.canvas.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)
            self.canvas.restoreState()

    def fill(self, cell: Cell, box: tuple[float, float, float, float], lines: list[str]) -> None:
        """Print the lines of a number at the top, in the middle or at the bottom of its cell."""
        x0, y0, x1, y1 = box
        room = y1 - y0 - len(lines) * self.leading - 4
        if cell.kind == "number":
            up = room * self.rng.choice((-1, 0, 1))
            box = (x0, y0 + max(up, 0), x1, y1 + min(up, 0))
        super().fill(cell, box, lines)


STYLES = (
    Style("pdf-columns", ".pdf", drawn(Look(size=7), _Columns), PRINTS),
    Style("pdf-sideways", ".pdf", drawn(Look(), _Sideways), PRINTS),
    Style(
        "pdf-bare-blanks",
        ".pdf",
        drawn(Look(rules="none")),
        PRINTS,
        prepare=(blanks.any_policy,),
        blanks=True,
    ),
    Style("pdf-two-columns", ".pdf", drawn(Look(spread=True), _TwoColumns), PRINTS),
    Style(
        "pdf-corrected",
        ".pdf",
        drawn(Look(), _Corrected),
        PRINTS,
        prepare=(blanks.any_policy,),
        blanks=True,
    ),
    Style("pdf-narrow", ".pdf", drawn(Look(rules="none", size=7, narrow=0.45)), PRINTS),
    Style(
        "pdf-strips",
        ".pdf",
        drawn(Look(rules="none", size=7, narrow=0.45), _Strips),
        PRINTS,
        prepare=(blanks.any_policy,),
        blanks=True,
    ),
)

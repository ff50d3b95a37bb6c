"""PDF pages with rules between columns alone, on their side, or with labels a few signs wide."""

from __future__ import annotations

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf_drawn import PRINTS, Look, Printer, drawn


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
    Style("pdf-narrow", ".pdf", drawn(Look(rules="none", size=7, narrow=0.45)), PRINTS),
)

"""PDF pages with more on them than the report: numbers of lines, user names that shine through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf_drawn import PRINTS, Look, Printer, drawn

if TYPE_CHECKING:
    from random import Random


class _Counted(Printer):
    """Every line of text has its number in the margin; tables have none."""

    def __init__(self, look: Look, head: str, rng: Random) -> None:
        super().__init__(look, head, rng)
        self.lines = 0

    def line(self, text: str, size: float = 12, *, centre: bool = False) -> None:
        super().line(text, size, centre=centre)
        self.lines += 1
        number = str(self.lines)
        self.write(self.left - 10 - self.width(number, 8), self.y, number, 8)


class _Named(Printer):
    """The number of who printed the page shines through, many times and level with the text."""

    def turn(self) -> None:
        self.canvas.saveState()
        self.canvas.setFillAlpha(0.25)
        for _ in range(30):
            x, y = self.rng.uniform(self.left, 500), self.rng.uniform(60, 780)
            self.write(x, y, str(self.rng.randint(10, 99999)), 10)
        self.canvas.restoreState()
        super().turn()


STYLES = (
    Style("pdf-counted", ".pdf", drawn(Look(cut=True), _Counted), PRINTS),
    Style("pdf-named", ".pdf", drawn(Look(), _Named), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
)  # fmt: skip

"""PDF pages with borders as browsers draw them: piece by piece, or around each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.pdf_drawn import PRINTS, Look, Printer, drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Box = tuple[float, float, float, float]

#: Thickness of a border, and by how much a cell of its own stands apart from its neighbours.
_THICK, _APART = 0.75, 2.0
#: Length of the pieces of a border, and the gaps between them.
_PIECES = {"dots": (0.75, 0.75), "dashes": (2.25, 1.5)}


class _Borders(Printer):
    """``dots`` and ``dashes`` one by one, cells ``apart``, or each with a filled ``frame``."""

    def rule(self, box: _Box, inner: tuple[bool, bool, bool, bool]) -> None:
        """Draw the border of a cell."""
        del inner
        x0, y0, x1, y1 = box
        rules = self.look.rules
        if rules == "apart":
            self.canvas.rect(x0 + _APART, y0 + _APART, *self._inside(box, _APART))
            return
        if rules == "frame":
            path = self.canvas.beginPath()
            path.rect(x0 + 1, y0 + 1, *self._inside(box, 1))
            path.rect(x0 + 1 + _THICK, y0 + 1 + _THICK, *self._inside(box, 1 + _THICK))
            self.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
            return
        path = self.canvas.beginPath()
        for x in (x0, x1):
            for y, length in self._pieces(y0, y1):
                path.rect(x, y, _THICK, length)
        for y in (y0, y1):
            for x, length in self._pieces(x0, x1):
                path.rect(x, y, length, _THICK)
        self.canvas.drawPath(path, stroke=0, fill=1)

    @staticmethod
    def _inside(box: _Box, by: float) -> tuple[float, float]:
        return box[2] - box[0] - 2 * by, box[3] - box[1] - 2 * by

    def _pieces(self, start: float, end: float) -> Iterator[tuple[float, float]]:
        """Yield where the pieces of a border begin, and their length: one ends where it does."""
        length, gap = _PIECES[self.look.rules]
        count = max(1, round((end - start - length) / (length + gap)))
        for number in range(count + 1):
            yield start + number * (end - start - length) / count, length


STYLES = (
    Style("pdf-dotted", ".pdf", drawn(Look(rules="dots", cut=True), _Borders), PRINTS),
    Style("pdf-dashed", ".pdf", drawn(Look(rules="dashes"), _Borders), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
    Style("pdf-apart", ".pdf", drawn(Look(rules="apart"), _Borders), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
    Style("pdf-framed", ".pdf", drawn(Look(rules="frame"), _Borders), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
    Style("pdf-torn", ".pdf", drawn(Look(cut=True, torn=True, narrow=0.6)), PRINTS,
          prepare=(blanks.any_policy,), blanks=True),
)  # fmt: skip

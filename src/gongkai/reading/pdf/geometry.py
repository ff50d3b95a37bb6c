"""Straight lines and boxes of a page; points from the upper left corner of the upright page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pypdfium2 import PdfPage

#: x0, top, x1, bottom.
Box = tuple[float, float, float, float]
Points = list[tuple[float, float]]
#: What pdfium's objects are scaled, turned and moved by.
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
#: Sides are straight to this; thinner shapes are rules, however they were drawn (points).
FLAT, THIN = 1.0, 3.0
#: Points of a box: its corners, and once or twice the first one again.
BOX_POINTS = range(4, 7)


class Rule(NamedTuple):
    """A straight line: at ``at``, from ``start`` to ``end`` along the other axis."""

    at: float
    start: float
    end: float


class Upright:
    """Turns PDF coordinates into those of the upright page, from its upper left corner.

    Attributes:
        turn: by how much the page is turned to be upright, degrees clockwise.
    """

    def __init__(self, page: PdfPage, more: int = 0) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self.turn = (page.get_rotation() + more) % 360

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        ends = self._right - self._left, self._top - self._bottom
        return ends if self.turn in (0, 180) else ends[::-1]

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the upright page."""
        if self.turn == 90:  # noqa: PLR2004 - degrees
            return y - self._bottom, x - self._left
        if self.turn == 180:  # noqa: PLR2004
            return self._right - x, y - self._bottom
        if self.turn == 270:  # noqa: PLR2004
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return x0, top, x1, bottom."""
        if not self.turn:
            return left - self._left, self._top - top, right - self._left, self._top - bottom
        xa, ya = self(left, top)
        xb, yb = self(right, bottom)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def bounds(points: Points) -> Box:
    """Return the box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix of an object within another one."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def levels(rules: Iterable[Rule], near: float) -> list[list[Rule]]:
    """Return rules in order, those together that lie within ``near`` of the first of them."""
    found: list[list[Rule]] = []
    for rule in sorted(rules):
        if found and rule.at - found[-1][0].at <= near:
            found[-1].append(rule)
        else:
            found.append([rule])
    return found


def joined(rules: Iterable[Rule], gap: float) -> list[tuple[float, float]]:
    """Return where rules of one level run together; gaps up to ``gap`` are closed."""
    runs: list[tuple[float, float]] = []
    for start, end in sorted((rule.start, rule.end) for rule in rules):
        if runs and start <= runs[-1][1] + gap:
            runs[-1] = runs[-1][0], max(runs[-1][1], end)
        else:
            runs.append((start, end))
    return runs

"""What a PDF page draws: characters and rules, through pdfium."""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2.raw as pdfium

from gongkai.reading.failures import Rejected

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextpage

# Thinner shapes are rules, however they were drawn (points).
_THIN = 3.0
_FLAT = 1.0
# Text turned by anything but quarters is a watermark; a scan's may be aslant by this (degrees).
_OBLIQUE = 8.0
# Pages of drawings are no reports; their paths would cost time.
_MAX_RULES = 20_000
_MAX_FORMS = 3
_MAX_CHARS = 100_000

_Matrix = tuple[float, float, float, float, float, float]


class Char(NamedTuple):
    """A printed character; points from the upper left corner of the upright page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    upright: bool


class Rule(NamedTuple):
    """A straight line: at ``at``, from ``start`` to ``end`` along the other axis."""

    at: float
    start: float
    end: float


@dataclass
class Drawn:
    """A page's contents.

    Attributes:
        chars: characters in the order of the file.
        across: horizontal rules.
        down: vertical rules.
        images: whether it draws images.
        width: of the upright page, points.
        unmapped: characters whose meaning the font does not tell.
    """

    chars: list[Char] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    images: bool = False
    width: float = 0.0
    unmapped: int = 0


class _Upright:
    """Turns PDF coordinates into those of the upright page, from its upper left corner."""

    def __init__(self, page: PdfPage) -> None:
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        self._turn = page.get_rotation()

    @property
    def width(self) -> float:
        """Width of the upright page."""
        ends = self._top - self._bottom, self._right - self._left
        return float(ends[self._turn in (0, 180)])

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:  # noqa: PLR2004 - degrees
            return y - self._bottom, x - self._left
        if self._turn == 180:  # noqa: PLR2004
            return self._right - x, y - self._bottom
        if self._turn == 270:  # noqa: PLR2004
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
        """Return x0, top, x1, bottom."""
        xa, ya = self(left, top)
        xb, yb = self(right, bottom)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def draw(page: PdfPage) -> Drawn:
    """Collect the characters and rules of a page."""
    drawn = Drawn()
    upright = _Upright(page)
    drawn.width = upright.width
    _take_chars(page, upright, drawn)
    _Rules(upright, drawn).take_page(page)
    return drawn


def _take_chars(page: PdfPage, upright: _Upright, drawn: Drawn) -> None:
    text = page.get_textpage()
    box = pdfium.FS_RECTF()
    turned = page.get_rotation()
    previous: Char | None = None
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > _MAX_CHARS:
            raise Rejected("too_complex", detail=f"{count} characters on a page")
        for index in range(count):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if chr(code) <= " " or chr(code).isspace() or pdfium.FPDFText_IsGenerated(text, index):
                continue  # blanks: the gaps tell
            if 0xE000 <= code <= 0xF8FF or code >= 0xFFFD or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004
                drawn.unmapped += 1
                code = 0xFFFD
            text_of = chr(code)
            if 0x2F00 <= code <= 0x2FD5:  # noqa: PLR2004 - radicals, which fonts give for characters
                text_of = unicodedata.normalize("NFKC", text_of)
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            x0, top, x1, bottom = upright.box(box.left, box.top, box.right, box.bottom)
            straight = turned == 0
            angle = pdfium.FPDFText_GetCharAngle(text, index)
            if angle:
                turn = _degrees(text, index)
                if _OBLIQUE < turn % 90 < 90 - _OBLIQUE:
                    continue  # a watermark
                straight = round(turn + turned) % 360 == 0
            elif turned:
                straight = False
            char = Char(text_of, x0, top, x1, bottom, straight)
            if previous is not None and _is_shadow(char, previous):
                continue  # bold by printing twice
            drawn.chars.append(char)
            previous = char
    finally:
        text.close()


def _degrees(text: PdfTextpage, index: int) -> float:
    """Return by how much a character's line is turned, clockwise; a slant does not turn it."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return -degrees(atan2(matrix.b, matrix.a)) % 360


def _is_shadow(char: Char, before: Char) -> bool:
    near = (char.x1 - char.x0) * 0.3
    return (
        char.text == before.text
        and abs(char.x0 - before.x0) < near
        and abs(char.top - before.top) < near
    )


class _Rules:
    """Collects straight lines from a page's paths."""

    def __init__(self, upright: _Upright, drawn: Drawn) -> None:
        self._upright = upright
        self._drawn = drawn
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()

    def take_page(self, page: PdfPage) -> None:
        """Collect from all objects of a page."""
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._take(pdfium.FPDFPage_GetObject(page, index), (1, 0, 0, 1, 0, 0), 0)

    def _take(self, drawable: object, outer: _Matrix, depth: int) -> None:
        if len(self._drawn.across) + len(self._drawn.down) > _MAX_RULES:
            return
        kind = pdfium.FPDFPageObj_GetType(drawable)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(drawable, _times(_matrix(drawable), outer))
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._drawn.images = True
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
            inner = _times(_matrix(drawable), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(drawable)):
                self._take(pdfium.FPDFFormObj_GetObject(drawable, index), inner, depth + 1)

    def _path(self, path: object, matrix: _Matrix) -> None:
        if not pdfium.FPDFPath_GetDrawMode(path, self._fill, self._stroke):
            return
        stroked, filled = bool(self._stroke.value), bool(self._fill.value)
        if not (stroked or filled):
            return
        for points in self._polygons(path, matrix):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
            if x1 - x0 <= _THIN and y1 - y0 > _THIN:
                self._drawn.down.append(Rule((x0 + x1) / 2, y0, y1))
            elif y1 - y0 <= _THIN and x1 - x0 > _THIN:
                self._drawn.across.append(Rule((y0 + y1) / 2, x0, x1))
            elif stroked:
                self._edges(points)

    def _edges(self, points: list[tuple[float, float]]) -> None:
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(xa - xb) <= _FLAT < abs(ya - yb):
                self._drawn.down.append(Rule((xa + xb) / 2, min(ya, yb), max(ya, yb)))
            elif abs(ya - yb) <= _FLAT < abs(xa - xb):
                self._drawn.across.append(Rule((ya + yb) / 2, min(xa, xb), max(xa, xb)))

    def _polygons(self, path: object, matrix: _Matrix) -> list[list[tuple[float, float]]]:
        """Return the parts of a path that are made of straight lines."""
        a, b, c, d, e, f = matrix
        polygons: list[list[tuple[float, float]]] = []
        points: list[tuple[float, float]] = []
        curved = False
        for index in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_RULES)):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            x, y = self._x.value, self._y.value
            point = self._upright(a * x + c * y + e, b * x + d * y + f)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and not curved:
                    polygons.append(points)
                points, curved = [point], False
            else:
                curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
                points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1 and not curved:
            polygons.append(points)
        return polygons


def _matrix(drawable: object) -> _Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawable, matrix):
        return (1, 0, 0, 1, 0, 0)
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
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

"""The straight lines that a PDF page draws, however it draws them."""

from __future__ import annotations

import ctypes
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from gongkai.reading.failures import Rejected
from gongkai.reading.pdf.dashes import Dashes
from gongkai.reading.pdf.geometry import BOX_POINTS, FLAT, IDENTITY, THIN, Rule, bounds, times

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

    from gongkai.reading.pdf.drawn import Drawn
    from gongkai.reading.pdf.geometry import Box, Matrix, Points, Upright

# Red, green and blue of a watermark are more than this together; of text less.
_PALE = 450
_WHITE = 255
# Pages of drawings are no reports; their paths would cost time.
_MAX_RULES = 20_000
# Objects, and pieces of paths, on all pages: many times those of tables with dotted borders.
MAX_SHAPES = 500_000
_MAX_FORMS = 3

# A border may be drawn as the field between two boxes.
_OUTER_AND_INNER = 2


class RulesOf:
    """Collects straight lines from a page's paths."""

    def __init__(self, upright: Upright, drawn: Drawn) -> None:
        self._upright = upright
        self._drawn = drawn
        self._dashes = Dashes()
        self._x, self._y = ctypes.c_float(), ctypes.c_float()
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._colour = [ctypes.c_uint() for _ in "rgba"]

    def take_page(self, page: PdfPage) -> None:
        """Collect from all objects of a page."""
        for index in range(pdfium.FPDFPage_CountObjects(page)):
            self._take(pdfium.FPDFPage_GetObject(page, index), IDENTITY, 0)
        across, down = self._dashes.lines()
        self._drawn.across += across
        self._drawn.down += down
        if len(self._drawn.across) + len(self._drawn.down) > _MAX_RULES:
            # Without some of their borders, cells would run together.
            self._drawn.across.clear()
            self._drawn.down.clear()

    def _take(self, drawable: object, outer: Matrix, depth: int) -> None:
        if len(self._drawn.across) + len(self._drawn.down) > _MAX_RULES:
            return
        self._count(1)
        kind = pdfium.FPDFPageObj_GetType(drawable)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(drawable, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._drawn.hidden.take_text(drawable, self._upright, outer)
            if not self._drawn.pale and pdfium.FPDFPageObj_GetFillColor(drawable, *self._colour):
                self._drawn.pale = is_pale(self._colour)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self._drawn.images = True
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _MAX_FORMS:
            inner = times(_matrix(drawable), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(drawable)):
                self._take(pdfium.FPDFFormObj_GetObject(drawable, index), inner, depth + 1)

    def _count(self, shapes: int) -> None:
        self._drawn.shapes += shapes
        if self._drawn.shapes > MAX_SHAPES:
            raise Rejected("too_complex", detail=f"{self._drawn.shapes} shapes on a page")

    def _path(self, path: object, outer: Matrix) -> None:
        if not pdfium.FPDFPath_GetDrawMode(path, self._fill, self._stroke):
            return
        stroked, filled = bool(self._stroke.value), bool(self._fill.value)
        if not (stroked or filled):
            return
        polygons = self._polygons(path, times(_matrix(path), outer))
        if len(polygons) == _OUTER_AND_INNER and not stroked and _is_frame(*map(bounds, polygons)):
            self._edges(_corners(*map(bounds, polygons)))
        if filled and len(polygons) == 1:
            self._drawn.hidden.take_fill(path, polygons[0], self._upright, outer)
        for points in polygons:
            self._polygon(points, stroked=stroked, filled=filled)

    def _polygon(self, points: Points, *, stroked: bool, filled: bool) -> None:
        x0, y0, x1, y1 = bounds(points)
        wide, high = x1 - x0 > THIN, y1 - y0 > THIN
        if not (wide and high):
            self._dashes.take(x0, y0, x1, y1)
            if high:
                self._drawn.down.append(Rule((x0 + x1) / 2, y0, y1))
            elif wide:
                self._drawn.across.append(Rule((y0 + y1) / 2, x0, x1))
            elif stroked:
                self._edges(points)
            return
        if filled and len(points) in BOX_POINTS:
            self._drawn.fields.append((x0, y0, x1, y1))
        if stroked:
            self._edges(points)

    def _edges(self, points: Points) -> None:
        for (xa, ya), (xb, yb) in pairwise(points):
            if abs(xa - xb) <= FLAT < abs(ya - yb):
                self._drawn.down.append(Rule((xa + xb) / 2, min(ya, yb), max(ya, yb)))
            elif abs(ya - yb) <= FLAT < abs(xa - xb):
                self._drawn.across.append(Rule((ya + yb) / 2, min(xa, xb), max(xa, xb)))

    def _polygons(self, path: object, matrix: Matrix) -> list[Points]:
        """Return the parts of a path that are made of straight lines, or are no more than dots."""
        a, b, c, d, e, f = matrix
        polygons: list[Points] = []
        points: Points = []
        curved = False
        segments = min(pdfium.FPDFPath_CountSegments(path), _MAX_RULES)
        self._count(segments)
        for index in range(segments):
            segment = pdfium.FPDFPath_GetPathSegment(path, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
            x, y = self._x.value, self._y.value
            point = self._upright(a * x + c * y + e, b * x + d * y + f)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                if len(points) > 1 and not (curved and _is_wide(points)):
                    polygons.append(points)
                points, curved = [point], False
            else:
                curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
                points.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if len(points) > 1 and not (curved and _is_wide(points)):
            polygons.append(points)
        return polygons


def _is_frame(box: Box, other: Box) -> bool:
    """Tell whether two boxes are the outer and the inner edge of a border."""
    grown = [b - a for a, b in zip(box, other, strict=True)]
    left, top, right, bottom = grown if grown[0] < 0 else [-side for side in grown]
    return all(0 < side <= THIN for side in (-left, -top, right, bottom))


def _corners(box: Box, other: Box) -> Points:
    """Return the corners of the line in the middle of a border, the first one again last."""
    x0, y0, x1, y1 = ((a + b) / 2 for a, b in zip(box, other, strict=True))
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]


def _is_wide(points: Points) -> bool:
    """Tell whether a shape is more than a dot."""
    return any(max(sides) - min(sides) > THIN for sides in zip(*points, strict=True))


def is_pale(colour: list[ctypes.c_uint]) -> bool:
    """Tell whether red, green, blue and opacity (0–255) make a pale colour on white paper."""
    red, green, blue, opacity = [part.value for part in colour]
    light = 3 * _WHITE - red - green - blue
    # What is not seen at all is the text of a scan, or has an outline.
    return bool(opacity) and 3 * _WHITE - light * opacity / _WHITE > _PALE


def _matrix(drawable: object) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(drawable, matrix):
        return IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

"""What hides text of a PDF page: boxes painted over it, clips, and words that leave no trace."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from gongkai.reading.pdf.geometry import BOX_POINTS, FLAT, THIN, bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.pdf.geometry import Box, Matrix, Points, Upright

_OPAQUE = 255


@dataclass
class Hidden:
    """What hides text of a page; texts are numbered in the order in which they are drawn.

    Attributes:
        texts: those that were met, in this order.
        covers: boxes, each with the number of texts that may lie below it.
        clips: the box outside of which a text is cut off, by its number.
        unpainted: the numbers of those that leave no trace: the words of a scan.
        doubled: how many characters of such words stand on the same ones (:mod:`.seen`).
    """

    texts: list[object] = field(default_factory=list)
    covers: list[tuple[int, Box]] = field(default_factory=list)
    clips: dict[int, Box] = field(default_factory=dict)
    unpainted: set[int] = field(default_factory=set)
    doubled: int = 0

    def __bool__(self) -> bool:
        """Whether anything may be hidden."""
        return bool(self.covers or self.clips or self.is_mixed)

    @property
    def is_mixed(self) -> bool:
        """Whether some texts leave a trace, and some do not."""
        return 0 < len(self.unpainted) < len(self.texts)

    def take_text(self, drawable: object, upright: Upright, outer: Matrix) -> None:
        """Number a text, and note where it is cut off."""
        clip = pdfium.FPDFPageObj_GetClipPath(drawable)
        if pdfium.FPDFClipPath_CountPaths(clip) > 0 and (box := _clip(clip, upright, outer)):
            self.clips[len(self.texts)] = box
        if pdfium.FPDFTextObj_GetTextRenderMode(drawable) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
            self.unpainted.add(len(self.texts))
        self.texts.append(drawable)

    def take_fill(self, path: object, polygon: Points, upright: Upright, outer: Matrix) -> None:
        """Note a filled path if it is an opaque box above some text."""
        if not (self.texts and _is_box(polygon)):
            return
        box = bounds(polygon)
        if _is_thin(box):  # most of them: rules
            return
        colour = [ctypes.c_uint() for _ in "rgba"]
        if (
            not pdfium.FPDFPageObj_GetFillColor(path, *colour)
            or colour[3].value < _OPAQUE
            or pdfium.FPDFPageObj_HasTransparency(path)
        ):
            return
        clip = pdfium.FPDFPageObj_GetClipPath(path)
        if pdfium.FPDFClipPath_CountPaths(clip) > 0:
            shown = _clip(clip, upright, outer)
            if shown is None:
                return
            box = _common([box, shown])
        if not _is_thin(box):
            self.covers.append((len(self.texts), box))


def _clip(clip: object, upright: Upright, outer: Matrix) -> Box | None:
    """Return the box that a clip is, if it is made of boxes alone."""
    a, b, c, d, e, f = outer
    x, y = ctypes.c_float(), ctypes.c_float()
    boxes = []
    for number in range(pdfium.FPDFClipPath_CountPaths(clip)):
        points = []
        for n in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, number), BOX_POINTS.stop)):
            segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, n)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(upright(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if not _is_box(points):
            return None
        boxes.append(bounds(points))
    return _common(boxes)


def _is_thin(box: Box) -> bool:
    x0, top, x1, bottom = box
    return x1 - x0 <= THIN or bottom - top <= THIN


def _is_box(points: Points) -> bool:
    """Tell whether a polygon is an upright rectangle."""
    return len(points) in BOX_POINTS and all(
        abs(xa - xb) <= FLAT or abs(ya - yb) <= FLAT for (xa, ya), (xb, yb) in pairwise(points)
    )


def _common(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return max(lefts), max(tops), min(rights), min(bottoms)

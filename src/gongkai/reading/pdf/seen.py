"""What is seen of a PDF page's text: some is painted over, some cut off at the edge of a cell."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from gongkai.reading.document import UNREADABLE
from gongkai.reading.pdf.crossing import touches
from gongkai.reading.pdf.geometry import BOX_POINTS, FLAT, THIN, bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.pdf.geometry import Box, Matrix, Points, Upright
    from gongkai.reading.pdf.pdfium import Char

_OPAQUE = 255
# What is cut off shrinks to this share, at the edge: it stays in its cell and in its order.
_SQUEEZED = 0.001
# A digit reaches the edge of a wide clip to this; a narrow one, of a cell, cuts so much of it off;
# a clip is wide from here on (shares of the digit's width).
_FLUSH, _CUT_OFF, _WIDE = 0.1, 0.2, 20
_TWO = 2


@dataclass
class Hidden:
    """What hides text of a page; texts are numbered in the order in which they are drawn.

    Attributes:
        texts: those that were met, in this order.
        covers: boxes, each with the number of texts that may lie below it.
        clips: the box outside of which a text is cut off, by its number.
        unpainted: the numbers of those that leave no trace: the words of a scan.
        doubled: how many characters of such words stand on the same ones (:func:`seen`).
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


def seen(
    text: object, chars: Sequence[Char], indices: Sequence[int], hidden: Hidden
) -> list[Char | None]:
    """Return the characters as they are seen.

    Args:
        text: the page's text.
        chars: its characters.
        indices: their numbers on the text page.
        hidden: what hides them.

    Returns:
        ``None`` for characters that are painted over, and for words that were recognised on a page
        which has them as text. Of those that are cut off and would stand among others, ``None`` for
        those above and below; those aside are squeezed into the edge.
    """
    order: dict[int | None, int] = {}

    def number_of(at: int) -> int:
        if not order:
            order.update((_address(met), number) for number, met in enumerate(hidden.texts))
        met = _address(pdfium.FPDFText_GetTextObject(text, indices[at]))
        return order.get(met, len(hidden.texts))

    shown: list[Char | None] = list(chars)
    levels = sorted(((char.top + char.bottom) / 2, at) for at, char in enumerate(chars))
    for below, (x0, top, x1, bottom) in hidden.covers:
        first, last = bisect_right(levels, (top, -1)), bisect_left(levels, (bottom, -1))
        for _, at in levels[first:last]:
            char = chars[at]
            if x0 < (char.x0 + char.x1) / 2 < x1 and shown[at] and number_of(at) < below:
                shown[at] = None
    held: dict[Box, set[int]] = {}  # the characters of each clip
    for at in range(len(chars) if hidden.clips else 0):
        clip = hidden.clips.get(number_of(at))
        if clip is not None and shown[at]:
            held.setdefault(clip, set()).add(at)
    _cut(shown, chars, held, levels)
    if hidden.is_mixed:
        for at in _doubled(chars, levels, [number_of(at) for at in range(len(chars))], hidden):
            hidden.doubled += shown[at] is not None
            shown[at] = None
    return shown


def _doubled(
    chars: Sequence[Char],
    levels: Sequence[tuple[float, int]],
    numbers: Sequence[int],
    hidden: Hidden,
) -> Iterator[int]:
    """Yield the characters of words that were found on a page's picture and stand on its text."""
    words: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        if number in hidden.unpainted:
            words.setdefault(number, []).append(at)
    found = {at for word in words.values() for at in word}
    for word in words.values():
        if sum(_is_doubled(chars, at, levels, found) for at in word) * 2 >= len(word):
            yield from word


def _is_doubled(
    chars: Sequence[Char], at: int, levels: Sequence[tuple[float, int]], found: set[int]
) -> bool:
    """Tell whether a character that was found on a page's picture stands on one of its text."""
    char = chars[at]
    middle = (char.x0 + char.x1) / 2
    first, last = bisect_right(levels, (char.top, -1)), bisect_left(levels, (char.bottom, -1))
    return any(n not in found and chars[n].x0 < middle < chars[n].x1 for _, n in levels[first:last])


def _cut(
    shown: list[Char | None],
    chars: Sequence[Char],
    held: dict[Box, set[int]],
    levels: Sequence[tuple[float, int]],
) -> None:
    """Cut the texts of each clip that would stand among others."""
    whole = list(shown)
    for clip, own in held.items():
        clipped = {at: _clipped(chars[at], clip) for at in own}
        cut = {at: char for at, char in clipped.items() if char != chars[at]}
        if any(_is_beside_others(whole, at, levels, own) for at in cut):
            for at, char in cut.items():
                shown[at] = char
        _doubt_ends(shown, chars, clip, own)
        _doubt_above(shown, chars, clip, own, levels)


def _doubt_ends(shown: list[Char | None], chars: Sequence[Char], clip: Box, own: set[int]) -> None:
    """Print a digit as unreadable that reaches the edge of a clip and ends its text.

    Programs leave out what would stand beyond: the number may go on.
    """
    for at in own:
        char, kept = chars[at], shown[at]
        if kept is None or not char.text.isdecimal():
            continue
        width = char.x1 - char.x0
        # The side of a clip of its own may be where a number ends.
        near = width * (_FLUSH if clip[2] - clip[0] > width * _WIDE else -_CUT_OFF)
        aside = (char.x0 < clip[2] < char.x1 + near) - (char.x0 - near < clip[0] < char.x1)
        pair = chars[at : at + 2] if aside > 0 else chars[max(at - 1, 0) : at + 1]
        if aside and not (at + aside in own and len(pair) == _TWO and touches(*pair)):
            shown[at] = kept._replace(text=UNREADABLE)


def _doubt_above(
    shown: list[Char | None],
    chars: Sequence[Char],
    clip: Box,
    own: set[int],
    levels: Sequence[tuple[float, int]],
) -> None:
    """Print a number as unreadable that goes on in a line which is cut off."""
    left, top, right, bottom = clip
    lost = {at for at in own if chars[at].text.isdecimal() and not _is_level(chars[at], clip)}
    if not any(right - left <= (chars[at].x1 - chars[at].x0) * _WIDE for at in lost):
        return
    first, last = bisect_right(levels, (top, -1)), bisect_left(levels, (bottom, -1))
    above = [
        at
        for _, at in levels[first:last]
        if (char := shown[at]) and left < (char.x0 + char.x1) / 2 < right and char.text.isdecimal()
    ]
    for at in above:
        shown[at] = chars[at]._replace(text=UNREADABLE)
    for at in lost if above else ():
        shown[at] = None


def _is_level(char: Char, clip: Box) -> bool:
    """Tell whether a character stands neither above a clip nor below it."""
    return clip[1] < (char.top + char.bottom) / 2 < clip[3]


def _is_beside_others(
    chars: Sequence[Char | None], at: int, levels: Sequence[tuple[float, int]], own: set[int]
) -> bool:
    """Tell whether a character would stand across or beside those of other texts."""
    char = chars[at]
    if char is None:
        return False
    x0, x1 = 2 * char.x0 - char.x1, 2 * char.x1 - char.x0
    first, last = bisect_right(levels, (char.top, -1)), bisect_left(levels, (char.bottom, -1))
    return any(
        other.x0 < x1 and x0 < other.x1
        for _, n in levels[first:last]
        if n not in own and (other := chars[n])
    )


def _clipped(char: Char, clip: Box) -> Char | None:
    """Return a character as a clip shows it: in its place, in the edge, or not at all."""
    left, _, right, _ = clip
    if not _is_level(char, clip):
        return None
    middle = (char.x0 + char.x1) / 2
    if left <= middle <= right:
        return char
    edge, inner = (left, FLAT) if middle < left else (right, -FLAT)
    x0, x1 = (edge + inner + (x - edge) * _SQUEEZED for x in (char.x0, char.x1))
    return char._replace(x0=x0, x1=x1)


def _address(drawable: object) -> int | None:
    return ctypes.cast(drawable, ctypes.c_void_p).value  # type: ignore[arg-type] # a pointer

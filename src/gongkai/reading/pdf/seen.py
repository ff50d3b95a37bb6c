"""What is seen of a PDF page's text: some is painted over, some cut off at the edge of a cell."""

from __future__ import annotations

import ctypes
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from gongkai.reading.document import UNREADABLE
from gongkai.reading.pdf.crossing import touches
from gongkai.reading.pdf.geometry import FLAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.pdf.drawn import Char
    from gongkai.reading.pdf.geometry import Box
    from gongkai.reading.pdf.hiding import Hidden

# What is cut off shrinks to this share, at the edge: it stays in its cell and in its order.
_SQUEEZED = 0.001
# A digit reaches the edge of a wide clip to this; a narrow one, of a cell, cuts so much of it off;
# a clip is wide from here on (shares of the digit's width).
_FLUSH, _CUT_OFF, _WIDE = 0.1, 0.2, 20


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
        for at in _between(levels, top, bottom):
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


def _between(levels: Sequence[tuple[float, int]], top: float, bottom: float) -> Iterator[int]:
    """Yield the characters whose middle stands between two heights."""
    first, last = bisect_right(levels, (top, -1)), bisect_left(levels, (bottom, -1))
    return (at for _, at in levels[first:last])


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
    beside = _between(levels, char.top, char.bottom)
    return any(n not in found and chars[n].x0 < middle < chars[n].x1 for n in beside)


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
        if aside and not (at + aside in own and len(pair) > 1 and touches(*pair)):
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
    above = [
        at
        for at in _between(levels, top, bottom)
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
    return any(
        other.x0 < x1 and x0 < other.x1
        for n in _between(levels, char.top, char.bottom)
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

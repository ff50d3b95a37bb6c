"""A table that stands aside on an upright page: it is a page of its own between two others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gongkai.reading.pdf.drawn import Char, Drawn

# A turned table holds so many digits, or most of the page; the turned labels and heads of an
# upright one hold none.
_DIGITS = 10
# So few of the characters beside a turned table are upright: a page's number, a stamp.
_FEW = 0.1
# A rule ends where it was found, to this (points).
_NEAR = 3.0


class Band(NamedTuple):
    """The part of a page, from side to side, where text stands aside (points)."""

    top: float
    bottom: float


def turned_band(drawn: Drawn) -> Band | None:
    """Return where a table stands aside between, above or below upright text.

    Args:
        drawn: the page as it stands upright.
    """
    aside = [char for char in drawn.chars if not char.upright]
    if len(aside) == len(drawn.chars):
        return None
    digits = sum(char.text.isdecimal() for char in aside)
    if digits < _DIGITS and len(aside) * 2 <= len(drawn.chars):
        return None
    top, bottom = min(char.top for char in aside), max(char.bottom for char in aside)
    middles = [_middle(char) for char in drawn.chars if char.upright]
    if sum(top < middle < bottom for middle in middles) > len(aside) * _FEW:
        return None
    # Its borders, and what else stands around it, reach as far as there is no other text.
    upper = max((c.bottom for c in drawn.chars if c.upright and _middle(c) <= top), default=0.0)
    lower = min(
        (c.top for c in drawn.chars if c.upright and _middle(c) >= bottom), default=drawn.height
    )
    band = Band(min((upper + top) / 2, top), max((lower + bottom) / 2, bottom))
    within = any(
        rule.start < end - _NEAR and rule.end > end + _NEAR for rule in drawn.down for end in band
    )
    return None if within else band


def parts_of(drawn: Drawn, turned: Drawn, band: Band, turn: int) -> list[Drawn]:
    """Return what stands above the band, the band itself, turned to be upright, and what follows.

    Args:
        drawn: the page as it stands upright.
        turned: the page turned so that the text of the band is upright.
        band: of the page.
        turn: by how much it is turned, 90 or 270 degrees clockwise.
    """
    start, end = band
    if turn == 90:  # noqa: PLR2004 - degrees
        start, end = drawn.height - end, drawn.height - start
    inside = replace(
        turned,
        chars=[c for c in turned.chars if start < (c.x0 + c.x1) / 2 < end],
        across=[r for r in turned.across if start < (r.start + r.end) / 2 < end],
        down=[r for r in turned.down if start < r.at < end],
    )
    parts = [_between(drawn, 0.0, band.top), inside, _between(drawn, band.bottom, drawn.height)]
    first, *others = [part for part in parts if part.chars]
    return [first, *(replace(part, unmapped=0, foreign=0, unseen=0, shapes=0) for part in others)]


def _between(drawn: Drawn, top: float, bottom: float) -> Drawn:
    return replace(
        drawn,
        chars=[char for char in drawn.chars if top <= _middle(char) < bottom],
        across=[rule for rule in drawn.across if top <= rule.at < bottom],
        down=[rule for rule in drawn.down if top <= (rule.start + rule.end) / 2 < bottom],
    )


def _middle(char: Char) -> float:
    return (char.top + char.bottom) / 2

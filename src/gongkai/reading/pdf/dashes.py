"""Dots and dashes that stand in a row → the line that they draw."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from gongkai.reading.pdf.geometry import Rule, levels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Longer pieces are rules of their own, as the sides of low cells are (points).
_LONGEST = 6.0
# Pieces of one line stand in it to this (points).
_ALIGNED = 0.3
# Between two of them stands as much as the longer one by this, or this many points.
_GAP = 1.2
_LEAST_GAP = 3.0
# So many make a line, and at least of this length (points).
_LEAST = 5
_SHORT = 12.0
# Fewer, or shorter ones, reach from rule to rule, to this (points): sides of low cells. Pieces of
# two rules side by side are none.
_FEWEST, _LOWEST = 2, 5.0
_REACH = 1.5
# Nearly all gaps of a line are alike to this (points), but for those that are none.
_ALIKE = 1.0
_MOST = 0.9
_TOUCH = 0.1
# Or all pieces are dashes of one length, to this (points): each side of a cell has its own gaps.
_SAME_LENGTH = 0.2
# Far more than any page of tables has: lines of some of them would part cells that are one.
_MAX_PIECES = 60_000


class Dashes:
    """Collects the pieces of dotted and dashed lines that a page draws one by one."""

    def __init__(self) -> None:
        self._pieces: list[tuple[float, float, float, float]] = []

    def take(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Take a shape that is thin in one direction at least."""
        if max(x1 - x0, y1 - y0) <= _LONGEST and len(self._pieces) <= _MAX_PIECES:
            self._pieces.append((x0, y0, x1, y1))

    def lines(self) -> tuple[list[Rule], list[Rule]]:
        """Return the horizontal and the vertical lines that the pieces make; none of too many."""
        if not _LEAST <= len(self._pieces) <= _MAX_PIECES:
            return [], []
        across = [Rule((y0 + y1) / 2, x0, x1) for x0, y0, x1, y1 in self._pieces]
        down = [Rule((x0 + x1) / 2, y0, y1) for x0, y0, x1, y1 in self._pieces]
        flat, low = _parted(_lines(across))
        steep, short = _parted(_lines(down))
        steep += _between(short, flat)
        return flat + _between(low, steep), steep


def _parted(lines: Iterable[tuple[Rule, int]]) -> tuple[list[Rule], list[Rule]]:
    """Return the lines that are surely some, and those that are too short to tell."""
    long: list[Rule] = []
    short: list[Rule] = []
    for line, pieces in lines:
        sure = pieces >= _LEAST and line.end - line.start >= _SHORT
        (long if sure else short).append(line)
    return long, short


def _between(lines: Sequence[Rule], others: Sequence[Rule]) -> list[Rule]:
    """Return the lines that reach from one of the others, which cross them, to another one."""
    ats = sorted(others)
    return [line for line in lines if all(_ends_at(ats, line, end) for end in line[1:])]


def _ends_at(others: Sequence[Rule], line: Rule, end: float) -> bool:
    first = bisect_left(others, (end - _REACH,))
    last = bisect_right(others, (end + _REACH,))
    return any(
        other.start - _REACH <= line.at <= other.end + _REACH for other in others[first:last]
    )


def _lines(pieces: Iterable[Rule]) -> Iterator[tuple[Rule, int]]:
    """Yield lines, each with the number of its pieces."""
    for line in levels(pieces, _ALIGNED):
        yield from _joined(line)


def _joined(line: list[Rule]) -> Iterator[tuple[Rule, int]]:
    """Yield the lines made of pieces at one height."""
    if len(line) < _FEWEST:
        return
    line.sort(key=lambda piece: piece.start)
    chain = line[:1]
    for before, piece in pairwise(line):
        longer = max(before.end - before.start, piece.end - piece.start)
        if piece.start - before.end > max(longer * _GAP, _LEAST_GAP):
            yield from _regular(chain)
            chain = []
        chain.append(piece)
    yield from _regular(chain)


def _regular(chain: list[Rule]) -> Iterator[tuple[Rule, int]]:
    """Yield the line that a chain of pieces makes, if they stand at equal distances."""
    if len(chain) < _FEWEST:
        return
    start, end = chain[0].start, max(piece.end for piece in chain)
    if end - start < _LOWEST:
        return
    apart = [gap for gap in _gaps(chain) if gap > _TOUCH]
    usual = median(apart) if apart else 0.0
    alike = sum(abs(gap - usual) <= _ALIKE for gap in apart) >= len(apart) * _MOST
    if alike or _are_dashes(chain, max(apart)):
        yield Rule(chain[0].at, start, end), len(chain)


def _are_dashes(chain: list[Rule], widest: float) -> bool:
    """Tell whether pieces are of one length, and no gap of a chain is wider than that."""
    lengths = [piece.end - piece.start for piece in chain]
    return max(lengths) - min(lengths) <= _SAME_LENGTH and widest <= max(lengths) + _SAME_LENGTH


def _gaps(chain: list[Rule]) -> Iterator[float]:
    """Yield the gaps of a chain; those below 0 are none: neighbours may draw one border twice."""
    end = chain[0].end
    for piece in chain[1:]:
        yield piece.start - end
        end = max(end, piece.end)

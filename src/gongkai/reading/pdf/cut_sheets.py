"""Sheets of a spreadsheet that are wider than a page: their pages are put side by side again.

A spreadsheet prints the columns that a page has no room for on other pages: behind all rows, or
right behind. Its texts go on across the cut, and each page draws them as a whole, whatever part of
them it shows: the same text stands out of one page at the right and out of the other at the left.
By how much these two are apart, the second page is put beside the first one. A page without such a
text goes on beside the page whose rows are level with its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.pdf.geometry import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gongkai.reading.pdf.drawn import Char, Drawn

# So many characters stand out of a page that shows the rest of a sheet, and so many of them are
# found on the page before it.
_LEAST = 4
_SHARE = 0.6
# So many of them are looked for, each in so many places of one line.
_SAMPLE, _ALIKE = 400, 20
# Texts of one row are level, and two places are one, to this (points).
_LEVEL = 2.0
# What is drawn at the cut stands there to this (points).
_NEAR = 4.0
# So many of the characters of a page are level with some of the page beside it, and so few of its
# digits stand behind words; so many rows are not level by chance.
_MOST, _FEW, _ROWS = 0.95, 0.2, 5
# No character is narrower (points).
_NARROW = 1.0


class _Place(NamedTuple):
    """Where a page goes on: the page on which its rows begin, and how far right of that it is."""

    page: int
    offset: float


def is_cut(page: Drawn) -> bool:
    """Tell whether texts stand out of a page at its left, as the rest of a wide sheet's do."""
    return len([char for char in page.chars if char.x1 < 0]) >= _LEAST


def put_together(pages: Sequence[Drawn]) -> dict[int, Drawn | None]:
    """Return by number the pages with what goes on beside them; ``None`` for what went there."""
    places: dict[int, _Place] = {}
    for number, page in enumerate(pages):
        found = _by_texts(pages, number) if is_cut(page) else None
        if found is not None:
            first = places.get(found.page, _Place(found.page, 0.0))
            offset = first.offset + found.offset
            known = (place.offset for place in places.values())
            offset = next((other for other in known if abs(other - offset) < _NEAR), offset)
            places[number] = _Place(first.page, offset)
    for number in range(1, len(pages) if places else 0):
        if number not in places and (place := _by_rows(pages, number, places)):
            places[number] = place
    left = min((_left(pages[place.page]) for place in places.values()), default=0.0)
    merged: dict[int, Drawn | None] = {}
    for number, place in sorted(places.items(), key=lambda item: item[1]):
        host = merged.get(place.page) or pages[place.page]
        merged[place.page] = _joined(host, pages[number], place.offset, left)
        merged[number] = None
    return merged


def _by_texts(pages: Sequence[Drawn], number: int) -> _Place | None:
    """Return what a page goes on beside, by the texts that stand out of it."""
    out = [char for char in pages[number].chars if char.x1 < 0][:_SAMPLE]
    best = None
    votes = max(_LEAST, len(out) * _SHARE) - 1
    for before in range(number):
        places: dict[tuple[str, int], list[float]] = {}
        for char in pages[before].chars:
            held = places.setdefault((char.text, round(char.top / _LEVEL)), [])
            if len(held) < _ALIKE:
                held.append(char.x0)
        apart = [
            x0 - char.x0
            for char in out
            for level in _levels(char)
            for x0 in places.get((char.text, level), ())
        ]
        counts = Counter(map(round, apart))
        for offset in counts:
            count = counts[offset] + counts[offset + 1]
            if offset > 0 and count > votes:
                near = [x for x in apart if abs(x - offset) <= _LEVEL]
                best, votes = _Place(before, median(near)), count
    return best


def _by_rows(pages: Sequence[Drawn], number: int, known: Mapping[int, _Place]) -> _Place | None:
    """Return where a page of numbers without labels goes on, if that is sure.

    Its rows are level with those of the page on which they begin; how far right it is, and in
    which order pages come, is known from others.
    """
    own = pages[number].chars
    digits = [char for char in own if char.text.isdecimal()]
    words: dict[int, float] = {}  # where the first one of a line begins
    for char in own:
        if not char.text.isascii():
            for line in _levels(char):
                words[line] = min(words.get(line, char.x0), char.x0)
    behind = sum(words.get(round(c.top / _LEVEL), c.x0) < c.x0 for c in digits)
    if not digits or behind > len(digits) * _FEW:
        return None
    # The names of columns may be higher in one part of the head; few rows may be level by chance.
    told = digits if len({round(digit.top) for digit in digits}) >= _ROWS else own
    level = [
        n
        for n in range(number)
        if n not in known
        and (
            _is_level(told, list(_beside(pages, n, known)))
            or _is_ruled_alike(pages[number], pages[n])
        )
    ]
    offsets = {place.offset for place in known.values()}
    beyond = [(n, _end(pages, n, known)) for n in level]
    for places in ([(n, offset) for n in level for offset in offsets], beyond):
        fits = [p for p in places if _is_in_order({**known, number: _Place(*p)})]
        if fits:
            return _Place(*fits[0]) if len(fits) == 1 else None
    return None


def _beside(pages: Sequence[Drawn], number: int, known: Mapping[int, _Place]) -> Iterator[Char]:
    """Yield the characters of a page and of those that are known to go on beside it."""
    yield from pages[number].chars
    for other, place in known.items():
        if place.page == number:
            yield from pages[other].chars


def _end(pages: Sequence[Drawn], number: int, known: Mapping[int, _Place]) -> float:
    """Return how far right the columns end that are known of the rows of a page."""
    parts = [(offset, n) for n, (first, offset) in known.items() if first == number]
    offset, last = max(parts, default=(0.0, number))
    left, page = _left(pages[number]), pages[last]
    return offset + max((rule.end for rule in page.across), default=page.width - left) - left


def _is_in_order(places: Mapping[int, _Place]) -> bool:
    """Tell whether pages come row by row or column by column, and no two are in one place."""
    rows = [(page, offset) for _, (page, offset) in sorted(places.items())]
    columns = [(offset, page) for page, offset in rows]
    if len(set(rows)) < len(rows):
        return False
    firsts = {page for page, _ in rows}
    if max(firsts) < min(places):
        return columns == sorted(columns)
    apart = any(firsts & set(range(page + 1, n)) for n, (page, _) in places.items())
    return rows == sorted(rows) and not apart


def _is_level(chars: Sequence[Char], others: Sequence[Char]) -> bool:
    levels = {round(char.top / _LEVEL) for char in others}
    return sum(not levels.isdisjoint(_levels(char)) for char in chars) >= len(chars) * _MOST


def _is_ruled_alike(page: Drawn, other: Drawn) -> bool:
    """Tell whether the rules between the rows of two pages are level: cells may be blank."""
    own, others = ({round(rule.at / _LEVEL) for rule in drawn.across} for drawn in (page, other))
    near = {level + n for level in others for n in (-1, 0, 1)}
    return len(own) >= _ROWS and len(own & near) >= len(own) * _MOST


def _levels(char: Char) -> range:
    """Return the line of a character, and those that rounding may have put it into."""
    level = round(char.top / _LEVEL)
    return range(level - 1, level + 2)


def _left(page: Drawn) -> float:
    """Return where the first column of a page begins."""
    ends = [char.x0 for char in page.chars if char.x0 >= 0] + [rule.start for rule in page.across]
    return min(ends, default=page.width)


def _across(page: Drawn, left: float) -> Iterator[tuple[float, float]]:
    """Yield upper and lower end of the rows in which a cell goes across the cut."""
    edges = [0.0, *sorted(rule.at for rule in page.across), page.height]
    for middle in {
        round((char.top + char.bottom) / 2) for char in page.chars if char.x1 < left - _LEVEL
    }:
        below = min(max(bisect_right(edges, middle), 1), len(edges) - 1)
        yield edges[below - 1], edges[below]


def _joined(page: Drawn, part: Drawn, offset: float, left: float) -> Drawn:
    """Return two pages as one, without the borders at the cut where a cell goes across it.

    Args:
        page: where rows begin.
        part: where they go on.
        offset: by how much that stands further right.
        left: where the first column of each page begins.
    """
    cut = left + offset
    down = page.down + [rule._replace(at=rule.at + offset) for rule in part.down]
    borders = [rule for rule in down if abs(rule.at - cut) < _NEAR]
    for top, bottom in _across(part, left):
        borders = [piece for rule in borders for piece in _without(rule, top, bottom)]
    down = [rule for rule in down if abs(rule.at - cut) >= _NEAR] + borders
    rules = [Rule(rule.at, rule.start + offset, rule.end + offset) for rule in part.across]
    chars = [char for char in page.chars if not _is_in_edge(char, cut)]
    drawn = {
        (char.text, level, round(char.x0 / _LEVEL) + near)
        for char in chars
        if char.x1 > cut - _NEAR
        for level in _levels(char)
        for near in (-1, 0, 1)
    }
    for char in part.chars:
        x0 = char.x0 + offset
        twice = (char.text, round(char.top / _LEVEL), round(x0 / _LEVEL)) in drawn
        if not (twice or (char.x0 + char.x1) / 2 < left or _is_in_edge(char, left)):
            chars.append(char._replace(x0=x0, x1=char.x1 + offset))
    return replace(page, chars=chars, across=page.across + rules, down=down)


def _is_in_edge(char: Char, edge: float) -> bool:
    """Tell whether a character was put into an edge, for it is cut off there."""
    return char.x1 - char.x0 < _NARROW and abs(char.x0 - edge) < _NEAR


def _without(rule: Rule, top: float, bottom: float) -> list[Rule]:
    """Return what is left of an upright rule above and below a row."""
    pieces = rule._replace(end=min(rule.end, top)), rule._replace(start=max(rule.start, bottom))
    return [piece for piece in pieces if piece.end > piece.start]

"""Pages set in two columns: bands of the page, each of them one text or a left and a right one."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.pdf.level import rows_of
from gongkai.reading.pdf.lines import HEADING, is_han, line_of, lines_of
from gongkai.reading.pdf.words import VALUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.pdf.drawn import Char
    from gongkai.reading.pdf.lines import Line
    from gongkai.reading.pdf.ruled import RuledTable

# The gutter lies near the middle of what is printed (shares), and is so wide (points).
_MIDDLE = (0.4, 0.6)
_GUTTER = 6.0
# So many lines with so many characters make a text.
_LEAST = 3
_WORDS = 10
# A running head stands apart from the columns below it (heights of its line).
_APART = 1.5
_INFINITY = 1e9
# What ends a line of a text, and no label.
_STOPS = ("。", "；", "，", "：")
# What lines are that do not cross the gutter.
_PARTED, _NUMBERS = "parted", "numbers"
# So many numbers side by side are a row, however long its label is.
_ROW = 3


class Band(NamedTuple):
    """A part of a page in the order of reading: ``left``, ``right``, or ``""`` of the whole."""

    side: str
    tables: list[RuledTable]
    chars: list[Char]


class _Item(NamedTuple):
    """A line of the page, or a table."""

    top: float
    bottom: float
    chars: list[Char]
    table: RuledTable | None
    gaps: list[tuple[float, float]]


def may_part(lines: Sequence[Line], tables: Sequence[RuledTable]) -> bool:
    """Tell whether a page may have columns: many long texts begin behind gaps, or late."""
    if len(lines) < _LEAST:
        return False
    start = min([line.x0 for line in lines] + [table.left for table in tables])
    end = max([line.x1 for line in lines] + [table.right for table in tables])
    middle = (start + end) / 2
    late = sum(
        len(line.text.rpartition("  ")[2]) >= _WORDS
        for line in lines
        if line.x0 >= middle or "  " in line.text
    )
    return late >= _LEAST or any(table.left >= middle for table in tables)


def bands_of(tables: Sequence[RuledTable], chars: list[Char], *, known: bool = False) -> list[Band]:
    """Return the bands of a page from top to bottom; nothing where it has no two columns of text.

    Args:
        tables: of the page.
        chars: that stand in none of them.
        known: whether pages before had columns: few lines then show them.
    """
    ends = [(char.x0, char.x1) for char in chars] + [(t.left, t.right) for t in tables]
    start, end = min(x0 for x0, _ in ends), max(x1 for _, x1 in ends)
    low, high = (start + (end - start) * share for share in _MIDDLE)
    items = sorted(
        [
            _Item(min(c.top for c in row), max(c.bottom for c in row), row, None, _gaps(row))
            for row in rows_of(chars)
        ]
        + [
            _Item(t.top, t.bottom, [], t, [(-_INFINITY, t.left), (t.right, _INFINITY)])
            for t in tables
        ],
        key=lambda item: item.top,
    )
    gutter = _gutter(items, low, high)
    if gutter is None:
        return []
    apart = {
        edge
        for edge, near in ((0, 1), (len(items) - 1, len(items) - 2))
        if len(items) > _LEAST and _is_apart(items[edge], items[near])
    }
    kinds = [
        "" if n in apart or _is_between(items, n, gutter) else _kind(item, gutter)
        for n, item in enumerate(items)
    ]
    groups = [
        (kind, [items[n] for n in numbers])
        for kind, numbers in groupby(range(len(items)), lambda n: kinds[n])
    ]
    sides = [_sides(group, gutter) if kind == _PARTED else [] for kind, group in groups]
    full = [bool(pair) and all(map(_is_full, pair)) for pair in sides]
    if not (any(full) or known):
        return []
    bands: list[Band] = []
    below = [kind for kind, _ in groups[1:]] + [""]
    for pair, is_full, (_, group), following in zip(sides, full, groups, below, strict=True):
        # Few words above numbers are the head of a table without rules.
        if is_full or (pair and all(map(_is_words, pair)) and following != _NUMBERS):
            bands += pair
        else:
            bands.append(_band("", group))
    return bands


def _kind(item: _Item, gutter: float) -> str:
    """Tell whether a line keeps clear of the gutter, or is a row of a table without rules."""
    if not any(a < gutter < b for a, b in item.gaps):
        return ""
    left, right = (
        line_of(own, 0.0).text if own else ""
        for own in (
            [char for char in item.chars if char.x0 < gutter],
            [char for char in item.chars if char.x0 > gutter],
        )
    )
    if not (left and right and all(map(VALUE.fullmatch, right.split()))):
        return _PARTED
    row = len(right.split()) >= _ROW
    label = row or (sum(map(is_han, left)) < _WORDS and not left.endswith(_STOPS))
    return _NUMBERS if label or VALUE.fullmatch(left.split()[-1]) else _PARTED


def _is_between(items: Sequence[_Item], number: int, gutter: float) -> bool:
    """Tell whether a line is a heading between two texts that are each set in columns.

    Nothing stands beside it in the right column, which goes on below.
    """
    item = items[number]
    if not item.chars or max(char.x1 for char in item.chars) > gutter:
        return False
    if not HEADING.fullmatch(line_of(item.chars, 0.0).text):
        return False
    near = items[max(number - _LEAST, 0) : number + _LEAST]
    right = [char for other in near for char in other.chars if char.x0 > gutter]
    tables = [other.table for other in items if other.table and other.table.right > gutter]
    ends = [(one.top, one.bottom) for one in right] + [(one.top, one.bottom) for one in tables]
    beside = any(top < item.bottom and bottom > item.top for top, bottom in ends)
    return not beside and any(char.top >= item.bottom for char in right)


def _gaps(row: list[Char]) -> list[tuple[float, float]]:
    """Return where a line leaves room for a gutter, its two ends included."""
    row = sorted(row, key=lambda char: char.x0)
    gaps = [(-_INFINITY, row[0].x0), (max(char.x1 for char in row), _INFINITY)]
    return gaps + [(a.x1, b.x0) for a, b in pairwise(row) if b.x0 - a.x1 >= _GUTTER]


def _gutter(items: Sequence[_Item], low: float, high: float) -> float | None:
    """Return the place near the middle that the fewest words cross.

    Rows of numbers, which tables without rules have, tell nothing.
    """
    events = sorted(
        (max(x, low), step)
        for item in items
        for a, b in item.gaps
        if a < high and b > low and (words := _han(item.chars))
        for x, step in ((a, words), (min(b, high), -words))
    )
    best, count, gutter = 0, 0, None
    for (x, step), (following, _) in pairwise(events):
        count += step
        if count > best and following - x >= _GUTTER / 2:
            best, gutter = count, (x + following) / 2
    return gutter


def _han(chars: Sequence[Char]) -> int:
    """Return how many Han characters a line has; none where it ends with a number."""
    last = max(chars, key=lambda char: char.x1, default=None)
    if last is None or last.text.isdecimal():
        return 0
    return sum(is_han(char.text) for char in chars)


def _is_apart(item: _Item, near: _Item) -> bool:
    gap = max(near.top - item.bottom, item.top - near.bottom)
    return item.table is None and gap > (item.bottom - item.top) * _APART


def _band(side: str, items: Sequence[_Item]) -> Band:
    tables = [item.table for item in items if item.table is not None]
    return Band(side, tables, [char for item in items for char in item.chars])


def _sides(items: Sequence[_Item], gutter: float) -> list[Band]:
    """Return the two columns of a band, nothing where one of them is empty."""
    whole = _band("", items)
    pair = [
        Band(
            side,
            [t for t in whole.tables if (t.left > gutter) is right],
            [c for c in whole.chars if (c.x0 + c.x1 > 2 * gutter) is right],
        )
        for side, right in (("left", False), ("right", True))
    ]
    return pair if all(band.tables or band.chars for band in pair) else []


def _han_by_line(chars: list[Char]) -> list[int]:
    """Return how many Han characters each line has."""
    return [sum(map(is_han, line.text)) for line in lines_of(chars)]


def is_text(chars: list[Char]) -> bool:
    """Tell whether lines of words stand here: columns of numbers without rules are none."""
    counts = _han_by_line(chars)
    long = sum(count >= _WORDS for count in counts)
    return long >= _LEAST and long > counts.count(0)


def _is_full(band: Band) -> bool:
    """Tell whether a column holds a text, or a table."""
    return bool(band.tables) or is_text(band.chars)


def _is_words(band: Band) -> bool:
    counts = _han_by_line(band.chars)
    return len(counts) > 2 * counts.count(0) or (bool(band.tables) and not band.chars)

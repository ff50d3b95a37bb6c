"""Rows of tables without upright rules, told by shaded strips and by rules across the table.

The cells of one row may hold their words at the top, in the middle or at the bottom, and a label
may take several lines beside one number. What stands between two edges that run across the table
is one row then, and comes as one line of text; its columns are told by where its numbers stand::

    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒
    ▒ 1.属于国    0    ▒    →   1.属于国家秘密  0  3
    ▒ 家秘密         3 ▒
    ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒

Nothing is changed where a strip may hold two rows: several numbers, or labels, in one column.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import chain, groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.pdf.geometry import Rule, joined, levels
from gongkai.reading.pdf.level import rows_of
from gongkai.reading.pdf.lines import Line, line_of
from gongkai.reading.pdf.words import VALUE, Word
from gongkai.reading.pdf.wrapped_numbers import OPENS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gongkai.reading.pdf.drawn import Char
    from gongkai.reading.pdf.geometry import Box
    from gongkai.reading.pdf.words import WordedLine

# Edges this near to one another are one; those of neighbours at one height touch (points).
_SAME, _TOUCH = 1.5, 6.0
# An edge runs across the table: as far as the longest one by this share.
_ACROSS = 0.5
# So many edges tell rows.
_LEAST = 3
# Gaps between words, and between columns (shares of a line's height).
_BLANK, _COLUMN = 0.15, 1.0
# The lines of a cell are apart by less than this (heights).
_APART = 0.9
# A row has fewer lines; a table fewer edges.
_MAX_LINES, _MAX_EDGES = 16, 400


class _Edge(NamedTuple):
    """A height at which a table's rows part, and where along it they do."""

    at: float
    pieces: list[tuple[float, float]]

    @property
    def length(self) -> float:
        return sum(end - start for start, end in self.pieces)


class _Strip(NamedTuple):
    """What stands between two edges.

    Attributes:
        row: it as one line, if it is a row.
        chars: all of it.
        rest: what does not belong to the row.
        numbers: whether it holds some, and so is a row or more of a table.
    """

    row: WordedLine | None
    chars: list[Char]
    rest: list[Char]
    numbers: bool


def edges_of(across: Iterable[Rule], fields: Iterable[Box]) -> list[_Edge]:
    """Return the edges that run across a page's tables, from top to bottom; none of too few.

    Args:
        across: horizontal rules.
        fields: filled boxes.
    """
    sides = (Rule(at, x0, x1) for x0, top, x1, bottom in fields for at in (top, bottom))
    found = levels([*across, *sides], _SAME)
    if not _LEAST <= len(found) <= _MAX_EDGES:
        return []
    edges = [_Edge(level[-1].at, joined(level, _TOUCH)) for level in found]
    longest = max(edge.length for edge in edges)
    return [edge for edge in edges if edge.length >= longest * _ACROSS]


def rows_in_strips(
    chars: list[Char], edges: Sequence[_Edge], spacing: float
) -> tuple[list[WordedLine], list[Char]]:
    """Return the rows that edges tell, each with its words, and the characters of none of them.

    Args:
        chars: that stand in no ruled table.
        edges: of the page (:func:`edges_of`).
        spacing: how far characters are set apart.
    """
    if len(edges) < _LEAST:
        return [], chars
    held, rest, loose = _held(chars, edges)
    strips = {
        at: _strip(own, spacing, loose, at=at, closed=0 <= at < len(edges) - 1)
        for at, own in held.items()
    }
    rows: list[WordedLine] = []
    # Strips with numbers that follow one another are of one table: all of them are rows, or none.
    for numbered, run in groupby(sorted(strips), lambda at: strips[at].numbers):
        ats = list(run)
        whole = numbered and all(strips[at].row for at in ats)
        for at in ats:
            strip = strips[at]
            if whole and strip.row:
                rows.append(strip.row)
                rest += strip.rest
            else:
                rest += strip.chars
    return rows, rest


def _held(
    chars: Sequence[Char], edges: Sequence[_Edge]
) -> tuple[dict[int, list[Char]], list[Char], set[int]]:
    """Return the characters of each strip by the edge that it begins at; and all others.

    Third come the identities of those that may be of several strips.
    """
    heights = [edge.at for edge in edges]
    held: dict[int, list[Char]] = {}
    rest: list[Char] = []
    spanning: list[Char] = []
    for char in chars:
        at = _strip_at(heights, char)
        x = (char.x0 + char.x1) / 2
        if all(_runs_at(edge, x) for edge in edges[max(at, 0) : at + 2]):
            held.setdefault(at, []).append(char)
        elif at < 0:
            rest.append(char)
        else:
            spanning.append(char)
    # What an edge leaves out is the label of several rows: it stays together, where it begins.
    loose: set[int] = set()
    for label in _labels(spanning):
        at = _strip_at(heights, label[0])
        held.setdefault(at, []).extend(label)
        if _strip_at(heights, label[-1]) > at:
            loose.update(map(id, label))
    return held, rest, loose


def _strip_at(heights: Sequence[float], char: Char) -> int:
    return bisect_right(heights, (char.top + char.bottom) / 2) - 1


def _runs_at(edge: _Edge, x: float) -> bool:
    return any(start <= x <= end for start, end in edge.pieces)


def _labels(chars: list[Char]) -> list[list[Char]]:
    """Return the texts that characters make, each from its first line on."""
    labels: list[list[Char]] = []
    ends: list[tuple[float, float]] = []  # of each label from left to right
    for line in rows_of(chars):
        height = max(char.bottom - char.top for char in line)
        for cell in _cells(line, height):
            low, high = cell[0].x0, max(char.x1 for char in cell)
            opens = OPENS.match("".join([char.text for char in cell]))
            for n in range(max(len(labels) - _MAX_LINES, 0), len(labels)):
                x0, x1 = ends[n]
                near = cell[0].top - labels[n][-1].bottom <= height * _APART
                if near and not opens and low < x1 and high > x0:
                    labels[n].extend(cell)
                    ends[n] = min(low, x0), max(high, x1)
                    break
            else:
                labels.append(cell)
                ends.append((low, high))
    return labels


def _strip(chars: list[Char], spacing: float, loose: set[int], *, at: int, closed: bool) -> _Strip:
    """Return what stands in a strip.

    Args:
        chars: that it holds.
        spacing: how far they are set apart.
        loose: those that may be of several strips (:func:`_held`).
        at: number of the edge above it; above the first one, and below the last row of a table,
            other words may stand.
        closed: whether there is an edge on both sides.
    """
    lines = rows_of(chars)
    if at < 0:
        lines.reverse()
    height = median([char.bottom - char.top for char in chars])
    texts = [list(_texts(line, height)) for line in lines]
    end = len(lines)
    for number, pair in enumerate(pairwise(lines), 1):
        if _apart(*pair) > height * _APART:
            end = number
            break
    numbers = any(VALUE.fullmatch(words[-1]) for words in texts[:end])
    if len(lines) > _MAX_LINES and closed:
        return _Strip(None, chars, [], numbers)
    upper, rest = list(chain.from_iterable(lines[:end])), list(chain.from_iterable(lines[end:]))
    row = _row(upper, height, spacing, loose) if end < _MAX_LINES else None
    if closed and rest:
        sure = row is not None and not VALUE.fullmatch(row[1][0].text)
        more = any(VALUE.fullmatch(word) for words in texts[end:] for word in words)
        if (more or not sure) and (whole := _row(chars, height, spacing, loose)):
            return _Strip(whole, chars, [], numbers=True)
    return _Strip(row, chars, rest, numbers=row is not None or (numbers and closed))


def _apart(line: list[Char], other: list[Char]) -> float:
    """Return how far a line stands above or below another one."""
    tops = [min(char.top for char in chars) for chars in (line, other)]
    bottoms = [max(char.bottom for char in chars) for chars in (line, other)]
    return max(tops[0] - bottoms[1], tops[1] - bottoms[0])


def _texts(line: list[Char], height: float) -> Iterator[str]:
    """Yield the words of a line."""
    for cell in _cells(line, height):
        yield "".join([char.text for char in cell])


def _cells(chars: Iterable[Char], height: float) -> list[list[Char]]:
    """Part characters where a gap runs through all their lines."""
    cells: list[list[Char]] = []
    end = 0.0
    for char in sorted(chars, key=lambda char: char.x0):
        if cells and char.x0 - end <= height * _BLANK:
            cells[-1].append(char)
        else:
            cells.append([char])
            end = char.x1
        end = max(end, char.x1)
    return cells


def _row(chars: list[Char], height: float, spacing: float, loose: set[int]) -> WordedLine | None:
    """Return what stands in a strip as one line, if it is a row: words, and one number a column."""
    top = min(char.top for char in chars)
    text, words, end = "", [], 0.0
    numbers = labels = own = 0
    for cell in _cells(chars, height * (1 + spacing / _BLANK)):
        lines = [line_of(row, spacing).text for row in rows_of(cell)]
        value = len(lines) == 1 and bool(VALUE.fullmatch(lines[0]))
        mixed = any(map(VALUE.fullmatch, lines)) and not value
        if mixed or (numbers and not value) or sum(map(bool, map(OPENS.match, lines))) > 1:
            return None
        numbers += value
        labels += not value
        own += not value and any(id(char) not in loose for char in cell)
        held = "".join("".join(lines).split())
        x0, x1 = cell[0].x0, max(char.x1 for char in cell)
        text += ("  " if x0 - end > height * (_COLUMN + spacing) else " ") * bool(text) + held
        # The group's label beside a row may stand higher than its numbers do.
        words.append(Word(held, x0, x1, cell[0].top if value else top, height))
        end = x1
    # A label of several rows is none of this one alone.
    if not numbers or (labels and not own):
        return None
    return Line(text, words[0].x0, top, end, top + height), words

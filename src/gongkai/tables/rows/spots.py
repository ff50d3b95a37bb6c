"""Where the words of a line stand, and which of them stand below each other."""

from __future__ import annotations

import re
from itertools import chain, groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.document import Paragraph, Place
from gongkai.reading.text.drawn import columns_of
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from gongkai.tables.stream import Token

    #: How wide a program takes a character to be: what stands in the columns that it takes.
    Width = Callable[[str], Sequence[str]]

_WORD = re.compile(r"\S+")
_NO_LINE = Paragraph("", Place())
#: A head takes no more lines than this.
_MOST_LINES = 12
#: Nor has it so many lines without a name, one below the other.
_MOST_BARE = 2


class Spot(NamedTuple):
    """The columns of a line that a word takes: the first, and the one behind the last."""

    start: int
    end: int


class Line(NamedTuple):
    """A row that stands in one line: where its label stands in it, and its numbers."""

    label: Spot
    spots: tuple[Spot, ...]


class Head(NamedTuple):
    """What stands above the rows of a table.

    Attributes:
        tokens: those above the rows.
        names: the spellings of each column's header, from left to right.
    """

    tokens: Sequence[Token]
    names: Sequence[Collection[str]]


_NOWHERE = Spot(0, 0)
#: Where the numbers of a column have the same place, and how far that may be off: the middle of
#: what fills a column unevenly is half a character to either side.
EDGES: tuple[tuple[Callable[[Spot], int], int], ...] = (
    (lambda spot: spot.start, 0),
    (lambda spot: spot.end, 0),
    (lambda spot: spot.start + spot.end, 1),
)
_MIDDLE = 2


def line_of(token: Token) -> Paragraph:
    """Return the line that a token stands in; one that says nothing where that is a table."""
    line = token.at[0]
    return line if isinstance(line, Paragraph) else _NO_LINE


def is_line(tokens: Sequence[Token]) -> bool:
    """Tell whether tokens stand in one line that is kept as it was typed."""
    return (
        bool(tokens)
        and line_of(tokens[0]).indent is not None
        and len({token.row for token in tokens}) == 1
        and all(token.is_printed for token in tokens)
    )


def spots_of(tokens: Sequence[Token], width: Width) -> Line | None:
    """Return where the numbers of a row stand; ``None`` where they are no words of a line."""
    if not is_line(tokens):
        return None
    words = words_of(line_of(tokens[0]), width)
    spots, first = [], len(words)
    for token in tokens:
        at = token.at[-1] or 1
        pieces = token.text.split()
        found = words[at - 1 : at - 1 + len(pieces)]
        if [text for text, _ in found] != pieces:
            return None
        first = min(first, at - 1)
        spots.append(Spot(found[0][1].start, found[-1][1].end))
    label = Spot(words[0][1].start, words[first - 1][1].end) if first else _NOWHERE
    return Line(label, tuple(spots))


def words_of(line: Paragraph, width: Width) -> list[tuple[str, Spot]]:
    """Return the words of a line and where they stand."""
    text = (line.indent or "") + line.text
    found = []
    at = behind = 0
    for word in _WORD.finditer(text):
        at += len(columns_of(text[behind : word.start()], width))
        end = at + len(columns_of(word[0], width))
        found.append((word[0], Spot(at, end)))
        at, behind = end, word.end()
    return found


def gather(spots: Iterable[Spot], edge: Callable[[Spot], int], off: int) -> list[list[Spot]]:
    """Return the columns that spots make: those with the same edge."""
    columns: list[list[Spot]] = []
    for spot in sorted(spots, key=edge):
        if columns and edge(spot) - edge(columns[-1][0]) <= off:
            columns[-1].append(spot)
        else:
            columns.append([spot])
    return columns


def in_line(spots: Sequence[Spot], columns: Sequence[Spot]) -> tuple[int, ...] | None:
    """Return which columns spots are in line with, all of them by the same edge."""
    found = set()
    for edge, off in EDGES:
        places = tuple(
            n
            for spot in spots
            for n, column in enumerate(columns)
            if abs(edge(spot) - edge(column)) <= off
        )
        if len(places) == len(spots) == len(set(places)):
            found.add(places)
    return found.pop() if len(found) == 1 else None


def on_edge(
    lines: Mapping[int, Sequence[Spot]], names: Sequence[Spot]
) -> dict[int, tuple[int, ...]] | None:
    """Return the columns of each row's numbers where all are in line with the columns' names."""
    for edge, off in EDGES:
        places = {
            spot: n
            for spot in chain.from_iterable(lines.values())
            for n, name in enumerate(names)
            if abs(edge(spot) - edge(name)) <= off and _overlap(spot, name)
        }
        if all(spot in places for spots in lines.values() for spot in spots):
            return {n: tuple(places[spot] for spot in spots) for n, spots in lines.items()}
    return None


def below(lines: Mapping[int, Sequence[Spot]], names: Sequence[Spot]) -> dict[int, tuple[int, ...]]:
    """Return the columns of each row's numbers by the head; none where any is below no name.

    A column's name lies somewhere within it: the first name that ends behind its numbers has to be
    the last that begins before them.
    """
    gathered = [gather(chain.from_iterable(lines.values()), *edge) for edge in EDGES]
    least = min(map(len, gathered))
    found: list[dict[int, tuple[int, ...]]] = []
    for side, columns in enumerate(gathered):
        if len(columns) > least or (side == _MIDDLE and found):
            continue
        below: dict[Spot, int] = {}
        for spots in columns:
            whole = _around(spots)
            behind = [n for n, name in enumerate(names) if name.end > whole.start]
            before = [n for n, name in enumerate(names) if name.start < whole.end]
            over = set(behind[:1] + before[-1:])
            below |= dict.fromkeys(spots, over.pop()) if len(over) == 1 else {}
        taken = [below.get(spots[0]) for spots in columns]
        if None in taken or len(set(taken)) < len(taken):
            return {}
        found.append({n: tuple(below[spot] for spot in spots) for n, spots in lines.items()})
    return found[0] if all(way == found[0] for way in found) else {}


def _around(spots: Sequence[Spot]) -> Spot:
    return Spot(min(spot.start for spot in spots), max(spot.end for spot in spots))


def _overlap(a: Spot, b: Spot) -> bool:
    return a.start < b.end and b.start < a.end


def names_in(head: Head, width: Width) -> list[Spot] | None:
    """Return where the names of all columns stand, those in several lines below each other."""
    names = head.names
    known = frozenset(chain.from_iterable(names))
    pieces = {
        name[a:b] for name in known for a in range(len(name)) for b in range(a + 1, len(name) + 1)
    }
    lines = [line for line, _ in groupby(map(line_of, head.tokens)) if line.indent is not None]
    found: list[list[tuple[str, Spot]]] = []
    for line in lines[: -1 - _MOST_LINES : -1]:
        words = [(normalise(text), spot) for text, spot in words_of(line, width)]
        found.insert(0, [word for word in words if word[0] in pieces])
        if len(found) >= _MOST_BARE and not any(found[:_MOST_BARE]):
            break
    stacks: list[tuple[Spot, str]] = []
    for words in found:
        for norm, spot in words:
            above = [s for s in stacks if _overlap(s[0], spot) and s[1] not in known]
            for stack in above:
                stacks.remove(stack)
            spots = [spot, *(stack[0] for stack in above)]
            name = "".join(piece for _, piece in above) + norm
            stacks.append((_around(spots), name))
    stacks.sort()
    if len(stacks) != len(names) or any(a.end > b.start for (a, _), (b, _) in pairwise(stacks)):
        return None
    if any(name not in spellings for (_, name), spellings in zip(stacks, names, strict=True)):
        return None
    return [spot for spot, _ in stacks]

"""Rows of lines whose columns are aligned by blanks: a blank cell leaves a gap there, and no mark.

Programs that show a page as text set the numbers of a column below each other: they begin, end or
have their middle in one place. A row with too few numbers is laid by that of the whole rows, or of
the head where no row is whole::

    一、本年新收    12    0    0    0    0    0    12
    二、上年结转     3                             3

What two of them place differently, or none of them places, is left as it is.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.text.drawn import WIDTHS
from gongkai.tables.numbers import CellText, State
from gongkai.tables.rows.decode import is_refuted, paths_of, sums_of
from gongkai.tables.rows.row import Value
from gongkai.tables.rows.spots import (
    EDGES,
    below,
    gather,
    in_line,
    is_line,
    line_of,
    names_in,
    on_edge,
    spots_of,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.row import Row
    from gongkai.tables.rows.spots import Head, Line, Spot, Width
    from gongkai.tables.stream import Token


_BLANK = CellText(State.BLANK)
#: Of so many rows one may have a label that is too long.
_MOST_PUSHED = 8
#: Blanks that may join numbers, whatever their columns.
_LONGEST_JOINT = 2


class Raster(NamedTuple):
    """How the lines of a text are aligned.

    Attributes:
        widths: of characters, by which they are; none where numbers have more places than there
            are columns: a program that lays a page out anew, as it prints a PDF, keeps no raster.
        exact: the head is in line with its numbers, so that it tells by itself where they belong.
    """

    widths: tuple[Width, ...]
    exact: bool


#: Of a text whose lines tell nothing.
ANY = Raster(WIDTHS, exact=False)


def is_gapped(rows: Iterable[Row]) -> bool:
    """Tell whether any row of a table stands in a line, and lacks numbers."""
    return any(0 < len(row.tokens) < row.width and is_line(row.tokens) for row in rows)


def raster_of(rows: Sequence[Row], head: Head) -> Raster:
    """Return how the lines of a table are aligned; by any width where it does not stand in lines.

    Args:
        rows: of the table.
        head: what stands above them.
    """
    printed = [[token for token in row.tokens if not token.is_blank] for row in rows]
    found: list[tuple[int, Width, list[tuple[Spot, ...]]]] = []
    for width in WIDTHS:
        if not any(spots_of(tokens, width) for tokens in printed):
            return ANY
        lines = [line.spots for line in _lines(printed, width).values()]
        spots = list(chain.from_iterable(lines))
        if spots:
            found.append((min(len(gather(spots, *edge)) for edge in EDGES), width, lines))
    least = min((count for count, *_ in found), default=0)
    if not 0 < least <= len(head.names):
        return Raster((), exact=False)
    best = [(width, lines) for count, width, lines in found if count == least]
    exact = all(
        (above := names_in(head, width)) and on_edge(dict(enumerate(lines)), above)
        for width, lines in best
    )
    return Raster(tuple(width for width, _ in best), exact=exact)


def place_gaps(
    rows: Sequence[Row], head: Head, raster: Raster, form: FormYear | None = None
) -> None:
    """Give the rows that lack numbers a blank in each gap, where their line says which it is.

    Args:
        rows: of one table and one width; their ``tokens`` are completed.
        head: what stands above them.
        raster: how the text is aligned; all widths have to say the same.
        form: by whose sums a row has to add up, if it has any.
    """
    ways = [_places(rows, head, width, form, exact=raster.exact) for width in raster.widths]
    for n, row in enumerate(rows):
        found = {way.get(n) for way in ways}
        places = found.pop() if len(found) == 1 else None
        if places is not None:
            _fill(row, places, form)


def _fill(row: Row, places: tuple[int, ...], form: FormYear | None) -> None:
    """Put a blank into each gap of a row, unless its sums refute the places of its numbers."""
    printed, row.tokens = row.tokens, _filled(row, places)
    if form is not None:
        row.settled = tuple(Value(token, token.text) for token in row.tokens)
        if is_refuted(row, form):
            row.tokens = printed
        row.settled = None


def _filled(row: Row, places: tuple[int, ...]) -> list[Token]:
    first = row.tokens[0]
    blank = first._replace(text="", cell=_BLANK, at=(line_of(first), 0))
    laid = dict(zip(places, row.tokens, strict=True))
    return [laid.get(column, blank) for column in range(row.width)]


def _places(
    rows: Sequence[Row], head: Head, width: Width, form: FormYear | None, *, exact: bool
) -> dict[int, tuple[int, ...]]:
    """Return the columns of the numbers of each row that lacks some."""
    lines = _lines([row.tokens for row in rows], width)
    if form is None:  # no sums guard the table: its labels have to stand in line, the head's too
        labels = [line.label for line in lines.values()]
        labels += [spot for _, spot in words_of(line_of(head.tokens[-1]), width)[:1]]
        if all(len(gather(labels, *edge)) > 1 for edge in EDGES):
            return {}
    whole = [n for n, line in lines.items() if len(line.spots) == len(head.names)]
    short = {n: line.spots for n, line in lines.items() if len(line.spots) < len(head.names)}
    if whole:
        return _below_whole(short, {n: lines[n].spots for n in whole if not _is_joined(lines[n])})
    above = names_in(head, width)
    if above is None:
        return {}
    places = on_edge(short, above) if exact or form is None else None
    if places is None and form is not None:
        places = below(short, above)
        if not _proved([(rows[n], way) for n, way in places.items()], form):
            return {}
    return places or {}


def _lines(rows: Sequence[Sequence[Token]], width: Width) -> dict[int, Line]:
    """Return the lines of rows, by their numbers; none where rows have moved sideways.

    Where spans were lost, labels stand below numbers. A single label may be too long for its
    column, and push the numbers of its row aside.
    """
    lines = {n: line for n, tokens in enumerate(rows) if (line := spots_of(tokens, width))}
    first = min((line.spots[0].start for line in lines.values()), default=0)
    pushed = [n for n, line in lines.items() if line.label.end > first]
    if len(pushed) * _MOST_PUSHED > len(lines):
        return {}
    return {n: line for n, line in lines.items() if n not in pushed}


def _proved(rows: Sequence[tuple[Row, tuple[int, ...]]], form: FormYear) -> bool:
    """Tell whether totals that are printed, and not 0, bear out where the numbers are placed."""
    proofs = refuted = 0
    for row, way in rows:
        tokens = dict(zip(paths_of(row), _filled(row, way), strict=True))
        numbers = {path: token.cell.value or 0 for path, token in tokens.items()}
        for identity in sums_of(paths_of(row), form):
            left, right = (
                sum(numbers[path] for path in side) for side in (identity.left, identity.right)
            )
            proofs += left == right > 0
            refuted += left != right
    return proofs > refuted


def _is_joined(line: Line) -> bool:
    """Tell whether the numbers of a line may be joined by blanks, and only look aligned."""
    gaps = {after.start - before.end for before, after in pairwise(line.spots)}
    return len(gaps) == 1 and max(gaps) <= _LONGEST_JOINT


def _below_whole(
    short: Mapping[int, Sequence[Spot]], whole: Mapping[int, Sequence[Spot]]
) -> dict[int, tuple[int, ...]]:
    """Return the columns of the numbers of each short row by the whole rows of its table."""
    found = {}
    for n, spots in short.items():
        said = {w: in_line(spots, others) for w, others in whole.items()}
        places = {way for way in said.values() if way is not None}
        # Programs that lay a page out anew move it sideways from one line to another.
        near = {
            max((w for w in whole if w < n), default=None),
            min((w for w in whole if w > n), default=None),
        }
        if len(places) == 1 and all(said[w] is not None for w in near if w is not None):
            found[n] = places.pop()
    return found

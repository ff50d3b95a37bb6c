"""The values of one statutory row: its tokens, and the ways to lay them on its columns.

A row with as many values as columns is read as printed. Otherwise the ways to drop a surplus or to
place a gap are listed, the likeliest kind first; :mod:`gongkai.tables.rows.decode` lets the
identities choose. Numbers are never made up: a way drops tokens, splits or joins printed digits, or
leaves a gap.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from gongkai.tables.numbers import State, read_cell, split_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.tables.numbers import CellText
    from gongkai.tables.stream import Token

#: More ways than this are not tried: the row is given up as unsettled.
MAX_WAYS = 400
#: A row may miss or have too many values up to this number before it is given up.
_MAX_SLIP = 3


class Value(NamedTuple):
    """What lies on one column: a token, or a piece of one.

    Attributes:
        token: the token it stands in.
        text: its text, which is a piece of the token's when digits were split or joined.
        second: the token that holds the rest of digits that were joined.
    """

    token: Token
    text: str
    second: Token | None = None

    @property
    def cell(self) -> CellText:
        """Its text, read."""
        return read_cell(self.text)


#: What Value(...) does with a tuple of all its parts, without a call in Python.
_value_of = partial(tuple.__new__, Value)

#: One way to lay a row: a value or ``None`` (nothing printed there) for each column.
Way = tuple[Value | None, ...]


@dataclass(slots=True)
class Row:
    """The values of a statutory row, before they are settled.

    Attributes:
        key: path of the row.
        width: columns that the form gives it.
        tokens: its value tokens in source order.
        ways: kinds of ways, likeliest kind first; a kind lists ways of equal standing.
        settled: the way that was taken, if any.
        inferred: the identities chose it.
        given_up: no single way could be chosen.
        padded: a blank may be padding that stands in for a lost cell, or a cell that was left out.
        unit: that its head gives its amounts, where it is not the form's own.
    """

    key: str
    width: int
    tokens: list[Token]
    ways: list[list[Way]] = field(default_factory=list)
    settled: Way | None = None
    inferred: bool = False
    given_up: bool = False
    padded: bool = False
    unit: str = ""

    @property
    def discards(self) -> bool:
        """Whether a printed number was left out that is no second copy of its neighbour."""
        laid = [value for value in self.settled or () if value is not None]
        kept = {id(token) for value in laid for token in (value.token, value.second)}
        texts = ["", *(token.text.strip() for token in self.tokens), ""]
        return any(
            id(token) not in kept
            and not token.is_blank
            and token.cell.value != 0
            and text not in (before, after)
            for token, before, text, after in zip(
                self.tokens, texts, texts[1:], texts[2:], strict=False
            )
        )

    @property
    def spared(self) -> tuple[int, ...]:
        """Places of the surplus blanks that it is settled without; none where it is open."""
        if self.settled is None:
            return ()
        kept = {id(value.token) for value in self.settled if value is not None}
        left = [n for n, token in enumerate(self.tokens) if id(token) not in kept]
        return tuple(left) if all(self.tokens[n].is_blank for n in left) else ()

    @property
    def is_spaced(self) -> bool:
        """Whether a blank between its cells was left out."""
        left = frozenset(self.spared)
        kept = [n for n in range(len(self.tokens)) if n not in left]
        return any(kept[0] < n < kept[-1] for n in left)

    def follow(self, order: Sequence[int]) -> None:
        """Put every way into statutory order; ``order`` names each cell's printed column."""
        if self.settled is not None:
            self.settled = tuple(self.settled[n] for n in order)
        self.ways = [[tuple(way[n] for n in order) for way in kind] for kind in self.ways]

    def give_up(self) -> None:
        """Leave all cells of the row open: no single way could be chosen."""
        self.settled, self.given_up = (None,) * self.width, True

    @property
    def surplus(self) -> int:
        """Values printed beyond the row's width (negative: values missing)."""
        return len(self.tokens) - self.width

    @property
    def is_loose(self) -> bool:
        """Whether some of its blanks are none of its cells, and which ones changes its reading."""
        blanks = [n for n, token in enumerate(self.tokens) if token.is_blank]
        # Of blanks side by side it does not matter which one goes.
        apart = bool(blanks) and blanks[-1] - blanks[0] >= len(blanks)
        return apart and 0 < self.surplus < len(blanks)


def lay(row: Row, columns: Sequence[int] | None = None) -> None:
    """List the ways to lay ``row``; settle it where there is no choice.

    Args:
        row: the row; ``ways`` and ``settled`` are set.
        columns: raster columns of its table's value columns, where they are known.
    """
    values: list[Value] = [_value_of((token, token.text, None)) for token in row.tokens]
    if not values:
        row.settled = (None,) * row.width
        return
    values = _without_notes(_opened(values, row.width), row.width)
    if len(values) == row.width:
        row.settled = tuple(values)
        return
    if columns is not None:
        below = [v for v in values if not v.token.is_blank or v.token.column in columns]
        row.settled = _by_column(below, columns)
        if row.settled is None:
            values = below
    kinds = _surplus(values, row.width) if len(values) > row.width else _missing(values, row.width)
    row.ways = [kind for kind in kinds if kind]
    if row.settled is not None:
        return
    if row.ways and len(values) > row.width:
        first, *others = map(_cells, row.ways[0])
        if all(cells == first for cells in others):
            row.settled = row.ways[0][0]


def _cells(way: Way) -> list[CellText | None]:
    return [None if v is None else v.cell for v in way]


def _opened(values: list[Value], width: int) -> list[Value]:
    """Open cells that hold a run of numbers (``0 0``) where the row is too short."""
    if len(values) >= width:
        return values
    opened: list[Value] = []
    for value in values:
        pieces = split_run(value.text)
        opened += [Value(value.token, p) for p in pieces] if pieces else [value]
    return opened if len(opened) <= width else values


def _without_notes(values: list[Value], width: int) -> list[Value]:
    """Drop texts at the end of a row (a column 备注) where the numbers before them fill it."""
    rest = values[width:]
    if rest and all(v.cell.state in (State.TEXT, State.BLANK) for v in rest):
        numbers = [v.cell.state for v in values[:width]]
        if all(state in (State.NUMBER, State.NIL) for state in numbers):
            return values[:width]
    return values


def _by_column(values: list[Value], columns: Sequence[int]) -> Way | None:
    """Lay the values on the raster; ``None`` where they do not fill its columns one by one."""
    by_column = {value.token.column: value for value in values}
    if len(values) != len(columns) or by_column.keys() != set(columns):
        return None
    return tuple(by_column[column] for column in columns)


def _surplus(values: list[Value], width: int) -> Iterator[list[Way]]:
    """Yield kinds of ways for too many values: padding first, numbers last."""
    extra = len(values) - width
    blank = [value.token.is_blank for value in values]
    before = next((n for n, empty in enumerate(blank) if not empty), len(blank))
    behind = next((n for n, empty in enumerate(reversed(blank)) if not empty), len(blank))
    leads = range(max(extra - behind, 0), min(extra, before) + 1)
    edges: list[Way] = [tuple(values[lead : lead + width]) for lead in leads]
    if edges:
        yield edges
    printed = [v for v, b in zip(values, blank, strict=True) if not b]
    if len(printed) == width:
        yield [tuple(printed)]
    # Blank edges are padding before anything inside the row is, but not before and within it.
    if 0 < before < extra <= before + behind + _MAX_SLIP and behind < extra <= sum(blank):
        yield _dropped(values, [n for n, empty in enumerate(blank) if empty], extra)
        return
    values = _trim(values, blank, width)
    blank = [value.token.is_blank for value in values]
    extra = len(values) - width
    if not 0 < extra <= _MAX_SLIP:
        return
    blanks = [i for i, b in enumerate(blank) if b]
    yield _dropped(values, blanks, extra)
    joined: list[Way] = [
        (*values[:i], _join(values[i], values[i + 1]), *values[i + 2 :])
        for i in range(len(values) - 1)
        if extra == 1 and _joinable(values[i], values[i + 1])
    ]
    yield _dropped(values, range(len(values)), extra) + joined


def _trim(values: list[Value], blank: list[bool], width: int) -> list[Value]:
    low, high = 0, len(values)
    while high - low > width and blank[high - 1]:
        high -= 1
    while high - low > width and blank[low]:
        low += 1
    return values[low:high]


def _dropped(values: list[Value], among: Sequence[int], extra: int) -> list[Way]:
    ways: list[Way] = []
    for out in combinations(among, extra):
        ways.append(tuple(v for i, v in enumerate(values) if i not in out))
        if len(ways) > MAX_WAYS:
            return []
    return ways


def leaving_out(row: Row) -> list[Way]:
    """Return the ways to leave out any tokens that are too many; none where these are many."""
    values: list[Value] = [_value_of((token, token.text, None)) for token in row.tokens]
    slip = 0 < row.surplus <= _MAX_SLIP
    return _dropped(values, range(len(values)), row.surplus) if slip else []


def _joinable(left: Value, right: Value) -> bool:
    first = left.text.strip()
    return first.isdigit() and first[0] != "0" and right.text.strip().isdigit()


def _join(left: Value, right: Value) -> Value:
    return Value(left.token, left.text.strip() + right.text.strip(), right.token)


def _missing(values: list[Value], width: int) -> Iterator[list[Way]]:
    """Yield kinds of ways for too few values: split digits, then gaps."""
    gap = width - len(values)
    if gap == 1:
        split: list[Way] = [
            (*values[:i], Value(v.token, t[:cut]), Value(v.token, t[cut:]), *values[i + 1 :])
            for i, v in enumerate(values)
            if (t := v.text.strip()).isdigit()
            for cut in range(1, len(t))
            if cut == len(t) - 1 or t[cut] != "0"
        ]
        padded = [
            v for v in values if (t := v.text.strip()).isdigit() and len(t) > 1 and t[0] == "0"
        ]
        if padded:
            yield split  # 00 is never one number
            return
        yield split + gapped(values, width)
    else:
        yield gapped(values, width)


def gapped(values: list[Value], width: int) -> list[Way]:
    """Return the ways to lay too few values on ``width`` columns, in order, with gaps between."""
    ways: list[Way] = []
    for places in combinations(range(width), len(values)):
        way: list[Value | None] = [None] * width
        for place, value in zip(places, values, strict=True):
            way[place] = value
        ways.append(tuple(way))
        if len(ways) > MAX_WAYS:
            return []
    return ways

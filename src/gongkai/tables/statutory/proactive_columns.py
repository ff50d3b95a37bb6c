"""The columns of table two: which a head names, and whether its rows lie below them."""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING

from gongkai.form.labels import PROACTIVE_HEADER_WORD
from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token


def count_names(above: Sequence[Token]) -> int:
    """Return how many columns the nearest header row names, or one below it that parts them."""
    rows = [t.row for t in above if t.norm == PROACTIVE_HEADER_WORD]
    if not rows:
        return 0
    names = Counter(t.row for t in above if t.row >= rows[-1] and t.norm)
    names[rows[-1]] -= 1
    for token in above:
        if token.cell.state is State.NUMBER:
            names.pop(token.row, None)
    return max(names.values(), default=0)


def printed_once(
    headers: list[Token], values: list[Token], width: int
) -> tuple[list[Token], list[Token]]:
    """Return headers and values once where cells that cover columns are printed in each of them.

    Numbers that cover columns are often printed in the first alone.
    """
    first = [n for n, t in enumerate(headers) if not n or t.norm != headers[n - 1].norm]
    if len(values) > width == len(headers) == len(first):
        return headers, _once_below(headers, values)
    if len(first) == len(headers) or len(headers) != len(values):
        return headers, values
    same = all(
        n in first or token.is_blank or token.text == values[n - 1].text
        for n, token in enumerate(values)
    )
    return ([headers[n] for n in first], [values[n] for n in first]) if same else (headers, values)


def _once_below(headers: Sequence[Token], values: list[Token]) -> list[Token]:
    """Return the values once, where a header spans several cells that print the same."""
    spans, places = _spans(headers), _spans(values)
    if len({end for *_, end in (*spans, *places)}) != 1:
        return values  # rows of several lengths
    below = [
        [v for v, (at, *_) in zip(values, places, strict=True) if start <= at < stop]
        for start, stop, _ in spans
    ]
    whole = sum(map(len, below)) == len(values)
    return (
        [v[0] for v in below]
        if whole and all(len({t.text for t in v}) == 1 for v in below)
        else values
    )


def _spans(tokens: Sequence[Token]) -> list[tuple[int, int, int]]:
    """Return where cells begin and end in their rows, and where those end; 0 for words of lines."""
    edges: dict[tuple[int, int], list[int]] = {}  # of the cells of a row
    spans = []
    for token in tokens:
        if len(token.at) == 2:  # noqa: PLR2004 - a word of a line
            spans.append((0, 0, 0))
            continue
        grid, row, cell = token.at
        at = id(grid), row
        if at not in edges:
            edges[at] = list(accumulate((c.colspan for c in grid.rows[row]), initial=0))
        spans.append((edges[at][cell], edges[at][cell + 1], edges[at][-1]))
    return spans


def header_columns(headers: Sequence[Token], width: int) -> tuple[int, ...] | None:
    """Return the raster columns of the headers, where each value has one."""
    columns = tuple(t.column for t in headers if t.column is not None)
    return columns if len(columns) == width else None


def reaches(head: Sequence[Token], values: Sequence[Token]) -> bool:
    """Tell whether a row's cells lie below the cells of its head: none stands beyond them.

    A blank cell that the head does not show moves those behind it one column on.
    """
    return _reach(values) <= _reach(head)


def falls_short(head: Sequence[Token], values: Sequence[Token]) -> bool:
    """Tell whether a row has fewer cells than its head, all of them in columns of the head."""
    return 0 < _reach(values) < _reach(head)


def _reach(row: Sequence[Token]) -> int:
    return max((_end(token) for token in row), default=0)


def _end(token: Token) -> int:
    """Return the raster column behind a token's cell; 0 where it has none."""
    if token.column is None or len(token.at) == 2:  # noqa: PLR2004 - a word of a line
        return 0
    grid, row, cell = token.at
    return token.column + grid.rows[row][cell].colspan


def is_crowded(row: Row, above: Sequence[Token], added: int = 0) -> bool:
    """Tell whether a head names more columns than the form has, and the row prints more cells.

    They may be of two years: which of its cells may be left out, blank ones too, is not said.

    Args:
        row: the row, without the cells of added columns that are known.
        above: what stands above it.
        added: how many columns these are.
    """
    return row.surplus > 0 and count_names(above) > row.width + added


def is_loose(row: Row, raster: Sequence[int] | None) -> bool:
    """Tell whether some of the row's blanks are none of its cells, and no raster says which."""
    return row.is_loose and not _lies_on(row, raster)


def may_be_doubled(row: Row, raster: Sequence[int] | None) -> bool:
    """Tell whether a blank that was left out may be a cell, and a number be printed twice."""
    if not row.is_spaced or _lies_on(row, raster):
        return False
    return any(a.text == b.text for a, b in pairwise(row.tokens) if not a.is_blank)


def _lies_on(row: Row, raster: Sequence[int] | None) -> bool:
    """Tell whether a row's cells stand in the raster's columns one by one."""
    columns = [None if value is None else value.token.column for value in row.settled or ()]
    return raster is not None and columns == list(raster)


def is_apart(label: Token, values: Sequence[Token]) -> bool:
    """Tell whether a label fills its row, and a single number the line below."""
    lines = [token for token in values if not token.is_blank]
    return label.width == 1 and len(lines) == 1 == lines[0].width and lines[0].grid is None


def is_set_off(tokens: Sequence[Token], label: Token, values: Sequence[Token]) -> bool:
    """Tell whether blank lines set the number off from its label, more of them than usual."""
    lines = [t.place.line for t in tokens if t.grid is None]
    gaps = [b - a for a, b in pairwise(lines) if a is not None and b is not None and b > a]
    (value,) = [token.place.line for token in values if not token.is_blank]
    above = label.place.line
    return bool(gaps) and value is not None and above is not None and value - above > median(gaps)

"""From labels to values: which tokens belong to which statutory row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.form.labels import GROUP_LABELS, PROACTIVE_HEADER_WORD
from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gongkai.tables.align import Match
    from gongkai.tables.stream import Token

#: Longest text that stands in a number's cell, such as 详见附件一.
_LONGEST_CELL = 12
_GROUPS = frozenset((*GROUP_LABELS, PROACTIVE_HEADER_WORD))


def row_tokens(  # noqa: PLR0913, PLR0917 - a place in two sequences, and two limits
    tokens: Sequence[Token],
    chain: Sequence[Match],
    number: int,
    width: int,
    end: int,
    words: Collection[str] = (),
) -> list[Token]:
    """Return the value tokens of the ``number``-th label of a chain.

    In a row of several cells they are the rest of that row; otherwise everything up to the next
    label, without what opens the next label's own row.

    Args:
        tokens: the stream.
        chain: labels found, in order.
        number: which of them.
        width: values that the form expects.
        end: where the table ends in the stream.
        words: label texts that are headers, never values.
    """
    match = chain[number]
    last = tokens[match.end - 1]
    if last.width > 1:
        rest = _rest_of_row(tokens, match, words)
        if any(not t.is_blank for t in rest):
            return rest
        cut = _upper_part(tokens, match, words)
        if cut or len(rest) >= width:
            return cut or rest
    stop = chain[number + 1].start if number + 1 < len(chain) else end
    stop = _row_start(tokens, stop, match.end)
    final = number + 1 == len(chain)
    found: list[Token] = []
    for index in range(match.start, stop):
        if index in match.pieces:
            continue
        token = tokens[index]
        if token.cell.state is State.TEXT:
            if index < match.end:
                continue
            if token.norm in _GROUPS or final:
                break
        found.append(token)
    values = [t for t in found if t.is_value]
    if sum(not t.is_blank for t in values) < width:
        # A text among too few numbers is a cell that holds words (见附件), not a stray label.
        return [t for t in found if t.is_value or _may_be_cell(t, words)]
    return values


def _may_be_cell(token: Token, words: Collection[str]) -> bool:
    """Return whether a text of its own may stand in a number's cell."""
    return len(token.text) <= _LONGEST_CELL and len(token.norm) != 1 and token.norm not in words


def _rest_of_row(tokens: Sequence[Token], match: Match, words: Collection[str]) -> list[Token]:
    row, label = tokens[match.end - 1].row, tokens[match.end - 1].norm
    stop = match.end
    while stop < len(tokens) and tokens[stop].row == row:
        stop += 1
    # A label that spans columns is printed in each of them.
    rest = [
        t
        for t in tokens[match.end : stop]
        if not t.norm or (t.norm not in words and t.norm != label)
    ]
    if match.end > match.start + 1:  # between the pieces of a label
        inside = tokens[match.start : match.end]
        rest = [t for t in inside if t.row == row and not t.norm] + rest
    return rest


def _upper_part(tokens: Sequence[Token], match: Match, words: Collection[str]) -> list[Token]:
    """Return the numbers of a row that a page break cut: its label goes on in the next row."""
    last = tokens[match.end - 1].row
    for piece in match.pieces:
        row = tokens[piece].row
        if row == last:
            break
        found: list[Token] = []
        for token in tokens[piece + 1 : match.end]:
            if token.row != row:
                break
            if token.norm not in words:
                found.append(token)
        if any(token.is_value and not token.is_blank for token in found):
            return found
    return []


def _row_start(tokens: Sequence[Token], stop: int, low: int) -> int:
    """Step back over what stands before a label in its own row: covered cells, group labels."""
    if stop >= len(tokens) or tokens[stop].width == 1:
        return stop
    row = tokens[stop].row
    while stop > low and tokens[stop - 1].row == row:
        stop -= 1
    return stop


def value_columns(rows: Sequence[list[Token]], width: int) -> tuple[int, ...] | None:
    """Return the raster columns that the rows of a table agree on, if most of them do.

    A row counts with its printed values where there are just enough of them, padding left out.
    """
    shapes: Counter[tuple[int, ...]] = Counter()
    for row in rows:
        printed = row if len(row) == width else [t for t in row if not t.is_blank]
        columns = tuple(t.column for t in printed if t.column is not None)
        if len(columns) == width:
            shapes[columns] += 1
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    return shape if 2 * count > sum(shapes.values()) else None

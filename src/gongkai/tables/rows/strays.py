"""Rows that a report prints out of statutory order: 总计 above its parts, two rows changed round.

The alignment keeps the order, so that a header is never taken for a row. A label that it misses is
a row all the same where it stands in the same table, spelt exactly, once, before its numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form.labels import GROUP_LABELS, WEAK_LABELS
from gongkai.tables.rows.align import EXACT, Match

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.tables.rows.align import Labels
    from gongkai.tables.stream import Token


def with_strays(
    tokens: Sequence[Token],
    labels: Labels,
    chain: list[Match],
    widths: Mapping[str, int],
    low: int | None = None,
) -> list[Match]:
    """Return the chain with the rows that stand elsewhere in its tables, in source order.

    Args:
        tokens: the stream.
        labels: the table's labels.
        chain: labels found in statutory order.
        widths: number of values of each row, by its key; most of them are printed.
        low: where the part of the stream begins that is this table's, whatever grids it is in;
            ``None`` where only the grids of its labels are known to be.
    """
    missing = labels.order.keys() - {match.key for match in chain}
    if not missing or not chain:
        return chain
    own = (tokens[match.start] for match in chain) if low is None else tokens[low:]
    grids = {token.grid for token in own} - {None}
    # Of two rows that changed places, the chain may have but the first or the last.
    reach = 1 + max(widths.values())
    lines = range(chain[0].start - reach, chain[-1].end + reach)
    # A group's label may have been joined to another row's, and be a row of its own after all.
    taken = {i for match in chain for i in match.pieces if tokens[i].norm not in GROUP_LABELS}
    found: dict[str, list[Match]] = {}
    for index, token in enumerate(tokens):
        keys = labels.exact.get(token.norm) if token.norm else None
        if not keys or index in taken or not (token.grid in grids or _is_line(token, index, lines)):
            continue
        for key in keys:
            if key in missing and _opens(tokens, index, widths[key]):
                match = Match(index, index + 1, key, EXACT, (index,), 1.0)
                found.setdefault(key, []).append(match)
    strays = [matches[0] for matches in found.values() if len(matches) == 1]
    return sorted([*chain, *strays], key=lambda m: m.start) if strays else chain


def _is_line(token: Token, index: int, lines: range) -> bool:
    """Tell whether a token is a label in a line of a table that is printed in lines."""
    return token.grid is None and index in lines and token.norm not in WEAK_LABELS


def _opens(tokens: Sequence[Token], index: int, width: int) -> bool:
    """Tell whether numbers follow in the token's row, for most of its cells and hardly a text.

    Where each cell has a line of its own, the row goes on up to the next text.
    """
    row, by_line, values, texts = tokens[index].row, tokens[index].width == 1, 0, 0
    for token in tokens[index + 1 :]:
        if token.row != row and not (by_line and token.is_value):
            break
        texts += not token.is_value
        values += token.is_printed
    return 2 * values > width + texts

"""Rows that a report prints out of statutory order: 总计 above its parts, two rows changed round.

The alignment keeps the order, so that a header is never taken for a row. A label that it misses is
a row all the same where it stands in the same table, spelt exactly, once, before its numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form.labels import GROUP_LABELS
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
) -> list[Match]:
    """Return the chain with the rows that stand elsewhere in its tables, in source order.

    Args:
        tokens: the stream.
        labels: the table's labels.
        chain: labels found in statutory order.
        widths: least number of values of each row, by its key.
    """
    missing = labels.order.keys() - {match.key for match in chain}
    grids = {tokens[match.start].grid for match in chain} - {None}
    if not missing or not grids:
        return chain
    # A group's label may have been joined to another row's, and be a row of its own after all.
    taken = {i for match in chain for i in match.pieces if tokens[i].norm not in GROUP_LABELS}
    found: dict[str, list[Match]] = {}
    for index, token in enumerate(tokens):
        keys = labels.exact.get(token.norm) if token.norm and token.grid in grids else None
        for key in keys or ():
            if key in missing and index not in taken and _opens(tokens, index, widths[key]):
                match = Match(index, index + 1, key, EXACT, (index,), 1.0)
                found.setdefault(key, []).append(match)
    strays = [matches[0] for matches in found.values() if len(matches) == 1]
    return sorted([*chain, *strays], key=lambda m: m.start) if strays else chain


def _opens(tokens: Sequence[Token], index: int, width: int) -> bool:
    """Tell whether nothing but numbers follows in the token's row, and enough of them."""
    row, values = tokens[index].row, 0
    for token in tokens[index + 1 :]:
        if token.row != row:
            break
        if not token.is_value:
            return False
        values += not token.is_blank
    return values >= width

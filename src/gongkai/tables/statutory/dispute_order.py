"""The order of table four's cells, as its heads name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.form.labels import DISPUTE_HEADERS
from gongkai.tables.statutory.dispute_heads import BLOCK, BLOCKS, KINDS, LEAVES, RESULTS, WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.stream import Token

_LITIGATION = DISPUTE_HEADERS[1]
_RESULT = re.compile("|".join(RESULTS))
STATUTORY = tuple(range(WIDTH))


def placed_by_parts(
    parts: Sequence[tuple[Sequence[Token], Sequence[Token]]],
) -> tuple[int, ...] | None:
    """Return which cell of the form each value holds where several heads stand above values.

    Args:
        parts: the heads with the values below them, in source order.

    Returns:
        the cells in source order, or ``None`` where the heads do not say it of each value.
    """
    heads = [
        (
            list(dict.fromkeys(n for token in head if (n := _kind(token.norm)) is not None)),
            [RESULTS.index(leaf) for leaf in _leaves(head)],
        )
        for head, _ in parts
    ]
    order: list[int] = []
    kinds, leaves = heads[0]
    for (own_kinds, own_leaves), (_, values) in zip(heads, parts, strict=True):
        if len(own_kinds) > 1 and len(own_leaves) == len(values) == len(own_kinds) * BLOCK:
            # Kinds beside each other, each above its results.
            order += [own_kinds[n // BLOCK] * BLOCK + leaf for n, leaf in enumerate(own_leaves)]
            continue
        if len(values) == 1:  # a list: one value behind its kind and its result
            kinds, leaves = own_kinds[-1:] or kinds[-1:], own_leaves[-1:]
        elif len(own_leaves) == 1:  # one result a row, the kinds above
            kinds, leaves = own_kinds or kinds, own_leaves
        else:  # one kind a row, or a block with a head of its own
            kinds, leaves = own_kinds[-1:], own_leaves or leaves
        if own_kinds and len(own_kinds) > 1 and len(own_leaves) != 1:
            return None
        order += [kind * BLOCK + leaf for kind in kinds for leaf in leaves]
    counts = sum(len(values) for _, values in parts)
    return tuple(order) if len(set(order)) == len(order) == counts else None


def _leaves(head: Sequence[Token]) -> list[str]:
    """Return the results that a head names, those that break over lines included: 结果维 / 持."""
    leaves = [t.norm for t in head if t.norm in LEAVES]
    if any(t.width > 1 for t in head):
        return leaves
    spelt: list[str] = _RESULT.findall("".join(t.norm for t in head))
    return leaves if len(spelt) % BLOCK else spelt


def _kind(norm: str) -> int | None:
    """Return the number of the kind that a header names, if it names one."""
    named = [n for n, kind in enumerate(KINDS) if kind in norm]
    return named[0] if len(named) == 1 else None


def placed_by_head(head: Sequence[Token], values: int) -> tuple[int, ...] | None:
    """Return which cell of the form each column below a head of table four holds.

    Labels place the numbers: kinds and results that stand in another order are followed, and so
    is a head that leaves out the totals. A head that is cut short, garbled or absent says nothing
    against the statutory order; ``None`` where it contradicts itself.

    Args:
        head: tokens of the head.
        values: how many values stand below it.
    """
    printed = [t for t in head if t.norm in LEAVES]
    last = [t for t in printed if t.row == printed[-1].row]
    if len(last) == WIDTH:
        printed = last  # cells that cover others are printed in each row above, too
    ordered = _by_column(printed)
    broken = ordered == printed and printed is not last
    leaves = _leaves(head) if broken else [t.norm for t in ordered]
    kinds = list(dict.fromkeys(t.norm for t in _by_column([t for t in head if t.norm in KINDS])))
    firsts = [t.norm for t in head if t.norm in DISPUTE_HEADERS[:2]]
    if firsts[:1] == [_LITIGATION] and kinds == list(KINDS):
        kinds = [*KINDS[1:], KINDS[0]]  # no raster says so, but the first header row does
    if sorted(kinds) != sorted(KINDS):
        kinds = list(KINDS)
    size, rest = divmod(len(leaves), BLOCKS)
    whole = len(leaves) == WIDTH
    # Each block without the same one: such a head is no statutory one that was cut short.
    short = size == BLOCK - 1 and not rest and values < WIDTH and not _is_garbled(head, leaves)
    if not whole and not (short and all(leaves.count(leaf) == BLOCKS for leaf in leaves)):
        return STATUTORY if kinds == list(KINDS) else None
    order = tuple(
        KINDS.index(kinds[n // size]) * BLOCK + RESULTS.index(leaf) for n, leaf in enumerate(leaves)
    )
    if order != STATUTORY and len(printed) == len(leaves) and _are_beside(printed, size):
        return None
    return order if len(set(order)) == len(order) else None


def _is_garbled(head: Sequence[Token], leaves: Sequence[str]) -> bool:
    """Tell whether a result that a head does not name is named by a piece: 尚未审 for 尚未审结."""
    missing = [result for result in RESULTS if result not in leaves]
    return any(t.norm and t.norm in result for t in head for result in missing)


def _are_beside(printed: Sequence[Token], size: int) -> bool:
    """Tell whether the results of one kind stand in several lines, and several of them in one.

    Headers of one row may differ in height: which stands left of which is then not told.
    """
    blocks = [printed[n : n + size] for n in range(0, len(printed), size)]
    return any(
        block[0].column is None and 1 < len({(t.grid, t.row) for t in block}) < len(block)
        for block in blocks
    )


def _by_column(tokens: list[Token]) -> list[Token]:
    """Return headers from left to right, where they have columns of their own."""
    columns = [t.column for t in tokens if t.column is not None]
    if len(set(columns)) != len(tokens):
        return tokens
    return sorted(tokens, key=lambda t: t.column or 0)

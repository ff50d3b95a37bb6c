"""The head of table four: where it stands, what order it names, and what a portal added to it."""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import DISPUTE_HEADERS
from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.stream import Token

#: Table four has three blocks: reconsideration and two kinds of litigation.
BLOCKS = 3
BLOCK = len(DISPUTE_CELLS) // BLOCKS
KINDS = (DISPUTE_HEADERS[0], *DISPUTE_HEADERS[2:4])
_LITIGATION = DISPUTE_HEADERS[1]
_RESULTS = DISPUTE_HEADERS[4:]
LEAVES = frozenset(_RESULTS)
_RESULT = re.compile("|".join(_RESULTS))
_HEADERS = frozenset(DISPUTE_HEADERS)
STATUTORY = tuple(range(len(DISPUTE_CELLS)))
#: Another word for 总计, in a head or of a column that a portal adds.
_TOTAL = "合计"
#: Cells below its first header, those that the header covers among them.
_LONGEST_BELOW = 60
#: What a row that numbers the columns prints.
COLUMN_NUMBERS = list(range(1, len(DISPUTE_CELLS) + 1))
_HEADER_SIGNS = frozenset("".join(DISPUTE_HEADERS)) | {"提", "被", "申", "请"}


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
            [_RESULTS.index(leaf) for leaf in _leaves(head)],
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
    if len(last) == len(DISPUTE_CELLS):
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
    whole = len(leaves) == len(DISPUTE_CELLS)
    # Each block without the same one: such a head is no statutory one that was cut short.
    short = size == BLOCK - 1 and not rest and values < len(DISPUTE_CELLS)
    if not whole and not (short and all(leaves.count(leaf) == BLOCKS for leaf in leaves)):
        return STATUTORY if kinds == list(KINDS) else None
    order = tuple(
        KINDS.index(kinds[n // size]) * BLOCK + _RESULTS.index(leaf)
        for n, leaf in enumerate(leaves)
    )
    if order != STATUTORY and len(printed) == len(leaves) and _are_beside(printed, size):
        return None
    return order if len(set(order)) == len(order) else None


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


def _without_column_numbers(values: list[Token]) -> list[Token]:
    """Return the values without a row that numbers the columns: 1 to 15, right below the head."""
    printed = [n for n, token in enumerate(values) if not token.is_blank][: len(DISPUTE_CELLS)]
    if [values[n].cell.value for n in printed] != COLUMN_NUMBERS:
        return values
    return values[printed[-1] + 1 :]


def own_columns(
    tokens: Sequence[Token], head: tuple[int, int], values: list[Token]
) -> tuple[list[Token], list[Token]]:
    """Return the head and the values without what a portal added to the form.

    Args:
        tokens: the stream.
        head: index of the first and of the last header in it.
        values: what stands below.
    """
    names = list(tokens[head[0] : head[1] + 1])
    around = _around(tokens, *head)
    overall = _overall(around, names)
    names = [t for t in names if t not in overall]
    values = _without_column_numbers(values)
    return names, _without_added(around, overall, names, values)


def _around(tokens: Sequence[Token], first: int, last: int) -> list[Token]:
    """Return the tokens of a head's rows, and of the row above where it is part of the head."""
    top = tokens[first].row - 1
    while first and tokens[first - 1].row >= top:
        first -= 1
    rows = {t.row for t in tokens[first : last + 1] if t.norm in _HEADERS}
    return [t for t in tokens[first : last + 1] if t.row in rows]


def _overall(around: Sequence[Token], head: Sequence[Token]) -> list[Token]:
    """Return the header of a total over all kinds: it stands in the row that names them first."""
    top = {t.row for t in around if t.norm in DISPUTE_HEADERS[:2]}
    results = [t for t in around if t.row in top and t.norm in LEAVES]
    one_more = sum(t.norm in LEAVES for t in head) == len(DISPUTE_CELLS) + 1
    return results if one_more and len(results) == 1 else []


def _without_added(
    around: Sequence[Token], overall: list[Token], head: Sequence[Token], values: list[Token]
) -> list[Token]:
    """Return the values without those below a header that the form does not have: 合计, 备注."""
    leaves = [t for t in head if t.norm in LEAVES]
    width = len(DISPUTE_CELLS)
    if len(leaves) != width or len(values) <= width:
        return values
    strange = overall + [t for t in around if t.norm and not is_dispute_head(t.norm)]
    columns = {t.column for t in leaves}
    if None not in columns and len(columns) == width:
        added = {t.column for t in strange} - columns
        return [v for v in values if v.column not in added]
    if len(strange) == 1 and strange[0].width > 1:
        ends = {t.row: t for t in around}  # the last of each row
        if strange[0] == ends[strange[0].row]:
            return values[:-1]
        if strange[0] == around[0] and len(values) == width + 1:
            return values[1:]
    return values


def is_dispute_head(norm: str) -> bool:
    """Return whether a text is made of the signs of table four's headers."""
    return bool(norm) and _HEADER_SIGNS.issuperset(norm)


def find_head(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the first and last header token of table four."""
    strong = {"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结"}
    starts = [i for i, t in enumerate(tokens) if t.norm in strong]
    for start in starts:
        last, seen, index = start, 0, start
        while index < len(tokens):
            token = tokens[index]
            if token.norm and token.norm != _TOTAL and not is_dispute_head(token.norm):
                row = _row_of(tokens, index)
                if not any(t.norm in _HEADERS for t in row) or any(_is_printed(t) for t in row):
                    break  # a header of the portal's own stands beside the form's
            elif token.norm:
                last = index
                seen += 1
            elif _ends_head(tokens, index) or _is_blank_row(tokens, start, last, index):
                break
            index += 1
        # Fewer header words may be narrative, unless a number stands in their own row.
        opens = last > start and (_opens_row(tokens, last) or _is_above_all(tokens, last))
        if seen >= 3 or opens:  # noqa: PLR2004
            first = start  # 总计 alone opens nothing, but it may stand before the others
            while first and tokens[first - 1].norm in LEAVES:
                first -= 1
            return first, _row_end(tokens, last)
    return None


def columns_above(tokens: Sequence[Token], first: int, last: int) -> set[int | None]:
    """Return the columns of the results, or else kinds, above the row of a table's last header.

    Args:
        tokens: the stream.
        first: index of the table's first header in it.
        last: index of its last one.
    """
    above = [t for t in tokens[first:last] if t.row < tokens[last].row]
    found = {t.column for t in above if t.norm in LEAVES}
    found = found or {t.column for t in above if t.norm in KINDS}
    return set() if None in found else found


def _is_blank_row(tokens: Sequence[Token], first: int, last: int, index: int) -> bool:
    """Return whether a header opens a row of blanks, one below each header of the rows above it."""
    row = tokens[last].row
    if index != last + 1 or tokens[index].row != row:
        return False
    blanks = list(takewhile(lambda t: t.is_blank and t.row == row, islice(tokens, index, None)))
    return {t.column for t in blanks} == columns_above(tokens, first, last)


def _ends_head(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a token is the table's first number; a page's has headers on both sides."""
    token, after = tokens[index], tokens[index + 1 : index + 2]
    alone = token.width == 1 and token.grid is None and token.cell.state is State.NUMBER
    within = bool(after) and tokens[index - 1].norm in _HEADERS and after[0].norm in _HEADERS
    return (_is_printed(token) or token.cell.state is State.TEXT) and not (alone and within)


def _row_end(tokens: Sequence[Token], last: int) -> int:
    """Return the last header of a row of headers, where that one is garbled or the portal's own."""
    row = _row_of(tokens, last)
    several = sum(t.norm in _HEADERS for t in row) > 2  # noqa: PLR2004 - of one kind
    if not several or any(_is_printed(t) for t in row):
        return last
    while last + 1 < len(tokens) and tokens[last + 1].row == row[0].row and tokens[last + 1].norm:
        last += 1
    return last


def _row_of(tokens: Sequence[Token], index: int) -> list[Token]:
    """Return the tokens of one row of a head, as far as it may be one."""
    near = tokens[max(index - len(DISPUTE_CELLS), 0) : index + len(DISPUTE_CELLS)]
    return [t for t in near if t.row == tokens[index].row]


def _is_printed(token: Token) -> bool:
    """Return whether a token is a number or a nil mark."""
    return token.cell.state in (State.NUMBER, State.NIL)


def _is_above_all(tokens: Sequence[Token], last: int) -> bool:
    """Return whether all of the table's numbers, and no more, follow right below its header."""
    below = islice(tokens, last + 1, last + 1 + _LONGEST_BELOW)
    printed = [token for token in takewhile(lambda t: t.is_value, below) if not token.is_blank]
    return len(printed) == len(DISPUTE_CELLS)


def _opens_row(tokens: Sequence[Token], last: int) -> bool:
    """Return whether a result's header opens a row that holds its number: the table is turned."""
    if tokens[last].norm not in LEAVES or last + 1 >= len(tokens):
        return False
    value = tokens[last + 1]
    several = is_dispute_head(tokens[last - 1].norm) and tokens[last - 1].row == value.row
    printed = value.is_value if several else value.cell.state is State.NUMBER
    return value.row == tokens[last].row and printed

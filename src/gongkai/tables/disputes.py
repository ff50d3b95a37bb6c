"""Reading table four from a stream of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import DISPUTE_HEADERS
from gongkai.tables.decode import settle
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.rows import Row, lay
from gongkai.tables.table import TableReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.stream import Token

#: Table four has three blocks: reconsideration and two kinds of litigation.
_BLOCKS = 3
_BLOCK = len(DISPUTE_CELLS) // _BLOCKS
_KINDS = (DISPUTE_HEADERS[0], *DISPUTE_HEADERS[2:4])
_LITIGATION = DISPUTE_HEADERS[1]
_RESULTS = DISPUTE_HEADERS[4:]
_LEAVES = frozenset(_RESULTS)
_STATUTORY = tuple(range(len(DISPUTE_CELLS)))
#: What a row that numbers the columns prints.
COLUMN_NUMBERS = list(range(1, len(DISPUTE_CELLS) + 1))
_HEADER_SIGNS = frozenset("".join(DISPUTE_HEADERS)) | {"提", "被", "申", "请"}


def read_disputes(tokens: Sequence[Token]) -> TableReading | None:
    """Read table four from tokens that lie after table three; ``None`` where it is not found."""
    width = len(DISPUTE_CELLS)
    head = _disputes_head(tokens)
    if head is None:
        return _headless_disputes(tokens)
    first, last = head
    parts, end = _parts(tokens, first, last)
    names = [token for part, _ in parts for token in part]
    values = [token for _, below in parts for token in below]
    if len(parts) == 1:
        values = _without_column_numbers(values)
    columns = _leaf_columns(names, width)
    order = placed_by_parts(parts) if len(parts) > 1 else placed_by_head(names, len(values))
    if order is not None and sorted(order) == list(_STATUTORY):
        if order != _STATUTORY and len(parts) > 1:
            values, columns = [values[order.index(n)] for n in _STATUTORY], None
        if order == _STATUTORY or len(parts) > 1:
            return _disputes(_full_row(values, width), first, end, width, columns)
    found = TableReading(first, end, [Row("disputes", width, values)], [DISPUTE_CELLS], form="2021")
    _follow(found.rows[0], order)
    return found


def _parts(
    tokens: Sequence[Token], first: int, last: int
) -> tuple[list[tuple[Sequence[Token], list[Token]]], int]:
    """Return the parts of the table, each a head and the values below it, and where they end.

    Blocks may stand below each other, each with its own head; or the table is turned, with one
    kind or one result a row. Either goes on with header words after numbers.
    """
    parts: list[tuple[Sequence[Token], list[Token]]] = []
    width, count, end = len(DISPUTE_CELLS), 0, first
    while True:
        values, after = _values_below(tokens, last)
        goes_on = after < len(tokens) and _is_dispute_head(tokens[after].norm)
        if values or not parts:
            parts.append((tokens[first : last + 1], values))
            count, end, first = count + len(values), after, after
        if not goes_on or count >= width:
            return parts, end
        last = after
        while last + 1 < len(tokens) and _is_dispute_head(tokens[last + 1].norm):
            last += 1


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
            [kind for token in head if (kind := _kind(token.norm)) is not None],
            [_RESULTS.index(token.norm) for token in head if token.norm in _LEAVES],
        )
        for head, _ in parts
    ]
    order: list[int] = []
    kinds, leaves = heads[0]
    for (own_kinds, own_leaves), (_, values) in zip(heads, parts, strict=True):
        if len(values) == 1:  # a list: one value behind its kind and its result
            kinds, leaves = own_kinds[-1:] or kinds[-1:], own_leaves[-1:]
        elif len(own_leaves) == 1:  # one result a row, the kinds above
            kinds, leaves = own_kinds or kinds, own_leaves
        else:  # one kind a row, or a block with a head of its own
            kinds, leaves = own_kinds[-1:], own_leaves or leaves
        if own_kinds and len(own_kinds) > 1 and len(own_leaves) != 1:
            return None
        order += [kind * _BLOCK + leaf for kind in kinds for leaf in leaves]
    counts = sum(len(values) for _, values in parts)
    return tuple(order) if len(set(order)) == len(order) == counts else None


def _kind(norm: str) -> int | None:
    """Return the number of the kind that a header names, if it names one."""
    named = [n for n, kind in enumerate(_KINDS) if kind in norm]
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
    leaves = [t.norm for t in _by_column([t for t in head if t.norm in _LEAVES])]
    kinds = [t.norm for t in _by_column([t for t in head if t.norm in _KINDS])]
    firsts = [t.norm for t in head if t.norm in DISPUTE_HEADERS[:2]]
    if firsts[:1] == [_LITIGATION] and kinds == list(_KINDS):
        kinds = [*_KINDS[1:], _KINDS[0]]  # no raster says so, but the first header row does
    if sorted(kinds) != sorted(_KINDS):
        kinds = list(_KINDS)
    size, rest = divmod(len(leaves), _BLOCKS)
    whole = len(leaves) == len(DISPUTE_CELLS)
    # Each block without the same one: such a head is no statutory one that was cut short.
    short = size == _BLOCK - 1 and not rest and values < len(DISPUTE_CELLS)
    if not whole and not (short and all(leaves.count(leaf) == _BLOCKS for leaf in leaves)):
        return _STATUTORY if kinds == list(_KINDS) else None
    names = DISPUTE_HEADERS[4:]
    order = tuple(
        _KINDS.index(kinds[n // size]) * _BLOCK + names.index(leaf) for n, leaf in enumerate(leaves)
    )
    return order if len(set(order)) == len(order) else None


def _by_column(tokens: list[Token]) -> list[Token]:
    """Return headers from left to right, where they have columns of their own."""
    columns = [t.column for t in tokens if t.column is not None]
    if len(set(columns)) != len(tokens):
        return tokens
    return sorted(tokens, key=lambda t: t.column or 0)


def _follow(row: Row, order: tuple[int, ...] | None) -> None:
    """Lay a row's values where another head than the statutory one says; or give it up."""
    row.settled, row.given_up = (None,) * row.width, True
    if order is None:
        return
    printed = Row(row.key, len(order), row.tokens)
    lay(printed)
    if printed.settled is not None and row.tokens:
        by_place = dict(zip(order, printed.settled, strict=True))
        row.settled, row.given_up = tuple(by_place.get(n) for n in range(row.width)), False


def _without_column_numbers(values: list[Token]) -> list[Token]:
    """Return the values without a row that numbers the columns: 1 to 15, right below the head."""
    printed = [n for n, token in enumerate(values) if not token.is_blank][: len(DISPUTE_CELLS)]
    if [values[n].cell.value for n in printed] != COLUMN_NUMBERS:
        return values
    return values[printed[-1] + 1 :]


def _values_below(tokens: Sequence[Token], last: int) -> tuple[list[Token], int]:
    """Return the values after a head's last token, and where they end."""
    index, row = last + 1, tokens[last].row
    values: list[Token] = []
    # Covered cells that follow the last header in its own row are no values, unless values do.
    while index < len(tokens) and tokens[index].row == row and tokens[index].is_blank:
        index += 1
    if index < len(tokens) and tokens[index].row == row and tokens[index].is_value:
        index = last + 1
    while index < len(tokens) and (
        tokens[index].is_value or (values and tokens[index].row == values[-1].row)
    ):
        if _is_dispute_head(tokens[index].norm):
            break
        values.append(tokens[index])
        index += 1
    # What a group's label covers before the next header is no value, either.
    while index < len(tokens) and values and values[-1].is_blank and tokens[index].norm:
        if values[-1].row != tokens[index].row:
            break
        values.pop()
    return values, index


def _is_dispute_head(norm: str) -> bool:
    return bool(norm) and _HEADER_SIGNS.issuperset(norm)


def _leaf_columns(head: Sequence[Token], width: int) -> tuple[int, ...] | None:
    """Return the raster columns below the headers that name a result, where all are there."""
    columns = {t.column for t in head if t.norm in _LEAVES and t.column is not None}
    return tuple(sorted(columns)) if len(columns) == width else None


def _full_row(values: list[Token], width: int) -> list[Token]:
    """Keep the one source row that holds the numbers where the values lie in several rows."""
    if len(values) <= width:
        return values
    rows: dict[int, list[Token]] = {}
    for token in values:
        rows.setdefault(token.row, []).append(token)
    wide = [row for row in rows.values() if len(row) >= width and any(not t.is_blank for t in row)]
    if len(wide) == 1:
        return wide[0]
    blank = [row for row in rows.values() if len(row) >= width]
    return blank[0] if not wide and blank else values


def _disputes(
    values: list[Token],
    start: int,
    end: int,
    width: int,
    columns: tuple[int, ...] | None = None,
) -> TableReading:
    row = Row("disputes", width, values)
    lay(row, columns)
    # A head without a single cell below it is no blank table: the source ends or lost them.
    row.given_up = not values
    settle([row], "2021")
    if _may_have_slid(row):
        row.settled, row.given_up = (*(row.settled or ())[:-_BLOCK], *(None,) * _BLOCK), True
    return TableReading(start, end, [row], [DISPUTE_CELLS], form="2021", complete=bool(values))


def _may_have_slid(row: Row) -> bool:
    """Return whether the last block may have lost a cell and been padded with a blank.

    A blank total after four numbers reads as printed, or the fourth number is the total of three
    and one that is lost: where that adds up, and not to nothing, neither reading is proved.
    """
    cells = [read_cell(value.text) for value in row.settled or () if value is not None]
    if len(cells) != row.width or cells[-1].state is not State.BLANK:
        return False
    numbers = [cell.value for cell in cells[:-1] if cell.value is not None]
    if len(numbers) != row.width - 1:
        return False
    *parts, last = numbers[1 - _BLOCK :]
    return last > 0 and last >= sum(parts)


def _disputes_head(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the first and last header token of table four."""
    strong = {"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结"}
    starts = [i for i, t in enumerate(tokens) if t.norm in strong]
    for start in starts:
        last, seen, index = start, 0, start
        while index < len(tokens):
            token = tokens[index]
            if token.norm:
                if not _is_dispute_head(token.norm):
                    break
                last = index
                seen += 1
            elif token.cell.state in (State.NUMBER, State.NIL) or token.cell.state is State.TEXT:
                break
            index += 1
        # Fewer header words may be narrative, unless a number stands in their own row.
        if seen >= 3 or (last > start and _opens_row(tokens, last)):  # noqa: PLR2004
            first = start  # 总计 alone opens nothing, but it may stand before the others
            while first and tokens[first - 1].norm in _LEAVES:
                first -= 1
            return first, last
    return None


def _opens_row(tokens: Sequence[Token], last: int) -> bool:
    """Return whether a result's header opens a row that holds its number: the table is turned."""
    if tokens[last].norm not in _LEAVES or last + 1 >= len(tokens):
        return False
    value = tokens[last + 1]
    several = _is_dispute_head(tokens[last - 1].norm) and tokens[last - 1].row == value.row
    printed = value.is_value if several else value.cell.state is State.NUMBER
    return value.row == tokens[last].row and printed


def _headless_disputes(tokens: Sequence[Token]) -> TableReading | None:
    """Read a row of fifteen values whose header is absent."""
    width = len(DISPUTE_CELLS)
    run: list[Token] = []
    for index, token in enumerate([*tokens, None]):
        if token is not None and token.cell.state is not State.TEXT:
            run.append(token)
            continue
        if width <= len(run) <= width + 1 and not all(t.is_blank for t in run):
            return _disputes(run, index - len(run), index, width)
        run = []
    return None

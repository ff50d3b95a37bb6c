"""Reading table four from a stream of tokens."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import DISPUTE_HEADERS
from gongkai.tables.numbers import State
from gongkai.tables.rows.decode import fits, is_refuted, reading_of, settle, sums_of
from gongkai.tables.rows.padding import open_spared
from gongkai.tables.rows.placing import ANY, is_gapped, place_gaps
from gongkai.tables.rows.row import Row, Value, lay
from gongkai.tables.rows.runs import run_over
from gongkai.tables.rows.spots import Head
from gongkai.tables.statutory.dispute_heads import (
    BLOCK,
    BLOCKS,
    LEAVES,
    OTHER_TOTAL,
    WIDTH,
    columns_above,
    find_head,
    is_dispute_head,
    own_columns,
)
from gongkai.tables.statutory.dispute_order import STATUTORY, placed_by_head, placed_by_parts
from gongkai.tables.statutory.dispute_rows import (
    behind_words,
    below_results,
    full_row,
    is_page_number,
    leaf_columns,
    values_below,
)
from gongkai.tables.table import TableReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.tables.rows.placing import Raster
    from gongkai.tables.stream import Token

#: What speaks of the table, so few tokens above a row without a head.
_SPOKEN = ("复议", "诉讼", "结果", "总计")
_NEAR = 12
#: The headers of its columns.
_TOTAL = DISPUTE_HEADERS[-1]
_NAMES = tuple((leaf,) for leaf in DISPUTE_HEADERS[-BLOCK:]) * BLOCKS


def read_disputes(
    tokens: Sequence[Token], raster: Callable[[], Raster] = lambda: ANY
) -> TableReading | None:
    """Read table four from tokens that lie after table three; ``None`` where it is not found.

    Args:
        tokens: the stream.
        raster: gives how the document's lines are aligned.
    """
    if all(t.norm != _TOTAL for t in tokens):
        tokens = [t._replace(norm=_TOTAL) if t.norm == OTHER_TOTAL else t for t in tokens]
    head = find_head(tokens)
    if head is None:
        return _headless_disputes(tokens)
    first, last = head
    parts, end = _parts(tokens, first, last)
    names: Sequence[Token] = [token for part, _ in parts for token in part]
    values = [token for _, below in parts for token in below]
    if len(parts) == 1:
        names, values = own_columns(tokens, (first, last), values)
    columns = leaf_columns(names)
    order = placed_by_parts(parts) if len(parts) > 1 else placed_by_head(names, len(values))
    moved = order is not None and order != STATUTORY and sorted(order) == list(STATUTORY)
    if order is not None and moved and len(parts) > 1:
        values = [values[order.index(n)] for n in STATUTORY]
        columns, order = None, STATUTORY
    if order == STATUTORY:
        whole = full_row(values)
        found = _disputes(_gaps_filled(whole, names, raster), first, end, columns)
        if len(whole) < len(values) and run_over(values, [(whole, WIDTH)]):
            found.rows[0].give_up()
        _doubt_scattered(found.rows[0], tokens[last])
        return found
    found = TableReading(first, end, [Row("disputes", WIDTH, values)], [DISPUTE_CELLS], form="2021")
    _follow(found.rows[0], order)
    return found


def _gaps_filled(
    values: list[Token], head: Sequence[Token], raster: Callable[[], Raster]
) -> list[Token]:
    """Return the values with a blank in each gap that their place below the head shows."""
    row = Row("disputes", WIDTH, values)
    if is_gapped([row]):
        place_gaps([row], Head(head, _NAMES), raster(), "2021")
    return row.tokens


def _parts(
    tokens: Sequence[Token], first: int, last: int
) -> tuple[list[tuple[Sequence[Token], list[Token]]], int]:
    """Return the parts of the table, each a head and the values below it, and where they end.

    Blocks may stand below each other, each with its own head; or the table is turned, with one
    kind or one result a row. Either goes on with header words after numbers.
    """
    parts: list[tuple[Sequence[Token], list[Token]]] = []
    count, end = 0, first
    columns: set[int | None] = set()
    while True:
        leaves = leaf_columns(tokens[first : last + 1])
        before = {t.column for t in parts[-1][1]} if parts else set(leaves or ())
        before = before or columns_above(tokens, first, last)
        values, after = values_below(tokens, last, before)
        columns = {t.column for t in tokens[first : last + 1] if t.norm in LEAVES} or columns
        values = below_results(values, columns)
        if values and count + len(values) < WIDTH:
            after = behind_words(tokens, after)
        goes_on = after < len(tokens) and is_dispute_head(tokens[after].norm)
        if values or not parts:
            parts.append((tokens[first : last + 1], values))
            count, end, first = count + len(values), after, after
        if not goes_on or count >= WIDTH:
            return parts, end
        last = after
        while last + 1 < len(tokens) and is_dispute_head(tokens[last + 1].norm):
            last += 1


def _follow(row: Row, order: tuple[int, ...] | None) -> None:
    """Lay a row's values where another head than the statutory one says; or give it up."""
    row.give_up()
    if order is None:
        return
    printed = Row(row.key, len(order), row.tokens)
    lay(printed)
    if printed.settled is not None and row.tokens:
        by_place = dict(zip(order, printed.settled, strict=True))
        row.settled, row.given_up = tuple(by_place.get(n) for n in range(row.width)), False


def _disputes(
    values: list[Token],
    start: int,
    end: int,
    columns: tuple[int, ...] | None = None,
) -> TableReading:
    row = Row("disputes", WIDTH, _without_bars(values))
    lay(row, columns)
    open_spared([row])
    if row.surplus > 0 and columns is not None:
        _take_columns(row, columns)
    # A head without a single cell below it is no blank table: the source ends or lost them.
    row.given_up = not values
    settle([row], "2021")
    if _may_have_slid(row):
        row.settled, row.given_up = (*(row.settled or ())[:-BLOCK], *(None,) * BLOCK), True
    return TableReading(start, end, [row], [DISPUTE_CELLS], form="2021", complete=bool(values))


def _doubt_scattered(row: Row, head: Token) -> None:
    """Give up numbers in lines below a head that is a table's, where they do not add up.

    A program that lost their columns prints them as they come.
    """
    apart = head.grid is not None and all(token.grid is None for token in row.tokens)
    lines = len({token.row for token in row.tokens}) > 1
    if apart and lines and row.settled is not None and is_refuted(row, "2021"):
        row.give_up()


def _take_columns(row: Row, columns: tuple[int, ...]) -> None:
    """Settle a row with a surplus cell by its raster, where each result has a cell that adds up.

    A blank below a result is its cell; what stands below no result is the surplus.
    """
    below = {t.column: t for t in row.tokens if t.column in columns}
    if len(below) != row.width or sum(t.column in columns for t in row.tokens) != row.width:
        return
    taken = tuple(Value(below[column], below[column].text) for column in columns)
    known = dict(zip(DISPUTE_CELLS, map(reading_of, taken), strict=True))
    sums = sums_of(DISPUTE_CELLS, "2021")
    if all(value.token.is_value for value in taken) and fits(known, sums):
        row.settled, row.inferred = taken, True


def _without_bars(values: list[Token]) -> list[Token]:
    """Return the cells of a row that is printed line by line, without bars that are none of them.

    A line of bars alone closes the head's last row. One bar alone may open the row or be its first
    cell: where it is the only blank and another cell is lost, the sums say where the gap is.
    """
    lead = sum(token.row == values[0].row for token in values) if values else 0
    rest = values[lead:]
    if not rest or not all(token.is_blank for token in values[:lead]):
        return values
    by_line = len({token.row for token in rest}) == len(rest)
    if lead > 1 and by_line:
        return rest
    lost = lead == 1 and len(rest) == WIDTH - 1 and not any(token.is_blank for token in rest)
    return rest if lost else values


def _may_have_slid(row: Row) -> bool:
    """Tell whether the last block may have lost a cell and been padded with a blank.

    A blank total after four numbers reads as printed, or the fourth number is the total of three
    and one that is lost: where that adds up, and not to nothing, neither reading is proved. Other
    blanks of a text, which has no raster, count as 0.
    """
    cells = [value.cell for value in row.settled or () if value is not None]
    if len(cells) != row.width or cells[-1].state is not State.BLANK:
        return False
    numbers = [cell.value for cell in cells[:-1] if cell.value is not None]
    if row.tokens[0].column is None:
        numbers = [cell.value or Decimal(0) for cell in cells[:-1]]
    if len(numbers) != row.width - 1:
        return False
    *parts, last = numbers[1 - BLOCK :]
    return last > 0 and last >= sum(parts)


def _headless_disputes(tokens: Sequence[Token]) -> TableReading | None:
    """Read a row of fifteen values whose header is absent."""
    run: list[Token] = []
    for index, token in enumerate([*tokens, None]):
        if token and token.cell.state is not State.TEXT and not is_page_number(token, run):
            run.append(token)
            continue
        start = index - len(run)
        whole = WIDTH <= len(run) <= WIDTH + 1 and _is_one_row(run) and _is_told(tokens[:start])
        if whole and not all(t.is_blank for t in run):
            return _disputes(run, start, index)
        run = []
    return None


def _is_told(above: Sequence[Token]) -> bool:
    """Tell whether the texts right above a row speak of disputes, unless there are none."""
    near = [token.text for token in above[-_NEAR:] if token.cell.state is State.TEXT]
    return not near or any(word in text for text in near for word in _SPOKEN)


def _is_one_row(run: Sequence[Token]) -> bool:
    """Tell whether values stand in one row, one a row, or in rows of whole blocks.

    Two rows of table three without their labels may have as many between them.
    """
    rows = Counter(token.row for token in run).values()
    return len(rows) in {1, len(run)} or not any(count % BLOCK for count in rows)

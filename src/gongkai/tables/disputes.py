"""Reading table four from a stream of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.tables.decode import fits, reading_of, settle, sums_of
from gongkai.tables.dispute_heads import (
    BLOCK,
    LEAVES,
    STATUTORY,
    columns_above,
    find_head,
    is_dispute_head,
    leaf_columns,
    own_columns,
    placed_by_head,
    placed_by_parts,
)
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.padding import open_spared
from gongkai.tables.rows import Row, Value, lay
from gongkai.tables.runs import run_over
from gongkai.tables.table import TableReading

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gongkai.tables.stream import Token

#: So many names and notes stand between two blocks, each a table of its own, and rows of blanks.
_MOST_WORDS = 4
_REACH = 40


def read_disputes(tokens: Sequence[Token]) -> TableReading | None:
    """Read table four from tokens that lie after table three; ``None`` where it is not found."""
    width = len(DISPUTE_CELLS)
    head = find_head(tokens)
    if head is None:
        return _headless_disputes(tokens)
    first, last = head
    parts, end = _parts(tokens, first, last)
    names: Sequence[Token] = [token for part, _ in parts for token in part]
    values = [token for _, below in parts for token in below]
    if len(parts) == 1:
        names, values = own_columns(tokens, (first, last), values)
    columns = leaf_columns(names, width)
    order = placed_by_parts(parts) if len(parts) > 1 else placed_by_head(names, len(values))
    if order is not None and sorted(order) == list(STATUTORY):
        if order != STATUTORY and len(parts) > 1:
            values, columns = [values[order.index(n)] for n in STATUTORY], None
        if order == STATUTORY or len(parts) > 1:
            whole = _full_row(values, width)
            found = _disputes(whole, first, end, width, columns)
            if len(whole) < len(values) and run_over(values, [(whole, width)]):
                found.rows[0].settled, found.rows[0].given_up = (None,) * width, True
            return found
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
    columns: set[int | None] = set()
    while True:
        before = {t.column for t in parts[-1][1]} if parts else columns_above(tokens, first, last)
        values, after = _values_below(tokens, last, before)
        columns = {t.column for t in tokens[first : last + 1] if t.norm in LEAVES} or columns
        values = _below_results(values, columns)
        if values and count + len(values) < width:
            after = _behind_words(tokens, after)
        goes_on = after < len(tokens) and is_dispute_head(tokens[after].norm)
        if values or not parts:
            parts.append((tokens[first : last + 1], values))
            count, end, first = count + len(values), after, after
        if not goes_on or count >= width:
            return parts, end
        last = after
        while last + 1 < len(tokens) and is_dispute_head(tokens[last + 1].norm):
            last += 1


def _below_results(values: list[Token], columns: set[int | None]) -> list[Token]:
    """Return the values without blanks below no result, where the others are one below each."""
    if len(columns) not in (BLOCK, BLOCK + BLOCK) or len(values) <= len(columns):
        return values
    if len(values) == len(DISPUTE_CELLS) and values[0].row == values[-1].row:
        return values  # the whole row, below a head that lost its spans
    below = [v for v in values if not v.is_blank or v.column in columns]
    return below if {v.column for v in below} == columns and len(below) == len(columns) else values


def _behind_words(tokens: Sequence[Token], after: int) -> int:
    """Return where the next head begins, if only few words part it from the values above it.

    A block with a table of its own may have a name or a note of its own, too.
    """
    words = 0
    for index in range(after, min(after + _REACH, len(tokens))):
        token = tokens[index]
        if is_dispute_head(token.norm):
            return index
        # A number in a line between two tables is a page's: 共 1 条, 1.
        alone = token.grid is None and tokens[after - 1].grid is not None
        words += bool(token.norm) or alone
        if words > _MOST_WORDS or not (token.norm or token.is_blank or alone):
            break
    return after


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


def _values_below(
    tokens: Sequence[Token], last: int, columns: Collection[int | None] = ()
) -> tuple[list[Token], int]:
    """Return the values after a head's last token, and where they end.

    Args:
        tokens: the stream.
        last: index of the head's last token.
        columns: those of the values, where rows above say so: a label's blanks there are its row.
    """
    index, row = last + 1, tokens[last].row
    values: list[Token] = []
    # Covered cells that follow the last header in its own row are no values, unless values do.
    while index < len(tokens) and tokens[index].row == row and tokens[index].is_blank:
        index += 1
    if index < len(tokens) and tokens[index].row == row and tokens[index].is_value:
        index = last + 1
    if {t.column for t in tokens[last + 1 : index]} == columns:
        index = last + 1
    if _opens_only_row(tokens, index):
        index += 1
    while index < len(tokens) and (
        tokens[index].is_value or (values and tokens[index].row == values[-1].row)
    ):
        if is_dispute_head(tokens[index].norm):
            break
        if tokens[index].norm and (padding := _padding_of(values, tokens[index].row)):
            del values[-padding:]  # another row begins with blanks, and with a label
            break
        values.append(tokens[index])
        index += 1
    # What a group's label covers before the next header is no value, either.
    while index < len(tokens) and values and values[-1].is_blank and tokens[index].norm:
        if values[-1].row != tokens[index].row:
            break
        values.pop()
    _drop_spacers(values)
    return values, index


def _drop_spacers(values: list[Token]) -> None:
    """Leave out rows of blanks below the numbers."""
    while values and values[-1].width > 1 and not all(token.is_blank for token in values):
        if not (padding := _padding_of(values, values[-1].row)):
            break
        del values[-padding:]


def _opens_only_row(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a label (件数) opens the one row of numbers below a head.

    Where another such row follows, they are of two years or agencies, and neither is the report's.
    """
    width = len(DISPUTE_CELLS)
    row = tokens[index : index + 1 + width]
    if not row or row[0].is_value or is_dispute_head(row[0].norm) or row[0].width != 1 + width:
        return False
    whole = len(row) == 1 + width and all(t.is_value and t.row == row[0].row for t in row[1:])
    below = tokens[index + 1 + width : index + 3 + width]
    return whole and not any(t.grid == row[0].grid is not None and t.is_value for t in below)


def _padding_of(values: Sequence[Token], row: int) -> int:
    """Return how many blanks, and nothing else, stand in a row that is not the first."""
    own = [t for t in values if t.row == row]
    return len(own) if len(own) < len(values) and all(t.is_blank for t in own) else 0


def _full_row(values: list[Token], width: int) -> list[Token]:
    """Keep the one source row that holds the numbers where the values lie in several rows."""
    if len(values) <= width:
        return values
    rows: dict[int, list[Token]] = {}
    for token in values:
        rows.setdefault(token.row, []).append(token)
    filled = [row for row in rows.values() if any(not t.is_blank for t in row)]
    wide = [row for row in filled if len(row) >= width]
    if len(wide) == 1:
        return wide[0]
    if sum(map(len, filled)) == width:  # a block in each; the others are spacers
        return [token for row in filled for token in row]
    blank = [row for row in rows.values() if len(row) >= width]
    return blank[0] if not wide and blank else values


def _disputes(
    values: list[Token],
    start: int,
    end: int,
    width: int,
    columns: tuple[int, ...] | None = None,
) -> TableReading:
    row = Row("disputes", width, _without_bars(values, width))
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


def _without_bars(values: list[Token], width: int) -> list[Token]:
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
    lost = lead == 1 and len(rest) == width - 1 and not any(token.is_blank for token in rest)
    return rest if lost else values


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
    *parts, last = numbers[1 - BLOCK :]
    return last > 0 and last >= sum(parts)


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

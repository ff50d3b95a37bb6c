"""The head of table four: where it stands, and what a portal added to it."""

from __future__ import annotations

from itertools import islice, takewhile
from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import DISPUTE_HEADERS
from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.stream import Token

WIDTH = len(DISPUTE_CELLS)
#: Table four has three blocks: reconsideration and two kinds of litigation.
BLOCKS = 3
BLOCK = WIDTH // BLOCKS
KINDS = (DISPUTE_HEADERS[0], *DISPUTE_HEADERS[2:4])
RESULTS = DISPUTE_HEADERS[4:]
LEAVES = frozenset(RESULTS)
_HEADERS = frozenset(DISPUTE_HEADERS)
#: Another word for 总计, in a head or of a column that a portal adds.
OTHER_TOTAL = "合计"
#: Cells below its first header, those that the header covers among them.
_LONGEST_BELOW = 60
#: What a row that numbers the columns prints.
COLUMN_NUMBERS = list(range(1, WIDTH + 1))
_HEADER_SIGNS = frozenset("".join(DISPUTE_HEADERS)) | {"提", "被", "申", "请"}


def _without_column_numbers(values: list[Token]) -> list[Token]:
    """Return the values without a row that numbers the columns: 1 to 15, right below the head."""
    printed = [n for n, token in enumerate(values) if not token.is_blank][:WIDTH]
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
    one_more = sum(t.norm in LEAVES for t in head) == WIDTH + 1
    return results if one_more and len(results) == 1 else []


def _without_added(
    around: Sequence[Token], overall: list[Token], head: Sequence[Token], values: list[Token]
) -> list[Token]:
    """Return the values without those below a header that the form does not have: 合计, 备注."""
    leaves = [t for t in head if t.norm in LEAVES]
    if len(leaves) != WIDTH or len(values) <= WIDTH:
        return values
    strange = overall + [t for t in around if t.norm and not is_dispute_head(t.norm)]
    columns = {t.column for t in leaves}
    if None not in columns and len(columns) == WIDTH:
        added = {t.column for t in strange} - columns
        return [v for v in values if v.column not in added]
    if len(strange) == 1 and strange[0].width > 1:
        ends = {t.row: t for t in around}  # the last of each row
        if strange[0] == ends[strange[0].row]:
            return values[:-1]
        if strange[0] == around[0] and len(values) == WIDTH + 1:
            return values[1:]
    return values


def is_dispute_head(norm: str) -> bool:
    """Tell whether a text is made of the signs of table four's headers."""
    return bool(norm) and _HEADER_SIGNS.issuperset(norm)


def find_head(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the first and last header token of table four."""
    strong = {"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结"}
    starts = [i for i, t in enumerate(tokens) if t.norm in strong]
    for start in starts:
        last, seen, index = start, 0, start
        while index < len(tokens):
            token = tokens[index]
            if token.norm and token.norm != OTHER_TOTAL and not is_dispute_head(token.norm):
                row = _row_of(tokens, index)
                if not any(t.norm in _HEADERS for t in row) or any(t.is_printed for t in row):
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
    """Tell whether a header opens a row of blanks, one below each header of the rows above it."""
    row = tokens[last].row
    if index != last + 1 or tokens[index].row != row:
        return False
    blanks = list(takewhile(lambda t: t.is_blank and t.row == row, islice(tokens, index, None)))
    return {t.column for t in blanks} == columns_above(tokens, first, last)


def _ends_head(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a token is the table's first number; a page's has headers on both sides."""
    token, after = tokens[index], tokens[index + 1 : index + 2]
    alone = token.width == 1 and token.grid is None and token.cell.state is State.NUMBER
    within = bool(after) and tokens[index - 1].norm in _HEADERS and after[0].norm in _HEADERS
    return (token.is_printed or token.cell.state is State.TEXT) and not (alone and within)


def _row_end(tokens: Sequence[Token], last: int) -> int:
    """Return the last header of a row of headers, where that one is garbled or the portal's own."""
    row = _row_of(tokens, last)
    several = sum(t.norm in _HEADERS for t in row) > 2  # noqa: PLR2004 - of one kind
    if not several or any(t.is_printed for t in row):
        return last
    while last + 1 < len(tokens) and tokens[last + 1].row == row[0].row and tokens[last + 1].norm:
        last += 1
    return last


def _row_of(tokens: Sequence[Token], index: int) -> list[Token]:
    """Return the tokens of one row of a head, as far as it may be one."""
    near = tokens[max(index - WIDTH, 0) : index + WIDTH]
    return [t for t in near if t.row == tokens[index].row]


def _is_above_all(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether all of the table's numbers, and no more, follow right below its header."""
    below = islice(tokens, last + 1, last + 1 + _LONGEST_BELOW)
    printed = [token for token in takewhile(lambda t: t.is_value, below) if not token.is_blank]
    return len(printed) == WIDTH


def _opens_row(tokens: Sequence[Token], last: int) -> bool:
    """Tell whether a result's header opens a row that holds its number: the table is turned."""
    if tokens[last].norm not in LEAVES or last + 1 >= len(tokens):
        return False
    value = tokens[last + 1]
    several = is_dispute_head(tokens[last - 1].norm) and tokens[last - 1].row == value.row
    printed = value.is_value if several else value.cell.state is State.NUMBER
    return value.row == tokens[last].row and printed

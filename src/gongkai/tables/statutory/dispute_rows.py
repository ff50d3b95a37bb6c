"""Which values stand below a head of table four, and which cells there are none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.tables.rows.runs import is_cell_of_words
from gongkai.tables.statutory.dispute_heads import BLOCK, LEAVES, WIDTH, is_dispute_head

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gongkai.tables.stream import Token

#: So many names and notes stand between two blocks, each a table of its own, and rows of blanks.
_MOST_WORDS = 4
_REACH = 40


def values_below(
    tokens: Sequence[Token], last: int, columns: Collection[int | None] = ()
) -> tuple[list[Token], int]:
    """Return the values after a head's last token, and where they end.

    Args:
        tokens: the stream.
        last: index of the head's last token.
        columns: those of the values, where rows above say so: a label's blanks there are its row.
    """
    index = _first_below(tokens, last, columns)
    values: list[Token] = []
    if _is_row(below := tokens[index : index + len(columns)], columns):
        values, index = list(below), index + len(below)
    while index < len(tokens) and (
        tokens[index].is_value
        or (values and tokens[index].row == values[-1].row)
        or _is_cell(tokens, index, values)
    ):
        if is_dispute_head(tokens[index].norm) or is_page_number(tokens[index], values):
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


def is_page_number(token: Token, values: Sequence[Token]) -> bool:
    """Tell whether a number alone in a line stands behind whole blocks of a table."""
    whole = bool(values) and values[-1].grid is not None and len(values) % BLOCK == 0
    return whole and token.grid is None and token.width == 1


def _is_cell(tokens: Sequence[Token], index: int, values: Sequence[Token]) -> bool:
    """Tell whether a text among the values is a cell of the row, too."""
    held = sum(not token.is_blank for token in values)
    return (
        held > 0
        and not is_dispute_head(tokens[index].norm)
        and is_cell_of_words(tokens, index, held, WIDTH)
    )


def _first_below(tokens: Sequence[Token], last: int, columns: Collection[int | None]) -> int:
    index, row = last + 1, tokens[last].row
    # Covered cells that follow the last header in its own row are no values, unless values do.
    while index < len(tokens) and tokens[index].row == row and tokens[index].is_blank:
        index += 1
    if index < len(tokens) and tokens[index].row == row and tokens[index].is_value:
        index = last + 1
    if {t.column for t in tokens[last + 1 : index]} == columns:
        index = last + 1
    label = next((n for n in range(index, len(tokens)) if not tokens[n].is_blank), index)
    return label + 1 if _opens_only_row(tokens, label) else index


def leaf_columns(head: Sequence[Token]) -> tuple[int, ...] | None:
    """Return the raster columns below the headers that name a result, where all are there."""
    columns = {t.column for t in head if t.norm in LEAVES and t.column is not None}
    return tuple(sorted(columns)) if len(columns) == WIDTH else None


def below_results(values: list[Token], columns: set[int | None]) -> list[Token]:
    """Return the values without blanks below no result, where the others are one below each."""
    if len(columns) not in (BLOCK, BLOCK + BLOCK) or len(values) <= len(columns):
        return values
    if len(values) == WIDTH and values[0].row == values[-1].row:
        return values  # the whole row, below a head that lost its spans
    below = [v for v in values if not v.is_blank or v.column in columns]
    return below if {v.column for v in below} == columns and len(below) == len(columns) else values


def behind_words(tokens: Sequence[Token], after: int) -> int:
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


def _is_row(below: Sequence[Token], columns: Collection[int | None]) -> bool:
    """Tell whether tokens are the cells below the results, though the first holds no number."""
    if not below or below[0].is_value or is_dispute_head(below[0].norm):
        return False
    values = sum(token.is_value for token in below)
    placed = {token.column for token in below} == columns
    return placed and below[0].row == below[-1].row and 2 * values > len(columns)


def _drop_spacers(values: list[Token]) -> None:
    """Leave out rows of blanks below the numbers."""
    while values and values[-1].width > 1 and not all(token.is_blank for token in values):
        if not (padding := _padding_of(values, values[-1].row)):
            break
        del values[-padding:]


def _opens_only_row(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a label (件数) opens the one row of numbers below a head.

    Where another such row follows, they are of two years or agencies, and neither is the report's.
    """
    row = tokens[index : index + 1 + WIDTH]
    if len(row) <= WIDTH or row[0].is_value or is_dispute_head(row[0].norm):
        return False
    widths, rows = {t.width for t in row}, {t.row for t in row}
    # Where each cell has a line of its own, each is a row.
    whole = (widths, len(rows)) in (({len(row)}, 1), ({1}, len(row)))
    below = tokens[index + 1 + WIDTH : index + 3 + WIDTH]
    another = any(t.grid == row[0].grid and t.is_value for t in below)
    return whole and all(t.is_value for t in row[1:]) and not another


def _padding_of(values: Sequence[Token], row: int) -> int:
    """Return how many blanks, and nothing else, stand in a row that is not the first."""
    own = [t for t in values if t.row == row]
    return len(own) if len(own) < len(values) and all(t.is_blank for t in own) else 0


def full_row(values: list[Token]) -> list[Token]:
    """Keep the one source row that holds the numbers where the values lie in several rows."""
    if len(values) <= WIDTH:
        return values
    rows: dict[int, list[Token]] = {}
    for token in values:
        rows.setdefault(token.row, []).append(token)
    filled = [row for row in rows.values() if any(not t.is_blank for t in row)]
    wide = [row for row in filled if len(row) >= WIDTH]
    if len(wide) == 1:
        return wide[0]
    if sum(map(len, filled)) == WIDTH:  # a block in each; the others are spacers
        return [token for row in filled for token in row]
    blank = [row for row in rows.values() if len(row) >= WIDTH]
    return blank[0] if not wide and blank else values

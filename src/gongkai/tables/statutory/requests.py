"""Reading table three from a stream of tokens.

Labels place the numbers (:mod:`~gongkai.tables.rows.align`), rows are laid on their columns
(:mod:`~gongkai.tables.rows.row`), and the identities settle what is damaged
(:mod:`~gongkai.tables.rows.decode`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, DISPUTE_CELLS
from gongkai.form.labels import (
    APPLICANT_LABELS,
    DISPUTE_HEADERS,
    NOTE_WORD,
    REQUEST_LABELS,
    WEAK_LABELS,
)
from gongkai.tables.numbers import State
from gongkai.tables.rows.align import EXACT, Labels, align
from gongkai.tables.rows.decode import paths_of
from gongkai.tables.rows.padding import lay_padded, open_spared, settle_padded
from gongkai.tables.rows.placing import is_gapped, place_gaps, raster_of
from gongkai.tables.rows.row import Row, lay
from gongkai.tables.rows.runs import Runs, is_cell_of_words, repeats
from gongkai.tables.rows.spots import Head
from gongkai.tables.rows.strays import with_strays
from gongkai.tables.statutory.added_columns import find_added
from gongkai.tables.statutory.applicants import (
    NUMBER_OF_APPLICANT,
    lines_above,
    named_applicants,
    order_of,
)
from gongkai.tables.statutory.by_head import lay_by_head
from gongkai.tables.statutory.counted_rows import add_up, rows_by_count
from gongkai.tables.statutory.request_columns import columns_by_grid, columns_of, grid_of
from gongkai.tables.statutory.request_doubts import (
    DIVIDED,
    REQUEST_WORDS,
    UNDIVIDED,
    doubt_shifted,
    doubt_slid,
    doubted_rows,
)
from gongkai.tables.table import TableReading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.align import Match
    from gongkai.tables.rows.padding import Padding
    from gongkai.tables.stream import Token

_REQUESTS = Labels(REQUEST_LABELS)
_OF_DISPUTES = frozenset(DISPUTE_HEADERS) - WEAK_LABELS
#: So many labels that nothing else prints make a table; one may be narrative, or its last row.
_LEAST_LABELS = 2
#: Fewer labels without a single whole row are no table.
_FEW_LABELS = 8
_WEAK = frozenset(key for key, texts in REQUEST_LABELS.items() if texts[0] in WEAK_LABELS)
_TOTAL = "requests.outcome.total"
_WIDTHS = dict.fromkeys(REQUEST_LABELS, len(APPLICANTS))
#: The spellings of each column's header.
COLUMN_NAMES = tuple(APPLICANT_LABELS[name] for name in APPLICANTS)
#: A head has at most some forty tokens, and no word of it is longer than this.
_HEAD = 60
_LONGEST_WORD = 8


def read_requests(tokens: Sequence[Token]) -> TableReading | None:
    """Read table three; ``None`` where none of its labels is found, or one without its row."""
    chain = _own(tokens, align(tokens, _REQUESTS))
    own = sum(m.score >= EXACT and m.key not in _WEAK for m in chain)
    if own < _LEAST_LABELS:
        chain = [m for m in chain if own and m.score >= EXACT]
    if not chain:
        return None
    chain = with_strays(tokens, _REQUESTS, chain, _WIDTHS)
    end = _requests_end(tokens, chain)
    start = _head_start(tokens, chain[0].start, REQUEST_WORDS)
    head = tokens[start : chain[0].start]
    if not any(t.norm in NUMBER_OF_APPLICANT for t in head):
        # The first row's label is lost, and something above the head was taken for it.
        head = tokens[chain[0].end : chain[1].start] if len(chain) > 1 else ()
    rows, end = _rows(tokens, chain, head, end)
    if _is_prose(rows) or (own < _LEAST_LABELS and any(row.surplus < 0 for row in rows)):
        return None
    found = {m.key for m in chain}
    chain, rows = _of_one_form(chain, rows)
    if counted := _read_counted(tokens, chain, rows, start, end):
        return counted
    undivided = any(m.key == UNDIVIDED for m in chain)
    form: FormYear = "2019" if undivided else "2021"
    above = tokens[max(chain[0].start - _HEAD, 0) : chain[0].start]
    left_out = lay_by_head(rows, head, chain, tokens, REQUEST_WORDS)
    padding: Padding | None = None
    order: tuple[int, ...] | None = ()
    if left_out is None:
        columns = _lay(rows, head, above, form)
        open_spared(rows)
        padding = lay_padded(rows)
        order = _order(tokens, chain, rows, head, columns)
    doubted = doubted_rows(tokens, chain, rows, start, end)
    for row in rows:
        if order is None or row.given_up or row.key in doubted:
            row.give_up()
        elif order:
            row.follow(order)
    settle_padded(rows, padding if order == () else None, form)
    doubt_shifted(rows, above)
    doubt_slid(rows)
    expected = [k for k in REQUEST_LABELS if k not in (DIVIDED if undivided else (UNDIVIDED,))]
    return TableReading(
        start=start,
        end=end,
        rows=rows,
        paths=[paths_of(row) for row in rows],
        missing=[k for k in expected if k not in found],
        left_out=left_out or [],
        garbled=[m.key for m in chain if m.score < EXACT],
        form=form,
        complete="requests.carried_out" in found,
        head=above,
        beside=2 * sum(map(_is_beside, rows)) > len(rows),
    )


def _read_counted(
    tokens: Sequence[Token], chain: Sequence[Match], labelled: Sequence[Row], start: int, end: int
) -> TableReading | None:
    """Read the table by the count of its rows; ``None`` where that does not tell them."""
    counted = rows_by_count(tokens, chain, labelled, start, end)
    if counted is None:
        return None
    rows, form = counted
    head = tokens[start : chain[0].start]
    columns = _lay(rows, head, head, form)
    order = _order(tokens, chain, rows, head, columns)
    for row in rows if order else ():
        row.follow(order or ())
    if order is None or not add_up(rows, form):
        return None
    paths = [paths_of(row) for row in rows]
    return TableReading(start=start, end=end, rows=rows, paths=paths, form=form)


def _order(
    tokens: Sequence[Token],
    chain: Sequence[Match],
    rows: Sequence[Row],
    head: Sequence[Token],
    columns: tuple[int, ...] | None,
) -> tuple[int, ...] | None:
    """Return which printed column holds each applicant; see :func:`order_of`."""
    named = any(t.norm in NUMBER_OF_APPLICANT for t in head)
    return order_of(rows, head if named else lines_above(tokens, chain[0].start), columns)


def _own(tokens: Sequence[Token], chain: list[Match]) -> list[Match]:
    """Return the labels without those at the end that are words of table four's head."""
    while len(chain) > 1 and chain[-1].key in _WEAK:
        low, high = chain[-2].end, chain[-1].end
        if not any(token.norm in _OF_DISPUTES for token in tokens[low:high]):
            break
        chain = chain[:-1]
    return chain


def _rows(
    tokens: Sequence[Token], chain: Sequence[Match], head: Sequence[Token], end: int
) -> tuple[list[Row], int]:
    """Return the rows that the labels open, without what a portal adds to the form, and the end."""
    width = len(APPLICANTS)
    named = [t for t, _ in named_applicants(head)]
    added = find_added(head, named, width, REQUEST_WORDS)
    runs = Runs(tokens, chain, end, REQUEST_WORDS)
    printed = [runs.values(n, width) for n in range(len(chain))]
    end = max(end, runs.join_torn(printed, width))
    if added.columns:
        # Rows that do not end below the head's last column lost their spans, or the head did.
        last = max(added.columns.union(t.column for t in named if t.column is not None))
        # Unless head and rows go on with blanks below no name.
        ends = max(t.column for t in head if t.column is not None)
        if 2 * sum(bool(values) and values[-1].column == ends for values in printed) > len(printed):
            last = ends
        below = [bool(values) and values[-1].column == last for values in printed]
        most = 2 * sum(below) > len(below)
    else:
        below, most, last = [True] * len(printed), True, 0
    rows = []
    for match, values, fits in zip(chain, printed, below, strict=True):
        own = added.without(values, width) if fits else added.without_ends(values, width, last)
        row = Row(match.key, width, own if most else values)
        # Among rows whose added cells are known, those of one that stands elsewhere are not.
        row.given_up = most and not fits and bool(added.columns) and row.surplus > 0
        rows.append(row)
    return rows, end


def _of_one_form(chain: list[Match], rows: list[Row]) -> tuple[list[Match], list[Row]]:
    """Return labels and rows without those of （六） that only the other form has.

    Where both forms' are found, one of them is a word of a head. Where neither 其他处理 nor what
    might stand below it has a cell, and the total follows, it is a row whose blanks are lost.
    """
    keys = [m.key for m in chain]
    if UNDIVIDED not in keys or (_TOTAL in keys and not set(keys).intersection(DIVIDED)):
        return chain, rows
    heads = {
        m.key for row, m in zip(rows, chain, strict=True) if m.key in _WEAK and _is_bare_word(row)
    }
    # An 其他 above （六） is an item that the report adds to another group.
    below = set(keys[keys.index(UNDIVIDED) :]) - heads
    out = {UNDIVIDED} if UNDIVIDED in heads or below.intersection(DIVIDED) else set(DIVIDED)
    keep = [n for n, m in enumerate(chain) if m.key not in out]
    return [chain[n] for n in keep], [rows[n] for n in keep]


def _lay(
    rows: Sequence[Row], head: Sequence[Token], above: Sequence[Token], form: FormYear
) -> tuple[int, ...] | None:
    """Lay the rows on their columns; return the raster columns of the values, if they have some.

    Args:
        rows: of the table.
        head: its head.
        above: all that stands above the first row and may be its head.
        form: by whose sums gaps in lines are placed.
    """
    columns = columns_of(rows, head)
    by_grid = columns_by_grid(rows, columns)
    if is_gapped(rows):
        named = Head(above, COLUMN_NAMES)
        place_gaps(rows, named, raster_of(rows, named), form)
    for row in rows:
        lay(row, by_grid.get(grid_of(row), columns))
    return columns


def _is_bare_word(row: Row) -> bool:
    """Tell whether nothing follows a label, or one blank: every row may end with that."""
    return not row.tokens or (len(row.tokens) == 1 and row.tokens[0].is_blank)


def _is_beside(row: Row) -> bool:
    """Tell whether a row's numbers stand in one line with its label."""
    return bool(row.tokens) and row.tokens[0].width > len(row.tokens)


def _is_prose(rows: Sequence[Row]) -> bool:
    """Tell whether the labels are quoted, line by line, rather than printed with their rows."""
    return len(rows) < _FEW_LABELS and all(row.surplus < 0 for row in rows)


def _requests_end(tokens: Sequence[Token], chain: Sequence[Match]) -> int:
    """Return where the last row's values end: its row, or the first text after its label."""
    last = chain[-1]
    row, index, seen, below = tokens[last.end - 1].row, last.end, 0, 0
    several = tokens[last.end - 1].width > 1
    while index < len(tokens):
        token = tokens[index]
        if token.row == row and several:
            seen += not token.is_blank
            index += 1
            continue
        if several and seen:
            break
        if (
            token.cell.state is State.TEXT
            and (below or not repeats(token, last.key))
            and not is_cell_of_words(tokens, index, below, len(APPLICANTS))
        ):
            break
        below += token.is_printed
        index += 1
    return index


def _is_of_head(token: Token) -> bool:
    """Tell whether a long text may be the form's note, or short words of a head side by side."""
    return NOTE_WORD in token.norm or max(map(len, token.text.split())) <= _LONGEST_WORD


def _head_start(tokens: Sequence[Token], start: int, words: frozenset[str]) -> int:
    """Step back from the first label over the table's head."""
    index = start
    while index and tokens[index - 1].row == tokens[start].row:
        index -= 1  # the label itself, where it is printed in each of its columns
    start = first = index
    values = 0
    while index > 0 and start - index < _HEAD and values < len(DISPUTE_CELLS):
        index -= 1
        token = tokens[index]
        values = values + 1 if token.is_value else 0  # a row of table four, which ends there
        if token.norm in words:
            first = index
        elif len(token.norm) > _LONGEST_WORD and not _is_of_head(token):
            break
    return first

"""Reading table three from a stream of tokens.

Labels place the numbers (:mod:`~gongkai.tables.rows.align`), rows are laid on their columns
(:mod:`~gongkai.tables.rows.row`), and the identities settle what is damaged
(:mod:`~gongkai.tables.rows.decode`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, DISPUTE_CELLS
from gongkai.form.labels import (
    APPLICANT_LABELS,
    REQUEST_HEADERS,
    REQUEST_LABELS,
    WEAK_LABELS,
)
from gongkai.tables.numbers import State
from gongkai.tables.rows.align import EXACT, Labels, align
from gongkai.tables.rows.decode import paths_of
from gongkai.tables.rows.padding import lay_padded, open_spared, settle_padded
from gongkai.tables.rows.placing import is_gapped, place_gaps, raster_of
from gongkai.tables.rows.row import Row, lay
from gongkai.tables.rows.runs import Runs, repeats, run_over
from gongkai.tables.rows.strays import with_strays
from gongkai.tables.statutory.added_columns import find_added
from gongkai.tables.statutory.applicants import (
    NUMBER_OF_APPLICANT,
    lines_above,
    named_applicants,
    order_of,
)
from gongkai.tables.statutory.request_columns import columns_by_grid, columns_of, grid_of
from gongkai.tables.table import TableReading
from gongkai.tables.text import normalise, strip_enumerators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.align import Match
    from gongkai.tables.stream import Token

_REQUESTS = Labels(REQUEST_LABELS)
_UNDIVIDED = "requests.outcome.other.undivided"
_DIVIDED = tuple(
    k for k in REQUEST_LABELS if k.startswith("requests.outcome.other.") and k != _UNDIVIDED
)
_REQUEST_WORDS = frozenset(normalise(w) for w in REQUEST_HEADERS) | {
    text for texts in APPLICANT_LABELS.values() for text in texts
}
#: So many labels that nothing else prints make a table; one may be narrative.
_LEAST_LABELS = 2
#: Fewer labels without a single whole row are no table.
_FEW_LABELS = 8
_WEAK = frozenset(key for key, texts in REQUEST_LABELS.items() if texts[0] in WEAK_LABELS)
_WIDTHS = dict.fromkeys(REQUEST_LABELS, len(APPLICANTS))
#: So many numbers in a line are those of a row, and no page's number.
_LEAST_STRAY = 4
#: The spellings of each column's header.
COLUMN_NAMES = tuple(APPLICANT_LABELS[name] for name in APPLICANTS)
#: A head has at most some forty tokens, and no word of it is longer than this.
_HEAD = 60
_LONGEST_WORD = 8


def read_requests(tokens: Sequence[Token]) -> TableReading | None:
    """Read table three; ``None`` where fewer than two of its labels are found."""
    chain = align(tokens, _REQUESTS)
    if sum(m.score >= EXACT and m.key not in _WEAK for m in chain) < _LEAST_LABELS:
        return None
    width = len(APPLICANTS)
    chain = with_strays(tokens, _REQUESTS, chain, _WIDTHS)
    end = _requests_end(tokens, chain)
    start = _head_start(tokens, chain[0].start, _REQUEST_WORDS)
    head = tokens[start : chain[0].start]
    if not any(t.norm in NUMBER_OF_APPLICANT for t in head):
        # The first row's label is lost, and something above the head was taken for it.
        head = tokens[chain[0].end : chain[1].start]
    rows, end = _rows(tokens, chain, head, end)
    if _is_prose(rows):
        return None
    found = {m.key for m in chain}
    heads = {
        m.key for row, m in zip(rows, chain, strict=True) if m.key in _WEAK and _is_bare_word(row)
    }
    divided = any(key in found - heads for key in _DIVIDED)
    out = {_UNDIVIDED} if divided or _UNDIVIDED in heads else heads.intersection(_DIVIDED)
    if not out.isdisjoint(found) and _UNDIVIDED in found:
        keep = [n for n, m in enumerate(chain) if m.key not in out]
        chain, rows = [chain[n] for n in keep], [rows[n] for n in keep]
    undivided = any(m.key == _UNDIVIDED for m in chain)
    form: FormYear = "2019" if undivided else "2021"
    columns = columns_of(rows, head)
    by_grid = columns_by_grid(rows, columns)
    above = tokens[max(chain[0].start - _HEAD, 0) : chain[0].start]
    if is_gapped(rows):
        place_gaps(rows, above, COLUMN_NAMES, raster_of(rows, above, COLUMN_NAMES), form)
    for row in rows:
        lay(row, by_grid.get(grid_of(row), columns))
    open_spared(rows)
    padding = lay_padded(rows)
    named = any(t.norm in NUMBER_OF_APPLICANT for t in head)
    order = order_of(rows, head if named else lines_above(tokens, chain[0].start), columns)
    bare = not any(row.tokens for row in rows) and _is_bare(tokens, chain, end)
    robbed = _robbed(tokens, chain, rows) | _short_of_most(rows) | _perhaps_one(rows)
    robbed |= {
        rows[n].key for n in run_over(tokens[start:end], [(row.tokens, width) for row in rows])
    }
    for row in rows:
        if order is None or bare or row.given_up or row.key in robbed:
            row.give_up()
        elif order:
            row.follow(order)
    settle_padded(rows, padding if order == () else None, form)
    expected = [k for k in REQUEST_LABELS if k not in (_DIVIDED if undivided else (_UNDIVIDED,))]
    return TableReading(
        start=start,
        end=end,
        rows=rows,
        paths=[paths_of(row) for row in rows],
        missing=[k for k in expected if k not in found],
        garbled=[m.key for m in chain if m.score < EXACT],
        form=form,
        complete="requests.carried_out" in found,
        head=above,
        beside=2 * sum(map(_is_beside, rows)) > len(rows),
    )


def _rows(
    tokens: Sequence[Token], chain: Sequence[Match], head: Sequence[Token], end: int
) -> tuple[list[Row], int]:
    """Return the rows that the labels open, without what a portal adds to the form, and the end."""
    width = len(APPLICANTS)
    named = [t for t, _ in named_applicants(head)]
    added = find_added(head, named, width, _REQUEST_WORDS)
    runs = Runs(tokens, chain, end, _REQUEST_WORDS)
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


def _is_bare_word(row: Row) -> bool:
    """Return whether nothing follows a label, or one blank: every row may end with that."""
    return not row.tokens or (len(row.tokens) == 1 and row.tokens[0].is_blank)


def _is_beside(row: Row) -> bool:
    """Return whether a row's numbers stand in one line with its label."""
    return bool(row.tokens) and row.tokens[0].width > len(row.tokens)


def _robbed(tokens: Sequence[Token], chain: Sequence[Match], rows: Sequence[Row]) -> set[str]:
    """Return the rows that are blank only because their numbers were not known as theirs.

    They stand in a line of their own between the labels of the rows beside it, and no row has them;
    or they run on from the label. What is only alike to a label may be none, and blank no row.
    """
    blank = [n for n, row in enumerate(rows) if all(token.is_blank for token in row.tokens)]
    if not blank:
        return set()
    owned = {id(token) for row in rows for token in row.tokens}
    found = set()
    for n in blank:
        low = chain[n - 1].end if n else chain[n].start
        high = chain[n + 1].start if n + 1 < len(chain) else chain[n].end
        stray = Counter(
            token.row
            for token in tokens[low:high]
            if token.cell.state is State.NUMBER and id(token) not in owned
        )
        doubted = chain[n].score < EXACT or chain[n].runs_on(tokens)
        if (doubted and not rows[n].tokens) or max(stray.values(), default=0) >= _LEAST_STRAY:
            found.add(rows[n].key)
    return found


def _short_of_most(rows: Sequence[Row]) -> set[str]:
    """Return the rows, printed in lines, that have fewer numbers than a portal's added columns ask.

    A row that is as wide as the form's, among wider ones, has lost a blank.
    """
    if any(token.grid is not None for row in rows for token in row.tokens):
        return set()
    (most, count), *_ = Counter(len(row.tokens) for row in rows).most_common(1) or [(0, 0)]
    if most <= len(APPLICANTS) or 2 * count <= len(rows):
        return set()
    return {row.key for row in rows if 0 < len(row.tokens) < most}


def _perhaps_one(rows: Sequence[Row]) -> set[str]:
    """Return the rows of （六） if they may be lines of one row that says what it sums up.

    They have the numbers of one row between them, and no other row is without any.
    """
    divided = [row for row in rows if row.key in _DIVIDED]
    bare = [row for row in rows if not row.tokens]
    lines = len(bare) == len(_DIVIDED) - 1 and all(row.key in _DIVIDED for row in bare)
    return {row.key for row in divided} if lines and len(divided) == len(_DIVIDED) else set()


def _is_bare(tokens: Sequence[Token], chain: Sequence[Match], end: int) -> bool:
    """Return whether labels without any number have them elsewhere, so that no cell is blank.

    Labels in a table of their own do, and those between whose lines digits stand.
    """
    if all(tokens[match.start].grid is not None for match in chain):
        return True
    pieces = {piece for match in chain for piece in match.pieces}
    between = [t for n, t in enumerate(tokens[chain[0].end : end], chain[0].end) if n not in pieces]
    if any(sign.isdecimal() for t in between for sign in strip_enumerators(t.text)):
        return True
    below = next((t for t in tokens[end:] if t.norm not in _REQUEST_WORDS), None)
    return below is not None and below.norm == "" and below.cell.state is State.NUMBER


def _is_prose(rows: Sequence[Row]) -> bool:
    """Return whether the labels are quoted, line by line, rather than printed with their rows."""
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
        if token.cell.state is State.TEXT and (below or not repeats(token, last.key)):
            break
        below += token.is_value and not token.is_blank
        index += 1
    return index


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
        elif token.norm and len(token.norm) > _LONGEST_WORD:
            break
    return first

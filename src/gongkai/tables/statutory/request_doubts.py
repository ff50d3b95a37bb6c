"""Rows of table three whose numbers may stand elsewhere, or belong to another row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_HEADERS, REQUEST_LABELS, spellings
from gongkai.tables.numbers import State
from gongkai.tables.rows.align import EXACT
from gongkai.tables.rows.runs import run_over
from gongkai.tables.text import normalise, strip_enumerators

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.rows.align import Match
    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token

#: （六）其他处理: one row in the form of 2019, several in that of 2021.
UNDIVIDED = "requests.outcome.other.undivided"
DIVIDED = tuple(
    k for k in REQUEST_LABELS if k.startswith("requests.outcome.other.") and k != UNDIVIDED
)
#: What the form prints above the columns.
REQUEST_WORDS = frozenset((*map(normalise, REQUEST_HEADERS), *spellings(APPLICANT_LABELS)))
#: The headers of its first and last column.
_ENDS = tuple(frozenset(APPLICANT_LABELS[APPLICANTS[end]]) for end in (0, -1))
#: So many numbers in a line are those of a row, and no page's number.
LEAST_STRAY = 4


def doubted_rows(
    tokens: Sequence[Token], chain: Sequence[Match], rows: Sequence[Row], start: int, end: int
) -> set[str]:
    """Return the keys of such rows: their cells can't be known.

    Args:
        tokens: the stream.
        chain: labels found, one for each row.
        rows: of the table, laid.
        start: where the table's head begins in the stream.
        end: where its last row ends.
    """
    if not any(row.tokens for row in rows) and _is_bare(tokens, chain, end):
        return {row.key for row in rows}
    beside = run_over(tokens[start:end], [(row.tokens, row.width) for row in rows])
    short = _short_of_most(rows) | _perhaps_one(rows)
    return _robbed(tokens, chain, rows) | short | {rows[n].key for n in beside}


def doubt_shifted(rows: Sequence[Row], above: Sequence[Token]) -> None:
    """Give up the rows of a text with blanks where one of them is laid beside its columns.

    A program left a blank column out, and where it stood is not said.

    Args:
        rows: of the table, settled.
        above: what may be its head.
    """
    heads = [next((t for t in reversed(above) if t.norm in names), None) for names in _ENDS]
    if None in heads or any(t.grid is None or t.column is not None for t in filter(None, heads)):
        return
    below = [t.at[-1] for t in filter(None, heads)]
    if any(_is_shifted(row, below) for row in rows):
        for row in rows:
            if any(value is None or value.token.is_blank for value in row.settled or ()):
                row.give_up()


def doubt_slid(rows: Sequence[Row]) -> None:
    """Give up the rows of a text that may have lost their blanks, so that the total slid left.

    In every row all blanks stand behind the numbers, of which the last one is the others' sum.
    """
    last = (row.settled[-1] for row in rows if row.settled)
    if not any(value is not None and value.token.is_blank for value in last):
        return  # as in most tables
    slid: list[Row] = []
    for row in rows:
        values = row.settled or ()
        blank = [v is None or v.token.is_blank for v in values]
        if blank != sorted(blank) or any(v and v.token.column is not None for v in values):
            return
        printed = [v.cell.value or 0 for v in values if v is not None and not v.token.is_blank]
        if 1 < len(printed) < row.width and any(printed):
            if printed[-1] != sum(printed[:-1]):
                return
            slid.append(row)
    for row in slid:
        row.give_up()


def _is_shifted(row: Row, below: Sequence[object]) -> bool:
    """Tell whether a row begins and ends below the head's ends, and is laid on another column."""
    laid = row.settled[0] if row.settled is not None else None
    if laid is None or not laid.token.is_blank:
        return False
    printed = [token.at[-1] for token in row.tokens if token.is_printed]
    return bool(printed) and [printed[0], printed[-1]] == below


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
        if (doubted and not rows[n].tokens) or max(stray.values(), default=0) >= LEAST_STRAY:
            found.add(rows[n].key)
    return found


def _short_of_most(rows: Sequence[Row]) -> set[str]:
    """Return the rows, printed in lines, that have fewer numbers than a portal's added columns ask.

    A row that is as wide as the form's, among wider ones, has lost a blank.
    """
    if any(token.grid is not None for row in rows for token in row.tokens):
        return set()
    ((most, count),) = Counter(len(row.tokens) for row in rows).most_common(1)
    if most <= len(APPLICANTS) or 2 * count <= len(rows):
        return set()
    return {row.key for row in rows if 0 < len(row.tokens) < most}


def _perhaps_one(rows: Sequence[Row]) -> set[str]:
    """Return the rows of （六） if they may be lines of one row that says what it sums up.

    They have the numbers of one row between them, and no other row is without any.
    """
    divided = [row for row in rows if row.key in DIVIDED]
    bare = [row for row in rows if not row.tokens]
    lines = len(bare) == len(DIVIDED) - 1 and all(row.key in DIVIDED for row in bare)
    return {row.key for row in divided} if lines and len(divided) == len(DIVIDED) else set()


def _is_bare(tokens: Sequence[Token], chain: Sequence[Match], end: int) -> bool:
    """Tell whether labels without any number have them elsewhere, so that no cell is blank.

    Labels in a table of their own do, and those between whose lines digits stand.
    """
    if all(tokens[match.start].grid is not None for match in chain):
        return True
    pieces = {piece for match in chain for piece in match.pieces}
    between = [t for n, t in enumerate(tokens[chain[0].end : end], chain[0].end) if n not in pieces]
    if any(sign.isdecimal() for t in between for sign in strip_enumerators(t.text)):
        return True
    below = next((t for t in tokens[end:] if t.norm not in REQUEST_WORDS), None)
    return below is not None and below.norm == "" and below.cell.state is State.NUMBER

"""Reading table three from a stream of tokens.

Labels place the numbers (:mod:`~gongkai.tables.align`), rows are laid on their columns
(:mod:`~gongkai.tables.rows`), and the identities settle what is damaged
(:mod:`~gongkai.tables.decode`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.form.labels import (
    APPLICANT_LABELS,
    REQUEST_HEADERS,
    REQUEST_LABELS,
    WEAK_LABELS,
)
from gongkai.tables.align import EXACT, Labels, align
from gongkai.tables.decode import paths_of, settle
from gongkai.tables.heads import find_added
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.rows import Row, lay
from gongkai.tables.runs import row_tokens, value_columns
from gongkai.tables.strays import with_strays
from gongkai.tables.table import TableReading
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.form import FormYear
    from gongkai.tables.align import Match
    from gongkai.tables.stream import Token

_REQUESTS = Labels(REQUEST_LABELS)
_UNDIVIDED = "requests.outcome.other.undivided"
_DIVIDED = tuple(
    k for k in REQUEST_LABELS if k.startswith("requests.outcome.other.") and k != _UNDIVIDED
)
_REQUEST_WORDS = frozenset(normalise(w) for w in REQUEST_HEADERS) | {
    text for texts in APPLICANT_LABELS.values() for text in texts
}
#: Number of the column that a header of table three names.
NUMBER_OF_APPLICANT = {
    text: n for n, name in enumerate(APPLICANTS) for text in APPLICANT_LABELS[name]
}
#: The applicants whose headers stand on one row and are spelt like nothing else.
_MIDDLE = range(1, 5)
_OUTER = (0, len(APPLICANTS) - 1)
_FIRST = range(5)
_OTHER = 5
#: The printed column of each applicant where 总计 stands before all others.
_TOTAL_FIRST = (*range(1, len(APPLICANTS)), 0)
#: The header above the members of 法人或其他组织.
_GROUP = REQUEST_HEADERS[2]
#: So many labels that nothing else prints make a table; one may be narrative.
_LEAST_LABELS = 2
#: Fewer labels without a single whole row are no table.
_FEW_LABELS = 8
_WEAK = frozenset(key for key, texts in REQUEST_LABELS.items() if texts[0] in WEAK_LABELS)
_WIDTHS = dict.fromkeys(REQUEST_LABELS, len(APPLICANTS))
_STATUTORY = tuple(range(len(APPLICANTS)))
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
    rows = _rows(tokens, chain, head, end)
    if _is_prose(rows):
        return None
    found = {m.key for m in chain}
    divided = any(key in found for key in _DIVIDED)
    if divided or (_UNDIVIDED in found and not rows[_index(chain, _UNDIVIDED)].tokens):
        keep = [n for n, m in enumerate(chain) if m.key != _UNDIVIDED]
        chain, rows = [chain[n] for n in keep], [rows[n] for n in keep]
    undivided = any(m.key == _UNDIVIDED for m in chain)
    form: FormYear = "2019" if undivided else "2021"
    columns = _columns(rows, head)
    for row in rows:
        lay(row, columns)
    order = _order(rows, head, columns)
    for row in rows:
        if order is None:
            row.settled, row.given_up = (None,) * width, True
        elif order:
            row.follow(order)
    settle(rows, form)
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
    )


def _rows(
    tokens: Sequence[Token], chain: Sequence[Match], head: Sequence[Token], end: int
) -> list[Row]:
    """Return the rows that the labels open, without what a portal adds to the form."""
    width = len(APPLICANTS)
    named = [t for t in head if t.norm in NUMBER_OF_APPLICANT]
    added = find_added(head, named, width, _REQUEST_WORDS)
    return [
        Row(
            match.key,
            width,
            added.without(row_tokens(tokens, chain, n, width, end, _REQUEST_WORDS), width),
        )
        for n, match in enumerate(chain)
    ]


def _columns(rows: Sequence[Row], head: Sequence[Token]) -> tuple[int, ...] | None:
    """Return the raster columns of the values: as the rows agree, or else as the head names them.

    Where blanks stand for zeros no row may show them all; a column that is always empty would pass
    for one of them. Every number has to stand below a name.
    """
    width = len(APPLICANTS)
    columns = value_columns([row.tokens for row in rows], width)
    if columns is not None or all(row.surplus <= 0 for row in rows):
        return columns
    named = {t.column for t in head if t.norm in NUMBER_OF_APPLICANT}
    printed = {t.column for row in rows for t in row.tokens if not t.is_blank}
    known = sorted(column for column in named if column is not None)
    return tuple(known) if len(known) == width and printed <= set(known) else None


def _is_prose(rows: Sequence[Row]) -> bool:
    """Return whether the labels are quoted, line by line, rather than printed with their rows."""
    return len(rows) < _FEW_LABELS and all(row.surplus < 0 for row in rows)


def applicant_order(head: Sequence[Token], columns: Sequence[int] | None) -> tuple[int, ...] | None:
    """Return which value column holds each applicant, in statutory order of applicants.

    Labels place the numbers: a head that prints the applicants in another order is followed where
    its raster says how, or a row of its own; ``None`` (no column can be trusted) where neither
    does. A head that is cut short or absent says nothing against the statutory order, which comes
    back as ``()``.
    """
    found = [(t, NUMBER_OF_APPLICANT[t.norm]) for t in head if t.norm in NUMBER_OF_APPLICANT]
    order = [n for _, n in found]
    middle = [n for n in order if n in _MIDDLE]
    if len(set(middle)) != len(middle):
        return ()
    whole = sorted(order) == list(_STATUTORY)
    if columns is not None and whole:
        places = {column: place for place, column in enumerate(columns)}
        raster = {n: places.get(-1 if t.column is None else t.column) for t, n in found}
        ordered = tuple(raster[n] for n in range(len(APPLICANTS)))
        if None not in ordered and len(set(ordered)) == len(APPLICANTS):
            return ordered  # type: ignore[return-value] # no None
    if whole and all(t.width == 1 for t, _ in found):
        return () if _is_usual(head) else None
    if whole and (read := _read_order(found, head)) is not None:
        return tuple(read.index(n) for n in _STATUTORY) if read != list(_STATUTORY) else ()
    # 总计 and 自然人 stand a row higher, and without a raster their order says nothing.
    return () if middle == sorted(middle) else None


def _is_usual(head: Sequence[Token]) -> bool:
    """Return whether a head with one header a line goes through them in the form's own order.

    其他 is forgiven where it ends the row above, as it is often printed there; before another
    organisation it says that their order is another one. For 总计 the sums speak.
    """
    printed = [NUMBER_OF_APPLICANT[t.norm] for t in head if t.norm in NUMBER_OF_APPLICANT]
    if printed.index(_OTHER) + 1 < len(printed) and printed[printed.index(_OTHER) + 1] in _MIDDLE:
        return False
    names = [t.norm for t in head if t.norm == _GROUP or NUMBER_OF_APPLICANT.get(t.norm) in _FIRST]
    order = [NUMBER_OF_APPLICANT.get(name, 0.5) for name in names]
    return order == sorted(order)


def _read_order(found: Sequence[tuple[Token, int]], head: Sequence[Token]) -> list[int] | None:
    """Return the applicants as a head without a raster prints them from left to right.

    Args:
        found: the header of each applicant with its number.
        head: all of the head; where 法人或其他组织 stands, its members do.

    Returns:
        their numbers, or ``None`` where rows do not say how the two parts of the head interlock.
    """
    outer = [(t, n) for t, n in found if n in _OUTER]
    inner = [(t, n) for t, n in found if n not in _OUTER]
    if len({(t.grid, t.row) for t, _ in inner}) != 1:
        return None
    members = [n for _, n in inner]
    row = {(t.grid, t.row) for t, _ in outer}
    if len(row) != 1:
        return None
    if row == {(inner[0][0].grid, inner[0][0].row)}:
        return [n for _, n in found]
    group = [(i, t) for i, t in enumerate(head) if t.norm == _GROUP and {(t.grid, t.row)} == row]
    if len(group) != 1:
        return None
    at = sum(head.index(t) < group[0][0] for t, _ in outer)
    return [n for _, n in outer[:at]] + members + [n for _, n in outer[at:]]


def _order(
    rows: Sequence[Row], head: Sequence[Token], columns: Sequence[int] | None
) -> tuple[int, ...] | None:
    """Return the applicants' order of a head that the rows' sums do not contradict."""
    order = applicant_order(head, columns)
    if order in {(), _STATUTORY}:
        moved = _total_first(head) and order == ()
        better = moved and _sums(rows, _TOTAL_FIRST) > _sums(rows, _STATUTORY)
        return _TOTAL_FIRST if better else ()
    if order and _sums(rows, order) < _sums(rows, _STATUTORY):
        return ()  # a head with wrong spans: the sums know better
    return order


def _sums(rows: Sequence[Row], order: Sequence[int]) -> int:
    """Return how many rows add up to their total when read in this order of columns."""
    found = 0
    for row in rows:
        numbers = [read_cell(v.text).value if v else None for v in row.settled or ()]
        if len(numbers) == len(order):
            *parts, total = (numbers[n] or 0 for n in order)
            found += sum(parts) == total
    return found


def _total_first(head: Sequence[Token]) -> bool:
    """Return whether the head prints 总计 before 自然人."""
    outer = [n for t in head if (n := NUMBER_OF_APPLICANT.get(t.norm)) in _OUTER]
    return outer[:1] == [_OUTER[1]]


def _index(chain: Sequence[Match], key: str) -> int:
    return next(n for n, m in enumerate(chain) if m.key == key)


def _requests_end(tokens: Sequence[Token], chain: Sequence[Match]) -> int:
    """Return where the last row's values end: its row, or the first text after its label."""
    last = chain[-1]
    row, index, seen = tokens[last.end - 1].row, last.end, 0
    several = tokens[last.end - 1].width > 1
    while index < len(tokens):
        token = tokens[index]
        if token.row == row and several:
            seen += not token.is_blank
            index += 1
            continue
        if several and seen:
            break
        if token.cell.state is State.TEXT:
            break
        index += 1
    return index


def _head_start(tokens: Sequence[Token], start: int, words: frozenset[str]) -> int:
    """Step back from the first label over the table's head."""
    index = start
    first = start
    while index > 0 and start - index < _HEAD:
        index -= 1
        token = tokens[index]
        if token.norm in words:
            first = index
        elif token.norm and len(token.norm) > _LONGEST_WORD:
            break
    return first

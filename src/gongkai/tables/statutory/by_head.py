"""Rows of table three laid below the names of its head: it may leave out some of the applicants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.tables.rows.row import Value
from gongkai.tables.statutory.applicants import named_applicants
from gongkai.tables.statutory.request_doubts import UNDIVIDED

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gongkai.tables.rows.align import Match
    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token

_WIDTH = len(APPLICANTS)
#: A head that names fewer is cut short, or another table's.
_LEAST_NAMES = 4
#: So many rows have to print just the applicants of a head that leaves some out.
_LEAST_ROWS = 12
#: Rows of the groups （一） to （七） have so many points in their keys; those within them more.
_RANK_OF_GROUPS = 2
#: The labels of rank one to three span three, two cells or one.
_LONGEST_SPAN = 3
#: So many rows have to show where the blanks stand.
_WITNESSES = 2


def lay_by_head(
    rows: Sequence[Row],
    head: Sequence[Token],
    labels: Sequence[Match],
    tokens: Sequence[Token],
    words: Collection[str],
) -> list[str] | None:
    """Settle all rows whose cells stand below the names of the head, if the whole table does.

    Head and rows have to agree: a head that names six applicants leaves one out only where the
    rows print six cells. Those of an applicant that is left out are not printed.

    Args:
        rows: the table's rows; ``settled`` is set.
        head: its head.
        labels: that open the rows.
        tokens: the stream, which the labels count in.
        words: label texts that the form prints in the head; any other may be a garbled name.

    Returns:
        the applicants that are left out; ``None`` where the rows are not settled.
    """
    found = named_applicants(head)
    numbers = [n for _, n in found]
    if not _in_order(numbers):
        return None
    left_out = len(numbers) < _WIDTH
    if left_out and any(t.norm and t.norm not in words for t in head):
        return None
    if not left_out and all(row.surplus <= 0 for row in rows):
        return None
    opened = [tokens[m.end - 1] for m in labels]
    below = _places(found, rows, opened)
    behind = below is None and _behind_spans(rows, opened, len(numbers))
    ways: dict[str, dict[int, Token]] = {}
    for row in rows:
        if cells := _cells_of(row, len(numbers), below, behind=behind):
            ways[row.key] = dict(zip(sorted(numbers), cells, strict=True))
        elif row.tokens:
            return None
    if len(ways) < _LEAST_ROWS or (left_out and _is_beyond(ways.values())):
        return None
    for row in rows:
        by_number = ways.get(row.key, {})
        row.settled = tuple(
            Value(t, t.text) if (t := by_number.get(n)) else None for n in range(_WIDTH)
        )
    return [name for n, name in enumerate(APPLICANTS) if n not in numbers]


def _in_order(numbers: Sequence[int]) -> bool:
    """Tell whether a head names applicants in the form's order, on one row or on two."""
    if len(numbers) < _LEAST_NAMES or len(set(numbers)) != len(numbers):
        return False
    inner = sorted(numbers)[1:-1]
    ends = [0, _WIDTH - 1]
    return list(numbers) in ([ends[0], *inner, ends[1]], [*ends, *inner])


def _places(
    found: Sequence[tuple[Token, int]], rows: Sequence[Row], labels: Sequence[Token]
) -> list[int] | None:
    """Return where the cells below each name stand in every row, from left to right.

    ``None`` where rows or head are not as wide as each other, or where rows of one rank do not
    begin in one place: covered cells are lost there, and the rows have slid.
    """
    printed = [t for row in rows for t in row.tokens]
    every = [*(t for t, _ in found), *labels, *printed]
    if any(t.grid is None for t in every) or len({t.width for t in every}) != 1:
        return None
    places = [t.at[-1] for t, _ in sorted(found, key=lambda pair: pair[1])]
    if places != sorted(set(places)):
        return None
    begins: dict[int, set[int]] = {}
    for row, label in zip(rows, labels, strict=True):
        begins.setdefault(_rank_of(row), set()).add(label.at[-1])
    slid = any(len(at) > 1 or max(at) >= places[0] for at in begins.values())
    outside = any(not t.is_blank and t.at[-1] not in places for t in printed)
    return None if slid or outside else places


def _behind_spans(rows: Sequence[Row], labels: Sequence[Token], width: int) -> bool:
    """Tell whether just the blanks that a label's span leaves stand before each row's cells.

    Rows of one rank have as many of them. Rows that print their last cell say that none of their
    blanks stand behind the cells.
    """
    spans: dict[int, set[int]] = {}
    ended = 0
    for row, label in zip(rows, labels, strict=True):
        if not row.tokens:
            continue
        if any(t.row != label.row for t in row.tokens):
            return False
        more = len(row.tokens) - width
        if more < 0 or any(not t.is_blank for t in row.tokens[:more]):
            return False
        spans.setdefault(_rank_of(row), set()).add(more)
        ended += more > 0 and not row.tokens[-1].is_blank
    return ended >= _WITNESSES and all(
        found == {_LONGEST_SPAN - rank} for rank, found in spans.items()
    )


def _is_beyond(ways: Collection[dict[int, Token]]) -> bool:
    """Tell whether the applicants of several rows are more than their total, and agree in fewer."""
    agree = beyond = 0
    for way in ways:
        *parts, total = (way[n].cell.value or 0 for n in sorted(way))
        agree += sum(parts) == total > 0
        beyond += sum(parts) > total > 0
    return beyond > agree


def _rank_of(row: Row) -> int:
    return _RANK_OF_GROUPS if row.key == UNDIVIDED else row.key.count(".")


def _cells_of(
    row: Row, width: int, below: Sequence[int] | None, *, behind: bool
) -> Sequence[Token]:
    """Return a row's cells, as many as the head has names; none where it does not show which.

    Args:
        row: of the table.
        width: how many names there are.
        below: where the cells below them stand in every row, if that is told.
        behind: whether the cells stand behind all blanks.
    """
    if len(row.tokens) == width:
        return row.tokens
    if below is None:
        return row.tokens[-width:] if behind else ()
    by_place = {t.at[-1]: t for t in row.tokens}
    cells = [by_place[n] for n in below if n in by_place]
    return cells if len(cells) == width else ()

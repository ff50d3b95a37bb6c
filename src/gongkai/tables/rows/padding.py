"""Which blanks of a row are padding: where covered cells left their separators, or a column empty.

A row with more blanks than cells does not say which of them are cells. The table's other rows do:
those that print their first and last column show where the padding lies, and an empty column leaves
its blank in several of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gongkai.form import identities
from gongkai.tables.numbers import State
from gongkai.tables.rows.decode import fits, paths_of, reading_of, settle
from gongkai.tables.rows.row import gapped, leaving_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.decode import CellValue
    from gongkai.tables.rows.row import Row, Value

#: So many rows have to show the padding, and none may contradict them.
_WITNESSES = 2
#: Where one row in so many, or less, is too long, most rows have just their cells.
_MOST_ARE = 4


class Padding(NamedTuple):
    """Most blanks that stand before and behind the cells of a table's rows."""

    before: int
    behind: int


def padding_of(rows: Sequence[Row]) -> Padding | None:
    """Return how the rows are padded; ``None`` where they are not, or too few of them tell.

    Args:
        rows: the rows of a table of text, with their tokens.
    """
    if all(len(row.tokens) <= row.width for row in rows):
        return None  # as on most pages
    shown = [
        (first, len(row.tokens) - 1 - last)
        for row in rows
        if len(row.tokens) > row.width
        for first, last in _ends(row)
        if last - first + 1 == row.width
    ]
    if len(shown) < _WITNESSES:
        return _below_total(rows)
    padding = Padding(max(b for b, _ in shown), max(b for _, b in shown))
    return padding if 0 in padding else None


def _below_total(rows: Sequence[Row]) -> Padding | None:
    """Return the padding of rows that print their last column alone, each below the others.

    Rows of several lengths end their cells at one place only where they are padded behind it.
    """
    last = [(len(row.tokens), end) for row in rows for _, end in _ends(row)]
    lengths = {length for length, _ in last}
    width = rows[0].width if rows else 0
    if len(last) < _WITNESSES or len(lengths) == 1 or min(lengths) <= width:
        return None
    if any(end != width - 1 for _, end in last):
        return None
    return Padding(0, max(lengths) - width)


def _ends(row: Row) -> list[tuple[int, int]]:
    """Return the first and the last token that is not blank, if there is one."""
    printed = [n for n, token in enumerate(row.tokens) if not token.is_blank]
    return [(printed[0], printed[-1])] if printed else []


def open_spared(rows: Sequence[Row]) -> None:
    """Open rows again that left out a blank, as no other row of their table does.

    The blank may be a cell, and one of the numbers printed twice.

    Args:
        rows: the rows of a table, laid; ``settled`` and ``ways`` are set.
    """
    long = [row for row in rows if row.surplus > 0]
    alone = len(long) == 1 < len(rows)
    few = alone or len(long) * _MOST_ARE <= len(rows)
    doubts = [_doubt(row, alone=alone, few=few) for row in long]
    for row, doubt in zip(long, doubts, strict=True):
        if doubt is not None and doubts.count(doubt) == 1 and (ways := leaving_out(row)):
            row.ways, row.settled = [ways], None


def _doubt(row: Row, *, alone: bool, few: bool) -> object:
    """Return what has to be met in another row, too, for a row's surplus blanks to be no cells.

    ``None`` where nothing has to be; the row itself where no other one can tell.
    """
    left = row.spared
    if not left:
        return None
    if row.is_spaced:
        return (len(row.tokens), left)
    # The numbers of a row stand in front of what is too much, but where one of several blanks is.
    printed = (value.token for value in row.settled or () if value is not None)
    among = any(token.is_blank for token in printed)
    if row.tokens[0].column is not None:
        return "edges" if among or left[0] == 0 else None
    # Separators may open and end the rows of a text; on a raster every blank is a cell. Where most
    # rows have just their cells, one of many blanks is hardly a separator.
    if among and few:
        return id(row)
    return "edges" if alone and left[0] == 0 else None


def lay_padded(rows: Sequence[Row]) -> Padding | None:
    """Settle the open rows whose surplus blanks lie where the table pads its rows.

    Args:
        rows: the rows of a table, laid one by one; ``settled`` is set.

    Returns:
        how the table pads its rows, if that can be told.
    """
    padding = padding_of(rows)
    if padding is None:
        return None
    for row in rows:
        if row.settled is not None or not row.ways:
            continue
        for way, pad, most in (
            (row.ways[0][0], row.tokens[row.width :], padding.behind),
            (row.ways[0][-1], row.tokens[: -row.width], padding.before),
        ):
            laid = {id(value.token) for value in way if value is not None}
            rest = [token for token in row.tokens if id(token) not in laid]
            padded = len(pad) == len(rest) and all(
                a is b and b.is_blank for a, b in zip(pad, rest, strict=True)
            )
            if padded and 0 < len(pad) <= most:
                row.settled = way
    return padding


def settle_padded(rows: Sequence[Row], padding: Padding | None, form: FormYear) -> None:
    """Settle the rows by the identities, the one that lost a cell to its padding included.

    Args:
        rows: all rows of the table, laid; see :func:`gongkai.tables.rows.decode.settle`.
        padding: how the table pads its rows, if that can be told.
        form: whose identities hold.
    """
    row = _short(rows, padding, form) if padding is not None else None
    before = row.settled if row is not None else None
    if row is not None:
        printed = [value for value in before or () if value is not None and not _is_blank(value)]
        row.ways, row.settled = [gapped(printed, row.width)], None
    settle(rows, form)
    if row is not None and before is not None and not row.given_up:
        texts = [v and v.token for v in row.settled or ()]
        if texts == [None if v is None or _is_blank(v) else v.token for v in before]:
            row.settled, row.inferred = before, False  # a blank cell, as it is printed


def _short(rows: Sequence[Row], padding: Padding, form: FormYear) -> Row | None:
    """Return the row that may have lost a cell, with padding in its place.

    It is the only one whose end is blank against its sums, and no more blanks end it than pad the
    others.
    """
    end = -1 if padding.behind else 0
    doubtful = [row for row in rows if _ends_blank(row, end)]
    if doubtful:
        known = {
            path: reading_of(value)
            for row in rows
            for path, value in zip(paths_of(row), row.settled or (None,) * row.width, strict=True)
        }
        doubtful = [row for row in doubtful if _is_refuted(paths_of(row)[end], known, form)]
    if len(doubtful) != 1:
        return None
    (row,) = doubtful
    ((first, last),) = _ends(row)
    blanks = len(row.tokens) - 1 - last if end else first
    blank = sum(value is None or _is_blank(value) for value in row.settled or ())
    fits_in = last - first + 2 == row.width and blanks <= max(padding) and blank == 1
    return row if fits_in else None


def _is_blank(value: Value) -> bool:
    return value.cell.state is State.BLANK


def _ends_blank(row: Row, end: int) -> bool:
    """Tell whether a row with numbers ends in a blank."""
    value = row.settled[end] if row.settled is not None else None
    return value is not None and _is_blank(value) and bool(_ends(row))


def _is_refuted(path: str, known: Mapping[str, CellValue], form: FormYear) -> bool:
    """Tell whether a blank cell is against the sums that it stands in."""
    touched = [i for i in identities(form) if path in i.cells and known.keys() >= set(i.cells)]
    return not fits(known, touched)

"""The rows of table two: each is laid below its own head, and its form told by it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.form.labels import PROACTIVE_HEADER_WORD, PROACTIVE_HEADERS
from gongkai.tables.numbers import State
from gongkai.tables.rows.placing import is_gapped, place_gaps
from gongkai.tables.rows.row import Row, lay
from gongkai.tables.rows.runs import Runs
from gongkai.tables.rows.spots import Head
from gongkai.tables.statutory.added_columns import find_added
from gongkai.tables.statutory.proactive_columns import (
    falls_short,
    header_columns,
    is_apart,
    is_crowded,
    is_loose,
    is_set_off,
    may_be_doubled,
    printed_once,
    reaches,
)
from gongkai.tables.statutory.proactive_forms import (
    FORM_OF_HEADER,
    ITEMS,
    LONGEST_HEAD,
    PROACTIVE_COLUMNS,
    PROACTIVE_KEYS,
    SHARED_HEADS,
    form_at,
    form_of_rows,
    head_start,
    header_of,
    headers_above,
    spelt_by,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.align import Match
    from gongkai.tables.rows.placing import Raster
    from gongkai.tables.stream import Token

#: What opens or heads a block: never a cell of the row above, however few its numbers are.
_HEADS = ITEMS | FORM_OF_HEADER.keys()
#: What remains of the header of amounts where a portal leaves out 本年.
_MONEY = "收费金额"
_UNIT = re.compile("[百千万亿]?元")
#: Above a table: 单位：件、元.
_CAPTION = re.compile(r"单位[^。]{0,12}?(?<![百千万亿])元")
_MONEY_UNITS = {"万元": "", "元": "元", "亿元": "亿元"}


class _Laid(NamedTuple):
    """A row of the table, laid below its head.

    Attributes:
        row: the row.
        values: its values as they are printed, without those of added columns.
        headers: those of its columns.
        raster: their raster columns, where the values lie below them.
        added: how many columns of the head the form does not have.
        lost: it has fewer cells than its head; which are lost, one of these perhaps, is not said.
    """

    row: Row
    values: list[Token]
    headers: list[Token]
    raster: tuple[int, ...] | None
    added: int
    lost: bool


class RowReader:
    """Reads the rows of table two, each below its own head.

    Args:
        tokens: the stream up to the table's end.
        low: where the table begins.
        chain: labels found.
        aligned: gives how the document's lines are aligned.
        beside: the report's rows are lines that hold label and numbers.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        low: int,
        chain: Sequence[Match],
        aligned: Callable[[], Raster],
        *,
        beside: bool,
    ) -> None:
        self._tokens = tokens
        self._low = low
        self._chain = chain
        self._aligned = aligned
        self._beside = beside
        self._runs = Runs(tokens, chain, len(tokens), _HEADS)
        self._fallback = form_of_rows({match.key for match in chain})
        self._contradicted = spelt_by(tokens, chain) not in {None, self._fallback}

    def read(self, number: int) -> tuple[Row, FormYear]:
        """Return the row of a label, and the form that its columns are of."""
        tokens, low, match = self._tokens, self._low, self._chain[number]
        told = _form_behind(tokens, match) or form_at(
            tokens, match.start, head_start(self._chain, number, low), low
        )
        form = told or self._fallback
        if match.key not in PROACTIVE_COLUMNS[form]:
            form = "2019" if form == "2021" else "2021"
        laid = self._lay(number, len(PROACTIVE_COLUMNS[form][match.key]))
        row = laid.row
        order = _order(laid.headers, form, row.width)
        unknown = told is None and self._contradicted and match.key in SHARED_HEADS[0]
        if row.settled is None or order is None or unknown or self._is_doubtful(match, laid):
            row.give_up()
        else:
            row.padded = may_be_doubled(row, laid.raster)
            row.follow(order or range(row.width))
        if match.key == "fees":
            _take_unit(row, tokens[low : match.start], _lines_above(tokens, low, form))
        return row, form

    def _lay(self, number: int, width: int) -> _Laid:
        match = self._chain[number]
        headers = headers_above(self._tokens, match.start, self._low)
        above = self._tokens[self._low : match.start]
        head = [t for t in above if headers and t.row == headers[0].row]
        words = [t for t in head if t.norm != PROACTIVE_HEADER_WORD]
        values = self._runs.values(number, width)
        short = falls_short(words, values)
        headers, values = printed_once(headers, values, width)
        added = find_added(words, headers, width)
        values = added.without(values, width)
        row = Row(match.key, width, values)
        if len(headers) == width and is_gapped([row]):
            below = [row, *self._siblings(number, width)]
            named = Head(head, [(t.norm,) for t in headers])
            place_gaps(below, named, self._aligned())
        raster = header_columns(headers, width) if reaches(words, values) else None
        lay(row, raster)
        added_columns = len(added.columns)
        return _Laid(row, values, headers, raster, added_columns, bool(added_columns) and short)

    def _siblings(self, number: int, width: int) -> list[Row]:
        """Return the other rows below the same head."""
        head = headers_above(self._tokens, self._chain[number].start, self._low)
        return [
            Row(match.key, width, self._runs.values(n, width))
            for n, match in enumerate(self._chain)
            if n != number and headers_above(self._tokens, match.start, self._low) == head
        ]

    def _is_doubtful(self, match: Match, laid: _Laid) -> bool:
        """Tell whether a row's values may be no cells of it, or not all of them."""
        tokens, low, values = self._tokens, self._low, laid.values
        label = tokens[match.end - 1]
        if laid.lost or is_crowded(laid.row, tokens[low : match.start], laid.added):
            return True
        if is_apart(label, values) and (
            self._beside or label.grid is not None or is_set_off(tokens[low:], label, values)
        ):
            return True
        if is_loose(laid.row, laid.raster) or (not values and _run_on(tokens, match)):
            return True
        return _is_behind(tokens, match.start, values) or _is_above(tokens, match, values)


def _is_behind(tokens: Sequence[Token], label: int, values: Sequence[Token]) -> bool:
    """Tell whether numbers stand in front of a label, and none behind, as the head's do."""
    if label == 0 or any(not token.is_blank for token in values):
        return False
    before = tokens[label - 1]
    if before.row != tokens[label].row or before.cell.state is not State.NUMBER:
        return False
    words = (n for n in range(label - 1, 0, -1) if tokens[n].norm == PROACTIVE_HEADER_WORD)
    above = next(words, 0)
    header, word = tokens[above - 1], tokens[above]
    return above > 0 and header.row == word.row and header_of(header.norm) in FORM_OF_HEADER


def _is_above(tokens: Sequence[Token], match: Match, values: Sequence[Token]) -> bool:
    """Tell whether numbers in lines of their own stand above the labels of a block.

    Those behind a label are then the next one's.
    """
    at = match.end - 1
    if not values or tokens[at].width > 1 or values[0].row == tokens[at].row:
        return False
    while at and header_of(tokens[at - 1].norm) not in FORM_OF_HEADER:
        at -= 1
    above = tokens[at - 1]
    return at > 0 and above.width > 1 and tokens[at].is_printed and tokens[at].row != above.row


def _form_behind(tokens: Sequence[Token], match: Match) -> FormYear | None:
    """Return the form of the header right behind a label, as cards and lists print it."""
    if match.end == len(tokens):
        return None
    return FORM_OF_HEADER.get(header_of(tokens[match.end].norm))


def _run_on(tokens: Sequence[Token], match: Match) -> bool:
    """Tell whether digits run on into a label or a header behind it: its row is not blank."""
    if match.runs_on(tokens):
        return True
    for token in tokens[match.end : match.end + LONGEST_HEAD]:
        if token.norm in PROACTIVE_KEYS:
            return False
        if header_of(token.norm) in FORM_OF_HEADER and any(
            sign.isdecimal() for sign in (token.text[:1], token.text[-1:])
        ):
            return True
    return False


def _lines_above(tokens: Sequence[Token], low: int, form: FormYear) -> str:
    """Return what may name the unit of 收费, which the form of 2019 does not ask for."""
    return "".join(t.text for t in tokens[max(low - 2, 0) : low]) if form == "2021" else ""


def _take_unit(row: Row, tokens: Sequence[Token], above: str) -> None:
    """Take the unit of an amount from the words of its head, else from those above the table."""
    head = "".join(t.norm for t in tokens)
    _, found, rest = head.rpartition(_MONEY)
    if not found:  # another name for the amount, with its unit somewhere behind
        named = _UNIT.search(head.rpartition(PROACTIVE_HEADER_WORD)[2])
        rest = named[0] if named else ""
    unit = money_unit(rest)
    if unit == "" and "元" not in rest and names_yuan(above):
        unit = "元"
    row.unit = unit or ""
    if unit is None:
        row.give_up()


def names_yuan(caption: str) -> bool:
    """Tell whether the words above a table say that its amounts are of 元, not of 万元."""
    return _CAPTION.search(caption) is not None


def money_unit(rest: str) -> str | None:
    """Return the unit that stands behind 本年收费金额, ``""`` for the form's own 万元.

    ``None`` where it is one that no amount can be read in.
    """
    rest = rest.removeprefix("单位").removeprefix("人民币")
    for printed, unit in _MONEY_UNITS.items():
        if rest.startswith(printed):
            return unit
    return None if "元" in rest[:3] else ""


def _order(headers: Sequence[Token], form: FormYear, width: int) -> tuple[int, ...] | None:
    """Return which printed column holds each of the form's, ``()`` for the statutory order.

    Labels place the numbers: whole headers in one row are followed whatever their order; others
    only say whether it can be trusted, and ``None`` is that it cannot.
    """
    known = PROACTIVE_HEADERS[form]
    order = [known.index(h) for t in headers if (h := header_of(t.norm)) in known]
    if len(set(order)) != len(order):
        return None
    if order == sorted(order):
        return ()
    rows = {(t.grid, t.row) for t in headers}
    if len(order) != width or len(rows) != 1 or headers[0].width == 1:
        return None
    return tuple(order.index(n) for n in sorted(order))

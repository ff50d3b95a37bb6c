"""Columns that a portal adds to the form: 备注, 上年总计, 占比; below them stands no cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.form.labels import HEADER_WORDS
from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gongkai.tables.stream import Token

#: What a portal may print above a column of its own, and the form above one of its.
_SUMS = frozenset(("总计", "合计", "小计"))
#: Units in cells of their own that leave a number what it is; 元 does not.
_UNITS = frozenset(("件", "项", "条", "个", "宗", "万元"))

_NO_NUMBERS = (State.BLANK, State.TEXT)


@dataclass(frozen=True, slots=True)
class Added:
    """Columns that the form does not have.

    Attributes:
        columns: their raster columns, where the table has a raster.
        place: that of the only one among the cells of a whole row, where it has none.
    """

    columns: frozenset[int] = frozenset()
    place: int | None = None

    def without(self, tokens: list[Token], width: int) -> list[Token]:
        """Return a row's tokens that stand in none of the columns, and are no units of their own.

        Args:
            tokens: the row's values.
            width: how many the form has.
        """
        if self.columns:
            tokens = [t for t in tokens if t.column not in self.columns]
        ends = tokens[-1:]
        if len(tokens) > width:
            tokens = [t for t in tokens if t.text.strip() not in _UNITS]
        # A column of units at the end is the added one itself.
        if self.place is None or tokens[-1:] != ends or len(tokens) != width + 1:
            return tokens
        return tokens[: self.place] + tokens[self.place + 1 :]

    def without_ends(self, tokens: list[Token], width: int, last: int) -> list[Token]:
        """Return the tokens of a row that does not stand below the head, without what is told.

        Args:
            tokens: the row's values.
            width: how many the form has.
            last: the head's last column: where it is an added one, and the row's numbers fill the
                form's, what stands behind them is below it.
        """
        if len(tokens) > width:
            tokens = [t for t in tokens if t.text.strip() not in _UNITS]
        filled = len(tokens) == width + 1 and not any(t.is_blank for t in tokens[:-1])
        remark = filled and last in self.columns and tokens[-1].cell.state in _NO_NUMBERS
        return tokens[:-1] if remark else tokens


def find_added(
    head: Sequence[Token], known: Sequence[Token], width: int, words: Collection[str] = ()
) -> Added:
    """Return the columns that a head names and the form does not have.

    Args:
        head: the header cells of a table.
        known: those of them that name one of the form's columns.
        width: how many columns the form has: unless each is named, once and in a column of its
            own, a strange header may be a garbled one, and none is left out.
        words: other words that the form prints in the head.
    """
    if len({t.norm for t in known}) != width or len(known) != width:
        return Added()
    lowest = max(t.row for t in known)
    own = frozenset(words) - _SUMS
    if all(t.row == lowest for t in known):
        own |= {t.norm for t in known}  # the row that names all: what stands above it is a copy
    # Where each name stands in a line of its own, a group's sum is the last of them.
    below = head[-1] if head[-1].norm in _SUMS else None
    strange = [
        t
        for t in head
        if t.norm and t.norm not in own and t not in known and (t.row <= lowest or t is below)
    ]
    columns = {t.column for t in known}
    if None not in columns:
        if len(columns) != width:
            return Added()
        return Added(frozenset(c for t in strange if (c := t.column) is not None) - columns)
    return Added(place=_place_in_lines(head, known, strange[0])) if len(strange) == 1 else Added()


def _place_in_lines(head: Sequence[Token], known: Sequence[Token], strange: Token) -> int | None:
    """Return the place of an added cell in the rows below a head of lines; ``None`` if untold."""
    width = len(known)
    # A sum below a group (小计) stands before the last of the upper row.
    if head[-1] is strange and strange.norm in _SUMS and known[-1].norm not in _SUMS:
        return width - 1
    last = [t for t in head if t.row == strange.row][-1]
    highest = min(t.row for t in known)
    # Alone above the form's own headers it is a garbled one of them.
    alone = not any(t.row == strange.row and t.norm in HEADER_WORDS for t in head)
    return None if last is not strange or strange.row > highest or alone else width

"""Columns that a portal adds to the form: 备注, 上年总计, 占比; below them stands no cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.stream import Token

#: Units in cells of their own that leave a number what it is; 元 does not.
_UNITS = frozenset(("件", "项", "条", "个", "宗", "万元"))


def added_columns(head: Sequence[Token], known: Sequence[Token], width: int) -> frozenset[int]:
    """Return the raster columns that a head names and the form does not have.

    Args:
        head: the header cells of a table.
        known: those of them that name one of the form's columns.
        width: how many columns the form has: unless each is named, once and in a column of its
            own, a strange header may be a garbled one, and none is left out.
    """
    columns = {t.column for t in known}
    if len(known) != width or len(columns) != width or None in columns:
        return frozenset()
    return frozenset(
        t.column
        for t in head
        if t.column is not None and t.column not in columns and t.cell.state is State.TEXT
    )


def without(tokens: list[Token], columns: frozenset[int], width: int) -> list[Token]:
    """Return a row's tokens that stand in none of the columns, and are no units of their own."""
    if columns:
        tokens = [t for t in tokens if t.column not in columns]
    if len(tokens) > width:
        tokens = [t for t in tokens if t.text.strip() not in _UNITS]
    return tokens

"""Columns that a portal adds to the form: 备注, 上年总计, 占比; below them stands no cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.stream import Token


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


def without(tokens: list[Token], columns: frozenset[int]) -> list[Token]:
    """Return the tokens that stand in none of the columns."""
    return [t for t in tokens if t.column not in columns] if columns else tokens

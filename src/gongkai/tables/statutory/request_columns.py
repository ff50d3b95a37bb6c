"""The raster columns that hold table three's numbers, in each of the tables that hold its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.tables.rows.runs import value_columns
from gongkai.tables.statutory.applicants import NUMBER_OF_APPLICANT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token


def columns_of(rows: Sequence[Row], head: Sequence[Token]) -> tuple[int, ...] | None:
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


def columns_by_grid(
    rows: Sequence[Row], columns: tuple[int, ...] | None
) -> dict[int | None, tuple[int, ...] | None]:
    """Return the raster columns of the values in each of the tables that hold the rows.

    A table that goes on in another one may be printed there with other margins. Where the rows of a
    part do not say which columns are its own, they are the others' if one of these rows, or all of
    its numbers, stand there.
    """
    grids = {grid_of(row): columns for row in rows}
    grids.pop(None, None)
    if len(grids) < 2:  # noqa: PLR2004 - as most are
        return grids
    for grid in grids:
        own = [row.tokens for row in rows if grid_of(row) == grid]
        printed = {token.column for values in own for token in values if not token.is_blank}
        here = any(tuple(token.column for token in values) == columns for values in own)
        here = here or printed.issubset(columns or ())
        grids[grid] = value_columns(own, len(APPLICANTS)) or (columns if here else None)
    return grids


def grid_of(row: Row) -> int | None:
    """Return the table that holds a row; ``None`` for lines, and where a page's end cuts it."""
    if not row.tokens or row.tokens[0].grid != row.tokens[-1].grid:
        return None
    return row.tokens[0].grid

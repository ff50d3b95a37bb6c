"""Table three in two parts that have its labels each, and some of its columns: joined."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.form import APPLICANTS
from gongkai.reading.document import Grid
from gongkai.tables.narrative.sections import Zone
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.shapes.plain_rows import is_request_table
from gongkai.tables.shapes.rearranged import NOTHING, Rearranged
from gongkai.tables.statutory.applicants import NUMBER_OF_APPLICANT
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from gongkai.reading.document import Block, GridCell
    from gongkai.tables.shapes.rearranged import Origin


class _Half(NamedTuple):
    """A part: its block, and its cells by applicant, those of the head first, with its labels."""

    block: int
    grid: Grid
    columns: dict[int, list[Origin]]
    labels: list[Origin]


def join_halves(blocks: list[Block]) -> tuple[list[Block], Zone | None]:
    """Return the blocks with two parts of table three as one, and the blocks that held them.

    The heads have to name each applicant once, the parts to have the same labels.
    """
    halves = [
        half
        for index, block in enumerate(blocks)
        if isinstance(block, Grid) and (half := _half(index, block)) is not None
    ]
    for one, two in pairwise(halves):
        names = sorted([*one.columns, *two.columns])
        if names != list(range(len(APPLICANTS))) or _words(one) != _words(two):
            continue
        joined = list(blocks)
        joined[one.block], joined[two.block] = _join(one, two), NOTHING
        return joined, Zone(one.block, two.block + 1)
    return blocks, None


def _words(half: _Half) -> list[str]:
    return [normalise(cell.text) for cell, _, _ in half.labels]


def _half(index: int, grid: Grid) -> _Half | None:
    """Return a grid as a part of table three; ``None`` where it is none."""
    if not is_request_table(grid):
        return None
    named = _named(grid)
    width = len(named)
    if not 0 < width < len(APPLICANTS) or len({n for n, _, _, _ in named}) < width:
        return None
    columns = {n: [(cell, r, c)] for n, cell, r, c in named}
    labels: list[Origin] = []
    for r, row in enumerate(grid.rows[named[-1][2] + 1 :], named[-1][2] + 1):
        first = len(row) - width
        kinds = [read_cell(cell.text).state is State.TEXT for cell in row[max(0, first - 1) :]]
        if len(kinds) <= width or not kinds[0] or all(kinds):
            return None  # the label, and just its numbers; one of them may be words
        labels.append((row[first - 1], r, first - 1))
        for column, c in zip(columns.values(), range(first, len(row)), strict=True):
            column.append((row[c], r, c))
    return _Half(index, grid, columns, labels)


def _named(grid: Grid) -> list[tuple[int, GridCell, int, int]]:
    """Return the applicants that the head names, from left to right where one row does it."""
    for r, row in enumerate(grid.rows):
        named = [
            (NUMBER_OF_APPLICANT[norm], cell, r, c)
            for c, cell in enumerate(row)
            if (norm := normalise(cell.text)) in NUMBER_OF_APPLICANT
        ]
        if named:
            return named
    return []


def _join(one: _Half, two: _Half) -> Rearranged:
    sources = {n: half for half in (one, two) for n in half.columns}
    first, at, place = one.labels[0]
    labels = [(first._replace(text=""), at, place), *one.labels]
    rows: list[list[GridCell]] = []
    origins: list[list[tuple[Grid, int, int]]] = []
    for number, label in enumerate(labels):
        cells = [(one.grid, *label)]
        for n in range(len(APPLICANTS)):
            half = sources[n]
            cells.append((half.grid, *half.columns[n][number]))
        rows.append(
            [
                cell._replace(column=column, colspan=1, rowspan=1)
                for column, (_, cell, _, _) in enumerate(cells)
            ]
        )
        origins.append([(grid, r, c) for grid, _, r, c in cells])
    return Rearranged(rows, one.grid.place, origins=origins)

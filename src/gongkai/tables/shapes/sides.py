"""Tables of two years side by side in one grid: the form's labels stand in it twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.document import Grid
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.shapes.own_part import only_year, title_year
from gongkai.tables.shapes.rearranged import rearranged
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block
    from gongkai.tables.shapes.rearranged import Origin

#: A word of each table's head that its own columns have once, with the section.
_MARKS = {"信息内容": "proactive", "自然人": "requests", "行政复议": "disputes"}
#: The head stands in the first rows.
_HEAD_ROWS = 5
#: So many tenths of the words of one side stand in the other one, too: the forms may differ.
_ALIKE = 5
_LAST_YEAR = re.compile("上一?年|去年|往年|同期")


class Sides(NamedTuple):
    """The blocks with one side of each such grid, and what nothing tells the side of.

    Attributes:
        blocks: as many as before.
        undecided: sections whose sides differ, without a year that says which is the report's.
        places: of their grids.
    """

    blocks: list[Block]
    undecided: list[str]
    places: list[str]


def one_side(blocks: Sequence[Block]) -> Sides | None:
    """Return the blocks with the report's own side of each grid that holds a table twice.

    It is the side that names the title's year, or the one beside last year's; ``None`` without such
    a grid.
    """
    found = Sides(list(blocks), [], [])
    changed = False
    for at, grid in enumerate(blocks):
        cut = _cut(grid) if isinstance(grid, Grid) and not grid.ragged else None
        if not isinstance(grid, Grid) or cut is None:
            continue
        section, column = cut
        left, right = _side(grid, 0, column), _side(grid, column, None)
        if not _alike(left, right):
            continue
        changed = True
        own = _own(left, right, title_year(blocks))
        found.blocks[at] = own or left
        if own is None and _values(left) != _values(right):
            found.undecided.append(section)
            found.places.append(str(grid.place))
    return found if changed else None


def _cut(grid: Grid) -> tuple[str, int] | None:
    """Return the section of a grid whose head has a mark twice, and the second side's column."""
    for row in grid.rows[:_HEAD_ROWS]:
        columns: dict[str, list[int]] = {}
        for cell in row:
            if (norm := normalise(cell.text)) in _MARKS:
                columns.setdefault(norm, []).append(cell.column)
        for mark, (first, *more) in columns.items():
            if len(more) == 1:
                return _MARKS[mark], more[0] - first
    return None


def _side(grid: Grid, low: int, high: int | None) -> Grid:
    """Return the columns of a grid from one to the one before another."""
    rows: list[list[Origin]] = []
    for r, row in enumerate(grid.rows):
        rows.append([])
        for c, cell in enumerate(row):
            start = max(cell.column, low)
            end = cell.column + cell.colspan
            end = end if high is None else min(end, high)
            if start < end:
                rows[-1].append((cell._replace(column=start - low, colspan=end - start), r, c))
    return rearranged(grid, rows)


def _alike(left: Grid, right: Grid) -> bool:
    one, two = _words(left), _words(right)
    shared = 10 * (one & two).total()
    return shared >= _ALIKE * max(one.total(), two.total()) > 0


def _words(grid: Grid) -> Counter[str]:
    texts = (cell.text for row in grid.rows for cell in row)
    return Counter(normalise(text) for text in texts if read_cell(text).state is State.TEXT)


def _values(grid: Grid) -> list[list[object]]:
    return [[read_cell(cell.text) for cell in row] for row in grid.rows]


def _own(left: Grid, right: Grid, year: str | None) -> Grid | None:
    """Return the side that is the report's, if its words above the head say so."""
    captions = [
        "".join(cell.text for row in side.rows[:2] for cell in row) for side in (left, right)
    ]
    years = [only_year(caption) for caption in captions]
    if year is not None and years.count(year) == 1:
        return (left, right)[years.index(year)]
    last = [_LAST_YEAR.search(caption) is not None for caption in captions]
    if last[0] != last[1] and "上年结转" not in "".join(captions):
        return (left, right)[last[0]]
    return None

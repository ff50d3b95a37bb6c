"""Heads that a page keeps in a table of their own, above the one with the numbers.

Tables that scroll below a head that stays are two tables, or one and a copy of its head; a row
without any text may set the widths of the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import HEADER_WORDS, REQUEST_LABELS, spellings
from gongkai.reading.document import Grid, Paragraph, Place
from gongkai.tables.narrative.sections import Zone
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.shapes.rearranged import Rearranged
from gongkai.tables.statutory.dispute_heads import LEAVES
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gongkai.reading.document import Block, GridCell
    from gongkai.tables.numbers import CellText

#: Stands for a block that was joined to another one; blocks left out for other reasons are none.
_TAKEN = Paragraph("", Place())
#: Words above the columns, of a table that is turned, too.
_WORDS = HEADER_WORDS.union(spellings(REQUEST_LABELS))
#: A head of its own has so many of them.
_LEAST_WORDS = 2
_LONGEST_NOTE = 30
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def join_parted(blocks: Sequence[Block]) -> tuple[list[Block], list[Zone]]:
    """Return the blocks with each head and the table below it as one, copies left out.

    Returns:
        the blocks, as many as before, and the runs of them whose tables belong together.
    """
    joined = [_tidied(block) if isinstance(block, Grid) else block for block in blocks]
    runs: list[Zone] = []
    for at, head in enumerate(joined):
        if not isinstance(head, Grid) or not _is_head(head):
            continue
        before, below = (joined[n] if 0 <= n < len(joined) else None for n in (at - 1, at + 1))
        behind = at + 1
        if isinstance(below, Paragraph) and len(below.text) <= _LONGEST_NOTE:
            behind = at + 2  # 数据加载中, between a head that stays and the table
            below = joined[behind] if behind < len(joined) else None
        if isinstance(below, Grid) and _opens(below, head):
            joined[at] = _TAKEN
            runs.append(Zone(at, behind + 1))
        elif isinstance(below, Grid) and behind == at + 1 and (rows := _rows_below(head, below)):
            joined[at : at + 2] = [_join(head, below, rows), _TAKEN]
            runs.append(Zone(at, behind + 1))
        elif isinstance(before, Grid) and _opens(before, head):
            joined[at] = _TAKEN
            runs.append(Zone(at - 1, at + 1))
    return joined, runs + list(_drop_copies(joined))


def _drop_copies(blocks: list[Block]) -> Iterator[Zone]:
    """Leave out tables that are printed a second time right behind, for columns that stay."""
    first: int | None = None
    for at, block in enumerate(blocks):
        if block is _TAKEN:
            continue
        if not isinstance(block, Grid) or _words(block) < _LEAST_WORDS:
            first = None
        elif first is not None and _shown(block) == _shown(blocks[first]):
            blocks[at] = _TAKEN
            yield Zone(first, at + 2)
        else:
            first = at


def _shown(block: Block) -> list[list[tuple[str, CellText]]]:
    """Return what the cells of a table say, however it is typed."""
    rows = block.rows if isinstance(block, Grid) else []
    return [[(normalise(cell.text), read_cell(cell.text)) for cell in row] for row in rows]


def _tidied(grid: Grid) -> Grid:
    """Return a table with a head without rows and columns that are there for its looks alone.

    They are rows of blanks above the head or above numbers without a label, the letters that a
    sheet's columns have, and columns of blanks.
    """
    texts = [["" if _is_blank(c.text) else c.text.strip() for c in row] for row in grid.rows]
    if grid.ragged or not any(sum(normalise(t) in HEADER_WORDS for t in row) > 1 for row in texts):
        return grid
    first = next((n for n, row in enumerate(texts) if any(row)), 0)
    kept = [n for n in range(first, len(texts)) if not _is_spacing(texts, n)]
    spacers = _spacers(grid, kept)
    if len(kept) == len(texts) and not spacers:
        return grid
    return _made(grid.place, [(grid, n) for n in kept], spacers)


def _spacers(grid: Grid, rows: Sequence[int]) -> set[int]:
    """Return the columns of blanks: the last one, and any in table four, which has names for all.

    Columns whose cells begin there in one row only, or cover others, are none.
    """
    columns: dict[int, list[GridCell]] = {}
    for n in rows:
        for cell in grid.rows[n]:
            columns.setdefault(cell.column, []).append(cell)
    blank = {
        column
        for column, cells in columns.items()
        if all(cell.colspan == 1 and _is_blank(cell.text) for cell in cells)
    }
    leaves = sum(normalise(cell.text) in LEAVES for row in grid.rows for cell in row)
    if leaves < len(DISPUTE_CELLS):
        last = {row[-1].column for n in rows if (row := grid.rows[n])}
        return blank & last if len(last) == 1 and len(rows) > 1 else set()
    return blank


def _is_spacing(texts: Sequence[Sequence[str]], n: int) -> bool:
    row = texts[n]
    if not any(row):
        below = texts[n + 1] if n + 1 < len(texts) else ()
        bare = len(below) == len(row) and all(read_cell(t).state is not State.TEXT for t in below)
        return bare and any(below)
    return len(row) > 2 and "".join(row) == _LETTERS[: len(row)]  # noqa: PLR2004


def widened(zone: Zone, runs: Iterable[Zone]) -> Zone:
    """Return a zone with the heads and tables that belong to what it holds."""
    for run in runs:
        if zone.start < run.end and run.start < zone.end:
            zone = Zone(min(zone.start, run.start), max(zone.end, run.end))
    return zone


def _is_head(grid: Grid) -> bool:
    """Tell whether a table prints words of a head, and no number."""
    if grid.ragged:
        return False
    texts = [cell.text for row in grid.rows for cell in row if not _is_blank(cell.text)]
    return _words(grid) >= _LEAST_WORDS and all(read_cell(t).state is State.TEXT for t in texts)


def _words(grid: Grid) -> int:
    return sum(normalise(cell.text) in _WORDS for row in grid.rows for cell in row)


def _opens(grid: Grid, head: Grid) -> bool:
    """Tell whether a longer table opens with the rows of a head."""
    rows = _printed(head.rows)
    return len(grid.rows) > len(rows) and _printed(grid.rows[: len(rows)]) == rows


def _printed(rows: Sequence[Sequence[GridCell]]) -> list[list[str]]:
    return [list(filter(None, [normalise(cell.text) for cell in row])) for row in rows]


def _rows_below(head: Grid, grid: Grid) -> range | None:
    """Return the rows of a table without a head that stands below the columns of one."""
    filled = [n for n, row in enumerate(grid.rows) if not all(_is_blank(c.text) for c in row)]
    if not filled or grid.ragged:
        return None
    rows = range(filled[0], len(grid.rows))
    numbers = any(read_cell(c.text).state is State.NUMBER for c in grid.rows[rows[0]])
    # A bar for scrolling has a blank above it.
    wide = max(c.column + c.colspan for row in head.rows for c in row if not _is_blank(c.text))
    same = wide == max(c.column + c.colspan for n in rows for c in grid.rows[n])
    return rows if numbers and same else None


def _is_blank(text: str) -> bool:
    return read_cell(text).state is State.BLANK


def _join(head: Grid, grid: Grid, rows: range) -> Rearranged:
    parts = [(head, n) for n in range(len(head.rows))] + [(grid, n) for n in rows]
    return _made(head.place, parts)


def _made(
    place: Place, parts: Sequence[tuple[Grid, int]], without: Collection[int] = ()
) -> Rearranged:
    """Return a table of rows of others, without the cells in some columns."""
    origins = [
        [(source, n, c) for c, cell in enumerate(source.rows[n]) if cell.column not in without]
        for source, n in parts
    ]
    rows = [[source.rows[n][c] for source, n, c in row] for row in origins]
    return Rearranged(rows, place, origins=origins)

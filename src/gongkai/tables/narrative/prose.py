"""Prose that a page keeps in table rows, or within a table: a report may be one from end to end."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.form.labels import (
    GROUP_LABELS,
    HEADER_WORDS,
    PROACTIVE_ITEMS,
    REQUEST_HEADERS,
    ROW_LABELS,
)
from gongkai.reading.document import Grid, Paragraph
from gongkai.reading.pictures import without_pictures
from gongkai.tables.narrative.headings import heading_key, may_hold_heading, read_heading
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, GridCell

#: What the form prints in its tables.
_WORDS = frozenset((*GROUP_LABELS, *REQUEST_HEADERS, *PROACTIVE_ITEMS, *HEADER_WORDS, *ROW_LABELS))
#: Longer than any statutory label.
_LONG = 60
#: A line of a sentence is longer than most that stand in a table.
_LEAST_LINE = 15
#: A heading and the section's text, or its number, beside it.
_PAIR = 2
_NUMERAL = re.compile(r"第?[一二三四五六1-6](?:部分)?[、.．]?")


def lift_prose(blocks: list[Block]) -> list[Block]:
    """Return the blocks with rows of prose turned into paragraphs, in place.

    A row is prose where its only text is a section's heading or longer than any label, and what
    stands alone beside such rows is prose, too, unless the form prints it. So is a row of a heading
    and, beside it, its section's text.
    """
    lifted: list[Block] = []
    changed = False
    for block in blocks:
        pieces = _pieces(block) if isinstance(block, Grid) else None
        if pieces is None:
            lifted.append(block)
        else:
            lifted += pieces
            changed = True
    return lifted if changed else blocks


def without_prose(inside: set[int], blocks: Sequence[Block]) -> set[int]:
    """Return the blocks of tables without the headings and sentences that stand among them.

    Programs print a page's text before its tables: that of the next section then stands within a
    table that the page's end cuts.
    """
    prose: set[int] = set()
    for index in sorted(inside):
        block = blocks[index]
        if not isinstance(block, Paragraph):
            continue
        text = block.text.rstrip()
        if text.endswith("。"):
            prose.add(index)
            above = index - 1
            # The lines above, of the same sentence; a short one below prose is a sub-heading.
            while above in inside and above not in prose:
                if not _runs_on(blocks[above], below=above - 1 in prose):
                    break
                prose.add(above)
                above -= 1
        elif may_hold_heading(text) and (heading := read_heading(text)) is not None:
            prose.update([index] if heading.number and heading.value >= 1 else ())
    return inside - prose


def _runs_on(block: Block, *, below: bool) -> bool:
    """Tell whether a block may belong to the prose that follows it, and perhaps stands above it."""
    return isinstance(block, Paragraph) and (below or len(block.text) >= _LEAST_LINE)


def _only(row: list[GridCell]) -> int | None:
    """Return the index of the row's only text, if it has just one."""
    filled = [i for i, cell in enumerate(row) if without_pictures(cell.text).strip()]
    return filled[0] if len(filled) == 1 else None


def _is_section(row: list[GridCell]) -> bool:
    """Tell whether a row holds a section's heading and, beside it, its text or number."""
    filled = [text for cell in row if (text := without_pictures(cell.text).strip())]
    if len(filled) != _PAIR or read_cell(filled[1]).state is State.NUMBER:
        return False
    heading = filled[_NUMERAL.fullmatch(filled[0]) is not None]
    return _is_heading(heading)


def _is_prose(text: str) -> bool:
    if len(text) > _LONG or (text.endswith("。") and len(text) > _LONG // 3):
        return True
    return _is_heading(text)


@lru_cache(maxsize=4096)
def _is_heading(text: str) -> bool:
    return len(text) < _LONG and not text.isascii() and heading_key(normalise(text)) is not None


def _may_be_prose(row: list[GridCell]) -> bool:
    """Tell by its first text, and by how many cells it has, whether a row may be prose."""
    text = row[0].text.strip() if row else ""
    if not text:  # a bar of colour may stand before a heading
        return (only := _only(row)) is not None and _is_heading(row[only].text.strip())
    if len(row) > _PAIR and len(text) <= _LONG // 3:
        return False
    return _is_prose(text) or (_NUMERAL.fullmatch(text) is not None and _is_section(row))


def _pieces(grid: Grid) -> list[Block] | None:
    if not any(map(_may_be_prose, grid.rows)):
        return None
    singles = {r: c for r, row in enumerate(grid.rows) if (c := _only(row)) is not None}
    prose = {r for r, c in singles.items() if _is_prose(grid.rows[r][c].text.strip())}
    beside = {r for r, row in enumerate(grid.rows) if r not in singles and _is_section(row)}
    if not prose and not beside:
        return None
    for r in (*sorted(singles), *sorted(singles, reverse=True)):
        text = grid.rows[r][singles[r]].text
        free = read_cell(text).state is State.TEXT and normalise(text) not in _WORDS
        if free and (r - 1 in prose or r + 1 in prose):
            prose.add(r)
    prose |= beside
    pieces: list[Block] = []
    kept: list[int] = []
    for r in range(len(grid.rows) + 1):
        if r < len(grid.rows) and r not in prose:
            kept.append(r)
            continue
        if kept:
            places = [grid.at(k, 0)._replace(cell=None) for k in kept]
            pieces.append(replace(grid, rows=[grid.rows[k] for k in kept], row_places=places))
            kept = []
        if r < len(grid.rows):
            for cell in [singles[r]] if r in singles else range(len(grid.rows[r])):
                lines = [line for line in grid.rows[r][cell].text.split("\n") if line.strip()]
                pieces += [Paragraph(line, grid.at(r, cell)) for line in lines]
    return pieces

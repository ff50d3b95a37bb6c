"""A page's skeleton: what its layout leaves when words and numbers are taken away."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid

if TYPE_CHECKING:
    from gongkai.reading import Document
    from gongkai.reading.document import Block

#: Paragraphs before the first table that count: the narrative below them is the agency's own.
_HEAD = 4
_LABELLED = re.compile(r"^([^：:\d]{2,12})[：:]")
_DATE = re.compile(r"^[（(]?\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}日?[)）]?$")


def skeleton(document: Document) -> str:
    """Return the skeleton; pages of one portal's template have equal ones.

    It holds the format, the kinds of the first lines (a labelled line, a date, the first section,
    a text), and of each table the cells of its widest row, and whether its rows are ragged (~).
    """
    head = []
    for block in document.blocks[:_HEAD]:
        kind = _kind(block)
        head.append(kind)
        if kind in ("一、", "table"):
            break
    tables = [_shape(grid) for grid in document.grids]
    runs = [(shape, len(list(run))) for shape, run in groupby(tables)]
    shapes = " ".join(shape if count == 1 else f"{shape}x{count}" for shape, count in runs)
    return f"{document.format}: {' / '.join(head)} + {shapes or 'no table'}"


def _kind(block: Block) -> str:
    if isinstance(block, Grid):
        return "table"
    text = block.text.strip()
    if text.startswith("一、"):
        return "一、"
    if label := _LABELLED.match(text):
        return f"{label[1].strip()}："
    return "date" if _DATE.match(text) else "text"


def _shape(grid: Grid) -> str:
    widest = max(map(len, grid.rows), default=0)
    return f"{'~' if grid.ragged else ''}{widest}"

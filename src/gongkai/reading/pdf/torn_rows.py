"""Rows that a page break tears: one half of the cells stands on one page, the rest on the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, GridCell

    Row = list[GridCell]

_WORDS = re.compile(r"[^\W\d_]{2}")
#: What stands beside a table may be read between its parts; a heading is longer.
_BESIDE = 12


def mend_torn_rows(blocks: Sequence[Block]) -> None:
    """Bring the cells of a torn row together beside its label; the other half stays, blank.

    Args:
        blocks: in source order; a table that follows another directly, on the next page, goes on.
    """
    upper: Grid | None = None
    for block in blocks:
        if not isinstance(block, Grid):
            upper = upper if len(block.text) <= _BESIDE else None
            continue
        if upper and upper.rows and block.rows and upper.place.page != block.place.page:
            _mend(upper.rows[-1], block.rows[0])
        upper = block


def _mend(above: Row, below: Row) -> None:
    """Join two halves: of no cell is there text in both, and the label is in one of them."""
    count = min(len(above), len(below))
    if not count:
        return  # a row of cells that spans from above cover
    if _shape(above[-count:]) != _shape(below[-count:]):
        return
    halves = [(a.text, b.text) for a, b in zip(above[-count:], below[-count:], strict=True)]
    texts = [a or b for a, b in halves]
    if any(a and b for a, b in halves) or not _WORDS.search(texts[0]):
        return
    if not (any(a for a, _ in halves) and any(b for _, b in halves)):
        return
    whole, rest = (above, below) if halves[0][0] else (below, above)
    whole[-count:] = [c._replace(text=t) for c, t in zip(whole[-count:], texts, strict=True)]
    rest[-count:] = [cell._replace(text="") for cell in rest[-count:]]


def _shape(cells: Row) -> list[tuple[int, int]]:
    """Return where the cells begin, from the first one, and how many columns each covers."""
    return [(cell.column - cells[0].column, cell.colspan) for cell in cells]

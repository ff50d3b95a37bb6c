"""Rows that a page break tears: one half of the cells stands on one page, the rest on the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, GridCell

    Row = list[GridCell]

_DIGITS = re.compile(r"[\d.,\s]+")
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
    """Join two halves: there are words in one of them alone.

    A number of which both hold a part is torn, too, and how it reads is not told.
    """
    count = min(len(above), len(below))
    if not count:
        return  # a row of cells that spans from above cover
    # The label may cover more of the columns that the rest of its page shows.
    if _shape(above[-count:][1:]) != _shape(below[-count:][1:]):
        return
    halves = [(a.text, b.text) for a, b in zip(above[-count:], below[-count:], strict=True)]
    if not (any(a for a, _ in halves) and any(b for _, b in halves)):
        return
    torn = [a + b for a, b in halves if a and b]
    if torn and (any(b for _, b in halves if _WORDS.search(b)) or not all(map(_is_number, torn))):
        return
    if not _WORDS.search(halves[0][0] or halves[0][1]) and not torn:
        return
    whole, rest = (above, below) if halves[0][0] else (below, above)
    texts = [a + UNREADABLE + b if a and b else a or b for a, b in halves]
    whole[-count:] = [c._replace(text=t) for c, t in zip(whole[-count:], texts, strict=True)]
    rest[-count:] = [cell._replace(text="") for cell in rest[-count:]]


def _is_number(text: str) -> bool:
    return bool(_DIGITS.fullmatch(text))


def _shape(cells: Row) -> list[tuple[int, int]]:
    """Return where the cells begin, from the first one, and how many columns each covers."""
    return [(cell.column - cells[0].column, cell.colspan) for cell in cells]

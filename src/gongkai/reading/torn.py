"""Rows that a page break tears: the label stands on one page, its numbers on the other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, GridCell

    Row = list[GridCell]

_WORDS = re.compile(r"[^\W\d_]{2}")


def mend_torn_rows(blocks: Sequence[Block]) -> None:
    """Put the numbers of a torn row beside its label; the other half stays, blank.

    Args:
        blocks: in source order; a table that follows another directly, on the next page, goes on.
    """
    for upper, lower in pairwise(blocks):
        if not (isinstance(upper, Grid) and isinstance(lower, Grid)):
            continue
        if upper.place.page == lower.place.page or not (upper.rows and lower.rows):
            continue
        above, below = upper.rows[-1], lower.rows[0]
        for labelled, numbered in ((below, above), (above, below)):
            count = _torn(labelled, numbered)
            if count:
                labelled[-count:] = _with(labelled[-count:], numbered[-count:])
                numbered[-count:] = [cell._replace(text="") for cell in numbered[-count:]]
                break


def _torn(labelled: Row, numbered: Row) -> int:
    """Return how many cells behind a label are blank whose numbers stand in the other half."""
    count = 0
    while count < len(labelled) and not labelled[-1 - count].text:
        count += 1
    if not 0 < count < min(len(labelled), len(numbered)) or numbered[-1 - count].text:
        return 0
    if not _WORDS.search(labelled[-1 - count].text):
        return 0
    texts = [cell.text for cell in numbered[-count:]]
    return 0 if any(map(_WORDS.search, texts)) or not any(texts) else count


def _with(cells: Row, numbers: Row) -> Row:
    return [
        cell._replace(text=number.text) for cell, number in zip(cells, numbers, strict=True)
    ]

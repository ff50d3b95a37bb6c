"""Raster columns of table cells under column and row spans."""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Larger spans are cut: no statutory table is near it, and hostile ones would cost time.
MAX_SPAN = 200
_MAX_COVERED = 64


@lru_cache(maxsize=256)
def span(declared: str | None) -> int:
    """Return a declared span as a sane number; anything that is no number is 1.

    ``0`` (HTML: up to the end of the row group) is the largest span.
    """
    digits = (declared or "1").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    number = int(digits[:6])
    return min(number, MAX_SPAN) if number else MAX_SPAN


def rastered(rows: Iterable[Sequence[tuple[int, int]]]) -> Iterator[list[int]]:
    """Give the cells of a table, row by row, their raster columns.

    Args:
        rows: the columns and rows that each cell covers.

    Yields:
        the column of each cell of a row.
    """
    # Column ranges that earlier rows cover: first, behind last, row behind last; sorted.
    covered: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        covered = [one for one in covered if one[2] > number][:_MAX_COVERED]
        ahead = iter([*covered, (sys.maxsize, 0, 0)])
        start, behind, _ = next(ahead)
        column = 0
        columns = []
        for across, down in row:
            while start <= column:
                column = max(column, behind)
                start, behind, _ = next(ahead)
            columns.append(column)
            if down > 1:
                covered.append((column, column + across, number + down))
            column += across
        covered.sort()
        yield columns

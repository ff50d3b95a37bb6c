"""Raster columns of table cells under column and row spans."""

from __future__ import annotations

from functools import lru_cache

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


class RowRaster:
    """Gives the cells of a table, row by row, their raster columns.

    Attributes:
        is_busy: there are cells that cover rows below; else no row has to be started.
        is_covered: spans of earlier rows cover columns of this row that were not yet reached; else
            a cell that covers no rows below stands where the one before it ends.
    """

    def __init__(self) -> None:
        self.is_busy = self.is_covered = False
        # Column ranges that earlier rows cover: first, behind last, row behind last; sorted.
        self._covered: list[tuple[int, int, int]] = []
        self._fresh: list[tuple[int, int, int]] = []
        self._ahead = 0
        self._row = 0
        self._next_end = 0  # the row in which the first of those ranges is free again

    def next_row(self) -> None:
        """Start a row."""
        row = self._row = self._row + 1
        if self._fresh or row == self._next_end:
            left = [covered for covered in self._covered if covered[2] > row]
            self._covered = sorted(left + self._fresh)[:_MAX_COVERED]
            self._fresh = []
            self._next_end = min([end for _, _, end in self._covered], default=0)
            self.is_busy = bool(self._covered)
        self._ahead = 0
        self.is_covered = self.is_busy

    def place(self, column: int, across: int, down: int) -> int:
        """Return the first free column from ``column`` on, for a cell of that many columns."""
        covered = self._covered
        while self._ahead < len(covered) and covered[self._ahead][0] <= column:
            column = max(column, covered[self._ahead][1])
            self._ahead += 1
        self.is_covered = self._ahead < len(covered)
        if down > 1:
            self._fresh.append((column, column + across, self._row + down))
            self.is_busy = True
        return column

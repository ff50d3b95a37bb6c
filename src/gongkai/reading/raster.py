"""Raster columns of table cells under column and row spans."""

from __future__ import annotations

from gongkai.reading.document import GridCell

#: Larger spans are cut: no statutory table is near it, and hostile ones would cost time.
MAX_SPAN = 200


def span(declared: str | None) -> int:
    """Return a declared span as a sane number; anything that is no number is 1.

    ``0`` (HTML: up to the end of the row group) is kept as the largest span.
    """
    if declared is None or declared == "1":
        return 1
    digits = declared.strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    number = int(digits[:6])
    return min(number, MAX_SPAN) if number else MAX_SPAN


class RowRaster:
    """Gives the cells of a table's rows, one row after the other, their raster columns."""

    def __init__(self) -> None:
        # Column ranges that earlier rows cover: first, behind last, rows left; sorted.
        self._covered: list[tuple[int, int, int]] = []

    def row(self, cells: list[tuple[str, int, int]]) -> list[GridCell]:
        """Place a row of (text, colspan, rowspan)."""
        covered = self._covered
        placed: list[GridCell] = []
        column = 0
        if not covered:
            for text, across, down in cells:
                placed.append(GridCell(text, column, across, down))
                column += across
                if down > 1:
                    covered.append((column - across, column, down - 1))
            return placed
        ranges = iter(covered)
        ahead = next(ranges, None)
        fresh: list[tuple[int, int, int]] = []
        for text, across, down in cells:
            while ahead is not None and ahead[0] <= column:
                column = max(column, ahead[1])
                ahead = next(ranges, None)
            placed.append(GridCell(text, column, across, down))
            column += across
            if down > 1:
                fresh.append((column - across, column, down - 1))
        left = [(first, behind, rows - 1) for first, behind, rows in covered if rows > 1]
        self._covered = sorted(left + fresh) if fresh else left
        return placed

"""Rows of a word processor's table: merges upwards and to the left become spans."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.document import GridCell, make
from gongkai.reading.raster import MAX_SPAN

if TYPE_CHECKING:
    from collections.abc import Mapping

SPACES = " \t\r\n"
#: Soft hyphens and signs without width: no part of a word or number.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


class MergedRows:
    """Rows in the making: cells that a merge covers are counted, not added.

    Attributes:
        rows: the rows that ended.
        column: raster column of the next cell.
    """

    __slots__ = ("_continued", "_merged", "_row", "_started", "column", "rows")

    def __init__(self) -> None:
        self.rows: list[list[GridCell]] = []
        self.column = 0
        self._row: list[GridCell] = []
        self._started = False
        # Column → row and index of the cell that spans downwards from there.
        self._merged: dict[int, tuple[list[GridCell], int]] = {}
        self._continued: set[int] = set()

    def end_row(self) -> None:
        """End a row, if one was begun, and begin the next."""
        if self._started:
            self.rows.append(self._row)
            if len(self._continued) != len(self._merged):
                self._merged = {c: cell for c, cell in self._merged.items() if c in self._continued}
        self._started = True
        self._row, self._continued, self.column = [], set(), 0

    def add(self, text: str, spans: Mapping[str, str]) -> None:
        r"""Add a cell to the row, or to the cell that it is merged with.

        Args:
            text: its text; ``\n`` begins a paragraph or line.
            spans: its ``gridSpan``, ``vMerge`` and ``hMerge``, as far as declared.
        """
        text = text.strip(SPACES)
        if "\n" in text:  # paragraphs without text leave no line
            text = "\n".join(filter(None, [line.strip(SPACES) for line in text.split("\n")]))
        column, row = self.column, self._row
        if not spans:  # most cells
            row.append(make(GridCell, (text, column, 1, 1)))
            self.column = column + 1
            return
        across = max(number(spans["gridSpan"], 1), 1) if "gridSpan" in spans else 1
        down = spans.get("vMerge")
        if spans.get("hMerge") == "continue" and row:
            row[-1] = row[-1]._replace(colspan=row[-1].colspan + across)
        elif down == "continue" and column in self._merged:
            above, index = self._merged[column]
            printed, at, width, height = above[index]
            above[index] = make(GridCell, (printed, at, width, height + 1))
            self._continued.add(column)
        else:
            if down:
                self._merged[column] = (row, len(row))
                self._continued.add(column)
            row.append(make(GridCell, (text, column, across, 1)))
        self.column = column + across


def number(value: str | None, default: int) -> int:
    """Return a declared number, bounded; ``default`` if it is none."""
    if value is None or not (value.isascii() and value.isdigit()):
        return default
    return min(int(value[:6]), MAX_SPAN)

"""Rows of a word processor's table: merges upwards and to the left become spans."""

from __future__ import annotations

from gongkai.reading.document import GridCell, cell_of
from gongkai.reading.raster import MAX_SPAN

SPACES = " \t\r\n"


class MergedRows:
    r"""Rows in the making: cells that a merge covers are counted, not added.

    Attributes:
        rows: the rows that ended.
        pieces: text of the cell at work; ``\n`` begins a paragraph or line.
        spans: its ``gridSpan``, ``vMerge`` and ``hMerge``, as far as declared.
        column: its raster column.
        in_cell: whether a cell was begun.
    """

    def __init__(self) -> None:
        self.rows: list[list[GridCell]] = []
        self.pieces: list[str] = []
        self.spans: dict[str, str] = {}
        self.column = 0
        self.in_cell = False
        self._row: list[GridCell] = []
        self._started = False
        # Column → row and index of the cell that spans downwards from there.
        self._merged: dict[int, tuple[int, int]] = {}
        self._continued: set[int] = set()

    def end_row(self) -> None:
        """End a row, if one was begun, and begin the next."""
        self.end_cell()
        if self._started:
            self.rows.append(self._row)
            if len(self._continued) != len(self._merged):
                self._merged = {c: cell for c, cell in self._merged.items() if c in self._continued}
        self._started = True
        self._row, self._continued, self.column = [], set(), 0

    def end_cell(self) -> None:
        """End a cell, if one was begun."""
        if not self.in_cell:
            return
        spans, column, row = self.spans, self.column, self._row
        if not spans:  # most cells
            row.append(cell_of((_joined(self.pieces), column, 1, 1)))
            self.column, self.in_cell = column + 1, False
            self.pieces.clear()
            return
        across = max(number(spans.get("gridSpan"), 1), 1)
        if spans.get("hMerge") == "continue" and row:
            row[-1] = row[-1]._replace(colspan=row[-1].colspan + across)
        elif spans.get("vMerge") == "continue" and column in self._merged:
            at, index = self._merged[column]
            spanning = self.rows[at][index]
            self.rows[at][index] = spanning._replace(rowspan=spanning.rowspan + 1)
            self._continued.add(column)
        else:
            if "vMerge" in spans:
                self._merged[column] = (len(self.rows), len(row))
                self._continued.add(column)
            row.append(GridCell(_joined(self.pieces), column, across))
        self.column = column + across
        self.in_cell = False
        self.pieces.clear()
        spans.clear()


def _joined(pieces: list[str]) -> str:
    """Join the pieces of a cell; paragraphs without text leave no line."""
    text = "".join(pieces).strip(SPACES)
    if "\n" not in text:
        return text
    lines = (line.strip(SPACES) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def number(value: str | None, default: int) -> int:
    """Return a declared number, bounded; ``default`` if it is none."""
    if value is None or not (value.isascii() and value.isdigit()):
        return default
    return min(int(value[:6]), MAX_SPAN)

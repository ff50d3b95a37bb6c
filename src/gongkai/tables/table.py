"""One statutory table, read: what the readers of the three tables hand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.model import ReportForm
    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token


@dataclass(slots=True)
class TableReading:
    """One statutory table, read.

    Attributes:
        start: first token of it in the stream.
        end: token after its last.
        rows: its rows; ``settled`` holds the values by column.
        paths: the cell paths of each row, in column order.
        missing: row keys whose label was not found.
        left_out: names of the columns that neither head nor rows print.
        garbled: row keys whose label was found by similarity only.
        form: the form that its labels are of.
        complete: it was read to its last row.
        head: what stands above its rows.
        beside: its rows are lines or rows that hold label and numbers.
    """

    start: int
    end: int
    rows: list[Row] = field(default_factory=list)
    paths: list[tuple[str, ...]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    garbled: list[str] = field(default_factory=list)
    form: ReportForm | None = None
    complete: bool = True
    head: Sequence[Token] = ()
    beside: bool = False

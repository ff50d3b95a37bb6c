"""Tables whose columns are measured by dashes, and no bars part the cells::

      信息内容   本年制发件数   本年废止件数
      ---------- -------------- --------------
      规章       0
      文件                      3

A blank cell is seen by its place alone. Where a closing rule follows and blank lines lie between,
these part the rows, and a row takes several lines.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.document import GridCell
from gongkai.reading.drawn import Drawn, columns_of, on_terminals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_RULER = re.compile(r"[ ]*(?:-{2,}|={2,})(?:[ ]+(?:-{2,}|={2,}))+[ ]*")
_RULE = re.compile(r"[ ]*(?:-{3,}|={3,})(?:[ ]+(?:-{2,}|={2,}))*[ ]*")
_RUN = re.compile(r"-+|=+")
#: Whether a text may hold such a table at all.
MAY_HOLD = re.compile(r"^[ ]*(?:--+|==+)[ ]+(?:--|==)", re.MULTILINE)
#: Header lines above the dashes; lines of a table.
_LONGEST_HEAD = 12
_LONGEST_TABLE = 400


class Dashed(NamedTuple):
    """A table that dashes measure: its rows, its first line and the line behind its last."""

    table: Drawn
    first: int
    end: int


def dashed_tables(lines: Sequence[str]) -> Iterator[Dashed]:
    """Yield the tables that lines of dashes measure."""
    read = 0
    for index, line in enumerate(lines):
        if index < read or "--" not in line and "==" not in line or not _RULER.fullmatch(line):
            continue
        ruler = _Ruler(line)
        first = ruler.head_start(lines, index, read)
        end, closed = ruler.end(lines, index)
        table = Drawn(*ruler.rows(lines, first, index, end, closed=closed))
        if len(table.rows) > 1:
            read = end
            yield Dashed(table, first, end)


class _Ruler:
    def __init__(self, line: str) -> None:
        self._starts = [run.start() for run in _RUN.finditer(line)]
        self._width = len(line.rstrip())

    def _fits(self, columns: Sequence[str]) -> bool:
        """Tell whether a line has a blank before each column that it reaches."""
        return all(columns[x - 1] == " " for x in self._starts[1:] if x <= len(columns))

    def _line(self, line: str) -> list[str] | None:
        """Return a line's characters by their columns, or ``None`` where it is none of a table."""
        columns = columns_of(line.rstrip(), on_terminals)
        return columns if self._fits(columns) else None

    def _closes(self, line: str) -> bool:
        if not _RULE.fullmatch(line):
            return False
        runs = [run.start() for run in _RUN.finditer(line)]
        return runs == self._starts or (len(runs) == 1 and len(line.rstrip()) == self._width)

    def head_start(self, lines: Sequence[str], ruler: int, low: int) -> int:
        """Return the first line of the head above the dashes, or of the rule above that."""
        first = ruler
        while first > max(low, ruler - _LONGEST_HEAD):
            line = lines[first - 1]
            if self._closes(line):
                return first - 1
            if not line.strip() or len(line.split()) < 2 or self._line(line) is None:  # noqa: PLR2004 - cells
                break
            first -= 1
        return first

    def end(self, lines: Sequence[str], ruler: int) -> tuple[int, bool]:
        """Return where the table ends, and whether blank lines part its rows."""
        end, blank, closed = ruler + 1, 0, 0
        for index in range(ruler + 1, min(len(lines), ruler + _LONGEST_TABLE)):
            line = lines[index]
            if not line.strip():
                blank = blank or index
            elif self._closes(line):
                end, closed = index + 1, blank
                if index + 1 == len(lines) or not lines[index + 1].strip():
                    return end, bool(closed)
            elif self._line(line) is None:
                break
            elif not blank:
                end = index + 1
        return (blank or end, False) if not closed else (end, True)

    def rows(
        self, lines: Sequence[str], first: int, ruler: int, end: int, *, closed: bool
    ) -> tuple[list[list[GridCell]], list[int]]:
        """Return the rows and the first line of each; ``closed`` is that blank lines part them."""
        rows: list[list[GridCell]] = []
        places: list[int] = []

        def part(index: int) -> tuple[int, bool]:
            line = lines[index]
            dashes = not line.strip() or bool(_RULE.fullmatch(line))
            return (0 if closed or dashes else index, dashes)

        for (_, skipped), group in groupby(range(first, end), part):
            if not skipped:
                numbers = list(group)
                rows.append(self._row([lines[n] for n in numbers]))
                places.append(numbers[0])
        return rows, places

    def _row(self, lines: Sequence[str]) -> list[GridCell]:
        rasters = [columns_of(line.rstrip(), on_terminals) for line in lines]
        ends = [*self._starts[1:], None]
        cells = []
        for number, (start, end) in enumerate(zip(self._starts, ends, strict=True)):
            texts = ["".join(raster[start:end]).strip() for raster in rasters]
            cells.append(GridCell("\n".join(filter(None, texts)), number))
        return cells

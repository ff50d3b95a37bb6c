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
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.document import GridCell
from gongkai.reading.text.drawn import WIDTHS, Drawn, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: One of the dashes is longer than a nil mark.
_RULER = re.compile(r"(?=.*(?:----|====))[ ]*(?:-{2,}|={2,})(?:[ ]+(?:-{2,}|={2,}))+[ ]*")
_RULE = re.compile(r"[ ]*(?:-{3,}|={3,})(?:[ ]+(?:-{2,}|={2,}))*[ ]*")
_RUN = re.compile(r"-+|=+")
#: Whether a text may hold such a table at all.
MAY_HOLD = re.compile(r"^[ ]*(?:--+|==+)[ ]+(?:--|==)", re.MULTILINE)
#: What parts the cells of a line; text that follows the table has none.
_GAP = re.compile(r"  |\d$")
#: Header lines above the dashes; lines of a table.
_LONGEST_HEAD = 12
_LONGEST_TABLE = 400
_LEAST_ROWS = 2
#: More such lines, and more signs in them, than in any report: each is looked around for its table.
_MOST_RULERS = 300
_MOST_SIGNS = 10_000


class Dashed(NamedTuple):
    """A table that dashes measure: its rows, its first line and the line behind its last."""

    table: Drawn
    first: int
    end: int


def dashed_tables(lines: Sequence[str]) -> Iterator[Dashed]:
    """Yield the tables that lines of dashes measure."""
    read = rulers = signs = 0
    for index, line in enumerate(lines):
        if rulers >= _MOST_RULERS or signs > _MOST_SIGNS:
            return
        if index < read or ("--" not in line and "==" not in line) or not _RULER.fullmatch(line):
            continue
        rulers += 1
        signs += len(line)
        for width in WIDTHS:
            found = _Ruler(line, width).table(lines, index, read)
            if found is not None:
                read = found.end
                yield found
                break


class _Ruler:
    """A line of dashes and what it measures: every line of its table keeps to its columns."""

    def __init__(self, line: str, width: Callable[[str], Sequence[str]]) -> None:
        runs = list(_RUN.finditer(line))
        self._starts = [run.start() for run in runs]
        self._gaps = [range(a.end(), b.start()) for a, b in pairwise(runs)]
        self._between = [x for gap in self._gaps for x in gap]
        self._end = runs[-1].end()
        self._width = width

    def table(self, lines: Sequence[str], ruler: int, low: int) -> Dashed | None:
        """Return the table around its ruler, or ``None`` where lines beside it do not fit.

        Args:
            lines: of the text.
            ruler: number of the ruler's line.
            low: the first line that no table has taken.
        """
        # A column without a cell has no dashes: the space is wider there.
        first = self._head(lines, ruler, low) if len(set(map(len, self._gaps))) == 1 else None
        if first is None:
            return None
        end, parted = self._body(lines, ruler)
        if end is None:
            return None
        numbers = [n for n in range(first, end) if not _RULE.fullmatch(lines[n])]
        groups = [[n] for n in numbers if lines[n].strip()]
        if parted:
            head = [n for n in numbers if n < ruler]
            body = groupby((n for n in numbers if n > ruler), lambda n: bool(lines[n].strip()))
            groups = [head] * bool(head) + [list(group) for filled, group in body if filled]
        if not groups or groups[-1][0] < ruler or len(groups) < _LEAST_ROWS:
            return None
        rows = [self._row([lines[n] for n in group]) for group in groups]
        return Dashed(Drawn(rows, [group[0] for group in groups]), first, end)

    def _fits(self, line: str) -> bool:
        line = line.rstrip()
        if len(line) > self._end:
            return False
        columns = columns_of(line, self._width)
        between = {columns[x] for x in self._between if x < len(columns)}
        return len(columns) <= self._end and between <= {" "}

    def _closes(self, line: str) -> bool:
        if not _RULE.fullmatch(line):
            return False
        runs = list(_RUN.finditer(line))
        return runs[-1].end() == self._end and (
            len(runs) == 1 or [run.start() for run in runs] == self._starts
        )

    def _head(self, lines: Sequence[str], ruler: int, low: int) -> int | None:
        """Return the first line of the head, or of the rule above it."""
        least = max(low, ruler - _LONGEST_HEAD)
        for index in range(ruler - 1, least - 1, -1):
            line = lines[index]
            if self._closes(line):
                return index
            if not line.strip():
                return index + 1
            if not self._fits(line):
                # Above the head's lines another text may stand.
                return index + 1 if index + 1 < ruler else None
        return least

    def _body(self, lines: Sequence[str], ruler: int) -> tuple[int | None, bool]:
        """Return where the table ends, and whether blank lines part its rows."""
        blank = 0
        for index in range(ruler + 1, min(len(lines), ruler + _LONGEST_TABLE)):
            line = lines[index]
            if not line.strip():
                blank = blank or index
            elif self._closes(line):
                if index + 1 == len(lines) or not lines[index + 1].strip():
                    return index + 1, bool(blank)
            elif not self._fits(line):
                ends = index > ruler + 1 and not _GAP.search(line.strip())
                return blank or (index if ends else None), False
        at_end = ruler + _LONGEST_TABLE >= len(lines)
        return blank or (len(lines) if at_end else None), False

    def _row(self, lines: Sequence[str]) -> list[GridCell]:
        rasters = [columns_of(line.rstrip(), self._width) for line in lines]
        ends = [*self._starts[1:], None]
        cells = []
        for number, (start, end) in enumerate(zip(self._starts, ends, strict=True)):
            texts = ["".join(raster[start:end]).strip() for raster in rasters]
            text = "\n".join(filter(None, texts))
            # What opens a row with a blank cell, where blanks alone would be none.
            cells.append(GridCell("" if text == "\\" and not number else text, number))
        return cells

"""Tables drawn with rules: the cells are the fields between them, whatever lines their words take.

Programs that show a page as text draw its tables with box characters or with ``+``, ``-`` and
``|``, and break what does not fit into a column::

    +------------+---+---+          ┌──────┬────────┐
    | 本年新收政 | 1 | 0 |          │      │ 自然人 │
    | 府信息     |   |   |          │ 合计 ├────────┤
    +------------+---+---+          │      │ 0      │
                                    └──────┴────────┘

Characters are as wide as on a terminal. Where the rules do not meet, nothing is read from them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise, product
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from gongkai.reading.document import GridCell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FLAT = "─━═┄┅┈┉╌╍"
_CORNERS = (
    "┌┍┎┏┐┑┒┓└┕┖┗┘┙┚┛├┝┞┟┠┡┢┣┤┥┦┧┨┩┪┫┬┭┮┯┰┱┲┳┴┵┶┷┸┹┺┻┼┽┾┿╀╁╂╃╄╅╆╇╈╉╊╋"
    "╒╓╔╕╖╗╘╙╚╛╜╝╞╟╠╡╢╣╤╥╦╧╨╩╪╫╬╭╮╯╰"
)
_BORDER = re.compile(rf"[\s{_FLAT}{_CORNERS}]{{3,}}")
_ASCII_BORDER = re.compile(r"\+(?:[-=:]+\+)+")
#: Bars where rules begin and end, as some programs draw them: |----+----|.
_RULE_ENDS = re.compile(r"\|(?=--)|(?<=--)\|")
_CORNER = re.compile(f"[{_CORNERS}]")
_EDGES = frozenset(f"+|{_CORNERS}")
#: What a drawn table begins with.
OPENERS = frozenset(f"+{_CORNERS}")
_BOX_CORNERS = frozenset(_CORNERS)
_BOX = frozenset(_FLAT + _CORNERS + "|")
#: A table with fewer rules has them around its head and its body, and each line is a row.
_LEAST_RULES = 4


class Drawn(NamedTuple):
    """A table that was drawn.

    Attributes:
        rows: its rows, spans as drawn.
        lines: for each row the index of its first line.
    """

    rows: list[list[GridCell]]
    lines: list[int]


def is_border(line: str) -> bool:
    """Tell whether a line is a rule of a drawn table, from one end to the other."""
    bare = line.strip()
    return bool(_BORDER.fullmatch(bare) or _ASCII_BORDER.fullmatch(bare))


def opens_drawn(line: str) -> bool:
    """Tell whether a drawn table may begin with this line."""
    bare = line.strip()
    return bare[:1] in OPENERS and is_border(bare)


def drawn_lines(lines: Sequence[str], first: int) -> int:
    """Return the line behind the last rule of the drawn table that begins in line ``first``."""
    end = index = first
    while index < len(lines):
        bare = lines[index].strip()
        if not bare or bare[0] not in _EDGES or bare[-1] not in _EDGES:
            break
        index += 1
        if bare[0] in OPENERS and is_border(bare):
            end = index
    return end


def read_drawn(lines: Sequence[str], first: int, end: int) -> Drawn | None:
    """Read the table that lies in these lines; ``None`` where its rules do not part it in cells.

    Args:
        lines: of the text; bars of any kind are ``|``.
        first: the table's first line, a rule.
        end: the line behind its last one.
    """
    if end - first <= _LEAST_RULES:
        return None
    bare = [line.rstrip() for line in lines[first:end]]
    if any(map(_RULE_ENDS.search, bare[1:3])):
        bare = [_RULE_ENDS.sub("+", line) for line in bare]
    for width in WIDTHS:
        raster = [columns_of(line, width) for line in bare]
        if len({len(row) for row in raster}) == 1:
            table = _Table(raster, bare)
            rows = table.rows()
            if rows is not None:
                return Drawn(rows, [first + y + 1 for y in table.rules[:-1]])
    return None


@lru_cache(maxsize=4096)
def _on_terminals(char: str) -> tuple[str, ...]:
    """Return what stands in the columns that a character takes."""
    return (char, "") if east_asian_width(char) in "WF" else (char,)


def _by_count(char: str) -> tuple[str, ...]:
    return (char,)


@lru_cache(maxsize=4096)
def _in_east_asia(char: str) -> tuple[str, ...]:
    return (char, "") if east_asian_width(char) in "WFA" and char not in _BOX else (char,)


#: How wide programs take a character to be.
WIDTHS = (_on_terminals, _by_count, _in_east_asia)


def columns_of(line: str, width: Callable[[str], Sequence[str]]) -> list[str]:
    """Return what stands in each column; the second one of a wide character holds nothing."""
    return list(line) if line.isascii() else list(chain.from_iterable(map(width, line)))


class _Table:
    """The rules of a drawn table: numbers of lines and columns where any of them runs."""

    def __init__(self, raster: list[list[str]], lines: Sequence[str]) -> None:
        self._raster = raster
        self.rules: list[int] = []
        bars: set[int] = set()
        ascii_only = "+" in lines[0]
        for y, (row, line) in enumerate(zip(raster, lines, strict=True)):
            corners = _ascii_corners(row, line) if ascii_only else _box_corners(row, line)
            if corners:
                self.rules.append(y)
                bars.update(corners)
        self._bars = sorted(bars)
        self._flat = frozenset("-=:") if ascii_only else frozenset(_FLAT)
        self._ends = frozenset("+") if ascii_only else _BOX_CORNERS

    def rows(self) -> list[list[GridCell]] | None:
        """Return the cells, or ``None`` where the rules do not meet."""
        spaces = [below - above for above, below in pairwise(self.rules)]
        if len(self._bars) < 3 or not spaces or min(spaces) < 2:  # noqa: PLR2004 - two cells, a line
            return None
        if len(self.rules) < _LEAST_RULES and max(spaces) > 2:  # noqa: PLR2004 - a line each
            return None
        upright = [self._upright(r) for r in range(len(spaces))]
        if any(bars is None for bars in upright):
            return None
        return self._cells([bars for bars in upright if bars is not None])

    def _upright(self, r: int) -> list[bool] | None:
        """Return which bars stand in a row; ``None`` where a line lacks one or has another."""
        rows = self._raster[self.rules[r] + 1 : self.rules[r + 1]]
        found = [rows[0][x] == "|" for x in self._bars]
        standing = [x for x, stands in zip(self._bars, found, strict=True) if stands]
        for row in rows:
            if row.count("|") != len(standing) or any(row[x] != "|" for x in standing):
                return None
        return found if found[0] and found[-1] else None

    def _ruled(self, y: int, j: int) -> bool:
        """Tell whether a rule runs below or above the ``j``-th column in line ``y``."""
        row, left, right = self._raster[y], self._bars[j], self._bars[j + 1]
        ends = self._ends | self._flat
        inside = row[left + 1 : right]
        return row[left] in ends and row[right] in ends and self._flat.issuperset(inside)

    def _cells(self, upright: list[list[bool]]) -> list[list[GridCell]] | None:
        height, width = len(upright), len(self._bars) - 1
        below = [[self._ruled(self.rules[r + 1], j) for j in range(width)] for r in range(height)]
        taken: set[tuple[int, int]] = set()
        rows: list[list[GridCell]] = []
        for r in range(height):
            row: list[GridCell] = []
            for j in range(width):
                if (r, j) in taken:
                    continue
                right, bottom = j + 1, r + 1
                while not upright[r][right]:
                    right += 1
                while bottom < height and not below[bottom - 1][j]:
                    bottom += 1
                if not _is_whole(upright, below, (r, bottom), (j, right)):
                    return None
                taken.update(product(range(r, bottom), range(j, right)))
                row.append(GridCell(self._text(r, bottom, j, right), j, right - j, bottom - r))
            rows.append(row)
        return rows

    def _text(self, top: int, bottom: int, left: int, right: int) -> str:
        lines = self._raster[self.rules[top] + 1 : self.rules[bottom]]
        start, end = self._bars[left] + 1, self._bars[right]
        return "\n".join(text for row in lines if (text := "".join(row[start:end]).strip(" \t")))


def _is_whole(
    upright: list[list[bool]],
    below: list[list[bool]],
    rows: tuple[int, int],
    columns: tuple[int, int],
) -> bool:
    """Tell whether rules run all around a cell and none through it."""
    (top, bottom), (left, right) = rows, columns
    for r in range(top, bottom):
        bars = upright[r]
        if not (bars[left] and bars[right]) or any(bars[left + 1 : right]):
            return False
        if below[r][left:right] != [r + 1 == bottom] * (right - left):
            return False
    return True


def _box_corners(row: list[str], line: str) -> list[int]:
    if not _CORNER.search(line):
        return []
    return [x for x, char in enumerate(row) if char in _BOX_CORNERS]


def _ascii_corners(row: list[str], line: str) -> list[int]:
    """Return where a line has corners: a + with a rule to another one."""
    if not _ASCII_BORDER.search(line):
        return []
    found: list[int] = []
    shown = line if line.isascii() else "".join([char or "\0" for char in row])
    for match in _ASCII_BORDER.finditer(shown):
        found += [match.start() + n for n, char in enumerate(match[0]) if char == "+"]
    return found

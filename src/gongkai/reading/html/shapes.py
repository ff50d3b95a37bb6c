"""What the tags of a table tell of its rows, whatever stands in them.

Portals, editors and the form itself repeat their tables tag by tag; only the texts are others. So
it is worked out once for all tables that have the same tags.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING

from gongkai.reading.document import GridCell, make
from gongkai.reading.html.markup import shown as as_shown
from gongkai.reading.html.tags import BLOCK, CELL, ROW, TABLE, WIDE
from gongkai.reading.pictures import MARK, of_cell
from gongkai.reading.raster import rastered

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Stands for a line break in the text of a cell; no page holds a NUL.
LINE_BREAK = "\0"
#: What is no text: blanks as a browser collapses them, and line breaks.
BLANKS = " \0\n\t\r\f"
_BREAKS = re.compile(r" ?\0[\0 ]*")
# Stands before and behind the text of each cell.
_BOUND = "\x1e"
# A table of the form has up to 3,000 tags as word processors write it; larger ones fill the memory.
_LONGEST_KNOWN = 4000
_MOST_KNOWN = 128


class Shape:
    """Rows of cells, and where among the texts of their tags each cell's text stands.

    Args:
        codes: codes of the tags of a table without tables in it, from its first tag to its last.
        spans: columns and rows that each of its wide cells covers.

    Attributes:
        is_sound: every cell stands in a row.
    """

    def __init__(self, codes: bytes, spans: Iterable[tuple[int, int]]) -> None:
        self.is_sound = True
        rows: list[list[tuple[int, int]]] = []
        between = [""]  # what stands before each text
        ahead = iter(spans)
        in_row, cell = False, False
        for code in codes:
            if code >= TABLE:
                sign = _BOUND * cell
                cell = code in (CELL, WIDE)
                if cell:
                    span = next(ahead) if code == WIDE else (1, 1)
                    if in_row:
                        rows[-1].append(span)
                        sign += _BOUND
                    else:
                        cell = self.is_sound = False
                elif code == ROW:
                    rows.append([])
                    in_row = True
                elif code == ROW + 1:
                    in_row = False
                between.append(sign)
            else:
                between.append(LINE_BREAK if code >= BLOCK else "")
        # Each text has its place behind what stands before it.
        self._between = [piece for sign in between for piece in (sign, "")] + [_BOUND * cell]
        self._bounds = list(pairwise(accumulate(map(len, rows), initial=0)))
        self._across = [across for row in rows for across, _ in row]
        self._down = [down for row in rows for _, down in row]
        self._columns = [column for row in rastered(rows) for column in row]

    def fill(self, texts: list[str]) -> tuple[list[list[GridCell]], str]:
        """Put texts into the cells.

        Args:
            texts: what stands behind each tag, first what stands before all of them.

        Returns:
            the cells row by row, and the text that stands in none of them.
        """
        written = self._between.copy()
        written[1::2] = texts
        pieces = "".join(written).split(_BOUND)
        if len(pieces) != 2 * len(self._columns) + 1:  # a page may hold the sign
            return self.fill([text.replace(_BOUND, " ") for text in texts])
        inside = map(str.strip, pieces[1::2], repeat(BLANKS))
        outside = "".join(pieces[::2]).strip(BLANKS)
        shown = [text if text.isalnum() else cell_text(text) for text in inside]
        parts = zip(shown, self._columns, self._across, self._down, strict=True)
        cells = list(map(make, repeat(GridCell), parts))
        return [cells[start:end] for start, end in self._bounds], outside


def shape_of(codes: bytes, spans: tuple[tuple[int, int], ...]) -> Shape:
    """Return the shape of a table, see :class:`Shape`."""
    return (_known if len(codes) <= _LONGEST_KNOWN else Shape)(codes, spans)


@lru_cache(maxsize=1024)  # labels come again on every page
def cell_text(text: str) -> str:
    r"""Return a cell's text as it is shown, its lines parted by ``\n``."""
    text = as_shown(text).strip(BLANKS)
    if MARK in text:
        text = of_cell(text)
    return _BREAKS.sub("\n", text) if LINE_BREAK in text else text


_known = lru_cache(maxsize=_MOST_KNOWN)(Shape)

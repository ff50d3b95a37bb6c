"""What stands on a PDF page: its tables and lines; sheets of two pages and columns are parted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.pdf.aligned import has_columns
from gongkai.reading.pdf.bands import bands_of, is_text, may_part
from gongkai.reading.pdf.level import rows_of
from gongkai.reading.pdf.lines import line_of, spacing_of
from gongkai.reading.pdf.ruled import ruled_tables
from gongkai.reading.pdf.strips import edges_of, rows_in_strips
from gongkai.reading.pdf.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.reading.pdf.drawn import Char, Drawn
    from gongkai.reading.pdf.lines import Line
    from gongkai.reading.pdf.ruled import RuledTable
    from gongkai.reading.pdf.words import Word, WordedLine

# A sheet of two pages is this much wider than high, and a gap of so many points parts it near the
# middle (shares).
_WIDE = 1.2
_MIDDLE = (0.4, 0.6)
_GAP = 5.0
_TWO = 2


class Page(NamedTuple):
    """A page, one half of a sheet with two, or a part of one with columns.

    Attributes:
        number: of the sheet.
        shape: alike for pages of one width and side.
        part: number of the part, from 0 on.
        before: lines that stand on the sheet before it.
        tables: from top to bottom.
        lines: that stand in no table.
        words: of each line, on pages where numbers stand in columns.
    """

    number: int
    shape: tuple[int, str]
    part: int
    before: int
    tables: list[RuledTable]
    lines: list[Line]
    words: list[list[Word]]


def lay_out(drawn: Drawn, number: int, *, columns: bool = False) -> Iterator[Page]:
    """Yield the page, or the left and the right one of a sheet, by their columns.

    Args:
        drawn: what stands on the page.
        number: of the page.
        columns: whether pages before it had columns.
    """
    spacing = spacing_of(drawn.chars)
    tables, chars = ruled_tables(drawn.across, drawn.down, drawn.chars, spacing)
    gutter = _gutter(drawn, tables, chars)
    width = round(drawn.width)
    if gutter is None:
        page = Page(number, (width, ""), 0, 0, tables, *_lines(chars, spacing, drawn))
        yield from _parts(page, chars, columns=columns)
        return
    before = 0
    for right in (False, True):
        own = [char for char in chars if (char.x0 > gutter) is right]
        half = [table for table in tables if (table.left > gutter) is right]
        shape = (width, "second" if right else "")
        page = Page(number, shape, 0, before, half, *_lines(own, spacing, drawn))
        yield from _parts(page, own, columns=columns)
        before += len(page.lines)


def _parts(page: Page, chars: list[Char], *, columns: bool) -> Iterator[Page]:
    """Yield the page, or its columns and what stands above and below them."""
    may = bool(chars) and (columns or may_part(page.lines, page.tables))
    bands = bands_of(page.tables, chars, known=columns) if may else []
    if len(bands) < _TWO:
        yield page
        return
    width, side = page.shape
    before = page.before
    for part, band in enumerate(bands):
        lines, words = _lines(band.chars, spacing_of(band.chars))
        yield Page(page.number, (width, side + band.side), part, before, band.tables, lines, words)
        before += len(lines)


def _lines(
    chars: list[Char], spacing: float, drawn: Drawn | None = None
) -> tuple[list[Line], list[list[Word]]]:
    """Return the lines of a page, and their words where numbers stand in columns.

    Args:
        chars: that stand in no table.
        spacing: how far they are set apart.
        drawn: the page, if it has no columns: shaded strips and rules across may tell its rows.
    """
    rows = rows_of(chars)
    lines = [line_of(row, spacing) for row in rows]
    if not has_columns(lines):
        return lines, []
    found: list[WordedLine] = []
    if drawn is not None and (edges := edges_of(drawn.across, drawn.fields)):
        found, rest = rows_in_strips(chars, edges, spacing)
        if found:
            rows = rows_of(rest)
            lines = [line_of(row, spacing) for row in rows]
    found += [(line, words_of(line, row)) for line, row in zip(lines, rows, strict=True)]
    found.sort(key=lambda pair: pair[0].top)
    return [line for line, _ in found], [words for _, words in found]


def _gutter(drawn: Drawn, tables: list[RuledTable], chars: list[Char]) -> float | None:
    """Return where a sheet parts into two pages, if it does."""
    if drawn.width < drawn.height * _WIDE:
        return None
    low, high = (drawn.width * share for share in _MIDDLE)
    end, gutter = low, None
    taken = [(table.left, table.right) for table in tables] + [(c.x0, c.x1) for c in chars]
    for start, stop in [*sorted(taken), (high, high)]:
        if start - end >= _GAP and end < high:
            gutter = (end + min(start, high)) / 2
            break
        end = max(end, stop)
    if gutter is None:
        return None
    for right in (False, True):
        tabled = any((table.left > gutter) is right for table in tables)
        half = [char for char in chars if (char.x0 > gutter) is right]
        if not tabled and not is_text(half):
            return None
    return gutter

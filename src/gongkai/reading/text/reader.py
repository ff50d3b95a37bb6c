"""Plain text and Markdown → Document: lines with separators become rows, the others paragraphs.

A separator is a pipe (``|``, ``｜``, ``│``, ``┃``) or a tab. Exports write tables in many ways, and
each has to come out with the cells it prints, none added and none lost::

    规章 | 0 | 0 | 0 |          one trailing separator ends the last cell
    规章<tab>0<tab>0<tab>0       every cell counts, also empty ones at both ends
    规章 |                      one cell a line
    规章 | 0 | |||               bars side by side fill a row up to its table's width: no cells
    |规章||0||0|                 two bars between all cells of all rows part two cells
    | 规章 | 0 |                 Markdown, where a line of dashes follows the header
    ├──┼──┤                     borders of a drawn table: dropped
    规章,0,0,0                   a list of values, where most lines with numbers are such
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.document import OPEN_END, Document, Grid, Paragraph, Place, make
from gongkai.reading.failures import Rejected
from gongkai.reading.text.dashed import MAY_HOLD, dashed_tables
from gongkai.reading.text.drawn import OPENERS, drawn_lines, is_border, opens_drawn, read_drawn
from gongkai.reading.text.escapes import as_printed
from gongkai.reading.text.excerpts import has_gaps, parted, without_end
from gongkai.reading.text.filled_rows import join_filled_rows
from gongkai.reading.text.lone_bars import join_lone_bars
from gongkai.reading.text.open_rows import TAKEN, join_cut_rows, join_open_rows
from gongkai.reading.text.page_feeds import FEED, drop_running_heads, without_page_numbers
from gongkai.reading.text.prefixes import without_prefixes
from gongkai.reading.text.rows import (
    Row,
    are_paired,
    cells_of,
    is_indented,
    open_last,
    uncount,
    undouble,
    without_filling,
    without_layout,
)
from gongkai.reading.text.separators import STRAY_BARS, as_tabs, joint_of, pieces_of, separator_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.text.dashed import Dashed
    from gongkai.reading.text.drawn import Drawn

_WIDE_PIPES = "｜│┃║︱"
_LINE_ENDS = re.compile(r"\r\n?|[\n\x85\u2028\u2029]")
_OTHER_ENDS = "\r\x85\u2028\u2029"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SEPARATOR = re.compile(r"\|?[ \t]*+:?-{2,}+:?[ \t]*+(?:[|+][ \t]*+:?-++:?[ \t]*+)*(?:\|[ \t]*+)?")
#: The same where no bars stand, but crosses: ----+----.
_CROSSED = re.compile(r"-+(?:\+-+)+")
#: What parts a head of several columns, where a line of dashes alone parts one of a single column.
_RULED = re.compile(r"^[ \t|]*-{3,}\|-{3,}", re.MULTILINE)
_DASHES = re.compile(r"[ \t]*-{3,}[ \t]*")
#: Two dashes alone between pipes are a nil mark.
_NIL_CELL = re.compile(r"\|?[ \t]*-{2}[ \t]*\|?")
#: Bars side by side behind a closed cell: a program fills a row with them up to its table's width.
_FILLING = re.compile(r"(?<= \|) (\|{2,})$")
#: Fewer rows than this may all begin with a cell that another one covers.
_LEAST_FRAMED = 3
_UNESCAPED = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}[ \t]+")
#: What programs write behind a heading so that links find it.
_ANCHOR = re.compile(r"[ \t]*+\{[#.][^{}]*+\}$")
#: Marks of lists and quotations before words; - 3 - is a page's number, and - - a row of marks.
_ITEM = re.compile(r"(?:[-*+][ \t]+|>[ \t]?)+(?=\**[\u3400-\u9fff《（【\[])(?!.*-$)")
_BOLD = re.compile(r"(?<!\S)(\*\*|__)([^*_]+)\1")
#: A heading, a bold line, a list of bold labels.
_MARKDOWN = re.compile(
    r"^(?:#{1,6}[ \t]|(\*\*|__)[^*_\n]+\1[ \t\r]*$|(?:[-*+] \*\*[^*_\n]+\*\*.*\n){2})",
    re.MULTILINE,
)
_FENCE = "---"
#: A line that is drawn between others, too long for a nil mark.
_RULE = re.compile(r"[-=_*~]{8,}|[—─]{8,}")
#: Paragraphs that run on from one another in a line, each with its indent.
_INDENT = re.compile(r"\u3000{2,}|\u00a0{4,}")
_RUN_ON = re.compile(rf"[。；：](?:{_INDENT.pattern})")
#: A section's heading behind the end of a sentence and before its text, all in one line.
_HEADED = re.compile(
    r"(?<=[。；;：:])[ \t]+([一二三四五六]、[\u4e00-\u9fff、]{2,30}(?:情况|事项))(?:[ \t]+|$)"
)
_LONGEST_LINE = 120
_LONGEST_FIELD = 300
_FIELD = re.compile(r"([^\W\d][\w.:-]*)\s*:\s+[\"']?(.*?)[\"']?")

# Far beyond any report: such a source would only take memory.
_MAX_ROWS = 100_000
_MAX_CELLS = 300_000


def read_text(text: str) -> Document:
    """Read plain text.

    Args:
        text: decoded; any line ends.

    Raises:
        Rejected: it has more lines or cells than any report.
    """
    if any(chr(code) in text for code in _INVISIBLE):
        text = text.translate(_INVISIBLE)
    text = without_end(without_prefixes(without_layout(as_printed(text))))
    if FEED in text:
        text = without_page_numbers(text)
    if "\t\t" in text and are_paired(text):
        text = text.replace("\t\t", "\t")
    plain = not any(end in text for end in _OTHER_ENDS)
    lines = text.split("\n") if plain else _LINE_ENDS.split(text)
    _reject_many(lines, sum(map(text.count, f"|\t{_WIDE_PIPES}")))
    if text.count("页") > 1:
        drop_running_heads(lines)
    meta = _front_matter(lines)
    if any(pipe in text for pipe in _WIDE_PIPES):
        piped = "\n".join(lines)
        for pipe in _WIDE_PIPES:
            piped = piped.replace(pipe, "|")
        lines = piped.split("\n")
    if "\n|" in text or "\n |" in text:
        _join_rows(lines, text)
    joint = joint_of(lines)
    separator = None if "\t" in text or text.count("|") > STRAY_BARS else separator_of(lines)
    if separator is not None:
        _reject_many(lines, text.count(separator))
        lines = as_tabs(lines, separator)
    marks = ("#" in text or "**" in text or "__" in text) and _MARKDOWN.search(text) is not None
    # Pages of a PDF are laid out anew, and keep to no raster.
    ruled = "-|-" in text and _RULED.search(text) is not None
    reader = _Reader(marks=marks, placed=FEED not in text, ruled=ruled, gaps=has_gaps(text))
    if joint is not None:
        reader.pieces(lines, joint)
    else:
        measured = ("--" in text or "==" in text) and MAY_HOLD.search(text)
        dashed = dashed_tables(lines) if measured else iter(())
        reader.lines(lines, dashed, drawn=not OPENERS.isdisjoint(text))
        reader.end_table()
    notes = [OPEN_END] * text[-1:].isdecimal()
    title = meta.get("title", "")
    return Document(reader.blocks, reader.format, title=title, meta=meta, notes=notes)


def _reject_many(lines: Sequence[str], cells: int) -> None:
    if len(lines) > _MAX_ROWS or cells > _MAX_CELLS:
        raise Rejected("too_complex", detail=f"{len(lines)} lines")


def _join_rows(lines: list[str], text: str) -> None:
    """Put rows and cells of pipes that are written over several lines on one line each."""
    if "\n |" in text:
        join_open_rows(lines)
    else:
        if "\n||" in text:
            join_filled_rows(lines)
        if "\n|\n" in text:
            join_lone_bars(lines)
    if "-|-" in text:
        join_cut_rows(lines)


class _Reader:
    def __init__(self, *, marks: bool, placed: bool, ruled: bool, gaps: bool) -> None:
        self._marks = marks
        self._placed = placed
        self._ruled = ruled
        self._gaps = gaps
        self.blocks: list[Paragraph | Grid] = []
        self.format = "text"
        self._rows: list[Row] = []
        self._tabs = False  # the open table is separated by tabs
        self._markdown = False  # the open table has a line of dashes
        self._drawn = False  # the open table has drawn borders
        self._closed: list[list[str]] = []  # rows of the open table that end with a pipe
        self._framed = True  # each row of the open table begins with a pipe
        self._filled = 0  # cells that a program fills each row of the open table up to
        self._fillings: dict[int, int] = {}  # bars that fill up a row of the open table
        self._gap = False  # a blank line was the last one
        self._tables = 0

    def lines(self, lines: Sequence[str], dashed: Iterator[Dashed], *, drawn: bool) -> None:
        """Take over all lines; ``drawn`` where tables may be drawn among them."""
        read, index = 0, 0
        measured = next(dashed, None)
        while index < len(lines):
            if measured is not None and measured.first == index:
                self._drawn_table(measured.table)
                index, measured = measured.end, next(dashed, None)
                continue
            # Within lines that were no table of cells, no other one begins.
            if drawn and index >= read and opens_drawn(lines[index]):
                read = drawn_lines(lines, index)
                table = read_drawn(lines, index, read)
                if table is not None:
                    self._drawn_table(table)
                    index = read
                    continue
            index += 1
            line = lines[index - 1]
            if self._gaps and (pieces := parted(line)):
                self.line(index, pieces[0])
                self.end_table()
                self._paragraph(index, pieces[1])
                line = pieces[2]
            if line != TAKEN:
                self.line(index, line)

    def pieces(self, lines: Sequence[str], joint: str) -> None:
        """Take over lines that hold whole tables, cell after cell: each is a paragraph."""
        for number, line in enumerate(lines, 1):
            pieces = pieces_of(line, joint)
            places = [Place(line=number, cell=n) for n in range(1, len(pieces) + 1)]
            if len(pieces) == 1:
                self._paragraph(number, line.strip(joint))
            else:
                self.blocks += map(Paragraph, pieces, places)
            if len(self.blocks) > _MAX_ROWS:
                raise Rejected("too_complex", detail=f"{len(self.blocks)} cells")

    def _drawn_table(self, drawn: Drawn) -> None:
        self.end_table()
        self._tables += 1
        places = [Place(line=line + 1) for line in drawn.lines]
        place = Place(table=self._tables, line=places[0].line)
        # Without spans a row may be a list of its own cells, filled up at its end.
        spans = any(cell.rowspan > 1 or cell.colspan > 1 for row in drawn.rows for cell in row)
        rows = drawn.rows if spans else [cells_of([c.text for c in row]) for row in drawn.rows]
        self.blocks.append(Grid(rows, place, places, ragged=not spans))

    def line(self, number: int, line: str) -> None:
        """Take over one line."""
        if not line or (line.isspace() and "\t" not in line):
            self._gap = True
            if self._markdown or self._drawn:
                self.end_table()
            return
        if "|" in line:
            self._pipe_line(number, line)
        elif "\t" in line:
            self._tab_line(number, line)
        elif self._ruled and _DASHES.fullmatch(line):
            self.end_table()  # below the head of a table of one column
        elif self._rows and "-+-" in line and _CROSSED.fullmatch(line.strip()):
            self._dashes()
        elif is_border(line):
            if not self._drawn:
                self.end_table()
            self._drawn = True
        else:
            if self._closed and self._rows[-1][1] is self._closed[-1]:
                self._closed.pop()  # a row that goes on in this line has no empty cell at its end
            self.end_table()
            self._paragraph(number, line)
        self._gap = False

    def _paragraph(self, number: int, line: str) -> None:
        text = line.strip(" \t\f\v\ufeff")
        indent = line[: line.find(text[:1])] if self._placed else None
        heading = _HEADING.match(text)
        if heading:
            text = _ANCHOR.sub("", text[heading.end() :]).rstrip("# ")
        if self._marks:
            text = _without_marks(text)
        if not text.isspace() and not _RULE.fullmatch(text):
            pieces = _pieces(text)
            self.blocks += (Paragraph(piece, Place(line=number), indent=indent) for piece in pieces)

    # -- pipes ----------------------------------------------------------------------------------

    def _pipe_line(self, number: int, line: str) -> None:
        framed = line.startswith("|")
        line = line.strip(" \t\f\v\ufeff")
        if "-" in line and _SEPARATOR.fullmatch(line) and not _NIL_CELL.fullmatch(line):
            self._dashes()
            return
        if self._tabs:
            self.end_table()
        if line.startswith("|") and (self._markdown or self._drawn):
            line, framed = line[1:], False
        self._framed = self._framed and framed
        bare = line.removesuffix("|")
        cells = bare.split("|")
        if self._markdown:
            cells = [_ESCAPED.sub(r"\1", cell) for cell in _UNESCAPED.split(bare)]
        cells = [cell.strip(" \t") for cell in cells]
        if line.endswith("||") and not self._drawn:
            if filling := _FILLING.search(line):
                self._filled = max(self._filled, len(cells))
                self._fillings[len(self._rows)] = len(filling[1])
            elif self._rows and not line.strip("|") and len(self._rows[-1][1]) == 1:
                self._filled = self._filled or 1
                cells.clear()  # below cells that have a line each
        self._rows.append((number, cells))
        if bare is not line:
            self._closed.append(cells)

    def _dashes(self) -> None:
        """Take a line of dashes: the row before it is the header of a Markdown table."""
        if self._markdown or self._drawn:
            return
        header = self._rows[-1:] if not self._gap else []
        del self._rows[len(self._rows) - len(header) :]
        self.end_table()
        self._rows = [
            (number, cells[1:] if len(cells) > 1 and not cells[0] else cells)
            for number, cells in header
        ]
        self._markdown = True
        self.format = "markdown"

    # -- tabs -----------------------------------------------------------------------------------

    def _tab_line(self, number: int, line: str) -> None:
        if not self._tabs:
            self.end_table()
        self._tabs, self._framed = True, False
        self._rows.append((number, [cell.strip(" ") for cell in line.split("\t")]))

    # -- tables ---------------------------------------------------------------------------------

    def end_table(self) -> None:
        """Turn the rows gathered so far into a block."""
        tabs, framed, filled = self._tabs, self._framed, self._filled
        self._tabs = self._markdown = self._drawn = False
        self._filled = 0
        self._framed = True
        if not self._rows:  # as between paragraphs
            return
        rows, self._rows = self._rows, []
        closed, self._closed = self._closed, []
        fillings, self._fillings = self._fillings, {}
        counted = False
        if filled:
            rows, counted = without_filling(rows, filled, fillings, closed)
        if 0 < len(closed) < len(rows):
            open_last(rows, closed)
        if tabs and all(is_indented(cells) for _, cells in rows):
            for number, cells in rows:
                self._paragraph(number, cells[-1])
            return
        if len(rows) >= _LEAST_FRAMED and framed and all(len(row) > 1 for _, row in rows):
            # A pipe before each row, the head's too, is the table's border and no blank cell.
            rows = [(number, cells[1:]) for number, cells in rows]
            undouble(rows)
        if tabs:
            undouble(rows)
        rows = uncount(rows)
        self._tables += 1
        grid = Grid(
            [cells_of(cells) for _, cells in rows],
            Place(table=self._tables, line=rows[0][0]),
            [make(Place, (None, number, None, None, None, None)) for number, _ in rows],
            ragged=True,
            counted=counted,
        )
        self.blocks.append(grid)


def _pieces(text: str) -> Iterator[str]:
    """Return the paragraphs that run on from one another in a line."""
    if len(text) <= _LONGEST_LINE:
        return filter(None, (text,))
    runs_on = _RUN_ON.search(text)
    return filter(None, map(str.strip, _INDENT.split(text)) if runs_on else _HEADED.split(text))


def _without_marks(line: str) -> str:
    """Return a line of Markdown without the marks of a list, a quotation, or bold words."""
    item = _ITEM.match(line)
    if item:
        line = line[item.end() :]
    if "\\" in line:
        line = _ESCAPED.sub(r"\1", line)
    return _BOLD.sub(r"\2", line) if "**" in line or "__" in line else line


def _front_matter(lines: list[str]) -> dict[str, str]:
    """Return the fields between two lines of dashes at the very beginning; blank those lines."""
    if lines[0].strip() != _FENCE:
        return {}
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() == _FENCE), 0)
    fields = [_FIELD.fullmatch(line[:_LONGEST_FIELD].rstrip()) for line in lines[1:end]]
    if not any(fields):
        return {}
    lines[: end + 1] = [""] * (end + 1)
    return {field[1]: field[2] for field in fields if field}

"""A document as one stream of tokens: the form is found in it whatever the page made of tables.

A token is a cell, a paragraph, or one piece of a line that holds a label and its numbers.
Geometry is kept as a hint (row, column), because real pages lose, gain and shift cells.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gongkai.form.labels import GROUP_LABELS, HEADER_WORDS, ROW_LABELS
from gongkai.reading.document import Grid, split_cells
from gongkai.tables.numbers import CellText, State, read_cell, split_label, split_run
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.reading.document import Block, Paragraph, Place

#: Longest paragraph that may be a label with its numbers; statutory labels have up to 40 signs.
_LONGEST_LINE = 120
#: What separates the columns of a text table that is aligned by blanks.
_COLUMNS = re.compile(r"[ \u00a0]{2,}|\t")
#: A group's label, or a piece of it, with a row's label beside it: （五）不予 1.信访举报投诉类申请.
_BESIDE = re.compile(r"([（(][三四五六][)）][\u4e00-\u9fff]{0,4}) +(?=\d[.．、])")
#: What may divide a single word: the bars of a table, the colon of a label.
_DIVIDES = re.compile("[|:：]")
_PROSE = CellText(State.TEXT)
#: A line that stands for what an excerpt leaves out; its label text, so that no row goes on below.
_LEFT_OUT = re.compile(r"[\[（(]?(?:…+|\.{3,}|略)[\]）)]?")
GAP = "…"
#: A header and the number that runs on from it: 自然人3.
_HEADED = re.compile(r"([^\d\W]{2,8})(\d[\d,.]*)")
#: A row's label and the number that runs on from it: 1.属于国家秘密0.
_LABELLED = re.compile(r"(.*[\u4e00-\u9fff）)”\"])(\d[\d,.]*)")
#: Shorter words may come twice in a row.
_SHORTEST_COPY = 4
#: A number and its unit, set apart by a blank: 0 件; in a row of numbers there are several.
_WITH_UNIT = re.compile(r"(?<!\S)[-−－]?\d[\d,.]*[ \u00a0](?:件|项|万?元|条|个|宗|起|次|份)(?!\S)")
_UNITS = 3
#: A header of the form is printed in so many words at the most (社会 公益 组织).
_HEADER_PIECES = 3
#: A page's own number or running head, which belongs to no table.
PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–―·]+\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\s*[-—–―·]+|第\s*\d+\s*页.*|(?:Page|P\.?)\s*\d+\b.*|\d+\s*/\s*\d+)\s*",
    re.IGNORECASE,
)


class Token(NamedTuple):
    """One piece of text with its place.

    Attributes:
        text: as printed.
        norm: its label text (see :func:`gongkai.tables.text.normalise`); ``""`` for values.
        cell: what it is as a number.
        row: number of its source row in the stream; tokens of one row share it.
        width: how many tokens its row has.
        column: raster column, where the grid has one that means something, else ``None``.
        grid: index of its grid among the stream's blocks, or ``None`` for paragraphs.
        at: what makes its place; most are never asked for.
    """

    text: str
    norm: str
    cell: CellText
    row: int
    width: int
    column: int | None
    grid: int | None
    at: tuple[Grid, int, int] | tuple[Paragraph, int]

    @property
    def place(self) -> Place:
        """Its place in the source."""
        if len(self.at) == 2:  # noqa: PLR2004 - a line and the word of it, or 0
            line, word = self.at
            return line.place._replace(cell=word) if word else line.place
        grid, row, cell = self.at
        return grid.at(row, cell)

    @property
    def is_value(self) -> bool:
        """Whether it may stand in a number's cell: a number, a blank or a nil mark."""
        return self.cell.state is not State.TEXT

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing."""
        return self.cell.state is State.BLANK

    @property
    def is_printed(self) -> bool:
        """Whether it is a number or a nil mark."""
        return self.cell.state in (State.NUMBER, State.NIL)

    @property
    def is_counted(self) -> bool:
        """Whether the rows of its grid are known to hold all their cells."""
        return len(self.at) != 2 and self.at[0].counted  # noqa: PLR2004 - a line

    def __repr__(self) -> str:
        return f"<{self.text[:12]!r} r{self.row}>"


#: What Token(...) does with a tuple of all its parts, without a call in Python: 400 times a page.
_token_of = partial(tuple.__new__, Token)


@lru_cache(maxsize=16384)
def _read(text: str) -> tuple[str, CellText]:
    """Return the label text of a cell and what it is as a number."""
    read = read_cell(text)
    return normalise(text) if read.state is State.TEXT else "", read


def tokenise(blocks: Iterable[Block], starts: list[int] | None = None) -> list[Token]:
    """Flatten blocks into tokens in source order.

    Args:
        blocks: paragraphs and grids.
        starts: filled with the index of each block's first token, if given.
    """
    tokens: list[Token] = []
    add, row = tokens.append, 0
    for index, block in enumerate(blocks):
        if starts is not None:
            starts.append(len(tokens))
        if isinstance(block, Grid):
            raster = not block.ragged
            for r, cells in enumerate(block.rows):
                width = len(cells)
                for c, (text, column, _, _) in enumerate(cells):
                    norm, read = _read(text)
                    at = (block, r, c)
                    shown = column if raster else None
                    add(_token_of((text, norm, read, row, width, shown, index, at)))
                row += 1
            continue
        text = block.text
        if PAGE_NUMBER.fullmatch(text):
            continue
        if len(text) > _LONGEST_LINE and len(" ".join(text.split())) > _LONGEST_LINE:
            tokens.append(Token(text, "", _PROSE, row, 1, None, None, (block, 0)))
        else:
            _add_line(tokens, block, row)
        row += 1
    return tokens


def _add_line(tokens: list[Token], line: Paragraph, row: int) -> None:
    """Add a paragraph: whole, or cut where columns or the numbers after a label begin."""
    text = line.text
    if len(words := text.split()) == 1 and not _DIVIDES.search(text):
        if words[0][-1] in ".…]）)" and _LEFT_OUT.fullmatch(words[0]):
            tokens.append(Token(text, GAP, _PROSE, row, 1, None, None, (line, 0)))
            return
        norm, read = _read(words[0])
        glued = None
        if norm in HEADER_WORDS:
            # A card of a telephone's view: its header and number are styled apart.
            glued = _HEADED.fullmatch(words[0])
        elif norm in ROW_LABELS:
            glued = _LABELLED.fullmatch(words[0])
        if glued:
            at = (line, 0)
            tokens += (Token(p, *_read(p), row, 2, None, None, at) for p in glued.groups())
            return
        tokens.append(_token_of((words[0], norm, read, row, 1, None, None, (line, 0))))
        return
    if "|" in text:
        pieces = [(piece, n) for n, piece in enumerate(split_cells(text), start=1)]
        if text.startswith("|") and text.endswith("|") and len(pieces) > 1:
            del pieces[0]  # the border of a table that a page draws line by line
    else:
        pieces = list(_words(text))
    width = len(pieces)
    for piece, number in pieces:
        norm, read = _read(piece)
        at = (line, number if width > 1 else 0)
        tokens.append(_token_of((piece, norm, read, row, width, None, None, at)))


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Yield labels and numbers with the number of their first word, as Document.text_at counts."""
    word = 1
    for part in _COLUMNS.split(text.strip()):
        run = split_run(part)
        label, numbers = ("", run) if run is not None else split_label(part) or (part, [])
        if run is None and len(counted := list(_WITH_UNIT.finditer(part))) >= _UNITS:
            found = [match[0] for match in counted]
            if part[counted[0].start() :].split() == " ".join(found).split():
                label, numbers = part[: counted[0].start()].rstrip(), found
        glued = label[-1:].isdecimal() and _LABELLED.fullmatch(label)
        if glued and not ROW_LABELS.isdisjoint(map(normalise, (label, label.split()[-1]))):
            label, numbers = glued[1], [glued[2], *numbers]
        for header, size in () if label.endswith((":", "：")) else _headers(label):
            yield header, word
            word += size
            label = ""
        group = _group_beside(label) if " " in label else ""
        if group:
            yield group, word
            word += len(group.split())
            label = label[len(group) :]
        if label:
            yield _once(label.strip()), word
            # A number that runs on from its label's colon belongs to the same word.
            runs_on = bool(numbers) and label + numbers[0] in part
            word += len(label.split()) - runs_on
        for number in numbers:
            yield number, word
            word += len(number.split())


def _group_beside(label: str) -> str:
    """Return the group's label, or the piece of it, that stands before a row's label in a line."""
    if found := _BESIDE.match(label):
        return found[1]
    piece, _, own = label.partition(" ")
    name = normalise(piece)
    if not name or name in GROUP_LABELS or normalise(own) not in ROW_LABELS:
        return ""
    return piece if any(name in group for group in GROUP_LABELS) else ""


def _once(label: str) -> str:
    """Return a label without its copies: it may be printed in each of the columns that it spans."""
    if " " not in label:
        return label
    words = [word for word, _ in groupby(label.split())]
    longest = max(map(len, words))
    return (
        label if len(words) == len(label.split()) or longest < _SHORTEST_COPY else " ".join(words)
    )


@lru_cache(maxsize=1024)
def _headers(text: str) -> tuple[tuple[str, int], ...]:
    """Return the headers that a line prints with single blanks between, and their words' number.

    A word of the portal's own may open the line (项目). Nothing where the line holds anything
    else, or one header only.
    """
    words = text.split()
    found: list[tuple[str, int]] = []
    first = 0
    while first < len(words):
        for size in range(min(_HEADER_PIECES, len(words) - first), 0, -1):
            header = " ".join(words[first : first + size])
            if normalise(header) in HEADER_WORDS:
                break
        else:
            if found:
                return ()
            size, header = 1, words[first]
        found.append((header, size))
        first += size
    strange = bool(found) and normalise(found[0][0]) not in HEADER_WORDS
    return tuple(found) if len(found) > 1 + 2 * strange else ()

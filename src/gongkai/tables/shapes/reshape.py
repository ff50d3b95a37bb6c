"""Tables that hold the form in another shape: turned, long, or several rows in one.

Labels say so: those that stand behind their numbers, applicants that open rows below the results,
or cells that hold several labels, line by line, beside cells with just as many numbers. A page for
small screens repeats each column's header in its cells (自然人：3). A long table two prints each
number behind its row's label and its column's header. Nothing else is touched.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from gongkai.form.labels import (
    APPLICANT_LABELS,
    GROUP_LABELS,
    HEADER_WORDS,
    PROACTIVE_HEADER_WORD,
    PROACTIVE_HEADERS,
    PROACTIVE_LABELS,
    WEAK_LABELS,
    spellings,
)
from gongkai.reading.document import Grid, GridCell
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.shapes.backward import turned_round
from gongkai.tables.shapes.merged import unmerged
from gongkai.tables.shapes.plain_rows import REASONS
from gongkai.tables.shapes.rearranged import rearranged
from gongkai.tables.shapes.run_together import run_apart
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.document import Block
    from gongkai.tables.shapes.rearranged import Origin

_APPLICANTS = frozenset(spellings(APPLICANT_LABELS)) - WEAK_LABELS
_SUBJECTS = frozenset(spellings(PROACTIVE_LABELS))
_HEADERS = frozenset(spellings(PROACTIVE_HEADERS))
#: What a table's own way round has in its rows and columns, and how many of each at the least.
_SHAPES = ((_APPLICANTS, REASONS, 4), (_HEADERS, _SUBJECTS, 1))
_text_of = itemgetter(0)
#: An applicant's row opens with at most two groups before its own name.
_OPENING = 3
#: A row of several holds this many cells with as many lines, at the least.
_LEAST_STACKED = 3
_LEAST_ROWS = 2
#: A label that its number opens.
_FIRST = re.compile(r"\s*(?:[（(]?一|1)")
_NUMBERED = re.compile(r"\s*(?:[（(][一二三四五六七][）)]|[一二三四]、|\d\s*[.．、])")
#: What runs on from a header where no colon parts the two.
_BEHIND_WORD = re.compile(r"[^\u4e00-\u9fff（）()]++$")
#: A long table prints so many numbers behind their headers, at the least.
_LEAST_LONG = 3


def reshaped(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with tables of another shape in the form's."""
    return [_reshape(block) if isinstance(block, Grid) else block for block in blocks]


def _reshape(grid: Grid) -> Grid:
    if (bared := _without_repeated(grid)) is not None:
        grid = replace(grid, rows=bared)
    if (rows := turned_round(grid)) is not None:
        return rearranged(grid, rows)
    if _is_turned(grid):
        return rearranged(grid, _turned(grid))
    if _is_long(grid):
        return rearranged(grid, _widened(grid))
    if any("\n" in cell.text and _stacked(row) for row in grid.rows for cell in row[:3]):
        return rearranged(grid, _unstacked(grid))
    parted = unmerged(grid) or run_apart(grid)
    return grid if parted is None else rearranged(grid, parted)


def _without_repeated(grid: Grid) -> list[list[GridCell]] | None:
    """Return the rows without the column's header that each cell repeats; ``None`` without any."""
    if not any(map(_repeats, grid.rows)):
        return None
    above: dict[int, str] = {}
    rows: list[list[GridCell]] = []
    for row in grid.rows:
        words = [normalise(cell.text) for cell in row]
        again = [bool(w) and above.get(c.column) == w for w, c in zip(words, row, strict=True)]
        # Blank cells repeat it, too; but a head may come again.
        blank = len(row) > 1 and again[-1] and HEADER_WORDS.isdisjoint(words[:1])
        blank = blank and not again[0] and PROACTIVE_HEADER_WORD not in words
        if blank or _repeats(row):
            rows.append([_bared(c, again=a) for c, a in zip(row, again, strict=True)])
        else:
            rows.append(row)
            above |= {cell.column: word for word, cell in zip(words, row, strict=True)}
    return rows


def _repeats(row: Sequence[GridCell]) -> bool:
    """Tell whether a row of several cells ends with its column's header and a number."""
    return len(row) > 1 and _number_behind_header(row[-1].text) is not None


def _bared(cell: GridCell, *, again: bool) -> GridCell:
    number = _number_behind_header(cell.text)
    if number is None and again and not _BEHIND_WORD.search(cell.text.strip()):
        number = "" if not any(map(str.isdecimal, cell.text)) else None
    return cell if number is None else cell._replace(text=number)


@lru_cache(maxsize=16384)
def _number_behind_header(text: str) -> str | None:
    """Return what stands behind a header of the form that a cell repeats before its number.

    >>> _number_behind_header("自然人：3"), _number_behind_header("自然人3")
    ('3', '3')
    """
    header, colon, number = text.replace(":", "：").partition("：")
    if not colon:
        behind = _BEHIND_WORD.search(text)
        header, number = (text[: behind.start()], behind[0]) if behind else ("", "")
    if not number or normalise(header) not in HEADER_WORDS:
        return None
    state = read_cell(number).state
    # Without a colon, a blank or a dash behind a header may be its own.
    return number.strip() if state is State.NUMBER or (colon and state is not State.TEXT) else None


@lru_cache(maxsize=16384)
def _word(text: str) -> str:
    """Return a cell's label text without its unit."""
    return normalise(text).partition("单位")[0]


def _is_turned(grid: Grid) -> bool:
    """Tell whether the rows open with what the form prints above its columns."""
    if grid.ragged:
        return False
    rows = [list(filter(None, map(_word, map(_text_of, row)))) for row in grid.rows]
    for above, beside, least in _SHAPES:
        opened = [n for n, texts in enumerate(rows) if not above.isdisjoint(texts[:_OPENING])]
        if len(opened) < least:
            continue
        if len(opened) <= sum(bool(texts) and texts[0] in beside for texts in rows):
            continue
        heads = [text for texts in rows[: opened[0]] for text in texts]
        if sum(text in beside for text in heads) >= least:
            return True
    return False


def _turned(grid: Grid) -> list[list[Origin]]:
    columns: dict[int, list[Origin]] = {}
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            turned = GridCell(cell.text, r, cell.rowspan, cell.colspan)
            columns.setdefault(cell.column, []).append((turned, r, c))
    return [columns[column] for column in sorted(columns)]


def _is_long(grid: Grid) -> bool:
    """Tell whether rows end with a header of table two and a number below no header."""
    behind = [row[-1] for row in grid.rows if _is_behind_header(row)]
    if sum(read_cell(cell.text).state is not State.BLANK for cell in behind) < _LEAST_LONG:
        return False
    rows = ({_word(cell.text) for cell in row} for row in grid.rows)
    return not any(PROACTIVE_HEADER_WORD in words and words & _HEADERS for words in rows)


def _is_behind_header(row: Sequence[GridCell]) -> bool:
    """Tell whether a row's last cell is a value, and the one before it its column's header."""
    if len(row) < 2 or _word(row[-2].text) not in _HEADERS:  # noqa: PLR2004 - the two of them
        return False
    return read_cell(row[-1].text).state is not State.TEXT


def _widened(grid: Grid) -> Iterator[list[Origin]]:
    """Yield head and values of each row of the form that a long table prints, cell by cell."""
    subject: Origin | None = None
    cells: list[tuple[Origin, Origin]] = []
    for r, row in enumerate(grid.rows):
        own = [c for c, cell in enumerate(row[:-2]) if _word(cell.text) in _SUBJECTS]
        same = own and subject is not None and _word(row[own[0]].text) == _word(subject[0].text)
        if not same and (own or not _is_behind_header(row)):
            yield from _wide(subject, cells)
            subject, cells = (row[own[0]], r, own[0]) if own else None, []
        if subject is not None and _is_behind_header(row):
            last = len(row) - 1
            again = _word(row[-2].text) in {_word(header[0].text) for header, _ in cells}
            if again:  # whose number it is cannot be told
                subject, cells = None, []
                continue
            cells.append(((row[-2], r, last - 1), (row[-1], r, last)))
    yield from _wide(subject, cells)


def _wide(subject: Origin | None, cells: Sequence[tuple[Origin, Origin]]) -> Iterator[list[Origin]]:
    if subject is None or not cells:
        return
    headers, values = zip(*cells, strict=True)
    word = (GridCell(PROACTIVE_HEADER_WORD, 0), subject[1], subject[2])
    for row in ([word, *headers], [subject, *values]):
        yield [(GridCell(cell.text, column), r, c) for column, (cell, r, c) in enumerate(row)]


def _stacked(row: Sequence[GridCell]) -> int:
    """Return how many rows a row holds, or 0 where it is one."""
    lines = [cell.text.split("\n") for cell in row]
    labels = [part for part in lines if len(part) > 1 and all(map(normalise, part))]
    if not labels:
        return 0
    behind = lines[lines.index(labels[-1]) + 1 :]
    values = [part for part in behind if part != [""]]
    if not values:
        return 0
    count = len(values[-1])
    # A cell may hold words (同上); a head's all do.
    words = sum(any(read_cell(p).state is State.TEXT for p in part) for part in values)
    whole = all(len(part) == count for part in values) and 2 * words < len(values)
    names = _labels(labels[-1], count)
    known = all(_word(name) in _SUBJECTS for name in names)
    if not whole or count < _LEAST_ROWS or len(values) + known + 1 < _LEAST_STACKED:
        return 0
    # Below a number, a blank line may be no cell but what a label of two lines leaves free.
    blank = any(read_cell(p).state is State.BLANK for part in values for p in part)
    told = not blank or all(map(_NUMBERED.match, names))
    return count if told and len(names) == count else 0


def _labels(lines: list[str], count: int) -> list[str]:
    """Return the labels that the lines of a cell hold, as many as ``count`` where they are whole.

    A group has a line of its own above its first row's, and a label may run on over several.
    """
    if len(lines) == count:
        return lines
    labels: list[str] = []
    group = False
    for line in lines:
        if labels and not _NUMBERED.match(line):
            labels[-1] += line
        elif group and _FIRST.match(line):
            labels[-1] = line
        else:
            labels.append(line)
        group = normalise(line) in GROUP_LABELS
    return labels


def _unstacked(grid: Grid) -> Iterator[list[Origin]]:
    for r, row in enumerate(grid.rows):
        count = _stacked(row)
        if not count:
            yield [(cell, r, c) for c, cell in enumerate(row)]
            continue
        parts = [
            _labels(cell.text.split("\n"), count) if cell.text else [""] * count for cell in row
        ]
        for n in range(count):
            yield [
                (cell._replace(text=part[n] if len(part) == count else cell.text), r, c)
                for c, (cell, part) in enumerate(zip(row, parts, strict=True))
                if len(part) == count or n == 0
            ]

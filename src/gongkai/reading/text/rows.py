"""Rows of a text: from the strings between their separators to cells."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import count, repeat

from gongkai.reading.document import GridCell, make

#: A line that is a row: its number, and its cells.
Row = tuple[int, list[str]]

#: What GridCell(...) does with a tuple of all its parts, without a call in Python.
_cell_of = partial(make, GridCell)
_ONE = repeat(1)
# Shorter texts that come twice in a row may be nil marks, each in its own cell.
_WORDS = 4
#: Two tabs or bars in a row part two cells; so many rows of three cells show that they do.
_PAIR = 3
#: A tab that is not one of two, and a line whose texts two tabs part, as a row of headers has them.
_ODD_TAB = re.compile(r"(?<!\t)\t(?:\t\t)*(?!\t)")
_PAIRED_TABS = re.compile(r"^\t*+(?:[^\t\n]++\t\t){3}[^\t\n]", re.MULTILINE)
#: So many texts in a row have no blank cell between each two of them, in no row of their table.
_HEADERS = 5
#: Where so many rows end with a cell for one that ends with a bar, bars stand between cells only.
_MOST_END = 3
#: Fewer rows may begin with numbers that happen to follow one another.
_LEAST_COUNTED = 4
#: A row of one cell that is filled up so far is none of a table, but of a page's layout: a program
#: counted the cells of the tables in it, too.
_WIDEST = "|" * 40
_LAID_OUT = re.compile(
    rf"^([^|\n]*+)\|?[ \t]*+(?:\n[ \t]*+)?\|{{{len(_WIDEST)},}}[ \t]*+$", re.MULTILINE
)


def without_layout(text: str) -> str:
    """Return a text without the bars of a table that holds the whole page."""
    return _LAID_OUT.sub(r"\1", text) if _WIDEST in text else text


def cells_of(texts: list[str]) -> list[GridCell]:
    """Return the cells of a row; words printed in each column that they span are one cell."""
    if len(texts) == 1:
        return [make(GridCell, (texts[0], 0, 1, 1))]
    cells = list(map(_cell_of, zip(texts, count(), _ONE, _ONE, strict=False)))
    long = [text for text in texts if len(text) >= _WORDS]
    if len(long) == len(set(long)):  # most rows
        return cells
    merged = cells[:1]
    for cell in cells[1:]:
        last = merged[-1]
        if cell.text == last.text and _is_words(cell.text):
            merged[-1] = last._replace(colspan=last.colspan + 1)
        else:
            merged.append(cell)
    return merged


def _is_words(text: str) -> bool:
    """Tell whether a text is words, and no padded number, number with a unit, or nil mark."""
    return _has_words(text) and not any(sign.isdecimal() for sign in text)


def _has_words(text: str) -> bool:
    return sum("\u3400" <= sign <= "\u9fff" for sign in text) >= _WORDS


def without_filling(
    rows: list[Row], filled: int, fillings: dict[int, int], closed: list[list[str]]
) -> tuple[list[Row], bool]:
    """Return rows without what fills them up to their table's width: bars that end no cell.

    Bars that stand side by side do, and so does a single one where others fill their rows.

    Args:
        rows: a row without cells fills the one above it, which has a line for each cell.
        filled: cells of the rows that were filled; 1 where only rows of one cell a line were.
        fillings: how many bars side by side end which rows.
        closed: the cells of rows that end with a bar; an empty one at the end is left out.

    Returns:
        the rows, and whether all were filled alike, so that their blanks are cells.
    """
    # The program may leave the last row as it is.
    counted = filled > 1 and all(len(cells) == filled for _, cells in rows[:-1])
    for number, bars in fillings.items():
        del rows[number][1][-bars:]
    whole = [cells for cells in closed if len(cells) == filled > 1]
    ends = [cells for cells in whole if not cells[-1]]
    if len(ends) < len(whole):
        # The last column is none of filling: below a head that goes so far, a row that ends in a
        # blank may lack another cell in front of its numbers.
        short, each = _below_short_heads(rows, filled)
        ends = [cells for cells in ends if id(cells) in short or any(cells[1:])]
        counted = counted and each and all(id(cells) in short for cells in ends)
    for cells in ends:
        del cells[-1]
    if all(cells for _, cells in rows):
        return rows, counted
    below = [*(cells for _, cells in rows[1:]), []]
    return [
        row
        for row, after in zip(rows, below, strict=True)
        if row[1] and not (row[1] == [""] and after and _has_words(after[0]))
    ], False


def _below_short_heads(rows: list[Row], filled: int) -> tuple[set[int], bool]:
    """Return the ids of heads that bars fill up, and of the rows below them.

    And whether no row has fewer cells than its head, so that none was left out.
    """
    found: set[int] = set()
    head = 0
    whole = True
    for _, cells in rows:
        own = len(cells) - (len(cells) == filled and not cells[-1])
        if len(cells) > 1 and _has_words(cells[1]):
            head = own
        if 0 < head < filled:
            found.add(id(cells))
        whole = whole and not 1 < len(cells) < head
    return found, whole


def open_last(rows: list[Row], closed: list[list[str]]) -> None:
    """Add the empty cell behind the last pipe of rows, where pipes stand between cells only.

    Most of the rows that end with a cell say how many a row has; several do where most rows do so.
    """
    ended = {id(cells) for cells in closed}
    widths = Counter(len(cells) for _, cells in rows if id(cells) not in ended)
    most = {width for width, count in widths.most_common(1) if count > 1}
    if len(closed) * _MOST_END < len(rows):
        most = {width for width, count in widths.items() if count > 1}
    for row in closed:
        if len(row) + 1 in most:
            row.append("")


def are_paired(text: str) -> bool:
    """Tell whether two tabs are one separator in all of a text, which may be cut at both ends."""
    return _ODD_TAB.search(text.strip("\t")) is None and _PAIRED_TABS.search(text) is not None


def undouble(rows: list[Row]) -> None:
    """Drop the empty cells between all cells of all rows: two tabs or bars are one separator."""
    several = [cells for _, cells in rows if len(cells) > 1]
    if sum(len(cells) > _PAIR for cells in several) < _PAIR:
        return
    # Where hardly anything stands behind the labels, cells there are blank, and none a separator.
    behind = [cell for cells in several for cell in cells[2::2]]
    told = sum(map(bool, behind)) * 2 > len(behind)
    # But not between the headers of a row.
    told = told or any(sum(map(bool, cells[::2])) >= _HEADERS for cells in several)
    if told and all(len(cells) % 2 and not any(cells[1::2]) for cells in several):
        for cells in several:
            del cells[1::2]


def uncount(rows: list[Row]) -> list[Row]:
    """Return rows without the numbers that count them, and without those that count their cells.

    Programs that export tables write both; the first row may name the columns and not count.
    """
    counted = rows if rows[0][1][0] else rows[1:]
    first = counted[0][1][0] if len(counted) >= _LEAST_COUNTED else ""
    if not first.isdecimal() or not _count_on([cells[0] for _, cells in counted], int(first)):
        return rows
    kept = [(number, cells[1:]) for number, cells in rows]
    return kept[1:] if counted is not rows and _count_on(kept[0][1], 0) else kept


def _count_on(texts: list[str], first: int) -> bool:
    return texts == [str(number) for number in range(first, first + len(texts))]


def is_indented(cells: list[str]) -> bool:
    """Tell whether a line with tabs is a line of text that is only indented by them."""
    return not any(cell.strip() for cell in cells[:-1])

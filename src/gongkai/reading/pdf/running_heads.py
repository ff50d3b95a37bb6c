"""What repeats at the edges of pages: running heads, feet, and the heads of tables that go on."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, GridCell
    from gongkai.reading.pdf.lines import Line

#: Lines at each end of a page that may be a head or foot.
_EDGE = 2
#: It stands at the same height (points) of so many pages, and of this share of them.
_SAME = 4.0
_LEAST = 3
_SHARE = 0.4
#: More columns than this are the head of a table that goes on, not of a page.
_COLUMNS = 3
_DIGITS = re.compile(r"\d{1,9}")
_WORD = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\D?\s*(\d{1,4})\s*\D?")


def running_lines(pages: Sequence[Sequence[Line]]) -> list[set[int]]:
    """Return, for each page, the indices of the lines that are its running head or foot.

    Args:
        pages: the lines of each page that stand in no table, from top to bottom.
    """
    edges = [_edges(lines, number) for number, lines in enumerate(pages)]
    places = Counter(
        (text, height) for page in edges for texts, height in page.values() for text in texts
    )
    least = max(_LEAST, len(pages) * _SHARE)
    # The very first or last line of a page is a running one sooner.
    outer = max(2, len(pages) * _SHARE)
    numbered = _numbered(pages, edges)
    return [
        {
            index
            for index, (texts, height) in page.items()
            if (number, index) in numbered
            # Neighbouring places are one: rounding may part them.
            or any(
                sum(places[text, height + near] for near in (-1, 0, 1))
                >= (outer if index in {0, len(pages[number]) - 1} else least)
                for text in texts
            )
        }
        for number, page in enumerate(edges)
    ]


def _edges(lines: Sequence[Line], page: int) -> dict[int, tuple[set[str], int]]:
    """Return the lines at both ends by index: how they may read on other pages, and height."""
    indices = {*range(min(_EDGE, len(lines))), *range(max(0, len(lines) - _EDGE), len(lines))}
    return {
        index: (_templates("".join(line.text.split()), page), round(line.top / _SAME))
        for index in indices
        if (line := lines[index]).text.count("  ") < _COLUMNS
    }


def _templates(text: str, page: int) -> set[str]:
    """Return a text, and what is the same on every page if one of its numbers is the page's.

    A text of numbers alone may be a cell, and a sentence is of the text: below tables on several
    pages may stand the same note.
    """
    if not _WORD.search(text) or text.endswith("。"):
        return set()
    numbers = list(_DIGITS.finditer(text))
    return {text} | {
        f"{text[: n.start()]}#{int(n[0]) - page}{text[n.end() :]}"
        for n in numbers[:1] + numbers[-2:]
    }


def _numbered(
    pages: Sequence[Sequence[Line]], edges: Sequence[dict[int, tuple[set[str], int]]]
) -> set[tuple[int, int]]:
    """Return (page, line) of bare numbers that count the pages, all at one height.

    A program that joins files counts the pages of all of them, below each file's own numbers.
    """
    found: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for number, page in enumerate(edges):
        for index, (_, height) in page.items():
            match = _NUMBER.fullmatch(pages[number][index].text)
            if match:
                series = int(match[1]) - number, height
                found.setdefault(series, set()).add((number, index))
    longest = max(found.values(), key=len, default=set())
    counted = [series for series in found.values() if len(series) >= _LEAST]
    return set().union(longest if len(longest) > 1 else set(), *counted)


def drop_repeated_heads(blocks: Sequence[Block]) -> None:
    """Drop the head that a table repeats on the next page: it may part the two ends of a row.

    Args:
        blocks: in source order; a table that follows another directly, on another page, goes on.
    """
    first: Grid | None = None
    for before, block in pairwise(blocks):
        if not (isinstance(before, Grid) and isinstance(block, Grid)):
            first = None
        elif before.place.page != block.place.page:
            first = first or before
            count = _repeated(first.rows, block.rows)
            places = [block.place._replace(row=n) for n in range(count + 1, len(block.rows) + 1)]
            if count and places:
                block.rows, block.row_places = block.rows[count:], places


def _repeated(head: Sequence[Sequence[GridCell]], rows: Sequence[Sequence[GridCell]]) -> int:
    """Return how many rows are those of the head again; rows with numbers are none of it."""
    count = 0
    for printed, again in zip(head, rows, strict=False):
        texts = [cell.text for cell in again]
        if texts != [cell.text for cell in printed] or any(_DIGITS.fullmatch(t) for t in texts):
            break
        count += 1
    return count

"""Characters on a page → lines and paragraphs of text."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from gongkai.reading.pdfium import Char

# Gaps between characters, as shares of the line's height: a blank, and a new column.
_BLANK = 0.15
_COLUMN = 1.0
# Lines overlap by this share of the lower one's height, or are two.
_OVERLAP = 0.5
# A line that ends this near to the right margin (in heights) goes on in the next one.
_FULL = 2.0
_INDENT = 0.8
_PAGE_NUMBER = re.compile(r"[-—–\s\d第页/共]+")


class Line(NamedTuple):
    """A line of text: columns are parted by two blanks."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of its characters."""
        return self.bottom - self.top


def lines_of(chars: list[Char]) -> list[Line]:
    """Gather characters into lines, from top to bottom."""
    rows: list[list[Char]] = []
    middle = low = high = 0.0
    for char in sorted(chars, key=lambda c: (c.top + c.bottom, c.x0)):
        y = (char.top + char.bottom) / 2
        height = char.bottom - char.top
        if rows and y - middle <= min(height, high - low) * _OVERLAP:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle, low, high = y, char.top, char.bottom
    return [_line(row) for row in rows]


def _line(row: list[Char]) -> Line:
    row.sort(key=lambda char: char.x0)
    height = median(char.bottom - char.top for char in row) or 1.0
    pieces = [row[0].text]
    for before, char in pairwise(row):
        if char.text == before.text and char.x0 - before.x0 < (char.x1 - char.x0) * 0.3:
            continue  # bold by printing twice
        gap = char.x0 - before.x1
        if gap > height * _COLUMN:
            pieces.append("  ")
        elif gap > height * _BLANK:
            pieces.append(" ")
        pieces.append(char.text)
    top, bottom = min(char.top for char in row), max(char.bottom for char in row)
    return Line("".join(pieces), row[0].x0, top, max(char.x1 for char in row), bottom)


def cell_text(chars: list[Char]) -> str:
    r"""Return the text of a table cell, its lines parted by ``\n``."""
    if not chars:
        return ""
    if sum(not char.upright for char in chars) * 2 > len(chars):
        # Turned text: the order of the file is the order of reading.
        return "".join(char.text for char in chars)
    return "\n".join(line.text.replace("  ", " ") for line in lines_of(chars))


def paragraphs_of(lines: list[tuple[int, Line]]) -> list[tuple[int, str]]:
    """Join lines that were wrapped at the right margin.

    Args:
        lines: with their numbers.

    Returns:
        The paragraphs: number of the first line, and whole text.
    """
    prose = [line for _, line in lines if "  " not in line.text]
    left = min((line.x0 for line in prose), default=0.0)
    right = max((line.x1 for line in prose), default=0.0)
    joined: list[tuple[int, str]] = []
    before: Line | None = None
    for number, line in lines:
        if before is not None and _goes_on(before, line, left, right):
            first, text = joined[-1]
            gap = " " if text[-1:].isascii() and line.text[:1].isascii() else ""
            joined[-1] = (first, text + gap + line.text)
        else:
            joined.append((number, line.text))
        before = line
    return joined


def _goes_on(line: Line, following: Line, left: float, right: float) -> bool:
    height = line.height
    return (
        "  " not in line.text
        and "  " not in following.text
        and not _PAGE_NUMBER.fullmatch(following.text)
        and right - line.x1 <= height * _FULL
        and following.x0 - left <= height * _INDENT
        and abs(following.height - height) <= height * 0.5
        and following.top - line.bottom <= height * 1.5
    )

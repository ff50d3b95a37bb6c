"""Characters on a page → lines and paragraphs of text."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.document import UNREADABLE
from gongkai.reading.pdf.level import rows_of

if TYPE_CHECKING:
    from gongkai.reading.pdf.drawn import Char

# Gaps between characters, as shares of the line's height: a blank, and a new column.
_BLANK = 0.15
_COLUMN = 1.0
# Between the characters of a word stands at most this much; more has set columns apart.
_SPACED = 0.6
# A box that lacks this share of the usual width holds the ink alone.
_NARROW = 0.05
# Raised digits smaller than this share of the digit before them are a note.
_SMALL = 0.8
# Digits that begin nearer to one another (share of their height) were printed one over the other;
# boxes alone do not tell, for a font may give its digits the width of a Han character.
_OVER = 0.25
# The same one, nearer than this (share of its width), is its shadow.
_SHADOW = 0.3
_HAN = ("\u3400", "\u9fff")
# So many pairs of characters show how a text is spaced.
_PAIRS = 3
_SAMPLE = 400
# A line that ends this near to the right margin (in heights) goes on in the next one.
_FULL = 2.0
_INDENT = 0.8
# Lines of one paragraph are of one size.
_ONE_SIZE = 0.25
# Line starts this near to one another are one margin (points); so many full lines show the other.
_SAME = 2.0
_MANY = 6
_ENDS = ("。", "；", "：", "！", ";", ":")
_ENUMERATED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[（(]?\d{1,2}[)）、.．](?!\d)"
)
#: A section's heading: words alone, behind a Chinese number.
HEADING = re.compile(r"[一二三四五六][、.．]\s*[\u4e00-\u9fff、]{4,40}")
# Most blank space at both sides of a cell's text (points); most distance of its lines (heights).
_PADDING = 11.0
_PITCH = 1.7
_DIGITS = re.compile(r"[\d,.]+")
_PAGE_NUMBER = re.compile(r"[-—–\s\d第页/共]+")
#: A date whose day or month stands in the next line.
_CUT_DATE = re.compile(r"\b20\d\d[-/.](?:\d{1,2}[-/.])?\Z")


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


def spacing_of(chars: list[Char], default: float = 0.0) -> float:
    """Return how far characters are set apart, as a share of their height; mostly 0.

    Args:
        chars: of a page or table, in the order of the file.
        default: for those that do not show it.
    """
    sample = chars[:_SAMPLE]
    gaps = [
        (after.x0 - before.x1) / (after.bottom - after.top)
        for before, after in pairwise(sample)
        if is_han(before.text)
        and is_han(after.text)
        and abs(before.top - after.top) < 1
        and after.top < after.bottom
    ]
    return _usual(gaps, _SPACED, default)


def _usual(gaps: list[float], most: float, default: float = 0.0) -> float:
    """Return the middle of gaps, if there are enough and they are those of letter-spaced text."""
    if len(gaps) < _PAIRS:
        return default
    middle = median(gaps)
    return middle if 0 < middle <= most else 0.0


def lines_of(chars: list[Char], spacing: float = 0.0) -> list[Line]:
    """Gather characters into lines, from top to bottom.

    Args:
        chars: characters of a page or cell.
        spacing: how far they are set apart, for lines that do not show it (:func:`spacing_of`).
    """
    return [line_of(row, spacing) for row in rows_of(chars)]


def line_of(row: list[Char], spacing: float) -> Line:
    """Return characters of one line, which are sorted, as its text."""
    if len(row) == 1:  # most cells of a report
        return Line(row[0].text, row[0].x0, row[0].top, row[0].x1, row[0].bottom)
    row.sort(key=lambda char: char.x0)
    heights = [char.bottom - char.top for char in row]
    if min(heights) < max(heights) * _SMALL:
        row = _with_notes(row)
    height = median(heights) or 1.0
    gaps = [after.x0 - before.x1 for before, after in pairwise(row)]
    if max(gaps) <= height * _BLANK and min(gaps) > -height * _BLANK:  # most lines: one word
        text = "".join([char.text for char in row])
    else:
        text = _parted(row, gaps, height, spacing)
    top, bottom = min([char.top for char in row]), max([char.bottom for char in row])
    return Line(text, row[0].x0, top, max([char.x1 for char in row]), bottom)


def _with_notes(row: list[Char]) -> list[Char]:
    """Print small raised digits behind a digit as [1]: they are no digits of that number."""
    noted, full = row[:1], row[0]
    for char, after in zip_longest(row[1:], row[2:]):
        height = full.bottom - full.top
        small = char.bottom - char.top < height * _SMALL
        raised = full.bottom - char.bottom >= height * _BLANK
        number = char.text.isdecimal() and full.text.isdecimal()
        # The shadow of a digit is smaller than itself, too.
        if small and raised and number and not (_is_on(char, full) or _is_on(char, after)):
            noted.append(char._replace(text=f"[{char.text}]"))
        else:
            noted.append(char)
            full = char
    return noted


def _is_on(char: Char, other: Char | None) -> bool:
    """Tell whether two characters are one that is printed twice, for it to be bold."""
    near = (char.x1 - char.x0) * _SHADOW
    return other is not None and char.text == other.text and abs(char.x0 - other.x0) < near


def _parted(row: list[Char], gaps: list[float], height: float, spacing: float) -> str:
    """Return the text of a line with blanks where its words and columns part."""
    _widen(row, gaps)
    usual = _usual(
        [
            gap
            for gap, pair in zip(gaps, pairwise(row), strict=True)
            if all(is_han(char.text) for char in pair)
        ],
        height * _SPACED,
        height * spacing,
    )
    pieces = [row[0].text]
    for (before, char), gap in zip(pairwise(row), gaps, strict=True):
        if _is_on(char, before):
            continue  # bold by printing twice
        near = char.x0 - before.x0 < height * _OVER
        if near and (before.text + char.text).isdecimal():
            pieces.append(UNREADABLE)  # one was printed over the other
            continue
        if gap - usual > height * _COLUMN:
            pieces.append("  ")
        elif gap - usual > height * _BLANK:
            pieces.append(" ")
        pieces.append(char.text)
    return "".join(pieces)


def _widen(row: list[Char], gaps: list[float]) -> None:
    """Narrow the gaps beside narrow characters.

    Where a font does not tell how wide its characters are, a box is as wide as the ink: a narrow
    character (目) then counts as wide as the others.
    """
    widths = [char.x1 - char.x0 for char in row if is_han(char.text)]
    if len(widths) < _PAIRS:
        return
    wide = median(widths)
    for index, char in enumerate(row):
        missing = wide - (char.x1 - char.x0)
        if missing > wide * _NARROW and is_han(char.text):
            if index:
                gaps[index - 1] -= missing / 2
            if index < len(gaps):
                gaps[index] -= missing / 2


def is_han(text: str) -> bool:
    """Tell whether a character is a Han character."""
    return _HAN[0] <= text <= _HAN[1]


def cell_text(chars: list[Char], width: float, spacing: float = 0.0) -> str:
    r"""Return the text of a table cell, its lines parted by ``\n``.

    Args:
        chars: characters in the cell.
        width: of the cell, points: a number that fills it goes on in the next line.
        spacing: how far characters are set apart.
    """
    if not chars:
        return ""
    if len(chars) == 1:
        return chars[0].text
    if sum(not char.upright for char in chars) * 2 > len(chars):
        # Turned text: the order of the file is the order of reading.
        return "".join(char.text for char in chars)
    lines = lines_of(chars, spacing)
    joint = "" if len(lines) > 1 and _is_wrapped_number(lines, width) else "\n"
    return joint.join(line.text.replace("  ", " ") for line in lines)


def _is_wrapped_number(lines: list[Line], width: float) -> bool:
    """Tell whether the lines of a cell are one number that was too long for it."""
    if not all(_DIGITS.fullmatch(line.text) for line in lines):
        return False
    return all(
        # Narrow digits, one below the other, may be those of two rows.
        (len(line.text) > 1 or not line.text.isascii())
        and width - (line.x1 - line.x0) <= (line.x1 - line.x0) / len(line.text) + _PADDING
        and below.top - line.top <= line.height * _PITCH
        for line, below in pairwise(lines)
    )


class Margins(NamedTuple):
    """Where the lines of running text begin and end."""

    left: float
    right: float


def margins_of(lines: list[Line], table_ends: list[float]) -> Margins:
    """Find the margins of running text.

    Args:
        lines: of all pages of one width.
        table_ends: right ends of the tables there: few lines of text need not show the margin.
    """
    prose = [line for line in lines if "  " not in line.text]
    starts = sorted(line.x0 for line in prose)
    # One line that begins further left than all others does not make the margin.
    shared = (a for a, b in pairwise(starts) if b - a <= _SAME)
    left = next(shared, min(starts, default=0.0))
    right = max((line.x1 for line in prose), default=0.0)
    full = sum(right - line.x1 <= line.height * _FULL for line in prose)
    return Margins(left, right if full >= _MANY else max([right, *table_ends]))


def paragraphs_of(lines: list[tuple[int, Line]], margins: Margins) -> list[tuple[int, str]]:
    """Join lines that were wrapped at the right margin.

    Args:
        lines: with their numbers.
        margins: of the text.

    Returns:
        The paragraphs: number of the first line, and whole text.
    """
    joined: list[tuple[int, str]] = []
    before: Line | None = None
    for number, line in lines:
        if before is not None and _goes_on(before, line, margins):
            first, text = joined[-1]
            words = text[-1:].isascii() and line.text[:1].isascii()
            gap = " " if words and not _CUT_DATE.search(text[-8:]) else ""
            joined[-1] = (first, text + gap + line.text)
        else:
            joined.append((number, line.text))
        before = line
    return joined


def _is_heading(line: Line, margins: Margins) -> bool:
    """Tell whether a line is a heading alone: the line above it may be the title."""
    return margins.right - line.x1 > line.height * _FULL and bool(HEADING.fullmatch(line.text))


def _goes_on(line: Line, following: Line, margins: Margins) -> bool:
    height = line.height
    return (
        "  " not in line.text
        and "  " not in following.text
        and (not _PAGE_NUMBER.fullmatch(following.text) or bool(_CUT_DATE.search(line.text)))
        and not (_ENUMERATED.match(following.text) and line.text.endswith(_ENDS))
        and margins.right - line.x1 <= height * _FULL
        and following.x0 - margins.left <= height * _INDENT
        and not _is_heading(following, margins)
        and abs(following.height - height) <= height * _ONE_SIZE
        and following.top - line.bottom <= height * 1.5
    )

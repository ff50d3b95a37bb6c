"""The words of a line with their places: what tells the columns of a table without rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.pdf.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.reading.pdf.drawn import Char

#: A number or a nil mark.
VALUE = re.compile(r"[-−－]?\d[\d,.]*|[/\\—–―-]{1,3}|[无零]")


class Word(NamedTuple):
    """A piece of a line without blanks, or a column.

    Attributes:
        text: of the piece.
        x0: where it begins, points from the left.
        x1: where it ends.
        top: its upper end, points from the top of the page.
        height: of its characters.
    """

    text: str
    x0: float
    x1: float
    top: float = 0.0
    height: float = 1.0


#: A line with its words; without any where its text is not that of its characters.
WordedLine = tuple[Line, list[Word]]


class Row(NamedTuple):
    """A line that ends with numbers.

    Attributes:
        at: its index.
        line: its text and place.
        label: words before the numbers.
        numbers: the numbers.
    """

    at: int
    line: Line
    label: list[Word]
    numbers: list[Word]


def words_of(line: Line, chars: Sequence[Char]) -> list[Word]:
    """Return the words of a line with their places; nothing where its text is not its characters.

    Args:
        line: as :func:`gongkai.reading.pdf.lines.line_of` returns it.
        chars: the characters that it was made of, from left to right.
    """
    pieces = line.text.split()
    if "".join(pieces) != "".join([char.text for char in chars]):
        return []
    words, index = [], 0
    for piece in pieces:
        first, size = index, 0
        while size < len(piece):
            size += len(chars[index].text)
            index += 1
        one, last = chars[first], chars[index - 1]
        words.append(Word(piece, one.x0, last.x1, last.top, last.bottom - last.top))
    return words


def middle(word: Word) -> float:
    """Return where the middle of a word is."""
    return (word.x0 + word.x1) / 2


def held_by(span: Word, words: Iterable[Word]) -> list[Word]:
    """Return the words that stand above or below a span."""
    return [word for word in words if word.x0 < span.x1 and span.x0 < word.x1]

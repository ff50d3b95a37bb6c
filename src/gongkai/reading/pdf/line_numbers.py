"""The numbers of a text's lines, which stand in the margin: no part of what it says."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.reading.pdf.level import rows_of
from gongkai.reading.pdf.lines import is_han

if TYPE_CHECKING:
    from gongkai.reading.pdf.drawn import Char

# Every line has its number, or every fifth or tenth; so many show it, where pages before do not.
_STEPS = {1: 5, 5: 3, 10: 3}
# They stand apart from the words by this share of their height; words begin at one place to this
# (points).
_APART, _SAME = 0.15, 1.0
_DIGITS = 5


def without_line_numbers(chars: list[Char], *, known: bool = False) -> list[Char]:
    """Return the characters of a page without the numbers of its lines.

    They stand left of all words, and count evenly from top to bottom.

    Args:
        chars: of a page.
        known: whether pages before have such numbers.
    """
    start = min([char.x0 for char in chars], default=0.0)
    if not any(char.x0 == start and char.text.isdecimal() for char in chars):  # most pages
        return chars
    margin = min((char.x0 for char in chars if is_han(char.text)), default=0.0)
    left = [char for char in chars if char.x0 < margin - _SAME]
    for char in sorted(left, key=lambda char: -char.x1):
        if margin - char.x1 <= (char.bottom - char.top) * _APART:  # a line begins with a number
            margin = min(margin, char.x0)
    left = [char for char in left if char.x0 < margin - _SAME]
    if not left or not all(char.text.isdecimal() for char in left):
        return chars
    rows = [sorted(row, key=lambda char: char.x0) for row in rows_of(left)]
    if max(map(len, rows)) > _DIGITS:
        return chars
    numbers = [int("".join(char.text for char in row)) for row in rows]
    steps = {after - before for before, after in pairwise(numbers)}
    least = max((_STEPS.get(step, len(numbers) + 1) for step in steps), default=0)
    even = len(steps) == 1 and len(numbers) >= least
    if not even and not (known and steps <= {*_STEPS}):
        return chars
    gone = {id(char) for char in left}
    return [char for char in chars if id(char) not in gone]

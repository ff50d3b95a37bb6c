"""What programs write before every line of a text: marks of a quotation, or the lines' numbers."""

from __future__ import annotations

import re
from itertools import pairwise

_QUOTED = re.compile(r"(?:>[ \u3000]?)+")
#: A line's number, and what parts it from the line; an empty line may have nothing behind it.
_NUMBERED = re.compile(
    r"[ \t]*+(\d{1,5})(?:[:：|│→\t][ \t]?|[ \t]+[|│:](?:[ \t]|$)|[ ]{2}|[ \t]*\r?$)"
)
#: Where the second line of a text does not begin with a number, its lines have none.
_MAY_COUNT = re.compile(r"[^\n]*\n[ \t]*\d")
#: Fewer lines are not numbered, nor are those where one of so many breaks the count.
_LEAST, _MOST = 5, 10


def without_prefixes(text: str) -> str:
    """Return a text without the marks of a quotation, or the numbers that count its lines.

    An excerpt may begin or end within a line, and other lines may stand around what is quoted.
    """
    if "\n>" in text:
        lines = text.split("\n")
        if 2 * sum(line[:1] == ">" for line in lines) > sum(map(bool, lines)):
            return "\n".join(
                _QUOTED.sub("", line, count=1) if line[:1] == ">" else line for line in lines
            )
    return _without_numbers(text.split("\n")) or text if _MAY_COUNT.match(text) else text


def _without_numbers(lines: list[str]) -> str:
    """Return lines without the numbers that count them, joined; nothing where these do not."""
    found = [_NUMBERED.match(line) for line in lines]
    numbers = [int(mark[1]) if mark else -1 for mark in found]
    breaks = sum(a + 1 != b for a, b in pairwise(numbers[1:]))
    if len(lines) < _LEAST or breaks * _MOST > len(lines):
        return ""
    if lines[-1].strip().isdecimal():
        lines[-1] = ""  # a line's number, cut perhaps
    return "\n".join(
        line[mark.end() :] if mark else line for line, mark in zip(lines, found, strict=True)
    )

"""Which characters on a page stand in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.reading.pdf.drawn import Char

# Lines overlap by this share of the lower one's height, or are two.
_OVERLAP = 0.5
# Characters this near to one another (share of their height) are level; those of a line are so
# with its first one, too.
_LEVEL, _SPREAD = 0.1, 0.25


def rows_of(chars: list[Char]) -> list[list[Char]]:
    """Gather characters that stand in one line, from top to bottom."""
    rows: list[list[Char]] = []
    middle = low = high = last = first = 0.0
    for char in sorted(chars, key=lambda c: (c.top + c.bottom, c.x0)):
        y = (char.top + char.bottom) / 2
        height = char.bottom - char.top
        if y - last > height * _LEVEL:
            first = y
            height = min(height, high - low)
        elif rows and y - first <= height * _SPREAD:
            # What is half a line below another one stands in its line as a whole or not at all.
            rows[-1].append(char)
            last = y
            continue
        else:
            # A low character may be level with the others of its line, and reach less far.
            height = high - low
        if rows and y - middle <= height * _OVERLAP:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle, low, high = y, char.top, char.bottom
        last = y
    return rows

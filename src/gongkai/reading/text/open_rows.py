"""Rows of Markdown tables that are written over several lines, as converters do for paragraphs.

Each cell then stands on lines of its own, and the bars between them, too, behind a blank. A row
begins with a bar at the beginning of a line; its last bar is the last one before the next row.

Or bars stand between cells only, and a blank cell holds an end of line: then a line that begins
with a bar goes on with the row above, which ends with one.
"""

from __future__ import annotations

import re
from itertools import pairwise

_BAR = "|"
#: Fewer bars on lines of their own are drawn otherwise; a row is no longer than this (lines).
_LEAST, _LONGEST = 6, 400
#: Below a head whose cells have bars between them only.
_DASHES = re.compile(r"-{3,}(?:\|-{3,})+[ \t]*")
#: What a line that was joined to one above it holds.
TAKEN = "\0"


def join_open_rows(lines: list[str]) -> None:
    """Put such rows on their first line; the others become :data:`TAKEN`."""
    bars = [n for n, line in enumerate(lines) if line[:1] in (_BAR, " ") and line.strip() == _BAR]
    if len(bars) < _LEAST:
        return
    alone = frozenset(bars)
    starts = [n for n, line in enumerate(lines) if line.startswith(_BAR)]
    for start, following in pairwise([*starts, len(lines)]):
        behind = range(start + 1, min(following, start + _LONGEST))
        last = max((n for n in behind if lines[n].lstrip(" ").startswith(_BAR)), default=start)
        if last > start and not alone.isdisjoint(range(start, last + 1)):
            row = [piece for line in lines[start : last + 1] if (piece := line.strip())]
            lines[start] = " ".join(row)
            lines[start + 1 : last + 1] = [TAKEN] * (last - start)


def join_cut_rows(lines: list[str]) -> None:
    """Put rows that blank cells cut in two on their first line; the others become ``TAKEN``."""
    if not any(line[:3] == "---" and _DASHES.fullmatch(line) for line in lines):
        return
    start = 0
    for number, line in enumerate(lines):
        above = lines[start]
        goes_on = line[:1] == _BAR and above[:1] != _BAR and above.rstrip().endswith(_BAR)
        if number and goes_on and number - start < _LONGEST:
            lines[start] += line
            lines[number] = TAKEN
        else:
            start = number

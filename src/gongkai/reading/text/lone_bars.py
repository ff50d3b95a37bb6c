"""Cells whose bars have lines of their own, as programs write them that strip tables off a page.

A bar stands below each cell, or one above and one below it; the last one of a table is lost::

    规章          |
    |             规章
    0             |
    |             |
    0             0
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.reading.text.open_rows import TAKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

_BAR = "|"
#: The statutory tables have more cells; fewer bars are drawn otherwise.
_LEAST = 60
#: Where none stands beside a cell, as in an excerpt that ends early.
_LEAST_ALONE = 6
#: Where so many bars stand alone for one that does not, cells are written this way.
_MOST = 4
#: No cell holds more signs: lines of text stand between two tables.
_LONGEST = 150
#: What a table's last cell holds, and no line of text below a table.
_VALUE = re.compile(r"[-－—/／\d][\d.,．，]*[\u3400-\u9fff]{0,2}|无")


def join_lone_bars(lines: list[str]) -> None:
    """Put each bar behind its cell, one cell a line; lines joined to others become ``TAKEN``."""
    bars = [n for n, line in enumerate(lines) if line.strip() == _BAR]
    beside = sum(line.count(_BAR) for line in lines) - len(bars)
    if len(bars) < max(_LEAST if beside else _LEAST_ALONE, _MOST * beside):
        return
    runs: list[range] = []
    for bar in bars:
        if runs and not any(map(str.strip, lines[runs[-1].stop : bar])):
            runs[-1] = range(runs[-1].start, bar + 1)
        else:
            runs.append(range(bar, bar + 1))
    counts = [sum(lines[n].strip() == _BAR for n in run) for run in runs]
    framed = 2 * sum(count > 1 for count in counts) > len(counts)
    for run, count in zip(runs, counts, strict=True):
        # Behind the bars of the cells on both sides, those of blank cells.
        blank = max(count // 2 - 1, 0) if framed else count - 1
        for n in run:
            lines[n] = TAKEN
        lines[run.start : run.start + blank] = [_BAR] * blank
    ends = [*runs, range(len(lines), len(lines))]
    for (above, below), opened, closed in zip(
        pairwise(ends), counts, [*counts[1:], 0], strict=True
    ):
        texts = [n for n in range(above.stop, below.start) if lines[n].strip()]
        if framed:
            _join_framed(lines, texts, opened=opened > 1, closed=closed > 1)
        elif texts:
            _close_last(lines, texts, closed=closed > 0)
    above_all = [n for n in range(runs[0].start) if lines[n].strip()]
    if not framed and above_all:
        _close_last(lines, above_all[-1:], closed=True)


def _join_framed(lines: list[str], texts: Sequence[int], *, opened: bool, closed: bool) -> None:
    """Close a cell between bars; one that nothing closes ends its table."""
    if not texts or not (opened or closed):
        return
    ends = not closed or (opened and _VALUE.fullmatch(lines[texts[0]].strip()))
    own = texts[:1] if ends else texts
    if sum(len(lines[n]) for n in own) > _LONGEST:
        own = texts[:1] if opened else texts[-1:]
    lines[own[0]] = " ".join(lines[n].strip() for n in own) + f" {_BAR}"
    for n in own[1:]:
        lines[n] = TAKEN


def _close_last(lines: list[str], texts: Sequence[int], *, closed: bool) -> None:
    """Close the cell above a bar, and the value that ends the table above other lines."""
    own = texts[-1:] if closed else []
    if len(texts) > len(own) and _VALUE.fullmatch(lines[texts[0]].strip()):
        own = [texts[0], *own]
    for n in own:
        lines[n] = f"{lines[n].rstrip()} {_BAR}"

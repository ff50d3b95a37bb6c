"""The part of a page that its own headings give to the tables, where others are printed, too."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.reading.document import Grid, Paragraph, Place
from gongkai.tables.headings import LONGEST_HEADING
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block

_KEY_OF = {text: key for key, texts in SECTION_HEADINGS.items() for text in texts}
#: The headings above the three tables, and the one behind them.
_ABOVE = ("proactive", "requests", "disputes")
_BEHIND = "problems"
_NOTHING = Paragraph("", Place())


def own_part(blocks: Sequence[Block]) -> list[Block] | None:
    """Return the blocks with nothing but what stands between the headings of the tables' sections.

    Those are taken that come first with a table below each of them; ``None`` without any. Blocks
    keep their indices.
    """
    marks = [(i, key) for i, block in enumerate(blocks) if (key := _heading(block))]
    for n in range(len(marks) - len(_ABOVE)):
        starts = [i for i, _ in marks[n : n + len(_ABOVE) + 1]]
        keys = tuple(key for _, key in marks[n : n + len(_ABOVE) + 1])
        if keys != (*_ABOVE, _BEHIND):
            continue
        if all(
            any(isinstance(b, Grid) for b in blocks[low:high]) for low, high in pairwise(starts)
        ):
            inside = range(starts[0], starts[-1])
            return [b if i in inside else _NOTHING for i, b in enumerate(blocks)]
    return None


def _heading(block: Block) -> str | None:
    if not isinstance(block, Paragraph) or len(block.text) > LONGEST_HEADING:
        return None
    return _KEY_OF.get(normalise(block.text))

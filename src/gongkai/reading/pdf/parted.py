"""Whether the rules of a table part its rows, or its columns alone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import GridCell

#: More rows than these were parted by rules.
_FEW_ROWS = 3
#: Five numbers side by side, or those of eight rows.
_ROWS = re.compile(r"^\d[\d,.]*(?:(?: \d[\d,.]*){4}|(?:\n\d[\d,.]*){7})", re.MULTILINE)


def holds_rows(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether a cell holds rows of numbers, for the rules part columns alone."""
    if len(rows) > _FEW_ROWS:
        return False
    return any(_ROWS.search(cell.text) for row in rows for cell in row)

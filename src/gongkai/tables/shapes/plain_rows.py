"""The rows of a grid that print the form plainly: to tell a table that is printed twice."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, DISPUTE_CELLS
from gongkai.form.labels import (
    GROUP_LABELS,
    PROACTIVE_HEADER_WORD,
    REQUEST_LABELS,
    WEAK_LABELS,
    spellings,
)
from gongkai.reading.document import Grid
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.statutory.dispute_heads import COLUMN_NUMBERS, LEAVES
from gongkai.tables.statutory.proactive_forms import (
    PROACTIVE_COLUMNS,
    PROACTIVE_KEYS,
    PROACTIVE_PATHS,
    form_of_words,
)
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from decimal import Decimal

    from gongkai.form import FormYear
    from gongkai.reading.document import Block, GridCell
    from gongkai.tables.numbers import CellText
    from gongkai.tables.stream import Token

    #: A row's numbers, ``None`` for a blank or a nil mark; fewer where its shape does not tell.
    Numbers = list[Decimal | None]

#: Rows whose label stands in the first cell of its own row, in any layout.
_REQUEST_ROWS = {
    text: tuple(f"{key}.{column}" for column in APPLICANTS)
    for key in ("requests.received", "requests.carried_in", "requests.carried_out")
    for text in REQUEST_LABELS[key]
}
#: Rows of table two by form and label.
_PROACTIVE_ROWS = {
    form: {
        text: PROACTIVE_PATHS[form][key] for text, key in PROACTIVE_KEYS.items() if key in columns
    }
    for form, columns in PROACTIVE_COLUMNS.items()
}
#: What a row holds that opens cells or heads them.
_WORDS = frozenset((PROACTIVE_HEADER_WORD, *LEAVES, *PROACTIVE_KEYS, *_REQUEST_ROWS))
_text_of = itemgetter(0)
#: Labels of table three that nothing else prints.
REASONS = frozenset(spellings(REQUEST_LABELS)) - WEAK_LABELS
_LEAST_ROWS = 10
#: Labels stand in so many cells that open a row, or in so many rows above the columns.
_OPENING = 3
#: A head of table four prints at least so many results.
_LEAST_LEAVES = 5
#: A head of table two has at most four cells; a row at most fifteen, with padding and its label.
_HEAD_TWO = 4
_LONGEST_ROW = 18
#: A portal adds so many columns to tables three and four, at the most.
_MOST_ADDED = 2


def is_request_table(grid: Grid, below: Block | None = None) -> bool:
    """Tell whether a grid prints as many rows of table three as no comparison of years does.

    Args:
        grid: the grid.
        below: what follows it; a head may be a table of its own.
    """
    held = len(grid.rows)
    if held <= _OPENING and isinstance(below, Grid):
        held += len(below.rows)
    if held < len(APPLICANTS):
        return False
    if len(grid.rows) >= _LEAST_ROWS and _has_labels(row[:_OPENING] for row in grid.rows):
        return True
    # A table that is turned has them above its columns.
    above = grid.rows[:_OPENING]
    return any(len(row) >= _LEAST_ROWS for row in above) and _has_labels(above)


def _has_labels(rows: Iterable[Sequence[GridCell]]) -> bool:
    labels = {normalise(cell.text) for row in rows for cell in row}
    # A label may have its group's in front of it.
    bare = {text.removeprefix(group) for group in GROUP_LABELS for text in labels}
    return len(bare & REASONS) >= _LEAST_ROWS


def rows_of(
    grid: Grid, form: FormYear | None = None
) -> Iterator[tuple[int, tuple[str, ...], Numbers]]:
    """Yield a grid's plain rows: number of the row, paths of its cells, and their numbers.

    Args:
        grid: the grid.
        form: of rows of table two above which it has no head.
    """
    results = 0
    for number, row in enumerate(grid.rows):
        texts = list(map(_text_of, row))
        norms = list(map(normalise, texts))
        paths: tuple[str, ...] = ()
        first = 0
        if not _WORDS.isdisjoint(norms):
            # The name of a group may stand in front of a label.
            first = next(n for n, norm in enumerate(norms) if norm in _WORDS)
            norm = norms[first]
            if norm == PROACTIVE_HEADER_WORD:
                form = form_of_words("".join(norms))
            results += sum(map(LEAVES.__contains__, norms))
            paths = _paths(norm, form)
        if results >= _LEAST_LEAVES and len(row) >= len(DISPUTE_CELLS):
            paths, first = DISPUTE_CELLS, -1
        if paths:
            numbers = _numbers(list(map(read_cell, texts[first + 1 :])), len(paths))
            if numbers is not None:
                yield number, paths, numbers


def rows_among(tokens: Sequence[Token]) -> Iterator[tuple[Token, tuple[str, ...], Numbers]]:
    """Yield the plain rows that stand in lines of text: label or last header, paths, numbers."""
    form: FormYear | None = None
    results = 0
    for index, token in enumerate(tokens):
        norm = token.norm
        if not norm or token.grid is not None:
            continue
        if norm.startswith(PROACTIVE_HEADER_WORD):
            form = form_of_words("".join(t.norm for t in tokens[index : index + _HEAD_TWO]))
        results += norm in LEAVES
        paths = _paths(norm, form)
        if norm in LEAVES and results >= _LEAST_LEAVES:
            paths = DISPUTE_CELLS
        if not paths:
            continue
        below = tokens[index + 1 : index + _LONGEST_ROW]
        if below and not below[0].is_value and len(below[0].norm) == 1:
            below = below[1:]  # the unit of its numbers: 件
        cells = []
        for value in below:
            if not value.is_value or (token.width > 1 and value.row != below[0].row):
                break
            cells.append(value.cell)
        if cells and (numbers := _numbers(cells, len(paths))) is not None:
            yield token, paths, numbers


def _paths(norm: str, form: FormYear | None) -> tuple[str, ...]:
    """Return the cells of the row that a label opens."""
    if norm in PROACTIVE_KEYS and form is not None:
        return _PROACTIVE_ROWS[form].get(norm, ())
    return _REQUEST_ROWS.get(norm, ())


def _numbers(cells: Sequence[CellText], width: int) -> Numbers | None:
    """Return a row's numbers, ``None`` for a blank; nothing where the row is not plain.

    A row with covered cells or padding comes with its numbers alone: which of its blanks are cells
    of the form is not told. Nor is which of its numbers are, where a portal adds one or two.
    """
    if len(cells) < width or any(cell.unit or cell.state is State.TEXT for cell in cells):
        return None
    values = [cell.value for cell in cells]
    if len(cells) != width:
        values = [value for value in values if value is not None]
        if len(values) > width + (_MOST_ADDED if width > _HEAD_TWO else 0):
            return None
    if width == len(DISPUTE_CELLS) and values == COLUMN_NUMBERS:
        return None
    return values if any(cell.state is not State.BLANK for cell in cells) else None

"""The rows of a grid that print the form plainly: to tell a table that is printed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, DISPUTE_CELLS
from gongkai.form.labels import (
    DISPUTE_HEADERS,
    PROACTIVE_HEADER_WORD,
    REQUEST_LABELS,
)
from gongkai.tables.numbers import read_cell
from gongkai.tables.proactive import PROACTIVE_COLUMNS, PROACTIVE_KEYS, PROACTIVE_ROOT
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from gongkai.form import FormYear
    from gongkai.reading.document import Grid, GridCell

#: Rows whose label stands in the first cell of its own row, in any layout.
_REQUEST_ROWS = {
    text: tuple(f"{key}.{column}" for column in APPLICANTS)
    for key in ("requests.received", "requests.carried_in", "requests.carried_out")
    for text in REQUEST_LABELS[key]
}
_RESULTS = frozenset(DISPUTE_HEADERS[4:])
#: A head of table four prints at least so many results.
_LEAST_RESULTS = 5


def rows_of(grid: Grid) -> Iterator[tuple[int, tuple[str, ...], list[Decimal]]]:
    """Yield a grid's plain rows: number of the row, paths of its cells, and their numbers."""
    form: FormYear | None = None
    results = 0
    for number, row in enumerate(grid.rows):
        norm = normalise(row[0].text) if row else ""
        if norm == PROACTIVE_HEADER_WORD:
            form = _form_of(row)
        results += sum(normalise(cell.text) in _RESULTS for cell in row)
        paths = _REQUEST_ROWS.get(norm, ())
        if norm in PROACTIVE_KEYS and form is not None:
            key = PROACTIVE_KEYS[norm]
            columns = PROACTIVE_COLUMNS[form].get(key, ())
            paths = tuple(f"{PROACTIVE_ROOT[form]}.{key}.{column}" for column in columns)
        elif not norm and results >= _LEAST_RESULTS and len(row) == len(DISPUTE_CELLS):
            paths = DISPUTE_CELLS
        if not paths or paths[-1].endswith("amount"):
            continue  # amounts may be printed in other units
        read = [read_cell(cell.text) for cell in (row[1:] if norm else row)]
        printed = [one.value for one in read if one.value is not None and not one.unit]
        if len(printed) == len(paths):
            yield number, paths, printed


def _form_of(head: Sequence[GridCell]) -> FormYear | None:
    """Return the form that a head of table two is of, by a word that only one prints."""
    words = "".join(normalise(cell.text) for cell in head)
    if any(word in words for word in ("制发", "废止", "本年处理决定", "本年收费")):
        return "2021"
    return "2019" if any(word in words for word in ("新制作", "上一年", "采购")) else None

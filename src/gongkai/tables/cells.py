"""All statutory cells of a document, however its tables had to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.form.labels import REQUEST_LABELS
from gongkai.model import Finding
from gongkai.reading.document import Grid
from gongkai.tables.assemble import Cells
from gongkai.tables.clean import read_clean
from gongkai.tables.locate import read_tables
from gongkai.tables.numbers import read_cell
from gongkai.tables.reshape import reshaped
from gongkai.tables.sections import blocks_of
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from gongkai.model import ReportForm
    from gongkai.reading.document import Block
    from gongkai.tables.sections import Zone
    from gongkai.tables.stream import Token

    #: Grids that hold tables two, three and four, where a layout says so.
    Given = tuple[Sequence[Grid] | None, Sequence[Grid] | None, Sequence[Grid] | None]


#: Rows whose label stands in the first cell of its own row, in any layout.
_REQUEST_ROWS = {
    text: key
    for key in ("requests.received", "requests.carried_in", "requests.carried_out")
    for text in REQUEST_LABELS[key]
}


@dataclass(slots=True)
class Found:
    """The cells of a document and what was met on the way.

    Attributes:
        cells: values and states.
        zones: the blocks that hold each table, by section.
        form: the form of the labels.
        tokens: makes the token of each printed cell.
        findings: what the reading has to say.
        garbled: rows whose label was matched by similarity only.
        cut_short: a table begins and none ends the document's tables.
    """

    cells: Cells
    zones: dict[str, Zone]
    form: ReportForm | None
    tokens: Callable[[], Mapping[str, Token]]
    findings: list[Finding] = field(default_factory=list)
    garbled: list[str] = field(default_factory=list)
    cut_short: bool = False

    @property
    def whole(self) -> bool:
        """Whether every table and every row was found."""
        return not any(f.rule in ("S.TABLES", "E.UNMAPPED") for f in self.findings)


def read_cells(blocks: Sequence[Block], given: Given = (None, None, None)) -> Found | None:
    """Read every statutory cell; ``None`` where the document holds none of the tables."""
    cells = Cells()
    clean = read_clean(blocks) if given == (None, None, None) else None
    if clean is not None:
        for row in clean.rows:
            cells.values.update(zip(row.paths, row.numbers, strict=True))
        others = _printed_again(blocks, clean.zones, cells.values)
        return Found(cells, clean.zones, clean.form, clean.tokens, others)
    tables = read_tables(reshaped(blocks), *given)
    if tables.empty:
        return None
    for name, table in tables.found():
        cells.add_table(table, name)
    states = cells.states
    seen = {*cells.values, *states.blank, *states.unreadable, *states.absent}
    states.absent += [path for path in tables.expected() if path not in seen]
    return Found(
        cells,
        tables.zones,
        tables.form,
        cells.tokens.copy,
        cells.findings + tables.findings() + _printed_again(blocks, tables.zones, cells.values),
        tables.garbled,
        tables.cut_short,
    )


def _printed_again(
    blocks: Sequence[Block], zones: Mapping[str, Zone], values: Mapping[str, int | Decimal]
) -> list[Finding]:
    """Find a second table three with other numbers: a page may hold several reports."""
    inside = blocks_of(zones)
    for index, block in enumerate(blocks):
        if index in inside or not isinstance(block, Grid):
            continue
        for number, row in enumerate(block.rows):
            key = _REQUEST_ROWS.get(normalise(row[0].text)) if len(row) > len(APPLICANTS) else None
            if key is None:
                continue
            printed = [read_cell(cell.text).value for cell in row[1:]]
            again = [value for value in printed if value is not None]
            if len(again) == len(APPLICANTS) and again != [
                values.get(f"{key}.{column}") for column in APPLICANTS
            ]:
                return [_second(key, str(block.at(number, 0)))]
    return []


def _second(key: str, place: str) -> Finding:
    return Finding(
        rule="S.TWICE",
        severity="critical",
        responsibility="source",
        message="页面另有一张表三，数字不同：可能含有另一份报告",
        message_en="another table three with other numbers is printed: perhaps a second report",
        cells=[f"{key}.{column}" for column in APPLICANTS],
        places=[place],
    )

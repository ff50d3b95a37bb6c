"""All statutory cells of a document, however its tables had to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.tables.assemble import Cells
from gongkai.tables.clean import read_clean
from gongkai.tables.locate import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gongkai.model import Finding, ReportForm
    from gongkai.reading.document import Block, Grid
    from gongkai.tables.sections import Zone
    from gongkai.tables.stream import Token

    #: Grids that hold tables two, three and four, where a layout says so.
    Given = tuple[Sequence[Grid] | None, Sequence[Grid] | None, Sequence[Grid] | None]


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


def read_cells(blocks: Sequence[Block], given: Given = (None, None, None)) -> Found | None:
    """Read every statutory cell; ``None`` where the document holds none of the tables."""
    cells = Cells()
    clean = read_clean(blocks) if given == (None, None, None) else None
    if clean is not None:
        cells.add_clean(clean)
        return Found(cells, clean.zones, clean.form, clean.tokens)
    tables = read_tables(blocks, *given)
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
        cells.findings + tables.findings(),
        tables.garbled,
        tables.cut_short,
    )

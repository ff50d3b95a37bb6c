"""The three tables of a document: found, read, and checked for being whole."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, CELLS, cells_of, request_rows
from gongkai.model import Finding
from gongkai.tables.narrative.sections import Zone
from gongkai.tables.rows.placing import ANY, raster_of
from gongkai.tables.rows.spots import Head
from gongkai.tables.statutory.disputes import read_disputes
from gongkai.tables.statutory.proactive import read_proactive
from gongkai.tables.statutory.requests import COLUMN_NAMES, read_requests
from gongkai.tables.stream import tokenise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gongkai.model import ReportForm
    from gongkai.reading.document import Block, Grid
    from gongkai.tables.rows.placing import Raster
    from gongkai.tables.stream import Token
    from gongkai.tables.table import TableReading

_SECTION_OF = {"二": "proactive", "三": "requests", "四": "disputes"}


@dataclass(slots=True)
class Tables:
    """The tables of a document.

    Attributes:
        two: table two, if found.
        three: table three, if found.
        four: table four, if found.
        zones: the blocks that hold them, by section.
        tokens: the document as it was read.
    """

    two: TableReading | None
    three: TableReading | None
    four: TableReading | None
    zones: dict[str, Zone]
    tokens: Sequence[Token] = ()

    @property
    def empty(self) -> bool:
        """Whether none was found."""
        return not any(self.found())

    @property
    def _named(self) -> tuple[tuple[str, TableReading | None], ...]:
        return ("二", self.two), ("三", self.three), ("四", self.four)

    def found(self) -> Iterator[tuple[str, TableReading]]:
        """Yield the tables found, with their names."""
        return ((name, table) for name, table in self._named if table is not None)

    @property
    def form(self) -> ReportForm | None:
        """The form that the labels are of, block by block; ``hybrid`` where they differ."""
        two = self.two.form if self.two else None
        three = self.three.form if self.three else None
        if two is None or three is None:
            # Table three alone tells the forms apart by its （六） only, and only once it is there.
            return two or (three if self.three and self.three.complete else None)
        if two == three or (self.three and not self.three.complete):
            return two
        return "hybrid"

    @property
    def cut_short(self) -> bool:
        """Whether the source may end inside its tables: one begins, and none ends it."""
        last = max((table for _, table in self.found()), key=lambda table: table.start)
        return self.four is None or not self.four.complete or not last.complete

    @property
    def garbled(self) -> list[str]:
        """Rows whose labels were matched by similarity only."""
        return [key for _, table in self.found() for key in table.garbled]

    def expected(self) -> tuple[str, ...]:
        """Return the paths of all cells that the report's form prints."""
        two = self.two.form if self.two else self.form
        rows = {paths[0].rpartition(".")[0] for paths in self.two.paths} if self.two else ()
        undivided = self.three is not None and self.three.form == "2019"
        return _expected(frozenset(rows), old=two == "2019", undivided=undivided)

    def findings(self) -> list[Finding]:
        """Say which tables and rows were not found, and which labels were garbled."""
        said: list[Finding] = []
        for name, table in self._named:
            if table is None:
                said.append(
                    Finding(
                        rule="S.TABLES",
                        severity="critical",
                        responsibility="unknown",
                        message=f"未找到表{name}",
                        message_en=f"table {name} was not found",
                    )
                )
                continue
            if table.missing:
                said.append(_missing(name, table, self.expected()))
            if table.left_out:
                said.append(_left_out(name, table))
        return said


@lru_cache(maxsize=64)
def _expected(rows: frozenset[str], *, old: bool, undivided: bool) -> tuple[str, ...]:
    """Return the cells of a form, old or new; ``rows`` are the rows that table two prints."""
    paths = []
    for cell in cells_of("2019" if old else "2021"):
        if cell.table != "二":
            continue
        # A hybrid prints some rows with the other form's columns.
        if not old and cell.row_path.replace("proactive.", "proactive_2019.") in rows:
            continue
        paths.append(cell.path)
    for row in request_rows("2019" if undivided else "2021"):
        paths += [f"{row}.{column}" for column in APPLICANTS]
    return (*paths, *(path for path, cell in CELLS.items() if cell.table == "四"))


def _missing(name: str, table: TableReading, expected: Sequence[str]) -> Finding:
    rows = {root + key for key in table.missing for root in ("", "proactive.", "proactive_2019.")}
    labels = [
        next((c.row for c in CELLS.values() if c.row_path.endswith(k)), k)
        for k in table.missing[:3]
    ]
    return Finding(
        rule="E.UNMAPPED",
        severity="critical",
        responsibility="unknown",
        message=f"表{name}缺少{len(table.missing)}行的标签：{'、'.join(labels)}",
        message_en=(
            f"table {name}: {len(table.missing)} row labels were not found: "
            f"{', '.join(table.missing[:3])}"
        ),
        cells=[path for path in expected if path.rpartition(".")[0] in rows],
    )


def _left_out(name: str, table: TableReading) -> Finding:
    paths = [
        path for row in table.paths for path in row if path.rpartition(".")[2] in table.left_out
    ]
    names = dict.fromkeys(CELLS[path].column for path in paths)
    return Finding(
        rule="E.UNMAPPED",
        severity="critical",
        responsibility="source",
        message=f"表{name}没有印{'、'.join(names)}一列",
        message_en=f"table {name} does not print the columns {', '.join(table.left_out)}",
        cells=paths,
    )


def read_tables(
    blocks: Sequence[Block],
    two: Sequence[Grid] | None = None,
    three: Sequence[Grid] | None = None,
    four: Sequence[Grid] | None = None,
) -> Tables:
    """Find and read the tables.

    Args:
        blocks: the document's blocks.
        two: grids that hold table two, where a layout says so; otherwise it is found.
        three: the same for table three.
        four: the same for table four.
    """
    starts: list[int] = []
    tokens = tokenise(blocks, starts)
    found_three = read_requests(tokens)
    low = found_three.start if found_three else len(tokens)
    beside = found_three is not None and found_three.beside
    raster = cache(lambda: _raster_of(found_three))
    found_two = read_proactive(tokens[:low], beside=beside, aligned=raster)
    after = found_three.end if found_three else (found_two.end if found_two else 0)
    if found_two is None and found_three is not None:
        found_two = _shifted(read_proactive(tokens[after:], beside=beside, aligned=raster), after)
    found_four = _disputes_among(tokens, (after, low), found_two, raster)
    zones = {
        _SECTION_OF[name]: _zone(table, starts)
        for name, table in (("二", found_two), ("三", found_three), ("四", found_four))
        if table is not None
    }
    for table in (found_two, found_three, found_four):
        if table is not None and table.end == len(tokens):
            _leave_unopened(table)
    if two is not None:
        found_two = read_proactive(tokenise(two))
    if three is not None:
        found_three = read_requests(tokenise(three))
    if four is not None:
        found_four = read_disputes(tokenise(four))
    return Tables(found_two, found_three, found_four, zones, tokens)


def _leave_unopened(table: TableReading) -> None:
    """Take away the last row of a table with which a source ends: its label, and nothing more.

    Nothing tells that its cells are blank: they are not there.
    """
    if table.rows and not (table.rows[-1].tokens or table.rows[-1].given_up):
        table.missing.append(table.rows.pop().key)
        table.paths.pop()


def _raster_of(three: TableReading | None) -> Raster:
    """Return how the lines of a text are aligned, as table three shows it."""
    return ANY if three is None else raster_of(three.rows, Head(three.head, COLUMN_NAMES))


def _disputes_among(
    tokens: Sequence[Token],
    three: tuple[int, int],
    two: TableReading | None,
    raster: Callable[[], Raster],
) -> TableReading | None:
    """Read table four behind table three; where none is whole there, before it, around table two.

    Args:
        tokens: the stream.
        three: where table three ends in it, or table two where there is no other; and where it
            begins.
        two: table two.
        raster: gives how the lines are aligned.
    """
    after, low = three
    found = _shifted(read_disputes(tokens[after:], raster), after)
    if found is not None and found.complete:
        return found
    start, end = (two.start, two.end) if two is not None and two.end <= low else (0, 0)
    for first, last in ((end, low), (0, start)):
        before = (
            _shifted(read_disputes(tokens[first:last], raster), first) if last <= after else None
        )
        if before is not None and (before.complete or found is None):
            found = before
        if found is not None and found.complete:
            break
    return found


def _shifted(table: TableReading | None, by: int) -> TableReading | None:
    if table is not None:
        table.start += by
        table.end += by
    return table


def _zone(table: TableReading, starts: Sequence[int]) -> Zone:
    """Return the blocks whose tokens lie in the table."""
    first = max(0, bisect_left(starts, table.start + 1) - 1)
    return Zone(first, max(first + 1, bisect_left(starts, table.end)))

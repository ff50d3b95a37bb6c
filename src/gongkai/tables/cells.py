"""All statutory cells of a document, however its tables had to be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from gongkai.form import CELLS
from gongkai.model import Finding
from gongkai.reading.document import Grid, Paragraph
from gongkai.tables.assemble import Cells
from gongkai.tables.clean import read_clean
from gongkai.tables.locate import read_tables
from gongkai.tables.narrative.sections import blocks_of
from gongkai.tables.shapes.halves import join_halves
from gongkai.tables.shapes.own_part import (
    contradicted,
    doubtful,
    of_other_years,
    part_of_year,
    parts_of,
    title_above,
    title_between,
)
from gongkai.tables.shapes.parted import join_parted, widened
from gongkai.tables.shapes.plain_rows import is_request_table, rows_among, rows_of
from gongkai.tables.shapes.reshape import reshaped
from gongkai.tables.shapes.sides import one_side
from gongkai.tables.stream import tokenise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.model import ReportForm
    from gongkai.reading.document import Block
    from gongkai.tables.narrative.sections import Zone
    from gongkai.tables.shapes.plain_rows import Numbers
    from gongkai.tables.shapes.sides import Sides
    from gongkai.tables.stream import Token

    #: Grids that hold tables two, three and four, where a layout says so.
    Given = tuple[Sequence[Grid] | None, Sequence[Grid] | None, Sequence[Grid] | None]

#: A row that no narrative spells like that, but where it quotes the form.
_ROW = "本年新收政府信息公开申请数量"
_LONGEST_LINE = 120
#: No table that a plugin found.
_NONE_GIVEN: Given = (None, None, None)
#: What says that a table is not the report's, or not the only one.
_SEVERAL = frozenset(("S.TWICE", "S.YEAR"))
#: Rows of no other statistics; so many of them are an excerpt of the form.
_OWN = tuple(f"requests.outcome.{group}." for group in ("denied", "unavailable", "not_processed"))
_LEAST_OWN = 3


@dataclass(slots=True)
class Found:
    """The cells of a document and what was met on the way.

    Attributes:
        cells: values and states.
        zones: the blocks that hold each table, by section.
        form: the form of the labels.
        findings: what the reading has to say.
        garbled: rows whose label was matched by similarity only.
        cut_short: a table begins and none ends the document's tables.
        clean: the tables stand in it as the form prints them.
    """

    cells: Cells
    zones: dict[str, Zone]
    form: ReportForm | None
    findings: list[Finding] = field(default_factory=list)
    garbled: list[str] = field(default_factory=list)
    cut_short: bool = False
    clean: bool = False

    @property
    def whole(self) -> bool:
        """Whether every table and every row was found."""
        return not any(f.rule in ("S.TABLES", "E.UNMAPPED") for f in self.findings)

    @property
    def holds_outcomes(self) -> bool:
        """Whether several rows were read that no other table has: what became of requests."""
        rows = {path.rpartition(".")[0] for path in self.cells.tokens if path.startswith(_OWN)}
        return len(rows) >= _LEAST_OWN


def read_cells(blocks: Sequence[Block], given: Given = _NONE_GIVEN) -> Found | None:
    """Read every statutory cell; ``None`` where the document holds none of the tables.

    Where a table is printed twice, the one that the sections' own headings hold is read, or the one
    of the title's year. Where nothing tells which of two that stand together is the report's, their
    cells stay null. Where a grid prints a table for two years side by side, the same holds.
    """
    found = _read(blocks, given)
    if found is None or given != _NONE_GIVEN:
        return found
    if not found.clean and (sides := one_side(blocks)) is not None:
        return _of_one_side(sides)
    twice = [finding for finding in found.findings if finding.rule == "S.TWICE"]
    if not twice and any(finding.rule == "S.YEAR" for finding in found.findings):
        return _of_own_year(blocks, found)
    for part in parts_of(blocks) if twice else ():
        again = _read(part, given)
        if again is None or not (again.whole or _elsewhere(found, again, blocks, part)):
            continue
        found = again
        if all(finding.rule != "S.TWICE" for finding in again.findings):
            found.findings += twice
            return found
    sections = doubtful(blocks, found.zones) if twice else ()
    held = _withheld(found.cells, *chain.from_iterable(map(_roots, sections)))
    if twice and not held:
        held = _withheld(found.cells, *contradicted(blocks, found.zones))
    if held:
        found.findings = [f for f in found.findings if f.rule != "S.TWICE"]
        found.findings.append(_undecided(held, twice[0].places))
    return found


def _of_own_year(blocks: Sequence[Block], found: Found) -> Found:
    """Return what is read without the tables of other years, where the others are as many."""
    part = part_of_year(blocks)
    again = None if part is None else _read(part, _NONE_GIVEN)
    if again is None or again.zones.keys() != found.zones.keys():
        return found
    return found if any(f.rule in _SEVERAL for f in again.findings) else again


def _of_one_side(sides: Sides) -> Found | None:
    """Read one side of the grids that hold tables twice."""
    found = read_cells(sides.blocks)
    sections = sides.undecided if found is not None else ()
    if found and (held := _withheld(found.cells, *chain.from_iterable(map(_roots, sections)))):
        found.findings.append(_undecided(held, sides.places))
    return found


def _elsewhere(found: Found, again: Found, blocks: Sequence[Block], part: Sequence[Block]) -> bool:
    """Tell whether a table was read outside of the report's own part, which has one, too."""
    outside = {name for name, z in found.zones.items() if part[z.start] is not blocks[z.start]}
    return not outside.isdisjoint(again.zones)


def _read(blocks: Sequence[Block], given: Given) -> Found | None:
    clean = read_clean(blocks) if given == _NONE_GIVEN else None
    if clean is not None:
        cells = Cells(clean.values, clean.tokens)
        for path, text in clean.others:
            cells.add(CELLS[path], text)
        cells.findings += _printed_again(blocks, clean.zones, cells, _in_lines(blocks))
        cells.findings += _of_other_years(blocks, clean.zones)
        return Found(cells, clean.zones, clean.form, cells.findings, clean=True)
    joined, runs = join_parted(blocks)
    whole, zone = join_halves(reshaped(joined))
    tables = read_tables(whole, *given)
    if tables.empty:
        return None
    if zone is not None and "requests" in tables.zones:
        tables.zones["requests"] = zone
    if runs:
        tables.zones = {name: widened(own, runs) for name, own in tables.zones.items()}
    cells = Cells()
    for name, table in tables.found():
        cells.add_table(table, name)
    states = cells.states
    seen = {*cells.values, *states.blank, *states.unreadable, *states.absent}
    states.absent += [path for path in tables.expected() if path not in seen]
    return Found(
        cells,
        tables.zones,
        tables.form,
        cells.findings
        + tables.findings()
        + _printed_again(blocks, tables.zones, cells, tables.tokens, tables.form or "hybrid")
        + _of_other_years(blocks, tables.zones)
        + _of_another_title(blocks, tables.zones),
        tables.garbled,
        tables.cut_short,
    )


def _in_lines(blocks: Sequence[Block]) -> Sequence[Token]:
    """Return the tokens of the lines of a document, where one may be a row of the form."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    if not any(_ROW in line.text and len(line.text) < _LONGEST_LINE for line in lines):
        return ()
    return tokenise(lines)


def _printed_again(
    blocks: Sequence[Block],
    zones: Mapping[str, Zone],
    cells: Cells,
    tokens: Sequence[Token] = (),
    form: ReportForm | None = None,
) -> list[Finding]:
    """Find a second table with other numbers: a page may hold several reports.

    Args:
        blocks: the document's blocks.
        zones: those that hold the tables that were read.
        cells: what was read.
        tokens: the document's tokens, where its tables may stand in lines of text.
        form: that of these tables, which may hold a second one themselves, and whose heads may be
            tables of their own; ``None`` for clean ones.
    """
    first = blocks_of(zones)
    grids = [
        (i, b) for i, b in enumerate(blocks) if isinstance(b, Grid) and (form or i not in first)
    ]
    if not grids and not tokens:
        return []
    known = {*cells.values, *cells.states.blank}
    copies = []
    for index, block in grids:
        compared = False
        above = None if form == "hybrid" or index not in first else form
        for number, paths, row in rows_of(block, above):
            compared = True
            printed, again = _comparable(paths, cells, row)
            # In a table that was read, columns may have changed places, or been added.
            placed = len(again) == len(paths) and index not in first
            more = index in first or len(again) > len(paths)
            same = again == printed or (not placed and _holds(again, printed, more=more))
            # Numbers below a head that was read as empty are no columns that were added.
            same = same and not (len(again) == len(printed) and _only_one_holds(again, printed))
            if not same and known.issuperset(paths):
                return [_second(paths, str(block.at(number, 0)))]
        if compared and index not in first:
            copies.append(index)
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        if not compared and index not in first and is_request_table(block, below):
            return [_second((), str(block.place))]
    for token, paths, row in rows_among(tokens):
        printed, again = _comparable(paths, cells, row)
        same = again == printed or _holds(again, printed, more=len(again) > len(paths))
        if not same and known.issuperset(paths):
            return [_second(paths, str(token.place))]
    # Reports of zeros are alike, whoever's they are.
    title = title_above(blocks, copies[-1]) if copies else None
    return [] if title is None else [_second((), str(title.place))]


def _comparable(paths: Sequence[str], cells: Cells, row: Numbers) -> tuple[Numbers, Numbers]:
    """Return what was read of a row's cells, and what the row prints, to be compared.

    The unit of an amount is not told by its row: what is left are its digits.
    """
    printed = [None if (v := cells.values.get(path)) is None else Decimal(v) for path in paths]
    if not any(path.endswith(".amount") for path in paths):
        return printed, row
    return [_digits_of(v) for v in printed], [_digits_of(v) for v in row]


def _digits_of(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal((0, number.normalize().as_tuple().digits, 0))


def _only_one_holds(again: Numbers, printed: Numbers) -> bool:
    """Tell whether a row prints numbers and none was read."""
    return not any(n is not None for n in printed) and any(n is not None for n in again)


def _holds(again: Numbers, printed: Numbers, *, more: bool) -> bool:
    """Tell whether a row prints the numbers that were read, and others only if it may.

    Numbers that are torn over several cells are the same ones.
    """
    if _digits(again) == _digits(printed):
        return True
    counts = _counted(again)
    counts.subtract(_counted(printed))
    return all(count >= 0 if more else count == 0 for count in counts.values())


def _digits(numbers: Numbers) -> str:
    return "".join(str(number) for number in numbers if number is not None)


def _counted(numbers: Numbers) -> Counter[Decimal]:
    return Counter(number for number in numbers if number is not None)


def _of_other_years(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> list[Finding]:
    """Find tables that say of themselves that they are of another year than the report."""
    return [
        Finding(
            rule="S.YEAR",
            severity="critical",
            responsibility="source",
            message=f"表格标明为{year}年，与标题的年度不同：可能不是本报告的数字",
            message_en=f"the table says that it is of {year}, which is not the title's year",
            places=[str(blocks[zones[section].start].place)],
            actual=year,
        )
        for section, year in of_other_years(blocks, zones)
    ]


def _of_another_title(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> list[Finding]:
    """Find another report's title above the tables that were read."""
    title = title_between(blocks, zones)
    return [] if title is None else [_second((), str(title.place))]


def _second(paths: Sequence[str], place: str) -> Finding:
    return Finding(
        rule="S.TWICE",
        severity="critical",
        responsibility="source",
        message="页面另有一张同样的表，数字或标题不同：可能含有另一份报告",
        message_en="another such table is printed, with other numbers or title: perhaps a second "
        "report",
        cells=list(paths),
        places=[place],
    )


def _roots(section: str) -> tuple[str, str]:
    """Return what the paths of a section's cells begin with."""
    return f"{section}.", f"{section}_2019."


def _withheld(cells: Cells, *roots: str) -> list[str]:
    """Make the cells below some paths unreadable, and return those that held a number."""
    states = cells.states
    held = [path for path in cells.values if path.startswith(roots)]
    blank = [path for path in states.blank if path.startswith(roots)]
    states.blank = [path for path in states.blank if not path.startswith(roots)]
    states.inferred = [path for path in states.inferred if not path.startswith(roots)]
    states.raw |= {path: str(cells.values.pop(path)) for path in held}
    states.raw |= {path: states.marks.pop(path, "") for path in blank}
    states.unreadable += [*held, *blank]
    return held


def _undecided(paths: Sequence[str], places: Sequence[str]) -> Finding:
    return Finding(
        rule="S.TWICE",
        severity="critical",
        responsibility="source",
        message="两张同样的表并列而数字不同，无法确定哪一张属于本报告，留空",
        message_en="two such tables with other numbers stand together, and nothing tells which is "
        "the report's: their cells are null",
        cells=list(paths),
        places=list(places),
    )

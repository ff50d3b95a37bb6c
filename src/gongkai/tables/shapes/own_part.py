"""The part of a page that its own headings or years give to the tables, where others stand, too."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.form import DISPUTE_CELLS
from gongkai.form.labels import NOTE_WORD, SECTION_HEADINGS, keys_of
from gongkai.reading.document import Grid, Paragraph
from gongkai.tables.narrative.enumerators import LONGEST_HEADING
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.shapes.plain_rows import is_request_table, rows_of
from gongkai.tables.shapes.rearranged import NOTHING
from gongkai.tables.statutory.dispute_heads import LEAVES
from gongkai.tables.statutory.proactive_forms import PROACTIVE_KEYS
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gongkai.reading.document import Block
    from gongkai.tables.narrative.sections import Zone
    from gongkai.tables.shapes.plain_rows import Numbers

_KEY_OF = keys_of(SECTION_HEADINGS)
#: The headings above the three tables, and the one behind them.
_ABOVE = ("proactive", "requests", "disputes")
_BEHIND = "problems"
#: A year; that of a day or a month says when a report was written.
_YEAR = re.compile(r"20\d{2}(?=\s*年(?!\s*\d{1,2}\s*月))")
#: A title has such words; a caption is shorter than a sentence.
_TITLE = "年度报告"
_LONGEST_TITLE = 60
_NAMED_TITLE = re.compile(r"([^，。；]{2,30})(20\d{2})\s*年度?政府信息公开工作年度报告")
_LONGEST_CAPTION = 30
_CAPTION_LINES = 2
_SENTENCE = re.compile("[，。；]|截至|截止|结转")
#: What no row of the form has.
_SAYS = re.compile("[。：:]")
#: A table in lines has so many.
_LEAST_LINES = 15
#: A whole table two has so many of its rows.
_LEAST_ROWS = 4


def parts_of(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Yield the parts of a page that may hold its own tables alone, the likeliest first."""
    own, of_year = own_part(blocks), part_of_year(blocks)
    if own is not None:
        yield own
    if of_year is not None:
        yield of_year if own is None else _both(own, of_year)
    filled = filled_part(blocks)
    if filled is not None:
        yield filled


def _both(one: Sequence[Block], two: Sequence[Block]) -> list[Block]:
    return [a if a is b else NOTHING for a, b in zip(one, two, strict=True)]


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
        if all(_holds_table(blocks[low + 1 : high]) for low, high in pairwise(starts)):
            inside = range(starts[0], starts[-1])
            return [b if i in inside else NOTHING for i, b in enumerate(blocks)]
    return None


def filled_part(blocks: Sequence[Block]) -> list[Block] | None:
    """Return the blocks without empty tables that stand beside a filled one, as templates do.

    No heading, title or sentence stands between the two. ``None`` where no table is left out.
    Blocks keep their indices.
    """
    kept = list(blocks)
    for is_table in _TABLES.values():
        tables = [(i, b) for i, b in enumerate(blocks) if isinstance(b, Grid) and is_table(b)]
        for (low, one), (high, two) in pairwise(tables):
            between = blocks[low + 1 : high]
            if any(isinstance(b, Paragraph) and _parts_tables(b) for b in between):
                continue
            if bool(_numbers_of(one)) is not bool(_numbers_of(two)):
                kept[high if _numbers_of(one) else low] = NOTHING
    return kept if any(a is not b for a, b in zip(kept, blocks, strict=True)) else None


def _holds_table(blocks: Sequence[Block]) -> bool:
    """Tell whether a section has a table, or one whose cells are lines of their own."""
    short = [b for b in blocks if isinstance(b, Paragraph) and len(b.text) <= _LONGEST_CAPTION]
    return len(short) >= _LEAST_LINES or any(isinstance(b, Grid) for b in blocks)


def part_of_year(blocks: Sequence[Block]) -> list[Block] | None:
    """Return the blocks without the tables whose caption names another year than the title.

    A caption is a short line right above tables, or the only text of a table's first row; it is
    that of all tables that follow, of grids or of lines, up to a heading or a sentence. ``None``
    where no table is left out. Blocks keep their indices.
    """
    year = title_year(blocks)
    if year is None:
        return None
    kept: list[Block] = []
    named: str | None = None
    for block in blocks:
        if isinstance(block, Grid):
            named = only_year(_first_line(block)) or named
            kept.append(block if named in (None, year) else NOTHING)
        else:
            parts = _parts_tables(block) and not (named and _may_be_row(block))
            named = None if parts else only_year(block.text) or named
            kept.append(block if named in (None, year) else NOTHING)
    return kept if any(a is not b for a, b in zip(kept, blocks, strict=True)) else None


def title_year(blocks: Sequence[Block]) -> str | None:
    """Return the year that the first title names."""
    return next(_title_years(blocks), None)


def _title_years(blocks: Sequence[Block]) -> Iterator[str]:
    titles = (b.text for b in blocks if isinstance(b, Paragraph) and _TITLE in b.text)
    short = (t for t in titles if len(t) <= _LONGEST_TITLE and not _SENTENCE.search(t))
    return (year for t in short if (year := only_year(t)))


def of_other_years(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> Iterator[tuple[str, str]]:
    """Yield the sections whose table has a caption of another year than any title's, and that."""
    for section, zone in zones.items():
        named = _year_above(blocks, zone.start)
        if named is not None and (years := set(_title_years(blocks))) and named not in years:
            yield section, named


def title_between(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> Paragraph | None:
    """Return another report's title that stands between a report's last parts and a table.

    That table is the other report's, then. The same title may be printed twice.
    """
    last = max((zone.start for zone in zones.values()), default=0)
    return title_above(blocks, last)


def title_above(blocks: Sequence[Block], end: int) -> Paragraph | None:
    """Return another report's title that stands between a report's last parts and a block."""
    first: tuple[int, str, str] | None = None
    for index, block in enumerate(blocks[:end]):
        if isinstance(block, Grid) or _TITLE not in block.text:
            continue
        named = _NAMED_TITLE.fullmatch(block.text.strip())
        if named is None or len(block.text) > _LONGEST_TITLE:
            continue
        agency, year = normalise(named[1]), named[2]
        if first is None:
            first = index, agency, year
        elif year != first[2] or not _is_one(agency, first[1]):
            between = blocks[first[0] : index]
            return block if any(_heading(b) == _BEHIND for b in between) else None
    return None


def _is_one(one: str, two: str) -> bool:
    """Tell whether one name is the other, or the end of it: 司法局 of 某县司法局."""
    return one.endswith(two) or two.endswith(one)


def _year_above(blocks: Sequence[Block], start: int) -> str | None:
    """Return the year that the caption of a table names: its first row, or the lines above it."""
    table = blocks[start]
    if isinstance(table, Grid) and len(table.rows[0]) == 1:
        line = _first_line(table)
        if (year := only_year(line)) and not _SENTENCE.search(line):
            return year
    above = start - (start > 0 and _is_note(blocks[start - 1]))
    for index in range(above - 1, max(above - 1 - _CAPTION_LINES, -1), -1):
        block = blocks[index]
        if isinstance(block, Grid) or len(block.text) > _LONGEST_CAPTION:
            return None
        if "20" in block.text and (year := only_year(block.text)):
            ends = any(isinstance(b, Paragraph) and _parts_tables(b) for b in blocks[index:above])
            return None if ends or _SENTENCE.search(block.text) else year
    return None


def _is_note(block: Block) -> bool:
    """Tell whether a line is the form's own note above table three."""
    return isinstance(block, Paragraph) and NOTE_WORD in block.text


def _may_be_row(block: Paragraph) -> bool:
    """Tell whether a long line may be a table's own: a row with its label, or the form's note."""
    text = block.text
    sentence = _TITLE in text or _heading(block) is not None or _SAYS.search(text)
    return _is_note(block) or not sentence


def doubtful(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> Iterator[str]:
    """Yield the sections whose table stands beside another whole one, with other numbers.

    No heading, title or sentence stands between the two.
    """
    for section, zone in zones.items():
        is_table = _TABLES[section]
        own = _grids(blocks, zone)
        printed = [text for grid in own for text in _numbers_of(grid)]
        whole = [_numbers_of(grid) for grid in own if is_table(grid)]
        if any(numbers != whole[0] for numbers in whole) or _contradict(own):
            yield section
            continue
        for index, block in enumerate(blocks):
            if zone.start <= index < zone.end or not isinstance(block, Grid):
                continue
            between = blocks[zone.end : index] or blocks[index + 1 : zone.start]
            if any(isinstance(b, Paragraph) and _parts_tables(b) for b in between):
                continue
            if is_table(block) and _numbers_of(block) != printed:
                yield section
                break


def _contradict(grids: Sequence[Grid]) -> bool:
    """Tell whether rows of the form come twice, each of several or the only one, and differ."""
    found = _rows(grids)
    again = [rows for rows in found.values() if len(rows) > 1]
    return 2 * len(again) > len(found) and any(rows[0] != row for rows in again for row in rows)


def contradicted(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> Iterator[str]:
    """Yield the cells of rows that a section's tables print twice, with other numbers."""
    for zone in zones.values():
        for paths, rows in _rows(_grids(blocks, zone)).items():
            filled = [row for row in rows if any(number is not None for number in row)]
            if any(filled[0] != row for row in filled):
                yield from paths


def _grids(blocks: Sequence[Block], zone: Zone) -> list[Grid]:
    return [block for block in blocks[zone.start : zone.end] if isinstance(block, Grid)]


def _rows(grids: Sequence[Grid]) -> dict[tuple[str, ...], list[Numbers]]:
    """Return the numbers of each row of the form, for each time that it is printed."""
    found: dict[tuple[str, ...], list[Numbers]] = {}
    for grid in grids:
        for _, paths, numbers in rows_of(grid):
            found.setdefault(paths, []).append(numbers)
    return found


def _parts_tables(block: Paragraph) -> bool:
    text = block.text
    return len(text) > _LONGEST_CAPTION or _TITLE in text or _heading(block) is not None


def _numbers_of(grid: Grid) -> list[str]:
    texts = [text for row in grid.texts for text in row]
    return [text for text in texts if read_cell(text).state is not State.TEXT and text.strip()]


def _is_proactive(grid: Grid) -> bool:
    labels = {normalise(cell.text) for row in grid.rows for cell in row[:1]}
    return len(labels & PROACTIVE_KEYS.keys()) >= _LEAST_ROWS


def _is_disputes(grid: Grid) -> bool:
    texts = [normalise(cell.text) for row in grid.rows for cell in row]
    return sum(text in LEAVES for text in texts) >= len(DISPUTE_CELLS)


#: What tells a whole table of each section.
_TABLES = {"proactive": _is_proactive, "requests": is_request_table, "disputes": _is_disputes}


def only_year(text: str) -> str | None:
    """Return the year that a text names, if it names a single one."""
    years = set(_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def _first_line(grid: Grid) -> str:
    filled = [cell.text for row in grid.rows[:1] for cell in row if cell.text.strip()]
    return filled[0] if len(filled) == 1 and len(filled[0]) <= _LONGEST_CAPTION else ""


def _heading(block: Block) -> str | None:
    if not isinstance(block, Paragraph) or len(block.text) > LONGEST_HEADING:
        return None
    return _KEY_OF.get(normalise(block.text))

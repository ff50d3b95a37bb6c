"""Labelled metadata around a report: 索引号, 发布日期, 发布机构, … in tables, lists and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from gongkai.layouts.dates import is_date_line
from gongkai.layouts.labelled import (
    CELL_KEY,
    DAY_BEGINS,
    GLUED_KEY,
    LABEL,
    LINE_KEY,
    OTHER_KEY,
    RUN_ON,
)
from gongkai.layouts.labels import (
    COLON,
    COLONS,
    FIELD_OF,
    FIRSTS,
    QUALIFIED,
    bare_label,
    is_label,
    may_be_label,
)
from gongkai.layouts.naming import agency_alone, clean_agency
from gongkai.reading.document import Grid, Paragraph
from gongkai.reading.pictures import without_pictures
from gongkai.tables.text import squeeze
from gongkai.tables.words import BODIES, ZERO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gongkai.reading.document import Block, Place

#: What a labelled value has, and hardly a menu's line.
_SIGNS = re.compile(f"[{COLONS}】\\]]")
#: A value that cannot be the rest of a label's word, where the mark-up held the two apart.
_GLUED = {
    "index_number": re.compile(r"[0-9A-Za-z].{4,}"),
    "published_on": re.compile(
        rf"[（(\[]?20\d{{2}}\s*[-/.年—–].*|20\d{{6}}(?!\d).*|二{ZERO}..年.*"
    ),
    "document_number": re.compile(r".{1,12}[〔\[（(]20\d{2}.*号"),
    "publisher": re.compile(rf"[\u4e00-\u9fff（）()]{{2,30}}[{BODIES}][)）]?"),
}
#: The fields whose values are names of agencies.
_NAMING = ("agency", "publisher")
_TRUST = {label: number for number, label in enumerate(FIELD_OF)}
_LONGEST_VALUE = 60
_LEAST_COLUMN = 3
_LONGEST_LINE = 200
#: Longer ones are prose, or menus.
_LONGEST_LABELLED = 400
_VALUE_ENDS = re.compile(rf"\s{{2,}}|\||【|\n|\s(?=[\u4e00-\u9fff]{{2,8}}\s?{COLON.pattern})")
#: A day whose label runs on from a person's name: 责任编辑：张晓明时间：2024-01-12.
_PERSONS = frozenset(("责任编辑", "编辑", "审核", "作者"))
_PERSON_S_DAY = re.compile(rf"[\u4e00-\u9fff]{{2,3}}(时间|日期)\s*[:：]\s*({DAY_BEGINS}.*)")
#: The day of publication, without a label, behind a name.
_DAY_BEHIND = re.compile(rf"\s+[(（\[]?(?:20\d{{2}}\s?[-/.年]|二{ZERO}..年).*")
_GAPS = re.compile(r"[|｜\u3000]|\s{2,}")
#: What stands around a value: blanks of all widths, and what sets it off.
_AROUND = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + "|;；,，>】]/"
#: What stands where a value should: nothing, and the words of a site's own buttons and kinds.
_EMPTY = frozenset({"", "/", "-", "—", "--", "无", "暂无", "次", "原创", "分享", "分享到"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A metadata value as printed, with its label and place."""

    field: str
    label: str
    value: str
    place: Place


def find_pairs(blocks: Iterable[Block]) -> list[Pair]:
    """Return the labelled values in ``blocks``, in source order."""
    found: list[Pair] = []
    key: str | None = None
    glued: list[tuple[Pair, bool]] = []
    named: Pair | None = None
    blocks = list(blocks)
    for at, block in enumerate(blocks):
        if named is not None and _is_another(block, named):
            found.remove(named)
        named = None
        if isinstance(block, Grid):
            found += _in_grid(block)
            if at and isinstance(before := blocks[at - 1], Grid):
                found += _beside(before, block)
            key, glued = None, []
            continue
        is_key = is_label(block.text)
        if key is not None and not is_key:
            column = _column(blocks, at)
            alone = None if column else _below_key(key, block)
            named = alone if alone and alone.field in _NAMING else None
            found += column or filter(None, [alone])
        # A definition list prints the label and its value one after the other.
        key = bare_label(block.text) if is_key else None
        prose = is_key or len(block.text) > _LONGEST_LABELLED
        labelled = list(_in_line(block)) if not prose and _SIGNS.search(block.text) else []
        beside, glued = glued, []
        if not labelled and not is_key and may_be_label(block.text):
            glued = _glued(block)
            labelled = _taken(glued, beside)
        found += labelled
    return found


def _is_another(block: Block, named: Pair) -> bool:
    """Return whether a line below a name is another one: a menu's heading has more than one."""
    other = agency_alone(block.text) if isinstance(block, Paragraph) else None
    return other is not None and other != clean_agency(named.value)


def _column(blocks: Sequence[Block], at: int) -> list[Pair]:
    """Return the values of a column that begins at a line and whose labels stand all above it.

    Values of labels that stand one below the other are told from a text by their shapes.
    """
    first = at
    while first and isinstance(line := blocks[first - 1], Paragraph) and is_label(line.text):
        first -= 1
    keys = [line for line in blocks[first:at] if isinstance(line, Paragraph)]
    if len(keys) < _LEAST_COLUMN:
        return []
    below = (line for line in blocks[at : at + len(keys)] if isinstance(line, Paragraph))
    values = list(takewhile(lambda line: not is_label(line.text), below))
    texts = [v.text for v in values] if len(values) == len(keys) else []
    pairs = list(_paired([k.text for k in keys[: len(texts)]], texts, lambda n: values[n].place))
    shapes = [(_GLUED[pair.field], pair.value) for pair in pairs if pair.field in _GLUED]
    if shapes and all(shape.fullmatch(value) for shape, value in shapes):
        return pairs
    # Some are empty: which day is which cannot be told, but for the one below its own label.
    last, days = bare_label(keys[-1].text), [v for v in values if is_date_line(v.text)]
    if values[0] in days and FIELD_OF[last] == "published_on":
        return []
    return [Pair("other", last, day.text, day.place) for day in days]


def _below_key(key: str, paragraph: Paragraph) -> Pair | None:
    """Return the value of a label that stands on the line above, if the line is its value."""
    # A line with a label of its own is no value of the one before, which is empty.
    if OTHER_KEY.match(paragraph.text):
        return None
    name, value = FIELD_OF[key], _clean(paragraph.text)
    # Nor is what runs on from a label, or what stands behind an empty 文号 and is none.
    if any(sure for _, sure in _glued(paragraph)):
        return None
    if name == "document_number" and "号" not in value:
        return None
    if name in _NAMING and value.isascii():
        return None
    if value in _EMPTY or len(value) > _LONGEST_VALUE:
        return None
    return Pair(name, key, value, paragraph.place)


def pieces_beside_labels(text: str) -> list[str]:
    """Return what stands beside the labelled values of a line; nothing for a line without any.

    >>> pieces_beside_labels("2024-01-15 | 来源：县教育局 | 李四")
    ['2024-01-15 ', ' ', ' 李四']
    """
    if len(text) > _LONGEST_LINE or not LINE_KEY.search(text):
        return []
    pieces = _GAPS.split(text)
    return [piece[: key.start()] if (key := LINE_KEY.search(piece)) else piece for piece in pieces]


def trust(pair: Pair) -> int:
    """Return the place of a pair's label in the order of trust, the most trusted first."""
    return _TRUST[pair.label]


def _glued(paragraph: Paragraph) -> list[tuple[Pair, bool]]:
    """Return the values of a line that run on from their labels: 发布日期2024-01-12.

    With each comes whether it is sure. Words alone, as a publisher's name, may go on from the
    label's, unless a blank parts them or the line holds other values.
    """
    text = paragraph.text
    if len(text) > _LONGEST_LINE:
        return []
    found = []
    starts = [0, *(m.start() for m in RUN_ON.finditer(text, 1)), len(text)]
    for start, end in pairwise(starts):
        match = CELL_KEY.fullmatch(text, start, end)
        if match is None or len(match[2]) > _LONGEST_VALUE:
            break
        label = squeeze(match[1])
        name = FIELD_OF[label]
        shape = _GLUED.get(name)
        if shape is not None and shape.fullmatch(value := _clean(match[2])):
            apart = name != "publisher" or text[match.start(2) - 1].isspace()
            found.append((Pair(name, label, value, paragraph.place), apart))
    surely = any(sure for _, sure in found)
    return [(pair, surely) for pair, _ in found]


def _taken(glued: list[tuple[Pair, bool]], before: list[tuple[Pair, bool]]) -> list[Pair]:
    """Return the values to take from a line; names need a sure value in the line beside it."""
    pairs = [pair for pair, _ in glued]
    if any(sure for _, sure in glued):
        return [pair for pair, sure in before if not sure] + pairs
    return pairs if any(sure for _, sure in before) else []


def _clean(value: str) -> str:
    return without_pictures(value).lstrip(_AROUND + COLONS).rstrip(_AROUND + COLONS + "[【")


def _in_line(paragraph: Paragraph) -> Iterator[Pair]:
    text = paragraph.text
    match = LINE_KEY.search(text)
    glued = GLUED_KEY.search(text, match.end()) if match else None
    while match is not None:
        label = QUALIFIED.sub("", squeeze(match[match.lastindex or 1]))
        start = match.end()
        if glued and glued.start() < start:  # each search goes on to the line's end
            glued = GLUED_KEY.search(text, start)
        following = [m for m in (LINE_KEY.search(text, start), glued) if m]
        match = min(following, key=lambda m: m.start(), default=None)
        value = text[start : match.start() if match else len(text)]
        value = _clean(_VALUE_ENDS.split(value.strip(" \u3000\u00a0\t"), maxsplit=1)[0])
        if FIELD_OF[label] in _NAMING:
            value = _DAY_BEHIND.sub("", value)
        if label in _PERSONS and (day := _PERSON_S_DAY.fullmatch(value)):
            yield Pair("published_on", day[1], day[2], paragraph.place)
        if value not in _EMPTY:
            yield Pair(FIELD_OF[label], label, value, paragraph.place)


def _in_grid(grid: Grid) -> Iterator[Pair]:
    firsts = {cell.text.strip("*").lstrip()[:1] for row in grid.rows for cell in row}
    if FIRSTS.isdisjoint(firsts):
        return  # as in table four
    for r, row in enumerate(grid.rows):
        cells = [cell.text.strip("*") for cell in row]  # Markdown's bold
        if r and len(cells) == len(grid.rows[r - 1]):
            yield from _below(grid, r)
        c = len(cells) if r == 0 and _known_columns(grid) else 0
        while c < len(cells):
            match = CELL_KEY.fullmatch(cells[c]) if may_be_label(cells[c]) else None
            if match is None or len(cells[c]) > 200:  # noqa: PLR2004 - prose
                c += 1
                continue
            label, value = squeeze(match[1]), _clean(match[2])
            at = c
            if not value and c + 1 < len(cells) and not _has_key(cells[c + 1]):
                at, value = c + 1, _clean(cells[c + 1])
            set_off = _SIGNS.search(cells[c], match.end(1), match.start(2))
            apart = at > c or set_off or _is_no_word(FIELD_OF[label], value)
            if value not in _EMPTY and apart:
                yield Pair(FIELD_OF[label], label, value, grid.at(r, at))
            c = at + 1


def _has_key(text: str) -> bool:
    """Return whether a cell is a label, or begins with one, known or not."""
    return is_label(text) or OTHER_KEY.match(text) is not None


def _is_no_word(name: str, value: str) -> bool:
    """Return whether a value cannot be the rest of its label's word; a name can."""
    return name != "publisher" and name in _GLUED and bool(_GLUED[name].fullmatch(value))


def _below(grid: Grid, r: int) -> Iterator[Pair]:
    """Yield the values of a row whose labels stand in the row above it."""
    keys, values = ([cell.text for cell in row] for row in grid.rows[r - 1 : r + 1])
    if len(keys) == 1 and may_be_label(values[0]) and CELL_KEY.fullmatch(values[0]):
        return  # it has a label of its own
    chosen = _known_columns(grid) or range(len(keys))
    labels, texts = [keys[c] for c in chosen], [values[c] for c in chosen]
    yield from _paired(labels, texts, lambda n: grid.at(r, chosen[n]))


def _known_columns(grid: Grid) -> list[int]:
    """Return the columns with known labels of a row of labels above one of values.

    Others may be unknown, but not in a list of papers, which has more rows.
    """
    if len(grid.rows) != 2 or len(grid.rows[0]) != len(grid.rows[1]):  # noqa: PLR2004
        return []
    keys, values = ([cell.text for cell in row] for row in grid.rows)
    known = [c for c, key in enumerate(keys) if is_label(key)]
    labels = len(known) >= _LEAST_COLUMN and all(map(LABEL.fullmatch, keys))
    return known if labels and not any(map(is_label, values)) else []


def _beside(labels: Grid, values: Grid) -> Iterator[Pair]:
    """Yield the values of a table of one column whose labels stand in another one beside it."""
    rows = [*labels.rows, *values.rows]
    if len(labels.rows) != len(values.rows) or any(len(row) != 1 for row in rows):
        return
    keys, texts = ([row[0].text for row in grid.rows] for grid in (labels, values))
    yield from _paired(keys, texts, lambda r: values.at(r, 0))


def _paired(
    keys: Sequence[str], texts: Sequence[str], place_of: Callable[[int], Place]
) -> Iterator[Pair]:
    """Yield values by labels that stand together, apart from all values."""
    if not all(map(is_label, keys)) or any(map(is_label, texts)):
        return
    for number, (key, text) in enumerate(zip(keys, texts, strict=True)):
        label, value = bare_label(key), _clean(text)
        if value not in _EMPTY:
            yield Pair(FIELD_OF[label], label, value, place_of(number))

"""Labelled metadata around a report: 索引号, 发布日期, 发布机构, … in tables, lists and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.layouts.labels import KEYS
from gongkai.layouts.naming import agency_alone, clean_agency
from gongkai.reading.document import Grid, Paragraph
from gongkai.reading.pictures import without_pictures
from gongkai.tables.text import BODIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gongkai.reading.document import Block, Place

_FIELD_OF = {label: name for name, labels in KEYS.items() for label in labels}
#: Editors type signs that only look like a colon.
_COLONS = ":：\ufe30\u2236\ufe55"
_COLON = re.compile(f"[{_COLONS}]")
#: What a labelled value has, and hardly a menu's line.
_SIGNS = re.compile(f"[{_COLONS}】\\]]")
_SPACED = {label: r"[\s\u3000]*+".join(map(re.escape, label)) for label in _FIELD_OF}
_LONGEST_FIRST = sorted(_FIELD_OF, key=len, reverse=True)
#: No label is looked for where none begins, with what stands before it or without: a hundred take
#: time at each sign.
_FIRSTS = frozenset({label[0] for label in _FIELD_OF} | set("【[首初正文网原稿"))
_BEFORE = f"(?=[{re.escape(''.join(sorted(_FIRSTS)))}])"
_BEGIN = f"(?=[{''.join(sorted({label[0] for label in _FIELD_OF}))}])"
_ANY = f"{_BEGIN}(?:{'|'.join(_SPACED[label] for label in _LONGEST_FIRST)})"
_SHORTEST_RUN_ON = 3
#: What of, or when: 文章发布时间, 首次公开日期.
_WHICH = "(?:(?:首次|初次|正式|文章|网站|网上|原文|稿件)(?=发布|公开|刊发))?"
#: What a form says about a label: 填报单位（盖章）.
_NOTE = r"(?:[（(](?:盖章|公章|章|签章|全称)[)）])?"
#: A second name of a label: 发布日期/公开日期, 索引号/Index.
_OR = r"(?:\s?[/／]\s?(?:[\u4e00-\u9fff]{2,6}|[A-Za-z][A-Za-z. ]{1,19}(?=\s*[:：\ufe30]|$)))?"
_LINE_KEY = re.compile(
    rf"{_BEFORE}(?:[【\[]\s*+({_ANY})\s*+[】\]]\s*+{_COLON.pattern}?"
    rf"|(?<![\u4e00-\u9fff]){_WHICH}({_ANY})\s*+{_OR}{_NOTE}\s*+{_COLON.pattern})"
)
#: A label whose value the mark-up ran on from the one before; short words end others, too.
_DAY = r"\[?(?:20|二[〇○Oo零])"
_UNMISTAKABLE = "|".join(
    [_SPACED[label] for label in _LONGEST_FIRST if len(label) > 3]  # noqa: PLR2004
    + [_SPACED[word] for word in ("索引号", "索引码", "来源", "作者", "点击", "浏览", "文号")]
    + ["字体", "字号", "首次发布"]
    + ["访问量", "浏览量", "阅读量", "点击量", "点击率", "点击数", "浏览数", "阅读数"]
    # A name's end is before it: 来源：青山市教育局时间：2024-01-12.
    + [
        rf"(?<=[局委厅室府处会心院校学镇乡道队司部社关站场园行馆号网]){word}(?=\s*[:：]\s*{value})"
        for word, value in (
            ("时间", _DAY),
            ("日期", _DAY),
            ("发布于", _DAY),
            ("发布", _DAY),
            ("阅读", r"\d"),
        )
    ]
)
_GLUED_KEY = re.compile(rf"{_BEFORE}{_WHICH}{_BEGIN}({_UNMISTAKABLE})\s*+{_COLON.pattern}")
#: A label, known or not, with its colon.
_OTHER_KEY = re.compile(rf"\s*+(?:{_LINE_KEY.pattern}|[\u4e00-\u9fff]{{2,8}}\s?{_COLON.pattern})")
#: Where a label begins whose value runs on from it, too.
_RUN_ON = re.compile(
    f"{_BEGIN}(?:{'|'.join(_SPACED[k] for k in _LONGEST_FIRST if len(k) > _SHORTEST_RUN_ON)})"
)
_CELL_KEY = re.compile(
    rf"\s*[【\[]?\s*+{_WHICH}({_ANY})\s*+[】\]]?\s*+{_OR}{_COLON.pattern}?\s*+(.*)", re.DOTALL
)
#: A value that cannot be the rest of a label's word, where the mark-up held the two apart.
_GLUED = {
    "index_number": re.compile(r"[0-9A-Za-z].{4,}"),
    "published_on": re.compile(
        r"[（(\[]?20\d{2}\s*[-/.年—–].*|20\d{6}(?!\d).*|二[〇○Oo零0].{2}年.*"
    ),
    "document_number": re.compile(r".{1,12}[〔\[（(]20\d{2}.*号"),
    "publisher": re.compile(rf"[\u4e00-\u9fff（）()]{{2,30}}[{BODIES}][)）]?"),
}
#: The fields whose values are names of agencies.
_NAMING = ("agency", "publisher")
_TRUST = {label: number for number, label in enumerate(_FIELD_OF)}
_SECOND = re.compile(r"[/／](?:[\u4e00-\u9fff]{2,6}|[A-Za-z.]{2,20})$")
_QUALIFIED = re.compile(_WHICH.rstrip("?"))
_LONGEST_VALUE = 60
_LONGEST_KEY = 20
_LONGEST_LINE = 200
#: Longer ones are prose, or menus.
_LONGEST_LABELLED = 400
_VALUE_ENDS = re.compile(r"\s{2,}|\||【|\n")
#: A day whose label runs on from a person's name: 责任编辑：张晓明时间：2024-01-12.
_PERSONS = frozenset(("责任编辑", "编辑", "审核", "作者"))
_PERSON_S_DAY = re.compile(rf"[\u4e00-\u9fff]{{2,3}}(时间|日期)\s*[:：]\s*({_DAY}.*)")
#: The day of publication, without a label, behind a name.
_DAY_BEHIND = re.compile(r"\s+[(（\[]?(?:20\d{2}\s?[-/.年]|二[〇○Oo零].{2}年).*")
_GAPS = re.compile(r"[|｜\u3000]|\s{2,}")
#: What stands around a value: blanks of all widths, and what sets it off.
_AROUND = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace()) + "|;；,，>】]/"
_EMPTY = frozenset({"", "/", "-", "—", "--", "无", "暂无", "次"})


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
    before: Block | None = None
    named: Pair | None = None
    for block in blocks:
        beside_it, before = before, block
        if named is not None:  # a menu's heading has more than one name below it
            other = agency_alone(block.text) if isinstance(block, Paragraph) else None
            if other is not None and other != clean_agency(named.value):
                found.remove(named)
            named = None
        if isinstance(block, Grid):
            found += _in_grid(block)
            if isinstance(beside_it, Grid):
                found += _beside(beside_it, block)
            key, glued = None, []
            continue
        is_key = _is_key(block.text)
        if key is not None and not is_key and (pair := _below_key(key, block)) is not None:
            found.append(pair)
            named = pair if pair.field in _NAMING else None
        # A definition list prints the label and its value one after the other.
        key = _bare(block.text) if is_key else None
        prose = is_key or len(block.text) > _LONGEST_LABELLED
        labelled = list(_in_line(block)) if not prose and _SIGNS.search(block.text) else []
        beside, glued = glued, []
        if not labelled and not is_key and _may_be_key(block.text):
            glued = _glued(block)
            labelled = _taken(glued, beside)
        found += labelled
    return found


def _below_key(key: str, paragraph: Paragraph) -> Pair | None:
    """Return the value of a label that stands on the line above, if the line is its value."""
    # A line with a label of its own is no value of the one before, which is empty.
    if _OTHER_KEY.match(paragraph.text):
        return None
    name, value = _FIELD_OF[key], _clean(paragraph.text)
    # Nor is what runs on from a label, or what stands behind an empty 文号 and is none.
    if any(sure for _, sure in _glued(paragraph)):
        return None
    if name == "document_number" and "号" not in value:
        return None
    if value in _EMPTY or len(value) > _LONGEST_VALUE:
        return None
    return Pair(name, key, value, paragraph.place)


def pieces_beside_labels(text: str) -> list[str]:
    """Return what stands beside the labelled values of a line; nothing for a line without any.

    >>> pieces_beside_labels("2024-01-15 来源：县教育局 | 李四")
    ['2024-01-15 ', '', ' 李四']
    """
    if len(text) > _LONGEST_LINE or not _LINE_KEY.search(text):
        return []
    pieces = _GAPS.split(text)
    return [piece[: key.start()] if (key := _LINE_KEY.search(piece)) else piece for piece in pieces]


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
    starts = [0, *(m.start() for m in _RUN_ON.finditer(text, 1)), len(text)]
    for start, end in pairwise(starts):
        match = _CELL_KEY.fullmatch(text, start, end)
        if match is None or len(match[2]) > _LONGEST_VALUE:
            break
        label = "".join(match[1].split())
        name = _FIELD_OF[label]
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
    return without_pictures(value).strip(_AROUND)


def _in_line(paragraph: Paragraph) -> Iterator[Pair]:
    text = paragraph.text
    match = _LINE_KEY.search(text)
    glued = _GLUED_KEY.search(text, match.end()) if match else None
    while match is not None:
        label = _QUALIFIED.sub("", "".join((match[1] or match[match.lastindex or 1]).split()))
        start = match.end()
        if glued and glued.start() < start:  # each search goes on to the line's end
            glued = _GLUED_KEY.search(text, start)
        following = [m for m in (_LINE_KEY.search(text, start), glued) if m]
        match = min(following, key=lambda m: m.start(), default=None)
        value = text[start : match.start() if match else len(text)]
        value = _clean(_VALUE_ENDS.split(value.strip(" \u3000\u00a0\t"), maxsplit=1)[0])
        if _FIELD_OF[label] in _NAMING:
            value = _DAY_BEHIND.sub("", value)
        if label in _PERSONS and (day := _PERSON_S_DAY.fullmatch(value)):
            yield Pair("published_on", day[1], day[2], paragraph.place)
        if value not in _EMPTY:
            yield Pair(_FIELD_OF[label], label, value, paragraph.place)


def _in_grid(grid: Grid) -> Iterator[Pair]:
    firsts = {cell.text.strip("*").lstrip()[:1] for row in grid.rows for cell in row}
    if _FIRSTS.isdisjoint(firsts):
        return  # as in table four
    for r, row in enumerate(grid.rows):
        cells = [cell.text.strip("*") for cell in row]  # Markdown's bold
        if r and len(cells) == len(grid.rows[r - 1]):
            yield from _below(grid, r)
        c = 0
        while c < len(cells):
            match = _CELL_KEY.fullmatch(cells[c]) if _may_be_key(cells[c]) else None
            if match is None or len(cells[c]) > 200:  # noqa: PLR2004 - prose
                c += 1
                continue
            label, value = "".join(match[1].split()), _clean(match[2])
            at = c
            if not value and c + 1 < len(cells) and not _is_key(cells[c + 1]):
                at, value = c + 1, _clean(cells[c + 1])
            apart = at > c or _COLON.search(cells[c]) or _is_no_word(_FIELD_OF[label], value)
            if value not in _EMPTY and apart:
                yield Pair(_FIELD_OF[label], label, value, grid.at(r, at))
            c = at + 1


def _is_no_word(name: str, value: str) -> bool:
    """Return whether a value cannot be the rest of its label's word; a name can."""
    return name != "publisher" and name in _GLUED and bool(_GLUED[name].fullmatch(value))


def _below(grid: Grid, r: int) -> Iterator[Pair]:
    """Yield the values of a row whose labels stand in the row above it."""
    keys, values = ([cell.text for cell in row] for row in grid.rows[r - 1 : r + 1])
    if len(keys) == 1 and _may_be_key(values[0]) and _CELL_KEY.fullmatch(values[0]):
        return  # it has a label of its own
    yield from _paired(keys, values, lambda c: grid.at(r, c))


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
    if not all(map(_is_key, keys)) or any(map(_is_key, texts)):
        return
    for number, (key, text) in enumerate(zip(keys, texts, strict=True)):
        label, value = _bare(key), _clean(text)
        if value not in _EMPTY:
            yield Pair(_FIELD_OF[label], label, value, place_of(number))


def _may_be_key(text: str) -> bool:
    """Tell by its first sign whether a text may begin with a label: hardly one does."""
    return text.lstrip()[:1] in _FIRSTS


def _is_key(text: str) -> bool:
    if len(text) > _LONGEST_KEY or not _may_be_key(text):
        return False
    return _bare(text) in _FIELD_OF


def _bare(key: str) -> str:
    """Return a label without blanks, brackets, colon and second name."""
    bare = "".join(key.split()).strip(f"【】[]{_COLONS}")
    bare = _SECOND.sub("", bare) if "/" in bare or "／" in bare else bare
    return _QUALIFIED.sub("", bare)

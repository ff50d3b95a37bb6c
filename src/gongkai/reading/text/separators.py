"""Lists of values in a text: lines whose cells are parted by commas, and lines of whole tables."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: So many bars stand in the head of a page, or its menu; tables have more.
STRAY_BARS = 40
_STROKE = "/"
_SEPARATORS = f",;，；、{_STROKE}"
#: Of the signs that part cells, those that stand in sentences, too: only values tell their rows.
_OF_SENTENCES = f"，；、{_STROKE}"
#: Names of columns are not longer, and stand at most so many lines above the numbers.
_LONGEST_NAME = 18
_HEAD_LINES = 4
_DIGIT = re.compile(r"\d")
#: A date with strokes; a row has one more of them, behind its label.
_DATE = re.compile(r"(?<![/\d])\d{4}/\d{1,2}/\d{1,2}(?![/\d])")
#: A name with a stroke of its own.
_CHANGE, _UNPARTED = "增/减", "增\0减"
#: A value, a nil mark or nothing, perhaps in quotes.
_VALUE = re.compile(
    r"""\s*+["']?\s*+(?:[-−－+]?\d[\d.]*+(?:万?元|件|项)?|[/\\—–―－-]{0,3}|无)\s*+["']?\s*+"""
)
_LABELLED = re.compile(r"(?<=[\u4e00-\u9fff）)”])[ \u3000]+(?=\d[\d.]*\t)")
#: A line with so many values in a row is one of a table; so many of them show the separator.
_VALUES = 7
_LINES = 5
_LONGEST = 400
#: A line of the page around the report has fewer bars: 登录 | 注册.
_BARS = 5
#: A line that holds a whole table has so many signs, and more cells than any row.
_SHORTEST_TABLE = 150
_CELLS = 40
#: Seven values between joints: between bars they may have blanks around them.
_RUNS = {
    joint: re.compile(rf"(?:{joints}{blanks}(?:\d[\d.,]*+|[/\\—–-]++|无){blanks}(?={joints})){{7}}")
    for joint, joints, blanks in (
        ("|", r"\|", "[ \u00a0]*+"),
        ("\t", r"\t", "[ \u00a0]*+"),
        (" ", "[ \u00a0\u3000]{1,3}", ""),
    )
}
_BLANKS = " \u00a0\u3000"
#: Names side by side in the form's heads: an excerpt may have no row of many values.
_HEAD = re.compile(
    r"""^["']?(?:信息[内內]容|[结結]果[维維]持)["']?([,;])["']?[\u4e00-\u9fff]{4}""", re.MULTILINE
)
#: Words of the form's heads: they tell a table that is blank from a menu.
_HEAD_WORDS = re.compile("自然人|信息内容")
#: Heads side by side: where blanks join cells, a single one may be of a sentence.
_HEADS_BESIDE = re.compile("信息 ?内容 (?:本 ?年|上 ?一 ?年)|商业 ?企业 科研 ?机构")
#: Tables joined by blanks have more words than these, and shorter ones than prose.
_FEWEST = 12
_LONGEST_PIECE = 12
#: Where a paragraph ends or begins; of the blanks of a line so many (a share) stand at such places.
_ENDS = ("。", "；", "：", "报告", "）")
_OPENS = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]")
_MOST_BOUNDS = 0.8
#: Where a section begins in a line that holds a whole report.
_SECTION = re.compile(r"[ \u3000](?=[一二三四五六][、.．][\u4e00-\u9fff]{4})")


def separator_of(lines: Sequence[str]) -> str | None:
    """Return what parts the cells of a text's tables, if it is a comma or the like.

    Only a text without rows of pipes or tabs has such tables.
    """
    found: Counter[str] = Counter()
    text = "\n".join(lines)
    if head := _HEAD.search(text):
        return head[1]
    often = [s for s in _SEPARATORS if text.count(s) >= _LINES * (_VALUES - 1)]
    for line in lines if often else ():
        if line.count("|") >= _BARS:
            return None
        if len(line) > _LONGEST:
            continue
        for separator in often:
            if line.count(separator) >= _VALUES - 1 and _is_row(line, separator, _VALUES):
                found[separator] += separator != _STROKE or _is_filled(line)
    separator, count = max(found.items(), key=lambda item: item[1], default=("", 0))
    return separator if count >= _LINES else None


def as_tabs(lines: Sequence[str], separator: str) -> list[str]:
    """Return the lines with tabs between their cells, where they are rows of a table.

    Names above a row's numbers are its columns': they are parted, too.
    """
    found = [_as_tabs(line, separator) for line in lines]
    if separator not in _OF_SENTENCES:
        return found
    below = 0  # so many lines further down numbers begin
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if found[index] is not line:
            below = _HEAD_LINES
        elif below and line and not line.isspace():
            names = line.replace(_CHANGE, _UNPARTED).split(separator)
            below -= 1
            if len(names) > 1 and all(map(_may_be_name, names)) and not _OPENS.match(line):
                row = "\t".join(name.strip() for name in names)
                found[index] = row.replace(_UNPARTED, _CHANGE)
            elif separator in line:
                below = 0  # a sentence, or a heading
    return found


def _is_filled(line: str) -> bool:
    """Tell whether numbers stand between all strokes, so that none of these is a nil mark."""
    return all(map(_DIGIT.search, line.rstrip().split(_STROKE)[-_VALUES:]))


def _may_be_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and not text.endswith("。") and not _DIGIT.search(text)


def _as_tabs(line: str, separator: str) -> str:
    if separator not in line or len(line) > _LONGEST or _DATE.search(line):
        return line
    quoted = separator not in _OF_SENTENCES
    if not (_is_row(line, separator, 1) or (quoted and not line.rstrip().endswith("。"))):
        return line
    row = (
        "\t".join(next(csv.reader([line], delimiter=separator), []))
        if quoted
        else line.replace(separator, "\t")
    )
    # A label and its first number may have a blank between them.
    return _LABELLED.sub("\t", row, count=1)


def joint_of(lines: Sequence[str]) -> str | None:
    """Return what joins the cells of whole tables in a text, if any of its lines holds one.

    Programs that take the text of a page join it with a sign of their own, often with a blank:
    which cells a row had is lost, and their order is kept.
    """
    for line in lines:
        if len(line) < _SHORTEST_TABLE:
            continue
        for joint, run in _RUNS.items():
            if sum(map(line.count, _BLANKS if joint == " " else joint)) < _CELLS:
                continue
            head = _HEADS_BESIDE if joint == " " else _HEAD_WORDS
            if run.search(line) or head.search(line):
                return joint
    return None


def pieces_of(line: str, joint: str) -> list[str]:
    """Return what a text's joint parts in a line; words only where a line may be a table's."""
    parts = line.split(None if joint == " " else joint)  # blanks of any kind join, too
    pieces = [piece for part in parts if (piece := part.strip())]
    if joint != " ":
        return [part for piece in pieces for part in _SECTION.split(piece)]
    if _FEWEST <= len(pieces) >= len(line) / _LONGEST_PIECE:
        return pieces
    # Blanks within sentences, as around numbers, join no paragraphs.
    bounds = sum(_is_bound(before, after) for before, after in pairwise(pieces))
    return pieces if bounds >= _MOST_BOUNDS * (len(pieces) - 1) else [line.strip()]


def _is_bound(before: str, after: str) -> bool:
    return before.endswith(_ENDS) or bool(_OPENS.match(before) or _OPENS.match(after))


def _is_row(line: str, separator: str, values: int) -> bool:
    cells = line.rstrip().split(separator)
    return all(_VALUE.fullmatch(cell) for cell in cells[-values:]) and len(cells) >= max(values, 2)

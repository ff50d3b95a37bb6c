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
_SEPARATORS = ",;，；、"
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
#: Words of the form's heads: they tell a table that is blank from a menu.
_HEADS = ("自然人", "信息内容")
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
    often = [s for s in _SEPARATORS if text.count(s) >= _LINES * (_VALUES - 1)]
    for line in lines if often else ():
        if "\t" in line or line.count("|") >= _BARS:
            return None
        if len(line) > _LONGEST:
            continue
        for separator in often:
            if line.count(separator) >= _VALUES - 1 and _is_row(line, separator, _VALUES):
                found[separator] += 1
    separator, count = max(found.items(), key=lambda item: item[1], default=("", 0))
    return separator if count >= _LINES else None


def as_tabs(line: str, separator: str) -> str:
    """Return a line with tabs between its cells, if it is a row of a table."""
    if separator not in line or len(line) > _LONGEST:
        return line
    ascii_only = separator.isascii()
    # Chinese text has commas of its own, so that only values tell its rows.
    if not (_is_row(line, separator, 1) or (ascii_only and not line.rstrip().endswith("。"))):
        return line
    row = (
        "\t".join(next(csv.reader([line], delimiter=separator), []))
        if ascii_only
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
            if run.search(line) or (joint != " " and any(word in line for word in _HEADS)):
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

"""Reading one cell's text: a number, nothing, a nil mark, or something that is no number.

The states are kept apart because they are different facts: a printed 0 is a number; a blank cell,
a ``/`` and a missing cell are not (promise one of the design).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from gongkai.form.labels import ROW_LABELS


class State(Enum):
    """What a cell's text is."""

    NUMBER = "number"
    BLANK = "blank"
    NIL = "nil"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's text, read.

    Attributes:
        state: what it is.
        value: the number, as printed (a unit is not applied).
        unit: unit printed inside the cell, or ``""``.
        plain: the text is the number and nothing else (no unit, separator, note or padding zero).
    """

    state: State
    value: Decimal | None = None
    unit: str = ""
    plain: bool = False


#: Stands behind a number that several cells share: it is no number of any of them.
SHARED = "\ue000"
#: Nothing, in Chinese numerals: what is printed is a number.
_ZERO = "零〇"
_NIL = frozenset(
    {"/", "\\", "~", "*", "×", "N/A", "n/a", "None", "none", "null", "NULL"}
    | {
        "无",
        "空",
        "无数据",
        "不涉及",
        "未发生",
        "不适用",
        "暂无",
        "没有",
        "(无)",
        "(空)",
        "...",
        "......",
    }
)
#: A nil mark is of any length; programs write several plain dashes for a long one. Editors type
#: signs that only look like a dash: a minus, a hyphen, the mark of a long Japanese vowel.
_DASHES = "-—–―─━−\u2010\u2011\u2012⸺ー"
_REPEATED = f"{_DASHES}/ "
_NUMBER = re.compile(
    r"(?P<sign>[+\-−–－]|增加?|减少?)?"
    r"(?P<digits>\d{1,3}(?:[,，]\d{3})+|\d+)"
    r"(?P<fraction>\.\d+)?"
    r"(?:(?P<unit>(?:万|亿)?(?:元|(?:件|项|条|人|宗)次|件|项|条|个|宗|起|次|份)|万|亿)|\((?P<bracketed>万?元|件次?|项|条)\))?"
    r"(?:人民币)?[。；;]?"
)
#: What needs no further look, as most numbers that were not met before.
_PLAIN = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
#: A sign of words: it stands in no number, nil mark or note, and no spelling of them.
_WORD = re.compile(
    "(?![零一二三四五六七八九十无空数据不涉及未发生适用暂没有增加减少万亿元件项条个宗起次份人民币注])"
    "[\u4e00-\u9fff]"
)
#: Marks of a note behind a number or a label: [1], [^1], ①, *, （注1）, ¹.
_NOTE = re.compile(
    r"(?<=[^\s*])\s?(?:[\[〔【](?:\^|注)?[0-9]{1,2}[\]〕】]|[①-⑳¹²³⁴-⁹]|[（(]?注[0-9①-⑳]{0,2}[)）]?"
    r"|[*※†‡]{1,3})\s*$"
)
#: What a report says of a number, in brackets behind it: 22（其中修订16件）. What may put it right
#: (应为20件), be of another year (均为上年数) or unit is no remark; nor is a comparison without a
#: number of its own: it may be what the cell's says.
_REMARK = (
    r"[（(]\s*(?:其中|不?含|不?包[括含]|(?:均|全部)(?![^（()）]*年)"
    r"|(?:同比|[较比与]上年)(?=[^（()）]*[\d平]))"
    r"(?![^（()）]*(?:[应误错勘估约]|(?<!修)改|[更订]正|实[为际]|单位|(?<![\d.万])万?元))"
    r"[^（()）]*[)）]"
)
#: Other words there are one where they say whose or which things are counted (县政府, 本年度新增),
#: and none of their signs may make it another number (作废, 左右, 百件, 减少, 上半年).
_WORDS = (
    r"[（(](?=[^（()）]*(?:[府局委办部厅院级县市区镇乡村街网]|公[开布示]|机关|制发|事项|新增|修订|本年))"
    r"(?P<words>(?:[^（()）\d元"
    r"应改误错漏原实更正勘废撤删剔扣消效计估预概约拟待疑暂余左以半期季月年比减降负"
    r"百千万亿零〇一二两三四五六七八九十]|(?<=本)年)*)[)）]"
)
_REMARKED = re.compile(rf"(?P<number>.*[\d件项条元])\s*(?:{_REMARK}|{_WORDS})\s*", re.DOTALL)
_LONGEST_REMARK = 80
_LABELS = "\n".join(ROW_LABELS)
#: Markdown's way to print a sign that would be mark-up.
_ESCAPE = re.compile(r"\\(?=[-+*.])")
#: Markdown's bold, italics and code, and what some programs write for one with nothing in it.
_EMPTY_BOLD = "****"
_BOLD = re.compile(r"\s*(\*\*|__|[*_`])(.+)\1\s*", re.DOTALL)
#: A number that a program took for a formula: $10$, $\mathbf{10}$.
_FORMULA = re.compile(
    r"\s*(\$\$?)\s*(?:\\(?:math|text)(?:bf|rm|sf|tt)?\s*\{\s*)?(-?\d[\d,.]*|[-/—])\s*\}?\s*\1\s*"
)
#: Blanks that typesetters put between thousands; a plain blank may part two numbers.
_THIN = re.compile("(?<=\\d)[\u2005-\u2009\u202f](?=\\d{3}(?!\\d))")
_BLANKS = re.compile(r"\s+")
#: A minus typed as a dash, right before its number; with a blank between, it may be a nil mark.
_LONG_MINUS = re.compile(r"^(?:--|——?)(?=\d)")
#: Signs without width part no digits: what is shown is one number. Those that say which way text
#: runs are among them, but for the one that turns digits round.
_INVISIBLE = re.compile(
    "[\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2066-\u2069\u202a-\u202d\ufe00-\ufe0f\ufeff\u00ad]+"
)
#: No count is printed with so many zeros before it.
_KEY = "000"
_NIL_MARK = CellText(State.NIL)
_TEXT = CellText(State.TEXT)
#: What is read as it stands.
_KNOWN = {
    "": CellText(State.BLANK),
    **dict.fromkeys(_NIL, _NIL_MARK),
    **dict.fromkeys(_ZERO, CellText(State.NUMBER, Decimal(0))),
    # Without its unit, 一 may be a dash, and 三 open a label.
    **{
        numeral + unit: CellText(State.NUMBER, Decimal(value), unit)
        for value, numeral in enumerate("零一二三四五六七八九十")
        for unit in "件宗份"
    },
}


@lru_cache(maxsize=16384)
def read_cell(text: str) -> CellText:
    """Read the text of one cell.

    Args:
        text: as the source prints it, with any padding.

    Returns:
        its state, and the number where it is one. Blanks inside a number (``1 0``) make it text:
        whether it is one number or two is not for this function to say.
    """
    if _PLAIN.fullmatch(text):
        return CellText(State.NUMBER, Decimal(text), plain=True)
    if _WORD.search(text):
        return _without_remark(text)
    bare = text if text.isdecimal() else _bare(text)
    printed = unicodedata.normalize("NFKC", bare)
    inner = _BLANKS.sub(" ", _INVISIBLE.sub("", printed)).strip()
    if inner in _KNOWN or not inner.strip(_REPEATED):
        return _KNOWN.get(inner, _NIL_MARK)
    # A minus or unit may stand apart from its number; digits may not stand apart from digits.
    tight = re.sub(r"(?<!\d) | (?!\d)", "", _LONG_MINUS.sub("-", inner))
    match = _NUMBER.fullmatch(tight)
    if match is None or any(unicodedata.category(char) == "No" for char in bare):
        return _TEXT  # ① and its like are enumerators, whatever NFKC makes of them
    digits = match["digits"].replace(",", "").replace("，", "")
    value = Decimal(digits + (match["fraction"] or ""))
    if value and digits.startswith(_KEY):
        return _TEXT  # what tables are sorted by, which no page shows, runs on into the number
    if match["sign"] and match["sign"][0] in "-−–－减":
        value = -value
    unit = match["unit"] or match["bracketed"] or ""
    plain = (
        bare == text and tight == match["digits"] + (match["fraction"] or "") and "," not in tight
    )
    return CellText(State.NUMBER, value, unit, plain and not (len(digits) > 1 and digits[0] == "0"))


def _without_remark(text: str) -> CellText:
    """Read a cell of words: a number with a remark in brackets behind it, or a text."""
    short = len(text) <= _LONGEST_REMARK and text.rstrip().endswith((")", "）"))
    found = _REMARKED.fullmatch(text) if short else None
    if found is None or (found["words"] and found["words"].strip() in _LABELS):
        return _TEXT
    read = read_cell(found["number"])
    return replace(read, plain=False) if read.state is State.NUMBER else _TEXT


def _bare(text: str) -> str:
    """Return a cell's text without what is no part of its number: marks, notes, thin blanks."""
    if "$" in text and (formula := _FORMULA.fullmatch(text)):
        return formula[2]
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    if text.endswith(_EMPTY_BOLD):
        text = text[: -len(_EMPTY_BOLD)].rstrip() or text
    if bold := _BOLD.fullmatch(text):
        text = bold[2]
    text = _NOTE.sub("", text)
    return text if text.isascii() else _THIN.sub("", text)


def split_run(text: str) -> list[str] | None:
    """Split a run of numbers and nil marks that share one cell or line.

    Returns:
        the pieces, at least two, or ``None`` where some piece is neither number nor nil mark.
    """
    pieces = text.split()
    if len(pieces) < 2:  # noqa: PLR2004 - two pieces make a run
        return None
    if all(read_cell(piece).state in (State.NUMBER, State.NIL) for piece in pieces):
        return pieces
    return None


_PIECE = re.compile(
    rf"[-−－+＋]?\d[\d,.]*+(?:件次?|项|[万亿]?元|条|个|宗|起|次|份)?(?:{_REMARK})?"
    r"|[/／\\—–-]+|无|N/A|None|null|NULL"
)
#: A piece that runs on from its label's colon; the colon of a time is none.
_BEHIND_COLON = re.compile(rf"(?<=[^\d][:：])(?:{_PIECE.pattern})$")


def _is_piece(word: str) -> bool:
    return bool(_PIECE.fullmatch(word)) or read_cell(word).state is State.NIL


def split_label(text: str) -> tuple[str, list[str]] | None:
    """Split ``label 0 0 1`` into the label and its numbers.

    Returns:
        the label and at least one piece, or ``None`` where no numbers follow a label.
    """
    words = text.split()
    first, least = len(words), 0 if text[:1].isspace() else 1
    while first > least and _is_piece(words[first - 1]):
        first -= 1
    pieces = words[first:]
    end = len(text)
    for word in reversed(pieces):
        end = text.rindex(word, 0, end)
    label = text[:end].rstrip()
    colon = max(label.rfind(":"), label.rfind("："))
    if colon >= 0 and (glued := _BEHIND_COLON.search(label, colon + 1)):
        label, pieces = label[: glued.start()], [glued[0], *pieces]
    return (label, pieces) if pieces and label.strip() else None

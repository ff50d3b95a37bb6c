"""Numbers that Word counts for its paragraphs: printed before them, and not in their text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

#: A paragraph's properties; tables are skipped: a number there is its cell's.
_TOKEN = re.compile(rb"<w:tbl[ >]|</w:tbl>|<w:pPr>((?:(?!<w:pPr>).)*?)</w:pPr>", re.DOTALL)
_STYLE = re.compile(
    rb'<w:style [^<>]*?w:styleId="([^"<>]*)"[^<>]*>((?:(?!</?w:style[ >]).)*)</w:style>', re.DOTALL
)
_LIST = re.compile(
    rb'<w:(abstractNum|num) [^<>]*?w:(?:abstractN|n)umId="(\d{1,9})"[^<>]*>'
    rb"((?:(?!<w:(?:abstractNum|num)[ >]).)*?)</w:\1>",
    re.DOTALL,
)
_LEVEL = re.compile(
    rb'<w:lvl [^<>]*?w:ilvl="(\d)"[^<>]*>((?:(?!<w:lvl[ >]).)*?)</w:lvl>', re.DOTALL
)
_OVERRIDE = re.compile(
    rb'<w:lvlOverride [^<>]*?w:ilvl="(\d)"[^<>]*>\s*<w:startOverride w:val="(\d{1,9})"'
)
_PLACE = re.compile("%([1-9])")
_CHANGED = b"PrChange"
_DIGITS = "零一二三四五六七八九"
_LONGEST_TEXT = 40
#: Longer numbers, larger counts and deeper levels are no report's.
_LONGEST, _MOST, _LEVELS = 9, 100, 9


class _Level(NamedTuple):
    start: int
    form: str
    text: str


class _List(NamedTuple):
    shape: int
    levels: dict[int, _Level]
    restarts: bool


def with_numbers(xml: bytes, numbering: bytes, styles: bytes) -> bytes:
    """Return the XML of a main part with the numbers of its paragraphs as runs of text.

    Args:
        xml: of the main part.
        numbering: of the part that says how lists are numbered.
        styles: of the part that says which styles are lists, or ``b""``.
    """
    lists = dict(_lists(numbering))
    own = {style[1]: found for style in _STYLE.finditer(styles) if (found := _numbered(style[2]))}
    counts: dict[int, list[int]] = defaultdict(lambda: [-1] * _LEVELS)
    begun: set[int] = set()
    pieces: list[bytes] = []
    done = depth = 0
    for token in _TOKEN.finditer(xml):
        properties = token[1]
        if properties is None:
            depth += -1 if token[0].startswith(b"</") else 1
            continue
        if depth or _CHANGED in properties:
            continue
        number, level = _numbered(properties) or own.get(_value(properties, b"pStyle"), (0, 0))
        if number not in lists or level >= _LEVELS:
            continue
        numbered = lists[number]
        if numbered.restarts and number not in begun:
            counts[numbered.shape][level:] = [-1] * (_LEVELS - level)
        begun.add(number)
        printed = _count(numbered.levels, counts[numbered.shape], level)
        pieces += (
            xml[done : token.end()],
            b'<w:r><w:t xml:space="preserve">',
            printed.encode(),
            b"</w:t></w:r>",
        )
        done = token.end()
    return b"".join([*pieces, xml[done:]])


def _lists(numbering: bytes) -> Iterator[tuple[int, _List]]:
    """Yield each list with its number; those of one shape count on."""
    shapes: dict[int, dict[int, _Level]] = {}
    for found in _LIST.finditer(numbering):
        number, inside = int(found[2]), found[3]
        if found[1] == b"abstractNum":
            shapes[number] = {int(n): _level(level) for n, level in _LEVEL.findall(inside)}
            continue
        shape = _int(_value(inside, b"abstractNumId"), 0)
        levels = dict(shapes.get(shape, {}))
        restarts = _OVERRIDE.findall(inside)
        for n, start in restarts:
            if int(n) in levels:
                levels[int(n)] = levels[int(n)]._replace(start=int(start))
        yield number, _List(shape, levels, bool(restarts))


def _level(level: bytes) -> _Level:
    start, form = _value(level, b"start"), _value(level, b"numFmt")
    text = _value(level, b"lvlText").decode("utf-8", "replace")
    text = text if len(text) <= _LONGEST_TEXT else ""
    return _Level(_int(start, 1), form.decode("ascii", "replace"), text)


def _int(value: bytes, default: int) -> int:
    return int(value) if value.isdigit() and len(value) <= _LONGEST else default


def _value(inside: bytes, name: bytes) -> bytes:
    found = re.search(rb'<w:%b w:val="([^"]*)"' % name, inside)
    return found[1] if found else b""


def _numbered(properties: bytes) -> tuple[int, int] | None:
    """Return the list and level that properties name."""
    if b"<w:numPr>" not in properties:
        return None
    number, level = _value(properties, b"numId"), _value(properties, b"ilvl")
    return _int(number, 0), _int(level, 0)


def _count(levels: Mapping[int, _Level], counts: list[int], level: int) -> str:
    """Count a paragraph, and return what is printed before it; nothing where that is not known."""
    for n in range(level + 1):
        if counts[n] < 0 or n == level:
            start = levels[n].start if n in levels else 1
            counts[n] = start if counts[n] < 0 else counts[n] + 1
    counts[level + 1 :] = [-1] * (_LEVELS - level - 1)
    if level not in levels:
        return ""
    numerals = []
    for place in _PLACE.findall(levels[level].text):
        n = int(place) - 1
        form = _FORMS.get(levels[n].form) if n in levels else None
        if form is None or not 0 <= counts[n] < _MOST:
            return ""
        numerals.append(form(counts[n]))
    found = iter(numerals)
    printed = _PLACE.sub(lambda _: next(found), levels[level].text) if numerals else ""
    # 1. and a number behind it are not one number.
    return f"{printed} " if printed[-1:].isascii() and printed else printed


def _chinese(number: int) -> str:
    """Return a number below a hundred as it is counted: 九, 十, 二十一."""
    tens, ones = divmod(number, 10)
    many = "" if tens < 2 else _DIGITS[tens]  # noqa: PLR2004 - 十, and no 一十
    return f"{many}{'十' * bool(tens)}{_DIGITS[ones] if ones or not tens else ''}"


def _circled(number: int) -> str:
    return chr(0x245F + number) if 0 < number <= 20 else str(number)  # noqa: PLR2004 - ① to ⑳


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalFullWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "ideographDigital",
            "japaneseCounting",
            "japaneseDigitalTenThousand",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        _chinese,
    ),
}

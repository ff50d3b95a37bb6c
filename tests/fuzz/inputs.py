"""Inputs that a reader must survive, each made from its number alone."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from tests.testbed.damages import CELL_DAMAGES
from tests.testbed.page_damages import PAGE_DAMAGES
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.testbed.content import Content

_ROOT = Path(__file__).parents[2]
_NAMES = tuple(STYLES)
#: PDF takes a hundred times as long as text: few of them, so that the others are many.
_WEIGHTS = tuple(0.08 if name.startswith("pdf") else 1.0 for name in _NAMES)

_SPLICES: tuple[bytes, ...] = (
    b"<table><tr><td>", b"</table>", b"</td>", b"<td rowspan='99999999' colspan='99999999'>",
    b"<td rowspan='-1' colspan='0'>", b"<td colspan='1e9'>", b"<!--", b"<script>", b"<![CDATA[",
    b"&#0;", b"&#x110000;", b"&nbsp;" * 500, b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b$B",
    b"|" * 3000, b"\t" * 3000, b"\n" * 3000, b" " * 20000, b"9" * 5000, b"0," * 3000,
    b"-" * 3000, "（".encode() * 3000, "一、".encode() * 1500, "　".encode() * 3000,
    "三、收到和处理政府信息公开申请情况".encode(), "二、主动公开政府信息情况\n".encode() * 40,
    "四、结转下年度继续办理".encode() * 200, "（七）总计 | ".encode() * 200,
    "第二十条第（一）项".encode() * 200, "\u202e\u200b\ufeff".encode() * 100, b"%PDF-1.7\n",
    b"PK\x03\x04", b'{"content": "', b"document.write(", b"MIME-Version: 1.0\r\n", b"1e999999",
    "٣٤".encode(), "²³½⑩㊿".encode(), "十二万三千".encode(), "𠀀𪚥".encode(), b"\xed\xa0\x80",
    b"&#xE000;1\n", b"\n---\ntitle: x\n---\n", b"\n|--|" + b" " * 3000 + b"x\n", b"&emsp;",
    "索引号：\u2003\n".encode(), "来源\n来源".encode() + "\u3000".encode() * 3000 + b"x",
    b"\n# x\n<table><tr><td>1</td></tr></table>\n", b"&lt;table&gt;" * 50, b"<sup></sup>" * 2000,
)  # fmt: skip


@cache
def _seeds() -> tuple[tuple[str, bytes], ...]:
    """Real pages: the samples of the layout plugins."""
    found = sorted(_ROOT.glob("plugins/*/samples/*/source.*"))
    return tuple((path.name, path.read_bytes()) for path in found)


@cache
def _page(style: str, number: int) -> tuple[str, bytes]:
    page = STYLES[style].page(make_report(Random(number)), number)
    return page.name, page.data


def _damaged_page(rng: Random) -> tuple[str, bytes]:
    """Print a page of which several cells were damaged."""
    (style,) = rng.choices(_NAMES, _WEIGHTS)
    damages = rng.choices(list(CELL_DAMAGES.values()), k=rng.randint(1, 6))

    def all_of_them(content: Content, inner: Random) -> tuple[dict[str, object], set[str]]:
        for damage in damages:
            try:
                damage(content, inner)
            except (IndexError, ValueError):  # an earlier damage left nothing to this one
                continue
        return {}, set()

    number = rng.randint(0, 10**6)
    try:
        page = STYLES[style].page(make_report(Random(number)), number, all_of_them)
    except (IndexError, ValueError):  # the damages left nothing that this style could print
        return _page(style, number)
    return page.name, page.data


def _slice(data: bytes, rng: Random, longest: int) -> tuple[int, int]:
    start = rng.randint(0, len(data))
    return start, min(len(data), start + rng.randint(0, longest))


def _flip(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 3, 30, 300))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _delete(data: bytes, rng: Random) -> bytes:
    start, end = _slice(data, rng, max(1, len(data) // 3))
    return data[:start] + data[end:]


def _repeat(data: bytes, rng: Random) -> bytes:
    start, end = _slice(data, rng, 2000)
    return data[:start] + data[start:end] * rng.choice((2, 5, 50)) + data[end:]


def _move(data: bytes, rng: Random) -> bytes:
    start, end = _slice(data, rng, 3000)
    rest = data[:start] + data[end:]
    to = rng.randint(0, len(rest))
    return rest[:to] + data[start:end] + rest[to:]


def _splice(data: bytes, rng: Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_SPLICES) + data[at:]


def _nest(data: bytes, rng: Random) -> bytes:
    """Bury the page deep, in mark-up or in brackets."""
    depth = rng.choice((10, 200, 3000))
    opening = rng.choice((b"<table><tr><td>", b"<div>", b"<b>", b"[", b'{"a":', b"<p><span>"))
    return opening * depth + data


def _join(data: bytes, rng: Random) -> bytes:
    other = _page(_NAMES[rng.randrange(len(_NAMES))], rng.randint(0, 2))[1]
    at = rng.randint(0, len(data))
    return data[:at] + other[rng.randint(0, len(other)) :]


def _cut(data: bytes, rng: Random) -> bytes:
    return data[: rng.randint(0, len(data))]


def _lines(data: bytes, rng: Random) -> bytes:
    """Shuffle, drop or double some lines or tags."""
    mark = b"\n" if data.count(b"\n") > 20 else b"<"
    lines = data.split(mark)
    for _ in range(rng.randint(1, 12)):
        i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
        action = rng.randrange(3)
        if action == 0:
            lines[i], lines[j] = lines[j], lines[i]
        elif action == 1:
            lines.insert(i, lines[j])
        elif len(lines) > 1:
            del lines[i]
    return mark.join(lines)


#: What a page may put around or into anything, and what may go wrong with it.
_HIDING: tuple[tuple[bytes, bytes], ...] = (
    (b"<span style='display:none'>", b"</span>"), (b"<div hidden>", b"</div>"),
    (b"<p hidden>", b""), (b"<w:rPr><w:vanish/></w:rPr>", b""),
    (b"<del>", b"</del>"), (b"<s>", b"</strike>"), (b"<sup>", b"</sup>"), (b"<sup>", b""),
    (b"<select><option>", b"<option selected>1</select>"), (b"<textarea>", b"</textarea>"),
    (b"<svg>", b"</svg>"), (b"<keygen hidden>", b"</keygen>"), (b"<listing>", b"</listing>"),
    (b"<caption>", b"</caption>"), (b"<ul><li>", b"</ul>"), (b"<template>", b"</template>"),
    (b"<!--", b"-->"), (b"<script>", b"</script>"), (b"<table hidden>", b"</table>"),
    # Word and OpenDocument.
    (b"<w:rPrChange>", b"</w:rPrChange>"), (b"<w:del>", b"</w:del>"),
    (b"<w:rPr><w:vertAlign w:val='superscript'/></w:rPr>", b""), (b"<w:tcPrChange>", b""),
    (b"<w:txbxContent>", b"</w:txbxContent>"), (b"<w:vMerge/><w:gridSpan w:val='99999'/>", b""),
    (b"<mc:AlternateContent><mc:Choice>", b"</mc:Choice></mc:AlternateContent>"),
    (b"<text:note>", b"</text:note>"), (b"<text:span text:style-name='S'>", b"</text:span>"),
    (b"<text:hidden-text>", b"</text:hidden-text>"), (b"<draw:frame>", b"</draw:frame>"),
    (b"<text:change-start text:change-id='c'/>", b"<text:change-end text:change-id='c'/>"),
    (b"<table:covered-table-cell table:number-columns-repeated='9999'/>", b""),
    (b"<w:binData>", b"</w:binData>"), (b"<!DOCTYPE x [<!ENTITY a 'a'>]>", b"&a;"),
)  # fmt: skip


def _hide(data: bytes, rng: Random) -> bytes:
    """Put elements around some stretches: as a rule between tags, else anywhere."""
    for _ in range(rng.choice((1, 1, 3, 40))):
        start, end = _slice(data, rng, rng.choice((10, 200, 5000)))
        if rng.random() < 0.8:
            start = max(data.find(b"<", start), 0)
            end = max(data.find(b"<", end), start)
        opening, closing = rng.choice(_HIDING)
        data = data[:start] + opening + data[start:end] + closing + data[end:]
    return data


_TAG_NAME = re.compile(rb"</?[A-Za-z][\w:]*")


def _capitals(data: bytes, rng: Random) -> bytes:
    """Write some tags in capitals, as old programs do."""
    share = rng.choice((0.1, 0.5, 1.0))
    return _TAG_NAME.sub(lambda tag: tag[0].upper() if rng.random() < share else tag[0], data)


_QUOTED = re.compile(rb"[\"'>]")


def _quotes(data: bytes, rng: Random) -> bytes:
    """Lose, double or change some quotes and brackets of tags."""
    places = [found.start() for found in _QUOTED.finditer(data)]
    for at in sorted(rng.sample(places, min(len(places), rng.choice((1, 3, 20)))), reverse=True):
        put = rng.choice((b"", b"'", b'"', b'""', b"\"'", b">", b"<", data[at : at + 1] * 2))
        data = data[:at] + put + data[at + 1 :]
    return data


_ELEMENT = re.compile(rb"<([a-zA-Z][\w:-]*)[^<>]*>[^<>]*</\1>")


def _many(data: bytes, rng: Random) -> bytes:
    """Repeat an element, its start or its end thousands of times."""
    elements = [found.span() for found in _ELEMENT.finditer(data)]
    if not elements:
        return _repeat(data, rng)
    start, end = rng.choice(elements)
    element = data[start:end]
    part = rng.choice((element, element[: element.find(b">") + 1], element[element.rfind(b"<") :]))
    times = rng.choice((3, 100, 5000))
    return data[:start] + part * min(times, 300_000 // len(part) + 1) + data[end:]


def _digits(data: bytes, rng: Random) -> bytes:
    """Let every digit be another one, or grow."""
    grown = rng.choice((b"7", b"99999", b"1.5", b"-3", b"", b"0x1"))
    digit = b"%d" % rng.randrange(10)
    return data.replace(digit, grown)


#: Equal bytes for equal numbers, whatever the clock says.
_EPOCH = (2024, 1, 1, 0, 0, 0)
#: What zipfile raises on an archive that an earlier change broke.
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, EOFError, OSError, RuntimeError,
)  # fmt: skip


def _in_zip(data: bytes, rng: Random) -> bytes:
    """Change a member of a zipped document, or put anything into an archive."""
    buffer = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as old,
            zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for name in old.namelist():
                member = old.read(name)
                if name.endswith(("document.xml", "content.xml")):
                    member = rng.choice(_BYTES[:-1])(member, rng)
                new.writestr(zipfile.ZipInfo(name, _EPOCH), member)
    except _ZIP_ERRORS:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
            name = rng.choice(("a.html", "../a.txt", "年报.html"))
            new.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return buffer.getvalue()


_BYTES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _delete, _repeat, _move, _splice, _nest, _join, _cut, _lines, _digits,
    _hide, _hide, _capitals, _quotes, _quotes, _many,
    *PAGE_DAMAGES.values(), _in_zip,
)  # fmt: skip


def make_input(number: int) -> tuple[str, bytes]:
    """Return the name and bytes of an input; the same for the same number."""
    rng = Random(number)
    kind = rng.random()
    if kind < 0.02:
        return f"{number}.bin", rng.randbytes(rng.randint(0, 4000))
    if kind < 0.4:
        name, data = _damaged_page(rng)
    elif kind < 0.55 and _seeds():
        name, data = rng.choice(_seeds())
    else:
        (style,) = rng.choices(_NAMES, _WEIGHTS)
        name, data = _page(style, rng.randint(0, 3))
    is_zip = data.startswith(b"PK")
    for _ in range(rng.choice((0, 1, 1, 2, 4)) if kind < 0.4 else rng.choice((1, 1, 2, 3, 6))):
        change = _in_zip if is_zip and rng.random() < 0.7 else rng.choice(_BYTES)
        data = change(data, rng)
    if rng.random() < 0.1:  # the name must not matter
        name = f"{number}" + rng.choice((".html", ".txt", ".docx", ".pdf", ".json", ""))
    return name, data[:3_000_000]

"""Inputs that a reader must survive, each made from its number alone."""

from __future__ import annotations

import io
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
                if name.endswith("document.xml"):
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

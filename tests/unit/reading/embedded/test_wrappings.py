"""However a page is wrapped up in a string, the same page comes out."""

import gzip
import json
import zlib
from base64 import b64encode, urlsafe_b64encode
from html import escape
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading import Document, Grid, Source, read
from gongkai.reading.embedded.wrappings import unwrap
from gongkai.settings import Settings

PROSE = "".join(f"<p>{chr(0x4E00 + 37 * n)}{chr(0x9000 - 41 * n)}。</p>" for n in range(60))
PAGE = f"<h1>年报</h1>{PROSE}" + "<table><tr><td>规章</td><td>1</td></tr></table>"
BYTES = PAGE.encode()


def reading(data: str | bytes) -> Document:
    raw = data.encode() if isinstance(data, str) else data
    return read(Source("x", raw), Settings())


def escaped(text: str) -> str:
    """Escape as a script's older function does."""
    return "".join(f"%u{ord(c):04X}" if ord(c) > 255 else quote(c) for c in text)


@pytest.mark.parametrize(
    "string",
    [
        json.dumps(PAGE),
        json.dumps(json.dumps(PAGE)),
        escape(PAGE),
        escape(escape(PAGE)),
        quote(PAGE),
        quote(quote(PAGE)),
        quote(PAGE, encoding="gb18030"),
        escaped(PAGE),
        b64encode(BYTES).decode(),
        b64encode(BYTES).decode().rstrip("="),
        urlsafe_b64encode(BYTES).decode(),
        b64encode(PAGE.encode("gb18030")).decode(),
        b64encode(quote(PAGE).encode()).decode(),
        b64encode(gzip.compress(BYTES)).decode() + " " * 200,
        b64encode(zlib.compress(BYTES, 0)).decode(),
        "data:text/html;charset=utf-8;base64," + b64encode(BYTES).decode(),
    ],
)
def test_a_wrapped_page(string: str) -> None:
    assert unwrap(string) == PAGE


@pytest.mark.parametrize(
    "string",
    ["", "正文", "%3Cb", "A" * 500, "A" * 401, b64encode(b"\x89PNG\0\0\0\0" * 99).decode()],
)
def test_what_holds_no_page_stays(string: str) -> None:
    assert unwrap(string) == string


@given(st.text(max_size=60), st.sampled_from(("%3Ctable ", "&lt;p ", "\\u003ctd ", '"', "A" * 220)))
def test_any_string_comes_out(text: str, opening: str) -> None:
    assert isinstance(unwrap(opening + text), str)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"data": {"content": b64encode(BYTES).decode()}}),
        f"try{{show({json.dumps({'content': PAGE})})}}catch(e){{}}",
        "".join(f"h+='{piece}';\n" for piece in PAGE.replace("<td", "\n<td").split("\n")),
        f"<?xml version='1.0'?><rss><item><description>{escape(PAGE)}</description></item></rss>",
        f"<html><body><script>document.write(atob('{b64encode(BYTES).decode()}'))</script></body>",
        f"<html><body><script>show(unescape('{escaped(PAGE)}'))</script></body></html>",
    ],
)
def test_a_page_in_a_string_of_a_source(text: str) -> None:
    document = reading(text)
    assert [grid.texts for grid in document.grids] == [[["规章", "1"]]]
    assert document.paragraphs[0].text == "年报"


def test_rows_of_cells_are_a_table() -> None:
    document = reading(json.dumps({"title": "年报", "rows": [["规章", 1], ["总\n计", None]]}))
    assert document.title == "年报"
    assert [grid.texts for grid in document.grids] == [[["规章", "1"], ["总 计", ""]]]


def test_short_strings_may_come_twice() -> None:
    document = reading(
        json.dumps(["<p>五、问题</p>", "<p>无。</p>", "<p>六、其他</p>", "<p>无。</p>"])
    )
    assert [block.text for block in document.blocks if not isinstance(block, Grid)] == [
        "五、问题", "无。", "六、其他", "无。",
    ]  # fmt: skip


def test_of_alternatives_one_is_read() -> None:
    message = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n"
        "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n规章 1\r\n"
        f"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{PAGE}\r\n--B--\r\n"
    )
    document = reading("\ufeff" + message)
    assert document.format == "mhtml"
    assert document.paragraphs[0].text == "年报"

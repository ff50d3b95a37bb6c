"""HTML in every encoding and container met: GB encodings, JSON, scripts, MHTML."""

from __future__ import annotations

import json
import quopri
from html import escape
from typing import TYPE_CHECKING

from tests.testbed.styles import markup
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell

_NO_INDEX = frozenset({"title", "published_on"})


def _page(content: Content, charset: str | None) -> str:
    inside = f"<h2>{escape(content.title)}</h2><p>发布时间：{content.published}</p>" + markup.body(
        content, lambda t: markup.table(t, markup.inner_paragraph)
    )
    return markup.page(content.title, inside, charset)


def _encoded(encoding: str, declared: str | None) -> Callable[[Content, Random], bytes]:
    def render(content: Content, rng: Random) -> bytes:
        del rng
        return _page(content, declared).encode(encoding, "xmlcharrefreplace")

    return render


def _bom(content: Content, rng: Random) -> bytes:
    encoding = rng.choice(("utf-8-sig", "utf-16"))
    return _page(content, "gb2312").encode(encoding)


def _json(content: Content, rng: Random) -> bytes:
    """An API's answer with the page as an escaped string."""
    report = content.report
    article = {
        "title": content.title,
        "publishedTimeStr": f"{report.published_on:%Y-%m-%d} 09:12:33",
        "indexNum": report.index_number,
        "content": markup.body(content, lambda t: markup.table(t, markup.inner_paragraph)),
        "visitCount": rng.randint(1, 999),
    }
    shape = rng.choice(({"code": 200, "data": article}, {"results": {"data": [article]}}))
    return json.dumps(shape, ensure_ascii=rng.random() < 0.5).encode()


def _parts(content: Content, rng: Random) -> bytes:
    """A record for each paragraph and table, as programs that recognise pages write them."""
    records: list[dict[str, object]] = [{"type": "title", "text": content.title, "page": 0}]
    records.append({"type": "text", "text": f"发布日期：{content.published}", "page": 0})
    for kind, block in content.blocks():
        if isinstance(block, str):
            records.append({"type": kind, "text": block, "page": rng.randint(0, 9)})
        else:
            inside = f"<html><body>{markup.table(block, attributes='')}</body></html>"
            records.append({"type": "table", "table_caption": [], "table_body": inside})
    return json.dumps(records, ensure_ascii=rng.random() < 0.5).encode()


def _nodes(content: Content, rng: Random) -> bytes:
    """A tree of nodes as an editor keeps it, in an object or packed in a string."""

    def held(text: str) -> list[object]:
        return [{"type": "text", "text": line} for line in text.split("\n") if line]

    def cell(cell: Cell) -> dict[str, object]:
        spans = {"colspan": cell.colspan, "rowspan": cell.rowspan}
        inside = [{"type": "paragraph", "content": held(cell.text)}]
        return {"type": "tableCell", "attrs": spans, "content": inside}

    nodes: list[object] = []
    for kind, block in content.blocks():
        if isinstance(block, str):
            names = {"heading": "heading", "text": "paragraph"}
            nodes.append({"type": names[kind], "content": held(block)})
        else:
            rows = [{"type": "tableRow", "content": list(map(cell, row))} for row in block.rows]
            nodes.append({"type": "table", "content": rows})
    report = content.report
    document: object = {"type": "doc", "content": nodes}
    article = {
        "title": content.title,
        "pubDate": f"{report.published_on:%Y-%m-%d}",
        "indexNum": report.index_number,
        "body": document if rng.random() < 0.5 else json.dumps(document),
    }
    return json.dumps({"code": 0, "data": article}, ensure_ascii=False).encode()


def _script(content: Content, rng: Random) -> bytes:
    """A page that writes itself."""
    del rng
    inside = f"<h1>{escape(content.title)}</h1><p>发布日期：{content.published}</p>"
    text = json.dumps(inside + markup.body(content), ensure_ascii=False).replace("</", "<\\/")
    return f"/* cached */\ndocument.write({text});\n".encode()


def _handed_on(content: Content, rng: Random) -> bytes:
    """JSON that a script hands on, or JSON as a string inside JSON."""
    report = content.report
    article = {
        "title": content.title,
        "pubDate": f"{report.published_on:%Y-%m-%d} 09:12:33",
        "content": markup.body(content, lambda t: markup.table(t, markup.inner_paragraph)),
    }
    text = json.dumps(article, ensure_ascii=False)
    if rng.random() < 0.5:
        return f"callback_{rng.randint(1, 99)}({text});".encode()
    return json.dumps({"status": "ok", "body": text}, ensure_ascii=False).encode()


def _kept(content: Content, rng: Random) -> bytes:
    """A page that keeps the report in an element, for a script to show."""
    inside = f"<h1>{escape(content.title)}</h1><p>发布日期：{content.published}</p>"
    inside += markup.body(content)
    kept = rng.choice(
        (
            f"<textarea style='display:none'>{escape(inside)}</textarea>",
            f"<template>{inside}</template>",
            f"<noscript>{inside}</noscript>",
        )
    )
    return markup.page(content.title, f"<div id='app'></div>{kept}").encode()


def _written(content: Content, rng: Random) -> bytes:
    """A page that writes itself in pieces, cut inside tags and without a head."""
    inside = f"<h1>{escape(content.title)}</h1><p>发布日期：{content.published}</p>"
    pieces = [f"{piece}<" for piece in (inside + markup.body(content)).split("<")]
    step = rng.randint(3, 30)
    calls = (
        f"document.write({json.dumps(''.join(pieces[n : n + step]), ensure_ascii=False)});"
        for n in range(0, len(pieces), step)
    )
    return "\n".join(calls).replace("</", "<\\/").encode()


def _mhtml(content: Content, rng: Random) -> bytes:
    """A page saved by a browser, in quoted-printable."""
    mark = f"----MultipartBoundary--{rng.randint(10**9, 10**10)}----"
    day = content.report.published_on
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: http://www.example.gov.cn/art/{day.year}/{day.month}/1.html\r\n"
        "Subject: report\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{mark}"\r\n\r\n\r\n'
        f"--{mark}\r\nContent-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "Content-Location: http://www.example.gov.cn/art/1.html\r\n\r\n"
    )
    text = quopri.encodestring(_page(content, "utf-8").encode()).replace(b"\n", b"\r\n")
    tail = (
        f"\r\n--{mark}\r\nContent-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: cid:css-1@mhtml.blink\r\n\r\ntd {{ color: red }}\r\n--{mark}--\r\n"
    )
    return head.encode() + text + tail.encode()


def _pushed(content: Content, rng: Random) -> bytes:
    """A page that hands what it shows on to a framework in pieces, cut anywhere."""
    text = markup.body(content)
    fields = {"title": content.title, "publishDate": content.published, "content": "$1f"}
    rows = f"1f:T{len(text.encode()):x},{text}"
    if rng.random() < 0.5:  # texts that are not long stand where they belong
        fields["content"], rows = text, ""
    rows = f'0:"$Sreact.fragment"\n{rows}2:["$","div",null,{_as_json(fields)}]\n'
    size = rng.randint(900, 5000)
    pieces = (rows[i : i + size] for i in range(0, len(rows), size))
    calls = (
        f"<script>self.__next_f.push([1,{_as_json(p).replace('<', chr(92) + 'u003c')}])</script>"
        for p in pieces
    )
    shell = "<div>正在加载</div><script>(self.__next_f=self.__next_f||[]).push([0])</script>"
    return markup.page("信息公开", shell + "".join(calls)).encode()


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


STYLES = (
    Style("html-gb2312", ".html", _encoded("gb2312", "gb2312"), _NO_INDEX),
    Style("html-gbk-undeclared", ".html", _encoded("gbk", None), _NO_INDEX),
    Style("html-gbk-as-utf8", ".html", _encoded("gbk", "utf-8"), _NO_INDEX),
    Style("html-gb18030-as-gb2312", ".html", _encoded("gb18030", "gb2312"), _NO_INDEX),
    Style("html-utf8-as-gb2312", ".html", _encoded("utf-8", "gb2312"), _NO_INDEX),
    Style("html-bom", ".html", _bom, _NO_INDEX),
    Style("wrapped-json", ".json", _json),
    Style("wrapped-parts", ".json", _parts, _NO_INDEX),
    Style("wrapped-nodes", ".json", _nodes),
    Style("wrapped-script", ".js", _script, _NO_INDEX),
    Style("wrapped-handed-on", ".js", _handed_on, _NO_INDEX),
    Style("wrapped-pushed", ".html", _pushed, _NO_INDEX),
    Style("wrapped-kept", ".html", _kept, _NO_INDEX),
    Style("wrapped-written", ".js", _written, _NO_INDEX),
    Style("wrapped-mhtml", ".mhtml", _mhtml, _NO_INDEX),
)

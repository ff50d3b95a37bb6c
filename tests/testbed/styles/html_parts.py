"""HTML in parts: labels beside values, framed cells, blocks in tables of their own, hidden rows."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.markup import with_tables

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
_BLOCK = 5
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def _spans(content: Content, rng: Random) -> bytes:
    """Metadata as labels and values in spans, one or two pairs a line, without a colon."""
    report = content.report
    fields = [
        ("索引号", report.index_number),
        ("发布机构", report.publisher),
        ("发布日期", content.published),
        ("信息分类", "公开年报"),
    ]
    step = rng.choice((1, 2))
    lines = "".join(
        "<div class='row'>"
        + "".join(f"<b>{key}</b><span>{value}</span>" for key, value in fields[n : n + step])
        + "</div>"
        for n in range(0, len(fields), step)
    )
    inside = f"{lines}<h1>{escape(content.title)}</h1>{markup.body(content)}"
    return markup.page("政府信息公开", inside).encode()


def _framed(cell: Cell) -> str:
    """Return a cell's text in a table of its own."""
    return f"<table width='100%'><tbody><tr><td>{markup.inner_text(cell)}</td></tr></tbody></table>"


def _parted(content: Content, rng: Random) -> bytes:
    """Table four as two tables, each with a name, a unit or a note of its own."""
    numbers = content.table("四").rows[-1]
    heads = [Cell(text, "head") for text in _RESULTS]
    first = [[Cell("行政复议", "head", _BLOCK)], heads, numbers[:_BLOCK]]
    kinds = [Cell(text, "head", _BLOCK) for text in ("未经复议直接起诉", "复议后起诉")]
    second = [[Cell("行政诉讼", "head", 2 * _BLOCK)], kinds, heads + heads, numbers[_BLOCK:]]
    between = rng.choice(
        (
            "<p>单位：件</p>",
            "<p>注：数据截至年底。</p><p>行政诉讼情况统计表</p>",
            "<h4>单位：件</h4>",
        )
    )

    def printed(table: Table) -> str:
        if table is not content.table("四"):
            return markup.table(table)
        parts = (
            "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in rows)
            for rows in (first, second)
        )
        return between.join(f"<table border='1'>{rows}</table>" for rows in parts)

    return markup.titled(content, markup.body(content, printed))


def _cell(cell: Cell) -> str:
    return f"<td{markup.spans(cell)}>{markup.inner_text(cell)}</td>"


def _hidden(content: Content, rng: Random) -> bytes:
    """Rows of another year that the page's own style sheet hides."""

    def printed(table: Table) -> str:
        rows = markup.table(table).split("<tr>")
        for n in range(len(rows) - 1, 0, -1):
            if rng.random() < 0.1 and "rowspan" not in rows[n]:
                stale = "".join(f"<td>{rng.randint(0, 99)}</td>" for _ in range(table.columns))
                rows[n] = f"<tr class='old row'>{stale}</tr><tr>{rows[n]}"
            else:
                rows[n] = f"<tr>{rows[n]}"
        return "".join(rows)

    sheet = "<style>td { color: #333 } .old { display: none } @media print { .row {} }</style>"
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return markup.page(content.title, head + markup.body(content, printed), head=sheet).encode()


def _added_up(content: Content, rng: Random) -> bytes:
    """A shell whose script adds the report up, line by line; or an island of XML."""
    inside = markup.body(content).replace("</tr>", "</tr>\n").replace("<br/>", "\n<br/>")
    if rng.random() < 0.5:
        lines = inside.split("\n")
        added = "\n".join(f"h += {json.dumps(line, ensure_ascii=False)};" for line in lines)
        kept = f"<script>var h = '';\n{added.replace('</', '<' + chr(92) + '/')}\nshow(h);</script>"
    else:
        record = f"<datastore><record><![CDATA[{inside}]]></record></datastore>"
        kept = f"<script type='text/xml'>{record}</script>"
    return markup.titled(content, f"<div id='app'></div>{kept}")


STYLES = (
    Style("html-run-on-spans", ".html", _spans),
    Style(
        "html-framed-cells",
        ".html",
        with_tables(lambda table: markup.table(table, _framed)),
        _NO_INDEX,
    ),
    Style("html-parted-disputes", ".html", _parted, _NO_INDEX),
    Style("html-hidden-by-sheet", ".html", _hidden, _NO_INDEX),
    Style("wrapped-added-up", ".html", _added_up, _NO_INDEX),
)

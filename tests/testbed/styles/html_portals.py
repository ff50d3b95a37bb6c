"""HTML pages as portals publish them: plain, Word export, CMS, div soup."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.testbed.styles import markup
from tests.testbed.styles.base import Style, own_publisher, signature

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell

_NO_INDEX = frozenset({"title", "published_on"})


def _plain(content: Content, rng: Random) -> bytes:
    label = rng.choice(("发布日期", "发布时间", "日期"))
    inside = (
        f"<h1>{escape(content.title)}</h1>"
        f"<div class='info'>{label}：{content.published}&nbsp;&nbsp;"
        f"来源：{content.report.publisher}&nbsp;&nbsp;"
        f"浏览次数：{rng.randint(1, 9999)}次 【字体：大 中 小】</div>"
        f"<div class='content'>{markup.body(content)}</div>"
        "<div class='foot'>打印本页 关闭窗口 网站标识码：3700000012 鲁ICP备05012345号</div>"
    )
    return markup.page(f"{content.title}-政府信息公开", inside).encode()


def _word_inner(cell: Cell) -> str:
    """Split the text over spans, as a word processor does at every change of font."""
    style = (
        'lang="EN-US" style="font-size:10.5pt;mso-bidi-font-size:12.0pt;'
        'font-family:宋体;mso-hansi-font-family:宋体;mso-font-kerning:0pt"'
    )
    text = cell.text
    cut = len(text) // 2 if cell.kind != "number" and len(text) > 4 else len(text)
    runs = "".join(
        f"<span {style}>{escape(part, quote=False).replace(chr(10), '<br>')}</span>"
        for part in (text[:cut], text[cut:])
        if part
    )
    return (
        '<p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan;'
        f'line-height:18.0pt">{runs or "<span><o:p>&nbsp;</o:p></span>"}<b><o:p></o:p></b></p>'
    )


def _word(content: Content, rng: Random) -> bytes:
    del rng
    cell_style = (
        ' style="width:42.55pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;'
        'padding:0cm 1.4pt 0cm 1.4pt;height:20.0pt"'
    )

    def print_table(source: object) -> str:
        return markup.table(
            source,  # type: ignore[arg-type] # a Table, by markup.body
            _word_inner,
            'class="MsoNormalTable" cellspacing="0" cellpadding="0" '
            'style="border-collapse:collapse;mso-table-layout-alt:fixed"',
            cell_style,
        )

    run = '<span style="font-size:16.0pt;font-family:仿宋_GB2312;mso-bidi-font-family:宋体">'
    inside = (
        f'<div class="Section1"><p class="MsoNormal" align="center">{run}'
        f"{escape(content.title)}</span><span><o:p></o:p></span></p>"
        f'<p class="MsoNormal" align="center">{run}（{content.published}）</span></p>'
    )
    paragraph = f'<p class="MsoNormal" style="text-indent:32.0pt">{run}{{}}</span></p>'
    inside += markup.body(content, print_table, paragraph, paragraph) + "</div>"
    style = "<style>/* Style Definitions */ p.MsoNormal {mso-style-parent:''; margin:0cm}</style>"
    return markup.page(content.title, inside, head=style).encode()


def _cms(content: Content, rng: Random) -> bytes:
    """Layout tables around everything, and a metadata table."""
    cells = markup.pairs(content)
    rng.shuffle(cells[1:])
    rows = ""
    for i in range(0, len(cells), 2):
        rows += "<tr>" + "".join(
            f'<td class="xxgk-l">{name}：</td><td class="xxgk-r">{escape(value)}</td>'
            for name, value in cells[i : i + 2]
        )
        rows += "</tr>"
    menu = "".join(
        f"<tr><td><a href='/col/{i}/'>{name}</a></td></tr>"
        for i, name in enumerate(("机构职能", "政府公报", "法规文件", "依申请公开", "年度报告"))
    )
    inside = (
        '<table width="1000" align="center"><tr><td colspan="2"><img src="/top.jpg"></td></tr><tr>'
        f'<td width="200" valign="top"><table>{menu}</table></td><td valign="top">'
        f'<table class="xxgk">{rows}</table>'
        f'<table width="100%"><tr><td class="title">{escape(content.title)}</td></tr>'
        f'<tr><td><div id="zoom">'
        + markup.body(content, lambda t: markup.table(t, markup.inner_paragraph))
        + "</div></td></tr></table></td></tr>"
        '<tr><td colspan="2">版权所有 2024 联系电话 12345</td></tr></table>'
    )
    return markup.page("政府信息公开目录", inside).encode()


def _divs(content: Content, rng: Random) -> bytes:
    """A list of metadata in a soup of divisions."""
    items = "".join(
        f"<li><b>{'索 引 号' if name == '索引号' else name}：</b><span>{escape(value)}</span></li>"
        for name, value in markup.pairs(content)
    )
    inside = (
        "<div class='wrap'><div class='nav'><ul><li>首页</li><li>政务公开</li></ul></div>"
        f"<div class='box'><ul class='headInfo'>{items}</ul>"
        f"<div class='t'><div>{escape(content.title)}</div></div><div class='TRS_Editor'>"
        + markup.body(
            content,
            lambda t: f"<div class='tb'>{markup.table(t, attributes='class=MsoTable')}</div>",
            rng.choice(("<div>{}</div>", "<div><div>　　{}</div></div>")),
            "<div><b>{}</b></div>",
        )
        + "</div></div><div class='share'>分享到：微信 微博</div></div>"
    )
    script = (
        "<script>var siteId=101;function f(a){return a<b;}</script><style>li{float:left}</style>"
    )
    return markup.page(content.title, inside, head=script).encode()


def _breadcrumb(content: Content, rng: Random) -> bytes:
    """A breadcrumb, the title in two places, definition lines."""
    report = content.report
    lines = "".join(
        f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in markup.pairs(content)[:-1]
    )
    inside = (
        f"<div class='pos'>当前位置：首页 &gt; 政府信息公开 &gt; 政府信息公开年报 &gt; "
        f"{report.year}年度</div><h2>{escape(content.title)}</h2><dl>{lines}</dl>"
        f"<h2>{escape(content.title)}</h2>"
        + markup.body(content, paragraph="<p>　　{}</p>", heading="<h3>{}</h3>")
    )
    if rng.random() < 0.5:
        inside += "".join(f"<p align=right>{line}</p>" for line in signature(content))
    return markup.page(content.title, inside).encode()


def _bare(content: Content, rng: Random) -> bytes:
    """A fragment without head or body tags: title and date as paragraphs, then the text."""
    del rng
    start = (
        f"<p style='text-align:center'>{escape(content.title)}</p>"
        f"<p style='text-align: center'>发布日期：{content.published}</p>"
    )
    return (
        start
        + markup.body(
            content, lambda t: markup.table(t, markup.inner_paragraph), heading="<p>{}</p>"
        ).replace("\n", "")
    ).encode()


def _signed(content: Content, rng: Random) -> bytes:
    """No title and no head: the agency stands in the signature."""
    del rng
    inside = markup.body(content) + "".join(f"<p>{line}</p>" for line in signature(content))
    return markup.page("", inside).encode()


def _broken_title(content: Content, rng: Random) -> bytes:
    """The title over two lines, broken anywhere, and the metadata run together in one line."""
    cut = rng.randint(4, len(content.title) - 4)
    first, second = (escape(part) for part in (content.title[:cut], content.title[cut:]))
    line = "&nbsp;&nbsp;".join(
        f"{name}：{escape(value)}" for name, value in markup.pairs(content)[:-1]
    )
    inside = (
        f"<div class='nav'>首页 | 政务公开 | 互动交流</div><div class='info'>{line}</div>"
        f"<p align='center'><b>{first}</b></p><p align='center'><b>{second}</b></p>"
        + markup.body(content, heading="<p><b>{}</b></p>")
    )
    return markup.page("政府信息公开年报", inside).encode()


def _bare_pairs(content: Content, rng: Random) -> bytes:
    """A metadata table of one pair a row, without colons, after the title."""
    rows = "".join(
        f"<tr><th>{name}</th><td>{escape(value)}</td></tr>"
        for name, value in markup.pairs(content)[:-1]
    )
    more = (
        f"<tr><th>主题分类</th><td>政务公开</td></tr><tr><th>有效性</th><td>有效</td></tr>"
        f"<tr><th>点击数</th><td>{rng.randint(1, 9999)}</td></tr>"
    )
    inside = f"<h1>{escape(content.title)}</h1><table>{rows}{more}</table>" + markup.body(content)
    return markup.page(content.title, inside).encode()


STYLES = (
    Style("html-broken-title", ".html", _broken_title),
    Style("html-bare-pairs", ".html", _bare_pairs),
    Style("html-plain", ".html", _plain, _NO_INDEX),
    Style("html-word", ".htm", _word, _NO_INDEX),
    Style("html-cms", ".html", _cms),
    Style("html-divs", ".html", _divs),
    Style("html-breadcrumb", ".html", _breadcrumb),
    Style("html-bare", ".html", _bare, _NO_INDEX),
    Style("html-signed", ".html", _signed, frozenset(), prepare=(own_publisher,)),
)

"""HTML pages with titles in other words, in other places, and heads on one line."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.testbed.styles import markup
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
_SHAPES = (
    "{agency}{year}年信息公开年报",
    "{agency}{year}年信息公开工作年度报告",
    "{agency}{year}年度政务公开工作报告",
    "{agency}{year}年政府信息公开工作情况报告",
    "{agency}政府信息公开工作{year}年度报告",
    "{agency}信息公开{year}年度报告",
    "{agency}{year}年政府信息主动公开年度报告",
    "{agency}{year}年度政府信息公开工作的报告",
    "关于{year}年度{agency}政府信息公开工作的年度报告",
    "{agency}政府信息公开工作年度报告({year})",
    "{agency}{year}年法治建设暨政府信息公开工作年度报告",
    "{agency}{year}年年报",
)


def _other_words(content: Content, rng: Random) -> None:
    report = content.report
    content.title = rng.choice(_SHAPES).format(agency=report.who.agency, year=report.year)


def _elsewhere(content: Content, rng: Random) -> bytes:
    """The title in the page's own title, its metadata, or a breadcrumb, and nowhere else."""
    title, site = escape(content.title), content.report.who.parent
    top, page, meta = "", "政府信息公开", ""
    where = rng.randint(0, 5)
    if where < 4:
        page = ("{1}_{0}门户网站", "{0}-{1}", "{0} 政府信息公开 {1}", "{1} - 政府信息公开 - {0}")[
            where
        ].format(site, title)
    elif where == 4:
        meta = f'<meta name="ArticleTitle" content="{title}">'
    else:
        top = f"<div>当前位置：首页 &gt; 政府信息公开 &gt; {title}</div>"
    inside = f"{top}<p>发布时间：{content.published}</p>{markup.body(content)}"
    return markup.page(page, inside, head=meta).encode()


def _one_line(content: Content, rng: Random) -> bytes:
    """Date, source and counters on one line, the date without a label or run on."""
    day, source = f"{content.report.published_on} 09:30", content.report.publisher
    line = rng.choice(
        (
            f"{day} 来源：{source} 浏览：33",
            f"{source} | {day} | 点击：33",
            f"<span>{day}</span><span>来源：{source}</span>",
            f"来源:{source}发布时间:{day}浏览次数:12次",
            f"【来源：{source}】【发布日期：{day}】【字体：大 中 小】",
            f"来源：{source} / 上传时间：{day} / 点击：33",
            f"信息来源：{source}　　 录入时间∶{day}　字号：大 中 小",
        )
    )
    inside = f"<h1>{escape(content.title)}</h1><p>{line}</p>{markup.body(content)}"
    return markup.page("年报", inside).encode()


STYLES = (
    Style("html-other-title", ".html", _one_line, _NO_INDEX, change=(_other_words,)),
    Style("html-title-elsewhere", ".html", _elsewhere, _NO_INDEX),
    Style("html-one-line-head", ".html", _one_line, _NO_INDEX),
)

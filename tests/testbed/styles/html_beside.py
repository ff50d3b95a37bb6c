"""HTML pages with other reports, other words and other dates beside what a reader looks for."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style, own_publisher

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
_OWN_WORDS = (
    ("工作开展情况", "主动公开信息情况", "依申请公开", "复议诉讼情况", "下一步工作打算", "其他"),
    ("主要工作", "主动公开", "申请办理", "行政争议", "不足与打算", "附注"),
    ("年度重点工作", "信息主动公开", "依申请公开政府信息", "因公开被申请复议、提起诉讼的情况",
     "存在的困难", "其它"),
)  # fmt: skip
_FEET = ("责任编辑：办公室", "【打印本页】【关闭窗口】", "相关信息", "手机扫一扫打开当前页")


def _nameless(content: Content, rng: Random) -> None:
    """Leave the agency out of some titles, or print the year in other signs."""
    year, agency = content.report.year, content.report.who.agency
    content.title = rng.choice(
        (
            content.title,
            f"{year}年政府信息公开工作年度报告",
            f"政府信息公开工作年度报告（{year}年度）",
            f"{agency}〔{year}〕年度政府信息公开工作年度报告",
        )
    )


def _other_years(content: Content, rng: Random) -> bytes:
    """A list of the agency's other years above the report, with dates or without."""
    who, year = content.report.who, content.report.year
    dated = rng.random() < 0.5
    items = "".join(
        f"<{tag}><a>{escape(who.agency)}{other}年政府信息公开工作年度报告</a>"
        f"{f'<i>{other + 1}-01-2{other % 10}</i>' * dated}</{tag}>"
        for tag in (rng.choice(("li", "p", "div")),)
        for other in (year + 1, year - 1, year - 2)
    )
    crumb = f"<div>您的位置：首页 &gt; 信息公开 &gt; {escape(who.agency)} &gt; 年报</div>"
    date = f"<p>发布时间：{content.report.published_on}</p>"
    inside = f"{crumb}<div>{items}</div><h1>{escape(content.title)}</h1>{date}"
    name = rng.choice((content.title, f"{content.title}_{who.parent}", "政府信息公开"))
    return markup.page(name, inside + markup.body(content)).encode()


def _own_words(content: Content, rng: Random) -> None:
    """Give the sections headings of the portal's own, or the first one none."""
    words = rng.choice(_OWN_WORDS)
    kept = rng.sample(range(6), rng.randint(0, 3))
    for number, (section, word) in enumerate(zip(content.sections, words, strict=True)):
        if number not in kept:
            section.heading = f"{section.heading[:2]}{word}"
    who, year = content.report.who, content.report.year
    # Lines with the numbers of headings would leave open which of them are.
    content.sections[0].blocks[:] = [
        f"{year}年，{who.agency}公开信息120条，成效明显。",
        "（一）公开",
    ]


def _foot_words(content: Content, rng: Random) -> None:
    """Let words of a page's foot stand in the narrative."""
    line = rng.choice(
        (
            "（一）相关文件解读不够深入",
            "督促各主办单位公开办理结果",
            "推广“扫一扫”查询不足",
            "责任编辑人手不足",
        )
    )
    for section in content.sections[4:]:
        section.blocks += [line, "以上事项已列入明年的工作计划。"]


def _plain(content: Content, rng: Random) -> bytes:
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    foot = "".join(f"<p>{line}</p>" for line in rng.sample(_FEET, 2))
    return markup.page("年报", head + markup.body(content) + foot).encode()


def _dates(content: Content, rng: Random) -> bytes:
    """The day of publication in a script for machines, or among other days."""
    day, source = content.report.published_on, escape(content.report.who.agency)
    later = day + timedelta(days=200)
    data = {
        "@id": "1.html",
        "title": content.title,
        "pubDate": f"{day}T09:10:11",
        "upDate": f"{later}",
    }
    head, line = rng.choice(
        (
            (
                f'<script type="application/ld+json">{json.dumps(data)}</script>',
                f"更新时间：{later}",
            ),
            ("", f"来源：{source}审核时间：{later} 发布时间：{day}"),
            ("", f"{day} 发布 {source} 阅读 23"),
            (
                "",
                f"<i>来源：{source}</i><i>时间：{day} 16:08</i><i>访问量：2023</i>",
            ),
            (f'<meta name="PubDate" content="{day}">', f"更新时间：{later}"),
            ("", f"系统时间：{later}</p><p>发布日期/公开日期：{day}"),
        )
    )
    inside = f"<h1>{escape(content.title)}</h1><p>{line}</p>{markup.body(content)}"
    return markup.page("年报", inside, head=head).encode()


def _two_years(content: Content, rng: Random) -> bytes:
    """Print last year's table to the right or to the left of each table, in one grid."""
    year, first = content.report.year, rng.random() < 0.5

    def both(table: Table) -> str:
        own = [[Cell(f"{year}年", "note", table.columns)], *table.rows]
        last = [
            [replace(cell, path=None, text=_of_last_year(cell, rng)) for cell in r] for r in own
        ]
        last[0][0].text = f"{year - 1}年"
        sides = (last, own) if first else (own, last)
        rows = [left + right for left, right in zip(*sides, strict=True)]
        return markup.table(Table(table.name, rows, 2 * table.columns))

    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return markup.page("年报", head + markup.body(content, both)).encode()


def _pane_of_last_year(content: Content, rng: Random) -> bytes:
    """Print last year's report in a pane that is not open, before or behind this year's."""
    year = content.report.year
    opened, closed, sheet = rng.choice(
        (
            ("<details open>", "<details>", ""),
            ('<div class="tab-pane fade in active">', '<div class="tab-pane fade">', ""),
            ('<div class="year on">', '<div class="year">',
             "<style>.year{display:none}.year.on{display:block}</style>"),
        )
    )  # fmt: skip
    closing = "</details>" if "details" in opened else "</div>"

    def last(table: Table) -> str:
        rows = [[replace(cell, text=_of_last_year(cell, rng)) for cell in r] for r in table.rows]
        return markup.table(replace(table, rows=rows))

    old = markup.body(content, last).replace(f"{year}年", f"{year - 1}年")
    panes = [opened + markup.body(content) + closing, closed + old + closing]
    if rng.random() < 0.5:
        panes.reverse()
    years = f"<ul><li>{year}年</li><li>{year - 1}年</li></ul>"
    return markup.titled(content, sheet + years + "".join(panes))


def _of_last_year(cell: Cell, rng: Random) -> str:
    return str(rng.randint(0, 99)) if cell.path else cell.text


STYLES = (
    Style("html-two-years", ".html", _two_years, _NO_INDEX),
    Style("html-pane-of-last-year", ".html", _pane_of_last_year, _NO_INDEX),
    Style("html-other-years", ".html", _other_years, _NO_INDEX, change=(_nameless,)),
    Style("html-own-headings", ".html", _plain, _NO_INDEX, change=(_own_words,)),
    Style("html-foot-words", ".html", _plain, _NO_INDEX, change=(_foot_words,)),
    Style("html-other-dates", ".html", _dates, _NO_INDEX, prepare=(own_publisher,)),
)

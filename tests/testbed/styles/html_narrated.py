"""HTML pages whose headings stand otherwise in the text, and whose agency only the text names."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.testbed.matrix import Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
_FOOT = (
    ("分享到：微信 微博", "【我要纠错】【打印】【关闭】"),
    ("附件：年度报告.docx",),
    ("微信公众号", "手机版", "智能问答"),
    ("您访问的信息对您是否有帮助？", "提交"),
)
_OFFICES = ("教育局", "民政局", "财政局", "审计局", "水利局", "信访局")
_WHEN = ("首次发布", "文章发布时间", "发布时间", "时间", "日期", "信息公开时间")


def _owned(content: Content, rng: Random) -> None:
    """Let headings say whose and which year's they are, or leave out their numbers."""
    report = content.report
    shape = rng.choice(("{agency}{year}年度", "{year}年{agency}", "本年度", "{year}年", ""))
    owner = shape.format(agency=report.who.agency, year=report.year)
    for section in content.sections:
        number, words = section.heading[:2], section.heading[2:]
        section.heading = f"{number}{owner}{words}" if owner else words


def _loose(content: Content, rng: Random) -> bytes:
    """Headings in the lines of their text or broken, beside a list of some, above buttons."""
    cut = rng.random() < 0.5
    parts = [f"<p>{escape(line, quote=False)}</p>" for line in content.preamble]
    for section in content.sections:
        heading = escape(section.heading, quote=False)
        first, *blocks = section.blocks
        if isinstance(first, str) and not cut:
            text = escape(first, quote=False)
            parts.append(f"<p><b>{heading}</b>{rng.choice('。：')}{text}</p>")
        else:
            middle = len(heading) - 6 if cut and len(heading) > 12 else len(heading)
            parts.append(f"<p><b>{heading[:middle]}<br>{heading[middle:]}</b></p>")
            blocks = section.blocks
        for block in blocks:
            text = f"<p>{escape(block, quote=False)}</p>" if isinstance(block, str) else ""
            parts.append(markup.table(block) if isinstance(block, Table) else text)
    listed = [f"<li><a href='#'>{s.heading}</a></li>" for s in content.sections]
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    beside = f"<ul>{''.join(listed)}</ul>" if rng.random() < 0.3 else ""
    foot = "".join(f"<p>{line}</p>" for line in rng.choice(_FOOT))
    last = f"<div>主办单位：{content.report.who.parent}办公室</div>"
    inside = beside + head + "".join(parts) + foot + last
    return markup.page(content.title, inside).encode()


def _unnamed(content: Content, rng: Random) -> None:
    """Leave the agency out of the title, and let the text name it where it is asked about."""
    who, year = content.report.who, content.report.year
    content.title = rng.choice((f"{year}年政府信息公开工作年度报告", f"{year}年度政府信息公开年报"))
    office = rng.choice(("", "办公室", "政务公开股"))
    content.preamble.append(
        f"如对本报告有疑问，请与{who.agency}{office}联系（电话：0710-1234567）。"
    )


def _published_above(content: Content, rng: Random) -> bytes:
    """A page that the government publishes for its agency."""
    parent = content.report.who.parent
    site = f"<div>{parent}门户网站</div>"
    label = rng.choice(("来源", "发布机构", "信息来源"))
    line = f"<p>{label}：{parent} 发布时间：{content.published}</p>"
    inside = f"{site}<h1>{content.title}</h1>{line}{markup.body(content)}"
    return markup.page(rng.choice((parent, content.title)), inside).encode()


def _below_others(content: Content, rng: Random) -> bytes:
    """A title below a menu of years and a list of other agencies' reports, perhaps numbered."""
    report = content.report
    years = "".join(f"<li>{year}年</li>" for year in range(report.year - 4, report.year + 1))
    day = f"{report.year}-02-01"
    names = ("水利局", "民政局", "商务局")
    titles = [f"谷城县{name}{report.year - 1}年政府信息公开工作年度报告" for name in names]
    dated = rng.choice((f"{day} {{}}", "{}", f"{{}} [{day}]"))
    others = "".join(f"<li>{dated.format(title)}</li>" for title in titles)
    mark = rng.choice(("", "附件1："))
    title = f"<h1>{mark}{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    foot = rng.choice(
        ("您是第102位访客", "政府信息公开指南", f"发布机构：{report.publisher}", "网友评论")
    )
    inside = f"<ul>{years}</ul><ul>{others}</ul>{title}{markup.body(content)}<p>{foot}</p>"
    return markup.page("年报", inside).encode()


def _among_others(content: Content, rng: Random) -> bytes:
    """Below a menu of agencies and other titles, its days run on from names, and lists follow."""
    report = content.report
    day, place = report.published_on, report.who.county or report.who.city
    names = [place + name for name in rng.sample(_OFFICES, 3)]
    same = [f"{name}{report.year}年政府信息公开工作年度报告" for name in names]
    past = [f"{place}{name}{report.year - 1}年政府信息公开工作年度报告" for name in _OFFICES[:2]]
    label = rng.choice(("公开单位", "发布机构：", "信息来源", "部门"))
    menu = f"<h4>{label}</h4><ul>{_items(names)}</ul>" if rng.random() < 0.6 else ""
    listed = f"<ul>{_items(same)}</ul>" if rng.random() < 0.4 else ""
    days = [f"{rng.choice(_WHEN)}：{day}", f"最后更新：{day.year + 1}-03-04", "责任编辑：张晓明"]
    rng.shuffle(days)
    line = "".join(f"<span>{text}</span>" for text in days)
    head = f"{menu}{listed}<h1>{escape(content.title)}</h1><div>{line}</div>"
    below = _items([f"{title} {day.year}-02-1{n}" for n, title in enumerate(past)])
    foot = f"<h4>相关信息</h4><ul>{below}</ul><p>主办单位：{report.who.parent}办公室</p>"
    return markup.page("政府信息公开", head + markup.body(content) + foot).encode()


def _items(texts: list[str]) -> str:
    return "".join(f"<li><a href='#'>{escape(text)}</a></li>" for text in texts)


STYLES = (
    Style("html-among-others", ".html", _among_others, _NO_INDEX),
    Style("html-loose-headings", ".html", _loose, _NO_INDEX, change=(_owned,)),
    Style("html-below-others", ".html", _below_others, _NO_INDEX),
    Style("html-published-above", ".html", _published_above, _NO_INDEX, change=(_unnamed,)),
)

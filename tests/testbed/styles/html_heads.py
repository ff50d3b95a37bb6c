"""HTML pages whose metadata stand in odd places: breadcrumbs, rows of labels, below the report."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from random import Random
from typing import TYPE_CHECKING

from tests.testbed.reports import make_report
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style, own_publisher

if TYPE_CHECKING:
    from datetime import date

    from tests.testbed.content import Content
    from tests.testbed.reports import TestReport

_NO_INDEX = frozenset({"title", "published_on"})
_DIGITS = "〇一二三四五六七八九"
_ZEROS = "〇○零O0"


def _no_agency(content: Content, rng: Random) -> None:
    """Leave the agency out of the title."""
    year = content.report.year
    content.title = rng.choice(
        (f"{year}年政府信息公开工作年度报告", f"本机关{year}年政府信息公开工作年度报告")
    )


def _breadcrumb(content: Content, rng: Random) -> bytes:
    step = rng.choice((" &gt; ", " / ", "»"))
    steps = ("首页", "政府信息公开", content.report.who.agency, "政府信息公开年报")
    crumb = "您的位置：" * (rng.random() < 0.5) + step.join(steps)
    inside = f"<div>{crumb}</div><h1>{content.title}</h1><p>发布时间：{content.published}</p>"
    return markup.page("政府信息公开", inside + markup.body(content)).encode()


def _label_row(content: Content, rng: Random) -> bytes:
    """Print labels in a row above their values, in brackets, or run on into the values."""
    pairs = [p for p in markup.pairs(content)[:-1] if p[0] != "发布机构"]
    names, values = ([escape(part) for part in column] for column in zip(*pairs, strict=True))
    shape = rng.randint(0, 2)
    if shape == 0:
        rows = (names, values)
        head = "".join(f"<tr>{''.join(f'<td>{t}</td>' for t in row)}</tr>" for row in rows)
        head = f"<table>{head}</table>"
    elif shape == 1:
        head = "".join(f"<p>【{n}】{v}</p>" for n, v in zip(names, values, strict=True))
    else:
        pairs_ = zip(names, values, strict=True)
        head = "".join(f"<div><label>{n}</label><em>{v}</em></div>" for n, v in pairs_)
    inside = f"{head}<h1>{escape(content.title)}</h1>{markup.body(content)}"
    return markup.page("政府信息公开", inside).encode()


def _foot_table(content: Content, rng: Random) -> bytes:
    del rng
    rows = "".join(
        f"<tr><td>{name}：</td><td>{escape(value)}</td></tr>"
        for name, value in markup.pairs(content)
    )
    inside = f"<h1>{escape(content.title)}</h1>{markup.body(content)}<table>{rows}</table>"
    return markup.page(content.title, inside).encode()


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十"
    return ten + (_DIGITS[ones] if ones else "")


def _in_words(rng: Random, day: date) -> str:
    """Print a date in Chinese numerals, with a weekday, or as a program does."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    year = year.replace("〇", rng.choice(_ZEROS))
    return rng.choice(
        (
            f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日",
            f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}",
            f"{day:%Y-%m-%d}T09:30:00+08:00",
            f"[{day:%Y-%m-%d} 09:30:00]",
            f"{day.year}.{day.month}.{day.day}",
        )
    )


def _dates(content: Content, rng: Random) -> bytes:
    day = _in_words(rng, content.report.published_on)
    line = rng.choice((f"<p>{day}</p>", f"<p>发布日期：<span>{day}</span> 浏览：33次</p>"))
    inside = f"<h1>{escape(content.title)}</h1>{line}{markup.body(content)}"
    return markup.page("年报", inside).encode()


def _listed(content: Content, rng: Random) -> bytes:
    """A list of other agencies' reports beside the report."""
    others = [make_report(Random(rng.random())) for _ in range(6)]
    items = "".join(
        f"<li><a href='/{n}.html'>{escape(other.title)}</a><span>{other.published_on}</span></li>"
        for n, other in enumerate(others)
    )
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    report, beside = head + markup.body(content), f"<ul>{items}</ul>"
    inside = beside + report if rng.random() < 0.5 else report + beside
    return markup.page(f"{content.title}-门户网站", inside).encode()


def _rare_name(report: TestReport, rng: Random) -> TestReport:
    """Let a rare character stand in the agency's name."""
    old = report.who.agency
    new = rng.choice(("谷城县㙦河镇人民政府", "䢺城县司法局", "徐闻县𬭎塘街道办事处"))
    who = replace(report.who, agency=new)
    preamble = [text.replace(old, new) for text in report.preamble]
    texts = {k: [t.replace(old, new) for t in v] for k, v in report.sections.items()}
    title = report.title.replace(old, new)
    return replace(report, who=who, title=title, preamble=preamble, sections=texts)


def _rare(content: Content, rng: Random) -> bytes:
    del rng
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return markup.page(content.title, head + markup.body(content), "gb2312").encode("gb18030")


#: Labels beside those that are read, and what they may hold.
_OTHER_LABELS = (
    ("公文时效", "有效"),
    ("失效日期", "2035-12-31"),
    ("生成日期", ""),
    ("公开程序", "主动公开"),
    ("服务受众", "公众"),
    ("适用区域", ""),
)


def _mixed_labels(content: Content, rng: Random) -> bytes:
    """Labels in any order, some empty, some that no other portal has; no day of publication."""
    pairs = [pair for pair in markup.pairs(content) if "日期" not in pair[0]]
    pairs += rng.sample(_OTHER_LABELS, 4)
    rng.shuffle(pairs)
    shape = rng.choice(
        (
            "<dt>{0}：</dt><dd>{1}</dd>",
            "<li><b>{0}：</b>{1}</li>",
            "<tr><td>{0}</td><td>{1}</td></tr>",
            "<p>【{0}】{1}</p>",
        )
    )
    items = "".join(shape.format(name, escape(value)) for name, value in pairs)
    around = {"<dt": "dl", "<li": "ul", "<tr": "table"}.get(shape[:3], "div")
    title = f"<h1>{escape(content.title)}</h1>"
    inside = f"<{around}>{items}</{around}>{title}{markup.body(content)}"
    return markup.page(content.title, inside).encode()


STYLES = (
    Style("html-mixed-labels", ".html", _mixed_labels, frozenset({"title", "index_number"})),
    Style("html-agency-in-path", ".html", _breadcrumb, _NO_INDEX, change=(_no_agency,)),
    Style("html-label-row", ".html", _label_row, prepare=(own_publisher,)),
    Style("html-foot-table", ".html", _foot_table),
    Style("html-dates", ".html", _dates, _NO_INDEX),
    Style("html-listed", ".html", _listed, _NO_INDEX),
    Style("html-gb18030-rare", ".html", _rare, _NO_INDEX, prepare=(_rare_name,)),
)

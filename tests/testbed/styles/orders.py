"""Pages whose tables stand in another order, or in text that was typed, and labels that run on."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from tests.testbed.matrix import Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import lines, pipe_rows, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
#: Cells that stand beside a row's numbers.
_BESIDE = ("note", "group", "label")
#: What one row for all other outcomes may say that it sums up.
_SUMMED_UP = (
    "（1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
    "3.其他）",
)


def _shuffle(content: Content, rng: Random) -> None:
    """Print the sections that hold tables in another order, each with its own number."""
    places = [n for n, s in enumerate(content.sections) if isinstance(s.blocks[-1], Table)]
    order = rng.sample(places, len(places))
    content.sections[:] = [
        content.sections[order[places.index(n)]] if n in places else section
        for n, section in enumerate(content.sections)
    ]


def _labels_last(content: Content, rng: Random) -> bytes:
    """Print the labels of tables two and three behind their numbers, perhaps from right to left."""
    mirrored = rng.random() < 0.5
    for name in ("二", "三"):
        table = content.table(name)
        for row in table.rows:
            if mirrored:
                row.reverse()
            elif row[0].kind != "title":
                front = [c for c in row if c.kind in _BESIDE or c.text == "信息内容"]
                row[:] = [c for c in row if all(c is not f for f in front)] + front
    return _html(content, rng)


def _halves(content: Content, rng: Random) -> bytes:
    """Print table three in two tables, below or beside each other, each with all labels."""
    cut = rng.randint(1, 6)
    shape = rng.choice(
        ("{}{}", "{}<p>续表</p>{}", "<table><tr><td>{}</td><td>{}</td></tr></table>")
    )

    def printed(table: Table) -> str:
        if table.name != "三":
            return markup.table(table)
        return shape.format(*(_columns(table, part) for part in (slice(cut), slice(cut, None))))

    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return markup.page(content.title, head + markup.body(content, printed)).encode()


def _columns(table: Table, part: slice) -> str:
    """Print some columns of table three below a head of one row."""
    one, _, last = table.rows[1]
    names = [replace(cell, rowspan=1) for cell in (one, *table.rows[2], last)]
    rows = [[replace(table.rows[0][0], rowspan=1), *names[part]]]
    for row in table.rows[3:]:
        labels = [cell for cell in row if cell.kind in _BESIDE]
        rows.append([*labels, *[cell for cell in row if cell.kind not in _BESIDE][part]])
    return markup.table(Table("三", rows, table.columns))


def _sum_up(content: Content, rng: Random) -> None:
    del rng
    for cell in content.table("三").cells():
        if cell.text == "（六）其他处理" and cell.rowspan == 1:
            cell.text += "\n".join(_SUMMED_UP)


def _html(content: Content, rng: Random) -> bytes:
    del rng
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return markup.page(content.title, head + markup.body(content)).encode()


def _pipes(content: Content, rng: Random) -> bytes:
    del rng
    return text([content.title, content.published, *lines(content, pipe_rows)])


def _tabs(table: Table) -> list[str]:
    """Rows with a tab between cells; the lines of a label stand below each other."""
    rows = []
    for row in table.rows:
        first, *rest = [cell.text for cell in row]
        label = first.split("\n")
        rows += ["\t".join([label[0], *rest]), *label[1:]]
    return rows


def _broken(content: Content, rng: Random) -> bytes:
    del rng
    return text([content.title, content.published, *lines(content, _tabs)])


def _pre(typed: list[str]) -> str:
    return f"<pre>{escape(chr(10).join(typed), quote=False)}</pre>"


def _typed(content: Content, rng: Random) -> bytes:
    """A frame around a menu and text as it was typed: the whole report, or each table."""
    whole = rng.random() < 0.5
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    if whole:
        inside = _pre(lines(content, _tabs))
    else:
        inside = markup.body(content, lambda table: _pre(_tabs(table)))
    frame = f'<table width="100%"><tr><td>首页</td><td>{head}{inside}</td></tr></table>'
    return markup.page(content.title, frame).encode()


STYLES = (
    Style("html-any-order", ".html", _html, _NO_INDEX, change=(_shuffle,)),
    Style("text-any-order", ".txt", _pipes, _NO_INDEX, change=(_shuffle,)),
    Style("html-summed-up", ".html", _html, _NO_INDEX, change=(_sum_up,)),
    Style("text-summed-up", ".txt", _broken, _NO_INDEX, change=(_sum_up,)),
    Style("html-labels-last", ".html", _labels_last, _NO_INDEX),
    Style("html-halves", ".html", _halves, _NO_INDEX),
    Style("html-typed-in-cells", ".html", _typed, _NO_INDEX),
)

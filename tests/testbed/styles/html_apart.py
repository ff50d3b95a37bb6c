"""HTML whose parts stand apart: panes, heads that scroll, groups, covered cells filled in."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.testbed import rearranging
from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import ALL, Style
from tests.testbed.styles.markup import with_tables
from tests.testbed.styles.text_rows import flat, lines, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def _section(content: Content, number: int) -> str:
    section = content.sections[number]
    inside = "".join(
        f"<p>{escape(b)}</p>" if isinstance(b, str) else markup.table(b) for b in section.blocks
    )
    return f"<h3>{escape(section.heading)}</h3>{inside}"


def _panes(content: Content, rng: Random) -> bytes:
    """A pane for each section; a script shows one after the other."""
    look = rng.choice(("class='pane'", "id='page{}'"))
    parts = [f"<p>{escape(line)}</p>" for line in content.preamble]
    for number in range(len(content.sections)):
        hidden = " style='display: none'" if number else ""
        parts.append(f"<div {look.format(number)}{hidden}>{_section(content, number)}</div>")
    return markup.titled(content, "".join(parts))


def _beside(content: Content, rng: Random) -> bytes:
    """A page that shows its table of metadata, and keeps the report for a script."""
    pairs = "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in markup.pairs(content))
    inside = markup.body(content)
    packed = json.dumps({"body": inside}).replace("</", "<\\/")
    kept = rng.choice(
        (
            f"<textarea style='display:none'>{escape(inside)}</textarea>",
            f"<script>show({packed})</script>",
        )
    )
    shown = f"<table>{pairs}</table><h1>{escape(content.title)}</h1><div id='body'></div>"
    return markup.page(content.title, shown + kept).encode()


def _filled(table: Table) -> str:
    """Print what a cell covers with its text again, as spreadsheets are written out."""
    if table.name == "二":
        _with_items(table)
    rows = (
        "".join(f"<td>{markup.inner_text(cell)}</td>" for cell, _ in row if cell is not None)
        for row in table.raster()
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _with_items(table: Table) -> None:
    """Print the item of each block of table two in a column of its own."""
    rows: list[list[Cell]] = []
    item = Cell("", "title")
    for row in table.rows:
        if row[0].kind == "title":
            item = Cell(row[0].text, "title", 1, 0)
        else:
            item.rowspan += 1
            rows.append([item, *row] if item.rowspan == 1 else row)
    table.rows, table.columns = rows, table.columns + 1


def _scrolling(table: Table) -> str:
    """Print the head once more above the table, where it stays when the table scrolls."""
    head = Table(table.name, table.rows[: table.head_rows], table.columns)
    return f"<div>{markup.table(head)}</div><div>{markup.table(table)}</div>"


def _groups(table: Table) -> str:
    """Print a table for each group of table three, below a heading of the group's words."""
    if table.name != "三":
        return markup.table(table)
    labels = [[c for c, _ in row if c is not None and c.kind != "number"] for row in table.raster()]
    head = [Cell("情形", "note"), *(Cell(t, "head") for t in _APPLICANTS)]
    parts: list[str] = []
    opened, rows = "", [head]
    for names, row in zip(labels[3:], table.rows[3:], strict=True):
        own = list(dict.fromkeys(cell.text for cell in names))
        group = own[min(1, len(own) - 1)]
        if group != opened:
            parts += [markup.table(Table("三", rows, 8)), f"<h5>{escape(group)}</h5>"]
            opened, rows = group, [head]
        rows.append([Cell(own[-1], "label"), *(c for c in row if c.kind == "number")])
    return "".join([*parts[1:], markup.table(Table("三", rows, 8))])


def _disputes(table: Table) -> str:
    """Print reconsideration and litigation as two tables, or a label before the numbers."""
    if table.name != "四":
        return markup.table(table)
    numbers = table.rows[-1]
    results = [Cell(text, "head") for text in _RESULTS]
    first = [[Cell("行政复议", "head", 5)], results, numbers[:5]]
    kinds = [Cell(text, "head", 5) for text in ("未经复议直接起诉", "复议后起诉")]
    second = [[Cell("行政诉讼", "head", 10)], kinds, results * 2, numbers[5:]]
    return markup.table(Table("四", first, 5)) + markup.table(Table("四", second, 10))


def _labelled(content: Content, rng: Random) -> None:
    """Print a label before the numbers of table four, below a header of its own."""
    rows = content.table("四").rows
    rows[0].insert(0, Cell("项目", "note", 1, 3))
    rows[-1].insert(0, Cell(rng.choice(("数量（件）", "件数", "合计数量")), "label"))


def _broken(table: Table) -> str:
    """Print signs without width between all signs, as editors leave them behind."""
    return markup.table(table, lambda cell: "&#8203;".join(map(escape, cell.text)))


def _bordered(content: Content, rng: Random) -> bytes:
    """Lines of text whose tables have a pipe before and behind each row."""
    del rng

    def rows(table: Table) -> list[str]:
        found = []
        for row in table.raster():
            cells = [flat(cell) if first else "" for cell, first in row if cell is not None]
            found.append(f"| {' | '.join(cells)} |")
        return found

    return text([content.title, f"发布日期：{content.published}", *lines(content, rows)])


def _moved(name: str, print_table: Callable[[Table], str]) -> Style:
    change = (rearranging.moved_applicants,)
    return Style(f"html-{name}", ".html", with_tables(print_table), _NO_INDEX, change=change)


STYLES = (
    Style("html-panes", ".html", _panes, _NO_INDEX),
    Style("html-kept-beside", ".html", _beside, ALL),
    Style("html-filled", ".html", with_tables(_filled), _NO_INDEX),
    _moved("filled-moved", _filled),
    _moved("scrolling-moved", _scrolling),
    Style("html-groups-apart", ".html", with_tables(_groups), _NO_INDEX),
    Style("html-disputes-apart", ".html", with_tables(_disputes), _NO_INDEX),
    Style(
        "html-disputes-labelled",
        ".html",
        with_tables(markup.table),
        _NO_INDEX,
        change=(_labelled,),
    ),
    Style("html-broken-words", ".html", with_tables(_broken), _NO_INDEX),
    Style("text-bordered", ".txt", _bordered, _NO_INDEX),
)

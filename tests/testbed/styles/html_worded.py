"""HTML whose labels, headings and columns say more than the form's do."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from gongkai.form import CELLS
from tests.testbed.matrix import Cell
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Table

_NO_INDEX = frozenset({"title", "published_on"})


def _page(content: Content, inside: str) -> bytes:
    head = f"<h1>{escape(content.title)}</h1><p>{content.published} 浏览 31 次</p>"
    return markup.page(content.title, head + inside).encode()


def _plain(content: Content, rng: Random) -> bytes:
    del rng
    return _page(content, markup.body(content))


def counted_in(content: Content, rng: Random) -> None:
    """Print behind each label what it is counted in."""
    unit = rng.choice(("（件）", "(件)", "（单位：件）"))
    for table in content.tables:
        for row in table.rows:
            for cell in row:
                if cell.kind == "label":
                    cell.text += unit


def changes(content: Content, rng: Random) -> None:
    """Add a column of changes since last year to table two."""
    name = rng.choice(("同比增减（%）", "比上年增减", "较上年增减数"))
    two = content.table("二")
    for row in two.rows:
        if row[0].kind == "head":
            row.append(Cell(name, "head"))
        elif row[0].kind == "label":
            row.append(Cell(str(rng.randint(-50, 50)), "note"))
    two.columns += 1


def _small_tables(content: Content, rng: Random) -> bytes:
    """Print each heading in a table of its own, its number or a bar of colour beside it."""
    shape = rng.choice(("numbered", "barred"))

    def heading(text: str) -> str:
        number, _, name = text.partition("、")
        cells = (number, name) if shape == "numbered" else ("", text, "")
        return f"<table><tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr></table>"

    parts = []
    for kind, block in content.blocks():
        if isinstance(block, str):
            parts.append(heading(block) if kind == "heading" else f"<p>{escape(block)}</p>")
        else:
            parts.append(markup.table(block))
    return _page(content, "".join(parts))


def _shell(content: Content, rng: Random) -> bytes:
    """Keep the report in a script; title and date stand in the page that shows it."""
    del rng
    kept = json.dumps(markup.body(content)).replace("</", "<\\/")
    return _page(content, f"<div id='a'></div><script>show({kept});</script>")


def _number_lists(content: Content, rng: Random) -> bytes:
    """Print tables two and three as lines: a row's label, then its headers with their numbers."""
    comma, sign, unit = (
        rng.choice("，、；"),
        rng.choice((" ", "：", "为", "")),
        rng.choice(("", "件")),
    )

    def lines(table: Table) -> str:
        if table.name == "四":
            return markup.table(table)
        printed = []
        for row in table.rows:
            words = [cell.text for cell in row if cell.path is None]
            numbers = [cell for cell in row if cell.path is not None]
            pairs = comma.join(
                f"{CELLS[cell.path].column}{sign}{cell.text}{unit if table.name == '三' else ''}"
                for cell in numbers
                if cell.path is not None
            )
            if pairs:
                printed += [*words[:-1], f"{words[-1]}：{pairs}。"]
            elif row[0].kind == "title":
                printed += words
        return "".join(f"<p>{escape(line)}</p>" for line in printed)

    return _page(content, markup.body(content, lines))


STYLES = (
    Style("html-number-lists", ".html", _number_lists, _NO_INDEX, keeps_blanks=False),
    Style("html-counted-in", ".html", _plain, _NO_INDEX, change=(counted_in,)),
    Style("html-changes", ".html", _plain, _NO_INDEX, change=(changes,)),
    Style("html-small-tables", ".html", _small_tables, _NO_INDEX),
    Style("html-shell-lines", ".html", _shell, _NO_INDEX),
)

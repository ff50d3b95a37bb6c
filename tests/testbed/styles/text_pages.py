"""Markdown that programs make out of a report's pages: of what they see, and not of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed.matrix import Table
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import flat, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell

_PRINTS = frozenset({"title", "published_on"})


def _markdown(rows: list[list[str]]) -> list[str]:
    """Return the lines of one table; its first row is taken for a head, whatever it is."""
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join(row + [''] * (width - len(row)))} |" for row in rows]
    return [*lines[:1], f"|{'---|' * width}", *lines[1:], ""]


def _own(row: list[Cell]) -> list[str]:
    return [flat(cell) for cell in row]


def _raster(table: Table) -> list[list[str]]:
    """Return the cells of each row, and a blank for each that another one covers."""
    return [[flat(cell) if own and cell else "" for cell, own in row] for row in table.raster()]


def _clustered(content: Content, rng: Random) -> bytes:
    """Columns are where letters stand: two may be one, another is blank; long labels are parted."""
    size, joined, blank = rng.randint(8, 14), rng.randint(0, 5), rng.randint(1, 5)

    def requests(table: Table) -> list[str]:
        lines: list[str] = _markdown([_own(row) for row in table.rows[: table.head_rows]])
        open_rows: list[list[str]] = []
        for row in table.rows[table.head_rows :]:
            label = next(flat(cell) for cell in row if cell.kind == "label")
            numbers = [flat(cell) for cell in row if cell.path is not None]
            numbers[joined : joined + 2] = [" ".join(numbers[joined : joined + 2])]
            numbers.insert(blank, "")
            if len(label) <= size:
                open_rows.append([label, "", *numbers])
                continue
            cut = len(label) // 2
            lines += _markdown(open_rows) if open_rows else []
            lines += [label[:cut], *_markdown([["", "", *numbers]])[:-1], label[cut:]]
            open_rows = []
        return lines + _markdown(open_rows)

    lines = [content.title, f"（{content.published}）"]
    for _, block in content.blocks():
        if not isinstance(block, Table):
            lines.append(block)
        elif block.name == "三":
            lines += requests(block)
        else:
            lines += ["", *_markdown([_own(row) for row in block.rows])]
    return text(lines)


def _behind(content: Content, rng: Random) -> bytes:
    """A page's text stands before its tables, and numbers are formulas.

    Table three goes over a page's end, so that the next two sections stand within it.
    """
    mark = rng.choice(("${}$", r"\({}\)", r"$\mathbf{{{}}}$"))
    for table in content.tables:
        for cell in table.cells():
            if cell.path is not None and cell.text.isdecimal():
                cell.text = mark.format(cell.text)
    cut = rng.randint(8, 20)
    three = _raster(content.table("三"))
    lines = [f"# {content.title}", "", f"（{content.published}）", "", *content.preamble]
    tables: list[str] = []
    for number, section in enumerate(content.sections, start=1):
        lines += ["", f"## {section.heading}", ""]
        lines += [block for block in section.blocks if isinstance(block, str)]
        if section.key == "proactive":
            lines += ["", *_markdown(_raster(content.table("二")))]
        elif section.key == "requests":
            lines += ["", *_markdown(three[:cut]), f"— {number} —"]
            tables = [*_markdown(three[cut:]), *_markdown(_raster(content.table("四")))]
        elif section.key == "problems":
            lines += ["", *tables]
    return text(lines)


STYLES = (
    Style("text-clustered", ".md", _clustered, _PRINTS, keeps_blanks=False),
    Style("text-pages", ".md", _behind, _PRINTS, keeps_blanks=False),
)

"""Text pages whose lines do not end where rows do: numbers run on or stand below, bars apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import flat, lines, text

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_NO_INDEX = frozenset({"title", "published_on"})


def _parted(row: list[Cell]) -> tuple[str, list[str]]:
    """Return a row's labels on one line, and its numbers."""
    labels = " ".join(flat(cell) for cell in row if cell.path is None)
    return labels, [flat(cell) for cell in row if cell.path is not None]


def _page(content: Content, rows: Callable[[Table], list[str]]) -> bytes:
    head = [f"{content.title}_县人民政府门户网站", f"发布时间：{content.published}"]
    return text(head + lines(content, rows))


def _run_on(content: Content, rng: Random) -> bytes:
    """The first number of a row runs on from its label."""
    del rng

    def rows(table: Table) -> list[str]:
        return [label + " ".join(numbers) for label, numbers in map(_parted, table.rows)]

    return _page(content, rows)


def _torn(content: Content, rng: Random) -> bytes:
    """The numbers of table three go on in lines of their own."""
    size = rng.choice((3, 4, 5))

    def rows(table: Table) -> list[str]:
        found = []
        for label, numbers in map(_parted, table.rows):
            step = size if table.name == "三" else len(numbers) or 1
            cut = [" ".join(numbers[at : at + step]) for at in range(0, len(numbers), step)]
            found += [f"{label} {cut[0] if cut else ''}".strip(), *cut[1:]]
        return found

    return _page(content, rows)


def _lone_bars(content: Content, rng: Random) -> bytes:
    """A bar has a line of its own below each cell, or above and below it; the last is lost."""
    framed = rng.random() < 0.5

    def rows(table: Table) -> list[str]:
        bars = ("|",) * framed
        return [line for cell in table.cells() for line in (*bars, flat(cell), "|")][:-1]

    return _page(content, rows)


def _double_tabs(content: Content, rng: Random) -> bytes:
    """Two tabs stand between the cells of a row."""
    del rng

    def rows(table: Table) -> list[str]:
        return ["\t\t".join(flat(cell) for cell in row) for row in table.rows]

    return _page(content, rows)


def _contents(content: Content, rng: Random) -> bytes:
    """A table of contents, then rows parted by blanks, with a page's number now and then."""
    listed = [block for kind, block in content.blocks() if kind == "heading"]
    pages = iter(range(rng.randint(1, 3), 99))

    def rows(table: Table) -> list[str]:
        found = []
        for row in table.rows:
            found.append(" ".join(flat(cell) for cell in row))
            if rng.random() < 0.1:
                found += ["", f"{next(pages)}", ""]
        return found

    head = [f"★ {content.title}", content.published, "目录", *map(str, listed)]
    return text(head + lines(content, rows))


def _laid_out(content: Content, rng: Random) -> bytes:
    """The page is a table for its layout: its text is one line, bars fill each row up."""
    bars = "|" * rng.randint(180, 400)

    def rows(table: Table) -> list[str]:
        return [flat(cell) for cell in table.cells()]

    head = ["信息公开元数据", "|", bars, f"{content.title} |", bars]
    head += [f"来源：本站 时间：{content.published} 点击率： | {bars}", "|", bars]
    return text([*head, f"{' '.join(lines(content, rows))} |", bars])


def _filled(content: Content, rng: Random) -> bytes:
    """A cell has a line of its own, blank ones a bar; more bars fill each row up to one width."""
    more = rng.randint(1, 2)

    def rows(table: Table) -> list[str]:
        found = []
        for row in table.rows:
            found += [f"{flat(cell)} |".lstrip() for cell in row]
            found.append("|" * (table.columns + more - len(row)))
        return found[:-1] if rng.random() < 0.5 else found

    return _page(content, rows)


def _style(name: str, render: object, **more: object) -> Style:
    return Style(f"text-{name}", ".txt", render, _NO_INDEX, **more)  # type: ignore[arg-type]


STYLES = (
    _style("run-on", _run_on, keeps_blanks=False),
    _style("torn", _torn, keeps_blanks=False),
    _style("lone-bars", _lone_bars),
    _style("filled-cells", _filled),
    _style("filled-cells-blanks", _filled, prepare=(blanks.any_policy,), blanks=True),
    _style("double-tabs", _double_tabs),
    _style("double-tabs-blanks", _double_tabs, prepare=(blanks.any_policy,), blanks=True),
    _style("laid-out", _laid_out, keeps_blanks=False),
    _style("contents-marks", _contents, prepare=(blanks.visible,), blanks=True),
)

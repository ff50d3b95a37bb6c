"""Text pages: rows and lines that a table left behind when its mark-up was stripped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed.styles import markup
from tests.testbed.styles.base import Style, signature

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_NO_INDEX = frozenset({"title", "published_on"})


def flat(cell: Cell) -> str:
    """Return a cell's text on one line."""
    return cell.text.replace("\n", " ")


def lines(content: Content, rows: Callable[[Table], list[str]], *, gap: bool = False) -> list[str]:
    """Print preamble and sections as lines; a ``gap`` is an empty line after each."""
    found: list[str] = []
    for _, block in content.blocks():
        found += [block] if isinstance(block, str) else rows(block)
        if gap:
            found.append("")
    return found


def text(parts: list[str]) -> bytes:
    """Join lines into a file."""
    return ("\n".join(parts) + "\n").encode()


def pipe_rows(table: Table) -> list[str]:
    """Rows of ``a | b |``: the bars of covered cells stand together at the row's end."""
    rows = []
    for row in table.raster():
        own = [flat(cell) for cell, first in row if first and cell is not None]
        line = "".join(f"{cell} | " if cell else "| " for cell in own)
        rows.append((line + "|" * (len(row) - len(own))).rstrip())
    return rows


def _pipes(content: Content, rng: Random) -> bytes:
    report = content.report
    head = [
        f"当前位置:首页 > 政府信息公开 > 政府信息公开年报 > {report.year}年度",
        content.title,
        f"发布日期:{content.published} 来源:{report.publisher}",
        content.title,
    ]
    if rng.random() < 0.5:
        head = [content.title, f"发布时间：{content.published}　浏览次数：{rng.randint(3, 999)}次"]
    return text(head + lines(content, pipe_rows))


def _cell_lines(content: Content, rng: Random) -> bytes:
    """A pipe head, then one cell per line with a trailing pipe; covered cells on their own."""
    pairs = markup.pairs(content)
    head = []
    for i in range(0, len(pairs), 2):
        row = "".join(
            f"{'索 引 号' if name == '索引号' else name}: | {value} | "
            for name, value in pairs[i : i + 2]
        )
        head.append(row.rstrip())
    quiet = rng.random() < 0.5

    def rows(table: Table) -> list[str]:
        found: list[str] = []
        for row in table.raster():
            own = [flat(cell) for cell, first in row if first and cell is not None]
            found += [f"{cell} |".lstrip() for cell in own]
            covered = len(row) - len(own)
            if covered and not (quiet and covered == 1):
                found[-1:] = [found[-1], "|" * covered]
        return found

    return text(head + lines(content, rows))


def tab_rows(table: Table) -> list[str]:
    """Tab rows as a word processor's text export: covered cells in their place, empty."""
    return [
        "\t".join(flat(cell) if first and cell is not None else "" for cell, first in row)
        for row in table.raster()
    ]


def _tabs(content: Content, rng: Random) -> bytes:
    del rng
    head = [content.title, "", content.published, ""]
    found = head
    for _, block in content.blocks():
        found += [block, ""] if isinstance(block, str) else [*tab_rows(block), ""]
    return text(found)


def _line_cells(content: Content, rng: Random) -> bytes:
    """One cell per line, blank lines between, no bars: a page's text as a browser copies it."""
    head = ["登录| 注册", "", content.title, "", f"发布日期:{content.published}    点击数:", ""]
    found = head
    for _, block in content.blocks():
        if isinstance(block, str):
            found += [block, ""]
            continue
        for cell in block.cells():
            found += [cell.text, ""]
    if rng.random() < 0.3:
        found += signature(content)
    return text(found)


def _gbk(content: Content, rng: Random) -> bytes:
    """Metadata in lines, pipe rows, stored in GB18030."""
    head = [f"{name}：{value}" for name, value in markup.pairs(content)[:-1]]
    rng.shuffle(head)
    parts = [*head, content.title, *lines(content, pipe_rows)]
    return text(parts).decode().encode("gb18030")


def _markdown(content: Content, rng: Random) -> bytes:
    del rng

    def rows(table: Table) -> list[str]:
        found = [
            "| " + " | ".join(flat(c) if first and c is not None else "" for c, first in row) + " |"
            for row in table.raster()
        ]
        found.insert(1, "|" + " --- |" * table.columns)
        return ["", *found, ""]

    parts = [f"# {content.title}", "", f"发布日期：{content.published}", ""]
    for kind, block in content.blocks():
        if isinstance(block, str):
            parts += [f"## {block}" if kind == "heading" else block, ""]
        else:
            parts += rows(block)
    return text(parts)


def _markdown_open(content: Content, rng: Random) -> bytes:
    """Each cell and each bar on a line of its own, as converters write cells with paragraphs."""
    lines = _markdown(content, rng).decode().split("\n")
    return "\n".join(_opened(line) if line.startswith("|") else line for line in lines).encode()


def _opened(row: str) -> str:
    cells = row.strip("|").split("|")
    if set(row) <= set("|- "):
        return row
    return "| " + " | ".join(f"\n\n{cell.strip()}\n\n" for cell in cells) + " |"


STYLES = (
    Style("text-pipes", ".txt", _pipes, _NO_INDEX),
    Style("text-cell-lines", ".txt", _cell_lines),
    Style("text-tabs", ".txt", _tabs, _NO_INDEX),
    Style("text-line-cells", ".txt", _line_cells, _NO_INDEX, keeps_blanks=False),
    Style("text-gbk", ".txt", _gbk),
    Style("text-markdown", ".md", _markdown, _NO_INDEX),
    Style("text-markdown-open", ".md", _markdown_open, _NO_INDEX),
)

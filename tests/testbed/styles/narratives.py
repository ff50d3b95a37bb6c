"""Pages whose narrative and tables stand in another order, or whose headings look otherwise."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.testbed.matrix import Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import pipe_rows, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})
_NUMBERS = (
    ("{}、", "1 2 3 4 5 6"),
    ("{}. ", "1 2 3 4 5 6"),
    ("（{}）", "一 二 三 四 五 六"),
    ("({})", "1 2 3 4 5 6"),
    ("第{}部分 ", "一 二 三 四 五 六"),
    ("第{}章　", "一 二 三 四 五 六"),
    ("{}、", "壹 贰 叁 肆 伍 陆"),
    ("{}、", "\u2160 \u2161 \u2162 \u2163 \u2164 \u2165"),
    ("", "一 二 三 四 五 六"),
)


def _head(content: Content) -> str:
    return f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"


def _apart(content: Content) -> tuple[list[str], list[Table]]:
    """Return the lines of the narrative, and the tables."""
    lines = [block for _, block in content.blocks() if isinstance(block, str)]
    return lines, [block for _, block in content.blocks() if isinstance(block, Table)]


def _tables_apart(content: Content, rng: Random) -> bytes:
    """All tables below the narrative, or above it."""
    lines, tables = _apart(content)
    narrative = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    drawn = "".join(map(markup.table, tables))
    inside = narrative + drawn if rng.random() < 0.6 else drawn + narrative
    return markup.page(content.title, _head(content) + inside).encode()


def _text_tables_last(content: Content, rng: Random) -> bytes:
    del rng
    lines, tables = _apart(content)
    for table in tables:
        lines += ["", *pipe_rows(table)]
    return text([content.title, content.published, *lines])


def _contents_list(content: Content, rng: Random) -> bytes:
    """A list of the six headings above the report."""
    dots = rng.choice(("", "……{}"))
    listed = "".join(
        f"<p>{section.heading}{dots.format(page)}</p>"
        for page, section in enumerate(content.sections, start=1)
    )
    inside = f"{_head(content)}<p>目录</p>{listed}{markup.body(content)}"
    return markup.page(content.title, inside).encode()


def _renumber(content: Content, rng: Random) -> None:
    """Number the headings in another way, or not at all."""
    shape, signs = rng.choice(_NUMBERS)
    for section, sign in zip(content.sections, signs.split(), strict=True):
        section.heading = shape.format(sign) + section.heading[2:]


def _plain(content: Content, rng: Random) -> bytes:
    del rng
    return markup.page(content.title, _head(content) + markup.body(content)).encode()


def _run_in(content: Content, rng: Random) -> bytes:
    """Headings at the beginning of the section's first paragraph."""
    joint = rng.choice(("。", "：", "", "　　"))
    parts = [_head(content), *(f"<p>{escape(line, quote=False)}</p>" for line in content.preamble)]
    for section in content.sections:
        heading = f"<b>{section.heading}</b>"
        for block in section.blocks:
            if isinstance(block, str):
                opening = f"{heading}{joint}" if heading else ""
                parts.append(f"<p>{opening}{escape(block, quote=False)}</p>")
            else:
                parts += [f"<p>{heading}</p>"] * bool(heading) + [markup.table(block)]
            heading = ""
    return markup.page(content.title, "".join(parts)).encode()


def _markdown(content: Content, rng: Random) -> bytes:
    """Markdown whose tables are HTML, as they need spans."""
    shape = rng.choice(("**{}：** {}", "- **{}**：{}", "{}：{}", "> {}：{}"))
    lines = [f"# {content.title}", ""]
    for name, value in markup.pairs(content)[:-1]:
        lines += [shape.format(name, value), *[""] * rng.randint(0, 1)]
    lines.append("")
    for kind, block in content.blocks():
        if isinstance(block, str):
            lines += [f"## {block}" if kind == "heading" else block, ""]
            continue
        table = markup.table(block)
        if rng.random() < 0.5:
            table = table.replace("</tr>", "</tr>\n")
        lines += [f"<html><body>{table}</body></html>" if rng.random() < 0.5 else table, ""]
    return text(lines)


STYLES = (
    Style("html-tables-apart", ".html", _tables_apart, _NO_INDEX),
    Style("html-contents-list", ".html", _contents_list, _NO_INDEX),
    Style("html-renumbered", ".html", _plain, _NO_INDEX, change=(_renumber,)),
    Style("html-run-in", ".html", _run_in, _NO_INDEX),
    Style("text-tables-last", ".txt", _text_tables_last, _NO_INDEX),
    Style("text-markdown-html", ".md", _markdown),
)

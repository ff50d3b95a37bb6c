"""HTML without tables: text layers whose pieces have places, cells by role, lines that are kept."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.markup import with_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_NO_INDEX = frozenset({"title", "published_on"})
_LINE = 24


def _cells(content: Content) -> Iterator[tuple[str, Cell | None]]:
    for _, block in content.blocks():
        if isinstance(block, str):
            yield block, None
        else:
            yield from ((cell.text, cell) for row in block.rows for cell in row)


def _placed(content: Content, rng: Random) -> bytes:
    """The text layer that a viewer of PDF files lays over its picture of a page."""
    unit = rng.choice(("px", "%"))
    texts = [content.title, f"发布日期：{content.published}"]
    texts += [" ".join(text.split()) for text, _ in _cells(content)]
    spans = "".join(
        f'<span style="left: {10 + n % 7}{unit}; top: {n * _LINE}{unit}; font-size: 12px"'
        f' dir="ltr">{escape(text)}</span>'
        for n, text in enumerate(texts)
        if text
    )
    return markup.page("查看文件", f'<div class="textLayer">{spans}</div>').encode()


def _by_role(table: Table) -> str:
    """Print rows and cells that are none but by their role."""
    rows = (
        "".join(f'<span role="cell">{markup.inner_text(cell)}</span>' for cell in row)
        for row in table.rows
    )
    return f'<div role="table">{"".join(f"<div role=row>{row}</div>" for row in rows)}</div>'


def _kept(content: Content, rng: Random) -> bytes:
    """A shell that keeps the report for a script, a line for each cell."""
    lines = "".join(f"<div>{escape(text)}</div>" for text, _ in _cells(content))
    packed = json.dumps({"title": content.title, "body": lines}, ensure_ascii=False)
    kept = rng.choice(
        (
            f"<script>var page = {packed.replace('<', chr(92) + 'u003c')};</script>",
            f'<iframe srcdoc="{escape(lines)}"></iframe>',
        )
    )
    return markup.titled(content, kept)


STYLES = (
    Style("html-placed", ".html", _placed, _NO_INDEX, keeps_blanks=False),
    Style("html-by-role", ".html", with_tables(_by_role), _NO_INDEX, keeps_blanks=False),
    Style("html-kept-lines", ".html", _kept, _NO_INDEX, keeps_blanks=False),
)

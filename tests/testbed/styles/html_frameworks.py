"""HTML as front-end frameworks render tables: heads that stay, copies, headers in each cell."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.form import CELLS
from gongkai.form.labels import APPLICANT_LABELS
from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.markup import with_tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})


def _blocks(table: Table) -> Iterator[Table]:
    """Yield a table, or each block of table two, as a table with one head."""
    starts = [n for n, row in enumerate(table.rows) if row[0].kind == "title"] or [0]
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        yield replace(table, rows=table.rows[start:end])


def _parted(table: Table) -> str:
    """Print the head in a table of its own, the numbers below a row that sets the widths."""
    pieces = []
    for block in _blocks(table):
        head, body = block.rows[: table.head_rows], block.rows[table.head_rows :]
        widths = [Cell("", "note") for _ in range(table.columns)]
        pieces.append(markup.table(replace(block, rows=head)))
        pieces.append(markup.table(replace(block, rows=[widths, *body])))
    return "".join(pieces)


def _copied(table: Table) -> str:
    """Print a copy of the head, a note that a script leaves, and the whole table."""
    pieces = []
    for block in _blocks(table):
        pieces.append(markup.table(replace(block, rows=block.rows[: table.head_rows])))
        pieces += ["<p>正在加载数据，请稍候</p>", markup.table(block)]
    return "".join(pieces)


def _labelled(table: Table) -> str:
    """Print each number of tables two and three behind its column's header, for small screens."""
    for cell in table.cells():
        if cell.path is not None and cell.text and table.name != "四":
            last = cell.path.rpartition(".")[2]
            names = APPLICANT_LABELS.get(last, (CELLS[cell.path].column,))
            cell.text = f"{names[0]}\n{cell.text}"
    return markup.table(table)


def _cut(content: Content, rng: Random) -> bytes:
    """Cut numbers into pieces as editors and scripts do, and print zeros in another colour."""
    look = rng.choice(("<span lang=EN-US>{}</span>", "<i class='flip n{}'>{}</i>", "<b>{}</b>"))

    def inner(cell: Cell) -> str:
        text = markup.inner_text(cell)
        if cell.path is None or not text.isdecimal():
            return text
        if text == "0":
            return f"<span class='zero' style='color:#ccc'>{text}</span>"
        return "".join(look.replace("{}", digit) for digit in text)

    return with_tables(lambda table: markup.table(table, inner))(content, rng)


STYLES = (
    Style("html-cut-numbers", ".html", _cut, _NO_INDEX),
    Style("html-parted", ".html", with_tables(_parted), _NO_INDEX),
    Style("html-copied-heads", ".html", with_tables(_copied), _NO_INDEX),
    Style("html-labelled-cells", ".html", with_tables(_labelled), _NO_INDEX, blanks=False),
)

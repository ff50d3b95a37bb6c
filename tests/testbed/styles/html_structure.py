"""HTML tables that are not what the form's table is: split, joined, with wrong spans or none."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.testbed import blanks, reshaping, wording
from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.markup import with_tables

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_NO_INDEX = frozenset({"title", "published_on"})


def _framed(content: Content, inside: str) -> bytes:
    head = (
        f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published} 来源："
        f"{content.report.publisher}</p>"
    )
    return markup.page(content.title, head + inside).encode()


def _plain(content: Content, rng: Random) -> bytes:
    inner = rng.choice((markup.inner_text, markup.inner_paragraph))
    return _framed(content, markup.body(content, lambda t: markup.table(t, inner)))


def _split(content: Content, rng: Random) -> bytes:
    """Table two as one table for each item; table three cut in two where a page ends."""
    cut = rng.randint(8, 24)

    def print_table(table: Table) -> str:
        starts = [i for i, row in enumerate(table.rows) if row and row[0].kind == "title"]
        if table.name == "三":
            starts = [0, cut]
        if len(starts) < 2:
            return markup.table(table)
        ends = [*starts[1:], len(table.rows)]
        parts = []
        for start, end in zip(starts, ends, strict=True):
            rows = table.rows[start:end]
            # A span that the cut goes through ends there; the rest of it opens the next part.
            rest = [
                Cell("", c.kind, c.colspan, i + c.rowspan - start)
                for i, row in enumerate(table.rows[:start])
                for c in row
                if i + c.rowspan > start
            ]
            shown = [
                [Cell(c.text, c.kind, c.colspan, min(c.rowspan, end - start - i)) for c in row]
                for i, row in enumerate(rows)
            ]
            shown[0] = rest + shown[0]
            parts.append(markup.table(Table(table.name, shown, table.columns)))
        return "<p></p>".join(parts)

    return _framed(content, markup.body(content, print_table))


def _one_table(content: Content, rng: Random) -> bytes:
    """The whole report in one table: headings and paragraphs are rows, too."""
    del rng
    rows = [f"<tr><td colspan=15>{escape(content.title)}</td></tr>"]
    for _, block in content.blocks():
        if isinstance(block, str):
            rows.append(f"<tr><td colspan=15>{escape(block, quote=False)}</td></tr>")
            continue
        inside = markup.table(block)
        rows += [inside[inside.index("<tbody>") + 7 : inside.index("</tbody>")]]
    return markup.page(
        content.title,
        f"<div>发布日期：{content.published}</div><table>{''.join(rows)}</table>",
    ).encode()


def _covered_table(table: Table) -> str:
    """Print covered cells as real, empty cells; no cell has a span."""
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{markup.inner_text(cell) if first and cell else ''}</td>" for cell, first in row
        )
        + "</tr>"
        for row in table.raster()
    )
    return f"<table>{rows}</table>"


def _bad_spans(content: Content, rng: Random) -> bytes:
    """Row spans that are one too long or too short; the cells themselves are all there."""

    def print_table(table: Table) -> str:
        rows = [list(row) for row in table.rows]
        spanned = [(y, x) for y, row in enumerate(rows) for x, c in enumerate(row) if c.rowspan > 2]
        for y, x in spanned:
            if rng.random() < 0.4:
                cell = rows[y][x]
                change = rng.choice((-1, 1))
                rows[y][x] = Cell(cell.text, cell.kind, cell.colspan, cell.rowspan + change)
        return markup.table(Table(table.name, rows, table.columns))

    return _framed(content, markup.body(content, print_table))


def _no_spans(table: Table) -> str:
    """Lose every span: rows of their own cells only, as cleaning scripts leave them."""
    rows = [[Cell(c.text, c.kind) for c in row] for row in table.rows]
    return markup.table(Table(table.name, rows, table.columns))


def _headless(content: Content, rng: Random) -> bytes:
    """Lose the column headers of tables three and four."""
    del rng

    def print_table(table: Table) -> str:
        if table.name == "二":
            return markup.table(table)
        rows = table.rows[table.head_rows :]
        return markup.table(Table(table.name, rows, table.columns))

    return _framed(content, markup.body(content, print_table))


def _twice(content: Content, rng: Random) -> bytes:
    """The text twice: for screens, and hidden for telephones."""
    del rng
    text = markup.body(content)
    return _framed(
        content,
        f"<div class='pc'>{text}</div><div class='mobile' style='display:none'>{text}</div>",
    )


def _style(name: str, render: object, **more: object) -> Style:
    return Style(f"html-{name}", ".html", render, _NO_INDEX, **more)  # type: ignore[arg-type]


STYLES = (
    _style("split", _split),
    _style("one-table", _one_table),
    _style("th", with_tables(lambda t: markup.table(t, head_tag="th"), _framed)),
    _style("covered", with_tables(_covered_table, _framed)),
    _style("bad-spans", _bad_spans),
    _style("no-spans", with_tables(_no_spans, _framed), keeps_blanks=False),
    _style("headless", _headless),
    _style("twice", _twice),
    _style("other-up", _plain, change=(reshaping.other_up,)),
    _style("two-row-heads", _plain, change=(reshaping.two_row_heads,)),
    _style("stacked", _plain, change=(wording.stacked,)),
    _style("words", _plain, change=(
        wording.numbering, wording.articles, wording.synonyms, wording.breaks,
        wording.inner_blanks, wording.narrow)),
    _style("garbled", _plain, change=(wording.garbled, wording.cut_heads, wording.breaks)),
    _style("traditional", _plain, change=(wording.traditional,)),
    _style("odd-numbers", _plain, change=(wording.thousands, wording.units, wording.padded)),
    _style("wide-digits", _plain, change=(wording.wide_digits, wording.padded)),
    _style("empty-column", _plain, change=(reshaping.empty_column, reshaping.surplus_zero)),
    _style("blanks", _plain, prepare=(blanks.any_policy,), blanks=True),
    _style(
        "blanks-covered", with_tables(_covered_table, _framed),
        prepare=(blanks.any_policy,), blanks=True,
    ),
)  # fmt: skip

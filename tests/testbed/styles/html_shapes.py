"""HTML whose tables are turned, rearranged, added to, or no tables at all."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from tests.testbed import rearranging, wording
from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.markup import with_tables
from tests.testbed.styles.text_rows import tab_rows

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
_NO_INDEX = frozenset({"title", "published_on"})


def _turn(table: Table) -> Table:
    """Turn a table by a quarter."""
    columns: dict[int, list[Cell]] = {}
    for row in table.raster():
        for x, (cell, first) in enumerate(row):
            if cell is not None and first:
                turned = Cell(cell.text, cell.kind, cell.rowspan, cell.colspan)
                columns.setdefault(x, []).append(turned)
    return Table(table.name, [columns[x] for x in sorted(columns)], len(table.rows))


def _turned(table: Table) -> str:
    """Turn each table; table two is printed as one table for each item."""
    if table.name != "二":
        return markup.table(_turn(table))
    starts = [n for n, row in enumerate(table.rows) if row[0].kind == "title"]
    ends = [*starts[1:], len(table.rows)]
    return "".join(
        f"<p>{table.rows[start][0].text}</p>"
        + markup.table(_turn(Table("二", table.rows[start + 1 : end], 4)))
        for start, end in zip(starts, ends, strict=True)
    )


def _stacked(content: Content, rng: Random) -> bytes:
    rearranging.stack_rows(content.table("三"), rng)
    return with_tables(markup.table)(content, rng)


def _roles(table: Table) -> str:
    """Print divisions that a style sheet makes a table of."""
    rows = (
        "".join(f"<div role='cell'>{markup.inner_text(cell)}</div>" for cell in row)
        for row in table.rows
    )
    return f"<div role='table'>{''.join(f'<div role=row>{row}</div>' for row in rows)}</div>"


def _list(table: Table) -> str:
    rows = (" ".join(escape(cell.text) for cell in row) for row in table.rows)
    return f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"


def _terms(table: Table) -> str:
    """Print labels and numbers as terms and their descriptions."""
    cells = (
        f"<dd>{cell.text}</dd>" if cell.path else f"<dt>{markup.inner_text(cell)}</dt>"
        for cell in table.cells()
    )
    return f"<dl>{''.join(cells)}</dl>"


def _typed(table: Table) -> str:
    return f"<pre>{escape(chr(10).join(tab_rows(table)))}</pre>"


def _framed(table: Table) -> str:
    """Print the table inside two layout tables."""
    inside = markup.table(table, markup.inner_paragraph)
    for _ in range(2):
        inside = f"<table width='100%'><tr><td>{inside}</td></tr></table>"
    return inside


def _raised(content: Content, rng: Random) -> bytes:
    """Print raised numbers of notes behind labels and numbers."""

    def inner(cell: Cell) -> str:
        raised = cell.kind in ("label", "number") and cell.text and rng.random() < 0.05
        note = rng.choice(("<sup>1</sup>", "<sup>①</sup>", "<sup>[2]</sup>", "<sup>注</sup>"))
        return markup.inner_text(cell) + (note if raised else "")

    return with_tables(lambda table: markup.table(table, inner))(content, rng)


_LIFTED = (
    "<span class='MsoFootnoteReference'>1</span>",
    "<span style='position:relative;top:-4pt;mso-text-raise:4pt;font-size:9pt'>1</span>",
    "<span style='vertical-align:text-top;font-size:60%'>2</span>",
    "<i class='mark' data-v-7ba5bd90>7</i>",
    "<span style='clip-path:inset(100%)'>3</span>",
)


def _marked(content: Content, rng: Random) -> bytes:
    """Print digits behind numbers that are lifted as programs lift them, or not shown."""

    def inner(cell: Cell) -> str:
        marked = cell.kind == "number" and cell.text and rng.random() < 0.05
        return markup.inner_text(cell) + (rng.choice(_LIFTED) if marked else "")

    sheet = "<style>.mark[data-v-7ba5bd90]{display:none}</style>"
    tables = markup.body(content, lambda table: markup.table(table, inner))
    return markup.titled(content, sheet + tables)


def _in_yuan(content: Content, rng: Random) -> bytes:
    """Print the amount of table two in 元, as only a line above the table says."""
    fees = "proactive.fees.amount"
    for cell in content.table("二").cells():
        if cell.text.startswith("本年收费金额"):
            cell.text = "本年收费金额"
        amount = content.report.cells.get(fees)
        if cell.path == fees and amount is not None:
            cell.text = f"{(Decimal(amount) * 10_000).normalize():f}"
    unit = f"<p align='right'>{rng.choice(('单位：件、元', '（金额单位：元）'))}</p>"
    return with_tables(lambda t: (unit if t.name == "二" else "") + markup.table(t))(content, rng)


def _repeated(content: Content, rng: Random) -> bytes:
    """Repeat each column's header in its cells, as pages for small screens do."""
    for row in content.table("三").rows:
        numbers = [cell for cell in row if cell.path]
        for cell, head in zip(numbers, _APPLICANTS, strict=False):
            cell.text = f"{head}：{cell.text}"
    return with_tables(markup.table)(content, rng)


def _style(name: str, render: object, **more: object) -> Style:
    return Style(f"html-{name}", ".html", render, _NO_INDEX, **more)  # type: ignore[arg-type]


STYLES = (
    _style("turned", with_tables(_turned), keeps_blanks=False),
    _style("stacked-rows", _stacked),
    _style("roles", with_tables(_roles), keeps_blanks=False),
    _style("list", with_tables(_list), keeps_blanks=False),
    _style("terms", with_tables(_terms), keeps_blanks=False),
    _style("typed", with_tables(_typed), keeps_blanks=False),
    _style("framed", with_tables(_framed)),
    _style("raised", _raised),
    _style("marked", _marked),
    _style("in-yuan", _in_yuan),
    _style("notes", with_tables(markup.table), change=(rearranging.notes,)),
    _style("added-columns", with_tables(markup.table), change=(rearranging.added_columns,)),
    _style("moved-rows", with_tables(markup.table), change=(rearranging.moved_rows,)),
    _style("moved-columns", with_tables(markup.table), change=(rearranging.moved_columns,)),
    _style("moved-applicants", with_tables(markup.table), change=(rearranging.moved_applicants,)),
    _style("moved-disputes", with_tables(markup.table), change=(rearranging.moved_disputes,)),
    _style("repeated-heads", _repeated),
    _style("half-traditional", with_tables(markup.table), change=(wording.half_traditional,)),
)

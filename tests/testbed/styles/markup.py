"""Parts that HTML styles share: tables, paragraphs, heads."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

    Inner = Callable[[Cell], str]


def inner_text(cell: Cell) -> str:
    """Return a cell's text as mark-up."""
    return escape(cell.text, quote=False).replace("\n", "<br/>")


def inner_paragraph(cell: Cell) -> str:
    """Return a cell's text in a paragraph, as editors save it."""
    align = "center" if cell.kind in ("number", "head", "title") else "left"
    return f'<p style="text-align:{align}">{inner_text(cell) or "&nbsp;"}</p>'


def spans(cell: Cell) -> str:
    """Return the span attributes of a cell."""
    text = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    return text + (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "")


def table(
    source: Table,
    inner: Inner = inner_text,
    attributes: str = 'border="1"',
    cell_attributes: str = "",
    head_tag: str = "td",
) -> str:
    """Print a table with right spans."""
    rows = []
    for row in source.rows:
        cells = "".join(
            f"<{tag}{spans(cell)}{cell_attributes}>{inner(cell)}</{tag}>"
            for cell in row
            for tag in (head_tag if cell.kind in ("head", "title", "note") else "td",)
        )
        rows.append(f"<tr>{cells}</tr>")
    return f"<table {attributes}><tbody>{''.join(rows)}</tbody></table>"


def body(
    content: Content,
    print_table: Callable[[Table], str] = table,
    paragraph: str = "<p>{}</p>",
    heading: str = "<p><strong>{}</strong></p>",
) -> str:
    """Print preamble and sections."""
    parts = []
    for kind, block in content.blocks():
        if isinstance(block, str):
            shape = heading if kind == "heading" else paragraph
            parts.append(shape.format(escape(block, quote=False)))
        else:
            parts.append(print_table(block))
    return "\n".join(parts)


def page(title: str, inside: str, charset: str | None = "utf-8", head: str = "") -> str:
    """Wrap a body into a page."""
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head>{meta}'
        f"<title>{escape(title)}</title>{head}</head>"
        f"\n<body>{inside}</body></html>\n"
    )


def pairs(content: Content) -> list[tuple[str, str]]:
    """Return the metadata pairs of a head, in a usual order."""
    report = content.report
    found = [
        ("索引号", report.index_number),
        ("发布机构", report.publisher),
        ("成文日期", content.written),
        ("发布日期", content.published),
        ("名称", content.title),
    ]
    if report.document_number:
        found.insert(2, ("文号", report.document_number))
    return found


def titled(content: Content, inside: str) -> bytes:
    """Print a page below its title and date."""
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return page(content.title, head + inside).encode()


def with_tables(
    print_table: Callable[[Table], str], framed: Callable[[Content, str], bytes] = titled
) -> Callable[[Content, Random], bytes]:
    """Return what prints pages whose tables are printed by ``print_table``."""

    def render(content: Content, rng: Random) -> bytes:
        del rng
        return framed(content, body(content, print_table))

    return render

"""Text pages whose rows lost or gained something on the way, and text drawn on a page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tests.testbed import blanks, rearranging, reshaping, wording
from tests.testbed.styles.base import Style, own_publisher, signature
from tests.testbed.styles.text_rows import flat, lines, pipe_rows, tab_rows, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_NO_INDEX = frozenset({"title", "published_on"})


def _pipes_signed(content: Content, rng: Random) -> bytes:
    """Pipe rows, no title: agency and date stand at the end."""
    del rng
    return text(lines(content, pipe_rows) + signature(content))


def _openers(content: Content, rng: Random) -> bytes:
    """Each row opens with a bar of its own line; cells end with a bar, covered ones with more."""
    hidden = rng.randint(0, 6)  # columns that hold nothing and are not shown

    def rows(table: Table) -> list[str]:
        found: list[str] = []
        for row in table.raster():
            own = [flat(cell) for cell, first in row if first and cell is not None]
            found += ["|", *(f"{cell} |".lstrip() for cell in own)]
            covered = len(row) - len(own) + (hidden if table.name == "三" else 0)
            if covered:
                found[-1] += " " + "|" * covered
        return found

    return text([content.title, f"发布日期:{content.published}", *lines(content, rows)])


def _plain_pipes(content: Content, rng: Random) -> bytes:
    """Pipe rows that keep covered cells in place at the row's start and lose the others."""
    del rng

    def rows(table: Table) -> list[str]:
        found = []
        for row in table.raster():
            cells = [(flat(c) if c and first else "", first) for c, first in row]
            last = max((i for i, (_, first) in enumerate(cells) if first), default=0)
            kept = [
                value
                for i, (value, first) in enumerate(cells[: last + 1])
                # Only what is covered from above keeps a place; column spans leave no trace.
                if first or all(row[i][0] is not cell for cell, own in row if own)
            ]
            found.append("".join(f"{value} | " if value else "| " for value in kept).rstrip())
        return found

    head = [content.title, f"发布日期：{content.published}"]
    return text(head + lines(content, rows))


def _shifted_tabs(content: Content, rng: Random) -> bytes:
    """Tab rows with page breaks inside tables and rows that lost or gained leading tabs."""

    def rows(table: Table) -> list[str]:
        found = []
        for i, line in enumerate(tab_rows(table)):
            if i >= table.head_rows and rng.random() < 0.2:
                line = line.lstrip("\t") if rng.random() < 0.5 else "\t" + line  # noqa: PLW2901
            if i >= table.head_rows and rng.random() < 0.1:
                line += "\t"  # noqa: PLW2901
            found.append(line)
            if i > 1 and rng.random() < 0.08:
                found += ["", *([f"- {rng.randint(1, 9)} -", ""] if rng.random() < 0.5 else [])]
        return [*found, ""]

    half = content.title.find(content.report.who.agency) + len(content.report.who.agency)
    title = [content.title]
    if content.title.startswith(content.report.who.agency) and rng.random() < 0.5:
        title = [content.title[:half], "", content.title[half:].strip()]
    found = [*title, "", content.published, ""]
    return text(found + lines(content, rows, gap=True))


def _width(value: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in value)


def _pad(value: str, width: int) -> str:
    return value + " " * (width - _width(value))


def _fitted(content: Content, rng: Random) -> bytes:
    """The same where columns are as wide as all that stands in them."""
    return _aligned(content, rng, fitted=True)


def _widen(widths: list[int], cells: list[list[str]]) -> None:
    """Widen columns until nothing in a row reaches into the next text of it."""
    for texts in cells:
        at = end = 0
        for x, value in enumerate(texts):
            if value and end > at:
                widths[x - 1] += end - at
                at = end
            end = at + _width(value) + 2 if value else end
            at += widths[x]


def _aligned(content: Content, rng: Random, *, fitted: bool = False) -> bytes:
    """Columns aligned with blanks; covered cells are blank space."""
    del rng

    def rows(table: Table) -> list[str]:
        raster = table.raster()
        columns = max(map(len, raster))
        cells = [_texts(row, columns) for row in raster]
        widths = [
            max(
                _width(texts[x]) if _alone(row, x) else 2
                for row, texts in zip(raster, cells, strict=True)
            )
            + 2
            for x in range(columns)
        ]
        if fitted:
            _widen(widths, cells)
        found = []
        for texts in cells:
            line, at = "", 0
            for value, width in zip(texts, widths, strict=True):
                line = _pad(line, at) if _width(line) <= at else line + "  "
                line += value
                at += width
            found.append(line.rstrip())
        return ["", *found, ""]

    head = [content.title.center(60), f"（{content.published}）".center(60), ""]
    found = head
    for kind, block in content.blocks():
        if isinstance(block, str):
            found += [block if kind == "heading" else f"    {block}"]
        else:
            found += rows(block)
    return text(found)


def _texts(row: list[tuple[Cell | None, bool]], columns: int) -> list[str]:
    """Return the texts of a raster row: covered cells are empty, and so is what is missing."""
    texts = [flat(c) if first and c is not None else "" for c, first in row]
    return texts + [""] * (columns - len(texts))


def _alone(row: list[tuple[Cell | None, bool]], x: int) -> bool:
    """Tell whether the cell at ``x`` spans one column, so that its width counts."""
    return x + 1 >= len(row) or row[x + 1][0] is not row[x][0]


def _flipbook(content: Content, rng: Random) -> bytes:
    """Pages of a flip-book: one line holds several cells, single blanks between, words broken."""
    width = rng.choice((24, 30, 36))

    def rows(table: Table) -> list[str]:
        found = []
        for y, row in enumerate(table.rows):
            numbers = " ".join(flat(c) for c in row if c.path is not None)
            labels = [flat(c) for c in row if c.path is None and c.text]
            if y < table.head_rows or not numbers:
                found.append(" ".join(labels))
                continue
            label = " ".join(labels)
            if len(label) <= width:
                found.append(f"{label} {numbers}".strip())
                continue
            # A wrapped label carries its numbers on the middle line, or between two lines.
            parts = [label[i : i + width] for i in range(0, len(label), width)]
            if len(parts) == 2:
                found += [parts[0], numbers, parts[1]]
            else:
                middle = len(parts) // 2
                parts[middle] += f" {numbers}"
                found += parts
        return found

    body: list[str] = []
    for _, block in content.blocks():
        if isinstance(block, str):
            body += [block[i : i + 40] for i in range(0, len(block), 40)]
        else:
            body += rows(block)
    found: list[str] = [content.title]
    step = rng.choice((28, 36, 44))
    for page, start in enumerate(range(0, len(body), step), 1):
        found += [*body[start : start + step], f"- {page} -"]
    return text(found)


def _box(content: Content, rng: Random) -> bytes:
    """Tables drawn with box characters; covered cells are empty boxes."""
    del rng

    def rows(table: Table) -> list[str]:
        raster = table.raster()
        columns = max(map(len, raster))
        cells = [_texts(row, columns) for row in raster]
        widths = [max(_width(row[x]) for row in cells) for x in range(columns)]

        def line(left: str, middle: str, right: str) -> str:
            return left + middle.join("─" * width for width in widths) + right

        found = [line("┌", "┬", "┐")]
        for i, row in enumerate(cells):
            inside = "│".join(_pad(v, w) for v, w in zip(row, widths, strict=True))
            found += [f"│{inside}│"]
            found += [line("├", "┼", "┤") if i + 1 < len(cells) else line("└", "┴", "┘")]
        return found

    head = [content.title, f"发布时间：{content.published}"]
    return text(head + lines(content, rows))


def _single_blanks(content: Content, rng: Random) -> bytes:
    """One line a row, its cells parted by single blanks, covered cells left out."""
    del rng

    def rows(table: Table) -> list[str]:
        return [" ".join(flat(cell) for cell in row) for row in table.rows]

    return text([content.title, f"发布时间：{content.published}", *lines(content, rows)])


def _padded_pipes(content: Content, rng: Random) -> bytes:
    """Rows of ``a | b | ||``: the bars of covered cells stand behind the row's own."""
    del rng
    head = [content.title, f"发布时间：{content.published}"]
    return text(head + lines(content, pipe_rows))


def _padded_lines(content: Content, rng: Random) -> bytes:
    """One cell a line with a trailing pipe; the bars of covered cells on a line behind the row."""
    del rng

    def rows(table: Table) -> list[str]:
        found: list[str] = []
        for row in table.raster():
            own = [flat(cell) for cell, first in row if first and cell is not None]
            found += [f"{cell} |".lstrip() for cell in own]
            if covered := len(row) - len(own):
                found.append("|" * covered)
        return found

    return text([content.title, f"发布时间：{content.published}", *lines(content, rows)])


def _page_feeds(content: Content, rng: Random) -> bytes:
    """Lines of a PDF as a program prints them: a bare number and a form feed end each page."""
    body = _single_blanks(content, rng).decode().splitlines()
    step = rng.choice((24, 30, 36))
    pages = [body[start : start + step] for start in range(0, len(body), step)]
    parts = ["\n".join([*page, "", f"  {n}", ""]) for n, page in enumerate(pages, 1)]
    return "\f".join(parts).encode()


def _style(name: str, render: object, prints: frozenset[str] = _NO_INDEX, **more: object) -> Style:
    return Style(f"text-{name}", ".txt", render, prints, **more)  # type: ignore[arg-type]


STYLES = (
    _style("pipes-signed", _pipes_signed, frozenset(), prepare=(own_publisher,),
           change=(wording.narrow, wording.synonyms, wording.cut_heads)),
    _style("openers", _openers, change=(wording.narrow, wording.breaks), keeps_blanks=False),
    _style("plain-pipes", _plain_pipes, change=(reshaping.two_row_heads,)),
    _style("plain-pipes-blanks", _plain_pipes, prepare=(blanks.any_policy,), blanks=True),
    _style("shifted-tabs", _shifted_tabs, change=(reshaping.other_up, reshaping.surplus_zero)),
    _style("aligned", _aligned, keeps_blanks=False),
    _style("aligned-blanks", _fitted, prepare=(blanks.result_totals,), blanks=True),
    _style("flipbook", _flipbook, frozenset({"title"}), change=(wording.breaks,),
           keeps_blanks=False),
    _style("flipbook-marks", _flipbook, frozenset({"title"}), prepare=(blanks.visible,),
           blanks=True),
    _style("page-feeds", _page_feeds, keeps_blanks=False),
    _style("page-feeds-marks", _page_feeds, prepare=(blanks.visible,), blanks=True),
    _style("pipes-but-totals", _padded_pipes, prepare=(blanks.zeros_but_totals,), blanks=True),
    _style("pipes-result-totals", _padded_pipes, prepare=(blanks.result_totals,), blanks=True),
    _style("cell-lines-but-totals", _padded_lines, prepare=(blanks.zeros_but_totals,),
           blanks=True),
    _style("box", _box),
    _style("single-blanks", _single_blanks, keeps_blanks=False,
           change=(rearranging.moved_applicants, rearranging.moved_disputes)),
)  # fmt: skip

"""HTML with what portals add to the form: sums, years, numbers of columns, marks of revision."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from gongkai.form import CELLS
from tests.testbed.matrix import Cell
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import lines, pipe_rows, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

    Row = list[Cell]

_NO_INDEX = frozenset({"title", "published_on"})
_SPACER = "<img src='/s.gif' width='1'>"


def _page(content: Content, inside: str) -> bytes:
    head = f"<h1>{escape(content.title)}</h1><p>发布时间：{content.published}</p>"
    return markup.page(content.title, head + inside).encode()


def _plain(content: Content, rng: Random) -> bytes:
    del rng
    return _page(content, markup.body(content))


def _numbered(content: Content, rng: Random) -> bytes:
    """Number the columns of table four in a row of its own."""
    four = content.table("四")
    four.rows.insert(four.head_rows, [Cell(str(n), "note") for n in range(1, 16)])
    return _plain(content, rng)


def _summed(content: Content, rng: Random) -> bytes:
    """Add a column of sums to table four, or print a kind a row with a row of sums below."""
    four = content.table("四")
    numbers = four.rows[-1]
    name = rng.choice(("合计", "总计", "案件总数"))
    if rng.random() < 0.5:
        four.rows[0].append(Cell(name, "head", 1, 3))
        numbers.append(Cell(str(rng.randint(0, 99)), "note"))
        four.columns += 1
        return _plain(content, rng)
    heads = [
        Cell(name, "head") for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    ]
    blocks = [numbers[start : start + 5] for start in (0, 5, 10)]
    sums = [Cell(str(rng.randint(0, 99)), "note") for _ in heads]
    kinds = ("行政复议", "未经复议直接起诉", "复议后起诉")
    four.rows = [[Cell("", "head"), *heads]]
    four.rows += [[Cell(kind, "label"), *own] for kind, own in zip(kinds, blocks, strict=True)]
    four.rows.append([Cell(name, "note"), *sums])
    four.columns, four.head_rows = 6, 1
    return _plain(content, rng)


def _make_long(content: Content) -> None:
    """Print each number of table two behind its row's label and its column's header."""
    two = content.table("二")
    rows = [[Cell(t, "head") for t in ("条款", "信息内容", "统计项", "数量")]]
    item = ""
    for row in two.rows:
        if row[0].kind == "title":
            item = row[0].text
        for number in row:
            if number.path:  # a damage may have taken some
                number.colspan = 1
                head = CELLS[number.path].column
                labels = [Cell(t, "label") for t in (item, row[0].text, head)]
                rows.append([*labels, number])
    two.rows, two.columns, two.head_rows = rows, 4, 1


def _long(content: Content, rng: Random) -> bytes:
    _make_long(content)
    return _plain(content, rng)


def stray_blanks(content: Content, rng: Random) -> None:
    """Put a blank cell that the head does not show into rows of table two."""
    for row in content.table("二").rows:
        if row[-1].path and rng.random() < 0.5:
            row.insert(rng.randint(1, len(row)), Cell("", "note"))


def _compared(content: Content, rng: Random) -> bytes:
    """Compare two years in a table of its own before table two."""
    two = content.table("二")
    rows = ["<tr><td>信息内容</td><td>上年</td><td>本年</td></tr>"]
    for row in two.rows:
        if row[-1].path:
            last, label = row[-1].text, row[0].text
            rows.append(f"<tr><td>{label}</td><td>{rng.randint(0, 9)}</td><td>{last}</td></tr>")
    inside = markup.body(content)
    at = inside.index("<table")
    return _page(content, f"{inside[:at]}<table>{''.join(rows)}</table>{inside[at:]}")


def _beside(content: Content, rng: Random) -> bytes:
    """Print each heading in a column to the left of its section."""
    del rng
    rows = []
    for section in content.sections:
        inside = "".join(
            f"<p>{escape(b)}</p>" if isinstance(b, str) else markup.table(b) for b in section.blocks
        )
        rows.append(f"<tr><td>{escape(section.heading)}</td><td>{inside}</td></tr>")
    preamble = "".join(f"<p>{escape(line)}</p>" for line in content.preamble)
    return _page(content, f"{preamble}<table>{''.join(rows)}</table>")


def _revised(content: Content, rng: Random) -> bytes:
    """Strike numbers through and raise notes by style attributes; adorn labels with images."""

    def inner(cell: Cell) -> str:
        shown, what = markup.inner_text(cell), rng.random()
        if cell.kind == "label" and what < 0.2:
            return f"<img src='/i.png' alt='1'>{shown}"
        if cell.path and what < 0.2:
            return f"<span style='text-decoration: line-through'>{rng.randint(1, 9)}</span>{shown}"
        if cell.path and what < 0.3:
            return f"{shown}<span style='vertical-align: super; font-size: 9px'>1</span>"
        return shown or _SPACER

    return _page(content, markup.body(content, lambda table: markup.table(table, inner)))


def _pipes(content: Content, rng: Random) -> bytes:
    del rng
    head = [content.title, f"发布日期：{content.published}"]
    return text(head + lines(content, pipe_rows))


def _long_pipes(content: Content, rng: Random) -> bytes:
    _make_long(content)
    return _pipes(content, rng)


STYLES = (
    Style("html-numbered-columns", ".html", _numbered, _NO_INDEX),
    Style("html-summed-disputes", ".html", _summed, _NO_INDEX),
    Style("html-long-two", ".html", _long, _NO_INDEX),
    Style("html-stray-blanks", ".html", _plain, _NO_INDEX, change=(stray_blanks,)),
    Style("html-compared", ".html", _compared, _NO_INDEX),
    Style("html-heads-beside", ".html", _beside, _NO_INDEX),
    Style("html-revised", ".html", _revised, _NO_INDEX),
    Style("text-stray-blanks", ".txt", _pipes, _NO_INDEX, change=(stray_blanks,)),
    Style("text-long-two", ".txt", _long_pipes, _NO_INDEX),
)

"""Tables whose cells stand elsewhere than the form says. Each changes a content in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.testbed.matrix import Cell

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content


def other_up(content: Content, rng: Random) -> None:
    """Print 其他 of table three's header one row too high."""
    del rng
    rows = content.table("三").rows
    other = rows[2].pop()
    other.rowspan = 2
    rows[1][1].colspan = 4
    rows[1].insert(2, other)


def two_row_heads(content: Content, rng: Random) -> None:
    """Print 商业企业 and 科研机构 as two table rows each, the words broken between them."""
    del rng
    table = content.table("三")
    rows = table.rows
    below = []
    for cell in rows[2]:
        if cell.text in ("商业企业", "科研机构"):
            below.append(Cell(cell.text[2:], "head"))
            cell.text = cell.text[:2]
        else:
            cell.rowspan = 2
    rows.insert(3, below)
    rows[0][0].rowspan = 4
    rows[1][0].rowspan = rows[1][2].rowspan = 3


def empty_column(content: Content, rng: Random) -> None:
    """Add a column that is empty in every row, at the right end of a table."""
    table = rng.choice(content.tables)
    for row in table.rows:
        row.append(Cell("", "note"))
    table.columns += 1


def surplus_zero(content: Content, rng: Random) -> None:
    """Print eight zeros for seven columns in rows of zeros, and sixteen for fifteen."""
    for name in ("三", "四"):
        table = content.table(name)
        wide = [r for r in table.rows if sum(c.path is not None for c in r) > 1]
        for row in rng.sample(wide, min(2, len(wide))):
            if all(c.text == "0" for c in row if c.path is not None):
                row.append(Cell("0", "number"))

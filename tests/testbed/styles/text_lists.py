"""Text pages that are lists of values, or hold characters that nobody sees."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tests.testbed import wording
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import flat, lines, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Table

_NO_INDEX = frozenset({"title", "published_on"})


def _commas(content: Content, rng: Random) -> bytes:
    """Tables as a spreadsheet exports them: covered cells are empty."""
    quoted = rng.random() < 0.5

    def rows(table: Table) -> list[str]:
        buffer = io.StringIO()
        writer = csv.writer(
            buffer,
            quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
            lineterminator="\n",
        )
        for row in table.raster():
            writer.writerow([flat(c) if first and c is not None else "" for c, first in row])
        return buffer.getvalue().splitlines()

    return text([content.title, content.published, *lines(content, rows)])


def _chinese_commas(content: Content, rng: Random) -> bytes:
    """Rows that a person typed: their own cells, with Chinese commas between."""
    comma = rng.choice("，、；")

    def rows(table: Table) -> list[str]:
        return [comma.join(flat(cell) for cell in row) for row in table.rows]

    return text([content.title, content.published, *lines(content, rows)])


def _unseen(content: Content, rng: Random) -> bytes:
    """Tab rows with characters of no width in every text, and line ends of another kind."""
    end = rng.choice(("\u2028", "\x85", "\r"))

    def rows(table: Table) -> list[str]:
        return ["\t".join("\u200b".join(flat(cell)) for cell in row) for row in table.rows]

    page = text([content.title, content.published, *lines(content, rows)]).decode()
    return page.replace("\n", end).encode()


STYLES = (
    Style("text-commas", ".csv", _commas, _NO_INDEX, change=(wording.narrow,)),
    Style("text-chinese-commas", ".txt", _chinese_commas, _NO_INDEX),
    Style("text-unseen", ".txt", _unseen, _NO_INDEX),
)

"""Text pages that are lists of values, hold characters that nobody sees, or marks on each line."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tests.testbed import wording
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import flat, lines, pipe_rows, text

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
    """Rows that a person typed: their own cells, with Chinese commas or strokes between."""
    comma = rng.choice("，、；/")

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


def _named(table: Table) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return lines that have no numbers, and rows: their numbers with the names of the columns."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    names: dict[int, str] = {}
    groups: dict[int, str] = {}
    for row in table.raster():
        numbers = [(x, cell) for x, (cell, _) in enumerate(row) if cell is not None and cell.path]
        words = [flat(cell) for cell, first in row if first and cell is not None and not cell.path]
        if not numbers:
            heads = {x: flat(cell) for x, (cell, _) in enumerate(row) if cell is not None}
            groups = {x: names[x] for x, head in heads.items() if names.get(x, head) != head}
            names |= heads
            if len(words) == 1:
                found.append((words[0], []))
        elif table.name != "四":
            found += [(word, []) for word in words[:-1]]
            pairs = {cell.path: (names.get(x, ""), flat(cell)) for x, cell in reversed(numbers)}
            found.append((words[-1], list(pairs.values())[::-1]))
        else:
            for start, label in ((0, "行政复议"), (5, groups.get(5, "")), (10, groups.get(10, ""))):
                part = [(names.get(x, ""), flat(cell)) for x, cell in numbers[start : start + 5]]
                found += [("行政诉讼", [])] * (start == 5) + [(label, part)]
    return found


def _pairs(content: Content, rng: Random) -> bytes:
    """Rows as lists of pairs: in a line, one below the other, or with both names for each cell."""
    shape = rng.choice(("line", "line", "lines", "cells"))
    comma, behind = rng.choice(("，", "；", ", ", "、")), rng.choice(("", " ", "："))

    def rows(table: Table) -> list[str]:
        found: list[str] = []
        for label, pairs in _named(table):
            printed = [f"{name}{behind or '：'}{value}" for name, value in pairs]
            if shape == "cells" and pairs:
                found += [f"{label}—{pair}" for pair in printed]
            elif shape == "lines" or not pairs:
                found += [f"{label}：" if pairs else label, *printed]
            else:
                joined = comma.join(f"{name}{behind}{value}" for name, value in pairs)
                found.append(f"{label}：{joined}。")
        return found

    return text([content.title, content.published, *lines(content, rows)])


def _marked_lines(content: Content, rng: Random) -> bytes:
    """Each line is quoted, or has its number before it."""
    body = [content.title, content.published, *lines(content, pipe_rows, gap=rng.random() < 0.5)]
    mark = rng.choice(("> {1}", ">> {1}", "{0:>4}  {1}", "{0}: {1}", "{0}\t{1}"))
    return text([mark.format(n, line) for n, line in enumerate(body, 1)])


STYLES = (
    Style("text-marked-lines", ".txt", _marked_lines, _NO_INDEX),
    Style("text-pairs", ".txt", _pairs, _NO_INDEX, keeps_blanks=False),
    Style("text-commas", ".csv", _commas, _NO_INDEX, change=(wording.narrow,)),
    Style("text-chinese-commas", ".txt", _chinese_commas, _NO_INDEX),
    Style("text-unseen", ".txt", _unseen, _NO_INDEX),
)

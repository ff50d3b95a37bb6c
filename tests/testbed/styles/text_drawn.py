"""Text pages as programs make them of a page: tables drawn, measured, or joined in one line."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from tests.testbed import blanks
from tests.testbed.styles.base import Style
from tests.testbed.styles.text_rows import flat, lines, text

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table

_NO_INDEX = frozenset({"title", "published_on"})
#: Corners by the rules that meet there: above, below, left, right.
_CORNERS = {
    "1111": "┼", "0111": "┬", "1011": "┴", "1101": "├", "1110": "┤", "0101": "┌",
    "0110": "┐", "1001": "└", "1010": "┘", "0011": "─", "1100": "│",
}  # fmt: skip


def _width(value: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in value)


def _wrapped(value: str, width: int) -> list[str]:
    """Break a text into lines of some width; numbers stay whole."""
    if not any("\u3400" <= sign <= "\u9fff" for sign in value):
        return [value]
    found = [""]
    for sign in value:
        if _width(found[-1] + sign) > width and not (
            sign.isdecimal() and found[-1][-1:].isdecimal()
        ):
            found.append("")
        found[-1] += sign
    return found


def _ends(sizes: list[int]) -> list[int]:
    """Return where rules run before, between and behind fields of these sizes."""
    found = [0]
    for size in sizes:
        found.append(found[-1] + size + 1)
    return found


class _Canvas:
    """A table as cells on a raster, drawn with one sign for each column of a terminal."""

    def __init__(self, table: Table, wide: int) -> None:
        raster = table.raster()
        columns = max(map(len, raster))
        self.ids = [
            [
                id(row[x][0]) if x < len(row) and row[x][0] is not None else -(y * columns + x + 1)
                for x in range(columns)
            ]
            for y, row in enumerate(raster)
        ]
        self.boxes: dict[int, tuple[Cell, list[int], list[int]]] = {}
        for y, row in enumerate(raster):
            for x, (cell, _) in enumerate(row):
                if cell is not None:
                    _, ys, xs = self.boxes.setdefault(id(cell), (cell, [], []))
                    ys.append(y)
                    xs.append(x)
        widths, heights = [2] * columns, [1] * len(raster)
        for cell, _, xs in self.boxes.values():
            own = _width(flat(cell))
            if len(set(xs)) == 1:
                widths[xs[0]] = max(widths[xs[0]], own if cell.kind == "number" else min(own, wide))
        self.xs = _ends(widths)
        self.words: dict[int, list[str]] = {}
        for key, (cell, ys, xs) in self.boxes.items():
            self.words[key] = _wrapped(flat(cell), self.xs[max(xs) + 1] - self.xs[min(xs)] - 1)
            room = sum(heights[min(ys) : max(ys) + 1]) + max(ys) - min(ys)
            heights[max(ys)] += max(0, len(self.words[key]) - room)
        self.ys = _ends(heights)

    def lines(self, *, plain: bool) -> list[str]:
        """Draw the rules, and the words over them."""
        canvas = [[" "] * (self.xs[-1] + 1) for _ in range(self.ys[-1] + 1)]
        for j, y in enumerate(self.ys):
            for i, x in enumerate(self.xs):
                self._corner(canvas, (j, i), (y, x), plain=plain)
        for key, (_, ys, xs) in self.boxes.items():
            for n, words in enumerate(self.words[key]):
                row, x = canvas[self.ys[min(ys)] + 1 + n], self.xs[min(xs)] + 1
                for sign in words:
                    row[x] = sign
                    row[x + 1 : x + _width(sign)] = [""] * (_width(sign) - 1)
                    x += _width(sign)
        return ["".join(row) for row in canvas]

    def _at(self, y: int, x: int) -> int | None:
        inside = 0 <= y < len(self.ids) and 0 <= x < len(self.ids[0])
        return self.ids[y][x] if inside else None

    def _corner(
        self, canvas: list[list[str]], at: tuple[int, int], place: tuple[int, int], *, plain: bool
    ) -> None:
        (j, i), (y, x) = at, place
        around = [self._at(j + dy, i + dx) for dy, dx in ((-1, -1), (-1, 0), (0, -1), (0, 0))]
        up, down = around[0] != around[1], around[2] != around[3]
        left, right = around[0] != around[2], around[1] != around[3]
        sign = _CORNERS.get("".join(str(int(rule)) for rule in (up, down, left, right)), " ")
        if plain and sign != " ":
            sign = {"─": "-", "│": "|"}.get(sign, "+")
        canvas[y][x] = sign
        if right:
            for column in range(x + 1, self.xs[i + 1]):
                canvas[y][column] = "-" if plain else "─"
        if down:
            for line in range(y + 1, self.ys[j + 1]):
                canvas[line][x] = "|" if plain else "│"


def _drawn(content: Content, rng: Random) -> bytes:
    """Tables drawn with rules as wide as a window, words broken to fit into their columns."""
    wide, plain, indent = rng.choice((8, 14, 60)), rng.random() < 0.4, rng.choice((0, 0, 3))

    def rows(table: Table) -> list[str]:
        drawn = _Canvas(table, wide).lines(plain=plain)
        return ["", *(" " * indent + line for line in drawn), ""]

    return text([content.title, f"发布时间：{content.published}", *lines(content, rows)])


def _dashed(content: Content, rng: Random) -> bytes:
    """Tables whose columns are measured by dashes; covered cells are blank space."""
    wide, between = rng.choice((10, 60)), rng.choice((1, 2))

    def rows(table: Table) -> list[str]:
        canvas = _Canvas(table, 200)
        columns = len(canvas.ids[0])
        cells = [
            [flat(c) if first and c is not None else "" for c, first in row]
            + [""] * (columns - len(row))
            for row in table.raster()
        ]
        numbers = [
            [c for row in cells if not any(map(_is_han, c := row[x]))] for x in range(columns)
        ]
        widths = [max([4, *map(_width, found)]) for found in numbers]
        widths = [
            max(size, min(wide, max(_width(row[x]) for row in cells)))
            for x, size in enumerate(widths)
        ]
        broken = [[_wrapped(c, w) for c, w in zip(row, widths, strict=True)] for row in cells]
        several = max(len(part) for row in broken for part in row) > 1
        ruler = (" " * between).join("-" * width for width in widths)
        found = ["", "-" * len(ruler) if several else ruler]
        for number, row in enumerate(broken):
            for n in range(max(map(len, row))):
                parts = [part[n] if n < len(part) else "" for part in row]
                padded = (p + " " * (w - _width(p)) for p, w in zip(parts, widths, strict=True))
                found.append((" " * between).join(padded).rstrip())
            if several:
                found.append(ruler if number == 0 else "")
        return [*(found[:-1] if several else found), found[1], ""]

    return text([content.title, f"发布时间：{content.published}", *lines(content, rows)])


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff"


def _joined(content: Content, rng: Random) -> bytes:
    """The text of a page joined by one sign: each table, or all of the page, is one line."""
    joint = rng.choice((" ", " ", "|", "\t"))
    whole = rng.random() < 0.5

    def rows(table: Table) -> list[str]:
        return [joint.join("".join(cell.text.split()) for cell in table.cells())]

    head = ["".join(content.title.split()), f"发布时间：{content.published}"]
    found = [*head, *lines(content, rows)]
    return (joint if whole else "\n").join(found).encode()


def _between(content: Content, rng: Random) -> bytes:
    """Rows of cells with pipes between them, none behind the last."""
    bar = rng.choice((" | ", "|"))

    def rows(table: Table) -> list[str]:
        return [
            bar.join(flat(c) if first and c is not None else "" for c, first in row)
            for row in table.raster()
        ]

    return text([content.title, f"发布时间：{content.published}", *lines(content, rows)])


STYLES = (
    Style("text-drawn", ".txt", _drawn, _NO_INDEX),
    Style("text-drawn-blanks", ".txt", _drawn, _NO_INDEX, (blanks.any_policy,), blanks=True),
    Style("text-dashed", ".txt", _dashed, _NO_INDEX),
    Style("text-dashed-blanks", ".txt", _dashed, _NO_INDEX, (blanks.one,), blanks=True),
    Style("text-joined", ".txt", _joined, _NO_INDEX, keeps_blanks=False),
    Style("text-pipes-between", ".txt", _between, _NO_INDEX, (blanks.one,), blanks=True),
)

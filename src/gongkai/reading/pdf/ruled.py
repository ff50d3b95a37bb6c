"""Ruled tables on a page: rules → cells → the characters in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE, GridCell
from gongkai.reading.pdf.crossing import meet, settle
from gongkai.reading.pdf.geometry import Rule, joined, levels
from gongkai.reading.pdf.lines import cell_text, spacing_of
from gongkai.reading.pdf.unruled import holds_rows, parted_by_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.reading.pdf.drawn import Char

# Rules this near to one another are one; ends this near touch (points).
_NEAR = 3.0
# Share of a cell's side that a rule must cover to be its border.
_BORDER = 0.5
_MAX_LINES = 400
_MAX_FIELDS = 60_000
# Fields narrower than this hold no text (points).
_SLIT = 2 * _NEAR
# A rule stands where it was found, to this (points).
_EXACT = 1.0
# A rule this near to a digit's middle (share of its height) strikes it.
_STRUCK = 0.2
_END = 1 << 60


@dataclass
class RuledTable:
    """A table on a page.

    Attributes:
        top: upper end, points from the top of the page.
        bottom: lower end.
        left: left end, points from the left of the page.
        right: right end.
        rows: its cells.
        fields: how many its rules cut out.
    """

    top: float
    bottom: float
    left: float
    right: float
    rows: list[list[GridCell]]
    fields: int


def ruled_tables(
    across: list[Rule], down: list[Rule], chars: list[Char], spacing: float = 0.0
) -> tuple[list[RuledTable], list[Char]]:
    """Find the ruled tables of a page.

    Args:
        across: horizontal rules.
        down: vertical rules.
        chars: the page's characters.
        spacing: how far they are set apart (:func:`gongkai.reading.pdf.lines.spacing_of`).

    Returns:
        The tables from top to bottom, and the characters that stand in none of them.
    """
    across, down = _merged(across), _merged(down)
    chars = _without_struck(across, chars)
    tables = []
    for group in _groups(across, down):
        raster = _Raster([across[i] for i in group[0]], [down[i] for i in group[1]])
        if not raster.is_table:
            continue
        raster.close_slits(chars)
        table, left = raster.fill(chars, spacing)
        if len(left) < len(chars) and not holds_rows(table.rows):  # drawings of boxes are no tables
            tables.append(table)
            chars = left
    tables.sort(key=lambda table: table.top)
    return tables, chars


def _without_struck(across: list[Rule], chars: list[Char]) -> list[Char]:
    """Print digits that a rule strikes through as unreadable."""
    middles = sorted(
        ((char.top + char.bottom) / 2, number)
        for number, char in enumerate(chars)
        if char.text.isdecimal()
    )
    struck: set[int] = set()
    for at, rules in groupby(across, lambda rule: rule.at):
        first, last = (
            bisect_left(middles, (at - _NEAR, 0)),
            bisect_left(middles, (at + _NEAR, _END)),
        )
        near = sorted(
            ((char.x0 + char.x1) / 2, number)
            for middle, number in middles[first:last]
            if abs(middle - at) <= ((char := chars[number]).bottom - char.top) * _STRUCK
        )
        for rule in rules:
            start, end = bisect_left(near, (rule.start, 0)), bisect_left(near, (rule.end, _END))
            struck.update(number for _, number in near[start:end])
    if not struck:
        return chars
    return [
        char._replace(text=UNREADABLE) if number in struck else char
        for number, char in enumerate(chars)
    ]


def _has_slit(edges: Sequence[float]) -> bool:
    return any(after - before <= _SLIT for before, after in pairwise(edges))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Join pieces of one line: rules nearly on the same line whose ends nearly touch.

    A page with too many lines has none: without some of its borders, cells would run together.
    """
    merged: list[Rule] = []
    for line in levels(rules, _NEAR):
        at = sum(rule.at for rule in line) / len(line)
        # The cells of a table may stand apart, each with borders of its own.
        merged += (Rule(at, start, end) for start, end in joined(line, _SLIT))
    return merged if len(merged) <= _MAX_LINES else []


def _groups(across: list[Rule], down: list[Rule]) -> list[tuple[list[int], list[int]]]:
    """Group rules that touch: each group is a table."""
    parent = list(range(len(across) + len(down)))
    for i, flat in enumerate(across):
        for j, steep in enumerate(down, len(across)):
            crosses = flat.start - _NEAR <= steep.at <= flat.end + _NEAR
            if crosses and steep.start - _NEAR <= flat.at <= steep.end + _NEAR:
                parent[_root(parent, i)] = _root(parent, j)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for node in range(len(parent)):
        group = groups.setdefault(_root(parent, node), ([], []))
        group[node >= len(across)].append(node - len(across) * (node >= len(across)))
    return list(groups.values())


def _root(parent: list[int], node: int) -> int:
    """Return the node that stands for all that are joined with one."""
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


class _Raster:
    """The smallest fields that the rules of a table cut out, joined where no rule parts them."""

    def __init__(self, across: list[Rule], down: list[Rule]) -> None:
        self.across, self.down = across, down
        # Tables may be open at their sides: rules then reach beyond the last one across them.
        self.xs = _distinct(
            [rule.at for rule in down] + [end for rule in across for end in (rule.start, rule.end)]
        )
        self.ys = _distinct(
            [rule.at for rule in across] + [end for rule in down for end in (rule.start, rule.end)]
        )

    @property
    def is_table(self) -> bool:
        """Whether there is more than one field, no raster of a drawing, and rules both ways."""
        fields = (len(self.xs) - 1) * (len(self.ys) - 1)
        return bool(self.across) and bool(self.down) and 1 < fields <= _MAX_FIELDS

    def close_slits(self, chars: list[Char]) -> None:
        """Make one of two rules that stand near to one another without any text between them.

        The lines of a double rule, and those of neighbours that each draw their own, are no column.
        """
        places = [((char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in chars]
        if _has_slit(self.xs):
            inside = [(x, y) for x, y in places if self.ys[0] <= y <= self.ys[-1]]
            self.xs = _closed(self.xs, self.down, sorted(inside))
        if _has_slit(self.ys):
            inside = [(y, x) for x, y in places if self.xs[0] <= x <= self.xs[-1]]
            self.ys = _closed(self.ys, self.across, sorted(inside))

    def fill(self, chars: list[Char], spacing: float) -> tuple[RuledTable, list[Char]]:
        """Put the characters into the cells; return the table and the characters left over."""
        columns, lines = len(self.xs) - 1, len(self.ys) - 1
        fields: dict[int, list[Char]] = {}
        inside, left = [], []
        crossings = []
        field = before = -1
        for number, char in enumerate(chars):
            x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
            i, j = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
            if 0 <= i < columns and 0 <= j < lines:
                field = j * columns + i
                fields.setdefault(field, []).append(char)
                inside.append(char)
            else:
                field = -1
                left.append(char)
            if field != before:
                if number and meet(chars[number - 1], char):
                    crossings.append(number)
                before = field
        cells = self._joined(set())
        if parted := parted_by_numbers(cells, fields, self.xs):
            cells = self._joined(parted)
        if crossings and (taken := settle(crossings, chars, fields, cells)):
            inside += [char for char in left if id(char) in taken]
            left = [char for char in left if id(char) not in taken]
        held = _by_cell(fields, cells, inside)
        spacing = spacing_of(inside, spacing)
        boxes: dict[int, list[int]] = {}
        for number, cell in enumerate(cells):
            j, i = divmod(number, columns)
            box = boxes.setdefault(cell, [i, j, i, j])
            box[0], box[2], box[3] = min(box[0], i), max(box[2], i), max(box[3], j)
        rows: list[list[GridCell]] = [[] for _ in range(lines)]
        for cell, (i, j, right, low) in sorted(boxes.items(), key=lambda item: item[1]):
            width = self.xs[right + 1] - self.xs[i]
            text = cell_text(held.get(cell, []), width, spacing)
            rows[j].append(GridCell(text, i, right - i + 1, low - j + 1))
        for row in rows:
            row.sort(key=lambda cell: cell.column)
        ends = self.ys[0], self.ys[-1], self.xs[0], self.xs[-1]
        return RuledTable(*ends, rows, len(cells)), left

    def _joined(self, parted: set[tuple[int, int]]) -> list[int]:
        """Return, for each field in reading order, the number of the cell that it belongs to.

        Args:
            parted: (row, column) of fields that are parted from the next one without a rule.
        """
        columns, lines = len(self.xs) - 1, len(self.ys) - 1
        cells = list(range(columns * lines))
        across = [_near(self.across, y, _NEAR) for y in self.ys]
        down = [_near(self.down, x, _NEAR) for x in self.xs]

        for j in range(lines):
            for i in range(columns):
                field = j * columns + i
                if (
                    i + 1 < columns
                    and (j, i) not in parted
                    and not _parts(down[i + 1], self.ys[j], self.ys[j + 1])
                ):
                    cells[_root(cells, field + 1)] = _root(cells, field)
                if j + 1 < lines and not _parts(across[j + 1], self.xs[i], self.xs[i + 1]):
                    low, high = sorted((_root(cells, field), _root(cells, field + columns)))
                    cells[high] = low
        return [_root(cells, field) for field in range(columns * lines)]


def _by_cell(
    fields: dict[int, list[Char]], cells: list[int], inside: list[Char]
) -> dict[int, list[Char]]:
    """Return the characters of each cell, turned text in the order in which it is ``inside``."""
    held: dict[int, list[Char]] = {}
    wide: set[int] = set()
    for field, chars in fields.items():
        cell = cells[field]
        if cell in wide:
            held[cell].extend(chars)
        elif cell in held:
            held[cell] = held[cell] + chars
            wide.add(cell)
        else:
            held[cell] = chars
    turned = [cell for cell in wide if not all(char.upright for char in held[cell])]
    if turned:
        order = {id(char): n for n, char in enumerate(inside)}
        for cell in turned:
            held[cell] = sorted(held[cell], key=lambda char: order[id(char)])
    return held


def _distinct(values: list[float]) -> list[float]:
    """Return values in order, those nearer than a rule's width once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def _closed(ends: list[float], rules: list[Rule], places: list[tuple[float, float]]) -> list[float]:
    """Return the ends with narrow fields closed in which no character stands.

    Args:
        ends: of the fields.
        rules: between them.
        places: the middles of characters, in the direction of the ends first.
    """
    closed = ends[:1]
    for end in ends[1:]:
        before = closed[-1]
        held = places[bisect_left(places, (before, 0.0)) : bisect_right(places, (end, 0.0))]
        narrow = end - before <= _SLIT
        sides = [s for at in (before, end) for s in _near(rules, at, _EXACT)] if narrow else []
        # Where no rule stands beside a character, a wider cell's text goes across.
        if narrow and not any(s.start <= along <= s.end for _, along in held for s in sides):
            closed[-1] = (before + end) / 2
        else:
            closed.append(end)
    return closed


def _near(rules: list[Rule], at: float, distance: float) -> list[Rule]:
    return [rule for rule in rules if abs(rule.at - at) <= distance]


def _parts(rules: list[Rule], start: float, end: float) -> bool:
    """Tell whether rules cover most of the side from ``start`` to ``end``."""
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= (end - start) * _BORDER

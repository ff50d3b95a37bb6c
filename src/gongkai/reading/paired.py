"""Tables written as lists of pairs → grids: each number stands beside the name of its column.

A person who types a table into a text, or a program that reads one out, names each number::

    1.属于国家秘密：自然人 0，商业企业 2，…     a row in a line
    1.属于国家秘密：                          a row in several
    自然人：0
    1.属于国家秘密—自然人：0                   each cell with the names of its row and column

The names become the head of a grid, so that numbers follow them, whatever their order is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gongkai.form.labels import (
    APPLICANT_LABELS,
    DISPUTE_HEADERS,
    PROACTIVE_HEADERS,
    ROW_LABELS,
    spellings,
)
from gongkai.reading.document import LEAST_CELLS, Grid, GridCell, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block, Document, Place

_APPLICANTS = dict.fromkeys(spellings(APPLICANT_LABELS))
_RESULTS = dict.fromkeys(DISPUTE_HEADERS[4:])
_ITEMS = dict.fromkeys(spellings(PROACTIVE_HEADERS))
_LABELS = (*ROW_LABELS, *DISPUTE_HEADERS[:4])
_NAMES = "|".join(
    "[ /／]?".join(name) for name in sorted(_APPLICANTS | _RESULTS | _ITEMS, key=len, reverse=True)
)
_VALUE = (
    r"[-−－+]?\d+(?:,\d{3})*(?:\.\d+)?(?:\s?(?:万?元|[件项条人宗]次|[件项条个宗]))?(?![\d.])"
    r"|(?:[/／]|[—–-]{1,2}|无|(?<=[:：]))(?=\s*(?:[，,；;、|。]|$))"
)
#: The name of a column, perhaps below that of its group, and its number.
_PAIR = re.compile(
    r"(?:法人或其他组织[-—–_:：（( ]*)?"
    rf"(?P<name>{_NAMES})(?P<unit>[（(][^（）()]{{1,9}}[）)])?\s*[:：=为]?\s*(?P<value>{_VALUE})[）)]?"
)
_BETWEEN = re.compile(r"[，,；;、|。\s]*")
#: What stands around a label: the mark of a list, and what parts it from the pairs.
_AROUND = " \t\u00a0\u3000*•·—–-_:：，,|>"
_HAN = re.compile("[\u3400-\u9fff]+")
_UNSAID = re.compile("[^\u3400-\u9fff]+")
#: A line of words between the rows of a table, such as a group's label, is no longer.
_LONGEST_WORDS = 30
#: A line of pairs holds no more than a row of table three, its label and units.
_LONGEST = 250
#: So many rows with labels of the form show that a text's tables are such lists.
_LEAST_ROWS = 10


@dataclass(slots=True)
class _Row:
    label: str
    first: int
    last: int
    place: Place
    pairs: dict[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> dict[str, None]:
        """The names that the columns of its table may have, in the form's order."""
        for names in (_APPLICANTS, _RESULTS):
            if self.pairs.keys() <= names.keys():
                return names
        return dict.fromkeys(self.pairs)


def with_pairs(document: Document) -> Document:
    """Return a document with grids for its lists of pairs, where it has no tables."""
    if document.holds_cells(LEAST_CELLS):
        return document
    rows = _rows(document.blocks)
    if len(rows) < _LEAST_ROWS:
        return document
    blocks: list[Block] = []
    done = number = 0
    while rows:
        together = [rows.pop(0)]
        while rows and _goes_on(document.blocks, together, rows[0]):
            together.append(rows.pop(0))
        number += 1
        blocks += document.blocks[done : together[0].first]
        blocks.append(_grid(document.blocks, together, number))
        done = together[-1].last + 1
    return replace(document, blocks=[*blocks, *document.blocks[done:]])


def _rows(blocks: Sequence[Block]) -> list[_Row]:
    """Return the rows that lines of pairs hold; only those with a label that the form has."""
    rows: list[_Row] = []
    row: _Row | None = None
    alone = ""  # a name without a number in the line before: it may be the label of a row, too
    for index, block in enumerate(blocks):
        found = _pairs(block.text) if isinstance(block, Paragraph) else None
        if found is None:
            row, alone = None, ""
            continue
        label, pairs = found
        if row is not None and label in {"", row.label} and row.pairs.keys().isdisjoint(pairs):
            row.last = index
            row.pairs |= pairs
            alone = next(iter(pairs)) if [*pairs.values()] == [""] else ""
            continue
        if row is not None and alone and not label:
            del row.pairs[alone]
            row.last -= 1
        first = index
        above = blocks[index - 1] if index and not label else None
        if isinstance(above, Paragraph) and (not rows or rows[-1].last < index - 1):
            label, first = above.text.strip(_AROUND), index - 1
        row, alone = _Row(label, first, index, blocks[first].place, pairs), ""
        if "".join(_HAN.findall(label)).endswith(_LABELS):
            rows.append(row)
        else:
            row = None
    return rows


def _pairs(line: str) -> tuple[str, dict[str, str]] | None:
    """Return the label and the pairs of a line that ends with them; ``None`` where it does not."""
    if len(line) > _LONGEST:
        return None
    pair = _PAIR.search(line)
    if pair is None:
        return None
    label = line[: pair.start()].strip(_AROUND)
    if label and not pair["value"]:
        return None  # the label of a row: （七）总计：
    pairs: dict[str, str] = {}
    at = pair.start()
    while pair := _PAIR.match(line, at):
        unit = pair["unit"] or ""
        name = _UNSAID.sub("", pair["name"]) + unit * ("元" in unit)
        if name in pairs:
            return None
        pairs[name] = pair["value"]
        between = _BETWEEN.match(line, pair.end())
        at = between.end() if between else pair.end()
    return (label, pairs) if at == len(line) else None


def _goes_on(blocks: Sequence[Block], rows: Sequence[_Row], row: _Row) -> bool:
    """Tell whether a row is of the same table as those before it."""
    between = blocks[rows[-1].last + 1 : row.first]
    words = all(isinstance(b, Paragraph) and len(b.text) <= _LONGEST_WORDS for b in between)
    return (
        words
        and rows[0].kind.keys() >= row.pairs.keys()
        and row.kind.keys() >= rows[0].pairs.keys()
    )


def _grid(blocks: Sequence[Block], rows: Sequence[_Row], number: int) -> Grid:
    """Return a table with the names as its head; what a row does not name is blank."""
    named = {name for row in rows for name in row.pairs}
    names = [name for name in max((row.kind for row in rows), key=len) if name in named]
    texts = [["", *names]]
    places = [rows[0].place._replace(row=1)]
    own = {row.first: row for row in rows}
    covered = {n for row in rows for n in range(row.first + 1, row.last + 1)}
    for index in range(rows[0].first, rows[-1].last + 1):
        block = blocks[index]
        if index in own:
            texts.append([own[index].label, *(own[index].pairs.get(name, "") for name in names)])
            places.append(block.place)
        elif index not in covered and isinstance(block, Paragraph):
            texts.append([block.text])
            places.append(block.place)
    cells = [
        [GridCell(text, n, 1 if len(row) > 1 else len(names) + 1, 1) for n, text in enumerate(row)]
        for row in texts
    ]
    return Grid(cells, rows[0].place._replace(table=number), places)

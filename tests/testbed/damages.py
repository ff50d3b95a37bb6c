"""Damages of cells: what goes wrong with tables between the agency and the reader.

A damage changes the tables just before they are printed and says which printed numbers changed,
and which cells it left open (a reader may find the value by the identities, or null; anything
else is wrong).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, MAX_COUNT
from gongkai.form.labels import APPLICANT_LABELS
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Cell, Table
    from tests.testbed.styles.base import Style

    Outcome = tuple[dict[str, object], set[str]]
    CellDamage = Callable[[Content, Random], Outcome]


def _numbers(row: list[Cell]) -> list[int]:
    return [i for i, cell in enumerate(row) if cell.path is not None]


def _row(table: Table, rng: Random, *, wide: bool = True) -> list[Cell]:
    """Draw a row with numbers; a ``wide`` one has more than one."""
    return rng.choice([row for row in table.rows if len(_numbers(row)) > (1 if wide else 0)])


def _paths(row: list[Cell]) -> set[str]:
    return {cell.path for cell in row if cell.path is not None}


def another_number(value: int, rng: Random) -> int:
    """Return a number that could be a slip of the pen or of a reader, never ``value`` itself."""
    text = str(value)
    candidates = {
        value + rng.choice((1, 2, 10, 100)),
        max(0, value - rng.choice((1, 2, 10))),
        value * 10,
        value // 10,
        int(text[::-1]),
        rng.randint(0, 9),
        rng.randint(0, max(100, value)),
        0,
    } - {value}
    return min(rng.choice(sorted(candidates)), MAX_COUNT)


def change_cell(content: Content, rng: Random) -> Outcome:
    """Print another number in one cell of table three."""
    printed = {
        cell.path: cell
        for cell in content.table("三").cells()
        if cell.path is not None and isinstance(content.report.cells[cell.path], int)
    }
    if not printed:
        return {}, set()
    path, cell = rng.choice(list(printed.items()))
    value = content.report.cells[path]
    assert isinstance(value, int)
    new = another_number(value, rng)
    cell.text = str(new)
    return {path: new}, set()


def drop_cell(content: Content, rng: Random) -> Outcome:
    """Lose one number cell of table three: the row is one short."""
    row = _row(content.table("三"), rng)
    paths = _paths(row)
    del row[rng.choice(_numbers(row))]
    return {}, paths


def duplicate_cell(content: Content, rng: Random) -> Outcome:
    """Print one number cell twice: the row has one too many."""
    row = _row(content.table("三"), rng)
    at = rng.choice(_numbers(row))
    row.insert(at, row[at])
    return {}, _paths(row)


def double_beside_blank(content: Content, rng: Random) -> Outcome:
    """Leave a nought inside a row of table three blank, and print another number of it twice."""
    rows = [row for row in content.table("三").rows if _inner_noughts(row)]
    if not rows:
        return duplicate_cell(content, rng)
    row = rng.choice(rows)
    at = rng.choice(_inner_noughts(row))
    paths = _paths(row)
    blank = row[at]
    blank.text = ""
    again = rng.choice([i for i in _numbers(row) if i != at])
    row.insert(again, row[again])
    assert blank.path is not None
    return {blank.path: None}, paths


def _inner_noughts(row: list[Cell]) -> list[int]:
    """Return the places of noughts that no reader could take for the margin of a row."""
    return [i for i in _numbers(row)[1:-1] if row[i].text == "0"]


def drop_cell_two(content: Content, rng: Random) -> Outcome:
    """Lose one number cell of table two, which no identity guards."""
    row = _row(content.table("二"), rng)
    paths = _paths(row)
    del row[rng.choice(_numbers(row))]
    return {}, paths


def drop_cell_four(content: Content, rng: Random) -> Outcome:
    """Lose one number cell of table four."""
    row = _row(content.table("四"), rng)
    paths = _paths(row)
    del row[rng.choice(_numbers(row))]
    return {}, paths


def merge_cells(content: Content, rng: Random) -> Outcome:
    """Run two neighbouring numbers together in one cell."""
    row = _row(content.table("三"), rng)
    at = rng.choice(_numbers(row)[:-1])
    row[at].text += rng.choice((" ", "\n", "")) + row[at + 1].text
    paths = _paths(row)
    del row[at + 1]
    return {}, paths


def split_cell(content: Content, rng: Random) -> Outcome:
    """Break a number of more than one digit over two cells; without one, add an empty cell."""
    rows = [
        (row, i)
        for row in content.table("三").rows
        for i in _numbers(row)
        if len(row[i].text) > 1 and row[i].text.isdigit()
    ]
    if not rows:
        return shift_row(content, rng)
    row, at = rng.choice(rows)
    paths = _paths(row)
    text, cut = row[at].text, rng.randint(1, len(row[at].text) - 1)
    row[at].text = text[:cut]
    spare = type(row[at])(text[cut:], "number")
    row.insert(at + 1, spare)
    return {}, paths


def shift_row(content: Content, rng: Random) -> Outcome:
    """Put an empty cell before the numbers of a row."""
    row = _row(content.table("三"), rng)
    at = _numbers(row)[0]
    row.insert(at, type(row[at])("", "number"))
    return {}, _paths(row)


def _stretch(table: Table, at: int, by: int) -> None:
    """Let the spans that cover row ``at`` grow by ``by`` rows."""
    for i, row in enumerate(table.rows[:at]):
        for cell in row:
            if cell.rowspan > 1 and i + cell.rowspan > at:
                cell.rowspan += by


def drop_row(content: Content, rng: Random) -> Outcome:
    """Lose a row of table three, label and all: its cells are not printed."""
    table = content.table("三")
    candidates = [
        i
        for i, row in enumerate(table.rows)
        # A row that opens a group would take the group's label with it.
        if _numbers(row) and all(cell.rowspan == 1 for cell in row) and row[0].kind == "label"
    ]
    at = rng.choice(candidates)
    paths = _paths(table.rows[at])
    _stretch(table, at, -1)
    del table.rows[at]
    return dict.fromkeys(paths), set()


def drop_column(content: Content, rng: Random) -> Outcome:
    """Leave out an organisation's column of table three, header and all, where it has one."""
    table = content.table("三")
    name = rng.choice(APPLICANTS[1:5])
    paths = {p for row in table.rows for p in _paths(row) if p.endswith(f".{name}")}
    heads = [row for row in table.rows if not _numbers(row)]
    named = [(r, c) for r in heads for c in r if normalise(c.text) in APPLICANT_LABELS[name]]
    above = [c for row in heads for c in row if c.colspan >= len(APPLICANTS[1:6])]
    if len(named) != 1 or not above:
        return {}, set()
    named[0][0].remove(named[0][1])
    for cell in above:
        cell.colspan -= 1
    for row in table.rows:
        row[:] = [cell for cell in row if cell.path not in paths]
    return dict.fromkeys(paths), set()


def duplicate_row(content: Content, rng: Random) -> Outcome:
    """Print a row of numbers with its label twice in table three."""
    table = content.table("三")
    at = rng.choice(
        [
            i
            for i, row in enumerate(table.rows)
            if _numbers(row) and row[0].kind == "label" and row[0].colspan == 1
        ]
    )
    _stretch(table, at, +1)
    table.rows.insert(at, [type(c)(c.text, c.kind, c.colspan, 1, c.path) for c in table.rows[at]])
    return {}, _paths(table.rows[at])


def break_label(content: Content, rng: Random) -> Outcome:
    """Break a label, put blanks into it, or lose one of its characters; the numbers stay."""
    cell = rng.choice(
        [c for c in content.table("三").cells() if c.kind in ("label", "group") and len(c.text) > 5]
    )
    cut = rng.randint(3, len(cell.text) - 2)
    joint = rng.choice(("\n", " ", "  "))
    if rng.random() < 0.3:
        cell.text = cell.text[:cut] + cell.text[cut + 1 :]
    else:
        cell.text = cell.text[:cut] + joint + cell.text[cut:]
    return {}, set()


def blank_label(content: Content, rng: Random) -> Outcome:
    """Lose the words of a row's label; only its place is left to name the row."""
    rows = [
        row
        for row in content.table("三").rows
        if _numbers(row) and any(cell.kind == "label" for cell in row)
    ]
    row = rng.choice(rows)
    next(cell for cell in row if cell.kind == "label").text = ""
    return {}, _paths(row)


def mistype(content: Content, rng: Random) -> Outcome:
    """Print something that is no number in one cell."""
    cell = rng.choice([c for c in content.table("三").cells() if c.path])
    assert cell.path is not None
    cell.text = rng.choice(("O", "l", "?", "见附件", "#REF!", "１O", "若干"))
    return {cell.path: None}, set()


#: Damages of cells by name.
CELL_DAMAGES: dict[str, CellDamage] = {
    damage.__name__: damage
    for damage in (
        change_cell, drop_cell, drop_cell_two, drop_cell_four, duplicate_cell,
        double_beside_blank, merge_cells, split_cell, shift_row, drop_row, drop_column,
        duplicate_row, break_label, blank_label, mistype,
    )
}  # fmt: skip


def shows(style: Style, damage: str) -> bool:
    """Return whether a page of a style lets a reader see what the damage did."""
    return style.keeps_blanks or damage != double_beside_blank.__name__

"""The end of a source that is cut: 12 may be what is left of 128, and a row lack its last cells."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.form import CELLS, DISPUTE_CELLS, identities
from gongkai.model import Finding
from gongkai.reading.document import Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Block
    from gongkai.tables.assemble import Cells
    from gongkai.tables.stream import Token


def withhold_open_end(
    blocks: Sequence[Block], cells: Cells, *, open_end: bool, truncated: bool
) -> list[Finding]:
    """Make what ends a source null where it may be cut: its last number, or row; say so.

    Args:
        blocks: of the source.
        cells: what was read of it.
        open_end: it ends with a digit, or with one and a mark of what is left out.
        truncated: it ends inside its tables.
    """
    read = cells.tokens
    held = [path for path in read if not read[path].is_blank]
    end = max(held, key=lambda path: (read[path].row, read[path].place.cell or 0), default="")
    row = DISPUTE_CELLS if end in DISPUTE_CELLS else [p for p in read if p.startswith(_row_of(end))]
    printed = [path for path in row if path in read]
    if not any(path in cells.values for path in printed):
        return []  # as where nothing was read
    sums = _sums_of(end, cells)
    refuted = truncated and sums and not any(sums)
    if _is_short(read[end]) or _lacks_cells(row, cells, truncated=truncated):
        return [_withheld(cells, printed)]
    last = _text(blocks[-1]).endswith(read[end].text.strip())
    # Table four is one row: where it ends a source, it may not be whole.
    ends = last and (truncated or row is DISPUTE_CELLS)
    found = _left_unprinted(cells, row[row.index(end) + 1 :]) if ends else []
    # No count begins with 0, so that a 0 is whole.
    if last and cells.values.get(end) and (refuted or (open_end and not any(sums))):
        return [*found, _withheld(cells, [end])]
    return [*found, _withheld(cells, printed)] if refuted else found


def _lacks_cells(row: Sequence[str], cells: Cells, *, truncated: bool) -> bool:
    """Tell whether a row's cells are not all printed, and no row below tells which are.

    One that the sums of a whole report complete is so in one way only.
    """
    none_of = {*row}.isdisjoint
    lost, inferred = not none_of(cells.states.absent), not none_of(cells.states.inferred)
    if (lost or inferred) if truncated else (lost and inferred):
        return True
    return any(f.rule == "E.UNSETTLED" and not none_of(f.cells) for f in cells.findings)


def _left_unprinted(cells: Cells, behind: Sequence[str]) -> list[Finding]:
    """Make absent what is blank behind the last number: gaps that the columns above tell of."""
    states = cells.states
    unprinted = [path for path in behind if path in states.blank]
    states.blank = [path for path in states.blank if path not in unprinted]
    states.absent += unprinted
    return [_cut(cells, unprinted)] if unprinted else []


def _row_of(path: str) -> str:
    return path.rpartition(".")[0] + "."


def _is_short(token: Token) -> bool:
    """Tell whether a token stands in a grid's last row, and all rows above have more cells."""
    if len(token.at) == 2:  # noqa: PLR2004 - a line
        return False
    grid, number, _ = token.at
    *above, last = map(len, grid.rows)
    return number == len(above) and len(set(above)) == 1 and last < above[0]


def _withheld(cells: Cells, paths: Sequence[str]) -> Finding:
    states = cells.states
    for path in paths:
        cells.values.pop(path, None)
        states.raw[path] = cells.tokens[path].text.strip()
    states.unreadable += [path for path in paths if path not in states.unreadable]
    states.blank = [path for path in states.blank if path not in paths]
    states.inferred = [path for path in states.inferred if path not in paths]
    return _cut(cells, paths)


def _cut(cells: Cells, paths: Sequence[str]) -> Finding:
    cell = CELLS[paths[0]]
    return Finding(
        rule="V.CUT",
        severity="critical",
        responsibility="source",
        message=f"来源在“{cell.label}”一行中结束：数字可能不完整",
        message_en=f"the source ends in the row of {cell.label_en}: numbers may be cut",
        cells=list(paths),
        places=[str(cells.tokens[paths[0]].place)],
    )


def _text(block: Block) -> str:
    """Return what a block ends with: its last cell's text, or its own."""
    if isinstance(block, Grid):
        return "".join(cell.text for row in block.rows[-1:] for cell in row[-1:]).rstrip()
    return block.text.rstrip()


def _sums_of(path: str, cells: Cells) -> list[bool]:
    """Return which sums of the form hold with a cell's number; blank parts count as 0."""
    parts = (p for p in cells.states.blank if not p.endswith(".total"))
    known = dict.fromkeys(parts, Decimal(0)) | cells.values
    own = [i for form in ("2021", "2019") for i in identities(form) if path in i.cells]
    return [
        sum(known[p] for p in i.left) == sum(known[p] for p in i.right)
        for i in own
        if known.keys() >= {*i.cells}
    ]

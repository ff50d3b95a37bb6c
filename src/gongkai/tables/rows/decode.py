"""Letting the identities choose: which way a damaged row is laid (docs/adr/0002).

A way is taken only where it is the only one, up to equal values, that satisfies every identity it
touches; where several satisfy them, the cells they agree on are taken and the others are given up.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, DISPUTE_CELLS, identities
from gongkai.tables.numbers import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gongkai.form import FormYear, Identity
    from gongkai.tables.rows.row import Row, Value, Way

#: Combinations of ways over all damaged rows that are tried at the most.
_MAX_COMBINATIONS = 5000
#: A cell that is not printed: any number that is not negative may be meant.
GAP = "gap"
_DISPUTES = "disputes"

#: A number, a gap that may be any, or nothing that is a number.
CellValue = Decimal | str | None


def paths_of(row: Row) -> tuple[str, ...]:
    """Return the cell paths of a row of table three or four, in column order."""
    if row.key == _DISPUTES:
        return DISPUTE_CELLS
    return _applicants_of(row.key)


@cache
def _applicants_of(key: str) -> tuple[str, ...]:
    return tuple(f"{key}.{column}" for column in APPLICANTS)


@cache
def sums_of(paths: tuple[str, ...], form: FormYear) -> tuple[Identity, ...]:
    """Return the identities of which all cells are among ``paths``: those of a row, or of rows."""
    printed = frozenset(paths)
    return tuple(i for i in identities(form) if printed.issuperset(i.cells))


def settle(rows: Sequence[Row], form: FormYear) -> None:
    """Settle the rows that are not, by the identities; give up those that stay open.

    Args:
        rows: all rows of the table; ``settled``, ``inferred`` and ``given_up`` are set.
        form: whose identities hold.
    """
    _reopen(rows, form)
    open_rows = [row for row in rows if row.settled is None]
    if not open_rows:
        return
    known = {
        path: reading_of(value)
        for row in rows
        if row.settled is not None
        for path, value in zip(paths_of(row), row.settled, strict=True)
    }
    everything = identities(form)
    printed = {path for row in rows for path in paths_of(row)}
    relevant = [i for i in everything if printed.issuperset(i.cells)]
    choices = [_narrow(row, sums_of(paths_of(row), form)) for row in open_rows]
    if any(not ways for ways in choices) or prod(map(len, choices)) > _MAX_COMBINATIONS:
        choices = _one_by_one(open_rows, choices, known, relevant)
    _choose(open_rows, choices, known, relevant)
    _give_up_unproved(open_rows, known, relevant)


def _reopen(rows: Sequence[Row], form: FormYear) -> None:
    """Open rows again that lost a cell as padding, where most of their sums say it is none.

    One row that does not add up is the report's own error, and stays as printed; so do those whose
    cells stand below a whole row's, and all where most rows that lost nothing do not add up either.
    """
    whole = {tuple(t.column for t in row.tokens) for row in rows if not row.surplus}
    trimmed = [
        row
        for row in rows
        if row.ways and row.settled is not None and _settled_columns(row) not in whole
    ]
    refuted = [row for row in trimmed if is_refuted(row, form)]
    if len(refuted) < 2 or not _mostly_refuted(trimmed, form):  # noqa: PLR2004 - one may be its error
        return
    if not _mostly_refuted([row for row in rows if row.settled and not row.ways], form):
        for row in refuted:
            row.settled = None


def _settled_columns(row: Row) -> tuple[int | None, ...]:
    """Return the raster columns of a row's cells; none where one of them has none."""
    columns = [value and value.token.column for value in row.settled or ()]
    return () if None in columns else tuple(columns)


def _mostly_refuted(rows: Sequence[Row], form: FormYear) -> bool:
    """Tell whether their own sums refute most of the rows that hold any number but 0."""
    counted = [row for row in rows if any(map(reading_of, row.settled or ()))]
    return 2 * sum(is_refuted(row, form) for row in counted) > len(counted)


def is_refuted(row: Row, form: FormYear) -> bool:
    """Tell whether a row's own sums refute its way; a total that is left blank refutes none."""
    paths = paths_of(row)
    laid = dict(zip(paths, row.settled or (), strict=True))
    own = [
        identity
        for identity in sums_of(paths, form)
        if all(_is_number(laid[path]) for path in identity.cells if path.endswith(".total"))
    ]
    return bool(own) and not fits({path: reading_of(value) for path, value in laid.items()}, own)


def _is_number(value: Value | None) -> bool:
    return value is not None and value.cell.state is State.NUMBER


def reading_of(value: Value | None) -> CellValue:
    """Return the value as the identities see it: a blank stands for zero, a gap for anything."""
    if value is None:
        return GAP
    cell = value.cell
    if cell.state is State.NUMBER:
        return cell.value
    return None if cell.state is State.TEXT else Decimal(0)


def _narrow(row: Row, own: Iterable[Identity]) -> list[Way]:
    """Return the ways of the likeliest kind that satisfy the row's own identities."""
    paths = paths_of(row)
    for kind in row.ways:
        fitting = [
            way for way in kind if fits(dict(zip(paths, map(reading_of, way), strict=True)), own)
        ]
        if fitting:
            return _distinct(fitting)
    return []


def _distinct(ways: Iterable[Way]) -> list[Way]:
    """Drop ways that lay the same readings."""
    seen: dict[tuple[object, ...], Way] = {}
    for way in ways:
        seen.setdefault(_readings(way), way)
    return list(seen.values())


def _readings(way: Way) -> tuple[object, ...]:
    return tuple(None if v is None else (v.cell.state, v.cell.value) for v in way)


def fits(  # noqa: C901, PLR0912 - one pass over both sides, in the hot loop of the decoder
    readings: Mapping[str, CellValue], relevant: Iterable[Identity]
) -> bool:
    """Tell whether the readings can satisfy the identities.

    A gap may stand for any number that is not negative, but one gap stands for one number: what
    two identities imply for it must agree. An unreadable text satisfies nothing and breaks nothing.
    """
    implied: dict[str, Decimal] = {}
    for identity in relevant:
        gaps: list[tuple[str, int]] = []
        total = Decimal(0)
        for side, paths in ((1, identity.left), (-1, identity.right)):
            for path in paths:
                reading = readings[path]
                if reading is None:
                    break
                if isinstance(reading, str):
                    gaps.append((path, side))
                else:
                    total += side * reading
            else:
                continue
            break
        else:
            if not gaps:
                if total != 0:
                    return False
            elif len(gaps) == 1:
                (path, side) = gaps[0]
                value = -total * side
                if value < 0 or implied.setdefault(path, value) != value:
                    return False
            elif len({side for _, side in gaps}) == 1 and total * gaps[0][1] > 0:
                return False  # the gaps would have to be negative
    return True


def _one_by_one(
    rows: Sequence[Row],
    choices: list[list[Way]],
    known: Mapping[str, CellValue],
    relevant: Sequence[Identity],
) -> list[list[Way]]:
    """Narrow each row alone, the other open rows standing for anything."""
    anything = dict(known)
    for row in rows:
        anything.update(dict.fromkeys(paths_of(row), GAP))
    narrowed = []
    for row, ways in zip(rows, choices, strict=True):
        paths = paths_of(row)
        narrowed.append(
            [
                way
                for way in ways
                if fits(
                    {**anything, **dict(zip(paths, map(reading_of, way), strict=True))}, relevant
                )
            ]
        )
    return narrowed


def _choose(
    rows: Sequence[Row],
    choices: list[list[Way]],
    known: Mapping[str, CellValue],
    relevant: Sequence[Identity],
) -> None:
    """Settle each row by what all fitting combinations agree on."""
    fitting: list[tuple[Way, ...]] = []
    # What no way can change is looked at once; a gap may have to agree with what a way implies.
    fixed: list[Identity] = []
    touched: list[Identity] = []
    for identity in relevant:
        gaps = any(known.get(path, GAP) is GAP for path in identity.cells)
        (touched if gaps else fixed).append(identity)
    small = prod(map(len, choices)) <= _MAX_COMBINATIONS
    if small and all(choices) and fits(known, fixed):
        numbers = [
            [dict(zip(paths_of(row), map(reading_of, way), strict=True)) for way in ways]
            for row, ways in zip(rows, choices, strict=True)
        ]
        readings = dict(known)
        for combination, laid in zip(product(*choices), product(*numbers), strict=True):
            for cells in laid:
                readings.update(cells)
            if fits(readings, touched):
                fitting.append(combination)
    for index, row in enumerate(rows):
        ways = [combination[index] for combination in fitting]
        if not ways:
            # The columns contradict every way: the report's own error may be elsewhere, so the
            # row's own identity decides if it alone leaves one way.
            ways = choices[index]
        _take(row, ways)


def _give_up_unproved(
    rows: Sequence[Row], known: Mapping[str, CellValue], relevant: Sequence[Identity]
) -> None:
    """Give up the rows whose way nothing but its own gap speaks for."""
    readings = dict(known)
    for row in rows:
        readings.update(zip(paths_of(row), map(reading_of, row.settled or ()), strict=True))
    for row in rows:
        if _lacks_proof(row, readings, relevant):
            row.give_up()


def _lacks_proof(row: Row, readings: Mapping[str, CellValue], relevant: Sequence[Identity]) -> bool:
    """Tell whether a total was taken for the cell that is lost, and no column bears it out.

    A row without its total satisfies its own sum whatever it prints.
    """
    if row.given_up or row.key == _DISPUTES or not row.settled or row.settled[-1] is not None:
        return False
    own = set(paths_of(row))
    return not any(
        all(isinstance(readings.get(path), Decimal) for path in identity.cells)
        for identity in relevant
        if not own.isdisjoint(identity.cells)
    )


def _take(row: Row, ways: Sequence[Way]) -> None:
    if not ways:
        row.give_up()
        return
    distinct = _distinct(ways)
    row.inferred = True
    if len(distinct) == 1:
        row.settled = distinct[0]
        return
    row.given_up = True
    row.settled = tuple(
        cells[0] if len({_readings((cell,)) for cell in cells}) == 1 else None
        for cells in zip(*distinct, strict=True)
    )

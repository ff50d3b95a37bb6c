"""The indicators of one report.

An indicator is null where a cell that it needs is null, or where its denominator is 0: never 0,
never 100 percent. A rate is ``round(100 * numerator / denominator, 2)`` in double precision;
digits of the other units: :data:`gongkai.enrichment.catalogue.DECIMALS`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache
from math import sqrt
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any

from gongkai.enrichment.catalogue import (
    ALTERNATIVES,
    BOUNDED,
    BOUNDS,
    INDICATORS,
    KEY_NUMBERS,
    SYMBOLS,
    terms,
)
from gongkai.form import APPLICANTS, CELLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.model import Report

Number = int | float
_Amount = int | Decimal

# Rows of the form, and the place of each cell among theirs: reading whole rows is what makes the
# indicators cheap.
_ROWS = tuple(dict.fromkeys(cell.row_path for cell in CELLS.values()))
_rows = attrgetter(*_ROWS)
_PATHS = tuple(CELLS)
_AT = {path: index for index, path in enumerate(_PATHS)}
# Quantities: single cells first, then sums of cells, then sides of formulas with several symbols.
_SINGLE = tuple(name for name, paths in SYMBOLS.items() if len(paths) == 1)
_SUMMED = tuple(name for name, paths in SYMBOLS.items() if len(paths) > 1)
_singles = itemgetter(*(_AT[SYMBOLS[name][0]] for name in _SINGLE))
_sums = tuple(itemgetter(*(_AT[path] for path in SYMBOLS[name])) for name in _SUMMED)
_SYMBOL_AT = {name: index for index, name in enumerate((*_SINGLE, *_SUMMED))}
_INSTEAD = tuple((_SYMBOL_AT[name], _AT[paths[0]]) for name, paths in ALTERNATIVES.items())
_SIDES = tuple(
    dict.fromkeys(
        side
        for i in (*INDICATORS, *KEY_NUMBERS)
        for side in (i.numerator, i.denominator, *(i.minus or ()))
        if len(terms(side)) > 1
    )
)
_SIDE_TERMS = tuple(
    tuple((sign, _SYMBOL_AT[symbol]) for sign, symbol in terms(side)) for side in _SIDES
)
_HUNDRED = 100

#: Kinds of agencies that 《条例》第四十九条 sets no deadline for.
_NO_DEADLINE = frozenset({"乡镇街道", "开发区", "学校", "公共企业", "群团组织", "驻外机构"})
_WITH_DEADLINE = frozenset({"省", "市", "县"})


def _quantity(side: str) -> int:
    """Return where the value of a side of a formula stands among the quantities."""
    return len(_SYMBOL_AT) + _SIDES.index(side) if side in _SIDES else _SYMBOL_AT[side]


_PLAIN = tuple(
    (i.id, _quantity(i.numerator)) for i in INDICATORS if i.numerator and not i.denominator
)
_RATIOS = tuple(
    (
        i.id,
        _quantity(i.numerator),
        _quantity(i.denominator),
        _HUNDRED if i.unit == "%" else 1,
        i.decimals,
    )
    for i in INDICATORS
    if i.denominator and i.minus is None
)
_GAPS = tuple(
    (
        i.id,
        (_quantity(i.numerator), _quantity(i.denominator)),
        (_quantity(i.minus[0]), _quantity(i.minus[1])),
        i.decimals,
    )
    for i in INDICATORS
    if i.minus is not None
)
_LOW, _HIGH = (end for end, _, _ in BOUNDS)
_BOUNDS = tuple(
    (f"{name}_{_LOW}", f"{name}_{_HIGH}", top, bottom)
    for name, top, bottom, _, _ in _RATIOS
    if name in BOUNDED
)
#: Quantile of the normal distribution that leaves out 2.5 % at either end.
_Z = 1.959964
_KEYS = tuple((i.id, _quantity(i.numerator)) for i in KEY_NUMBERS)
_RECEIVED = tuple(_SYMBOL_AT[f"N.{column}"] for column in APPLICANTS[:-1])
_N, _FEE = _SYMBOL_AT["N"], _SYMBOL_AT["收费"]
_NOTHING: dict[str, Number | None] = dict.fromkeys(i.id for i in INDICATORS)


def compute(
    report: Report, numbers: Mapping[str, _Amount] | None = None
) -> dict[str, Number | None]:
    """Return every indicator of the catalogue by id, null where it does not exist.

    Args:
        report: read, checked (``quality``) and identified (``agency.kind`` and ``level``).
        numbers: the report's numbers by path, without the nulls, where they are at hand.
    """
    cells = _cells(report) if numbers is None else list(map(numbers.get, _PATHS))
    values = _quantities(cells)
    found = _NOTHING.copy()
    for name, place in _PLAIN:
        count = values[place]
        found[name] = None if count is None else int(count)
    for name, top, bottom, factor, decimals in _RATIOS:
        over, by = values[top], values[bottom]
        # A damaged report can have a negative one.
        if by is not None and over is not None and by > 0:
            found[name] = round(factor * over / by, decimals) if over else 0.0
    for low, high, top, bottom in _BOUNDS:
        found[low], found[high] = wilson(values[top], values[bottom])
    for name, left, right, decimals in _GAPS:
        one, one_of = values[left[0]], values[left[1]]
        two, two_of = values[right[0]], values[right[1]]
        if one is not None and two is not None and one_of and two_of:
            found[name] = round(_HUNDRED * one / one_of - _HUNDRED * two / two_of, decimals)
    found["applicant_hhi"] = _hhi(values)
    fee = values[_FEE]
    found["fee_any"] = None if fee is None else int(fee > 0)
    due = deadline(report)
    if due is not None and report.published_on is not None:
        late = (report.published_on - due).days
        found["lag_days"], found["on_time"] = late, int(late <= 0)
    _fill(found, report, cells)
    return found


# Most agencies have few requests: the same few counts come again in the next report.
@lru_cache(maxsize=4096)
def wilson(part: int | None, whole: int | None) -> tuple[float | None, float | None]:
    """Return the bounds of a share's 95 % interval, in percent.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
    of the American Statistical Association 22 (1927).

    Args:
        part: how many have what is counted.
        whole: of how many.

    Returns:
        Lower and upper bound; null where a count is null, the whole is 0, or the part is none of
        the whole, as in a report that contradicts itself.
    """
    if part is None or not whole or not 0 <= part <= whole:
        return None, None
    square = _Z**2 / whole
    centre = part / whole + square / 2
    half = _Z * sqrt(part * (whole - part) / whole**3 + square / (4 * whole))
    low, high = (_HUNDRED * bound / (1 + square) for bound in (centre - half, centre + half))
    return round(max(0.0, low), 2), round(min(100.0, high), 2)


def key_numbers(report: Report) -> dict[str, _Amount | None]:
    """Return the numbers that are compared between years, by id."""
    values = _quantities(_cells(report))
    return {name: values[place] for name, place in _KEYS}


def deadline(report: Report) -> date | None:
    """Return the day by which the report had to be published, or ``None`` where none is set.

    《条例》第四十九条: departments of governments from the counties up by 31 January, the
    governments themselves by 31 March of the following year.
    """
    kind, level = report.agency.kind, report.agency.level
    if report.year is None or kind is None or kind in _NO_DEADLINE or level not in _WITH_DEADLINE:
        return None
    return date(report.year + 1, *((3, 31) if kind == "人民政府" else (1, 31)))


def _cells(report: Report) -> list[_Amount | None]:
    """Return all cells in the order of :data:`gongkai.form.CELLS`."""
    return [value for row in _rows(report) for value in row.__dict__.values()]


def _quantities(cells: Sequence[_Amount | None]) -> list[Any]:
    """Return symbols and sides of formulas (int, Decimal for money); null where a cell is."""
    found: list[Any] = list(_singles(cells))
    for summed in _sums:
        parts = summed(cells)
        found.append(None if None in parts else sum(parts))
    for symbol, cell in _INSTEAD:
        if found[symbol] is None:
            found[symbol] = cells[cell]
    for side in _SIDE_TERMS:
        total: Any = 0
        for sign, symbol in side:
            value = found[symbol]
            if value is None:
                total = None
                break
            total += sign * value
        found.append(total)
    return found


def _hhi(values: Sequence[Any]) -> float | None:
    received = values[_N]
    parts = [values[place] for place in _RECEIVED]
    if not received or None in parts:
        return None
    return round(float(sum((part or 0) ** 2 for part in parts) / received**2), 4)


def _fill(found: dict[str, Number | None], report: Report, cells: Sequence[_Amount | None]) -> None:
    """Add the indicators of the reading itself."""
    quality = report.quality
    zeros = cells.count(0)
    read = zeros + len(list(filter(None, cells)))
    if quality.cells:
        found["completeness"] = round(_HUNDRED * read / quality.cells, 2)
    if quality.held + quality.failed:
        assessed = quality.held + quality.failed
        found["check_pass_rate"] = round(_HUNDRED * quality.held / assessed, 2)
    if read:
        found["zero_share"] = round(_HUNDRED * zeros / read, 2)
        found["all_zero"] = int(zeros == read)

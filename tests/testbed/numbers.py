"""Numbers that obey every identity of the form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from gongkai.form import APPLICANTS, CELLS, DISPUTE_CELLS, cells_of, request_rows

if TYPE_CHECKING:
    from random import Random

    from gongkai.form import FormYear

Value = int | Decimal | None
#: How busy an agency is.
Scale = Literal["zero", "tiny", "small", "medium", "large"]
SCALES: tuple[Scale, ...] = ("zero", "tiny", "small", "medium", "large")

_RECEIVED, _CARRIED_IN = "requests.received", "requests.carried_in"
_TOTAL, _CARRIED_OUT = "requests.outcome.total", "requests.carried_out"
_BLOCK = 5
#: Largest decision count by scale: single portals print more than ten million penalties.
_DECISIONS = {"zero": 0, "tiny": 9, "small": 900, "medium": 60_000, "large": 12_000_000}
_RESULTS = {"zero": 0, "tiny": 1, "small": 9, "medium": 260, "large": 9_000}


def _count(rng: Random, high: int, empty: float) -> int:
    """Draw a count: 0 with probability ``empty``, else spread over the magnitudes up to high."""
    if high <= 0 or rng.random() < empty:
        return 0
    return min(high, int(high ** rng.random()) + rng.randint(0, 1))


def requests(rng: Random, form: FormYear, scale: Scale) -> dict[str, int]:
    """Make table three; ``form`` tells whether （六） is divided.

    Every row and column sum holds, and received + carried in = concluded + carried out.
    """
    rows = request_rows(form)
    results = [r for r in rows if r.startswith("requests.outcome.") and r != _TOTAL]
    *applicants, total = APPLICANTS
    cells: dict[str, int] = {}
    for column in applicants:
        busy = column == "natural_person" or rng.random() < 0.5
        high = _RESULTS[scale] if column == "natural_person" else _RESULTS[scale] // 4
        for row in results:
            empty = 0.6 if scale != "tiny" else 0.85
            cells[f"{row}.{column}"] = _count(rng, high, empty) if busy else 0
        concluded = sum(cells[f"{row}.{column}"] for row in results)
        out = _count(rng, high // 2, 0.5) if busy else 0
        carried_in = min(_count(rng, high // 2, 0.5), concluded + out) if busy else 0
        cells[f"{_TOTAL}.{column}"] = concluded
        cells[f"{_CARRIED_OUT}.{column}"] = out
        cells[f"{_CARRIED_IN}.{column}"] = carried_in
        cells[f"{_RECEIVED}.{column}"] = concluded + out - carried_in
    for row in rows:
        cells[f"{row}.{total}"] = sum(cells[f"{row}.{column}"] for column in applicants)
    return cells


def disputes(rng: Random, scale: Scale) -> dict[str, int]:
    """Make table four; each block's 总计 is the sum of its four results."""
    high = {"zero": 0, "tiny": 1, "small": 4, "medium": 60, "large": 900}[scale]
    cells: dict[str, int] = {}
    for start in range(0, len(DISPUTE_CELLS), _BLOCK):
        *parts, total = DISPUTE_CELLS[start : start + _BLOCK]
        for path in parts:
            cells[path] = _count(rng, high, 0.5)
        cells[total] = sum(cells[path] for path in parts)
    return cells


def _fee(rng: Random, high: int) -> Decimal:
    if high <= 0 or rng.random() < 0.4:
        return Decimal(0)
    digits = rng.choice((0, 1, 2, 2, 4, 6))
    return Decimal(rng.randint(1, high * 10**digits)).scaleb(-digits)


def proactive(rng: Random, form: FormYear, scale: Scale) -> dict[str, Value]:
    """Make table two of ``form``."""
    high = _DECISIONS[scale]
    cells: dict[str, Value] = {}
    for cell in cells_of(form):
        if cell.table != "二":
            continue
        if cell.type == "decimal":
            cells[cell.path] = _fee(rng, min(high, 900_000))
        elif cell.signed:
            change = _count(rng, min(high, 40), 0.5)
            cells[cell.path] = change if rng.random() < 0.5 else -change
        elif cell.path.endswith("decisions"):
            cells[cell.path] = _count(rng, high, 0.3)
        elif ".rules." in cell.path:
            cells[cell.path] = _count(rng, min(high, 30), 0.8)
        else:
            cells[cell.path] = _count(rng, min(high, 400), 0.4)
    return cells


def first_block(cells: dict[str, Value]) -> dict[str, Value]:
    """Return the cells of the first block of table two (第二十条第（一）项)."""
    return {
        path: value for path, value in cells.items() if CELLS[path].article == "第二十条第（一）项"
    }

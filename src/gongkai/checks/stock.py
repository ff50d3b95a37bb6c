"""Rules and normative documents: what is in force follows from what was issued and repealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from gongkai.checks.case import Case
    from gongkai.model import Finding

_ROWS = {"proactive.rules": "规章", "proactive.normative_documents": "行政规范性文件"}


class _Stock(NamedTuple):
    """A row of table two of which all three numbers are known."""

    path: str
    label: str
    cells: list[str]
    issued: int | Decimal
    repealed: int | Decimal
    in_force: int | Decimal


def check(case: Case) -> Iterator[Finding]:
    """Report rows that issued more than is in force or was repealed."""
    for row in _stocks(case):
        if row.issued > row.in_force + row.repealed:
            yield case.find(
                "T2.STOCK.LE",
                f"{row.label}本年制发 {row.issued} 件，"
                f"大于现行有效 {row.in_force} 件与本年废止 {row.repealed} 件之和",
                f"{row.path}: {row.issued} issued, but only {row.in_force} in force and "
                f"{row.repealed} repealed",
                row.cells,
                actual=row.issued,
                expected=row.in_force + row.repealed,
            )


def compare(case: Case, before: Mapping[str, int | Decimal]) -> Iterator[Finding]:
    """Report rows that last year's do not lead to.

    Args:
        case: the report.
        before: the numbers of the report of the year before.
    """
    for row in _stocks(case):
        *_, path = row.cells
        last = before.get(path)
        if last is None:
            continue
        expected = last + row.issued - row.repealed
        if row.in_force != expected:
            yield case.find(
                "T2.STOCK",
                f"{row.label}现行有效 {row.in_force} 件，按上年有效 {last} 件加制发 {row.issued} 件"
                f"减废止 {row.repealed} 件应为 {expected} 件",
                f"{path}: {row.in_force}, but {last} last year + {row.issued} issued - "
                f"{row.repealed} repealed = {expected}",
                row.cells,
                actual=row.in_force,
                expected=expected,
            )


def _stocks(case: Case) -> Iterator[_Stock]:
    for path, label in _ROWS.items():
        cells = [f"{path}.{name}" for name in ("issued", "repealed", "in_force")]
        issued, repealed, in_force = map(case.values.get, cells)
        if issued is not None and repealed is not None and in_force is not None:
            yield _Stock(path, label, cells, issued, repealed, in_force)

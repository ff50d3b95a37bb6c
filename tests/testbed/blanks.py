"""Blanks and nil marks in place of zeros: a fact of its own, never the number 0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.form import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random

    from tests.testbed.reports import TestReport

#: What agencies print where nothing is to be reported; a blank is the commonest.
MARKS = ("", "", "", "/", "-", "—", "——", "无", "\u3000", "\u00a0")
VISIBLE_MARKS = ("/", "-", "—", "——", "无")


def blank(report: TestReport, paths: Iterable[str], mark: str) -> TestReport:
    """Return the report with ``mark`` printed at ``paths``."""
    chosen = dict.fromkeys(paths, mark)
    cells = {path: None if path in chosen else value for path, value in report.cells.items()}
    return replace(report, cells=cells, marks=chosen)


def _zeros(report: TestReport) -> list[str]:
    return [path for path, value in report.cells.items() if value == 0]


def zeros(report: TestReport, rng: Random) -> TestReport:
    """Leave every zero blank."""
    return blank(report, _zeros(report), rng.choice(MARKS))


def zeros_but_totals(report: TestReport, rng: Random) -> TestReport:
    """Leave the zeros of table three blank, 总计 apart."""
    found = [p for p in _zeros(report) if CELLS[p].table == "三" and not p.endswith(".total")]
    return blank(report, found, rng.choice(MARKS))


def result_totals(report: TestReport, rng: Random) -> TestReport:
    """Leave 总计 of every result row blank, whatever it should be."""
    found = [
        path
        for path in report.cells
        if path.startswith("requests.outcome.")
        and path.endswith(".total")
        and not path.startswith("requests.outcome.total")
    ]
    return blank(report, found, rng.choice(MARKS))


def one(report: TestReport, rng: Random) -> TestReport:
    """Leave one cell blank."""
    return blank(report, [rng.choice(_zeros(report) or list(report.cells))], rng.choice(MARKS))


def everything(report: TestReport, rng: Random) -> TestReport:
    """Leave the whole form blank."""
    return blank(report, list(report.cells), rng.choice(MARKS))


def any_policy(report: TestReport, rng: Random) -> TestReport:
    """Leave blank what one of the policies above says."""
    policies = (zeros, zeros, zeros_but_totals, result_totals, one, one, everything)
    return rng.choice(policies)(report, rng)


def visible(report: TestReport, rng: Random) -> TestReport:
    """Print a nil mark that ink shows for zeros: for pages whose blanks leave no trace."""
    return blank(report, _zeros(report), rng.choice(VISIBLE_MARKS))

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.testbed.reports import VARIANTS, make_report, reports

from gongkai.form import CELLS, cells_of, identities

if TYPE_CHECKING:
    from tests.testbed.reports import TestReport, Variant


@given(reports())
def test_every_identity_holds(report: TestReport) -> None:
    for identity in identities("2019" if report.undivided else "2021"):
        left = sum(report.cells[path] or 0 for path in identity.left)
        assert left == sum(report.cells[path] or 0 for path in identity.right), identity


@given(reports())
def test_values_fit_their_cells(report: TestReport) -> None:
    for path, value in report.cells.items():
        assert value is not None
        assert CELLS[path].signed or value >= 0
        assert CELLS[path].type == "decimal" or isinstance(value, int)


def test_forms_print_their_own_cells() -> None:
    def paths(variant: Variant) -> set[str]:
        return set(make_report(Random(1), variant=variant).cells)

    assert paths("2021") == {cell.path for cell in cells_of("2021")}
    assert paths("2019") == {cell.path for cell in cells_of("2019")}
    assert paths("2021") - paths("undivided") == {
        path for path in paths("2021") if path.startswith("requests.outcome.other.")
    }
    assert {p.partition(".")[0] for p in paths("hybrid")} == {
        "proactive", "proactive_2019", "requests", "disputes",
    }  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_quiet_agency_reports_zeros(variant: Variant) -> None:
    report = make_report(Random(2), variant=variant, scale="zero")
    assert set(report.cells.values()) == {0}


def test_a_large_agency_decides_ten_million_times() -> None:
    largest = max(
        value or 0
        for seed in range(40)
        for value in make_report(Random(seed), scale="large").cells.values()
    )
    assert largest > 5_000_000


@given(st.integers(0, 2**32))
def test_a_seed_names_a_report(seed: int) -> None:
    assert make_report(Random(seed)) == make_report(Random(seed))


def test_titles_and_publishers_vary() -> None:
    made = [make_report(Random(seed)) for seed in range(200)]
    assert len({report.who.agency for report in made}) > 150
    assert any(report.publisher != report.who.agency for report in made)
    assert any("回族镇" in report.who.agency for report in made)
    assert any(report.who.agency.endswith("街道办事处") for report in made)

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testbed.reports import TestReport, reports

if TYPE_CHECKING:
    from collections.abc import Mapping

from gongkai.checks import cell_values
from gongkai.enrichment import enrich, with_previous
from gongkai.enrichment.catalogue import COMPARISONS, INDICATORS, SYMBOLS, terms
from gongkai.enrichment.docs import deliver, render
from gongkai.enrichment.indicators import compute, wilson
from gongkai.form import CELLS
from gongkai.model import Quality, Report, Sections


def _report(cells: Mapping[str, object], **fields: object) -> Report:
    tree: dict[str, object] = dict(fields)
    for path, value in cells.items():
        node = tree
        *names, last = path.split(".")
        for name in names:
            node = node.setdefault(name, {})  # type: ignore[assignment] # a tree of dicts
        node[last] = value
    return Report.model_validate(tree)


def _total(row: str) -> str:
    return f"requests.{row}.total"


@pytest.fixture
def report() -> Report:
    cells = dict.fromkeys(CELLS, 0) | {
        _total("received"): 10, "requests.received.natural_person": 8,
        "requests.received.company": 2, _total("carried_in"): 2,
        _total("outcome.granted"): 3, _total("outcome.partially_granted"): 1,
        _total("outcome.denied.state_secret"): 1, _total("outcome.denied.internal_affairs"): 3,
        _total("outcome.unavailable.not_held"): 2,
        _total("outcome.not_processed.petition_or_complaint"): 1,
        _total("outcome.total"): 11, _total("carried_out"): 1,
        "requests.outcome.granted.natural_person": 2, "requests.outcome.total.natural_person": 8,
        "requests.outcome.granted.company": 1, "requests.outcome.total.company": 2,
        "disputes.reconsideration.total": 3, "disputes.reconsideration.pending": 1,
        "disputes.reconsideration.corrected": 1,
        "proactive.fees.amount": Decimal("1.5"),
    }  # fmt: skip
    cells = {path: value for path, value in cells.items() if ".undivided." not in path}
    return _report(cells, year=2023)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("disclosed", 4), ("denied", 4), ("unavailable", 2), ("not_processed", 1), ("lawsuits", 0),
        ("accepted", 12), ("close_rate", 91.67), ("backlog_rate", 8.33), ("clearance", 110.0),
        ("backlog_delta", -1), ("grant_rate", 27.27), ("disclose_rate", 36.36),
        ("release_rate", 50.0), ("effective_rate", 40.0), ("deny_rate", 36.36),
        ("deny_share_internal_affairs", 75.0), ("deny_rate_internal_affairs", 27.27),
        ("nohold_rate", 18.18), ("petition_share", 100.0),
        ("natural_share", 80.0), ("applicant_hhi", 0.68), ("disclose_gap", -25.0),
        ("review_rate", 27.27), ("review_correct_rate", 50.0), ("litig_lose_rate", None),
        ("post_review_share", None), ("pending_share", 33.33), ("repeal_rate", None),
        ("service_ratio", None), ("fee_any", 1), ("all_zero", 0),
        ("disclose_rate_low", 15.17), ("disclose_rate_high", 64.62), ("correct_rate_low", 9.45),
    ],
)  # fmt: skip
def test_values(report: Report, name: str, value: float | None) -> None:
    assert compute(report)[name] == value


def test_numbers_at_hand_give_the_same(report: Report) -> None:
    report.proactive.fees.amount = report.requests.received.company = None
    whole = compute(report)
    numbers = cell_values(report)
    assert compute(report, numbers) == whole
    enrich(report, numbers=numbers)
    assert report.indicators == whole


def test_a_null_cell_makes_its_indicators_null_and_no_others(report: Report) -> None:
    whole = compute(report)
    report.requests.outcome.denied.state_secret.total = None
    found = compute(report)
    changed = {name for name, value in found.items() if value != whole[name]}
    assert changed == {
        "denied", "deny_rate", "deny_rate_low", "deny_rate_high", "deny_rate_state_secret",
        "release_rate", "zero_share",
        *(name for name in found if name.startswith("deny_share_") and whole[name] is not None),
    }  # fmt: skip
    assert found["deny_rate"] is None


def test_the_2019_form_does_not_divide_other_outcomes(report: Report) -> None:
    for row in ("correction_overdue", "fee_overdue", "other"):
        getattr(report.requests.outcome.other, row).total = None
    assert compute(report)["effective_rate"] is None
    report.requests.outcome.other.undivided.total = 1
    assert compute(report)["effective_rate"] == 44.44
    assert compute(report)["withdrawn_rate"] is None


def _fraction(report: Report, side: str) -> Fraction | None:
    total = Fraction(0)
    for sign, symbol in terms(side):
        for path in SYMBOLS[symbol]:
            value = report.value(path)
            if value is None:
                return None
            total += sign * Fraction(value)
    return total


@settings(max_examples=60)
@given(reports(variant="2021"))
def test_every_formula_is_computed_as_it_is_documented(made: TestReport) -> None:
    report = _report(dict(made.cells))
    found = compute(report)
    for indicator in INDICATORS:
        if not indicator.denominator or indicator.minus:
            continue
        top, bottom = (_fraction(report, s) for s in (indicator.numerator, indicator.denominator))
        value = found[indicator.id]
        if top is None or bottom is None or bottom <= 0:
            assert value is None, indicator.id
        else:
            exact = top / bottom * (100 if indicator.unit == "%" else 1)
            assert value == pytest.approx(float(exact), abs=0.51 * 10**-indicator.decimals)


@given(reports())
def test_nothing_is_zero_over_zero(made: TestReport) -> None:
    nothing = _report(dict.fromkeys(made.cells, 0))
    rates = {i.id for i in INDICATORS if i.denominator}
    assert all(compute(nothing)[name] is None for name in rates)
    assert set(compute(Report()).values()) == {None}


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_bounds_solve_the_equation_that_defines_them(counts: tuple[int, int]) -> None:
    part, whole = counts
    for bound in wilson(part, whole):
        assert bound is not None
        share = bound / 100
        variance = 1.959964**2 * share * (1 - share) / whole
        # How far the bound is from a solution, for a bound that is rounded to 0.01 %.
        slope = 2 * abs(part / whole - share) + 1.959964**2 / whole
        assert abs((part / whole - share) ** 2 - variance) <= 0.5001e-4 * slope + 1e-8


@pytest.mark.parametrize("counts", [(None, 3), (3, None), (0, 0), (4, 3), (-1, 3), (1, -2)])
def test_no_bounds_of_what_is_no_share(counts: tuple[int | None, int | None]) -> None:
    assert wilson(*counts) == (None, None)


@pytest.mark.parametrize(
    ("name", "published", "lag"),
    [
        ("栖霞市商务局", date(2024, 2, 3), 3),
        ("栖霞市人民政府", date(2024, 2, 3), -57),
        ("栖霞市翠屏街道办事处", date(2024, 2, 3), None),
        ("栖霞市商务局", None, None),
    ],
)
def test_deadline(name: str, published: date | None, lag: int | None) -> None:
    report = _report({}, year=2023, published_on=published, agency={"name": name})
    enrich(report)
    assert report.indicators["lag_days"] == lag
    assert report.indicators["on_time"] == (None if lag is None else int(lag <= 0))


def test_shares_of_the_reading() -> None:
    cells = dict.fromkeys(list(CELLS)[:10], 0) | {_total("received"): 5}
    report = _report(cells, quality=Quality(cells=22, read=11, held=3, failed=1))
    found = compute(report)
    assert found["completeness"] == 50.0
    assert found["check_pass_rate"] == 75.0
    assert found["zero_share"] == 90.91


def test_comparison_with_last_year(report: Report) -> None:
    previous = report.model_copy(deep=True)
    previous.year = 2022
    previous.requests.received.total = 8
    previous.proactive.fees.amount = Decimal("0.5")
    report.indicators = compute(report)
    with_previous(report, previous)
    found = report.indicators
    assert (found["received_previous"], found["received_delta"], found["received_yoy"]) == (
        8,
        2,
        25.0,
    )
    assert (found["fees_delta"], found["fees_yoy"]) == (1.0, 200.0)
    assert (found["lawsuits_delta"], found["lawsuits_yoy"]) == (0, None)
    assert found["close_rate_delta"] == round(91.67 - 110.0, 2)
    assert found["disclose_rate"] == 36.36


@pytest.mark.parametrize("year", [None, 2021, 2023])
def test_another_year_is_no_comparison(report: Report, year: int | None) -> None:
    report.indicators = compute(report)
    with_previous(report, Report(year=year) if year else None)
    assert {report.indicators[i.id] for i in COMPARISONS} == {None}


def test_similarity_leaves_numbers_out(report: Report) -> None:
    report.sections = Sections(overview="2023年公开信息39条，收到申请1件，均已按期办结。")
    previous = Report(
        year=2022, sections=Sections(overview="2022年公开信息8条，收到申请2件，均已按期办结。")
    )
    with_previous(report, previous)
    assert report.indicators["text_similarity"] == 100.0
    previous.sections = Sections(overview="完全不同的一段话，没有相同之处。")
    with_previous(report, previous)
    assert report.indicators["text_similarity"] == 0.0


def test_ids_are_unique_and_named_in_both_languages() -> None:
    every = (*INDICATORS, *COMPARISONS)
    assert len({i.id for i in every}) == len(every)
    assert all(i.zh and i.en for i in every)
    assert set(compute(Report())) == {i.id for i in INDICATORS}


def test_the_page_is_current() -> None:
    assert deliver("indicators.md", render(), ["--check"]) == 0

"""The identities: proving, and naming the one wrong cell."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.testbed import numbers

from gongkai.checks import form_of_requests
from gongkai.checks.identities import assess, locate
from gongkai.form import APPLICANTS, FormYear, cells_of
from gongkai.model import CellStates, Report

if TYPE_CHECKING:
    from decimal import Decimal

FORMS = st.sampled_from(("2021", "2019"))
DAMAGED = st.sampled_from([c.path for c in cells_of("2021") if c.table == "三"])


def report(seed: int, form: FormYear) -> dict[str, int | Decimal]:
    rng = random.Random(seed)
    cells = numbers.requests(rng, form, "small") | numbers.disputes(rng, "small")
    return dict(cells)


@given(st.integers(0, 1000), FORMS)
def test_a_consistent_report_is_proved(seed: int, form: FormYear) -> None:
    assessment = assess(report(seed, form), frozenset(), form)
    assert not assessment.failed
    assert len(assessment.held) == (42 if form == "2021" else 40)


@given(st.sampled_from(APPLICANTS), st.booleans())
def test_any_cell_of_the_undivided_row_tells_the_form(column: str, blank: bool) -> None:  # noqa: FBT001
    report = Report()
    assert form_of_requests(report) == "2021"
    if blank:
        report.cells = CellStates(blank=[f"requests.outcome.other.undivided.{column}"])
    else:
        setattr(report.requests.outcome.other.undivided, column, 0)
    assert form_of_requests(report) == "2019"


@given(st.integers(0, 1000), DAMAGED, st.integers(1, 1000))
def test_one_wrong_cell_is_always_named_with_its_value(seed: int, path: str, by: int) -> None:
    values = report(seed, "2021")
    right = values[path]
    values[path] = right + by
    found = locate(values, assess(values, frozenset(), "2021"), "2021")
    assert found is not None
    assert (found.path, found.implied) == (path, right)


@given(st.integers(0, 1000), st.sets(DAMAGED, min_size=2, max_size=3), st.integers(1, 9))
def test_up_to_three_wrong_cells_never_pass(seed: int, paths: set[str], by: int) -> None:
    values = report(seed, "2021")
    for path in paths:
        values[path] += by
    assert assess(values, frozenset(), "2021").failed


def test_blank_cells_leave_identities_open_and_count_as_nothing() -> None:
    values = report(3, "2021")
    row = [p for p in values if p.startswith("requests.received.") and values[p] == 0]
    for path in row:
        del values[path]
    assessment = assess(values, frozenset(row), "2021")
    assert not assessment.failed


@given(st.integers(0, 50))
def test_a_total_without_parts_fails_where_other_sums_show_that_blanks_are_zeros(seed: int) -> None:
    values = report(seed, "2021")
    blocks = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    values |= {p: 0 for p in values if p.startswith("disputes.")}
    blank = frozenset(p for p, value in values.items() if not value)
    printed = {p: value for p, value in values.items() if value}
    lone = {f"disputes.{block}.total": 2 for block in blocks[:1]}
    rules = {i.rule for i, _ in assess(printed | lone, blank - lone.keys(), "2021").failed}
    known = any(p.startswith("requests.") for p in printed)
    assert rules == ({"T4.SUM"} if known else set())
    # Where nothing else shows it, the parts may just not be filled in.
    assert not assess(lone, frozenset(values) - lone.keys(), "2021").failed


def test_a_lost_number_behind_a_blank_is_a_failure() -> None:
    values = report(3, "2021")
    total = values["requests.received.total"]
    assert total
    largest = max(
        (p for p in values if p.startswith("requests.received.") and not p.endswith("total")),
        key=lambda p: values[p],
    )
    del values[largest]
    assessment = assess(values, frozenset({largest}), "2021")
    assert any(i.rule == "T3.ROW" for i, _ in assessment.failed)


def test_parts_above_their_total_fail_even_with_unknown_cells() -> None:
    values = report(3, "2021")
    assert values["requests.received.natural_person"]
    values["requests.received.total"] = 0
    del values["requests.received.company"]
    failed = assess(values, frozenset(), "2021").failed
    assert "requests.received.total" in {i.left[0] for i, _ in failed if i.rule == "T3.ROW"}

from __future__ import annotations

import pytest

from gongkai.checks.crossyear import compare
from gongkai.model import Report, Sections

_N = "requests.received.total"
_IN, _OUT = "requests.carried_in.total", "requests.carried_out.total"
_DOCS = "proactive.normative_documents"
_R, _L2 = "disputes.reconsideration", "disputes.litigation_after_reconsideration.total"


def _rules(
    now: dict[str, int], before: dict[str, int], *, text: str = "", last_year: int = 2022
) -> list[str]:
    report = Report(year=2023, sections=Sections(overview=text))
    return [f.rule for f in compare(report, now, Report(year=last_year), before)]


def test_only_the_year_before_is_compared() -> None:
    assert _rules({_IN: 3}, {_OUT: 2}, last_year=2021) == []


@pytest.mark.parametrize(("then", "found"), [(3, []), (2, ["X.CARRY"])])
def test_carried_in_is_what_was_carried_out(then: int, found: list[str]) -> None:
    assert _rules({_IN: 3}, {_OUT: then}) == found


@pytest.mark.parametrize(("in_force", "found"), [(11, []), (12, ["T2.STOCK"])])
def test_documents_in_force(in_force: int, found: list[str]) -> None:
    now = {f"{_DOCS}.issued": 3, f"{_DOCS}.repealed": 2, f"{_DOCS}.in_force": in_force}
    assert _rules(now, {f"{_DOCS}.in_force": 10}) == found


@pytest.mark.parametrize(
    ("now", "then", "found"),
    [(130, 25, ["X.JUMP"]), (25, 130, ["X.JUMP"]), (125, 25, []), (19, 1, []), (20, 0, ["X.JUMP"])],
)
def test_jumps(now: int, then: int, found: list[str]) -> None:
    assert _rules({_N: now}, {_N: then}) == found


def test_a_copy_of_last_year() -> None:
    assert _rules({_N: 5, _L2: 0}, {_N: 5, _L2: 0}) == ["X.COPY"]
    assert _rules({_N: 0}, {_N: 0}) == []
    assert _rules({_N: 5}, {_N: 5, _L2: 0}) == []


@pytest.mark.parametrize(("suits", "found"), [(4, []), (5, ["L.POSTREV"])])
def test_lawsuits_after_reconsideration(suits: int, found: list[str]) -> None:
    now = {_L2: suits, f"{_R}.total": 3, f"{_R}.pending": 1}
    assert _rules(now, {f"{_R}.total": 2}) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共收到政府信息公开1件,与2022年相比减少1项。", []),
        ("共收到政府信息公开1件,与2022年相比减少2项。", ["N.DIFF"]),
        ("共收到政府信息公开1件,较上年增加1件。", ["N.DIFF"]),
        ("共收到政府信息公开1件,与2021年相比减少9件。", []),
    ],
)
def test_the_change_that_the_narrative_states(text: str, found: list[str]) -> None:
    assert _rules({_N: 1}, {_N: 2}, text=text) == found

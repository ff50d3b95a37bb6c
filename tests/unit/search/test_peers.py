from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from statistics import quantiles
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.enrichment.catalogue import SMALL
from gongkai.search.peers import PEERS_INDEX, documents, peer_fields, percentile
from gongkai.search.schema import build

_COUNTS = st.lists(st.integers(0, 10**6), min_size=2, max_size=60)
_T, _G, _P = (f"requests.outcome.{row}.total" for row in ("total", "granted", "partially_granted"))


def _row(agency: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - of any field
    keys = {"agency.name": agency, "agency.level": "县", "agency.kind": "商务", "year": 2023}
    return keys | {name.replace("__", "."): value for name, value in fields.items()}


@given(_COUNTS)
def test_percentiles_are_those_of_the_standard_library(values: list[int]) -> None:
    ordered = sorted(values)
    deciles = quantiles(values, n=10, method="inclusive")
    found = [percentile(ordered, percent) for percent in (10, 50, 90)]
    assert found == pytest.approx([deciles[0], deciles[4], deciles[8]])
    everything = [percentile(ordered, percent) for percent in range(101)]
    assert everything[0] == ordered[0]
    assert everything[-1] == ordered[-1]
    assert all(one <= other for one, other in pairwise(everything))


def test_one_report_is_its_own_peer() -> None:
    (group,) = documents([_row("甲区商务局", requests__received__total=7)]).values()
    assert group["peers"]["received"] == {
        "reports": 1, "mean": 7, "p10": 7, "median": 7, "p90": 7,
    }  # fmt: skip


def test_a_report_without_a_number_is_no_peer_for_it() -> None:
    rows = [
        _row("甲区商务局", requests__received__total=7),
        _row("乙区商务局"),
        _row("丙区商务局", requests__received__total=0),
    ]
    (group,) = documents(rows).values()
    assert group["peers"]["reports"] == 3
    assert (group["peers"]["received"]["reports"], group["peers"]["received"]["mean"]) == (2, 3.5)


@pytest.mark.parametrize(("more", "small"), [(0, True), (1, False)])
def test_a_rate_of_the_group_is_a_sum_by_a_sum_and_none_of_few(more: int, *, small: bool) -> None:
    # 10 of 10 and 1 of 19 or 20: the mean of the rates is far from the rate of the sums.
    concluded = SMALL - 11 + more
    rates = 100.0, round(100 / concluded, 2)
    rows = [
        _row("甲区", **{_T: 10, _G: 10, _P: 0, "indicators.disclose_rate": rates[0]}),
        _row("乙区", **{_T: concluded, _G: 1, _P: 0, "indicators.disclose_rate": rates[1]}),
        # Nothing concluded: it has no rate and adds nothing.
        _row("丙区", **{_T: 0, _G: 0, _P: 0}),
    ]
    (group,) = documents(rows).values()
    found = group["peers"]["disclose_rate"]
    assert found["reports"] == 2
    assert found["mean"] == round(sum(rates) / 2, 2)
    exact = float(Fraction(1100, 10 + concluded))
    assert found.get("pooled") == (None if small else pytest.approx(exact, abs=0.005))


def test_groups_differ_by_year_level_and_kind() -> None:
    rows = [
        _row("甲区商务局"),
        _row("甲区商务局", year=2022),
        _row("甲区教育局", agency__kind="教育"),
        _row("甲市商务局", agency__level="市"),
    ]
    assert list(documents(rows)) == [
        "2023:县:商务", "2022:县:商务", "2023:县:教育", "2023:市:商务",
    ]  # fmt: skip


def test_a_document_holds_fields_of_the_mapping_alone() -> None:
    numbers = {"requests.received.total": 40, _T: 40, _G: 10, _P: 2}
    (group,) = documents([_row("甲区", **numbers, **{"indicators.disclose_rate": 30.0})]).values()
    known = {field.path for field in peer_fields()}
    assert set(_paths(group)) <= known
    assert build(PEERS_INDEX)["mappings"]["dynamic"] == "strict"


def _paths(tree: dict[str, Any], above: str = "") -> list[str]:
    found = []
    for name, value in tree.items():
        if isinstance(value, dict):
            found += _paths(value, f"{above}{name}.")
        else:
            found.append(f"{above}{name}")
    return found

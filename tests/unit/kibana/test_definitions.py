from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kibana.aggregations import merged, records, search_body
from gongkai.kibana.columns import formula, metric_columns
from gongkai.kibana.conditions import Where, where
from gongkai.kibana.dataviews import fields
from gongkai.kibana.definitions import Dashboard, Metric, Panel, Ranges, Terms, Years
from gongkai.kibana.lens import layer_references, lens_attributes
from gongkai.kibana.panels import DASHBOARDS

_OPERATIONS: dict[str, Any] = {"add": lambda a, b: a + b, "divide": lambda a, b: a / b}


def test_a_condition_is_the_same_in_both_languages() -> None:
    condition = where(region__province=("山东省", '"引"'), year="2023") & Where(
        exists=("value",), missing=("agency.id",)
    )
    assert condition.kql() == (
        'region.province: ("山东省" or "\\"引\\"") and year: "2023"'
        " and value: * and not agency.id: *"
    )
    assert condition.dsl() == {
        "bool": {
            "filter": [
                {"terms": {"region.province": ["山东省", '"引"']}},
                {"terms": {"year": ["2023"]}},
                {"exists": {"field": "value"}},
            ],
            "must_not": [{"exists": {"field": "agency.id"}}],
        }
    }
    assert condition.fields == ("region.province", "year", "value", "agency.id")


def test_every_condition_of_a_panel_looks_at_fields_that_exist() -> None:
    for dashboard in DASHBOARDS:
        for panel in (panel for row in dashboard.rows for panel in row.panels):
            conditions = [panel.where, *(metric.condition for metric in panel.metrics)]
            for condition in conditions:
                if condition is not None:
                    assert set(condition.fields) <= set(fields(panel.index)), panel.id
                    # A formula quotes its condition with this mark.
                    assert "'" not in condition.kql()


def test_ranges_touch_and_never_overlap() -> None:
    assert Ranges("n", "n", (0, 1, 10, 50)).buckets == (
        (0, 1, "0"),
        (1, 10, "1–9"),
        (10, 50, "10–49"),
        (50, None, "50 及以上"),
    )
    assert Ranges("n", "n", (0, 1, 10), whole=False, negative=True).buckets == (
        (None, 0, "负数"),
        (0, 1, "0 至不足 1"),
        (1, 10, "1 至不足 10"),
        (10, None, "10 及以上"),
    )


def test_a_rate_counts_only_documents_that_have_both_sides() -> None:
    rate = Metric("率", "ratio", ("a", "b"), ("c",), format="percent")
    kql = "a: * and b: * and c: *"
    assert formula(rate) == f"(sum(a, kql='{kql}') + sum(b, kql='{kql}')) / sum(c, kql='{kql}')"
    columns = metric_columns("m", rate)
    assert [columns[f"mX{n}"]["filter"]["query"] for n in range(3)] == [kql] * 3
    assert columns["m"]["references"] == ["mX3"]
    assert columns["mX3"]["references"] == ["mX0", "mX1", "mX2"]


@given(
    top=st.lists(st.integers(0, 10**6), min_size=1, max_size=9),
    under=st.lists(st.integers(1, 10**6), min_size=1, max_size=4),
)
def test_the_arithmetic_that_kibana_gets_is_that_of_the_search(
    top: list[int], under: list[int]
) -> None:
    names = tuple(f"f{n}" for n in range(len(top) + len(under)))
    rate = Metric("率", "ratio", names[: len(top)], names[len(top) :])
    columns = metric_columns("m", rate)
    values = {f"mX{n}": float(v) for n, v in enumerate([*top, *under])}

    def compute(tree: Any) -> float:  # noqa: ANN401 - any JSON
        if isinstance(tree, str):
            return values[tree]
        return float(_OPERATIONS[tree["name"]](*map(compute, tree["args"])))

    tree = columns[f"mX{len(names)}"]["params"]["tinymathAst"]
    panel = Panel("p", "p", "metric", 12, metrics=(rate,))
    inner = {f"m0-{n}": {"value": v} for n, v in enumerate([*top, *under])}
    response = {"hits": {"total": {"value": 1}}, "aggregations": {"m0": inner}}
    (record,) = records(panel, response)
    assert math.isclose(record["率"], compute(tree), rel_tol=1e-12)


def test_a_rate_over_nothing_is_missing_and_not_zero() -> None:
    rate = Metric("率", "ratio", ("a",), ("b",))
    panel = Panel("p", "p", "metric", 12, metrics=(rate,))
    inner = {"m0-0": {"value": 0.0}, "m0-1": {"value": 0.0}}
    response = {"hits": {"total": {"value": 3}}, "aggregations": {"m0": inner}}
    assert records(panel, response) == [{"率": None}]


def test_a_share_over_no_documents_is_missing() -> None:
    share = Metric("占比", "share", where=where(x="y"))
    panel = Panel("p", "p", "metric", 12, metrics=(share,))
    response = {"hits": {"total": {"value": 0}}, "aggregations": {"m0": {"doc_count": 0}}}
    assert records(panel, response) == [{"占比": None}]


def test_terms_are_sorted_by_the_first_metric_and_then_by_name() -> None:
    panel = Panel(
        "p",
        "p",
        "table",
        48,
        by=Terms("agency.name", "机关", 20, by_metric=True),
        split=Years(),
        metrics=(Metric("和", "sum", ("value",)),),
    )
    terms = search_body(panel)["aggs"]["by"]
    assert terms["terms"]["order"] == [{"m0": "desc"}, {"_key": "asc"}]
    assert "m0" in terms["aggs"]  # the outer buckets need the number that they are sorted by
    assert terms["aggs"]["by"]["aggs"] == {"m0": {"sum": {"field": "value"}}}


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda d: d.id)
def test_a_row_of_panels_fills_the_grid(dashboard: Dashboard) -> None:
    for row in dashboard.rows:
        assert sum(panel.width for panel in row.panels) == 48
    names = [panel.id for row in dashboard.rows for panel in row.panels]
    assert len(set(names)) == len(names)


_OWN = Metric("本机关", "sum", ("requests.received.total",), format="decimal")
_LINE = Metric(
    "中位数",
    "average",
    ("peers.received.median",),
    format="decimal",
    line=True,
    index="peers",
)
_SHARE = Metric("公开率", "average", ("indicators.disclose_rate",), format="rate", line=True)
_BESIDE = Panel("p", "比较", "bar", 48, by=Years(), metrics=(_OWN, _LINE, _SHARE))


def test_a_panel_over_two_indices_asks_each_for_its_own_metrics() -> None:
    assert [(part.index, part.metrics) for part in _BESIDE.parts] == [
        ("reports", (_OWN, _SHARE)),
        ("peers", (_LINE,)),
    ]
    (alone,) = Panel("q", "数", "metric", 8, "cells", metrics=(Metric("数", "count"),)).parts
    assert alone.index == "cells"


def test_the_numbers_of_two_indices_meet_in_one_record_a_year() -> None:
    own = [
        {"年度": "2023", "本机关": 3, "公开率": 1.0},
        {"年度": "2021", "本机关": 1, "公开率": 2.0},
    ]
    peers = [{"年度": "2022", "中位数": 5.0}, {"年度": "2023", "中位数": 7.0}]
    assert merged(_BESIDE, [own, peers]) == [
        {"年度": "2021", "本机关": 1, "中位数": None, "公开率": 2.0},
        {"年度": "2022", "本机关": None, "中位数": 5.0, "公开率": None},
        {"年度": "2023", "本机关": 3, "中位数": 7.0, "公开率": 1.0},
    ]
    # One index alone keeps the order of its buckets.
    assert merged(_BESIDE, [own]) == own


def test_lens_draws_each_index_in_a_layer_of_its_own_and_alike_numbers_on_one_axis() -> None:
    state = lens_attributes(_BESIDE)["state"]
    drawn = {layer["layerId"]: layer for layer in state["visualization"]["layers"]}
    assert {name: layer["seriesType"] for name, layer in drawn.items()} == {
        "main": "bar", "reports-lines": "line", "peers-lines": "line",
    }  # fmt: skip
    axes = {name: layer["yConfig"][0]["axisMode"] for name, layer in drawn.items()}
    assert axes == {"main": "left", "reports-lines": "right", "peers-lines": "left"}
    views = {r["name"].rsplit("layer-", 1)[-1]: r["id"] for r in layer_references(_BESIDE)}
    assert views == {
        "main": "gongkai-reports",
        "reports-lines": "gongkai-reports",
        "peers-lines": "gongkai-peers",
    }
    assert set(state["datasourceStates"]["formBased"]["layers"]) == set(drawn)


def test_no_condition_of_a_panel_is_beyond_one_of_its_indices() -> None:
    for dashboard in DASHBOARDS:
        for row in dashboard.rows:
            for panel in row.panels:
                for part in panel.parts:
                    wanted = {dimension.field for dimension in part.dimensions}
                    wanted |= set(panel.where.fields) if panel.where else set()
                    assert wanted <= set(fields(part.index)), (dashboard.id, panel.id)

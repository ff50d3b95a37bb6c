from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest
from tests.unit.kibana.lint import lint

from gongkai.checks.rules import RULES
from gongkai.form import CELLS
from gongkai.kibana import bundle
from gongkai.kibana.dashboards import indices
from gongkai.kibana.dataviews import SPECS, fields
from gongkai.kibana.objects import saved_objects
from gongkai.kibana.panels import DASHBOARDS, SEARCHES
from gongkai.model import Responsibility, Severity, Verdict
from gongkai.search.fields import report_fields
from gongkai.search.mapping import check, mappings_dir
from gongkai.search.side_indices import CHECK_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Objects = dict[str, Any]


@pytest.fixture
def objects() -> Objects:
    return {f"{item['type']}/{item['id']}": item for item in saved_objects()}


def _problems(objects: Objects) -> list[str]:
    return lint(bundle.ndjson(objects.values()))


def test_the_bundle_has_no_problem(objects: Objects) -> None:
    assert _problems(objects) == []


def test_the_bundle_is_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "a.ndjson", tmp_path / "b" / "b.ndjson"
    assert (
        bundle.write(first)
        == bundle.write(second)
        == 1 + len(SPECS) + len(SEARCHES) + len(DASHBOARDS)
    )
    assert first.read_bytes() == second.read_bytes()
    assert bundle.parse(first.read_text(encoding="utf-8")) == saved_objects()


def test_every_number_of_the_form_has_a_label_that_says_where_it_stands(objects: Objects) -> None:
    attributes = objects["index-pattern/gongkai-reports"]["attributes"]
    labels = json.loads(attributes["fieldAttrs"])
    assert len(CELLS) == 229
    for path, cell in CELLS.items():
        label = labels[path]["customLabel"]
        assert label.startswith(f"表{cell.table}·")
        assert cell.row in label
        assert path in labels[path]["customDescription"]
        assert len(labels[path]["customDescription"]) <= 300
    denied = "requests.outcome.denied.state_secret.natural_person"
    assert labels[denied]["customLabel"] == "表三·（三）不予公开·属于国家秘密·自然人"
    formats = json.loads(attributes["fieldFormatMap"])
    assert formats["source.url"]["id"] == "url"
    assert formats["year"]["params"]["pattern"] == "0"
    assert formats["quality.coverage"]["id"] == "percent"


def test_the_three_indices_share_the_names_that_controls_filter_by() -> None:
    shared = set(fields("reports")) & set(fields("cells")) & set(fields("checks"))
    for dashboard in DASHBOARDS:
        for control in dashboard.controls:
            # A control on a field that an index lacks would empty that index's panels.
            lacking = {index for index in indices(dashboard) if control.field not in fields(index)}
            assert not lacking, (dashboard.id, control.field)
    assert {"region.province", "agency.name", "year", "quality.verdict"} <= shared


def test_a_click_filters_by_what_the_dashboard_behind_it_knows() -> None:
    by_id = {dashboard.id: dashboard for dashboard in DASHBOARDS}
    clicked = [
        (dimension.field, by_id[panel.drilldown])
        for dashboard in DASHBOARDS
        for row in dashboard.rows
        for panel in row.panels
        for dimension in panel.dimensions
        if panel.drilldown is not None
    ]
    assert len(clicked) >= 5
    for field, target in clicked:
        assert all(field in fields(index) for index in indices(target)), (field, target.id)


def test_filters_are_carried_only_where_they_leave_something(objects: Objects) -> None:
    carried = {}
    for name, item in objects.items():
        if item["type"] == "dashboard":
            links = json.loads(item["attributes"]["panelsJSON"])[0]["embeddableConfig"]
            for link in links["attributes"]["links"]:
                carried[name.split("-", 1)[1], link["label"]] = link["options"]["useCurrentFilters"]
    assert carried["overview", "检索"]
    assert not carried["any-number", "总览"]  # no report has a field cell.row
    assert not carried["overview", "机关画像"]  # no cell has a field requests.received.total
    assert carried["agency", "数据质量"]


def test_every_rule_has_a_kind() -> None:
    assert {rule.split(".")[0] for rule in RULES} <= set(CHECK_KINDS)


def test_the_mapping_files_are_those_of_the_catalogues() -> None:
    for spec in SPECS.values():
        check(spec, mappings_dir())
    assert fields("reports") == dict(report_fields())


def test_codes_have_names_that_kibana_shows(objects: Objects) -> None:
    codes = {
        "quality.verdict": get_args(Verdict),
        "findings.severity": get_args(Severity),
        "findings.responsibility": get_args(Responsibility),
        "findings.cells": CELLS,
    }
    formats = json.loads(objects["index-pattern/gongkai-checks"]["attributes"]["fieldFormatMap"])
    for path, wanted in codes.items():
        entries = formats[path]["params"]["lookupEntries"]
        assert {entry["key"] for entry in entries} == set(wanted)
        assert all(not entry["value"].isascii() for entry in entries)


def _dashboard(objects: Objects) -> Any:  # noqa: ANN401 - any JSON
    return objects["dashboard/gongkai-overview"]


def _edit_panels(objects: Objects, change: Callable[[list[Any]], object]) -> None:
    attributes = _dashboard(objects)["attributes"]
    panels = json.loads(attributes["panelsJSON"])
    change(panels)
    attributes["panelsJSON"] = json.dumps(panels)


def _columns(panel: Any) -> Any:  # noqa: ANN401 - any JSON
    state = panel["embeddableConfig"]["attributes"]["state"]
    return state["datasourceStates"]["formBased"]["layers"]["main"]["columns"]


def _first_lens(panels: list[Any]) -> Any:  # noqa: ANN401 - any JSON
    return next(panel for panel in panels if panel["type"] == "lens")


def _set_field(panels: list[Any], path: str) -> None:
    panel = next(p for p in panels if p["panelIndex"] == "received")
    _columns(panel)["main-m0"]["sourceField"] = path


def _call_terms_numbers(panels: list[Any]) -> None:
    charts = [panel for panel in panels if panel["type"] == "lens"]
    for column in (column for chart in charts for column in _columns(chart).values()):
        if column["operationType"] == "terms":
            column["dataType"] = "number"


_DAMAGES: dict[str, tuple[Callable[[Objects], object], str]] = {
    "later version": (
        lambda o: _dashboard(o).update(typeMigrationVersion="10.3.0"),
        "typeMigrationVersion is not the lowest",
    ),
    "later core": (
        lambda o: _dashboard(o).update(coreMigrationVersion="9.0.0"),
        "coreMigrationVersion is not the lowest",
    ),
    "managed": (lambda o: _dashboard(o).update(managed=True), "people could not edit it"),
    "missing drilldown target": (
        lambda o: o.pop("dashboard/gongkai-agency"),
        "refers to nothing: gongkai-agency",
    ),
    "missing view": (lambda o: o.pop("index-pattern/gongkai-reports"), "refers to nothing"),
    "overlap": (
        lambda o: _edit_panels(o, lambda p: p[1]["gridData"].update(w=13)),
        "reports overlaps agencies",
    ),
    "outside": (
        lambda o: _edit_panels(o, lambda p: p[1]["gridData"].update(x=40)),
        "reports lies outside the grid",
    ),
    "unknown field": (
        lambda o: _edit_panels(o, lambda p: _set_field(p, "requests.nothing")),
        "requests.nothing is not in the mapping of gongkai-reports",
    ),
    "text field": (
        lambda o: _edit_panels(o, lambda p: _set_field(p, "body")),
        "body cannot be aggregated",
    ),
    "no label": (
        lambda o: _edit_panels(o, lambda p: _columns(_first_lens(p))["main-m0"].update(label="")),
        "a column without a label",
    ),
    "lost helper": (
        lambda o: _edit_panels(
            o,
            lambda p: _columns(next(x for x in p if x["panelIndex"] == "grant-rate")).pop(
                "main-m0X0"
            ),
        ),
        "column main-m0X0 is missing",
    ),
    "missing numbers": (
        lambda o: _edit_panels(o, _call_terms_numbers),
        "numbers have no bucket of missing values",
    ),
    "no time": (
        lambda o: _dashboard(o)["attributes"].update(timeRestore=False),
        "the time range is not set",
    ),
    "lost reference": (
        lambda o: _dashboard(o)["references"].pop(-2),
        "DataView is missing",
    ),
    "lost drilldown": (
        lambda o: o["dashboard/gongkai-overview"].update(
            references=[r for r in _dashboard(o)["references"] if ":drilldown:" not in r["name"]]
        ),
        "dashboardId is missing",
    ),
    "lost link": (
        lambda o: _dashboard(o)["references"].pop(0),
        "the reference links:link_gongkai-search_dashboard is missing",
    ),
    "idle reference": (
        lambda o: _dashboard(o)["references"].append(
            {"type": "search", "id": "gongkai-text", "name": "gone:panel_gone"}
        ),
        "nothing uses the reference gone:panel_gone",
    ),
    "search column": (
        lambda o: o["search/gongkai-search"]["attributes"]["columns"].append("nothing"),
        "nothing is not in the mapping",
    ),
    "view label": (
        lambda o: o["index-pattern/gongkai-cells"]["attributes"].update(fieldAttrs="{}"),
        "value has no label",
    ),
    "view format": (
        lambda o: o["index-pattern/gongkai-cells"]["attributes"].update(fieldFormatMap="{}"),
        "value has no format",
    ),
}


@pytest.mark.parametrize(("damage", "told"), _DAMAGES.values(), ids=_DAMAGES.keys())
def test_the_lint_tells_a_damage(
    objects: Objects, damage: Callable[[Objects], object], told: str
) -> None:
    damage(objects)
    assert any(told in problem for problem in _problems(objects)), _problems(objects)


def test_the_lint_tells_a_wrong_panel_reference(objects: Objects) -> None:
    attributes = objects["dashboard/gongkai-search"]["attributes"]
    attributes["panelsJSON"] = attributes["panelsJSON"].replace('"panel_list"', '"list"')
    assert any("list: panelRefName" in problem for problem in _problems(objects))


def test_the_lint_tells_what_is_no_ndjson() -> None:
    assert lint("{}\n[1]\n")[0].startswith("not NDJSON")
    assert lint("{")[0].startswith("not NDJSON")


def test_the_lint_tells_two_of_one_name(objects: Objects) -> None:
    text = bundle.ndjson([*objects.values(), objects["tag/gongkai-tag"]])
    assert "an identifier occurs twice" in lint(text)


def test_a_summary_line_of_an_export_is_no_object() -> None:
    text = bundle.ndjson([{"id": "a", "type": "tag"}, {"exportedCount": 1}])
    assert bundle.parse(text) == [{"id": "a", "type": "tag"}]

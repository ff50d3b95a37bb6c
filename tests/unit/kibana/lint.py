"""Rules that a bundle obeys before it is shipped; Kibana itself checks few of them."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

from gongkai.kibana.bundle import parse
from gongkai.kibana.columns import RECORDS
from gongkai.kibana.dataviews import SPECS, data_view_id, fields
from gongkai.kibana.definitions import GRID_COLUMNS
from gongkai.kibana.lens import LAYER_REFERENCE
from gongkai.kibana.saved import CORE_VERSION, TYPE_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.kibana.saved import SavedObject
    from gongkai.search.fields import Field

_MAX_CONTROLS = 10
_MAX_SEARCH_COLUMNS = 12
_MAX_BYTES = 1_000_000


def lint(text: str) -> list[str]:
    """Return what is wrong with a bundle; an empty list means nothing.

    Args:
        text: the NDJSON.
    """
    try:
        objects = parse(text)
    except ValueError as error:
        return [f"not NDJSON: {error}"]
    problems = [] if len(text.encode()) <= _MAX_BYTES else ["larger than 1 MB"]
    keys = {(item["type"], item["id"]) for item in objects}
    if len(keys) != len(objects):
        problems.append("an identifier occurs twice")
    for item in objects:
        problems += [f"{item['type']} {item['id']}: {text}" for text in _object(item, keys)]
    return problems


def _object(item: SavedObject, keys: set[tuple[str, str]]) -> Iterator[str]:
    kind = item["type"]
    if item.get("coreMigrationVersion") != CORE_VERSION:
        yield "coreMigrationVersion is not the lowest"
    if item.get("typeMigrationVersion") != TYPE_VERSIONS.get(kind):
        yield "typeMigrationVersion is not the lowest"
    if item.get("managed") is not False:
        yield "people could not edit it"
    names = [reference["name"] for reference in item["references"]]
    if len(set(names)) != len(names):
        yield "two references of one name"
    for reference in item["references"]:
        if (reference["type"], reference["id"]) not in keys:
            yield f"{reference['name']} refers to nothing: {reference['id']}"
    check = {"index-pattern": _view, "search": _search, "dashboard": _dashboard}.get(kind)
    if check is not None:
        yield from check(item)


def _view(item: SavedObject) -> Iterator[str]:
    known = _fields(item["id"])
    if not known:
        yield "no index of ours"
        return
    attributes = item["attributes"]
    labels = json.loads(attributes["fieldAttrs"])
    for path, field in known.items():
        shown = labels.get(path, {})
        if not shown.get("customLabel"):
            yield f"{path} has no label"
        if field.numeric and path not in json.loads(attributes["fieldFormatMap"]):
            yield f"{path} has no format"
    for path in labels.keys() - known.keys():
        yield f"{path} is not in the mapping"
    given = [shown["customLabel"] for shown in labels.values()]
    for label in sorted({text for text in given if given.count(text) > 1}):
        yield f"two fields are called {label}"


def _search(item: SavedObject) -> Iterator[str]:
    view = next(r["id"] for r in item["references"] if r["type"] == "index-pattern")
    attributes = item["attributes"]
    if len(attributes["columns"]) > _MAX_SEARCH_COLUMNS:
        yield "more than twelve columns"
    for path in attributes["columns"]:
        if path not in _fields(view):
            yield f"{path} is not in the mapping"
    for path, _ in attributes["sort"]:
        yield from _aggregatable(view, path)


def _dashboard(item: SavedObject) -> Iterator[str]:
    attributes = item["attributes"]
    references = {reference["name"]: reference for reference in item["references"]}
    panels = json.loads(attributes["panelsJSON"])
    controls = json.loads(attributes["controlGroupInput"]["panelsJSON"])
    yield from _grid([panel["gridData"] for panel in panels])
    if not attributes["timeRestore"]:
        yield "the time range is not set"
    if len(controls) > _MAX_CONTROLS:
        yield "more than ten controls"
    wanted = {name for panel in panels for name in _panel_references(panel)}
    wanted |= {_control_reference(name, control) for name, control in controls.items()}
    for name in wanted - references.keys():
        yield f"the reference {name} is missing"
    for name in references.keys() - wanted:
        if references[name]["type"] != "tag":
            yield f"nothing uses the reference {name}"
    for panel in panels:
        for problem in _panel(panel, references):
            yield f"{panel['panelIndex']}: {problem}"
    for name, control in controls.items():
        given = control["explicitInput"]
        found = references.get(_control_reference(name, control))
        if found is not None and found["id"] != given["dataViewId"]:
            yield f"{name}: refers to another data view"
        yield from _aggregatable(given["dataViewId"], given["fieldName"])


def _panel_references(panel: dict[str, Any]) -> Iterator[str]:
    """Yield the names of the references that a panel needs."""
    name, config = panel["panelIndex"], panel["embeddableConfig"]
    events = config["enhancements"].get("dynamicActions", {}).get("events", ())
    for event in events:
        factory = event["action"]["factoryId"]
        yield f"{name}:drilldown:{factory}:{event['eventId']}:dashboardId"
    match panel["type"]:
        case "search":
            yield f"{name}:panel_{name}"
        case "links":
            for link in config["attributes"]["links"]:
                yield f"{name}:{link['destinationRefName']}"
        case "lens":
            for layer in _layers(panel):
                yield f"{name}:{LAYER_REFERENCE}{layer}"
        case _:
            pass


def _control_reference(name: str, control: dict[str, Any]) -> str:
    return f"controlGroup_{name}:{control['type'].removesuffix('Control')}DataView"


def _layers(panel: dict[str, Any]) -> dict[str, Any]:
    state = panel["embeddableConfig"]["attributes"]["state"]
    layers: dict[str, Any] = state["datasourceStates"]["formBased"]["layers"]
    return layers


def _panel(panel: dict[str, Any], references: dict[str, dict[str, str]]) -> Iterator[str]:
    name = panel["panelIndex"]
    if panel["gridData"]["i"] != name:
        yield "grid and panel differ"
    if panel["type"] == "search" and panel["panelRefName"] != f"panel_{name}":
        yield "panelRefName"
    if panel["type"] != "lens":
        return
    for layer, content in _layers(panel).items():
        reference = references.get(f"{name}:{LAYER_REFERENCE}{layer}")
        if reference is not None:
            yield from _columns(content, reference["id"])


def _grid(places: list[dict[str, Any]]) -> Iterator[str]:
    for place in places:
        inside = place["x"] >= 0 and place["x"] + place["w"] <= GRID_COLUMNS and place["y"] >= 0
        if not inside or place["w"] < 1 or place["h"] < 1:
            yield f"{place['i']} lies outside the grid"
    for one, other in combinations(places, 2):
        apart = (
            one["x"] + one["w"] <= other["x"]
            or other["x"] + other["w"] <= one["x"]
            or one["y"] + one["h"] <= other["y"]
            or other["y"] + other["h"] <= one["y"]
        )
        if not apart:
            yield f"{one['i']} overlaps {other['i']}"


def _columns(layer: dict[str, Any], view: str) -> Iterator[str]:
    columns = layer["columns"]
    if layer["columnOrder"] != list(columns):
        yield "columns and their order differ"
    for column in columns.values():
        path = column.get("sourceField")
        if path not in {None, RECORDS}:
            yield from _aggregatable(view, path)
        if not column["label"]:
            yield "a column without a label"
        for used in column.get("references", ()):
            if used not in columns:
                yield f"column {used} is missing"
        params = column.get("params", {})
        if params.get("missingBucket") and column["dataType"] == "number":
            yield "numbers have no bucket of missing values"
        order = params.get("orderBy", {}).get("columnId")
        if order is not None and columns.get(order, {}).get("operationType") == "formula":
            yield "sorted by a formula"


def _fields(view: str) -> dict[str, Field]:
    """Return the fields behind a data view by path; none where the view is not ours."""
    index = next((name for name in SPECS if data_view_id(name) == view), None)
    return fields(index) if index is not None else {}


def _aggregatable(view: str, path: str) -> Iterator[str]:
    field = _fields(view).get(path)
    if field is None:
        yield f"{path} is not in the mapping of {view}"
    elif not field.aggregatable:
        yield f"{path} cannot be aggregated"

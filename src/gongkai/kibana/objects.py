"""Saved objects: data views, saved searches, dashboards and the tag, as Kibana stores them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from gongkai.kibana.dataviews import SPECS, data_view, data_view_id
from gongkai.kibana.lens import layer_references, lens_attributes
from gongkai.kibana.panels import DASHBOARDS, SEARCHES

if TYPE_CHECKING:
    from gongkai.kibana.definitions import Control, Dashboard, Panel, Placed, SavedSearch

#: The lowest versions that carry what we write: Kibana refuses objects from later versions than
#: its own and migrates those from earlier ones.
CORE_VERSION = "8.8.0"
TYPE_VERSIONS = {
    "index-pattern": "8.0.0",
    "tag": "8.0.0",
    "search": "10.5.0",
    "dashboard": "10.2.0",
}
TAG = "gongkai-tag"
_TIME = {"from": "2019-01-01T00:00:00.000Z", "to": "now"}
_INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index"
#: Room for the links above the panels.
_LINKS_HEIGHT = 2
_DRILLDOWN = "DASHBOARD_TO_DASHBOARD_DRILLDOWN"

SavedObject = dict[str, Any]
Reference = dict[str, str]


def saved_objects(prefix: str = "gongkai") -> list[SavedObject]:
    """Return every object of the bundle, those that others refer to first.

    Args:
        prefix: of every index and alias.
    """
    return [
        _object("tag", TAG, _tag(), []),
        *(
            _object(
                "index-pattern", data_view_id(index), _stringified(data_view(index, prefix)), []
            )
            for index in SPECS
        ),
        *(_search(search) for search in SEARCHES),
        *(_dashboard(dashboard) for dashboard in DASHBOARDS),
    ]


def _object(
    kind: str, name: str, attributes: dict[str, Any], references: list[Reference]
) -> SavedObject:
    return {
        "id": name,
        "type": kind,
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": CORE_VERSION,
        "typeMigrationVersion": TYPE_VERSIONS[kind],
        "managed": False,  # people may edit what they installed
    }


def text(value: Any) -> str:  # noqa: ANN401 - any JSON
    """Return JSON as Kibana keeps it inside a string."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _tag() -> dict[str, Any]:
    return {"name": "政府信息公开", "description": "政府信息公开工作年度报告", "color": "#6092c0"}


def _tag_reference() -> Reference:
    return {"type": "tag", "id": TAG, "name": f"tag-{TAG}"}


def _stringified(view: dict[str, Any]) -> dict[str, Any]:
    return {
        name: text(value) if isinstance(value, (dict, list)) else value
        for name, value in view.items()
    }


def _search(search: SavedSearch) -> SavedObject:
    source = {
        "query": {"query": "", "language": "kuery"},
        "filter": [],
        "highlightAll": True,
        "version": True,
        "indexRefName": _INDEX_REFERENCE,
    }
    attributes = {
        "title": search.title,
        "description": search.description,
        "columns": list(search.columns),
        "sort": [list(pair) for pair in search.sort],
        "grid": {},
        "hideChart": True,
        "isTextBasedQuery": False,
        "rowHeight": search.row_height,
        "timeRestore": True,
        "timeRange": _TIME,
        "kibanaSavedObjectMeta": {"searchSourceJSON": text(source)},
    }
    reference = {
        "type": "index-pattern",
        "id": data_view_id(search.index),
        "name": _INDEX_REFERENCE,
    }
    return _object("search", search.id, attributes, [reference, _tag_reference()])


def _dashboard(dashboard: Dashboard) -> SavedObject:
    links, references = _links(dashboard)
    panels = [links]
    for placed in dashboard.placed(_LINKS_HEIGHT):
        panel, more = _panel(placed)
        panels.append(panel)
        references += more
    controls, more = _controls(dashboard)
    attributes = {
        "title": dashboard.title,
        "description": dashboard.description,
        "panelsJSON": text(panels),
        "optionsJSON": text(
            {
                "useMargins": True,
                "syncColors": True,
                "syncCursor": True,
                "syncTooltips": False,
                "hidePanelTitles": False,
            }
        ),
        "controlGroupInput": controls,
        "timeRestore": True,
        "timeFrom": _TIME["from"],
        "timeTo": _TIME["to"],
        "refreshInterval": {"pause": True, "value": 60000},
        "kibanaSavedObjectMeta": {
            "searchSourceJSON": text({"query": {"query": "", "language": "kuery"}, "filter": []})
        },
        "version": 1,
    }
    return _object("dashboard", dashboard.id, attributes, [*references, *more, _tag_reference()])


def _frame(name: str, kind: str, x: int, y: int, width: int, height: int) -> dict[str, Any]:  # noqa: PLR0913 - a place has four numbers
    return {
        "type": kind,
        "panelIndex": name,
        "gridData": {"x": x, "y": y, "w": width, "h": height, "i": name},
    }


def _links(dashboard: Dashboard) -> tuple[dict[str, Any], list[Reference]]:
    """Return the panel that leads to the other dashboards."""
    name = "links"
    others = [other for other in DASHBOARDS if other.id != dashboard.id]
    panel = _frame(name, "links", 0, 0, 48, _LINKS_HEIGHT)
    panel["embeddableConfig"] = {
        "hidePanelTitles": True,
        "enhancements": {},
        "attributes": {
            "layout": "horizontal",
            "links": [
                {
                    "type": "dashboardLink",
                    "id": other.id,
                    "order": order,
                    "label": short_title(other),
                    "destinationRefName": f"link_{other.id}_dashboard",
                    "options": {
                        "openInNewTab": False,
                        "useCurrentDateRange": True,
                        "useCurrentFilters": True,
                    },
                }
                for order, other in enumerate(others)
            ],
        },
    }
    references = [
        {"type": "dashboard", "id": other.id, "name": f"{name}:link_{other.id}_dashboard"}
        for other in others
    ]
    return panel, references


def short_title(dashboard: Dashboard) -> str:
    """Return a dashboard's title without what all of them share."""
    return dashboard.title.rsplit("· ", 1)[-1]


def _panel(placed: Placed) -> tuple[dict[str, Any], list[Reference]]:
    panel = placed.panel
    kind = {"markdown": "visualization", "search": "search"}.get(panel.kind, "lens")
    frame = _frame(panel.id, kind, placed.x, placed.y, placed.width, placed.height)
    if panel.kind == "markdown":
        frame["embeddableConfig"] = _markdown(panel)
        return frame, []
    frame["title"] = panel.title
    if panel.kind == "search":
        frame["panelRefName"] = f"panel_{panel.id}"
        frame["embeddableConfig"] = {"enhancements": {}}
        return frame, [
            {"type": "search", "id": panel.search, "name": f"{panel.id}:panel_{panel.id}"}
        ]
    references = [
        {**reference, "name": f"{panel.id}:{reference['name']}"}
        for reference in layer_references(panel)
    ]
    enhancements: dict[str, Any] = {}
    if panel.drilldown is not None:
        event = f"{panel.id}-open"
        enhancements = {"dynamicActions": {"events": [_drilldown_event(event)]}}
        references.append(
            {
                "type": "dashboard",
                "id": panel.drilldown,
                "name": f"{panel.id}:drilldown:{_DRILLDOWN}:{event}:dashboardId",
            }
        )
    frame["embeddableConfig"] = {
        "attributes": lens_attributes(panel),
        "enhancements": enhancements,
        # A metric says its name itself.
        "hidePanelTitles": panel.kind == "metric",
    }
    return frame, references


def _drilldown_event(event: str) -> dict[str, Any]:
    return {
        "eventId": event,
        "triggers": ["VALUE_CLICK_TRIGGER"],
        "action": {
            "factoryId": _DRILLDOWN,
            "name": "打开",
            "config": {
                "useCurrentFilters": True,
                "useCurrentDateRange": True,
                "openInNewTab": False,
            },
        },
    }


def _markdown(panel: Panel) -> dict[str, Any]:
    return {
        "hidePanelTitles": True,
        "enhancements": {},
        "savedVis": {
            "id": "",
            "title": panel.title,
            "description": "",
            "type": "markdown",
            "params": {"fontSize": 12, "openLinksInNewTab": False, "markdown": panel.text},
            "uiState": {},
            "data": {
                "aggs": [],
                "searchSource": {"query": {"query": "", "language": "kuery"}, "filter": []},
            },
        },
    }


def _controls(dashboard: Dashboard) -> tuple[dict[str, Any], list[Reference]]:
    panels, references = {}, []
    for order, control in enumerate(dashboard.controls):
        name = f"control-{order}"
        panels[name] = _control(name, order, control)
        kind = "optionsList" if control.kind == "options" else "rangeSlider"
        references.append(
            {
                "type": "index-pattern",
                "id": data_view_id(control.index),
                "name": f"controlGroup_{name}:{kind}DataView",
            }
        )
    group = {
        "controlStyle": "oneLine",
        "chainingSystem": "HIERARCHICAL",
        "showApplySelections": False,
        "ignoreParentSettingsJSON": text(
            {
                "ignoreFilters": False,
                "ignoreQuery": False,
                "ignoreTimerange": False,
                "ignoreValidations": False,
            }
        ),
        "panelsJSON": text(panels),
    }
    return group, references


def _control(name: str, order: int, control: Control) -> dict[str, Any]:
    given: dict[str, Any] = {
        "id": name,
        "dataViewId": data_view_id(control.index),
        "fieldName": control.field,
        "title": control.label,
    }
    if control.kind == "range":
        given["step"] = control.step
    else:
        given |= {
            "searchTechnique": "wildcard",  # 商务 is to be found in 河东区商务局
            "runPastTimeout": True,
            "singleSelect": control.single,
            "selectedOptions": [],
            "sort": {"by": "_key", "direction": "asc"},
        }
    return {
        "type": "rangeSliderControl" if control.kind == "range" else "optionsListControl",
        "order": order,
        "grow": True,
        "width": "medium",
        "explicitInput": given,
    }

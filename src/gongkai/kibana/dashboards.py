"""A dashboard as a saved object: links, panels, drilldowns, controls, and their references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.kibana.conditions import kuery
from gongkai.kibana.dataviews import data_view_id, fields
from gongkai.kibana.definitions import GRID_COLUMNS
from gongkai.kibana.lens import layer_references, lens_attributes
from gongkai.kibana.panels import DASHBOARDS, SEARCHES
from gongkai.kibana.saved import TIME, json_text, saved_object, tag_reference

if TYPE_CHECKING:
    from gongkai.kibana.definitions import Control, Dashboard, IndexName, Panel, Placed
    from gongkai.kibana.saved import Reference, SavedObject

#: Room for the links above the panels.
_LINKS_HEIGHT = 2
_DRILLDOWN = "DASHBOARD_TO_DASHBOARD_DRILLDOWN"


def dashboard_object(dashboard: Dashboard) -> SavedObject:
    """Return a dashboard, its panels by value."""
    links, references = _links(dashboard)
    panels = [links]
    for placed in dashboard.placed(_LINKS_HEIGHT):
        panel, more = _panel(dashboard, placed)
        panels.append(panel)
        references += more
    controls, more = _controls(dashboard)
    attributes = {
        "title": dashboard.title,
        "description": dashboard.description,
        "panelsJSON": json_text(panels),
        "optionsJSON": json_text(
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
        "timeFrom": TIME["from"],
        "timeTo": TIME["to"],
        "refreshInterval": {"pause": True, "value": 60000},
        "kibanaSavedObjectMeta": {
            "searchSourceJSON": json_text({"query": kuery(None), "filter": []})
        },
        "version": 1,
    }
    return saved_object(
        "dashboard", dashboard.id, attributes, [*references, *more, tag_reference()]
    )


def _frame(name: str, kind: str, place: tuple[int, int, int, int]) -> dict[str, Any]:
    return {
        "type": kind,
        "panelIndex": name,
        "gridData": {**dict(zip("xywh", place, strict=True)), "i": name},
    }


def _links(dashboard: Dashboard) -> tuple[dict[str, Any], list[Reference]]:
    """Return the panel that leads to the other dashboards."""
    name = "links"
    others = [other for other in DASHBOARDS if other.id != dashboard.id]
    panel = _frame(name, "links", (0, 0, GRID_COLUMNS, _LINKS_HEIGHT))
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
                        "useCurrentFilters": carries_filters(dashboard, other),
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


def indices(dashboard: Dashboard) -> set[IndexName]:
    """Return the indices that a dashboard's panels look at."""
    panels = [panel for row in dashboard.rows for panel in row.panels]
    searched = {panel.search for panel in panels}
    return {panel.index for panel in panels if panel.charted} | {
        search.index for search in SEARCHES if search.id in searched
    }


def carries_filters(source: Dashboard, target: Dashboard) -> bool:
    """Tell whether the filters of one dashboard mean something on another.

    A filter on a field that an index lacks would leave that index's panels empty.
    """
    known = [fields(index) for index in indices(target)]
    return all(control.field in found for control in source.controls for found in known)


def _panel(dashboard: Dashboard, placed: Placed) -> tuple[dict[str, Any], list[Reference]]:
    panel = placed.panel
    kind = {"markdown": "visualization", "search": "search"}.get(panel.kind, "lens")
    frame = _frame(panel.id, kind, (placed.x, placed.y, placed.width, placed.height))
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
        target = next(other for other in DASHBOARDS if other.id == panel.drilldown)
        carry = carries_filters(dashboard, target)
        enhancements = {"dynamicActions": {"events": [_drilldown_event(event, carry=carry)]}}
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


def _drilldown_event(event: str, *, carry: bool) -> dict[str, Any]:
    return {
        "eventId": event,
        "triggers": ["VALUE_CLICK_TRIGGER"],
        "action": {
            "factoryId": _DRILLDOWN,
            "name": "打开",
            "config": {
                "useCurrentFilters": carry,
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
                "searchSource": {"query": kuery(None), "filter": []},
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
        "ignoreParentSettingsJSON": json_text(
            {
                "ignoreFilters": False,
                "ignoreQuery": False,
                "ignoreTimerange": False,
                "ignoreValidations": False,
            }
        ),
        "panelsJSON": json_text(panels),
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
            "selectedOptions": list(control.selected),
            "sort": {"by": "_key", "direction": "asc"},
        }
    return {
        "type": "rangeSliderControl" if control.kind == "range" else "optionsListControl",
        "order": order,
        "grow": True,
        "width": "medium",
        "explicitInput": given,
    }

"""Every object of the bundle: the tag, data views, saved searches, dashboards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.kibana.conditions import kuery
from gongkai.kibana.dashboards import dashboard_object
from gongkai.kibana.dataviews import SPECS, data_view, data_view_id
from gongkai.kibana.panels import DASHBOARDS, SEARCHES
from gongkai.kibana.saved import TAG, TIME, json_text, saved_object, tag_reference

if TYPE_CHECKING:
    from gongkai.kibana.definitions import SavedSearch
    from gongkai.kibana.saved import SavedObject

_INDEX_REFERENCE = "kibanaSavedObjectMeta.searchSourceJSON.index"


def saved_objects(prefix: str = "gongkai") -> list[SavedObject]:
    """Return every object of the bundle, those that others refer to first.

    Args:
        prefix: of every index and alias.
    """
    return [
        saved_object("tag", TAG, _tag(), []),
        *(
            saved_object(
                "index-pattern", data_view_id(index), _stringified(data_view(index, prefix)), []
            )
            for index in SPECS
        ),
        *(_search(search) for search in SEARCHES),
        *(dashboard_object(dashboard) for dashboard in DASHBOARDS),
    ]


def _tag() -> dict[str, Any]:
    return {"name": "政府信息公开", "description": "政府信息公开工作年度报告", "color": "#6092c0"}


def _stringified(view: dict[str, Any]) -> dict[str, Any]:
    return {
        name: json_text(value) if isinstance(value, (dict, list)) else value
        for name, value in view.items()
    }


def _search(search: SavedSearch) -> SavedObject:
    source = {
        "query": kuery(search.where),
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
        "timeRange": TIME,
        "kibanaSavedObjectMeta": {"searchSourceJSON": json_text(source)},
    }
    reference = {
        "type": "index-pattern",
        "id": data_view_id(search.index),
        "name": _INDEX_REFERENCE,
    }
    return saved_object("search", search.id, attributes, [reference, tag_reference()])

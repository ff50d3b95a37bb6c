"""The data views: what each field is called and how it is shown, from the field catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.form import CELLS
from gongkai.kibana.names import NAMES, cell_name
from gongkai.search.peers import PEERS_INDEX
from gongkai.search.schema import REPORTS
from gongkai.search.side_indices import CELLS_INDEX, CHECKS_INDEX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.kibana.definitions import IndexName
    from gongkai.search.fields import Field
    from gongkai.search.schema import IndexSpec

#: Kibana's limit on a field's description.
_DESCRIPTION_LENGTH = 300
SPECS: Mapping[IndexName, IndexSpec] = {
    "reports": REPORTS,
    "cells": CELLS_INDEX,
    "checks": CHECKS_INDEX,
    "peers": PEERS_INDEX,
}
_TITLES = {
    "reports": "年报",
    "cells": "年报：逐个数值",
    "checks": "年报：校验问题",
    "peers": "年报：同级同类机关",
}

_LINKS = frozenset({"source.url"})
_YEARS = frozenset({"year"})
_SHOWN_UNITS = frozenset({"%", "百分点", "天"})


def fields(index: IndexName) -> dict[str, Field]:
    """Return the fields of an index by path."""
    return {field.path: field for field in SPECS[index].fields()}


def data_view_id(index: IndexName) -> str:
    """Return the fixed identifier of an index's data view."""
    return f"gongkai-{index}"


def data_view(index: IndexName, prefix: str) -> dict[str, Any]:
    """Return the data view of an index, its parts still objects rather than JSON text.

    Args:
        index: which one.
        prefix: of every index and alias.
    """
    known = fields(index)
    return {
        "title": SPECS[index].alias(prefix),
        "name": f"政府信息公开{_TITLES[index]}",
        "timeFieldName": "period",
        "allowHidden": False,
        "fieldAttrs": {
            path: {"customLabel": label(field), "customDescription": description(field)}
            for path, field in known.items()
        },
        "fieldFormatMap": {
            path: shown for path, field in known.items() if (shown := _format(field))
        },
        "runtimeFieldMap": {},
        "sourceFilters": [],
        "fields": [],
        "typeMeta": {},
    }


def label(field: Field) -> str:
    """Return what a field is called in Kibana: for a cell its table, row and column."""
    if field.path in CELLS:
        return cell_name(field.path)
    # A bare 12.5 does not say whether it is a number of reports or a share of them.
    return f"{field.label}（{field.unit}）" if field.unit in _SHOWN_UNITS else field.label


def description(field: Field) -> str:
    """Return a field's explanation: English label, unit, article, path."""
    cell = CELLS.get(field.path)
    parts = [field.label_en]
    if field.unit:
        parts.append(f"单位：{field.unit}")
    if cell is not None and cell.article is not None:
        parts.append(f"《条例》{cell.article}")
    parts.append(field.path)
    return "；".join(parts)[:_DESCRIPTION_LENGTH]


def _format(field: Field) -> dict[str, Any] | None:
    if field.path in NAMES:
        entries = [{"key": code, "value": name} for code, name in NAMES[field.path].items()]
        return {"id": "static_lookup", "params": {"lookupEntries": entries}}
    if field.path in _LINKS:
        return {"id": "url", "params": {"urlTemplate": "{{value}}", "labelTemplate": "原文"}}
    if field.kind == "date":
        year_only = field.path == "period"
        return {"id": "date", "params": {"pattern": "YYYY" if year_only else "YYYY-MM-DD"}}
    return _number_format(field) if field.numeric else None


def _number_format(field: Field) -> dict[str, Any]:
    if field.path in _YEARS:
        return {"id": "number", "params": {"pattern": "0"}}  # 2023, not 2,023
    if field.kind == "float" and field.unit == "比例":
        return {"id": "percent", "params": {"pattern": "0.0%"}}
    decimals = field.kind in {"double", "float"}
    return {"id": "number", "params": {"pattern": "0,0.[00]" if decimals else "0,0"}}

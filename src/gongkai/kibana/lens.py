"""A charted panel as a Lens visualization, by value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.kibana.columns import dimension_column, metric_columns
from gongkai.kibana.conditions import kuery
from gongkai.kibana.dataviews import data_view_id
from gongkai.kibana.definitions import Years

if TYPE_CHECKING:
    from gongkai.kibana.definitions import IndexName, Metric, Panel

_SERIES = {
    "bar": "bar",
    "bar_stacked": "bar_stacked",
    "bar_percentage": "bar_percentage_stacked",
    "bar_horizontal": "bar_horizontal",
    "bar_horizontal_stacked": "bar_horizontal_stacked",
    "bar_horizontal_percentage": "bar_horizontal_percentage_stacked",
}
#: What a reference to the data view of a layer is called, before the layer's name.
LAYER_REFERENCE = "indexpattern-datasource-layer-"
_TABLE_ROWS = 30


class _Layer:
    """Columns of one layer: dimensions ``d0`` and ``d1``, metrics ``m0``, ``m1``, …"""

    def __init__(self, name: str, index: IndexName, panel: Panel, metrics: list[Metric]) -> None:
        self.name = name
        self.index = index
        self.shown = metrics
        self.metrics = [f"{name}-m{number}" for number in range(len(metrics))]
        self.dimensions = [f"{name}-d{number}" for number in range(len(panel.dimensions))]
        order_by = self.metrics[0] if metrics[0].simple else None
        self.columns: dict[str, Any] = {
            column: dimension_column(dimension, order_by)
            for column, dimension in zip(self.dimensions, panel.dimensions, strict=True)
        }
        for column, metric in zip(self.metrics, metrics, strict=True):
            self.columns |= metric_columns(column, metric)

    def state(self) -> dict[str, Any]:
        return {
            "columns": self.columns,
            "columnOrder": list(self.columns),
            "incompleteColumns": {},
            "sampling": 1,
            "ignoreGlobalFilters": False,
        }


def layer_references(panel: Panel) -> list[dict[str, str]]:
    """Return the references of a panel's layers to its data view."""
    return [
        {
            "type": "index-pattern",
            "id": data_view_id(layer.index),
            "name": f"{LAYER_REFERENCE}{layer.name}",
        }
        for layer in _layers(panel)
    ]


def lens_attributes(panel: Panel) -> dict[str, Any]:
    """Return the attributes of a charted panel."""
    layers = _layers(panel)
    kind, visualization = _visualization(panel, layers)
    return {
        "title": panel.title,
        "description": "",
        "type": "lens",
        "visualizationType": kind,
        "references": layer_references(panel),
        "state": {
            "visualization": visualization,
            "query": kuery(panel.where),
            "filters": [],
            "datasourceStates": {
                "formBased": {"layers": {layer.name: layer.state() for layer in layers}},
                "indexpattern": {"layers": {}},
                "textBased": {"layers": {}},
            },
            "internalReferences": [],
            "adHocDataViews": {},
        },
    }


def _layers(panel: Panel) -> list[_Layer]:
    """Divide a panel by index and by whether bars or lines are drawn; the bars come first."""
    found: dict[str, _Layer] = {}
    for line, part in ((line, part) for line in (False, True) for part in panel.parts):
        metrics = [metric for metric in part.metrics if metric.line is line]
        if metrics:
            name = (
                "main"
                if not line and part.index == panel.index
                else "-".join((part.index, "lines" if line else "bars"))
            )
            found[name] = _Layer(name, part.index, panel, metrics)
    return list(found.values())


def _visualization(panel: Panel, layers: list[_Layer]) -> tuple[str, dict[str, Any]]:
    main = layers[0]
    match panel.kind:
        case "metric":
            return "lnsMetric", {
                "layerId": main.name,
                "layerType": "data",
                "metricAccessor": main.metrics[0],
            }
        case "heatmap":
            return "lnsHeatmap", _heatmap(main)
        case "donut":
            return "lnsPie", _donut(main)
        case "table":
            return "lnsDatatable", _table(panel, main)
        case _:
            return "lnsXY", _xy(panel, layers)


def _xy(panel: Panel, layers: list[_Layer]) -> dict[str, Any]:
    drawn = []
    for layer in layers:
        line = layer.shown[0].line
        layer_state: dict[str, Any] = {
            "layerId": layer.name,
            "layerType": "data",
            "seriesType": "line" if line else _SERIES[panel.kind],
            "accessors": layer.metrics,
            "xAccessor": layer.dimensions[0],
            "position": "top",
            "showGridlines": False,
            "yConfig": [
                {
                    "forAccessor": name,
                    "axisMode": "right" if panel.on_the_right(metric) else "left",
                }
                | ({"color": metric.color} if metric.color else {})
                for name, metric in zip(layer.metrics, layer.shown, strict=True)
            ],
        }
        if len(layer.dimensions) > 1:
            layer_state["splitAccessor"] = layer.dimensions[1]
        drawn.append(layer_state)
    return {
        "preferredSeriesType": _SERIES[panel.kind],
        "legend": {"isVisible": len(panel.metrics) > 1, "position": "bottom"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": True},
        "tickLabelsVisibilitySettings": {"x": True, "yLeft": True, "yRight": True},
        "gridlinesVisibilitySettings": {"x": False, "yLeft": True, "yRight": False},
        "labelsOrientation": {"x": 0, "yLeft": 0, "yRight": 0},
        "layers": drawn,
    }


def _heatmap(layer: _Layer) -> dict[str, Any]:
    return {
        "shape": "heatmap",
        "layerId": layer.name,
        "layerType": "data",
        "yAccessor": layer.dimensions[0],
        "xAccessor": layer.dimensions[1],
        "valueAccessor": layer.metrics[0],
        "legend": {"type": "heatmap_legend", "isVisible": True, "position": "right"},
        "gridConfig": {
            "type": "heatmap_grid",
            "isCellLabelVisible": True,
            "isXAxisLabelVisible": True,
            "isXAxisTitleVisible": False,
            "isYAxisLabelVisible": True,
            "isYAxisTitleVisible": False,
        },
    }


def _donut(layer: _Layer) -> dict[str, Any]:
    return {
        "shape": "donut",
        "layers": [
            {
                "layerId": layer.name,
                "layerType": "data",
                "primaryGroups": layer.dimensions,
                "metrics": layer.metrics,
                "allowMultipleMetrics": len(layer.metrics) > 1,
                "numberDisplay": "percent",
                "categoryDisplay": "default",
                "legendDisplay": "show",
                "nestedLegend": False,
            }
        ],
    }


def _table(panel: Panel, layer: _Layer) -> dict[str, Any]:
    dimensions = [
        {"columnId": name, "isTransposed": number == 1, "isMetric": False}
        for number, name in enumerate(layer.dimensions)
    ]
    metrics = [
        {"columnId": name, "isTransposed": False, "isMetric": True, "alignment": "right"}
        for name in layer.metrics
    ]
    table: dict[str, Any] = {
        "layerId": layer.name,
        "layerType": "data",
        "columns": dimensions + metrics,
        "paging": {"enabled": True, "size": _TABLE_ROWS},
        "density": "compact",
    }
    if isinstance(panel.by, Years):
        table["sorting"] = {"columnId": layer.dimensions[0], "direction": "asc"}
    return table

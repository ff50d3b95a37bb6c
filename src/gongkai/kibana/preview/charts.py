"""A panel's numbers as a Vega-Lite chart, drawn to SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.errors import UsageError
from gongkai.kibana.definitions import Ranges
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.kibana.aggregations import Record
    from gongkai.kibana.definitions import Metric, Panel

FONT = "Noto Sans CJK SC, Noto Sans SC, WenQuanYi Zen Hei, Microsoft YaHei, PingFang SC, sans-serif"
#: Kibana's own categorical colours.
_COLORS = ("#54b399", "#6092c0", "#d36086", "#9170b8", "#ca8eae", "#d6bf57", "#b9a888", "#da8b45")
_CONFIG = {
    "font": FONT,
    "background": None,
    "axis": {"labelFontSize": 11, "labelColor": "#343741", "title": None, "gridColor": "#e9edf3"},
    "legend": {"labelFontSize": 11, "title": None, "orient": "bottom"},
    "view": {"stroke": None},
    "range": {"category": list(_COLORS)},
}
_MAX_BAR = 48
_LEGEND_WIDTH = 110
_TICKS = 5
#: From few to many; dark figures stay readable on all of it.
_SHADES = ["#f1f8f6", "#8ecfbd"]


def draw(panel: Panel, found: Sequence[Record], width: int, height: int) -> str:
    """Return a chart as an ``<svg>`` element.

    Args:
        panel: what to draw.
        found: its numbers.
        width: of the whole picture, in pixels.
        height: likewise.

    Raises:
        UsageError: the drawing library is not installed.
    """
    try:
        import vl_convert  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError(
            say("预览需要绘图库 vl-convert。", "The preview needs the library vl-convert."),
            hint='pip install "gongkai[preview]"',
        ) from error
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        **_chart(panel, found, max(1, width // _LEGEND_WIDTH)),
    }
    spec["config"] = {**_CONFIG, "axisY": {"labelLimit": width // 2}}
    return str(vl_convert.vegalite_to_svg(spec, vl_version="5.21"))


def _chart(panel: Panel, found: Sequence[Record], columns: int) -> dict[str, Any]:
    match panel.kind:
        case "heatmap":
            return _heatmap(panel, found)
        case "donut":
            return _donut(panel, found)
        case _:
            return _bars(panel, found, columns)


def _long(panel: Panel, found: Sequence[Record], metrics: Sequence[Metric]) -> list[dict[str, Any]]:
    """Return one row per bucket and metric."""
    by = panel.dimensions[0].label
    return [
        {
            "key": str(record[by]),
            "series": metric.label,
            "value": record[metric.label],
            "order": order,
        }
        for record in found
        for order, metric in enumerate(metrics)
    ]


def _series(metrics: Sequence[Metric], columns: int) -> dict[str, Any]:
    fixed = [metric.color or _COLORS[i % len(_COLORS)] for i, metric in enumerate(metrics)]
    return {
        "field": "series",
        "type": "nominal",
        "scale": {"domain": [metric.label for metric in metrics], "range": fixed},
        "legend": {"columns": columns} if len(metrics) > 1 else None,
    }


def _bars(panel: Panel, found: Sequence[Record], columns: int) -> dict[str, Any]:
    bars = [metric for metric in panel.metrics if not metric.line]
    lines = [metric for metric in panel.metrics if metric.line]
    flat = panel.kind.startswith("bar_horizontal")
    stack: Any = "normalize" if "percentage" in panel.kind else "zero"
    grouped = panel.kind in {"bar", "bar_horizontal"} and len(bars) > 1
    number = {
        "field": "value",
        "type": "quantitative",
        "stack": None if grouped else stack,
        "axis": {
            "tickCount": _TICKS,
            **({"format": "%"} if stack == "normalize" else _ticks(bars[0])),
        },
    }
    key = {
        "field": "key",
        "type": "nominal",
        "sort": None,
        "axis": {"labelAngle": 0, "labelOverlap": "parity"},
        "scale": {"paddingInner": 0.25, "paddingOuter": 0.2},
    }
    encoding: dict[str, Any] = {
        "y" if flat else "x": key,
        "x" if flat else "y": number,
        "color": _series([*bars, *lines], columns),
        "order": {"field": "order"},
    }
    if grouped:
        # Named one by one: a series without its first number would come last.
        places = {"domain": [metric.label for metric in bars]}
        encoding["yOffset" if flat else "xOffset"] = {"field": "series", "scale": places}
    layer: dict[str, Any] = {
        "data": {"values": _long(panel, found, bars)},
        "mark": {"type": "bar"},
        "encoding": encoding,
    }
    if len(bars) == 1 and isinstance(panel.by, Ranges) and not flat:
        layer["mark"] = {"type": "bar", "size": _MAX_BAR}
    for right in (False, True):
        drawn = [metric for metric in lines if panel.on_the_right(metric) is right]
        if drawn:
            data = {"values": _long(panel, found, drawn)}
            over = _lines(drawn, key, encoding["color"], right=right)
            layer = {"layer": [layer, {"data": data, **over}]}
            if right:
                layer["resolve"] = {"scale": {"y": "independent"}}
    return layer


def _lines(
    drawn: Sequence[Metric], key: dict[str, Any], color: dict[str, Any], *, right: bool
) -> dict[str, Any]:
    """Return lines over the bars, on an axis of their own where it stands on the right."""
    axis = {"tickCount": _TICKS, **_ticks(drawn[0])}
    return {
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": key,
            "y": {
                "field": "value",
                "type": "quantitative",
                "axis": axis | ({"orient": "right", "grid": False} if right else {}),
                "scale": {"zero": True},
            },
            "color": color,
        },
    }


def _ticks(metric: Metric) -> dict[str, Any]:
    """Return how the numbers on a metric's axis are written."""
    match metric.format:
        case "percent":
            return {"format": ".0%"}
        case "rate":
            return {"labelExpr": "datum.label + '%'"}
        case "integer":
            # Nothing between whole numbers; tickMinStep does not hold beside tickCount.
            return {"format": "~s", "labelExpr": "datum.value % 1 ? '' : datum.label"}
        case "decimal":
            return {"format": "~s"}


def _heatmap(panel: Panel, found: Sequence[Record]) -> dict[str, Any]:
    rows, columns = (dimension.label for dimension in panel.dimensions)
    value = panel.metrics[0].label
    encoding: dict[str, Any] = {
        # By key, as Kibana sorts them: a first row may lack the first column.
        "x": {
            "field": columns,
            "type": "ordinal",
            "sort": "ascending",
            "axis": {"labelAngle": 0},
        },
        "y": {
            "field": rows,
            "type": "ordinal",
            "sort": None,
            "axis": {"labelFontSize": 10},
        },
    }
    color = {
        "field": value,
        "type": "quantitative",
        "scale": {"range": _SHADES, "type": "symlog"},
        "legend": None,
    }
    text = {"field": value, "type": "quantitative", "format": ",.0f"}
    return {
        "data": {"values": list(found)},
        "encoding": encoding,
        "layer": [
            {"mark": "rect", "encoding": {"color": color}},
            {"mark": {"type": "text", "fontSize": 9}, "encoding": {"text": text}},
        ],
    }


def _donut(panel: Panel, found: Sequence[Record]) -> dict[str, Any]:
    (record,) = found
    values = [record[metric.label] or 0 for metric in panel.metrics]
    total = sum(values) or 1
    parts = [
        {"series": f"{metric.label} {value / total:.1%}", "value": value, "order": order}
        for order, (metric, value) in enumerate(zip(panel.metrics, values, strict=True))
    ]
    return {
        "data": {"values": parts},
        "mark": {"type": "arc", "innerRadius": 55, "stroke": "#ffffff"},
        "encoding": {
            "theta": {"field": "value", "type": "quantitative", "stack": True},
            "order": {"field": "order"},
            "color": {
                "field": "series",
                "type": "nominal",
                "sort": None,
                "legend": {"orient": "right", "columns": 1},
            },
        },
    }

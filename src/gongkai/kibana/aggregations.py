"""The numbers of a panel as a plain search: what Lens asks for, in the query DSL.

Only aggregations that every Elasticsearch has are used, and no scripts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.kibana.definitions import MISSING_LABEL, Ranges, Terms, Years

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.kibana.conditions import Where
    from gongkai.kibana.definitions import Control, Dimension, Metric, Panel

#: One bucket's numbers: labels of the dimensions to keys, labels of the metrics to values.
Record = dict[str, Any]


def search_body(panel: Panel, conditions: Sequence[Where] = ()) -> dict[str, Any]:
    """Return the body of the search that yields a panel's numbers.

    Args:
        panel: a charted panel.
        conditions: what controls and drilldowns would add.
    """
    everything = [*conditions, *([panel.where] if panel.where is not None else [])]
    return {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": [condition.dsl() for condition in everything]}},
        "aggs": _nested(list(panel.dimensions), panel.metrics),
    }


def _nested(dimensions: list[Dimension], metrics: tuple[Metric, ...]) -> dict[str, Any]:
    inner: dict[str, Any] = {}
    if not dimensions:
        for number, metric in enumerate(metrics):
            inner |= _metric(number, metric)
        return inner
    dimension, *rest = dimensions
    inner = _nested(rest, metrics)
    if _sorted_by_metric(dimension):
        inner |= _metric(0, metrics[0])
    return {"by": {**_buckets(dimension, metrics[0]), "aggs": inner}}


def _sorted_by_metric(dimension: Dimension) -> bool:
    return isinstance(dimension, Terms) and dimension.by_metric


def _buckets(dimension: Dimension, first: Metric) -> dict[str, Any]:
    match dimension:
        case Years():
            return {
                "date_histogram": {
                    "field": dimension.field,
                    "calendar_interval": "1y",
                    "min_doc_count": 1,
                    "format": "yyyy",
                }
            }
        case Ranges():
            ranges = [
                {"key": label}
                | ({"from": start} if start is not None else {})
                | ({"to": end} if end is not None else {})
                for start, end, label in dimension.buckets
            ]
            return {"range": {"field": dimension.field, "ranges": ranges}}
        case Terms():
            terms: dict[str, Any] = {"field": dimension.field, "size": dimension.size}
            if dimension.missing:
                terms["missing"] = MISSING_LABEL
            path = "_count" if first.op == "count" else "m0"
            terms["order"] = (
                [{path: "desc"}, {"_key": "asc"}] if dimension.by_metric else {"_key": "asc"}
            )
            return {"terms": terms}


def _metric(number: int, metric: Metric) -> dict[str, Any]:
    """Return the aggregations of a metric; those with a condition sit below a filter."""
    name = f"m{number}"
    match metric.op:
        case "count" | "share":
            # The bucket's own count serves where there is no condition.
            return {name: {"filter": metric.where.dsl()}} if metric.where is not None else {}
        case "unique_count":
            one: dict[str, Any] = {"cardinality": {"field": metric.fields[0]}}
        case "average":
            one = {"avg": {"field": metric.fields[0]}}
        case "max":
            one = {"max": {"field": metric.fields[0]}}
        case "sum" | "ratio":
            return _sums(name, metric)
    if metric.where is None:
        return {name: one}
    return {name: {"filter": metric.where.dsl(), "aggs": {"value": one}}}


def _sums(name: str, metric: Metric) -> dict[str, Any]:
    fields = (*metric.fields, *metric.over)
    if metric.simple and metric.condition is None:
        return {name: {"sum": {"field": fields[0]}}}
    parts = {f"{name}-{number}": {"sum": {"field": field}} for number, field in enumerate(fields)}
    if metric.condition is None:
        return parts
    return {name: {"filter": metric.condition.dsl(), "aggs": parts}}


def records(panel: Panel, response: dict[str, Any]) -> list[Record]:
    """Return the numbers of a panel, one record a bucket, in the order of the buckets."""
    found = response.get("aggregations", {})
    whole = {**found, "doc_count": response["hits"]["total"]["value"]}
    return list(_records(list(panel.dimensions), panel.metrics, whole, {}))


def merged(panel: Panel, found: Sequence[Sequence[Record]]) -> list[Record]:
    """Put the records of a panel's parts together, one a bucket.

    Args:
        panel: with dimensions whose buckets are in the order of their keys, if it has many parts.
        found: records of each of its parts.
    """
    if len(found) == 1:
        return list(found[0])
    labels = [dimension.label for dimension in panel.dimensions]
    rows: dict[tuple[Any, ...], Record] = {}
    for record in (one for part in found for one in part):
        key = tuple(record[label] for label in labels)
        rows.setdefault(key, {metric.label: None for metric in panel.metrics}).update(record)
    return [rows[key] for key in sorted(rows)]


def _records(
    dimensions: list[Dimension],
    metrics: tuple[Metric, ...],
    bucket: dict[str, Any],
    keys: Record,
) -> Iterator[Record]:
    if not dimensions:
        yield {
            **keys,
            **{metric.label: _value(f"m{i}", metric, bucket) for i, metric in enumerate(metrics)},
        }
        return
    dimension, *rest = dimensions
    for inner in bucket["by"]["buckets"]:
        key = inner.get("key_as_string", inner["key"])
        yield from _records(rest, metrics, inner, {**keys, dimension.label: key})


def _value(name: str, metric: Metric, bucket: dict[str, Any]) -> float | None:
    match metric.op:
        case "count":
            counted = bucket if metric.where is None else bucket[name]
            return int(counted["doc_count"])
        case "share":
            part = bucket if metric.where is None else bucket[name]
            return _divided(part["doc_count"], bucket["doc_count"])
        case "sum" | "ratio":
            return _summed(name, metric, bucket)
        case "unique_count" | "average" | "max":
            found = bucket[name]["value"] if metric.where is not None else bucket[name]
            return None if found["value"] is None else float(found["value"])


def _summed(name: str, metric: Metric, bucket: dict[str, Any]) -> float | None:
    if metric.simple and metric.condition is None:
        return float(bucket[name]["value"])
    inner = bucket if metric.condition is None else bucket[name]
    sums = [
        float(inner[f"{name}-{number}"]["value"])
        for number in range(len(metric.fields) + len(metric.over))
    ]
    top = sum(sums[: len(metric.fields)])
    return _divided(top, sum(sums[len(metric.fields) :])) if metric.over else top


def _divided(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def control_body(control: Control) -> dict[str, Any]:
    """Return the search for what a control offers: its values, or its least and largest number."""
    if control.kind == "range":
        return {"size": 0, "aggs": {"range": {"stats": {"field": control.field}}}}
    terms = {"field": control.field, "size": 10, "order": {"_key": "asc"}}
    return {
        "size": 0,
        "aggs": {
            "values": {"terms": terms},
            "number": {"cardinality": {"field": control.field}},
        },
    }

"""Columns of a Lens layer: dimensions and metrics in the shape that Kibana saves.

A formula is saved together with the columns it is computed from: one per aggregation and one for
the arithmetic, whose names are the formula's with ``X0``, ``X1``, … behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.kibana.conditions import kuery
from gongkai.kibana.definitions import Ranges, Terms, Years

if TYPE_CHECKING:
    from gongkai.kibana.conditions import Where
    from gongkai.kibana.definitions import Dimension, Format, Metric

RECORDS = "___records___"
#: Values that are numbers and still serve as terms.
_NUMBER_TERMS = frozenset({"year"})

#: What a column of years is, beside its label and field.
_YEARS: dict[str, Any] = {
    "dataType": "date",
    "operationType": "date_histogram",
    "scale": "interval",
    "params": {"interval": "1y", "includeEmptyRows": False, "dropPartials": False},
}


def dimension_column(dimension: Dimension, order_by: str | None) -> dict[str, Any]:
    """Return the column of a dimension.

    Args:
        dimension: what to group by.
        order_by: column of the metric that terms are sorted by, where they are.
    """
    common: dict[str, Any] = {
        "label": dimension.label,
        "customLabel": True,
        "isBucketed": True,
        "sourceField": dimension.field,
    }
    match dimension:
        case Years():
            return common | _YEARS
        case Ranges():
            return common | _ranges(dimension)
        case Terms():
            return common | _terms(dimension, order_by)


def _ranges(dimension: Ranges) -> dict[str, Any]:
    return {
        # Kibana calls a bucket between fixed borders a text: its label.
        "dataType": "string",
        "operationType": "range",
        "scale": "ordinal",
        "params": {
            "type": "range",
            "ranges": [
                {"from": start, "to": end, "label": label}
                for start, end, label in dimension.buckets
            ],
            "maxBars": "auto",
        },
    }


def _terms(dimension: Terms, order_by: str | None) -> dict[str, Any]:
    by_metric = dimension.by_metric and order_by is not None
    return {
        "dataType": "number" if dimension.field in _NUMBER_TERMS else "string",
        "operationType": "terms",
        "scale": "ordinal",
        "params": {
            "size": dimension.size,
            "orderBy": {"type": "column", "columnId": order_by}
            if by_metric
            else {"type": "alphabetical", "fallback": False},
            "orderDirection": "desc" if by_metric else "asc",
            # Kibana offers the bucket of missing values only together with the rest.
            "otherBucket": dimension.missing,
            "missingBucket": dimension.missing,
            "parentFormat": {"id": "terms"},
            "include": [],
            "exclude": [],
            "includeIsRegex": False,
            "excludeIsRegex": False,
        },
    }


def metric_columns(name: str, metric: Metric) -> dict[str, dict[str, Any]]:
    """Return the columns of a metric by name; ``name`` itself is the one to be shown."""
    if not metric.simple:
        return _formula_columns(name, metric)
    field = metric.fields[0] if metric.fields else RECORDS
    return {
        name: {
            **_number(metric.label),
            **_aggregation(metric.op, field, metric.condition),
            "params": {"format": _format(metric.format), "emptyAsNull": False},
        }
    }


def _formula_columns(name: str, metric: Metric) -> dict[str, dict[str, Any]]:
    """Return the columns of a formula: its aggregations, the arithmetic, and the one shown."""
    part = _number(f"Part of {metric.label}")
    parts, tree = _parts(metric)
    helpers = {
        f"{name}X{number}": {
            **part,
            **_aggregation(op, field, condition),
            "params": {"emptyAsNull": False},
        }
        for number, (op, field, condition) in enumerate(parts)
    }
    arithmetic = f"{name}X{len(parts)}"
    text = formula(metric)
    ast = _named(tree, list(helpers))
    ast["text"], ast["location"] = text, {"min": 0, "max": len(text)}
    return {
        **helpers,
        arithmetic: {
            **part,
            "operationType": "math",
            "params": {"tinymathAst": ast},
            "references": list(helpers),
        },
        name: {
            **_number(metric.label),
            "operationType": "formula",
            "params": {
                "formula": text,
                "isFormulaBroken": False,
                "format": _format(metric.format),
            },
            "references": [arithmetic],
        },
    }


def _number(label: str) -> dict[str, Any]:
    """Return what all columns of numbers have."""
    return {
        "label": label,
        "customLabel": True,
        "dataType": "number",
        "isBucketed": False,
        "scale": "ratio",
    }


def formula(metric: Metric) -> str:
    """Return a metric as a Lens formula."""
    match metric.op:
        case "ratio":
            top, under = (_sum_text(f, metric.condition) for f in (metric.fields, metric.over))
            return f"{top} / {under}"
        case "share":
            condition = f"kql='{metric.where.kql()}'" if metric.where is not None else ""
            return f"count({condition}) / count()"
        case _:
            return _sum_text(metric.fields, metric.condition)


def _sum_text(fields: tuple[str, ...], condition: Where | None) -> str:
    kql = f", kql='{condition.kql()}'" if condition is not None else ""
    text = " + ".join(f"sum({field}{kql})" for field in fields)
    return f"({text})" if len(fields) > 1 else text


_Part = tuple[str, str, "Where | None"]


def _parts(metric: Metric) -> tuple[list[_Part], Any]:
    """Return the aggregations of a formula and its tree over their numbers."""
    if metric.op == "share":
        return [("count", RECORDS, metric.where), ("count", RECORDS, None)], ("divide", 0, 1)
    fields = (*metric.fields, *metric.over)
    parts: list[_Part] = [("sum", field, metric.condition) for field in fields]
    top = _added(range(len(metric.fields)))
    if metric.op != "ratio":
        return parts, top
    return parts, ("divide", top, _added(range(len(metric.fields), len(fields))))


def _added(numbers: range) -> Any:  # noqa: ANN401 - a number, or a tree of them
    tree: Any = numbers[0]
    for number in numbers[1:]:
        tree = ("add", tree, number)
    return tree


def _named(tree: Any, names: list[str]) -> Any:  # noqa: ANN401 - as above
    if isinstance(tree, int):
        return names[tree]
    name, *arguments = tree
    return {"type": "function", "name": name, "args": [_named(a, names) for a in arguments]}


def _aggregation(op: str, field: str, condition: Where | None) -> dict[str, Any]:
    # Lens has the same names for what is simple.
    column: dict[str, Any] = {"operationType": op, "sourceField": field}
    if condition is not None:
        column["filter"] = kuery(condition)
    return column


def _format(wanted: Format) -> dict[str, Any]:
    match wanted:
        case "integer":
            return {"id": "number", "params": {"decimals": 0}}
        case "decimal":
            return {"id": "number", "params": {"decimals": 2}}
        case "percent":
            return {"id": "percent", "params": {"decimals": 1}}
        case "rate":
            return {"id": "number", "params": {"decimals": 1, "suffix": "%"}}

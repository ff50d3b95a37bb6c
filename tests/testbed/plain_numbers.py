"""The numbers of a panel in plain Python, from reports and not from documents."""

from __future__ import annotations

from statistics import fmean, quantiles
from typing import TYPE_CHECKING, Any

from gongkai.enrichment.catalogue import KEY_NUMBERS, KEY_RATES
from gongkai.enrichment.indicators import key_numbers
from gongkai.form import CELLS
from gongkai.kibana.definitions import MISSING_LABEL, Metric, Panel, Ranges, Terms, Years
from gongkai.search.documents import document_id
from gongkai.search.side_indices import CHECK_KINDS, numbered_column, numbered_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gongkai.kibana.conditions import Where
    from gongkai.kibana.definitions import Dimension
    from gongkai.model import Report
    from tests.testbed.population import Member


_REQUESTS, _OUTCOME = "requests", "requests.outcome"
_DENIED = tuple(
    path for path in CELLS if path.startswith(f"{_OUTCOME}.denied.") and path.endswith(".total")
)
_LITIGATION = "disputes.litigation"
#: Numerator and denominator of the rates that are compared.
_RATES = {
    "close_rate": (
        (f"{_OUTCOME}.total.total",),
        (f"{_REQUESTS}.received.total", f"{_REQUESTS}.carried_in.total"),
    ),
    "disclose_rate": (
        (f"{_OUTCOME}.granted.total", f"{_OUTCOME}.partially_granted.total"),
        (f"{_OUTCOME}.total.total",),
    ),
    "deny_rate": (_DENIED, (f"{_OUTCOME}.total.total",)),
    "dispute_rate": (
        (
            "disputes.reconsideration.total",
            f"{_LITIGATION}_direct.total",
            f"{_LITIGATION}_after_reconsideration.total",
        ),
        (f"{_REQUESTS}.received.total",),
    ),
}
#: Fewer than these are no base for a rate of a group.
_SMALL = 30


class Facts:
    """What is known of one document: path to values, none, one, or several."""

    __slots__ = ("_keys", "_own")

    def __init__(self, keys: dict[str, list[Any]], own: tuple[Any, ...] | dict[str, Any]) -> None:
        self._keys = keys
        self._own = own

    def __getitem__(self, path: str) -> list[Any]:
        if path in self._keys:
            return self._keys[path]
        value = self._own[path] if isinstance(self._own, dict) else _of_cell(path, self._own)
        return value if isinstance(value, list) else [] if value is None else [value]


def _of_cell(path: str, own: tuple[Any, ...]) -> object:  # noqa: PLR0911 - one each
    """Look up a fact of a cell: there are too many of them for a dictionary each."""
    cell, value, before = own
    match path:
        case "cell.path":
            return cell.path
        case "cell.table":
            return cell.table
        case "cell.row":
            return numbered_row(cell)
        case "cell.column":
            return numbered_column(cell)
        case "value":
            return float(value)
        case "previous":
            return None if before is None else float(before)
        case "delta":
            return None if before is None else float(value - before)
        case _:
            raise KeyError(path)


def facts(members: Iterable[Member]) -> dict[str, list[Facts]]:
    """Return what there is to count, by index."""
    found: dict[str, list[Facts]] = {"reports": [], "cells": [], "checks": [], "peers": []}
    groups: dict[tuple[Any, ...], list[Report]] = {}
    for member in members:
        report, source = member.report, member.extracted.source
        keys = {
            "report": document_id(member.extracted),
            "agency.name": report.agency.name,
            "agency.id": report.agency.id,
            "agency.kind": report.agency.kind,
            "agency.level": report.agency.level,
            "region.province": report.region.province,
            "region.city": report.region.city,
            "year": report.year,
            "source.layout": source.layout,
            "quality.verdict": report.quality.verdict,
        }
        lists = {path: [] if value is None else [value] for path, value in keys.items()}
        own: dict[str, Any] = {"cells.blank": report.cells.blank}
        own |= {f"quality.{name}": value for name, value in report.quality.model_dump().items()}
        own |= {path: report.value(path) for path in CELLS}
        own |= {f"indicators.{name}": value for name, value in report.indicators.items()}
        for name in ("rule", "severity", "responsibility"):
            own[f"findings.{name}"] = sorted({getattr(f, name) for f in member.extracted.findings})
        found["reports"].append(Facts(lists, own))
        found["cells"] += [Facts(lists, cell) for cell in _cells(member)]
        found["checks"] += [Facts(lists, check) for check in _checks(member)]
        group = (report.year, report.agency.level, report.agency.kind)
        if None not in group:
            groups.setdefault(group, []).append(report)
    found["peers"] = [_peers(group, reports) for group, reports in groups.items()]
    return found


def _peers(group: tuple[Any, ...], reports: list[Report]) -> Facts:
    """Return what is known of the agencies of one year, level and kind."""
    year, level, kind = group
    keys: dict[str, list[Any]] = {
        "agency.name": [r.agency.name for r in reports],
        "agency.level": [level],
        "agency.kind": [kind],
        "region.province": [r.region.province for r in reports if r.region.province],
        "year": [year],
    }
    own: dict[str, Any] = {"peers.reports": len(reports)}
    for key in KEY_NUMBERS:
        told = [key_numbers(report)[key.id] for report in reports]
        own |= _levels(f"peers.{key.id}", [float(n) for n in told if n is not None])
    for name in KEY_RATES:
        telling = [r for r in reports if r.indicators[name] is not None]
        own |= _levels(f"peers.{name}", [float(r.indicators[name] or 0) for r in telling])
        over, by = (
            sum(float(r.value(path) or 0) for r in telling for path in paths)
            for paths in _RATES[name]
        )
        own[f"peers.{name}.pooled"] = 100 * over / by if by >= _SMALL else None
    return Facts(keys, own)


def _levels(path: str, values: list[float]) -> dict[str, float | None]:
    if not values:
        return dict.fromkeys(f"{path}.{name}" for name in ("mean", "p10", "median", "p90"))
    # Two values at least, which do not change deciles.
    deciles = quantiles(values if len(values) > 1 else values * 2, n=10, method="inclusive")
    found = {"mean": fmean(values), "p10": deciles[0], "median": deciles[4], "p90": deciles[8]}
    return {f"{path}.{name}": value for name, value in found.items()}


def _cells(member: Member) -> Iterator[tuple[Any, ...]]:
    for path, cell in CELLS.items():
        value = member.report.value(path)
        if value is not None:
            before = member.previous.value(path) if member.previous is not None else None
            yield cell, value, before


def _checks(member: Member) -> Iterator[dict[str, Any]]:
    for finding in member.extracted.findings:
        sides = finding.actual, finding.expected
        told = not any(side is None or isinstance(side, str) for side in sides)
        yield {
            "findings.rule": finding.rule,
            "findings.kind": CHECK_KINDS[finding.rule.split(".")[0]],
            "findings.severity": finding.severity,
            "findings.responsibility": finding.responsibility,
            "findings.cells": finding.cells,
            "findings.difference_abs": abs(float(sides[0]) - float(sides[1])) if told else None,  # type: ignore[arg-type] # both are numbers
        }


def numbers(panel: Panel, known: Iterable[Facts]) -> list[dict[str, Any]]:
    """Return the records of a panel, as :func:`gongkai.kibana.aggregations.records` orders them."""
    looked_at = [one for one in known if panel.where is None or _meets(one, panel.where)]
    return list(_grouped(panel, list(panel.dimensions), looked_at, {}))


def _meets(one: Facts, where: Where) -> bool:
    return (
        all(set(map(str, one[name])) & set(values) for name, values in where.equals)
        and all(one[name] for name in where.exists)
        and not any(one[name] for name in where.missing)
    )


def _grouped(
    panel: Panel, dimensions: list[Dimension], chosen: list[Facts], keys: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    if not dimensions:
        yield {**keys, **{metric.label: _number(metric, chosen) for metric in panel.metrics}}
        return
    dimension, *rest = dimensions
    groups: dict[Any, list[Facts]] = {}
    if isinstance(dimension, Ranges):
        groups = {label: [] for _, _, label in dimension.buckets}
    for one in chosen:
        for key in _keys(one, dimension):
            groups.setdefault(key, []).append(one)
    order = sorted(groups) if not isinstance(dimension, Ranges) else list(groups)
    if isinstance(dimension, Terms):
        if dimension.by_metric:
            order.sort(key=lambda key: -(_number(panel.metrics[0], groups[key]) or 0))
        order = order[: dimension.size]
    for key in order:
        yield from _grouped(panel, rest, groups[key], {**keys, dimension.label: key})


def _keys(one: Facts, dimension: Dimension) -> list[Any]:
    match dimension:
        case Years():
            return [str(year) for year in one["year"]]
        case Ranges():
            return [
                label
                for value in one[dimension.field]
                for start, end, label in dimension.buckets
                if (start is None or start <= value) and (end is None or value < end)
            ]
        case Terms():
            values = one[dimension.field]
            return values or ([MISSING_LABEL] if dimension.missing else [])


def _number(metric: Metric, chosen: list[Facts]) -> float | None:  # noqa: PLR0911 - one each
    met = [one for one in chosen if metric.where is None or _meets(one, metric.where)]
    if metric.op == "count":
        return len(met)
    if metric.op == "share":
        return len(met) / len(chosen) if chosen else None
    if metric.op == "ratio":
        complete = [one for one in met if all(one[name] for name in metric.fields + metric.over)]
        under = _sum(complete, metric.over)
        return _sum(complete, metric.fields) / under if under else None
    if metric.op == "sum":
        return _sum(met, metric.fields)
    values = [value for one in met for value in one[metric.fields[0]]]
    if metric.op == "unique_count":
        return len(set(values))
    if not values:
        return None
    if metric.op == "average":
        return float(sum(values)) / len(values)
    return float(max(values))


def _sum(chosen: list[Facts], names: tuple[str, ...]) -> float:
    return float(sum(value for one in chosen for name in names for value in one[name]))

"""``gongkai-peers``: what the agencies of one level and kind reported on one year.

One document a group, so that a chart can put an agency beside its peers. It carries the names of
all its agencies under ``agency.name``: the filter that picks an agency's reports picks the groups
that it belongs to. A report whose agency has no level or no kind belongs to none.

Medians and percentiles are exact, which those of Elasticsearch's aggregations are not.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from elasticsearch.helpers import scan

from gongkai.enrichment.catalogue import INDICATORS, KEY_NUMBERS, KEY_RATES, SMALL, SYMBOLS, terms
from gongkai.search.documents import period_of
from gongkai.search.fields import Field, report_fields
from gongkai.search.schema import IndexSpec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from elasticsearch import Elasticsearch

    from gongkai.search.bulk import Action

_KEYS = (
    *("agency.name", "agency.kind", "agency.level", "region.province", "year", "period"),
    "digest.derived",
)
_GROUP = ("year", "agency.level", "agency.kind")
_group = itemgetter(*_GROUP)
_RATES = tuple(i for name in KEY_RATES for i in INDICATORS if i.id == name)
_DIGITS = 6
_STATISTICS = (
    ("reports", "报告数", "reports that tell it"),
    ("mean", "平均", "mean"),
    ("p10", "第 10 百分位", "10th percentile"),
    ("median", "中位数", "median"),
    ("p90", "第 90 百分位", "90th percentile"),
)
_POOLED = ("pooled", "合计之比", "sum divided by sum")

#: Raised when other code would make other groups of the same reports.
_VERSION = "1"
#: So many groups are asked for by name.
_FEW = 100

#: The fields of a report that a group is made of, by path.
Row = dict[str, Any]
#: Year, level and kind.
Group = tuple[int, str, str]


def peer_fields() -> Iterator[Field]:
    """Yield the fields of a document of ``gongkai-peers``."""
    fields = report_fields()
    yield from (fields[path] for path in _KEYS)
    yield Field("peers.reports", "integer", "同级同类报告数", "reports of the group", "份")
    for measure in (*KEY_NUMBERS, *_RATES):
        for name, zh, en in (*_STATISTICS, *((_POOLED,) if measure in _RATES else ())):
            count = name == "reports"
            yield Field(
                f"peers.{measure.id}.{name}",
                "integer" if count else "double",
                f"同级同类·{measure.zh}·{zh}",
                f"peers: {measure.en}, {en}",
                "份" if count else measure.unit,
            )


PEERS_INDEX = IndexSpec("peers", 1, peer_fields)


def _cells(side: str) -> tuple[str, ...]:
    return tuple(path for _, symbol in terms(side) for path in SYMBOLS[symbol])


_WANTED = tuple(
    dict.fromkeys(
        [
            *("agency.name", "region.province"),
            *_GROUP,
            *(path for key in KEY_NUMBERS for path in _cells(key.numerator)),
            *(path for rate in _RATES for path in _cells(rate.numerator)),
            *(path for rate in _RATES for path in _cells(rate.denominator)),
            *(f"indicators.{rate.id}" for rate in _RATES),
        ]
    )
)


def marks(client: Elasticsearch, index: str) -> dict[Group, str]:
    """Return for every group what tells that none of its reports changed, came or went.

    Every change of a document takes a sequence number above all others of its shard, so that the
    number of a group's reports, or the sum of their sequence numbers, changes with it.

    Args:
        client: a client that may read the reports.
        index: or alias of the reports.
    """
    sources = [{name: {"terms": {"field": path}}} for name, path in zip("abc", _GROUP, strict=True)]
    composite: dict[str, Any] = {"size": 1000, "sources": sources}
    numbers = {name: {name: {"field": "_seq_no"}} for name in ("max", "sum")}
    by = {"composite": composite, "aggs": numbers}
    generation = ",".join(sorted(client.indices.get(index=index, features=["aliases"])))
    found: dict[Group, str] = {}
    while True:
        page = client.search(index=index, size=0, aggs={"by": by})["aggregations"]["by"]
        for bucket in page["buckets"]:
            counted = bucket["doc_count"], bucket["max"]["value"], bucket["sum"]["value"]
            text = f"{_VERSION} {generation} {counted}"
            key = bucket["key"]
            found[key["a"], key["b"], key["c"]] = hashlib.sha256(text.encode()).hexdigest()
        if "after_key" not in page:
            return found
        composite["after"] = page["after_key"]


def rows(client: Elasticsearch, index: str, groups: Sequence[Group]) -> Iterator[Row]:
    """Yield of every report of some groups what the groups need: path to value, nulls left out.

    Args:
        client: a client that may read the reports.
        index: or alias of the reports.
        groups: which ones; of many, all are read.
    """
    asked: list[dict[str, Any]] = [{"exists": {"field": path}} for path in _GROUP]
    if len(groups) <= _FEW:
        each = [
            {"bool": {"filter": [{"term": {p: v}} for p, v in zip(_GROUP, group, strict=True)]}}
            for group in groups
        ]
        asked = [{"bool": {"should": each, "minimum_should_match": 1}}]
    query = {
        "query": {"bool": {"filter": asked}},
        "_source": False,
        "docvalue_fields": list(_WANTED),
    }
    for hit in scan(client, index=index, query=query, size=2000):
        yield {path: values[0] for path, values in hit["fields"].items()}


def documents(found: Iterable[Row]) -> dict[str, dict[str, Any]]:
    """Return the document of every group by ``_id``.

    Args:
        found: what :func:`rows` yields, in any order.
    """
    groups: defaultdict[Group, list[Row]] = defaultdict(list)
    for row in found:
        groups[_group(row)].append(row)
    return {
        _id((year, level, kind)): {
            "agency": {"name": _distinct(members, "agency.name"), "kind": kind, "level": level},
            "region": {"province": _distinct(members, "region.province")},
            "year": year,
            "period": period_of(year),
            "peers": {"reports": len(members), **_measures(members)},
        }
        for (year, level, kind), members in groups.items()
    }


def _id(group: Group) -> str:
    return ":".join(map(str, group))


def _distinct(members: Sequence[Row], path: str) -> list[str]:
    return sorted({row[path] for row in members if path in row})


def _measures(members: Sequence[Row]) -> dict[str, dict[str, float]]:
    found = {}
    for key in KEY_NUMBERS:
        values = [value for row in members if (value := _sum(row, key.numerator)) is not None]
        found[key.id] = _statistics(values)
    for rate in _RATES:
        path = f"indicators.{rate.id}"
        telling = [row for row in members if path in row]
        found[rate.id] = _statistics([row[path] for row in telling])
        over, by = (
            sum(_sum(row, side) or 0 for row in telling)
            for side in (rate.numerator, rate.denominator)
        )
        if by >= SMALL:
            found[rate.id]["pooled"] = round(100 * over / by, _DIGITS)
    return found


def _sum(row: Mapping[str, float], side: str) -> float | None:
    """Return the value of a side of a formula, null where a cell is."""
    total = 0.0
    for sign, symbol in terms(side):
        for path in SYMBOLS[symbol]:
            if path not in row:
                return None
            total += sign * row[path]
    return total


def _statistics(values: Sequence[float]) -> dict[str, float]:
    if not values:
        return {"reports": 0}
    ordered = sorted(values)
    found = {
        "mean": sum(values) / len(values),
        "p10": percentile(ordered, 10),
        "median": percentile(ordered, 50),
        "p90": percentile(ordered, 90),
    }
    return {"reports": len(values)} | {name: round(v, _DIGITS) for name, v in found.items()}


def percentile(ordered: Sequence[float], percent: int) -> float:
    """Return a percentile: between two values the distance decides, as in most spreadsheets.

    Args:
        ordered: values, at least one, the smallest first.
        percent: from 0 to 100.
    """
    place = (len(ordered) - 1) * percent / 100
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def changes(client: Elasticsearch, reports: str, peers: str) -> Iterator[Action]:
    """Yield what brings the groups up to date with the reports: nothing where nothing changed.

    Args:
        client: a client that may read both.
        reports: index or alias of the reports.
        peers: alias of the groups.
    """
    now = {_id(group): (group, mark) for group, mark in marks(client, reports).items()}
    only_marks = {"_source": ["digest.derived"]}
    before = {
        # A group that an older mapping kept has no mark: it is made anew.
        hit["_id"]: hit["_source"].get("digest", {}).get("derived")
        for hit in scan(client, index=peers, query=only_marks, size=1000)
    }
    stale = [group for name, (group, mark) in now.items() if before.get(name) != mark]
    if stale:
        made = documents(rows(client, reports, stale))
        for group in stale:
            # Its reports may have gone since they were counted; the next run sees that.
            if (document := made.get(_id(group))) is not None:
                document["digest"] = {"derived": now[_id(group)][1]}
                yield {"index": {"_index": peers, "_id": _id(group)}}, document
    for name in before.keys() - now.keys():
        yield {"delete": {"_index": peers, "_id": name}}, None

"""Facets: how many of the found reports have which value, or a value in which range."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gongkai.errors import UsageError
from gongkai.messages import say
from gongkai.search.values import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.search.fields import Field
    from gongkai.search.names import FieldNames

_MISSING = ":missing"


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet.

    Attributes:
        field: the field whose values are counted.
        bounds: ascending lower bounds of ranges; empty: the values themselves are counted.
        size: how many values are shown at most.
    """

    field: Field
    bounds: tuple[int | float, ...] = ()
    size: int = 20

    def aggregations(self) -> dict[str, Any]:
        """Return the aggregations: the values or ranges, and the reports without a value."""
        path = self.field.path
        counted: dict[str, Any]
        if self.bounds:
            ranges = [self._range(None, self.bounds[0])]
            ranges += [self._range(low, high) for low, high in pairwise(self.bounds)]
            ranges.append(self._range(self.bounds[-1], None))
            counted = {"range": {"field": path, "ranges": ranges}}
        else:
            order = [{"_count": "desc"}, {"_key": "asc"}]
            counted = {"terms": {"field": path, "size": self.size, "order": order}}
        return {path: counted, path + _MISSING: {"missing": {"field": path}}}

    def counts(self, answer: Mapping[str, Any]) -> FacetCounts:
        """Read the counts out of Elasticsearch's answer."""
        counted = answer[self.field.path]
        buckets = [
            FacetBucket(bucket.get("key_as_string", bucket["key"]), bucket["doc_count"])
            for bucket in counted["buckets"]
        ]
        if self.bounds and not buckets[0].count:
            del buckets[0]  # below the first bound: only shown where there is something
        return FacetCounts(
            tuple(buckets),
            other=counted.get("sum_other_doc_count", 0),
            missing=answer[self.field.path + _MISSING]["doc_count"],
        )

    def _range(self, low: float | None, high: float | None) -> dict[str, Any]:
        """Return one range; its key is a value that ``--where`` understands."""
        bounds: dict[str, Any] = {}
        first, last = "", ""
        if low is not None:
            bounds["from"], first = low, str(low)
        if high is not None:
            whole = self.field.kind in {"integer", "short"} and isinstance(high, int)
            bounds["to"], last = high, str(high - 1) if whole else f"<{high}"
        key = first if first and first == last else f"{first}..{last}"
        return {**bounds, "key": key}


@dataclass(frozen=True, slots=True)
class FacetBucket:
    """One value or range and how many reports have it."""

    key: str | float
    count: int


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The counts of one facet.

    Attributes:
        buckets: values or ranges with their counts.
        other: reports with values beyond those shown.
        missing: reports without a value.
    """

    buckets: tuple[FacetBucket, ...]
    other: int
    missing: int


def parse(text: str, names: FieldNames, size: int) -> Facet:
    """Read a facet: ``field``, or ``field:0,1,10`` for the ranges 0, 1 to 9, 10 and more.

    Raises:
        UsageError: the field is unknown or cannot be counted, or the bounds are not ascending
            numbers.
    """
    name, colon, bounds_text = text.replace("：", ":").partition(":")
    field = names.find(name)
    if not field.aggregatable:
        raise UsageError(
            say(f"“{field.path}”是文本，不能分面。", f"“{field.path}” is text without facets."),
            hint=say(
                "请用代码、名称、日期或数，例如 agency.name。",
                "Take a code, name, date or number, such as agency.name.",
            ),
        )
    if not colon:
        return Facet(field, size=size)
    if not field.numeric:
        raise UsageError(
            say(f"“{field.path}”不是数，没有区间。", f"“{field.path}” is no number: no ranges."),
            hint=say(f"请只写 {field.path}。", f"Write {field.path} alone."),
        )
    bounds = tuple(number(field, part) for part in bounds_text.replace("，", ",").split(","))
    if list(bounds) != sorted(set(bounds)):
        raise UsageError(
            say(f"分面“{text}”的界限须递增。", f"The bounds of facet “{text}” must ascend."),
            hint=say(f"例如 {field.path}:0,1,10。", f"Such as {field.path}:0,1,10."),
        )
    return Facet(field, bounds, size)

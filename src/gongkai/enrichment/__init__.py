"""Enrichment: who reports, from where, and the indicators of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.enrichment.agencies import identify
from gongkai.enrichment.divisions import gazetteer
from gongkai.enrichment.indicators import compute
from gongkai.enrichment.previous import with_previous

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from gongkai.model import Report, SourceInfo


def enrich(
    report: Report,
    source: SourceInfo | None = None,
    numbers: Mapping[str, int | Decimal] | None = None,
) -> None:
    """Fill agency, region and indicators of a report that was read and checked.

    Args:
        report: changed in place.
        source: where it came from.
        numbers: its numbers by path, where they are at hand.
    """
    if report.agency.id is None:
        identify(report, source)
    report.indicators = compute(report, numbers)


def prepare() -> None:
    """Load the divisions now and not with the first report: for workers, before time counts."""
    gazetteer()


__all__ = ["compute", "enrich", "identify", "prepare", "with_previous"]

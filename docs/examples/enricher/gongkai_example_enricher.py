"""Keeps how busy an agency was under ``ext.workload``: searchable like any other field."""

from typing import Any

from gongkai import Report, hookimpl

LEVELS = ((100, "busy"), (1, "calm"), (0, "idle"))


@hookimpl
def gongkai_enrich_report(report: Report) -> dict[str, Any] | None:
    """Tell the requests of the year, and a word for their number."""
    received = report.requests.received.total
    if received is None:
        return None
    level = next(word for least, word in LEVELS if received >= least)
    return {"requests": received, "level": level}


@hookimpl
def gongkai_register_mappings() -> dict[str, Any]:
    """Declare the fields."""
    return {"requests": {"type": "integer"}, "level": {"type": "keyword"}}

"""Paths and metrics that several dashboards share."""

from __future__ import annotations

from gongkai.form import REQUEST_ROWS
from gongkai.kibana.conditions import Where
from gongkai.kibana.definitions import Control, Metric, Panel, Years

RECEIVED = "requests.received.total"
CARRIED_IN = "requests.carried_in.total"
CARRIED_OUT = "requests.carried_out.total"
CONCLUDED = "requests.outcome.total.total"
GRANTED = "requests.outcome.granted.total"
PARTIAL = "requests.outcome.partially_granted.total"


def totals(group: str) -> tuple[str, ...]:
    """Return the 总计 of every row below a group of table three's results."""
    return tuple(f"{row}.total" for row in REQUEST_ROWS if row.startswith(f"{group}."))


DENIED = totals("requests.outcome.denied")
UNAVAILABLE = totals("requests.outcome.unavailable")
NOT_PROCESSED = totals("requests.outcome.not_processed")
OTHER_OUTCOME = totals("requests.outcome.other")

REVIEW = "disputes.reconsideration"
LITIGATION = ("disputes.litigation_direct", "disputes.litigation_after_reconsideration")

#: Colours of a verdict and of a severity, from good to bad.
GREEN, AMBER, RED, BLUE, GREY = "#54b399", "#d6bf57", "#e7664c", "#6092c0", "#98a2b3"

REPORTS = Metric("报告数", "count")
#: Elasticsearch estimates distinct values, to about one in a hundred.
AGENCIES = Metric("已识别机关数（约）", "unique_count", ("agency.id",))
SUM_RECEIVED = Metric("新收申请", "sum", (RECEIVED,))
SUM_CARRIED_IN = Metric("上年结转", "sum", (CARRIED_IN,))
SUM_CARRIED_OUT = Metric("结转下年", "sum", (CARRIED_OUT,))
SUM_CONCLUDED = Metric("办结", "sum", (CONCLUDED,))
GRANT_RATE = Metric("予以公开率", "ratio", (GRANTED,), (CONCLUDED,), format="percent")
GRANT_RATE_LINE = Metric(
    "予以公开率", "ratio", (GRANTED,), (CONCLUDED,), format="percent", line=True, color=RED
)

DISCLOSE_RATE = Metric(
    "实质公开率（合计之比）", "ratio", (GRANTED, PARTIAL), (CONCLUDED,), format="percent"
)
#: The reports that last year's of the same agency was found for.
COMPARED = Where(exists=("indicators.received_previous",))
#: Key numbers (``enrichment/catalogue.py``) that are drawn year on year.
_YEAR_ON_YEAR = (
    ("received", "新收申请"),
    ("concluded", "办结"),
    ("disclosed", "予以公开和部分公开"),
    ("denied", "不予公开"),
    ("reviews", "行政复议"),
    ("lawsuits", "行政诉讼"),
)


def year_on_year(key: str, label: str) -> Metric:
    """Return the change of a key number since the year before, as a share of the latter.

    Args:
        key: of the catalogue's key numbers.
        label: Chinese label.
    """
    name = f"indicators.{key}"
    return Metric(label, "ratio", (f"{name}_delta",), (f"{name}_previous",), format="percent")


def year_on_year_chart(width: int) -> Panel:
    """Return the chart of the key numbers' changes by year."""
    return Panel(
        "year-on-year",
        "同比：同一机关与上年相比",
        "bar",
        width,
        by=Years(),
        metrics=tuple(year_on_year(key, label) for key, label in _YEAR_ON_YEAR),
        where=COMPARED,
    )


PROVINCE = Control("options", "region.province", "省份")
CITY = Control("options", "region.city", "地市")
LEVEL = Control("options", "agency.level", "机关层级")
KIND = Control("options", "agency.kind", "机关类型")
YEAR = Control("options", "year", "年度")

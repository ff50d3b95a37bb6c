"""Paths and metrics that several dashboards share."""

from __future__ import annotations

from gongkai.form import REQUEST_ROWS
from gongkai.kibana.definitions import Control, Metric

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

PROVINCE = Control("options", "region.province", "省份")
CITY = Control("options", "region.city", "地市")
LEVEL = Control("options", "agency.level", "机关层级")
KIND = Control("options", "agency.kind", "机关类型")
YEAR = Control("options", "year", "年度")

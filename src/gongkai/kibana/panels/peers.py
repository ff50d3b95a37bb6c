"""An agency beside the agencies of its level and kind."""

from __future__ import annotations

from gongkai.kibana.definitions import Format, Metric, Panel, Years
from gongkai.kibana.panels import common as c


def _peers(measure: str, statistic: str, label: str, shown: Format, color: str) -> Metric:
    """Return a number of the agencies of the same level and kind, as a line."""
    return Metric(
        label,
        "average",
        (f"peers.{measure}.{statistic}",),
        format=shown,
        line=True,
        color=color,
        index="peers",
    )


def _beside_peers(name: str, title: str, own: Metric, measure: str, pooled: str = "") -> Panel:
    lines = [("p90", "同类第 90 百分位", c.GREY), ("median", "同类中位数", c.RED)]
    lines += [("p10", "同类第 10 百分位", c.BLUE)]
    lines += [("pooled", pooled, c.AMBER)] if pooled else [("mean", "同类平均", c.AMBER)]
    return Panel(
        name,
        title,
        "bar",
        16,
        by=Years(),
        metrics=(
            own,
            *(
                _peers(measure, statistic, label, own.format, color)
                for statistic, label, color in lines
            ),
        ),
    )


def _own_rate(name: str) -> Metric:
    return Metric("所选机关", "average", (f"indicators.{name}",), format="rate", color=c.GREEN)


def _of_peers(label: str, field: str, shown: Format = "decimal") -> Metric:
    return Metric(label, "average", (f"peers.{field}",), format=shown)


_LEVELS = (
    _of_peers("同级同类报告", "reports", "integer"),
    *(
        _of_peers(f"{name}·{label}", f"{measure}.{statistic}")
        for measure, name in (("received", "新收"), ("concluded", "办结"))
        for statistic, label in (("mean", "平均"), ("median", "中位数"), ("p90", "P90"))
    ),
    *(
        _of_peers(f"{name}·{label}", f"{measure}.{statistic}", "rate")
        for measure, name in (
            ("close_rate", "办结率"),
            ("disclose_rate", "实质公开率"),
            ("deny_rate", "不予公开率"),
        )
        for statistic, label in (("pooled", "合计之比"), ("median", "中位数"))
    ),
)
#: Panels in which bars are the agency's own numbers and lines those of its peers.
BESIDE_PEERS = (
    _beside_peers(
        "peers-received",
        "新收申请：与同级同类机关相比",
        Metric("所选机关", "sum", (c.RECEIVED,), format="decimal", color=c.GREEN),
        "received",
    ),
    _beside_peers(
        "peers-disclosure",
        "实质公开率：与同级同类机关相比",
        _own_rate("disclose_rate"),
        "disclose_rate",
        "同类合计之比",
    ),
    _beside_peers(
        "peers-denial",
        "不予公开率：与同级同类机关相比",
        _own_rate("deny_rate"),
        "deny_rate",
        "同类合计之比",
    ),
)
PEERS_BY_YEAR = Panel(
    "peers", "同级同类机关历年水平", "table", 48, "peers", by=Years(), metrics=_LEVELS
)

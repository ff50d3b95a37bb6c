"""总览: how many reports, requests and disputes there are, by year and place."""

from __future__ import annotations

from gongkai.form import APPLICANTS, CELLS, cells_of
from gongkai.kibana.conditions import Where
from gongkai.kibana.definitions import Control, Dashboard, Metric, Panel, Ranges, Row, Terms, Years
from gongkai.kibana.panels import common as c


def _outcome(label: str, fields: tuple[str, ...]) -> Metric:
    return Metric(label, "sum", fields)


_OUTCOMES = (
    _outcome("予以公开", (c.GRANTED,)),
    _outcome("部分公开", (c.PARTIAL,)),
    _outcome("不予公开", c.DENIED),
    _outcome("无法提供", c.UNAVAILABLE),
    _outcome("不予处理", c.NOT_PROCESSED),
    _outcome("其他处理", c.OTHER_OUTCOME),
)
_APPLICANTS = tuple(
    Metric(CELLS[f"requests.received.{column}"].column, "sum", (f"requests.received.{column}",))
    for column in APPLICANTS[:-1]
)
_DISPUTES = (
    Metric("复议维持", "sum", (f"{c.REVIEW}.upheld",)),
    Metric("复议纠正", "sum", (f"{c.REVIEW}.corrected",)),
    Metric("复议其他结果", "sum", (f"{c.REVIEW}.other",)),
    Metric("复议未审结", "sum", (f"{c.REVIEW}.pending",)),
    Metric("直接起诉", "sum", (f"{c.LITIGATION[0]}.total",)),
    Metric("复议后起诉", "sum", (f"{c.LITIGATION[1]}.total",)),
)
#: Corrected among the reviews that were concluded.
_CORRECTION_RATE = Metric(
    "复议纠错率",
    "ratio",
    (f"{c.REVIEW}.corrected",),
    tuple(f"{c.REVIEW}.{name}" for name in ("upheld", "corrected", "other")),
    format="percent",
    line=True,
    color=c.RED,
)
_PROACTIVE = tuple(
    Metric(
        f"{cell.row}·{cell.column}",
        "sum",
        (cell.path,),
        format="decimal" if cell.type == "decimal" else "integer",
    )
    for cell in cells_of("2021")
    if cell.table == "二"
)

#: A rate of a group is a sum by a sum; the mean of its members' rates stands beside it.
_OF_A_GROUP = (
    c.REPORTS,
    c.SUM_RECEIVED,
    c.DISCLOSE_RATE,
    Metric("实质公开率（各机关平均）", "average", ("indicators.disclose_rate",), format="rate"),
    Metric("按期发布率", "average", ("indicators.on_time",), format="percent"),
)
_COMPARISON = (
    Metric("可比报告", "count"),
    Metric("新收·上年", "sum", ("indicators.received_previous",)),
    Metric("新收·增减", "sum", ("indicators.received_delta",)),
    Metric("办结·上年", "sum", ("indicators.concluded_previous",)),
    Metric("办结·增减", "sum", ("indicators.concluded_delta",)),
    Metric("结转·上年", "sum", ("indicators.carried_out_previous",)),
    Metric("结转·增减", "sum", ("indicators.carried_out_delta",)),
    Metric(
        "实质公开率增减（平均，百分点）",
        "average",
        ("indicators.disclose_rate_delta",),
        format="decimal",
    ),
)


def _groups(name: str, field: str, label: str, size: int, width: int) -> Panel:
    by = Terms(field, label, size, by_metric=True, missing=True)
    return Panel(name, f"按{label}", "table", width, by=by, metrics=_OF_A_GROUP)


OVERVIEW = Dashboard(
    "gongkai-overview",
    "政府信息公开年报 · 总览",
    "报告、申请、办理结果与复议诉讼的全貌。比率均为合计之比，不是各机关比率的平均。",
    (
        *(c.PROVINCE, c.CITY, c.LEVEL, c.KIND, c.YEAR),
        Control("range", c.RECEIVED, "新收申请"),
    ),
    (
        Row(
            6,
            (
                Panel("reports", "报告数", "metric", 12, metrics=(c.REPORTS,)),
                Panel("agencies", "已识别机关数（约）", "metric", 12, metrics=(c.AGENCIES,)),
                Panel("received", "新收申请", "metric", 12, metrics=(c.SUM_RECEIVED,)),
                Panel("grant-rate", "予以公开率", "metric", 12, metrics=(c.GRANT_RATE,)),
            ),
        ),
        Row(
            14,
            (
                Panel(
                    "by-year",
                    "年度走势",
                    "bar",
                    24,
                    by=Years(),
                    metrics=(
                        c.SUM_RECEIVED,
                        c.SUM_CARRIED_IN,
                        c.SUM_CARRIED_OUT,
                        c.GRANT_RATE_LINE,
                    ),
                ),
                Panel(
                    "outcomes",
                    "办理结果构成",
                    "bar_percentage",
                    24,
                    by=Years(),
                    metrics=_OUTCOMES,
                ),
            ),
        ),
        Row(
            14,
            (
                c.year_on_year_chart(24),
                _groups("by-level", "agency.level", "机关层级", 10, 24),
            ),
        ),
        Row(
            7,
            (
                Panel(
                    "compared",
                    "与上年比较（索引中有同一机关上年报告的）",
                    "table",
                    48,
                    by=Years(),
                    metrics=_COMPARISON,
                    where=c.COMPARED,
                ),
            ),
        ),
        Row(
            25,
            (
                Panel(
                    "provinces",
                    "省份 × 年度：新收申请",
                    "heatmap",
                    24,
                    by=Terms("region.province", "省份", 40, missing=True),
                    split=Terms("year", "年度", 10),
                    metrics=(c.SUM_RECEIVED,),
                ),
                Panel(
                    "top-agencies",
                    "新收申请前二十机关（单击进入机关画像）",
                    "bar_horizontal",
                    24,
                    by=Terms("agency.name", "机关", 20, by_metric=True),
                    metrics=(c.SUM_RECEIVED,),
                    drilldown="gongkai-agency",
                ),
            ),
        ),
        Row(
            13,
            (
                Panel("applicants", "申请人构成", "donut", 16, metrics=_APPLICANTS),
                Panel(
                    "disputes",
                    "复议与诉讼",
                    "bar_stacked",
                    16,
                    by=Years(),
                    metrics=(*_DISPUTES, _CORRECTION_RATE),
                ),
                Panel(
                    "distribution",
                    "新收申请分布（报告数）",
                    "bar",
                    16,
                    by=Ranges(c.RECEIVED, "新收申请（件）", (0, 1, 10, 50, 200, 1000)),
                    metrics=(c.REPORTS,),
                ),
            ),
        ),
        Row(14, (_groups("by-kind", "agency.kind", "机关类型", 80, 48),)),
        Row(
            7,
            (
                Panel(
                    "proactive",
                    "主动公开（表二，2021 年表式）",
                    "table",
                    48,
                    by=Years(),
                    metrics=_PROACTIVE,
                    # Years that only the 2019 form fills have no row here rather than zeros.
                    where=Where(exists=("proactive.licensing.decisions",)),
                ),
            ),
        ),
    ),
)

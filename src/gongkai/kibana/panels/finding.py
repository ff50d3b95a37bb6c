"""检索 and 任意指标: reports by words and numbers, and any of the form's numbers."""

from __future__ import annotations

from dataclasses import replace

from gongkai.form import CELLS as CELLS_OF_THE_FORM
from gongkai.kibana.conditions import Where
from gongkai.kibana.definitions import Control, Dashboard, Metric, Panel, Ranges, Row, Terms, Years
from gongkai.kibana.panels import common as c
from gongkai.search.side_indices import numbered_column, numbered_row

_FIRST = CELLS_OF_THE_FORM[c.RECEIVED]
_HINT = (
    '**检索提示**　中文词请加引号：`body:"行政复议"`　·　'
    '词与数一起查：`requests.received.total >= 100 and region.province:"山东省"`　·　'
    "不写字段名时检索标题、正文与机关名称。"
)
_CELLS_HINT = (
    "**任意指标**　依次选择 表 → 行 → 列，再拖动数值范围：表中就是符合条件的机关。"
    "行列前的数字是表内顺序；空白与 `/` 不是 0，因此没有这一行。"
)


def _facet(name: str, title: str, values: Terms, width: int) -> Panel:
    by = replace(values, by_metric=True, missing=True)
    return Panel(name, title, "bar_horizontal", width, by=by, metrics=(c.REPORTS,))


SEARCH = Dashboard(
    "gongkai-search",
    "政府信息公开年报 · 检索",
    "正文检索与数值筛选同时生效。",
    (
        *(c.PROVINCE, c.CITY, c.LEVEL, c.YEAR),
        Control("options", "quality.verdict", "校验结论"),
        Control("range", c.RECEIVED, "新收申请"),
        Control("range", "indicators.disclose_rate", "实质公开率 %"),
        Control("range", "indicators.denied", "不予公开"),
        Control("range", f"{c.REVIEW}.total", "行政复议"),
        Control("range", "indicators.lawsuits", "行政诉讼"),
    ),
    (
        Row(3, (Panel("hint", "检索提示", "markdown", 48, text=_HINT),)),
        Row(
            6,
            (
                Panel("hits", "命中报告", "metric", 12, metrics=(c.REPORTS,)),
                Panel("agencies", "命中机关（约）", "metric", 12, metrics=(c.AGENCIES,)),
                Panel("received", "新收申请合计", "metric", 12, metrics=(c.SUM_RECEIVED,)),
                Panel(
                    "none",
                    "没有新收申请的报告",
                    "metric",
                    12,
                    # No medians: Elasticsearch's estimate was twice the true one (docs/kibana.md).
                    metrics=(
                        Metric(
                            "没有新收申请的报告",
                            "share",
                            where=Where(equals=((c.RECEIVED, ("0",)),)),
                            format="percent",
                        ),
                    ),
                ),
            ),
        ),
        Row(
            24,
            (
                _facet("by-province", "省份", Terms("region.province", "省份", 40), 12),
                _facet("by-kind", "机关类型（前二十）", Terms("agency.kind", "机关类型", 20), 12),
                _facet("by-level", "机关层级", Terms("agency.level", "机关层级", 10), 8),
                Panel("by-year", "年度", "bar", 8, by=Years(), metrics=(c.REPORTS,)),
                _facet("by-verdict", "校验结论", Terms("quality.verdict", "校验结论", 5), 8),
            ),
        ),
        Row(26, (Panel("list", "年报", "search", 48, search="gongkai-search"),)),
        Row(22, (Panel("text", "正文", "search", 48, search="gongkai-text"),)),
    ),
)

CELLS = Dashboard(
    "gongkai-any-number",
    "政府信息公开年报 · 任意指标",
    "按表单中任意一个数筛选机关。",
    (
        *(c.PROVINCE, c.LEVEL, c.YEAR),
        # One number is chosen from the start: numbers of several units make no sum and no order.
        Control("options", "cell.table", "表", "cells", single=True, selected=(_FIRST.table,)),
        Control(
            "options", "cell.row", "行", "cells", single=True, selected=(numbered_row(_FIRST),)
        ),
        Control(
            "options",
            "cell.column",
            "列",
            "cells",
            single=True,
            selected=(numbered_column(_FIRST),),
        ),
        Control("range", "value", "数值", "cells"),
    ),
    (
        Row(3, (Panel("hint", "用法", "markdown", 48, text=_CELLS_HINT),)),
        Row(
            6,
            (
                Panel(
                    "numbers",
                    "数值个数",
                    "metric",
                    16,
                    "cells",
                    metrics=(Metric("数值个数", "count"),),
                ),
                Panel(
                    "reports",
                    "报告数",
                    "metric",
                    16,
                    "cells",
                    metrics=(Metric("报告数（约）", "unique_count", ("report",)),),
                ),
                Panel(
                    "average",
                    "平均值",
                    "metric",
                    16,
                    "cells",
                    metrics=(Metric("平均值", "average", ("value",), format="decimal"),),
                ),
            ),
        ),
        Row(
            20,
            (
                Panel(
                    "agencies",
                    "机关 × 年度（所选指标之最大值，单击进入机关画像）",
                    "table",
                    32,
                    "cells",
                    by=Terms("agency.name", "机关", 100, by_metric=True),
                    split=Terms("year", "年度", 10),
                    metrics=(Metric("数值", "max", ("value",), format="decimal"),),
                    drilldown="gongkai-agency",
                ),
                Panel(
                    "distribution",
                    "数值分布",
                    "bar_horizontal",
                    16,
                    "cells",
                    by=Ranges(
                        "value",
                        "数值",
                        (0, 1, 10, 100, 1000, 10000),
                        whole=False,
                        negative=True,
                    ),
                    metrics=(Metric("数值个数", "count"),),
                ),
            ),
        ),
        Row(22, (Panel("list", "数值清单", "search", 48, search="gongkai-cells"),)),
    ),
)

"""数据质量: what the identities prove, what failed, and where."""

from __future__ import annotations

from gongkai.kibana.conditions import Where, where
from gongkai.kibana.definitions import Control, Dashboard, Metric, Panel, Ranges, Row, Terms, Years
from gongkai.kibana.names import NAMES
from gongkai.kibana.panels import common as c

_FINDINGS = Metric("问题数", "count")
_VERDICTS = tuple(
    Metric(name, "count", where=where(quality__verdict=code), color=color)
    for (code, name), color in zip(
        NAMES["quality.verdict"].items(), (c.GREEN, c.AMBER, c.RED), strict=True
    )
)
_SEVERITIES = tuple(
    Metric(name, "count", where=where(findings__severity=code), color=color)
    for (code, name), color in zip(
        NAMES["findings.severity"].items(), (c.RED, c.AMBER, c.BLUE), strict=True
    )
)

QUALITY = Dashboard(
    "gongkai-quality",
    "政府信息公开年报 · 数据质量",
    "勾稽关系证实了什么，哪里不符，哪些单元格没有数。",
    (
        *(c.PROVINCE, c.YEAR),
        Control("options", "quality.verdict", "校验结论"),
        # The same names in both indices: these filter the reports and their findings alike.
        Control("options", "findings.rule", "规则", "checks"),
        Control("options", "findings.severity", "严重度", "checks"),
        Control("options", "findings.responsibility", "责任", "checks"),
        Control("options", "source.layout", "版式"),
    ),
    (
        Row(
            6,
            (
                Panel("reports", "报告数", "metric", 8, metrics=(c.REPORTS,)),
                Panel(
                    "proved",
                    "已证实的报告",
                    "metric",
                    8,
                    metrics=(
                        Metric(
                            "已证实的报告",
                            "share",
                            where=where(quality__verdict="proved"),
                            format="percent",
                        ),
                    ),
                ),
                Panel(
                    "held",
                    "勾稽通过率",
                    "metric",
                    8,
                    metrics=(
                        Metric(
                            "勾稽通过率",
                            "ratio",
                            ("quality.held",),
                            ("quality.held", "quality.failed"),
                            format="percent",
                        ),
                    ),
                ),
                Panel(
                    "coverage",
                    "平均覆盖率",
                    "metric",
                    8,
                    metrics=(
                        Metric("平均覆盖率", "average", ("quality.coverage",), format="percent"),
                    ),
                ),
                Panel(
                    "critical",
                    "有严重问题的报告",
                    "metric",
                    8,
                    "checks",
                    metrics=(Metric("有严重问题的报告（约）", "unique_count", ("report",)),),
                    where=where(findings__severity="critical"),
                ),
                Panel(
                    "unresolved",
                    "机关未识别的报告",
                    "metric",
                    8,
                    metrics=(Metric("机关未识别的报告", "count"),),
                    where=Where(missing=("agency.id",)),
                ),
            ),
        ),
        Row(
            28,
            (
                Panel(
                    "rules",
                    "规则 × 严重度",
                    "bar_horizontal_stacked",
                    24,
                    "checks",
                    by=Terms("findings.rule", "规则", 30),
                    metrics=_SEVERITIES,
                ),
                Panel(
                    "provinces",
                    "省份 × 严重度：问题数（单击查看报告）",
                    "heatmap",
                    24,
                    "checks",
                    by=Terms("region.province", "省份", 40, missing=True),
                    split=Terms("findings.severity", "严重度", 5),
                    metrics=(_FINDINGS,),
                    drilldown="gongkai-search",
                ),
            ),
        ),
        Row(
            14,
            (
                Panel(
                    "layouts",
                    "版式 × 校验结论",
                    "bar_horizontal_percentage",
                    16,
                    by=Terms("source.layout", "版式", 15),
                    metrics=_VERDICTS,
                ),
                Panel(
                    "years",
                    "年度 × 校验结论",
                    "bar_percentage",
                    16,
                    by=Years(),
                    metrics=_VERDICTS,
                ),
                Panel(
                    "differences",
                    "差额分布（问题数）",
                    "bar",
                    16,
                    "checks",
                    by=Ranges(
                        "findings.difference_abs",
                        "差额绝对值",
                        (0, 1, 10, 100, 1000),
                        whole=False,
                    ),
                    metrics=(_FINDINGS,),
                ),
            ),
        ),
        Row(
            16,
            (
                Panel(
                    "blank",
                    "空白单元格前二十（报告数）",
                    "bar_horizontal",
                    24,
                    by=Terms("cells.blank", "单元格", 20, by_metric=True),
                    metrics=(c.REPORTS,),
                ),
                Panel(
                    "cells",
                    "问题涉及的单元格前二十（问题数）",
                    "bar_horizontal",
                    24,
                    "checks",
                    by=Terms("findings.cells", "单元格", 20, by_metric=True),
                    metrics=(_FINDINGS,),
                    where=where(findings__severity=("critical", "warning")),
                ),
            ),
        ),
        Row(
            14,
            (
                Panel(
                    "kinds",
                    "问题类别 × 严重度",
                    "bar_horizontal_stacked",
                    24,
                    "checks",
                    by=Terms("findings.kind", "问题类别", 20),
                    metrics=_SEVERITIES,
                ),
                Panel(
                    "on-time",
                    "按期发布率（能判定期限的报告）",
                    "bar",
                    24,
                    by=Years(),
                    metrics=(
                        Metric("按期发布率", "average", ("indicators.on_time",), format="percent"),
                    ),
                ),
            ),
        ),
        Row(16, (Panel("narrative", "正文与表格不一", "search", 48, search="gongkai-narrative"),)),
        Row(22, (Panel("failures", "问题清单", "search", 48, search="gongkai-check-failures"),)),
    ),
)

"""Lists of documents, for reading and for finding."""

from __future__ import annotations

from gongkai.kibana.conditions import where
from gongkai.kibana.definitions import SavedSearch
from gongkai.kibana.panels import common as c

SEARCHES = (
    SavedSearch(
        "gongkai-search",
        "年报检索",
        '一行一份年报；查询栏可检索正文，如 body:"行政复议"。',
        "reports",
        (
            *("year", "region.province", "agency.name", "title", c.RECEIVED, c.CONCLUDED),
            *("indicators.disclose_rate", "indicators.denied", f"{c.REVIEW}.total"),
            *("indicators.lawsuits", "quality.verdict", "source.url"),
        ),
        (("period", "desc"),),
    ),
    SavedSearch(
        "gongkai-text",
        "年报正文",
        "阅读正文，命中的词高亮显示。",
        "reports",
        ("year", "agency.name", "sections.overview", "sections.problems", "source.url"),
        (("period", "desc"),),
        row_height=8,
    ),
    SavedSearch(
        "gongkai-cells",
        "任意指标",
        "一行一个数：按表、行、列和数值筛选。",
        "cells",
        (
            *("year", "region.province", "agency.name", "cell.table", "cell.row", "cell.column"),
            *("value", "cell.unit", "previous", "delta", "cell.state"),
        ),
        (("value", "desc"),),
        row_height=1,
    ),
    SavedSearch(
        "gongkai-check-failures",
        "问题清单",
        "一行一个问题：规则、单元格、实际值与应有值，差额大的在前。",
        "checks",
        (
            *("agency.name", "year", "findings.rule", "findings.severity", "findings.message"),
            *("findings.cells", "findings.actual", "findings.expected", "findings.difference"),
            *("findings.responsibility", "source.url"),
        ),
        (("findings.difference_abs", "desc"),),
    ),
    SavedSearch(
        "gongkai-narrative",
        "正文与表格不一",
        "正文所述件数与表中之数不同的，差额大的在前。",
        "checks",
        (
            *("agency.name", "year", "findings.rule", "findings.message", "findings.cells"),
            *("findings.actual", "findings.expected", "findings.difference", "source.url"),
        ),
        (("findings.difference_abs", "desc"),),
        where=where(findings__kind="图文"),
    ),
)

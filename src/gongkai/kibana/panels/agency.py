"""机关画像: one agency over the years, and its form as it was filled in."""

from __future__ import annotations

from gongkai.kibana.conditions import Where, where
from gongkai.kibana.definitions import (
    Control,
    Dashboard,
    Format,
    Metric,
    Panel,
    Row,
    Terms,
    Years,
)
from gongkai.kibana.panels import common as c
from gongkai.kibana.panels.peers import BESIDE_PEERS, PEERS_BY_YEAR

_HINT = (
    "**用法**　先选省份，再选一个机关；表三、表二、表四请另选一个年度。"
    "未选机关时，表中是所选范围各机关之和。"
    "　**同级同类**：层级、类型相同的全部机关，含所选机关自身。"
)
_CHANGES: tuple[tuple[str, str, Format], ...] = (
    ("", "", "rate"),
    ("_previous", "·上年", "rate"),
    ("_delta", "·增减（百分点）", "decimal"),
)
_VALUE = Metric("数值", "sum", ("value",), format="decimal")
_DELTA = Metric("比上年增减", "sum", ("delta",), format="decimal")


def _form(name: str, title: str, table: str, width: int, rows: int) -> Panel:
    return Panel(
        name,
        title,
        "table",
        width,
        "cells",
        by=Terms("cell.row", "行", rows),
        split=Terms("cell.column", "列", 30),
        metrics=(_VALUE,),
        where=where(cell__table=table),
        one_year=True,
    )


def _of(path: str, label: str, field: str) -> Metric:
    return Metric(label, "sum", (field,), where=where(cell__path=path))


_RATES = tuple(
    Metric(f"{label}{suffix}", "average", (f"indicators.{name}{ending}",), format=shown)
    for name, label in (
        ("close_rate", "办结率"),
        ("disclose_rate", "实质公开率"),
        ("deny_rate", "不予公开率"),
        ("dispute_rate", "争议率"),
    )
    for ending, suffix, shown in _CHANGES
)
#: Totals of the three tables that are compared with last year's.
_KEY_CELLS = (
    *(c.RECEIVED, c.CARRIED_IN, c.GRANTED, c.PARTIAL, c.CONCLUDED, c.CARRIED_OUT),
    *(f"{block}.total" for block in (c.REVIEW, *c.LITIGATION)),
    "proactive.normative_documents.in_force",
    "proactive.licensing.decisions",
    "proactive.penalties.decisions",
    "proactive.compulsory_measures.decisions",
    "proactive.fees.amount",
)

AGENCY = Dashboard(
    "gongkai-agency",
    "政府信息公开年报 · 机关画像",
    "一个机关历年的数字，以及原样重现的三张表。",
    (
        c.PROVINCE,
        Control("options", "agency.name", "机关", single=True),
        c.YEAR,
    ),
    (
        Row(3, (Panel("hint", "用法", "markdown", 48, text=_HINT),)),
        Row(
            6,
            (
                Panel("received", "新收申请", "metric", 8, metrics=(c.SUM_RECEIVED,)),
                Panel(
                    "change",
                    "新收申请比上年（平均）",
                    "metric",
                    8,
                    "cells",
                    metrics=(
                        Metric(
                            "新收申请比上年（平均）",
                            "average",
                            ("delta",),
                            where=where(cell__path=c.RECEIVED),
                            format="decimal",
                        ),
                    ),
                ),
                Panel("concluded", "办结", "metric", 8, metrics=(c.SUM_CONCLUDED,)),
                Panel("grant-rate", "予以公开率", "metric", 8, metrics=(c.GRANT_RATE,)),
                Panel(
                    "corrected",
                    "复议纠正",
                    "metric",
                    8,
                    metrics=(Metric("复议纠正", "sum", (f"{c.REVIEW}.corrected",)),),
                ),
                Panel(
                    "failed",
                    "不符勾稽",
                    "metric",
                    8,
                    metrics=(Metric("不符勾稽", "sum", ("quality.failed",)),),
                ),
            ),
        ),
        Row(
            14,
            (
                Panel(
                    "by-year",
                    "年度对比",
                    "bar",
                    24,
                    by=Years(),
                    metrics=(
                        c.SUM_RECEIVED,
                        c.SUM_CONCLUDED,
                        c.SUM_CARRIED_OUT,
                        c.GRANT_RATE_LINE,
                    ),
                ),
                Panel(
                    "carry",
                    "结转连续性：两柱应当等高",
                    "bar",
                    24,
                    "cells",
                    by=Years(),
                    metrics=(
                        _of(c.CARRIED_IN, "本年填报的上年结转", "value"),
                        _of(c.CARRIED_OUT, "上年填报的结转下年", "previous"),
                    ),
                    # Only reports with last year's in the index can be compared.
                    where=Where(
                        equals=(("cell.path", (c.CARRIED_IN, c.CARRIED_OUT)),),
                        exists=("previous",),
                    ),
                ),
            ),
        ),
        Row(14, BESIDE_PEERS),
        Row(7, (PEERS_BY_YEAR,)),
        Row(
            18,
            (
                c.year_on_year_chart(24),
                Panel(
                    "key-numbers",
                    "关键数字与上年比较（所选年度）",
                    "table",
                    24,
                    "cells",
                    by=Terms("cell.row", "行", 20, by_metric=True),
                    metrics=(
                        Metric("本年", "sum", ("value",), format="decimal"),
                        Metric("上年", "sum", ("previous",), format="decimal"),
                        Metric("增减", "sum", ("delta",), format="decimal"),
                        Metric("同比", "ratio", ("delta",), ("previous",), format="percent"),
                    ),
                    where=Where(equals=(("cell.path", _KEY_CELLS),), exists=("previous",)),
                    one_year=True,
                ),
            ),
        ),
        Row(
            7,
            (Panel("rates", "比率与上年比较", "table", 48, by=Years(), metrics=_RATES),),
        ),
        Row(30, (_form("table-three", "表三（所选年度）", "三", 48, 30),)),
        Row(
            30,
            (
                Panel(
                    "across-years",
                    "表三总计，各年度",
                    "table",
                    24,
                    "cells",
                    by=Terms("cell.row", "行", 30),
                    split=Terms("year", "年度", 10),
                    metrics=(_VALUE,),
                    where=where(cell__table="三", cell__column="7 总计"),
                ),
                Panel(
                    "changes",
                    "表三总计，比上年增减",
                    "table",
                    24,
                    "cells",
                    by=Terms("cell.row", "行", 30),
                    split=Terms("year", "年度", 10),
                    metrics=(_DELTA,),
                    where=Where(
                        equals=(("cell.table", ("三",)), ("cell.column", ("7 总计",))),
                        exists=("delta",),
                    ),
                ),
            ),
        ),
        Row(
            13,
            (
                _form("table-two", "表二（所选年度）", "二", 24, 20),
                _form("table-four", "表四（所选年度）", "四", 24, 5),
            ),
        ),
        Row(16, (Panel("text", "原文", "search", 48, search="gongkai-text"),)),
    ),
)

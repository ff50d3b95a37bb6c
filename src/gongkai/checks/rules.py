"""Every rule that a finding can name, as data; docs/checks.md is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gongkai.model import Severity

#: Who finds it: the reading, the identities, the report's structure or narrative, last year's
#: report, or the machinery around.
Stage = Literal["reading", "identities", "structure", "narrative", "crossyear", "plugins"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the checks.

    Attributes:
        id: public identifier.
        severities: those that its findings can have, the usual one first.
        stage: who finds it.
        zh: what it says when it is broken, in Chinese.
        en: the same in English.
    """

    id: str
    severities: tuple[Severity, ...]
    stage: Stage
    zh: str
    en: str

    @property
    def severity(self) -> Severity:
        """The usual severity."""
        return self.severities[0]


_C: tuple[Severity, ...] = ("critical",)
_W: tuple[Severity, ...] = ("warning",)
_INFO: tuple[Severity, ...] = ("info",)

_RULES: tuple[Rule, ...] = (
    # --- what the reading says of itself ---
    Rule("S.TABLES", _C, "reading", "法定表格缺失", "a statutory table was not found"),
    Rule(
        "S.TRUNCATED",
        _C,
        "reading",
        "来源在表格中间结束",
        "the source ends inside its tables",
    ),
    Rule(
        "S.TWICE",
        _C,
        "reading",
        "页面另有一张同样的表，数字或标题不同，可能含有另一份报告",
        "another such table is printed, with other numbers or title: perhaps a second report",
    ),
    Rule(
        "S.YEAR",
        _C,
        "reading",
        "表格标明的年度与标题不同",
        "a table says that it is of another year than the title",
    ),
    Rule(
        "S.BEHIND",
        _C,
        "reading",
        "表格在报告之后，不在其所属部分",
        "a table stands behind the report and not in its section",
    ),
    Rule(
        "E.UNMAPPED",
        _C,
        "reading",
        "行标签或列标题未找到",
        "labels of rows or columns were not found",
    ),
    Rule(
        "E.UNSETTLED",
        _C,
        "reading",
        "行内单元格数目与表头不符，无法唯一对应，留空",
        "a row has too few or too many cells and no single reading fits",
    ),
    Rule(
        "E.INFERRED",
        _W,
        "reading",
        "行内单元格数目与表头不符，按勾稽关系唯一确定",
        "a row has lost or surplus cells; the identities leave one reading",
    ),
    Rule(
        "E.DISCARDED",
        _C,
        "reading",
        "行内多余的数字按勾稽关系未采用",
        "a row prints a surplus number that the identities leave out",
    ),
    Rule(
        "E.PADDED",
        _C,
        "reading",
        "行内空格分不清是单元格还是补空：如表二行端唯一的空格，或多出一个数字的行中的空格",
        "a row's blank may be a cell or padding: the only one of table two at a row's end, or one "
        "between its numbers where one of these is too many",
    ),
    Rule(
        "E.PARTLY",
        _W,
        "reading",
        "来源有一部分未能读取",
        "a part of the source could not be read",
    ),
    Rule(
        "E.SURPLUS",
        _INFO,
        "reading",
        "行内多出单元格，取舍不影响数值",
        "a row has surplus cells; every reading gives the same numbers",
    ),
    Rule("V.EMPTY", _INFO, "reading", "单元格空白，未读作 0", "cells are blank, not read as 0"),
    Rule("V.SLASH", _INFO, "reading", "单元格填“/”“无”等，未读作 0", "cells hold a nil mark"),
    Rule("V.TEXT", _C, "reading", "单元格内容不是数字", "a cell's text is no number"),
    Rule(
        "V.PICTURE",
        _C,
        "reading",
        "单元格内容是图片，或浏览器未必显示的数字，均不作数",
        "a cell shows a picture, or digits that a browser may not show: neither is read",
    ),
    Rule(
        "V.MERGED",
        _C,
        "reading",
        "一个数字占了几格，分不到各格",
        "a number stands in a cell that covers several: it is none of theirs",
    ),
    Rule(
        "V.CUT",
        _C,
        "reading",
        "来源在一个数字处结束，可能不完整",
        "the source ends with a number, which may be cut",
    ),
    Rule("V.INT", _C, "reading", "件数不是整数", "a count is no integer"),
    Rule("V.NONNEG", _C, "reading", "数值为负", "a number is negative"),
    Rule("V.RANGE", _C, "reading", "数值超出可信范围", "a number is out of range"),
    Rule(
        "V.UNIT",
        ("info", "critical", "warning"),
        "reading",
        "单元格内带有单位；单位与列不符；收费金额像是以元计",
        "a unit stands in the cell, or does not fit it, or fees look like yuan",
    ),
    Rule("P.CLAIM", _W, "plugins", "版式插件认领出错", "a layout failed to claim"),
    # --- identities ---
    Rule(
        "T3.BAL",
        _C,
        "identities",
        "某列：新收 + 上年结转 ≠ 办结总计 + 结转下年",
        "a column: received + carried in ≠ concluded + carried out",
    ),
    Rule(
        "T3.RES",
        _C,
        "identities",
        "某列：（七）总计 ≠ 各办理结果之和",
        "a column: the total of outcomes ≠ the sum of the outcomes",
    ),
    Rule(
        "T3.ROW",
        _C,
        "identities",
        "某行：总计 ≠ 六类申请人之和",
        "a row: the total ≠ the sum of the six applicants",
    ),
    Rule(
        "T4.SUM",
        _C,
        "identities",
        "某组：总计 ≠ 维持 + 纠正 + 其他 + 未审结",
        "a block: the total ≠ upheld + corrected + other + pending",
    ),
    Rule(
        "T3.LOCATE",
        _INFO,
        "identities",
        "仅一个单元格即可解释表三全部不符",
        "one cell explains all failures of table three",
    ),
    Rule(
        "T4.LOCATE",
        _INFO,
        "identities",
        "仅一个单元格即可解释表四全部不符",
        "one cell explains all failures of table four",
    ),
    Rule(
        "T3.SHIFT",
        _C,
        "identities",
        "表三各不符的行均像整行左移一列",
        "every failing row of table three fits a shift by one column",
    ),
    # --- structure ---
    Rule("S.SECT", _W, "structure", "六个法定部分不全", "statutory sections are missing"),
    Rule(
        "S.ORDER",
        _W,
        "structure",
        "部分标题的序号与法定次序不符",
        "a section's number is not its statutory one",
    ),
    Rule("S.SEC5", _W, "structure", "第五部分为空或仅写“无”", "section five is empty or says none"),
    Rule(
        "S.SEC6FEE",
        _INFO,
        "structure",
        "正文所述行政事业性收费与表二不同",
        "administrative fees in the narrative differ from table two",
    ),
    Rule(
        "T2.STOCK.LE",
        _W,
        "structure",
        "制发件数大于现行有效与废止之和",
        "more documents were issued than are in force or repealed",
    ),
    Rule(
        "T2.DEPT.REG",
        _W,
        "structure",
        "县级及以下机关填报规章（无制定权）",
        "an agency of a county or town reports government rules, which it cannot make",
    ),
    Rule("M.AGENCY", _W, "structure", "未能识别报告机关", "the agency could not be told"),
    Rule(
        "M.DATE",
        ("info", "warning"),
        "structure",
        "无发布日期；或发布日期早于年度结束、晚于其后三年",
        "no date of publication; or one before the year's end or over three years after it",
    ),
    Rule(
        "M.LATE",
        _W,
        "structure",
        "发布日期晚于《条例》第四十九条的期限",
        "published after the deadline of article 49",
    ),
    Rule(
        "M.PII",
        _INFO,
        "structure",
        "正文含手机号、身份证号或电子邮箱",
        "the text holds a mobile number, an identity number or an e-mail address",
    ),
    # --- narrative against table ---
    Rule(
        "N.RECV",
        _W,
        "narrative",
        "正文收到申请数与表三新收（或新收加结转）不同",
        "requests received: the narrative differs from table three",
    ),
    Rule(
        "N.CARRY",
        _W,
        "narrative",
        "正文上年结转数与表三不同",
        "requests carried in: the narrative differs from table three",
    ),
    Rule(
        "N.DONE",
        _W,
        "narrative",
        "正文办结数与表三总计不同",
        "requests concluded: the narrative differs from table three",
    ),
    Rule(
        "N.OUTCOME",
        _W,
        "narrative",
        "正文所列予以公开、部分公开、不予公开等件数与表三不同",
        "the outcomes that the narrative lists differ from table three",
    ),
    Rule(
        "N.ALLDONE",
        _W,
        "narrative",
        "正文称均已办结，表三却有结转下年",
        "the narrative says all were concluded, table three carries some out",
    ),
    Rule(
        "N.CHANNEL",
        _INFO,
        "narrative",
        "各渠道申请数之和不等于收到数",
        "the requests by channel do not add up to those received",
    ),
    Rule(
        "N.REVIEW",
        _W,
        "narrative",
        "正文行政复议数与表四不同",
        "reconsiderations: the narrative differs from table four",
    ),
    Rule(
        "N.LITIG",
        _W,
        "narrative",
        "正文行政诉讼数与表四不同",
        "lawsuits: the narrative differs from table four",
    ),
    Rule(
        "L.REVIEW0",
        _W,
        "narrative",
        "正文称未发生复议或诉讼，表四却有",
        "the narrative denies reconsiderations or lawsuits that table four counts",
    ),
    Rule(
        "N.DOCS",
        _W,
        "narrative",
        "正文规范性文件数与表二不同",
        "normative documents: the narrative differs from table two",
    ),
    Rule(
        "N.YEAR",
        ("warning", "info"),
        "narrative",
        "标题、统计期限的年度与报告年度不同；或正文通篇为另一年度",
        "title or period are of another year; or the narrative speaks of another year only",
    ),
    # --- against last year's report ---
    Rule(
        "T2.STOCK",
        _W,
        "crossyear",
        "现行有效 ≠ 上年有效 + 本年制发 - 本年废止",
        "in force ≠ in force last year + issued - repealed",
    ),
    Rule(
        "X.CARRY",
        _W,
        "crossyear",
        "上年结转 ≠ 上年报告的结转下年",
        "carried in ≠ carried out in last year's report",
    ),
    Rule(
        "X.JUMP", _INFO, "crossyear", "与上年相差悬殊", "a number differs greatly from last year's"
    ),
    Rule(
        "X.COPY",
        _W,
        "crossyear",
        "全部数字与上年相同且不全为零",
        "all numbers equal last year's and are not all zero",
    ),
    Rule(
        "L.POSTREV",
        _INFO,
        "crossyear",
        "复议后起诉多于两年审结的复议",
        "more lawsuits after reconsideration than reconsiderations concluded in both years",
    ),
    Rule(
        "N.DIFF",
        _INFO,
        "crossyear",
        "正文所述增减与两年报告之差不同",
        "the change that the narrative states differs from the two reports",
    ),
)

#: All rules by identifier.
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _RULES})

"""Checks of a report by itself: its sections, table two and metadata."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from gongkai.checks import personal, stock
from gongkai.enrichment.indicators import deadline
from gongkai.form import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.checks.case import Case
    from gongkai.model import Finding

_SECTIONS = {
    "overview": "一、总体情况",
    "proactive": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
}
_NUMERALS = "一二三四五六"
_NUMERAL = re.compile(r"\s*第?([一二三四五六七八九十])\s*(?:部分)?\s*[、.．,，]")
_NOTHING = re.compile(
    r"(?:[（(]?[一二三四五六\d][)）、.．])?(?:本年度?)?(?:暂无|没有|无)(?:主要|存在)?(?:的)?(?:问题)?[。.]?"
)
#: Longer ones say more than that there is nothing.
_SHORT = 20
_FEE = re.compile(r"行政事业性收费(?:金额|总额)?(?:为|共|共计|合计)?(\d+(?:\.\d+)?)(万?元)?")
_FEE_PATH = "proactive.fees.amount"
_RULES_CELLS = tuple(path for path in CELLS if ".rules." in path)
#: 收费 of a county's department from which it is likely that yuan were printed for 万元.
_LIKELY_YUAN = 100_000
_GOVERNMENTS = frozenset({"人民政府", "政府办公室", "财政", "税务", "自然资源"})
_LOCAL = frozenset({"县", "乡"})
#: Reports are published no more than so many years after theirs.
_LATEST = 3


def check(case: Case) -> Iterator[Finding]:
    """Run all checks of the report by itself."""
    yield from _sections(case)
    yield from _table_two(case)
    yield from _metadata(case)
    yield from personal.check(case)


def _sections(case: Case) -> Iterator[Finding]:
    headings = {h.section: h.text for h in case.report.outline if h.level == 1}
    missing = [title for name, title in _SECTIONS.items() if name not in headings]
    if missing:
        yield case.find(
            "S.SECT",
            f"缺少{len(missing)}个法定部分的标题：{'；'.join(missing)}",
            f"headings of statutory sections not found: {', '.join(missing)}",
        )
    for numeral, (name, title) in zip(_NUMERALS, _SECTIONS.items(), strict=True):
        printed = _NUMERAL.match(headings.get(name, ""))
        if printed and printed[1] != numeral:
            yield case.find(
                "S.ORDER",
                f"“{title}”的序号为“{printed[1]}”",
                f"the section {title} is numbered {printed[1]}",
                actual=printed[1],
                expected=numeral,
            )
    problems = case.report.sections.problems
    if "problems" in headings and (problems is None or _says_nothing(problems)):
        yield case.find(
            "S.SEC5", "第五部分未写存在的问题及改进情况", "section five names no problem"
        )


def _says_nothing(text: str) -> bool:
    return len(text) < _SHORT and _NOTHING.fullmatch("".join(text.split())) is not None


def _table_two(case: Case) -> Iterator[Finding]:
    yield from stock.check(case)
    values, agency = case.values, case.report.agency
    rules = [path for path in _RULES_CELLS if values.get(path)] if agency.level in _LOCAL else []
    if rules:
        yield case.find(
            "T2.DEPT.REG",
            f"{agency.name}填报规章，{agency.level}级机关无规章制定权",
            f"{agency.name} reports government rules, which agencies of its level cannot make",
            rules,
        )
    fees = values.get(_FEE_PATH)
    known = agency.kind is not None and agency.kind not in _GOVERNMENTS
    if fees is not None and fees >= _LIKELY_YUAN and agency.level in _LOCAL and known:
        yield case.find(
            "V.UNIT",
            f"收费金额 {fees} 万元，疑以元为单位填报",
            f"fees of {fees} × 10,000 yuan look like yuan",
            [_FEE_PATH],
            severity="warning",
            actual=fees,
        )
    if fees is not None:
        yield from _stated_fees(case, Decimal(fees))


def _stated_fees(case: Case, fees: Decimal) -> Iterator[Finding]:
    for sentence in case.sentences:
        match = _FEE.search(sentence.text) if "行政事业性收费" in sentence.text else None
        if match is None:
            continue
        stated = Decimal(match[1])
        if match[2] is None and stated:
            continue
        if match[2] == "元":
            stated /= 10_000
        # The table may round to two digits what the narrative prints in full.
        if abs(stated - fees) > Decimal("0.01"):
            yield case.find(
                "S.SEC6FEE",
                f"正文称行政事业性收费 {stated} 万元，表二为 {fees} 万元",
                f"the narrative states fees of {stated}, table two {fees} (10,000 yuan)",
                [_FEE_PATH],
                actual=stated,
                expected=fees,
            )
        return


def _metadata(case: Case) -> Iterator[Finding]:
    report = case.report
    if report.agency.name is None:
        yield case.find("M.AGENCY", "未能识别报告机关", "the agency could not be told")
    published, year = report.published_on, report.year
    if published is None:
        yield case.find("M.DATE", "未印发布日期", "no date of publication is printed")
    elif year is not None:
        if published <= date(year, 12, 31) or published.year > year + _LATEST:
            yield case.find(
                "M.DATE",
                f"发布日期 {published} 与报告年度 {year} 不合",
                f"published on {published}, which does not fit the year {year}",
                severity="warning",
                actual=str(published),
            )
            return
        due = deadline(report)
        if due is not None and published > due:
            yield case.find(
                "M.LATE",
                f"发布日期 {published} 晚于期限 {due}",
                f"published on {published}, after the deadline {due}",
                actual=str(published),
                expected=str(due),
            )

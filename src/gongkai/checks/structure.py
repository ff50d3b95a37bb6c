"""Checks of a report by itself: its sections, table two, metadata and personal data."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

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
_FEE = re.compile(r"行政事业性收费(?:金额|总额)?(?:为|共|共计|合计)?(\d+(?:\.\d+)?)(万?元)?")
_FEE_PATH = "proactive.fees.amount"
_RULES_CELLS = tuple(path for path in CELLS if ".rules." in path)
#: 收费 of a county's department from which it is likely that yuan were printed for 万元.
_LIKELY_YUAN = 100_000
_GOVERNMENTS = frozenset({"人民政府", "政府办公室", "财政", "税务", "自然资源"})
_LOCAL = frozenset({"县", "乡"})
# A pattern that begins with a look-behind would be tried at every character.
_LONG_NUMBER = re.compile(r"[1-9]\d{10,17}[\dXx]?(?!\.?\d)")
#: A pattern would be tried at every digit; with all digits alike, a long number is one text.
_DIGITS_ALIKE = bytes.maketrans(b"123456789", b"000000000")
_ANY_LONG_NUMBER = b"0" * 11
_MOBILE = re.compile(r"1[3-9]\d{9}")
_IDENTITY = re.compile(r"[1-8]\d{16}[\dXx]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_LATEST = 3


def check(case: Case) -> Iterator[Finding]:
    """Run all checks of the report by itself."""
    yield from _sections(case)
    yield from _table_two(case)
    yield from _metadata(case)
    yield from _personal_data(case)


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
    if "problems" in headings and (
        problems is None or (len(problems) < 20 and _NOTHING.fullmatch("".join(problems.split())))  # noqa: PLR2004
    ):
        yield case.find(
            "S.SEC5", "第五部分未写存在的问题及改进情况", "section five names no problem"
        )


def _table_two(case: Case) -> Iterator[Finding]:
    values, agency = case.values, case.report.agency
    for row in ("rules", "normative_documents"):
        path = f"proactive.{row}"
        issued, repealed, in_force = (
            values.get(f"{path}.{name}") for name in ("issued", "repealed", "in_force")
        )
        if issued is None or repealed is None or in_force is None:
            continue
        if issued > in_force + repealed:
            yield case.find(
                "T2.STOCK.LE",
                f"{'规章' if row == 'rules' else '行政规范性文件'}本年制发 {issued} 件，"
                f"大于现行有效 {in_force} 件与本年废止 {repealed} 件之和",
                f"{path}: {issued} issued, but only {in_force} in force and {repealed} repealed",
                [f"{path}.issued", f"{path}.repealed", f"{path}.in_force"],
                actual=issued,
                expected=in_force + repealed,
            )
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


def _personal_data(case: Case) -> Iterator[Finding]:
    text = "\n".join(filter(None, case.report.sections.__dict__.values()))
    mobiles = identities = 0
    for number in _long_numbers(text):
        if _MOBILE.fullmatch(number):
            mobiles += 1
        elif _IDENTITY.fullmatch(number):
            identities += _is_identity_number(number)
    addresses = len(_EMAIL.findall(text)) if "@" in text else 0
    if mobiles or identities or addresses:
        # The message does not repeat what it warns of.
        yield case.find(
            "M.PII",
            f"正文含手机号 {mobiles} 个、身份证号 {identities} 个、电子邮箱 {addresses} 个",
            f"the text holds {mobiles} mobile numbers, {identities} identity numbers and "
            f"{addresses} e-mail addresses",
        )


def _long_numbers(text: str) -> Iterator[str]:
    """Yield the numbers of eleven digits and more; few texts hold any."""
    if _ANY_LONG_NUMBER not in text.encode("ascii", "replace").translate(_DIGITS_ALIKE):
        return
    for match in _LONG_NUMBER.finditer(text):
        start = match.start()
        if not start or not (text[start - 1].isdigit() or text[start - 1] == "."):
            yield match[0]


def _is_identity_number(text: str) -> bool:
    total = sum(int(d) * w for d, w in zip(text[:-1], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == text[-1].upper()

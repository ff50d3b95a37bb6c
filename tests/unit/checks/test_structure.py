from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gongkai.checks import shift, structure
from gongkai.checks.case import Case
from gongkai.checks.identities import assess
from gongkai.form import APPLICANTS, request_rows
from gongkai.model import Agency, Heading, Report, Sections

_KEYS = ("overview", "proactive", "requests", "disputes", "problems", "other")


def _report(**changes: object) -> Report:
    outline = [
        Heading(section=key, text=f"{numeral}、标题", level=1, place="")
        for key, numeral in zip(_KEYS, "一二三四五六", strict=True)
    ]
    fields: dict[str, object] = {
        "agency": Agency(name="佳县教育局", kind="教育", level="县"),
        "year": 2023,
        "published_on": date(2024, 1, 20),
        "outline": outline,
        "sections": Sections(problems="一是公开不够及时，二是解读形式单一，下一步改进。"),
    }
    return Report.model_validate(fields | changes)


def _rules(report: Report, **values: Decimal | int) -> list[str]:
    cells = {f"proactive.{path.replace('__', '.')}": value for path, value in values.items()}
    return [f.rule for f in structure.check(Case(report, cells))]


def test_a_sound_report_has_no_finding() -> None:
    assert _rules(_report()) == []


def test_missing_and_misnumbered_sections() -> None:
    report = _report()
    report.outline = [h for h in report.outline if h.section != "other"]
    report.outline[3].text = "五、标题"
    assert _rules(report) == ["S.SECT", "S.ORDER"]


@pytest.mark.parametrize(
    ("text", "found"), [("无", ["S.SEC5"]), (None, ["S.SEC5"]), ("无。", ["S.SEC5"])]
)
def test_section_five_without_words(text: str | None, found: list[str]) -> None:
    assert _rules(_report(sections=Sections(problems=text))) == found


def test_stock_of_documents() -> None:
    row = {"normative_documents__repealed": 1, "normative_documents__in_force": 2}
    assert _rules(_report(), normative_documents__issued=3, **row) == []
    assert _rules(_report(), normative_documents__issued=4, **row) == ["T2.STOCK.LE"]


@pytest.mark.parametrize(("level", "found"), [("县", ["T2.DEPT.REG"]), ("市", []), (None, [])])
def test_rules_of_a_county(level: str | None, found: list[str]) -> None:
    report = _report(agency=Agency(name="某教育局", kind="教育", level=level), published_on=None)
    assert [r for r in _rules(report, rules__in_force=2) if r != "M.DATE"] == found


def test_fees_that_look_like_yuan() -> None:
    assert _rules(_report(), fees__amount=Decimal(251000)) == ["V.UNIT"]
    assert _rules(_report(), fees__amount=Decimal("2510.5")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("行政事业性收费金额为12.5万元。", []),
        ("行政事业性收费125000元。", []),
        ("行政事业性收费金额为30万元。", ["S.SEC6FEE"]),
        ("行政事业性收费金额为0。", ["S.SEC6FEE"]),
        ("收取信息处理费30万元。", []),
    ],
)
def test_fees_in_the_narrative(text: str, found: list[str]) -> None:
    report = _report(sections=Sections(other=text, problems="问题在于解读形式单一，正在改进之中。"))
    assert _rules(report, fees__amount=Decimal("12.5")) == found


@pytest.mark.parametrize(
    ("published", "kind", "found"),
    [
        (date(2024, 1, 31), "教育", []),
        (date(2024, 2, 1), "教育", ["M.LATE"]),
        (date(2024, 3, 31), "人民政府", []),
        (date(2024, 4, 1), "人民政府", ["M.LATE"]),
        (date(2024, 4, 1), "开发区", []),
        (date(2023, 12, 31), "教育", ["M.DATE"]),
        (date(2028, 1, 1), "教育", ["M.DATE"]),
        (None, "教育", ["M.DATE"]),
    ],
)
def test_dates(published: date | None, kind: str, found: list[str]) -> None:
    agency = Agency(name="佳县", kind=kind, level="县")
    assert _rules(_report(published_on=published, agency=agency)) == found


def test_an_agency_that_is_not_known() -> None:
    assert _rules(_report(agency=Agency())) == ["M.AGENCY"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("联系人手机13800138000", ["M.PII"]),
        ("邮箱someone@example.com", ["M.PII"]),
        ("身份证11010519491231002X", ["M.PII"]),
        ("统一代码110105194912310021", []),  # its check digit is wrong
        ("电话0539-8386888，编号20231380013800012", []),
        ("投资3.13800138000亿元", []),
    ],
)
def test_personal_data(text: str, found: list[str]) -> None:
    report = _report(sections=Sections(problems=f"问题在于解读形式单一，正在改进之中。{text}"))
    findings = list(structure.check(Case(report, {})))
    assert [f.rule for f in findings] == found
    assert all("138001380" not in f.message for f in findings)


def test_rows_shifted_to_the_left() -> None:
    rows = {row: [0] * 7 for row in request_rows("2021")}
    for row in ("requests.received", "requests.outcome.granted", "requests.outcome.total"):
        rows[row] = [3, 1, 0, 0, 0, 0, 4]
    straight = {
        f"{r}.{c}": v for r, vs in rows.items() for c, v in zip(APPLICANTS, vs, strict=True)
    }
    assert not list(shift.check(Case(_report(), straight), assess(straight, frozenset(), "2021")))
    rows["requests.received"] = [3, 1, 0, 0, 0, 4, 0]
    shifted = {f"{r}.{c}": v for r, vs in rows.items() for c, v in zip(APPLICANTS, vs, strict=True)}
    [found] = shift.check(Case(_report(), shifted), assess(shifted, frozenset(), "2021"))
    assert found.rule == "T3.SHIFT"
    assert found.cells[0] == "requests.received.natural_person"
    rows["requests.received"] = [3, 1, 0, 0, 0, 0, 5]
    wrong = {f"{r}.{c}": v for r, vs in rows.items() for c, v in zip(APPLICANTS, vs, strict=True)}
    assert not list(shift.check(Case(_report(), wrong), assess(wrong, frozenset(), "2021")))

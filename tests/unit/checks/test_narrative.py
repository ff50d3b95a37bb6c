"""Sentences as real reports print them, against tables that agree or do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testbed.reports import TestReport, reports

from gongkai.checks import narrative
from gongkai.checks.case import Case
from gongkai.model import Report, Sections

_PATHS = {
    "N": "requests.received.total",
    "C": "requests.carried_in.total",
    "T": "requests.outcome.total.total",
    "F": "requests.carried_out.total",
    "R": "disputes.reconsideration.total",
    "L1": "disputes.litigation_direct.total",
    "L2": "disputes.litigation_after_reconsideration.total",
    "issued": "proactive.normative_documents.issued",
    "repealed": "proactive.normative_documents.repealed",
    "in_force": "proactive.normative_documents.in_force",
}


def rules(text: str, numbers: dict[str, int]) -> list[str]:
    values = dict.fromkeys(_PATHS.values(), 0)
    values |= {_PATHS[name]: value for name, value in numbers.items()}
    report = Report(year=2023, sections=Sections(overview=text))
    return [finding.rule for finding in narrative.check(Case(report, values))]


AGREES: tuple[tuple[str, dict[str, int]], ...] = (
    ("2023年共收到政府信息公开申请5件。", {"N": 5, "T": 5}),
    ("2023年共收到政府信息公开申请7件。", {"N": 5, "C": 2, "T": 7}),
    ("共收到政府信息公开1件,与2022年相比减少1项,已按照要求办理。", {"N": 1, "T": 1}),
    ("全年收到公民、法人和其他组织政府信息公开申请12件。", {"N": 12, "T": 12}),
    ("收到12件政府信息公开申请。", {"N": 12, "T": 12}),
    ("本年度未收到政府信息公开申请。", {}),
    ("2023年,我局未接收到依申请公开事项。", {}),
    (
        "收到申请23件（含上年结转2件），办结22件，结转下年度1件。",
        {"N": 21, "C": 2, "T": 22, "F": 1},
    ),
    ("新收政府信息公开申请数量12件，上年结转1件，共办理13件。", {"N": 12, "C": 1, "T": 13}),
    ("共收到政府信息公开申请30件，其中区政府本级20件。", {"N": 20, "T": 20}),
    ("未收到公民、法人和其他组织的政府信息公开申请。", {}),
    ("自2008年以来累计收到政府信息公开申请300件。", {"N": 5, "T": 5}),
    ("收到政府信息公开申请10件。其中网络申请6件，信函4件，书面答复8件。", {"N": 10, "T": 10}),
    ("共收到政府信息公开申请10件，网上申请6件，信函4件，其他组织2件。", {"N": 10, "T": 10}),
    (
        "收到因公开申请引发的行政复议2件（已结），未收到因公开申请引发的行政诉讼。",
        {"N": 5, "T": 5, "R": 2},
    ),
    (
        "收到公开申请9件，2022年结转2件，共办结10件，结转2024年1件。",
        {"N": 9, "C": 2, "T": 10, "F": 1},
    ),
    (
        "制发规范性文件2件，废止规范性文件10件，现行有效14件。",
        {"issued": 2, "repealed": 10, "in_force": 14},
    ),
    # Another year, a part, a wider circle: they say nothing about these tables.
    ("2022年共收到政府信息公开申请9件。", {"N": 5, "T": 5}),
    ("较上年收到申请9件有所减少。", {"N": 5, "T": 5}),
    ("全区各部门共收到政府信息公开申请120件。", {"N": 5, "T": 5}),
    ("共收到政府信息公开申请5件,其中网上收到申请3件,信函收到申请2件。", {"N": 5, "T": 5}),
    ("通过网络收到政府信息公开申请3件。", {"N": 5, "T": 5}),
    ("未收到关于本机关的信息公开投诉举报。", {"N": 5, "T": 5}),
    ("未收到法律服务机构的政府信息公开申请。", {"N": 5, "T": 5}),
    ("收到企业办证申请300件。", {"N": 5, "T": 5}),
    ("受理行政许可申请1200件,全部办结。", {"N": 5, "T": 4, "F": 1}),
    ("办理人大代表建议16件、政协提案15件,均已办结。", {"N": 2, "T": 1, "F": 1}),
    ("全年办结依申请公开件4件,结转下年1件。", {"N": 5, "T": 4, "F": 1}),
    ("上年结转申请2件均已办结。", {"N": 5, "C": 2, "T": 6, "F": 1}),
    ("收到政府信息公开申请5件,均已按期办结。", {"N": 5, "T": 4, "F": 1}),
    ("2022年结转3件。", {"C": 3, "T": 3}),
    ("全年无因政府信息公开申请引发的行政复议、行政诉讼等事项。", {}),
    ("因政府信息公开被申请行政复议3件,被提起行政诉讼2件。", {"R": 3, "L1": 1, "L2": 1}),
    ("政府信息公开行政复议、行政诉讼5件。", {"R": 3, "L1": 2}),
    ("未发生因政府信息公开行政复议被纠错、行政诉讼败诉的情况。", {"R": 3, "L1": 2}),
    ("全年办理行政复议案件120件。", {"R": 1}),
    ("上年度未发生政府信息公开行政复议。", {"R": 1}),
    ("无。\n(五)行政复议、行政诉讼情况见表四。", {"R": 1}),
    ("制定行政规范性文件2件。", {"issued": 2, "in_force": 9}),
    ("废止规范性文件4件,公布继续有效规范性文件7件。", {"issued": 2, "in_force": 9}),
    ("主动公开规范性文件40件。", {"issued": 2, "in_force": 9}),
    ("截至2023年底，共有行政规范性文件30件。", {"issued": 2, "in_force": 29}),
    ("解读规范性文件3件。", {"issued": 2, "in_force": 9}),
    ("本机关未制定行政规范性文件。", {"in_force": 1}),
)

CONTRADICTS: tuple[tuple[str, dict[str, int], str], ...] = (
    ("累计依法受理依申请公开事项11件,答复率达100%。", {}, "N.RECV"),
    ("2023年共收到政府信息公开申请9件。", {"N": 5, "C": 2, "T": 7}, "N.RECV"),
    ("本年度未收到政府信息公开申请。", {"N": 5, "T": 5}, "N.RECV"),
    ("未收到公民、法人或其他组织以任何形式提出的信息公开申请。", {"N": 5, "T": 5}, "N.RECV"),
    ("共收到政府信息公开申请９件。", {"N": 5, "T": 5}, "N.RECV"),
    ("共收到政府信息\n公开申请 9\n件。", {"N": 5, "T": 5}, "N.RECV"),
    ("上年结转政府信息公开申请3件。", {"C": 2, "T": 2}, "N.CARRY"),
    ("共办结政府信息公开申请3件。", {"N": 5, "T": 4, "F": 1}, "N.DONE"),
    ("收到政府信息公开申请5件,均已办结。", {"N": 5, "T": 4, "F": 1}, "N.ALLDONE"),
    ("共收到公开申请9件。其中线上申请3件,信函2件,当面1件。", {"N": 9, "T": 9}, "N.CHANNEL"),
    ("因政府信息公开被申请行政复议4件。", {"R": 3}, "N.REVIEW"),
    ("政府信息公开行政诉讼4件。", {"L1": 1, "L2": 1}, "N.LITIG"),
    ("未发生因政府信息公开引起的行政复议和行政诉讼。", {"R": 3}, "L.REVIEW0"),
    ("未发生因政府信息公开引起的行政复议和行政诉讼。", {"L2": 1}, "L.REVIEW0"),
    ("累计发布文件57件。其中,规范性文件2件,公开会议23次。", {"issued": 1, "in_force": 3}, "N.DOCS"),
    ("本机关未制定行政规范性文件。", {"issued": 1, "in_force": 1}, "N.DOCS"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "numbers"), AGREES)
def test_says_nothing_where_text_and_tables_agree(text: str, numbers: dict[str, int]) -> None:
    assert rules(text, numbers) == []


@pytest.mark.parametrize(("text", "numbers", "rule"), CONTRADICTS)
def test_finds_a_contradiction(text: str, numbers: dict[str, int], rule: str) -> None:
    assert rules(text, numbers) == [rule]


def test_a_denial_of_reviews_alone_leaves_lawsuits_open() -> None:
    assert rules("未发生政府信息公开行政复议。", {"L1": 3}) == []
    assert rules("未发生政府信息公开行政复议。", {"R": 1, "L1": 3}) == ["L.REVIEW0"]


def test_two_different_numbers_are_not_judged() -> None:
    text = "收到政府信息公开申请8件。受理政府信息公开申请6件。"
    assert rules(text, {"N": 5, "T": 5}) == []


def _with_outcomes(text: str, **numbers: int) -> list[str]:
    values = {}
    for row in ("granted", "partially_granted"):
        for column in ("natural_person", "company", "research_institution", "public_welfare_org",
                       "legal_service_org", "other_org", "total"):  # fmt: skip
            values[f"requests.outcome.{row}.{column}"] = 0
        values[f"requests.outcome.{row}.natural_person"] = numbers[row]
        values[f"requests.outcome.{row}.total"] = numbers[row]
    report = Report(year=2023, sections=Sections(overview=text))
    return [f.rule for f in narrative.check(Case(report, values))]


def test_a_breakdown_of_outcomes() -> None:
    text = "其中予以公开3件，部分公开2件。"
    assert _with_outcomes(text, granted=3, partially_granted=2) == []
    assert _with_outcomes(text, granted=3, partially_granted=1) == ["N.OUTCOME"]
    assert _with_outcomes("予以公开3件。", granted=9, partially_granted=1) == []
    assert _with_outcomes(
        "自然人申请予以公开3件，企业申请部分公开2件。", granted=9, partially_granted=9
    ) == []  # fmt: skip


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("某局2023年政府信息公开工作年度报告", "2023年，我局……。", []),
        ("某局2022年政府信息公开工作年度报告", "2023年，我局……。", ["N.YEAR"]),
        (None, "本报告统计期限自2022年1月1日至2022年12月31日。", ["N.YEAR"]),
        (None, "2022年甲。2022年乙。2022年丙。", ["N.YEAR"]),
        (None, "与2022年相比有所进步。", []),
    ],
)
def test_years(title: str | None, text: str, found: list[str]) -> None:
    report = Report(title=title, year=2023, sections=Sections(overview=text))
    assert [f.rule for f in narrative.check(Case(report, {}))] == found


@settings(max_examples=150)
@given(reports())
def test_made_reports_that_agree_have_no_finding(made: TestReport) -> None:
    report = Report(
        title=made.title,
        year=made.year,
        sections=Sections(**{key: "\n".join(lines) for key, lines in made.sections.items()}),
    )
    values = {path: value for path, value in made.cells.items() if value is not None}
    assert [f.message for f in narrative.check(Case(report, values))] == []


@given(
    st.text(
        alphabet="收到申请公开件未发生复议诉讼规范性文件，。；、0123年上结转（）\n ", max_size=80
    )
)
def test_any_text_is_survived(text: str) -> None:
    assert isinstance(rules(text, {"N": 3, "R": 1, "F": 1, "issued": 1}), list)

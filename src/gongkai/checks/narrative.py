"""The narrative against the tables. Rather a contradiction missed than one made up.

A statement agrees if any reading of it fits (收到 may mean 新收, or 新收 with 上年结转); only plain
statements that fit no reading are reported, and none where the narrative states several numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.checks import disputes, outcomes, requests
from gongkai.checks.counted import Told, compare, unless
from gongkai.checks.statements import UNIT, YEAR, of_year, quote
from gongkai.layouts.dates import find_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.checks.case import Case
    from gongkai.checks.statements import Sentence
    from gongkai.model import Finding

_DOCUMENTS_PATH = "proactive.normative_documents"
_DOCUMENTS = re.compile(
    rf"规范性文件(?:共|计|数量)?(?:为)?(?P<n>\d+){UNIT}"
    rf"|(?P<n2>\d+){UNIT}(?:行政)?规范性文件"
)
_NO_DOCUMENTS = re.compile(
    r"(?:未|没有|无)(?:制定|制发|出台|印发|发布|新制定|新增|产生)?(?:新的)?(?:行政)?规范性文件"
    r"(?!的?(?:废止|失效|解读|备案|清理))"
)
_OTHER_DOCUMENTS = re.compile(
    r"废止|清理|修订|修改|有效|审查|审核|备案|解读|失效|历年|历史|上级|转发|目录|评估|宣布|继续|公开$"
    r"|主动公开|上传|网站|专栏|截至|现有|共有|上年|去年|上一年|往年|同期|较"
)
_LOOK_BACK = 16
_FIRST_DAY = "年1月1日"
_PERIOD = re.compile(
    rf"(?:统计期限|数据|时限|期限)[^，。；;]{{0,12}}?(?:自|从|为|是)?(20\d\d){_FIRST_DAY}"
)
_ENOUGH_YEARS = 3


def check(case: Case) -> Iterator[Finding]:
    """Run all checks of the narrative."""
    yield from _years(case)
    if case.sentences:
        yield from requests.check(case)
        yield from outcomes.check(case)
        yield from disputes.check(case)
        yield from _documents(case)


def _about_documents(sentence: Sentence) -> bool:
    return sentence.section in {"overview", "proactive"}


_TOLD_DOCUMENTS = Told(
    "N.DOCS",
    "规范性文件",
    _DOCUMENTS,
    "规范性文件",
    "normative documents",
    _about_documents,
    unless(_OTHER_DOCUMENTS, _LOOK_BACK),
)


def _documents(case: Case) -> Iterator[Finding]:
    issued, repealed, in_force = (
        case.known(f"{_DOCUMENTS_PATH}.{name}") for name in ("issued", "repealed", "in_force")
    )
    also = {repealed, in_force, (issued or 0) + (repealed or 0)}
    yield from compare(case, _TOLD_DOCUMENTS, [f"{_DOCUMENTS_PATH}.issued"], also)
    if not issued:
        return
    for sentence in case.sentences:
        text = sentence.text
        denied = _NO_DOCUMENTS.search(text) if _about_documents(sentence) else None
        if denied and of_year(text, denied.start(), case.report.year):
            yield case.find(
                "N.DOCS",
                f"正文称“{quote(text, denied.start(), denied.end())}”，表二制发 {issued} 件",
                f"the narrative denies normative documents, table two counts {issued} issued",
                [f"{_DOCUMENTS_PATH}.issued"],
                actual=0,
                expected=issued,
            )
            return


def _years(case: Case) -> Iterator[Finding]:
    report = case.report
    if report.year is None:
        return
    titled = find_year(report.title) if report.title else None
    if titled is not None and titled != report.year:
        yield _other_year(case, titled, "标题", "the title")
    sections = report.sections
    told = f"{sections.overview or ''}\n{sections.problems or ''}"
    period = _PERIOD.search(told) if _FIRST_DAY in told else None
    if period and int(period[1]) != report.year:
        yield _other_year(case, int(period[1]), "统计期限", "the period")
        return
    if f"{report.year}年" in told:
        return
    years = YEAR.findall(told)
    for year in set(years):
        if years.count(year) >= _ENOUGH_YEARS and int(year) == report.year - 1:
            yield case.find(
                "N.YEAR",
                f"正文从未提到 {report.year} 年，{years.count(year)} 次提到 {year} 年",
                f"the narrative never names {report.year}, but {year} {years.count(year)} times",
                severity="info",
                actual=int(year),
                expected=report.year,
            )


def _other_year(case: Case, year: int, zh: str, en: str) -> Finding:
    return case.find(
        "N.YEAR",
        f"{zh}为 {year} 年，报告年度为 {case.report.year} 年",
        f"{en} is of {year}, the report of {case.report.year}",
        actual=year,
        expected=case.report.year,
    )

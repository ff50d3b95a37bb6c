"""A report against the same agency's report of the year before."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from gongkai.checks import stock
from gongkai.checks.case import Case
from gongkai.form import APPLICANTS, CELLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gongkai.model import Finding, Report

    Values = Mapping[str, int | Decimal]

_N = "requests.received.total"
_R = "disputes.reconsideration"
_L2 = "disputes.litigation_after_reconsideration.total"


class _Jump(NamedTuple):
    """A number that is compared between years, and the least change that counts."""

    path: str
    least: int


_JUMPS = (
    _Jump(_N, 20),
    _Jump("requests.carried_out.total", 20),
    _Jump("proactive.normative_documents.in_force", 20),
    _Jump("proactive.licensing.decisions", 500),
    _Jump("proactive.penalties.decisions", 500),
    _Jump("proactive.compulsory_measures.decisions", 100),
    _Jump("proactive.fees.amount", 100),
)
_RATIO = 5
_CHANGE = re.compile(
    r"(?:收到|受理)[^。]{0,40}?(?:与|较|比)(?:上年|去年|上一年|(20\d\d)年)度?(?:同期)?(?:相比)?[，,]?"
    r"(增加|增长|减少|下降|上升)了?(\d+)(?:件|项|条|份)(?!次)"
)


def compare(report: Report, values: Values, previous: Report, before: Values) -> list[Finding]:
    """Return what two consecutive reports of one agency say against each other.

    Args:
        report: the report under check.
        values: its numbers by path, without the nulls.
        previous: the report of the year before; one of another year gives no findings.
        before: its numbers.
    """
    if report.year is None or previous.year != report.year - 1:
        return []
    case = Case(report, values, proved=report.quality.verdict == "proved")
    return [
        *stock.compare(case, before),
        *_carried(case, before),
        *_jumps(case, before),
        *_copied(case, before),
        *_after_reconsideration(case, before),
        *_stated_change(case, before),
    ]


def _carried(case: Case, before: Values) -> Iterator[Finding]:
    for column in APPLICANTS:
        path = f"requests.carried_in.{column}"
        now, then = case.values.get(path), before.get(f"requests.carried_out.{column}")
        if now is not None and then is not None and now != then:
            yield case.find(
                "X.CARRY",
                f"“{CELLS[path].label}”为 {now}，上年报告的结转下年为 {then}",
                f"{path}: {now}, but {then} were carried out in last year's report",
                [path],
                actual=now,
                expected=then,
            )


def _jumps(case: Case, before: Values) -> Iterator[Finding]:
    for path, least in _JUMPS:
        now, then = case.values.get(path), before.get(path)
        if now is None or then is None or abs(Decimal(now - then)) < least:
            continue
        if now > _RATIO * then or then > _RATIO * now:
            yield case.find(
                "X.JUMP",
                f"“{CELLS[path].label}”为 {now}，上年为 {then}",
                f"{path}: {now}, {then} last year",
                [path],
                actual=now,
                expected=then,
            )


def _copied(case: Case, before: Values) -> Iterator[Finding]:
    if case.values and any(case.values.values()) and dict(case.values) == dict(before):
        yield case.find(
            "X.COPY",
            f"全部 {len(case.values)} 个数字与上年报告相同",
            f"all {len(case.values)} numbers equal those of last year's report",
        )


def _after_reconsideration(case: Case, before: Values) -> Iterator[Finding]:
    suits = case.values.get(_L2)
    total, pending = case.values.get(f"{_R}.total"), case.values.get(f"{_R}.pending")
    last = before.get(f"{_R}.total")
    if suits is None or total is None or pending is None or last is None:
        return
    concluded = total - pending + last
    if suits > concluded:
        yield case.find(
            "L.POSTREV",
            f"复议后起诉 {suits} 件，多于本年审结与上年全部复议之和 {concluded} 件",
            f"{suits} lawsuits after reconsideration, but {concluded} reconsiderations concluded "
            "this year or filed last year",
            [_L2, f"{_R}.total", f"{_R}.pending"],
            actual=suits,
            expected=concluded,
        )


def _stated_change(case: Case, before: Values) -> Iterator[Finding]:
    now, then = case.values.get(_N), before.get(_N)
    if now is None or then is None:
        return
    for sentence in case.sentences:
        match = (
            _CHANGE.search(sentence.text)
            if "申请" in sentence.text or "公开" in sentence.text
            else None
        )
        if match is None or (match[1] and int(match[1]) != (case.report.year or 0) - 1):
            continue
        stated = int(match[3]) * (1 if match[2] in {"增加", "增长", "上升"} else -1)
        if stated != now - then:
            yield case.find(
                "N.DIFF",
                f"正文称较上年{match[2]} {match[3]} 件，两年报告之差为 {now - then:+}",
                f"the narrative states a change of {stated:+}, the two reports differ by "
                f"{now - then:+}",
                [_N],
                actual=stated,
                expected=now - then,
            )
        return

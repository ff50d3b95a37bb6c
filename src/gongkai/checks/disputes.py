"""What the narrative says about reconsiderations and lawsuits, against table four."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.checks.counted import Told, compare, unless
from gongkai.checks.statements import UNIT, is_wider, of_year, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.checks.case import Case
    from gongkai.checks.statements import Sentence
    from gongkai.model import Finding

_R = "disputes.reconsideration"
_L1, _L2 = "disputes.litigation_direct", "disputes.litigation_after_reconsideration"
_REVIEW = re.compile(
    rf"行政复议(?:案件|申请|案)?(?:数量|总数)?(?:共|为|计)?(?P<n>\d+){UNIT}"
    rf"|(?P<n2>\d+){UNIT}(?:被)?(?:申请|提起)?行政复议"
)
_LAWSUIT = re.compile(
    rf"行政诉讼(?:案件|案)?(?:数量|总数)?(?:共|为|计)?(?P<n>\d+){UNIT}"
    rf"|(?P<n2>\d+){UNIT}(?:被)?(?:提起)?行政诉讼"
)
#: Reviews and lawsuits that the agency handles for others.
_FOR_OTHERS = re.compile(
    r"审理|审结|代理|应诉|裁决|复议局|复议机关|出庭|调解|化解|涉法|办理行政复议|受理行政复议"
)
_PART = re.compile(r"上年|去年|上一年|往年|同期|较|相比|其中|维持|纠正|撤销|驳回|败诉")
_DENIED = re.compile(
    r"(?:未发生|没有发生|未出现|没有|无|未收到|未接到|未产生|未涉及|不存在|未引发|未因|未被)"
    r"(?P<body>(?!正当|效|法|条件|偿|关|故|理)[^，,。；;]{0,40}?(?:复议|诉讼)[^，,。；;]{0,24})"
)
_NOT_A_DENIAL = re.compile(r"败诉|败|纠错|纠正|撤销|超期|逾期|责令|维持|不服|不当|违法|过错|\d")
_LOOK_BACK = 10


def check(case: Case) -> Iterator[Finding]:
    """Compare the counts that the narrative states, and what it denies."""
    if not any("复议" in s.text or "诉讼" in s.text for s in case.sentences):
        return
    if f"{_R}.total" in case.values:
        yield from _counts(case)
    yield from _denied(case)


def _about(sentence: Sentence) -> bool:
    return not _FOR_OTHERS.search(sentence.text) and (
        sentence.section == "disputes" or "公开" in sentence.text
    )


_whole = unless(_PART, _LOOK_BACK)
_TOLD_REVIEWS = Told("N.REVIEW", "复议", _REVIEW, "行政复议", "reconsiderations", _about, _whole)
_TOLD_LAWSUITS = Told("N.LITIG", "诉讼", _LAWSUIT, "行政诉讼", "lawsuits", _about, _whole)


def _counts(case: Case) -> Iterator[Finding]:
    reviews, direct, after = (case.count(f"{block}.total") for block in (_R, _L1, _L2))
    pending = [case.count(f"{block}.pending") for block in (_R, _L1, _L2)]
    both = reviews + direct + after
    also = {reviews - pending[0], both}
    yield from compare(case, _TOLD_REVIEWS, [f"{_R}.total"], also)
    also = {direct, after, both, direct + after - pending[1] - pending[2]}
    yield from compare(case, _TOLD_LAWSUITS, [f"{_L1}.total", f"{_L2}.total"], also)


def _denied(case: Case) -> Iterator[Finding]:
    reviews = case.count(f"{_R}.total")
    suits = case.count(f"{_L1}.total") + case.count(f"{_L2}.total")
    if not reviews and not suits:
        return
    for sentence in case.sentences:
        text = sentence.text
        if "复议" not in text and "诉讼" not in text:
            continue
        if sentence.section != "disputes" and "公开" not in text:
            continue
        for match in _DENIED.finditer(text):
            start, body = match.start(), match["body"]
            lead = text[max(0, start - _LOOK_BACK) : start]
            if _NOT_A_DENIAL.search(body) or _PART.search(lead):
                continue
            if is_wider(text, start) or not of_year(text, start, case.report.year):
                continue
            cells = [f"{_R}.total"] if "复议" in body and reviews else []
            if "诉讼" in body and suits:
                cells += [f"{_L1}.total", f"{_L2}.total"]
            if cells:
                yield case.find(
                    "L.REVIEW0",
                    f"正文称“{quote(text, start, match.end())}”，表四有行政复议 {reviews} 件、"
                    f"行政诉讼 {suits} 件",
                    f"the narrative denies what table four counts: {reviews} reconsiderations, "
                    f"{suits} lawsuits",
                    cells,
                    actual=0,
                    expected=reviews + suits,
                )
                return

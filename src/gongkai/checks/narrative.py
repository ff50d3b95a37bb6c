"""The narrative against the tables. Rather a contradiction missed than one made up.

A statement agrees if any reading of it fits (收到 may mean 新收, or 新收 with 上年结转); only plain
statements that fit no reading are reported, and none where a section states several numbers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.checks.statements import is_wider, of_year, quote, received
from gongkai.layouts.dates import find_year

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from gongkai.checks.case import Case
    from gongkai.checks.statements import Sentence, Statement
    from gongkai.model import Finding

_N, _C = "requests.received.total", "requests.carried_in.total"
_T, _F = "requests.outcome.total.total", "requests.carried_out.total"
_R = "disputes.reconsideration"
_L1, _L2 = "disputes.litigation_direct", "disputes.litigation_after_reconsideration"
_UNIT = r"(?:件|条|份|项|宗|个|起|例|次)"
_REQUEST = re.compile(r"公开申请|依申请|申请公开|公开的申请")
_OTHER_MATTERS = re.compile(
    r"建议|提案|议案|许可|热线|工单|留言|信访|投诉|咨询|政务服务|案件|复议|诉讼|平台|新媒体|举报|回复"
)
_CARRIED = re.compile(
    r"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)(?:结转|遗留)(?:至本年|到本年)?(?:度)?(?:的)?"
    rf"(?:办理)?(?:政府信息公开)?(?:申请)?(?:件)?(?:数量)?(?:共|为)?(?P<n>\d+){_UNIT}"
    rf"|结转上一?年度?(?:的)?(?:政府信息公开)?(?:申请)?(?P<n2>\d+){_UNIT}"
)
_DONE = re.compile(
    rf"(?:办结|办理完毕|办理完成)(?:政府信息公开)?(?:申请)?(?:数量)?(?:共|计|为)?(?P<n>\d+){_UNIT}"
    rf"|(?P<n2>\d+){_UNIT}(?:申请)?[，,]?(?:现已|目前|均|全部|已|都){{1,3}}"
    r"(?:按期|按时|依法|及时|在规定时间内|在规定时限内)?(?:办结|办理完毕|办理完成)"
)
_ALL_DONE = re.compile(r"(?:均已|全部|已全部|全都)(?P<how>[^，,。；;]{0,10}?)(?:办结|办理完毕|办理完成|答复完毕)")
_IN_TIME = re.compile(r"按时|按期|按规定|规定|法定|期限|时限|到期")
_CHANNEL = re.compile(
    r"(?P<net>网络|网上|网站|线上|在线|互联网|电子邮件|平台)|(?P<mail>信函|邮寄|书面|纸质|来信)"
    r"|(?P<person>当面|现场|窗口|线下|上门)|(?P<fax>传真)|(?P<rest>其他)"
)
_CHANNEL_COUNT = re.compile(rf"^[^，,、。；;\d]{{0,10}}?(\d+){_UNIT}")
_CHANNELS_SURE = frozenset({"net", "mail", "person"})
_REVIEW = re.compile(
    rf"行政复议(?:案件|申请|案)?(?:数量|总数)?(?:共|为|计)?(?P<n>\d+){_UNIT}"
    rf"|(?P<n2>\d+){_UNIT}(?:被)?(?:申请|提起)?行政复议"
)
_LAWSUIT = re.compile(
    rf"行政诉讼(?:案件|案)?(?:数量|总数)?(?:共|为|计)?(?P<n>\d+){_UNIT}"
    rf"|(?P<n2>\d+){_UNIT}(?:被)?(?:提起)?行政诉讼"
)
#: Reviews and lawsuits that the agency decides or that are about something else.
_OTHER_DISPUTES = re.compile(r"审理|审结|代理|应诉|裁决|复议局|复议机关|出庭|调解|化解|涉法|维持|纠正|撤销|驳回|败诉")
_LAST_YEAR = re.compile(r"上年|去年|上一年|往年|同期|较|相比|其中|上年度")
_DENIED = re.compile(
    r"(?:未发生|没有发生|未出现|没有|无|未收到|未接到|未产生|未涉及|不存在|未引发|未因|未被)"
    r"(?P<body>(?!正当|效|法|条件|偿|关|故|理)[^，,。；;]{0,40}?(?:复议|诉讼)[^，,。；;]{0,24})"
)
_NOT_A_DENIAL = re.compile(r"败诉|败|纠错|纠正|撤销|超期|逾期|责令|维持|不服|不当|违法|过错|\d")
_DOCUMENTS = re.compile(
    rf"规范性文件(?:共|计|数量)?(?:为)?(?P<n>\d+){_UNIT}"
    rf"|(?P<n2>\d+){_UNIT}(?:行政)?规范性文件"
)
_NO_DOCUMENTS = re.compile(
    r"(?:未|没有|无)(?:制定|制发|出台|印发|发布|新制定|新增|产生)?(?:新的)?(?:行政)?规范性文件(?!的?(?:废止|失效|解读|备案|清理))"
)
_OTHER_DOCUMENTS = re.compile(
    r"废止|清理|修订|修改|有效|审查|审核|备案|解读|失效|历年|历史|上级|转发|目录|评估|宣布|继续|公开$|主动公开|上传|网站|专栏"
)
_PERIOD = re.compile(r"(?:统计期限|数据|时限|期限)[^，。；;]{0,12}?(?:自|从|为|是)?(20\d\d)年1月1日")
_BODY_YEAR = re.compile(r"(20\d\d)年")
_ENOUGH_YEARS = 3
_FIELDS = {"issued", "in_force", "repealed"}


def check(case: Case) -> Iterator[Finding]:
    """Run all checks of the narrative."""
    yield from _years(case)
    found = case.sentences
    if not found:
        return
    stated = list(received(found, case.report.year))
    yield from _received(case, stated)
    yield from _channels(case, stated)
    yield from _carried_in(case)
    yield from _concluded(case)
    yield from _all_done(case)
    yield from _disputes(case)
    yield from _denied_disputes(case)
    yield from _documents(case)


def _received(case: Case, stated: Sequence[Statement]) -> Iterator[Finding]:
    new, old = case.values.get(_N), case.values.get(_C, 0)
    if new is None or not stated:
        return
    fitting = {new, new + old}
    if any(s.number in fitting for s in stated):
        return
    plain = [s for s in stated if not s.wider]
    totals = [s for s in plain if s.total] if len({s.number for s in plain}) > 1 else plain
    if len({s.number for s in totals}) == 1:
        said = totals[0]
        yield case.find(
            "N.RECV",
            f"正文称收到申请 {said.number} 件（“{said.quote}”），表三新收为 {new} 件、上年结转为 {old} 件",
            f"the narrative states {said.number} requests, table three {new} received and {old} "
            "carried in",
            [_N, _C],
            actual=said.number,
            expected=new,
        )


def _channels(case: Case, stated: Sequence[Statement]) -> Iterator[Finding]:
    """Add up the channels named in the sentence that states what was received, or the next."""
    new, old = case.values.get(_N), case.values.get(_C, 0)
    plain = [s for s in stated if not s.wider and s.number]
    if not plain or new is None:
        return
    main = plain[0]
    for sentence in case.sentences[main.at : main.at + 2]:
        counts: dict[str, int] = {}
        for match in _CHANNEL.finditer(sentence.text):
            count = _CHANNEL_COUNT.match(sentence.text[match.end() : match.end() + 24])
            kind = match.lastgroup or ""
            if count is None:
                continue
            if kind in counts:  # parts of a channel follow, or it is told again
                return
            counts[kind] = int(count[1])
        if len(counts) < 2:  # noqa: PLR2004 - one channel is no breakdown
            continue
        total = sum(counts.values())
        complete = counts.keys() >= _CHANNELS_SURE
        if total not in {main.number, new, new + old} and (complete or total > main.number):
            yield case.find(
                "N.CHANNEL",
                f"正文各渠道申请合计 {total} 件，收到 {main.number} 件",
                f"the channels add up to {total} requests, {main.number} are said to be received",
                [_N],
                actual=total,
                expected=main.number,
            )
        return


def _carried_in(case: Case) -> Iterator[Finding]:
    year = case.report.year

    def last_year(sentence: Sentence, match: re.Match[str]) -> bool:
        named = match["year"]
        return named is None or (year is not None and int(named) == year - 1)

    yield from _counted(
        case, "N.CARRY", _CARRIED, _requests, last_year, [_C], "上年结转", "carried in"
    )


def _concluded(case: Case) -> Iterator[Finding]:
    def fits(sentence: Sentence, match: re.Match[str]) -> bool:
        text = sentence.text
        return not _OTHER_MATTERS.search(text) and of_year(text, match.start(), case.report.year)

    total = case.values.get(_T)
    if total is None:
        return
    others = {case.values.get(_N), case.values.get(_C)}
    others.add(case.values.get(_N, 0) + case.values.get(_C, 0))
    yield from _counted(
        case, "N.DONE", _DONE, _requests, fits, [_T], "办结", "concluded", also=others
    )


def _requests(sentence: Sentence) -> bool:
    return sentence.section == "requests" or bool(_REQUEST.search(sentence.text))


def _counted(  # noqa: PLR0913 - the parts that a rule is made of
    case: Case,
    rule: str,
    pattern: re.Pattern[str],
    about: Callable[[Sentence], bool],
    fits: Callable[[Sentence, re.Match[str]], bool],
    cells: list[str],
    zh: str,
    en: str,
    also: set[int | object] = frozenset(),  # type: ignore[assignment]
) -> Iterator[Finding]:
    """Compare the one number that the narrative states with the sum of ``cells``."""
    parts = [case.values.get(path) for path in cells]
    if None in parts:
        return
    printed = sum(part or 0 for part in parts)
    numbers: dict[int, str] = {}
    for sentence in case.sentences:
        if not about(sentence):
            continue
        for match in pattern.finditer(sentence.text):
            number = int(match["n"] or match["n2"])
            if number == printed or number in also:
                return
            if fits(sentence, match) and not is_wider(sentence.text, match.start()):
                numbers[number] = quote(sentence.text, match.start(), match.end())
    if len(numbers) == 1:
        number, words = numbers.popitem()
        yield case.find(
            rule,
            f"正文称{zh} {number} 件（“{words}”），表中为 {printed} 件",
            f"the narrative states {number} {en}, the table {printed}",
            cells,
            actual=number,
            expected=printed,
        )


def _all_done(case: Case) -> Iterator[Finding]:
    left = case.values.get(_F)
    if not left:
        return
    for sentence in case.sentences:
        text = sentence.text
        if not _REQUEST.search(text) or _OTHER_MATTERS.search(text):
            continue
        for match in _ALL_DONE.finditer(text):
            start = match.start()
            counts = re.findall(rf"(\d+){_UNIT}", text[:start])
            # 上年结转 2 件均已办结 speaks of those two alone.
            whole = {str(case.values.get(_N)), str(case.values.get(_N, 0) + case.values.get(_C, 0))}
            if (
                _IN_TIME.search(match["how"])
                or not counts
                or counts[-1] not in whole
                or is_wider(text, start)
                or not of_year(text, start, case.report.year)
            ):
                continue
            yield case.find(
                "N.ALLDONE",
                f"正文称均已办结（“{quote(text, start, match.end())}”），表三结转下年 {left} 件",
                f"the narrative says that all were concluded, table three carries {left} out",
                [_F],
                actual=0,
                expected=left,
            )
            return


def _about_disputes(sentence: Sentence) -> bool:
    return not _OTHER_DISPUTES.search(sentence.text) and (
        sentence.section == "disputes" or "公开" in sentence.text
    )


def _disputes(case: Case) -> Iterator[Finding]:
    values = case.values
    reviews, direct, after = (values.get(f"{block}.total") for block in (_R, _L1, _L2))
    if reviews is None or direct is None or after is None:
        return

    def fits(sentence: Sentence, match: re.Match[str]) -> bool:
        text, start = sentence.text, match.start()
        lead = text[max(0, start - 10) : start]
        return of_year(text, start, case.report.year) and not _LAST_YEAR.search(lead)

    both = reviews + direct + after
    pending = {reviews - values.get(f"{_R}.pending", 0), both}
    yield from _counted(
        case, "N.REVIEW", _REVIEW, _about_disputes, fits, [f"{_R}.total"],
        "行政复议", "reconsiderations", also=pending,
    )  # fmt: skip
    parts: set[int | object] = {direct, after, both}
    parts.add(direct + after - values.get(f"{_L1}.pending", 0) - values.get(f"{_L2}.pending", 0))
    yield from _counted(
        case, "N.LITIG", _LAWSUIT, _about_disputes, fits, [f"{_L1}.total", f"{_L2}.total"],
        "行政诉讼", "lawsuits", also=parts,
    )  # fmt: skip


def _denied_disputes(case: Case) -> Iterator[Finding]:
    reviews = case.values.get(f"{_R}.total", 0)
    suits = case.values.get(f"{_L1}.total", 0) + case.values.get(f"{_L2}.total", 0)
    if not reviews and not suits:
        return
    for sentence in case.sentences:
        text = sentence.text
        if not (sentence.section == "disputes" or "公开" in text):
            continue
        for match in _DENIED.finditer(text):
            start, body = match.start(), match["body"]
            lead = text[max(0, start - 10) : start]
            if _NOT_A_DENIAL.search(body) or _LAST_YEAR.search(lead):
                continue
            if is_wider(text, start) or not of_year(text, start, case.report.year):
                continue
            cells = [f"{_R}.total"] if "复议" in body and reviews else []
            if "诉讼" in body and suits:
                cells += [f"{_L1}.total", f"{_L2}.total"]
            if cells:
                yield case.find(
                    "L.REVIEW0",
                    f"正文称“{quote(text, start, match.end())}”，表四有行政复议 {reviews} 件、行政诉讼 {suits} 件",
                    f"the narrative denies what table four counts: {reviews} reconsiderations, "
                    f"{suits} lawsuits",
                    cells,
                    actual=0,
                    expected=reviews + suits,
                )
                return


def _documents(case: Case) -> Iterator[Finding]:
    path = "proactive.normative_documents"
    issued = case.values.get(f"{path}.issued")
    if issued is None:
        return
    fitting = {case.values.get(f"{path}.{name}") for name in _FIELDS}
    fitting.add(issued + case.values.get(f"{path}.repealed", 0))
    numbers: dict[int, str] = {}
    for sentence in case.sentences:
        text = sentence.text
        if sentence.section not in {"overview", "proactive"} or "规范性文件" not in text:
            continue
        for match in _DOCUMENTS.finditer(text):
            start, number = match.start(), int(match["n"] or match["n2"])
            if number in fitting:
                return
            lead = text[max(0, start - 16) : start]
            if _OTHER_DOCUMENTS.search(lead) or _LAST_YEAR.search(lead.replace("其中", "")):
                continue
            if not is_wider(text, start) and of_year(text, start, case.report.year):
                numbers[number] = quote(text, start, match.end())
        match = _NO_DOCUMENTS.search(text)
        if match and of_year(text, match.start(), case.report.year):
            if not issued:
                return
            numbers[0] = quote(text, match.start(), match.end())
    if len(numbers) == 1:
        number, words = numbers.popitem()
        yield case.find(
            "N.DOCS",
            f"正文称规范性文件 {number} 件（“{words}”），表二制发 {issued} 件",
            f"the narrative states {number} normative documents, table two {issued} issued",
            [f"{path}.issued"],
            actual=number,
            expected=issued,
        )


def _years(case: Case) -> Iterator[Finding]:
    report = case.report
    if report.year is None:
        return
    titled = find_year(report.title) if report.title else None
    if titled is not None and titled != report.year:
        yield _other_year(case, titled, "标题", "the title")
    sections = report.sections
    told = f"{sections.overview or ''}\n{sections.problems or ''}"
    period = _PERIOD.search(told)
    if period and int(period[1]) != report.year:
        yield _other_year(case, int(period[1]), "统计期限", "the period")
        return
    if f"{report.year}年" in told:
        return
    years = _BODY_YEAR.findall(told)
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

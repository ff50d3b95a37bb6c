"""What the narrative says about requests, against table three."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.checks.counted import Told, compare
from gongkai.checks.statements import UNIT, is_wider, of_year, quote, received

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.checks.case import Case
    from gongkai.checks.statements import Sentence, Statement
    from gongkai.model import Finding

_N, _C = "requests.received.total", "requests.carried_in.total"
_T, _F = "requests.outcome.total.total", "requests.carried_out.total"
_REQUEST = re.compile(r"公开申请|依申请|申请公开|公开的申请")
_OTHER_MATTERS = re.compile(
    r"建议|提案|议案|许可|热线|工单|留言|信访|投诉|咨询|政务服务|案件|复议|诉讼|平台|新媒体|举报|回复"
)
_CARRIED = re.compile(
    r"(?:上年度?|上一年度?|去年|(?P<year>20\d\d)年度?)(?:结转|遗留)(?:至本年|到本年)?(?:度)?(?:的)?"
    rf"(?:办理)?(?:政府信息公开)?(?:申请)?(?:件)?(?:数量)?(?:共|为)?(?P<n>\d+){UNIT}"
    rf"|结转上一?年度?(?:的)?(?:政府信息公开)?(?:申请)?(?P<n2>\d+){UNIT}"
)
_DONE = re.compile(
    rf"(?:办结|办理完毕|办理完成)(?:政府信息公开)?(?:申请)?(?:数量)?(?:共|计|为)?(?P<n>\d+){UNIT}"
    rf"|(?P<n2>\d+){UNIT}(?:申请)?[，,]?(?:现已|目前|均|全部|已|都){{1,3}}"
    r"(?:按期|按时|依法|及时|在规定时间内|在规定时限内)?(?:办结|办理完毕|办理完成)"
)
_ALL_DONE = re.compile(
    r"(?:均已|全部|已全部|全都)(?P<how>[^，,。；;]{0,10}?)(?:办结|办理完毕|办理完成|答复完毕)"
)
_IN_TIME = re.compile(r"按时|按期|按规定|规定|法定|期限|时限|到期")
_CHANNEL_OF = {
    word: channel
    for channel, words in {
        "net": "网络|网上|网站|线上|在线|互联网|电子邮件|平台",
        "mail": "信函|邮寄|书面|纸质|来信",
        "person": "当面|现场|窗口|线下|上门",
        "fax": "传真",
        "rest": "其他",
    }.items()
    for word in words.split("|")
}
# Words alone are found by their first characters; 其他, the last of them, says nothing by itself.
_CHANNEL = re.compile("|".join(_CHANNEL_OF) + "(?=方式|渠道|途径|形式)")
#: What may stand between a channel and its count: 网络平台提交申请 3 件, but not 书面答复 8 件.
_CHANNEL_COUNT = re.compile(
    r"(?:平台|信函|邮件|当面|现场)?(?:方式|渠道|途径|形式)?(?:提交|提出|收到|受理|接收)?的?"
    rf"(?:政府信息公开|依申请公开|信息公开)?(?:申请)?(?:的|为|有|共)?(\d+){UNIT}"
)
_CHANNELS_SURE = frozenset({"net", "mail", "person"})


def check(case: Case) -> Iterator[Finding]:
    """Compare what was received, carried in and concluded."""
    stated = list(received(case.sentences, case.report.year))
    yield from _received(case, stated)
    yield from _channels(case, stated)
    yield from compare(case, _TOLD_CARRIED, [_C])
    also = {case.known(_N), case.known(_C), case.count(_N) + case.count(_C)}
    yield from compare(case, _TOLD_DONE, [_T], also)
    yield from _all_done(case)


def _requests(sentence: Sentence) -> bool:
    return sentence.section == "requests" or bool(_REQUEST.search(sentence.text))


def _of_last_year(_: Sentence, match: re.Match[str], year: int | None) -> bool:
    named = match["year"]
    return named is None or (year is not None and int(named) == year - 1)


def _of_requests(sentence: Sentence, match: re.Match[str], year: int | None) -> bool:
    text = sentence.text
    return not _OTHER_MATTERS.search(text) and of_year(text, match.start(), year)


_TOLD_CARRIED = Told(
    "N.CARRY", "结转", _CARRIED, "上年结转", "carried in", _requests, _of_last_year
)
_TOLD_DONE = Told("N.DONE", "办", _DONE, "办结", "concluded", _requests, _of_requests)


def _received(case: Case, stated: Sequence[Statement]) -> Iterator[Finding]:
    new, old = case.known(_N), case.count(_C)
    if new is None or not stated:
        return
    fitting = {new, new + old}
    if any(s.number in fitting or s.counts & fitting for s in stated):
        return
    plain = [s for s in stated if not s.wider]
    totals = [s for s in plain if s.total] if len({s.number for s in plain}) > 1 else plain
    if len({s.number for s in totals}) == 1:
        said = totals[0]
        yield case.find(
            "N.RECV",
            f"正文称收到申请 {said.number} 件（“{said.quote}”），表三新收 {new} 件、"
            f"上年结转 {old} 件",
            f"the narrative states {said.number} requests, table three {new} received and {old} "
            "carried in",
            [_N, _C],
            actual=said.number,
            expected=new,
        )


def _channels(case: Case, stated: Sequence[Statement]) -> Iterator[Finding]:
    """Add up the channels named in the sentence that states what was received, or the next."""
    new, old = case.known(_N), case.count(_C)
    plain = [s for s in stated if not s.wider and s.number]
    if not plain or new is None:
        return
    main = plain[0]
    for sentence in case.sentences[main.at : main.at + 2]:
        counts: dict[str, int] = {}
        for match in _CHANNEL.finditer(sentence.text):
            count = _CHANNEL_COUNT.match(sentence.text, match.end())
            kind = _CHANNEL_OF[match[0]]
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


def _all_done(case: Case) -> Iterator[Finding]:
    left = case.count(_F)
    if not left:
        return
    for sentence in case.sentences:
        text = sentence.text
        if not _REQUEST.search(text) or _OTHER_MATTERS.search(text):
            continue
        for match in _ALL_DONE.finditer(text):
            start = match.start()
            counts = re.findall(rf"(\d+){UNIT}", text[:start])
            # 上年结转 2 件均已办结 speaks of those two alone.
            whole = {case.known(_N), case.count(_N) + case.count(_C)}
            if (
                _IN_TIME.search(match["how"])
                or not counts
                or int(counts[-1]) not in whole
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

"""What the narrative says about the numbers: sentences, and the counts stated in them.

Only plain statements about the agency and year reported on are taken. Whatever speaks of another
year, of a part (其中, one channel, one kind of applicant) or of several agencies (全区) is left
alone, or is marked so that it can agree with the tables but not contradict them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.model import Sections

_ENDS = "；;！？\n"
#: A line break inside a sentence: none after its end or after 无, none before an enumerator.
_WRAPPED = re.compile(
    r"\n(?<![。；;！!？?：:无]\n)(?![（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])"
)
_FULL_WIDTH = "０１２３４５６７８９"
YEAR = re.compile(r"(20\d\d)年")
#: Words without which a sentence says nothing about the tables; sentences are many, so that few
#: may be kept.
_TOPIC = re.compile(
    "申请|收到|受理|复议|诉讼|规范性文件|事业性收费|予公开|无法提供|不予处理|部分公开|予以公开"
)
_SAYS_HOW_MANY = re.compile(r"[\d未没无均全]")
#: More digits than any count has: a damaged text, and nothing that can be compared.
_NO_COUNT = re.compile(r"\d{19}")
_SECTIONS = ("overview", "proactive", "requests", "disputes", "other")

#: The measure words that follow a count.
UNIT = r"(?:件|条|份|项|宗|个|起|例|次)"
_COUNT = re.compile(rf"([1-9]\d*){UNIT}")
_RECEIVE = r"(?:收到|受理|接收|接到|新收|收悉)"
_RECEIVES = re.compile("[收受接新][到理收悉]")
_RECEIVED = re.compile(
    rf"{_RECEIVE}(?P<gap>[^，,。；;：\d件]{{0,24}}?(?:公开|申请)[^，,。；;：\d件]{{0,14}}?)"
    rf"(?P<n>\d+){UNIT}"
    rf"|{_RECEIVE}(?:共计|共)?(?P<n2>\d+){UNIT}"
    r"(?P<gap2>[^，,。；;\d]{0,16}?(?:公开申请|依申请|申请公开|信息公开))"
)
_NOT_RECEIVED = re.compile(
    r"(?:未|没有|尚未)(?:曾)?(?:接收到|收到过?|接到过?|受理过?|接收)"
    r"(?P<gap>[^，,。；;：\d]{0,30}?(?:公开申请|依申请公开|申请公开)[^，,。；;]{0,16})"
)
#: Words that make a statement one about a part, another matter or another year.
_PART = re.compile(
    r"其中|上年|去年|上一年|往年|同期|较|占比|网|信函|当面|邮|线上|线下|书面|现场|平台|传真|转办|代收|涉及|关于|撤回"
    r"|重复|不予|咨询|投诉|举报|复议|诉讼|信访"
)
#: A single kind of applicant; the statutory 公民、法人和其他组织 together mean everybody.
_APPLICANT = re.compile(r"自然人|企业|科研|公益|律师|法律服务")
_WIDER = re.compile(
    "全[市县区省州旗盟镇乡街]|各[部单级镇乡街区县]|系统|市直|区直|县直|下属|所属|辖区|两级|三级"
)
_LOOK_BACK = 12
_LOOK_BACK_WIDER = 40


class Sentence(NamedTuple):
    """A sentence of the narrative.

    Attributes:
        text: without blanks.
        section: field name of ``Sections``.
    """

    text: str
    section: str


class Statement(NamedTuple):
    """A count that a sentence states.

    Attributes:
        number: the count.
        quote: some twenty characters around it.
        wider: whether it may be about more agencies than the one that reports.
        total: whether it says to be a total (共, 累计).
        at: index of its sentence.
        counts: all counts above 0 in the sentence: 其中本级 20 件 may be the one of the tables.
    """

    number: int
    quote: str
    wider: bool
    total: bool
    at: int
    counts: frozenset[int] = frozenset()


def sentences(sections: Sections) -> list[Sentence]:
    """Return the sentences that name one of the tables' topics, blanks removed."""
    found: list[Sentence] = []
    for section in _SECTIONS:
        text = getattr(sections, section)
        if not text:
            continue
        if any(map(text.__contains__, _FULL_WIDTH)):
            text = unicodedata.normalize("NFKC", text)
        if not _TOPIC.search(text):
            continue
        text = _joined(text)
        for end in _ENDS:
            text = text.replace(end, "。")
        found += [
            Sentence(sentence, section)
            for sentence in _on_topic(text)
            if _SAYS_HOW_MANY.search(sentence) and not _NO_COUNT.search(sentence)
        ]
    return found


def _on_topic(text: str) -> Iterator[str]:
    """Yield the sentences, each ended by 。, that hold a topic."""
    end = 0
    while match := _TOPIC.search(text, end):
        start = text.rfind("。", 0, match.start()) + 1
        end = text.find("。", match.end())
        if end < 0:
            end = len(text)
        yield text[start:end]


def _joined(text: str) -> str:
    """Join the lines of wrapped sentences; keep the breaks after sentences and before headings."""
    return _WRAPPED.sub("", "\n".join(["".join(line.split()) for line in text.split("\n")]))


def quote(sentence: str, start: int, end: int) -> str:
    """Return the words around a match, for people."""
    return sentence[max(0, start - 8) : end + 4]


def of_year(sentence: str, start: int, year: int | None) -> bool:
    """Return whether what stands at ``start`` is about ``year``, as far as the sentence says."""
    years = YEAR.findall(sentence, 0, start)
    return not years or (year is not None and int(years[-1]) == year)


def is_wider(sentence: str, start: int) -> bool:
    """Return whether the words before ``start`` speak of more than one agency."""
    return bool(_WIDER.search(sentence, max(0, start - _LOOK_BACK_WIDER), start))


def received(found: Sequence[Sentence], year: int | None) -> Iterator[Statement]:
    """Return the counts of requests received that the narrative states; 0 where it denies any."""
    for at, sentence in enumerate(found):
        text = sentence.text
        if not _RECEIVES.search(text) or "公开" not in text:
            continue
        for match in _RECEIVED.finditer(text):
            start = match.start()
            lead = text[max(0, start - _LOOK_BACK) : start]
            gap = match["gap"] or match["gap2"] or ""
            if _PART.search(lead) or _PART.search(gap) or _APPLICANT.search(gap):
                continue
            if lead.endswith(("未", "没有")) or not of_year(text, start, year):
                continue
            yield Statement(
                int(match["n"] or match["n2"]),
                quote(text, start, match.end()),
                is_wider(text, start),
                "共" in lead + gap or "累计" in lead + gap,
                at,
                frozenset(map(int, _COUNT.findall(text))),
            )
        for match in _NOT_RECEIVED.finditer(text):
            start = match.start()
            lead = text[max(0, start - _LOOK_BACK) : start]
            if _PART.search(lead) or _PART.search(match["gap"]) or _APPLICANT.search(match["gap"]):
                continue
            if of_year(text, start, year):
                yield Statement(
                    0, quote(text, start, match.end()), is_wider(text, start), total=True, at=at
                )

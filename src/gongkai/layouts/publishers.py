"""Who publishes a report, and whether that is who reports: governments publish for agencies."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.layouts.dates import year_of_title
from gongkai.layouts.naming import agency_alone, short_body, unread_name
from gongkai.tables.text import squeeze
from gongkai.tables.words import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.layouts.metadata import Head
    from gongkai.reading.document import Paragraph

#: What an agency calls itself by; 我市 is the place of any.
_OWN_KIND = re.compile(
    "[我本](?:[大支总](?=队))?(局|委|办(?![法理])|厅|院|校|队|馆|中心|街道|镇|乡|社(?![会区保]))|我(站|会)"
)
#: 我县 says that a county itself reports, where no 我局 gainsays it.
_OWN_PLACE = re.compile(f"我[{PLACES}]|全[{PLACES}]各(?:乡镇|镇|街道|部门|级行政|级政府|[区县])")
#: A government of a town has no agencies of its own.
GOVERNMENT = re.compile("(?<![镇乡])人民政府(?:办公[室厅])?$")
#: Heads of vertical bodies; the many below each publish on its site, and in its name.
OVER = re.compile(
    "(?:总局|总署|总队|^中国人民银行)$"
    "|^(?:国家|中国)(?:统计|气象|地震|能源|邮政|铁路|民用航空|外汇管理|烟草专卖|矿山安全监察)局$"
    "|(?:省|自治区|北京市|天津市|上海市|重庆市)(?:税务|气象|地震|烟草专卖|邮政管理)局$"
)
#: 文号 without a label, as it stands below the red head of a paper.
NUMBER_LINE = re.compile(r"[\u3400-\u9fff]{1,12}[〔\[（(]20\d{2}[〕\]）)]第?\d{1,4}号")
#: An office within a body; 人民政府办公室 and 编制委员会办公室 are agencies of their own.
_OFFICE = re.compile(
    "(?P<body>.{3,}(?:局|厅|医院|学校|学院|大学|[中小]学|公司|集团|海关|[支大总]队|中心|管委会|管理委员会|办事处|[镇乡]人民政府))"
    "(?:党政|综合|党委|机关)?(?:办公室|[\u4e00-\u9fff]{2,6}[科股])"
)
#: Signs that a short name leaves out between two of its own.
_MOST_LEFT_OUT = 8
_PRESS = re.compile("融媒体?|电视台|广播|日报|晚报|报社|新闻|信息中心|网络|网站")
_SEATS = tuple(PLACES)
#: A name with its place; 城市管理局 and 经济开发区管委会 have none.
_SEATED = re.compile("(?!城市)[\u4e00-\u9fff]{1,14}?(?:[省市县州盟旗]|(?<![发假范胜税])区)")


def put_issuer(head: Head, before: Sequence[Paragraph]) -> None:
    """Take the agency of a red head, 谷城县教育局文件, with the paper's number below it."""
    for red, number in pairwise(before):
        if number.text.endswith("号") and NUMBER_LINE.fullmatch(squeeze(number.text)):
            name = agency_alone(squeeze(red.text).removesuffix("文件"))
            head.put("agency", name, f"red head, {red.place}")


def body_of(publisher: str) -> str:
    """Return the body whose office a name is, or the name.

    >>> body_of("谷城县教育局办公室")
    '谷城县教育局'
    """
    office = _OFFICE.fullmatch(publisher)
    return office["body"] if office else publisher


def is_press(publisher: str) -> bool:
    """Return whether a name is of those that print what others report: a paper, a site."""
    return _PRESS.search(publisher) is not None


def put_publisher(
    head: Head, publishers: Sequence[tuple[str | None, str]], kinds: set[str]
) -> None:
    """Take who publishes, unless the report names itself another's.

    A government publishes for its agencies: the county of 县教育局, or of 我局, is not who reports.
    """
    titled = head.title is not None and year_of_title(head.title) is not None
    for name, source in publishers:
        own = name and may_report(name, head.title, kinds)
        own = own and (titled or not GOVERNMENT.search(name or ""))
        head.put("agency", name if own else None, source)
    short = short_body(head.title) if head.title else None
    for name, source in publishers if short else ():
        seat = GOVERNMENT.sub("", name or "")
        if short and seat != name and seat.endswith(short[0]):
            head.put("agency", seat + short[1:], f"title, {source}")


def may_report(name: str, title: str | None, kinds: set[str]) -> bool:
    """Return whether an agency may be who reports: the title, or 我局, may name another one."""
    if title and (short := short_body(title)):
        return _is_called(name, short)
    if title and (other := unread_name(title)) and other not in name:
        return False
    if OVER.search(name) or (GOVERNMENT.search(name) and not kinds):
        return False  # 本机关 may be any of its agencies
    return is_of_kind(name, kinds)


def _is_called(name: str, short: str) -> bool:
    """Return whether a name goes by a short one: 县发改局 for 谷城县发展和改革局."""
    # Sign by sign from the end, at all places at once: a pattern would try each way by itself.
    places = {len(name)}
    near = 1
    for sign in reversed(short):
        places = {
            at for place in places for at in range(max(place - near, 0), place) if name[at] == sign
        }
        near = _MOST_LEFT_OUT + 1
    return bool(places)


def with_place(name: str, others: Iterable[str | None]) -> str:
    """Return a short name, 教育局, as another source gives it with its place: 谷城县教育局."""
    return next((n for n in others if n and _is_whole(n, name)), name)


def _is_whole(name: str, short: str) -> bool:
    """Return whether a name is a short one, 教育局, with its place: 谷城县教育局."""
    place = name.removesuffix(short)
    return place != name and place.endswith(_SEATS) and not _SEATED.match(short)


def own_kinds(paragraphs: Sequence[Paragraph]) -> set[str]:
    """Return what the narrative calls its own agency: 局 for 我局.

    Where it is only 我县 that speaks, that is ``""``, which any name may have.
    """
    kinds = {m[1] or m[2] for p in paragraphs for m in _OWN_KIND.finditer(p.text)}
    return kinds or {"" for p in paragraphs if _OWN_PLACE.search(p.text)}


def is_of_kind(name: str, kinds: set[str]) -> bool:
    """Return whether an agency may be meant by 我局, 我镇, …."""
    others = {"校": "学", "办": "政府"}
    return not kinds or any(kind in name or others.get(kind, kind) in name for kind in kinds)

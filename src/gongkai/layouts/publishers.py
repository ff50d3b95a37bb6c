"""Who publishes a report, and whether that is who reports: governments publish for agencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.dates import year_of_title
from gongkai.layouts.naming import short_body, unread_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.layouts.head import Head
    from gongkai.reading.document import Paragraph

#: What an agency calls itself by; 我市 is the place of any.
_OWN_KIND = re.compile(
    "[我本](?:[大支总](?=队))?(局|委|办(?![法理])|厅|院|校|队|馆|中心|街道|镇|乡|社(?![会区保]))|我(站|会)"
)
#: 我县 says that a county itself reports, where no 我局 gainsays it.
_OWN_PLACE = re.compile(
    "我[省市县区州盟旗]|全[省市县区州盟旗]各(?:乡镇|镇|街道|部门|级行政|级政府|[区县])"
)
#: A government of a town has no agencies of its own.
GOVERNMENT = re.compile("(?<![镇乡])人民政府(?:办公[室厅])?$")
_SEATS = tuple("省市县区州盟旗")
#: A name with its place; 城市管理局 and 经济开发区管委会 have none.
_SEATED = re.compile("(?!城市)[\u4e00-\u9fff]{1,14}?(?:[省市县州盟旗]|(?<![发假范胜税])区)")


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
        return name.endswith(short)
    if title and (other := unread_name(title)) and other not in name:
        return False
    if GOVERNMENT.search(name) and not kinds:
        return False  # 本机关 may be any of its agencies
    return is_of_kind(name, kinds)


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

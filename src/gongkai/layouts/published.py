"""The day of publication: labelled, in metadata, or on a line of its own below the title."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from gongkai.layouts.dates import (
    COUNT,
    TIME,
    find_date,
    find_short_date,
    is_date_line,
    without_date,
    year_of_title,
)
from gongkai.layouts.labelled import DAY_BEGINS
from gongkai.layouts.labels import COLON, ENDED, WRITTEN
from gongkai.layouts.metanames import named_values
from gongkai.layouts.naming import AGENCY, clean_agency, title_rank
from gongkai.layouts.pairs import find_pairs, pieces_beside_labels
from gongkai.layouts.titlelines import lines_below
from gongkai.reading.document import Paragraph
from gongkai.tables.words import ZERO

if TYPE_CHECKING:
    from datetime import date

    from gongkai.layouts.metadata import Head, Page

#: How the labels begin that no other day than that of publication has.
_PUBLIC = ("发布", "公布", "公开")
_ISSUE = "发文"
#: The day in an address, as content management systems file pages: t20230119_12.html,
#: art/2023/1/19/art_1_2.html, 2023-01/19/content_3.html.
_FILED = re.compile(
    r"\bt(20\d\d)(\d\d)(\d\d)_\d|/art/(20\d\d)/(\d\d?)/(\d\d?)/art_|/(20\d\d)-?(\d\d)/(\d\d)/content_\d"
)
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_CHINA = timezone(timedelta(hours=8))
_DATED_BY = re.compile(r"^\s*(?:发[布表]|公布)于?\s*(?=20\d{2})")
#: How far below a title its day stands, and what is said of other days.
_BELOW = 3
_LONGEST_LINE = 60
_OTHER_DAY = re.compile(
    rf"更新|{'|'.join((*WRITTEN, *ENDED))}|今天|现在|至|〔|\d号|(?<![发布表交])于\s?20"
    rf"|[\u4e00-\u9fff]\s?{COLON.pattern}\s*{DAY_BEGINS}"
)
#: A label of a day that is not known, on the line above it.
_OTHER_LABEL = re.compile(r"[【\[]?[\u4e00-\u9fff]{2,6}(?:日期|时间|期限)[】\]]?\s*[:：]?")
#: A day with its time, or with blanks or signs around it; another one beside it.
_SET_APART = re.compile(
    r"20\d\d[-/.年]\s?\d+[-/.月]\s?\d+日?[T ]?\s?\d\d?:\d\d"
    rf"|(?:^|[^\w:：]|[布表交]于)(?:20\d\d|二{ZERO}..)[^\s|]{{4,10}}(?:$|[^\w—–~-])"
)
_MONTH = re.compile(r"\d\s?月|20\d\d|[—–~]\s*\d")
#: What stands beside a date on a line: who published then, and how often it was read.
_BETWEEN = re.compile(r"[\s|｜·•/,，;；\[\]【】]+")
_COUNTED = re.compile(
    rf"(?:发布|发表|公布)于?|阅[次数量]*[:：]?|\d+次?|{TIME}"
    r"|原创|打印|关闭|收藏|分享|字[体号]|[大中小]"
)
_ACCOUNT = re.compile(
    r"(\d:\d{2}|[局委厅室府处会心院校镇乡道队司部社关站])(?=发[布表]|T?\d{1,2}:\d{2})|(?<=发布)(?=\d)"
)
#: What a line may stand in: （谷城县教育局 2024-01-15）.
_BRACKETS = "（()） \u3000"
_SHORT_LINE = 80


def _meta_date(value: str) -> date | None:
    """Return a date as people or programs write it: seconds or milliseconds since 1970."""
    if not _EPOCH.fullmatch(value):
        return find_date(value, compact=True)
    return datetime.fromtimestamp(int(value[:10]), _CHINA).date()


def put_published(head: Head, page: Page) -> None:
    """Take the day that is labelled, or named in metadata, or stands alone on a line."""
    for pair in page.pairs.get("published_on", ()):
        if "更新" not in pair.label:
            day = find_date(pair.value, compact=True)
            head.put("published_on", day, f"{pair.label}, {pair.place}")
    if head.published_on is None:
        for name, value in named_values(page.document.meta, "published_on"):
            head.put("published_on", _meta_date(value), f"meta {name}")
    if head.published_on is None:
        _date_lines(head, page)


def put_published_in_year(head: Head, page: Page) -> None:
    """Take a day that only the year tells: of an update, of issue, 01-28-2022, in the address.

    A page may be updated in any later year; reports are published in the one after theirs. Many
    catalogues label no other day than that of issue.
    """
    if head.year is None or head.published_on is not None:
        return
    issued = [p for p in page.pairs.get("written_on", ()) if p.label.startswith(_ISSUE)]
    for pair in (*page.pairs.get("published_on", ()), *issued):
        day = find_date(pair.value, compact=True) or find_short_date(pair.value, head.year + 1)
        if day is not None and day.year == head.year + 1:
            head.put("published_on", day, f"{pair.label}, {pair.place}")
    for address in (page.document.url or "", page.document.path.replace("\\", "/")):
        if filed := _FILED.search(address):
            day = find_date("-".join(filter(None, filed.groups())))
            if day is not None and day.year == head.year + 1:
                head.put("published_on", day, "address")


def put_published_at_end(head: Head, page: Page) -> None:
    """Take the one day of publication that lines below the report are labelled with."""
    if head.published_on is not None:
        return
    lines = find_pairs(block for block in page.tail if isinstance(block, Paragraph))
    pairs = [p for p in lines if p.field == "published_on" and p.label[:2] in _PUBLIC]
    days = {find_date(pair.value, compact=True) for pair in pairs}
    if len(days) == 1:  # a list of other pages has several
        head.put("published_on", days.pop(), f"{pairs[0].label}, {pairs[0].place}")


def _date_lines(head: Head, page: Page) -> None:
    """Take a date without a label, alone on its line or beside who published then."""
    # Days of writing, of expiry and their like are labelled, too.
    pairs = [p for key in ("written_on", "other") for p in page.pairs.get(key, ())]
    others = {p.place for p in pairs if is_date_line(p.value)}
    above = ""
    for paragraph in page.before:
        text = paragraph.text
        label, above = above, text
        dated: list[str] = []
        if is_date_line(text):
            if paragraph.place not in others and not _OTHER_LABEL.fullmatch(label):
                dated = [text]
        elif "20" in text or "二" in text:
            # 2024-01-15 来源：县教育局 浏览：33
            pieces = pieces_beside_labels(text)
            dated = [piece for piece in pieces if is_date_line(_DATED_BY.sub("", piece))]
            if head.published_on is None and _is_dated_by(text):
                dated.append(text)
        for piece in dated:
            day = find_date(piece, compact=True)
            head.put("published_on", day, f"date line, {paragraph.place}")


def _is_dated_by(text: str) -> bool:
    """Return whether a line holds a date, who published then, and how often it was read.

    >>> _is_dated_by("2024-01-15 发布 谷城县教育局 阅读 33")
    True
    """
    if len(text) > _SHORT_LINE or not any(sign in text for sign in "月-/."):
        return False
    if (rest := without_date(text)) is None:
        return False
    rest = COUNT.sub(" ", rest)
    # An agency's account has its name: 谷城县教育局发布 2024-01-15 18:05发表于.
    rest = rest.strip(_BRACKETS) if text[:1] in _BRACKETS else rest
    words = [word for word in _BETWEEN.split(_ACCOUNT.sub(r"\1 ", rest)) if word]
    names = [word for word in words if AGENCY.fullmatch(word) and clean_agency(word)]
    others = [word for word in words if word not in names]
    return bool(words) and len(names) <= 1 and all(map(_COUNTED.fullmatch, others))


def put_published_below(head: Head, page: Page) -> None:
    """Take the day in the lines below the title, whatever words stand beside it.

    An account's or a place's name does: 谷城发布 2024-01-15 18:03 湖北.
    """
    if head.published_on is not None or not head.title:
        return
    year = year_of_title(head.title)
    for lines in lines_below(head.title, page.before):
        for paragraph in lines[:_BELOW]:
            text = paragraph.text
            if len(text) > _LONGEST_LINE or "。" in text or title_rank(text):
                break
            day = None if _OTHER_DAY.search(text) else find_date(text)
            alone = _SET_APART.search(text) and not _MONTH.search(without_date(text) or "")
            if alone and day is not None and (year is None or day.year > year):
                head.put("published_on", day, f"below the title, {paragraph.place}")

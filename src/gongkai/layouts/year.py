"""The year reported on: the title's, else what the narrative speaks of, else what is likely."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from gongkai.layouts.crumbs import crumb_steps
from gongkai.layouts.dates import FIRST_YEAR, LAST_YEAR, find_year, year_of_title
from gongkai.layouts.naming import agency_of_title
from gongkai.layouts.spoken import voted_year
from gongkai.layouts.titlelines import is_entry, is_titled
from gongkai.tables.narrative.footers import is_footer
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.layouts.metadata import Head, Page
    from gongkai.reading.document import Paragraph

_PERIOD = re.compile(
    r"(?:自|从)(20\d{2})年0?1月0?1日|(20\d{2})年0?1月0?1日起?[至到—–~-]+(?:\2年|当年|同年)?12月31日"
)
_OF_YEAR = re.compile(r"(20\d{2})\s*年度?[^。，,；;\d]{0,30}?(?:政府信息公开|政务公开)")
_ALONE = re.compile(r"\s*20\d{2}\s*年?度?[\s，,.…]*")
_NUMBER = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
#: Paragraphs that are asked for the year that a sentence names.
_MOST_PROSE = 40


def put_year(head: Head, page: Page) -> None:
    """Set the year; title and day of publication are looked at, where there are any."""
    titled = year_of_title(head.title) if head.title else None
    if titled is not None and (head.published_on is None or titled == _latest(head)):
        head.put("year", titled, "title")
        return
    texts, prose = _narrative(head, page)
    if titled is not None:
        # Last year's title stays on a report; its period and the day of publication are its own.
        period = _stated(prose, _latest(head), (_PERIOD,))
        head.put("year", *(period if period and period[0] == _latest(head) else (titled, "title")))
        return
    head.put("year", *(_stated(prose, _latest(head), (_OF_YEAR, _PERIOD)) or (None, "")))
    if head.year is not None:
        return
    path = PurePath(page.document.path)
    head.put("year", voted_year(texts, head.published_on), "text, most frequent")
    head.put("year", year_of_title(page.document.title), "document title")
    head.put("year", find_year(path.stem), "file name")
    if head.published_on is not None:
        head.put("year", head.published_on.year - 1, "year before publication")
    for part in reversed(path.parts):
        number = _NUMBER.search(part)
        head.put("year", int(number[0]) if number else None, "path")


def _latest(head: Head) -> int:
    """Return the last year that the report may be of."""
    return head.published_on.year - 1 if head.published_on else LAST_YEAR


def _narrative(head: Head, page: Page) -> tuple[list[Paragraph], list[Paragraph]]:
    """Return the paragraphs that speak of the report's year, and those that may state it."""
    # A title that names two years says neither.
    title = squeeze(head.title or "")
    paragraphs = (p for p in (*page.before, *page.after) if squeeze(p.text) not in title)
    # 上一篇 is another year's, and so may be the folder of a breadcrumb or a menu.
    texts = [
        p
        for p in paragraphs
        if not (is_footer(p.text) or crumb_steps(p.text) or _ALONE.fullmatch(p.text))
    ]
    # Titles that stand beside the text are of other reports, too; none is of a year to come.
    titles = [p for p in texts if is_titled(p.text)]
    prose = [p for p in texts if p not in titles][:_MOST_PROSE]
    named = {year_of_title(p.text) for p in titles}
    listed = sum(is_entry(p.text) for p in titles) > 1
    if listed or len({agency_of_title(p.text) for p in titles} - {None}) > 1:
        return [p for p in texts if p not in titles], prose
    # One title alone may be a link to the report of the year before.
    if len(named) == 1 and (head.published_on is None or named == {_latest(head)}):
        prose += titles
    return texts, prose


def _stated(
    prose: Sequence[Paragraph], latest: int, patterns: Sequence[re.Pattern[str]]
) -> tuple[int, str] | None:
    """Return the year that a sentence states, and where: of what it reports on, or the period."""
    for pattern in patterns:
        for paragraph in prose:
            match = pattern.search(squeeze(paragraph.text))
            year = int(match[match.lastindex or 1]) if match else 0
            if FIRST_YEAR <= year <= latest:
                kind = "period" if pattern is _PERIOD else "text"
                return year, f"{kind}, {paragraph.place}"
    return None

"""One line of what may be a title, without what is no part of it: signs, labels, sites, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.dates import find_date, year_of_title
from gongkai.layouts.labelled import ANY, one_of
from gongkai.layouts.labels import ABSTRACTS, COLON, KEYS
from gongkai.layouts.naming import LONGEST_PRINTED, title_rank
from gongkai.tables.text import squeeze, without_invisible
from gongkai.tables.words import DAY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.reading.document import Paragraph

LONGEST_TITLE = 90
#: An entry of a list of reports, with its date; what a date reaches to is the year's last day.
_ENTRY = re.compile(rf"(?<![至到—–~～-]){DAY}\s*[\])）】]?$")
_DATED = re.compile(rf"\W*{DAY}[\])）】\s]*(?=[^\W\d])")
_DAYS = re.compile(r"\d\s?月|20\d{2}[-/.]\s?\d")
#: Labels of titles, and of what stands for the text and may be its title.
_TITLED = one_of((*KEYS["title"], *ABSTRACTS))
#: What is printed before a title: the number of an annex or a page, a label, sizes of its type.
_RUNNING = re.compile(
    r"(?:附件?\s*\d*\s*[:：]|附件\s*\d+\s|(?:Page|P\.?)\s*\d+\s*[-—:：]*"
    rf"|【?{_TITLED}[】:：\s]*|大\s?中\s?小(?!学))\s*",
    re.IGNORECASE,
)
#: The label of a title behind others and their values, all in one line.
_CALLED = re.compile(rf".*{_TITLED}\s*{COLON.pattern}\s*")
#: Signs before a line's words: of a list, of mark-up, pictures; brackets may close a title there.
_SIGNS = re.compile(r"[^\w《》「『〈〉〔〕（）()【】\[\]“”\"‘’']+")
#: What sets a site's name off from a title that it follows; a year is the title's own.
_SITE = re.compile(r"(?:\s*_+\s*|\s+[-–]+\s+|(?<=报告)-(?=\w))(?![\s_–-]*20\d\d年?度?\s*$)")
#: A known label that runs on from a title where the mark-up holds them apart, or any other one;
#: 报告如下： is a sentence's end.
_LABEL_BEHIND = re.compile(
    rf"(?:(?<=[告报结)）])\s*[\[【(（|]?{ANY}\s*"
    rf"|(?:(?<=[告报结)）])\s|(?<=报告))(?![^:：]*如下)[\u4e00-\u9fff\s]{{2,12}}){COLON.pattern}.*$"
)


def is_entry(line: str) -> bool:
    """Return whether a date stands before or behind a title, as in a list."""
    return _ENTRY.search(line) is not None or _DATED.match(line) is not None


def is_titled(line: str) -> bool:
    """Return whether a line names a report, as a link to another page does, and says nothing."""
    return len(line) <= LONGEST_TITLE and "。" not in line and bool(title_rank(line))


def undated(title: str) -> str:
    """Return a title without the date that runs on from it, as in a list."""
    date = _ENTRY.search(title)
    rest = title[: date.start()].rstrip(" \u3000[(（【") if date else ""
    return rest if title_rank(rest) else title


def date_behind(line: str) -> date | None:
    """Return the day that runs on from a title, as in a list; the year reported on has ended."""
    day = _ENTRY.search(line)
    found = find_date(day[0]) if day and len(_DAYS.findall(line)) == 1 else None
    return found if found and (year_of_title(line) or found.year) < found.year else None


def plain(line: str) -> str:
    """Return a line on one line, without a page number or a label before it.

    What is too long for a title, blanks and all, comes back empty: menus take time.
    """
    if len(line) > LONGEST_PRINTED:
        return ""
    line = " ".join(without_invisible(line).split())
    if running := _RUNNING.match(line):
        line = line[running.end() :]
    if line and not line[0].isalnum() and (signs := _SIGNS.match(line)):
        line = line[signs.end() :]
    if "_" in line or " -" in line or " –" in line or "报告-" in line:
        line = _without_site(line)
    if "报" not in line or (":" not in line and "：" not in line):
        return line
    line = _LABEL_BEHIND.sub("", line)
    called = _CALLED.match(line)
    return line[called.end() :] if called and title_rank(line[called.end() :]) else line


def _without_site(line: str) -> str:
    """Return a title without the names of the site and its columns that follow it."""
    title, *names = _SITE.split(line)
    return title if title_rank(title) and not any(map(title_rank, names)) else line


def lines_below(title: str, paragraphs: Sequence[Paragraph]) -> list[Sequence[Paragraph]]:
    """Return what stands below the last line of a title, for each time it is printed; last first.

    Portals print the title of a report that has one of its own.
    """
    whole = squeeze(title)
    ends = [
        n for n, p in enumerate(paragraphs) if (line := squeeze(p.text)) and whole.endswith(line)
    ]
    return [paragraphs[n + 1 :] for n in reversed(ends)]

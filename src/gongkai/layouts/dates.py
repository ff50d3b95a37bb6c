"""Dates and years as reports print them, Chinese numerals included; none is guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from gongkai.tables.words import READ, ZERO

#: 〇 is typed in many ways, a Latin O and a figure 0 among them.
_NUMERALS = str.maketrans("〇○Oo零一二三四五六七八九", "00000123456789")
_HAN_DATE = re.compile(
    r"(二[〇○Oo零0一二三四五六七八九]{3})\s*年\s*([元一二三四五六七八九十]{1,3})\s*月\s*([一二三四五六七八九十]{1,3})\s*日"
)
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-/.—–])\s*(\d{1,2}|元(?=月))\s*(?:月|[-/.—–])"
    r"\s*(\d{1,2}(?!\d)|\d{2}(?=\d{2}:\d{2}))\s*日?"  # a time may follow without a blank
)
#: With or without its time: 20240112, 20240112093000.
_COMPACT = re.compile(
    r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?:(?!\d)|(?=[0-2]\d[0-5]\d[0-5]\d(?!\d)))"
)
_SHORT = re.compile(r"(\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(20\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=\s*年)")
_HAN_YEAR = re.compile(rf"(二{ZERO}[一二三四][〇○Oo零0一二三四五六七八九])(?=\s*年)")
#: A whole year from its first day to its last: 2023年1月1日至2023年12月31日.
_WHOLE_YEAR = re.compile(
    r"(?<!\d)(20\d{2})[年.](?:0?1|元)[月.]0?1日?(?:至|到|[-—–~]+)(?:\1[年.])?12[月.]31(?!\d)"
)
_ANY_YEAR = re.compile(r"(?<![\d.])20[0-4]\d(?!\d)")
#: A Chinese character that no date holds.
_NO_DATE = re.compile(
    "[^年月日时分秒零一二三四五六七八九十星期周上下午\u0000-\u4dff\ua000-\U0010ffff]"
)
_DATEISH = re.compile(r"\d{4}|[二〇○]")
#: A time of day as programs write it: T09:30:00.000Z.
TIME = r"T?\d{1,2}[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?"
_TIME = re.compile(
    rf"\d{{1,2}}时\d{{1,2}}分(?:\d{{1,2}}秒)?|{TIME}|(?:星期|周)[一二三四五六日天]|[上下]午"
)
#: How often a page was read, which stands beside its date: 123次浏览, 阅读（33）.
COUNT = re.compile(
    rf"(?:\d+\s*[人次]{{1,2}}\s*)?已?{READ}[次数量人]*\s*[:：]?\s*[（(]?\s*\d*\s*次?\s*[)）]?"
)
_WORD = re.compile(r"\w")
_MONTH_LINE = re.compile(
    rf"[（(]?\s*(?:20\d{{2}}|二{ZERO}..)\s*年\s*[\d一二三四五六七八九十]{{1,2}}\s*月\s*[)）]?"
)
#: Longer than any date with its time and brackets, padded.
_LONGEST_LINE = 80
#: The first year whose reports have the statutory tables (国办公开办函〔2019〕60号).
FIRST_YEAR = 2008
LAST_YEAR = 2049
_MONTHS = 12


def find_date(text: str, *, compact: bool = False) -> date | None:
    """Return the first whole date in ``text``.

    Args:
        text: any text; full-width digits and Chinese numerals are understood.
        compact: also accept ``20240112``.
    """
    plain = unicodedata.normalize("NFKC", text)
    candidates = [(m.start(), *m.groups()) for m in _DATE.finditer(plain)]
    for match in _HAN_DATE.finditer(plain):
        year, month, day = match.groups()
        numbers = year.translate(_NUMERALS), str(_han(month)), str(_han(day))
        candidates.append((match.start(), *numbers))
    if compact:
        candidates += [(m.start(), *m.groups()) for m in _COMPACT.finditer(plain)]
    for _, year, month, day in sorted(candidates):
        try:
            return date(int(year), 1 if month == "元" else int(month), int(day))
        except ValueError:
            continue
    return None


def find_short_date(text: str, year: int) -> date | None:
    """Return the day that ``text`` begins with: ``22/01/28``, ``01-28-2022``.

    Where its year comes last, which number is the month is known only if the other is none.

    Args:
        text: a value that is a day of publication.
        year: the year that it must be in, which tells the year's figures from the day's.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if (match := _SHORT.match(plain)) and int(match[1]) == year % 100:
        month, day = int(match[3]), int(match[4])
    elif (match := _YEAR_LAST.match(plain)) and int(match[4]) == year:
        month, day = sorted((int(match[1]), int(match[3])))
        if month != day <= _MONTHS:
            return None
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_date_line(text: str) -> bool:
    """Return whether a line holds a date, perhaps with a count of readers, and nothing else."""
    if "览" in text or "阅" in text or "访" in text or "点" in text:
        text = COUNT.sub(" ", text)
    if len(text) > _LONGEST_LINE or _NO_DATE.search(text) or not _DATEISH.search(text):
        return False
    rest = without_date(text)
    return rest is not None and not _WORD.search(_TIME.sub("", rest))


def is_month_line(text: str) -> bool:
    """Return whether a line holds a month and its year, and nothing else."""
    return _MONTH_LINE.fullmatch(text) is not None


def without_date(text: str) -> str | None:
    """Return what a line holds beside its date, or ``None`` where it holds no date."""
    plain = unicodedata.normalize("NFKC", text)
    rest = _HAN_DATE.sub(" ", _DATE.sub(" ", plain, count=1), count=1)
    rest = _COMPACT.sub(" ", plain, count=1) if rest == plain else rest
    return None if rest == plain else rest.strip()


def find_year(text: str) -> int | None:
    """Return the first year (``2023年``, ``二〇二三年``) in ``text``."""
    plain = unicodedata.normalize("NFKC", text)
    match = _YEAR.search(plain)
    if match:
        return int(match[1])
    han = _HAN_YEAR.search(plain)
    return int(han[1].translate(_NUMERALS)) if han else None


@lru_cache(maxsize=1024)
def year_of_title(title: str) -> int | None:
    """Return the one year that a title names, with or without 年; ``None`` where it names two."""
    plain = unicodedata.normalize("NFKC", title)
    if "31" in plain:
        plain = _WHOLE_YEAR.sub(r"\1年", plain)
    plain = _COMPACT.sub("", _DATE.sub("", plain))
    for text in (plain, "".join(plain.split())):
        years = {int(year) for year in _ANY_YEAR.findall(text)}
        years |= {int(year.translate(_NUMERALS)) for year in _HAN_YEAR.findall(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def _han(numeral: str) -> int:
    """Read 一 to 三十一."""
    digits = {sign: number for number, sign in enumerate("一二三四五六七八九", start=1)} | {"元": 1}
    if "十" not in numeral:
        return digits.get(numeral, 0)
    tens, _, ones = numeral.partition("十")
    return digits.get(tens, 1) * 10 + digits.get(ones, 0)

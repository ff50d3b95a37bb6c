"""Names under which pages and programs keep a report's metadata.

Programs write them in English, in pinyin or its initials, with or without signs between the words
and with a prefix of their own: ``pubDate``, ``PUB_DATE``, ``c_fbsj``, ``faBuShiJian``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.labels import KEYS
from gongkai.layouts.naming import title_rank

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Names without signs and in lower case, in order of trust.
_NAMES = {
    "title": (
        "articletitle", "ogtitle", "title", "dctitle", "infotitle", "doctitle", "headline", "name",
    ),
    "published_on": (
        "pubdate", "publishdate", "publishtime", "publishedtimestr", "publishedtime", "pubtime",
        "publishedat", "publishat", "publisheddate", "articlepublishedtime", "datepublished",
        "releasetime", "releasedate", "reltime", "reldate", "deploytime", "posttime", "showtime",
        "fbsj", "fbrq",
        "fabushijian", "faburiqi", "gkrq", "gksj", "dcdate", "issued", "date", "time",
    ),
    "index_number": (
        "indexnum", "indexno", "indexnumber", "indexcode", "syh", "suoyinhao", "idxid",
        "identifier", "infoindex", "docindex", "fileindex",
    ),
    "document_number": (
        "documentnumber", "docnumber", "docnum", "docno", "filenumber", "filenum", "fileno",
        "pcode", "wenhao", "fwzh", "fawenzihao", "wh",
    ),
    "publisher": (
        "publisher", "contentsource", "source", "pubname", "author", "fbjg", "fabujigou",
    ),
}  # fmt: skip
_SIGNS = re.compile(r"[^a-z0-9\u3400-\u9fff]+")
#: Words of their own: with a prefix they name something else.
_WORDS = frozenset(("title", "name", "headline", "date", "time", "source", "author", "publisher"))
_PREFIXED = {field: tuple(n for n in names if n not in _WORDS) for field, names in _NAMES.items()}
#: Days on which it is no longer published, or is published again.
_OTHER_DAYS = re.compile("^(?:un|no|off|end|cancel|last|up)")
#: An index number is longer than most numbers that programs give to their records.
_INDEX_NUMBER = re.compile(r"(?=\D*\d)\S{8,60}")
#: A paper's number is that of a year: 谷政办〔2024〕5号.
_PAPER_NUMBER = re.compile(r".*20\d\d.*号")
_NUMBERED = frozenset(("idxid", "identifier", "infoindex", "docindex", "fileindex"))
#: Longer ones are no metadata.
_LONGEST = 400


def named_values(meta: dict[str, str], field: str) -> Iterator[tuple[str, str]]:
    """Yield names and values that hold a field, most trusted first."""
    if not meta:
        return
    values = {_bare(name): text.strip() for name, text in reversed(meta.items())}
    values = {name: text for name, text in values.items() if 0 < len(text) <= _LONGEST}
    for name in (*_NAMES[field], *KEYS[field]):
        if name in values and _fits(name, values[name]):
            yield name, values[name]
    for name in reversed(values):
        known = next(filter(name.endswith, _PREFIXED[field]), "")
        if known and not _OTHER_DAYS.match(name) and _fits(known, values[name]):
            yield name, values[name]


def _bare(name: str) -> str:
    name = name.lower()
    return name if name.isalnum() else _SIGNS.sub("", name)


def _fits(name: str, value: str) -> bool:
    """Tell whether a value can be what its name says: programs number their records, too."""
    if name in _NAMES["document_number"]:
        return _PAPER_NUMBER.fullmatch(value) is not None
    return name not in _NUMBERED or _INDEX_NUMBER.fullmatch(value) is not None


def other_titles(meta: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield names and values that have the words of a report's title, whatever the name."""
    for name, value in meta.items():
        if len(value) <= _LONGEST and title_rank(value) > 1:
            yield name, value

"""A report's metadata, from many sources in an order of trust, each value with its source."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from gongkai.layouts.dates import FIRST_YEAR, LAST_YEAR, find_date, find_year, is_date_line
from gongkai.layouts.pairs import find_pairs
from gongkai.layouts.titles import AGENCY, agency_of_title, clean_agency, find_title
from gongkai.reading.document import Paragraph
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from gongkai.layouts.pairs import Pair
    from gongkai.reading.document import Block, Document

_OPENING = re.compile(
    r"(?:现将|现发布|现公布|发布|公布|编制|制定|形成|撰写)(?P<agency>[^，,。；;“”《》]{2,40}?)(?:关于)?(?:20\d{2})\s*年度?(?:的)?政府信息公开"
)
_PERIOD = re.compile(r"(?:自|从)\s*(20\d{2})\s*年\s*1\s*月\s*1\s*日")
_OF_YEAR = re.compile(r"(20\d{2})\s*年度?[^。，,；;\d]{0,30}?(?:政府信息公开|政务公开)")
_PLANS = re.compile(r"下一步|下步|力争|计划|拟|将(?:进一步|继续|全面|严格|以|把|细化|从)")
_ACTS = r"(?:根据|认真|按照|严格|坚持|深入|在|以|紧紧|高度|全面|进一步|积极|共|的|政府信息公开)"
_SUBJECT = re.compile(
    rf"^\s*(?:20\d{{2}}\s*年(?:度|来|以来)?\s*[，,]?\s*)(?P<agency>[\u4e00-\u9fff]{{3,30}}?){_ACTS}"
)
#: Names of a page's own metadata, lower case, in order of trust.
_META = {
    "title": ("articletitle", "og:title", "title", "dc.title", "name"),
    "published_on": (
        "pubdate", "publishdate", "publishtime", "publishedtimestr", "publishedtime", "pubtime",
        "article:published_time", "releasetime", "releasedate", "dc.date", "date",
    ),
    "index_number": ("indexnum", "indexno", "indexnumber", "index_number", "syh", "索引号"),
    "publisher": ("contentsource", "source", "publisher", "pubname", "author"),
}  # fmt: skip


@dataclass
class Head:
    """Metadata of a report.

    Attributes:
        title: as printed, joined where it stands on several lines.
        agency: the agency that reports.
        year: the year reported on.
        published_on: date of publication.
        index_number: 索引号.
        document_number: 文号.
        publisher: 发布机构 or 来源, which may be the parent government.
        provenance: field to where its value came from.
    """

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    published_on: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    publisher: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: object, source: str) -> None:
        """Set ``name`` to ``value`` unless it has one; note where it came from."""
        if value is not None and getattr(self, name) is None:
            setattr(self, name, value)
            self.provenance[name] = source


def read_head(document: Document, lead: Sequence[Block], after: Sequence[Paragraph]) -> Head:
    """Read the metadata.

    Args:
        document: the whole document.
        lead: blocks before the first section (or the first table where none is found).
        after: all other paragraphs that belong to no table.
    """
    head = Head()
    before = [block for block in lead if isinstance(block, Paragraph)]
    pairs = find_pairs(lead)
    by_field: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_field.setdefault(pair.field, []).append(pair)
    _title(head, document, before, after, by_field)
    _plain(head, document, by_field)
    _published(head, document, before, by_field)
    _agency(head, document, before, after, by_field)
    _year(head, document, before, after)
    return head


def _title(
    head: Head,
    document: Document,
    before: Sequence[Paragraph],
    after: Sequence[Paragraph],
    pairs: dict[str, list[Pair]],
) -> None:
    found = find_title(before, after)
    if found is not None:
        head.put("title", found[0], f"title line, {found[1].place}")
    for pair in pairs.get("title", ()):
        if "公开" in pair.value and ("报告" in pair.value or "年报" in pair.value):
            head.put("title", pair.value, f"{pair.label}, {pair.place}")
    for name, value in _meta(document, "title"):
        if "公开" in value and ("报告" in value or "年报" in value):
            head.put("title", value, f"meta {name}")
    text = re.split(r"\s*[-_|—]{1,2}\s*(?=[^-_|—]*$)", document.title.strip())[0]
    if "公开" in text and ("报告" in text or "年报" in text):
        head.put("title", text, "document title")


def _plain(head: Head, document: Document, pairs: dict[str, list[Pair]]) -> None:
    for name in ("index_number", "document_number", "publisher"):
        for pair in pairs.get(name, ()):
            value = pair.value.split()[0] if name == "index_number" else pair.value
            if len(value) <= 60:  # noqa: PLR2004 - longer is prose
                head.put(name, value, f"{pair.label}, {pair.place}")
    for field_name in ("index_number", "publisher"):
        for name, value in _meta(document, field_name):
            head.put(field_name, value, f"meta {name}")


def _meta(document: Document, field_name: str) -> Iterator[tuple[str, str]]:
    """Yield the page's own metadata for a field, most trusted first."""
    if not document.meta:
        return
    lower = {name.lower(): value.strip() for name, value in document.meta.items()}
    for name in _META[field_name]:
        if lower.get(name):
            yield name, lower[name]


def _published(
    head: Head, document: Document, before: Sequence[Paragraph], pairs: dict[str, list[Pair]]
) -> None:
    for pair in pairs.get("published_on", ()):
        head.put("published_on", find_date(pair.value, compact=True), f"{pair.label}, {pair.place}")
    for name, value in _meta(document, "published_on"):
        head.put("published_on", find_date(value, compact=True), f"meta {name}")
    if head.published_on is not None:
        return
    for paragraph in before:
        if is_date_line(paragraph.text):
            head.put("published_on", find_date(paragraph.text), f"date line, {paragraph.place}")


def _agency(
    head: Head,
    document: Document,
    before: Sequence[Paragraph],
    after: Sequence[Paragraph],
    pairs: dict[str, list[Pair]],
) -> None:
    """Set the agency: title and text first, for 发布机构 may be the parent government."""
    if head.title:
        head.put("agency", agency_of_title(head.title), "title")
    for pair in pairs.get("agency", ()):
        head.put("agency", clean_agency(pair.value), f"{pair.label}, {pair.place}")
    if head.agency is not None:
        return
    for paragraph in (*before, *after[:20]):
        match = _OPENING.search(paragraph.text)
        if match:
            head.put("agency", clean_agency(match["agency"]), f"text, {paragraph.place}")
    _signature(head, after)
    if head.agency is None:
        _subject(head, (*before, *after))
    for pair in pairs.get("publisher", ()):
        head.put("agency", clean_agency(pair.value), f"{pair.label}, {pair.place}")
    head.put("agency", agency_of_title(document.title), "document title")
    stem = PurePath(document.path.rsplit("!", 1)[-1]).stem
    head.put("agency", agency_of_title(stem), "file name")
    if head.title is None and "公开" in stem and "报告" in stem:
        head.put("title", stem, "file name")


def _signature(head: Head, after: Sequence[Paragraph]) -> None:
    """Take the agency that signs: a short line of its own beside a date near the end."""
    tail = after[-12:]
    for index, paragraph in enumerate(tail):
        name = clean_agency(paragraph.text) if len(paragraph.text) <= 40 else None  # noqa: PLR2004
        near = tail[max(0, index - 1) : index + 2]
        if name and AGENCY.fullmatch(name) and any(is_date_line(p.text) for p in near):
            head.put("agency", name, f"signature, {paragraph.place}")


def _subject(head: Head, paragraphs: Sequence[Paragraph]) -> None:
    """Take the agency that acts at the start of a paragraph: 2021年，襄阳市经济和信息化局根据…."""
    for paragraph in paragraphs:
        match = _SUBJECT.match(paragraph.text)
        name = clean_agency(match["agency"]) if match else None
        if name and re.search(r"[省市县区镇乡州盟旗]", name) and len(name) > 3:  # noqa: PLR2004
            head.put("agency", name, f"text, {paragraph.place}")
            return


def _voted(paragraphs: Sequence[Paragraph], published_on: date | None) -> int | None:
    """Return the year that the narrative speaks of most; plans speak of the year after."""
    votes: Counter[int] = Counter()
    for paragraph in paragraphs[:80]:
        if is_date_line(paragraph.text):
            signed = find_date(paragraph.text)
            if signed is not None:
                votes[signed.year - 1] += 2  # reports are signed in the year after
            continue
        year = None if _PLANS.search(paragraph.text) else find_year(paragraph.text)
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            votes[year] += 1
    if published_on is not None:
        votes[published_on.year - 1] += 2
    return max(votes, key=lambda year: (votes[year], -year)) if votes else None


def _year(
    head: Head, document: Document, before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> None:
    if head.title:
        head.put("year", find_year(head.title), "title")
    if head.year is not None:
        return
    texts = (*before, *after)
    for pattern, kind in ((_OF_YEAR, "text"), (_PERIOD, "period")):
        for paragraph in texts[:40]:
            match = pattern.search(squeeze(paragraph.text))
            if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
                head.put("year", int(match[1]), f"{kind}, {paragraph.place}")
    if head.year is None:
        head.put("year", _voted(texts, head.published_on), "text, most frequent")
    head.put("year", find_year(document.title), "document title")
    head.put("year", find_year(PurePath(document.path).stem), "file name")
    if head.published_on is not None:
        head.put("year", head.published_on.year - 1, "year before publication")

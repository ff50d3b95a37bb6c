"""A report's metadata, from many sources in an order of trust, each value with its source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from gongkai.layouts.agencies import put_agency
from gongkai.layouts.crumbs import crumb_steps
from gongkai.layouts.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    find_date,
    find_year,
    year_of_title,
)
from gongkai.layouts.metanames import named_values, other_titles
from gongkai.layouts.naming import agency_of_title, title_rank
from gongkai.layouts.pairs import find_pairs, trust
from gongkai.layouts.published import (
    put_published,
    put_published_at_end,
    put_published_below,
    put_published_in_year,
)
from gongkai.layouts.publishers import NUMBER_LINE
from gongkai.layouts.spoken import voted_year
from gongkai.layouts.titlelines import date_behind, is_entry
from gongkai.layouts.titles import find_title, pieces_with_title
from gongkai.reading.document import Grid, Paragraph
from gongkai.tables.narrative.footers import is_footer
from gongkai.tables.text import BODIES, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.layouts.pairs import Pair
    from gongkai.reading.document import Block, Document

#: Properties of a file are those of the file that was written over, and of who typed it.
_FILES = frozenset(("docx", "odt", "pdf"))
_PERIOD = re.compile(
    r"(?:自|从)(20\d{2})年0?1月0?1日|(20\d{2})年0?1月0?1日起?[至到—–~-]+(?:\2年|当年|同年)?12月31日"
)
_OF_YEAR = re.compile(r"(20\d{2})\s*年度?[^。，,；;\d]{0,30}?(?:政府信息公开|政务公开)")
#: A metadata table has more than one line, and stands among the last blocks if not above.
_LEAST_FIELDS = 3
_MOST_CELLS = 40
_LASTS = 15
_MOST_ROWS = 12
#: What a line is in which a value goes on, and how names end that do not go on.
_GOES_ON = {
    "index_number": re.compile(r"[A-Za-z0-9./_—-]+"),
    "publisher": re.compile(r"[\u4e00-\u9fff]+"),
}
_BODIES = tuple(BODIES)
#: A label that is not known, run on from a value: 县教育局审核时间：.
_LABEL_BEHIND = re.compile(r"\s*[\u4e00-\u9fff]{2}(?:时间|日期|次数|编辑|人)\s*[:：].*")
_YEAR_ALONE = re.compile(r"\s*20\d{2}\s*年?度?\s*")
_NUMBER_OF_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


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
    if document.format in _FILES:
        printed = {name: text for name, text in document.meta.items() if name == "running_head"}
        document = replace(document, meta=printed)
    before = [block for block in lead if isinstance(block, Paragraph)]
    by_field: dict[str, list[Pair]] = {}
    for pair in sorted(find_pairs(lead) + _pairs_at_end(document, lead), key=trust):
        by_field.setdefault(pair.field, []).append(pair)
    put_published(head, document, before, by_field)
    put_published_at_end(head, document.blocks[max(len(lead), len(document.blocks) - _LASTS) :])
    _title(head, document, lead, after, by_field)
    put_published_below(head, before)
    _plain(head, document, lead, by_field)
    put_agency(head, document, (before, after), by_field)
    _year(head, document, before, after)
    put_published_in_year(head, by_field)
    return head


def _pairs_at_end(document: Document, lead: Sequence[Block]) -> list[Pair]:
    """Return the labelled values of a metadata table that stands below the report."""
    tail = document.blocks[max(len(lead), len(document.blocks) - _LASTS) :]
    pairs = find_pairs(b for b in tail if isinstance(b, Grid) and len(b.rows) <= _MOST_ROWS)
    return pairs if len({pair.field for pair in pairs}) >= _LEAST_FIELDS else []


def _title(
    head: Head,
    document: Document,
    lead: Sequence[Block],
    after: Sequence[Paragraph],
    pairs: dict[str, list[Pair]],
) -> None:
    before = [block for block in lead if isinstance(block, Paragraph)]
    published = head.published_on.year if head.published_on else None
    filed = document.format in _FILES
    found = find_title(before, after, "" if filed else document.title, published)
    # The column's name, 政府信息公开年报, gives way to a title that says whose or which.
    if found is not None and title_rank(found[0]) > 1 and (filed or _tells(found[0])):
        source = f"title line, {found[1].place}"
        head.put("title", found[0], source)
        head.put("published_on", date_behind(found[1].text), source)
        return
    named = [(p.value, f"{p.label}, {p.place}") for p in pairs.get("title", ())]
    named += [(value, f"meta {name}") for name, value in named_values(document.meta, "title")]
    named += [(piece, "document title") for piece in pieces_with_title(document.title)]
    named += [(value, f"meta {name}") for name, value in other_titles(document.meta)]
    for paragraph in before:
        named += [(step, f"breadcrumb, {paragraph.place}") for step in _last_step(paragraph)]
    named += _title_rows(lead)
    # The page's name ends in the column's, 政府信息公开年报, as often as not.
    for text, source in sorted(named, key=lambda piece: not _tells(piece[0])):
        if "公开" in text and ("报告" in text or "年报" in text) and (_tells(text) or not found):
            head.put("title", text, source)
    if found is not None:
        head.put("title", found[0], f"title line, {found[1].place}")
    for text, source in named:
        head.put("title", text if title_rank(text) else None, source)


def _tells(title: str) -> bool:
    """Return whether a title names an agency or a year."""
    return year_of_title(title) is not None or agency_of_title(title) is not None


def _title_rows(lead: Sequence[Block]) -> list[tuple[str, str]]:
    """Return the titles that stand alone in a row of the metadata table."""
    rows = [(g, r) for g in lead if isinstance(g, Grid) for r in range(len(g.rows))]
    cells = [(g, r, [c for c, cell in enumerate(g.rows[r]) if cell.text]) for g, r in rows]
    texts = [(g.rows[r][c[0]].text, str(g.at(r, c[0]))) for g, r, c in cells if len(c) == 1]
    return [(text, place) for text, place in texts if title_rank(text) > 1]


def _last_step(paragraph: Paragraph) -> list[str]:
    """Return the title at the end of a breadcrumb."""
    return list(pieces_with_title(steps[-1])) if (steps := crumb_steps(paragraph.text)) else []


def _whole(name: str, value: str) -> str:
    """Return a value that may be wrapped in its cell without the breaks in it."""
    if name not in _GOES_ON:
        return value
    whole, *lines = value.split("\n")
    for line in lines:
        ends = name == "publisher" and whole.endswith(_BODIES)
        if ends or not _GOES_ON[name].fullmatch(line) or find_date(line, compact=True):
            return value
        whole += line
    return whole


def _plain(
    head: Head, document: Document, lead: Sequence[Block], pairs: dict[str, list[Pair]]
) -> None:
    for name in ("index_number", "document_number", "publisher"):
        for pair in pairs.get(name, ()):
            value = _whole(name, pair.value)
            value = value.split()[0] if name == "index_number" else value
            value = _LABEL_BEHIND.sub("", value) if name == "publisher" else value
            if len(value) <= 60:  # noqa: PLR2004 - longer is prose
                head.put(name, value, f"{pair.label}, {pair.place}")
    for block in lead:
        if isinstance(block, Paragraph) and block.text.endswith("号"):
            number = NUMBER_LINE.fullmatch(squeeze(block.text))
            head.put("document_number", number and number[0], f"number line, {block.place}")
    for field_name in ("index_number", "publisher"):
        named = () if getattr(head, field_name) else named_values(document.meta, field_name)
        for name, value in named:
            head.put(field_name, value, f"meta {name}")


def _year(
    head: Head, document: Document, before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> None:
    if head.title:
        head.put("year", year_of_title(head.title), "title")
    if head.year is not None:
        return
    # A title that names two years says neither.
    title = squeeze(head.title or "")
    paragraphs = (p for p in (*before, *after) if squeeze(p.text) not in title)
    # 上一篇 is another year's, and so may be the folder of a breadcrumb or a menu.
    texts = [
        p
        for p in paragraphs
        if not (is_footer(p.text) or crumb_steps(p.text) or _YEAR_ALONE.fullmatch(p.text))
    ]
    # Titles that stand beside the text are of other reports, too; none is of a year to come.
    last = head.published_on.year - 1 if head.published_on else LAST_YEAR
    titles = [p for p in texts if "。" not in p.text and title_rank(p.text)]
    prose = [p for p in texts if p not in titles][:40]
    named = {year_of_title(p.text) for p in titles}
    listed = sum(is_entry(p.text) for p in titles) > 1
    if listed or len({agency_of_title(p.text) for p in titles} - {None}) > 1:
        texts = [p for p in texts if p not in titles]
        named.clear()
    # One title alone may be a link to the report of the year before.
    if len(named) == 1 and (head.published_on is None or named == {last}):
        prose += titles
    for pattern, kind in ((_OF_YEAR, "text"), (_PERIOD, "period")):
        for paragraph in prose:
            match = pattern.search(squeeze(paragraph.text))
            if match and FIRST_YEAR <= int(match[match.lastindex or 1]) <= last:
                head.put("year", int(match[match.lastindex or 1]), f"{kind}, {paragraph.place}")
                return
    head.put("year", voted_year(texts, head.published_on), "text, most frequent")
    head.put("year", year_of_title(document.title), "document title")
    head.put("year", find_year(PurePath(document.path).stem), "file name")
    if head.published_on is not None:
        head.put("year", head.published_on.year - 1, "year before publication")
    for part in reversed(PurePath(document.path).parts):
        number = _NUMBER_OF_YEAR.search(part)
        head.put("year", int(number[0]) if number else None, "path")

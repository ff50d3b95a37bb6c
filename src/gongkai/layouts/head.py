"""A report's metadata, from many sources in an order of trust, each value with its source."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gongkai.layouts.agencies import put_agency
from gongkai.layouts.crumbs import crumb_steps
from gongkai.layouts.dates import find_date, is_date_line, year_of_title
from gongkai.layouts.labels import COLON
from gongkai.layouts.metadata import Head, Page
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
from gongkai.layouts.titlelines import date_behind, is_entry, undated
from gongkai.layouts.titles import find_title, pieces_with_title
from gongkai.layouts.year import put_year
from gongkai.reading.document import Grid, Paragraph
from gongkai.tables.text import squeeze
from gongkai.tables.words import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.layouts.pairs import Pair
    from gongkai.reading.document import Block, Document

#: Properties of a file are those of the file that was written over, and of who typed it.
_FILES = frozenset(("docx", "odt", "pdf"))
#: A metadata table has more than one line, and stands among the last blocks if not above.
_LEAST_FIELDS = 3
_LASTS = 15
_MOST_ROWS = 12
#: What a line is in which a value goes on, and how names end that do not go on.
_GOES_ON = {
    "index_number": re.compile(r"[A-Za-z0-9./_—-]+"),
    "publisher": re.compile(r"[\u4e00-\u9fff]+"),
}
_BODIES = tuple(BODIES)
#: A label that is not known, run on from a value: 县教育局审核时间：, 2024-0012有效期至：.
_UNKNOWN_BEHIND = re.compile(
    r"(?:\s*[\u4e00-\u9fff]{2}(?:时间|日期|次数|编辑|人)|(?<=[\d号])(?!号)[\u4e00-\u9fff]{2,8})\s*[:：].*"
)
_NAME_BEFORE = re.compile(rf"^([^:：]*[{BODIES}])[\u4e00-\u9fff\s]{{2,6}}\s*[:：].*")
#: What a number looks like: no label or title that stands beside its own empty label.
_NUMBERS = {
    "index_number": re.compile(r"(?=\D*\d)(?!.*(?:报告|年报|〕\s*第?\d+号))[^:：]+"),
    "document_number": re.compile(r"(?=\D*\d)(?!.*(?:报告|年报))[^:：]+"),
}
#: What is taken as it is printed.
_PLAIN = ("index_number", "document_number", "publisher")


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
    tail = document.blocks[max(len(lead), len(document.blocks) - _LASTS) :]
    pairs: dict[str, list[Pair]] = {}
    for pair in sorted(find_pairs(lead) + _pairs_at_end(tail), key=trust):
        pairs.setdefault(pair.field, []).append(pair)
    before = [block for block in lead if isinstance(block, Paragraph)]
    page = Page(document, lead, tail, before, after, pairs)
    put_published(head, page)
    put_published_at_end(head, page)
    _title(head, page)
    put_published_below(head, page)
    _plain(head, page)
    put_agency(head, page)
    put_year(head, page)
    put_published_in_year(head, page)
    return head


def _pairs_at_end(tail: Sequence[Block]) -> list[Pair]:
    """Return the labelled values of a metadata table that stands below the report."""
    pairs = find_pairs(b for b in tail if isinstance(b, Grid) and len(b.rows) <= _MOST_ROWS)
    return pairs if len({pair.field for pair in pairs}) >= _LEAST_FIELDS else []


def _title(head: Head, page: Page) -> None:
    document = page.document
    published = head.published_on.year if head.published_on else None
    filed = document.format in _FILES
    found = find_title(page.before, page.after, "" if filed else document.title, published)
    # The column's name, 政府信息公开年报, gives way to a title that says whose or which.
    if found is not None and title_rank(found[0]) > 1 and (filed or _tells(found[0])):
        source = f"title line, {found[1].place}"
        head.put("title", found[0], source)
        _dated_behind(head, page, found[1])
        return
    named = list(_named(page))
    # The page's name ends in the column's, 政府信息公开年报, as often as not.
    for text, source in sorted(named, key=lambda piece: not _tells(piece[0])):
        if "公开" in text and ("报告" in text or "年报" in text) and (_tells(text) or not found):
            head.put("title", text, source)
    if found is not None:
        head.put("title", found[0], f"title line, {found[1].place}")
    for text, source in named:
        head.put("title", text if title_rank(text) else None, source)


def _dated_behind(head: Head, page: Page, first: Paragraph) -> None:
    """Take the day that runs on from the title, or from its own words where a site prints them."""
    title = squeeze(head.title or "")
    for line in (first, *page.before) if head.published_on is None else ():
        own = line is first or (is_entry(line.text) and title.endswith(squeeze(undated(line.text))))
        if own and (day := date_behind(line.text)):
            head.put("published_on", day, f"title line, {line.place}")


def _named(page: Page) -> Iterator[tuple[str, str]]:
    """Yield what may be the title elsewhere than in a line above the text, and where it stands."""
    document = page.document
    yield from ((p.value, f"{p.label}, {p.place}") for p in page.pairs.get("title", ()))
    for name, value in named_values(document.meta, "title"):
        yield value, f"meta {name}"
    for piece in pieces_with_title(document.title):
        yield piece, "document title"
    for name, value in other_titles(document.meta):
        yield value, f"meta {name}"
    for paragraph in page.before:
        for step in _last_step(paragraph):
            yield step, f"breadcrumb, {paragraph.place}"
    yield from _title_rows(page.lead)


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
    """Return a value without the breaks of its cell's lines, and what runs on from it."""
    value = _unwrapped(name, value)
    value = value.split()[0] if name == "index_number" else value
    if COLON.search(value):
        value = _NAME_BEFORE.sub(r"\1", _UNKNOWN_BEHIND.sub("", value))
    return value


def _unwrapped(name: str, value: str) -> str:
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


def _may_be(name: str, value: str) -> bool:
    """Return whether a value can be a field's: a number has figures and is no date."""
    shape = _NUMBERS.get(name)
    return shape is None or (shape.fullmatch(value) is not None and not is_date_line(value))


def _plain(head: Head, page: Page) -> None:
    """Take the numbers and the publisher, as they are printed."""
    for name in _PLAIN:
        for pair in page.pairs.get(name, ()):
            value = _whole(name, pair.value)
            if len(value) <= 60 and _may_be(name, value):  # noqa: PLR2004 - longer is prose
                head.put(name, value, f"{pair.label}, {pair.place}")
    for block in page.before:
        if block.text.endswith("号"):
            number = NUMBER_LINE.fullmatch(squeeze(block.text))
            head.put("document_number", number and number[0], f"number line, {block.place}")
    for field_name in _PLAIN:
        named = () if getattr(head, field_name) else named_values(page.document.meta, field_name)
        for name, value in named:
            head.put(field_name, value, f"meta {name}")

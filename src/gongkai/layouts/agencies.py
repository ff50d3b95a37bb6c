"""The agency that reports: named in many places, and not always where it should be."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from gongkai.layouts.authors import named_in
from gongkai.layouts.crumbs import agency_of_crumb, names_above
from gongkai.layouts.dates import find_date, without_date
from gongkai.layouts.naming import (
    SITE,
    WITH_PLACE,
    agency_alone,
    agency_of_title,
    body_of_title,
    clean_agency,
    title_rank,
    unread_name,
)
from gongkai.layouts.publishers import (
    GOVERNMENT,
    body_of,
    is_of_kind,
    is_press,
    may_report,
    own_kinds,
    put_issuer,
    put_publisher,
    with_place,
)
from gongkai.layouts.signatures import put_signer
from gongkai.layouts.titlelines import is_titled, lines_below
from gongkai.tables.text import squeeze
from gongkai.tables.words import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.layouts.metadata import Head, Page
    from gongkai.reading.document import Document, Paragraph

#: A unit within an agency: 新闻中心, 政务公开办公室.
_UNIT = re.compile(
    "(?:新闻|信息|政务|便民|党政|综合|办公|宣传|融媒体?|网络|服务|数据|行政|政策|法规|秘书|人事|办事|领导|工作)"
    "[\u4e00-\u9fff]{0,8}(?:中心|办|组|室|[科处部厅])$"
)
_ACTS = (
    "根据|认真|按照|严格|坚持|深入|在|以|紧紧|高度|全面|进一步|积极|扎实|持续|共|的|政府信息公开"
)
_SUBJECT = re.compile(
    rf"^\s*(?:20\d{{2}}\s*年(?:度|来|以来)?\s*[，,]?\s*)(?P<agency>[\u4e00-\u9fff（）]{{3,30}}?)(?:{_ACTS})"
)
#: A clause about what an agency does; who says 我局 beside it may be another one.
_ACTOR = re.compile(
    rf"(?:^|[，,；;])\s*(?:全年|本年度)?(?P<agency>[\u4e00-\u9fff]{{5,30}}?)(?:{_ACTS}|通过|主动公开)"
)
_SENTENCE = re.compile("[。！？]|(?<=[)）])")
_SPEAKER = re.compile(f"[我本](?:局|委|办|厅|院|校|站|所|队|中心|机关|单位|部门|[{PLACES}镇乡])")
_ABOVE = re.compile("政府(?!.+(?:办事处|街道)$)|[省市县区]委|党|办公[室厅]")
_SET_OFF = re.compile(r"[\s_\-—|–\d]+")
#: A town or street, named without what governs it.
_TOWN = re.compile(r"[\u4e00-\u9fff]+(?:[镇乡]|苏木|街道)$")
_GOVERNS = ("人民政府", "办事处")
_BRACKET = re.compile("[（）()]+")
_OWN_SITE = re.compile("(?:官方|门户)?(?:网站|官网|网)$")
_DASHES = "—–- \u3000\n"
_SHORTEST = 4
_MOST_LINES = 3
_FIRSTS = 20
_LASTS = 12


def put_agency(head: Head, page: Page) -> None:
    """Set the agency: title and text first, for 发布机构 may be the parent government.

    Where only a file's name has a title, that is set as well.
    """
    _titled(head, page)
    if head.agency is None:
        _written(head, page)
        if head.agency is None:
            _likely(head, page)
        elif head.title is None:
            _named(head, page.document, set())
    if head.agency is not None and _TOWN.search(head.agency):
        head.agency = _governing(head.agency, (*page.before, *page.after))


def _governing(town: str, paragraphs: Sequence[Paragraph]) -> str:
    """Return a town's name with what governs it, where the text says it: 茅坪镇人民政府."""
    wholes = (town + body for body in _GOVERNS)
    return next((name for name in wholes if any(name in p.text for p in paragraphs)), town)


def _titled(head: Head, page: Page) -> None:
    """Take the agency that the title names, or what is labelled as who reports."""
    if head.title and (name := agency_of_title(head.title)):
        beside = [p.value for key in ("agency", "publisher") for p in page.pairs.get(key, ())]
        head.put("agency", with_place(name, map(clean_agency, beside)), "title")
    for pair in page.pairs.get("agency", ()):
        head.put("agency", clean_agency(pair.value), f"{pair.label}, {pair.place}")
    if head.title and head.agency is None:
        head.put("agency", body_of_title(head.title), "title")


def _written(head: Head, page: Page) -> None:
    """Take the agency that the text says it is of, else the one around or below it."""
    ends = (*page.before, *page.after[:_FIRSTS], *page.after[_FIRSTS:][-_LASTS:])
    for match, paragraph in ((m, p) for p in ends for m in named_in(p.text)):
        if name := clean_agency(match["agency"]):
            head.put("agency", name, f"text, {paragraph.place}")
            return
    put_issuer(head, page.before)
    _below_title(head, page.before)
    put_signer(head, page.after)


def _likely(head: Head, page: Page) -> None:
    """Take the agency from what may as well name another one, the likeliest first."""
    texts = (*page.before, *page.after)
    publishers = [
        (clean_agency(body_of(p.value)), f"{p.label}, {p.place}")
        for p in page.pairs.get("publisher", ())
        if not (p.label[-1] in "源者" and is_press(p.value))
    ]
    crumb = agency_of_crumb(page.before, [name for name, _ in publishers if name])
    kinds = own_kinds(texts)
    _subject(head, texts, crumb[0] if crumb else "", kinds)
    if crumb and may_report(crumb[0], head.title, kinds if GOVERNMENT.search(crumb[0]) else set()):
        head.put("agency", *crumb)
    _above_title(head, page.before, kinds)
    put_publisher(head, publishers, kinds)
    _named(head, page.document, kinds)
    _site(head, page.document, kinds)
    _spoken_of(head, texts)


def _spoken_of(head: Head, paragraphs: Sequence[Paragraph]) -> None:
    """Take a title's name that ends as no agency's does, where the text names it, too."""
    name = unread_name(head.title) if head.title and head.agency is None else None
    if name and any(name in p.text for p in paragraphs if not is_titled(p.text)):
        head.put("agency", name, "title")


def _below_title(head: Head, before: Sequence[Paragraph]) -> None:
    """Take the agency on the line below the title; the one above it may be the site's.

    A name without a place stands before a date or the text. A date beside it is in brackets with
    it: outside of them, it is who publishes.
    """
    lines = next(iter(lines_below(head.title or "", before)), ())
    if not lines or lines[0].text.rstrip().endswith((":", "：")):  # nobody, or to whom it is sent
        return
    line = lines[0].text.strip(_DASHES)
    inner = line[1:-1] if line.startswith(("（", "(")) and line.endswith(("）", ")")) else line
    undated = without_date(inner)
    if undated is not None and inner == line:
        return
    name = agency_alone(inner if undated is None else undated)
    if name is None:
        return
    below = lines[1].text if len(lines) > 1 else ""
    alone = undated is None and below and "。" not in below and not find_date(below)
    if WITH_PLACE.search(name) or not (alone or len(name) < _SHORTEST or _UNIT.match(name)):
        head.put("agency", name, f"below the title, {lines[0].place}")


def _above_title(head: Head, before: Sequence[Paragraph], kinds: set[str]) -> None:
    """Take the agency on the line above the title; a government may only own the site."""
    title = squeeze(head.title or "")
    lines = [squeeze(p.text) for p in before]
    starts = [i for i, line in enumerate(lines) if line and title.startswith(line)]
    first = next((i for i in starts if "".join(lines[i : i + _MOST_LINES]).startswith(title)), 0)
    for paragraph in before[max(first - 1, 0) : first]:
        name = agency_alone(paragraph.text)
        own = name and may_report(name, head.title, kinds)
        own = own and not names_above(before, first - 1)
        # A menu's last entry may end as names do; nothing stands above a report's own first line.
        whole = WITH_PLACE.search(paragraph.text) or (first == 1 and len(name or "") > _SHORTEST)
        if own and whole and not GOVERNMENT.search(name or ""):
            head.put("agency", name, f"above the title, {paragraph.place}")


def _subject(head: Head, paragraphs: Sequence[Paragraph], crumb: str, kinds: set[str]) -> None:
    """Take the agency that acts at the start of a paragraph: 2021年，襄阳市经济和信息化局根据….

    Where the sentence goes on with 我局, it may be the one above: 2021年，市局严格考核，我局…. So
    it is where the narrative calls its own agency by another kind, 我镇, and a government is where
    the breadcrumb ends in one of its agencies.
    """
    for paragraph in paragraphs:
        match = None if is_titled(paragraph.text) else _SUBJECT.match(paragraph.text)
        name = clean_agency(match["agency"]) if match else None
        if not match or not name or not WITH_PLACE.search(name) or len(name) <= 3:  # noqa: PLR2004
            continue
        sentence = _SENTENCE.split(paragraph.text[match.end("agency") :], maxsplit=1)[0]
        if _SPEAKER.search(sentence) or not is_of_kind(name, kinds):
            continue
        if not (GOVERNMENT.search(name) and crumb and not GOVERNMENT.search(crumb)):
            head.put("agency", name, f"text, {paragraph.place}")
            return
    _actor(head, paragraphs)


def _actor(head: Head, paragraphs: Sequence[Paragraph]) -> None:
    """Take the one agency that the narrative says to act: 一年来，襄阳市经济和信息化局坚持…."""
    found: dict[str, Paragraph] = {}
    for paragraph in paragraphs:
        for sentence in _SENTENCE.split(paragraph.text):
            for match in () if _SPEAKER.search(sentence) else _ACTOR.finditer(sentence):
                name = agency_alone(match["agency"])
                if name and WITH_PLACE.search(name[1:]):
                    found.setdefault(name, paragraph)
    if len(found) == 1:
        ((name, paragraph),) = found.items()
        head.put("agency", None if _ABOVE.search(name) else name, f"text, {paragraph.place}")


def _named(head: Head, document: Document, kinds: set[str]) -> None:
    """Take the agency from the document's own title or the file's name.

    The name of a site, 谷城县人民政府, is not that of an agency that calls itself 我局.
    """
    name = agency_of_title(document.title)
    # Behind a report's title may stand the site's name.
    if name and (name not in _pieces(document.title) or may_report(name, head.title, kinds)):
        head.put("agency", name, "document title")
    stem = PurePath(document.path.rsplit("!", 1)[-1]).stem
    head.put("agency", agency_of_title(stem), "file name")
    for text, source in ((document.title, "document title"), (stem, "file name")):
        for name in _pieces(text):
            if source == "file name" or may_report(name, head.title, kinds):
                head.put("agency", name, source)
    if head.title is None and title_rank(stem) > 1:
        head.put("title", stem, "file name")


def _site(head: Head, document: Document, kinds: set[str]) -> None:
    """Take the agency whose own site it is; a government's site is its agencies', too."""
    sites = [(v, f"meta {key}") for key, v in document.meta.items() if key.lower() == "sitename"]
    sites += [(p, "document title") for p in _SET_OFF.split(document.title) if _OWN_SITE.search(p)]
    for value, source in sites:
        name = agency_alone(_OWN_SITE.sub("", value))
        own = name and may_report(name, head.title, kinds)
        if own and "政府" not in value:
            head.put("agency", name, source)


def _pieces(text: str) -> Iterator[str]:
    """Yield the agencies that a name consists of, the last one first: 年报_谷城县司法局.

    A second name in brackets is the same agency's: 谷城县教育局（谷城县体育局）.
    """
    for whole in reversed(_SET_OFF.split(text)):
        for piece in () if SITE.search(whole) else (whole, *reversed(_BRACKET.split(whole))):
            if name := agency_alone(piece.removesuffix("年")):
                yield name

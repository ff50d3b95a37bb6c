"""A page inside JSON or a script, as an escaped string → Document."""

from __future__ import annotations

import re
from html import unescape
from itertools import chain, islice
from typing import TYPE_CHECKING

from gongkai.reading.document import LEAST_CELLS, Document, Grid
from gongkai.reading.embedded.held import LONG, Held, fields, held_in, parsed
from gongkai.reading.embedded.records import HAN, TABLE_ALONE
from gongkai.reading.embedded.wrappings import ESCAPED_PAGE, MARKUP, from_percent, unwrap
from gongkai.reading.html import read_html
from gongkai.reading.join import join_documents
from gongkai.reading.literals import PUSHED, appended, pushed, quoted, unescape_script, written
from gongkai.reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gongkai.reading.document import Block

_HIDDEN_PAGE = re.compile(
    r"\\u003ctable|\\x3ctable|<table|lt;table|%3ctable|document\.write|\batob\b", re.IGNORECASE
)
#: What a page that shows next to nothing may keep: lines without a table are a report, too.
_HIDDEN_TEXT = re.compile(
    rf"{_HIDDEN_PAGE.pattern}|(?:\\u003c|\\x3c|lt;|[\"'`]\s*<)(?:p|div|pre|span|ul|section|html)\b"
    r"|<\\/(?:p|div|pre|span|li)>",
    re.IGNORECASE,
)
#: A page that shows less than this shows no report.
_BARE = 300
_ROWS = ("本年新收", "予以公开", "结转下年度")
_ATTRIBUTE = re.compile(r'="([^"]*+)"')
#: Elements that keep a page until a script shows it.
_KEEPERS = re.compile(
    r"<(?:(textarea|template|noscript)\b"
    r"|(script)\b[^<>]{0,500}?\btype=[\"']?text/(?:html|xml|[\w-]*template))"
    r"[^<>]*+>",
    re.IGNORECASE,
)
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_SCRIPTS = re.compile(r"<script\b[^<>]*+>", re.IGNORECASE)
_TABLE = re.compile(r"<table\b")
_OPENING = re.compile(r"(?:[=(:]|\breturn)\s*(?=[\[{])")
#: A short string that a script gives a name: var title = "…", {pubDate: "…"}.
_NAMED = re.compile(r"(?<![\w$.])([A-Za-z_$][\w$]{0,40})\s*[:=]\s*([\"'`])([^\"'`<>\n]{1,200})\2")
#: Tables in strings of their own, at the least, where lines stand in others.
_LEAST_TABLES = 2
#: So many values of a script are looked at.
_MOST_OPENINGS = 20
#: How JSON begins whose signs are written with per cent signs.
_PERCENT_JSON = ("%7B", "%5B")
_TITLES = ("title", "articletitle", "headtitle", "name", "标题")


def read_embedded(text: str, *, script: bool = False) -> Document | None:
    """Read JSON or a script that holds a page in its strings.

    The page is made of the strings with mark-up, or else of those with several lines and of the
    lists that hold it in parts, in source order; a string that comes twice counts once. Short
    strings under a key become metadata, a ``title`` the title; those near the page come first.

    Args:
        text: the JSON or the script.
        script: the text is all there is, and no script of a page, which names much else.

    Returns:
        None where no string looks like a page.
    """
    if text.lstrip()[:3].upper() in _PERCENT_JSON:
        text = from_percent(text)
    held = list(_strings(text, named=script))
    pages = _once(h.string for h in _with_lines(held))
    texts = pages or _once(h.string for h in held if h.part or h.string.count("\n") > 1)
    if not texts:
        return None
    document = join_documents([read_html(t) if MARKUP.search(t) else read_text(t) for t in texts])
    document.format = "json" if text.lstrip()[:1] in "[{" else "javascript"
    for key, string in fields(held):
        document.meta.setdefault(key, string)
        if key.lower() in _TITLES and not document.title:
            document.title = string
    return document


def _with_lines(held: Sequence[Held]) -> list[Held]:
    """Return the strings with mark-up; where they are tables alone, the lines around each, too.

    Objects that hold a section each keep its heading and lines beside its table.
    """
    pages = [h for h in held if not h.part and MARKUP.search(h.string)]
    if len(pages) < _LEAST_TABLES or not all(TABLE_ALONE.fullmatch(h.string) for h in pages):
        return pages
    around = pages[0].within
    for page in pages:
        while page.within[: len(around)] != around:
            around = around[:-1]
    kept = set(map(id, pages))
    lines = [h for h in held if id(h) not in kept and _is_below(h, around) and HAN.search(h.string)]
    # Of articles each has a table; of sections some have lines alone.
    tables = {page.within for page in pages}
    if any(h.within not in tables and "。" in h.string for h in lines):
        kept.update(map(id, lines))
    return [h for h in held if id(h) in kept]


def _is_below(held: Held, around: tuple[int, ...]) -> bool:
    """Tell whether a string stands in an object of its own within others."""
    return len(held.within) > len(around) and held.within[: len(around)] == around


def _once(strings: Iterable[str]) -> list[str]:
    """Return the strings, pages once: they come twice for telephones, as 无。 does as a text."""
    kept: dict[object, str] = {}
    for number, string in enumerate(strings):
        whole = len(string) > LONG or "<table" in string or "\t" in string
        kept.setdefault(string if whole else number, string)
    return list(kept.values())


def page_inside(text: str, document: Document) -> Document:
    """Look for the page in the strings of a page that shows no table, or only a small one.

    What a page shows in tables and lines of its own stands before what it keeps: it says who
    reports, and when.
    """
    bare = _length(document) < _BARE and not document.holds_cells(LEAST_CELLS)
    sought = _HIDDEN_TEXT if bare else _HIDDEN_PAGE
    if not sought.search(text):
        return document
    pages = [paragraph.text for paragraph in document.paragraphs if "<table" in paragraph.text]
    pages += _kept(text)
    if ESCAPED_PAGE.search(text):
        pages.append(unescape(text))
    inner = [read_embedded(script) for script in _scripts(text, sought)]
    lines: Document | None = None
    for inside in chain(filter(None, inner), map(read_html, dict.fromkeys(pages))):
        if inside.grids and (not document.grids or inside.holds_cells(LEAST_CELLS)):
            return _kept_by(document, inside)
        if lines is None and bare and _prints_rows(inside):
            lines = inside
    return document if lines is None else _kept_by(document, lines)


def _kept_by(document: Document, inside: Document) -> Document:
    """Return a page that another one keeps, behind what that one shows."""
    inside.title = inside.title or document.title
    inside.meta = document.meta | inside.meta
    inside.links = inside.links or document.links
    inside.notes.append("page_in_script")
    head = Document(_shown(document), document.format)
    return join_documents([head, inside]) if head.blocks else inside


def _prints_rows(document: Document) -> bool:
    """Tell whether lines hold the form's rows: few other pages have both words."""
    text = "".join(paragraph.text for paragraph in document.paragraphs)
    return all(word in text for word in _ROWS)


def _length(document: Document) -> int:
    return sum(len(paragraph.text) for paragraph in document.paragraphs)


def _shown(document: Document) -> list[Block]:
    """Return the tables that a page shows, and its lines where it is a shell without a text."""
    shell = all(len(p.text) < LONG // 2 or "<" in p.text for p in document.paragraphs)
    return [b for b in document.blocks if isinstance(b, Grid) or (shell and "<" not in b.text)]


def _strings(text: str, *, named: bool) -> Iterator[Held]:
    """Yield the strings of JSON, or of a script's literals, which have a key where ``named``."""
    value = parsed(text, whole=True)
    if value is not None:
        yield from held_in(value)
        return
    # What a script hands on may be JSON, too: show({...}); var page = {...};
    for opening in islice(_OPENING.finditer(text), _MOST_OPENINGS):
        held = list(held_in(parsed(text[opening.end() :])))
        if any(h.part or MARKUP.search(h.string) for h in held):
            yield from held
            return
    yield from _literals(text)
    if named:
        yield from (Held(name[1], unescape_script(name[3])) for name in _NAMED.finditer(text))


def _scripts(text: str, sought: re.Pattern[str]) -> list[str]:
    """Return the scripts of a page that hold what is sought, and the whole page as one."""
    scripts, at = [], 0
    while found := _SCRIPTS.search(text, at):
        end = text.find("</script", found.end())
        at = len(text) if end < 0 else end
        scripts.append(text[found.end() : at])
    if handed_on := pushed(text) if PUSHED in text else None:
        scripts.insert(0, handed_on)
    return [script for script in (*scripts, text) if sought.search(script)]


def _kept(text: str) -> list[str]:
    """Return the pages that elements or attributes keep, unescaped."""
    pages = [unescape(value) for value in _ATTRIBUTE.findall(text) if ESCAPED_PAGE.search(value)]
    at, lower = 0, text.lower()
    while found := _KEEPERS.search(text, at):
        end = lower.find(f"</{(found[1] or found[2]).lower()}", found.end())
        at = len(text) if end < 0 else end
        inside = text[found.end() : at]
        if MARKUP.search(inside):
            pages.append(_CDATA.sub("", inside))
        elif ESCAPED_PAGE.search(inside):
            pages.append(unescape(inside))
    return pages


def _literals(text: str) -> Iterator[Held]:
    page = written(text) or appended(text)
    if page is not None and MARKUP.search(page):
        yield Held("", page)
        return
    parts = [unescape_script(literal[1:-1]) for literal in quoted(text)]
    # document.write("<table>" + "<tr>"...): the pieces make one page.
    marked = [part for part in parts if "<" in part or "&lt;" in part]
    if len(marked) > 1 and not any(map(_holds_table, marked)):
        yield Held("", "".join(marked))
    else:
        yield from (Held("", unwrap(part)) for part in parts)


def _holds_table(part: str) -> bool:
    table = _TABLE.search(part)
    return table is not None and "</table" in part[table.end() :]

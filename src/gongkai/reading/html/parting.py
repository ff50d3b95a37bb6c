"""A page, parted into tags and texts; what is not shown as it is written gets codes of its own."""

from __future__ import annotations

import re

from gongkai.reading.html import tags as t
from gongkai.reading.html.altered import alter
from gongkai.reading.html.doubted import doubt
from gongkai.reading.html.markup import Markup, MisnestedError, has_strays
from gongkai.reading.html.style_sheets import hide

# Comments, scripts and styles: how they begin, how they end as a rule, and how else.
_UNSEEN = re.compile(r"<(?:!--(?!-?>)|[sS](?i:cript|tyle)(?=[\s>]))")
_ENDS = {
    "<!--": ("-->", re.compile("--!>")),
    "<script": ("</script>", re.compile(r"</script\s*>", re.IGNORECASE)),
    "<style": ("</style>", re.compile(r"</style\s*>", re.IGNORECASE)),
}
# A script of linked data tells so in its first signs.
_LINKED = "application/ld+json"
_LONGEST_MARK = 200
_QUOTED_TAG = re.compile(r"""((?:[^"'>]++|"[^"]*+"|'[^']*+')*)>""")
_IN_HEAD = bytes((t.INLINE, t.META, t.TITLE, t.TITLE + 1))
# What ends a head, because no head holds it.
_ENDS_HEAD = re.compile(r"<(?!(?:meta|title|link|base|noscript)\b|[/!?])", re.IGNORECASE)
# What stands beside a tag wherever a parser sees it as it is written.
_BESIDE = {
    t.CAPTION: bytes((t.TABLE, t.CAPTION)),
    t.TITLE: bytes((t.TITLE, t.TITLE + 1)),
    t.AREA: bytes((t.AREA, t.AREA + 1)),
}
_ORDINARY = bytes(range(t.SKIPPED))
# In a page as it is written, they leave the tree to be asked for.
_ASK_TREE = bytes((t.ODD, t.ODD + 1, t.BROKEN))
_NO_LONGER_ASKED = bytes.maketrans(_ASK_TREE, bytes(len(_ASK_TREE)))


def markup_of(page: str, *, strict: bool) -> Markup:
    """Return the tags and texts of a page or a fragment of one, with its title and metadata.

    Args:
        page: as its author wrote it, or a browser's parser.
        strict: its author did.

    Raises:
        MisnestedError: ``strict``, and how the elements are nested cannot be told.
    """
    page, linked, sheets = _without_unseen(page)
    page = _with_blanks(page)
    # As a rule they take turns: then there is a faster way. Where they do not, some text is
    # taken for a tag, and none that is ever printed between > and < could be one.
    count = page.count("<")  # while the page is in the processor's cache
    turns = page.replace(">", "<").split("<")
    codes = t.codes_of(turns[1::2])
    in_turns = len(turns) == 2 * count + 1
    if not in_turns or page.find(">") < len(turns[0]) or t.BROKEN in codes:
        turns = _as_written(page) if strict else _as_parsed(page)
        codes = t.codes_of(turns[1::2])
    markup = Markup(turns, codes, strict, linked=linked)
    if sheets:
        hide(markup, sheets)
    if t.UNSURE in codes:
        doubt(markup)
    if any(code in codes for code in t.ALTERED):
        alter(markup)
    special = codes.translate(None, _ORDINARY)
    if special.translate(_NO_LONGER_ASKED).count(t.INLINE):
        if strict:
            raise MisnestedError
        for i, code in enumerate(codes):
            if code == t.BROKEN:
                codes[i] = t.code_of_name(markup.tag(i))
        markup.codes = codes = codes.translate(_NO_LONGER_ASKED)
    if strict and _hides_tags(codes):
        raise MisnestedError
    markup.has_strays = has_strays(codes)
    markup.start = _read_head(markup)
    markup.is_settled = not special
    return markup


def _without_unseen(page: str) -> tuple[str, list[str], list[str]]:
    """Take out scripts, styles and comments; one that does not end stays.

    Returns:
        the page, what its scripts of linked data hold, and its style sheets.
    """
    pieces = []
    linked = []
    sheets = []
    start = 0
    usual: dict[str, int] = {}
    while match := _UNSEEN.search(page, start):
        opening = match[0].lower()
        end = _end_of(opening, page, match.end(), usual)
        if end < 0:
            break
        if page.find(_LINKED, match.end(), match.end() + _LONGEST_MARK) >= 0:
            begin = page.find(">", match.end(), end)
            linked.append(page[begin + 1 : page.rfind("<", begin, end)])
        if opening == "<style":
            sheets.append(page[page.find(">", match.end(), end) + 1 : page.rfind("<", start, end)])
        pieces.append(page[start : match.start()])
        start = end
    pieces.append(page[start:])
    return "".join(pieces), linked, sheets


def _end_of(opening: str, page: str, start: int, ends: dict[str, int]) -> int:
    """Return the index behind the end of a comment, script or style; -1 where it does not end.

    Args:
        opening: how it begins.
        page: the page.
        start: the index behind that.
        ends: the next usual end by opening, as far as looked for: it may be far away.
    """
    usual, other = _ENDS[opening]
    end = ends.get(opening, 0)
    if 0 <= end < start:
        end = ends[opening] = page.find(usual, start)
    # Another end may come first; it begins with the same sign, which few scripts hold.
    last = end if end >= 0 else len(page)
    sign = page.find(usual[0], start, last)
    found = other.search(page, sign, last) if sign >= 0 else None
    return found.end() if found else end + len(usual) if end >= 0 else -1


def _with_blanks(page: str) -> str:
    """Replace the commonest character reference; to look for a single sign takes half the time."""
    if "&" not in page:
        return page
    lead, *behind = page.split("&")
    pieces = ["\xa0" + b[5:] if b.startswith("nbsp;") else "&" + b for b in behind]
    return "".join([lead, *pieces])


def _as_written(page: str) -> list[str]:
    """Return texts and tags by turns, a text first and last; texts may hold ``<``, ``>``."""
    lead, *parts = page.split("<")
    turns: list[str] = []
    pieces = [lead]  # of the open text
    for part in parts:
        first = part[:1]
        if first not in ("/", "!", "?") and not (first.isascii() and first.isalpha()):
            pieces.append(f"&lt;{part}")  # no tag begins like that
            continue
        tag, end, text = part.partition(">")
        if end and tag.count('"') % 2 and (whole := _QUOTED_TAG.match(part)):
            tag, text = whole[1], part[whole.end() :]
        # A tag that is cut goes on in the next one.
        turns += ("".join(pieces), tag if end else "<")
        pieces = [text]
    return [*turns, "".join(pieces)]


def _as_parsed(page: str) -> list[str]:
    """Return the same for what a parser wrote; names in a tag may hold ``<``."""
    *parts, last = page.split(">")
    turns: list[str] = []
    for part in parts:
        text, _, tag = part.partition("<")
        turns += (text, tag)
    return [*turns, last]


def _hides_tags(codes: bytearray) -> bool:
    """Tell whether there are tags where a parser sees none, or overlooks them."""
    return any(
        code in codes and codes.count(code) != codes.count(pair) for code, pair in _BESIDE.items()
    )


# -- the head -----------------------------------------------------------------------------------


def _read_head(page: Markup) -> int:
    """Read title and metadata; return the index behind the head."""
    codes = page.codes
    first = codes.find(t.HEAD)
    end = codes.find(t.HEAD + 1, first)
    if page.strict and not _has_plain_head(page, first, end):
        raise MisnestedError
    if first < 0 or end < 0:
        return 0
    for i in range(first + 1, end):
        if codes[i] == t.TITLE and not page.title:
            page.title = page.shown_text(i)
        elif codes[i] == t.META:
            attributes = t.attributes_of(page.tag(i))
            names = map(attributes.get, ("name", "property", "itemprop"))
            name = next(filter(None, names), None)
            content = attributes.get("content")
            if name and content:
                page.meta.setdefault(name, content.strip())
    return end


def _has_plain_head(page: Markup, first: int, end: int) -> bool:
    """Tell whether a head as written is what a parser would make the head."""
    codes = page.codes
    if first < 0 or end < 0:
        return not any(code in codes for code in (t.HEAD, t.HEAD + 1, t.TITLE, t.META))
    before = [tag for tag in page.tags(0, first) if tag[:1] not in ("!", "?")]
    inside = codes[first + 1 : end].translate(None, _IN_HEAD)
    stray = page.texts(-1, first)
    stray += [page.text(i) for i in range(first, end) if codes[i] != t.TITLE]
    if any(t.name_of(tag) != "html" for tag in before):
        return False
    if _ENDS_HEAD.search("<".join(["", *page.tags(first + 1, end)])):
        return False
    return not (inside or t.HEAD in codes[end:] or "".join(stray).strip())

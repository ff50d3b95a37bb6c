"""A page as a run of tags and texts."""

from __future__ import annotations

import re
from html import unescape
from itertools import islice

from gongkai.reading.html import tags as t
from gongkai.reading.html.altered import alter
from gongkai.reading.html.doubted import doubt
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
_SPACES = re.compile("  +")
_IN_HEAD = bytes((t.INLINE, t.META, t.TITLE, t.TITLE + 1))
# What ends a head, because no head holds it.
_ENDS_HEAD = re.compile(r"<(?!(?:meta|title|link|base|noscript)\b|[/!?])", re.IGNORECASE)
_END_TEXT = bytes((t.TITLE + 1, t.LINK, t.FILE, t.LINK + 1))
# What stands beside a tag wherever a parser sees it as it is written.
_BESIDE = {
    t.CAPTION: bytes((t.TABLE, t.CAPTION)),
    t.TITLE: bytes((t.TITLE, t.TITLE + 1)),
    t.AREA: bytes((t.AREA, t.AREA + 1)),
}
_ORDINARY = bytes(range(t.SKIPPED))
_NO_BLOCKS = bytes({*range(256)} - {*range(t.BLOCK, t.BREAK)})
# In a page as it is written, they leave the tree to be asked for.
_ASK_TREE = bytes((t.ODD, t.ODD + 1, t.BROKEN))
_NO_LONGER_ASKED = bytes.maketrans(_ASK_TREE, bytes(len(_ASK_TREE)))


class MisnestedError(Exception):
    """A page's tags do not tell how its elements are nested: a browser has to repair them."""


def collapse(text: str) -> str:
    """Collapse runs of ASCII white space as a browser does; other blanks stay."""
    for sign in "\n\t\r\f":
        if sign in text:
            text = text.replace(sign, " ")
    text = text.strip(" ")
    return _SPACES.sub(" ", text) if "  " in text else text


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
    # Another end may come first.
    found = other.search(page, start, end if end >= 0 else len(page))
    return found.end() if found else end + len(usual) if end >= 0 else -1


def _with_blanks(page: str) -> str:
    """Replace the commonest character reference; to look for a single sign takes half the time."""
    if "&" not in page:
        return page
    lead, *behind = page.split("&")
    pieces = ["\xa0" + b[5:] if b.startswith("nbsp;") else "&" + b for b in behind]
    return "".join([lead, *pieces])


def shown(text: str) -> str:
    """Return text as it is shown: character references replaced, white space collapsed."""
    return collapse(unescape(text) if "&" in text else text)


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


class Markup:
    """The tags of a page and the text behind each, without scripts, styles and comments.

    Args:
        page: a page, or a fragment of one.
        strict: the page as its author wrote it; else one that a browser's parser wrote.

    Attributes:
        turns: texts and tags by turns, a text first and last. One list holds them all: to copy some
            of them into another one costs more than to split the page.
        codes: the code of each tag, see :mod:`~gongkai.reading.html.tags`.
        start: index of the first tag that is not in the head.
        title: the page's title.
        meta: content of its meta elements, by name, property or itemprop.
        linked: what its scripts of linked data (JSON-LD) hold.
        coloured: classes and identities, as selectors name them, of what has a colour behind text.
        has_strays: there are closing tags of blocks that were never opened.
        is_settled: nothing of it is shown in another way than it is written.

    Raises:
        MisnestedError: ``strict``, and how the elements are nested cannot be told.
    """

    def __init__(self, page: str, *, strict: bool) -> None:
        self.strict = strict
        page, self.linked, sheets = _without_unseen(page)
        page = _with_blanks(page)
        # As a rule they take turns: then there is a faster way. Where they do not, some text is
        # taken for a tag, and none that is ever printed between > and < could be one.
        count = page.count("<")  # while the page is in the processor's cache
        self.turns = page.replace(">", "<").split("<")
        self.codes = t.codes_of(islice(self.turns, 1, None, 2))
        in_turns = len(self.turns) == 2 * count + 1
        if not in_turns or page.find(">") < len(self.turns[0]) or t.BROKEN in self.codes:
            self.turns = _as_written(page) if strict else _as_parsed(page)
            self.codes = t.codes_of(self.turns[1::2])
        self.coloured: frozenset[str] = frozenset()
        self.start = 0
        if sheets:
            hide(self, sheets)
        if t.UNSURE in self.codes:
            doubt(self)
        if any(code in self.codes for code in t.ALTERED):
            alter(self)
        special = self.codes.translate(None, _ORDINARY)
        if special.translate(_NO_LONGER_ASKED).count(t.INLINE):
            if strict:
                raise MisnestedError
            for i, code in enumerate(self.codes):
                if code == t.BROKEN:
                    self.codes[i] = t.code_of_name(self.tag(i))
            self.codes = self.codes.translate(_NO_LONGER_ASKED)
        if strict and self._hides_tags():
            raise MisnestedError
        blocks = self.codes.translate(None, _NO_BLOCKS).count
        self.has_strays = any(blocks(code + 1) > blocks(code) for code in range(t.ITEM, t.BREAK, 2))
        self.title = ""
        self.meta: dict[str, str] = {}
        self.start = self._read_head()
        self.is_settled = not special

    def text(self, i: int) -> str:
        """Return the text behind a tag, as written; behind ``-1``, the one that opens the page."""
        return self.turns[2 * i + 2]

    def texts(self, first: int, end: int) -> list[str]:
        """Return the texts behind some tags, the last of which is the one before ``end``."""
        return self.turns[2 * first + 2 : 2 * end + 2 : 2]

    def write(self, i: int, text: str) -> None:
        """Put another text behind a tag."""
        self.turns[2 * i + 2] = text

    def tag(self, i: int) -> str:
        """Return a tag, without ``<`` and ``>``."""
        return self.turns[2 * i + 1]

    def tags(self, first: int, end: int) -> list[str]:
        """Return the tags from one to the one before another."""
        return self.turns[2 * first + 1 : 2 * end + 1 : 2]

    def _hides_tags(self) -> bool:
        """Tell whether there are tags where a parser sees none, or overlooks them."""
        codes = self.codes
        return any(
            code in codes and codes.count(code) != codes.count(pair)
            for code, pair in _BESIDE.items()
        )

    def html(self, first: int, last: int) -> str:
        """Return the mark-up from one tag to another."""
        turns = zip(self.tags(first, last), self.texts(first, last), strict=True)
        return "".join([f"<{tag}>{text}" for tag, text in turns]) + f"<{self.tag(last)}>"

    def attachments(self) -> list[tuple[str, str]]:
        """Return text and address of each link to an attachment."""
        links = []
        if t.FILE in self.codes:
            for i, code in enumerate(self.codes):
                if code == t.FILE:
                    links.append((self._text_of(i), t.address_of(self.tag(i))))
        return links

    def _text_of(self, first: int) -> str:
        """Return the text of a title or a link, as it is shown."""
        last = first + 1
        while last < len(self.codes) and self.codes[last] not in _END_TEXT:
            last += 1
        if self.strict and last == len(self.codes):
            raise MisnestedError
        return shown("".join(self.texts(first, last)))

    # -- the head -------------------------------------------------------------------------------

    def _read_head(self) -> int:
        """Read title and metadata; return the index behind the head."""
        codes = self.codes
        first = codes.find(t.HEAD)
        end = codes.find(t.HEAD + 1, first)
        if self.strict and not self._has_plain_head(first, end):
            raise MisnestedError
        if first < 0 or end < 0:
            return 0
        for i in range(first + 1, end):
            if codes[i] == t.TITLE and not self.title:
                self.title = self._text_of(i)
            elif codes[i] == t.META:
                attributes = t.attributes_of(self.tag(i))
                names = map(attributes.get, ("name", "property", "itemprop"))
                name = next(filter(None, names), None)
                content = attributes.get("content")
                if name and content:
                    self.meta.setdefault(name, content.strip())
        return end

    def _has_plain_head(self, first: int, end: int) -> bool:
        """Tell whether a head as written is what a parser would make the head."""
        codes = self.codes
        if first < 0 or end < 0:
            return not any(code in codes for code in (t.HEAD, t.HEAD + 1, t.TITLE, t.META))
        before = [tag for tag in self.tags(0, first) if tag[:1] not in ("!", "?")]
        inside = codes[first + 1 : end].translate(None, _IN_HEAD)
        stray = self.texts(-1, first)
        stray += [self.text(i) for i in range(first, end) if codes[i] != t.TITLE]
        if any(t.name_of(tag) != "html" for tag in before):
            return False
        if _ENDS_HEAD.search("<".join(["", *self.tags(first + 1, end)])):
            return False
        return not (inside or t.HEAD in codes[end:] or "".join(stray).strip())

    def blank(self, first: int, last: int) -> None:
        """Make nothing of an element; the text behind it stays."""
        self.codes[first : last + 1] = bytes(last + 1 - first)
        self.turns[2 * first + 2 : 2 * last + 2 : 2] = [""] * (last - first)

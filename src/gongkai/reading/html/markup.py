"""A page as a run of tags and texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from gongkai.reading.html import tags as t

_SPACES = re.compile("  +")
_END_TEXT = bytes((t.TITLE + 1, t.LINK, t.FILE, t.LINK + 1))
_NO_BLOCKS = bytes({*range(256)} - {*range(t.BLOCK, t.TABLE)})


class MisnestedError(Exception):
    """A page's tags do not tell how its elements are nested: a browser has to repair them."""


def collapse(text: str) -> str:
    """Collapse runs of ASCII white space as a browser does; other blanks stay."""
    for sign in "\n\t\r\f":
        if sign in text:
            text = text.replace(sign, " ")
    text = text.strip(" ")
    return _SPACES.sub(" ", text) if "  " in text else text


def shown(text: str) -> str:
    """Return text as it is shown: character references replaced, white space collapsed."""
    return collapse(unescape(text) if "&" in text else text)


def has_strays(codes: bytes | bytearray) -> bool:
    """Tell whether there are closing tags of blocks that were never opened.

    Those of paragraphs are none: a browser makes an empty paragraph of them.
    """
    blocks = codes.translate(None, _NO_BLOCKS).count
    return any(blocks(code + 1) > blocks(code) for code in range(t.ITEM, t.TABLE, 2))


@dataclass
class Markup:
    """The tags of a page and the text behind each, without scripts, styles and comments.

    Attributes:
        turns: texts and tags by turns, a text first and last. One list holds them all: to copy some
            of them into another one costs more than to split the page.
        codes: the code of each tag, see :mod:`~gongkai.reading.html.tags`.
        strict: the page as its author wrote it; else one that a browser's parser wrote.
        start: index of the first tag that is not in the head.
        title: the page's title.
        meta: content of its meta elements, by name, property or itemprop.
        linked: what its scripts of linked data (JSON-LD) hold.
        coloured: classes and identities, as selectors name them, of what has a colour behind text.
        has_strays: there are some, see :func:`has_strays`.
        is_settled: nothing of it is shown in another way than it is written.
    """

    turns: list[str]
    codes: bytearray
    strict: bool
    start: int = 0
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    coloured: frozenset[str] = frozenset()
    has_strays: bool = False
    is_settled: bool = True

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

    def blank(self, first: int, last: int) -> None:
        """Make nothing of an element; the text behind it stays."""
        self.codes[first : last + 1] = bytes(last + 1 - first)
        self.turns[2 * first + 2 : 2 * last + 2 : 2] = [""] * (last - first)

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
                    links.append((self.shown_text(i), t.address_of(self.tag(i))))
        return links

    def shown_text(self, first: int) -> str:
        """Return the text of a title or a link, as it is shown.

        Raises:
            MisnestedError: the page is as written, and does not end it.
        """
        last = first + 1
        while last < len(self.codes) and self.codes[last] not in _END_TEXT:
            last += 1
        if self.strict and last == len(self.codes):
            raise MisnestedError
        return shown("".join(self.texts(first, last)))

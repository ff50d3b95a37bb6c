"""A page inside JSON or a script, as an escaped string → Document."""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from typing import TYPE_CHECKING

from gongkai.reading.html import read_html
from gongkai.reading.join import join_documents
from gongkai.reading.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.reading.document import Document

_QUOTE = re.compile("[\"'`]")
_LITERALS = {
    quote: re.compile(rf"{quote}[^{quote}\\]*+(?:\\.[^{quote}\\]*+)*+{quote}", re.DOTALL)
    for quote in "\"'`"
}
_ESCAPE = re.compile(
    r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL
)
_SIMPLE = {
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
    "\r\n": "",
    "\r": "",
}
_SURROGATES = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"<(?:table|tr|td|p|div|br|span|html|body|h[1-6])[\s/>]", re.IGNORECASE)
_ESCAPED_PAGE = re.compile(r"&lt;(?:table|td|p|div|br|span)\b", re.IGNORECASE)
_HIDDEN_PAGE = re.compile(r"\\u003ctable|\\x3ctable|<table|&lt;table|%3ctable", re.IGNORECASE)
_TITLES = ("title", "articletitle", "headtitle", "name", "标题")
_LONG = 200
_MAX_LEVELS = 3


def read_embedded(text: str) -> Document | None:
    """Read JSON or a script that holds a page in its strings.

    The page is made of the strings with mark-up, or else of those with several lines, in source
    order; a string that comes twice counts once. Short strings under a key become metadata, a
    ``title`` the title.

    Returns:
        None where no string looks like a page.
    """
    pairs = list(_strings(text))
    pages = list(dict.fromkeys(string for _, string in pairs if _MARKUP.search(string)))
    texts = list(dict.fromkeys(string for _, string in pairs if string.count("\n") > 1))
    if pages:
        document = join_documents([read_html(page) for page in pages])
    elif texts:
        document = join_documents([read_text(text) for text in texts])
    else:
        return None
    document.format = "json" if text.lstrip()[:1] in "[{" else "javascript"
    for key, string in pairs:
        if key and string and len(string) < _LONG and not _MARKUP.search(string):
            document.meta.setdefault(key, string)
            if key.lower() in _TITLES and not document.title:
                document.title = string
    return document


def page_inside(text: str, document: Document) -> Document:
    """Look for the page in the strings of a page that shows no table itself."""
    if not _HIDDEN_PAGE.search(text):
        return document
    pages = [paragraph.text for paragraph in document.paragraphs if "<table" in paragraph.text]
    if _ESCAPED_PAGE.search(text):
        pages.append(unescape(text))
    pages += [string for _, string in _literals(text) if _MARKUP.search(string)]
    for page in dict.fromkeys(pages):
        inside = read_html(page)
        if inside.grids:
            inside.title = inside.title or document.title
            inside.meta = document.meta | inside.meta
            inside.links = inside.links or document.links
            inside.notes.append("page_in_script")
            return inside
    return document


def _strings(text: str) -> Iterator[tuple[str, str]]:
    """Yield (key, string) of JSON, or ("", string) of a script's literals."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        yield from _literals(text)
        return
    stack: list[tuple[str, object]] = [("", value)]
    while stack:
        key, value = stack.pop()
        if isinstance(value, dict):
            stack += [(str(name), held) for name, held in reversed(value.items())]
        elif isinstance(value, list):
            stack += [(key, held) for held in reversed(value)]
        elif isinstance(value, str):
            yield key, _unwrap(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield key, str(value)


def _literals(text: str) -> Iterator[tuple[str, str]]:
    parts = [_unescape_script(literal[1:-1]) for literal in _quoted(text)]
    # document.write("<table>" + "<tr>"...): the pieces make one page.
    marked = [part for part in parts if "<" in part or "&lt;" in part]
    if len(marked) > 1 and not any("<table" in part and "</table" in part for part in marked):
        yield "", "".join(marked)
    else:
        yield from (("", _unwrap(part)) for part in parts)


def _quoted(text: str) -> Iterator[str]:
    """Yield the string literals of a script, in linear time."""
    unclosed = set()
    start = _QUOTE.search(text)
    while start is not None:
        quote, end = start[0], start.end()
        literal = None if quote in unclosed else _LITERALS[quote].match(text, start.start())
        if literal is not None:
            yield literal[0]
            end = literal.end()
        else:
            # A quote that is never closed will not be closed for the later ones either.
            unclosed.add(quote)
        start = _QUOTE.search(text, end)


def _unwrap(string: str) -> str:
    """Undo further levels of escaping."""
    string = _SURROGATES.sub("\ufffd", string.replace("\0", ""))
    for _ in range(_MAX_LEVELS):
        if string[:1] == '"':
            string = _unquote(string)
        if _MARKUP.search(string):
            break
        if _ESCAPED_PAGE.search(string):
            string = unescape(string)
        elif "\\u003c" in string.lower() or "<\\/" in string:
            string = _unescape_script(string)
        else:
            break
    return string


def _unquote(string: str) -> str:
    try:
        inner = json.loads(string)
    except (ValueError, RecursionError):
        return string
    return _SURROGATES.sub("\ufffd", inner) if isinstance(inner, str) else string


def _unescape_script(string: str) -> str:
    if "\\" not in string:
        return string
    return _SURROGATES.sub("\ufffd", _ESCAPE.sub(_unescaped, string))


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2] or match[3]
    if number:
        code = int(number, 16)
        return chr(code) if code <= sys.maxunicode else "\ufffd"
    return _SIMPLE.get(match[4], match[4])

"""Strings of a script, as it would print them, and comments."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A comment of mark-up, up to its first end.
COMMENT = r"<!--[^-]*+(?:-(?!->)[^-]*+)*-->"
_QUOTE = re.compile("[\"'`]")
_LITERALS = {
    quote: re.compile(rf"{quote}[^{quote}\\]*+(?:\\.[^{quote}\\]*+)*{quote}", re.DOTALL)
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
SURROGATES = re.compile("[\ud800-\udfff]")
_WRITE = re.compile(r"document\.write(?:ln)?\s*\(\s*")
#: What a script gives a name, or adds to it.
_ASSIGNED = re.compile(r"(?<![\w.$])([A-Za-z_$][\w.$]*)\s*(\+?)=(?![=>])\s*")
_TABLE = "<table"
#: A piece of what a page shows, and a row of it that is a text of so many bytes.
PUSHED = "__next_f.push"
_PUSH = re.compile(r"__next_f\.push\(\s*\[\s*1\s*,\s*(?=\")")
_NAMED = re.compile(rb'"\$([\da-f]{1,4})"')
_LONG_ROW = re.compile(rb"(?:^|(?<=\n))([\da-f]{1,4}):T([\da-f]{1,6}),")
_PLUS = re.compile(r"\s*\+\s*")


def quoted(text: str) -> Iterator[str]:
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


def written(text: str) -> str | None:
    """Return the page that a script writes piece by piece; the pieces may cut through tags."""
    pieces: list[str] = []
    for call in _WRITE.finditer(text):
        piece, _ = _sum(text, call.end())
        if piece is None:
            return None  # never closed: neither are the later ones
        pieces += piece
    return "".join(pieces) if len(pieces) > 1 else None


def appended(text: str) -> str | None:
    """Return the string that a script puts together from literals alone: h += "<td>".

    It is the longest one, and ``None`` unless it holds all the tables that the script writes.
    """
    pieces: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for assigned in _ASSIGNED.finditer(text):
        piece, plain = _sum(text, assigned.end())
        if piece is None or not plain:
            piece, counts[assigned[1]] = [], -len(text)  # it holds more than is written here
        pieces.setdefault(assigned[1], []).extend(piece)
        counts[assigned[1]] += bool(assigned[2])
    pages = ["".join(pieces[name]) for name, count in counts.items() if count > 0]
    page = max(pages, key=len, default="")
    return page if 0 < page.count(_TABLE) == text.count(_TABLE) else None


def pushed(text: str) -> str | None:
    """Return the text that a page's scripts hand on piece by piece to the framework that shows it.

    Long texts stand in it by their length in bytes: each comes where it is named, as a literal.
    """
    pieces = []
    for call in _PUSH.finditer(text):
        literal = _LITERALS['"'].match(text, call.end())
        if literal is None:
            return None  # never closed: neither are the later ones
        pieces.append(unescape_script(literal[0][1:-1]))
    data, at = "".join(pieces).encode("utf-8", "replace"), 0
    rest: list[bytes] = []
    texts: dict[bytes, bytes] = {}
    while long := _LONG_ROW.search(data, at):
        end = long.end() + int(long[2], 16)
        rest.append(data[at : long.start()])
        literal_text = json.dumps(data[long.end() : end].decode("utf-8", "replace"))
        texts[long[1]] = literal_text.encode()
        at = end
    rest.append(data[at:])
    named = _NAMED.sub(lambda name: texts.pop(name[1], name[0]), b"".join(rest))
    return b"\n".join((*texts.values(), named)).decode("utf-8", "replace") or None


def _sum(text: str, at: int) -> tuple[list[str] | None, bool]:
    """Return the literals added up from an index on; ``None`` where one is never closed.

    With them comes whether nothing but literals is added.
    """
    pieces: list[str] = []
    while (quote := text[at : at + 1]) in _LITERALS:
        literal = _LITERALS[quote].match(text, at)
        if literal is None:
            return None, False
        pieces.append(unescape_script(literal[0][1:-1]))
        plus = _PLUS.match(text, literal.end())
        if plus is None:
            return pieces, True
        at = plus.end()
    return pieces, False


def unescape_script(string: str) -> str:
    """Return what a script makes of the inside of a literal."""
    if "\\" not in string:
        return string
    return SURROGATES.sub("\ufffd", _ESCAPE.sub(_unescaped, string))


def _unescaped(match: re.Match[str]) -> str:
    number = match[1] or match[2] or match[3]
    if number:
        code = int(number, 16)
        return chr(code) if code <= sys.maxunicode else "\ufffd"
    return _SIMPLE.get(match[4], match[4])

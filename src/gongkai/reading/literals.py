"""Strings of a script, as it would print them, and comments."""

from __future__ import annotations

import re
import sys
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
        at = call.end()
        while (quote := text[at : at + 1]) in _LITERALS:
            literal = _LITERALS[quote].match(text, at)
            if literal is None:
                return None  # never closed: neither are the later ones
            pieces.append(unescape_script(literal[0][1:-1]))
            plus = _PLUS.match(text, literal.end())
            if plus is None:
                break
            at = plus.end()
    return "".join(pieces) if len(pieces) > 1 else None


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

"""The levels of escaping around a page that is kept in a string."""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64decode
from html import unescape
from urllib.parse import unquote_to_bytes

from gongkai.reading.charset import decode, is_binary
from gongkai.reading.literals import SURROGATES, unescape_script

_TAGS = (
    r"(?:table|t[rd]|p|div|br|span|html|body|h[1-6]|section|article|center|strong|font|[uo]l|li)"
)
MARKUP = re.compile(rf"<{_TAGS}[\s/>]", re.IGNORECASE)
#: Mark-up whose signs are entities, perhaps more than once.
ESCAPED_PAGE = re.compile(rf"&(?:amp;)*lt;{_TAGS}\b", re.IGNORECASE)
_PERCENT_PAGE = re.compile(rf"%(?:25)*3C{_TAGS}\b", re.IGNORECASE)
# The older function for scripts: %u4E00, and %XX for the first 256 characters.
_CODE_UNIT = re.compile(r"%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))")
_BASE64 = re.compile(r"(?:data:[^,]{0,80},)?([A-Za-z0-9+/_-]{200,}={0,2})")
_PEEK = 512
_PACKED = (b"\x1f\x8b", b"x\x01", b"x\x9c", b"x\xda")  # gzip and zlib
_MAX_LEVELS = 5
_MAX_UNPACKED = 32 * 1024 * 1024


def unwrap(string: str) -> str:
    """Undo quotes, entities, escapes, per cent signs and Base64, until mark-up shows."""
    string = SURROGATES.sub("\ufffd", string.replace("\0", ""))
    for _ in range(_MAX_LEVELS):
        while (inner := _unquoted(string)) != string:
            string = inner
        if MARKUP.search(string):
            break
        if ESCAPED_PAGE.search(string):
            string = unescape(string)
        elif "\\u003c" in string.lower() or "<\\/" in string:
            string = unescape_script(string)
        elif _PERCENT_PAGE.search(string):
            string = from_percent(string)
        else:
            inside = _from_base64(string)
            if inside is None:
                break
            string = inside
    return string


def _unquoted(string: str) -> str:
    if string[:1] != '"':
        return string
    try:
        inner = json.loads(string)
    except (ValueError, RecursionError):
        return string
    return SURROGATES.sub("\ufffd", inner) if isinstance(inner, str) else string


def from_percent(string: str) -> str:
    """Return what per cent signs stand for, whatever the encoding."""
    if "%u" in string:
        return _CODE_UNIT.sub(lambda unit: chr(int(unit[1] or unit[2], 16)), string)
    return decode(unquote_to_bytes(string)).text


def _from_base64(string: str) -> str | None:
    """Return the page that a string holds in Base64, perhaps packed; else None."""
    match = _BASE64.fullmatch("".join(string.split()))
    if match is None:
        return None
    code = match[1].translate({ord("-"): "+", ord("_"): "/"}).rstrip("=")
    if len(code) % 4 == 1:
        return None
    code += "=" * (-len(code) % 4)
    head = b64decode(code[:_PEEK])
    packed = head.startswith(_PACKED)
    if not packed and is_binary(head):
        return None  # a picture
    data = b64decode(code)
    if packed:
        try:
            data = zlib.decompressobj(47).decompress(data, _MAX_UNPACKED)
        except zlib.error:
            return None
    text = SURROGATES.sub("\ufffd", decode(data).text)
    pages = (MARKUP, ESCAPED_PAGE, _PERCENT_PAGE)
    return text if any(page.search(text) for page in pages) else None

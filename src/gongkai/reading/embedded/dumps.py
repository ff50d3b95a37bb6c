"""An article that a portal hands on as XML: metadata in elements, the page as text in another."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING

from gongkai.reading.embedded.reader import read_embedded
from gongkai.reading.embedded.wrappings import MARKUP

if TYPE_CHECKING:
    from gongkai.reading.document import Document

_PAGE = re.compile(r"<html\b|<!doctype html\b", re.IGNORECASE)
_HEAD = 2000
#: An element that holds text alone.
_LEAF = re.compile(
    r"<([^\s<>/!?]{1,60})(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[(.*?)\]\]>\s*|([^<]*))</\1\s*>", re.DOTALL
)


def read_dump(text: str) -> Document | None:
    """Read the article; ``None`` unless just one element holds a page with tables."""
    if _PAGE.search(text[:_HEAD]):
        return None
    fields: dict[str, str] = {}
    pages = 0
    for name, inside, plain in _LEAF.findall(text):
        value = inside or unescape(plain)
        pages += "<table" in value and MARKUP.search(value) is not None
        fields.setdefault(name.rpartition(":")[2], value.strip())
    document = read_embedded(json.dumps(fields)) if pages == 1 else None
    if document is not None:
        document.format = "html"
    return document

"""What a page says of itself in its scripts: for search engines (JSON-LD), or for its own use."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from gongkai.reading.literals import SURROGATES

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 5
_LONGEST = 20_000
_DATES = ("datePublished", "pubDate")
_TITLES = ("headline", "title")
#: What articles of accounts (公众号) call their site, and where they keep their day.
_ACCOUNTS = "微信公众平台"
_CREATED = re.compile(
    r"""\b(?:create_?[tT]ime|ct)\s*[=:]\s*(?:JsDecode\()?["'](\d[\d :-]{9,18})["']"""
)


def read_created(text: str, meta: dict[str, str]) -> str:
    """Return the day of an account's article, which its script writes into the page, or nothing."""
    if _ACCOUNTS not in meta.get("og:site_name", ""):
        return ""
    created = _CREATED.search(text)
    return created[1] if created else ""


def read_linked(scripts: list[str]) -> dict[str, str]:
    """Return the day of publication and the title that the first such script tells."""
    for data in _loaded(scripts):
        for item in _items(data):
            names = [name for name in (*_DATES, *_TITLES) if _is_text(item.get(name))]
            # Escapes may write halves of characters, which no text can hold.
            found = {name: SURROGATES.sub("\ufffd", item[name]) for name in names}
            if any(name in found for name in _DATES):
                return found
    return {}


def _loaded(scripts: list[str]) -> Iterator[object]:
    for script in scripts[:_MOST]:
        if len(script) <= _LONGEST:
            try:
                yield json.loads(script, strict=False)
            except (ValueError, RecursionError):
                continue


def _items(data: object) -> Iterator[dict[str, Any]]:
    """Yield what a script is about: an object, some in a list, or a graph of them."""
    if isinstance(data, dict):
        yield data
        data = data.get("@graph")
    if isinstance(data, list):
        yield from (item for item in data if isinstance(item, dict))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

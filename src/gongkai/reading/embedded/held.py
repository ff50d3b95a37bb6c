"""Strings that JSON holds, with their keys; and those that say something about the page in it."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.embedded.editors import page_of
from gongkai.reading.embedded.records import HAN, parts_of
from gongkai.reading.embedded.wrappings import MARKUP, unwrap
from gongkai.reading.failures import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: A string of so many signs is no metadata.
LONG = 200
# Far beyond any page: packed strings in packed strings would only take memory.
_MAX_HELD = 64 * 1024 * 1024
#: Names of what an object says about another page, the next article or those in a list beside it.
_OTHER_PAGES = re.compile(
    r"prev|next|relat|recomm|hot(?:list|news|s\b)|上一|下一|相关|推荐", re.IGNORECASE
)
#: An object that is a label and its value: {"name": "索引号", "value": "GK2024"}.
_LABELS = ("label", "name", "title", "key", "fieldname", "attrname", "text")
_VALUES = ("value", "val", "fieldvalue", "attrvalue")
_LONGEST_LABEL = 12
_JSON = json.JSONDecoder(strict=False)
#: What the parser says of a text that ends within a string, which may end within an escape.
_OPEN = ("Unterminated string", "Invalid \\uXXXX escape")
_HALF_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,3})?\Z")
#: What closes the objects and lists around such a string.
_CLOSINGS = ("}", "]", "}]", "}}", "]}", "}]}", "]}}", "}}}", "}]}}")


class Held(NamedTuple):
    """A string that JSON or a script holds, with its key, if any.

    Attributes:
        key: name under which it stands.
        string: the string, unwrapped.
        part: it is one of the parts of a report (:mod:`gongkai.reading.embedded.records`).
        within: numbers of the objects that it stands in, from the outermost.
        elsewhere: it is said of another page.
    """

    key: str
    string: str
    part: bool = False
    within: tuple[int, ...] = ()
    elsewhere: bool = False


def fields(held: Iterable[Held]) -> list[tuple[str, str]]:
    """Return the names and short strings that may say something about the page.

    What stands in the page's own object comes before what other objects hold, and what is said of
    other pages is left out.
    """
    strings = [h for h in held if h.string and not h.part]
    page = max(strings, key=lambda h: len(h.string) if MARKUP.search(h.string) else 0, default=None)
    own = page.within if page is not None else ()
    short = [h for h in strings if h.key and len(h.string) < LONG and not MARKUP.search(h.string)]
    if page is None or not page.elsewhere:
        short = [h for h in short if not h.elsewhere]
    short.sort(key=lambda h: (-_shared(h.within, own), len(h.within)))
    return [(h.key, h.string) for h in short]


def _shared(within: Sequence[int], own: Sequence[int]) -> int:
    """Return in how many objects two strings stand both."""
    return sum(1 for one, other in zip(within, own, strict=False) if one == other)


def held_in(value: object) -> Iterator[Held]:
    """Yield the strings and numbers of a JSON value with their keys.

    Raises:
        Rejected: its strings hold more than any page.
    """
    numbers = count()
    stack: list[tuple[str, object, tuple[int, ...], bool]] = [("", value, (), False)]
    size = 0
    while stack:
        key, value, within, other = stack.pop()
        inner, text = _opened(value)
        if text is not None:
            size += len(text)
            if size > _MAX_HELD:
                raise Rejected("too_complex", detail="packed strings")
            yield Held(key, text, within=within, elsewhere=other)
        elif isinstance(inner, dict):
            within = (*within, next(numbers))
            named = [(str(name), item) for name, item in inner.items()]
            if pair := _pair(named):
                yield Held(*pair, within=within, elsewhere=other)
                continue
            for name, item in reversed(named):
                stack.append((name, item, within, other or bool(_OTHER_PAGES.search(name))))
        elif isinstance(inner, list) and (page := page_of(inner)):
            yield Held(key, page, within=within, elsewhere=other)
        elif isinstance(inner, list) and (parts := parts_of(inner)):
            yield from (Held(key, part, part=True, within=within) for part in parts)
        elif isinstance(inner, list):
            stack += [(key, item, within, other) for item in reversed(inner)]


def _opened(value: object) -> tuple[object, str | None]:
    """Return an object or a list, which may be packed in a string; else None and the text."""
    if isinstance(value, str):
        inner = parsed(value, whole=True) if len(value) > LONG else None
        if inner is not None:
            return inner, None
        text = unwrap(value)
        inner = parsed(text, whole=True) if text != value else None
        return inner, text if inner is None else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None, str(value)
    return value, None


def _pair(named: Sequence[tuple[str, object]]) -> tuple[str, str] | None:
    """Return the label and the value that an object consists of, if it is such a pair."""
    by_name = {name.lower(): item for name, item in named}
    value = next((by_name[name] for name in _VALUES if name in by_name), None)
    if not isinstance(value, str) or any(len(str(item)) >= LONG for item in by_name.values()):
        return None
    for name in _LABELS:
        label = by_name.get(name)
        if isinstance(label, str) and len(label) <= _LONGEST_LABEL and HAN.search(label):
            return label.strip(" :：\u3000"), value
    return None


def parsed(text: str, *, whole: bool = False) -> object:
    """Return the object or list that a text is, or begins with, as JSON; else None.

    A ``whole`` text that ends within a string is read up to its end.
    """
    text = text.lstrip()
    if text[:1] not in ("{", "["):
        return None
    try:
        value, end = _JSON.raw_decode(text)
    except (ValueError, RecursionError) as error:
        return _cut(text) if whole and str(error).startswith(_OPEN) else None
    return None if whole and text[end:].strip() else value


def _cut(text: str) -> object:
    """Return what JSON that ends within a string holds up to there; None where it closes oddly."""
    text = _HALF_ESCAPE.sub("", text)
    for closing in _CLOSINGS:
        with suppress(ValueError, RecursionError):
            return _JSON.raw_decode(f'{text}"{closing}')[0]
    return None

"""Keeps mark-up away from the parser that would take it quadratic time.

Building the tree costs, for each tag, a look at all elements that are open. A report's page has
some thirty; a hostile or broken one may have a hundred thousand.
"""

from __future__ import annotations

import re
from collections import Counter

from gongkai.reading.failures import Rejected

_CHUNKS = 8
#: So many tags are nothing to look at.
HARMLESS = 6000
_SUSPICIOUS = 1500
_MAX_OPEN = 2000
_MAX_TAGS = 2_000_000
# Unclosed formatting is opened again in each later paragraph: it costs more than depth.
_MAX_FORMATTING = 800
_FORMATTING = "b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u"
_FORMATTING_TAG = re.compile(rf"</?(?:{_FORMATTING})(?=[\s/>])[^<>]*>", re.IGNORECASE)
_FORMATTING_NAMES = frozenset(_FORMATTING.split("|"))
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Never deep: they have no content, or the next of their kind ends them.
_FLAT = (
    "a area base br col dd dt embed hr img input li link meta option p param source td tbody "
    "tfoot th thead tr track wbr"
)
_FLAT_NAMES = frozenset(_FLAT.split())


def bounded(text: str) -> str:
    """Return mark-up that is safe to parse: as a rule, ``text`` itself.

    Formatting tags are taken out where thousands of them are left open.

    Raises:
        Rejected: elements are nested thousands deep, or there are millions of them.
    """
    if not _suspicious(text):
        return text
    if text.count("<") > _MAX_TAGS:
        raise Rejected("too_complex", detail=f"more than {_MAX_TAGS} tags")
    depth, formatting = _left_open(text)
    if depth > _MAX_OPEN:
        raise Rejected("too_complex", detail=f"{depth} open elements")
    if formatting > _MAX_FORMATTING:
        return _FORMATTING_TAG.sub("", text)
    return text


def _suspicious(text: str) -> bool:
    """Count roughly, and fast, how many elements are open at some points of the text."""
    if len(text) > _MAX_TAGS * 4:
        return True
    if text.count("<") < HARMLESS:
        return False
    size = len(text) // _CHUNKS + 1
    more = 0
    for start in range(0, len(text), size):
        end = start + size
        more += text.count("<", start, end) - 2 * text.count("</", start, end)
        if more > _SUSPICIOUS:
            return True
    return False


def _left_open(text: str) -> tuple[int, int]:
    """Return the most elements that are open at once: others, and formatting ones."""
    opened: Counter[str] = Counter()
    depth = formatting = deepest = most = 0
    for closing, name in _TAG.findall(text):
        name = name.lower()  # noqa: PLW2901 - the pair comes from a regular expression
        if name in _FLAT_NAMES or (closing and not opened[name]):
            continue
        step = -1 if closing else 1
        opened[name] += step
        if name in _FORMATTING_NAMES:
            formatting += step
            most = max(most, formatting)
        else:
            depth += step
            deepest = max(deepest, depth)
    return deepest, most

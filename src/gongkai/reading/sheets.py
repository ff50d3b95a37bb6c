"""What a page's own style sheets hide: elements of a class or an identity that is not displayed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading import tags as t

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A word that every style sheet has that hides something.
HIDES = "none"
_DISPLAY = re.compile(r"display\s*:\s*(\w+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)([{}])")
#: How closing tags and declarations begin.
_NO_ELEMENT = ("/", "!", "?")
_NAME = re.compile(r"[.#][\w-]+")


def hide(tags: Sequence[str], codes: bytearray, sheets: Sequence[str]) -> None:
    """Mark the elements that style sheets hide.

    Only plain selectors count, ``.name`` and ``#name``, and only those that no other rule shows
    again, whatever it depends on; rules for some media only (print, small screens) hide nothing.

    Args:
        tags: a page's tags.
        codes: their codes; those of hidden elements are changed.
        sheets: the page's style sheets.
    """
    names = _hidden_names(sheets)
    if not names:
        return
    named = re.compile("|".join(re.escape(name[1:]) for name in sorted(names))).search
    for i, tag in enumerate(tags):
        if tag[:1] in _NO_ELEMENT or not named(tag):
            continue
        if codes[i] == t.BROKEN or codes[i] >= t.HIDDEN:
            continue
        attributes = t.attributes_of(tag)
        own = {f".{name}" for name in attributes.get("class", "").split()}
        own.add(f"#{attributes.get('id', '')}")
        if not own.isdisjoint(names) and "display" not in attributes.get("style", ""):
            codes[i] = t.as_hidden(tag, codes[i])


def _hidden_names(sheets: Sequence[str]) -> set[str]:
    """Return the selectors of what is hidden."""
    hidden: set[str] = set()
    shown: set[str] = set()
    for sheet in filter(t.NOT_SHOWN.search, sheets):
        depth, selectors = 0, ""
        for text, brace in _RULE.findall(_COMMENT.sub(" ", sheet)):
            if brace == "{":
                depth += 1
                selectors = text.rpartition(";")[2]
                continue
            for display in _DISPLAY.findall(text):
                if display.lower() != "none":
                    shown.update(_NAME.findall(selectors))
                elif depth == 1:
                    plain = {selector.strip() for selector in selectors.split(",")}
                    hidden |= {name for name in plain if _NAME.fullmatch(name)}
            depth = max(depth - 1, 0)
    return hidden - shown

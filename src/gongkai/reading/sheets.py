"""What a page's own style sheets hide: elements of a class or an identity that is not shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading import tags as t
from gongkai.reading.pale import LOOK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.markup import Markup

# Words without which a rule makes nothing invisible, and no text white: to look for them is faster.
_INVISIBLE = ("visibility", "opacity", "size:0", "size: 0", ":-", ": -", "scale(0", "rect(")
_WHITE = (":#fff", ": #fff", ":#FFF", ": #FFF", ":white", ": white")
_DISPLAY = re.compile(r"display\s*:\s*(\w+)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]*)([{}])")
#: How closing tags and declarations begin.
_NO_ELEMENT = ("/", "!", "?")
_NAME = re.compile(r"[.#][\w-]+")
_END = re.compile(r"\w*([.#][\w-]+)")


def hide(page: Markup, sheets: Sequence[str]) -> None:
    """Mark the elements that style sheets hide.

    Only plain selectors count, ``.name`` and ``#name``, and only those that no other rule shows
    again, whatever it depends on; rules for some media only (print, small screens) hide nothing.
    For inline elements, whose text goes only where other text stands beside it, the last name of a
    selector is enough.

    Args:
        page: the page; the codes of hidden elements are changed.
        sheets: its style sheets.
    """
    hidden, unseen, pale = _hidden_names(sheets)
    if not (hidden or unseen or pale):
        return
    names = sorted(hidden | unseen | pale)
    named = re.compile("|".join(re.escape(name[1:]) for name in names)).search
    codes, tags = page.codes, page.tags(0, len(page.codes))
    # Most tags come again and again.
    suspected = {tag for tag in set(tags) if named(tag) and tag[:1] not in _NO_ELEMENT}
    for i, tag in enumerate(tags) if suspected else ():
        if tag not in suspected or codes[i] == t.BROKEN or codes[i] >= t.HIDDEN:
            continue
        attributes = t.attributes_of(tag)
        own = {f".{name}" for name in attributes.get("class", "").split()}
        own.add(f"#{attributes.get('id', '')}")
        if not own.isdisjoint(hidden) and "display" not in attributes.get("style", ""):
            codes[i] = t.as_hidden(tag, codes[i])
        elif codes[i] == t.INLINE and not own.isdisjoint(unseen):
            codes[i] = t.UNSEEN
        elif codes[i] == t.INLINE and not own.isdisjoint(pale):
            codes[i] = t.UNSURE


def _hidden_names(sheets: Sequence[str]) -> tuple[set[str], set[str], set[str]]:
    """Return the selectors of what is not displayed, of what is invisible, and of pale text."""
    hidden: set[str] = set()
    shown: set[str] = set()
    unseen: set[str] = set()
    pale: set[str] = set()
    for sheet in sheets:
        words = [word for word in (*_INVISIBLE, *_WHITE) if word in sheet]
        # The word alone is found faster, and most sheets hide nothing.
        if not words and ("none" not in sheet or not t.NOT_SHOWN.search(sheet)):
            continue
        for selectors, text, always in _rules(sheet):
            for display in _DISPLAY.findall(text):
                if display.lower() != "none":
                    shown.update(_NAME.findall(selectors))
                elif always:
                    hidden |= _plain(selectors)
                    unseen |= _last(selectors)
            if always and any(map(text.__contains__, words)):
                if t.INVISIBLE.search(text):
                    unseen |= _last(selectors)
                if "background" not in text and LOOK.search(text):
                    pale |= _last(selectors)
    return hidden - shown, unseen - shown, pale


def _rules(sheet: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the selectors of each rule, what it says, and whether it holds for all media."""
    depth, selectors = 0, ""
    for text, brace in _RULE.findall(_COMMENT.sub(" ", sheet)):
        if brace == "{":
            depth += 1
            selectors = text.rpartition(";")[2]
        else:
            yield selectors, text, depth == 1
            depth = max(depth - 1, 0)


def _plain(selectors: str) -> set[str]:
    """Return the selectors of a rule that are a class or an identity alone."""
    return {name for one in selectors.split(",") if _NAME.fullmatch(name := one.strip())}


def _last(selectors: str) -> set[str]:
    """Return the class or identity that each of a rule's selectors ends in."""
    ends = (_END.fullmatch(one.split()[-1]) for one in selectors.split(",") if one.strip())
    return {end[1] for end in ends if end}

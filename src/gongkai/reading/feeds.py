"""Page numbers of a text that keeps its pages apart by form feeds, as programs print a PDF."""

from __future__ import annotations

import re
from collections import Counter

FEED = "\f"
#: A line of a number alone, the last one of its page.
_FOOT = re.compile(r"(?<=\n)[ \t]*(\d{1,3})[ \t]*(?=\r?\n\s*\Z)")
#: One bare number may be a cell; two that count the pages are none.
_LEAST = 2


def without_page_numbers(text: str) -> str:
    """Return the text with the numbers that count its pages left blank; all lines stay.

    A number alone at the foot of a page would stand between the cells of a row that goes on, or in
    a paragraph's middle.
    """
    pages = text.split(FEED)
    feet = {
        number: (match, int(match[1]) - number)
        for number, page in enumerate(pages)
        if (match := _FOOT.search(page, max(0, len(page.rstrip()) - 40)))
    }
    series, count = (
        Counter(first for _, first in feet.values()).most_common(1)[0] if feet else (0, 0)
    )
    if count < _LEAST:
        return text
    for number, (match, first) in feet.items():
        if first == series:
            page = pages[number]
            pages[number] = page[: match.start()] + page[match.end() :]
    return FEED.join(pages)

"""Page numbers and running heads of a text, as programs print a PDF."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

FEED = "\f"
#: A line of a number alone, the last one of its page.
_FOOT = re.compile(r"(?<=\n)[ \t]*(\d{1,3})[ \t]*(?=\r?\n\s*\Z)")
#: A line of words that ends with its page's number.
_RUNNING = re.compile(
    r"[ \t]*(\S[^\t|]{0,80}?)[ \t]*第[ \t]*(\d{1,3})[ \t]*页(?:[，,/ \t]*共[^|\t]{1,6}页)?\s*"
)
#: One bare number may be a cell; two that count the pages are none.
_LEAST = 2


def drop_running_heads(lines: list[str]) -> None:
    """Blank the lines that print the same words with the number of each page: 年度报告 第2页.

    Such a line would part a head, or the cells of a row.
    """
    found = [(n, match) for n, line in enumerate(lines) if (match := _RUNNING.fullmatch(line))]
    pages: dict[str, list[int]] = {}
    for _, match in found:
        pages.setdefault(match[1], []).append(int(match[2]))
    running = {
        words
        for words, numbers in pages.items()
        if len(numbers) >= _LEAST and all(a < b for a, b in pairwise(numbers))
    }
    for n, match in found:
        if match[1] in running:
            lines[n] = ""


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

"""Radicals that stand for characters: what a PDF's font, and text copied from one, holds.

``⾏政`` looks like 行政 and is no word of any search.
"""

from __future__ import annotations

import unicodedata

#: Those of the supplement have no character of their own in Unicode's tables.
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "母民虎西见角贝足車長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
#: Character by radical, or by a character kept twice for the sake of older sets.
CHARACTERS = _SUPPLEMENT | {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00))
}
_TABLE = str.maketrans(CHARACTERS)
#: A report says 行政 and 自然人; looking for two signs takes no time. It would for 工, the code of
#: whose radical has the byte of a slash: a page has thousands.
SIGNS = ("⾏", "⼈")


def plain(text: str) -> str:
    """Return a text with characters for radicals.

    >>> plain("⾏政⼯作")
    '行政工作'
    """
    return text.translate(_TABLE) if any(sign in text for sign in SIGNS) else text

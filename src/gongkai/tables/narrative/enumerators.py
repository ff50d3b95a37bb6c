"""Numbers of headings: 一、 （一） 1. 第一部分, and how they are written."""

from __future__ import annotations

import re

LONGEST_HEADING = 50
_LONGEST_NUMBER = 8
_NUMERALS = {
    sign: number
    for signs in ("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽")
    for number, sign in enumerate(signs, start=1)
}
_NUMERALS |= {str(n): n for n in range(1, 11)} | {f"0{n}": n for n in range(1, 10)}
_NUMBER = rf"{'|'.join(sorted(_NUMERALS, key=len, reverse=True))}"
ENUMERATOR = re.compile(
    rf"[\s*_■▲●★※◆▪]*(?:(?:第|(?i:part|chapter))\s*(?P<part>{_NUMBER})\s*(?:部分|章|节|项)?[\s、.．:：,，]*"
    rf"|[（(〔\[【]\s*(?P<inner>{_NUMBER})\s*[)）〕\]】][\s、.．:：,，]*"
    rf"|(?P<plain>{_NUMBER})(?:\s*[、﹑.．:：,，)）]|\s)(?!\d(?!\d{{3}}\s*年))\s*)"
)
_SENTENCE_ENDS = ("。", "；", ";", "，", "、")
_ATTACHED = re.compile(r"\s*(?:附[件表]|\W*$)")


def is_number(text: str, number: int) -> bool:
    """Tell whether a line is a heading's number alone: 二、, or bare the one that it must have."""
    if len(text) >= _LONGEST_NUMBER:
        return False
    return _NUMERALS.get(text.strip()) == number or ENUMERATOR.fullmatch(text) is not None


def numbering(text: str) -> tuple[str, int] | None:
    """Return the style and number of a numbered line that may be a heading, whatever its words."""
    if len(text) > LONGEST_HEADING or text.rstrip().endswith(_SENTENCE_ENDS):
        return None
    match = ENUMERATOR.match(text)
    if match is None or _ATTACHED.match(text, match.end()):
        return None
    return style_and_number(match)


def style_and_number(match: re.Match[str]) -> tuple[str, int]:
    """Return how a heading is numbered, without the number, and the number."""
    style = match.lastgroup or ""
    sign = match[style]
    # Not the sign after the number: it is often mistyped.
    return style + ("1" if sign.isdecimal() else "一"), _NUMERALS[sign]

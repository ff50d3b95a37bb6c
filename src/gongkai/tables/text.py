"""Normalising printed text: what of it is a label, whatever the spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from gongkai.form.labels import OTHER_WORDS
from gongkai.reading.pictures import without_pictures

#: How many distinct cell texts to remember; a page has some 150, and portals repeat them.
_CACHE = 16384

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_ENUMERATOR = re.compile(
    r"(?:第?[（(〔\[【]\s*[一二三四五六七八九十\d]{1,3}\s*[)）〕\]】]"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．:：，,]"
    r"|[\d]{1,2}\s*[、.．:：，,)）]"
    # A row's number stands in front of its label's own.
    r"|\d{1,2}\s+(?=[（(]?[一二三四五六七\d]{1,2}[、.．)）])"
    r"|[①-⑳⑴-⒇㈠-㈩])\s*"
)


#: What a label is counted in: 属于国家秘密（件）. Money is another thing: it says of what size.
_COUNTED_IN = re.compile(
    r"(?<=[\u3400-\u9fff])\s*(?:\((?:单位[:：]?)?[件项条宗份个次]数?\)|单位[:：]\s*[件项条宗份个次])\s*$"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
#: What NFKC may change, without the enumerators that it would turn into bare numerals, which then
#: could not be told from labels.
_ODD = re.compile("[^\\x00-\\x7f\u3400-\u9fff㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽]+")


@lru_cache(maxsize=_CACHE)
def normalise(text: str) -> str:
    """Return the Han characters of ``text`` without enumerators, note marks and unit of count.

    >>> normalise("（三） 不予 公开")
    '不予公开'
    >>> normalise("1．属于国家秘密")
    '属于国家秘密'
    >>> normalise("行政强制（件）")
    '行政强制'
    >>> normalise("3.其它")
    '其他'
    """
    label = strip_enumerators(without_pictures(text))
    if label[-1:] == ")" or "单位" in label:
        label = _COUNTED_IN.sub("", label)
    label = "".join(_HAN.findall(label)).removesuffix("注")
    for word, own in OTHER_WORDS.items():
        label = label.replace(word, own)
    return label


def strip_enumerators(text: str) -> str:
    """Return ``text`` in NFKC, without ``一、``, ``（一）``, ``1.``, ``①`` at its start."""
    rest = without_invisible(text)
    if not rest.isascii():
        rest = _ODD.sub(lambda odd: unicodedata.normalize("NFKC", odd[0]), rest)
    rest = rest.strip().lstrip("*_")  # Markdown's bold
    start = 0
    while match := _ENUMERATOR.match(rest, start):
        start = match.end()
    return rest[start:]


def squeeze(text: str) -> str:
    """Return ``text`` without white space of any kind."""
    return without_invisible("".join(text.split()))


def without_invisible(text: str) -> str:
    """Return ``text`` without characters of no width."""
    # No printable sign is invisible, which is told without a pattern.
    return text if text.isprintable() else _INVISIBLE.sub("", text)

"""Words and numbers as real pages vary and garble them. Each changes a content in place."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from opencc import OpenCC

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content

_WIDE = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
_NARROW = str.maketrans("（）：，；", "():,;")


@cache
def _to_traditional() -> OpenCC:
    return OpenCC("s2t")


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Return the text in simplified characters."""
    return str(_to_simplified().convert(text))


def _every_text(content: Content, change: Callable[[str], str]) -> None:
    """Change headings, paragraphs and cells; numbers, too."""
    content.preamble = [change(text) for text in content.preamble]
    for section in content.sections:
        section.heading = change(section.heading)
        for i, block in enumerate(section.blocks):
            if isinstance(block, str):
                section.blocks[i] = change(block)
            else:
                for cell in block.cells():
                    cell.text = change(cell.text)


def _every_label(content: Content, change: Callable[[str], str]) -> None:
    for table in content.tables:
        for cell in table.cells():
            if cell.path is None:
                cell.text = change(cell.text)


def _every_number(content: Content, change: Callable[[str], str]) -> None:
    for table in content.tables:
        for cell in table.cells():
            if cell.path is not None:
                cell.text = change(cell.text)


def narrow(content: Content, rng: Random) -> None:
    """Print ASCII parentheses and punctuation."""
    del rng
    _every_text(content, lambda text: text.translate(_NARROW))


def numbering(content: Content, rng: Random) -> None:
    """Number labels in another way: ``1、``, ``1．``, ``（1）``, ``1. ``."""
    shape = rng.choice((r"\1、", r"\1．", r"（\1）", r"\1. ", r"\1"))
    _every_label(content, lambda text: re.sub(r"^(\d)\.", shape, text))


def articles(content: Content, rng: Random) -> None:
    """Print 第二十条第（一）项 in other ways."""
    old, new = "第二十条第（", rng.choice(("第二十条（", "第二十条  第（", "第二十条 第（"))
    _every_label(content, lambda text: text.replace(old, new))


def synonyms(content: Content, rng: Random) -> None:
    """Print headers and labels in the words that some portals use instead."""
    pairs = [
        pair
        for pair in (
            ("社会公益组织", "社会组织"),
            ("规章", "规章（县市区无）"),
            ("现行有效件数", "现行有效件数\n（历史累计）"),
            ("危及“三安全一稳定”", '危及"三安全一稳定"'),
            ("本年收费金额（单位：万元）", "本年收费金额(单位:万元)"),
            ("三、本年度办理结果", "三 、本年度办理结果"),
            ("申请人情况", "申请人类别"),
        )
        if rng.random() < 0.6
    ]

    def change(text: str) -> str:
        for old, new in pairs:
            text = new if text == old else text
        return text

    _every_label(content, change)


def breaks(content: Content, rng: Random) -> None:
    """Break header words over two lines, as narrow columns do."""
    joint = rng.choice(("\n", " ", "\n"))
    for table in content.tables:
        for cell in table.cells():
            if cell.kind == "head" and 3 < len(cell.text) < 9 and rng.random() < 0.7:
                middle = len(cell.text) // 2
                cell.text = cell.text[:middle] + joint + cell.text[middle:]


def inner_blanks(content: Content, rng: Random) -> None:
    """Put blanks inside labels."""

    def change(text: str) -> str:
        if len(text) < 4 or rng.random() < 0.5:
            return text
        cut = rng.randint(2, len(text) - 2)
        return text[:cut] + rng.choice((" ", "  ", "\u3000")) + text[cut:]

    _every_label(content, change)


def stacked(content: Content, rng: Random) -> None:
    """Print column headers and group labels one character under the other."""
    del rng
    for table in content.tables:
        for cell in table.cells():
            if (cell.kind == "head" and cell.colspan == 1) or cell.kind == "group":
                cell.text = "\n".join(cell.text)


def garbled(content: Content, rng: Random) -> None:
    """Lose characters of labels, as bad conversions do."""
    losses = (
        ("其他法律行政法规禁止公开", "其他法律行政止公开"),
        ("本年增/减", "本年增/"),
        ("本年新制作数量", "本年新\n数量"),
        ("本年新公开数量", "本年新\n公开数"),
        ("没有现成信息需要另行制作", "没有现成信需要另行制作"),
        ("申请人无正当理由逾期不补正", "申请人无正当由逾期不补正"),
        ("现行有效件数", "现行有效件"),
        ("尚未审结", "尚未审"),
        ("保护第三方合法权益", "保护第三方合权益"),
    )
    kept = [pair for pair in losses if rng.random() < 0.7]

    def change(text: str) -> str:
        for old, new in kept:
            text = text.replace(old, new)
        return text

    _every_label(content, change)


def cut_heads(content: Content, rng: Random) -> None:
    """Cut the headers of table four short: 结果 for 结果维持."""
    del rng
    for cell in content.table("四").cells():
        if (
            cell.kind == "head"
            and len(cell.text) == 4
            and cell.text not in ("行政复议", "行政诉讼")
        ):
            cell.text = cell.text[:2]


def traditional(content: Content, rng: Random) -> None:
    """Print everything in traditional characters, as machine-converted mirrors do."""
    del rng
    convert = _to_traditional().convert
    _every_text(content, convert)
    content.title = convert(content.title)
    content.published, content.written = convert(content.published), convert(content.written)


def half_traditional(content: Content, rng: Random) -> None:
    """Print labels, or every second character of everything, in traditional characters."""
    convert = _to_traditional().convert
    if rng.random() < 0.5:
        _every_label(content, convert)
        return

    def some(text: str) -> str:
        return "".join(convert(sign) if rng.random() < 0.5 else sign for sign in text)

    _every_text(content, some)
    content.title = some(content.title)


def wide_digits(content: Content, rng: Random) -> None:
    """Print full-width digits in the tables."""
    del rng
    _every_number(content, lambda text: text.translate(_WIDE))


def thousands(content: Content, rng: Random) -> None:
    """Separate thousands, with an ASCII or a full-width comma."""
    comma = rng.choice((",", ",", "，"))

    def change(text: str) -> str:
        whole, dot, rest = text.partition(".")
        if not whole.lstrip("-").isdigit():
            return text
        return f"{int(whole):,}".replace(",", comma) + dot + rest

    _every_number(content, change)


def padded(content: Content, rng: Random) -> None:
    """Pad cells with no-break and ideographic spaces."""
    pad = rng.choice(("\u00a0" * 6, "\u3000", " \u00a0 ", "\u200b"))
    for table in content.tables:
        for cell in table.cells():
            cell.text = pad + cell.text + pad


def units(content: Content, rng: Random) -> None:
    """Print units inside cells: 12.5万元, 3件."""
    piece = rng.choice(("件", ""))
    for table in content.tables:
        for cell in table.cells():
            if cell.path is None or not cell.text or not cell.text[-1].isdigit():
                continue
            if cell.path == "proactive.fees.amount":
                cell.text += "万元"
            elif cell.path == "proactive_2019.procurement.amount":
                cell.text += rng.choice(("元", "万元"))
            elif cell.path.startswith("proactive"):
                cell.text += piece

"""Traditional characters: mirrors print whole reports in them, by machine conversion."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid, Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.reading.document import Document

#: Signs that every report prints, in the form that only traditional text has.
_TRADITIONAL = re.compile("[報開請總結轉數務處關機類]")
#: The same for signs that any label or heading of the form may print.
_ANY = re.compile("[報開請總結轉數務處關機類規許罰強費複復議訴訟維糾審內應業構組織個門題項]")
#: So many of them in the first signs make a text traditional; quotations and names hold a few.
_ENOUGH = 8
_FIRST = 4000
#: Words of the form, of heads and of agencies' names that converters for Taiwan put into its words.
_WORDS = {
    "资讯": "信息",
    "规范性档案": "规范性文件",
    "专案数量": "项目数量",
    "释出": "发布",
    "大资料": "大数据",
    "资料局": "数据局",
    "网际网路": "互联网",
    "最佳化": "优化",
}
_WORD = re.compile("|".join(_WORDS))
#: How signs are pronounced, as some mirrors print behind each sign that they converted: 報(bào)告.
_PINYIN = re.compile(
    "(?<=[\u4e00-\u9fff])"
    "(?:[(（](?:[zcs]h|[b-df-hj-np-tw-z])?[aeiouvüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,4}(?:ng?|r)?[)）])+"
)


@cache
def _converter() -> Callable[[str], str]:
    # Imported here: the dictionaries load slowly and few reports need them.
    from opencc import OpenCC  # noqa: PLC0415

    convert = OpenCC("t2s").convert

    @lru_cache(maxsize=8192)
    def converted_text(text: str) -> str:
        """Convert a text; reports print most labels and numbers alike."""
        if text.isascii():
            return text
        return _WORD.sub(lambda word: _WORDS[word[0]], convert(text))

    return converted_text


def simplified_text(text: str) -> str:
    """Return a text in simplified characters."""
    return _converter()(text)


def simplified(document: Document) -> Document:
    """Return the document in simplified characters; places stay as they are.

    Documents that are not in traditional characters come back unchanged.
    """
    # Two looks for a sign are faster than one for many, and traditional reports print both.
    if "報" not in document.text or "開" not in document.text:
        return document
    opening = _opening(document)
    if "報" not in opening or "開" not in opening:
        return document
    if len(_TRADITIONAL.findall(opening)) < _ENOUGH:
        return document
    return converted(document)


def half_simplified(document: Document) -> Document | None:
    """Return a document that mixes both kinds of characters in simplified ones.

    For documents that could not be read as they are; ``None`` where no sign is traditional.
    """
    if not _ANY.search(document.text):  # as in most
        return None
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts = [block.text]
        else:
            texts = [cell.text for row in block.rows for cell in row]
        if any(map(_ANY.search, texts)):
            return converted(document)
    return None


def converted(document: Document) -> Document:
    """Return the document with every traditional character simplified, and none pronounced."""
    pronounced = len(_PINYIN.findall(_opening(document))) >= _ENOUGH

    def convert(text: str) -> str:
        return simplified_text(_PINYIN.sub("", text) if pronounced else text)

    blocks: list[Paragraph | Grid] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(Paragraph(convert(block.text), block.place))
        else:
            rows = [
                [c if (t := convert(c.text)) == c.text else c._replace(text=t) for c in row]
                for row in block.rows
            ]
            blocks.append(replace(block, rows=rows))
    return replace(
        document,
        blocks=blocks,
        title=convert(document.title),
        meta={key: convert(value) for key, value in document.meta.items()},
        notes=[*document.notes, "traditional characters were read as simplified"],
    )


def _opening(document: Document) -> str:
    """Return the document's first signs; tables stand for pages that hold nothing else."""
    parts: list[str] = []
    size = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            parts.append(block.text)
        else:
            parts += [cell.text for row in block.rows[:12] for cell in row]
        size += len(parts[-1]) if parts else 0
        if size > _FIRST:
            break
    return "".join(parts)[: 2 * _FIRST]

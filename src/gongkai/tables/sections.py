"""The narrative: the six statutory sections and their sub-headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.model import Heading, Sections
from gongkai.reading.document import Paragraph
from gongkai.tables.headings import LONGEST_HEADING, WORDS, choose, read_heading
from gongkai.tables.stream import PAGE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.reading.document import Block

_SUB_HEADING = re.compile(
    r"^\s*(?:(?P<two>[（(]\s*[一二三四五六七八九十]+\s*[)）])"
    r"|(?P<three>\d{1,2}\s*[.．、])(?!\d)|(?P<four>[（(]\d{1,2}[)）]))"
)
_FIRST_CLAUSE = re.compile("[。：:]")
_LONGEST_FOOTER = 80
_FOOTER = re.compile(
    r"(扫一扫|上一篇|下一篇|打印本页|关闭(窗口|本页)|版权所有|主办单位|网站标识码|ICP备|公网安备"
    r"|网站地图|责任编辑|分享到|相关(文件|链接|附件))"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks that belong to a table: block indices ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


def is_footer(text: str) -> bool:
    """Tell whether a line is of the page around the report: 上一篇, 版权所有, …."""
    return len(text) < _LONGEST_FOOTER and _FOOTER.search(text[:40]) is not None


def blocks_of(zones: Mapping[str, Zone]) -> set[int]:
    """Return the indices of the blocks that belong to a table."""
    return {i for zone in zones.values() for i in range(zone.start, zone.end)}


def find_headings(blocks: Sequence[Block], zones: dict[str, Zone]) -> dict[str, int]:
    """Return the block index of each section's heading.

    Args:
        blocks: the document's blocks.
        zones: blocks of the tables, by the section that holds them (``proactive``, …).
    """
    inside = blocks_of(zones)
    candidates = []
    for index, block in enumerate(blocks):
        if index in inside or not isinstance(block, Paragraph):
            continue
        text = block.text
        if "情" in text or "况" in text or any(word in text for word in WORDS):
            heading = read_heading(text)
            if heading is not None:
                candidates.append((index, heading))
    spans = {key: (zone.start, zone.end) for key, zone in zones.items()}
    return choose(candidates, spans)


def read_sections(
    blocks: Sequence[Block], headings: dict[str, int], zones: dict[str, Zone]
) -> tuple[Sections, list[Heading]]:
    """Return the sections' narrative, without the tables, and the outline of headings."""
    inside = blocks_of(zones)
    ordered = sorted(headings.items(), key=lambda item: item[1])
    ends = [start for _, start in ordered[1:]] + [len(blocks)] * bool(ordered)
    texts: dict[str, str] = {}
    outline: list[Heading] = []
    for (key, start), end in zip(ordered, ends, strict=True):
        opening = blocks[start]
        if not isinstance(opening, Paragraph):  # pragma: no cover - headings are paragraphs
            continue
        heading = read_heading(opening.text)
        cut = heading.end if heading is not None else LONGEST_HEADING
        outline.append(_heading(key, opening.text[:cut].strip(), 1, opening))
        lines = [opening.text[cut:].lstrip("。：:；;*_ \u3000\u00a0\t")]
        for index in range(start + 1, end):
            block = blocks[index]
            if index in inside or not isinstance(block, Paragraph):
                continue
            text = block.text.strip()
            if len(text) < LONGEST_HEADING and PAGE_NUMBER.fullmatch(text):
                continue
            if key in {"other", "problems"} and is_footer(text):
                break
            lines.append(text)
            sub = _sub_heading(text)
            if sub is not None:
                outline.append(_heading(key, sub[1], sub[0], block))
        texts[key] = "\n".join(line for line in lines if line)
    return Sections(**{key: text or None for key, text in texts.items()}), outline


def _heading(key: str, text: str, level: int, paragraph: Paragraph) -> Heading:
    return Heading(
        section=key, text=text[:LONGEST_HEADING], level=level, place=str(paragraph.place)
    )


def _sub_heading(text: str) -> tuple[int, str] | None:
    match = _SUB_HEADING.match(text)
    if match is None:
        return None
    level = 2 if match["two"] else 3 if match["three"] else 4
    head = _FIRST_CLAUSE.split(text, maxsplit=1)[0].strip()
    return (level, head) if len(head) <= LONGEST_HEADING else None

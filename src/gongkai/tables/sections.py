"""The narrative: the six statutory sections and their sub-headings.

Headings are told from their look-alikes by where the tables stand: a report's own 一、…六、 and
table three's last row 四、结转下年度继续办理 lie on the wrong side of a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.model import Heading, Sections
from gongkai.reading.document import Paragraph
from gongkai.tables.stream import PAGE_NUMBER
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.reading.document import Block

_LONGEST_HEADING = 50
_SIMILAR = 78.0
_ENUMERATED = re.compile(r"^\s*[（(]?\s*[一二三四五六七八九十]+\s*[)）、.．]")
_SUB_HEADING = re.compile(
    r"^\s*(?:(?P<two>[（(]\s*[一二三四五六七八九十]+\s*[)）])"
    r"|(?P<three>\d{1,2}\s*[.．、])(?!\d)|(?P<four>[（(]\d{1,2}[)）]))"
)
_FIRST_WORDS = re.compile(r"[。：:\s]")
_FIRST_CLAUSE = re.compile("[。：:]")
_NUMBER_INSIDE = re.compile(r".\d")
_FOOTER = re.compile(
    r"(扫一扫|上一篇|下一篇|打印本页|关闭(窗口|本页)|版权所有|主办单位|网站标识码|ICP备|公网安备"
    r"|网站地图|责任编辑|分享到|相关(文件|链接|附件))"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks that belong to a table: block indices ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


def blocks_of(zones: Mapping[str, Zone]) -> set[int]:
    """Return the indices of the blocks that belong to a table."""
    return {i for zone in zones.values() for i in range(zone.start, zone.end)}


@lru_cache(maxsize=8192)
def heading_key(norm: str) -> tuple[str, float] | None:
    """Return the section whose heading ``norm`` is and how alike they are (0-100)."""
    best, key = 0.0, None
    for section, spellings in SECTION_HEADINGS.items():
        for spelling in spellings:
            score = fuzz.ratio(norm, spelling, score_cutoff=_SIMILAR)
            if score > best:
                best, key = score, section
    return None if key is None else (key, best)


def find_headings(blocks: Sequence[Block], zones: dict[str, Zone]) -> dict[str, int]:
    """Return the block index of each section's heading.

    Args:
        blocks: the document's blocks.
        zones: blocks of the tables, by the section that holds them (``proactive``, …).
    """
    inside = blocks_of(zones)
    candidates: list[tuple[int, str, float]] = []
    for index, block in enumerate(blocks):
        if index in inside or not isinstance(block, Paragraph):
            continue
        text = block.text
        if "情" not in text and "况" not in text and "事项" not in text and "概述" not in text:
            continue  # every heading has one of them, and hardly a menu's line does
        alike = _candidate(text)
        if alike is not None:
            candidates.append((index, *alike))
    found: dict[str, int] = {}
    low = -1
    for key in SECTION_HEADINGS:
        places = [(score, i) for i, k, score in candidates if k == key and i > low]
        zone = zones.get(key)
        if zone is not None:
            # A table's own heading is the likest one before it, and the last of those.
            places = [max(near)] if (near := [p for p in places if p[1] < zone.start]) else []
            low = max(low, zone.end - 1)
        elif key == "overview" and "proactive" in zones:
            places = [p for p in places if p[1] < zones["proactive"].start]
        if places:
            found[key] = places[0][1]
            low = max(low, found[key])
    return found


def _candidate(text: str) -> tuple[str, float] | None:
    """Return the section that a paragraph may open; prose and lines with numbers open none."""
    text = text.strip()
    if len(text) > _LONGEST_HEADING or text.endswith("。"):
        if not _ENUMERATED.match(text):
            return None
        text = _FIRST_WORDS.split(text, maxsplit=1)[0]
    if len(text) > _LONGEST_HEADING or _NUMBER_INSIDE.search(text):
        return None
    return heading_key(normalise(text))


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
        lines: list[str] = []
        for index in range(start, end):
            block = blocks[index]
            if index in inside or not isinstance(block, Paragraph):
                continue
            text = block.text.strip()
            if len(text) < _LONGEST_HEADING and PAGE_NUMBER.fullmatch(text):
                continue
            if index == start:
                outline.append(
                    Heading(
                        section=key, text=text[:_LONGEST_HEADING], level=1, place=str(block.place)
                    )
                )
                if len(text) > _LONGEST_HEADING:
                    lines.append(text)
                continue
            if key in {"other", "problems"} and len(text) < 80 and _FOOTER.search(text[:40]):  # noqa: PLR2004
                break
            lines.append(text)
            sub = _sub_heading(text)
            if sub is not None:
                outline.append(
                    Heading(section=key, text=sub[1], level=sub[0], place=str(block.place))
                )
        texts[key] = "\n".join(lines)
    return Sections(**{key: text or None for key, text in texts.items()}), outline


def _sub_heading(text: str) -> tuple[int, str] | None:
    match = _SUB_HEADING.match(text)
    if match is None:
        return None
    level = 2 if match["two"] else 3 if match["three"] else 4
    head = _FIRST_CLAUSE.split(text, maxsplit=1)[0].strip()
    return (level, head) if len(head) <= _LONGEST_HEADING else None

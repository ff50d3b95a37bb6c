"""The narrative: the six statutory sections and their sub-headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.model import Heading, Sections
from gongkai.reading.document import Paragraph
from gongkai.tables.headings import (
    BEGINNING,
    LONGEST_HEADING,
    HeadingText,
    choose,
    may_hold_heading,
    read_broken_heading,
    read_heading,
)
from gongkai.tables.numbered import fill_by_number
from gongkai.tables.stream import PAGE_NUMBER
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.reading.document import Block

_SUB_HEADING = re.compile(
    r"(?:(?P<two>[（(]\s*[一二三四五六七八九十]+\s*[)）])"
    r"|(?P<three>\d{1,2}\s*[.．、])(?!\d)|(?P<four>[（(]\d{1,2}[)）]))"
)
_FIRST_CLAUSE = re.compile("[。：:]")
_LONGEST_FOOTER = 80
#: A sentence of a narrative is longer than what stands around it.
_LEAST_PROSE = 15
#: Words that no narrative has, and those that a line of the page, not a sentence, begins with.
_FOOTER = re.compile(
    r"版权所有|网站标识码|ICP备|公网安备|打印本[页文]|关闭(?:窗口|本页)|[上下]一[篇条]\s*[:：]|(?:责任编辑|主办单位)\s*[:：]"
    r"|^[\W_]*(?:(?:用?手机|微信)?扫一扫|[上下]一[篇条]|分享到"
    r"|您(?:对|觉得|认为)[本此该这][^。，]{0,12}(?:满意|评价|帮助)|(?:责任编辑|网站地图|主办单位)(?:\s|$)"
    r"|相关(?:文件|链接|附件|信息|阅读|推荐|文章|新闻|报道|稿件|内容)[\W_]*(?:$|[:：]))"
)
_SENTENCE_ENDS = ("。", "；", ";")
#: A table of contents is left out where so many sections have headings of their own.
_LEAST_LISTED = 3


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks that belong to a table: block indices ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


def is_footer(text: str) -> bool:
    """Tell whether a line is of the page around the report: 上一篇, 版权所有, …."""
    if len(text) >= _LONGEST_FOOTER or text.rstrip().endswith(_SENTENCE_ENDS):
        return False
    return _FOOTER.search(text[:40]) is not None


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
    free = [(i, b) for i, b in enumerate(blocks) if i not in inside and isinstance(b, Paragraph)]
    # Most paragraphs have none of the words that every heading has.
    candidates = [
        (index, heading)
        for index, block in free
        if may_hold_heading(text := block.text[:BEGINNING])
        and (heading := read_heading(text)) is not None
    ]
    listed = _contents(candidates)
    known = [c for c in candidates if c[0] not in listed]
    if len({heading.key for _, heading in known}) < len(SECTION_HEADINGS):
        every = [(index, _heading_at(blocks, index)[0]) for index, _ in free if index not in listed]
        known = [(index, heading) for index, heading in every if heading is not None]
    if not listed or len({heading.key for _, heading in known}) >= _LEAST_LISTED:
        candidates = known
    spans = {key: (zone.start, zone.end) for key, zone in zones.items()}
    chosen = choose(candidates, spans)
    if len(chosen) < len(SECTION_HEADINGS):
        lines = [(index, block.text) for index, block in free]
        tables = {key: start for key, (start, _) in spans.items()}
        chosen |= fill_by_number(lines, chosen, tables)
    return chosen


def _contents(candidates: Sequence[tuple[int, HeadingText]]) -> set[int]:
    """Return the blocks of a table of contents: headings one below the other, in their order."""
    keys = tuple(SECTION_HEADINGS)
    run: list[tuple[int, HeadingText]] = []
    for one in candidates:
        follows = (
            run and one[0] == run[-1][0] + 1 and keys.index(one[1].key) > keys.index(run[-1][1].key)
        )
        run = [*run, one] if follows else [one]
        if len(run) == len(keys):
            return {index for index, _ in run}
    return set()


def _heading_at(blocks: Sequence[Block], index: int) -> tuple[HeadingText | None, str, int]:
    """Return the heading that begins at a block, the text it was read from, and its blocks.

    A line may break it in two.
    """
    block = blocks[index]
    text = block.text if isinstance(block, Paragraph) else ""
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if isinstance(following, Paragraph) and len(text) < LONGEST_HEADING:
        broken = read_broken_heading(text, following.text)
        if broken is not None:
            return broken, text.rstrip() + following.text.strip(), 2
    return read_heading(text), text, 1


def find_opening(blocks: Sequence[Block], headings: Mapping[str, int], title: str) -> int | None:
    """Return the block where section one begins that has no heading: its first sentence.

    ``None`` where it has one, where no section has, or where no sentence stands between the title
    and the first heading.
    """
    if "overview" in headings or not headings:
        return None
    lead = blocks[: min(headings.values())]
    squeezed = squeeze(title)
    lines = [(i, b.text) for i, b in enumerate(lead) if isinstance(b, Paragraph)]
    ends = [i for i, text in lines if (line := squeeze(text)) and line in squeezed]
    after = ends[-1] if ends else -1
    return next((i for i, text in lines if i > after and _is_prose(text)), None)


def _is_prose(text: str) -> bool:
    return len(text) >= _LEAST_PROSE and text.rstrip().endswith("。")


def read_sections(
    blocks: Sequence[Block],
    headings: dict[str, int],
    zones: dict[str, Zone],
    opening: int | None = None,
) -> tuple[Sections, list[Heading]]:
    """Return the sections' narrative, without the tables, and the outline of headings.

    Args:
        blocks: the document's blocks.
        headings: block index of each section's heading.
        zones: blocks of the tables.
        opening: where section one begins that has no heading.
    """
    inside = blocks_of(zones)
    ordered = sorted(headings.items(), key=lambda item: item[1])
    if opening is not None:
        ordered.insert(0, ("overview", opening))
    ends = [start for _, start in ordered[1:]] + [len(blocks)] * bool(ordered)
    texts: dict[str, str] = {}
    outline: list[Heading] = []
    for (key, start), end in zip(ordered, ends, strict=True):
        lines, used = [], 0
        closing = key in {"other", "problems"}
        if key in headings:
            heading, printed, used = _heading_at(blocks, start)
            cut = heading.end if heading is not None and heading.key == key else LONGEST_HEADING
            outline.append(_heading(key, printed[:cut].strip(), 1, blocks[start]))
            lines = [printed[cut:].lstrip("。：:；;*_ \u3000\u00a0\t\n").rstrip()]
            if (sub := _sub_heading(lines[0])) is not None:
                outline.append(_heading(key, sub[1], sub[0], blocks[start]))
        for index in range(start + used, end):
            block = blocks[index]
            if index in inside or not isinstance(block, Paragraph):
                continue
            text = block.text.strip()
            if len(text) < LONGEST_HEADING and PAGE_NUMBER.fullmatch(text):
                continue
            if closing and is_footer(text):
                break
            lines.append(text)
            sub = _sub_heading(text)
            if sub is not None:
                outline.append(_heading(key, sub[1], sub[0], block))
        texts[key] = "\n".join(filter(None, lines))
    return Sections(**{key: text or None for key, text in texts.items()}), outline


def _heading(key: str, text: str, level: int, block: Block) -> Heading:
    return Heading(section=key, text=text[:LONGEST_HEADING], level=level, place=str(block.place))


def _sub_heading(text: str) -> tuple[int, str] | None:
    first = text[:1]  # without blanks in front; most lines begin with a word
    match = _SUB_HEADING.match(text) if first in ("（", "(") or first.isdecimal() else None
    if match is None:
        return None
    level = 2 if match["two"] else 3 if match["three"] else 4
    head = _FIRST_CLAUSE.split(text, maxsplit=1)[0].strip()
    return (level, head) if len(head) <= LONGEST_HEADING else None

"""The narrative: the six statutory sections and their sub-headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.model import Heading, Sections
from gongkai.reading.document import Paragraph
from gongkai.tables.narrative.enumerators import LONGEST_HEADING, is_number
from gongkai.tables.narrative.footers import count_own, is_footer, is_signed, may_follow
from gongkai.tables.narrative.headings import (
    BEGINNING,
    HeadingText,
    choose,
    may_hold_heading,
    read_broken_heading,
    read_heading,
)
from gongkai.tables.narrative.numbered import fill_by_number
from gongkai.tables.narrative.prose import without_prose
from gongkai.tables.stream import PAGE_NUMBER
from gongkai.tables.text import squeeze, without_invisible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.reading.document import Block

#: What numbers a sub-heading, by its level: （一） 1. （1） ①.
_SUB_HEADING = re.compile(
    r"(?:(?P<two>[（(〔\[【]\s*[一二三四五六七八九十]+\s*[)）〕\]】]|[㈠-㈩])"
    r"|(?P<three>\d{1,2}\s*[.．、](?!\d))"
    r"|(?P<four>[（(]\d{1,2}[)）]|\d{1,2}[)）]|[⑴-⒇])|(?P<five>[①-⑳]))"
)
_BRACKETS = tuple("（(〔[【")
_NUMERALS = frozenset("一二三四五六七八九十")
_LEVELS = {"two": 2, "three": 3, "four": 4, "five": 5}
#: Where text runs on from a sub-heading; a wide blank may stand before a heading's last word, too.
#: A pattern that begins with a sign is not tried at every one.
_RUNS_ON = re.compile(
    r"[。：:\s](?:(?<=[。：:])|(?<=[\u3400-\u9fff]\s)(?:(?<=\u3000)|\s)\s*(?=\w.{8}))"
)
#: Signs without width that editors leave in a text.
_UNSEEN = ("\u200b", "\ufeff")
#: A sentence of a narrative is longer than what stands around it.
_LEAST_PROSE = 15
#: A table of contents is left out where so many sections have headings of their own.
_LEAST_LISTED = 3
#: So many headings one below the other are no report's.
_LEAST_CONTENTS = 4


@dataclass(frozen=True, slots=True)
class Zone:
    """Blocks that belong to a table: block indices ``start`` to ``end`` (exclusive)."""

    start: int
    end: int


def blocks_of(zones: Mapping[str, Zone]) -> set[int]:
    """Return the indices of the blocks that belong to a table."""
    return {i for zone in zones.values() for i in range(zone.start, zone.end)}


def within_tables(blocks: Sequence[Block], zones: Mapping[str, Zone]) -> set[int]:
    """Return the indices of the blocks of tables that are no prose among them."""
    return without_prose(blocks_of(zones), blocks)


def find_headings(blocks: Sequence[Block], zones: dict[str, Zone]) -> dict[str, int]:
    """Return the block index of each section's heading.

    Args:
        blocks: the document's blocks.
        zones: blocks of the tables, by the section that holds them (``proactive``, …).
    """
    inside = within_tables(blocks, zones)
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
        known, taken = [], -1
        for index, _ in free:
            if index in listed or index <= taken:
                continue
            heading, _, used = _heading_at(blocks, index)
            if heading is not None:
                known.append((index, heading))
                taken = index + used - 1
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
    """Return the blocks of a table of contents: headings one below the other, in their order.

    Where it lists all sections, or each of many stands elsewhere, too.
    """
    keys = tuple(SECTION_HEADINGS)
    if len(candidates) < _LEAST_CONTENTS + 1:
        return set()
    run: list[tuple[int, HeadingText]] = []
    for place, one in enumerate(candidates):
        follows = (
            run and one[0] == run[-1][0] + 1 and keys.index(one[1].key) > keys.index(run[-1][1].key)
        )
        run = [*run, one] if follows else [one]
        if len(run) == len(keys):
            return {index for index, _ in run}
        following = candidates[place + 1] if place + 1 < len(candidates) else None
        if len(run) < _LEAST_CONTENTS or (following and following[0] == one[0] + 1):
            continue
        listed = {index for index, _ in run}
        others = {heading.key for index, heading in candidates if index not in listed}
        if others.issuperset(heading.key for _, heading in run):
            return listed
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
    title: str = "",
) -> tuple[Sections, list[Heading]]:
    """Return the sections' narrative, without the tables, and the outline of headings.

    Args:
        blocks: the document's blocks.
        headings: block index of each section's heading.
        zones: blocks of the tables.
        opening: where section one begins that has no heading.
        title: the report's title, which the page may print again.
    """
    ordered = sorted(headings.items(), key=lambda item: item[1])
    if opening is not None:
        ordered.insert(0, ("overview", opening))
    ends = [start for _, start in ordered[1:]] + [len(blocks)] * bool(ordered)
    narrative = _Narrative(blocks, headings, zones, title)
    texts = {
        key: narrative.text(key, start, end)
        for (key, start), end in zip(ordered, ends, strict=True)
    }
    return Sections(**{key: text or None for key, text in texts.items()}), narrative.outline


class _Narrative:
    """Reads the sections' texts one by one.

    Args:
        blocks: the document's blocks.
        headings: block index of each section's heading.
        zones: blocks of the tables.
        title: the report's title.

    Attributes:
        outline: the headings met so far.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        headings: Mapping[str, int],
        zones: Mapping[str, Zone],
        title: str,
    ) -> None:
        self.outline: list[Heading] = []
        self._blocks = blocks
        self._headings = headings
        self._last = max((zone.end for zone in zones.values()), default=0)
        # Beside the report, a list of its sections prints their headings again, a second copy of it
        # its title.
        self._again = ({title} if title else set()) | {
            b.text.strip() for i in headings.values() if isinstance(b := blocks[i], Paragraph)
        }
        inside = within_tables(blocks, zones)
        # A heading's number may stand on the line above it.
        self._numbers = {
            at - 1: b.text.strip()
            for number, key in enumerate(SECTION_HEADINGS, start=1)
            if (at := headings.get(key))
            and at - 1 not in inside
            and isinstance(b := blocks[at - 1], Paragraph)
            and is_number(b.text, number)
        }
        self._left_out = inside | self._numbers.keys()

    def text(self, key: str, start: int, end: int) -> str:
        """Return the text of a section; at the end of the document, up to the page's own lines."""
        blocks, closing = self._blocks, end == len(self._blocks)
        left_out = self._left_out
        lines, used = self._opening(key, start)
        least = 1 if lines and lines[0] else 2
        for index in range(start + used, end):
            block = blocks[index]
            if index in left_out or not isinstance(block, Paragraph):
                least = max(least, len(lines))
                continue
            text = block.text.strip()
            if len(text) < LONGEST_HEADING and PAGE_NUMBER.fullmatch(text):
                continue
            if closing and self._is_beside(text, index):
                del lines[count_own(lines, least) :]
                break
            if closing and index > self._last and is_signed(lines) and not may_follow(text):
                break
            lines.append(text)
            if (sub := _sub_heading(text)) is not None:
                self.outline.append(_heading(key, sub[1], sub[0], block))
        text = "\n".join(filter(None, lines))
        # What has no width keeps words from being found.
        return without_invisible(text) if any(sign in text for sign in _UNSEEN) else text

    def _opening(self, key: str, start: int) -> tuple[list[str], int]:
        """Take a section's heading; return what runs on from it, and how many blocks it takes."""
        if key not in self._headings:
            return [], 0
        heading, printed, used = _heading_at(self._blocks, start)
        cut = heading.end if heading is not None and heading.key == key else LONGEST_HEADING
        number = self._numbers.get(start - 1, "")
        block = self._blocks[start]
        self.outline.append(_heading(key, number + printed[:cut].strip(), 1, block))
        rest = printed[cut:].lstrip("。：:；;*_ \u3000\u00a0\t\n").rstrip()
        if (sub := _sub_heading(rest)) is not None:
            self.outline.append(_heading(key, sub[1], sub[0], block))
        return [rest], used

    def _is_beside(self, text: str, index: int) -> bool:
        """Tell whether a line is of the page around the report."""
        return is_footer(text) or (text in self._again and index >= self._last)


def _heading(key: str, text: str, level: int, block: Block) -> Heading:
    return Heading(section=key, text=text[:LONGEST_HEADING], level=level, place=str(block.place))


def _sub_heading(text: str) -> tuple[int, str] | None:
    first = text[:1]  # without blanks in front; most lines begin with a word
    begins = first in _BRACKETS or (first.isnumeric() and first not in _NUMERALS)
    match = _SUB_HEADING.match(text) if begins else None
    if match is None:
        return None
    end = _RUNS_ON.search(text, match.end())
    head = (text[: end.start()] if end else text).strip()
    if len(head) > LONGEST_HEADING or head.endswith(("；", ";")):
        return None
    return _LEVELS[match.lastgroup or ""], head

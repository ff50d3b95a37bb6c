"""Headings of the six sections: how they are written, and which of their look-alikes are meant.

Reports repeat a heading's words in a table of contents, in their own 一、…六、 and above attached
tables. The headings that are meant number on, stand in the form's order, and most often have their
tables below them; no single one of these holds on every page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.tables.narrative.enumerators import ENUMERATOR, LONGEST_HEADING, style_and_number
from gongkai.tables.text import normalise
from gongkai.tables.words import BODIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

#: As much of a paragraph as tells whether it opens a section.
BEGINNING = LONGEST_HEADING + 10
_SIMILAR = 78.0
#: What only stands at the right place is a heading, too: these are no label's words.
_VARIANTS = re.compile(
    "(?P<overview>(?:基本|整体|总体)(?:工作)?(?:情况|概况))"
    "|(?P<requests>依申请公开政府信息和不予公开政府信息的?情况)"
    "|(?P<disputes>因?(?:政府信息公开)?(?:工作)?(?:被申请|申请|引起的?|引发的?)?行政复议和?(?:被?提起)?行政诉讼的?情况)"
    "|(?P<problems>(?:政府信息公开)?(?:工作)?中?(?:存在的?)?(?:主要)?(?:问题|不足)(?:[和与、](?:不足|困难))?[和及与]?(?:以及)?"
    "(?:改进|整改|下一步|下步|今后).{0,8}?(?:(?:以?及|[和与])?其[他它].{2,8})?)"
    "|(?P<other>(?:其[他它](?:需要?(?:报告|说明|公开))?的?|需要?(?:报告|说明)的其[他它])(?:事项|情况|内容))"
)
#: Sub-headings have these words, too: they are a section's only where the number is the form's.
_IN_OTHER_WORDS = {
    "proactive": re.compile("(?:政府信息)?主动公开(?:政府信息)?(?:工作)?的?情况"),
    "requests": re.compile(
        "(?:(?:办理|处理|受理)?(?:政府信息)?依申请公开(?:政府信息)?|(?:[收受]到?和处理)?(?:政府)?信息公开申请)"
        "(?:工作|事项)?(?:办理|处理|受理)?的?情况"
    ),
    "disputes": re.compile("行政复议[、和及与]?(?:提起)?行政诉讼的?情况"),
}
_KEYS = tuple(SECTION_HEADINGS)
_CAPTION = re.compile(r"\s*(?:附[表件]|表)\s*[一二三四五1-5:：]")
_YEAR = re.compile(r"(?:20\d{2}\s*年度?|本年度)(?=\D)")
_CLAUSE = re.compile(r"[。：:\s]")
#: What parts a heading without a number from its section's text.
_PARTED = re.compile(r"[。：:]\s*\S")
_PARTED_WIDE = re.compile(r"[。：:\s]\s*\S")
_DIGIT_INSIDE = re.compile(r"\S\s*\d")


def _by_length(texts: tuple[str, ...]) -> list[str]:
    return sorted(texts, key=len, reverse=True)


_OTHER_SIGNS = "[^\u3400-\u9fff]*+"
#: The very words of each heading, whatever stands between their signs, the longest first.
_EXACTLY = re.compile(
    f"{_OTHER_SIGNS}(?:"
    + "|".join(
        f"(?P<{key}>{'|'.join(map(_OTHER_SIGNS.join, _by_length(texts)))})"
        for key, texts in SECTION_HEADINGS.items()
    )
    + ")"
)
#: Whose and which year's: 一、谷城县教育局2023年度总体情况.
_OWNED_HEADING = re.compile(
    rf"[\u3400-\u9fff]{{0,30}}?(?:[我本][\u3400-\u9fff]{{1,3}}|20\d{{2}}\s*年度?|[{BODIES}])"
    r"(?:20\d{2}\s*年度?)?的?(?:政府信息公开(?:工作)?)?"
    rf"(?:{_EXACTLY.pattern})"
)
#: Words that end a heading in another way: 总体情况及做法, but not 其他需要报告的事项无. It may be
#: two headings in one.
_LONGER_HEADING = re.compile(
    r"(?:[（(](?!无).{1,20}[)）]|(?![无没暂未])[\u3400-\u9fff]{1,8}"
    r"|(?:以?及|[和与、])其[他它][\u3400-\u9fff]{2,8})\s*"
)
_PAGE = re.compile(r"[\s.…·]*\d{0,3}")
_OWNED = 0.8
_RUN_IN = 0.7
#: Two lines without a number are hardly one heading where they are longer than the form's.
_LONGEST_UNNUMBERED = 30
#: A page with more look-alikes of one heading than this is no report.
_MOST_ALIKE = 6


@dataclass(frozen=True, slots=True)
class HeadingText:
    """A paragraph that may open a section.

    Attributes:
        key: the section.
        value: how good a heading it is, 1 at best.
        end: where the heading ends in the text; the section's own words may follow.
        style: how it is numbered, without the number; ``""`` where it is not.
        number: its number, 0 where it has none.
    """

    key: str
    value: float
    end: int
    style: str
    number: int


def may_hold_heading(text: str) -> bool:
    """Tell whether a text has a word of the kind that every heading has, and hardly a menu's line.

    Spelt out, because it is asked of every paragraph.
    """
    return (
        "情" in text
        or "况" in text
        or "问题" in text
        or "事项" in text
        or "概述" in text
        or "不足" in text
    )


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


def read_heading(text: str) -> HeadingText | None:
    """Return the section that a paragraph may open; prose and lines with numbers open none."""
    return _read(text[:BEGINNING])


def read_broken_heading(first: str, second: str) -> HeadingText | None:
    """Return the heading that two short paragraphs make together, better than the first alone."""
    if max(len(first), len(second)) > LONGEST_HEADING:
        return None
    numbered = ENUMERATOR.match(first) is not None
    if not numbered and len(first) + len(second) > _LONGEST_UNNUMBERED:
        return None
    alone = _read(first)
    if alone is not None and alone.value >= 1:
        return None
    whole = first.rstrip() + second.strip()
    joined = _read(whole[:BEGINNING])
    if joined is None:
        return None
    if joined.value < 1:  # whose it is stands before the heading's words, which the line breaks
        broken = _EXACTLY.search(whole) and not any(map(_EXACTLY.search, (first, second)))
        if not numbered or joined.value < _OWNED or not broken:
            return None
    return joined if alone is None or alone.value < joined.value else None


@lru_cache(maxsize=8192)
def _read(text: str) -> HeadingText | None:
    match = ENUMERATOR.match(text)
    if match is None:
        prose = len(text) > LONGEST_HEADING or text.rstrip().endswith("。")
        run_in = _run_in(text, _PARTED_WIDE if prose else _PARTED)
        if run_in or prose:
            return run_in
    start = match.end() if match else 0
    year = _YEAR.match(text, start)
    start = year.end() if year else start
    found = _opening(text, start, numbered=match is not None)
    if found is None and match is not None:
        found = _run_in_at_place(text, match)
    if found is None:
        return None
    key, value, end = found
    if _CAPTION.match(text):
        value -= 1.5
    style, number = style_and_number(match) if match else ("", 0)
    return HeadingText(key, value, end, style, number)


def _run_in(text: str, parted: re.Pattern[str]) -> HeadingText | None:
    """Return the heading without a number from which a section's text runs on."""
    exact = _EXACTLY.match(text)
    if exact is None or not parted.match(text, exact.end()):
        return None
    return HeadingText(exact.lastgroup or "", _RUN_IN, exact.end(), "", 0)


def _run_in_at_place(text: str, match: re.Match[str]) -> tuple[str, float, int] | None:
    """Return the heading in other words, with the form's own number, alone or with text behind."""
    parted = _PARTED.search(text, match.end(), match.end() + LONGEST_HEADING)
    end = parted.start() if parted else len(text.rstrip())
    style, number = style_and_number(match)
    if style != "plain一" or number > len(_KEYS):
        return None
    words = _IN_OTHER_WORDS.get(_KEYS[number - 1])
    own = words and words.fullmatch(text, match.end(), end)
    return (_KEYS[number - 1], _RUN_IN - 0.3, end) if own else None


def _opening(text: str, start: int, *, numbered: bool) -> tuple[str, float, int] | None:
    """Return the heading that stands from ``start``: its key, value and end."""
    whole = len(text) <= LONGEST_HEADING and not text.rstrip().endswith("。")
    if numbered:
        # What runs on from a heading's very words is the section's text.
        inside = _EXACTLY.match(text, start)
        if inside is not None:
            end = inside.end()
            rest = text[end:].strip("。：:；; \u3000\u00a0*_")
            if not rest:
                return inside.lastgroup or "", 1.0, len(text)
            longer = whole and _LONGER_HEADING.fullmatch(text, end)
            value, end = (0.9, len(text)) if longer else (0.7, end)
            return inside.lastgroup or "", value, end
    if whole and (alike := _alike(text[start:])):
        return (*alike, len(text))
    if numbered:
        owned = _owned(text, start, whole=whole)
        clause = _CLAUSE.split(text[start:], maxsplit=1)[0]
        if owned is None and len(clause) <= LONGEST_HEADING and (alike := _alike(clause)):
            return alike[0], alike[1] - 0.3, start + len(clause)
        return owned
    return None


def _owned(text: str, start: int, *, whole: bool) -> tuple[str, float, int] | None:
    """Return the heading that says whose it is."""
    named = _OWNED_HEADING.match(text, start) if may_hold_heading(text) else None
    if named is None:
        return None
    if whole and _PAGE.fullmatch(text, named.end()):
        return named.lastgroup or "", _OWNED, len(text)
    parted = _PARTED.match(text, named.end())
    return (named.lastgroup or "", _RUN_IN, named.end()) if parted else None


def _alike(text: str) -> tuple[str, float] | None:
    if not may_hold_heading(text) or _DIGIT_INSIDE.search(text):
        return None
    norm = normalise(text)
    alike = heading_key(norm)
    if alike is not None:
        return alike[0], alike[1] / 100
    variant = _VARIANTS.fullmatch(norm)
    return (variant.lastgroup or "", 0.7) if variant else None


def choose(
    candidates: Sequence[tuple[int, HeadingText]],
    spans: Mapping[str, tuple[int, int]],
) -> dict[str, int]:
    """Return the headings that are meant: section to the index of its heading's block.

    Args:
        candidates: block index and heading, in source order.
        spans: first block of each section's table and the block after its last.
    """
    keys = [heading.key for _, heading in candidates]
    if keys == list(_KEYS) or (  # each once, in the form's order, or with the form's number
        sorted(keys) == sorted(_KEYS)
        and all(h.value > 0 and h.number == _KEYS.index(h.key) + 1 for _, h in candidates)
    ):
        return {heading.key: index for index, heading in candidates}
    few: list[tuple[int, HeadingText]] = []
    for key in _KEYS:
        alike = [c for c in candidates if c[1].key == key]
        few += sorted(alike, key=lambda c: (-c[1].value, -c[0]))[:_MOST_ALIKE]
    few.sort(key=lambda c: c[0])
    return _best_chain(few, spans)


def _best_chain(
    few: Sequence[tuple[int, HeadingText]],
    spans: Mapping[str, tuple[int, int]],
) -> dict[str, int]:
    """Return the best sequence in which each section stands at most once, the shortest of the best.

    What a sequence is worth depends on neighbours alone, so the best one for each set of sections
    and last heading is enough to know.
    """
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {}
    for at, (_, heading) in enumerate(few):
        bit = 1 << _KEYS.index(heading.key)
        own = heading.value + 0.3 * (heading.number == _KEYS.index(heading.key) + 1)
        best[bit, at] = (own, (at,))
        steps = {before: own + _step(few[before], few[at], spans) for before in range(at)}
        for (seen, last), (worth, chain) in list(best.items()):
            if last == at or seen & bit:
                continue
            new = (worth + steps[last], (*chain, at))
            # Of equal ones, the one that begins later: it is shorter.
            if new > best.get((seen | bit, at), (float("-inf"), ())):
                best[seen | bit, at] = new
    ended = [
        (worth + _with_table(few[last], 1 << 60, spans), few[chain[0]][0] - few[last][0], chain)
        for (_, last), (worth, chain) in best.items()
    ]
    chain = max(ended, default=(0.0, 0, ()))[2]
    return {few[at][1].key: few[at][0] for at in chain}


def _step(
    one: tuple[int, HeadingText],
    two: tuple[int, HeadingText],
    spans: Mapping[str, tuple[int, int]],
) -> float:
    """Rate how well a heading follows another one."""
    (start, before), (end, after) = one, two
    worth = _with_table(one, end, spans) - 0.1 * (end == start + 1)
    worth += 0.5 if _KEYS.index(before.key) < _KEYS.index(after.key) else -1.5
    if before.number and after.number:
        same = before.style == after.style
        if same and after.number == before.number + 1:
            worth += 1.5
        elif not same or after.number <= before.number:
            worth -= 1
    return worth


def _with_table(
    one: tuple[int, HeadingText], end: int, spans: Mapping[str, tuple[int, int]]
) -> float:
    """Rate whether a section holds its table."""
    span = spans.get(one[1].key)
    return 1.5 * (span is not None and one[0] < span[0] < end)

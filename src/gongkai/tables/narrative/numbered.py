"""Headings in a portal's own words, told by their numbers: 一、工作开展情况, 六、其他."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.tables.narrative.enumerators import numbering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEYS = tuple(SECTION_HEADINGS)
_END = 1 << 60


def fill_by_number(
    lines: Sequence[tuple[int, str]], chosen: Mapping[str, int], tables: Mapping[str, int]
) -> dict[str, int]:
    """Return the headings of sections that are missing: those that number on from their neighbours.

    Between two headings that are known, the lines of their style must hold each number between
    theirs once and in order; one too many or too few, and none is a heading. Where fewer than two
    are known, the tables must stand below the headings of their sections, too.

    Args:
        lines: block index and text of the paragraphs outside the tables.
        chosen: the headings that are known: section to block index.
        tables: first block of each section's table.
    """
    texts = dict(lines)
    known = [
        (_KEYS.index(key), at, found)
        for key, at in sorted(chosen.items(), key=lambda item: item[1])
        if at in texts and (found := numbering(texts[at].strip())) is not None
    ]
    # In the form's order, or nothing numbers on.
    places = [place for place, _, _ in known]
    if places != sorted(places) or not (known or tables):
        return {}
    numbered: dict[str, list[tuple[int, int]]] = {}
    for at, text in lines:
        if (found := numbering(text.strip())) is not None:
            numbered.setdefault(found[0], []).append((at, found[1]))
    for style in {found[0] for _, _, found in known} or set(numbered):
        own = [(place, at, found[1]) for place, at, found in known if found[0] == style]
        if len(own) < len(known):
            continue
        filled = _fill(numbered.get(style, []), own, chosen)
        if len(own) > 1 or _hold({**chosen, **filled}, tables):
            return {k: at for k, at in filled.items() if at < tables.get(k, _END)}
    return {}


def _fill(
    numbered: Sequence[tuple[int, int]],
    known: Sequence[tuple[int, int, int]],
    chosen: Mapping[str, int],
) -> dict[str, int]:
    """Return what numbers on between the known headings: (place in the form, block, number)."""
    fences = [(-1, -1, 0), *known, (len(_KEYS), _END, 0)]
    filled: dict[str, int] = {}
    for (place, start, first), (upto, end, last) in pairwise(fences):
        missing = [key for key in _KEYS[place + 1 : upto] if key not in chosen]
        between = [(at, number) for at, number in numbered if start < at < end]
        numbers = [number for _, number in between]
        whole = numbers == list(range(first + 1, first + 1 + len(numbers)))
        if (
            missing
            and whole
            and len(numbers) >= len(missing)
            and last in (0, first + len(numbers) + 1)
        ):
            filled |= {key: at for key, (at, _) in zip(missing, between, strict=False)}
    return filled


def _hold(headings: Mapping[str, int], tables: Mapping[str, int]) -> bool:
    """Tell whether each section is found, and the tables stand in theirs."""
    if len(headings) < len(_KEYS) or not tables:
        return False
    bounds = {key: (headings[key], headings[after]) for key, after in pairwise(_KEYS)}
    return all(bounds[key][0] < at < bounds[key][1] for key, at in tables.items() if key in bounds)

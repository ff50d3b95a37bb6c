"""Headings in a portal's own words, told by their numbers: 一、工作开展情况, 六、其他."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.tables.headings import numbering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEYS = tuple(SECTION_HEADINGS)
_END = 1 << 60


def fill_by_number(
    lines: Sequence[tuple[int, str]], chosen: Mapping[str, int], tables: Mapping[str, int]
) -> dict[str, int]:
    """Return the headings of sections that are missing: those that number on from their neighbours.

    Between two headings that are known, the lines of their style must hold each number between
    theirs once and in order; one too many or too few, and none is a heading.

    Args:
        lines: block index and text of the paragraphs outside the tables.
        chosen: the headings that are known: section to block index.
        tables: first block of each section's table.
    """
    texts = dict(lines)
    known = [(key, at, numbering(texts[at].strip())) for key, at in chosen.items() if at in texts]
    styles = {found[0] for _, _, found in known if found is not None}
    # In the form's order and in one style, or nothing numbers on.
    places = [_KEYS.index(key) for key, _, found in known if found is not None]
    if len(places) < 2 or len(styles) > 1 or places != sorted(places):  # noqa: PLR2004
        return {}
    (style,) = styles
    numbered = [
        (at, found[1])
        for at, text in lines
        if (found := numbering(text.strip())) is not None and found[0] == style
    ]
    fences = [(-1, -1, 0), *((_KEYS.index(k), at, f[1]) for k, at, f in known if f is not None)]
    fences.append((len(_KEYS), _END, 0))
    filled: dict[str, int] = {}
    for (place, start, first), (upto, end, last) in pairwise(fences):
        missing = [key for key in _KEYS[place + 1 : upto] if key not in chosen]
        between = [(at, number) for at, number in numbered if start < at < end]
        numbers = [number for _, number in between]
        whole = numbers == list(range(first + 1, first + 1 + len(numbers)))
        if not missing or len(numbers) < len(missing) or not whole:
            continue
        if last and last != first + len(numbers) + 1:
            continue
        found_here = {key: at for key, (at, _) in zip(missing, between, strict=False)}
        if all(at < tables.get(key, _END) for key, at in found_here.items()):
            filled |= found_here
    return filled

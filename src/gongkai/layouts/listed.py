"""Which titles are entries of a list: other years' and other agencies' reports beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A date or a sign on a line of its own may stand between two entries.
_GAP = 1


class Titled(NamedTuple):
    """What a line, or some lines together, say that may be the report's title.

    Attributes:
        start: index of the first line.
        end: index behind the last line.
        year: the year that it names.
        agency: the agency that it names.
        dated: whether a date runs on from it, as in a list.
    """

    start: int
    end: int
    year: int | None
    agency: str | None
    dated: bool


def entries_of_lists(found: Sequence[Titled], own: Sequence[Titled] = ()) -> set[int]:
    """Return the positions in ``found`` of entries of lists, where another one names a year.

    All of a list's entries carry dates, or they stand one below the other with different years or
    agencies.

    Args:
        found: what may be titles, in source order.
        own: what the page calls itself.
    """
    lines = [one for one in found if one.end - one.start == 1]
    listed = {one.start for one in lines if one.dated}
    for at, one in enumerate(lines):
        for two in lines[at + 1 :]:
            if two.start - one.end > _GAP:
                break
            if not one.dated and not two.dated and _differ(one, two):
                listed |= {one.start, two.start}
    # What takes an entry in is none the less one.
    within = {at for at, one in enumerate(found) if listed & set(range(one.start, one.end))}
    rivals = [one for at, one in enumerate(found) if at not in within and one.year]
    rivals += [one for one in own if one.year and one.agency]
    return within if rivals else set()


def _differ(one: Titled, two: Titled) -> bool:
    years, names = {one.year, two.year}, {one.agency, two.agency}
    return any(None not in pair and len(pair) > 1 for pair in (years, names))

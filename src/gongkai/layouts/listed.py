"""Which titles are entries of a list: other years' and other agencies' reports beside this one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: A date or a sign on a line of its own may stand between two entries.
_GAP = 1
_MANY = 3


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


def entries_of_lists(
    found: Sequence[Titled], own: Sequence[Titled] = (), prose: str = "", lines_above: int = -1
) -> set[int]:
    """Return the positions in ``found`` of entries of lists, where another one names a year.

    All of a list's entries carry dates, or they stand one below the other with different years or
    agencies. Several dates, or many agencies, make a list without another title, too.

    Args:
        found: what may be titles, in source order.
        own: what the page calls itself.
        prose: the whole text, which may name an agency again.
        lines_above: how many lines stand above the text.
    """
    lines = [one for one in found if one.end - one.start == 1]
    listed = {one.start for one in lines if one.dated}
    many = listed if len(listed) > 1 else set()
    for run in _runs(lines):
        if len({one.agency for one in run}) >= _MANY:
            last = run[-1]  # it may be the report's own title
            apart = last.end == lines_above or last.year != run[-2].year
            kept = apart or prose.count(last.agency or "") > 1
            many |= {one.start for one in (run[:-1] if kept else run)}
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
    return within if rivals else {at for at in within if found[at].start in many}


def _runs(lines: Sequence[Titled]) -> Iterator[list[Titled]]:
    """Yield titles with agencies that stand one below the other."""
    run: list[Titled] = []
    for one in lines:
        if run and (one.agency is None or one.start - run[-1].end > _GAP):
            yield run
            run = []
        if one.agency is not None:
            run.append(one)
    yield run


def _differ(one: Titled, two: Titled) -> bool:
    years, names = {one.year, two.year}, {one.agency, two.agency}
    return any(None not in pair and len(pair) > 1 for pair in (years, names))

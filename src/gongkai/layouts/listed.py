"""Which titles are entries of a list: other years' and other agencies' reports beside this one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.authors import named_in
from gongkai.layouts.dates import is_date_line
from gongkai.layouts.naming import clean_agency, title_rank
from gongkai.layouts.publishers import is_of_kind, own_kinds
from gongkai.layouts.spoken import voted_year
from gongkai.tables.words import FILE_TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.layouts.candidates import Candidate
    from gongkai.reading.document import Paragraph

#: A date or a sign on a line of its own may stand between two entries.
_GAP = 1
_MANY = 3
#: An attachment's name, perhaps with its size.
FILE = re.compile(rf"{FILE_TYPE}.*", re.IGNORECASE)
NOTICE = re.compile(r"(?:公告|通知|公示|函)[》”]?$")
#: What stands below a title: 发布日期：2024-01-15 来源：谷城县教育局.
_LABELLED = re.compile(r"[\[【（(]?\s*[\u4e00-\u9fff]{2,6}\s*[\]】]?\s*[:：][^。]{0,80}$")


def entries_of_lists(
    found: Sequence[Candidate], own: Sequence[Candidate] = (), prose: str = "", lines_above: int = 0
) -> set[int]:
    """Return the positions in ``found`` of entries of lists, where another one names a year.

    All of a list's entries carry dates, or they stand one below the other with different years or
    agencies. Several dates, or many agencies, make a list without another title, too.

    Args:
        found: what may be titles, in source order.
        own: what the page calls itself.
        prose: the whole text, which may name an agency again.
        lines_above: how many lines stand above the text; -1 where the last title is another's.
    """
    lines = [one for one in found if one.end - one.start == 1]
    listed = {one.start for one in lines if one.dated}
    many = listed if len(listed) > 1 else set()
    for run in _runs(lines):
        if len({one.agency for one in run}) >= _MANY:
            last = run[-1]  # it may be the report's own title
            apart = last.end == lines_above or (lines_above >= 0 and last.year != run[-2].year)
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
    if rivals:
        return within
    return {at for at in within if many & set(range(found[at].start, found[at].end))}


def _runs(lines: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Yield titles with agencies that stand one below the other."""
    run: list[Candidate] = []
    for one in lines:
        if run and (one.agency is None or one.start - run[-1].end > _GAP):
            yield run
            run = []
        if one.agency is not None:
            run.append(one)
    yield run


def _differ(one: Candidate, two: Candidate) -> bool:
    years, names = {one.year, two.year}, {one.agency, two.agency}
    return any(None not in pair and len(pair) > 1 for pair in (years, names))


def lines_above(
    paragraphs: Sequence[Paragraph],
    candidates: Sequence[Candidate],
    elsewhere: Sequence[Paragraph],
) -> int:
    """Return how many lines reach to the last title above the text; -1 where it is another's.

    The day and the publisher may stand below a title. Where the narrative says 我镇, or another
    year, the title of a bureau, or of that year, is the last of a list.
    """
    if len({one.agency for one in candidates}) < _MANY:
        return len(paragraphs)
    last = candidates[-1]
    below = [p.text for p in paragraphs[last.end :]]
    text = next((i for i, t in enumerate(below) if t.endswith("。")), len(below))
    head = below[:text]
    if len(head) > _MANY or not all(is_date_line(t) or _LABELLED.match(t) for t in head):
        return len(paragraphs)
    spoken = voted_year(elsewhere, None)
    gainsaid = None not in (last.year, spoken) and last.year != spoken
    named = {clean_agency(m["agency"]) for t in below[text:] for m in named_in(t)} - {None}
    gainsaid |= bool(named) and last.agency not in named
    own = not gainsaid and is_of_kind(last.agency or "", own_kinds(elsewhere))
    return last.end if own else -1


def fuller(candidates: Sequence[Candidate]) -> Candidate:
    """Return the first, or the title below it that says whose, of the same year.

    A portal heads a page by 2023年政府信息公开年报, and the report's own title follows. Where
    others name more than one agency, they are a list's.
    """
    best, *_ = candidates
    named = [one for one in candidates if one.agency is not None]
    if best.agency is not None or best.year is None or len({one.agency for one in named}) != 1:
        return best
    for one in named:
        text = one.text
        own = one.start >= best.end and one.year == best.year and title_rank(text) > 1
        if own and not (one.dated or NOTICE.search(text) or FILE.search(text)):
            return one
    return best

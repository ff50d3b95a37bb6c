"""The report's title among the lines above its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from gongkai.layouts.candidates import Candidate
from gongkai.layouts.crumbs import names_above
from gongkai.layouts.dates import is_date_line, is_month_line, year_of_title
from gongkai.layouts.listed import FILE, NOTICE, entries_of_lists, fuller, lines_above
from gongkai.layouts.naming import (
    HAN,
    LONGEST_PRINTED,
    agency_of_title,
    clean_agency,
    title_rank,
)
from gongkai.layouts.publishers import GOVERNMENT, OVER, is_of_kind, own_kinds
from gongkai.layouts.spoken import likely_years
from gongkai.layouts.titlelines import LONGEST_TITLE, is_entry, is_titled, plain, undated
from gongkai.tables.text import squeeze
from gongkai.tables.words import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.document import Paragraph

_MOST_LINES = 3
# Far beyond any report: so many lines may be titles, and so much text may name their agencies.
_MOST_SIGNS = 500
_LONGEST_PROSE = 200_000
#: Longest end of a title that wrapped onto the next line: （2023年度）.
_LAST_PIECE = 10
_PROSE = re.compile(
    # One look at a sign tells of most that none of these begins there.
    r"(?=[=\-_*~—。；;现根按依要如下当首>＞»附上索编])(?:"
    r"^[=\-_*~—]{3,}$|[。；;]|现将|根据|按照|依据|要求|如下|下载|当前位置|首页|[>＞»]|附件|上一篇|下一篇|索引|现发布|现公布|(?<!机构)编制(?!委员会))"
)
#: What leads to another page.
_LINKED = re.compile(r"(?:推荐|相关|链接|更多|延伸|另见|参见|阅读)[^:：]{0,6}[:：]")
_SET_OFF = re.compile(r"\s*[_|—–>＞»/\\→]+\s*|\s+-+\s+|(?<!\d)-+|-+(?!\d)|::")
#: Endings of names whose beginnings end names, too.
_ENDINGS = ("办公室", "办公厅", "办事处", "委员会", "管委会", "人民政府办公室", "人民政府办公厅")
#: A name that the end of its line cut, or a place on a line before its agency.
_PLACE = re.compile(rf"(?![各本全该我][省市县区镇乡])[{HAN}]{{1,}}[{PLACES}镇乡族][{HAN}（）()]*")
_MENU = re.compile(
    r"(?:公开|部门|动态|概况|专栏|新闻|网|网站|门户|平台|首页|年报|报告|目录|互动|专题|解读|公告|公示|导航|街道|乡镇|领导|机构"
    r"|信箱|频道|栏目)$"
)
_YEAR = re.compile(r"[（(]?20\d{2}\s*年?度?[)）]?")
#: A section's heading, in a list of contents.
_HEADING = re.compile(r"[一二三四五六]\s*、")
#: The heading of a list of contents.
_CONTENTS = re.compile(r"\W*目\s*[录次]\W*")


class _Page(NamedTuple):
    """What titles are rated by.

    Attributes:
        prose: the text of all paragraphs.
        own: the source's own title, without blanks.
        pieces: what of it may be a report's title.
        years: years that the report may be of.
        above: how many lines stand above the text; -1 where the last title is another's.
        narrative: the paragraphs of the report itself.
    """

    prose: str
    own: str
    pieces: Sequence[Candidate]
    years: Sequence[int]
    above: int
    narrative: Sequence[Paragraph]


def find_title(
    paragraphs: Sequence[Paragraph],
    elsewhere: Sequence[Paragraph] = (),
    own: str = "",
    published: int | None = None,
) -> tuple[str, Paragraph] | None:
    """Return the title among the paragraphs before the first section, and where it begins.

    A title may be printed twice, stand on two or three lines, or be broken inside a word. The
    reading wins that names an agency, best one that the rest of the report names, too, and a year.

    Args:
        paragraphs: the paragraphs before the first section.
        elsewhere: other paragraphs of the report, which may name the agency.
        own: the source's own title, which often begins with the report's.
        published: the year of publication, which follows the report's.

    Returns:
        ``None`` where there is none, or where the source's own title is better.
    """
    candidates = _candidates(paragraphs)
    if not candidates:
        return None
    best: Candidate | None = candidates[0]
    called = len(candidates) == 1 and squeeze(candidates[0].text) in squeeze(own)
    named = () if called or "报" not in own else pieces_with_title(own)
    pieces = [Candidate(0, [piece]) for piece in named]
    if len(candidates) > 1 or any(_gainsays(piece, candidates[0]) for piece in pieces):
        # Line by line, or a name that two lines make together were named elsewhere, too; but the
        # narrative's own lines may break names.
        lines = "\n".join(p.text for p in paragraphs)
        others = "".join(p.text for p in elsewhere if not is_titled(p.text))
        titles = [one.text for one in (*pieces, *candidates)]
        page = _Page(
            prose=f"{lines}\n{others}"[:_LONGEST_PROSE],
            own=squeeze(own),
            pieces=pieces,
            years=likely_years(titles, elsewhere, published),
            above=lines_above(paragraphs, candidates, elsewhere),
            narrative=elsewhere,
        )
        best = _chosen(candidates, page)
    return None if best is None else (undated(FILE.sub("", best.text)), paragraphs[best.start])


def _chosen(candidates: Sequence[Candidate], page: _Page) -> Candidate | None:
    """Return the best candidate; none where the page calls itself otherwise, and is right."""
    rated = _rated(_unlisted(_of_year(candidates, page.years), page), page)
    # All that know the year say that the best is another year's: the title is not printed.
    best, years = rated[0] if rated else Candidate(0, []), page.years
    if best.year is not None and len(years) > 1 and set(years) == {years[0]} - {best.year}:
        return None
    for piece in page.pieces:
        if _gainsays(piece, best) and _score(piece, page) > _score(best, page):
            return None
    return fuller(rated) if rated else None


def _candidates(paragraphs: Sequence[Paragraph]) -> list[Candidate]:
    """Return the lines that may be titles, alone or together."""
    candidates: list[Candidate] = []
    # Menus have hundreds of lines, and hardly one of them has a sign of 报告.
    signs = [i for i, p in enumerate(paragraphs) if "报" in p.text or "总结" in p.text][
        :_MOST_SIGNS
    ]
    starts = {at for sign in signs for at in range(max(sign - _MOST_LINES + 1, 0), sign + 1)}
    for index in sorted(starts):
        group: list[str] = []
        for at in range(index, min(index + _MOST_LINES, len(paragraphs))):
            group = [*group, plain(paragraphs[at].text)]
            if not _may_be_title(group[-1]) or _is_of_menu(paragraphs, at):
                break
            text = "".join(group)
            if len(text) > LONGEST_TITLE:
                break
            if not _adds(group) or not title_rank(text):
                continue
            if len(group) > 1 and clean_agency(group[0]) and names_above(paragraphs, index):
                continue
            candidates.append(Candidate(index, group))
    return candidates


def _rated(candidates: Sequence[Candidate], page: _Page) -> list[Candidate]:
    """Return the candidates, the best first."""
    return sorted(candidates, key=lambda one: (-_score(one, page), one.start))


def _unlisted(candidates: Sequence[Candidate], page: _Page) -> list[Candidate]:
    """Leave out the entries of lists, unless the page calls itself by one."""
    listed = entries_of_lists(candidates, page.pieces, page.prose, page.above)
    return [
        one
        for number, one in enumerate(candidates)
        if number not in listed or squeeze(one.text) in page.own
    ]


def _of_year(candidates: Sequence[Candidate], years: Sequence[int]) -> Sequence[Candidate]:
    """Leave out other years' titles where the last one alone is of the one year that is likely."""
    lines = {one.start for one in candidates if {one.year} == set(years)}
    if lines != {candidates[-1].start}:
        return candidates
    return [one for one in candidates if one.year in {None, *years}]


def _gainsays(own: Candidate, found: Candidate) -> bool:
    """Return whether the page calls itself another agency's or year's report."""
    named = own.year is not None and own.agency is not None
    return named and (own.year, own.agency) != (found.year, found.agency)


def pieces_with_title(text: str) -> Iterator[str]:
    """Yield what may be a report's title in a page's name or a breadcrumb, the last one first.

    The site's and the column's names stand before or after it, set off by signs or blanks.
    """
    for piece in reversed(_SET_OFF.split(text[:LONGEST_PRINTED])):
        words = piece.split()
        found = None
        for first in range(len(words) - 1, -1, -1):
            candidate = " ".join(words[first:])
            if not title_rank(candidate):
                continue
            found = found or candidate
            if agency_of_title(candidate) is not None:
                found = candidate
                break
        if found is not None and not found.endswith(("…", "...")):
            yield found


def _score(title: Candidate, page: _Page) -> float:
    """Rate a title: names an agency, best one that other paragraphs name, too, and a year."""
    text, agency, year, lines = title.text, title.agency, title.year, title.lines
    score = 2 * bool(year) - 0.5 * len(lines) - (text.count("（") != text.count("）"))
    # A column's name, 政府信息公开年报, is the page's, too.
    told = year is not None or agency is not None
    score += 20 * title_rank(text) + 3 * (told and squeeze(text) in page.own)
    score -= 5 * sum(year != likely for likely in page.years if year is not None)
    score -= 4 * title.dated + 2 * bool(NOTICE.search(text))
    score -= 3 * bool(FILE.search(text))
    score -= 8 * (len(lines) > 1 and _is_sites(squeeze(lines[0]), page.narrative))
    score += 12 * (year is not None and "报告" in text and _is_among(text, page.pieces))
    if agency is not None:
        # The title's own lines, printed twice or not, are no other paragraphs.
        naming = [line for line in (text, *lines) if agency in line]
        itself = max(map(page.prose.count, naming), default=0)
        named = page.prose.count(agency) > itself
        score += 4 + named * (3 + 0.1 * len(agency)) + (len(lines) > 1 and _is_cut(lines[0], text))
    return score


def _is_sites(line: str, narrative: Sequence[Paragraph]) -> bool:
    """Return whether a line above a title names one that publishes for others, not who reports."""
    if GOVERNMENT.search(line):
        return not is_of_kind(line, own_kinds(narrative))
    if not OVER.search(line):
        return False
    alone = re.compile(rf"{re.escape(line)}(?![{HAN}]{{2,12}}?[局行队关])")
    return not any(alone.search(p.text) for p in narrative)


def _is_among(text: str, pieces: Sequence[Candidate]) -> bool:
    return any(piece.text == text for piece in pieces)


def _is_cut(first: str, title: str) -> bool:
    """Return whether a title's first line is the beginning of its agency's name, not a menu's word.

    A whole name above a title is the site's; a place, or a name that ends in the middle of a
    word, belongs to the next line.
    """
    first = squeeze(first)
    agency = agency_of_title(title)
    return (
        agency is not None
        and agency.startswith(first)
        and _PLACE.fullmatch(first) is not None
        and _MENU.search(first) is None
        and (
            first[-1] in PLACES
            or clean_agency(first) is None
            or _parts_an_ending(first, agency[len(first) :])
        )
    )


def _parts_an_ending(first: str, rest: str) -> bool:
    """Return whether a line's end cuts 办公室, 委员会, … in two; 办 alone would end a name, too."""
    return any(
        first.endswith(ending[:cut]) and rest.startswith(ending[cut:])
        for ending in _ENDINGS
        for cut in range(1, len(ending))
    )


def _may_be_title(line: str) -> bool:
    return (
        bool(line)
        and not _PROSE.search(line)
        and not is_date_line(line)
        and not is_month_line(line)
        and not _CONTENTS.fullmatch(line)
        and not _LINKED.match(line)
    )


def _is_of_menu(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Return whether a line is one of several years that stand one below the other."""
    around = paragraphs[max(index - 1, 0) : index + 2]
    years = [len(p.text) < _LAST_PIECE and _YEAR.fullmatch(p.text.strip()) for p in around]
    return bool(years[index > 0]) and sum(map(bool, years)) > 1


def _adds(group: Sequence[str]) -> bool:
    """Return whether each line of a group adds to the title; a whole title needs no other."""
    if len(group) == 1:
        return True
    if any(":" in line or "：" in line or "|" in line for line in group):
        return False
    if _HEADING.match(group[0]) or any(is_entry(line) for line in group[:-1]):
        return False
    # Two lines with a year each are two titles.
    if sum(year_of_title(line) is not None for line in group) > 1:
        return False
    whole = [bool(title_rank(line)) for line in group]
    # The report's words stand in one line or are broken over two; a second title is another one.
    longer = whole[0] and (len(group[1]) > _LAST_PIECE or clean_agency(group[1]) is not None)
    return sum(whole) <= 1 and not longer

"""Where an agency is: its division, from its name and from what else the report says.

A name that several divisions bear (河东区, 鼓楼区) is settled by other evidence, or not at all: a
region that cannot be told stays null.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.enrichment.divisions import gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.enrichment.divisions import Division, DivisionLevel
    from gongkai.model import Region, Report, SourceInfo

#: What a vertical agency puts before its place: 国家税务总局临沂市税务局.
_NATIONAL = re.compile(r"(?:国家税务总局|国家统计局|中华人民共和国|中国共产党|中共)")
#: A zone is named after its city without 市: 青岛高新技术产业开发区管理委员会.
_ZONE = re.compile(r"(?:国家|国际|高新|经济|经开|综合保税|保税|自由贸易|临港|空港|旅游|现代)")
#: 统一社会信用代码 of a public body: 11 or 12, then the code of its division.
_CREDIT_CODE = re.compile(r"(?<![0-9A-Za-z])1[12]([1-8]\d{5})(?=[0-9A-Z]{10})")
_GOVERNMENT = "人民政府"
#: How much of the narrative is searched for the names of cities.
_NARRATIVE = 6000


@dataclass(frozen=True, slots=True)
class Located:
    """What a name says about its place.

    Attributes:
        candidates: the divisions that it may mean; one if it is clear.
        rest: the name after its division: ``商务局``; 人民政府 for a division's bare name.
    """

    candidates: tuple[Division, ...]
    rest: str

    @property
    def level(self) -> DivisionLevel | None:
        """Level of the division, where all candidates agree."""
        levels = {d.level for d in self.candidates}
        return levels.pop() if len(levels) == 1 else None


def read_place(name: str, year: int | None = None) -> Located:
    """Split an agency's name into its division and the rest.

    Args:
        name: as printed, without blanks: ``山东省临沂市河东区商务局``.
        year: year reported on; it chooses between a division and its successor of the same name.
    """
    national = _NATIONAL.match(name)
    at = national.end() if national else 0
    candidates: tuple[Division, ...] = ()
    while True:
        found, end = _longest(name, at, candidates)
        if not found and not candidates:
            found, end = _short(name, at)
        if not found:
            break
        candidates, at = found, end
    # A division's bare name stands for its government.
    rest = name[at:] or (_GOVERNMENT if candidates else name)
    if national and candidates and not rest.startswith(national[0]):
        rest = national[0] + rest
    return Located(_in_force(candidates, year), rest)


def _longest(name: str, at: int, within: tuple[Division, ...]) -> tuple[tuple[Division, ...], int]:
    """Return the divisions of the longest name at ``at`` that lie in one of ``within``."""
    known = gazetteer()
    for end in range(min(len(name), at + known.longest), at + 1, -1):
        found = known.names.get(name[at:end])
        if not found:
            continue
        if within:
            found = tuple(d for d in found if any(d.under(w) and d.code != w.code for w in within))
        if found:
            return found, end
    return (), at


def _short(name: str, at: int) -> tuple[tuple[Division, ...], int]:
    """Accept a province or city without its kind where one of its divisions or zones follows."""
    known = gazetteer()
    for end in range(min(len(name), at + known.longest), at + 1, -1):
        above = known.shorts.get(name[at:end])
        if not above:
            continue
        found, after = _longest(name, end, above)
        if found:
            return found, after
        if _ZONE.match(name, end):
            return tuple(d for d in above if d.level == "市"), end
    return (), at


def _in_force(candidates: tuple[Division, ...], year: int | None) -> tuple[Division, ...]:
    """Drop the predecessor or the successor of the same name, whichever the year does not fit."""
    if len(candidates) < 2:  # noqa: PLR2004 - nothing to choose between
        return candidates
    former = [d for d in candidates if d.until is not None]
    for old in former:
        heirs = [d for d in candidates if d.until is None and d.code == old.now]
        if not heirs:
            continue
        dropped = heirs if year is not None and year <= (old.until or 0) else [old]
        candidates = tuple(d for d in candidates if d not in dropped)
    return candidates


def locate(report: Report, source: SourceInfo | None, place: Located) -> Division | None:
    """Return the one division that the agency is of, or ``None``.

    The agency's own name comes first. What it leaves open is settled by, in this order: the
    region that the layout stands for, the title, the publisher, the source's path and address,
    the credit code in 索引号, and the cities that the narrative names.
    """
    given = _given(report.region)
    candidates = place.candidates
    if not candidates:
        return _from_publisher(report, given)
    if given is not None:
        # A layout's region holds its agencies; one that lies outside is not to be placed.
        candidates = tuple(d for d in candidates if d.under(given) or given.under(d))
        if not candidates:
            return None
    if len(candidates) == 1:
        return _deeper(candidates[0], given)
    for text in _evidence(report, source):
        settled = _narrow(candidates, text)
        if settled is not None:
            return settled
    return None


def _deeper(one: Division, other: Division | None) -> Division:
    # One code may have been given to two divisions in turn: the name decides between them.
    deeper = other is not None and other.code != one.code and other.under(one)
    return other if other is not None and deeper else one


def _given(region: Region) -> Division | None:
    """Return the division that the layout has set."""
    known = gazetteer()
    if region.code and region.code in known.by_code:
        return known.by_code[region.code]
    candidates: tuple[Division, ...] = ()
    for name in (region.province, region.city, region.county):
        if name:
            found = known.names.get(name, ())
            candidates = tuple(
                d for d in found if not candidates or any(d.under(c) for c in candidates)
            )
    current = [d for d in candidates if d.until is None]
    return current[0] if len(current) == 1 else None


def _from_publisher(report: Report, given: Division | None) -> Division | None:
    """Take the place of a nameless agency (教育局, 螅镇人民政府) from who publishes for it."""
    if report.publisher and report.agency.name:
        place = read_place("".join(report.publisher.split()), report.year)
        candidates = tuple(
            d for d in place.candidates if d.level == "县" and (given is None or d.under(given))
        )
        if len(candidates) == 1:
            return candidates[0]
    return given


def _evidence(report: Report, source: SourceInfo | None) -> Iterable[str]:
    yield report.title or ""
    yield report.publisher or ""
    if source is not None:
        yield f"{source.path} {source.url or ''}"
    yield _names_of_code(report.index_number or "")
    sections = report.sections
    yield "".join(filter(None, (sections.overview, sections.other, sections.problems)))[:_NARRATIVE]


def _names_of_code(index_number: str) -> str:
    """Return the names of the division whose code stands in a credit code."""
    match = _CREDIT_CODE.search(index_number)
    division = gazetteer().by_code.get(match[1]) if match else None
    return "".join(d.name for d in division.lineage) if division else ""


def _narrow(candidates: Sequence[Division], text: str) -> Division | None:
    """Return the only candidate whose city, or else whose province, ``text`` names."""
    if not text:
        return None
    for level in ("市", "省"):
        named = [
            d
            for d in candidates
            for above in d.lineage[:-1]
            # A county right under its province has no city to be named by.
            if (above.level == level or (d.at("市") is None and level == "市"))
            and above.name in text
        ]
        if named:
            return named[0] if len({d.code for d in named}) == 1 else None
    return None

"""An agency's identity: kind, level, region and an id that stays the same over the years."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.enrichment.kinds import kind_of
from gongkai.enrichment.regions import Located, locate, read_place

if TYPE_CHECKING:
    from gongkai.enrichment.divisions import Division
    from gongkai.model import Report, SourceInfo

#: Levels of ``agency.level``, from the top.
LEVELS = ("国家", "省", "市", "县", "乡")
_STATE = "000000"
_MINISTRY = re.compile(
    r"(?!.*(?:调查|税务局$))(?:国务院|国家|中华人民共和国|中国)|[\u4e00-\u9fff]{2,10}(?:部|总署)$|审计署$"
)
_ZONE_AGENCY = re.compile(
    r"^.{0,20}(?:开发区|高新区|经开区|新区|园区|度假区|保税区|示范区|试验区|合作区)(?=.)"
)
#: Spellings of one name: what a variant is written as in an id.
_VARIANTS = (
    (re.compile(r"^人民政府(?=.{2,}办事处$)"), ""),
    (re.compile(r"政府办$"), "政府办公室"),
    (re.compile(r"(?<!民)政府(?=办公[厅室]$|$)"), "人民政府"),
    (re.compile(r"管委会"), "管理委员会"),
    (re.compile(r"街道$"), "街道办事处"),
    (re.compile(r"(?<=[镇乡])$"), "人民政府"),
    (re.compile(r"(?<=[^员])委$"), "委员会"),
    (re.compile(r"[（(].*?[）)]$|[·、，,]"), ""),
)


def identify(report: Report, source: SourceInfo | None = None) -> None:
    """Fill ``report.agency`` (id, kind, level) and ``report.region``; leave null what is open.

    Args:
        report: its agency's name, title, publisher and index number are looked at; a region that
            the layout has set is respected and completed.
        source: where the report came from; names in its path count as evidence.
    """
    agency = report.agency
    name = _plain(agency.name) if agency.name else ""
    place = read_place(name, report.year) if name else Located((), "")
    division = locate(report, source, place)
    if division is not None:
        region = report.region
        region.province, region.city = division.at("省"), division.at("市")
        region.county, region.code = division.at("县"), division.code
    if not name:
        return
    agency.kind = kind_of(place.rest)
    agency.level = _level(name, place, agency.kind, division)
    if division is not None:
        agency.id = f"{division.now}:{spelling(place.rest)}"
    elif agency.level == "国家":
        agency.id = f"{_STATE}:{spelling(name)}"


def _level(name: str, place: Located, kind: str | None, division: Division | None) -> str | None:
    """Return the level; a zone has none that the law fixes, so it stays open."""
    if kind == "乡镇街道":
        return "乡"
    if kind == "开发区" or _ZONE_AGENCY.match(place.rest):
        return None
    if place.level is not None:
        return place.level
    if not place.candidates and _MINISTRY.match(name):
        return "国家"
    # A department that names no place is its publisher's only where that is a county.
    return division.level if division is not None and division.level == "县" else None


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


@lru_cache(maxsize=4096)
def spelling(rest: str) -> str:
    """Return one spelling for the variants of an agency's name without its division.

    >>> spelling("政府办")
    '人民政府办公室'
    >>> spelling("经济技术开发区管委会")
    '经济技术开发区管理委员会'
    """
    for pattern, written in _VARIANTS:
        rest = pattern.sub(written, rest)
    return rest

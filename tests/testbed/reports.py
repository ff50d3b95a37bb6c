"""Random consistent reports: the truth that the styles print."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Literal

from hypothesis import strategies as st

from tests.testbed import names, narrative, numbers

if TYPE_CHECKING:
    from tests.testbed.names import Identity
    from tests.testbed.numbers import Scale, Value

#: ``hybrid`` prints 2019 columns in the first block of table two; ``undivided`` is a 2021 form
#: whose （六） is a single row.
Variant = Literal["2021", "2019", "hybrid", "undivided"]
VARIANTS: tuple[Variant, ...] = ("2021", "2019", "hybrid", "undivided")


@dataclass(frozen=True)
class TestReport:
    """A report, as true as its agency would like it.

    Attributes:
        variant: which form it fills.
        cells: every cell of the form by canonical path; None means blank.
        marks: what blank cells print (``""``, ``/``, …), by path; only for None cells.
        title: title as printed on one line.
        who: the agency and its place.
        year: report year.
        published_on: date of publication.
        written_on: date of writing, on or before it.
        index_number: 索引号.
        document_number: 文号, or None.
        publisher: 发布机构: the agency, or the government above it.
        preamble: paragraphs before section one.
        sections: paragraphs by section.
    """

    __test__ = False  # not a test class, whatever pytest makes of its name

    variant: Variant
    cells: dict[str, Value]
    title: str
    who: Identity
    year: int
    published_on: date
    written_on: date
    index_number: str
    document_number: str | None
    publisher: str
    preamble: list[str]
    sections: dict[str, list[str]]
    marks: dict[str, str] = field(default_factory=dict)

    @property
    def undivided(self) -> bool:
        """Whether （六）其他处理 is a single row."""
        return self.variant in ("2019", "undivided")


_TITLES = (
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency}{year}年政府信息公开工作年度报告",
    "{agency} {year} 年政府信息公开工作年度报告",
    "{agency}{year}年度政府信息公开工作年度报告",
    "{year}年{agency}政府信息公开工作年度报告",
    "{year}年度{agency}政府信息公开工作年度报告",
    "{agency}政府信息公开工作年度报告（{year}年）",
    "{agency}{year}年政府信息公开年度报告",
    "{agency}关于{year}年政府信息公开工作年度报告",
)


def _index_number(rng: Random, year: int) -> str:
    serial = rng.randint(1, 99999)
    return rng.choice(
        (
            f"{rng.randint(10000000, 99999999):08d}X/{year + 1}-{serial:05d}",
            f"11{rng.randint(100000, 659999)}{rng.randint(10**7, 10**8)}/{year + 1}-{serial:07d}",
            f"hedong{rng.choice('abcdxyz')}hd{rng.randint(1, 999):04d}/{year + 1}-{serial:07d}",
            f"{rng.randint(100, 999)}A-0{rng.randint(1, 9)}-{year + 1}-{serial:04d}",
            f"GK{year + 1}{serial:05d}",
        )
    )


def make_report(
    rng: Random, *, variant: Variant | None = None, scale: Scale | None = None
) -> TestReport:
    """Draw a report; ``variant`` and ``scale`` are drawn, too, unless given."""
    if variant is None:
        variant = rng.choices(VARIANTS, (6, 2, 1, 1))[0]
    if scale is None:
        scale = rng.choices(numbers.SCALES, (2, 3, 4, 3, 1))[0]
    who = names.identity(rng)
    year = rng.randint(2019, 2020) if variant == "2019" else rng.randint(2021, 2025)
    if variant == "2019" and rng.random() < 0.3:  # the trial form outlived its years
        year = rng.randint(2021, 2023)
    cells: dict[str, Value] = {}
    if variant == "hybrid":
        cells |= numbers.first_block(numbers.proactive(rng, "2019", scale))
        rest = numbers.proactive(rng, "2021", scale)
        dropped = numbers.first_block(rest)
        cells |= {path: value for path, value in rest.items() if path not in dropped}
    else:
        cells |= numbers.proactive(rng, "2019" if variant == "2019" else "2021", scale)
    divided = variant in ("2021", "hybrid")
    cells |= numbers.requests(rng, "2021" if divided else "2019", scale)
    cells |= numbers.disputes(rng, scale)
    published = date(year + 1, 1, 4) + timedelta(days=rng.randint(0, 100))
    return TestReport(
        variant=variant,
        cells=cells,
        title=rng.choice(_TITLES).format(agency=who.agency, year=year),
        who=who,
        year=year,
        published_on=published,
        written_on=published - timedelta(days=rng.randint(0, 3)),
        index_number=_index_number(rng, year),
        document_number=f"{(who.county or who.city)[0]}政办函〔{year + 1}〕{rng.randint(1, 90)}号"
        if rng.random() < 0.3
        else None,
        publisher=who.parent if rng.random() < 0.3 else who.agency,
        preamble=narrative.preamble(rng, who, year),
        sections=narrative.narrative(rng, who, year, cells),
    )


def reports(
    variant: Variant | None = None, scale: Scale | None = None
) -> st.SearchStrategy[TestReport]:
    """Return a hypothesis strategy of reports; a failure shrinks towards small seeds."""
    return st.integers(0, 2**32 - 1).map(
        lambda seed: make_report(Random(seed), variant=variant, scale=scale)
    )

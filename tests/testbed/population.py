"""A population of agencies, each with its report on three years: the same on every run.

Most reports are right; some leave cells blank and some contradict themselves, so that there is
something to find. Some agencies are not resolved: they have no identifier, kind, level or region.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from gongkai.checks.identities import assess, findings_of, locate
from gongkai.enrichment import compute, with_previous
from gongkai.form import APPLICANTS, CELLS
from gongkai.model import Agency, Extracted, Finding, Quality, Region, Report, Sections, SourceInfo
from tests.testbed import names
from tests.testbed.reports import make_report

if TYPE_CHECKING:
    from decimal import Decimal

    from gongkai.form import FormYear
    from tests.testbed.names import Identity
    from tests.testbed.numbers import Scale, Value

#: The first year is reported in the form of 2019.
YEARS = (2020, 2021, 2022)
_SCALES: dict[str, tuple[Scale, ...]] = {
    "乡": ("zero", "tiny", "tiny"),
    "县": ("zero", "tiny", "small", "small"),
    "市": ("small", "medium"),
    "省": ("medium", "large"),
    "国家": ("large",),
}
_KINDS = (
    ("教育", "教育"),
    ("公安", "公安"),
    ("商务", "商务"),
    ("卫生健康", "卫生健康"),
    ("税务", "税务"),
    ("镇人民政府", "乡镇街道"),
    ("乡人民政府", "乡镇街道"),
    ("街道", "乡镇街道"),
    ("人民政府", "政府及其办公室"),
)
_LAYOUTS = ("generic", "shandong-linyi", "hubei-xiangyang", "pdf-scan-text")


@dataclass(frozen=True)
class Member:
    """One report of the population.

    Attributes:
        extracted: what gongkai would have read.
        previous: the same agency's report on the year before.
    """

    extracted: Extracted
    previous: Report | None

    @property
    def report(self) -> Report:
        """The report itself."""
        assert self.extracted.report is not None
        return self.extracted.report


def population(agencies: int, seed: int = 1) -> list[Member]:
    """Make the reports of a number of agencies: three each."""
    rng = Random(seed)
    members: list[Member] = []
    used: set[str] = set()
    for number in range(agencies):
        who = names.identity(rng)
        while who.agency in used:
            who = names.identity(rng)
        used.add(who.agency)
        level = _level(who, number)
        agency = Agency(
            name=f"{who.agency}", id=f"A{number:05}", kind=_kind(who.agency), level=level
        )
        region = Region(
            province=who.province or None,
            city=who.city or None,
            county=who.county if level in {"县", "乡"} and who.county else None,
            code=None,
        )
        if rng.random() < 0.03:  # not resolved
            agency, region = Agency(name=who.agency), Region()
        layout = rng.choice(_LAYOUTS)
        previous: Report | None = None
        for year in YEARS:
            extracted = _extracted(
                rng, who, year, agency, region, rng.choice(_SCALES[level]), layout, previous
            )
            # The file names tell two unresolved agencies of one name apart.
            extracted.source.path = f"{number:05}/{year}.html"
            members.append(Member(extracted, previous))
            previous = extracted.report
    return members


def _level(who: Identity, number: int) -> str:
    if number % 97 == 0:
        return "国家"
    if any(word in who.agency for word in ("镇人民政府", "乡人民政府", "街道")):
        return "乡"
    if who.county and who.county in who.agency:
        return "县"
    return "市" if who.city and who.city in who.agency else "省"


def _kind(agency: str) -> str:
    return next((kind for word, kind in _KINDS if word in agency), "其他部门")


def _extracted(
    rng: Random,
    who: Identity,
    year: int,
    agency: Agency,
    region: Region,
    scale: Scale,
    layout: str,
    previous: Report | None,
) -> Extracted:
    form: FormYear = "2019" if year <= 2020 else "2021"
    truth = replace(make_report(rng, variant=form, scale=scale), who=who, year=year)
    cells = dict(truth.cells)
    _continue(cells, previous)
    blank = _leave_blank(rng, cells) if rng.random() < 0.1 else []
    if rng.random() < 0.08:
        path = rng.choice(
            [p for p, value in cells.items() if p.startswith("requests.") and value is not None]
        )
        cells[path] = int(cells[path] or 0) + rng.choice((1, 2, 9, 100))
    report = Report.model_validate(_tree(cells))
    report.title = f"{who.agency}{year}年政府信息公开工作年度报告"
    report.agency, report.region, report.year, report.form = agency, region, year, form
    report.sections = Sections(**{key: "\n".join(text) for key, text in truth.sections.items()})
    report.cells.blank = blank
    values = {path: value for path, value in cells.items() if value is not None}
    assessment = assess(values, frozenset(blank), form)
    findings = findings_of(assessment, locate(values, assessment, form), values)
    if blank:
        findings.append(
            Finding(
                rule="V.EMPTY",
                severity="info",
                responsibility="source",
                message=f"{len(blank)} 个单元格空白，未读作 0",
                message_en=f"{len(blank)} cells are blank",
                cells=blank,
            )
        )
    if rng.random() < 0.05:
        findings.append(_told_otherwise(rng, values))
    report.quality = Quality(
        verdict="contradicted" if assessment.failed else "incomplete" if blank else "proved",
        coverage=round(len(values) / len(cells), 4),
        cells=len(cells),
        read=len(values),
        held=len(assessment.held),
        failed=len(assessment.failed),
        unassessed=len(assessment.open),
        critical=sum(finding.severity == "critical" for finding in findings),
        warnings=sum(finding.severity == "warning" for finding in findings),
    )
    report.published_on = truth.published_on
    report.indicators = compute(report)
    with_previous(report, previous)
    url = f"https://www.example.gov.cn/{year}/{rng.randrange(10**9)}.html"
    source = SourceInfo(path="", format="html", layout=layout, layout_version="1", url=url)
    return Extracted(source=source, status="extracted", report=report, findings=findings)


def _told_otherwise(rng: Random, values: dict[str, int | Decimal]) -> Finding:
    """Return the finding of a narrative that tells another number than table three."""
    path = "requests.received.total"
    printed = int(values.get(path, 0))
    told = printed + rng.choice((1, 10, 100))
    return Finding(
        rule="N.RECV",
        severity="warning",
        responsibility="source",
        message=f"正文所述新收申请 {told} 件，表三为 {printed} 件",
        message_en=f"the narrative tells of {told} requests, table three of {printed}",
        cells=[path],
        actual=told,
        expected=printed,
    )


def _continue(cells: dict[str, Value], previous: Report | None) -> None:
    """Grant most requests, and carry in what the year before carried out; all sums still hold."""
    *applicants, total = APPLICANTS
    rows = ("received", "carried_in", "outcome.granted", "outcome.total")
    for column in applicants:
        paths = [f"requests.{row}.{column}" for row in rows]
        received, carried_in, granted, concluded = (int(cells[path] or 0) for path in paths)
        carried_out = int(cells[f"requests.carried_out.{column}"] or 0)
        if previous is not None:
            before = previous.value(f"requests.carried_out.{column}")
            carried_in = carried_in if before is None else int(before)
        more = max(2 * concluded, carried_in - concluded - carried_out)
        granted, concluded = granted + more, concluded + more
        received = concluded + carried_out - carried_in
        cells |= dict(zip(paths, (received, carried_in, granted, concluded), strict=True))
    for row in rows:
        cells[f"requests.{row}.{total}"] = sum(
            int(cells[f"requests.{row}.{column}"] or 0) for column in applicants
        )


def _leave_blank(rng: Random, cells: dict[str, Value]) -> list[str]:
    paths = rng.sample([path for path in CELLS if cells.get(path) == 0], k=1)
    paths += rng.sample([path for path in CELLS if path in cells and path not in paths], k=2)
    for path in paths:
        cells[path] = None
    return paths


def _tree(cells: dict[str, Value]) -> dict[str, dict[str, object]]:
    tree: dict[str, dict[str, object]] = {}
    for path, value in cells.items():
        *parents, name = path.split(".")
        level: dict[str, object] = tree  # type: ignore[assignment] # a tree of any depth
        for parent in parents:
            level = level.setdefault(parent, {})  # type: ignore[assignment]
        level[name] = value
    return tree

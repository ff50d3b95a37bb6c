"""Checks: what the report's own numbers say about it, as findings and a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.checks import crossyear, narrative, shift, structure
from gongkai.checks.case import Case
from gongkai.checks.identities import assess, findings_of, locate
from gongkai.enrichment.agencies import identify
from gongkai.model import Finding, Quality

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from gongkai.checks.identities import Assessment
    from gongkai.form import FormYear
    from gongkai.model import Report, Verdict
    from gongkai.tables.reading import Reading

_UNDIVIDED = "requests.outcome.other.undivided"


def run(reading: Reading, previous: Report | None = None) -> list[Finding]:
    """Check a reading: fill ``report.quality`` and return all findings, the reading's own first.

    Args:
        reading: what a layout made of a document.
        previous: the same agency's report of the year before, where it is known.
    """
    report = reading.report
    values = reading.values
    form = form_of_requests(report)
    assessment = assess(values, frozenset(report.cells.blank), form)
    located = locate(values, assessment, form)
    said = reading.findings + _with_places(findings_of(assessment, located, values), reading)
    said += _states(reading)
    report.quality = _quality(report, values, said, assessment)
    if report.quality.verdict == "proved" and reading.garbled:
        report.quality.verdict = "incomplete"
    beyond = _beyond(report, values, assessment)
    if previous is not None:
        beyond += compare(report, previous)
    report.quality.critical += sum(f.severity == "critical" for f in beyond)
    report.quality.warnings += sum(f.severity == "warning" for f in beyond)
    return said + _with_places(beyond, reading)


def compare(report: Report, previous: Report) -> list[Finding]:
    """Return what two reports of one agency say against each other; only consecutive years do."""
    return crossyear.compare(report, cell_values(report), previous, cell_values(previous))


def _beyond(
    report: Report, values: Mapping[str, int | Decimal], assessment: Assessment
) -> list[Finding]:
    """Check what no identity says; the verdict does not depend on it."""
    if report.agency.kind is None:
        identify(report)
    case = Case(report, values, proved=report.quality.verdict == "proved")
    return [*shift.check(case, assessment), *structure.check(case), *narrative.check(case)]


def cell_values(report: Report) -> dict[str, int | Decimal]:
    """Return the report's numbers by path, without the nulls."""
    found: dict[str, int | Decimal] = {}
    for root in ("proactive", "proactive_2019", "requests", "disputes"):
        _collect(getattr(report, root), root, found)
    return found


def _collect(model: object, path: str, found: dict[str, int | Decimal]) -> None:
    for name, value in model.__dict__.items():
        if value is None:
            continue
        if hasattr(value, "__pydantic_fields__"):
            _collect(value, f"{path}.{name}", found)
        else:
            found[f"{path}.{name}"] = value


def form_of_requests(report: Report) -> FormYear:
    """Return the form that table three follows: by its （六）, undivided or not."""
    row = report.requests.outcome.other.undivided
    printed = any(value is not None for value in row.__dict__.values())
    listed = (*report.cells.blank, *report.cells.unreadable)
    return "2019" if printed or any(p.startswith(_UNDIVIDED) for p in listed) else "2021"


def _with_places(findings: list[Finding], reading: Reading) -> list[Finding]:
    for finding in findings:
        finding.places = [str(p) for c in finding.cells if (p := reading.place(c)) is not None]
        if finding.rule.endswith(".LOCATE"):
            _blame(finding, reading)
    return findings


def _blame(finding: Finding, reading: Reading) -> None:
    """Say who erred: the source where its cell prints the value plainly, else unknown."""
    token = reading.tokens.get(finding.cells[0])
    inferred = finding.cells[0] in reading.report.cells.inferred
    if token is not None and token.cell.plain and not inferred:
        finding.responsibility = "source"
    elif inferred:
        finding.responsibility = "extractor"


def _states(reading: Reading) -> list[Finding]:
    """Summarise blanks and nil marks: one finding for each kind, not one for each cell."""
    states = reading.report.cells
    marked = [p for p in states.blank if p in states.marks]
    blank = [p for p in states.blank if p not in states.marks]
    said = []
    kinds: tuple[tuple[str, list[str], str, str], ...] = (
        ("V.EMPTY", blank, "个单元格空白，未读作 0", "cells are blank; they are not read as 0"),
        (
            "V.SLASH",
            marked,
            "个单元格填写“/”“无”等，未读作 0",
            "cells hold a nil mark; they are not read as 0",
        ),
    )
    for rule, paths, zh, en in kinds:
        if paths:
            said.append(
                Finding(
                    rule=rule,
                    severity="info",
                    responsibility="source",
                    message=f"{len(paths)} {zh}",
                    message_en=f"{len(paths)} {en}",
                    cells=paths,
                )
            )
    return said


def _quality(
    report: Report,
    values: Mapping[str, int | Decimal],
    said: Iterable[Finding],
    assessment: Assessment,
) -> Quality:
    states = report.cells
    null = len(states.blank) + len(states.unreadable) + len(states.absent)
    total = len(values) + null
    critical = sum(f.severity == "critical" for f in said)
    verdict: Verdict = "proved"
    if assessment.failed:
        verdict = "contradicted"
    elif null or assessment.open or critical or not values:
        verdict = "incomplete"
    return Quality(
        verdict=verdict,
        coverage=round(len(values) / total, 4) if total else 0.0,
        cells=total,
        read=len(values),
        held=len(assessment.held),
        failed=len(assessment.failed),
        unassessed=len(assessment.open),
        critical=critical,
        warnings=sum(f.severity == "warning" for f in said),
    )


__all__ = ["cell_values", "compare", "form_of_requests", "run"]

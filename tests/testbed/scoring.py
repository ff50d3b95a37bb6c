"""How what gongkai read compares with what a page prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gongkai.form import CELLS
from tests.testbed.wording import to_simplified

if TYPE_CHECKING:
    from gongkai.model import Extracted, Finding, Report
    from tests.testbed.content import Page
    from tests.testbed.numbers import Value


@lru_cache(maxsize=4096)
def _simplified(text: str) -> str:
    """Return the text without blanks and in simplified characters: what a comparison is about."""
    return to_simplified("".join(text.split()))


@dataclass
class Score:
    """How a page was read.

    Attributes:
        status: ``extracted`` or ``rejected``.
        reason: why it was rejected.
        exact: cells that are as printed.
        null: paths that are printed and came out null.
        wrong: path to (printed, read) where another number came out.
        metadata: name to whether it is as printed.
        lost: sections whose text was not found in its place.
        critical: whether a critical finding was reported.
        findings: all findings.
    """

    status: str
    reason: str | None = None
    exact: int = 0
    null: list[str] = field(default_factory=list)
    wrong: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    metadata: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    critical: bool = False
    findings: list[Finding] = field(default_factory=list)

    @property
    def silent(self) -> bool:
        """Whether a wrong number came out without a critical finding."""
        return bool(self.wrong) and not self.critical


def _same(printed: object, read: object) -> bool:
    if isinstance(printed, str) and isinstance(read, str):
        return _simplified(printed) == _simplified(read)
    return printed == read


def _metadata(page: Page, report: Report) -> dict[str, tuple[Any, Any]]:
    read = {
        "title": report.title,
        "agency": report.agency.name,
        "year": report.year,
        "published_on": report.published_on,
        "index_number": report.index_number,
    }
    return {name: (getattr(page.metadata, name), value) for name, value in read.items()}


def _lost(page: Page, report: Report) -> list[str]:
    """Return the sections of which the first or last paragraph is not in its place."""
    lost = []
    for key, paragraphs in page.sections.items():
        text = _simplified(getattr(report.sections, key) or "")
        if any(_simplified(p) not in text for p in paragraphs[:1] + paragraphs[-1:]):
            lost.append(key)
    return lost


def score(page: Page, result: Extracted) -> Score:
    """Compare a result with the page; without a report there are neither exact nor wrong cells."""
    found = Score(result.status, result.reason, findings=result.findings)
    found.critical = any(f.severity == "critical" for f in result.findings)
    report = result.report
    if report is None:
        return found
    for path in CELLS:
        printed, read = page.cells.get(path), report.value(path)
        if printed == read:
            found.exact += path in page.cells
        elif read is None:
            if path in page.either:
                found.exact += 1
            else:
                found.null.append(path)
        else:
            found.wrong[path] = (printed, read)
    found.metadata = _metadata(page, report)
    found.lost = _lost(page, report)
    return found


def wrong_metadata(found: Score) -> dict[str, tuple[Any, Any]]:
    """Return the metadata that differ: name to (printed, read)."""
    return {name: pair for name, pair in found.metadata.items() if not _same(*pair)}

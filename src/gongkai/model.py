"""What the whole package talks about: reports, findings and the states of their cells.

The JSON of these models is public (docs/output.md) and is printed by ``gongkai schema``.
"""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from gongkai.form import Disputes, Proactive, Proactive2019, Requests

Severity = Literal["critical", "warning", "info"]
Responsibility = Literal["source", "extractor", "unknown"]
Verdict = Literal["proved", "incomplete", "contradicted"]
ReportForm = Literal["2021", "2019", "hybrid"]

#: From the worst to the mildest.
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Finding(_Model):
    """One thing that a check has to say about a report.

    Attributes:
        rule: identifier of the rule, e.g. ``T3.ROW`` (docs/checks.md).
        severity: ``critical`` (a number is or may be wrong), ``warning`` or ``info``.
        responsibility: who erred: the source, the extractor, or unknown.
        message: one Chinese sentence.
        message_en: the same in English.
        cells: paths of the cells concerned.
        places: where they stand in the source, in the order of ``cells`` as far as known.
        actual: the printed value, or the left side of a sum.
        expected: the implied value, or the right side of a sum.
    """

    rule: str
    severity: Severity
    responsibility: Responsibility = "unknown"
    message: str
    message_en: str
    cells: list[str] = Field(default_factory=list)
    places: list[str] = Field(default_factory=list)
    actual: Decimal | int | str | None = None
    expected: Decimal | int | str | None = None

    @property
    def fingerprint(self) -> str:
        """Return a name for this finding that does not depend on the values."""
        key = "\n".join([self.rule, *sorted(self.cells)])
        return hashlib.sha256(key.encode()).hexdigest()[:16]


class Agency(_Model):
    """The agency that reports (not the parent government that publishes for it)."""

    name: str | None = None
    id: str | None = None
    kind: str | None = None
    level: str | None = None


class Region(_Model):
    """Administrative division of the agency; filled by enrichment, null where unmatched."""

    province: str | None = None
    city: str | None = None
    county: str | None = None
    code: str | None = None


class Sections(_Model):
    """The narrative of the six statutory sections, without their tables."""

    overview: str | None = Field(default=None, title="一、总体情况")
    proactive: str | None = Field(default=None, title="二、主动公开政府信息情况")
    requests: str | None = Field(default=None, title="三、收到和处理政府信息公开申请情况")
    disputes: str | None = Field(default=None, title="四、政府信息公开行政复议、行政诉讼情况")
    problems: str | None = Field(default=None, title="五、存在的主要问题及改进情况")
    other: str | None = Field(default=None, title="六、其他需要报告的事项")


class Heading(_Model):
    """A heading of the narrative.

    Attributes:
        section: the statutory section that holds it (a field name of :class:`Sections`).
        text: as printed.
        level: 1 for the six sections, 2 and more below them.
        place: place in the source.
    """

    section: str
    text: str
    level: int
    place: str


class CellStates(_Model):
    """Why cells are null, and which values were placed by the identities.

    Attributes:
        blank: cells that are printed but hold nothing, or hold a nil mark.
        marks: the nil mark as printed, by path, for those of ``blank`` that hold one.
        inferred: cells whose place in a damaged row was settled by the identities.
        unreadable: cells whose text is no number, or whose place in the row cannot be settled.
        absent: cells of the report's form that the source does not print.
        raw: the text as printed, by path, where it is more than the number (``251000元``) or where
            the cell is unreadable.
    """

    blank: list[str] = Field(default_factory=list)
    marks: dict[str, str] = Field(default_factory=dict)
    inferred: list[str] = Field(default_factory=list)
    unreadable: list[str] = Field(default_factory=list)
    absent: list[str] = Field(default_factory=list)
    raw: dict[str, str] = Field(default_factory=dict)


class Quality(_Model):
    """What the identities prove about the reading.

    Attributes:
        verdict: ``proved`` (every label at its statutory place, all cells read, all identities
            hold), ``incomplete`` (nothing contradicts, but cells are null) or ``contradicted``.
        coverage: share of the form's cells that hold a number, 0 to 1.
        cells: cells of the form.
        read: cells that hold a number.
        held: identities that hold.
        failed: identities that fail.
        unassessed: identities that null cells leave open.
        critical: critical findings.
        warnings: warning findings.
    """

    verdict: Verdict = "incomplete"
    coverage: float = 0.0
    cells: int = 0
    read: int = 0
    held: int = 0
    failed: int = 0
    unassessed: int = 0
    critical: int = 0
    warnings: int = 0


class Report(_Model):
    """One annual report: its form, narrative, metadata and quality."""

    title: str | None = None
    agency: Agency = Field(default_factory=Agency)
    region: Region = Field(default_factory=Region)
    year: int | None = None
    published_on: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    publisher: str | None = None
    form: ReportForm | None = None
    proactive: Proactive = Field(default_factory=Proactive)
    proactive_2019: Proactive2019 = Field(default_factory=Proactive2019)
    requests: Requests = Field(default_factory=Requests)
    disputes: Disputes = Field(default_factory=Disputes)
    sections: Sections = Field(default_factory=Sections)
    outline: list[Heading] = Field(default_factory=list)
    cells: CellStates = Field(default_factory=CellStates)
    quality: Quality = Field(default_factory=Quality)
    provenance: dict[str, str] = Field(
        default_factory=dict, description="metadata field to the place and kind of its source"
    )
    indicators: dict[str, Any] = Field(default_factory=dict)
    ext: dict[str, Any] = Field(default_factory=dict)

    def value(self, path: str) -> int | Decimal | None:
        """Return the cell at ``path``.

        Raises:
            AttributeError: no cell has that path.
        """
        found: Any = self
        for name in path.split("."):
            found = getattr(found, name)
        return found  # type: ignore[no-any-return] # cells hold numbers only, by their models


class SourceInfo(_Model):
    """Where a report came from.

    Attributes:
        path: as given by the caller; members of archives follow after ``!``.
        sha256: of the bytes that were read.
        format: ``html``, ``text``, ``docx``, ``pdf``, …; null where it could not be told.
        layout: slug of the layout that read it.
        layout_version: that layout's version.
        url: address it was fetched from, where the source says so.
        fetched_on: date of that, where the source says so.
    """

    path: str
    sha256: str | None = None
    format: str | None = None
    layout: str | None = None
    layout_version: str | None = None
    url: str | None = None
    fetched_on: date | None = None


class Extracted(_Model):
    """One line of ``gongkai extract``: a source and what became of it.

    ``reason``, ``message``, ``stage``, ``place`` and ``hint`` are set when ``status`` is
    ``rejected``. Then ``report`` is null, but for a source that ends inside its tables
    (``truncated``): there it holds what was read, for people; it is never indexed.
    """

    source: SourceInfo
    status: Literal["extracted", "rejected"]
    reason: str | None = None
    message: str | None = None
    stage: str | None = None
    place: str | None = None
    hint: str | None = None
    report: Report | None = None
    findings: list[Finding] = Field(default_factory=list)

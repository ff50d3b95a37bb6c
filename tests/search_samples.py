"""Small reports for the tests of the search side."""

from __future__ import annotations

import hashlib
from datetime import date

from gongkai.model import Agency, Extracted, Finding, Region, Report, SourceInfo

HEDONG = Region(province="山东省", city="临沂市", county="河东区", code="371312")


def extracted(
    agency: str | None = "河东区商务局",
    year: int | None = 2023,
    *,
    path: str = "a.txt",
    content: str = "",
    received: int | None = 1,
    granted: int | None = None,
    text: str = "本机关未发生行政复议、行政诉讼。",
    region: Region | None = HEDONG,
    layout_version: str = "1",
    findings: tuple[Finding, ...] = (),
) -> Extracted:
    """Return a report as extraction gives it; ``content`` stands for the source's bytes."""
    report = Report(
        title=f"{agency}{year}年政府信息公开工作年度报告" if agency else None,
        agency=Agency(name=agency),
        region=region or Region(),
        year=year,
        published_on=date(year + 1, 1, 16) if year else None,
        form="2021",
    )
    report.requests.received.total = received
    report.requests.outcome.granted.total = granted
    report.sections.overview = text
    checksum = hashlib.sha256((content or path).encode()).hexdigest()
    source = SourceInfo(
        path=path,
        sha256=checksum,
        format="text",
        layout="generic",
        layout_version=layout_version,
    )
    return Extracted(source=source, status="extracted", report=report, findings=list(findings))


def rejected(path: str = "empty.txt") -> Extracted:
    """Return a source that extraction gave up."""
    return Extracted(
        source=SourceInfo(path=path), status="rejected", reason="empty", message="It is empty."
    )

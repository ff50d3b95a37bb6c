"""From an extracted report to the document that is indexed, and its ``_id``.

**Identity.** A document stands for one agency's report on one year, so its ``_id`` is made of
these and nothing else:

* ``<agency.id>:<year>`` where the agency has an identifier;
* else ``<region>:<agency.name>:<year>``, the region by its code or else its names;
* else, agency, region or year being unknown, ``source:<sha256 of the source>``, or where even that
  is missing ``path:<sha256 of its path>``: a report that cannot be told from others never
  overwrites one. A name alone tells nothing: 河东区 exists in 临沂 and in 天津.

A changed rule would double every document, so it asks for a new mapping version.

**Content.** ``digest.report`` covers the report and its findings, ``digest.document`` the source
as well: equal digests mean that writing would change nothing.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from gongkai.model import Extracted, Report, SourceInfo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gongkai.model import Finding

#: Elasticsearch refuses an ``_id`` above 512 bytes.
_MAX_ID_BYTES = 512


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report ready to be sent; small enough to pass between processes.

    Attributes:
        document_id: its ``_id``.
        body: the document as JSON.
        report_digest: checksum of the report.
        document_digest: checksum of the report and its source.
        source_path: where the report came from.
        source_sha256: checksum of the source, if known.
    """

    document_id: str
    body: bytes
    report_digest: str
    document_digest: str
    source_path: str
    source_sha256: str | None


def document_id(extracted: Extracted) -> str:
    """Return the ``_id`` of a report; the rule stands above.

    Raises:
        ValueError: the source was rejected, so there is no report.
    """
    report = _report_of(extracted)
    agency = "".join(unicodedata.normalize("NFKC", report.agency.name or "").split())
    region = _region(report)
    if report.year is not None and (report.agency.id or (agency and region)):
        parts = [report.agency.id] if report.agency.id else [region, agency]
        readable = ":".join([part for part in parts if part] + [str(report.year)])
        if len(readable.encode()) <= _MAX_ID_BYTES:
            return readable
        return f"agency:{_sha256(readable.encode())}"
    if extracted.source.sha256:
        return f"source:{extracted.source.sha256}"
    return f"path:{_sha256(extracted.source.path.encode(errors='surrogateescape'))}"


def of_year(document: Mapping[str, Any], offset: int) -> str | None:
    """Return the ``_id`` of the same agency's report on another year.

    Args:
        document: a stored document; ``agency``, ``region`` and ``year`` are looked at.
        offset: years from the document's own: -1 is last year's report.

    Returns:
        The ``_id``, whether there is such a document or not; None without agency, region or year.
    """
    known = {name: document[name] for name in ("agency", "region", "year") if name in document}
    report = Report.model_validate(known)
    named = report.agency.id or (report.agency.name and _region(report))
    if report.year is None or not named:
        return None
    report.year += offset
    return document_id(Extracted(source=SourceInfo(path=""), status="extracted", report=report))


def _region(report: Report) -> str:
    region = report.region
    return region.code or "".join(
        part for part in (region.province, region.city, region.county) if part
    )


def report_document(extracted: Extracted) -> dict[str, Any]:
    """Return the document of a report: its JSON without nulls, and what searching needs besides.

    Added are ``source``, ``digest``, ``body`` (the sections, one after the other), ``period``
    (:func:`period_of`) and ``findings``: lists to
    count by, and the findings themselves as ``findings.detail``.

    Raises:
        ValueError: the source was rejected, or holds text that JSON cannot hold.
    """
    document: dict[str, Any] = json.loads(prepare(extracted).body)
    return document


def period_of(year: int) -> str:
    """Return the date that stands for a year: no time zone moves it into another one."""
    return f"{year:04}-07-01"


def restore(document: Mapping[str, Any]) -> Extracted:
    """Return what a document was made of: the index holds all of a report but its nulls.

    Args:
        document: a stored document, whole.

    Raises:
        pydantic.ValidationError: it is none, or one of another version.
    """
    report = {name: document[name] for name in Report.model_fields if name in document}
    return Extracted(
        source=SourceInfo.model_validate(document["source"]),
        status="extracted",
        report=Report.model_validate(report),
        findings=document["findings"]["detail"],
    )


def prepare(extracted: Extracted) -> Prepared:
    """Serialise a report for :class:`gongkai.search.sink.ReportSink`.

    Raises:
        ValueError: the source was rejected, or holds text that JSON cannot hold.
    """
    content = to_json(_content(_report_of(extracted), extracted.findings))
    source = to_json(extracted.source, exclude_none=True)
    report_digest = _sha256(content)
    document_digest = _sha256(content + source)
    digest = to_json({"report": report_digest, "document": document_digest})
    return Prepared(
        document_id=document_id(extracted),
        # The content was serialised once, for its digest: the rest is put in front of it.
        body=b'{"source":' + source + b',"digest":' + digest + b"," + content[1:],
        report_digest=report_digest,
        document_digest=document_digest,
        source_path=extracted.source.path,
        source_sha256=extracted.source.sha256,
    )


def _report_of(extracted: Extracted) -> Report:
    if extracted.report is None:
        raise ValueError(f"{extracted.source.path} was rejected: it has no document")
    return extracted.report


def _content(report: Report, findings: list[Finding]) -> dict[str, Any]:
    content = report.model_dump(mode="json", exclude_none=True)
    _drop_empty(content)
    sections = content.get("sections")
    if sections:
        content["body"] = "\n\n".join(sections.values())
    if report.year is not None:
        content["period"] = period_of(report.year)
    content["findings"] = facets_of(findings)
    return content


def facets_of(findings: Sequence[Finding]) -> dict[str, list[Any]]:
    """Return findings as lists to count by, and as they are."""
    return {
        "rule": _distinct(finding.rule for finding in findings),
        "severity": _distinct(finding.severity for finding in findings),
        "responsibility": _distinct(finding.responsibility for finding in findings),
        "cells": _distinct(cell for finding in findings for cell in finding.cells),
        "message": [finding.message for finding in findings],
        "detail": [finding.model_dump(mode="json", exclude_none=True) for finding in findings],
    }


def _drop_empty(content: dict[str, Any]) -> None:
    """Delete nulls and objects without a value: most of the form's rows in many a report."""
    for name, value in list(content.items()):
        if isinstance(value, dict):
            _drop_empty(value)
        if value is None or value == {}:
            del content[name]


def _distinct(values: Iterable[str]) -> list[str]:
    return sorted(set(values))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""A layout plugin's folder: its samples, and what is expected of them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gongkai.reading import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from gongkai.model import Finding, Report

#: Fields that enrichment and other plugins fill: they are no work of a layout.
_NOT_THE_LAYOUTS = ("indicators", "ext", "region")
#: Fields of the report that are compared together, each group one test item.
GROUPS: tuple[str, ...] = (
    "title", "agency", "year", "published_on", "index_number", "document_number", "publisher",
    "form", "proactive", "proactive_2019", "requests", "disputes", "sections", "outline", "cells",
    "quality", "provenance", "findings",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """One sample of a layout.

    Attributes:
        folder: ``<plugin>/samples/<case>``.
    """

    folder: Path

    @cached_property
    def source_path(self) -> Path | None:
        """The page as received: ``source.*``; ``None`` where there is none or several."""
        found = sorted(self.folder.glob("source.*"))
        return found[0] if len(found) == 1 else None

    @cached_property
    def source(self) -> Source:
        """The page, named by its file alone, so that results do not depend on the machine."""
        if self.source_path is None:
            raise FileNotFoundError(f"{self.folder}: one file source.* is needed")
        return Source(path=self.source_path.name, data=self.source_path.read_bytes())

    @cached_property
    def sha256(self) -> str:
        """Hash of the page."""
        return hashlib.sha256(self.source.data).hexdigest()

    @cached_property
    def meta(self) -> dict[str, Any]:
        """``meta.json``: agency, year, url, source_sha256, reviewed_by, …; ``{}`` if absent."""
        return _read(self.folder / "meta.json")

    @property
    def expected_path(self) -> Path:
        """``expected.json``: the reviewed result, or the expected rejection."""
        return self.folder / "expected.json"

    @cached_property
    def expected(self) -> dict[str, Any] | None:
        """The expectation, or ``None`` where there is none yet."""
        return _read(self.expected_path) if self.expected_path.is_file() else None


def samples_of(plugin: Path) -> list[Sample]:
    """Return the samples of the plugin in a folder, by name."""
    folder = plugin / "samples"
    if not folder.is_dir():
        return []
    return [Sample(case) for case in sorted(folder.iterdir()) if case.is_dir()]


def expectation(report: Report, findings: Iterable[Finding]) -> dict[str, Any]:
    """Return what ``expected.json`` holds: the layout's result, nulls left out.

    A finding is compared by what it says of the numbers, not by its wording.
    """
    fields = report.model_dump(mode="json", exclude_none=True, exclude=set(_NOT_THE_LAYOUTS))
    fields["agency"] = {"name": report.agency.name} if report.agency.name else {}
    said = [
        finding.model_dump(
            mode="json",
            exclude_none=True,
            include={"rule", "severity", "responsibility", "cells", "actual", "expected"},
        )
        for finding in findings
    ]
    return {**fields, "findings": said}


def canonical(content: Mapping[str, Any]) -> str:
    """Return the one spelling of a sample's JSON: readable Chinese, model order, final newline."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    loaded = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise TypeError(f"{path}: an object is needed, not {type(loaded).__name__}")
    return loaded

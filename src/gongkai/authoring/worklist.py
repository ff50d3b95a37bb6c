"""``gongkai layout todo``: pages that no layout proves, grouped by their skeletons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.authoring.skeleton import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.pipeline import Explanation, Pipeline
    from gongkai.reading import Source, SourceFailure


@dataclass
class Group:
    """Pages of one skeleton that are not proved.

    Attributes:
        skeleton: the skeleton that they share.
        paths: the pages.
        fails: what fails, by the number of pages: rules of findings, reasons of rejections, or
            ``incomplete`` where cells are null.
        layouts: which layouts read them, by the number of pages.
    """

    skeleton: str
    paths: list[str] = field(default_factory=list)
    fails: Counter[str] = field(default_factory=Counter)
    layouts: Counter[str] = field(default_factory=Counter)


@dataclass
class WorkList:
    """The work list.

    Attributes:
        groups: the groups, most pages first.
        proved: pages that need nothing.
        own_errors: pages that are read well and contradict themselves.
        unread: pages that are no work of a layout, by the reason.
    """

    groups: list[Group] = field(default_factory=list)
    proved: int = 0
    own_errors: int = 0
    unread: Counter[str] = field(default_factory=Counter)


def work_list(pipeline: Pipeline, sources: Iterable[Source | SourceFailure]) -> WorkList:
    """Read the sources, index nothing, and group what is not proved."""
    found = WorkList()
    groups: dict[str, Group] = {}
    for source in sources:
        explained = pipeline.explain(source)
        if explained.document is None:
            found.unread[explained.extracted.reason or ""] += 1
            continue
        report = explained.extracted.report
        if report is not None and explained.extracted.status == "extracted":
            if report.quality.verdict == "proved":
                found.proved += 1
                continue
            if _errs_itself(explained):
                found.own_errors += 1
                continue
        elif explained.extracted.reason not in _LAYOUTS_REASONS:
            found.unread[explained.extracted.reason or ""] += 1
            continue
        key = skeleton(explained.document)
        group = groups.setdefault(key, Group(key))
        group.paths.append(explained.extracted.source.path)
        group.fails.update(_fails(explained))
        group.layouts[explained.extracted.source.layout or "—"] += 1
    found.groups = sorted(groups.values(), key=lambda group: (-len(group.paths), group.skeleton))
    return found


#: Rejections that another layout may mend.
_LAYOUTS_REASONS = ("no_tables", "ambiguous_layout", "plugin_failed")


def _errs_itself(explained: Explanation) -> bool:
    """Tell whether every critical finding is the source's own, and every cell was read."""
    report = explained.extracted.report
    critical = [f for f in explained.extracted.findings if f.severity == "critical"]
    return (
        bool(critical)
        and all(finding.responsibility == "source" for finding in critical)
        and report is not None
        and not report.cells.unreadable
    )


def _fails(explained: Explanation) -> set[str]:
    extracted = explained.extracted
    if extracted.status == "rejected":
        return {extracted.reason or ""}
    rules = {f.rule for f in extracted.findings if f.severity == "critical"}
    return rules or {"incomplete"}

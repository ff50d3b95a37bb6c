"""``gongkai layout try``: what the layouts claim, and how a layout reads its samples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.authoring.places import all_samples, layouts_of
from gongkai.errors import SourceError
from gongkai.form import CELLS
from gongkai.layouts.registry import MARGIN
from gongkai.messages import say
from gongkai.reading import read
from gongkai.testing.behaviour import Shown
from gongkai.testing.loading import home_of, plugins_with
from gongkai.testing.samples import samples_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gongkai.layouts.base import Claim, Layout
    from gongkai.plugins import Plugins
    from gongkai.reading import Document
    from gongkai.settings import Settings

#: Cells of one state that are named one by one; the rest stands in the tables.
_SHOWN_CELLS = 5


@dataclass(frozen=True)
class Row:
    """One row of the claim matrix: a sample and who claims it.

    Attributes:
        sample: ``<plugin>/<sample>``.
        owner: slug of the layout that it belongs to.
        claims: the claims that there are, by slug, the best first.
    """

    sample: str
    owner: str
    claims: Mapping[str, Claim]

    @property
    def clear(self) -> bool:
        """Whether the owner wins with the margin."""
        own = self.claims.get(self.owner)
        others = [claim.score for slug, claim in self.claims.items() if slug != self.owner]
        return own is not None and own.score - max(others, default=0) >= MARGIN


@dataclass(frozen=True)
class Trial:
    """A trial.

    Attributes:
        layout: the layout that was tried.
        asked: number of layouts that were asked for their claims.
        others: number of other layouts' samples that this one was asked about.
        matrix: its own samples, and those of others that it claims.
        samples: what it makes of its samples.
    """

    layout: Layout
    asked: int
    others: int
    matrix: list[Row]
    samples: list[Shown]


def run(folder: Path, settings: Settings) -> Trial:
    """Try the layout in ``folder`` on its own samples and on those of all others.

    Raises:
        UsageError: the plugin does not load.
    """
    plugins = plugins_with(settings, folder)
    layout = layouts_of(plugins, folder)[0]
    shown = [
        Shown(sample, layout, plugins, settings)
        for sample in samples_of(folder)
        if sample.source_path is not None
    ]
    matrix = [
        Row(f"{folder.name}/{s.sample.folder.name}", layout.slug, _claims(plugins, s.document))
        for s in shown
    ]
    others = 0
    for plugin, sample in all_samples(plugins):
        if home_of(plugin) == folder.resolve():
            continue
        others += 1
        try:
            document = read(sample.source, settings)
        except SourceError:
            continue
        if layout.claim(document) is not None:
            name = f"{plugin.name}/{sample.folder.name}"
            matrix.append(Row(name, plugin.layouts[0], _claims(plugins, document)))
    return Trial(layout, len(plugins.layouts), others, matrix, shown)


def _claims(plugins: Plugins, document: Document) -> dict[str, Claim]:
    found = {}
    for slug, layout in plugins.layouts.items():
        claim = layout.claim(document)
        if claim is not None:
            found[slug] = claim
    return dict(sorted(found.items(), key=lambda item: -item[1].score))


def to_look_at(shown: Shown) -> Iterator[str]:
    """Yield what a person must compare with the page before blessing the sample."""
    if shown.reading is None:
        yield str(shown.error)
        return
    report = shown.reading.report
    for finding in shown.findings:
        if finding.severity != "info":
            message = say(finding.message, finding.message_en)
            yield f"{finding.severity} {finding.rule}: {message}"
    for state, what in (
        (report.cells.unreadable, say("未能读出", "unreadable")),
        (report.cells.inferred, say("由勾稽推定", "placed by the identities")),
        (report.cells.absent, say("未印", "not printed")),
    ):
        for path in state[:_SHOWN_CELLS]:
            cell = CELLS[path]
            place = shown.reading.place(path)
            yield (
                f"{what}: {say(cell.label, cell.label_en)}"
                f"{f' ({place})' if place else ''} {report.cells.raw.get(path, '')}".rstrip()
            )
        if (more := len(state) - _SHOWN_CELLS) > 0:
            yield f"{what}: {say('另有', 'and')} {more}{say(' 格', ' more cells')}"
    values = {
        "title": report.title,
        "agency": report.agency.name,
        "year": report.year,
        "published_on": report.published_on,
    }
    missing = [name for name, value in values.items() if value is None]
    if missing:
        yield f"{say('未找到', 'not found')}: {', '.join(missing)}"

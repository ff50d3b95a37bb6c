"""``gongkai layout list``: the layouts that there are, and the page docs/layouts.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.testing.behaviour import Shown
from gongkai.testing.loading import home_of
from gongkai.testing.samples import samples_of

if TYPE_CHECKING:
    from pathlib import Path

    from gongkai.plugins import Plugins
    from gongkai.settings import Settings

_HEAD = """\
# 版式 · Layouts

<!-- gongkai layout list --docs docs/layouts.md 生成，请勿手改。Generated; do not edit. -->

通用版式（`generic`）可读取任何印有法定表格的页面；下列版式用于与其不同的门户。“证明”指所有标签、单元格与勾稽关系均成立的样本。
The generic layout reads any page that prints the statutory tables; these are for portals that
differ. A sample is proved when every label, cell and identity of its report holds.
[How to add one](add-a-layout.md).

| 版式 Layout | 名称 Title | 样本 Samples | 年度 Years | 版本 Version | 模块 Module | 证明 Proved |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Listed:
    """A layout in the list.

    Attributes:
        slug: its slug.
        title: its Chinese name.
        samples: number of samples.
        years: years of the samples' reports.
        version: its version.
        module: its module, or the folder's name and file.
        proved: share of the samples whose reports are proved; None without samples.
    """

    slug: str
    title: str
    samples: int
    years: tuple[int, ...]
    version: str
    module: str
    proved: float | None

    @property
    def texts(self) -> list[str]:
        """The columns as texts."""
        years = [str(y) for y in sorted({min(self.years), max(self.years)})] if self.years else []
        share = "—" if self.proved is None else f"{self.proved:.0%}"
        return [
            self.slug,
            self.title,
            str(self.samples),
            "–".join(years) or "—",
            self.version,
            self.module,
            share,
        ]


def layouts(plugins: Plugins, settings: Settings) -> list[Listed]:
    """Return all layouts, by slug; their samples are read for it."""
    found = []
    for slug, layout in plugins.layouts.items():
        home = home_of(plugins.owner(slug))
        samples = [s for s in samples_of(home) if s.source_path is not None] if home else []
        shown = [Shown(sample, layout, plugins, settings) for sample in samples]
        reports = [one.reading.report for one in shown if one.reading is not None]
        proved = sum(report.quality.verdict == "proved" for report in reports)
        found.append(
            Listed(
                slug=slug,
                title=layout.title,
                samples=len(samples),
                years=tuple(sorted({r.year for r in reports if r.year})),
                version=layout.version,
                module=_module(home, type(layout).__module__),
                proved=proved / len(samples) if samples else None,
            )
        )
    return sorted(found, key=lambda one: one.slug)


def _module(home: Path | None, module: str) -> str:
    # Plugins of folders live in a package whose name is made; their folder says more.
    return f"{home.parent.name}/{home.name}" if home and "plugins" in module else module


def render(listed: list[Listed]) -> str:
    """Return the text of docs/layouts.md."""
    return _HEAD + "".join(
        f"| {' | '.join([f'`{row[0]}`', *row[1:5], f'`{row[5]}`', row[6]])} |\n"
        for row in (one.texts for one in listed)
    )

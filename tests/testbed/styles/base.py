"""What a page style is, and how a page is made from a report."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.testbed.content import Metadata, Page, compose
from tests.testbed.matrix import paths_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.reports import TestReport

    Prepare = Callable[[TestReport, Random], TestReport]
    Change = Callable[[Content, Random], None]
    Render = Callable[[Content, Random], bytes]

ALL = frozenset({"title", "published_on", "index_number"})


@dataclass(frozen=True)
class Style:
    """A way to print a report.

    Attributes:
        name: family and member, e.g. ``html-word``.
        suffix: file name extension with the dot.
        render: prints the content.
        prints: which of title, published_on and index_number the page shows; agency and year are
            shown by every style, somewhere.
        prepare: changes to the report before it is put into words (which zeros are left blank).
        change: changes to the words and tables before they are printed.
        blanks: whether it prints some zeros as blanks or nil marks.
        keeps_blanks: whether a blank cell can be told from what stands between and around cells.
    """

    name: str
    suffix: str
    render: Render
    prints: frozenset[str] = ALL
    prepare: tuple[Prepare, ...] = ()
    change: tuple[Change, ...] = ()
    blanks: bool = False
    keeps_blanks: bool = True

    @property
    def family(self) -> str:
        """The part of the name before the dash: ``html``, ``text``, ``docx``, ``pdf``."""
        return self.name.partition("-")[0]

    def page(
        self,
        report: TestReport,
        seed: int,
        damage: Callable[[Content, Random], tuple[dict[str, object], set[str]]] | None = None,
    ) -> Page:
        """Print ``report``; equal arguments give equal pages.

        Args:
            report: the truth.
            seed: of everything that varies within the style.
            damage: changes the tables just before they are printed; returns the cells whose
                printed number it changed with the new one, and the cells it left open.
        """
        rng = random.Random(f"{self.name}/{seed}")
        for prepare in self.prepare:
            report = prepare(report, rng)
        content = compose(report, rng)
        for change in self.change:
            change(content, rng)
        cells = {path: report.cells[path] for t in content.tables for path in paths_of(t)}
        before = dict(cells)
        opened: set[str] = set()
        changed: dict[str, object] = {}
        if damage is not None:
            changed, opened = damage(content, rng)
            cells |= changed  # type: ignore[arg-type] # damages hand out numbers
        return Page(
            name=f"{self.name}-{seed}{self.suffix}",
            data=self.render(content, rng),
            suffix=self.suffix,
            cells=cells,
            metadata=Metadata(
                title=content.title if "title" in self.prints else None,
                agency=report.who.agency,
                year=report.year,
                published_on=report.published_on if "published_on" in self.prints else None,
                index_number=report.index_number if "index_number" in self.prints else None,
            ),
            sections={s.key: [b for b in s.blocks if isinstance(b, str)] for s in content.sections},
            either=frozenset(opened),
            changed={path: before[path] for path in changed},
        )


def own_publisher(report: TestReport, rng: Random) -> TestReport:
    """Let the agency publish for itself: for pages that name it nowhere else."""
    del rng
    return replace(report, publisher=report.who.agency)


def signature(content: Content) -> list[str]:
    """Return the two lines that stand under a report without a title: agency and date."""
    day = content.report.written_on
    return [content.report.who.agency, f"{day.year}年{day.month}月{day.day}日"]

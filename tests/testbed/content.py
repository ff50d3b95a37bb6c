"""What a page prints: title, head, preamble, six sections with their tables, signature."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.testbed import matrix

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from random import Random

    from tests.testbed.matrix import Table
    from tests.testbed.numbers import Value
    from tests.testbed.reports import TestReport

Block = str | matrix.Table


@dataclass(slots=True)
class Section:
    """A section: its key in :class:`gongkai.model.Sections`, heading and blocks."""

    key: str
    heading: str
    blocks: list[Block]


@dataclass(slots=True)
class Content:
    """Everything a style prints.

    Attributes:
        report: the truth behind it.
        title: title line.
        sections: the six sections in order.
        preamble: paragraphs before section one.
        published: date of publication as printed.
        written: date of writing as printed.
    """

    report: TestReport
    title: str
    preamble: list[str]
    sections: list[Section]
    published: str
    written: str

    @property
    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [b for s in self.sections for b in s.blocks if isinstance(b, matrix.Table)]

    def table(self, name: str) -> Table:
        """Return the table 二, 三 or 四."""
        return next(table for table in self.tables if table.name == name)

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """Iterate over ``heading`` and ``text`` lines and tables, in order."""
        for text in self.preamble:
            yield "text", text
        for section in self.sections:
            yield "heading", section.heading
            for block in section.blocks:
                yield ("text" if isinstance(block, str) else "table"), block


#: Headings met, by section; the first is the notice's own.
HEADINGS = {
    "overview": ("总体情况",),
    "proactive": ("主动公开政府信息情况", "行政机关主动公开政府信息情况"),
    "requests": (
        "收到和处理政府信息公开申请情况",
        "行政机关收到和处理政府信息公开申请情况",
    ),
    "disputes": (
        "政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议提起行政诉讼情况",
    ),
    "problems": (
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在问题及改进情况",
    ),
    "other": ("其他需要报告的事项",),
}
_TABLES = {
    "proactive": matrix.table_two,
    "requests": matrix.table_three,
    "disputes": matrix.table_four,
}
_DATES = (
    "{0:%Y-%m-%d}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y}年{0:%m}月{0:%d}日",
    "{0:%Y/%m/%d}",
)


def date_text(rng: Random, day: date) -> str:
    """Print a date in one of the ways in use."""
    return rng.choice(_DATES).format(day)


def compose(report: TestReport, rng: Random) -> Content:
    """Put a report into the order and words of a page."""
    sections = []
    for numeral, (key, headings) in zip("一二三四五六", HEADINGS.items(), strict=True):
        heading = headings[0] if rng.random() < 0.6 else rng.choice(headings)
        blocks: list[Block] = list(report.sections[key])
        if key in _TABLES:
            blocks.append(_TABLES[key](report))
        sections.append(Section(key, f"{numeral}、{heading}", blocks))
    return Content(
        report=report,
        title=report.title,
        preamble=list(report.preamble),
        sections=sections,
        published=date_text(rng, report.published_on),
        written=date_text(rng, report.written_on),
    )


@dataclass(frozen=True)
class Metadata:
    """What a page prints about itself; None where it prints nothing."""

    title: str | None
    agency: str | None
    year: int | None
    published_on: date | None
    index_number: str | None


@dataclass(frozen=True)
class Page:
    """A printed page and what it says.

    Attributes:
        name: style, seed and suffix: enough to make it again.
        data: its bytes.
        suffix: file name extension with the dot.
        cells: what it prints: a number, or None for a blank cell or a nil mark.
        metadata: what it prints about itself.
        sections: paragraphs by section.
        either: paths that a damage left open: the value of ``cells`` or None are both right.
        changed: paths whose printed number a damage changed: what it was before.
    """

    name: str
    data: bytes
    suffix: str
    cells: dict[str, Value]
    metadata: Metadata
    sections: dict[str, list[str]]
    either: frozenset[str] = frozenset()
    changed: dict[str, Value] = field(default_factory=dict)

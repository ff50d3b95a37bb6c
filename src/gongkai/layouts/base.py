"""What a layout plugin is: a claim on documents, and the few steps it may read differently."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, final

from gongkai.form.labels import SECTION_HEADINGS
from gongkai.layouts.head import read_head
from gongkai.layouts.losses import (
    displaced,
    goes_on,
    losses,
    other_paper,
    truncation,
)
from gongkai.model import Agency, Report
from gongkai.reading import classify_empty, is_on_subject
from gongkai.reading.document import OPEN_END, Grid, Paragraph
from gongkai.tables.cells import read_cells
from gongkai.tables.chinese import half_simplified, simplified
from gongkai.tables.narrative.prose import lift_prose
from gongkai.tables.narrative.sections import (
    find_headings,
    find_opening,
    read_sections,
    within_tables,
)
from gongkai.tables.open_end import withhold_open_end
from gongkai.tables.reading import Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.layouts.metadata import Head
    from gongkai.reading.document import Block, Document
    from gongkai.tables.cells import Found
    from gongkai.tables.narrative.sections import Zone


#: Least points of marks that make a claim.
_LEAST_CLAIM = 60


@dataclass(frozen=True, slots=True)
class Claim:
    """How sure a layout is that a document is of its kind.

    Attributes:
        score: 1 (perhaps) to 100 (certainly). The best claim wins with a margin of 10.
        evidence: the marks that were met, for people.
    """

    score: int
    evidence: tuple[str, ...] = ()

    @classmethod
    def of(cls, *marks: tuple[bool, int, str]) -> Claim | None:
        """Weigh marks, each (met, points, name); ``None`` below 60 points.

        The points of the marks that are met add up to the score, 100 at the most; the names of
        those that are not stand in the evidence with a minus. A single mark, which any portal may
        share, is no claim.
        """
        score = sum(points for met, points, _ in marks if met)
        evidence = tuple(name if met else f"-{name}" for met, _, name in marks)
        return cls(min(score, 100), evidence) if score >= _LEAST_CLAIM else None


class Layout:
    """A source layout. Most plugins set the attributes, write :meth:`claim`, and nothing else.

    Attributes:
        slug: ``province-city[-variant]``; unique.
        version: raise it when the same source would give another result.
        title: Chinese name for people.
        marks: texts of which at least one stands in every document of this layout; documents
            without any are not even shown to :meth:`claim`. Empty: all documents are.
        replaces: slug of the layout that this one stands in for.
    """

    slug: ClassVar[str] = ""
    version: ClassVar[str] = "1"
    title: ClassVar[str] = ""
    marks: ClassVar[tuple[str, ...]] = ()
    replaces: ClassVar[str | None] = None

    def claim(self, document: Document) -> Claim | None:
        """Say whether the document is of this layout.

        Pure and cheap; looks at marks of layout (separators, heads, order), never at one agency's
        name; never raises.
        """
        raise NotImplementedError

    def head(self, document: Document, found: Head) -> Head:  # noqa: ARG002 - for overriders
        """Return the metadata; ``found`` is what the generic reading made of it."""
        return found

    def table_two(self, document: Document) -> Sequence[Grid] | None:  # noqa: ARG002
        """Return table two as grids of raw cells, or ``None`` to have it found."""
        return None

    def table_three(self, document: Document) -> Sequence[Grid] | None:  # noqa: ARG002
        """Return table three as grids of raw cells, or ``None`` to have it found."""
        return None

    def table_four(self, document: Document) -> Sequence[Grid] | None:  # noqa: ARG002
        """Return table four as grids of raw cells, or ``None`` to have it found."""
        return None

    @final
    def extract(self, document: Document) -> Reading:
        """Read the document: tables, metadata, narrative.

        Raises:
            SourceError: it holds none of the statutory tables; the reason says what it is instead.
        """
        document, found, headings = self._read(simplified(document))
        if len(headings) < len(SECTION_HEADINGS) or found is None or not found.whole:
            mixed = half_simplified(document)
            if mixed is not None:
                document, found, headings = self._read(mixed)
        # Statistics of another kind have some of the labels.
        if found is None or not (
            found.whole or headings or is_on_subject(document) or found.holds_outcomes
        ):
            raise classify_empty(document)
        lead, after = _around(document, headings, found.zones)
        head = self.head(document, read_head(document, lead, after))
        if other := other_paper(document, head.title, blank=not found.cells.values):
            raise other
        opening = find_opening(document.blocks, headings, head.title or "")
        sections, outline = read_sections(
            document.blocks, headings, found.zones, opening, head.title or ""
        )
        ends = not goes_on(headings, found.zones)
        truncated = ends and found.cut_short
        open_end = OPEN_END in document.notes
        if ends and (open_end or not found.clean):
            found.findings += withhold_open_end(
                document.blocks, found.cells, open_end=open_end, truncated=truncated
            )
        report = Report.model_validate(
            {
                "title": head.title,
                "agency": Agency(name=head.agency),
                "year": head.year,
                "published_on": head.published_on,
                "index_number": head.index_number,
                "document_number": head.document_number,
                "publisher": head.publisher,
                "form": found.form,
                **found.cells.trees(),
                "sections": sections,
                "outline": outline,
                "cells": found.cells.states,
                "provenance": head.provenance,
            },
            extra="ignore",  # the keys are ours: looking for others takes a fifth of the time
        )
        found.findings += losses(document) + displaced(document, headings, found.zones)
        if truncated:
            found.findings.append(truncation())
        return Reading(
            report,
            found.findings,
            found.cells.values,
            found.cells.tokens,
            garbled=found.garbled,
            truncated=truncated,
        )

    def _read(self, document: Document) -> tuple[Document, Found | None, dict[str, int]]:
        """Read the tables and find the headings; rows of prose become paragraphs."""
        blocks = lift_prose(document.blocks)
        if blocks is not document.blocks:
            document = replace(document, blocks=blocks)
        given = (
            _grids("table_two", self.table_two(document)),
            _grids("table_three", self.table_three(document)),
            _grids("table_four", self.table_four(document)),
        )
        found = read_cells(document.blocks, given)
        headings = find_headings(document.blocks, found.zones) if found is not None else {}
        return document, found, headings

    def __repr__(self) -> str:
        return f"<layout {self.slug} {self.version}>"


def _grids(step: str, found: Sequence[Grid] | None) -> Sequence[Grid] | None:
    """Return what a step of a plugin found, if it is what a step may return."""
    if found is not None and not (
        isinstance(found, list | tuple) and all(isinstance(grid, Grid) for grid in found)
    ):
        raise TypeError(f"{step}() returned {found!r:.80}, not a list of Grid or None")
    return found


def _around(
    document: Document, headings: dict[str, int], zones: dict[str, Zone]
) -> tuple[list[Block], list[Paragraph]]:
    """Return the blocks before the first section, and the paragraphs after it, tables left out."""
    firsts = list(headings.values()) + [zone.start for zone in zones.values()]
    first = min(firsts, default=len(document.blocks))
    inside = within_tables(document.blocks, zones)
    after = [
        block
        for index, block in enumerate(document.blocks[first:], start=first)
        if index not in inside and isinstance(block, Paragraph)
    ]
    return document.blocks[:first], after


__all__ = ["Claim", "Layout"]

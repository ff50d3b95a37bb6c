"""A report's metadata, and what of a document it is looked for in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from gongkai.layouts.pairs import Pair
    from gongkai.reading.document import Block, Document, Paragraph


class Page(NamedTuple):
    """A document as its metadata are looked for in it.

    Attributes:
        document: the whole document.
        lead: blocks before the first section (or the first table where none is found).
        tail: the last blocks behind these.
        before: the paragraphs of the lead.
        after: all other paragraphs that belong to no table.
        pairs: labelled values by field, the most trusted label first.
    """

    document: Document
    lead: Sequence[Block]
    tail: Sequence[Block]
    before: Sequence[Paragraph]
    after: Sequence[Paragraph]
    pairs: Mapping[str, Sequence[Pair]]


@dataclass
class Head:
    """Metadata of a report.

    Attributes:
        title: as printed, joined where it stands on several lines.
        agency: the agency that reports.
        year: the year reported on.
        published_on: date of publication.
        index_number: 索引号.
        document_number: 文号.
        publisher: 发布机构 or 来源, which may be the parent government.
        provenance: field to where its value came from.
    """

    title: str | None = None
    agency: str | None = None
    year: int | None = None
    published_on: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    publisher: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: object, source: str) -> None:
        """Set ``name`` to ``value`` unless it has one; note where it came from."""
        if value is not None and getattr(self, name) is None:
            setattr(self, name, value)
            self.provenance[name] = source

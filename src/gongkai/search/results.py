"""What a search found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gongkai.search.facets import FacetCounts
    from gongkai.search.words import Word


@dataclass(frozen=True)
class Hit:
    """One found report.

    Attributes:
        document_id: its ``_id``.
        score: how well it fits the words; None when the order is another.
        document: the document, or the columns of it that were asked for.
        highlight: fragments with the found words marked, by field.
    """

    document_id: str
    score: float | None
    document: dict[str, Any]
    highlight: dict[str, list[str]]

    def value(self, path: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return the value at a dotted path, or None."""
        found: Any = self.document
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return found


@dataclass(frozen=True)
class SearchResult:
    """What was found.

    Attributes:
        total: how many reports match, however many are returned.
        hits: those returned.
        facets: counts by field path, over all matches.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, FacetCounts]


def fragments(
    highlight: Mapping[str, list[str]], words: Iterable[Word], marks: tuple[str, str]
) -> dict[str, list[str]]:
    """Return the fragments by field, those of single characters under the field's own path.

    The server also marks parts of a word (行政 for 行政复议). Where any fragment holds a whole
    word, those that hold parts only are left out.

    Args:
        highlight: fragments with the found words marked, by indexed path.
        words: what was searched for.
        marks: what stands before and after a found word.
    """
    whole = [f"{marks[0]}{word.text}{marks[1]}" for word in words]
    found: dict[str, list[str]] = {}
    best: dict[str, list[str]] = {}
    for path, texts in highlight.items():
        field = path.removesuffix(".uni")
        found.setdefault(field, []).extend(texts)
        if exact := [f for f in texts if any(word in f for word in whole)]:
            best.setdefault(field, []).extend(exact)
    return best or found

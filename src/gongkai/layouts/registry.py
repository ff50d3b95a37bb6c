"""Which layout reads a document: the best claim wins with a margin, or nobody does.

Among many layouts few are asked: those without marks, and those of which a mark stands in the
document's text. All marks are looked for in one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.errors import LayoutError, Reason
from gongkai.layouts.base import Claim
from gongkai.messages import say
from gongkai.reading import classify_empty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.layouts.base import Layout
    from gongkai.reading.document import Document

#: Points by which the best claim has to beat the second.
MARGIN = 10
_BEST = 100
#: So few marks are looked for one by one.
_FEW = 40


@dataclass(frozen=True, slots=True)
class Claimed:
    """A layout's claim on a document."""

    layout: Layout
    claim: Claim


@dataclass(frozen=True, slots=True)
class Choice:
    """The layout that reads a document, and why.

    Attributes:
        layout: the winner.
        claims: all claims, best first; a layout that another one replaces is left out.
        failures: layouts whose ``claim`` failed, with the error; they were left out.
    """

    layout: Layout
    claims: tuple[Claimed, ...]
    failures: tuple[tuple[Layout, Exception], ...] = ()


class Registry:
    """The layouts, with their marks indexed."""

    def __init__(self, layouts: Iterable[Layout]) -> None:
        self._unmarked: list[Layout] = []
        self._by_mark: dict[str, list[Layout]] = {}
        for layout in layouts:
            if all(layout.marks) and layout.marks:
                for mark in layout.marks:
                    self._by_mark.setdefault(mark, []).append(layout)
            else:
                self._unmarked.append(layout)
        # A mark that is part of a longer one stands wherever the longer one does.
        self._within = {
            mark: tuple(other for other in self._by_mark if other != mark and other in mark)
            for mark in self._by_mark
        }
        self._search = re.compile(_any_of(sorted(self._by_mark))).search

    def candidates(self, document: Document) -> list[Layout]:
        """Return the layouts that may claim ``document``, by their marks."""
        found: dict[str, Layout] = {layout.slug: layout for layout in self._unmarked}
        for mark in self._marks(document.text):
            found |= {layout.slug: layout for layout in self._by_mark[mark]}
        return list(found.values())

    def _marks(self, text: str) -> set[str]:
        if len(self._by_mark) <= _FEW:
            return {mark for mark in self._by_mark if mark in text}
        marks: set[str] = set()
        match = self._search(text)
        while match:
            marks.update((match[0], *self._within[match[0]]))
            match = self._search(text, match.start() + 1)  # marks may overlap
        return marks

    def choose(self, document: Document) -> Choice:
        """Return the layout that reads ``document``.

        A layout whose ``claim`` raises is left out and recorded.

        Raises:
            LayoutError: two claims are within the margin; the message shows all evidence.
            SourceError: nothing claims the document; the reason says what it is instead.
        """
        claims: list[Claimed] = []
        failures: list[tuple[Layout, Exception]] = []
        for layout in self.candidates(document):
            try:
                claim = _valid(layout.claim(document))
            except Exception as error:  # noqa: BLE001 - a plugin's own; recorded
                failures.append((layout, error))
            else:
                if claim is not None:
                    claims.append(Claimed(layout, claim))
        replaced = {claimed.layout.replaces for claimed in claims}
        claims = [claimed for claimed in claims if claimed.layout.slug not in replaced]
        claims.sort(key=lambda claimed: (-claimed.claim.score, claimed.layout.slug))
        if not claims:
            raise classify_empty(document)
        if len(claims) > 1 and claims[0].claim.score - claims[1].claim.score < MARGIN:
            raise _ambiguous(document, claims)
        return Choice(claims[0].layout, tuple(claims), tuple(failures))


def _any_of(words: list[str]) -> str:
    """Return a pattern that matches the longest of ``words``; common beginnings are shared.

    Flat alternatives are tried one by one at each character: with a thousand marks the search
    would take longer than reading the page.
    """
    branches: dict[str, list[str]] = {}
    for word in filter(None, words):
        branches.setdefault(word[0], []).append(word[1:])
    alternatives = []
    for first, rests in branches.items():
        more = _any_of(rests)
        optional = "?" if more and "" in rests else ""
        alternatives.append(re.escape(first) + (f"(?:{more}){optional}" if more else ""))
    return "|".join(alternatives)


def _valid(claim: object) -> Claim | None:
    if claim is None:
        return None
    if not isinstance(claim, Claim):
        raise TypeError(f"claim() returned {claim!r:.80}, not a Claim")
    if not 1 <= claim.score <= _BEST:
        raise ValueError(f"claim() returned the score {claim.score}, not 1 to 100")
    return claim


def _ambiguous(document: Document, claims: list[Claimed]) -> LayoutError:
    shown = "; ".join(
        f"{claimed.layout.slug} {claimed.claim.score} ({', '.join(claimed.claim.evidence)})"
        for claimed in claims
    )
    return LayoutError(
        Reason.AMBIGUOUS_LAYOUT,
        say(
            f"{document.path}：多个版式同时认领，分差不足 {MARGIN}：{shown}。",
            f"{document.path}: several layouts claim it within {MARGIN} points: {shown}.",
        ),
        stage="layouts",
        hint=say(
            "请收紧其中一个版式的 claim，或用 replaces 声明取代关系。",
            "Narrow the claim of one, or let one declare that it replaces the other.",
        ),
    )

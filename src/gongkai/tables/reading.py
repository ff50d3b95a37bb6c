"""A document's tables, sections and states, read: what a layout hands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from gongkai.model import Finding, Report
    from gongkai.reading.document import Place
    from gongkai.tables.stream import Token


@dataclass(eq=False, slots=True)
class Reading:
    """What a layout made of a document.

    Attributes:
        report: the report; ``quality`` is filled by the checks.
        findings: what the reading itself has to say.
        values: number by path, for the cells that hold one.
        tokens: the token that each printed cell was read from, by path.
        garbled: rows whose label was matched by similarity only.
        truncated: the source ends inside its tables.
    """

    report: Report
    findings: list[Finding]
    values: Mapping[str, int | Decimal]
    tokens: Mapping[str, Token]
    garbled: Sequence[str] = ()
    truncated: bool = False

    def place(self, path: str) -> Place | None:
        """Return where the cell at ``path`` is printed, if it is."""
        token = self.tokens.get(path)
        return None if token is None else token.place

    @property
    def places(self) -> dict[str, Place]:
        """Where each printed cell stands."""
        return {path: token.place for path, token in self.tokens.items()}

    @property
    def raws(self) -> dict[str, str]:
        """The text that each printed cell was read from."""
        return {path: token.text for path, token in self.tokens.items()}

"""What a check is given, and how it says what it found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.checks.rules import RULES
from gongkai.checks.statements import sentences
from gongkai.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from gongkai.checks.statements import Sentence
    from gongkai.model import Report, Severity


@dataclass
class Case:
    """A report under check.

    Attributes:
        report: with its metadata and agency's kind and level; not to be changed.
        values: its numbers by path, without the nulls.
        proved: whether its tables are proved: then a contradiction is the source's own.
    """

    report: Report
    values: Mapping[str, int | Decimal]
    proved: bool = False

    @cached_property
    def sentences(self) -> Sequence[Sentence]:
        """The narrative's sentences that could say something about the numbers."""
        return sentences(self.report.sections)

    @cached_property
    def blank(self) -> frozenset[str]:
        """The paths that are printed without a number."""
        return frozenset(self.report.cells.blank)

    def count(self, path: str) -> int:
        """Return the count at ``path``, 0 where it is null (see :meth:`known`)."""
        return int(self.values.get(path, 0))

    def known(self, path: str) -> int | None:
        """Return the count at ``path``, or ``None``."""
        value = self.values.get(path)
        return None if value is None else int(value)

    def find(  # noqa: PLR0913 - a finding has this many parts
        self,
        rule: str,
        zh: str,
        en: str,
        cells: Iterable[str] = (),
        *,
        severity: Severity | None = None,
        actual: Decimal | int | str | None = None,
        expected: Decimal | int | str | None = None,
    ) -> Finding:
        """Return a finding of ``rule``, with its usual severity unless another is given."""
        return Finding(
            rule=rule,
            severity=severity or RULES[rule].severity,
            responsibility="source" if self.proved else "unknown",
            message=zh,
            message_en=en,
            cells=list(cells),
            actual=actual,
            expected=expected,
        )

"""Lines that may be the report's title, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gongkai.layouts.dates import year_of_title
from gongkai.layouts.naming import agency_of_title
from gongkai.layouts.titlelines import is_entry

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, order=True)
class Candidate:
    """A line, or some lines together, that may be the report's title; by where it begins.

    Attributes:
        start: index of the first line.
        lines: the lines, without what is no part of a title.
    """

    start: int
    lines: Sequence[str]

    @property
    def end(self) -> int:
        """Index behind the last line."""
        return self.start + len(self.lines)

    @cached_property
    def text(self) -> str:
        """The lines as one."""
        return "".join(self.lines)

    @cached_property
    def year(self) -> int | None:
        """The one year that it names."""
        return year_of_title(self.text)

    @cached_property
    def agency(self) -> str | None:
        """The agency that it names."""
        return agency_of_title(self.text)

    @cached_property
    def dated(self) -> bool:
        """Whether a date runs on from it, as in a list."""
        return is_entry(self.text)

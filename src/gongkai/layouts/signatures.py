"""The agency that signs a report, beside the day on which it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.layouts.dates import is_date_line, is_month_line, without_date
from gongkai.layouts.naming import agency_alone
from gongkai.tables.narrative.footers import is_footer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.layouts.metadata import Head
    from gongkai.reading.document import Paragraph

_SHORT = 40
_LASTS = 12


def put_signer(head: Head, after: Sequence[Paragraph]) -> None:
    """Take the agency that signs: a short line of its own beside a date near the end."""
    # The page's own foot may be longer than the report's end.
    foot = next((i for i, p in enumerate(after) if is_footer(p.text)), len(after))
    tail = (*after[max(foot - _LASTS, 0) : foot], *after[max(foot, len(after) - _LASTS) :])
    signed = [_signer(tail, index) for index in range(len(tail))]
    for index, (name, paragraph) in enumerate(zip(signed, tail, strict=True)):
        # One name below the other, each with its date, are a list's.
        if name and not {*signed[max(0, index - 2) : index + 3]} - {None, name}:
            head.put("agency", name, f"signature, {paragraph.place}")


def _signer(lines: Sequence[Paragraph], index: int) -> str | None:
    """Return the agency that a short line names beside a date or next to one."""
    text = lines[index].text
    if len(text) > _SHORT or is_footer(text):
        return None
    undated = without_date(text)
    name = agency_alone(undated or text)
    near = lines[max(0, index - 1) : index + 2]
    dated = undated is not None or any(is_date_line(p.text) or is_month_line(p.text) for p in near)
    return name if dated else None

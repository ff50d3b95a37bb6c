"""The way to a page, 首页 > 政务公开 > 谷城县司法局, on one line or on several."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.naming import WITH_PLACE, agency_alone, clean_agency, title_rank
from gongkai.tables.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.reading.document import Paragraph

#: What parts the steps of a breadcrumb.
_STEPS = re.compile(r"\s*(?:[>＞»\u203a/\\→|]|::)\s*")
_HERE = ("位置", "首页")
_MOST_STEPS = 8
_LONGEST_CRUMB = 200
_SHORT = 40


def agency_of_crumb(
    before: Sequence[Paragraph], publishers: Sequence[str]
) -> tuple[str, str] | None:
    """Return the last agency of a breadcrumb and its place.

    A short name there is another source's whole one.
    """
    for paragraph in before:
        for step in reversed(crumb_steps(paragraph.text)):
            if name := agency_alone(re.sub(r"^.*[:：]", "", step)):
                whole = next((p for p in publishers if p.endswith(name)), name)
                return whole, f"breadcrumb, {paragraph.place}"
    return _crumb_lines(before)


def _crumb_lines(before: Sequence[Paragraph]) -> tuple[str, str] | None:
    """Return the one agency of a breadcrumb whose steps are lines; a menu names more than one."""
    start = next((i for i, p in enumerate(before) if squeeze(p.text) == _HERE[1]), len(before))
    found: dict[str, str] = {}
    for at, paragraph in enumerate(before[start + 1 : start + _MOST_STEPS], start + 2):
        if len(paragraph.text) > _SHORT or title_rank(paragraph.text):
            break
        name = agency_alone(paragraph.text)
        if name and WITH_PLACE.search(name):
            below = before[at].text[:_SHORT] if at < len(before) else ""
            if agency_alone(below) not in {None, name}:
                return None
            found.setdefault(name, f"breadcrumb, {paragraph.place}")
    return next(iter(found.items())) if len(found) == 1 else None


def names_above(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Return whether the two lines above a line name agencies, too, as a menu's lines do."""
    return at > 1 and all(clean_agency(p.text[:_SHORT]) for p in paragraphs[at - 2 : at])


def crumb_steps(text: str) -> list[str]:
    """Return the steps of a breadcrumb; none of a line that is no breadcrumb."""
    if len(text) > _LONGEST_CRUMB or not any(word in text for word in _HERE):
        return []
    return _STEPS.split(text)

"""The year that a narrative speaks of."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from gongkai.layouts.dates import (
    FIRST_YEAR,
    LAST_YEAR,
    find_date,
    find_year,
    is_date_line,
    year_of_title,
)
from gongkai.layouts.naming import agency_of_title
from gongkai.layouts.titlelines import is_entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from gongkai.reading.document import Paragraph

_PLANS = re.compile(r"下一步|下步|力争|计划|拟|将(?:进一步|继续|全面|严格|以|把|细化|从)")


def voted_year(paragraphs: Sequence[Paragraph], published_on: date | None) -> int | None:
    """Return the year that the narrative speaks of most; plans speak of the year after.

    Args:
        paragraphs: the report's text; the first eighty are asked.
        published_on: the day of publication, in the year after.
    """
    votes: Counter[int] = Counter()
    for paragraph in paragraphs[:80]:
        if "。" not in paragraph.text and is_entry(paragraph.text):
            continue  # of a list of other years' reports
        if is_date_line(paragraph.text):
            signed = find_date(paragraph.text)
            if signed is not None:
                votes[signed.year - 1] += 2  # reports are signed in the year after
            continue
        year = None if _PLANS.search(paragraph.text) else find_year(paragraph.text)
        if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
            votes[year] += 1
    if published_on is not None:
        votes[published_on.year - 1] += 2
    return max(votes, key=lambda year: (votes[year], -year)) if votes else None


def likely_years(
    titles: Sequence[str], elsewhere: Sequence[Paragraph], published: int | None
) -> list[int]:
    """Return the year before publication and the one that the narrative names most often.

    Nothing where the titles do not name several; one with an agency alone leaves it open.
    """
    years = {
        year_of_title(title) for title in titles if year_of_title(title) or agency_of_title(title)
    }
    if len(years) < 2:  # noqa: PLR2004
        return []
    spoken = voted_year(elsewhere, None)
    likely = [] if spoken is None else [spoken]
    return likely if published is None else [*likely, published - 1]

"""Rows of table three that were read one column too far to the left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.checks.case import Case
    from gongkai.checks.identities import Assessment
    from gongkai.model import Finding

_COLUMNS = len(APPLICANTS)


def check(case: Case, assessment: Assessment) -> Iterator[Finding]:
    """Say so if every row whose sum fails would hold with its cells one column to the right.

    A row that lost its first cell reads its total in the last column of the applicants: there, the
    first five numbers sum up to the sixth.
    """
    failed = [identity for identity, _ in assessment.failed if identity.rule == "T3.ROW"]
    if not failed:
        return
    shifted: list[str] = []
    for identity in failed:
        total, *row = (case.values.get(path) for path in identity.cells)
        *first, last = row
        if total or not last or sum(value or 0 for value in first) != last:
            return
        shifted += identity.right
    yield case.find(
        "T3.SHIFT",
        f"表三有 {len(failed)} 行像是整行左移一列",
        f"table three: {len(failed)} rows look shifted to the left by one column",
        shifted,
    )

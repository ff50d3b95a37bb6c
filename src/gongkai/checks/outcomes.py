"""The outcomes that the narrative lists, against table three."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.checks.statements import UNIT, is_wider, of_year, quote
from gongkai.form import APPLICANTS, REQUEST_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.checks.case import Case
    from gongkai.model import Finding

#: Outcomes as the narrative names them; the longer ones first.
_OUTCOME_OF = {
    **dict.fromkeys((f"予以公开{joint}部分公开" for joint in "及和、与"), "GP"),
    "部分公开": "P",
    "予以公开": "G",
    "不予公开": "D",
    "无法提供": "U",
    "不予处理": "X",
}
_OUTCOME = re.compile("|".join(_OUTCOME_OF))
_OUTCOME_COUNT = re.compile(rf"(?:的)?(?:信息)?(?:共|为|计)?(\d+){UNIT}")
_GROUPS = {
    "G": ("granted",),
    "P": ("partially_granted",),
    "GP": ("granted", "partially_granted"),
    "D": ("denied",),
    "U": ("unavailable",),
    "X": ("not_processed",),
}
_OUTCOME_ROWS = {
    name: tuple(
        row
        for row in REQUEST_ROWS
        if any(f"{row}.".startswith(f"requests.outcome.{group}.") for group in groups)
    )
    for name, groups in _GROUPS.items()
}
#: The cells of each group's rows, 总计 last.
_GROUP_CELLS = {
    name: tuple(tuple(f"{row}.{column}" for column in APPLICANTS) for row in rows)
    for name, rows in _OUTCOME_ROWS.items()
}
#: What may stand before an outcome that is told whole; else it is told in part
#: (信访举报投诉类不予处理 3 件).
_WHOLE = (*"，,、：:（(", "其中", "答复", "作出", "均为", "等原因", "共")


def check(case: Case) -> Iterator[Finding]:
    """Compare a breakdown of outcomes; a single outcome named in passing is not one."""
    told: dict[str, set[int]] = {}
    words: dict[str, str] = {}
    for sentence in case.sentences:
        text = sentence.text
        for match in _OUTCOME.finditer(text):
            count = _OUTCOME_COUNT.match(text, match.end())
            name, start = _OUTCOME_OF[match[0]], match.start()
            if count is None or (start and not text.endswith(_WHOLE, 0, start)):
                continue
            if is_wider(text, start) or not of_year(text, start, case.report.year):
                return
            told.setdefault(name, set()).add(int(count[1]))
            words[name] = quote(text, start, count.end())
    if len(told) < 2:  # noqa: PLR2004 - one is no breakdown
        return
    for name, numbers in told.items():
        printed = _group_total(case, name)
        if printed is None or len(numbers) > 1 or printed in numbers:
            continue
        number = numbers.pop()
        yield case.find(
            "N.OUTCOME",
            f"正文称“{words[name]}”，表三为 {printed} 件",
            f"the narrative states {number} requests of an outcome, table three {printed}",
            [row[-1] for row in _GROUP_CELLS[name]],
            actual=number,
            expected=printed,
        )


def _group_total(case: Case, name: str) -> int | None:
    """Return the sum of a group's rows; a row whose 总计 is blank counts by its applicants."""
    totals = [case.values.get(row[-1]) for row in _GROUP_CELLS[name]]
    if None not in totals:
        return int(sum(total or 0 for total in totals))
    found, blank, known = 0, case.blank, False
    for row in _GROUP_CELLS[name]:
        numbers = [case.values.get(path) for path in row]
        if any(n is None and p not in blank for n, p in zip(numbers, row, strict=True)):
            return None
        known = known or any(n is not None for n in numbers)
        last = numbers.pop()
        found += int(last if last is not None else sum(n or 0 for n in numbers))
    return found if known else None

"""The identities (勾稽关系) that a form's numbers obey: 42 in the 2021 form, 40 in the 2019 form.

Source: the forms' own note 第一项加第二项之和，等于第三项加第四项之和, and the meaning of 总计.
Table three has 39 identities over 175 cells, each cell with a pattern of its own, so a single
wrong cell is always named by the identities it breaks (docs/adr/0002).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from gongkai.form.cells import APPLICANTS, DISPUTE_CELLS, REQUEST_ROWS

if TYPE_CHECKING:
    from gongkai.form.cells import FormYear

_RECEIVED, _CARRIED_IN = "requests.received", "requests.carried_in"
_TOTAL, _CARRIED_OUT = "requests.outcome.total", "requests.carried_out"
_UNDIVIDED = "requests.outcome.other.undivided"
_DIVIDED = tuple(
    row for row in REQUEST_ROWS if row.startswith("requests.outcome.other.") and row != _UNDIVIDED
)
#: Table four's blocks have five cells each, the last of which is their total.
_BLOCK = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """``sum(left) == sum(right)``.

    Attributes:
        rule: ``T3.BAL`` (received + carried in = concluded + carried out, per column), ``T3.RES``
            (总计 = the results, per column), ``T3.ROW`` (总计 = the six applicants, per row) or
            ``T4.SUM`` (总计 = the four results, per block).
        left: cell paths.
        right: cell paths.
    """

    rule: str
    left: tuple[str, ...]
    right: tuple[str, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """All cells of the identity, left side first."""
        return self.left + self.right


@cache
def request_rows(form: FormYear) -> tuple[str, ...]:
    """Return the rows of table three that ``form`` prints: 25 (2021) or 23 (2019)."""
    left_out = (_UNDIVIDED,) if form == "2021" else _DIVIDED
    return tuple(row for row in REQUEST_ROWS if row not in left_out)


@cache
def identities(form: FormYear) -> tuple[Identity, ...]:
    """Return the identities of ``form``; table three follows its （六）, undivided or not."""
    rows = request_rows(form)
    results = tuple(r for r in rows if r.startswith("requests.outcome.") and r != _TOTAL)
    found: list[Identity] = []
    for column in APPLICANTS:
        found.append(
            Identity(
                "T3.BAL",
                (f"{_RECEIVED}.{column}", f"{_CARRIED_IN}.{column}"),
                (f"{_TOTAL}.{column}", f"{_CARRIED_OUT}.{column}"),
            )
        )
        found.append(
            Identity("T3.RES", (f"{_TOTAL}.{column}",), tuple(f"{row}.{column}" for row in results))
        )
    *applicants, total = APPLICANTS
    found += [
        Identity("T3.ROW", (f"{row}.{total}",), tuple(f"{row}.{column}" for column in applicants))
        for row in rows
    ]
    for start in range(0, len(DISPUTE_CELLS), _BLOCK):
        block = DISPUTE_CELLS[start : start + _BLOCK]
        found.append(Identity("T4.SUM", (block[-1],), block[:-1]))
    return tuple(found)

"""The identities as checks: which hold, which fail, and which single cell explains the failures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from gongkai.form import CELLS, identities
from gongkai.model import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from gongkai.form import FormYear, Identity

    _Getter = Callable[[Mapping[str, int | Decimal]], tuple[int | Decimal, ...]]

_NAMES = {
    "T3.BAL": ("新收加结转不等于办结加结转下年", "received + carried in ≠ concluded + carried out"),
    "T3.RES": ("总计不等于各办理结果之和", "the total differs from the sum of the results"),
    "T3.ROW": ("总计不等于各类申请人之和", "the total differs from the sum of the applicants"),
    "T4.SUM": ("总计不等于各结果之和", "the total differs from the sum of the results"),
}
#: So many sums that hold with blanks for zeros speak against each total without any parts.
_FOR_EACH = 3


@dataclass(frozen=True, slots=True)
class Assessment:
    """The identities of a report.

    Attributes:
        held: those that hold.
        failed: those that fail, with left minus right.
        open: those that null cells leave open.
    """

    held: tuple[Identity, ...]
    failed: tuple[tuple[Identity, Decimal], ...]
    open: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A cell that alone explains all failed identities of its table.

    Attributes:
        path: the cell.
        implied: the value that makes all of them hold.
    """

    path: str
    implied: int


def assess(
    values: Mapping[str, int | Decimal], blank: frozenset[str], form: FormYear
) -> Assessment:
    """Assess the identities of ``form``.

    A cell that is printed blank or with a nil mark counts as 0 where its row or block prints other
    numbers: that is how reports use it. An identity whose total is blank, or with a cell that
    could not be read, stays open unless the numbers alone already exceed what they may sum to. A
    total whose parts are all blank stays open, too, unless other sums show that blanks are zeros.

    Args:
        values: the numbers, by path.
        blank: paths printed without a number.
        form: whose identities.
    """
    held: list[Identity] = []
    failed: list[tuple[Identity, Decimal]] = []
    left_open: list[Identity] = []
    unfilled: list[tuple[Identity, Decimal]] = []
    zeros = 0
    whole = _assess_whole(values, form)
    if whole is not None:
        return whole
    for identity in identities(form):
        left = _side(identity.left, values, blank)
        right = _side(identity.right, values, blank)
        delta = Decimal(left.total - right.total)
        if left.unknown or right.unknown:
            exceeds = (delta > 0 and not right.unknown) or (delta < 0 and not left.unknown)
            if exceeds:
                failed.append((identity, delta))
            else:
                left_open.append(identity)
        elif left.blank == len(identity.left) or right.blank == len(identity.right):
            # A whole side is blank: nothing is claimed, so nothing can be contradicted.
            if delta > 0 and not left.blank and len(identity.left) == 1:
                unfilled.append((identity, delta))
            else:
                left_open.append(identity)
        elif delta:
            failed.append((identity, delta))
        elif left.blank or right.blank:
            left_open.append(identity)
            zeros += left.total > 0
        else:
            held.append(identity)
    borne_out = zeros >= _FOR_EACH * len(unfilled)
    failed += unfilled if borne_out else ()
    left_open += () if borne_out else [identity for identity, _ in unfilled]
    return Assessment(tuple(held), tuple(failed), tuple(left_open))


@cache
def _getters(form: FormYear) -> tuple[tuple[Identity, str | None, _Getter, _Getter], ...]:
    """Return each identity with its left cell, if that is one, and getters of its sides."""
    return tuple(
        # A getter of one cell would give no tuple: it is not asked.
        (i, i.left[0] if len(i.left) == 1 else None, itemgetter(*i.left), itemgetter(*i.right))
        for i in identities(form)
    )


def _assess_whole(values: Mapping[str, int | Decimal], form: FormYear) -> Assessment | None:
    """Assess a report without nulls, the common case, five times as fast; else ``None``."""
    held: list[Identity] = []
    failed: list[tuple[Identity, Decimal]] = []
    try:
        for identity, lone, left, right in _getters(form):
            delta = (values[lone] if lone else sum(left(values))) - sum(right(values))
            if delta:
                failed.append((identity, Decimal(delta)))
            else:
                held.append(identity)
    except KeyError:
        return None
    return Assessment(tuple(held), tuple(failed), ())


class _Side(NamedTuple):
    total: int | Decimal
    blank: int
    unknown: int


def _side(
    paths: tuple[str, ...], values: Mapping[str, int | Decimal], blank: frozenset[str]
) -> _Side:
    null = [path for path in paths if path not in values]
    blanks = len(blank.intersection(null))
    total = sum([values[path] for path in paths if path in values])
    return _Side(total, blanks, len(null) - blanks)


@cache
def _identities_of(form: FormYear) -> dict[str, tuple[tuple[Identity, int], ...]]:
    """Map each cell to its identities and the sign it has in left minus right."""
    found: dict[str, list[tuple[Identity, int]]] = {}
    for identity in identities(form):
        for sign, paths in ((1, identity.left), (-1, identity.right)):
            for path in paths:
                found.setdefault(path, []).append((identity, sign))
    return {path: tuple(pairs) for path, pairs in found.items()}


def locate(
    values: Mapping[str, int | Decimal], assessment: Assessment, form: FormYear
) -> Located | None:
    """Return the single cell of table three that explains all of its failures, if there is one.

    A cell explains them when the failed identities are exactly those of its identities that could
    be assessed, and one new value, not negative, makes all of them hold. Table four has one
    identity for five cells, so its sums never name one.
    """
    deltas = {id(i): delta for i, delta in assessment.failed if i.rule.startswith("T3")}
    closed = {id(i) for i in assessment.open}
    candidates = []
    for path, pairs in _identities_of(form).items() if deltas else ():
        assessed = [(i, sign) for i, sign in pairs if id(i) not in closed]
        if path not in values or {id(i) for i, _ in assessed} != set(deltas):
            continue
        corrections = {-deltas[id(i)] * sign for i, sign in assessed}
        implied = values[path] + min(corrections)
        if len(corrections) == 1 and implied >= 0:
            candidates.append(Located(path, int(implied)))
    return candidates[0] if len(candidates) == 1 else None


def findings_of(
    assessment: Assessment, located: Located | None, values: Mapping[str, int | Decimal]
) -> list[Finding]:
    """Turn failed identities and located cells into findings."""
    said: list[Finding] = []
    for identity, delta in assessment.failed:
        table = "三" if identity.rule.startswith("T3") else "四"
        zh, en = _NAMES[identity.rule]
        left = sum(values.get(p, 0) for p in identity.left)
        sums = f"{left} ≠ {left - delta}"
        said.append(
            Finding(
                rule=identity.rule,
                severity="critical",
                responsibility="unknown",
                message=f"表{table}“{_where(identity)}”{zh}：{sums}（差 {delta:+}）",
                message_en=f"table {table}, {identity.left[0]}: {en}: {sums} ({delta:+})",
                cells=list(identity.cells),
                actual=left,
                expected=left - delta,
            )
        )
    if located is not None:
        cell = CELLS[located.path]
        printed, implied = values[located.path], located.implied
        said.append(
            Finding(
                rule="T3.LOCATE",
                severity="info",
                message=f"表三“{cell.label}”由 {printed} 改为 {implied}，全部勾稽关系即成立",
                message_en=(
                    f"table three: {located.path} = {implied} instead of {printed} "
                    "makes all identities hold"
                ),
                cells=[located.path],
                actual=printed,
                expected=implied,
            )
        )
    return said


def _where(identity: Identity) -> str:
    cell = CELLS[identity.left[0]]
    return cell.column if identity.rule == "T3.BAL" else cell.label

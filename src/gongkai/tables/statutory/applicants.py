"""The head of table three: which of its columns holds each applicant."""

from __future__ import annotations

import re
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_HEADERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token

#: Number of the column that a header of table three names.
NUMBER_OF_APPLICANT = {
    text: n for n, name in enumerate(APPLICANTS) for text in APPLICANT_LABELS[name]
}
#: The applicants whose headers stand on one row and are spelt like nothing else.
_MIDDLE = range(1, 5)
_NAMES = tuple(APPLICANT_LABELS[APPLICANTS[n]][0] for n in _MIDDLE)
_OUTER = (0, len(APPLICANTS) - 1)
_FIRST = range(5)
_OTHER = 5
_LABEL_OF_OTHER = APPLICANT_LABELS[APPLICANTS[_OTHER]][0]
#: What ends the row above the members where 其他 is printed there.
_ENDS_ABOVE = _LABEL_OF_OTHER + APPLICANT_LABELS[APPLICANTS[-1]][0]
#: The printed column of each applicant where 总计 stands before all others.
_TOTAL_FIRST = (*range(1, len(APPLICANTS)), 0)
#: The header above the members of 法人或其他组织.
GROUP = REQUEST_HEADERS[2]
#: What remains in one line of a broken 自然人.
_PERSON = "自然"
#: The column of the other organisations, not the word within the group's, garbled as it may be.
_OTHER_ALONE = re.compile(f"{_LABEL_OF_OTHER}(?!组|织)")
#: What stands in the first line of a column: 商业, of 商业 and 企业, or a sign alone; and of how
#: many columns a line says their order.
_BEGINNINGS = ((2, 2), (1, 3))
_OTHER_BEGUN = re.compile(f"(?<!或){_LABEL_OF_OTHER[0]}(?!中)")
#: So many lines a head has where each holds but a sign of a name; a sentence is none of them.
_HEAD_LINES = 8
_SENTENCE = "。"
_STATUTORY = tuple(range(len(APPLICANTS)))


def order_of(
    rows: Sequence[Row], head: Sequence[Token], columns: Sequence[int] | None
) -> tuple[int, ...] | None:
    """Return the applicants' order of a head that the rows' sums do not contradict."""
    order = applicant_order(head, columns)
    if order in {(), _STATUTORY}:
        if order != () or not _total_first(head):
            named = {n for _, n in named_applicants(head)}
            return None if len(named) < len(APPLICANTS) and _is_another_order(rows) else ()
        moved, usual = _sums(rows, _TOTAL_FIRST), _sums(rows, _STATUTORY)
        if moved == usual and any(map(_is_uneven, rows)):
            return None  # nothing says which of its cells are blank
        return _TOTAL_FIRST if moved > usual else ()
    if order and _sums(rows, order) < _sums(rows, _STATUTORY):
        return ()  # a head with wrong spans: the sums know better
    return order


def applicant_order(head: Sequence[Token], columns: Sequence[int] | None) -> tuple[int, ...] | None:
    """Return which value column holds each applicant, in statutory order of applicants.

    Labels place the numbers: a head that prints the applicants in another order is followed where
    its raster says how, or a row of its own; ``None`` (no column can be trusted) where neither
    does. A head that is cut short or absent says nothing against the statutory order, which comes
    back as ``()``.
    """
    found = named_applicants(head)
    order = [n for _, n in found]
    middle = [n for n in order if n in _MIDDLE]
    if len(set(middle)) != len(middle):
        return () if _is_usual_but_one(found) else None
    if len(middle) < len(_MIDDLE) and not _is_usual_in_pieces(head):
        return None
    if columns is not None and (raster := _by_raster(found, columns)):
        return raster
    whole = sorted(order) == list(_STATUTORY)
    if whole and all(t.width == 1 for t, _ in found):
        return () if _is_usual(head) else None
    if whole and (read := _read_order(found, head)) is not None:
        return tuple(read.index(n) for n in _STATUTORY) if read != list(_STATUTORY) else ()
    # 总计 and 自然人 stand a row higher, and without a raster their order says nothing.
    usual = middle == sorted(middle) and not _is_other_before(found)
    return () if usual and (len(middle) == len(_MIDDLE) or _is_usual_in_lines(head)) else None


def _is_usual_but_one(found: Sequence[tuple[Token, int]]) -> bool:
    """Tell whether each row of headers is in usual order, but for one that is a copy of another."""
    for _, row in groupby(found, key=lambda header: (header[0].grid, header[0].row)):
        printed = [n for _, n in row if n in _MIDDLE]
        astray = sum(n != usual for n, usual in zip(printed, _MIDDLE, strict=False))
        if printed != sorted(printed) and (len(printed) != len(_MIDDLE) or astray > 1):
            return False
    return not _is_other_before(found)


def _is_other_before(found: Sequence[tuple[Token, int]]) -> bool:
    """Tell whether 其他 stands before another organisation in one line with it."""
    rows = {(t.grid, t.row) for t, n in found if n == _OTHER}
    behind = [n for t, n in found if (t.grid, t.row) in rows and n in {*_MIDDLE, _OTHER}]
    return behind != [*behind[:-1], _OTHER] and _OTHER in behind


def named_applicants(head: Sequence[Token]) -> list[tuple[Token, int]]:
    """Return the header of each applicant with its number: the last of those spelt twice.

    A head is printed twice above a table that scrolls; where cells that cover others are printed
    in each of them, its last row names all columns once more. The others are left as they are.
    """
    found = [(t, n) for t in head if (n := NUMBER_OF_APPLICANT.get(t.norm)) is not None]
    last = {n: t for t, n in found}
    if all(t.column == last[n].column for t, n in found):
        return [(t, n) for t, n in found if last[n] is t]
    # A total among the members of 法人或其他组织 is theirs, and no column of the form.
    inner = {t.row for t, n in found if n in _MIDDLE}
    rest = [(t, n) for t, n in found if n != _OUTER[1] or t.row not in inner]
    return rest if sorted(n for _, n in rest) == list(_STATUTORY) else found


def _by_raster(
    found: Sequence[tuple[Token, int]], columns: Sequence[int]
) -> tuple[int, ...] | None:
    """Return which value column holds each applicant, as the raster of the head says.

    Where one header is lost, the column that is left is its. ``None`` where headers stand above
    no column of their own, or another one among those of 法人或其他组织: the head lost its spans.
    """
    places = {column: place for place, column in enumerate(columns)}
    by_number = {n: places[t.column] for t, n in found if t.column in places}
    taken = set(by_number.values())
    if len(by_number) != len(found) or len(taken) != len(found):
        return None
    if len(found) < len(APPLICANTS) - 1:
        return None
    for lost in set(_STATUTORY) - by_number.keys():
        by_number[lost] = (set(_STATUTORY) - taken).pop()
    first, *members, last = (by_number[n] for n in _STATUTORY)
    if any(min(members) < n < max(members) for n in (first, last)):
        return None
    return (first, *members, last)


def _is_usual_in_pieces(head: Sequence[Token]) -> bool:
    """Tell whether headers that break over lines stand in the form's order, as far as it shows.

    That is where all of them are spelt whole by lines that follow one another.
    """
    spelt = "".join(t.norm for t in head)
    members = spelt.rpartition(GROUP)[2].removeprefix(_ENDS_ABOVE)
    places = [members.find(name) for name in _NAMES]
    if min(places) < 0:
        return True
    return places == sorted(places) and not _OTHER_ALONE.search(members, 0, places[-1])


def _is_usual_in_lines(head: Sequence[Token]) -> bool:
    """Tell whether each line that holds the beginnings of several headers is in usual order.

    Of headers that differ in height, one may begin lines above the next: each line says its own.
    """
    lines = ("".join(t.norm for t in line) for _, line in groupby(head, key=attrgetter("row")))
    return all(map(_is_usual_line, lines))


def _is_usual_line(line: str) -> bool:
    before, _, behind = line.partition(GROUP)
    if _PERSON[0] in behind:
        return False
    members = before + behind
    for size, least in _BEGINNINGS:
        places = [at for name in _NAMES if (at := members.find(name[:size])) >= 0]
        if len(places) >= least:
            return places == sorted(places) and not _OTHER_BEGUN.search(members, 0, places[-1])
    return True


def lines_above(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    """Return the lines above a table's first row that may be a head without a single whole name."""
    first = start
    while first and tokens[start].row - tokens[first - 1].row <= _HEAD_LINES:
        if _SENTENCE in tokens[first - 1].text:
            break
        first -= 1
    return [t for t in tokens[first:start] if t.row < tokens[start].row]


def _is_usual(head: Sequence[Token]) -> bool:
    """Tell whether a head with one header a line goes through them in the form's own order.

    其他 is forgiven where it ends the row above, as it is often printed there; before another
    organisation it says that their order is another one. For 总计 the sums speak.
    """
    printed = [NUMBER_OF_APPLICANT[t.norm] for t in head if t.norm in NUMBER_OF_APPLICANT]
    if printed.index(_OTHER) + 1 < len(printed) and printed[printed.index(_OTHER) + 1] in _MIDDLE:
        return False
    names = [t.norm for t in head if t.norm == GROUP or NUMBER_OF_APPLICANT.get(t.norm) in _FIRST]
    order = [NUMBER_OF_APPLICANT.get(name, 0.5) for name in names]
    return order == sorted(order)


def _read_order(found: Sequence[tuple[Token, int]], head: Sequence[Token]) -> list[int] | None:
    """Return the applicants as a head without a raster prints them from left to right.

    Args:
        found: the header of each applicant with its number.
        head: all of the head; where 法人或其他组织 stands, its members do.

    Returns:
        their numbers, or ``None`` where rows do not say how the two parts of the head interlock.
    """
    outer = [(t, n) for t, n in found if n in _OUTER]
    inner = [(t, n) for t, n in found if n not in _OUTER]
    if len({(t.grid, t.row) for t, _ in inner}) != 1:
        return None
    members = [n for _, n in inner]
    row = {(t.grid, t.row) for t, _ in outer}
    if row == {(inner[0][0].grid, inner[0][0].row)}:
        return [n for _, n in found]
    group = [(i, t) for i, t in enumerate(head) if t.norm == GROUP and {(t.grid, t.row)} == row]
    if len(group) != 1:
        return None
    at = sum(head.index(t) < group[0][0] for t, _ in outer)
    return [n for _, n in outer[:at]] + members + [n for _, n in outer[at:]]


def _sums(rows: Sequence[Row], order: Sequence[int]) -> int:
    """Return how many rows add up to their total when read in this order of columns."""
    found = 0
    for row in rows:
        numbers = [v.cell.value if v else None for v in row.settled or ()]
        if len(numbers) == len(order):
            *parts, total = (numbers[n] or 0 for n in order)
            found += sum(parts) == total
    return found


def _is_another_order(rows: Sequence[Row]) -> bool:
    """Tell whether most rows add up to another of their cells than the last."""
    telling = [row for row in rows if _is_uneven(row)]
    usual = _sums(telling, _STATUTORY)
    others = (
        _sums(telling, (*range(n), *range(n + 1, len(_STATUTORY)), n)) for n in _STATUTORY[:-1]
    )
    return max(others) > max(usual, len(telling) // 2)


def _is_uneven(row: Row) -> bool:
    """Tell whether a row's cells hold different things."""
    return len({v and v.cell for v in row.settled or ()}) > 1


def _total_first(head: Sequence[Token]) -> bool:
    """Tell whether the head prints 总计 before 自然人, or may do where that word is broken."""
    outer = [i for i, t in enumerate(head) if NUMBER_OF_APPLICANT.get(t.norm) in _OUTER]
    if not outer or NUMBER_OF_APPLICANT[head[outer[0]].norm] != _OUTER[1]:
        return False
    total = head[outer[0]]
    broken = all(head[i].norm == total.norm for i in outer)
    # Words of a line are counted from one, cells of a row from none.
    behind = total.width > 1 and total.at[-1] > (total.grid is None)
    return not (broken and (behind or any(_PERSON in t.norm for t in head[: outer[0]])))

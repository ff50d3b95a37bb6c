"""Rows of table three whose labels stand elsewhere: they are told by being counted.

Programs that turn pages into text print the lines of wrapped labels before or behind their
numbers, in bunches. Where as many whole rows of numbers are printed as the form has, and each that
shares its line with a label stands at that label's place, the others can only be those between.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from gongkai.form import APPLICANTS, identities, request_rows
from gongkai.form.labels import GROUP_LABELS, REQUEST_LABELS, WEAK_LABELS
from gongkai.tables.rows.align import EXACT
from gongkai.tables.rows.decode import GAP, fits, paths_of, reading_of
from gongkai.tables.rows.row import Row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.align import Match
    from gongkai.tables.stream import Token

_FORMS: tuple[FormYear, ...] = ("2021", "2019")
_WIDTH = len(APPLICANTS)
#: So many numbers in a line are those of a row, and no page's number.
_LEAST_STRAY = 4
#: So many signs at its beginning tell each label from all others.
_OPENING = 5


class _Line(NamedTuple):
    """A source row with the values of a whole row, and the label texts that stand beside them."""

    row: int
    values: list[Token]
    words: list[str]


def rows_by_count(
    tokens: Sequence[Token], chain: Sequence[Match], rows: Sequence[Row], start: int, end: int
) -> tuple[list[Row], FormYear] | None:
    """Return the rows of the table, with the form that has so many.

    Args:
        tokens: the stream.
        chain: labels found, one for each row.
        rows: of the table, as the labels have them.
        start: where the table begins in the stream.
        end: where its last row ends.

    Returns:
        ``None`` where the labels have all rows, where a line holds some other number of values, or
        where what is printed does not say that the rows without a label are the form's.
    """
    lines = _whole_lines(tokens[start:end])
    robbed = any(abs(row.surplus) >= _WIDTH for row in rows)
    if lines is None or (len(lines) == len(rows) and not robbed):
        return None
    labelled = {
        tokens[match.start].row: match.key
        for match in chain
        if match.score >= EXACT and len({tokens[piece].row for piece in match.pieces}) == 1
    }
    printed = "".join(token.norm for token in tokens[start:end])
    for form in _FORMS:
        keys = request_rows(form)
        if len(keys) == len(lines) and _are_told(keys, lines, labelled, printed):
            return [
                Row(key, _WIDTH, line.values, inferred=line.row not in labelled)
                for key, line in zip(keys, lines, strict=True)
            ], form
    return None


def _whole_lines(tokens: Sequence[Token]) -> list[_Line] | None:
    """Return the lines with a whole row's values, left of the blanks around them."""
    lines: list[_Line] = []
    for row, group in groupby(tokens, key=attrgetter("row")):
        line = list(group)
        values = [token for token in line if token.is_value]
        while len(values) > _WIDTH and values[-1].is_blank:
            values.pop()
        while len(values) > _WIDTH and values[0].is_blank:
            del values[0]
        if len(values) == _WIDTH and any(token.is_printed for token in values):
            lines.append(_Line(row, values, [token.norm for token in line if token.norm]))
        elif sum(token.is_printed for token in values) >= _LEAST_STRAY:
            return None
    return lines


def _are_told(
    keys: Sequence[str], lines: Sequence[_Line], labelled: Mapping[int, str], printed: str
) -> bool:
    """Tell whether the lines are the rows of these keys, one by one.

    Most are labelled, the first and last too, each at its label's place; the labels of the others
    are printed elsewhere, and beside their numbers stands nothing but a piece of them.
    """
    told = [labelled.get(line.row) for line in lines]
    if None in (told[0], told[-1]) or 2 * told.count(None) >= len(told):
        return False
    for key, name, line in zip(keys, told, lines, strict=True):
        if name is not None:
            if name != key:
                return False
            continue
        label = REQUEST_LABELS[key][0]
        if label in WEAK_LABELS or label[:_OPENING] not in printed:
            return False
        if any(word not in label and word not in GROUP_LABELS for word in line.words):
            return False
    return True


def add_up(rows: Sequence[Row], form: FormYear) -> bool:
    """Tell whether no sum of the form says that rows are others; a blank may be any number."""
    readings = {
        path: GAP if value is None or value.token.is_blank else reading_of(value)
        for row in rows
        for path, value in zip(paths_of(row), row.settled or (), strict=True)
    }
    return fits(readings, [i for i in identities(form) if readings.keys() >= set(i.cells)])

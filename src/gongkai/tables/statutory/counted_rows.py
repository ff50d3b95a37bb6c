"""Rows of table three whose labels stand elsewhere: they are told by being counted.

Programs that turn pages into text print the lines of wrapped labels before or behind their
numbers, in bunches. Where as many whole rows of numbers are printed as the form has, and each that
shares its line with a label stands at that label's place, the others can only be those between.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import GROUP_LABELS, REQUEST_LABELS, WEAK_LABELS
from gongkai.tables.rows.align import EXACT
from gongkai.tables.rows.decode import GAP, fits, paths_of, reading_of, sums_of
from gongkai.tables.rows.row import Row
from gongkai.tables.statutory.request_doubts import LEAST_STRAY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.form import FormYear
    from gongkai.tables.rows.align import Match
    from gongkai.tables.stream import Token

_FORMS: tuple[FormYear, ...] = ("2021", "2019")
_KEYS = {tuple(request_rows(form)) for form in _FORMS}
_WIDTH = len(APPLICANTS)
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
    if not any(row.surplus for row in rows) and tuple(row.key for row in rows) in _KEYS:
        return None  # as on most pages
    lines = _whole_lines(tokens[start:end])
    if lines is None:
        return None
    labelled = {
        tokens[match.start].row: match.key
        for match in chain
        if match.score >= EXACT and len({tokens[piece].row for piece in match.pieces}) == 1
    }
    robbed = any(abs(row.surplus) >= (_WIDTH if len(labelled) == len(rows) else 1) for row in rows)
    if len(lines) == len(rows) and not robbed:
        return None
    printed = "".join(token.norm for token in tokens[start:end])
    for form in _FORMS:
        keys = request_rows(form)
        if len(keys) != len(lines):
            continue
        ends = min(chain[0].score, chain[-1].score)
        whole = ends >= EXACT and [match.key for match in chain] == list(keys)
        if _are_told(keys, lines, labelled, None if whole else printed):
            return [
                Row(key, _WIDTH, line.values, inferred=line.row not in labelled)
                for key, line in zip(keys, lines, strict=True)
            ], form
    return None


def _whole_lines(tokens: Sequence[Token]) -> list[_Line] | None:
    """Return the lines with a whole row's values; of more, blanks among them, with what they print.

    ``None`` where a line prints more or less than a row, and too much for anything else, or has
    blanks among its numbers where no other line has them: one may be a cell, another number none.
    """
    lines: list[_Line] = []
    spaced: Counter[tuple[int, ...]] = Counter()
    for row, group in groupby(tokens, key=attrgetter("row")):
        line = list(group)
        values = [token for token in line if token.is_value]
        if len(values) > _WIDTH:
            printed = [n for n, token in enumerate(values) if token.is_printed]
            spaced.update(
                [tuple(n - printed[0] for n in printed)] if len(printed) == _WIDTH else ()
            )
            values = [values[n] for n in printed]
        if len(values) == _WIDTH and any(token.is_printed for token in values):
            lines.append(_Line(row, values, [token.norm for token in line if token.norm]))
        elif sum(token.is_printed for token in values) >= LEAST_STRAY:
            return None
    alone = any(count == 1 and places[-1] >= _WIDTH for places, count in spaced.items())
    return None if alone else lines


def _are_told(
    keys: Sequence[str], lines: Sequence[_Line], labelled: Mapping[int, str], printed: str | None
) -> bool:
    """Tell whether the lines are the rows of these keys, one by one.

    All labels are found, in the form's order (``printed`` is ``None``), or most are, the first and
    last too, and the others begin somewhere in what is ``printed``. Those that share a line with
    numbers stand at their place, and beside other numbers stands nothing but a piece of a label.
    """
    told = [labelled.get(line.row) for line in lines]
    most = None not in (told[0], told[-1]) and 2 * told.count(None) < len(told)
    if printed is not None and not most:
        return False
    for key, name, line in zip(keys, told, lines, strict=True):
        label = REQUEST_LABELS[key][0]
        if name is not None:
            if name != key:
                return False
        elif label not in line.words:
            if printed is not None and (label in WEAK_LABELS or label[:_OPENING] not in printed):
                return False
            if not all(_is_piece(word, label) for word in line.words):
                return False
    return True


def _is_piece(word: str, label: str) -> bool:
    """Tell whether a text is a piece of a label or of a group's, or one of these and the label."""
    return word in label or label in word or any(word in group for group in GROUP_LABELS)


def add_up(rows: Sequence[Row], form: FormYear) -> bool:
    """Tell whether no sum of the form says that rows are others; a blank may be any number."""
    readings = {
        path: GAP if value is None or value.token.is_blank else reading_of(value)
        for row in rows
        for path, value in zip(paths_of(row), row.settled or (), strict=True)
    }
    return fits(readings, sums_of(tuple(readings), form))

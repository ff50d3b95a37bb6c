"""From labels to values: which tokens belong to which statutory row."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, islice, takewhile
from operator import attrgetter
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from gongkai.form.labels import (
    GROUP_LABELS,
    PROACTIVE_HEADER_WORD,
    PROACTIVE_HEADERS,
    PROACTIVE_ITEMS,
    REQUEST_LABELS,
    ROW_LABELS,
    spellings,
)
from gongkai.tables.numbers import State
from gongkai.tables.stream import GAP

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from gongkai.tables.rows.align import Match
    from gongkai.tables.stream import Token

#: Longest text that stands in a number's cell, such as 详见附件一.
_LONGEST_CELL = 12
#: A text of fewer signs may be a group's label's end beside its rows, sign by sign.
_SHORTEST_LABEL = 4
#: Texts of so many signs are copies where they are so much alike (0-100).
_LONG = 6
_COPY = 80.0
_ENDS = frozenset((*GROUP_LABELS, PROACTIVE_HEADER_WORD, GAP))
#: All labels, for what a line may hold of one.
_LABELS = "\n".join(
    (
        *GROUP_LABELS,
        *PROACTIVE_ITEMS,
        *sorted(ROW_LABELS),
        *spellings(PROACTIVE_HEADERS),
    )
)
#: What opens a label, however the rest of it is spelt, or has a cell of its own: （五）, 四、, 1.
_NUMBERED = re.compile(
    r"\s*(?:[（(]\s*[一二三四五六七]\s*[)）]|[一二三四]\s*、|\d\s*[.．、]\s*(?:[\u3400-\u9fff]|$))"
)


@dataclass(frozen=True, slots=True)
class Runs:
    """What runs behind each of the labels found of a table.

    Attributes:
        tokens: the stream.
        chain: labels found, in order.
        end: where the table ends in the stream.
        words: label texts that are headers, never values.
    """

    tokens: Sequence[Token]
    chain: Sequence[Match]
    end: int
    words: Collection[str]

    def values(self, number: int, width: int) -> list[Token]:
        """Return the value tokens of the ``number``-th label, of which the form expects ``width``.

        In a row of several cells they are the rest of that row; otherwise everything up to the next
        label, without what opens the next label's own row.
        """
        match = self.chain[number]
        last = self.tokens[match.end - 1]
        if last.width > 1:
            rest = self._rest_of_row(match)
            if any(not t.is_blank for t in rest):
                return rest
            cut = self._upper_part(match)
            if cut or len(rest) >= width:
                return cut or rest
        found = _without_lines(self._up_to_next(number, width), last, width)
        values = [t for t in found if t.is_value]
        if sum(not t.is_blank for t in values) < width:
            # A text among too few numbers is a cell that holds words (见附件), not a stray label.
            return [t for t in found if t.is_value or self._may_be_cell(t)]
        return values

    def _up_to_next(self, number: int, width: int) -> list[Token]:
        """Return what stands between a label and the next one.

        A header right behind the label is that of its number, as cards print them.
        """
        tokens, match, headers = self.tokens, self.chain[number], tuple(self.words)
        final = number + 1 == len(self.chain)
        stop = self.end if final else self.chain[number + 1].start
        # A label joined across a row that the form does not have holds that one's numbers.
        inside = any(token.is_value for token in tokens[match.start : match.end])
        found: list[Token] = []
        named = -1  # the line that names its own numbers
        for index in range(match.start, _row_start(tokens, stop, match.end)):
            if index in match.pieces:
                continue
            token = tokens[index]
            if token.row == named and token.is_value:
                continue
            if token.cell.state is State.TEXT:
                if index < match.end:
                    continue
                if index == match.end and token.norm.startswith(headers):
                    continue
                held = sum(t.is_printed for t in found)
                if token.norm in _ENDS or (
                    final
                    and not repeats(token, match.key)
                    and not is_cell_of_words(tokens, index, held, width)
                ):
                    break
                whole = not inside and width in (held, sum(t.is_value for t in found))
                if not _goes_on(token, match.key) and (whole or _opens_row(tokens, index, width)):
                    break  # a row that the form does not have
                if _names_numbers(token) and not token.norm.startswith(headers):
                    named = token.row
            found.append(token)
        return found

    def _rest_of_row(self, match: Match) -> list[Token]:
        tokens, words = self.tokens, self.words
        row, label = tokens[match.end - 1].row, tokens[match.end - 1].norm
        stop = match.end
        while stop < len(tokens) and tokens[stop].row == row:
            stop += 1
        # A label that spans columns is printed in each of them.
        rest = [
            t
            for t in tokens[match.end : stop]
            if not t.norm or not (t.norm in words or t.norm == label or _is_copy(t.norm, label))
        ]
        if match.end > match.start + 1:  # between the pieces of a label
            inside = [t for t in tokens[match.start : match.end] if t.row == row and t.is_value]
            # Blanks alone are places of groups.
            if not rest or any(not t.is_blank for t in inside):
                rest = inside + rest
        return rest

    def _upper_part(self, match: Match) -> list[Token]:
        """Return the numbers of a row that a page break cut: its label goes on in the next row."""
        last = self.tokens[match.end - 1].row
        for piece in match.pieces:
            row = self.tokens[piece].row
            if row == last:
                break
            found: list[Token] = []
            for index in range(piece + 1, match.end):
                token = self.tokens[index]
                if token.row != row:
                    break
                if token.norm not in self.words and index not in match.pieces:
                    found.append(token)
            if any(token.is_printed for token in found):
                return found
        return []

    def _may_be_cell(self, token: Token) -> bool:
        """Tell whether a text of its own may stand in a number's cell: it is of no label."""
        return (
            len(token.text) <= _LONGEST_CELL
            and len(token.norm) != 1
            and token.norm not in self.words
            and not (token.norm and token.norm in _LABELS)
            and not _NUMBERED.match(token.text)
        )

    def join_torn(self, printed: list[list[Token]], width: int) -> int:
        """Complete rows whose numbers go on in lines of their own, where most rows do.

        A page's number, or one stray line, is no part of a row: of the whole rows most have to be
        torn alike, and each has to come out with just its columns.

        Args:
            printed: values of each label's row; those of torn rows are completed.
            width: values that the form expects.

        Returns:
            where the last row ends in the stream, 0 where the rows are not torn.
        """
        chain = self.chain
        short = [n for n, values in enumerate(printed) if 0 < len(values) < width]
        if 2 * len(short) <= len(printed):
            return 0
        rests = {n: _next_lines(self.tokens, printed[n][-1], chain[n].end) for n in short}
        whole = [n for n, rest in rests.items() if len(printed[n]) + len(rest) == width]
        if 2 * len(whole) <= len(printed):
            return 0
        for n in whole:
            printed[n] = printed[n] + rests[n]
        last = chain[-1].end + len(printed[-1])
        return last if len(chain) - 1 in whole else 0


def is_cell_of_words(tokens: Sequence[Token], index: int, held: int, width: int) -> bool:
    """Tell whether a text (同上) is the one cell of words in a row that is printed line by line.

    Args:
        tokens: the stream.
        index: of the text.
        held: numbers of the row in front of it.
        width: cells of the row; with this one it has just so many.
    """
    behind = list(takewhile(attrgetter("is_value"), islice(tokens, index + 1, index + 1 + width)))
    whole = held + 1 + sum(not token.is_blank for token in behind) == width
    said = tokens[index]
    return whole and bool(behind) and len(said.text) <= _LONGEST_CELL and said.norm != GAP


def _without_lines(found: list[Token], label: Token, width: int) -> list[Token]:
    """Leave out lines of text within a table: they are no cells of it, but page numbers perhaps."""
    cells = [t for t in found if t.grid is not None]
    if not cells:
        return found if label.grid is None or len(found) == width else []
    lines = {id(t) for t in found if t.grid is None and t.width == 1}
    return [t for t in found if id(t) not in lines] if lines else found


def _next_lines(tokens: Sequence[Token], last: Token, low: int) -> list[Token]:
    """Return the numbers in the lines behind a row, up to one that holds anything else."""
    found: list[Token] = []
    for row, line in groupby(islice(tokens, low, None), key=attrgetter("row")):
        values = list(line)
        if row > last.row:
            if any(token.is_blank or not token.is_value for token in values):
                break
            found += values
    return found


def _goes_on(token: Token, key: str) -> bool:
    """Tell whether a text is of the row's own label: its numbers may stand beside any line."""
    own = any(token.norm in text for text in REQUEST_LABELS.get(key, ()) if token.norm)
    return own or repeats(token, key)


def repeats(token: Token, key: str) -> bool:
    """Tell whether a text is a long label of a row, printed again.

    One that is printed in each of the columns that it spans may be garbled in the last of them.
    """
    return any(_is_copy(token.norm, text) for text in REQUEST_LABELS.get(key, ()))


def _is_copy(norm: str, label: str) -> bool:
    """Tell whether a text is a label printed again, garbled."""
    return len(norm) >= _LONG and fuzz.ratio(norm, label) >= _COPY


def run_over(tokens: Sequence[Token], rows: Sequence[tuple[Sequence[Token], int]]) -> set[int]:
    """Return which rows are beside a line of several numbers that no row owns.

    Narrow cells break their numbers: the line holds the rest of a whole row's. A single number may
    be a page's, and as many as the row's are those of another row.

    Args:
        tokens: the part of the stream that holds the rows.
        rows: values of each label's row, and how many the form has.
    """
    owners = {token.row: n for n, (values, _) in enumerate(rows) for token in values}
    found: set[int] = set()
    before: int | None = None
    for row, line in groupby(tokens, key=attrgetter("row")):
        if row in owners:
            before = row
            continue
        rest = list(line)
        if len(rest) > 1 and all(t.grid is None and t.cell.state is State.NUMBER for t in rest):
            owner = owners.get(row + 1 if before is None else before)
            values, width = ((), 0) if owner is None else rows[owner]
            if owner is not None and len(values) == width > len(rest):
                found.add(owner)
        before = None
    return found


def _opens_row(tokens: Sequence[Token], index: int, width: int) -> bool:
    """Tell whether a text is an unknown label: the numbers of a whole row follow in its line."""
    token = tokens[index]
    if token.width <= width or token.grid is not None or len(token.norm) < _SHORTEST_LABEL:
        return False
    row = tokens[index + 1 : index + 1 + width]
    return all(value.is_value and value.row == token.row for value in row)


def _names_numbers(token: Token) -> bool:
    """Tell whether a text in a line is a name of its own for what follows it there: 其中：3."""
    return token.grid is None and token.width > 1 and token.text.endswith((":", "："))


def _row_start(tokens: Sequence[Token], stop: int, low: int) -> int:
    """Step back over what stands before a label in its own row: covered cells, group labels."""
    if stop >= len(tokens) or tokens[stop].width == 1:
        return stop
    row = tokens[stop].row
    while stop > low and tokens[stop - 1].row == row:
        stop -= 1
    return stop


def value_columns(rows: Sequence[list[Token]], width: int) -> tuple[int, ...] | None:
    """Return the raster columns that the rows of a table agree on, if most of them do.

    A row counts with its printed values where there are just enough of them, padding left out.
    """
    shapes: Counter[tuple[int, ...]] = Counter()
    for row in rows:
        printed = row if len(row) == width else [t for t in row if not t.is_blank]
        columns = tuple(t.column for t in printed if t.column is not None)
        if len(columns) == width:
            shapes[columns] += 1
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    return shape if 2 * count > sum(shapes.values()) else None

"""Blanks of tables without rules: which columns a row leaves out, by where its numbers stand.

A line of text tells the order of its numbers, and not which of the table's columns are blank. Where
the numbers of all rows stand below one another, each below a name of the head, that is told by
their places; the row then comes with bars between its cells::

    一、本年新收  3        5      →   一、本年新收 | 3 |  | 5 |
    二、上年结转  0   1    1          二、上年结转  0  1  1

A number that was too long for its column, and goes on in the next line of its cell, is joined.
Nothing is changed where a number stands between columns, or the columns are not all known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE
from gongkai.reading.pdf.column_heads import in_order, names_of
from gongkai.reading.pdf.words import VALUE, Row, Word, held_by, middle
from gongkai.reading.pdf.wrapped_numbers import OPENS, alone, cell_of, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gongkai.reading.pdf.lines import Line
    from gongkai.reading.pdf.words import WordedLine

#: A row's label stands apart from that of its group, or begins behind it.
_PARTS = re.compile(rf" {{2,}}| (?={OPENS.pattern})")
#: Numbers of one column begin, end or have their middles within this share of their height; most
#: of them do, for one that is too long for its column reaches beyond it.
_ALIGNED, _MOST = 0.4, 0.75
#: Numbers stand apart from their label by this share of their height.
_GAP = 0.25
#: Words are level with numbers to this share of their height.
_LEVEL = 0.25
#: Labels of so many rows begin at one place: their column does.
_COLUMN = 3
#: Rows with a number in every column, where the head does not name the columns.
_FULL = 2
_NIL = "无"
#: A letter of an upright label (无法提供) beside the words of a row's own: no nil mark.
_LETTER = re.compile(r"^((?:\D +)*)无(?: {2,}| \| )(?!无 )(?=\S*[一-鿿])")
#: Ends are at one place to this (points).
_SAME = 1.0


def has_columns(lines: Iterable[Line]) -> bool:
    """Tell whether a line of a page may be a row of a table without rules."""
    return any("  " in line.text and line.text[-1].isdecimal() for line in lines)


def with_blanks(lines: Sequence[WordedLine]) -> list[Line]:
    """Return the lines of a text, with bars in rows that leave columns blank.

    Args:
        lines: with their words, in the order of reading; pages follow one another.

    Returns:
        as many lines; one without text was the rest of a number that was wrapped in its column.
    """
    shown = [line for line, _ in lines]
    for first, rows in _regions(lines):
        if _is_rest(rows, lines):
            continue
        _part_labels(shown, rows)
        columns = _columns(rows, lines[first : rows[0].at])
        if columns:
            _order_names(shown, first, rows, columns, lines)
        for group in grouped(rows, columns, lines) if columns else ():
            if len(group) == 1 and len(group[0].numbers) == len(columns):
                continue
            cells = [cell_of(group, columns, n) for n in range(len(columns))]
            if any(UNREADABLE in cell for cell in cells):
                for row in group:
                    _show(shown, row, alone(row, columns, cells))
                continue
            for row in group:
                _show(shown, row, [])
            _show(shown, _home(group, lines), cells)
    return [
        line._replace(text=_LETTER.sub(r"\1无", line.text)) if "无 " in line.text else line
        for line in shown
    ]


def _is_rest(rows: Sequence[Row], lines: Sequence[WordedLine]) -> bool:
    """Tell whether a number alone is the rest of a date or the like, cut at the end of a line."""
    row = rows[0]
    if len(rows) > 1 or row.label or len(row.numbers) > 1 or not row.at:
        return False
    _, above = lines[row.at - 1]
    return bool(above) and any(map(str.isdecimal, above[-1].text))


def _part_labels(shown: list[Line], rows: Sequence[Row]) -> None:
    """Part a row's label from that of its group, however near it stands: where others begin."""
    starts = Counter(round(row.label[0].x0) for row in rows if row.label)
    for row in rows:
        line, label = shown[row.at], row.label
        at = [
            n
            for n in range(1, len(label))
            if sum(starts[round(label[n].x0) + near] for near in (-1, 0, 1)) >= _COLUMN
        ]
        if at:
            shown[row.at] = line._replace(text=_with_columns(line.text, at))
        if label and label[-1].text == _NIL:
            _move_letter(shown, row)


def _move_letter(shown: list[Line], row: Row) -> None:
    """Move the letter of an upright label from before a row's numbers to the letter below it."""
    line, below = shown[row.at], shown[row.at + 1 : row.at + 2]
    if below and abs(below[0].x0 - line.x0) < row.label[0].height:
        shown[row.at] = line._replace(text=line.text.removeprefix(_NIL).lstrip())
        shown[row.at + 1] = below[0]._replace(text=_NIL + below[0].text)


def _order_names(
    shown: list[Line],
    first: int,
    rows: Sequence[Row],
    columns: Sequence[Word],
    lines: Sequence[WordedLine],
) -> None:
    """Show the names of columns from left to right, in the lowest line that holds one."""
    head = lines[first : rows[0].at]
    found = list(names_of(head, [word for row in rows for word in row.label], columns))
    names = next((names for names in found if len(names) == len(columns)), [])
    for number, words in in_order(head, names).items():
        text = "  ".join([word.text for word in words])
        shown[first + number] = shown[first + number]._replace(text=text)


def _with_columns(text: str, at: Sequence[int]) -> str:
    """Return a text with two blanks before the words of these numbers."""
    parts = re.split(r"( +)", text.strip())
    for number in at:
        parts[2 * number - 1] = "  "
    return "".join(parts)


def _home(group: Sequence[Row], lines: Sequence[WordedLine]) -> Row:
    """Return the line that the numbers of a row belong to: the one whose words are level with them.

    A group's label beside it, and the lines of a number that was wrapped, may be half a line off.
    """
    tops = [word.top for row in group for word in row.numbers]
    level, height = (min(tops) + max(tops)) / 2, group[0].numbers[0].height
    rows = {row.at: row for row in group}
    near = range(max(group[0].at - 1, 0), min(group[-1].at + 2, len(lines)))
    homes = [rows[n] if n in rows else Row(n, *lines[n], []) for n in near]
    off = [
        (min(abs(word.top - level) for word in home.label), n)
        for n, home in enumerate(homes)
        if home.label and (home.numbers or _row(home.at, home.line, home.label) is None)
    ]
    if off and min(off)[0] < height * _LEVEL:
        return homes[min(off)[1]]
    return max(group, key=lambda row: (bool(row.label), len(row.numbers)))


def _show(shown: list[Line], row: Row, cells: Sequence[str]) -> None:
    """Give a line the text of its label and cells."""
    label = re.match(rf"(?:\s*\S+){{{len(row.label)}}}", row.line.text)
    parts = _PARTS.split(label[0].strip()) if label and row.label else []
    text = " | ".join([*parts, *cells]) + " |" if cells else "  ".join(parts)
    shown[row.at] = row.line._replace(text=text)


def _regions(lines: Sequence[WordedLine]) -> Iterator[tuple[int, list[Row]]]:
    """Yield the tables: index of the first line of the head, and rows.

    A line of words above the numbers ends a table: it is the head of the next one, or a paragraph.
    """
    rows: list[Row] = []
    first, end = 0, 0.0
    broken = True
    for index, (line, words) in enumerate(lines):
        row = _row(index, line, words, [] if broken else rows)
        if row is None:
            broken = broken or not words or words[-1].x1 > end or _is_beyond(words[-1], rows)
            continue
        if broken:
            if rows:
                yield first, rows
                first = rows[-1].at + 1
            rows, end, broken = [], row.numbers[0].x0, False
        rows.append(row)
        end = min(end, row.numbers[0].x0)
    if rows:
        yield first, rows


def _is_beyond(word: Word, rows: Sequence[Row]) -> bool:
    """Tell whether a word begins right of all labels."""
    ends = [row.label[-1].x1 for row in rows if row.label]
    return bool(ends) and word.x0 > max(ends)


def _row(index: int, line: Line, words: list[Word], before: Sequence[Row] = ()) -> Row | None:
    """Return a line as a row, if numbers end it that stand apart from its words.

    A label that fills its column may stand near to a number that begins where others did before.
    """
    first = len(words)
    while first and VALUE.fullmatch(words[first - 1].text):
        first -= 1
    if not first and words and _is_letter(words[0], before):
        first = 1
    if not any(sign.isdecimal() for word in words[first:] for sign in word.text):
        return None
    near = first and words[first].x0 - words[first - 1].x1 < words[first].height * _GAP
    if near and not any(abs(n.x0 - words[first].x0) < _SAME for row in before for n in row.numbers):
        return None
    return Row(index, line, words[:first], words[first:])


def _is_letter(word: Word, before: Sequence[Row]) -> bool:
    """Tell whether a nil mark stands left of labels: it is a letter of a group's upright one."""
    return word.text == _NIL and any(own.x0 > word.x1 for row in before for own in row.label)


def _columns(rows: Sequence[Row], above: Sequence[WordedLine]) -> list[Word]:
    """Return the columns of numbers from left to right; none where they are not surely known."""
    columns: list[list[Word]] = []
    end = 0.0
    for word in sorted((word for row in rows for word in row.numbers), key=lambda w: w.x0):
        if columns and word.x0 < end:
            columns[-1].append(word)
            end = max(end, word.x1)
        else:
            columns.append([word])
            end = word.x1
    spans = [Word("", min(w.x0 for w in held), max(w.x1 for w in held)) for held in columns]
    height = rows[0].numbers[0].height
    if not all(_is_straight(held, height) for held in columns) or any(
        len(held_by(span, row.numbers)) > 1 for span in spans for row in rows
    ):
        return []
    heads = list(names_of(above, [word for row in rows for word in row.label], spans))
    for names in heads:
        if named := _below(spans, names):
            return _filled(spans, names, named, heads[0])
    found = []
    for names in heads:
        ways = [_filled(spans, names, named, heads[0]) for named in _beside(spans, names)]
        found += [columns for columns in ways if columns not in found]
    if found:
        return found[0] if len(found) == 1 else []
    full = sum(len(row.numbers) == len(spans) for row in rows)
    return spans if full >= _FULL and len(heads[-1]) in {0, len(spans)} else []


def _filled(
    spans: Sequence[Word], names: Sequence[Word], named: Sequence[int], sure: Sequence[Word]
) -> list[Word]:
    """Return a column for each name; where no number stands, for those that are sure to be one."""
    return [
        spans[named.index(n)] if n in named else name
        for n, name in enumerate(names)
        if n in named or name in sure
    ]


def _is_straight(words: Sequence[Word], height: float) -> bool:
    """Tell whether words stand below one another: at their beginnings, ends or middles."""
    for places in (
        [word.x0 for word in words],
        [word.x1 for word in words],
        [middle(word) for word in words],
    ):
        usual = median(places)
        near = sum(abs(place - usual) <= height * _ALIGNED for place in places)
        if near >= len(words) * _MOST:
            return True
    return False


def _below(spans: Sequence[Word], names: Sequence[Word]) -> list[int]:
    """Return the name that each column of numbers stands below, if each has its own."""
    below = [[n for n, name in enumerate(names) if held_by(span, [name])] for span in spans]
    named = [held[0] for held in below if len(held) == 1]
    return named if len(set(named)) == len(spans) else []


def _beside(spans: Sequence[Word], names: Sequence[Word]) -> Iterator[list[int]]:
    """Yield the names of columns that all begin left of them, or all end right of them."""
    left = [bisect_right([name.x1 for name in names], span.x0) for span in spans]
    right = [bisect_left([name.x0 for name in names], span.x1) - 1 for span in spans]
    own = [names[n] for n in left if n < len(names)]
    if len(set(left)) == len(own) == len(spans) and all(
        span.x0 <= name.x0 + _SAME for span, name in zip(spans, own, strict=True)
    ):
        yield left
    own = [names[n] for n in right if n >= 0]
    if len(set(right)) == len(own) == len(spans) and all(
        span.x1 >= name.x1 - _SAME for span, name in zip(spans, own, strict=True)
    ):
        yield right

"""The names of a table's columns, where no rules part them: by their places above the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.pdf.words import VALUE, Word, held_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.pdf.lines import Line
    from gongkai.reading.pdf.words import WordedLine

#: A head has at most so many lines; names of one sign below the other take many.
_LINES = 12
#: A line further away than this (heights) is of no head.
_APART = 3.0
#: Words that begin, or have their middle, at one place do so to this (points).
_SAME = 1.0
#: The lines of a cell are apart by less than this (heights); fewer than one of so many columns have
#: the label of several columns so near above their name.
_STACKED, _FEW = 1.7, 3


def names_of(
    head: Sequence[WordedLine], labels: Sequence[Word], numbers: Sequence[Word]
) -> Iterator[list[Word]]:
    """Yield where the names of the columns of numbers may stand, from left to right.

    They are found from the lowest line of the head upwards: what spans several columns names none.
    What stands between two names may span columns, too; the second time it is a name of its own.

    Args:
        head: lines above the numbers, with their words.
        labels: of the rows: what stands above them names their column.
        numbers: the columns of numbers.
    """
    own = [Word("", min(w.x0 for w in labels), max(w.x1 for w in labels))] if labels else []
    lines = list(_lines(head, [word.x0 for word in labels]))
    headed = not own or any(
        held_by(word, own) for words in lines if len(words) > 1 for word in words
    )
    for inner in (False, True):
        names: list[Word] = []
        for words in lines:
            below = list(names)
            for word in words:
                within = bool(below) and below[0].x0 < word.x0 < below[-1].x0
                if not held_by(word, own + below) and (inner or not within):
                    names.append(word)
            names.sort(key=lambda name: name.x0)
        if not headed and names and names[0].x1 < numbers[0].x0:
            del names[0]
        yield names


def _lines(head: Sequence[WordedLine], starts: Sequence[float]) -> Iterator[list[Word]]:
    """Yield the words of a head's lines, from the lowest one upwards."""
    under: Line | None = None
    for line, words in reversed(head[-_LINES:]):
        far = under is not None and under.top - line.bottom > line.height * _APART
        if far or not words or line.text.endswith("。") or VALUE.fullmatch(words[-1].text):
            return
        if under and len(words) == 1 and any(abs(words[0].x0 - x) < _SAME for x in starts):
            return  # a row that is blank
        yield words
        under = line


def in_order(head: Sequence[WordedLine], names: Sequence[Word]) -> dict[int, list[Word]]:
    """Return the lines of a head whose names stand beside each other, though not in one line.

    Cells may hold their words at the top, in the middle or at the bottom: then two lines of the
    head are one row, and neither names the columns from left to right.

    Args:
        head: lines above the numbers, with their words.
        names: of all columns, from left to right.

    Returns:
        by the number of a line the words that are its own when all names stand in the lowest of
        them; nothing where they are in order, or go on over several lines.
    """
    line_of = {word: n for n, (_, words) in enumerate(head) for word in words}
    read = [line_of[name] for name in names]
    if read == sorted(read):
        return {}
    above = [word for word in line_of if word not in names]
    stacked = sum(
        any(0 < name.top - word.top < name.height * _STACKED for word in held_by(name, above))
        for name in names
    )
    if stacked * _FEW > len(names):
        return {}
    ordered = {n: [word for word in head[n][1] if word not in names] for n in read}
    ordered[max(read)] = sorted([*ordered[max(read)], *names], key=lambda word: word.x0)
    return ordered

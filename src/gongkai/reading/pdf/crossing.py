"""Numbers that are wider than their cells: they run across a rule into the next one.

A part of such a number is a number, too; so it is told as a whole where it belongs, or not at all.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.reading.pdf.drawn import Char

# Digits of a number stand on one line without gaps, and not on one another; those that are cut off
# are squeezed into the edge (shares of their height).
_LEVEL, _GAP, _LAP = 0.2, 0.1, 0.03
_WIDTH, _CUT = 0.5, 0.01
_SIGNS = ".,，．-−" + UNREADABLE
# One number placed may leave one cell for its neighbour, and so on, forth and back.
_ROUNDS = 4


def goes_on(char: Char, after: Char) -> bool:
    """Tell whether a character and the one after it in the file belong to one number."""
    return (
        (after.text.isdecimal() or after.text in _SIGNS)
        and (char.text.isdecimal() or char.text in _SIGNS)
        and touches(char, after)
    )


def collides(char: Char, after: Char) -> bool:
    """Tell whether a digit stands on the one before it: two numbers, or more, run together."""
    height = char.bottom - char.top
    return (
        char.text.isdecimal()
        and after.text.isdecimal()
        and -height < after.x0 - char.x1 < -height * _LAP
        and char.top < (after.top + after.bottom) / 2 < char.bottom
    )


def meet(char: Char, after: Char) -> bool:
    """Tell whether two characters of different fields may be of one number, or of two."""
    return goes_on(char, after) or collides(char, after)


def settle(
    crossings: Sequence[int],
    chars: Sequence[Char],
    fields: dict[int, list[Char]],
    cells: Sequence[int],
) -> set[int]:
    """Put numbers that go across rules into the cells they belong to.

    A number belongs to the one cell below it that holds nothing else. Where there are several,
    or none, it becomes unreadable in all of them.

    Args:
        crossings: numbers of the characters that go on with a number from another field.
        chars: of the page, in the order of the file.
        fields: the characters in each field, which are changed.
        cells: for each field, the cell that it belongs to.

    Returns:
        the ids of characters that stood outside of the table.
    """
    places = {id(char): field for field, held in fields.items() for char in held}
    pairs = [chars[number - 1 : number + 1] for number in crossings]
    lost = {id(char) for pair in pairs if collides(*pair) for char in pair}
    runs = list(_runs(crossings, chars, places, cells))
    crossing = {id(char) for run, _ in runs for char in run}
    # Cells that have a text of their own, or a number.
    taken = {
        cells[field]
        for field, held in fields.items()
        if any(id(char) not in crossing for char in held)
    }
    moved: dict[int, list[Char]] = {}  # by field
    gone: set[int] = set()
    waiting = [run for run, is_whole in runs if is_whole]
    lost |= {id(char) for run, is_whole in runs if not is_whole for char in run}
    for _ in range(_ROUNDS):
        left = []
        for run in reversed(waiting):
            free = _cells_of(run, places, cells) - taken
            if len(free) != 1:
                left.append(run)
                continue
            taken |= free
            home = next(f for char in run if cells[f := places.get(id(char), 0)] in free)
            moved.setdefault(home, []).extend(run)
            gone |= {id(char) for char in run}
        waiting = left
    lost |= {id(char) for run in waiting for char in run}
    for field, held in fields.items():
        if moved.get(field) or not (gone | lost).isdisjoint(map(id, held)):
            fields[field] = [
                char._replace(text=UNREADABLE) if id(char) in lost else char
                for char in held
                if id(char) not in gone
            ] + moved.get(field, [])
    return gone - places.keys()


def _runs(
    crossings: Sequence[int], chars: Sequence[Char], places: dict[int, int], cells: Sequence[int]
) -> Iterator[tuple[list[Char], bool]]:
    """Yield the numbers that lie in several cells, or partly outside, and whether they are whole.

    A digit beside them may stand on their last one. Numbers in a text are none.
    """
    end = 0
    for crossing in crossings:
        if crossing < end or not goes_on(*chars[crossing - 1 : crossing + 1]):
            continue
        start, end = crossing - 1, crossing + 1
        while start and goes_on(chars[start - 1], chars[start]):
            start -= 1
        while end < len(chars) and goes_on(chars[end - 1], chars[end]):
            end += 1
        run = list(chars[start:end])
        outside = any(id(char) not in places for char in run)
        if outside + len(_cells_of(run, places, cells)) <= 1:
            continue
        ends = chars[max(start - 1, 0) : start + 1], chars[end - 1 : end + 1]
        pairs = list(chain.from_iterable(map(pairwise, ends)))
        if not any(touches(*pair) for pair in pairs):
            yield run, not any(collides(*pair) for pair in pairs)


def touches(char: Char, after: Char) -> bool:
    """Tell whether two characters are of one word; what is cut off stands in the cell's edge."""
    height = char.bottom - char.top
    gap, is_cut = after.x0 - char.x1, after.x1 - after.x0 < height * _CUT
    return -height * _LAP <= gap <= height * (_WIDTH if is_cut else _GAP) and (
        abs(after.top - char.top) <= height * _LEVEL
    )


def _cells_of(run: Sequence[Char], places: dict[int, int], cells: Sequence[int]) -> set[int]:
    return {cells[places[id(char)]] for char in run if id(char) in places}

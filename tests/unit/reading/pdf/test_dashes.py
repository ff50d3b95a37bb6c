"""Dots and dashes in a row make a line; too many of them make none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.pdf import dashes
from gongkai.reading.pdf.dashes import Dashes
from gongkai.reading.pdf.geometry import Rule

if TYPE_CHECKING:
    import pytest


def dotted(count: int) -> Dashes:
    found = Dashes()
    for n in range(count):
        found.take(3.0 * n, 10.0, 3.0 * n + 1.0, 10.5)
    return found


def test_dots_in_a_row_make_a_line() -> None:
    across, down = dotted(8).lines()
    assert across == [Rule(10.25, 0.0, 22.0)]
    assert down == []


def test_more_pieces_than_a_page_of_tables_has_make_no_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dashes, "_MAX_PIECES", 8)
    assert dotted(8).lines()[0]
    assert dotted(9).lines() == dotted(20).lines() == ([], [])


def test_dashes_of_one_length_make_a_line_however_far_apart_in_each_cell() -> None:
    found = Dashes()
    places = [0.0, 2.6, 5.2, 7.4, 11.4, 15.4, 19.4, 21.6, 24.3, 28.5]
    for y in places:
        found.take(50.0, y, 50.75, y + 2.25)
    assert found.lines()[1] == [Rule(50.375, 0.0, 30.75)]


def test_few_pieces_are_the_side_of_a_low_cell_where_they_reach_from_rule_to_rule() -> None:
    found = Dashes()
    for y in (10.0, 17.0):
        for n in range(20):
            found.take(3.0 * n, y, 3.0 * n + 2.0, y + 0.5)
    for y in (10.2, 12.7, 15.2):
        found.take(29.25, y, 29.75, y + 1.5)  # between the rules
        found.take(70.0, y, 70.5, y + 1.5)  # beside them
    across, down = found.lines()
    assert [rule.at for rule in across] == [10.25, 17.25]
    assert [rule.at for rule in down] == [29.5]

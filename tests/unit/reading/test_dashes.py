"""Dots and dashes in a row make a line; too many of them make none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading import dashes
from gongkai.reading.dashes import Dashes, Rule

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

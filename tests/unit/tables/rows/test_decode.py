"""Damaged rows: settled where one reading is left, given up where several are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.testbed import numbers

from gongkai.form import APPLICANTS, DISPUTE_CELLS, request_rows
from gongkai.reading.document import Paragraph, Place
from gongkai.tables.numbers import read_cell
from gongkai.tables.rows.decode import settle, sums_of
from gongkai.tables.rows.padding import open_spared
from gongkai.tables.rows.row import Row, lay
from gongkai.tables.stream import Token

WIDTH = len(APPLICANTS)
ROWS = request_rows("2021")


def tokens(texts: list[str]) -> list[Token]:
    at = (Paragraph("", Place(line=1)), 0)
    return [Token(t, "", read_cell(t), 0, len(texts), None, None, at) for t in texts]


def table(seed: int) -> dict[str, list[int]]:
    cells = numbers.requests(random.Random(seed), "2021", "large")
    return {row: [cells[f"{row}.{column}"] for column in APPLICANTS] for row in ROWS}


def test_the_sums_of_a_row_are_its_own() -> None:
    paths = tuple(f"{ROWS[0]}.{column}" for column in APPLICANTS)
    assert [identity.rule for identity in sums_of(paths, "2021")] == ["T3.ROW"]
    assert [identity.rule for identity in sums_of(DISPUTE_CELLS, "2021")] == ["T4.SUM"] * 3
    assert not sums_of(paths[:-1], "2021")


def read(printed: dict[str, list[str]]) -> dict[str, Row]:
    rows = [Row(key, WIDTH, tokens(texts)) for key, texts in printed.items()]
    for row in rows:
        lay(row)
    open_spared(rows)
    settle(rows, "2021")
    return {row.key: row for row in rows}


def values(row: Row) -> list[int | None]:
    found: list[int | None] = []
    for value in row.settled or ():
        number = read_cell(value.text).value if value else None
        found.append(None if number is None else int(number))
    return found


@given(st.integers(0, 500), st.sampled_from(ROWS), st.integers(0, 6))
def test_a_lost_cell_never_moves_a_number(seed: int, key: str, place: int) -> None:
    truth = table(seed)
    printed = {row: [str(n) for n in numbers_] for row, numbers_ in truth.items()}
    del printed[key][place]
    rows = read(printed)
    for row in ROWS:
        if row != key:
            assert values(rows[row]) == truth[row]
    for got, right in zip(values(rows[key]), truth[key], strict=True):
        assert got in (None, right)


@given(st.integers(0, 500), st.sampled_from(ROWS), st.integers(0, 6))
def test_a_doubled_cell_is_undone(seed: int, key: str, place: int) -> None:
    truth = table(seed)
    printed = {row: [str(n) for n in numbers_] for row, numbers_ in truth.items()}
    printed[key].insert(place, printed[key][place])
    row = read(printed)[key]
    for got, right in zip(values(row), truth[key], strict=True):
        assert got in (None, right)


def test_padding_is_dropped_without_asking_the_identities() -> None:
    row = Row("requests.received", WIDTH, tokens(["1", "0", "0", "0", "0", "0", "1", "", ""]))
    lay(row)
    assert values(row) == [1, 0, 0, 0, 0, 0, 1]
    assert not row.inferred


def test_eight_zeros_for_seven_columns_are_seven_zeros() -> None:
    row = Row("requests.received", WIDTH, tokens(["0"] * 8))
    lay(row)
    assert values(row) == [0] * WIDTH


@pytest.mark.parametrize("doubled", [1, 2, 5])
def test_a_doubled_zero_behind_blanks_never_fills_one(doubled: int) -> None:
    printed = {key: [*[""] * (WIDTH - 1), "0"] for key in ROWS}
    for key in ROWS[:doubled]:
        printed[key] = [*[""] * (WIDTH - 1), "0", "0"]
    rows = read(printed)
    for key in ROWS:
        # Nothing is printed but a total: no other cell may get a number from its copy.
        assert values(rows[key])[:-1] == [None] * (WIDTH - 1), key


def test_six_zeros_for_seven_columns_stay_null() -> None:
    printed = {key: ["0"] * WIDTH for key in ROWS}
    printed["requests.outcome.granted"] = ["0"] * 6
    row = read(printed)["requests.outcome.granted"]
    assert row.given_up
    assert values(row) == [None] * WIDTH


@pytest.mark.parametrize(
    "texts", [["3 0", "0", "0", "0", "0", "3"], ["30", "0", "0", "0", "0", "3"]]
)
def test_two_numbers_in_one_cell_are_told_apart(texts: list[str]) -> None:
    printed = {key: ["0"] * WIDTH for key in ROWS}
    for key in ("requests.received", "requests.outcome.total"):
        printed[key] = ["3", "0", "0", "0", "0", "0", "3"]
    printed["requests.outcome.granted"] = texts
    assert values(read(printed)["requests.outcome.granted"]) == [3, 0, 0, 0, 0, 0, 3]


def test_digits_are_not_joined_over_a_zero() -> None:
    row = Row("requests.received", WIDTH, tokens(["1", "0", "0", "0", "0", "0", "0", "1"]))
    lay(row)
    settle([row], "2021")
    assert values(row) == [1, 0, 0, 0, 0, 0, 1]


NOUGHTS = {row: ["0"] * WIDTH for row in ROWS}


@pytest.mark.parametrize("blank", [1, 2, 5])
def test_a_blank_beside_a_number_too_many_is_not_taken_for_padding(blank: int) -> None:
    # Which of them is too much, nobody can tell: all sums hold either way.
    key = ROWS[3]
    row = read({**NOUGHTS, key: [*["0"] * blank, "", *["0"] * (WIDTH - blank)]})[key]
    assert row.given_up
    found = values(row)
    assert None in found
    assert {*found} <= {0, None}
    assert found[blank - 1 : blank + 1] == [None, None]


def test_blanks_too_many_before_and_between_numbers_leave_the_first_one_open() -> None:
    # As where two separators part all cells, and only half of them are cells.
    row = Row(ROWS[3], WIDTH, tokens([*[""] * 5, "3", *[""] * 7, "3"]))
    lay(row)
    assert row.settled is None


def test_a_blank_that_several_rows_leave_out_is_padding() -> None:
    padded = ["0", "0", "", *["0"] * (WIDTH - 2)]
    rows = read({**NOUGHTS, ROWS[3]: padded, ROWS[7]: padded})
    assert values(rows[ROWS[3]]) == values(rows[ROWS[7]]) == [0] * WIDTH


@given(st.integers(0, 500), st.sampled_from(ROWS), st.integers(0, WIDTH))
def test_a_blank_too_many_is_left_out_where_the_sums_say_so(
    seed: int, key: str, place: int
) -> None:
    truth = table(seed)
    printed = {row: [str(n) for n in numbers_] for row, numbers_ in truth.items()}
    printed[key].insert(place, "")
    rows = read(printed)
    for got, right in zip(values(rows[key]), truth[key], strict=True):
        assert got in (None, right)

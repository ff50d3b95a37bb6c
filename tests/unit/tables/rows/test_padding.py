"""Padding of a table's rows: which blanks are cells, and which stand in for a cell that is lost."""

from __future__ import annotations

import random

import pytest
from tests.testbed import numbers

from gongkai.form import APPLICANTS, request_rows
from gongkai.reading.document import Paragraph, Place
from gongkai.tables.numbers import read_cell
from gongkai.tables.rows.padding import Padding, lay_padded, padding_of, settle_padded
from gongkai.tables.rows.row import Row, lay
from gongkai.tables.stream import Token

WIDTH = len(APPLICANTS)
ROWS = request_rows("2021")


def rows_of(printed: dict[str, list[str]]) -> list[Row]:
    at = (Paragraph("", Place(line=1)), 0)
    rows = [
        Row(key, WIDTH, [Token(t, "", read_cell(t), 0, len(ts), None, None, at) for t in ts])
        for key, ts in printed.items()
    ]
    for row in rows:
        lay(row)
    return rows


def report(seed: int = 3) -> dict[str, list[str]]:
    cells = numbers.requests(random.Random(seed), "2021", "large")
    return {row: [str(cells[f"{row}.{column}"]) for column in APPLICANTS] for row in ROWS}


def behind(printed: dict[str, list[str]]) -> dict[str, list[str]]:
    """Pad rows behind their cells, the first of a group less than the others."""
    return {k: [*v, *[""] * (1 + n % 2)] for n, (k, v) in enumerate(printed.items())}


def texts(row: Row) -> list[str | None]:
    return [None if value is None else value.text for value in row.settled or ()]


def test_full_rows_show_where_the_padding_lies() -> None:
    before = {k: ["", "", *v] if n % 3 else v for n, (k, v) in enumerate(report().items())}
    assert padding_of(rows_of(behind(report()))) == Padding(0, 2)
    assert padding_of(rows_of(before)) == Padding(2, 0)


def test_unpadded_rows_and_rows_that_disagree_show_none() -> None:
    both = {k: ["", *v, ""] for k, v in report().items()}
    assert padding_of(rows_of(report())) is None
    assert padding_of(rows_of(both)) is None


def test_blanks_before_a_total_are_cells_where_rows_are_padded_behind() -> None:
    printed = report()
    printed[ROWS[5]] = [""] * 6 + ["0"]
    rows = rows_of(behind(printed))
    assert rows[5].settled is None
    lay_padded(rows)
    assert texts(rows[5]) == printed[ROWS[5]]


def test_totals_alone_stand_below_each_other_in_padded_rows() -> None:
    rows = rows_of(behind(dict.fromkeys(ROWS, [""] * 6 + ["0"])))
    assert lay_padded(rows) == Padding(0, 2)
    assert {tuple(texts(row)) for row in rows} == {("", "", "", "", "", "", "0")}


@pytest.mark.parametrize("place", range(WIDTH))
def test_padding_never_stands_for_a_lost_cell(place: int) -> None:
    printed = report()
    key = "requests.outcome.total"
    truth = printed[key]
    printed[key] = [text for n, text in enumerate(truth) if n != place]
    rows = rows_of(behind(printed))
    padding = lay_padded(rows)
    settle_padded(rows, padding, "2021")
    row = next(row for row in rows if row.key == key)
    read = texts(row)
    assert read[place] in (None, "")
    assert all(got in (None, right) for got, right in zip(read, truth, strict=True) if got != "")


def test_a_blank_total_among_padded_rows_stays_blank() -> None:
    printed = report()
    key = "requests.received"
    printed[key] = [*printed[key][:-1], ""]
    rows = rows_of(behind(printed))
    settle_padded(rows, lay_padded(rows), "2021")
    row = next(row for row in rows if row.key == key)
    assert texts(row) == printed[key]
    assert not row.given_up

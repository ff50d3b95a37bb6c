"""Rows whose labels stand in bunches elsewhere are counted, where nothing speaks against it."""

from __future__ import annotations

from random import Random

import pytest
from tests.testbed import numbers

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_LABELS
from gongkai.reading.document import Block, Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import Found, read_cells

ROWS = request_rows("2021")
HEAD = ["申请人情况", *(APPLICANT_LABELS[name][0] for name in APPLICANTS)]
#: Rows whose label a program prints in front of the numbers of the row before.
AWAY = ("requests.outcome.denied.prohibited_by_law", "requests.outcome.unavailable.not_held")


def grid(rows: list[list[str]]) -> Grid:
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    return Grid(cells, Place(table=1))


def printed(truth: dict[str, int], labels: dict[str, str] | None = None) -> list[Block]:
    """Print table three as programs do, with the labels of two rows before the row above them."""
    blocks: list[Block] = [grid([HEAD])]
    for key, behind in zip(ROWS, (*ROWS[1:], ""), strict=True):
        if behind in AWAY:
            text = (labels or {}).get(behind, REQUEST_LABELS[behind][0])
            blocks += [Paragraph(line, Place(paragraph=1)) for line in (text[:6], text[6:]) if line]
        own = [] if key in AWAY else [REQUEST_LABELS[key][0]]
        blocks.append(grid([[*own, *(str(truth[f"{key}.{name}"]) for name in APPLICANTS)]]))
    return blocks


def read(blocks: list[Block]) -> Found:
    found = read_cells(blocks)
    assert found is not None
    return found


@pytest.mark.parametrize("seed", range(5))
def test_rows_between_labelled_ones_are_told_by_their_count(seed: int) -> None:
    truth = numbers.requests(Random(seed), "2021", "medium")
    found = read(printed(truth))
    assert found.cells.values == truth
    away = {f"{key}.{name}" for key in AWAY for name in APPLICANTS}
    assert set(found.cells.states.inferred) == away


def test_a_row_that_the_form_does_not_have_is_not_counted() -> None:
    truth = numbers.requests(Random(1), "2021", "medium")
    found = read(printed(truth, {AWAY[1]: "本机关自行增加的一类情形"}))
    wrong = {p: n for p, n in found.cells.values.items() if truth[p] != n}
    assert not wrong
    assert not any(path.startswith(f"{AWAY[1]}.") for path in found.cells.values)
    assert any(f.severity == "critical" for f in found.findings)


def test_rows_that_do_not_add_up_are_not_counted() -> None:
    truth = numbers.requests(Random(2), "2021", "medium")
    moved = dict(truth)
    moved["requests.outcome.total.natural_person"] += 1
    found = read(printed(moved))
    assert not found.cells.states.inferred


def test_a_line_with_a_number_too_many_leaves_all_of_them_uncounted() -> None:
    truth = numbers.requests(Random(3), "2021", "medium")
    blocks = printed(truth)
    last = blocks[-1]
    assert isinstance(last, Grid)
    last.rows[0].append(GridCell("4", 8))
    assert not any(path.startswith(AWAY) for path in read(blocks).cells.states.inferred)


def lines(truth: dict[str, int], *, spaced: int, doubled: int | None = None) -> list[Block]:
    """Print each label above its numbers, which have a blank among them from a row on."""
    blocks: list[Block] = [grid([HEAD])]
    for number, key in enumerate(ROWS):
        row = [str(truth[f"{key}.{name}"]) for name in APPLICANTS]
        if number >= spaced:
            row.insert(3, "")
        if number == doubled:
            row[2:4] = ["", "", row[2]]
        label = REQUEST_LABELS[key][0]
        blocks += [Paragraph(text, Place(paragraph=1)) for text in (label[:4], label[4:]) if text]
        blocks.append(grid([row]))
    return blocks


@pytest.mark.parametrize("spaced", [0, 12, len(ROWS)])
def test_as_many_lines_as_labels_are_their_rows_whatever_stands_where(spaced: int) -> None:
    truth = numbers.requests(Random(4), "2021", "medium")
    blocks = lines(truth, spaced=spaced)
    # The numbers of each row stand above its label.
    for at in range(1, len(blocks) - 1):
        if isinstance(blocks[at + 1], Grid):
            blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
    assert read(blocks).cells.values == truth


def test_a_blank_among_the_numbers_of_one_line_may_be_a_cell() -> None:
    truth = numbers.requests(Random(4), "2021", "medium")
    found = read(lines(truth, spaced=len(ROWS) - 1))
    assert not found.cells.states.inferred

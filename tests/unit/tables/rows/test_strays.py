"""Rows out of statutory order are read by their labels; what only looks like a row is not."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.testbed import numbers

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import read_cells

ROWS = request_rows("2021")
HEAD = ["申请人情况", *(APPLICANT_LABELS[name][0] for name in APPLICANTS)]


def grid(rows: list[list[str]]) -> Grid:
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    return Grid(cells, Place(table=1))


def printed(keys: list[str], truth: dict[str, int]) -> Grid:
    rows = [[REQUEST_LABELS[k][0], *(str(truth[f"{k}.{a}"]) for a in APPLICANTS)] for k in keys]
    return grid([HEAD, *rows])


@given(st.integers(0, 300), st.integers(0, len(ROWS) - 1), st.integers(0, len(ROWS) - 1))
@example(0, 20, 21)
@example(0, 22, 20)
def test_a_moved_row_keeps_its_numbers(seed: int, old: int, new: int) -> None:
    truth = numbers.requests(Random(seed), "2021", "medium")
    keys = list(ROWS)
    keys.insert(new, keys.pop(old))
    found = read_cells([printed(keys, truth)])
    assert found is not None
    assert found.cells.values == truth


@pytest.mark.parametrize("key", ["requests.outcome.total", "requests.outcome.other.other"])
def test_a_word_of_a_repeated_head_is_no_row(key: str) -> None:
    truth = numbers.requests(Random(3), "2021", "medium")
    kept = [row for row in ROWS if row != key]
    table = printed(kept, truth)
    table.rows.insert(10, [GridCell(text, n) for n, text in enumerate(HEAD)])
    found = read_cells([table, Paragraph("其他 总计 见附件", Place(paragraph=1))])
    assert found is not None
    assert not [path for path in found.cells.values if path.startswith(f"{key}.")]
    assert any(f.rule == "E.UNMAPPED" for f in found.findings)


def test_rows_of_table_two_may_change_places() -> None:
    decided = ["信息内容", "本年处理决定数量"]
    table = grid([decided, ["行政强制", "7"], ["行政处罚", "5"]])
    found = read_cells([table])
    assert found is not None
    values = {path.split(".")[1]: number for path, number in found.cells.values.items()}
    assert values == {"penalties": 5, "compulsory_measures": 7}


def test_a_block_of_table_two_may_follow_the_others_in_a_table_of_its_own() -> None:
    first = grid(
        [
            ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
            ["规章", "0", "0", "0"],
            ["行政规范性文件", "13", "0", "55"],
        ]
    )
    others = grid(
        [
            ["信息内容", "本年处理决定数量"],
            ["行政许可", "97"],
            ["行政处罚", "5"],
            ["行政强制", "7"],
            ["信息内容", "本年收费金额（单位：万元）"],
            ["行政事业性收费", "0"],
        ]
    )
    found = read_cells([others, first])
    assert found is not None
    assert found.cells.values["proactive.normative_documents.in_force"] == 55
    assert not any(f.rule == "E.UNMAPPED" and "表二" in f.message for f in found.findings)

"""Rows of Markdown tables over several lines."""

import pytest

from gongkai.reading.document import Grid, Paragraph
from gongkai.reading.text import read_text
from gongkai.reading.text.open_rows import join_open_rows

ROWS = [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "", "5"], ["合计", "1", "22"]]


def converted(rows: list[list[str]], step: str) -> str:
    return "\n".join(
        "| " + " | ".join(f"{step}{cell}{step}" for cell in row) + " |" for row in rows
    )


@pytest.mark.parametrize("step", ["\n\n", "\n"])
@pytest.mark.parametrize("dashes", [True, False])
def test_rows_over_several_lines_are_rows(step: str, *, dashes: bool) -> None:
    head, *rest = converted(ROWS, step).split("\n|")
    table = "\n|".join([head, *[" --- | --- | --- |"] * dashes, *rest])
    text = f"一、总体情况\n\n{table}\n\n二、其他\n"
    first, grid, last = read_text(text).blocks
    assert isinstance(first, Paragraph)
    assert isinstance(grid, Grid)
    assert isinstance(last, Paragraph)
    assert grid.texts == ROWS
    assert [grid.at(0, 0).line, first.text, last.text] == [3, "一、总体情况", "二、其他"]
    assert last.place.line == len(text.splitlines())


def test_a_label_of_two_paragraphs_is_one_cell() -> None:
    rows = [["（一）予以\n\n公开", "0"], ["（二）部分公开", "3"], ["（三）不予公开", "1"]]
    (grid,) = read_text(converted(rows, "\n\n")).blocks
    assert isinstance(grid, Grid)
    assert grid.texts == [["（一）予以 公开", "0"], *rows[1:]]


def test_indented_rows_stay_as_they_are() -> None:
    lines = ["| 项目 | 一 |", *[" | 规章 | 0 |"] * 9]
    kept = [*lines]
    join_open_rows(lines)
    assert lines == kept


def test_hundreds_of_lines_are_no_row() -> None:
    lines = ["| 项目", *["文"] * 500, *[" |"] * 9]
    kept = [*lines]
    join_open_rows(lines)
    assert lines == kept


def test_a_blank_cell_that_holds_an_end_of_line_cuts_no_row() -> None:
    head = "信息内容  |  件数  |  合计\n---|---|---\n"
    text = f"{head}规章  |    \n|  5\n许可  |  2  |    \n处罚  |  1  |  1"
    (grid,) = read_text(text).blocks
    assert isinstance(grid, Grid)
    assert grid.texts == [
        ["信息内容", "件数", "合计"], ["规章", "", "5"], ["许可", "2", ""], ["处罚", "1", "1"],
    ]  # fmt: skip

"""Tables that lines of dashes measure: a blank cell is seen by its place."""

import pytest

from gongkai.reading.document import Grid
from gongkai.reading.text import read_text

HEAD = "  信息内容   本年制发件数   本年废止件数"
RULER = "  ---------- -------------- --------------"
BODY = ["  规章       0", "  文件                      3"]


def texts(*lines: str) -> list[list[list[str]]]:
    return [grid.texts for grid in read_text("\n".join(lines)).grids]


ROWS = [["规章", "0", ""], ["文件", "", "3"]]
TITLES = ["信息内容", "本年制发件数", "本年废止件数"]


def test_a_row_a_line_up_to_a_blank_one() -> None:
    assert texts("题目", "", HEAD, RULER, *BODY, "", "正文") == [[TITLES, *ROWS]]


def test_without_a_head_dashes_stand_around() -> None:
    assert texts(RULER, *BODY, RULER, "", "- 3 -") == [ROWS]


def test_rules_of_another_kind_are_rules() -> None:
    ruler = RULER.replace("-", "=")
    assert texts(ruler, HEAD, ruler, *BODY, ruler) == [[TITLES, *ROWS]]


def test_blank_lines_part_the_rows_before_a_closing_rule() -> None:
    rule = "  " + "-" * (len(RULER) - 2)
    broken = ["  信息       本年制发       本年废止", "  内容       件数           件数"]
    lines = [rule, *broken, RULER, BODY[0], "", "  行政规范   1              2", "  性文件"]
    assert texts(*lines, rule, "", "正文") == [
        [
            ["信息\n内容", "本年制发\n件数", "本年废止\n件数"],
            ["规章", "0", ""],
            ["行政规范\n性文件", "1", "2"],
        ]
    ]


def test_characters_are_as_wide_as_the_program_took_them() -> None:
    assert texts("信息内容  件数", "----  --", "规章     0", "文件    12") == [
        [["信息内容", "件数"], ["规章", "0"], ["文件", "12"]]
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [HEAD, RULER, *BODY, "  规章       0             1 2"],  # a cell that leaves its column
        ["这一行不属于任何一列但紧靠着表格", RULER, *BODY],
        [HEAD, "  ----------    -------------- --------------", *BODY],  # a column without cells
        [RULER],
        ["结果 维持 纠正", "-- -- --"],  # nil marks
    ],
)
def test_what_does_not_keep_to_its_columns_is_no_such_table(lines: list[str]) -> None:
    assert texts(*lines) == []


def test_rows_know_their_lines() -> None:
    (grid,) = read_text("\n".join(["题目", "", HEAD, RULER, *BODY])).grids
    assert [place.line for place in grid.row_places] == [3, 5, 6]
    assert grid.ragged


def test_a_text_of_dashes_is_not_searched_for_ever() -> None:
    assert len(read_text("规章 0\n---- --\n0\n\n" * 20_000).grids) < 1000


def test_text_may_stand_right_above_and_below_a_table() -> None:
    rows = ("内容    一    二", "------  ----  ----", "规章     0     1", "文件     2")
    text = "\n".join(["第二十条第（一）项及其说明", *rows, "一段说明文字而没有空格"])
    grids = [block for block in read_text(text).blocks if isinstance(block, Grid)]
    assert [[cell.text for cell in row] for row in grids[0].rows] == [
        ["内容", "一", "二"],
        ["规章", "0", "1"],
        ["文件", "2", ""],
    ]

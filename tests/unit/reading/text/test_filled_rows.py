"""Rows whose cells have lines of their own, joined by the count of cells and bars."""

from __future__ import annotations

from gongkai.reading.text.filled_rows import join_filled_rows
from gongkai.reading.text.open_rows import TAKEN

TABLE = """第二十条第（五）项 |
||||
信息内容 |
上一年
项目数量 |
本年增/减 |
处理决定数量 |
|
行政许可 |
0 |
|
0 |
|
第二十条第（六）项 |
||||
信息内容 | 上一年项目数量 | 本年增/减 |
||
行政强制 |
|
4 |
||
政府采购 |
|
3"""
ROWS = [
    "第二十条第（五）项 | ||||",
    "信息内容 | 上一年 项目数量 | 本年增/减 | 处理决定数量 | |",
    "行政许可 | 0 | | 0 | |",
    "第二十条第（六）项 | ||||",
    "信息内容 | 上一年项目数量 | 本年增/减 | ||",
    "行政强制 | | 4 | ||",
]


def joined(text: str) -> list[str]:
    lines = text.split("\n")
    join_filled_rows(lines)
    return [line for line in lines if line != TAKEN]


def test_rows_have_as_many_cells_and_bars_as_the_first() -> None:
    assert joined(f"标题\n{TABLE} |\n三、收到情况")[1:] == [
        *ROWS, "政府采购 | | 3 |", "三、收到情况",
    ]  # fmt: skip


def test_text_below_a_table_is_none_of_its_last_row() -> None:
    below = "三、收到情况\n说明 |\n申请人 |\n||||||||\n自然人 |"
    assert joined(f"{TABLE} |\n{below}")[6:] == ["政府采购 | | 3 |", *below.split("\n")]


def test_rows_of_blanks_below_a_table_stay_apart() -> None:
    assert joined(f"{TABLE} |\n||\n|\n|\n|")[6:] == ["政府采购 | | 3 | ||", "|", "|", "|"]


def test_lines_stay_where_bars_do_not_fill_rows_alike() -> None:
    for other in (TABLE.replace("||||", "|||", 1), TABLE.replace("4 |\n||", "4 |\n|||")):
        assert joined(other) == other.split("\n")


def test_lines_stay_where_no_cell_is_blank() -> None:
    text = "第二十条 |\n|||\n规章 |\n0 |\n1 |\n||\n许可 |\n2 |\n3 |\n||\n第三条 |\n|||"
    assert joined(text) == text.split("\n")

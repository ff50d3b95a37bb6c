"""Rows of a table that are prose become paragraphs, a heading beside its text among them."""

from __future__ import annotations

import pytest

from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.narrative.prose import lift_prose


def table(*rows: list[str]) -> Grid:
    cells = [[GridCell(text, n) for n, text in enumerate(row)] for row in rows]
    return Grid(cells, Place(table=1))


def lifted(grid: Grid) -> list[object]:
    blocks = lift_prose([grid])
    return [b.text if isinstance(b, Paragraph) else b.texts for b in blocks]


def test_a_heading_beside_its_text_opens_a_section() -> None:
    grid = table(
        ["一、总体情况", "2023年公开信息120条。\n下一步加强培训。"],
        ["六、其他需要报告的事项", "无"],
    )
    assert lifted(grid) == [
        "一、总体情况",
        "2023年公开信息120条。",
        "下一步加强培训。",
        "六、其他需要报告的事项",
        "无",
    ]


@pytest.mark.parametrize(
    ("row", "lines"),
    [
        (["一", "总体情况"], ["一", "总体情况"]),
        (["第一部分", "总体情况"], ["第一部分", "总体情况"]),
        (["", "一、总体情况", ""], ["一、总体情况"]),
    ],
)
def test_a_heading_in_a_table_of_its_own(row: list[str], lines: list[str]) -> None:
    assert lifted(table(row)) == lines


@pytest.mark.parametrize(
    "row",
    [
        ["行政许可", "5"],
        ["四、结转下年度继续办理", "5"],
        ["索引号", "A1/2024-001"],
        ["一、总体情况", "5"],
        ["一、总体情况", "甲", "乙"],
        ["一", "规章"],
        ["", "规章", ""],
    ],
)
def test_other_rows_stay_rows(row: list[str]) -> None:
    assert lifted(table(row, ["甲", "乙", "1"])) == [[row, ["甲", "乙", "1"]]]


def test_lines_above_and_below_prose_are_prose() -> None:
    grid = table(
        ["甲局2023年年度报告", ""], ["发布日期：2024年", ""], ["一、总体情况", ""], ["规章", "1"]
    )
    assert lifted(grid) == [
        "甲局2023年年度报告",
        "发布日期：2024年",
        "一、总体情况",
        [["规章", "1"]],
    ]

"""Lines of text with tables in HTML between them."""

from __future__ import annotations

import pytest

from gongkai.reading import Document, Grid, Source, read
from gongkai.reading.html.mixed import read_lines_with_tables
from gongkai.settings import Settings

TABLE = "<table><tr><td colspan=2>规章</td><td>1</td></tr></table>"


def outline(document: Document | None) -> list[object]:
    assert document is not None
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def test_lines_stay_lines_beside_tables() -> None:
    text = f"# 标题\n索引号：A1\n发布日期：2024-01-15\n\n{TABLE}\n\n正文&amp;末"
    document = read(Source("1.md", text.encode()), Settings())
    expected = ["标题", "索引号：A1", "发布日期：2024-01-15", [["规章", "1"]], "正文&末"]
    assert outline(document) == expected
    assert document.format == "markdown"
    assert document.grids[0].rows[0][0].colspan == 2


def test_each_block_knows_its_line() -> None:
    table = TABLE.replace("<tr>", "\n<tr>\n")
    document = read_lines_with_tables(
        f"甲\n{table}\n乙\n| a | 1 |\n|---|---|\n| b | 2 |\n\n{TABLE}"
    )
    assert document is not None
    assert [(block.place.line, block.place.table) for block in document.blocks] == [
        (1, None),
        (2, 1),
        (5, None),
        (6, 2),
        (10, 3),
    ]
    assert str(document.grids[0].at(0, 1)) == "line 2, table 1, row 1, cell 2"
    assert document.text_at(document.grids[2].at(0, 0)) == "规章"


def test_tables_nest_and_lines_of_frames_alone_go() -> None:
    inner = f"<table><tr><td>a</td><td>{TABLE}</td></tr></table>"
    document = read_lines_with_tables(f"<div align=center>\n\n甲\n\n</div>\n{inner}\n乙")
    assert document is not None
    assert [p.text for p in document.paragraphs if p.text in ("甲", "乙")] == ["甲", "乙"]
    assert ["规章", "1"] in [row for grid in document.grids for row in grid.texts]


def test_markdown_may_hold_lines_of_mark_up() -> None:
    text = f"## 题\n<div align=center><b>甲</b></div>\n文号：A<br>来源：B\n{TABLE}"
    lines = ["题", "甲", "文号：A  来源：B", [["规章", "1"]]]
    assert outline(read_lines_with_tables(text)) == lines


@pytest.mark.parametrize(
    "text",
    [
        f"甲<br>乙\n{TABLE}",
        f"<p>甲</p>\n{TABLE}",
        f"<div style='display:none'>\n{TABLE}\n</div>\n甲\n{TABLE}",
        TABLE,
        "甲\n<table><tr><td>1",
        "甲\n乙",
        f"\ue000\n{TABLE}",
    ],
)
def test_other_mark_up_is_a_page_s(text: str) -> None:
    assert read_lines_with_tables(text) is None


def test_fields_between_dashes_are_metadata() -> None:
    text = f"---\ntitle: '青山县教育局'\ndate: 2024-01-15\n---\n正文\n{TABLE}"
    document = read_lines_with_tables(text)
    assert outline(document) == ["正文", [["规章", "1"]]]
    assert document is not None
    assert (document.title, document.meta["date"]) == ("青山县教育局", "2024-01-15")

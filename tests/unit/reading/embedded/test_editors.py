"""Documents that editors keep in JSON are pages, with their tables."""

from __future__ import annotations

import json

import pytest

from gongkai.reading import Source, read
from gongkai.reading.document import Grid
from gongkai.reading.embedded.editors import page_of
from gongkai.settings import Settings

LABELS = ["规章", "规范性文件", "许可", "处罚", "强制", "收费"]
ROWS = [["信息内容", "件数"], *([label, str(number)] for number, label in enumerate(LABELS))]


def outline(value: object) -> list[object]:
    text = json.dumps(value, ensure_ascii=False)
    document = read(Source(path="page.json", data=text.encode()), Settings())
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def by_type(kind: str, inside: list[object], **more: object) -> dict[str, object]:
    return {"type": kind, "content": inside, **more}


def text(words: str) -> dict[str, object]:
    return {"type": "text", "text": words}


#: The same lines and table as different editors keep them.
KEPT: dict[str, list[object]] = {
    "content": [
        by_type("paragraph", [text("一、总"), text("体情况"), by_type("hardBreak", [])]),
        by_type(
            "table",
            [
                by_type("tableRow", [by_type("tableCell", [by_type("p", [text(c)])]) for c in row])
                for row in ROWS
            ],
        ),
    ],
    "children": [
        {"type": "heading-two", "children": [{"text": "一、总体情况"}]},
        {
            "type": "table",
            "children": [
                {
                    "type": "table-row",
                    "children": [{"type": "td", "children": [{"text": c}]} for c in row],
                }
                for row in ROWS
            ],
        },
    ],
    "elements": [
        {
            "type": "element",
            "tagName": "div",
            "children": [
                {"type": "element", "tagName": "p", "children": [text("一、总体情况")]},
                {
                    "type": "element",
                    "tagName": "table",
                    "children": [
                        {
                            "type": "element",
                            "tagName": "tr",
                            "children": [{"tagName": "td", "children": [text(c)]} for c in row],
                        }
                        for row in ROWS
                    ],
                },
            ],
        },
    ],
    "data": [
        {"type": "header", "data": {"text": "<b>一</b>、总体情况", "level": 2}},
        {"type": "table", "data": {"withHeadings": True, "content": ROWS}},
    ],
    "rows of cells": [
        {"_type": "block", "children": [{"_type": "span", "text": "一、总体情况"}]},
        {"_type": "table", "rows": [{"_type": "row", "cells": row} for row in ROWS]},
    ],
    "own name": [
        {"type": "paragraph", "paragraph": {"rich_text": [text("一、总体情况")]}},
        {
            "type": "table",
            "table": {
                "children": [
                    {"type": "table_row", "table_row": {"cells": [[text(c)] for c in row]}}
                    for row in ROWS
                ]
            },
        },
    ],
    "table content": [
        by_type("paragraph", [text("一、总体情况")]),
        {
            "type": "table",
            "content": {
                "type": "tableContent",
                "rows": [{"cells": [[text(c)] for c in row]} for row in ROWS],
            },
        },
    ],
    "insertions": [
        {"insert": "一、总体"},
        {"insert": "情况"},
        {"insert": "\n", "attributes": {"header": 2}},
        *(
            piece
            for n, row in enumerate(ROWS)
            for cell in row
            for piece in (
                {"insert": cell},
                {"insert": "\n", "attributes": {"table": f"row-{n}"}},
            )
        ),
        {"insert": {"image": "a.png"}},
        {"insert": "\n"},
    ],
}


@pytest.mark.parametrize("kept", KEPT)
def test_lines_and_tables_come_as_they_stand(kept: str) -> None:
    assert outline({"code": 0, "data": {"body": KEPT[kept]}}) == ["一、总体情况", ROWS]


def test_a_document_may_be_packed_in_a_string_beside_its_metadata() -> None:
    packed = json.dumps({"type": "doc", "content": KEPT["content"]})
    data = json.dumps({"title": "青山县年度报告", "pubDate": "2024-01-12", "doc": packed})
    document = read(Source(path="page.json", data=data.encode()), Settings())
    assert (document.title, document.meta["pubDate"]) == ("青山县年度报告", "2024-01-12")
    assert [grid.texts for grid in document.grids] == [ROWS]


@pytest.mark.parametrize(
    "attributes",
    [
        {"attrs": {"colspan": 2, "rowspan": 3}},
        {"colSpan": 2, "rowSpan": 3},
        {"props": {"colspan": "2", "rowspan": "3"}},
    ],
)
def test_cells_keep_their_spans(attributes: dict[str, object]) -> None:
    rows = [
        by_type("tr", [by_type("td", [text(cell)], **attributes) for cell in row]) for row in ROWS
    ]
    page = page_of([by_type("table", list(rows))])
    assert page is not None
    assert '<td colspan="2" rowspan="3">规章</td>' in page


def test_insertions_name_the_cell_and_its_spans() -> None:
    lines = [("总", 1), ("计", 1), *((str(n), n) for n in range(2, 14))]
    pieces = [
        {
            "insert": f"{words}\n",
            "attributes": {"table-cell-line": {"row": "r", "cell": f"c{n}", "colspan": "2"}},
        }
        for words, n in lines
    ]
    page = page_of(pieces)
    assert page is not None
    assert page.startswith('<table><tr><td colspan="2">总<br>计</td><td colspan="2">2</td>')
    assert page.endswith("</tr></table>")


def test_signs_of_mark_up_in_a_text_are_signs() -> None:
    rows = [["第1项 < 第2项", "1"], *ROWS]
    kept = [{"type": "table", "data": {"content": rows}}]
    assert outline(kept) == [rows]


@pytest.mark.parametrize(
    "value",
    [
        [],
        [{"type": "news", "name": "通知"}],
        # Articles, each with a page of its own.
        [
            {
                "type": "article",
                "title": "年报",
                "content": {"type": "doc", "content": KEPT["content"]},
            }
        ],
        # Mark-up inside a text is no node.
        [{"type": "html", "content": "<td>1</td>" * 20}],
        ["规章"],
    ],
)
def test_what_holds_no_nodes_of_a_table_is_no_document(value: list[object]) -> None:
    assert page_of(value) is None


def test_articles_in_a_list_are_looked_into() -> None:
    article = {"type": "article", "title": "年报", "doc": by_type("doc", KEPT["content"])}
    assert outline([{"type": "article", "title": "通知"}, article]) == ["一、总体情况", ROWS]


def test_deep_nodes_end() -> None:
    node: dict[str, object] = by_type("table", [])
    for _ in range(300):
        node = by_type("div", [node])
    assert page_of([node]) is None

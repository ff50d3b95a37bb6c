"""Pages that scripts, JSON, elements and attributes keep until a browser shows them."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from gongkai.reading import Source, read
from gongkai.reading.document import Grid
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.reading.document import Document

PAGE = (
    "<p>总体情况</p><table><tr><td>规章</td><td>1</td></tr><tr><td>许可</td><td>2</td></tr></table>"
)
WRITTEN = "".join(f"document.write('{PAGE[i : i + 7]}');\n" for i in range(0, len(PAGE), 7))
ROWS = [["规章", "1"], ["许可", "2"]]
TITLE = "青山县教育局年度报告"


def reading(text: str) -> Document:
    return read(Source(path="page", data=text.encode()), Settings())


def wrapped(inside: str) -> str:
    return (
        f"<html><head><title>{TITLE}</title></head><body><div id='app'></div>{inside}</body></html>"
    )


@pytest.mark.parametrize(
    "inside",
    [
        f"<textarea style='display:none'>{html.escape(PAGE)}</textarea>",
        f"<template>{PAGE}</template>",
        f"<script type='text/x-template'>{PAGE}</script>",
        f'<input type="hidden" value="{html.escape(PAGE)}">',
        f'<div data-body="{html.escape(PAGE)}"></div>',
        f"<script>{WRITTEN}</script>",
        f"<script>var page = {json.dumps({'content': PAGE})}; show(page)</script>",
        f"<script>var a = [];\nvar page = {json.dumps(PAGE)};</script>",
    ],
)  # fmt: skip
def test_a_page_is_found_wherever_another_keeps_it(inside: str) -> None:
    document = reading(wrapped(inside))
    assert [grid.texts for grid in document.grids] == [ROWS]
    assert document.title == TITLE


ROW_LINES = ("本年新收政府信息公开申请数量", "1", "予以公开", "1", "结转下年度继续办理", "0")


def test_json_may_be_written_in_per_cent_signs() -> None:
    kept = quote(json.dumps({"data": {"title": TITLE, "content": PAGE}}, ensure_ascii=False))
    document = reading(wrapped(f'<script type="application/json">{kept}</script>'))
    assert [grid.texts for grid in document.grids] == [ROWS]
    assert document.title == TITLE


@pytest.mark.parametrize(
    "keep",
    [
        lambda page: f"<script>var page = {json.dumps({'content': page})};</script>",
        lambda page: f"<script>var page = {json.dumps(page)};</script>".replace("<d", r"\u003cd"),
        lambda page: f"<textarea style='display:none'>{html.escape(page)}</textarea>",
        lambda page: f'<iframe srcdoc="{html.escape(page)}"></iframe>',
    ],
)
def test_a_shell_may_keep_a_report_without_tables(keep: Callable[[str], str]) -> None:
    page = "".join(f"<div>{line}</div>" for line in ROW_LINES)
    document = reading(wrapped(keep(page)))
    assert tuple(p.text for p in document.paragraphs) == ROW_LINES
    # Other texts stay where they are, and the page is a shell.
    assert not reading(wrapped(keep("<div>通知公告</div>" * 99))).paragraphs


def test_a_shell_s_own_lines_stand_before_the_page_that_it_keeps() -> None:
    kept = f"<script>var page = {json.dumps(PAGE)};</script>"
    document = reading(wrapped(f"<h1>{TITLE}</h1><p>2024-01-12</p>{kept}"))
    assert [p.text for p in document.paragraphs] == [TITLE, "2024-01-12", "总体情况"]
    # A page with a text of its own is no shell: what it keeps is its text once more.
    document = reading(wrapped(f"<h1>{TITLE}</h1><p>{'公开信息。' * 30}</p>{kept}"))
    assert [p.text for p in document.paragraphs] == ["总体情况"]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"data": {"title": TITLE, "time": "2024-01-12", "content": PAGE}}),
        json.dumps({"body": json.dumps({"title": TITLE, "time": "2024-01-12", "html": PAGE})}),
        f"show({json.dumps({'title': TITLE, 'time': '2024-01-12', 'content': PAGE})});",
    ],
)
def test_names_of_json_become_metadata(text: str) -> None:
    document = reading(text)
    assert [grid.texts for grid in document.grids] == [ROWS]
    assert document.title == TITLE
    assert document.meta["time"] == "2024-01-12"


def test_a_text_that_begins_like_json_is_no_json() -> None:
    text = "[2023]5号文件要求" + PAGE + "。" * 200
    document = reading(json.dumps({"content": text}))
    assert document.paragraphs[0].text.startswith("[2023]5号文件要求")


def test_a_script_s_own_numbers_are_no_page() -> None:
    document = reading(wrapped("<script>var a = {rows: [1, 2]}; if (1 < 2) { b('<br>') }</script>"))
    assert not document.blocks


@pytest.mark.parametrize("least", [True, False])
def test_a_small_table_stands_before_the_report_that_a_script_keeps(*, least: bool) -> None:
    rows = "".join(f"<tr><td>行{n}</td><td>{n}</td></tr>" for n in range(40 if least else 5))
    kept = f"<script>show({json.dumps({'body': f'<table>{rows}</table>'})})</script>"
    document = reading(wrapped(f"<table><tr><td>索引号</td><td>A1</td></tr></table>{kept}"))
    assert [grid.texts[0][0] for grid in document.grids] == (
        ["索引号", "行0"] if least else ["索引号"]
    )
    assert document.title == TITLE
    assert len({block.place for block in document.blocks}) == len(document.blocks)


LINES = [f"第{number}段的文字" for number in range(20)]


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (["封面", "一\n二\n三", "末页"], ["封面", "一", "二", "三", "末页"]),
        (LINES, LINES),
        (["公开", "年报", "通知"], None),
    ],
)
def test_a_list_may_hold_the_pages_or_the_lines(value: list[str], texts: list[str] | None) -> None:
    document = reading(json.dumps({"pages": value}, ensure_ascii=False))
    if texts is not None:
        assert [paragraph.text for paragraph in document.paragraphs] == texts
    else:
        assert document.format == "text"  # keywords are no page


def test_a_script_may_hold_the_pages_in_a_list() -> None:
    text = "var book = {};\nbook.pages = " + json.dumps(["封面", "一\n二\n三", "末页"]) + ";"
    assert [p.text for p in reading(text).paragraphs] == ["封面", "一", "二", "三", "末页"]


def test_records_hold_paragraphs_and_tables() -> None:
    records = [
        {"type": "文字", "text": "总体情况", "page_idx": 0},
        {"type": "表格", "table_body": "<html><body><table><tr><td>规章</td><td>1</td></tr></table>"
         "</body></html>", "page_idx": 0},
        {"type": "文字", "text": "存在的问题", "page_idx": 1},
        {"type": "表格", "rows": ROWS},
    ]  # fmt: skip
    document = reading(json.dumps(records, ensure_ascii=False))
    assert [p.text for p in document.paragraphs] == ["总体情况", "存在的问题"]
    assert [grid.texts for grid in document.grids] == [[["规章", "1"]], ROWS]


def test_records_hold_pages_of_one_line_or_more() -> None:
    pages = ["封面", "一\n二\n三", "末页"]
    records = [{"page": number, "text": text} for number, text in enumerate(pages)]
    document = reading(json.dumps({"pages": records}, ensure_ascii=False))
    assert [p.text for p in document.paragraphs] == ["封面", "一", "二", "三", "末页"]
    # Articles of which more is said are none.
    articles = [record | {"source": "本站"} for record in records]
    document = reading(json.dumps(articles, ensure_ascii=False))
    assert [p.text for p in document.paragraphs] == ["一", "二", "三"]


@pytest.mark.parametrize(
    "script",
    [
        "const page = {{ title: '{0}', pubDate: \"2024-01-12\", content: `{1}` }};",
        "var title = '{0}', pubDate = '2024-01-12';\nvar page = '{1}';",
    ],
)
def test_names_in_a_script_become_metadata(script: str) -> None:
    document = reading(script.format(TITLE, PAGE.replace("</", "<\\/")))
    assert [grid.texts for grid in document.grids] == [ROWS]
    assert (document.title, document.meta["pubDate"]) == (TITLE, "2024-01-12")
    # A page's own scripts name much else.
    assert reading(wrapped(f"<script>var title = '首页', page = '{PAGE}'</script>")).title == TITLE


def test_lines_stand_beside_the_tables_of_their_sections() -> None:
    table = "<table><tr><td>规章</td><td>1</td></tr></table>"
    sections = [
        {"heading": "一、总体情况", "paragraphs": ["总体良好。", "无。"], "table": None},
        {"heading": "二、主动公开", "paragraphs": [], "table": table, "id": "x1"},
        {"heading": "三、申请", "paragraphs": ["无。"], "table": table.replace("规章", "许可")},
    ]
    article = {"title": TITLE, "source": "本站", "sections": sections}
    document = reading(json.dumps({"data": article}, ensure_ascii=False))
    assert [b.texts if isinstance(b, Grid) else b.text for b in document.blocks] == [
        "一、总体情况", "总体良好。", "无。",
        "二、主动公开", [["规章", "1"]],
        "三、申请", "无。", [["许可", "1"]],
    ]  # fmt: skip
    assert (document.title, document.meta["source"]) == (TITLE, "本站")


def test_articles_with_titles_are_no_parts() -> None:
    table = "<table><tr><td>规章</td><td>1</td></tr></table>"
    records = [{"title": f"第{number}篇", "content": table + str(number)} for number in range(3)]
    assert not reading(json.dumps(records)).paragraphs[0].text.startswith("第")


def test_a_script_may_hold_its_page_in_per_cent_signs() -> None:
    document = reading(f'var page = decodeURIComponent("{quote(PAGE)}");')
    assert [grid.texts for grid in document.grids] == [ROWS]


def test_a_page_that_a_script_adds_up_may_be_cut_anywhere() -> None:
    lines = PAGE.replace("<td>", "<td>\n").split("\n")
    added = "\n".join(f"h += {json.dumps(line)};" for line in lines[1:])
    script = f"var n = 'x'; var h = {json.dumps(lines[0])};\n{added}\nshow(h);"
    document = reading(wrapped(f"<script>{script}</script>"))
    assert document.grids[0].texts == ROWS
    assert [p.text for p in document.paragraphs] == ["总体情况"]


def test_a_string_that_is_made_of_more_than_literals_is_not_put_together() -> None:
    script = "var h = '';" + "".join(f"h += {json.dumps(p)};" for p in (PAGE, "<p>一</p>"))
    script += "h += one + '<p>二</p>';"
    document = reading(wrapped(f"<script>{script}</script>"))
    assert document.grids[0].texts == ROWS
    assert [p.text for p in document.paragraphs] == ["总体情况", "一", "二"]


def test_sections_of_an_editor_are_mark_up_like_paragraphs() -> None:
    pieces = ("<section>甲</section>", PAGE, "<section><b>乙</b></section>")
    script = "".join(f"add({json.dumps(piece)});" for piece in pieces)
    document = reading(wrapped(f"<script>{script}</script>"))
    assert [p.text for p in document.paragraphs] == ["甲", "总体情况", "乙"]


def test_an_island_of_xml_holds_a_page() -> None:
    island = f"<record><![CDATA[{PAGE}]]></record>"
    document = reading(wrapped(f"<script type='text/xml'>{island}</script>"))
    assert document.grids[0].texts == ROWS
    assert [p.text for p in document.paragraphs] == ["总体情况"]


@pytest.mark.parametrize("kept", [f"<![CDATA[{PAGE}]]>", html.escape(PAGE)])
def test_an_article_in_xml_has_a_page_and_fields(kept: str) -> None:
    fields = f"<title>{TITLE}</title><dc:date>2024-01-15</dc:date><body>{kept}</body>"
    document = reading(f"<?xml version='1.0'?>\n<article>{fields}</article>")
    assert document.grids[0].texts == ROWS
    assert [p.text for p in document.paragraphs] == ["总体情况"]
    assert (document.title, document.meta["date"]) == (TITLE, "2024-01-15")


def test_several_articles_in_xml_are_not_made_one() -> None:
    item = f"<item><title>{TITLE}</title><body><![CDATA[{PAGE}]]></body></item>"
    document = reading(f"<?xml version='1.0'?><rss>{item}{item}</rss>")
    assert "date" not in document.meta
    assert document.title != TITLE


def test_what_an_object_says_of_the_page_comes_before_what_others_say() -> None:
    others = {"prev": {"title": "前一篇"}, "list": [{"title": "别的", "source": "别处"}]}
    kept = others | {"news": {"subject": "本篇", "title": TITLE, "body": PAGE}}
    document = reading(json.dumps(kept))
    assert document.title == TITLE
    assert document.meta == {"subject": "本篇", "title": TITLE, "source": "别处"}
    inside = reading(json.dumps({"nextData": {"title": TITLE, "body": PAGE}}))
    assert inside.title == TITLE


def test_objects_of_a_label_and_a_value_are_metadata() -> None:
    pairs = [
        {"id": 1, "name": "索引号：", "key": "syh", "value": "A1"},
        {"label": "名称", "value": "长" * 300},
        {"name": "x", "value": "1"},
    ]
    document = reading(json.dumps({"list": pairs, "body": PAGE}))
    assert document.meta["索引号"] == "A1"
    assert "名称" not in document.meta
    assert document.meta["value"] == "1"


@pytest.mark.parametrize("long", [True, False])
def test_pieces_that_scripts_push_make_one_page(*, long: bool) -> None:
    fields = {"title": TITLE, "content": "$1a" if long else PAGE}
    row = f"1a:T{len(PAGE.encode()):x},{PAGE}" if long else ""
    text = f'0:"$S"\n{row}2:["$","p",null,{json.dumps(fields)}]\n'
    cuts = [text[i : i + 40] for i in range(0, len(text), 40)]
    calls = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(cut)}])</script>".replace("<t", "\\u003ct")
        for cut in cuts
    )
    document = reading(f"<html><body><p>加载中</p>{calls}</body></html>")
    assert document.grids[0].texts == ROWS
    assert document.title == TITLE


def test_pieces_without_an_end_are_no_page() -> None:
    page = '<p>加载中</p><script>self.__next_f.push([1,"1:T5,<table'
    assert not reading(page).grids


@pytest.mark.parametrize("around", ["{}", "[{}]", '{{"data": {}}}', '{{"data": [{}]}}'])
@pytest.mark.parametrize("escaped", [True, False])
def test_json_may_end_within_the_page(around: str, *, escaped: bool) -> None:
    lines = ["一、总体情况", "全年无。", "规章", "0", "12"]
    page = json.dumps({"title": TITLE, "content": "\n".join(lines)}, ensure_ascii=escaped)
    text = around.format(page)
    cut = text[: text.index("12") + 1] if "12" in text else text
    document = reading(cut)
    assert [p.text for p in document.paragraphs] == [*lines[:-1], "1"]
    assert document.title == TITLE
    assert len(reading(text[: text.index("\\n") + 5]).paragraphs) in {1, 2}

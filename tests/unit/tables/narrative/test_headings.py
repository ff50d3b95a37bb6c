"""Headings of the six sections: however they are written and wherever the tables stand."""

from __future__ import annotations

import pytest

from gongkai.reading.document import Block, Grid, GridCell, Paragraph, Place
from gongkai.tables.narrative.headings import read_heading
from gongkai.tables.narrative.sections import Zone, find_headings, find_opening, read_sections

WORDS = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "disputes": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}
HEADINGS = {
    key: f"{numeral}、{words}"
    for numeral, (key, words) in zip("一二三四五六", WORDS.items(), strict=True)
}
TABLES = ("proactive", "requests", "disputes")


def sections(*lines: str) -> dict[str, str]:
    """Return the sections of a narrative in which ``<key>`` is that section's table."""
    blocks: list[Block] = []
    zones = {}
    for number, line in enumerate(lines):
        if line[:1] == "<":
            zones[line[1:-1]] = Zone(number, number + 1)
            blocks.append(Grid([[GridCell("0", 0)]], Place(table=number)))
        else:
            blocks.append(Paragraph(line, Place(paragraph=number)))
    found, _ = read_sections(blocks, find_headings(blocks, zones), zones)
    return {key: text for key, text in found if text is not None}


def own(key: str) -> str:
    return f"{key}的正文。"


def narrative(*keys: str) -> list[str]:
    return [line for key in keys for line in (HEADINGS[key], own(key))]


ALL = {key: own(key) for key in HEADINGS}


@pytest.mark.parametrize(
    ("text", "key", "end"),
    [
        ("一、总体情况", "overview", 6),
        ("第一部分　总体情况", "overview", 9),
        ("(1)总体情况", "overview", 7),
        ("01 总体情况", "overview", 7),
        ("【一】总体情况", "overview", 7),
        ("总体情况", "overview", 4),
        ("一、总体情况。全年公开120条。", "overview", 6),
        ("六、其他需要报告的事项无", "other", 11),
        ("六、其他需要报告的事项（无）", "other", 11),
        ("一、总体情况及做法", "overview", 9),
        ("五、2023年存在的主要问题及改进情况", "problems", 19),
        ("五、存在的问题和改进措施", "problems", 12),
        ("六、需要说明的其他事项", "other", 11),
        ("四、行政复议、行政诉讼情况", "disputes", 13),
        ("PART 01 总体情况", "overview", 12),
        ("二、主动公开情况：全年公开文件12份。", "proactive", 8),
        ("三、依申请公开政府信息情况。全年收到申请3件。", "requests", 13),
        ("五、存在的问题与不足及改进方向：解读形式单一。", "problems", 15),
    ],
)
def test_a_heading_is_told_however_it_is_numbered(text: str, key: str, end: int) -> None:
    heading = read_heading(text)
    assert heading is not None
    assert (heading.key, heading.end) == (key, end)


@pytest.mark.parametrize(
    "text",
    [
        "总体情况良好。",
        "一、加强组织领导",
        "四、依申请公开情况。全年收到申请3件。",
        "（三）依申请公开情况。全年收到申请3件。",
        "四、结转下年度继续办理",
        "2023年总体情况120条",
        "2.3总体情况",
        "全年对主动公开政府信息情况开展检查，并通报了其他需要报告的事项和存在的主要问题及改进情况。",
    ],
)
def test_prose_opens_no_section(text: str) -> None:
    assert read_heading(text) is None


@pytest.mark.parametrize("tables", [[f"<{key}>" for key in TABLES], []])
@pytest.mark.parametrize("first", [True, False])
def test_tables_stand_below_or_above_the_whole_narrative(tables: list[str], first: bool) -> None:  # noqa: FBT001
    lines = narrative(*HEADINGS)
    assert sections(*(tables + lines if first else lines + tables)) == ALL


def test_tables_stand_under_other_headings() -> None:
    lines = narrative("overview", "proactive")
    lines += [f"<{key}>" for key in TABLES]
    assert sections(*lines, *narrative("requests", "disputes", "problems", "other")) == ALL


@pytest.mark.parametrize("caption", ["附表{}：", "附表{}、", "表{} "])
@pytest.mark.parametrize("numbered", [True, False])
def test_captions_of_tables_are_no_headings(caption: str, *, numbered: bool) -> None:
    headings = HEADINGS if numbered else WORDS
    lines = [line for key in headings for line in (headings[key], own(key))]
    for number, key in zip("一二三", TABLES, strict=True):
        lines += [caption.format(number) + WORDS[key], f"<{key}>"]
    assert {key: text.split("\n")[0] for key, text in sections(*lines).items()} == ALL


def test_sections_in_another_order_follow_their_numbers() -> None:
    keys = ("overview", "problems", "proactive", "requests", "disputes", "other")
    lines: list[str] = []
    for numeral, key in zip("一二三四五六", keys, strict=True):
        lines += [f"{numeral}、{WORDS[key]}", own(key), *[f"<{key}>"] * (key in TABLES)]
    assert sections(*lines) == ALL


def test_a_list_of_contents_is_no_section() -> None:
    lines = narrative(*HEADINGS)
    assert sections("目录", *HEADINGS.values(), *lines) == ALL
    dotted = [f"{heading}……{page}" for page, heading in enumerate(HEADINGS.values(), 1)]
    assert sections("目录", *dotted, *lines, *(f"<{key}>" for key in TABLES)) == ALL


def test_a_second_report_s_headings_are_not_mixed_with_the_first_s() -> None:
    lines: list[str] = []
    for key in HEADINGS:
        lines += [*narrative(key), *[f"<{key}>"] * (key in TABLES)]
    found = sections(*lines, *narrative(*HEADINGS))
    assert {key: text.split("\n")[0] for key, text in found.items()} == ALL
    assert all("\n" not in text for key, text in found.items() if key != "other")


def test_a_narrative_s_own_numbers_are_no_sections() -> None:
    inside = [
        "一、主动公开政府信息情况",
        "全年公开120条。",
        "二、收到和处理政府信息公开申请情况",
        "三、政府信息公开行政复议、行政诉讼情况",
        "四、存在的主要问题及改进情况",
    ]
    lines = [HEADINGS["overview"], *inside]
    for key in TABLES:
        lines += [HEADINGS[key], f"<{key}>"]
    found = sections(*lines, *narrative("problems", "other"))
    assert found["overview"].split("\n") == inside
    assert (found["problems"], found["other"]) == (own("problems"), own("other"))


def test_what_follows_a_heading_in_its_paragraph_is_the_section_s() -> None:
    for joint in ("。", "：", "　　", ""):
        lines = [f"{heading}{joint}{own(key)}" for key, heading in HEADINGS.items()]
        assert sections(*lines, *(f"<{key}>" for key in TABLES)) == ALL


def test_a_heading_may_be_broken_over_two_lines() -> None:
    lines = narrative(*HEADINGS)
    at = lines.index(HEADINGS["disputes"])
    lines[at : at + 1] = ["四、政府信息公开行政复议、", "行政诉讼情况"]
    assert sections(*lines) == ALL


def test_a_section_that_is_not_there_is_none() -> None:
    keys = ("overview", "problems")
    assert set(sections(*narrative(*keys), "<proactive>", "<requests>")) == set(keys)


def test_headings_in_other_words_are_told_by_their_numbers() -> None:
    words = ("工作开展情况", "主动公开", "依申请公开", "复议诉讼", "下一步打算", "附注")
    for known in ((), ("proactive",), ("overview", "disputes"), ("problems", "other")):
        lines: list[str] = []
        for numeral, key, word in zip("一二三四五六", WORDS, words, strict=True):
            lines += [HEADINGS[key] if key in known else f"{numeral}、{word}", own(key)]
            lines += [f"<{key}>"] * (key in TABLES)
        assert sections(*lines) == ALL


def test_problems_in_two_sections_are_one() -> None:
    lines = narrative("overview", "proactive", "requests", "disputes")
    lines += [
        "五、主要问题",
        "一是人员少。",
        "六、改进措施",
        "加强培训。",
        "七、其他需要报告的事项",
        "无。",
    ]
    found = sections(*lines)
    assert found["problems"].split("\n") == ["一是人员少。", "六、改进措施", "加强培训。"]
    assert found["other"] == "无。"


def test_numbers_within_a_section_are_no_headings() -> None:
    lines = ["一、主要成效", "一、加强领导", "二、完善制度", *narrative(*list(HEADINGS)[1:])]
    assert "overview" not in sections(*lines)
    lines = [*narrative(*list(HEADINGS)[:5]), "六、附件：统计表"]
    assert "other" not in sections(*lines)


@pytest.mark.parametrize(
    "line",
    [
        "（一）相关文件解读不够深入",
        "督促各主办单位及时公开办理结果",
        "推广“扫一扫”查询等服务不足",
        "责任编辑力量薄弱，培训不够。",
        "相关信息更新不够及时",
    ],
)
def test_words_of_a_page_s_foot_stand_in_narratives(line: str) -> None:
    lines = [*narrative(*list(HEADINGS)[:4]), HEADINGS["problems"], line, "仍需加强。"]
    assert sections(*lines)["problems"] == f"{line}\n仍需加强。"


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：王某",
        "【打印本页】 【关闭窗口】",
        "手机扫一扫打开当前页",
        "您对本报告是否满意？",
        "相关信息",
        "相关附件：",
        "主办单位：谷城县人民政府　承办单位：县政府办公室",
        "上一篇：没有了",
        "版权所有 谷城县人民政府",
    ],
)
def test_the_page_s_foot_ends_the_last_section(line: str) -> None:
    assert sections(*narrative(*HEADINGS), line, "其他页面") == ALL


def test_a_narrative_may_begin_without_a_heading() -> None:
    title = "谷城县司法局2023年政府信息公开工作年度报告"
    lines = ["首页", title, "2024-01-15", "2023年，我局公开信息120条，成效明显。", "（一）主动公开"]
    blocks: list[Block] = [
        Paragraph(line, Place(paragraph=n))
        for n, line in enumerate([*lines, HEADINGS["proactive"]])
    ]
    headings = find_headings(blocks, {})
    found, outline = read_sections(blocks, headings, {}, find_opening(blocks, headings, title))
    assert found.overview == "\n".join(lines[3:])
    assert [heading.text for heading in outline] == ["（一）主动公开", HEADINGS["proactive"]]
    assert find_opening(blocks[:3], {}, title) is None


def test_a_table_of_contents_holds_no_headings() -> None:
    found = sections(
        *HEADINGS.values(),
        "一、基本情况",
        "甲。",
        "二、主动公开情况",
        "<proactive>",
        HEADINGS["requests"],
        "<requests>",
        HEADINGS["disputes"],
        "<disputes>",
        "五、存在问题及改进措施",
        "乙。",
        HEADINGS["other"],
        "丙。",
    )
    assert found["overview"] == "甲。"
    assert (found["problems"], found["other"]) == ("乙。", "丙。")


def test_headings_below_one_another_are_meant_where_there_are_no_others() -> None:
    assert sections(*HEADINGS.values(), "丙。")["other"] == "丙。"


def test_headings_with_the_form_s_numbers_may_stand_in_another_order() -> None:
    keys = ("overview", "requests", "disputes", "proactive", "problems", "other")
    lines = [line for key in keys for line in (HEADINGS[key], own(key), *_table(key))]
    assert sections(*lines) == ALL


def _table(key: str) -> list[str]:
    return [f"<{key}>"] if key in TABLES else []


@pytest.mark.parametrize(
    "line",
    [
        "一、谷城县司法局2023年度总体情况",
        "一、2023年谷城县城东街道办事处政府信息公开总体情况",
        "一、我局总体情况",
        "★一、总体情况",
        "一﹑总体情况",
    ],
)
def test_a_heading_may_say_whose_it_is(line: str) -> None:
    found = read_heading(line)
    assert found is not None
    assert (found.key, found.end, found.number) == ("overview", len(line), 1)


@pytest.mark.parametrize(
    "line",
    [
        "五、存在的主要问题及改进情况和其他需要报告的事项",
        "五、存在的主要问题、改进情况及其他需要报告的事项",
    ],
)
def test_two_sections_under_one_heading_are_the_first(line: str) -> None:
    lines = [*narrative("overview"), *narrative(*TABLES), line, "问题是解读少。"]
    assert sections(*lines) == {key: own(key) for key in ("overview", *TABLES)} | {
        "problems": "问题是解读少。"
    }


@pytest.mark.parametrize("joint", ["。", "：", "　　", " "])
def test_text_may_run_on_from_headings_without_numbers(joint: str) -> None:
    text = "全年通过政府网站和政务新媒体公开各类政府信息120条，比上年增加12条，其中政策解读15篇。"
    lines = [f"{words}{joint}{text}" for words in WORDS.values()]
    assert sections(*lines) == dict.fromkeys(WORDS, text)
    assert read_heading("主动公开政府信息情况良好。") is None


def test_headings_without_numbers_may_be_broken_over_two_lines() -> None:
    lines = [
        line
        for key, words in WORDS.items()
        for line in (*((words[:6], words[6:]) if len(words) > 9 else (words,)), own(key))
    ]
    assert sections(*lines) == ALL


def test_a_heading_s_number_may_stand_on_the_line_above() -> None:
    lines = [part for line in narrative(*ALL) for part in line.replace("、", "、\n", 1).split("\n")]
    blocks: list[Block] = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)]
    found, outline = read_sections(blocks, find_headings(blocks, {}), {})
    assert found.model_dump() == ALL
    assert [heading.text for heading in outline] == list(HEADINGS.values())


def test_a_list_of_some_sections_beside_the_report_is_no_section() -> None:
    keys = [key for key in ALL if key != "other"]
    listed = [HEADINGS[key] for key in keys]
    run_on = [f"{HEADINGS[key]}。{own(key)}" for key in keys]
    assert sections(*listed, "某局报告", *run_on) == {key: own(key) for key in keys}
    assert sections(*listed[1:4], *narrative(*keys)) == {key: own(key) for key in keys}


@pytest.mark.parametrize(
    ("line", "text", "level"),
    [
        ("（一）主动公开　全年公开政府信息120条，比上年增加12条", "（一）主动公开", 2),
        ("（一）　主动公开", "（一）　主动公开", 2),
        ("（一）健全制度　规范管理", "（一）健全制度　规范管理", 2),
        ("㈠ 主动公开", "㈠ 主动公开", 2),
        ("【一】主动公开", "【一】主动公开", 2),
        ("1.主动公开：全年120条。", "1.主动公开", 3),
        ("1）主动公开", "1）主动公开", 4),
        ("⑴主动公开", "⑴主动公开", 4),
        ("①主动公开", "①主动公开", 5),
    ],
)
def test_sub_headings_have_the_level_of_their_numbers(line: str, text: str, level: int) -> None:
    blocks: list[Block] = [Paragraph(t, Place()) for t in (HEADINGS["overview"], line)]
    _, outline = read_sections(blocks, find_headings(blocks, {}), {})
    assert [(h.text, h.level) for h in outline[1:]] == [(text, level)]


@pytest.mark.parametrize(
    "line",
    ["一是主动公开。", "2.5万人次访问。", "二〇二三年以来公开120条。", "1.人大代表建议5件；"],
)
def test_other_numbers_begin_no_sub_heading(line: str) -> None:
    blocks: list[Block] = [Paragraph(t, Place()) for t in (HEADINGS["overview"], line)]
    _, outline = read_sections(blocks, find_headings(blocks, {}), {})
    assert len(outline) == 1


def test_blanks_before_a_number_are_no_sign_before_it() -> None:
    found = read_heading("　　1总体情况")
    assert found is not None
    assert found.key == "overview"


def test_a_heading_that_says_whose_it_is_may_run_on() -> None:
    lines = [
        line.replace("、", "、谷城县司法局2023年度", 1) + f"。{own(key)}"
        for key, line in HEADINGS.items()
    ]
    assert sections(*lines) == ALL


def test_a_number_alone_above_a_heading_belongs_to_it() -> None:
    lines = []
    for number, words in enumerate(WORDS.values(), start=1):
        lines += [f"0{number}", words, f"正文{number}。"]
    blocks: list[Block] = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)]
    found, outline = read_sections(blocks, find_headings(blocks, {}), {})
    assert found.requests == "正文3。"
    assert outline[2].text == "03收到和处理政府信息公开申请情况"
    blocks[6] = Paragraph("5", Place(paragraph=6))  # another section's number is no heading's
    found, _ = read_sections(blocks, find_headings(blocks, {}), {})
    assert found.proactive == "正文2。\n5"


def test_a_second_copy_s_title_is_no_text() -> None:
    title = "谷城县司法局2023年政府信息公开工作年度报告"
    lines = [*HEADINGS.values(), "无其他事项。", title, "发布时间：2024-01-12"]
    blocks: list[Block] = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)]
    found, _ = read_sections(blocks, find_headings(blocks, {}), {}, title=title)
    assert found.other == "无其他事项。"


def test_signs_without_width_are_no_part_of_the_text() -> None:
    lines = (*HEADINGS.values(), "公\u200b开信息\ufeff12条。")
    assert sections(*lines)["other"] == "公开信息12条。"

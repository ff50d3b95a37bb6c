"""Every way in which plain text writes a table: no cell is lost, none is added."""

import pytest

from gongkai.reading.document import Document, Grid
from gongkai.reading.text import read_text


def rows(text: str) -> list[list[str]]:
    (grid,) = read_text(text).grids
    return grid.texts


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("规章 | 0 | 0 | 0 |", ["规章", "0", "0", "0"]),
        ("规章 | 0 | 0 | 0", ["规章", "0", "0", "0"]),
        ("第二十条第(一)项 | |||", ["第二十条第(一)项"]),
        ("规章|0|||", ["规章", "0", "", ""]),
        ("| | x | 0 |", ["", "", "x", "0"]),
        ("|", [""]),
        ("||", ["", ""]),
        ("|||", ["", "", ""]),
        ("0 |", ["0"]),
        ("-- |", ["--"]),
        ("a | 　 | b |", ["a", "　", "b"]),
        ("a ｜ b ｜", ["a", "b"]),
        ("│ a │ b │", ["", "a", "b"]),
        ("规章\t0\t1", ["规章", "0", "1"]),
        ("\t\t社会组织\t\t", ["", "", "社会组织", "", ""]),
        ("合计\t", ["合计", ""]),
    ],
)
def test_cells_of_a_line(line: str, cells: list[str]) -> None:
    assert rows(line) == [cells]


def test_one_cell_a_line_makes_one_grid() -> None:
    assert rows("规章 |\n0 |\n|\n1 |") == [["规章"], ["0"], [""], ["1"]]


def test_bars_side_by_side_fill_a_row_and_are_no_cells() -> None:
    # A program drops blank cells, and fills each row with bars up to its table's width.
    assert rows("规章 | 3 | 0 | 5 |\n许可 | 2 | | 1 |\n处罚 | 4 | 7 | |\n收费 | 6 | ||") == [
        ["规章", "3", "0", "5"], ["许可", "2", "", "1"], ["处罚", "4", "7"], ["收费", "6"],
    ]  # fmt: skip
    assert rows("规章 | 3 | |\n许可 | 2 | 1 |")[0] == ["规章", "3", ""]
    assert rows("| 规章 | 3 | 0 |\n| 许可 | 2 | ||\n| 处罚 | 1 | ||")[1] == ["许可", "2"]


def test_heads_tell_a_table_joined_by_blanks_whose_zeros_are_blank() -> None:
    found = read_text(
        "二、主动公开 信息内容 本年制发件数 规章 收费 " + "许可 处罚 强制 " * 50
    ).paragraphs
    assert [p.text for p in found][1:4] == ["信息内容", "本年制发件数", "规章"]


def test_rows_below_a_head_that_bars_fill_up_are_filled_up_too() -> None:
    above = "第(一)项 | |||\n信息内容 | 本年制作数量 | 本年公开数量 | 公开总数量 |\n规章 | | | |\n"
    below = "信息内容 | 上一年数量 | 处理决定数量 | |\n收费 | | 6 | |\n"
    (grid,) = read_text(above + below).grids
    assert grid.texts[2:] == [
        ["规章", "", "", ""], ["信息内容", "上一年数量", "处理决定数量"], ["收费", "", "6"],
    ]  # fmt: skip
    assert grid.counted
    # Where the head goes up to the last column, a blank cell may have been left out.
    (grid,) = read_text(above + "文件 | | 2 | |\n" + below).grids
    assert grid.texts[3] == ["文件", "", "2"]
    assert not grid.counted
    (grid,) = read_text(above + "文件 | 3 | |\n" + below).grids
    assert not grid.counted


def test_bars_below_cells_of_a_line_each_fill_their_row() -> None:
    text = "（一）予以公开 |\n0 |\n|\n||\n1.属于国家秘密 |\n2 |\n|\n2.其他法律 |\n|\n5 |"
    assert [row[0] for row in rows(text)] == [
        "（一）予以公开", "0", "", "1.属于国家秘密", "2", "2.其他法律", "", "5",
    ]  # fmt: skip


def test_two_bars_between_all_cells_are_one_separator() -> None:
    text = "|规章||3||0||5|\n|许可||2||1||4|\n|处罚||7||8||9|\n|第二十条|\n|收费||6|"
    assert rows(text) == [
        ["规章", "3", "0", "5"], ["许可", "2", "1", "4"], ["处罚", "7", "8", "9"], ["第二十条"],
        ["收费", "6"],
    ]  # fmt: skip
    # A cell between says that the others are blank there.
    assert rows("|a||1||2|\n|b||3||4|\n|c|0|5||6|")[0] == ["a", "", "1", "", "2"]


def test_paragraphs_that_run_on_with_their_indents_are_parted() -> None:
    prose = "　　一、总体情况　　" + "全年公开信息12条。" * 20 + "　　二、主动公开政府信息情况"
    found = read_text(f"标题\n{prose}\n").paragraphs
    assert [p.text[:12] for p in found] == [
        "标题", "一、总体情况", "全年公开信息12条。全年", "二、主动公开政府信息情况",
    ]  # fmt: skip
    assert [p.place.line for p in found] == [1, 2, 2, 2]


def test_each_row_knows_its_line() -> None:
    (grid,) = read_text("题目\n\na | 1 |\nb | 2 |\n正文").grids
    assert grid.ragged
    assert [place.line for place in grid.row_places] == [3, 4]
    assert str(grid.at(1, 1)) == "line 4, cell 2"


def test_blank_lines_do_not_end_a_table_of_tabs() -> None:
    assert rows("a\t1\n\nb\t2\n\n\nc\t3") == [["a", "1"], ["b", "2"], ["c", "3"]]


def test_a_page_number_ends_a_table_and_stays() -> None:
    assert outline(read_text("a\t1\n- 3 -\nb\t2")) == [[["a", "1"]], "- 3 -", [["b", "2"]]]


def test_a_line_indented_by_a_tab_is_a_paragraph() -> None:
    document = read_text("\t一是加强领导。\n\t二是完善制度。")
    assert outline(document) == ["一是加强领导。", "二是完善制度。"]


def test_a_leading_tab_in_a_table_is_a_covered_cell() -> None:
    assert rows("a\tb\t1\n\t\t2\n\tc\t3") == [["a", "b", "1"], ["", "", "2"], ["", "c", "3"]]


def test_markdown_tables_lose_their_leading_pipes_and_dashes() -> None:
    document = read_text(
        "# 标题\n\n| 名称 | 数 |\n|:---|---:|\n| 规章 | 0 |\n| a \\| b | |\n\n正文"
    )
    assert document.format == "markdown"
    expected = [["名称", "数"], ["规章", "0"], ["a | b", ""]]
    assert outline(document) == ["标题", expected, "正文"]


def test_markdown_without_outer_pipes() -> None:
    assert rows("名称 | 数\n--- | ---\n规章 | 0") == [["名称", "数"], ["规章", "0"]]


def test_rows_before_a_markdown_header_are_a_table_of_their_own() -> None:
    document = read_text("索引号 | 1 |\n| 名称 | 数 |\n|---|---|\n| 规章 | 0 |")
    assert outline(document) == [[["索引号", "1"]], [["名称", "数"], ["规章", "0"]]]


def test_drawn_tables_lose_their_borders() -> None:
    drawn = "┌──┬──┐\n│规章│ 0 │\n├──┼──┤\n│ 总 │   │\n└──┴──┘"
    assert rows(drawn) == [["规章", "0"], ["总", ""]]
    assert rows("+---+---+\n| 规 | 0 |\n+---+---+\n| 总 |   |\n+---+---+") == [
        ["规", "0"],
        ["总", ""],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end(end: str) -> None:
    document = read_text(f"一{end}{end}二{end}")
    assert [(p.text, p.place.line) for p in document.paragraphs] == [("一", 1), ("二", 3)]


def test_columns_apart_by_blanks_stay_for_the_consumer() -> None:
    assert outline(read_text("行政许可   5   0\n0 0 0 0")) == ["行政许可   5   0", "0 0 0 0"]


@pytest.mark.parametrize("separator", [",", ";", "，", "、", "；"])
def test_lists_of_values_are_rows(separator: str) -> None:
    numbers = [str(n) for n in range(7)]
    lines = [separator.join((f"{n}.标签", *numbers)) for n in "一二三四五"]
    lines += [separator.join(("规章", "1", "", "")), "甲，乙、丙；丁。", "只有一句话，没有数。"]
    assert outline(read_text("\n".join(lines))) == [
        [[f"{n}.标签", *numbers] for n in "一二三四五"] + [["规章", "1", "", ""]],
        "甲，乙、丙；丁。",
        "只有一句话，没有数。",
    ]


def test_bars_of_a_menu_hide_no_list_of_values() -> None:
    line = ",".join(["1.标签", *"0123456"])
    read = outline(read_text("\n".join(["登录 | 注册 | 帮助", *[line] * 5])))
    assert read[-1] == [["1.标签", *"0123456"]] * 5


def test_strokes_part_cells() -> None:
    lines = [
        "发布日期：2024/1/30",
        "信息内容/上一年项目数量/本年增/减",
        "行政许可/2024/1",
        *(f"{n}.标签/2019/1/0/3/4/5/6" for n in "一二三四五"),
        "三、收到、处理/申请情况。",
    ]
    head = ["信息内容", "上一年项目数量", "本年增/减"]
    rows = [[f"{n}.标签", "2019", "1", "0", "3", "4", "5", "6"] for n in "一二三四五"]
    found = outline(read_text("\n".join(lines)))
    assert found == [lines[0], [head, ["行政许可", "2024", "1"], *rows], lines[-1]]


def test_strokes_between_blanks_are_nil_marks() -> None:
    document = read_text("\n".join(f"{n}.标签 / / / / / / /" for n in "一二三四五六"))
    assert not document.grids


@pytest.mark.parametrize("separator", ["，", "、", "；", "/"])
def test_names_above_values_are_the_columns(separator: str) -> None:
    values = [separator.join((f"{n}.标签", *map(str, range(7)))) for n in "一二三四五"]
    heads = [
        separator.join(("自然人", "总计", "法人或其他组织")),
        separator.join(("商业企业", "其他")),
    ]
    said = "四、甲、乙和丙" if separator == "、" else f"共有 3 件{separator}已经办结"
    found = outline(read_text("\n".join([said, *heads, *values])))
    assert found[0] == said
    assert found[1][:2] == [["自然人", "总计", "法人或其他组织"], ["商业企业", "其他"]]  # type: ignore[index]


def test_quoted_values_keep_their_commas() -> None:
    line = '"1.标签","1,200","0","0","0","0","0","0"'
    texts = rows("\n".join([line] * 5))
    assert texts[0] == ["1.标签", "1,200", "0", "0", "0", "0", "0", "0"]


def test_commas_of_few_lines_are_punctuation() -> None:
    assert outline(read_text("0,1,2,3,4,5,6,7\n甲,乙")) == ["0,1,2,3,4,5,6,7", "甲,乙"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_line_ends(end: str) -> None:
    assert outline(read_text(f"甲{end}乙\t1{end}")) == ["甲", [["乙", "1"]]]


def test_invisible_characters_are_none() -> None:
    assert rows("规\u200b章\t1\u200b0\u2060\t\ufeff2") == [["规章", "10", "2"]]


@pytest.mark.parametrize(
    "value",
    ["0", "0件", "12万元", "００００", "\u00a0\u00a0\u00a00\u00a0\u00a0", "无", "————", "无数据"],
)
def test_equal_values_are_cells_of_their_own(value: str) -> None:
    (grid,) = read_text(f"规章 | {value} | {value} | {value} |").grids
    assert len(grid.rows[0]) == 4


def test_words_printed_in_each_column_that_they_span() -> None:
    (grid,) = read_text("信息内容\t本年处理决定数量\t本年处理决定数量\n无\t无\t无").grids
    assert grid.texts == [["信息内容", "本年处理决定数量"], ["无", "无", "无"]]
    assert [(cell.column, cell.colspan) for cell in grid.rows[0]] == [(0, 1), (1, 2)]


def test_escaped_signs_of_markdown() -> None:
    assert rows("| a | b |\n|---|---|\n| 1\\.标签 | 12\\.5\\| |")[1] == ["1.标签", "12.5|"]


def test_marks_of_markdown_go_and_those_of_cells_stay() -> None:
    lines = [
        "# 题",
        "- **索引号：** A1",
        "> 正文",
        "* 一是",
        "- 3 -",
        "- 第 3 页 -",
        "- - -",
        "张**、李**",
    ]
    expected = ["题", "索引号： A1", "正文", "一是", "- 3 -", "- 第 3 页 -", "- - -", "张**、李**"]
    assert outline(read_text("\n".join(lines))) == expected
    assert outline(read_text("\n".join(lines[1:4]))) == lines[1:4]


def test_a_list_of_bold_labels_is_markdown() -> None:
    lines = ["某局年报\\_某县", "* **索引号：**A\\_1", "* **来源：**某局", "正文"]
    expected = ["某局年报_某县", "索引号：A_1", "来源：某局", "正文"]
    assert outline(read_text("\n".join(lines))) == expected


def test_fields_between_dashes_at_the_beginning_are_metadata() -> None:
    document = read_text("---\ntitle: 年报\n---\n正文")
    assert (document.title, outline(document)) == ("年报", ["正文"])
    assert outline(read_text("---\n正文\n---")) == ["---", "正文", "---"]


TABLE = [f"{n}.标签" if k == 0 else str(k) for n in range(8) for k in range(8)]


@pytest.mark.parametrize("joint", [" ", "  ", "\u3000", "\xa0", "|", "\t", " | "])
@pytest.mark.parametrize("lines", [["题目", "正文，一句话。"], []])
def test_a_line_that_holds_a_whole_table_comes_cell_by_cell(joint: str, lines: list[str]) -> None:
    long = "一" * 40
    document = read_text("\n".join([*lines, joint.join([long, *TABLE])]))
    assert [p.text for p in document.paragraphs] == [*lines, long, *TABLE]
    for paragraph in document.paragraphs:
        assert document.text_at(paragraph.place) == paragraph.text


def test_a_line_of_many_words_is_a_line() -> None:
    words = " ".join(["全年 公开 信息 40 条"] * 20)
    menu = " | ".join(["首页", *("栏目名称",) * 50])
    document = read_text(f"{words}\n{menu}")
    assert [p.text for p in document.paragraphs] == [words]
    assert len(document.grids) == 1


def test_where_pipes_stand_between_cells_the_last_one_opens_an_empty_cell() -> None:
    text = "甲 | 乙 | 丙\n1 | | \n | 2 |\n3 | |4\n5 |"
    assert rows(text) == [["甲", "乙", "丙"], ["1", "", ""], ["", "2", ""], ["3", "", "4"], ["5"]]


def test_a_pipe_before_each_row_is_the_border() -> None:
    framed = "| 规章 | 1 |\n|  | 2 |\n| 许可 | 3 |\n"
    assert read_text(framed).grids[0].texts == [["规章", "1"], ["", "2"], ["许可", "3"]]
    some = "规章 | 1 |\n| 2 |\n| 3 |\n"
    assert read_text(some).grids[0].texts == [["规章", "1"], ["", "2"], ["", "3"]]


def test_numbers_that_count_pages_of_a_printed_pdf_are_left_out() -> None:
    text = "规章 0 0 0\n 1\n\f行政许可 5\n\n2\n\n\f政务\n公开\n3\n"
    document = read_text(text)
    assert outline(document) == ["规章 0 0 0", "行政许可 5", "政务", "公开"]
    assert [b.place.line for b in document.blocks] == [1, 3, 7, 8]


@pytest.mark.parametrize("text", ["0\n0\n\f0\n0\n", "7\n\f0\n", "0\n1\n\f规章\n5\n"])
def test_numbers_at_the_foot_of_a_page_that_count_nothing_are_cells(text: str) -> None:
    printed = text.replace("\f", "").split()
    assert outline(read_text(text)) == printed


def test_entities_that_a_program_left_in_are_characters() -> None:
    document = read_text("规章&nbsp;&nbsp;1&nbsp;&nbsp;2\n“三安全&mdash;一稳定&rdquo;\n")
    assert [p.text for p in document.paragraphs] == ["规章\xa0\xa01\xa0\xa02", "“三安全—一稳定”"]


def test_what_programs_write_for_nothing_is_blank() -> None:
    document = read_text("| 规章 | NaN | 1 |\n|---|---|---|\n| nan | 2 | NaN |\n")
    assert [[c.text for c in row] for row in document.grids[0].rows] == [
        ["规章", "", "1"],
        ["", "2", ""],
    ]


def test_marks_of_converters_are_no_words() -> None:
    text = "# 年度报告 {#年度报告 .unnumbered}\n\n__一、总体情况__\n\n1\\.主动公开11\\.37条\n"
    document = read_text(text)
    assert [p.text for p in document.paragraphs] == [
        "年度报告",
        "一、总体情况",
        "1.主动公开11.37条",
    ]


def test_front_matter_may_be_chinese() -> None:
    document = read_text("---\ntitle: 报告\n索引号: A/1\n发布日期: 2024-03-12\n---\n正文\n")
    assert document.meta == {"title": "报告", "索引号": "A/1", "发布日期": "2024-03-12"}


def test_paragraphs_that_blanks_join_are_parted_beside_tables_that_they_join() -> None:
    prose = (
        "某局年度报告 一、总体情况 " + "全年公开信息若干条，群众满意。 " * 12 + "（一）主动公开情况"
    )
    table = " ".join(["信息内容", "规章", *"0000000"] * 9)
    document = read_text(f"{prose}\n\n{table}\n")
    assert [p.text for p in document.paragraphs][:2] == ["某局年度报告", "一、总体情况"]


def test_blanks_within_sentences_part_nothing() -> None:
    prose = "全年通过网站主动公开各类信息 12 条、公开规范性文件和政策解读材料 3 件，群众满意。" * 2
    table = " ".join(["信息内容", "规章", *"0000000"] * 9)
    assert read_text(f"{prose}\n\n{table}\n").paragraphs[0].text == prose


def test_two_tabs_between_all_cells_are_one_separator() -> None:
    assert rows("a\t\t1\t\t2\nb\t\t\t\t2\nc\t\t1\t\t\n合计") == [
        ["a", "1", "2"], ["b", "", "2"], ["c", "1", ""],
    ]  # fmt: skip
    # One row with a cell between says that the others are blank there.
    assert rows("a\t\t1\nb\t\t2\nc\t\t3\nd\t0\t3")[0] == ["a", "", "1"]


def test_headers_say_that_two_tabs_part_cells_where_hardly_anything_stands_behind_labels() -> None:
    head = "信息内容\t\t本年制发件数\t\t本年废止件数\t\t现行有效件数\t\t备注"
    text = f"{head}\nb\t\t\t\t\t\t2\nc\t\t\t\t\t\t1\nd\t\t\t\t\t\t4"
    assert rows(text)[1] == ["b", "", "", "2"]
    # In a table of two rows, too, where all tabs of the text come in pairs.
    assert rows(f"{head}\nb\t\t\t\t\t\t2")[1] == ["b", "", "", "2"]
    odd = read_text(f"{head}\nb\t\t\t\t\t\t2\n\n无\n\na\tb").grids[0]
    assert odd.texts[1] == ["b", "", "", "", "", "", "2"]


def test_bold_lines_lose_their_marks_whatever_ends_them() -> None:
    assert outline(read_text("**标题**\r\n正文")) == ["标题", "正文"]


def test_line_ends_may_be_spelt() -> None:
    assert outline(read_text("标题" + "\\r\\n" * 9 + "\\n规章\\t0\\n正文")) == [
        "标题",
        [["规章", "0"]],
        "正文",
    ]
    assert outline(read_text("换行符是\\n。")) == ["换行符是\\n。"]


def test_sections_begin_within_a_line_that_holds_the_whole_report() -> None:
    table = "自然人 | 总计 | " + "重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | " * 9
    line = (
        f"标题 一、总体情况 甲。 二、主动公开政府信息情况 | {table}四、结转 五、存在的主要问题 乙。"
    )
    found = outline(read_text(line))
    assert found[:3] == ["标题", "一、总体情况 甲。", "二、主动公开政府信息情况"]
    assert found[-1] == "五、存在的主要问题 乙。"


def test_a_rule_between_lines_is_no_line() -> None:
    assert outline(read_text("规章\n----------\n0\n————————\n——")) == ["规章", "0", "——"]


def test_a_blank_may_part_a_label_from_its_list_of_values() -> None:
    lines = [f"（{n}）公开 {n}, 0, 0, 0, 0, 0, {n}," for n in range(6)]
    assert rows("\n".join(lines))[3][:3] == ["（3）公开", "3", "0"]


@pytest.mark.parametrize("rule", ["---+---+---", "|---+---+---|"])
def test_rules_with_crosses_part_a_head_from_its_rows(rule: str) -> None:
    text = f"项目 | 一 | 二\n{rule}\n规章 | 1 | 2\n文件 | 3 | 4\n"
    assert rows(text) == [["项目", "一", "二"], ["规章", "1", "2"], ["文件", "3", "4"]]


def test_where_most_rows_end_with_a_cell_a_bar_at_the_end_opens_a_blank_one() -> None:
    text = "信息内容| 一| 二\n规章| 3| 4\n文件| 5|\n信息内容| 一\n许可| 6\n处罚| 7\n"
    assert rows(text)[2] == ["文件", "5", ""]


def test_a_rule_below_a_head_of_one_column_is_no_nil_mark() -> None:
    text = "甲\n---\n一| 二\n---|---\n1| 2\n"
    assert [block for block in outline(read_text(text)) if block == "---"] == []


def test_running_heads_with_the_number_of_their_page_are_left_out() -> None:
    text = (
        "结果维持\n某局年度报告 第1页\n结果纠正\n某局年度报告 第3页 共8页\n其他结果\n详见 第2页\n"
    )
    assert outline(read_text(text)) == ["结果维持", "结果纠正", "其他结果", "详见 第2页"]


def test_numbers_that_count_rows_and_columns_are_no_cells() -> None:
    counted = "{}总数\t\n{}规章\t3\n{}许可\t2\n{}处罚\t5\n"
    found = [["总数", ""], ["规章", "3"], ["许可", "2"], ["处罚", "5"]]
    assert rows(counted.format(*(f"{n}\t" for n in range(7, 11)))) == found
    assert rows("\t0\t1\n" + counted.format(*(f"{n}\t" for n in range(4)))) == found
    assert rows("\t名称\t数\n" + counted.format(*(f"{n}\t" for n in range(4))))[0] == ["名称", "数"]
    # Numbers that do not follow one another count nothing.
    assert rows(counted.format("1\t", "2\t", "3\t", "5\t"))[0] == ["1", "总数", ""]


def test_bars_begin_another_table_than_tabs() -> None:
    text = "规章\t1\t2\n文件\t3\t4\n许可 | 5 |\n处罚 | 6 |\n"
    tables = [[["规章", "1", "2"], ["文件", "3", "4"]], [["许可", "5"], ["处罚", "6"]]]
    assert [grid.texts for grid in read_text(text).grids] == tables


def test_bars_that_fill_a_page_s_layout_are_no_cells() -> None:
    bars = "|" * 300
    lines = ["|", bars, "年度报告 |", bars, f"来源:县教育局 | {bars}", "规章 | 0 |", bars]
    assert outline(read_text("\n".join(lines))) == ["年度报告", "来源:县教育局", [["规章", "0"]]]


def test_a_heading_within_a_line_is_a_line_of_its_own() -> None:
    before, text = "报告如下：", "（一）主动公开情况。" + "公开信息。" * 30
    found = read_text(f"{before} 一、总体情况 {text} 二、主动公开政府信息情况\n规章 | 0 |")
    assert outline(found)[:-1] == [before, "一、总体情况", text, "二、主动公开政府信息情况"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_heads_of_the_form_tell_the_separator_of_few_rows(separator: str) -> None:
    lines = ["信息内容|本年制发件数|本年废止件数", "规章|1|0"]
    assert rows("\n".join(lines).replace("|", separator)) == [line.split("|") for line in lines]


def test_double_tabs_may_be_cut_at_both_ends() -> None:
    row = "规章\t\t1\t\t2\t\t3\t\t4"
    assert rows(f"\t0\n{row}\n{row}\n{row}\n许可\t\t5\t")[1] == ["规章", "1", "2", "3", "4"]


def test_a_number_in_the_marks_of_a_formula_is_no_number_in_brackets() -> None:
    lines = ["| 信息内容 | 数量 |", "|---|---|", r"| 行政\(许可\) | \(10\) |"]
    assert rows("\n".join(lines)) == [["信息内容", "数量"], ["行政(许可)", "10"]]


def test_tabs_in_the_wider_gaps_of_lines_part_no_cells() -> None:
    lines = ["（一）予以公开 \t1 \t0 \t1", "2.其他法律行政法", "规禁止公开 0 \t0 \t0"] * 4
    found = outline(read_text("\n".join(lines)))
    assert found[:3] == ["（一）予以公开 1 0 1", "2.其他法律行政法", "规禁止公开 0 0 0"]
    # But where a cell is blank, they do.
    assert rows("规章 \t0 \t\t5\n收费 0 \t1 \t2 \t3")[0] == ["规章", "0", "", "5"]

"""Lines are cut where numbers begin, and each piece keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.document import Document, Paragraph, Place
from gongkai.tables.stream import tokenise


def pieces(line: str) -> list[str]:
    return [token.text for token in tokenise([Paragraph(line, Place(line=1))])]


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        ("规章 3 0 5", ["规章", "3", "0", "5"]),
        ("| 规章 | 3 |  | 5 |", ["规章", "3", "", "5"]),
        ("| 3 |  | 5", ["", "3", "", "5"]),
        ("规章：3 0 5", ["规章：", "3", "0", "5"]),
        ("行政许可：698", ["行政许可：", "698"]),
        ("0 0 1", ["0", "0", "1"]),
        ("存在 问题：", ["存在 问题："]),
        ("说明：", ["说明："]),
        ("工作时间：8:30", ["工作时间：8:30"]),
        ("自然人 法人或其他组织 总计", ["自然人", "法人或其他组织", "总计"]),
        ("项目 科研 机构 商业企业", ["项目 科研 机构 商业企业"]),
        ("项目 科研 机构 商业企业 总计", ["项目", "科研 机构", "商业企业", "总计"]),
        ("行政复议 结果维持 3", ["行政复议", "结果维持", "3"]),
        ("其他 处理 结果", ["其他 处理 结果"]),
        ("自然人3", ["自然人", "3"]),
        ("尚未审结1,012", ["尚未审结", "1,012"]),
        ("三安全1", ["三安全1"]),
        ("行政许可12", ["行政许可", "12"]),
        ("1.属于国家秘密0 0 1", ["1.属于国家秘密", "0", "0", "1"]),
        ("三、本年度办理结果 （一）予以公开2 0", ["三、本年度办理结果 （一）予以公开", "2", "0"]),
        ("公开信息5 3", ["公开信息5", "3"]),
        ("规章 0 件 1 件 2 件", ["规章", "0 件", "1 件", "2 件"]),
        ("收到 3 件", ["收到 3 件"]),
        ("三、结果 （一）予以公开 （一）予以公开 0 1", ["三、结果 （一）予以公开", "0", "1"]),
        ("情况 情况 0 1", ["情况 情况", "0", "1"]),
        ("规章 0个 N/A null", ["规章", "0个", "N/A", "null"]),
        ("（六）其 1.申请人逾期 0 1", ["（六）其", "1.申请人逾期", "0", "1"]),
        ("理结果 （七）总计  0 1", ["理结果", "（七）总计", "0", "1"]),
        ("三、本年度 （一）予以公开  0 1", ["三、本年度", "（一）予以公开", "0", "1"]),
        ("1. 属于国家秘密  0 1", ["1. 属于国家秘密", "0", "1"]),
    ],
)
def test_labels_and_numbers_part(line: str, cut: list[str]) -> None:
    assert pieces(line) == cut


@given(st.text("规章：: 012/无\u3000", max_size=14))
def test_every_piece_stands_where_its_place_says(line: str) -> None:
    document = Document([Paragraph(line, Place(line=1))], "text")
    for token in tokenise(document.blocks):
        if token.cell.value is not None:
            assert token.text in document.text_at(token.place)


@pytest.mark.parametrize("line", ["-- 2 of 4 --", "— 3/12 —", "- 5 -"])
def test_the_number_of_a_page_and_of_all_pages_is_no_token(line: str) -> None:
    assert not tokenise([Paragraph(line, Place(line=1))])

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
    ],
)
def test_labels_and_numbers_part(line: str, cut: list[str]) -> None:
    assert pieces(line) == cut


@pytest.mark.parametrize(
    ("line", "cut"),
    [
        (
            "总计：自然人5，商业企业0，科研机构1，公益组织0，法律服务组织 0，其他 2，合计 8",
            ["总计", "5", "0", "1", "0", "0", "2", "8"],
        ),
        (
            "其他：总计1,012、其他为1、自然人: 5、商业企业0、科研机构：1、公益组织0、法律服务组织0",
            ["其他", "5", "0", "1", "0", "0", "1", "1,012"],
        ),
        ("予以公开：自然人 3，总计 3件。", ["予以公开", "自然人", "3", "总计", "3件"]),
        (
            "规章：本年制发件数 0, 本年废止件数 1, 现行有效件数 2",
            ["规章", "本年制发件数", "0", "本年废止件数", "1", "现行有效件数", "2"],
        ),
        ("行政许可：本年增/减：-3", ["行政许可", "本年增减", "-3"]),
        ("申请人中，自然人 3，商业企业 2。", ["申请人中，自然人 3，商业企业 2。"]),
        ("予以公开：自然人 3，均已办结", ["予以公开：自然人 3，均已办结"]),
        ("予以公开，总计 3", ["予以公开，总计", "3"]),
    ],
)
def test_a_line_may_list_a_row_s_headers_and_numbers(line: str, cut: list[str]) -> None:
    assert pieces(line) == cut


@given(st.text("规章：: 012/无\u3000", max_size=14))
def test_every_piece_stands_where_its_place_says(line: str) -> None:
    document = Document([Paragraph(line, Place(line=1))], "text")
    for token in tokenise(document.blocks):
        if token.cell.value is not None:
            assert token.text in document.text_at(token.place)

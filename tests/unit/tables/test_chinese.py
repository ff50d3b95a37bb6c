"""Traditional characters become simplified ones, and Taiwan's words those of the form."""

from __future__ import annotations

import pytest

from gongkai.reading.text import read_text
from gongkai.tables.chinese import simplified, simplified_text

#: As mirrors print it: each sign that was converted is pronounced, with its tone or without.
PRONOUNCED = """青山縣(xiàn)教育局政府信息公開(kai)(kai)工作年度報(bào)告
主動(dòng)公開(kāi)政府信息情況(kuàng)，見規(guī)章、總(zǒng)計(jì)（一）、機(jī)構(gòu)（app）
結(jié)轉(zhuǎn)申請(qǐng)數(shù)量，報(bào)關(guān)業(yè)務(wù)類(lèi)"""


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("本年新收政府資訊公開申請數量", "本年新收政府信息公开申请数量"),
        ("行政規範性檔案", "行政规范性文件"),
        ("上一年專案數量", "上一年项目数量"),
        ("釋出日期", "发布日期"),
        ("大資料發展管理局", "大数据发展管理局"),
        ("最佳化營商環境局", "优化营商环境局"),
        ("檔案局 專案 資料", "档案局 专案 资料"),  # words of the mainland, too
    ],
)
def test_words_of_converters_for_taiwan_become_those_of_the_form(printed: str, meant: str) -> None:
    assert simplified_text(printed) == meant


def test_signs_that_are_pronounced_in_brackets_are_read_without() -> None:
    assert [p.text for p in simplified(read_text(PRONOUNCED)).paragraphs] == [
        "青山县教育局政府信息公开工作年度报告",
        "主动公开政府信息情况，见规章、总计（一）、机构（app）",
        "结转申请数量，报关业务类",
    ]


def test_brackets_stay_where_few_signs_have_them() -> None:
    text = "政府信息公開工作年度報告：請關注類別、數據、規章、總計（a）、條(tiáo)目、機構、業務"
    assert simplified(read_text(text)).text.endswith("总计（a）、条(tiáo)目、机构、业务")

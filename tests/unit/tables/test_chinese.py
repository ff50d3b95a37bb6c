"""Traditional characters become simplified ones, and Taiwan's words those of the form."""

from __future__ import annotations

import pytest

from gongkai.tables.chinese import simplified_text


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

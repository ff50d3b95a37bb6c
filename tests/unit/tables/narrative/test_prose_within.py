"""Prose that stands within a table is the sections' own, and no part of the table."""

from __future__ import annotations

from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.narrative.prose import without_prose

TABLE = Grid([[GridCell("规章", 0), GridCell("0", 1)]], Place(table=1))


def left(*blocks: str | Grid) -> list[str]:
    """Return the lines that stay the table's, of a table that begins and ends with a grid."""
    made = [
        TABLE,
        *(Paragraph(b, Place(line=1)) if isinstance(b, str) else b for b in blocks),
        TABLE,
    ]
    kept = without_prose(set(range(len(made))), made)
    return [
        block.text for n, block in enumerate(made) if n in kept and isinstance(block, Paragraph)
    ]


def test_headings_and_sentences_are_prose() -> None:
    assert left(
        "四、政府信息公开行政复议、行政诉讼情况",
        "因政府信息公开被申请行政复议3件，被提起行政诉讼0件，",
        "均已结案。",
        "五、存在的主要问题及改进情况",
        "（一）主要问题",
        "一是解读形式单一，9份文件只有文字解读。",
        "— 3 —",
    ) == ["— 3 —"]


def test_labels_and_heads_are_none() -> None:
    labels: list[str | Grid] = [
        "（二）部分公开（区分处理的，只",
        "计这一情形，不计其他情形）",
        TABLE,
        "四、结转下年度继续办理",
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
        "行政复议 行政诉讼",
    ]
    assert left(*labels) == [label for label in labels if isinstance(label, str)]

"""Labels and values around a report: in columns, beside empty ones, beside labels not known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gongkai.layouts.head import read_head
from gongkai.layouts.labels import is_label
from gongkai.layouts.pairs import find_pairs
from gongkai.reading.document import Document, Paragraph, Place
from gongkai.reading.html import read_html

if TYPE_CHECKING:
    from gongkai.layouts.metadata import Head

TITLE = "谷城县教育局2023年政府信息公开工作年度报告"
DAY = date(2024, 1, 15)


def lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Place(paragraph=n)) for n, text in enumerate(texts, start=1)]


def head(*texts: str, meta: dict[str, str] | None = None) -> Head:
    lead = lines(*texts)
    return read_head(Document(list(lead), "html", meta=meta or {}), lead, [])


def read(page: str) -> Head:
    document = read_html(page)
    return read_head(document, document.blocks, [])


def test_a_label_has_a_second_name_behind_a_stroke_or_in_brackets() -> None:
    assert is_label("发布机构（责任部门）：")
    assert is_label("索引号/信息编码")
    assert not is_label("发布机构（责任部门）县教育局")


def test_labels_that_stand_above_all_values_are_paired_in_order() -> None:
    labels = ("发布日期：", "索引号：", "发布机构：")
    found = head(*labels, "2024-01-15", "K0001/2024-0012", "谷城县教育局", TITLE)
    assert (found.published_on, found.index_number) == (DAY, "K0001/2024-0012")
    assert found.publisher == "谷城县教育局"


def test_where_one_value_is_empty_none_is_guessed() -> None:
    labels = ("失效日期", "文号", "索引号", "发布机构")
    found = head(*labels, "2035-12-31", "K0001/2024-0012", "谷城县教育局", TITLE)
    assert (found.published_on, found.index_number, found.publisher) == (None, None, None)


def test_the_last_of_some_empty_labels_has_the_day_below_it() -> None:
    found = head("文号：", "有效性：", "发布日期：", "2024-01-15", TITLE)
    assert (found.published_on, found.document_number) == (DAY, None)


def test_a_day_of_expiry_or_writing_below_its_label_is_not_that_of_publication() -> None:
    assert head("失效日期：", "2035-12-31", TITLE).published_on is None
    assert head("生成日期：", "2024-01-12 10:23:45", TITLE).published_on is None
    assert head("归档日期：", "2024-01-12", TITLE).published_on is None
    assert head("生成日期：", "2024-01-12", "2024-01-15", TITLE).published_on == DAY


@pytest.mark.parametrize("line", ["2024-01-15 10:20 阅读：12", "浏览次数：12次 2024-01-15"])
def test_a_count_of_readers_beside_a_day_labels_no_other_day(line: str) -> None:
    assert head(line, TITLE).published_on == DAY


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("K0001/2024-0012有效期至：", "K0001/2024-0012"),
        ("有效", None),
        (TITLE, None),
        ("2024-01-15", None),
        ("谷政办〔2024〕5号", None),
        ("是否公开：是", None),
    ],
)
def test_an_index_number_looks_like_one(value: str, number: str | None) -> None:
    assert head(f"索引号：{value}", TITLE).index_number == number


def test_a_document_number_ends_before_a_label_that_runs_on() -> None:
    found = head("文号：谷政办〔2024〕5号是否有效：是 发布机构：谷城县教育局受众：公众", TITLE)
    assert (found.document_number, found.publisher) == ("谷政办〔2024〕5号", "谷城县教育局")


def test_an_empty_label_does_not_take_the_next_one_in_brackets() -> None:
    assert head("【索引号】", "【存档】K0001/2024-0012", TITLE).index_number is None


def test_an_empty_cell_does_not_take_the_next_ones_label() -> None:
    row = "<tr><td>文号：</td><td>受众：公众</td><td>索引号</td><td>K0001/2024-0012</td></tr>"
    found = read(f"<table>{row}</table><h1>{TITLE}</h1>")
    assert (found.document_number, found.index_number) == (None, "K0001/2024-0012")


def test_a_longer_label_is_not_a_shorter_one_and_a_value() -> None:
    found = read(f"<table><tr><td>文号备注：5</td><td>甲</td></tr></table><h1>{TITLE}</h1>")
    assert found.document_number is None


def test_labels_above_their_values_may_stand_beside_unknown_ones() -> None:
    labels = ("索引号", "发布机构", "受众", "发布日期")
    rows = [labels, ("K0001/2024-0012", "谷城县教育局", "公众", "2024-01-15")]

    def table(rows: list[tuple[str, str, str, str]]) -> str:
        cells = ["".join(f"<td>{text}</td>" for text in row) for row in rows]
        return f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table><h1>{TITLE}</h1>"

    found = read(table(rows))
    assert (found.index_number, found.publisher) == ("K0001/2024-0012", "谷城县教育局")
    # A list of papers has more rows.
    assert (
        read(table([*rows, ("K0002", "谷城县财政局", "公众", "2024-01-16")])).index_number is None
    )


def test_brackets_and_a_colon_around_a_value_are_not_of_it() -> None:
    found = head(TITLE, "[ 日期：2024.01.15 ] [ 来源：谷城县教育局 ] [ 点击数：55 ]")
    assert (found.published_on, found.publisher) == (DAY, "谷城县教育局")
    (pair,) = find_pairs(lines("索引号", "：K0001/2024-0012"))
    assert pair.value == "K0001/2024-0012"


@pytest.mark.parametrize(
    "line",
    [
        f"简介：{TITLE}",
        f"【公文标题】{TITLE}",
        f"名称{TITLE}",
        f"点击率： 65 摘要： {TITLE}",
        f"{TITLE} 索 引 号： K0001/2024",
        f"{TITLE}受众：公众",
    ],
)
def test_a_title_stands_without_the_labels_around_it(line: str) -> None:
    assert head(line).title == TITLE


def test_programs_name_the_day_of_issue() -> None:
    assert head(TITLE, meta={"DCTERMS.issued": "2024-01-15"}).published_on == DAY


def test_labels_of_a_list_stand_above_their_values() -> None:
    found = head("• 信息索引号:", "11370612004/2024-00013", "• 发布机构:", "谷城县教育局", TITLE)
    assert (found.index_number, found.publisher) == ("11370612004/2024-00013", "谷城县教育局")


def test_sizes_of_type_before_a_title_are_no_part_of_it() -> None:
    found = head(" 大中小", f"大中小{TITLE}")
    assert (found.title, found.agency) == (TITLE, "谷城县教育局")


def test_a_site_dates_the_title_above_the_report_s_own() -> None:
    called = TITLE.removeprefix("谷城县教育局")
    found = head(f"{called} ( 2024-01-15 )", "谷城县教育局", called)
    assert (found.title, found.published_on) == (TITLE, DAY)

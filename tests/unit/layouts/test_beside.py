"""Menus, lists, other days and properties of files beside a report, which are not its metadata."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gongkai.layouts.dates import find_date, find_short_date
from gongkai.layouts.head import read_head
from gongkai.layouts.naming import clean_agency
from gongkai.layouts.publishers import body_of
from gongkai.reading.document import Document, Paragraph, Place

if TYPE_CHECKING:
    from gongkai.layouts.metadata import Head

REPORT = "2023年政府信息公开工作年度报告"
OWN = "谷城县司法局" + REPORT
DAY = date(2024, 1, 15)
OTHERS = ("谷城县教育局", "谷城县财政局", "谷城县审计局")


def head(
    *lines: str,
    after: tuple[str, ...] = (),
    title: str = "",
    form: str = "html",
    meta: dict[str, str] | None = None,
) -> Head:
    lead = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, start=1)]
    rest = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(after, start=50)]
    document = Document([*lead, *rest], form, title=title, meta=meta or {})
    return read_head(document, lead, rest)


# days


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2024-01-15　更新时间：2026-02-01",
        "最后更新：2026-02-01 | 首次发布：2024-01-15",
        "来源：谷城县国有林场首次发布：2024-01-15最后更新：2024-05-01",
        "修改时间：2024-03-13 文章发布时间：2024.1.15",
        "发布时间：二〇二四年一月十五日　访问时间：2026-05-03",
        "责任编辑：张晓明时间：2024-01-15最后更新：2024-05-01",
        "发布日期：01-15-2024",
        "发布日期：15/01/2024 09:30",
        "首发时间：2024年1月15日",
        "信息来源：谷城县第一中学日期：二○二四年一月十五日",
    ],
)
def test_the_day_of_publication_stands_beside_others(line: str) -> None:
    assert head(OWN, line).published_on == DAY


@pytest.mark.parametrize(
    "line", ["更新时间：2026-02-01", "发布日期：01-02-2024", "访问时间：2024-05-03"]
)
def test_days_that_may_be_others_are_not_taken(line: str) -> None:
    assert head(OWN, line).published_on is None


def test_the_first_date_is_taken_in_whatever_numerals() -> None:
    assert find_date("二〇二四年一月十五日 2026-05-03") == DAY
    assert find_short_date("02-02-2024", 2024) == date(2024, 2, 2)
    assert find_short_date("13-13-2024", 2024) is None


def test_the_period_tells_the_year_of_a_late_report() -> None:
    found = head(
        "谷城县司法局政府信息公开工作年度报告",
        "发布时间：2025-09-01",
        after=("统计期限为2023年1月1日至2023年12月31日。",),
    )
    assert found.year == 2023


# agencies


@pytest.mark.parametrize("label", ["公开单位", "发布机构：", "信息来源"])
def test_a_label_above_several_names_heads_a_menu(label: str) -> None:
    found = head(label, *OTHERS, REPORT, "发布时间：2024-01-15")
    assert (found.agency, found.publisher) == (None, None)
    assert head(label, OTHERS[0], REPORT).agency == OTHERS[0]


def test_the_first_of_a_menu_below_the_home_page_is_no_step_of_a_breadcrumb() -> None:
    above = ("首页", "政务公开", "政务服务", "互动交流", "走进谷城", "公开", "部门")
    assert head(*above, *OTHERS, REPORT).agency is None
    assert head("首页", "政务公开", OTHERS[0], REPORT).agency == OTHERS[0]


def test_a_menus_words_are_no_part_of_a_title_in_two_lines() -> None:
    assert head("互动交流", "走进谷城县", OWN).title == OWN
    assert head("互动交流", "走进蓟州", REPORT).title == REPORT


@pytest.mark.parametrize("sign", ["——", "—", ""])
def test_an_agency_without_a_place_stands_below_the_title(sign: str) -> None:
    assert head(REPORT, f"{sign}长江航道局", "发布时间：2024-01-15").agency == "长江航道局"


def test_the_first_line_above_a_title_may_be_an_agency_without_a_place() -> None:
    assert head("财政部某监管局", REPORT, title=REPORT).agency == "财政部某监管局"
    assert head("首页", "新闻发布中心", REPORT, title=REPORT).agency is None


def test_the_red_head_of_a_paper_names_the_agency() -> None:
    found = head("谷城县司法局文件", "谷司字〔2024〕3号", REPORT)
    assert (found.agency, found.document_number) == ("谷城县司法局", "谷司字〔2024〕3号")
    assert head("谷城县司法局文件", REPORT).agency is None


def test_other_departments_with_their_days_sign_nothing() -> None:
    listed = tuple(f"{name} 2024-01-1{n}" for n, name in enumerate(OTHERS))
    assert head(REPORT, after=("总体良好。", *listed)).agency is None
    apart = tuple(text for name in OTHERS for text in (name, "2024-01-15"))
    assert head(REPORT, after=("总体良好。", *apart)).agency is None


@pytest.mark.parametrize(
    "lines",
    [
        ("谷城县司法局（盖章）", "2024年1月15日"),
        ("谷城县司法局", "2024年1月"),
        ("谷城县司法局", "2024年1月15日", "返回顶部"),
    ],
)
def test_a_signature_may_have_a_seal_or_a_month(lines: tuple[str, ...]) -> None:
    assert head(REPORT, after=("总体良好。", *lines)).agency == "谷城县司法局"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("谷城县教育局办公室", "谷城县教育局"),
        ("谷城县公安局政务公开科", "谷城县公安局"),
        ("谷城县人民政府办公室", "谷城县人民政府办公室"),
        ("谷城县委编制委员会办公室", "谷城县委编制委员会办公室"),
    ],
)
def test_an_office_publishes_for_its_body(name: str, body: str) -> None:
    assert body_of(name) == body
    assert head(REPORT, f"来源：{name}").publisher == name


def test_who_prints_the_news_does_not_report() -> None:
    found = head(REPORT, "来源：谷城县融媒体中心")
    assert (found.agency, found.publisher) == (None, "谷城县融媒体中心")
    assert head(REPORT, "发布机构：谷城县融媒体中心").agency == "谷城县融媒体中心"


def test_a_day_without_a_label_is_no_part_of_a_publisher() -> None:
    found = head(REPORT, "来源：谷城县司法局　2024-01-15T13:03:00")
    assert (found.publisher, found.agency) == ("谷城县司法局", "谷城县司法局")


def test_a_name_of_no_known_end_is_the_agency_s_where_the_text_names_it() -> None:
    title = "谷城农商行" + REPORT
    assert head(title, after=("2023年，谷城农商行公开信息12条。",)).agency == "谷城农商行"
    assert head(title, after=("全年公开信息12条。",)).agency is None


def test_names_of_a_menu_that_run_together_are_none() -> None:
    assert clean_agency("佳县民政局佳县水利局") is None
    assert clean_agency("民政府") is None


def test_steps_of_a_breadcrumb_have_many_signs() -> None:
    way = "您的位置：首页>部门>谷城县司法局>年报".replace(">", "\u203a")
    assert head(way, REPORT).agency == "谷城县司法局"


# lists


def test_the_last_of_undated_titles_above_a_text_is_its_own() -> None:
    listed = tuple(name + REPORT for name in OTHERS)
    text = "根据条例要求，现公布本机关2023年政府信息公开工作年度报告。"
    assert head(*listed, OWN, text).title == OWN
    assert head(*listed, OWN, "文章发布时间：2024-01-15 | 点击：3", text).title == OWN
    other = "根据条例要求，现公布谷城县水利局2023年政府信息公开工作年度报告。"
    assert head(*listed, OWN, other).agency == "谷城县水利局"


def test_a_title_without_a_name_below_its_agency_s_other_years() -> None:
    listed = tuple(f"谷城县司法局{year}年政府信息公开工作年度报告" for year in (2022, 2021, 2020))
    title = "政府信息公开工作年度报告（2023年度）"
    below = tuple(f"{line}2024-02-0{n}" for n, line in enumerate(listed, start=1))
    found = head(*listed, title, "发布时间：2024-01-15", after=("总体良好。", *below))
    assert (found.title, found.year) == (title, 2023)


# files


@pytest.mark.parametrize("form", ["docx", "odt", "pdf"])
def test_a_file_s_properties_may_be_of_the_file_it_was_made_from(form: str) -> None:
    old = "谷城县水利局2021年政府信息公开工作年度报告"
    meta = {"title": old, "date": "2026-03-04", "Author": "谷城县水利局"}
    found = head(OWN, form=form, title=old, meta=meta)
    assert (found.title, found.agency, found.year) == (OWN, "谷城县司法局", 2023)
    assert (found.published_on, found.publisher) == (None, None)
    assert head("谷城县司法局", REPORT, form=form, title=old).agency == "谷城县司法局"
    assert head(form=form, title=old, meta=meta).title == old

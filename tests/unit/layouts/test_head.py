"""Metadata: each value from the source that can be trusted most, wherever a page prints it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from gongkai.layouts.dates import find_date, find_year, is_date_line, year_of_title
from gongkai.layouts.head import read_head
from gongkai.layouts.naming import agency_of_title, title_rank
from gongkai.layouts.titles import find_title, pieces_with_title
from gongkai.reading.document import Block, Document, Grid, GridCell, Paragraph, Place

if TYPE_CHECKING:
    from gongkai.layouts.metadata import Head

REPORT = "2023年政府信息公开工作年度报告"
NAMELESS = "本机关" + REPORT


def paragraphs(*lines: str) -> list[Paragraph]:
    return [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, start=1)]


def grid(*rows: list[str]) -> Grid:
    return Grid([[GridCell(t, c) for c, t in enumerate(row)] for row in rows], Place(table=1))


def head(
    *lines: str | Grid,
    after: tuple[str, ...] = (),
    end: tuple[Grid, ...] = (),
    title: str = "",
    path: str = "1.html",
    url: str | None = None,
    meta: dict[str, str] | None = None,
) -> Head:
    lead: list[Block] = [b if isinstance(b, Grid) else paragraphs(b)[0] for b in lines]
    rest = paragraphs(*after)
    blocks = [*lead, *rest, *end]
    document = Document(blocks, "html", path=path, title=title, url=url, meta=meta or {})
    return read_head(document, lead, rest)


# titles


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("山东省烟台市栖", "霞市司法局" + REPORT),
        ("毕节市公安局威宁", "彝族回族苗族自治县分局" + REPORT),
        ("酉阳土家族苗", "族自治县司法局" + REPORT),
        ("大理白族自", "治州综合保税区管理委员会" + REPORT),
        ("波密县人", "民政府办公室" + REPORT),
        ("烟台市", "栖霞市司法局" + REPORT),
        ("栖霞市人民政府办", "公室" + REPORT),
        ("栖霞市人民政府", "办公室" + REPORT),
        ("栖霞市朝阳街道办", "事处" + REPORT),
    ],
)
def test_a_title_that_breaks_inside_its_agency_is_joined(first: str, second: str) -> None:
    found = find_title(paragraphs("首页", first, second))
    assert found is not None
    assert found[0] == first + second


@pytest.mark.parametrize(
    "above",
    [
        "谷城县人民政府",
        "谷城县部门信息公开",
        "走进谷城县网站",
        "谷城县",
        "乡镇街道",
        "各县区",
        "通知公告",
        "六、其他需要报告的事项",
    ],
)
def test_a_line_above_a_title_is_not_joined_to_it(above: str) -> None:
    title = "谷城县司法局" + REPORT
    found = find_title(paragraphs(above, title))
    assert found is not None
    assert found[0] == title


def test_the_title_is_no_entry_of_a_list() -> None:
    listed = ["谷城县城关镇人民政府2021年政府信息公开工作年度报告2022-03-02"]
    found = find_title(paragraphs(*listed, "谷城县司法局" + REPORT))
    assert found is not None
    assert found[0] == "谷城县司法局" + REPORT


def test_the_page_s_own_title_decides_between_two() -> None:
    lines = ["谷城县教育局" + REPORT, "谷城县司法局" + REPORT]
    found = find_title(paragraphs(*lines), own=f"{lines[1]}-谷城县人民政府门户网站")
    assert found is not None
    assert found[0] == lines[1]


OTHERS = [f"谷城县司法局{year}年政府信息公开工作年度报告" for year in (2024, 2022, 2021)]


@pytest.mark.parametrize(
    "listed",
    [
        OTHERS,
        OTHERS[1:2],
        [f"{title}{year}-01-20" for title, year in zip(OTHERS, (2025, 2023, 2022), strict=True)],
    ],
)
@pytest.mark.parametrize("title", [REPORT, NAMELESS, "谷城县司法局２０２３年政府信息公开年报"])
def test_other_years_of_a_list_are_not_the_report_s(listed: list[str], title: str) -> None:
    after = ("2023年，我局公开120条。", "2024年将加强培训。")
    found = head(*listed, title, "发布日期：2024-01-15", after=after)
    assert (found.title, found.year) == (title, 2023)


def test_a_list_does_not_name_a_year_that_the_title_leaves_out() -> None:
    title = "谷城县司法局政府信息公开工作年度报告"
    lines = (*OTHERS, title, "发布日期：2024-01-15")
    found = head(*lines, after=("2023年，我局公开120条政府信息。",))
    assert (found.title, found.agency, found.year) == (title, "谷城县司法局", 2023)


@pytest.mark.parametrize("link", ["上一篇：", "下一条: ", "上一篇 "])
def test_a_link_to_another_year_s_report_names_no_year(link: str) -> None:
    after = ("2023年，我局公开120条。", link + "2022年政府信息公开工作年度报告")
    assert head(after=after).year == 2023


@pytest.mark.parametrize(
    "listed", [OTHERS, OTHERS[1:2], ["谷城县人民政府" + REPORT + "2024-01-20"]]
)
def test_the_page_s_own_title_is_no_other_report_s(listed: list[str]) -> None:
    title = "谷城县司法局" + REPORT
    found = head(
        *listed, title=f"{title}_谷城县人民政府", after=("2023年，谷城县司法局公开120条。",)
    )
    assert (found.title, found.year) == (title, 2023)


def test_a_list_gives_no_title_to_a_report_without_one() -> None:
    after = ("2023年，我局公开120条。", "一年来，2023年的任务均已完成。")
    found = head(*OTHERS, "发布日期：2024-01-15", after=after)
    assert (found.title, found.year) == (None, 2023)


def test_a_notice_tells_of_the_report() -> None:
    title = "谷城县司法局" + REPORT
    after = ("2023年，谷城县司法局公开120条。",)
    assert head(f"关于公布{title}的公告", "2024-01-15 发布", title, after=after).title == title


@pytest.mark.parametrize(
    "behind", [" 来源：办公室", "2024-01-15", " [2024-01-15]", " 发布时间：2024-01-15"]
)
def test_what_runs_on_from_a_title_is_cut(behind: str) -> None:
    title = "谷城县司法局" + REPORT
    assert head(title + behind).title == title


def test_a_breadcrumb_of_lines_is_no_part_of_a_title() -> None:
    title = "谷城县司法局 2023年 政府信息公开工作 年度报告"
    found = head("首页", "谷城县司法局", "年报", title)
    assert (found.title, found.agency) == (title, "谷城县司法局")


@pytest.mark.parametrize(
    "title",
    [
        "谷城县司法局〔2023〕年度政府信息公开工作年度报告",
        "谷城县司法局·2023年政府信息公开年度报告",
        "谷城县司法局２０２３年政府信息公开年度报告",
    ],
)
def test_signs_around_a_year_are_no_part_of_the_name(title: str) -> None:
    assert (agency_of_title(title), year_of_title(title)) == ("谷城县司法局", 2023)


def test_a_line_of_dashes_or_a_label_is_no_part_of_a_title() -> None:
    for below in ("==========", "发布日期"):
        found = find_title(paragraphs("谷城县司法局" + REPORT, below, "2024-01-10"))
        assert found is not None
        assert found[0] == "谷城县司法局" + REPORT


@pytest.mark.parametrize("place", ["徐闻县㟃塘街道办事处", "谷城县𬭎河镇人民政府", "䢺城县司法局"])
def test_rare_characters_belong_to_names(place: str) -> None:
    assert agency_of_title(place + REPORT) == place


@pytest.mark.parametrize(
    "title",
    [
        "谷城县司法局2023年信息公开年报",
        "谷城县司法局2023年度政务公开工作总结报告",
        "谷城县司法局2023年政府信息公开工作总结",
        "谷城县司法局2023年政府信息工作年度报告",
        "谷城县司法局信息公开2023年度报告",
        "谷城县司法局政府信息公开工作2023年度报告",
        "谷城县司法局2023年政府信息主动公开年度报告",
        "谷城县司法局2023年政府信息与政务公开工作年度报告",
        "谷城县司法局2023年法治建设暨政府信息公开工作年度报告",
        "谷城县司法局2022—2023年政府信息公开工作年度报告",
        "谷城县司法局2023年年报",
        "【年度报告】谷城县司法局2023年政府信息公开工作年度报告",
        "关于2023年度谷城县司法局政府信息公开工作的年度报告",
        "关于公布《谷城县司法局2023年政府信息公开工作年度报告》的通知",
        "谷城县司法局关于报送2023年度政府信息公开工作年度报告的函",
        "2023年度政府信息公开工作年度报告（谷城县司法局）",
        "2023年政府信息公开工作年度报告——谷城县司法局",
    ],
)
def test_titles_have_many_words(title: str) -> None:
    assert title_rank(title)
    assert agency_of_title(title) == "谷城县司法局"


@pytest.mark.parametrize(
    "agency",
    [
        "谷城县第一中学",
        "谷城县实验小学",
        "中华人民共和国谷城海关",
        "谷城县（高新区）管委会",
        "谷城县供电公司",
        "谷城县人民政府",
        "台州市人民政府",
        "社旗县中心医院",
    ],
)
def test_other_bodies_report_too(agency: str) -> None:
    assert agency_of_title(f"{agency}2023年信息公开年度报告") == agency


@pytest.mark.parametrize(
    "line", ["谷城县司法局2023年工作总结", "2023年年报", "政府信息公开指南", "年度报告"]
)
def test_other_papers_are_no_reports(line: str) -> None:
    assert not title_rank(line)


@pytest.mark.parametrize(
    "text",
    [
        "{}_谷城县人民政府门户网站",
        "谷城县人民政府-{}",
        "谷城县人民政府 政府信息公开 {}",
        "政府信息公开>>{}",
        "{} - 年报 - 谷城县人民政府",
    ],
)
@pytest.mark.parametrize(
    "title", ["谷城县司法局2023年信息公开年报", "谷城县司法局 2022-2023年政务公开报告"]
)
def test_the_title_is_found_within_a_page_s_name(text: str, title: str) -> None:
    assert next(pieces_with_title(text.format(title))) == title


def test_a_title_may_stand_in_a_breadcrumb_or_in_a_row_alone() -> None:
    title = "谷城县司法局2023年信息公开年报"
    found = head(f"当前位置：首页 > 政府信息公开 > {title}")
    assert (found.title, found.agency, found.year) == (title, "谷城县司法局", 2023)
    assert head(grid([title], ["索引号", "A1/2024-7"])).title == title


@pytest.mark.parametrize(
    "label", ["标题：", "• 名称：", "发布日期：2024-01-15 名称：", "1 发布机构：谷城县司法局名称："]
)
def test_a_label_is_no_part_of_the_title(label: str) -> None:
    assert head(f"{label}谷城县司法局{REPORT}").title == "谷城县司法局" + REPORT


def test_labels_behind_a_title_are_no_part_of_it() -> None:
    line = f"名称：谷城县司法局{REPORT} 文号：谷司〔2024〕3号 索引号：A1/2024-7"
    assert head(line).title == "谷城县司法局" + REPORT


def test_a_column_s_name_gives_way_to_a_title_that_tells_more() -> None:
    title = "谷城县司法局" + REPORT
    assert head("政府信息公开年报", title=title).title == title
    assert head("政府信息公开年报", meta={"ArticleTitle": title}).title == title
    assert head("政府信息公开年报").title == "政府信息公开年报"
    assert head(title=f"{title}_政府信息公开年报_谷城县人民政府").title == title


# dates


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("年报(2023)", 2023),
        ("司法局2023政府信息公开年报", 2023),
        ("2 0 2 3 年年报", 2023),
        ("二○二三年年报", 2023),
        ("2023年年报2024-01-15", 2023),
        ("2022—2023年年报", None),
        ("2023年度、2022年度年报", None),
        ("年报20231", None),
    ],
)
def test_a_title_names_one_year_or_none(title: str, year: int | None) -> None:
    assert year_of_title(title) == year


def test_a_title_of_two_years_leaves_the_year_to_the_text() -> None:
    title = "谷城县司法局2022—2023年政府信息公开工作年度报告"
    assert head(title, "统计期限自2022年1月1日起。").year == 2022
    assert head(title).year is None


@pytest.mark.parametrize(
    "line",
    [
        "2024-01-15 09:30 来源：谷城县司法局 浏览：33",
        "谷城县司法局 | 2024-01-15 09:30 | 点击：33",
        "2024-01-15来源：谷城县司法局",
        "来源:谷城县司法局发布时间:2024-01-15 10:00:00浏览次数:12次",
        "【来源：谷城县司法局】【发布日期：2024-01-15】【字体：大 中 小】",
        "来源：谷城县司法局 / 上传时间：2024-01-15 / 点击：33",
        "录入时间∶2024年01月15日09时30分",
        "来源：谷城县司法局时间：2024-01-15 16:08:53访问量：2023",
        "来源：谷城县司法局审核时间：2024-01-10 发布时间：2024-01-15",
        "2024-01-15 发布 谷城县司法局 阅读 23",
        "2024年1月15日 · 谷城县司法局",
        "发布日期/公开日期：2024-01-15",
        "信息发布时间：2024-01-15 10:00",
    ],
)
def test_a_head_on_one_line(line: str) -> None:
    found = head(NAMELESS, line)
    assert found.published_on == date(2024, 1, 15)
    assert found.publisher in (None, "谷城县司法局")


@pytest.mark.parametrize(
    "line",
    [
        "有效期至：2026-01-01　来源：谷城县司法局",
        "成文日期：2024-01-10 点击：3",
        "来源：谷城县司法局审核时间：2024-01-10",
        "今天是2024年1月10日 星期三 天气晴",
        "打印时间：2024-01-10",
    ],
)
def test_other_dates_are_not_of_publication(line: str) -> None:
    assert head(NAMELESS, line).published_on is None


def test_an_update_is_asked_after_the_page_s_own_date() -> None:
    found = head(NAMELESS, "更新时间：2024-09-01", meta={"PubDate": "2024-01-15 10:00"})
    assert found.published_on == date(2024, 1, 15)
    assert head(NAMELESS, "更新时间：2024-09-01").published_on == date(2024, 9, 1)


@pytest.mark.parametrize("body", ["人民政府", "办事处"])
def test_a_town_is_given_with_what_governs_it_where_the_text_says_it(body: str) -> None:
    title = "茅坪回族镇" + REPORT
    found = head(title, f"茅坪回族镇{body}严格按照条例要求，加强政务信息管理。")
    assert (found.title, found.agency) == (title, f"茅坪回族镇{body}")
    assert head(title, "茅坪回族镇加强政务信息管理。").agency == "茅坪回族镇"


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://a.gov.cn/zfxxgk/202401/t20240118_11520599_wap.html", date(2024, 1, 18)),
        ("https://a.gov.cn/art/2024/1/8/art_46355_1634538.html", date(2024, 1, 8)),
        ("https://a.gov.cn/2024-01/19/content_3.htm", date(2024, 1, 19)),
        ("https://a.gov.cn/202203/t20220318_1.html", None),
        ("https://a.gov.cn/202401/t20241318_1.html", None),
        ("https://a.gov.cn/content/post_20240119.html", None),
        ("reports/2024-01-15/page.html", None),
    ],
)
def test_an_address_says_the_day_where_the_page_does_not(address: str, day: date | None) -> None:
    title = "谷城县司法局" + REPORT
    assert head(title, url=address).published_on == day
    assert head(title, path=address).published_on == day
    assert head(title, "发布日期：2024-01-20", url=address).published_on == date(2024, 1, 20)


def test_a_catalogue_s_day_of_issue_is_taken_where_no_other_is_labelled() -> None:
    issued = "发文日期：2024年01月16日"
    assert head("谷城县司法局" + REPORT, issued).published_on == date(2024, 1, 16)
    both = head("谷城县司法局" + REPORT, issued, "公开日期：2024年01月20日")
    assert both.published_on == date(2024, 1, 20)
    assert head("谷城县司法局" + REPORT, "发文日期：2021年01月16日").published_on is None


def test_an_empty_label_takes_no_line_with_another_label() -> None:
    assert head("文号：", "信息分类：年报", NAMELESS).document_number is None
    assert head("文号：", "谷城县司法局" + REPORT).document_number is None
    assert head("文号：", "谷政办〔2024〕5号").document_number == "谷政办〔2024〕5号"


def test_a_label_may_have_two_names() -> None:
    table = grid(["索引号/信息标识", "A1/2024-00012", "发布日期/公开日期", "2024-01-15"])
    found = head(NAMELESS, table)
    assert (found.index_number, found.published_on) == ("A1/2024-00012", date(2024, 1, 15))


@pytest.mark.parametrize("zero", "〇○零Oo0\uff2f")
def test_a_chinese_date_is_read_however_its_zero_is_typed(zero: str) -> None:
    text = f"二{zero}二三年一月二十三日"
    assert find_date(text) == date(2023, 1, 23)
    assert find_year(text) == 2023
    assert is_date_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "2023-01-23T09:30:00+08:00",
        "2023-01-23T01:30:00.000Z",
        "2023年1月23日 星期一",
        "（2023.1.23 上午9:30）",
        "2023-01-23 09:30 123次浏览",
        "2023-01-23 阅读（33）",
    ],
)
def test_times_and_weekdays_stand_in_date_lines(text: str) -> None:
    assert is_date_line(text)
    assert head("谷城县司法局" + REPORT, text).published_on == date(2023, 1, 23)


@pytest.mark.parametrize(
    "text",
    ["2023年1月23日召开会议", "2023年1月23日起点击报名", "周三", "2023年", "上午9:30"],
)
def test_other_lines_are_no_date_lines(text: str) -> None:
    assert not is_date_line(text)


@pytest.mark.parametrize(
    "value", ["1706058000000", "1706058000", "20240124", "2024-01-24 09:00:00"]
)
def test_programs_write_dates_in_their_own_ways(value: str) -> None:
    assert head(meta={"publishDate": value}).published_on == date(2024, 1, 24)


def test_a_day_of_publication_may_stand_below_the_report() -> None:
    assert head(NAMELESS, after=("无。", "发布日期：2024-01-12")).published_on == date(2024, 1, 12)
    assert head(NAMELESS, after=("无。", "日期：2024-01-12")).published_on is None
    others = ("发布日期：2024-01-12", "发布日期：2024-02-12")
    assert head(NAMELESS, after=others).published_on is None


@pytest.mark.parametrize(
    "line",
    [
        "谷城县教育局发布2024-01-12 18:05发表于",
        "谷城县教育局发布 2024年1月12日 18:05 阅读 33",
        "谷城县教育局2024-01-12阅读 33",
        "2024-01-12谷城县教育局阅读：33",
    ],
)
def test_an_account_tells_when_it_published(line: str) -> None:
    assert head(NAMELESS, line).published_on == date(2024, 1, 12)


def test_a_place_s_name_may_end_before_a_label() -> None:
    found = head("来源：谷城县时间：2024-01-12点击：22次", NAMELESS)
    assert found.published_on == date(2024, 1, 12)


# labelled values


@pytest.mark.parametrize(
    "label", ["索引号/Index：", "索引号 / Index No.：", "[ 索引号 ]", "【 索引号 】："]
)
def test_a_label_has_a_second_name_or_stands_in_wide_brackets(label: str) -> None:
    assert head(f"{label}A1/2024-7").index_number == "A1/2024-7"
    assert head(grid([label, "A1/2024-7"])).index_number == "A1/2024-7"
    assert head(grid(["索引号/Index", "A1/2024-7"])).index_number == "A1/2024-7"


def test_a_label_that_is_trusted_more_wins_whatever_the_order() -> None:
    found = head("生成日期：2024-01-10", "发布日期：2024-01-12")
    assert found.published_on == date(2024, 1, 12)


@pytest.mark.parametrize(
    "block",
    [
        grid(["索引号", "文号", "发布日期"], ["A1/2024-7", "谷政办〔2024〕5号", "2024-01-12"]),
        "【索引号】A1/2024-7 【文号】谷政办〔2024〕5号 【发布日期】2024-01-12",
        "【索引号】A1/2024-7【文号】谷政办〔2024〕5号【发布日期】2024-01-12",
        "[索引号]A1/2024-7  [文号]谷政办〔2024〕5号  [发布日期]2024-01-12",
    ],
)
def test_labels_stand_above_or_in_brackets(block: str | Grid) -> None:
    found = head(block)
    assert (found.index_number, found.document_number) == ("A1/2024-7", "谷政办〔2024〕5号")
    assert found.published_on == date(2024, 1, 12)


def test_labels_run_on_into_their_values() -> None:
    found = head("索引号A1/2024-7", "文　号谷政办[2024]5号", "发布日期2024-01-12", "来源于网络")
    assert (found.index_number, found.document_number) == ("A1/2024-7", "谷政办[2024]5号")
    assert found.published_on == date(2024, 1, 12)
    assert found.publisher is None


def test_a_name_stands_apart_from_a_label_without_a_colon() -> None:
    found = head("文号", "发布机关 谷城县司法局", "发布日期 （2024-01-12）", NAMELESS)
    assert (found.document_number, found.publisher) == (None, "谷城县司法局")
    assert found.published_on == date(2024, 1, 12)


@pytest.mark.parametrize(
    "line",
    [
        "稿源：谷城县司法局发布于：[2024-01-12]阅读：12",
        "发文文号：谷政办〔2024〕5号发布于 ：2024-01-12来 源:谷城县司法局索引码：A1/2024-7",
        "发布部门：谷城县司法局日期：[2024-01-12]",
    ],
)
def test_labelled_values_run_on_into_each_other(line: str) -> None:
    found = head(line, NAMELESS)
    assert (found.publisher, found.published_on) == ("谷城县司法局", date(2024, 1, 12))


def test_labels_of_a_page_in_english_are_known() -> None:
    found = head(
        "Publish Date: 2024-01-12 | Source: 谷城县司法局", "Index No.: A1/2024-7", NAMELESS
    )
    assert (found.publisher, found.published_on) == ("谷城县司法局", date(2024, 1, 12))
    assert found.index_number == "A1/2024-7"


def test_a_metadata_table_may_stand_below_the_report() -> None:
    table = grid(["索引号", "A1/2024-7"], ["发布机构", "谷城县司法局"], ["发布日期", "2024-01-12"])
    found = head(NAMELESS, end=(table,))
    assert found.index_number == "A1/2024-7"
    assert found.published_on == date(2024, 1, 12)
    other = grid(["标题", "公示"], ["发布日期", "2025-01-12"])
    assert head(NAMELESS, end=(other,)).published_on is None


def test_an_empty_label_takes_no_other_s_value() -> None:
    found = head("索引号：", "文号：", "发布日期：2024-01-12")
    assert (found.index_number, found.document_number) == (None, None)
    assert found.published_on == date(2024, 1, 12)


def test_a_document_s_number_stands_on_a_line_of_its_own() -> None:
    assert head("谷政办〔2024〕5号", NAMELESS).document_number == "谷政办〔2024〕5号"
    assert head("见国办公开办函〔2021〕30号、31号", NAMELESS).document_number is None


# the agency


@pytest.mark.parametrize(
    "line",
    [
        "根据《条例》规定，谷城县司法局编制了2023年政府信息公开工作年度报告。",
        "谷城县司法局现向社会公布2023年度政府信息公开工作年度报告。",
        "本报告由谷城县司法局根据《条例》要求编制。",
        "本年度报告由谷城县司法局编制，全文包括六个部分。",
        "填报单位（盖章）：谷城县司法局　　填报日期：2024年1月10日",
        "单位：谷城县司法局",
    ],
)
def test_a_report_says_whose_it_is(line: str) -> None:
    found = head(NAMELESS, line)
    assert (found.agency, found.published_on) == ("谷城县司法局", None)


@pytest.mark.parametrize(
    "line",
    [
        "根据要求，谷城县人民政府公布了2023年政府信息公开工作要点。",
        "我局编制了2023年政府信息公开工作年度报告。",
        "单位：万元",
    ],
)
def test_others_that_a_report_speaks_of_are_not_its_agency(line: str) -> None:
    assert head(NAMELESS, line).agency is None


def test_the_line_below_the_title_names_the_agency() -> None:
    found = head("政府信息公开工作年度报告", "谷城县司法局", "（2023年度）")
    assert (found.agency, found.year) == ("谷城县司法局", 2023)


def test_a_long_foot_of_the_page_hides_no_signature() -> None:
    foot = ("上一篇：无", *(f"链接{n}" for n in range(20)), "主办单位：谷城县人民政府办公室")
    found = head(NAMELESS, after=("一、总体情况", "谷城县司法局", "2024年1月15日", *foot))
    assert found.agency == "谷城县司法局"


def test_an_agency_s_own_site_names_it_and_a_government_s_does_not() -> None:
    assert head(NAMELESS, meta={"SiteName": "谷城县司法局"}).agency == "谷城县司法局"
    assert head(NAMELESS, meta={"SiteName": "谷城县人民政府"}).agency is None


@pytest.mark.parametrize(
    "crumb",
    [
        "当前位置：首页 > 政府信息公开 > 谷城县司法局 > 年度报告",
        "首页 / 部门 / 谷城县司法局 / 政府信息公开年报",
        "您的位置: 首页»谷城县人民政府»谷城县司法局",
    ],
)
def test_the_last_agency_of_a_breadcrumb_reports(crumb: str) -> None:
    assert head(crumb, NAMELESS).agency == "谷城县司法局"


def test_a_short_name_in_a_breadcrumb_is_completed() -> None:
    assert head("位置：首页 > 司法局", "发布机构：谷城县司法局", NAMELESS).agency == "谷城县司法局"


@pytest.mark.parametrize(
    "line", ["谷城县司法局　　2024年1月12日", "谷城县司法局 二〇二四年一月十二日"]
)
def test_a_signature_may_hold_its_date(line: str) -> None:
    assert head(NAMELESS, after=("一、总体情况", line)).agency == "谷城县司法局"


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("", "2023/谷城县司法局_2023.html"),
        ("", "谷城县司法局2023年年报.docx"),
        (f"{REPORT}_谷城县司法局", "1.html"),
    ],
)
def test_names_of_pages_and_files_are_asked_last(title: str, path: str) -> None:
    found = head("年度报告", title=title, path=path)
    assert (found.agency, found.year) == ("谷城县司法局", 2023)


def test_a_portal_is_no_agency() -> None:
    assert head(NAMELESS, title=f"{REPORT}-谷城县人民政府门户网站").agency is None


# dates in other ways


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-01-15 10:30:00",
        "发布日期：2024-01-1510:30:00",
        "发布日期：20240115",
        "发布日期 20240115",
        "发布日期20240115",
        "发布日期：20240115103000",
        "发布日期：2024/1/15",
        "发布日期：2024—01—15",
        "发布日期：2024年元月15日",
        "发布日期：二〇二四年一月十五日",
        "发布日期二〇二四年一月十五日",
        "发布日期：二〇二四年元月十五日",
    ],
)
def test_a_labelled_date_is_read_however_it_is_written(line: str) -> None:
    assert head(line).published_on == date(2024, 1, 15)


@pytest.mark.parametrize(
    "line", ["发布日期：2024-13-15", "发布日期：24-01-15", "发布日期：1月15日"]
)
def test_what_is_no_whole_date_is_none(line: str) -> None:
    assert head(line).published_on is None


@pytest.mark.parametrize(
    "blocks",
    [
        ("成文日期：2024-01-10",),
        ("成文日期", "2024-01-10"),
        ("成文日期：", "2024年1月10日"),
        ("生成日期：2024-01-10",),
        (grid(["生成日期", "2024-01-10"], ["发布日期", ""]),),
    ],
)
def test_the_day_of_writing_is_not_the_day_of_publication(blocks: tuple[str | Grid, ...]) -> None:
    assert head(*blocks).published_on is None


# the agency in the text


@pytest.mark.parametrize(
    "line",
    [
        "青山县教育局根据《中华人民共和国政府信息公开条例》编制本报告。",
        "现公布2023年青山县教育局政府信息公开工作年度报告。",
        "按照县政府办公室的统一部署，青山县教育局现将2023年政府信息公开工作情况报告如下：",
        "本年度，青山县教育局（以下简称“我局”）严格按照要求做好公开。",
        "2023年，在县委、县政府领导下，青山县教育局坚持公开。",
        "一年来，青山县教育局严格按照要求做好公开。",
        "（一）主动公开。青山县教育局通过政府网站公开120条。",
    ],
)
def test_the_text_names_the_agency_that_reports(line: str) -> None:
    assert head(line).agency == "青山县教育局"


@pytest.mark.parametrize(
    "line",
    [
        "一年来，青山市教育局严格考核，我局认真落实。",
        "2023年，青山市教育局严格考核，我局认真落实。",
        "2023年，在青山市教育局的领导下，各项工作有序推进。",
        "2023年，青山市人民政府严格考核。我镇认真落实。",
        "一年来，青山县人民政府高度重视，全面推进公开。",
        "一年来，青山县教育局坚持公开，青山县财政局积极配合。",
        "根据青山县人民政府办公室《关于做好年报的通知》，我局编制本报告。",
        "一年来，全县教育局严格按照要求做好公开。",
    ],
)
def test_another_agency_in_the_text_is_not_taken(line: str) -> None:
    assert head(line).agency is None


def test_a_government_is_not_taken_where_the_breadcrumb_ends_in_its_agency() -> None:
    crumb = "您的位置：首页 > 信息公开 > 青山市夏阳街道办事处 > 年报"
    after = ("2023年，青山市人民政府严格考核，街道认真落实。",)
    assert head(crumb, REPORT, after=after).agency == "青山市夏阳街道办事处"


def test_offices_under_one_roof_are_named_together() -> None:
    name = "安溪县委办公室（县政府办公室）"
    assert head("首页", name, "年报", REPORT).agency == name
    assert head(REPORT, after=("无。", name, "2024年1月10日")).agency == name


# bounds


def test_a_value_of_wide_blanks_is_none() -> None:
    assert head("索引号：\u2003来源：某局").index_number is None
    assert head("索引号：\u2003A1\u2003来源：某局").index_number == "A1"


def test_blanks_behind_a_label_are_looked_at_once() -> None:
    blanks = "\u3000" * 20_000
    found = head("来源", f"来源{blanks}x", f"发{blanks}布", NAMELESS)
    assert (found.publisher, found.title) == (None, NAMELESS)


def test_thousands_of_titles() -> None:
    lines = [f"某市司法{n % 5000}局{REPORT}" for n in range(20_000)]
    found = find_title(paragraphs(*lines), paragraphs("甲" * 300_000))
    assert found is not None
    assert found[0] == lines[0]


def test_metadata_of_a_page_is_bounded() -> None:
    lines = [f"第{n}段" for n in range(20_000)]
    found = head(*lines, after=("2023年" + "字" * 50,), meta={"ArticleTitle": REPORT * 20_000})
    assert found.title is None


def test_a_page_s_own_metadata_may_have_chinese_names() -> None:
    found = head(
        "正文", meta={"发布日期": "2024-01-12", "索引号": "A1/7", "标题": "司法局" + REPORT}
    )
    assert (found.published_on, found.index_number) == (date(2024, 1, 12), "A1/7")
    assert found.title == "司法局" + REPORT


@pytest.mark.parametrize(
    "line",
    [
        "{title}_县人民政府门户网站",
        "{title} - 政务公开",
        "📄{title}",
        "★ {title}",
        "# {title}",
        "名 称 {title}",
    ],
)
def test_sites_and_signs_are_no_part_of_a_title(line: str) -> None:
    title = "栖霞市司法局" + REPORT
    found = head(line.format(title=title))
    assert (found.title, found.agency) == (title, "栖霞市司法局")


@pytest.mark.parametrize(
    ("behind", "day"),
    [
        (" [2024-01-29]", date(2024, 1, 29)),
        ("（2024年1月29日）", date(2024, 1, 29)),
        (" 2023-12-31", None),
        ("（2023年1月1日至2023年12月31日）", None),
    ],
)
def test_a_day_behind_the_title_is_the_day_of_publication(behind: str, day: date | None) -> None:
    assert head("栖霞市司法局" + REPORT + behind).published_on == day


def test_of_titles_that_are_as_good_the_last_one_is_the_report_s() -> None:
    others = [f"栖霞市{name}{REPORT}" for name in ("财政局", "教育局")]
    own = "栖霞市司法局" + REPORT
    # Links below the report name other agencies, and say nothing of the report's own.
    found = head(*others, own, after=(f"下一篇：{others[0]}", "无。"))
    assert (found.title, found.agency) == (own, "栖霞市司法局")


def test_an_agency_may_stand_in_brackets_behind_its_report() -> None:
    assert agency_of_title(f"{REPORT}（栖霞市司法局）") == "栖霞市司法局"
    assert agency_of_title(f"栖霞市财政局{REPORT}（栖霞市司法局）") == "栖霞市财政局"
    assert agency_of_title(f"{REPORT}（公开版）") is None


def test_a_bracket_that_a_line_break_cuts_off_belongs_to_the_title() -> None:
    title = "栖霞市司法局政府信息公开工作年度报告（2023年）"
    assert head(title[:-1], "）").title == title


def test_values_that_run_on_from_their_labels_end_at_the_next_one() -> None:
    found = head(
        "索引号014322907/2024-46751信息分类公开年报",
        "发布机构青山县人民政府发布日期2024-03-09",
    )
    assert found.index_number == "014322907/2024-46751"
    assert (found.publisher, found.published_on) == ("青山县人民政府", date(2024, 3, 9))


def test_values_run_on_from_their_labels_in_cells_of_their_own() -> None:
    rows = [["索引号014322907/2024-46751"], ["发布机构青山县人民政府"], ["发布时间2024/03/09"]]
    found = head(grid(*rows, ["文号"], ["公开方式主动公开"]))
    assert found.index_number == "014322907/2024-46751"
    assert (found.publisher, found.document_number) == (None, None)
    assert found.published_on == date(2024, 3, 9)


def test_a_publisher_that_runs_on_from_its_label_needs_a_sure_value_beside_it() -> None:
    assert head("发布机构青山县教育局", "发布时间2024-03-09").publisher == "青山县教育局"
    assert head("发布时间2024-03-09", "发布机构青山县教育局").publisher == "青山县教育局"
    assert head("发布机构青山县教育局").publisher is None
    assert head("发布机构青山县教育局", "一、总体情况", "发布时间2024-03-09").publisher is None


@pytest.mark.parametrize("time", [" 16:16:41", "T09:30:00+08:00", "T09:30:00.000Z", " 9:05"])
def test_a_date_with_its_time_may_run_on_from_the_name(time: str) -> None:
    assert head(f"青山县人民政府办公室2024-01-16{time}").published_on == date(2024, 1, 16)


def test_an_attachment_s_name_is_a_title_without_its_ending() -> None:
    name = "青山县教育局" + REPORT
    assert head(f"{name}.docx（32.5KB）").title == name
    assert (
        head(f"{name}.pdf", "栏目", "青山县教育局二〇二三年政府信息公开工作年度报告").title != name
    )


@pytest.mark.parametrize(
    ("name", "value", "day"),
    [
        ("PUB_DATE", "2024-01-12 10:00:00", date(2024, 1, 12)),
        ("doc_rel_time", "2024-01-12", date(2024, 1, 12)),
        ("c_fbsj", "2024/01/12", date(2024, 1, 12)),
        ("infoPubTime", "1705024800000", date(2024, 1, 12)),
        ("unPublishTime", "2024-01-12", None),
        ("lastPublishTime", "2024-01-12", None),
        ("updateTime", "2024-01-12", None),
    ],
)
def test_programs_name_a_date_in_many_ways(name: str, value: str, day: date | None) -> None:
    assert head("正文", meta={name: value}).published_on == day


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("INDEX_NUM", "A1/7", "A1/7"),
        ("vc_indexcode", "GK2024-1", "GK2024-1"),
        ("xxSYH", "GK2024-1", "GK2024-1"),
        ("fileIndex", "GK2024-00012", "GK2024-00012"),
        ("fileIndex", "3", None),
        ("index", "GK2024-00012", None),
    ],
)
def test_programs_name_an_index_number_in_many_ways(
    name: str, value: str, number: str | None
) -> None:
    assert head("正文", meta={name: value}).index_number == number


@pytest.mark.parametrize(
    ("value", "number"),
    [("徐司〔2024〕3号", "徐司〔2024〕3号"), ("2155421", None), ("第3号", None)],
)
def test_programs_name_numbers_of_papers_too(value: str, number: str | None) -> None:
    meta = {"document_number": value, "source": "本网", "publisher": "徐闻县人民政府"}
    found = head("正文", meta=meta)
    assert (found.document_number, found.publisher) == (number, "徐闻县人民政府")


def test_a_title_is_known_by_its_words_whatever_its_name() -> None:
    found = head(
        "正文", meta={"column": "年报", "xxbt": "栖霞市司法局" + REPORT, "old": "乙局" + REPORT}
    )
    assert (found.title, found.agency) == ("栖霞市司法局" + REPORT, "栖霞市司法局")


@pytest.mark.parametrize(
    ("name", "label", "printed", "value"),
    [
        (
            "index_number",
            "索引号",
            "1117036946988763/2026-\n0043118",
            "1117036946988763/2026-0043118",
        ),
        ("index_number", "索引号", "1117036946\n98876300\n431", "111703694698876300431"),
        ("index_number", "索引号", "GK2024-01\n2024-01-15", "GK2024-01"),
        ("index_number", "索引号", "GK2024-01\n（存档）", "GK2024-01"),
        ("publisher", "发布机构", "某县教\n育局", "某县教育局"),
        ("publisher", "发布机构", "某县教育局\n办公室", "某县教育局\n办公室"),
    ],
)
def test_a_value_may_be_wrapped_in_its_cell(
    name: str, label: str, printed: str, value: str
) -> None:
    block = grid([label, printed, "公开方式", "主动公开"])
    assert getattr(head(block, "2024年某县教育局政府信息公开工作年度报告"), name) == value


# words of a title that is a picture, and dates with short years


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("24/01/28", date(2024, 1, 28)),
        ("24-1-8 10:23", date(2024, 1, 8)),
        ("28/01/24", None),
        ("23.01.28", None),
        ("24/13/28", None),
    ],
)
def test_a_year_of_two_figures_is_the_one_after_the_report_s(value: str, day: date | None) -> None:
    assert head("谷城县司法局" + REPORT, f"发布时间：{value}").published_on == day


@pytest.mark.parametrize("titled", [2022, 2024])
def test_period_and_day_of_publication_together_are_believed_against_a_title(titled: int) -> None:
    title = f"谷城县教育局{titled}年政府信息公开工作年度报告"
    period = "本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    found = head(title, "发布日期：2024-01-15", period)
    assert (found.title, found.year) == (title, 2023)
    assert head(title, "发布日期：2024-01-15", "2023年，我局主动公开。").year == titled
    assert head(title, period).year == titled
    # It may have moved to another site since.
    assert head(title, "发布日期：2026-01-15", period).year == titled


def test_a_link_to_the_report_of_the_year_before_says_no_year() -> None:
    after = ("2023年，我局公开信息12条。", "2022年政府信息公开工作年度报告")
    assert head("政府信息公开年报", "发布时间：2024-01-28", after=after).year == 2023


def test_a_source_that_ends_in_a_net_is_whole() -> None:
    found = head("谷城县司法局" + REPORT, "来源：谷城县政府网时间：2024/1/28点击：次")
    assert (found.publisher, found.published_on) == ("谷城县政府网", date(2024, 1, 28))


def test_labels_above_their_values_in_one_column() -> None:
    rows = [
        ["索引号"],
        ["014322907/2024-46751"],
        ["发布机构"],
        ["谷城县人民政府"],
        ["文号"],
        ["来源：县"],
    ]
    found = head(grid(*rows), "谷城县司法局" + REPORT)
    assert found.index_number == "014322907/2024-46751"
    assert (found.publisher, found.document_number) == ("谷城县人民政府", None)


def test_labels_and_values_in_tables_beside_each_other() -> None:
    labels = grid(["索引号："], ["发布机构："], ["发布日期："])
    values = grid(["014322907/2024-46751"], ["谷城县司法局"], ["2024-01-12"])
    found = head(labels, values, "谷城县司法局" + REPORT)
    assert (found.index_number, found.publisher) == ("014322907/2024-46751", "谷城县司法局")
    assert found.published_on == date(2024, 1, 12)


def test_a_day_behind_a_writer_is_that_of_publication() -> None:
    found = head("谷城县司法局" + REPORT, "作者：管理员 | 发布于 2024-01-12 09:30 | 分类：公开")
    assert found.published_on == date(2024, 1, 12)


# what stands beside a title


def test_a_menu_s_years_are_no_part_of_a_title() -> None:
    years = [f"{year}年" for year in range(2018, 2023)]
    found = head("政府信息公开年报", *years, "谷城县司法局政府信息公开工作年度报告", "（2021年）")
    assert (found.agency, found.year) == ("谷城县司法局", 2021)
    assert (
        head("政府信息公开年报", "公开指南", *years, after=("2021年，本机关公开5条。",)).year
        == 2021
    )


def test_a_breadcrumb_s_folder_is_no_year_of_the_report() -> None:
    found = head("首页 > 公开年报 > 2022年", "谷城县司法局政府信息公开工作年度报告")
    assert found.year is None


def test_a_whole_year_in_a_title() -> None:
    title = "谷城县司法局政府信息公开工作年度报告（2023年1月1日至2023年12月31日）"
    assert (head(title).title, head(title).year) == (title, 2023)


@pytest.mark.parametrize(
    "entries",
    [
        ["2024-02-01 谷城县水利局" + REPORT, "2024-01-31 谷城县民政局" + REPORT],
        [f"谷城县{name}局{REPORT}" for name in ("水利", "民政", "司法")],
    ],
)
def test_a_list_alone_gives_no_title(entries: list[str]) -> None:
    found = head(*entries, "公开专栏", "2025-02-20", after=("2024年，我单位公开5条。",))
    assert (found.title, found.agency, found.year) == (None, None, 2024)


@pytest.mark.parametrize("number", ["3.", "（3）", "附件1：", "附：", "「"])
def test_what_stands_before_a_title_is_no_part_of_the_name(number: str) -> None:
    found = head(number + "谷城县司法局" + REPORT, "来源：谷城县人民政府")
    assert (found.agency, found.year) == ("谷城县司法局", 2023)


def test_contents_are_no_part_of_a_title() -> None:
    assert head("谷城县司法局" + REPORT, "目 录").title == "谷城县司法局" + REPORT


def test_a_title_is_without_characters_of_no_width() -> None:
    assert head("谷城县司法局\u200b" + REPORT).title == "谷城县司法局" + REPORT


@pytest.mark.parametrize(
    "line",
    [
        "谷城宣传谷城发布2024-01-15 18:03湖北",
        "二〇二四年一月十五日 来源：谷城县司法局",
        "2024年1月15日 | 谷城县人民政府 | 字号 T T",
        "20240115",
        "（襄阳海关　2024年1月15日）",
    ],
)
def test_a_day_below_the_title_is_of_publication(line: str) -> None:
    assert head(NAMELESS, line).published_on == date(2024, 1, 15)


@pytest.mark.parametrize(
    "line", ["谷城县司法局　2024-01-15　阅读 169 次", "由webmaster提交于2024-01-15"]
)
def test_a_day_may_stand_between_the_portal_s_title_and_the_report_s(line: str) -> None:
    title = "谷城县司法局" + REPORT
    found = head(title, line, title, "一、总体情况")
    assert (found.title, found.published_on) == (title, date(2024, 1, 15))


@pytest.mark.parametrize(
    "line",
    [
        "公告：我局定于2024年5月1日放假",
        "（2023年1月1日—2023年12月31日）",
        "抓取时间：2024-01-15 18:03",
        "2022年谷城县司法局政府信息公开工作年度报告 2024-01-15 18:03",
    ],
)
def test_other_days_below_the_title_are_not(line: str) -> None:
    assert head("谷城县司法局政府信息公开工作年度报告", line).published_on is None


def test_the_title_that_says_whose_stands_below_the_column_s_name() -> None:
    own = "谷城县司法局" + REPORT
    found = head(REPORT, "日期：2024-01-15", own, title=REPORT)
    assert (found.title, found.agency) == (own, "谷城县司法局")
    assert head(REPORT, own, "谷城县教育局" + REPORT, title=REPORT).title == REPORT
    assert head(REPORT, "推荐：" + own, title=REPORT).title == REPORT


def test_a_title_below_a_list_is_the_report_s_own() -> None:
    listed = [f"{n}2023年政府信息公开年报" for n in ("襄阳海关", "湖北文理学院", "谷城县教育局")]
    own = "谷城县司法局" + REPORT
    page = ("专题专栏", *listed, own, "2024年1月15日")
    assert head(*page, title="政府信息公开年报").title == own
    assert head(*page, after=("我局公开12条。",), title="政府信息公开年报").title == own
    for line in ("我镇公开12条。", "2021年，公开12条。"):
        assert head(*page, after=(line,), title="政府信息公开年报").agency is None

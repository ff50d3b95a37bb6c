"""Agencies where a government publishes, and titles that leave out or shorten their names."""

from __future__ import annotations

import pytest

from gongkai.layouts.head import Head, read_head
from gongkai.layouts.naming import agency_of_title, body_of_title
from gongkai.reading.document import Document, Paragraph, Place

REPORT = "2023年政府信息公开工作年度报告"
COUNTY = "来源：谷城县人民政府"


def head(*lines: str, after: tuple[str, ...] = (), title: str = "") -> Head:
    lead = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, start=1)]
    rest = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(after, start=50)]
    return read_head(Document([*lead, *rest], "html", title=title), lead, rest)


def test_a_government_that_publishes_is_no_agency_that_says_our_bureau() -> None:
    assert head(REPORT, COUNTY, after=("我局主动公开信息12条。",)).agency is None
    assert head(REPORT, COUNTY, after=("我县主动公开信息12条。",)).agency == "谷城县人民政府"
    assert head(REPORT, COUNTY, after=("我办主动公开信息12条。",)).agency == "谷城县人民政府"
    assert head(REPORT, "来源：谷城县司法局", after=("我局公开12条。",)).agency == "谷城县司法局"


def test_nor_is_the_site_whose_name_the_page_bears() -> None:
    assert head(REPORT, after=("我局主动公开信息12条。",), title="谷城县人民政府").agency is None


def test_the_county_of_a_short_name_is_that_of_its_government() -> None:
    assert head("县司法局" + REPORT, COUNTY).agency == "谷城县司法局"
    assert head("县司法局" + REPORT, "来源：谷城县司法局").agency == "谷城县司法局"
    assert head("市司法局" + REPORT, COUNTY).agency is None


@pytest.mark.parametrize("name", ["司法局", "市场监督管理局", "城市管理局"])
def test_a_name_without_its_place_has_the_publishers(name: str) -> None:
    found = head(name + REPORT, f"来源：谷城县{name}")
    assert found.agency == f"谷城县{name}"
    assert found.title == name + REPORT


def test_a_name_with_its_place_stays_as_printed() -> None:
    assert head("谷城县司法局" + REPORT, "来源：襄阳市谷城县司法局").agency == "谷城县司法局"


@pytest.mark.parametrize("office", ["", "办公室", "政务公开科"])
def test_who_answers_questions_about_a_report_is_who_reports(office: str) -> None:
    line = f"如对本报告有疑问，请与谷城县司法局{office}联系（电话：0710-1234567）。"
    assert head(REPORT, COUNTY, line).agency == "谷城县司法局"
    rest = tuple(f"公开了第{n}类信息。" for n in range(30))
    assert head(REPORT, COUNTY, after=(*rest, line)).agency == "谷城县司法局"


@pytest.mark.parametrize(
    "name", ["谷城县残联", "谷城县文联", "谷城县科协", "湖北省沙洋监狱", "中国人民银行谷城县支行"]
)
def test_more_bodies_are_known_by_their_names_ends(name: str) -> None:
    assert agency_of_title(name + REPORT) == name


def test_a_body_of_any_name_is_not_its_publisher() -> None:
    assert body_of_title("兵团石河子市第一师" + REPORT) == "兵团石河子市第一师"
    assert head("谷城县石花茶场一队旧址驿" + REPORT, COUNTY).agency == "谷城县石花茶场一队旧址驿"
    assert body_of_title("谷城县各部门" + REPORT) is None


@pytest.mark.parametrize(
    "title",
    [
        f"谷城县司法局关于印发《谷城县司法局{REPORT}》的通知",
        f"谷城县司法局关于印发谷城县司法局{REPORT}的通知",
        f"谷城县司法局关于发布《{REPORT}》的公告",
        f"关于公布《谷城县司法局{REPORT}》的公告",
    ],
)
def test_a_notice_names_the_agency_once_or_twice(title: str) -> None:
    assert agency_of_title(title) == "谷城县司法局"


def test_a_sites_name_is_no_part_of_the_title_below_it() -> None:
    found = head("谷城县人民政府门户网站", REPORT, "来源：谷城县司法局")
    assert (found.title, found.agency) == (REPORT, "谷城县司法局")
    assert head("谷城县人民政府门户网站", "我局" + REPORT).agency is None


@pytest.mark.parametrize(
    "name",
    [
        "正镶白旗乌兰查布苏木",
        "中国（湖北）自由贸易试验区襄阳片区管理委员会",
        "谷城县文化和旅游局（谷城县体育局、谷城县文物局）",
        "国网湖北省电力有限公司襄阳供电公司",
        "中共谷城县委机构编制委员会办公室",
    ],
)
def test_names_of_many_bodies(name: str) -> None:
    titles = (name + REPORT, f"{REPORT}（{name}）", f"{REPORT}——{name}", f"转发：{name}{REPORT}")
    for title in (*titles, f"（2023年度）{name}{REPORT[5:]}"):
        assert head(title, COUNTY).agency == name


@pytest.mark.parametrize(
    "title", ["国网谷城供电" + REPORT, REPORT + "（县教育局）", "堰河" + REPORT]
)
def test_a_title_with_another_s_name_does_not_go_to_the_publisher(title: str) -> None:
    assert head(title, "来源：襄阳市人民政府", title="襄阳市人民政府").agency is None


def test_a_government_that_publishes_what_has_no_title_is_no_agency() -> None:
    assert head("政府信息公开年报", COUNTY).agency is None
    assert head("政府信息公开年报", "来源：谷城县司法局").agency == "谷城县司法局"


def test_the_agency_above_a_title_is_whose_report_it_is() -> None:
    name = "襄阳北站地区综合管理办公室"
    assert head(name, REPORT, COUNTY, title=REPORT).agency == name
    town = head(name, REPORT, after=("我镇公开12条。",), title=REPORT)
    assert (town.title, town.agency) == (REPORT, None)


def test_a_label_before_a_title_may_be_the_agency() -> None:
    assert head("【谷城县司法局】" + REPORT, COUNTY).agency == "谷城县司法局"
    assert head("【年度报告】谷城县司法局" + REPORT, COUNTY).agency == "谷城县司法局"


def test_names_of_a_menu_that_run_on_are_no_agency() -> None:
    assert head("谷城县水利局 谷城县民政局 谷城县司法局", REPORT, COUNTY).agency == "谷城县人民政府"


def test_a_meeting_is_no_agency() -> None:
    news = ("谷城县召开政务公开推进会 2024-02-01",)
    assert head(REPORT, after=("无。", "热点", *news)).agency is None

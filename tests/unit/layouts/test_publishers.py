"""Agencies where a government publishes, and titles that leave out or shorten their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gongkai.layouts.head import read_head
from gongkai.layouts.naming import agency_of_title, body_of_title
from gongkai.layouts.publishers import may_report
from gongkai.reading.document import Document, Paragraph, Place

if TYPE_CHECKING:
    from gongkai.layouts.metadata import Head

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


@pytest.mark.parametrize("year", ["-2023年", " - 2023年度", "_2023"])
def test_a_year_behind_a_dash_is_a_titles_own(year: str) -> None:
    title = f"谷城县教育局政府信息公开工作年度报告{year}"
    found = head(title, "2024-01-15 10:20 阅读：12")
    assert (found.title, found.year, str(found.published_on)) == (title, 2023, "2024-01-15")


@pytest.mark.parametrize("site", ["-谷城县人民政府", " – 谷城县司法局", "_年报_谷城县人民政府"])
def test_a_sites_name_behind_the_title_is_no_part_of_it(site: str) -> None:
    title = "谷城县司法局" + REPORT
    assert head(title + site, title=title + site).title == title


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
    names = "谷城县水利局 谷城县民政局 谷城县司法局"
    own = ("我县公开12条。",)
    assert head(names, REPORT, COUNTY, after=own).agency == "谷城县人民政府"


def test_a_meeting_is_no_agency() -> None:
    news = ("谷城县召开政务公开推进会 2024-02-01",)
    assert head(REPORT, after=("无。", "热点", *news)).agency is None


@pytest.mark.parametrize("line", ["本机关公开12条。", "2023年，公开工作有序推进。"])
def test_a_government_that_publishes_is_no_agency_unless_the_text_is_its_own(line: str) -> None:
    county = "谷城县人民政府"
    assert head(REPORT, COUNTY, after=(line,)).agency is None
    assert head(REPORT, after=(line,), title=f"{REPORT}-{county}").agency is None
    crumb = f"当前位置：首页 > {county} > 政府信息公开年报"
    assert head(crumb, REPORT, after=(line,)).agency is None
    assert head(REPORT, COUNTY, after=(line, "全县各乡镇公开12条。")).agency == county
    assert head(REPORT, "来源：谷城县司法局", after=(line,)).agency == "谷城县司法局"


@pytest.mark.parametrize("name", ["襄阳海关", "湖北文理学院", "长江航务管理局"])
def test_a_name_without_a_place_stands_below_the_title_and_above_a_date(name: str) -> None:
    assert head(REPORT, name, "2024年1月12日").agency == name
    assert head(REPORT, f"（{name}　2024年1月12日）").agency == name
    assert head(REPORT, "党政办公室", "2024年1月12日").agency is None
    assert head(REPORT, "信息中心", "2024年1月12日").agency is None


@pytest.mark.parametrize(
    "name", ["湖北文理学院", "烟台毓璜顶医院", "国家统计局威海调查队", "新华路街道办事处"]
)
def test_bodies_with_names_of_their_own_act_in_the_text(name: str) -> None:
    assert head(REPORT, after=(f"2023年，{name}认真落实条例。",)).agency == name
    assert head(REPORT, after=("2023年，附属医院认真落实条例。",)).agency is None


def test_an_entry_of_a_list_says_nothing_of_who_acts() -> None:
    entries = ("2022年儋州海事局政府信息公开工作年度报告", "2022年谷城县司法局政府信息公开年报")
    assert head(REPORT, "2024-01-12", *entries, title=REPORT).agency is None


def test_a_common_word_is_no_agency() -> None:
    assert head(REPORT, "现公布管理处2023年政府信息公开工作年度报告。").agency is None


@pytest.mark.parametrize(
    "site", ["襄阳海关", "襄阳海关官网", "襄阳海关门户网站", "欢迎访问襄阳海关"]
)
def test_a_body_s_own_site_is_its_own(site: str) -> None:
    assert head(REPORT, title=f"{REPORT}-{site}").agency == "襄阳海关"
    assert head(REPORT, after=("我镇公开12条。",), title=f"{REPORT}-{site}").agency is None


def test_a_second_name_in_the_page_s_title_is_the_same_agency_s() -> None:
    name = "谷城县教育局（谷城县体育局）"
    assert head("政府信息公开年报", title=f"政府信息公开年报-{name}").agency == name


def test_a_text_that_shortens_a_name_gives_it_whole() -> None:
    line = "根据条例，谷城县司法局（以下简称“县司法局”）编制2023年度政府信息公开工作年度报告。"
    assert head("县司法局" + REPORT, line).agency == "谷城县司法局"


def test_who_stands_beside_a_date_below_the_title_publishes() -> None:
    signed = ("六、其他", "谷城县司法局", "2024年1月12日")
    for day in ("2024-01-15", "二〇二四年一月十五日"):
        found = head(REPORT, f"{day} 谷城县人民政府", after=signed)
        assert found.agency == "谷城县司法局"
    for line in ("（谷城县司法局　2024-01-15）", "（谷城县司法局）"):
        assert head(REPORT, line).agency == "谷城县司法局"


def test_the_last_of_a_menu_s_agencies_is_not_whose_report_it_is() -> None:
    menu = ("谷城县教育局", "谷城县民政局", "谷城县司法局")
    for title in ("", REPORT):
        found = head(*menu, REPORT, title=title)
        assert (found.title, found.agency) == (REPORT, None)
    assert head(*menu[1:], REPORT).agency == "谷城县司法局"


@pytest.mark.parametrize(
    "name",
    [
        "海关总署",
        "中国人民银行",
        "国家烟草专卖局",
        "湖北省气象局",
        "国家税务总局湖北省税务局",
        "国家统计局湖北调查总队",
    ],
)
def test_the_head_of_a_vertical_body_publishes_for_all_below_it(name: str) -> None:
    said = ("我局主动公开信息12条。",)
    assert head(REPORT, f"来源：{name}", after=said).agency is None
    assert head(REPORT, after=said, title=f"{REPORT}_{name}").agency is None
    assert head(REPORT, after=said, title=f"{REPORT}_谷城县气象局_{name}").agency == "谷城县气象局"
    acting = (f"2023年，{name}坚持公开为常态。",)
    assert head(REPORT, f"来源：{name}", after=acting).agency == name


def test_a_line_above_a_title_is_not_of_it_where_it_publishes_for_others() -> None:
    found = head("湖北省气象局", REPORT, after=("2023年，谷城县气象局坚持公开。",))
    assert (found.title, found.agency) == (REPORT, "谷城县气象局")
    found = head("中国人民银行", REPORT, after=("2023年，中国人民银行襄阳市分行坚持公开。",))
    assert (found.title, found.agency) == (REPORT, "中国人民银行襄阳市分行")
    found = head("谷城县人民政府", REPORT, after=("我局主动公开信息12条。",))
    assert (found.title, found.agency) == (REPORT, None)
    found = head("湖北省气象局", REPORT, after=("2023年，湖北省气象局坚持公开。",))
    assert found.title == "湖北省气象局" + REPORT


def test_a_shortened_name_is_the_publishers_whole_one() -> None:
    assert head("县发改局" + REPORT, "来源：谷城县发展和改革局").agency == "谷城县发展和改革局"
    assert head("区住建局" + REPORT, "来源：樊城区住房和城乡建设局").agency == (
        "樊城区住房和城乡建设局"
    )
    assert head("县发改局" + REPORT, "来源：谷城县教育局").agency is None


def test_a_short_name_of_one_sign_is_compared_once() -> None:
    title = "县" + "局" * 18 + REPORT
    assert not may_report("谷城县" + "局" * 36 + "委", title, set())
    assert may_report("谷城县" + "局" * 36, title, set())


@pytest.mark.parametrize(
    "line",
    [
        "2023年，按照谷城县财政局的统一部署，我局开展公开工作。",
        "调整谷城县司法局政府信息公开工作领导小组，明确分工。",
    ],
)
def test_a_verb_is_no_part_of_a_name(line: str) -> None:
    assert head(REPORT, after=(line,)).agency is None


@pytest.mark.parametrize(
    "line",
    [
        "根据《条例》要求，由谷城县司法局编制本年度报告。",
        "如对本报告有疑问，请联系：谷城县司法局办公室，电话：0710-1234567。",
        "谷城县司法局扎实开展公开工作。",
        "全年谷城县司法局共公开信息12条。",
    ],
)
def test_who_writes_answers_or_acts_reports(line: str) -> None:
    assert head(REPORT, COUNTY, after=(line,)).agency == "谷城县司法局"


def test_a_subdistrict_s_office_is_no_government_above() -> None:
    name = "谷城县人民政府花园街道办事处"
    assert head(REPORT, after=(f"一年来，{name}坚持公开。",)).agency == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("现公开花园街道办事处2023年政府信息公开工作年度报告。", "花园街道办事处"),
        ("现向社会公开《谷城县司法局2023年政府信息公开工作年度报告》。", "谷城县司法局"),
        ("本报告根据《条例》的要求,由谷城县司法局综合各项数据编制。", "谷城县司法局"),
        ("本报告根据《条例》有关规定由谷城县司法局编制。全文包括六项。", "谷城县司法局"),
        ("本报告根据《条例》，由城关镇人民政府党政办公室编制。", "城关镇人民政府"),
        ("谷城县司法局结合单位实际,编制本单位2023年度政务公开工作年度报告。", "谷城县司法局"),
        ("根据2023年谷城县司法局信息公开工作实际编制而成。", "谷城县司法局"),
        ("编制本报告。如有疑问,可与谷城县司法局办公室联系(电话:0710-1234567)。", "谷城县司法局"),
        ("编制本报告。如需咨询,请与谷城县司法局局党政办公室联系。", "谷城县司法局"),
        (
            "如对本报告有疑问,请与花园街道办事处政府信息公开领导小组办公室联系。",
            "花园街道办事处",
        ),
        ("谷城县司法局是主管全县司法工作的政府职能部门,2023年我局公开信息4条。", "谷城县司法局"),
        ("现公布谷城县司法局政府信息公开工作2023年度报告。", "谷城县司法局"),
    ],
)
def test_sentences_of_real_reports_name_who_reports(line: str, name: str) -> None:
    assert head(after=(line,)).agency == name


def test_whom_a_report_is_sent_to_does_not_report() -> None:
    sent = "湖北省教育厅："
    assert head("襄阳市教育部门" + REPORT, sent).agency is None
    made = "襄阳市教育局特编制《襄阳市教育部门2023年政府信息公开工作年度报告》。"
    assert head("襄阳市教育部门" + REPORT, sent, made).agency == "襄阳市教育局"


@pytest.mark.parametrize("value", ["原创", "分享到:", "分享到：", " 分享"])
def test_a_sites_button_is_no_publisher(value: str) -> None:
    assert head(REPORT, f"发布日期：2024-01-12 来源：{value}").publisher is None

# ruff: noqa: E501 - one agency, one line

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testbed.reports import TestReport, reports

from gongkai.enrichment.agencies import LEVELS, identify, spelling
from gongkai.enrichment.divisions import gazetteer
from gongkai.enrichment.kinds import KINDS, kind_of
from gongkai.enrichment.regions import read_place
from gongkai.model import Agency, Region, Report, SourceInfo


def _identified(name: str | None, **fields: object) -> Report:
    report = Report.model_validate({"agency": {"name": name}, "year": 2023} | fields)
    identify(report)
    return report


@pytest.mark.parametrize(
    ("name", "kind", "level", "region", "identity"),
    [
        ("栖霞市商务局", "商务", "县", ("山东省", "烟台市", "栖霞市"), "370686:商务局"),
        ("襄阳市经济和信息化局", "工业和信息化", "市", ("湖北省", "襄阳市", None), "420600:经济和信息化局"),
        ("大武口区人民政府办公室", "政府办公室", "县", ("宁夏回族自治区", "石嘴山市", "大武口区"), "640202:人民政府办公室"),
        ("佳县螅镇人民政府", "乡镇街道", "乡", ("陕西省", "榆林市", "佳县"), "610828:螅镇人民政府"),
        ("佳县乡村振兴局", "乡村振兴", "县", ("陕西省", "榆林市", "佳县"), "610828:乡村振兴局"),
        ("上海市人民政府办公厅", "政府办公室", "省", ("上海市", None, None), "310000:人民政府办公厅"),
        ("北京市平谷区山东庄镇人民政府", "乡镇街道", "乡", ("北京市", None, "平谷区"), "110117:山东庄镇人民政府"),
        ("山东省临沂市河东区商务局", "商务", "县", ("山东省", "临沂市", "河东区"), "371312:商务局"),
        ("临沂河东区商务局", "商务", "县", ("山东省", "临沂市", "河东区"), "371312:商务局"),
        ("国家税务总局栖霞市税务局", "税务", "县", ("山东省", "烟台市", "栖霞市"), "370686:国家税务总局税务局"),
        ("三江县司法局", "司法", "县", ("广西壮族自治区", "柳州市", "三江侗族自治县"), "450226:司法局"),
        ("凉山州教育局", "教育", "市", ("四川省", "凉山彝族自治州", None), "513400:教育局"),
        ("神农架林区民政局", "民政", "县", ("湖北省", None, "神农架林区"), "429021:民政局"),
        ("吉林市应急管理局", "应急管理", "市", ("吉林省", "吉林市", None), "220200:应急管理局"),
        ("青岛高新技术产业开发区管委会", "开发区", None, ("山东省", "青岛市", None), "370200:高新技术产业开发区管理委员会"),
        ("西昌市人民政府东城街道办事处", "乡镇街道", "乡", ("四川省", "凉山彝族自治州", "西昌市"), "513401:东城街道办事处"),
        ("淮安市", "人民政府", "市", ("江苏省", "淮安市", None), "320800:人民政府"),
        ("海城市西四镇", "乡镇街道", "乡", ("辽宁省", "鞍山市", "海城市"), "210381:西四镇人民政府"),
        ("教育部", "教育", "国家", (None, None, None), "000000:教育部"),
        ("国务院办公厅", "政府办公室", "国家", (None, None, None), "000000:国务院办公厅"),
        ("国家统计局临沂调查队", "统计", None, (None, None, None), None),
        ("区教育局", "教育", None, (None, None, None), None),
        ("螅镇人民政府", "乡镇街道", "乡", (None, None, None), None),
        ("山东庄镇人民政府", "乡镇街道", "乡", (None, None, None), None),
    ],
)  # fmt: skip
def test_names(
    name: str,
    kind: str,
    level: str | None,
    region: tuple[str | None, ...],
    identity: str | None,
) -> None:
    report = _identified(name)
    found = report.region
    assert (report.agency.kind, report.agency.level) == (kind, level)
    assert (found.province, found.city, found.county) == region
    assert report.agency.id == identity


@pytest.mark.parametrize(
    "evidence",
    [
        {"region": {"province": "山东省", "city": "临沂市"}},
        {"title": "临沂市河东区商务局2023年政府信息公开工作年度报告"},
        {"publisher": "临沂市河东区人民政府"},
        {"index_number": "11371312004490212K/2024-00001"},
        {"sections": {"overview": "按照临沂市委、市政府部署……"}},
    ],
)
def test_evidence_settles_a_name_that_several_divisions_bear(evidence: dict[str, object]) -> None:
    report = _identified("河东区商务局", **evidence)
    assert report.agency.id == "371312:商务局"
    assert report.region.city == "临沂市"


def test_the_source_path_is_evidence() -> None:
    report = Report(agency=Agency(name="河东区商务局"), year=2023)
    identify(report, SourceInfo(path="pages/临沂市/部门/12.html"))
    assert report.region.code == "371312"


@pytest.mark.parametrize(
    "evidence",
    [
        {},
        {"sections": {"overview": "学习临沂市和天津市的经验。"}},
        {"title": "河东区商务局2023年政府信息公开工作年度报告"},
        {"index_number": "hedongquhd0113/2024-0000002"},
    ],
)
def test_without_it_the_region_stays_open_and_the_level_is_told(
    evidence: dict[str, object],
) -> None:
    report = _identified("河东区商务局", **evidence)
    assert report.region == Region()
    assert (report.agency.level, report.agency.id) == ("县", None)


def test_a_nameless_agency_is_placed_by_its_publisher() -> None:
    assert _identified("螅镇人民政府", publisher="佳县人民政府").agency.id == "610828:螅镇人民政府"
    report = _identified("教育局", publisher="佳县人民政府")
    assert (report.agency.id, report.agency.level) == ("610828:教育局", "县")
    assert _identified("教育局", publisher="陕西省人民政府").region.code is None


def test_a_layout_s_region_is_completed_and_never_left() -> None:
    given = {"province": "山东省", "city": "临沂市"}
    assert _identified("河东区商务局", region=given).region.code == "371312"
    assert _identified("教育局", region=given).region.code == "371300"
    outside = _identified("栖霞市商务局", region=given)
    assert (outside.region.city, outside.region.county) == ("临沂市", None)
    assert outside.agency.id is None
    assert _identified(None, region=given).region.code == "371300"


@pytest.mark.parametrize(
    ("name", "year", "code", "city"),
    [
        ("公主岭市档案局", 2019, "220381", "四平市"),
        ("公主岭市档案局", 2021, "220184", "长春市"),
        ("三元区档案局", 2020, "350403", "三明市"),
        ("三元区档案局", 2021, "350404", "三明市"),
        ("江干区档案局", 2020, "330104", "杭州市"),
    ],
)
def test_a_division_is_the_one_of_its_year(name: str, year: int, code: str, city: str) -> None:
    report = _identified(name, year=year)
    assert (report.region.code, report.region.city) == (code, city)


def test_the_id_outlives_a_change_of_name_and_code() -> None:
    names = (("沙县公安局", 2020), ("沙县区公安局", 2021), ("福建省三明市沙县区公安局", 2023))
    assert {_identified(n, year=y).agency.id for n, y in names} == {"350405:公安局"}


@pytest.mark.parametrize(
    ("variant", "written"),
    [
        ("政府办", "人民政府办公室"),
        ("人民政府办公室", "人民政府办公室"),
        ("螅镇", "螅镇人民政府"),
        ("螅镇政府", "螅镇人民政府"),
        ("东城街道", "东城街道办事处"),
        ("卫生健康委", "卫生健康委员会"),
        ("经济开发区管委会", "经济开发区管理委员会"),
        ("林业局（公章）", "林业局"),
    ],
)
def test_spellings(variant: str, written: str) -> None:
    assert spelling(variant) == written


@pytest.mark.parametrize(
    ("rest", "kind"),
    [
        ("教育体育局", "教育"),
        ("文化体育广电旅游局", "文化旅游体育"),
        ("科学技术协会", "群团组织"),
        ("住房公积金管理中心", "住房公积金"),
        ("白云苗族乡人民政府", "乡镇街道"),
        ("人民政府驻北京办事处", "驻外机构"),
        ("人民政府外事办公室", "外事"),
        ("经济开发区教育局", "教育"),
        ("某某", None),
    ],
)
def test_kinds(rest: str, kind: str | None) -> None:
    assert kind_of(rest) == kind


def test_kinds_are_named_once() -> None:
    assert len({k.zh for k in KINDS}) == len({k.en for k in KINDS}) == len(KINDS)


@settings(max_examples=200)
@given(reports())
def test_made_agencies_are_never_placed_elsewhere(made: TestReport) -> None:
    report = _identified(made.who.agency, year=2025)
    found = report.region
    if found.province is not None:
        assert found.province == made.who.province
        # 神农架林区 is a county by its code.
        assert {found.city, found.county} <= {made.who.city, made.who.county, None}
    assert report.agency.kind is not None
    assert report.agency.level in {*LEVELS, None}


@given(st.text(alphabet="山东省临沂市河东区县镇乡街道办事处人民政府局委员会国家（）", max_size=30))
def test_any_name_is_survived(name: str) -> None:
    place = read_place(name)
    assert name.endswith(place.rest) or place.rest == "人民政府" or place.rest.startswith("国家")


@given(st.sampled_from(sorted(gazetteer().by_code)), st.sampled_from([None, 2019, 2024]))
def test_every_division_is_found_by_its_full_name_and_stays(code: str, year: int | None) -> None:
    division = gazetteer().by_code[code]
    name = "".join(d.name for d in division.lineage) + "统计局"
    report = _identified(name, year=year)
    # A division that goes on under the same name may be the one of another year.
    assert report.region.code in {code, division.now} or year == 2019
    assert report.region.province == division.at("省")
    once = report.model_copy(deep=True)
    identify(report)
    assert report == once


@pytest.mark.parametrize(("name", "year"), [("邢台市桥东区统计局", 2019), ("公主岭市统计局", 2019)])
def test_identifying_twice_changes_nothing(name: str, year: int) -> None:
    report = _identified(name, year=year)
    once = report.model_copy(deep=True)
    identify(report)
    assert report == once


def test_divisions_form_a_tree_with_codes_of_their_own() -> None:
    known = gazetteer()
    assert all(
        code == d.code and len(code) == 6 and code.isdigit() for code, d in known.by_code.items()
    )
    assert all(d.now in known.by_code for d in known.by_code.values())
    assert {len(d.lineage) for d in known.by_code.values()} == {1, 2, 3}
    assert known.by_code["710000"].name == "台湾省"

"""Places and agencies: names in the variety in which they appear in titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

#: Province, city, county: real divisions, so that region look-ups have something to find.
_PLACES: tuple[tuple[str, str, str], ...] = (
    ("山东省", "临沂市", "河东区"),
    ("山东省", "烟台市", "栖霞市"),
    ("山东省", "威海市", "文登区"),
    ("湖北省", "襄阳市", "谷城县"),
    ("湖北省", "恩施土家族苗族自治州", "利川市"),
    ("黑龙江省", "牡丹江市", "绥芬河市"),
    ("宁夏回族自治区", "石嘴山市", "大武口区"),
    ("江苏省", "淮安市", "盱眙县"),
    ("江苏省", "苏州市", "昆山市"),
    ("浙江省", "丽水市", "景宁畲族自治县"),
    ("安徽省", "阜阳市", "界首市"),
    ("福建省", "泉州市", "安溪县"),
    ("江西省", "赣州市", "于都县"),
    ("河南省", "南阳市", "西峡县"),
    ("湖南省", "湘西土家族苗族自治州", "凤凰县"),
    ("广东省", "湛江市", "徐闻县"),
    ("广东省", "清远市", "连南瑶族自治县"),
    ("广西壮族自治区", "柳州市", "三江侗族自治县"),
    ("海南省", "儋州市", ""),
    ("四川省", "凉山彝族自治州", "西昌市"),
    ("四川省", "成都市", "双流区"),
    ("贵州省", "毕节市", "威宁彝族回族苗族自治县"),
    ("云南省", "大理白族自治州", "漾濞彝族自治县"),
    ("陕西省", "榆林市", "佳县"),
    ("甘肃省", "临夏回族自治州", "积石山保安族东乡族撒拉族自治县"),
    ("青海省", "海东市", "化隆回族自治县"),
    ("新疆维吾尔自治区", "伊犁哈萨克自治州", "察布查尔锡伯自治县"),
    ("新疆维吾尔自治区", "和田地区", "皮山县"),
    ("内蒙古自治区", "锡林郭勒盟", "正镶白旗"),
    ("内蒙古自治区", "呼伦贝尔市", "莫力达瓦达斡尔族自治旗"),
    ("西藏自治区", "林芝市", "波密县"),
    ("吉林省", "长春市", "公主岭市"),
    ("辽宁省", "沈阳市", "和平区"),
    ("河北省", "唐山市", "曹妃甸区"),
    ("山西省", "长治市", "壶关县"),
    ("上海市", "", "青浦区"),
    ("北京市", "", "门头沟区"),
    ("天津市", "", "蓟州区"),
    ("重庆市", "", "酉阳土家族苗族自治县"),
    ("湖北省", "神农架林区", ""),
)

_DEPARTMENTS: tuple[str, ...] = (
    "发展和改革局", "教育局", "科学技术局", "工业和信息化局", "民族宗教事务局", "公安局", "民政局",
    "司法局", "财政局", "人力资源和社会保障局", "自然资源和规划局", "生态环境局",
    "住房和城乡建设局", "交通运输局", "水务局", "农业农村局", "商务局", "文化和旅游局",
    "文化体育广电旅游局", "卫生健康委员会", "卫生健康局", "退役军人事务局", "应急管理局", "审计局",
    "市场监督管理局", "统计局", "医疗保障局", "信访局", "城市管理综合执法局", "行政审批服务局",
    "营商环境建设监督局", "地方金融监督管理局", "乡村振兴局", "林业和草原局", "畜牧兽医局",
    "机关事务服务中心", "供销合作社联合社", "地方志办公室", "档案局", "气象局", "烟草专卖局",
    "邮政管理局", "住房公积金管理中心", "消防救援支队", "大数据管理局", "国防动员办公室",
    "人民防空办公室", "粮食和物资储备局", "外事办公室", "政府研究室", "投资促进中心",
    "经济和信息化局", "疾病预防控制局", "数据局",
)  # fmt: skip

_TOWNS: tuple[str, ...] = (
    "城关镇", "螅镇", "五丰镇", "石门回族镇", "马坊满族乡", "三岔河镇", "白云苗族乡", "大榆树乡",
    "二道白河镇", "八里店镇", "一步滩镇", "十八站鄂伦春族乡", "七里坪镇", "万全乡", "黄泥河镇",
    "南五十家子镇", "九龙山乡",
)  # fmt: skip

_SUBDISTRICTS: tuple[str, ...] = (
    "朝阳", "新华路", "三里河", "建设路", "八一路", "东风", "五一", "四季青", "二七", "花园",
)  # fmt: skip

_ZONES: tuple[str, ...] = (
    "经济技术开发区", "高新技术产业开发区", "经济开发区", "综合保税区", "文化旅游度假区",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Identity:
    """Who reports.

    Attributes:
        agency: full name of the reporting agency.
        parent: the government above it, which often publishes for it.
        short: how the narrative calls it: 我局, 我镇, …
        province: province of the agency.
        city: city, or ``""``.
        county: county, or ``""``.
    """

    agency: str
    parent: str
    short: str
    province: str
    city: str
    county: str


def _short(agency: str) -> str:
    for ending, word in (
        ("街道办事处", "我街道"), ("镇人民政府", "我镇"), ("乡人民政府", "我乡"),
        ("管理委员会", "管委会"), ("管委会", "管委会"), ("中心", "我中心"), ("支队", "我支队"),
        ("委员会", "我委"), ("办公室", "我办"), ("办公厅", "我厅"), ("人民政府", "本机关"),
        ("联合社", "我社"), ("厅", "我厅"),
    ):  # fmt: skip
        if agency.endswith(ending):
            return word
    return "我局"


def identity(rng: Random) -> Identity:
    """Draw an agency of any level and kind."""
    province, city, county = rng.choice(_PLACES)
    seat = county or city
    # A county is named alone, after its city, or after city and province.
    place = rng.choice((seat, seat, seat, f"{city}{county}", f"{province}{city}{county}"))
    parent = f"{seat}人民政府"
    kind = rng.random()
    if kind < 0.45:
        agency = place + rng.choice(_DEPARTMENTS)
    elif kind < 0.6:
        agency = rng.choice((f"{place}{{}}人民政府", f"{seat}{{}}人民政府")).format(
            rng.choice(_TOWNS)
        )
    elif kind < 0.68:
        agency = rng.choice((f"{place}{{}}街道办事处", f"{seat}人民政府{{}}街道办事处")).format(
            rng.choice(_SUBDISTRICTS)
        )
    elif kind < 0.8:
        agency = f"{place}人民政府{rng.choice(('办公室', '办公室', ''))}"
        parent = f"{city or province}人民政府"
    elif kind < 0.86:
        ending = rng.choice(("管理委员会", "管委会"))
        agency = f"{city or seat}{rng.choice(_ZONES)}{ending}"
    elif kind < 0.9:
        agency = f"国家税务总局{seat}税务局"
    elif kind < 0.93:
        agency = f"{city or seat}公安局{seat}分局" if city and county else f"{seat}公安局"
    else:
        agency = f"{city or province}{rng.choice(_DEPARTMENTS)}"
        parent = f"{city or province}人民政府"
    return Identity(agency, parent, _short(agency), province, city, county)

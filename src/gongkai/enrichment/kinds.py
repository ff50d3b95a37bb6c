"""Kinds of agencies: one ordered list of rules over their names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of agency.

    Attributes:
        zh: its name, the value of ``agency.kind``.
        en: the same in English.
        pattern: regular expression over the agency's name after its division.
    """

    zh: str
    en: str
    pattern: str


#: What stands first in a name decides (教育体育局 is 教育); at the same place, the earlier rule.
KINDS: tuple[Kind, ...] = (
    Kind("驻外机构", "liaison office", r"驻.{1,10}(?:办事处|联络处|办公室)$"),
    Kind(
        "乡镇街道",
        "town, township or subdistrict",
        r"^.{1,24}?(?:镇|乡|街道|苏木)(?:人民政府|政府|办事处|党工委.*|公共服务.*)?$|^.{1,12}办事处$"
        r"|^(?:镇|乡|街道)(?:人民政府|政府|办事处)$",
    ),
    Kind(
        "开发区",
        "development zone",
        r"^.{0,30}(?:开发区|高新区|经开区|新区|园区|度假区|保税区|示范区|管理区|工业区|产业园|试验区|风景区"
        r"|名胜区|合作区|林区|垦区|农场)(?:党工委)?(?:、?管理委员会|、?管委会|管理局)?(?:办公室)?$",
    ),
    Kind(
        "政府办公室",
        "general office of the government",
        r"(?:政府|国务院|行政公署|行署|^)办公[厅室]$|政府办$",
    ),
    Kind("人民政府", "people's government", r"^(?:(?:人民)?政府|行政公署|行署)$"),
    Kind("税务", "taxation", r"税务"),
    Kind("海关", "customs", r"海关"),
    Kind("海事", "maritime safety", r"海事"),
    Kind(
        "群团组织",
        "mass organisation",
        r"科学技术协会|科协|残疾人联合会|残联|妇女联合会|妇联|文学艺术|文联|红十字|工商业联合会|总工会|共青团"
        r"|归国华侨|社会科学界",
    ),
    Kind("供销", "supply and marketing co-operatives", r"供销"),
    Kind("住房公积金", "housing provident fund", r"(?:住房)?公积金"),
    Kind("退役军人", "veterans affairs", r"退役军人"),
    Kind("国防动员", "national defence mobilisation", r"国防动员|人民防空|人防"),
    Kind("应急管理", "emergency management", r"应急|安全生产|地震|防震"),
    Kind("消防救援", "fire and rescue", r"消防"),
    Kind("医疗保障", "healthcare security", r"医疗保障|医保"),
    Kind(
        "市场监管",
        "market regulation",
        r"市场监[督管]|市场和质量|药品监督|食品药品|知识产权|工商行政",
    ),
    Kind("国有资产", "state-owned assets", r"国有资产|国资"),
    Kind("公共资源交易", "public resource trading", r"公共资源"),
    Kind(
        "政务服务",
        "government services and administrative approval",
        r"行政审批|政务服务|营商环境|行政服务|政务和",
    ),
    Kind("数据", "data administration", r"大数据|数据|数字|政务信息|信息中心"),
    Kind(
        "城市管理",
        "urban management",
        r"城市管理|城市综合|城管|综合行政执法|综合执法|行政执法|市容|环境卫生",
    ),
    Kind("发展改革", "development and reform", r"发展(?:和|与)?改革|发改"),
    Kind("教育", "education", r"教育|教体|教科|教委|^教"),
    Kind("科技", "science and technology", r"科学技术|科学和|科技|科工"),
    Kind(
        "工业和信息化",
        "industry and information technology",
        r"工业(?:和|与|科技|商务)|工业信息|工业经济|经济(?:和|与)信息|经济信息|经济贸易|工信|经信|经济和科技",
    ),
    Kind("民族宗教", "ethnic and religious affairs", r"民族|宗教|民宗"),
    Kind("公安", "public security", r"公安|交通警察|交警"),
    Kind("民政", "civil affairs", r"(?<!人)民政"),
    Kind("司法", "justice", r"司法"),
    Kind("财政", "finance", r"财政"),
    Kind("金融", "financial regulation", r"金融"),
    Kind(
        "人力资源社会保障",
        "human resources and social security",
        r"人力资源|人社|社会保[障险]|就业|劳动",
    ),
    Kind("林业和草原", "forestry and grassland", r"林业|草原|林草|森林|园林|绿化|自然保护"),
    Kind("自然资源", "natural resources", r"自然资源|国土|不动产|规划|地质|矿产"),
    Kind("生态环境", "ecology and environment", r"生态环境|环境保护|环保|生态"),
    Kind(
        "住房城乡建设",
        "housing and urban-rural development",
        r"住房|住建|城乡建设|房产|房屋|建设[局委厅和]|城乡规划|征收|棚户",
    ),
    Kind("交通运输", "transport", r"交通|公路|道路运输|港口|铁路|民航|航空|航道"),
    Kind("水利", "water resources", r"水利|水务|河湖|水文|水库|黄河|防汛|调水"),
    Kind("乡村振兴", "rural revitalisation", r"乡村振兴|扶贫"),
    Kind("农业农村", "agriculture and rural affairs", r"农业|农村|农牧|畜牧|渔业|农机|农垦|蚕"),
    Kind("商务", "commerce", r"商务|投资促进|招商|贸易促进|口岸|商贸"),
    Kind(
        "文化旅游体育",
        "culture, tourism and sport",
        r"文化|旅游|文旅|文物|广播|广电|体育|新闻出版|图书馆|博物馆",
    ),
    Kind("疾病预防控制", "disease control", r"疾病预防|疾控"),
    Kind("卫生健康", "health", r"卫生|卫健|计划生育|中医药|医院|健康"),
    Kind("审计", "audit", r"审计"),
    Kind("统计", "statistics", r"统计|调查[总大]?队"),
    Kind("信访", "petitions", r"信访"),
    Kind("气象", "meteorology", r"气象"),
    Kind("档案", "archives", r"档案"),
    Kind("地方志", "local chronicles", r"地方志|史志|党史|方志"),
    Kind("机关事务", "government offices administration", r"机关事务|机关服务|接待"),
    Kind("烟草", "tobacco monopoly", r"烟草"),
    Kind("邮政", "postal administration", r"邮政"),
    Kind("粮食和物资储备", "grain and reserves", r"粮食|物资储备|粮储"),
    Kind("外事", "foreign affairs", r"外事|侨务|港澳|台湾事务"),
    Kind("政策研究", "policy research", r"研究室|研究中心|参事|发展研究|决策咨询"),
    Kind("能源", "energy", r"能源|电力|煤炭"),
    Kind("海洋", "oceanic affairs", r"海洋"),
    Kind("通信管理", "communications administration", r"通信管理|无线电"),
    Kind("学校", "school or university", r"大学|学院|学校|中学|小学|幼儿园"),
    Kind("公共企业", "public utility", r"公司|集团|供水|供电|供热|燃气|公交"),
)

#: The first rules ask for a whole name; the others look for the leftmost word.
_WHOLE = KINDS[:5]
_WHOLE_PATTERNS = tuple((kind.zh, re.compile(kind.pattern)) for kind in _WHOLE)
_WORDS = KINDS[5:]
_BY_GROUP = {f"k{number}": kind.zh for number, kind in enumerate(_WORDS)}
_ANY_WORD = re.compile(
    "|".join(f"(?P<{group}>{kind.pattern})" for group, kind in zip(_BY_GROUP, _WORDS, strict=True))
)


@lru_cache(maxsize=4096)
def kind_of(rest: str) -> str | None:
    """Return the kind of the agency whose name after its division is ``rest``.

    >>> kind_of("教育体育局")
    '教育'
    >>> kind_of("螅镇人民政府")
    '乡镇街道'
    """
    for zh, pattern in _WHOLE_PATTERNS:
        if pattern.search(rest):
            return zh
    match = _ANY_WORD.search(rest)
    return _BY_GROUP[match.lastgroup] if match and match.lastgroup else None

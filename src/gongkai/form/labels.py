"""How the form's labels are printed: the spellings that a reader has to know.

Every spelling here is *normalised*: Han characters only, without blanks, punctuation, digits and
enumerators (see :func:`gongkai.tables.text.normalise`). The statutory label itself comes from the
models; this module adds the words around it (groups, headers, headings) and the variants met in
real reports.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def spellings(labels: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return all spellings of labels, in the form's order."""
    return tuple(text for texts in labels.values() for text in texts)


def keys_of(labels: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the key of each spelling of labels."""
    return {text: key for key, texts in labels.items() for text in texts}


#: What agencies write for words within the form's labels, and these.
OTHER_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"其它": "其他", "本年办理结果": "本年度办理结果"}
)

_OVERDUE = (
    "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请",
    "申请人无正当理由逾期不补正",
)
_UNPAID = (
    "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请",
    "申请人逾期未按收费通知要求缴纳费用",
)

#: Rows of table three: path to the spellings of its label, the statutory one first.
REQUEST_LABELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "requests.received": ("本年新收政府信息公开申请数量", "本年度新收政府信息公开申请数量"),
        "requests.carried_in": (
            "上年结转政府信息公开申请数量",
            "上年度结转政府信息公开申请数量",
        ),
        "requests.outcome.granted": ("予以公开",),
        "requests.outcome.partially_granted": (
            "部分公开区分处理的只计这一情形不计其他情形",
            "部分公开",
        ),
        "requests.outcome.denied.state_secret": ("属于国家秘密",),
        "requests.outcome.denied.prohibited_by_law": (
            "其他法律行政法规禁止公开",
            "法律行政法规禁止公开",
        ),
        "requests.outcome.denied.security_and_stability": ("危及三安全一稳定",),
        "requests.outcome.denied.third_party_rights": ("保护第三方合法权益",),
        "requests.outcome.denied.internal_affairs": ("属于三类内部事务信息",),
        "requests.outcome.denied.deliberative_process": ("属于四类过程性信息",),
        "requests.outcome.denied.enforcement_case_file": ("属于行政执法案卷",),
        "requests.outcome.denied.administrative_inquiry": ("属于行政查询事项",),
        "requests.outcome.unavailable.not_held": ("本机关不掌握相关政府信息",),
        "requests.outcome.unavailable.needs_creation": ("没有现成信息需要另行制作",),
        "requests.outcome.unavailable.unclear_after_correction": ("补正后申请内容仍不明确",),
        "requests.outcome.not_processed.petition_or_complaint": ("信访举报投诉类申请",),
        "requests.outcome.not_processed.repeat_request": ("重复申请",),
        "requests.outcome.not_processed.published_material": ("要求提供公开出版物",),
        "requests.outcome.not_processed.excessive_requests": ("无正当理由大量反复申请",),
        "requests.outcome.not_processed.confirmation_or_reissue": (
            "要求行政机关确认或重新出具已获取信息",
        ),
        "requests.outcome.other.undivided": (
            "其他处理",
            # With what it sums up behind it: （1.申请人无正当理由逾期不补正… 2.… 3.其他）.
            *(
                f"其他处理{one}{two}{three}"
                for one, two in zip(_OVERDUE, _UNPAID, strict=True)
                for three in ("其他", "")
            ),
        ),
        "requests.outcome.other.correction_overdue": _OVERDUE,
        "requests.outcome.other.fee_overdue": _UNPAID,
        "requests.outcome.other.other": ("其他",),
        "requests.outcome.total": ("总计", "合计", "小计"),
        "requests.carried_out": (
            "结转下年度继续办理",
            "结转下一年度继续办理",
            "结转下年继续办理",
            "结转下年度继续办理件数",
            "结转下年度继续办理数量",
        ),
    }
)

#: Labels that other cells of the table print too; they need their neighbours to be told apart.
WEAK_LABELS: Final = frozenset({"其他", "总计", "合计", "小计", "其他处理", "部分公开", "予以公开"})

#: Group labels of table three, which stand before their rows or in cells of their own.
GROUP_LABELS: Final = ("本年度办理结果", "不予公开", "无法提供", "不予处理", "其他处理")

#: Column headers of table three by attribute, the statutory spelling first.
APPLICANT_LABELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "natural_person": ("自然人", "公民"),
        "company": ("商业企业",),
        "research_institution": ("科研机构",),
        "public_welfare_org": ("社会公益组织", "社会组织", "公益组织", "社会公益机构"),
        "legal_service_org": ("法律服务机构", "法律服务组织"),
        "other_org": ("其他",),
        "total": ("总计", "合计"),
    }
)

#: Words of table three's head: they open the table and never hold a number.
REQUEST_HEADERS: Final = (
    "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和",
    "申请人情况",
    "法人或其他组织",
)

#: Rows of table two: last path segment to spellings; the block's form is told by its headers.
PROACTIVE_LABELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "rules": ("规章", "规章县市区无", "政府规章", "行政规章"),
        "normative_documents": ("行政规范性文件", "规范性文件"),
        "licensing": ("行政许可",),
        "other_services": ("其他对外管理服务事项",),
        "penalties": ("行政处罚",),
        "compulsory_measures": ("行政强制",),
        "fees": ("行政事业性收费",),
        "procurement": ("政府集中采购",),
    }
)

#: Column headers of table two by the form that prints them.
PROACTIVE_HEADERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "2021": (
            "本年制发件数",
            "本年废止件数",
            "现行有效件数",
            "本年处理决定数量",
            "本年收费金额",
        ),
        "2019": (
            "本年新制作数量",
            "本年新公开数量",
            "对外公开总数量",
            "上一年项目数量",
            "本年增减",
            "处理决定数量",
            "采购项目数量",
            "采购总金额",
        ),
    }
)

#: The five item headers of table two and the word that opens each header row.
PROACTIVE_ITEMS: Final = tuple(f"第二十条第{n}项" for n in "一五六八九")
PROACTIVE_HEADER_WORD: Final = "信息内容"

#: Headers of table four.
DISPUTE_HEADERS: Final = (
    "行政复议",
    "行政诉讼",
    "未经复议直接起诉",
    "复议后起诉",
    "结果维持",
    "结果纠正",
    "其他结果",
    "尚未审结",
    "总计",
)

#: What the note beside table three speaks of, and nothing else that the form prints.
NOTE_WORD: Final = "勾稽关系"

#: Whatever labels a row of tables two and three.
ROW_LABELS: Final = frozenset((*spellings(PROACTIVE_LABELS), *spellings(REQUEST_LABELS)))

#: Whatever stands above the columns of the three tables.
HEADER_WORDS: Final = frozenset(
    {
        *REQUEST_HEADERS[1:],
        *spellings(APPLICANT_LABELS),
        PROACTIVE_HEADER_WORD,
        *spellings(PROACTIVE_HEADERS),
        *DISPUTE_HEADERS,
    }
)

#: Headings of the six sections by attribute of ``Sections``, normalised, statutory one first.
SECTION_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "overview": ("总体情况", "总体工作情况", "概述"),
        "proactive": (
            "主动公开政府信息情况",
            "行政机关主动公开政府信息情况",
            "政府信息主动公开情况",
        ),
        "requests": (
            "收到和处理政府信息公开申请情况",
            "行政机关收到和处理政府信息公开申请情况",
            "收到和处理政府信息公开申请的情况",
        ),
        "disputes": (
            "政府信息公开行政复议行政诉讼情况",
            "因政府信息公开工作被申请行政复议提起行政诉讼情况",
            "政府信息公开行政复议和行政诉讼情况",
        ),
        "problems": (
            "存在的主要问题及改进情况",
            "政府信息公开工作存在的主要问题及改进情况",
            "存在问题及改进情况",
        ),
        "other": ("其他需要报告的事项", "其他需要报告事项"),
    }
)

"""The indicators as data: id, names, unit, formula and null rule."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from gongkai.form import APPLICANTS, REQUEST_ROWS
from gongkai.form.models import DisputeResults

if TYPE_CHECKING:
    from collections.abc import Mapping

Unit = Literal["件", "万元", "%", "百分点", "天", "是/否", "比值", "指数"]

#: Decimal digits by unit; counts, days and flags are whole.
DECIMALS: Mapping[Unit, int] = MappingProxyType(
    {"%": 2, "百分点": 2, "比值": 4, "指数": 4, "万元": 6}
)
#: Units in English.
UNITS_EN: Mapping[Unit, str] = MappingProxyType(
    {
        "件": "count",
        "万元": "10,000 yuan",
        "%": "percent",
        "百分点": "percentage points",
        "天": "days",
        "是/否": "1 or 0",
        "比值": "ratio",
        "指数": "index",
    }
)

_REQ, _OUT = "requests", "requests.outcome"


def _row(row: str, column: str = "total") -> tuple[str, ...]:
    """Return the cell of a row, or the cells of a group of rows."""
    if row in REQUEST_ROWS:
        return (f"{row}.{column}",)
    return tuple(f"{r}.{column}" for r in REQUEST_ROWS if r.startswith(f"{row}."))


def _block(block: str) -> dict[str, tuple[str, ...]]:
    path = f"disputes.{block}"
    return {name: (f"{path}.{name}",) for name in DisputeResults.model_fields}


_R = _block("reconsideration")
_L1, _L2 = _block("litigation_direct"), _block("litigation_after_reconsideration")

#: Grounds of a denial: row, Chinese and English name.
_DENIALS = (
    ("state_secret", "属于国家秘密", "state secret"),
    ("prohibited_by_law", "法律行政法规禁止公开", "prohibited by law"),
    ("security_and_stability", "危及三安全一稳定", "security and stability"),
    ("third_party_rights", "保护第三方合法权益", "third-party rights"),
    ("internal_affairs", "三类内部事务信息", "internal affairs"),
    ("deliberative_process", "四类过程性信息", "deliberative process"),
    ("enforcement_case_file", "行政执法案卷", "enforcement case file"),
    ("administrative_inquiry", "行政查询事项", "administrative inquiry"),
)

#: Quantities that formulas are written in: symbol to the cells that it sums up.
SYMBOLS: dict[str, tuple[str, ...]] = {
    "N": _row(f"{_REQ}.received"),
    "C": _row(f"{_REQ}.carried_in"),
    "T": _row(f"{_OUT}.total"),
    "F": _row(f"{_REQ}.carried_out"),
    "G": _row(f"{_OUT}.granted"),
    "P": _row(f"{_OUT}.partially_granted"),
    "D": _row(f"{_OUT}.denied"),
    "U": _row(f"{_OUT}.unavailable"),
    "U1": _row(f"{_OUT}.unavailable.not_held"),
    "X": _row(f"{_OUT}.not_processed"),
    "X1": _row(f"{_OUT}.not_processed.petition_or_complaint"),
    "X4": _row(f"{_OUT}.not_processed.excessive_requests"),
    "O": tuple(p for p in _row(f"{_OUT}.other") if ".undivided." not in p),
    "O1": _row(f"{_OUT}.other.correction_overdue"),
    "O2": _row(f"{_OUT}.other.fee_overdue"),
    **{f"N.{column}": _row(f"{_REQ}.received", column) for column in APPLICANTS[:-1]},
    **{
        f"{letter}.{column}": _row(f"{_OUT}.{row}", column)
        for letter, row in (("G", "granted"), ("P", "partially_granted"), ("T", "total"))
        for column in APPLICANTS[:-1]
    },
    "Rt": _R["total"],
    "Rc": _R["corrected"],
    "Ru": _R["pending"],
    "Lt": _L1["total"] + _L2["total"],
    "Lc": _L1["corrected"] + _L2["corrected"],
    "Lu": _L1["pending"] + _L2["pending"],
    "L2t": _L2["total"],
    "制发": ("proactive.normative_documents.issued",),
    "废止": ("proactive.normative_documents.repealed",),
    "有效": ("proactive.normative_documents.in_force",),
    "许可": ("proactive.licensing.decisions",),
    "处罚": ("proactive.penalties.decisions",),
    "强制": ("proactive.compulsory_measures.decisions",),
    "收费": ("proactive.fees.amount",),
    **{f"D.{name}": _row(f"{_OUT}.denied.{name}") for name, _, _ in _DENIALS},
}
#: Cells that stand in for a symbol's where those are null: the 2019 form does not divide （六）.
ALTERNATIVES: dict[str, tuple[str, ...]] = {"O": _row(f"{_OUT}.other.undivided")}
_COMPANIES = tuple(f"{{}}.{column}" for column in APPLICANTS[1:-1])


def _organisations(letters: str) -> str:
    return " + ".join(c.format(letter) for letter in letters for c in _COMPANIES)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator.

    Attributes:
        id: name in ``report.indicators``.
        zh: Chinese name.
        en: English name.
        unit: ``%`` values are multiplied by 100.
        numerator: signed symbols (:data:`SYMBOLS`): ``G + P``.
        denominator: likewise; empty for a plain sum.
        minus: numerator and denominator of a second ratio that is subtracted.
        note: Chinese and English remark on formula or null rule.
    """

    id: str
    zh: str
    en: str
    unit: Unit
    numerator: str = ""
    denominator: str = ""
    minus: tuple[str, str] | None = None
    note: tuple[str, str] = ("", "")

    @property
    def formula(self) -> str:
        """The formula as people write it."""
        if not self.numerator:
            return ""
        ratio = _ratio(self.numerator, self.denominator)
        return f"{ratio} - {_ratio(*self.minus)}" if self.minus else ratio

    @property
    def decimals(self) -> int:
        """Decimal digits that its values are rounded to."""
        return DECIMALS.get(self.unit, 0)


def terms(side: str) -> tuple[tuple[int, str], ...]:
    """Return the signed symbols of one side of a formula: ``"G - P"`` is +G and -P."""
    sign, found = 1, []
    for word in side.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        else:
            found.append((sign, word))
    return tuple(found)


def _ratio(numerator: str, denominator: str) -> str:
    if not denominator:
        return numerator
    return " / ".join(f"({side})" if " " in side else side for side in (numerator, denominator))


_I = Indicator
_RATIOS_AND_COUNTS: tuple[Indicator, ...] = (
    _I("accepted", "受理量", "requests to be dealt with", "件", "N + C"),
    # What the form counts by reason, summed up: what people ask for is the whole.
    _I("disclosed", "予以公开和部分公开", "requests granted in full or in part", "件", "G + P"),
    _I("denied", "不予公开", "requests denied", "件", "D"),
    _I("unavailable", "无法提供", "requests for information not available", "件", "U"),
    _I("not_processed", "不予处理", "requests not processed", "件", "X"),
    _I("lawsuits", "行政诉讼", "lawsuits", "件", "Lt"),
    _I("close_rate", "办结率", "close rate", "%", "T", "N + C"),
    _I("backlog_rate", "结转率", "backlog rate", "%", "F", "N + C"),
    _I("clearance", "清积率", "clearance rate", "%", "T", "N"),
    _I("backlog_delta", "积压增量", "change of backlog", "件", "F - C"),
    _I("grant_rate", "公开率（窄）", "full grant rate", "%", "G", "T"),
    _I("disclose_rate", "实质公开率", "disclosure rate", "%", "G + P", "T"),
    _I(
        "disclose_rate_accepted",
        "实质公开率（受理口径）",
        "disclosure rate on accepted requests",
        "%",
        "G + P",
        "N + C",
    ),
    _I("release_rate", "释放率", "release rate", "%", "G + P", "G + P + D"),
    _I("effective_rate", "有效答复公开率", "effective disclosure rate", "%", "G + P", "T - X - O"),
    _I("deny_rate", "不予公开率", "denial rate", "%", "D", "T"),
    *(
        _I(
            f"deny_share_{name}",
            f"不予公开理由占比·{zh}",
            f"share of denials: {en}",
            "%",
            f"D.{name}",
            "D",
        )
        for name, zh, en in _DENIALS
    ),
    *(
        _I(f"deny_rate_{name}", f"不予公开率·{zh}", f"denial rate: {en}", "%", f"D.{name}", "T")
        for name, zh, en in _DENIALS
    ),
    _I("unable_rate", "无法提供率", "rate of information not available", "%", "U", "T"),
    _I("nohold_rate", "不掌握率", "rate of information not held", "%", "U1", "T"),
    _I("notproc_rate", "不予处理率", "rate of requests not processed", "%", "X", "T"),
    _I(
        "petition_share",
        "信访举报投诉类占不予处理",
        "petitions among those not processed",
        "%",
        "X1",
        "X",
    ),
    _I("abuse_rate", "大量反复申请率", "rate of excessive requests", "%", "X4", "T"),
    _I("withdrawn_rate", "逾期不补正或不缴费率", "rate of lapsed requests", "%", "O1 + O2", "T"),
    _I("natural_share", "自然人申请占比", "share of natural persons", "%", "N.natural_person", "N"),
    _I("biz_share", "商业企业申请占比", "share of companies", "%", "N.company", "N"),
    _I(
        "legalsvc_share",
        "法律服务机构申请占比",
        "share of legal service organisations",
        "%",
        "N.legal_service_org",
        "N",
    ),
    _I(
        "applicant_hhi",
        "申请人集中度",
        "applicant concentration (HHI)",
        "指数",
        note=(
            "六类申请人占新收之比的平方和，0 至 1",
            "sum of the squared shares of the six applicants, 0 to 1",
        ),
    ),
    _I(
        "disclose_gap",
        "自然人与法人公开率差",
        "disclosure gap, persons less organisations",
        "百分点",
        "G.natural_person + P.natural_person",
        "T.natural_person",
        minus=(_organisations("GP"), _organisations("T")),
    ),
    _I("review_rate", "复议率", "reconsideration rate", "%", "Rt", "T"),
    _I("litig_rate", "诉讼率", "litigation rate", "%", "Lt", "T"),
    _I("dispute_rate", "争议率", "dispute rate", "%", "Rt + Lt", "N"),
    _I(
        "review_correct_rate",
        "复议纠错率",
        "reconsiderations corrected, of those concluded",
        "%",
        "Rc",
        "Rt - Ru",
    ),
    _I(
        "review_correct_rate_filed",
        "复议纠错率（收案口径）",
        "reconsiderations corrected, of those filed",
        "%",
        "Rc",
        "Rt",
    ),
    _I(
        "litig_lose_rate",
        "诉讼纠错率",
        "lawsuits corrected, of those concluded",
        "%",
        "Lc",
        "Lt - Lu",
    ),
    _I(
        "correct_rate",
        "综合纠错率",
        "disputes corrected, of those concluded",
        "%",
        "Rc + Lc",
        "Rt - Ru + Lt - Lu",
    ),
    _I("correct_conv", "纠错转化率", "corrected disputes per request", "%", "Rc + Lc", "N"),
    _I(
        "post_review_share",
        "复议后起诉占诉讼",
        "lawsuits after reconsideration, of all lawsuits",
        "%",
        "L2t",
        "Lt",
    ),
    _I(
        "post_review_rate",
        "复议后起诉占复议",
        "lawsuits after reconsideration, per reconsideration",
        "%",
        "L2t",
        "Rt",
    ),
    _I("pending_share", "未审结占比", "share of pending disputes", "%", "Ru + Lu", "Rt + Lt"),
    _I("normdoc_net", "规范性文件净增", "net change of normative documents", "件", "制发 - 废止"),
    _I(
        "repeal_rate",
        "规范性文件废止率",
        "repeal rate of normative documents",
        "%",
        "废止",
        "有效 + 废止",
    ),
    _I(
        "service_ratio",
        "许可与执法比",
        "licences per enforcement decision",
        "比值",
        "许可",
        "处罚 + 强制",
    ),
    _I(
        "fee_any",
        "有行政事业性收费",
        "fees were collected",
        "是/否",
        note=("收费 > 0 为 1，否则为 0", "1 where the fees are above 0, else 0"),
    ),
    _I(
        "lag_days",
        "距法定期限天数",
        "days after the legal deadline",
        "天",
        note=(
            (
                "发布日期减期限：县级以上部门 1 月 31 日，县级以上人民政府 3 月 31 日"
                "（《条例》第四十九条）；其他机关、日期不明时为空"
            ),
            (
                "date of publication less the deadline: 31 January for departments, 31 March for "
                "governments, from the counties up (Regulations, article 49); null for others "
                "and where the date is unknown"
            ),
        ),
    ),
    _I(
        "on_time",
        "按期发布",
        "published in time",
        "是/否",
        note=("距法定期限天数 ≤ 0 为 1，否则为 0", "1 where lag_days ≤ 0, else 0"),
    ),
    _I(
        "completeness",
        "填报完整度",
        "cells filled",
        "%",
        note=("有数字的单元格占本表单元格", "cells with a number, of the form's cells"),
    ),
    _I(
        "zero_share",
        "零值占比",
        "share of zeros",
        "%",
        note=("0 占有数字的单元格", "zeros among the cells with a number"),
    ),
    _I(
        "all_zero",
        "全零报告",
        "nothing but zeros",
        "是/否",
        note=("有数字的单元格全为 0 时为 1", "1 where every number is 0"),
    ),
    _I(
        "check_pass_rate",
        "勾稽通过率",
        "identities that hold",
        "%",
        note=("成立的勾稽关系占可核对的", "identities that hold, of those that can be assessed"),
    ),
)

#: Rates whose numerator is a part of their denominator, and which agencies are ranked by: the
#: bounds of the 95 % interval of Wilson keep three answers out of three from leading the list.
BOUNDED = ("close_rate", "disclose_rate", "deny_rate", "correct_rate")
#: Endings of the bounds' identifiers, with their names.
BOUNDS = (("low", "下限", "lower bound"), ("high", "上限", "upper bound"))


def _bounds() -> tuple[Indicator, ...]:
    by_id = {i.id: i for i in _RATIOS_AND_COUNTS}
    note = ("Wilson 95% 区间", "Wilson's 95 % interval")
    return tuple(
        _I(f"{rate.id}_{end}", f"{rate.zh}·{zh}", f"{rate.en}, {en}", "%", note=note)
        for rate in (by_id[name] for name in BOUNDED)
        for end, zh, en in BOUNDS
    )


#: Every indicator of one report, in the order of the documentation.
INDICATORS: tuple[Indicator, ...] = (*_RATIOS_AND_COUNTS, *_bounds())


_BY_ID = {i.id: i for i in INDICATORS}
#: Numbers that are compared with last year's: id, names, unit, symbols.
KEY_NUMBERS: tuple[Indicator, ...] = (
    _I("received", "新收申请", "requests received", "件", "N"),
    _I("concluded", "办结申请", "requests concluded", "件", "T"),
    _BY_ID["disclosed"],
    _BY_ID["denied"],
    _I("carried_out", "结转下年", "requests carried out", "件", "F"),
    _I("reviews", "行政复议", "reconsiderations", "件", "Rt"),
    _BY_ID["lawsuits"],
    _I("normdocs", "规范性文件现行有效", "normative documents in force", "件", "有效"),
    _I("licences", "行政许可", "licensing decisions", "件", "许可"),
    _I("penalties", "行政处罚", "penalties", "件", "处罚"),
    _I("fees", "行政事业性收费", "administrative fees", "万元", "收费"),
)
#: A rate of a group says nothing where its denominators sum to less.
SMALL = 30
#: Rates that are compared with last year's.
KEY_RATES = ("close_rate", "disclose_rate", "deny_rate", "dispute_rate")


def _comparisons() -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    for key in (*KEY_NUMBERS, *(_BY_ID[rate] for rate in KEY_RATES)):
        change: Unit = "百分点" if key.unit == "%" else key.unit
        found += (
            _I(f"{key.id}_previous", f"{key.zh}·上年", f"{key.en}, last year", key.unit),
            _I(f"{key.id}_delta", f"{key.zh}·增减", f"{key.en}, change", change),
        )
        if key.unit != "%":
            found.append(_I(f"{key.id}_yoy", f"{key.zh}·同比", f"{key.en}, change in percent", "%"))
    found.append(
        _I(
            "text_similarity",
            "与上年文本雷同度",
            "similarity of the narrative to last year's",
            "%",
            note=(
                "五字组的 Jaccard 系数，数字不计",
                "Jaccard index of five-character shingles, digits left out",
            ),
        )
    )
    return tuple(found)


#: What needs last year's report; null without it.
COMPARISONS: tuple[Indicator, ...] = _comparisons()

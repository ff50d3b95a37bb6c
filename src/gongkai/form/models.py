"""The statutory form as pydantic models: one attribute per printed cell.

Sources of the rules:

* 2021 form: 国办公开办函〔2021〕30号, report years 2021 and later.
* 2019 form: 国办公开办函〔2019〕60号 (trial), report years 2019 and 2020.

An attribute's dotted path is the public contract: Python, JSON, Elasticsearch and Kibana use the
same one. Every cell may be ``None``: not printed, blank, a nil mark, or unreadable; which of these
it was stands in :class:`gongkai.model.CellStates`. ``None`` is never 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

#: Largest count that the index can hold (Elasticsearch ``integer``); larger ones are unreadable.
MAX_COUNT = 2**31 - 1
#: Decimal digits that survive JSON's double without loss.
MAX_AMOUNT_DIGITS = 15


def _amount_to_json(value: Decimal) -> int | float:
    """Return the JSON number that prints the same digits as ``value``."""
    return int(value) if value == value.to_integral_value() else float(value)


Count = Annotated[int, Field(strict=True, ge=0, le=MAX_COUNT)] | None
Change = Annotated[int, Field(strict=True, ge=-MAX_COUNT, le=MAX_COUNT)] | None
Amount = (
    Annotated[
        Decimal,
        Field(ge=0, max_digits=MAX_AMOUNT_DIGITS, allow_inf_nan=False),
        PlainSerializer(_amount_to_json, return_type=int | float, when_used="json-unless-none"),
    ]
    | None
)


def _cell(label: str, label_en: str, unit: str = "件") -> Any:  # noqa: ANN401 - a pydantic default
    """Declare a cell: Chinese label, English label, unit as the form prints it."""
    return Field(
        default=None,
        title=label,
        description=label_en,
        json_schema_extra={"unit": unit},
    )


def _group(model: type[BaseModel], label: str, label_en: str, article: str | None = None) -> Any:  # noqa: ANN401
    """Declare a row, block or table that holds cells; ``article`` is 《条例》第二十条's item."""
    return Field(
        default_factory=model,
        title=label,
        description=label_en,
        json_schema_extra={"article": article} if article else None,
    )


class FormModel(BaseModel):
    """Base of everything that mirrors the form: closed, and checked on assignment by nobody."""

    model_config = ConfigDict(extra="forbid")


# --- table two, 2021 form -------------------------------------------------------------------


class IssuedDocuments(FormModel):
    """第二十条第（一）项: documents made, repealed and in force."""

    issued: Count = _cell("本年制发件数", "issued this year")
    repealed: Count = _cell("本年废止件数", "repealed this year")
    in_force: Count = _cell("现行有效件数", "in force")


class Decisions(FormModel):
    """第二十条第（五）、（六）项: decisions made this year."""

    decisions: Count = _cell("本年处理决定数量", "decisions this year")


class Fees(FormModel):
    """第二十条第（八）项: fees collected."""

    amount: Amount = _cell("本年收费金额", "fees collected this year", "万元")


_ITEM_1, _ITEM_5, _ITEM_6 = "第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项"
_ITEM_8, _ITEM_9 = "第二十条第（八）项", "第二十条第（九）项"


class Proactive(FormModel):
    """Table two of the 2021 form: 10 cells."""

    rules: IssuedDocuments = _group(IssuedDocuments, "规章", "government rules", _ITEM_1)
    normative_documents: IssuedDocuments = _group(
        IssuedDocuments, "行政规范性文件", "normative documents", _ITEM_1
    )
    licensing: Decisions = _group(Decisions, "行政许可", "administrative licensing", _ITEM_5)
    penalties: Decisions = _group(Decisions, "行政处罚", "administrative penalties", _ITEM_6)
    compulsory_measures: Decisions = _group(
        Decisions, "行政强制", "administrative compulsory measures", _ITEM_6
    )
    fees: Fees = _group(Fees, "行政事业性收费", "administrative fees", _ITEM_8)


# --- table two, 2019 form -------------------------------------------------------------------


class DisclosedDocuments(FormModel):
    """第二十条第（一）项 of the trial form: documents made and disclosed."""

    made: Count = _cell("本年新制作数量", "made this year")
    disclosed: Count = _cell("本年新公开数量", "disclosed this year")
    total_disclosed: Count = _cell("对外公开总数量", "disclosed in total")


class ItemsAndDecisions(FormModel):
    """第二十条第（五）、（六）项 of the trial form: items last year, their change, decisions."""

    items_last_year: Count = _cell("上一年项目数量", "items last year", "项")
    items_change: Change = _cell("本年增/减", "change this year", "项")
    decisions: Count = _cell("处理决定数量", "decisions")


class FeeItems(FormModel):
    """第二十条第（八）项 of the trial form: fee items and their change."""

    items_last_year: Count = _cell("上一年项目数量", "items last year", "项")
    items_change: Change = _cell("本年增/减", "change this year", "项")


class Procurement(FormModel):
    """第二十条第（九）项: central procurement; the amount's unit is the one that is printed."""

    items: Count = _cell("采购项目数量", "procurement items", "项")
    amount: Amount = _cell("采购总金额", "procurement amount", "as printed")


class Proactive2019(FormModel):
    """Table two of the 2019 form: 22 cells."""

    rules: DisclosedDocuments = _group(DisclosedDocuments, "规章", "government rules", _ITEM_1)
    normative_documents: DisclosedDocuments = _group(
        DisclosedDocuments, "规范性文件", "normative documents", _ITEM_1
    )
    licensing: ItemsAndDecisions = _group(
        ItemsAndDecisions, "行政许可", "administrative licensing", _ITEM_5
    )
    other_services: ItemsAndDecisions = _group(
        ItemsAndDecisions, "其他对外管理服务事项", "other public services", _ITEM_5
    )
    penalties: ItemsAndDecisions = _group(
        ItemsAndDecisions, "行政处罚", "administrative penalties", _ITEM_6
    )
    compulsory_measures: ItemsAndDecisions = _group(
        ItemsAndDecisions, "行政强制", "administrative compulsory measures", _ITEM_6
    )
    fees: FeeItems = _group(FeeItems, "行政事业性收费", "administrative fees", _ITEM_8)
    procurement: Procurement = _group(Procurement, "政府集中采购", "central procurement", _ITEM_9)


# --- table three ----------------------------------------------------------------------------


class ApplicantCounts(FormModel):
    """One row of table three: seven columns of applicants."""

    natural_person: Count = _cell("自然人", "natural persons")
    company: Count = _cell("商业企业", "companies")
    research_institution: Count = _cell("科研机构", "research institutions")
    public_welfare_org: Count = _cell("社会公益组织", "public welfare organisations")
    legal_service_org: Count = _cell("法律服务机构", "legal service organisations")
    other_org: Count = _cell("其他", "other organisations")
    total: Count = _cell("总计", "total")


def _row(label: str, label_en: str) -> Any:  # noqa: ANN401 - a pydantic default
    return _group(ApplicantCounts, label, label_en)


class Denied(FormModel):
    """（三）不予公开, eight reasons."""

    state_secret: ApplicantCounts = _row("属于国家秘密", "state secret")
    prohibited_by_law: ApplicantCounts = _row("其他法律行政法规禁止公开", "prohibited by law")
    security_and_stability: ApplicantCounts = _row("危及“三安全一稳定”", "security and stability")
    third_party_rights: ApplicantCounts = _row("保护第三方合法权益", "third-party rights")
    internal_affairs: ApplicantCounts = _row("属于三类内部事务信息", "internal affairs")
    deliberative_process: ApplicantCounts = _row("属于四类过程性信息", "deliberative process")
    enforcement_case_file: ApplicantCounts = _row("属于行政执法案卷", "enforcement case file")
    administrative_inquiry: ApplicantCounts = _row("属于行政查询事项", "administrative inquiry")


class Unavailable(FormModel):
    """（四）无法提供, three reasons."""

    not_held: ApplicantCounts = _row("本机关不掌握相关政府信息", "not held by this agency")
    needs_creation: ApplicantCounts = _row("没有现成信息需要另行制作", "would have to be created")
    unclear_after_correction: ApplicantCounts = _row(
        "补正后申请内容仍不明确", "unclear after correction"
    )


class NotProcessed(FormModel):
    """（五）不予处理, five reasons."""

    petition_or_complaint: ApplicantCounts = _row("信访举报投诉类申请", "petition or complaint")
    repeat_request: ApplicantCounts = _row("重复申请", "repeated request")
    published_material: ApplicantCounts = _row("要求提供公开出版物", "published material")
    excessive_requests: ApplicantCounts = _row("无正当理由大量反复申请", "excessive requests")
    confirmation_or_reissue: ApplicantCounts = _row(
        "要求行政机关确认或重新出具已获取信息", "confirmation or reissue"
    )


class OtherOutcome(FormModel):
    """（六）其他处理: three rows in the 2021 form, one undivided row in the 2019 form."""

    correction_overdue: ApplicantCounts = _row(
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "correction overdue"
    )
    fee_overdue: ApplicantCounts = _row(
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "fee overdue"
    )
    other: ApplicantCounts = _row("其他", "other")
    undivided: ApplicantCounts = _row("（六）其他处理", "other outcomes, undivided (2019 form)")


class Outcome(FormModel):
    """三、本年度办理结果."""

    granted: ApplicantCounts = _row("予以公开", "granted")
    partially_granted: ApplicantCounts = _row(
        "部分公开（区分处理的，只计这一情形，不计其他情形）", "partially granted"
    )
    denied: Denied = _group(Denied, "（三）不予公开", "denied")
    unavailable: Unavailable = _group(Unavailable, "（四）无法提供", "unavailable")
    not_processed: NotProcessed = _group(NotProcessed, "（五）不予处理", "not processed")
    other: OtherOutcome = _group(OtherOutcome, "（六）其他处理", "other outcomes")
    total: ApplicantCounts = _row("（七）总计", "total of outcomes")


class Requests(FormModel):
    """Table three: 25 rows of seven cells (23 in the 2019 form)."""

    received: ApplicantCounts = _row("本年新收政府信息公开申请数量", "received this year")
    carried_in: ApplicantCounts = _row("上年结转政府信息公开申请数量", "carried in from last year")
    outcome: Outcome = _group(Outcome, "三、本年度办理结果", "outcomes this year")
    carried_out: ApplicantCounts = _row("结转下年度继续办理", "carried out to next year")


# --- table four -----------------------------------------------------------------------------


class DisputeResults(FormModel):
    """One block of table four: five cells."""

    upheld: Count = _cell("结果维持", "upheld")
    corrected: Count = _cell("结果纠正", "corrected")
    other: Count = _cell("其他结果", "other results")
    pending: Count = _cell("尚未审结", "pending")
    total: Count = _cell("总计", "total")


class Disputes(FormModel):
    """Table four: 15 cells in three blocks."""

    reconsideration: DisputeResults = _group(
        DisputeResults, "行政复议", "administrative reconsideration"
    )
    litigation_direct: DisputeResults = _group(
        DisputeResults, "行政诉讼·未经复议直接起诉", "litigation without reconsideration"
    )
    litigation_after_reconsideration: DisputeResults = _group(
        DisputeResults, "行政诉讼·复议后起诉", "litigation after reconsideration"
    )

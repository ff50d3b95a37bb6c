"""Sentences in which a report says whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.layouts.naming import WITH_PLACE
from gongkai.tables.words import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How sentences of a report name who reports, where that name may begin, and what goes with it.
_HAN = "[\u4e00-\u9fff]"
_WHO = r"(?P<agency>[\u4e00-\u9fff（）()]{4,40}?)"
_CLAUSE = r"(?:^|[，,。；;])\s*"
_REPORT = "(?:报告|年报)"
_THIS = rf"本(?:年度)?{_REPORT}"
_BY = "根据|按照|依据|依照"
_WRITES = "编制(?!委)|制作|撰写"
_ISSUES = "发布|公布|现发布|现公布"
_OWN = "(?:本(?:机关|单位|部门))?"
_YEAR = r"20\d{2}\s*年度?的?"
_OPENING = re.compile(
    rf"(?:现将|{_ISSUES}|(?:现|向社会)公开|(?<!机构)编制|制定|形成|撰写)[《“]?"
    rf"(?P<agency>[^，,。；;“”《》]{{2,40}}?)(?:关于)?{_YEAR}政府信息公开"
)
#: An office within an agency, as it stands behind its name: 县教育局党政办公室, 县教育局局办公室.
_OFFICE = (
    rf"(?:(?:(?<=局)局)?(?:党政|综合|政府信息公开|政务公开|信息)?(?:{_HAN}{{0,5}}领导小组)?办公室"
    rf"|(?:政务公开|综合|秘书|法规|宣传|信息){_HAN}{{0,5}})?"
)
#: Sentences of a report about itself. What they name is checked to be a name with a place.
_AUTHORS = (
    re.compile(rf"{_THIS}[是系]?由{_WHO}(?:负责|组织|{_BY}|{_WRITES})"),
    re.compile(
        rf"{_CLAUSE}{_WHO}(?:结合[^，,。；;]{{2,20}}[，,])?(?:现|特|组织)?(?:向社会)?"
        rf"(?:{_WRITES}|{_ISSUES}|形成)"
        rf"(?:了|并公布|完成)?(?:《[^《》\d]{{2,30}})?{_OWN}{_YEAR}(?:政府|政务)?信?息?公开.{{0,12}}{_REPORT}"
    ),
    re.compile(rf"{_CLAUSE}{_WHO}(?:{_BY})[^，,。；;]{{2,60}}(?:{_WRITES})了?{_THIS}"),
    re.compile(rf"{_CLAUSE}由{_WHO}(?:负责|组织)?(?:{_WRITES})[^，,。；;]{{0,12}}{_REPORT}"),
    re.compile(rf"{_CLAUSE}{_WHO}现将{_OWN}{_YEAR}(?:政府信息|政务)公开"),
    re.compile(rf"(?:{_ISSUES}){_YEAR}{_WHO}的?政府信息公开.{{0,6}}{_REPORT}"),
    re.compile(
        rf"(?:{_THIS}|疑问|咨询)[^。]{{0,30}}?(?:[与向和]|请联系[:：]?){_WHO}"
        rf"{_OFFICE}(?:[（(][^（()）]*[)）])?"
        r"(?:联系|咨询|反映|[，,。；;（(]?(?:地址|电话|联系电话))"
    ),
    re.compile(
        rf"{_THIS}[^。]{{0,150}}?(?:[，,]|规定|要求)由{_WHO}{_OFFICE}"
        rf"(?:(?:综合|汇总|结合|负责|组织)[^，,。；;]{{0,8}})?(?:{_WRITES})(?:而成|完成)?[，,。；;]"
    ),
    re.compile(
        rf"(?:根据|结合)(?:{_YEAR})?{_WHO}(?:政府|政务)?信息公开工作[^，,。；;]{{0,8}}(?:{_WRITES})"
    ),
    re.compile(rf"^{_WHO}是[^，,。；;]{{2,30}}部门[，,。]"),
    re.compile(
        rf"{_CLAUSE}(?P<agency>{_HAN}{{4,40}}?)[（(]以下简称[“\"：:]*"
        rf"(?:[我本{PLACES}]|管委会).{{0,40}}公开"
    ),
)


def named_in(text: str) -> Iterator[re.Match[str]]:
    """Yield where a paragraph says whose report this is."""
    if "公开" not in text and "报告" not in text:
        return
    if match := _OPENING.search(text):
        yield match
    for author in _AUTHORS:
        if (match := author.search(text)) and WITH_PLACE.search(match["agency"]):
            yield match

"""The searchable fields of a report: path, type, label and unit of each.

The form's cells come from :data:`gongkai.form.CELLS`, the sections from their model, the indicators
from their catalogue; the few other fields are listed here. Mapping, documents, queries and tables
all read this catalogue, and a test compares it with the models, so that no field is left out of the
index unnoticed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from gongkai.enrichment.catalogue import COMPARISONS, INDICATORS
from gongkai.form import CELLS
from gongkai.model import Sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal[
    "integer",  # whole numbers: counts of the form
    "short",  # small whole numbers
    "double",  # exact up to 15 digits: the form's two amounts
    "float",  # shares and rates
    "date",
    "keyword",
    "name",  # keyword, with its words searchable as well
    "text",
    "message",  # kept and shown, neither searched nor counted
    "object",  # kept as it is, not looked into
]

#: The kinds that the mappings of plugins stand for.
_KINDS: dict[str, Kind] = {
    "byte": "integer",
    "short": "short",
    "integer": "integer",
    "long": "double",
    "float": "float",
    "double": "double",
    "date": "date",
    "keyword": "keyword",
    "boolean": "keyword",
}

#: Kinds that hold numbers.
NUMERIC: frozenset[Kind] = frozenset({"integer", "short", "double", "float"})


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document.

    Attributes:
        path: canonical dotted path.
        kind: how it is indexed.
        label: Chinese label.
        label_en: English label.
        unit: unit of a number; ``""`` for other kinds.
    """

    path: str
    kind: Kind
    label: str
    label_en: str
    unit: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the field holds numbers."""
        return self.kind in NUMERIC

    @property
    def ordered(self) -> bool:
        """Whether values can be compared: numbers and dates."""
        return self.numeric or self.kind == "date"

    @property
    def many(self) -> bool:
        """Whether a document holds a list of values."""
        return self.path.startswith(("cells.", "findings."))

    @property
    def aggregatable(self) -> bool:
        """Whether the field can be sorted and counted by."""
        return self.kind not in {"text", "message", "object"}


_BEFORE_CELLS = (
    Field("title", "text", "标题", "title"),
    Field("agency.name", "name", "机关名称", "agency"),
    Field("agency.id", "keyword", "机关编号", "agency identifier"),
    Field("agency.kind", "keyword", "机关类型", "kind of agency"),
    Field("agency.level", "keyword", "机关层级", "level of agency"),
    Field("region.province", "keyword", "省份", "province"),
    Field("region.city", "keyword", "地市", "city"),
    Field("region.county", "keyword", "区县", "county"),
    Field("region.code", "keyword", "行政区划代码", "division code"),
    Field("year", "short", "年度", "report year", "年"),
    Field("period", "date", "年度日期", "report year as a date (1 July)"),
    Field("published_on", "date", "发布日期", "published on"),
    Field("index_number", "keyword", "索引号", "index number"),
    Field("document_number", "keyword", "文号", "document number"),
    Field("publisher", "name", "发布机构", "publisher"),
    Field("form", "keyword", "表式", "statutory form"),
    Field("source.path", "keyword", "来源路径", "source path"),
    Field("source.sha256", "keyword", "来源校验和", "source checksum"),
    Field("source.format", "keyword", "来源格式", "source format"),
    Field("source.layout", "keyword", "版式", "layout"),
    Field("source.layout_version", "keyword", "版式版本", "layout version"),
    Field("source.url", "keyword", "来源网址", "source address"),
    Field("source.fetched_on", "date", "采集日期", "fetched on"),
    Field("digest.report", "keyword", "报告摘要", "checksum of the report"),
    Field("digest.document", "keyword", "文档摘要", "checksum of the document"),
    Field("digest.derived", "keyword", "派生摘要", "checksum of what was derived from it"),
)

_AFTER_CELLS = (
    Field("body", "text", "正文", "narrative"),
    Field("outline", "object", "提纲", "outline"),
    Field("cells.blank", "keyword", "空白单元格", "blank cells"),
    Field("cells.inferred", "keyword", "推定单元格", "inferred cells"),
    Field("cells.unreadable", "keyword", "无法读取单元格", "unreadable cells"),
    Field("cells.absent", "keyword", "缺失单元格", "absent cells"),
    Field("cells.marks", "object", "空值符号", "nil marks"),
    Field("cells.raw", "object", "原文", "text as printed"),
    Field("quality.verdict", "keyword", "校验结论", "verdict"),
    Field("quality.coverage", "float", "覆盖率", "coverage", "比例"),
    Field("quality.cells", "short", "表式单元格数", "cells of the form", "个"),
    Field("quality.read", "short", "已读单元格数", "cells read", "个"),
    Field("quality.held", "short", "成立勾稽数", "identities held", "个"),
    Field("quality.failed", "short", "不符勾稽数", "identities failed", "个"),
    Field("quality.unassessed", "short", "未评勾稽数", "identities not assessed", "个"),
    Field("quality.critical", "short", "严重问题数", "critical findings", "个"),
    Field("quality.warnings", "short", "警告数", "warnings", "个"),
    Field("findings.rule", "keyword", "问题规则", "rules of the findings"),
    Field("findings.severity", "keyword", "问题严重度", "severities of the findings"),
    Field("findings.responsibility", "keyword", "问题责任", "responsibilities of the findings"),
    Field("findings.cells", "keyword", "问题单元格", "cells of the findings"),
    Field("findings.message", "message", "问题说明", "messages of the findings"),
    Field("findings.detail", "object", "问题详情", "the findings as they are"),
    Field("provenance", "object", "元数据出处", "places of the metadata"),
)

#: Units of indicators that are whole numbers.
_WHOLE = frozenset({"件", "天", "是/否"})


def _fields() -> Iterator[Field]:
    yield from _BEFORE_CELLS
    for cell in CELLS.values():
        kind: Kind = "double" if cell.type == "decimal" else "integer"
        yield Field(cell.path, kind, cell.label, cell.label_en, cell.unit)
    for name, section in Sections.model_fields.items():
        yield Field(f"sections.{name}", "text", section.title or name, f"section {name}")
    for indicator in (*INDICATORS, *COMPARISONS):
        yield Field(
            f"indicators.{indicator.id}",
            "integer" if indicator.unit in _WHOLE else "double",
            indicator.zh,
            indicator.en,
            indicator.unit,
        )
    yield from _AFTER_CELLS


@cache
def report_fields() -> Mapping[str, Field]:
    """Return every field of a report document by path, in the order of the mapping."""
    return MappingProxyType({field.path: field for field in _fields()})


def extension_fields(extensions: Mapping[str, Mapping[str, Any]]) -> dict[str, Field]:
    """Return the fields that plugins add under ``ext``, by path; unusual types are left out.

    Args:
        extensions: field mappings by plugin name, as they register them.
    """
    found = {}
    for plugin, properties in extensions.items():
        for name, mapping in properties.items():
            kind = _KINDS.get(mapping.get("type", ""))
            if kind is not None:
                path = f"ext.{plugin}.{name}"
                label = mapping.get("meta", {}).get("label", path)
                found[path] = Field(path, kind, label, path)
    return found

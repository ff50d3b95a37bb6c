"""The two side indices: one document a number (cells), one document a finding (checks).

``gongkai-cells`` is the long form of the reports: 200 columns become rows, so that a chart can
pick any of them by table, row and column, and redraw the form as a pivot. ``gongkai-checks`` has
one document for every check that did not pass. Both repeat the keys of the report under the same
names as ``gongkai-reports``, so that one filter holds on all three.

Both follow from an extracted report alone, but for last year's value, which the caller passes.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from gongkai.form import CELLS, LABELS_BY_ROW
from gongkai.search.documents import document_id, period_of
from gongkai.search.fields import Field, report_fields
from gongkai.search.schema import IndexSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.form import Cell
    from gongkai.model import Extracted, Report

#: Fields of a report that the side indices repeat, under the same names.
KEYS = (
    *("agency.name", "agency.id", "agency.kind", "agency.level"),
    *("region.province", "region.city", "region.county", "region.code"),
    *("year", "period", "form", "title", "source.url", "source.layout", "quality.verdict"),
)
#: The heading above all rows of table three's results; it would open each of their labels.
_LEFT_OUT = frozenset({"requests.outcome"})

#: Kinds of checks by the first part of their rule.
CHECK_KINDS = {
    "T2": "表内勾稽",
    "T3": "表内勾稽",
    "T4": "表内勾稽",
    "X": "跨年",
    "V": "取值",
    "L": "逻辑",
    "N": "图文",
    "S": "结构",
    "M": "元数据",
    "D": "重复",
    "H": "汇总",
    "E": "读取",
    "P": "版式",
}
#: Kind of a check whose rule opens with none of these: a plugin's own.
OTHER_KIND = "其他"


def _keys() -> Iterator[Field]:
    fields = report_fields()
    yield Field("report", "keyword", "报告标识", "identifier of the report")
    yield from (fields[path] for path in KEYS)


def cell_fields() -> tuple[Field, ...]:
    """Return the fields of a document of ``gongkai-cells``."""
    return (
        *_keys(),
        Field("cell.path", "keyword", "指标", "canonical path of the cell"),
        Field("cell.table", "keyword", "表", "statutory table"),
        Field("cell.row", "keyword", "行", "row, with its number in front"),
        Field("cell.column", "keyword", "列", "column, with its number in front"),
        Field("cell.unit", "keyword", "单位", "unit"),
        Field("cell.state", "keyword", "读取方式", "printed, or inferred by the identities"),
        Field("value", "double", "数值", "value", "见单位"),
        Field("previous", "double", "上年数值", "value of last year's report", "见单位"),
        Field("delta", "double", "比上年增减", "change since last year's report", "见单位"),
    )


def check_fields() -> tuple[Field, ...]:
    """Return the fields of a document of ``gongkai-checks``."""
    fields = report_fields()
    return (
        *_keys(),
        fields["findings.rule"],
        Field("findings.kind", "keyword", "问题类别", "kind of check"),
        fields["findings.severity"],
        fields["findings.responsibility"],
        fields["findings.cells"],
        Field("findings.places", "keyword", "原文位置", "places in the source"),
        fields["findings.message"],
        Field("findings.fingerprint", "keyword", "问题指纹", "name that no value changes"),
        Field("findings.actual", "double", "实际值", "printed value or left side", "见指标"),
        Field("findings.expected", "double", "应有值", "implied value or right side", "见指标"),
        Field("findings.difference", "double", "差额", "actual minus expected", "见指标"),
        Field(
            "findings.difference_abs", "double", "差额绝对值", "size of the difference", "见指标"
        ),
        Field("findings.actual_text", "keyword", "实际文字", "printed value where it is text"),
        Field("findings.expected_text", "keyword", "应有文字", "implied value where it is text"),
    )


CELLS_INDEX = IndexSpec("cells", 1, cell_fields)
CHECKS_INDEX = IndexSpec("checks", 1, check_fields)


@cache
def row_title(path: str) -> str:
    """Return a row's label with the group that holds it: ``（三）不予公开·属于国家秘密``.

    Args:
        path: of the row, e.g. ``requests.outcome.denied.state_secret``.
    """
    above = accumulate(path.split("."), "{}.{}".format)
    labels = [
        LABELS_BY_ROW[here] for here in above if here in LABELS_BY_ROW and here not in _LEFT_OUT
    ]
    return "·".join(dict.fromkeys(labels))  # an undivided group is its row


@cache
def _numbered_rows() -> dict[str, str]:
    numbers: Counter[str] = Counter()
    found: dict[str, str] = {}
    for cell in CELLS.values():
        if cell.row_path not in found:
            numbers[cell.table] += 1
            found[cell.row_path] = f"{numbers[cell.table]:02} {row_title(cell.row_path)}"
    return found


@cache
def _numbered_columns() -> dict[str, str]:
    numbers: Counter[str] = Counter()
    found: dict[str, str] = {}
    for cell in CELLS.values():
        numbers[cell.row_path] += 1
        found[cell.path] = f"{numbers[cell.row_path]} {cell.column}"
    return found


def numbered_row(cell: Cell) -> str:
    """Return the row label behind its number, so that sorting gives the form's order."""
    return _numbered_rows()[cell.row_path]


def numbered_column(cell: Cell) -> str:
    """Return the column label behind its number in the row."""
    return _numbered_columns()[cell.path]


def cells_documents(
    extracted: Extracted, previous: Report | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``_id`` and document of every number of a report; nulls have none.

    Args:
        extracted: a report; a rejected source yields nothing.
        previous: the same agency's report on the year before, where it is known.
    """
    if extracted.report is None:
        return
    report = extracted.report
    prefix, keys = _prefix(extracted), _key_values(extracted)
    inferred = frozenset(report.cells.inferred)
    for cell in CELLS.values():
        value = report.value(cell.path)
        if value is None:
            continue
        document = {
            **keys,
            "cell": {
                "path": cell.path,
                "table": cell.table,
                "row": numbered_row(cell),
                "column": numbered_column(cell),
                "unit": cell.unit,
                "state": "inferred" if cell.path in inferred else "printed",
            },
            "value": _number(value),
        }
        before = previous.value(cell.path) if previous is not None else None
        if before is not None:
            document["previous"] = _number(before)
            document["delta"] = _number(Decimal(value) - Decimal(before))
        yield f"{prefix}:{cell.path}", document


def checks_documents(extracted: Extracted) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``_id`` and document of every finding of a report."""
    if extracted.report is None:
        return
    prefix, keys = _prefix(extracted), _key_values(extracted)
    seen: Counter[str] = Counter()
    for finding in extracted.findings:
        found: dict[str, Any] = {
            "rule": finding.rule,
            "kind": CHECK_KINDS.get(finding.rule.split(".", 1)[0], OTHER_KIND),
            "severity": finding.severity,
            "responsibility": finding.responsibility,
            "cells": finding.cells,
            "places": finding.places,
            "message": finding.message,
            "fingerprint": finding.fingerprint,
        }
        numbers = {}
        for name, side in (("actual", finding.actual), ("expected", finding.expected)):
            if isinstance(side, str):
                found[f"{name}_text"] = side
            elif side is not None:
                numbers[name] = Decimal(side)
                found[name] = _number(side)
        if len(numbers) == 2:  # noqa: PLR2004 - both sides
            difference = numbers["actual"] - numbers["expected"]
            found["difference"] = _number(difference)
            found["difference_abs"] = _number(abs(difference))
        # Two findings of one rule on the same cells are two documents.
        seen[finding.fingerprint] += 1
        yield (
            f"{prefix}:{finding.fingerprint}:{seen[finding.fingerprint]}",
            {**keys, "findings": found},
        )


def _prefix(extracted: Extracted) -> str:
    # A report's _id may fill all the bytes that Elasticsearch allows.
    return hashlib.sha256(document_id(extracted).encode()).hexdigest()[:32]


def _key_values(extracted: Extracted) -> dict[str, Any]:
    report = extracted.report
    if report is None:
        raise ValueError(f"{extracted.source.path} was rejected: it has no document")
    keys: dict[str, Any] = {
        "report": document_id(extracted),
        "agency": report.agency.model_dump(exclude_none=True),
        "region": report.region.model_dump(exclude_none=True),
        "year": report.year,
        "period": period_of(report.year) if report.year is not None else None,
        "form": report.form,
        "title": report.title,
        "source": {"url": extracted.source.url, "layout": extracted.source.layout},
        "quality": {"verdict": report.quality.verdict},
    }
    keys["source"] = {name: text for name, text in keys["source"].items() if text is not None}
    return {name: value for name, value in keys.items() if value not in (None, {})}


def _number(value: Decimal | int) -> int | float:
    """Return the JSON number that prints the same digits."""
    return int(value) if value == int(value) else float(value)

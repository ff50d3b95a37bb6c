"""The catalogue of cells, read off the models: one :class:`Cell` per statutory number."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from gongkai.form.models import (
    ApplicantCounts,
    Disputes,
    Fees,
    FormModel,
    Proactive,
    Proactive2019,
    Procurement,
    Requests,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FormYear = Literal["2021", "2019"]
TableName = Literal["二", "三", "四"]

#: Rows of table three that only one of the two forms prints.
_ONLY_2021 = frozenset({"correction_overdue", "fee_overdue", "requests.outcome.other.other"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the form.

    Attributes:
        path: canonical field path, e.g. ``requests.received.total``.
        table: statutory table (二, 三 or 四).
        row_path: path of the row or block that holds it, e.g. ``requests.received``.
        row: the row's Chinese label.
        column: the column's Chinese label.
        row_en: the row's English label.
        column_en: the column's English label.
        type: ``integer``, or ``decimal`` for the two amounts.
        unit: 件, 项, 万元, or ``as printed`` for 采购总金额.
        article: the item of 《条例》第二十条 that asks for it, table two only.
        forms: the forms that print it.
        signed: whether it may be negative (本年增/减).
    """

    path: str
    table: TableName
    row_path: str
    row: str
    column: str
    row_en: str
    column_en: str
    type: Literal["integer", "decimal"]
    unit: str
    article: str | None
    forms: tuple[FormYear, ...]
    signed: bool

    @property
    def label(self) -> str:
        """Chinese label, row and column: ``予以公开·自然人``."""
        return f"{self.row}·{self.column}"

    @property
    def label_en(self) -> str:
        """English label, row and column."""
        return f"{self.row_en}, {self.column_en}"


def _extra(field: Any, key: str) -> Any:  # noqa: ANN401 - pydantic's FieldInfo extras
    extra = field.json_schema_extra
    return extra.get(key) if isinstance(extra, dict) else None


def _forms(table: TableName, row_path: str) -> tuple[FormYear, ...]:
    if table == "二":
        return ("2019",) if row_path.startswith("proactive_2019") else ("2021",)
    if row_path.endswith(".undivided"):
        return ("2019",)
    if row_path in _ONLY_2021 or row_path.rsplit(".", 1)[-1] in _ONLY_2021:
        return ("2021",)
    return ("2021", "2019")


def _walk(
    model: type[FormModel], path: str, table: TableName, row: tuple[str, str, str | None]
) -> Iterator[Cell]:
    for name, field in model.model_fields.items():
        here = f"{path}.{name}"
        annotation = field.annotation
        if isinstance(annotation, type) and issubclass(annotation, FormModel):
            label, label_en = field.title or "", field.description or ""
            yield from _walk(annotation, here, table, (label, label_en, _extra(field, "article")))
            continue
        yield Cell(
            path=here,
            table=table,
            row_path=path,
            row=row[0],
            column=field.title or "",
            row_en=row[1],
            column_en=field.description or "",
            type="decimal" if model in (Fees, Procurement) and name == "amount" else "integer",
            unit=_extra(field, "unit"),
            article=row[2],
            forms=_forms(table, path),
            signed=name == "items_change",
        )


def _row_labels(model: type[FormModel], path: str) -> Iterator[tuple[str, str]]:
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, FormModel):
            yield f"{path}.{name}", field.title or ""
            yield from _row_labels(inner, f"{path}.{name}")


_TABLES: tuple[tuple[str, TableName, type[FormModel]], ...] = (
    ("proactive", "二", Proactive),
    ("proactive_2019", "二", Proactive2019),
    ("requests", "三", Requests),
    ("disputes", "四", Disputes),
)

#: Every cell of both forms by path, in statutory order (229 cells).
CELLS: Mapping[str, Cell] = MappingProxyType(
    {
        cell.path: cell
        for root, table, model in _TABLES
        for cell in _walk(model, root, table, ("", "", None))
    }
)

#: Chinese labels of every row, and of every group of rows, by path.
LABELS_BY_ROW: Mapping[str, str] = MappingProxyType(
    {path: label for root, _, model in _TABLES for path, label in _row_labels(model, root)}
)

#: The seven columns of table three, in statutory order.
APPLICANTS: tuple[str, ...] = tuple(ApplicantCounts.model_fields)

#: The rows of table three by path, in statutory order; ``undivided`` included (26 rows).
REQUEST_ROWS: tuple[str, ...] = tuple(
    dict.fromkeys(cell.row_path for cell in CELLS.values() if cell.table == "三")
)

#: The fifteen cells of table four, in statutory order.
DISPUTE_CELLS: tuple[str, ...] = tuple(c.path for c in CELLS.values() if c.table == "四")


def cells_of(form: FormYear) -> tuple[Cell, ...]:
    """Return the cells that ``form`` prints, in statutory order: 200 (2021) or 198 (2019)."""
    return tuple(cell for cell in CELLS.values() if form in cell.forms)

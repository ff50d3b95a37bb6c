"""The statutory tables as matrices of cells with spans, as an office suite would hold them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from gongkai.form import APPLICANTS, CELLS, DISPUTE_CELLS, request_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.testbed.reports import TestReport

Kind = Literal["title", "head", "group", "label", "number", "note"]


@dataclass(slots=True)
class Cell:
    """A printed cell.

    Attributes:
        text: as printed; a line break is ``\\n``.
        kind: what it is for.
        colspan: raster columns.
        rowspan: raster rows.
        path: canonical path of a number cell.
    """

    text: str
    kind: Kind
    colspan: int = 1
    rowspan: int = 1
    path: str | None = None


@dataclass(slots=True)
class Table:
    """A table.

    Attributes:
        name: 二, 三 or 四.
        rows: own cells of each row; cells covered by a span of an earlier row are left out.
        columns: raster width.
        head_rows: rows before the first number.
    """

    name: str
    rows: list[list[Cell]]
    columns: int
    head_rows: int = 0
    notes: list[str] = field(default_factory=list)

    def cells(self) -> Iterator[Cell]:
        """Iterate over all cells in reading order."""
        for row in self.rows:
            yield from row

    def raster(self) -> list[list[tuple[Cell | None, bool]]]:
        """Return rows of (cell, whether this is its upper left corner); None where a hole is."""
        grid: list[list[tuple[Cell | None, bool]]] = [[] for _ in self.rows]
        pending: dict[tuple[int, int], Cell] = {}
        for y, row in enumerate(self.rows):
            x = 0
            own = iter(row)
            cell = next(own, None)
            while cell is not None or (y, x) in pending:
                if (y, x) in pending:
                    grid[y].append((pending[y, x], False))
                    x += 1
                    continue
                if cell is None:
                    break
                for dy in range(cell.rowspan):
                    for dx in range(cell.colspan):
                        if dy or dx:
                            pending[y + dy, x + dx] = cell
                grid[y].append((cell, True))
                x += 1
                cell = next(own, None)
        return grid


def number_text(report: TestReport, path: str) -> str:
    """Return how a cell prints."""
    value = report.cells[path]
    if value is None:
        return report.marks.get(path, "")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _number(report: TestReport, path: str, colspan: int = 1) -> Cell:
    return Cell(number_text(report, path), "number", colspan, path=path)


def _block_rows(report: TestReport, item: str) -> list[list[Cell]]:
    """Make one block of table two (第二十条第（…）项) on a raster of four columns."""
    paths = [p for p in report.cells if CELLS[p].table == "二" and CELLS[p].article == item]
    by_row: dict[str, list[str]] = {}
    for path in paths:
        by_row.setdefault(CELLS[path].row_path, []).append(path)
    if not by_row:
        return []
    first = next(iter(by_row.values()))
    spans = {3: (1, 1, 1), 2: (1, 2), 1: (3,)}[len(first)]
    heads = [CELLS[path].column for path in first]
    if heads == ["本年收费金额"]:
        heads = ["本年收费金额（单位：万元）"]
    rows = [
        [Cell(item, "title", 4)],
        [Cell("信息内容", "head")]
        + [Cell(head, "head", span) for head, span in zip(heads, spans, strict=True)],
    ]
    rows += [
        [Cell(CELLS[row[0]].row, "label")]
        + [_number(report, path, span) for path, span in zip(row, spans, strict=True)]
        for row in by_row.values()
    ]
    return rows


def table_two(report: TestReport) -> Table:
    """Make 二、主动公开政府信息情况."""
    items = dict.fromkeys(CELLS[p].article for p in CELLS if CELLS[p].article is not None)
    rows: list[list[Cell]] = []
    for item in items:
        rows += _block_rows(report, str(item))
    return Table("二", rows, 4, head_rows=2)


#: Group rows of table three by path fragment, in order: label and how the rows are numbered.
_GROUPS = {
    "denied": "（三）不予公开",
    "unavailable": "（四）无法提供",
    "not_processed": "（五）不予处理",
    "other": "（六）其他处理",
}
_PLAIN = {
    "requests.outcome.granted": "（一）予以公开",
    "requests.outcome.partially_granted": (
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"
    ),
    "requests.outcome.other.undivided": "（六）其他处理",
    "requests.outcome.total": "（七）总计",
}
_EDGES = {
    "requests.received": "一、本年新收政府信息公开申请数量",
    "requests.carried_in": "二、上年结转政府信息公开申请数量",
    "requests.carried_out": "四、结转下年度继续办理",
}
_RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


def _request_head() -> list[list[Cell]]:
    return [
        [Cell(_RULE, "note", 3, 3), Cell("申请人情况", "head", 7)],
        [
            Cell("自然人", "head", 1, 2),
            Cell("法人或其他组织", "head", 5),
            Cell("总计", "head", 1, 2),
        ],
        [
            Cell(text, "head")
            for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
        ],
    ]


def table_three(report: TestReport) -> Table:
    """Make 三、收到和处理政府信息公开申请情况 on a raster of ten columns."""
    rows = _request_head()
    paths = request_rows("2019" if report.undivided else "2021")
    outcome = [p for p in paths if p.startswith("requests.outcome.")]
    grouped: dict[str, list[str]] = {}
    for path in outcome:
        if path not in _PLAIN:
            grouped.setdefault(path.split(".")[2], []).append(path)
    for path in paths:
        row: list[Cell] = []
        if path == outcome[0]:
            row.append(Cell("三、本年度办理结果", "group", 1, len(outcome)))
        if path in _EDGES:
            row.append(Cell(_EDGES[path], "label", 3))
        elif path in _PLAIN:
            row.append(Cell(_PLAIN[path], "label", 2))
        else:
            name = path.split(".")[2]
            number = grouped[name].index(path) + 1
            if number == 1:
                row.append(Cell(_GROUPS[name], "group", 1, len(grouped[name])))
            label = CELLS[f"{path}.total"].row
            row.append(Cell(f"{number}.{label}", "label"))
        row += [_number(report, f"{path}.{column}") for column in APPLICANTS]
        rows.append(row)
    return Table("三", rows, 10, head_rows=3)


def table_four(report: TestReport) -> Table:
    """Make 四、政府信息公开行政复议、行政诉讼情况 on a raster of fifteen columns."""
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    rows = [
        [Cell("行政复议", "head", 5), Cell("行政诉讼", "head", 10)],
        [Cell(text, "head", 1, 2) for text in results]
        + [Cell("未经复议直接起诉", "head", 5), Cell("复议后起诉", "head", 5)],
        [Cell(text, "head") for text in results * 2],
        [_number(report, path) for path in DISPUTE_CELLS],
    ]
    return Table("四", rows, 15, head_rows=3)


def paths_of(table: Table) -> list[str]:
    """Return the paths that the table prints, in reading order."""
    return [cell.path for cell in table.cells() if cell.path is not None]

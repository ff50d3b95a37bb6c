"""From settled rows to the report's cells: values, states, and what is to be said about them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from gongkai.form import CELLS, MAX_AMOUNT_DIGITS, MAX_COUNT
from gongkai.model import CellStates, Finding
from gongkai.reading.pictures import MARK, described
from gongkai.tables.numbers import SHARED, CellText, State, read_cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gongkai.form import Cell
    from gongkai.model import Severity
    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token
    from gongkai.tables.table import TableReading

_NO_PROBLEM = ("", "", "")
#: What a printed unit makes of a number.
_FACTORS = {
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}
_YUAN_PER_WAN = Decimal(10_000)
#: What is said of rows with another number of cells than the form: severity, Chinese, English.
_SHAPES: dict[str, tuple[Severity, str, str]] = {
    "E.UNSETTLED": (
        "critical",
        "表{}有行的单元格数目与表头不符，无法唯一对应，留空",
        "table {}: rows have too few or too many cells and no single reading fits",
    ),
    "E.INFERRED": (
        "warning",
        "表{}有行的单元格数目与表头不符，已按勾稽关系唯一确定",
        "table {}: rows have lost or surplus cells; the identities leave one reading",
    ),
    "E.DISCARDED": (
        "critical",
        "表{}有行印有多余的数字，按勾稽关系未采用，请核对",
        "table {}: rows print a surplus number that the identities leave out",
    ),
    "E.PADDED": (
        "critical",
        "表{}有行的空格分不清是单元格还是补空：可能缺了一格或多了一格，请核对",
        "table {}: a blank in a row may be a cell or padding: please check",
    ),
    "E.SURPLUS": (
        "info",
        "表{}有行多出单元格，取舍不影响数值",
        "table {}: rows have surplus cells; every reading gives the same numbers",
    ),
}
_COUNTS = frozenset(cell.path for cell in CELLS.values() if cell.type == "integer")


def _tree_plan() -> tuple[tuple[tuple[int, str], ...], dict[str, tuple[int, str]]]:
    """Return the tree's nodes, each as its parent's number and its name, and each cell's place."""
    numbers = {"": 0}
    nodes: list[tuple[int, str]] = []

    def number_of(path: str) -> int:
        if path not in numbers:
            above, _, name = path.rpartition(".")
            nodes.append((number_of(above), name))
            numbers[path] = len(nodes)
        return numbers[path]

    places = {c.path: (number_of(c.row_path), c.path.rpartition(".")[2]) for c in CELLS.values()}
    return tuple(nodes), places


_NODES, _PLACES = _tree_plan()


@lru_cache(maxsize=16384)
def plain_count(text: str) -> int | None:
    """Return the count that a cell's text is; ``None`` where :func:`convert` has to look at it."""
    read = read_cell(text)
    if read.value is None or read.unit or "减" in text or not 0 <= read.value <= MAX_COUNT:
        return None
    count = int(read.value)
    return count if count == read.value else None


def is_open(cell: Cell, text: str, read: CellText) -> bool:
    """Tell whether a remark may tell the sign of a change: 3（较上年减少3项）."""
    return cell.signed and "减" in text and (read.value or 0) > 0


class Cells:
    """The cells of a report while they are collected.

    Args:
        values: numbers that are known already.
        tokens: what the cells were read from, where that is known already.

    Attributes:
        values: number by path, for the cells that hold one.
        tokens: token by path, for the cells that are printed.
        states: why the others are null.
        findings: what the reading has to say.
    """

    def __init__(
        self,
        values: dict[str, int | Decimal] | None = None,
        tokens: Mapping[str, Token] | None = None,
    ) -> None:
        self.values = {} if values is None else values
        self._laid: dict[str, Token] = {}
        self.tokens = self._laid if tokens is None else tokens
        self.states = CellStates()
        self.findings: list[Finding] = []

    def trees(self) -> dict[str, dict[str, Any]]:
        """Return the values as nested dictionaries by table, for validation."""
        trees: dict[str, Any] = {}
        nodes = [trees]
        for parent, name in _NODES:
            # Every row gets its dictionary: empty ones are cheaper than the models' defaults.
            node: dict[str, Any] = {}
            nodes[parent][name] = node
            nodes.append(node)
        for path, value in self.values.items():
            row, column = _PLACES[path]
            nodes[row][column] = value
        return trees

    def add_table(self, table: TableReading, name: str) -> None:
        """Add a table's rows; ``name`` is 二, 三 or 四."""
        said: dict[str, list[str]] = {rule: [] for rule in _SHAPES}
        for row, paths in zip(table.rows, table.paths, strict=True):
            counted = not row.unit and _COUNTS.issuperset(paths)
            for path, value in zip(paths, row.settled or (None,) * row.width, strict=True):
                if value is None:
                    self._unprinted(path, row)
                    continue
                self._laid[path] = value.token
                if counted and (count := plain_count(value.text)) is not None:
                    self.values[path] = count
                else:
                    self.add(CELLS[path], value.text, row.unit)
            if row.given_up:
                said["E.UNSETTLED"] += [p for p in paths if p in self.states.unreadable]
                printed = " ".join(t.text.strip() or "□" for t in row.tokens)
                self.states.raw.setdefault(paths[0], printed)
            elif row.inferred:
                said["E.INFERRED"] += paths
                said["E.DISCARDED"] += paths if row.discards else ()
            elif row.surplus > 0 and sum(not t.is_blank for t in row.tokens) > row.width:
                said["E.SURPLUS"] += paths
            said["E.PADDED"] += paths if row.padded else ()
        self.states.inferred += [p for p in said["E.INFERRED"] if p in self.values]
        self._say_shapes(name, said)

    def _unprinted(self, path: str, row: Row) -> None:
        if row.given_up:
            self.states.unreadable.append(path)
        elif row.tokens:
            self.states.absent.append(path)
        else:
            self.states.blank.append(path)

    def add(self, cell: Cell, text: str, unit: str = "") -> None:
        """Add a cell of which there is a token: its number, or why it is null.

        Args:
            cell: the cell.
            text: what it prints.
            unit: unit of its row, where the head names one.
        """
        read = read_cell(text)
        if unit and not read.unit and read.state is State.NUMBER:
            read = replace(read, unit=unit)
        path = cell.path
        if read.state is State.BLANK:
            self.states.blank.append(path)
        elif read.state is State.NIL:
            self.states.blank.append(path)
            self.states.marks[path] = text.strip()
        elif read.state is State.TEXT and MARK in text:
            shown = described(text)
            zh, en = (
                "是图片，或浏览器未必显示的数字，均不作数",
                "is a picture, or digits that a browser may not show: neither is read",
            )
            self._unreadable(cell, shown, "V.PICTURE", zh, en)
        elif read.state is State.TEXT and text.endswith(SHARED):
            zh, en = "占了几格，分不到各格", "stands in several cells: it is none of theirs"
            self._unreadable(cell, text.removesuffix(SHARED), "V.MERGED", zh, en)
        elif read.state is State.TEXT or is_open(cell, text, read):
            self._unreadable(cell, text, "V.TEXT", "不是数字", "is no number")
        else:
            self._number(cell, text, read)

    def _number(self, cell: Cell, text: str, read: CellText) -> None:
        value, problem = convert(cell, read)
        if value is None:
            self._unreadable(cell, text, *problem)
            return
        self.values[cell.path] = value
        if read.unit:
            self.states.raw[cell.path] = text.strip()
            self.findings.append(
                Finding(
                    rule="V.UNIT",
                    severity="info",
                    responsibility="source",
                    message=f"“{cell.label}”单元格内带有单位：{text.strip()}",
                    message_en=f"{cell.label_en}: a unit stands in the cell: {text.strip()}",
                    cells=[cell.path],
                    places=[str(self.tokens[cell.path].place)],
                    actual=value,
                )
            )

    def _unreadable(self, cell: Cell, text: str, rule: str, zh: str, en: str) -> None:
        self.states.unreadable.append(cell.path)
        self.states.raw[cell.path] = text.strip()
        line = " ".join(text.split())
        self.findings.append(
            Finding(
                rule=rule,
                severity="critical",
                responsibility="source",
                message=f"“{cell.label}”的内容“{line}”{zh}",
                message_en=f"{cell.label_en}: {line!r} {en}",
                cells=[cell.path],
                places=[str(self.tokens[cell.path].place)],
                actual=text.strip(),
            )
        )

    def _say_shapes(self, name: str, paths_by_rule: Mapping[str, Sequence[str]]) -> None:
        for rule, (severity, zh, en) in _SHAPES.items():
            if paths := paths_by_rule[rule]:
                self.findings.append(
                    Finding(
                        rule=rule,
                        severity=severity,
                        responsibility="extractor" if rule == "E.UNSETTLED" else "source",
                        message=zh.format(name),
                        message_en=en.format(name),
                        cells=list(paths),
                        places=[str(self.tokens[p].place) for p in paths if p in self.tokens],
                    )
                )


def convert(cell: Cell, read: CellText) -> tuple[int | Decimal | None, tuple[str, str, str]]:
    """Convert a printed number to the cell's type and unit, exactly.

    Returns:
        the value, or ``None`` with (rule, Chinese reason, English reason).
    """
    value, unit = read.value or Decimal(0), read.unit
    for sign, factor in _FACTORS.items():
        if unit.startswith(sign) and not (cell.type == "decimal" and unit.startswith("万")):
            value *= factor
    if cell.type == "decimal":
        return _amount(cell, value, unit)
    if unit.endswith("元"):
        return None, ("V.UNIT", "是金额而不是件数", "is an amount of money, not a count")
    if value != value.to_integral_value():
        return None, ("V.INT", "不是整数", "is no integer")
    if value < 0 and not cell.signed:
        return None, ("V.NONNEG", "是负数", "is negative")
    if abs(value) > MAX_COUNT:
        return None, ("V.RANGE", "超出可信范围", "is out of range")
    return int(value), _NO_PROBLEM


def _amount(
    cell: Cell, value: Decimal, unit: str
) -> tuple[int | Decimal | None, tuple[str, str, str]]:
    if cell.unit == "万元":
        if unit == "元":
            value /= _YUAN_PER_WAN
        elif unit.startswith("亿"):
            value /= _YUAN_PER_WAN  # the factor above made it yuan
        elif unit and not unit.startswith("万"):
            return None, ("V.UNIT", "带有与金额不符的单位", "has a unit that is no money")
    elif unit.startswith("亿"):
        value /= _FACTORS["亿"]  # 采购总金额 keeps the unit that is printed
    if value < 0:
        return None, ("V.NONNEG", "是负数", "is negative")
    value = value.normalize() if value else Decimal(0)
    # The models count the noughts behind the point, too.
    written = value.as_tuple()
    digits = max(len(written.digits), -int(written.exponent))
    if digits > MAX_AMOUNT_DIGITS or value > Decimal(10) ** MAX_AMOUNT_DIGITS:
        return None, ("V.RANGE", "位数过多", "has too many digits")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value, ("", "", "")

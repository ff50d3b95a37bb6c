"""What the values of fields are called in Chinese, where they are codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.form import CELLS
from gongkai.search.side_indices import row_title

if TYPE_CHECKING:
    from collections.abc import Mapping


def cell_name(path: str) -> str:
    """Return what a cell of the form is called: its table, row and column.

    Raises:
        KeyError: the form has no such cell.
    """
    cell = CELLS[path]
    trial = "（2019 表式）" if cell.forms == ("2019",) else ""
    return f"表{cell.table}·{row_title(cell.row_path)}·{cell.column}{trial}"


_CELLS = {path: cell_name(path) for path in CELLS}
#: Names by field and code.
NAMES: Mapping[str, Mapping[str, str]] = {
    "quality.verdict": {"proved": "已证实", "incomplete": "不完整", "contradicted": "有矛盾"},
    "findings.severity": {"critical": "严重", "warning": "警告", "info": "提示"},
    "findings.responsibility": {"source": "来源", "extractor": "读取", "unknown": "未定"},
    "cell.state": {"printed": "原样读取", "inferred": "勾稽推定"},
    "cells.blank": _CELLS,
    "findings.cells": _CELLS,
}

"""Turned tables and rows of several rows are read, and their cells keep their places."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.testbed import matrix
from tests.testbed.reports import make_report

from gongkai.reading.document import Document, Grid, GridCell, Place
from gongkai.tables.cells import read_cells
from gongkai.tables.reshape import Reshaped, reshaped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.testbed.matrix import Table
    from tests.testbed.reports import TestReport

TABLES = (matrix.table_two, matrix.table_three, matrix.table_four)


def grid(table: Table, *, turned: bool = False) -> Grid:
    """Print a table as a page would hold it, or turned by a quarter."""
    columns: dict[int, list[GridCell]] = {}
    rows: list[list[GridCell]] = []
    for y, line in enumerate(table.raster()):
        rows.append([])
        for x, (cell, _) in enumerate(line):
            above = y and table.raster()[y - 1][x][0] if x < len(table.raster()[y - 1]) else None
            if cell is None or cell is above or (x and line[x - 1][0] is cell):
                continue
            rows[-1].append(GridCell(cell.text, x, cell.colspan, cell.rowspan))
            columns.setdefault(x, []).append(GridCell(cell.text, y, cell.rowspan, cell.colspan))
    found = [columns[x] for x in sorted(columns)] if turned else rows
    return Grid(found, Place(table=1))


def items(table: Table) -> list[Grid]:
    """Print each item of table two as a turned table of its own."""
    starts = [n for n, row in enumerate(table.rows) if row[0].kind == "title"]
    ends = [*starts[1:], len(table.rows)]
    return [
        grid(matrix.Table("二", table.rows[start + 1 : end], 4), turned=True)
        for start, end in zip(starts, ends, strict=True)
    ]


@pytest.mark.parametrize("make", TABLES)
@pytest.mark.parametrize("seed", range(4))
def test_a_turned_table_is_read_as_the_table_itself(
    make: Callable[[TestReport], Table], seed: int
) -> None:
    report = make_report(Random(seed), variant=("2021", "2019", "undivided", "2021")[seed])
    table = make(report)
    blocks = items(table) if table.name == "二" else [grid(table, turned=True)]
    found = read_cells(blocks)
    assert found is not None
    assert found.cells.values == {path: report.cells[path] for path in matrix.paths_of(table)}


@pytest.mark.parametrize("make", TABLES)
def test_a_table_in_the_form_s_shape_stays(make: Callable[[TestReport], Table]) -> None:
    for seed in range(8):
        table = grid(make(make_report(Random(seed))))
        assert reshaped([table])[0] is table


def test_several_rows_in_one_are_parted() -> None:
    report = make_report(Random(5), variant="2021", scale="medium")
    table = grid(matrix.table_three(report))
    at = next(n for n, row in enumerate(table.rows) if row[0].text.startswith("（六）"))
    group, rows = table.rows[at][0], table.rows[at : at + 3]
    cells = list(zip(rows[0][1:], rows[1], rows[2], strict=True))
    merged = [group, *(c[0]._replace(text="\n".join(part.text for part in c)) for c in cells)]
    table.rows[at : at + 3] = [merged]
    found = read_cells([table])
    assert found is not None
    assert found.cells.values == {
        path: n for path, n in report.cells.items() if path.startswith("requests.")
    }


def test_a_row_with_broken_words_stays_one() -> None:
    words = [GridCell("1.申请人无正当理由\n逾期不补正", 0), GridCell("3", 1), GridCell("4\n5", 2)]
    table = Grid([words], Place(table=1))
    assert reshaped([table])[0] is table


def test_cells_keep_their_places() -> None:
    report = make_report(Random(7), variant="2021", scale="medium")
    source = grid(matrix.table_three(report), turned=True)
    document = Document([source], "html")
    found = read_cells([source])
    assert found is not None
    assert isinstance(reshaped([source])[0], Reshaped)
    for path, token in found.tokens().items():
        assert document.text_at(token.place) == str(found.cells.values[path])


def test_a_header_that_a_cell_repeats_is_no_part_of_its_number() -> None:
    report = make_report(Random(3), variant="2021", scale="medium")
    plain = [grid(make(report)) for make in TABLES]
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    small = [grid(make(report)) for make in TABLES]
    for row in small[1].rows[3:]:
        first = len(row) - len(names)
        row[first:] = [
            cell._replace(text=f"{name}：{cell.text}")
            for name, cell in zip(names, row[first:], strict=True)
        ]
    found, right = read_cells(small), read_cells(plain)
    assert found is not None
    assert right is not None
    assert found.cells.values == right.cells.values
    assert not [f for f in found.findings if f.severity == "critical"]

"""Of two years side by side in one grid, the report's own is read; nothing where none is named."""

from __future__ import annotations

from random import Random

import pytest
from tests.testbed import matrix
from tests.testbed.reports import make_report

from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import Found, read_cells

MAKE = {"二": matrix.table_two, "三": matrix.table_three, "四": matrix.table_four}


def grid(name: str, seeds: tuple[int, ...], captions: tuple[str, ...], number: int) -> Grid:
    """Print a table for each seed, one to the right of the other."""
    rows: list[list[GridCell]] = []
    for side, seed in enumerate(seeds):
        report = make_report(Random(seed), variant="2021", scale="medium")
        table = MAKE[name](report)
        shift = side * table.columns
        lines = [
            [(x, c) for x, (c, first) in enumerate(line) if c is not None and first]
            for line in table.raster()
        ]
        cells = [[GridCell(c.text, x + shift, c.colspan, c.rowspan) for x, c in r] for r in lines]
        if captions:
            cells.insert(0, [GridCell(captions[side], shift, table.columns)])
        rows = [a + b for a, b in zip(rows, cells, strict=True)] if rows else cells
    return Grid(rows, Place(table=number))


def read(twice: str, captions: tuple[str, ...] = (), seeds: tuple[int, ...] = (1, 2)) -> Found:
    grids = [
        grid(name, seeds if name in twice else (1,), captions if name in twice else (), number)
        for number, name in enumerate(MAKE, start=1)
    ]
    found = read_cells([Paragraph("某局2023年政府信息公开工作年度报告", Place()), *grids])
    assert found is not None
    return found


TRUE = make_report(Random(1), variant="2021", scale="medium").cells
OTHER = make_report(Random(2), variant="2021", scale="medium").cells


@pytest.mark.parametrize("twice", ["二", "三", "四", "二三四"])
def test_the_side_of_the_title_s_year_is_read(twice: str) -> None:
    assert read(twice, ("2023年", "2022年")).cells.values == TRUE
    assert read(twice, ("本年度", "上年度")).cells.values == TRUE
    found = read("二三四", ("2022年", "2023年"))
    assert found.cells.values == OTHER


@pytest.mark.parametrize(("twice", "root"), [("三", "requests."), ("四", "disputes.")])
def test_sides_that_nothing_tells_apart_stay_null(twice: str, root: str) -> None:
    found = read(twice)
    assert not any(path.startswith(root) for path in found.cells.values)
    rest = {path: value for path, value in TRUE.items() if not path.startswith(root)}
    assert found.cells.values == rest
    (finding,) = [f for f in found.findings if f.rule == "S.TWICE"]
    assert set(finding.cells) <= {path for path in TRUE if path.startswith(root)}


def test_a_table_printed_twice_with_the_same_numbers_is_one() -> None:
    found = read("二三四", seeds=(1, 1))
    assert found.cells.values == TRUE
    assert not found.findings


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("2022年情况：", True),
        ("（2022年度）", True),
        ("2023年情况：", False),
        ("截至2022年底", False),
        ("2022年，某局受理申请", False),
        ("2024年1月20日", False),
        ("发布时间：2024 年 1 月", False),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_a_table_of_another_year_than_the_title_s_is_named(
    caption: str, *, said: bool, inside: bool
) -> None:
    tables = [grid(name, (1,), (), n) for n, name in enumerate(MAKE, start=1)]
    title = Paragraph("某局2023年政府信息公开工作年度报告", Place())
    if inside:
        tables[1] = Grid([[GridCell(caption, 0)], *tables[1].rows], Place(table=2))
    lines = [] if inside else [Paragraph(caption, Place())]
    found = read_cells([title, tables[0], *lines, *tables[1:]])
    assert found is not None
    assert found.cells.values == TRUE
    assert ("S.YEAR" in [f.rule for f in found.findings]) == said


def test_a_caption_of_a_year_that_another_title_names_is_none_of_another_report() -> None:
    tables = [grid(name, (1,), (), n) for n, name in enumerate(MAKE, start=1)]
    titles = [Paragraph(f"某局{year}年政府信息公开工作年度报告", Place()) for year in (2022, 2023)]
    found = read_cells([*titles, Paragraph("2023年情况", Place()), *tables])
    assert found is not None
    assert not found.findings


def test_a_cell_of_the_second_side_keeps_its_place() -> None:
    found = read("四", ("2022年", "2023年"), seeds=(2, 1))
    assert found.cells.values == TRUE
    place = found.cells.tokens["disputes.reconsideration.upheld"].place
    assert (place.table, place.row, place.cell) == (3, 5, 16)

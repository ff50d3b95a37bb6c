"""Cells whose bars have lines of their own."""

import pytest

from gongkai.reading.document import Grid, Paragraph
from gongkai.reading.text import read_text

CELLS = ["信息内容", "本年制发件数", "规章", *"0123456789" * 7]


def cells(lines: list[str]) -> list[list[str]]:
    blocks = read_text("\n".join(["一、总体情况", *lines, "三、收到", "全年无。"])).blocks
    assert [b.text for b in blocks if isinstance(b, Paragraph)] == [
        "一、总体情况", "三、收到", "全年无。",
    ]  # fmt: skip
    return [[cell.text for cell in row] for b in blocks if isinstance(b, Grid) for row in b]


@pytest.mark.parametrize("last", [True, False])
def test_a_bar_below_each_cell_ends_it(*, last: bool) -> None:
    lines = [line for cell in CELLS for line in (cell, "|")]
    lines = lines if last else lines[:-1]
    # What stands above the first bar cannot be told from its cell.
    assert cells(lines) == [[cell] for cell in CELLS]


@pytest.mark.parametrize("last", [True, False])
def test_bars_above_and_below_each_cell_frame_it(*, last: bool) -> None:
    broken = [*CELLS[:1], "本年新\n制作数量", *CELLS[2:]]
    lines = [line for cell in broken for line in ("|", *cell.split("\n"), "|")]
    lines = lines if last else lines[:-1]
    assert cells(lines) == [[cell.replace("\n", " ")] for cell in broken]


def test_further_bars_are_blank_cells() -> None:
    below = [line for cell in CELLS for line in (cell, "|", *["|"] * (cell == "7"))]
    blank = [row for cell in CELLS for row in ([cell], *[[""]] * (cell == "7"))]
    assert cells(below) == blank
    framed = [line for cell in CELLS for line in ("|", cell, "|", *["|", "|"] * (cell == "7"))]
    assert cells(framed) == blank


def test_text_between_tables_is_no_cell() -> None:
    prose = ["全年公开信息若干条，群众满意。" * 9, "无。" * 9]
    lines = [line for cell in CELLS for line in ("|", cell, "|")]
    found = read_text("\n".join([*lines[:-1], *prose, "|", *lines])).blocks
    assert [b.text for b in found if isinstance(b, Paragraph)] == prose


def test_few_bars_and_bars_beside_others_stay_as_they_are() -> None:
    few = read_text("规章\n|\n0\n|\n").blocks
    assert [b.texts for b in few if isinstance(b, Grid)] == [[[""]], [[""]]]
    opened = [line for cell in CELLS for line in ("|", f"{cell} |")]
    (grid,) = read_text("\n".join(opened)).blocks
    assert isinstance(grid, Grid)
    assert len(grid.rows) == 2 * len(CELLS)


def test_an_excerpt_of_a_few_cells() -> None:
    lines = [line for cell in CELLS[:6] for line in (cell, "|")] * 2
    (grid,) = read_text("\n".join(lines)).blocks
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [[c] for c in CELLS[:6] * 2]

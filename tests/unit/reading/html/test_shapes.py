from __future__ import annotations

from gongkai.reading.document import GridCell
from gongkai.reading.html import read_html
from gongkai.reading.html.shapes import shape_of
from gongkai.reading.html.tags import BREAK, CELL, PARAGRAPH, ROW, WIDE

ONE_ROW = bytes((ROW, WIDE, WIDE + 1, CELL, BREAK, CELL + 1, ROW + 1))


def test_texts_go_into_their_cells() -> None:
    rows, outside = shape_of(ONE_ROW, ((2, 3),)).fill(["", "\n", " 甲 ", "", "1", "2", "\n", ""])
    assert rows == [[GridCell("甲", 0, 2, 3), GridCell("1\n2", 2)]]
    assert not outside


def test_text_in_no_cell_is_given_back() -> None:
    _, outside = shape_of(ONE_ROW, ((1, 1),)).fill(["甲", "", "1", "乙", "2", "", "\n", "丙"])
    assert outside == "甲乙\n丙"


def test_a_cell_in_no_row_holds_nothing() -> None:
    shape = shape_of(bytes((CELL, PARAGRAPH, CELL + 1, ROW, CELL)), ())
    assert not shape.is_sound
    assert shape.fill(["", "1", "2", "", "", "3"])[0] == [[GridCell("3", 0)]]


def test_a_table_without_cells() -> None:
    assert shape_of(bytes((ROW, ROW + 1)), ()).fill(["", "", " "]) == ([[]], "")
    assert shape_of(b"", ()).fill(["甲"]) == ([], "甲")


def test_no_sign_of_a_page_ends_a_cell() -> None:
    table = "<table><tr><td>甲\x1e乙</td><td>1</td></tr></table>"
    assert read_html(table).grids[0].rows[0][0].text == "甲 乙"


def test_tables_of_the_same_tags_keep_their_own_spans() -> None:
    pages = [f"<table><tr><td colspan={n}>甲</td><td>1</td></tr></table>" for n in (2, 3)]
    grids = [read_html(page).grids[0] for page in pages]
    assert [grid.rows[0][1].column for grid in grids] == [2, 3]


def test_large_tables_are_not_remembered() -> None:
    rows = bytes((ROW, ROW + 1))
    assert shape_of(rows * 100, ()) is shape_of(rows * 100, ())
    assert shape_of(rows * 10_000, ()) is not shape_of(rows * 10_000, ())

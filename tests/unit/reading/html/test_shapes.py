from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.document import GridCell
from gongkai.reading.html import read_html
from gongkai.reading.html.shapes import BLANKS, LINE_BREAK, cell_text, shape_of
from gongkai.reading.html.tags import BLOCK, BREAK, CELL, INLINE, PARAGRAPH, ROW, TABLE, WIDE

ONE_ROW = bytes((ROW, WIDE, WIDE + 1, CELL, BREAK, CELL + 1, ROW + 1))


CODES = (INLINE, PARAGRAPH, PARAGRAPH + 1, BREAK, ROW, ROW + 1, CELL, CELL + 1, WIDE, WIDE + 1)
TURNS = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(["", " ", "1", "甲 ", "\n乙"])))


def one_by_one(codes: list[int], texts: list[str]) -> tuple[list[list[str]], str]:
    """Put texts into cells and rows, tag by tag."""
    rows: list[list[str]] = []
    outside = ""
    in_row = in_cell = False
    for code, text in zip([INLINE, *codes], texts, strict=True):
        if code >= TABLE:
            in_row = code == ROW or (in_row and code != ROW + 1)
            in_cell = in_row and code in (CELL, WIDE)
            if code == ROW:
                rows.append([])
            elif in_cell:
                rows[-1].append("")
        printed = LINE_BREAK + text if BLOCK <= code < TABLE else text
        if in_cell:
            rows[-1][-1] += printed
        else:
            outside += printed
    cells = [[cell_text(cell.strip(BLANKS)) for cell in row] for row in rows]
    return cells, outside.strip(BLANKS)


@given(turns=TURNS, before=st.sampled_from(["", "甲"]))
def test_a_table_is_filled_as_if_tag_by_tag(turns: list[tuple[int, str]], before: str) -> None:
    codes = [code for code, _ in turns]
    texts = [before, *(text for _, text in turns)]
    rows, outside = shape_of(bytes(codes), ((2, 1),) * codes.count(WIDE)).fill(texts)
    assert ([[cell.text for cell in row] for row in rows], outside) == one_by_one(codes, texts)


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

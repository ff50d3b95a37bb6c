"""Numbers that are wider than their cells are read as a whole, or not at all."""

import pytest
from tests.unit.reading.pdf.test_reader import WIDTH, Page, X

LINE = "这是表格之后的一行文字，它让页面有足够的文字。"
LONG = "123456789012345678"  # wider than a cell


@pytest.fixture
def page() -> Page:
    page = Page()
    page.grid(2, 3)
    page.cell(0, 0, "规章")
    page.cell(1, 0, "规章")
    page.text(60, 500, LINE)
    return page


def texts(page: Page) -> list[list[str]]:
    return page.read().grids[0].texts


def wide(page: Page, row: int, column: int) -> float:
    """Print the long number in the middle of a cell; return how far it reaches into the next."""
    width = page.canvas.stringWidth(LONG, "Helvetica", 9)
    page.canvas.setFont("Helvetica", 9)
    page.cell(row, column + (WIDTH / 2 - width / 2 - 4) / WIDTH, LONG)
    page.canvas.setFont("Helvetica", 12)
    return float(width - WIDTH) / 2


def test_a_number_between_others_is_one(page: Page) -> None:
    assert wide(page, 0, 1) > 0
    page.cell(0, 2.6, "5")
    page.cell(1, 1, "7")
    assert texts(page)[0] == ["规章", LONG, "5"]


def test_a_number_beyond_the_edge_of_the_table_is_one(page: Page) -> None:
    wide(page, 0, 2)
    page.cell(0, 1, "5")
    assert texts(page)[0] == ["规章", "5", LONG]


def test_a_number_beside_a_blank_cell_may_belong_to_it(page: Page) -> None:
    wide(page, 0, 1)
    _, first, second = texts(page)[0]
    assert "�" in first
    assert "�" in second


def test_numbers_that_stand_on_each_other_are_unreadable(page: Page) -> None:
    wide(page, 0, 1)
    page.cell(0, 1.99, "58")
    _, first, second = texts(page)[0]
    assert "�" in first + second
    assert not first.isdecimal()
    assert not second.isdecimal()


def test_a_number_in_a_text_goes_with_it(page: Page) -> None:
    page.cell(0, 0.5, "共123456789012件")
    assert not any("�" in text for text in texts(page)[0])


def test_what_is_cropped_off_is_no_text_of_the_page(page: Page) -> None:
    edge = X + 3 * WIDTH + 40
    page.canvas.setCropBox((0, 0, edge, 842))
    page.cell(0, 1, "12")
    page.cell(0, 2, "5")
    page.text(edge + 20, 742, "8 9")
    page.text(edge + 20, 500, "旁页")
    document = page.read()
    assert document.grids[0].texts[0] == ["规章", "12", "5"]
    assert "旁页" not in document.text
    assert "hidden_characters=4" in document.notes


def test_a_number_at_the_edge_of_a_cropped_page_stays_whole(page: Page) -> None:
    page.canvas.setCropBox((0, 0, X + 3 * WIDTH + 2, 842))
    page.cell(0, 1, "12")
    wide(page, 0, 2)
    assert texts(page)[0] == ["规章", "12", LONG]

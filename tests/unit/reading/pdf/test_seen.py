"""Text of a PDF page that is painted over or cut off is not read as if it were seen."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.unit.reading.pdf.test_reader import HEIGHT, WIDTH, Page, X, Y

LINE = "这是表格之后的一行文字，它让页面有足够的文字。"


def box(column: int) -> tuple[float, float, float, float]:
    """Return the inside of a cell of the first row: x, y, width and height."""
    return X + column * WIDTH + 1, Y - HEIGHT + 1, WIDTH - 2, HEIGHT - 2


@contextmanager
def clipped(page: Page, x: float, y: float, width: float, height: float) -> Iterator[None]:
    """Cut off what is drawn outside of a box."""
    page.canvas.saveState()
    clip = page.canvas.beginPath()
    clip.rect(x, y, width, height)
    page.canvas.clipPath(clip, stroke=0, fill=0)
    yield
    page.canvas.restoreState()


def table(page: Page) -> list[list[str]]:
    page.text(60, 500, LINE)
    (grid,) = page.read().grids
    return grid.texts


@pytest.fixture
def page() -> Page:
    page = Page()
    page.grid(1, 3)
    for column, text in enumerate(("规章", "34", "5")):
        page.cell(0, column, text)
    return page


def test_a_number_painted_over_is_gone(page: Page) -> None:
    page.canvas.setFillGray(1)
    page.canvas.rect(*box(1), stroke=0, fill=1)
    page.canvas.rect(*box(2), stroke=0, fill=1)
    page.canvas.setFillGray(0)
    page.cell(0, 1.1, "7")
    page.text(60, 500, LINE)
    document = page.read()
    assert document.grids[0].texts == [["规章", "7", ""]]
    assert "hidden_characters=3" in document.notes


def found(page: Page, x: float, y: float, text: str) -> None:
    """Print words as they are laid over the picture of a page: without a trace."""
    line = page.canvas.beginText(x, y)
    line.setTextRenderMode(3)
    line.textOut(text)
    line.setTextRenderMode(0)
    page.canvas.drawText(line)


def test_words_found_on_a_page_that_has_them_as_text_are_left_out(page: Page) -> None:
    found(page, X + WIDTH + 8, Y - 13, "34")
    found(page, X + 2 * WIDTH + 6, Y - 18, "5")
    found(page, 64, 504, LINE[:12])
    page.text(60, 500, LINE)
    document = page.read()
    assert document.grids[0].texts == [["规章", "34", "5"]]
    assert document.paragraphs[-1].text == LINE
    assert not [note for note in document.notes if note.startswith("hidden")]


def test_words_found_beside_text_are_read(page: Page) -> None:
    found(page, 60, 500, LINE)
    document = page.read()
    assert document.grids[0].texts == [["规章", "34", "5"]]
    assert document.paragraphs[-1].text == LINE


def test_a_shade_behind_text_hides_nothing() -> None:
    page = Page()
    page.grid(1, 3)
    for column, text in enumerate(("规章", "34", "5")):
        page.canvas.setFillGray(0.9)
        page.canvas.rect(*box(column), stroke=0, fill=1)
        page.canvas.setFillGray(0)
        page.cell(0, column, text)
    assert table(page) == [["规章", "34", "5"]]


def test_a_mark_that_lets_text_through_hides_nothing(page: Page) -> None:
    page.canvas.setFillColorRGB(1, 1, 0, alpha=0.4)
    page.canvas.rect(*box(1), stroke=0, fill=1)
    assert table(page) == [["规章", "34", "5"]]


def test_a_shape_that_is_no_box_hides_nothing(page: Page) -> None:
    page.canvas.setFillGray(1)
    path = page.canvas.beginPath()
    x, y, width, height = box(1)
    path.moveTo(x, y)
    path.lineTo(x + width, y)
    path.lineTo(x + width, y + height)
    path.close()
    page.canvas.drawPath(path, stroke=0, fill=1)
    assert table(page) == [["规章", "34", "5"]]


def test_a_box_hides_what_its_clip_shows_of_it(page: Page) -> None:
    with clipped(page, *box(2)):
        page.canvas.setFillGray(1)
        page.canvas.rect(0, 0, 600, 800, stroke=0, fill=1)
    assert table(page) == [["规章", "34", ""]]


def test_a_label_cut_off_at_its_cell_stays_in_it() -> None:
    page = Page()
    page.grid(1, 2)
    with clipped(page, *box(0)):
        page.cell(0, 0, "其他对外管理服务事项")
    page.cell(0, 1.2, "8")
    assert table(page) == [["其他对外管理服务事项", "8"]]


def test_lines_cut_off_below_their_cell_are_gone() -> None:
    page = Page()
    page.grid(2, 2)
    with clipped(page, *box(0)):
        page.cell(0, 0, "其他对外")
        page.cell(1, 0.1, "管理")
    page.cell(0, 1, "8")
    page.cell(1, 0, "行政许可")
    page.cell(1, 1, "9")
    assert table(page) == [["其他对外", "8"], ["行政许可", "9"]]


def test_what_is_cut_off_beside_nothing_is_text() -> None:
    page = Page()
    with clipped(page, 60, 480, 100, 40):
        text = "本页的文字足够长，它让页面看起来不是扫描件。"
        page.text(60, 500, text)
    assert [block.text for block in page.read().paragraphs] == [text]


def test_a_number_whose_last_digit_is_cut_through_is_unreadable(page: Page) -> None:
    x, y, _, height = box(1)
    with clipped(page, x, y, 12.5, height):
        page.cell(0, 1.1, "12")
    assert table(page)[0][1].endswith("�")


def test_a_number_that_goes_on_below_its_cell_is_unreadable(page: Page) -> None:
    with clipped(page, *box(1)):
        page.cell(0.7, 1, "56")
    assert table(page) == [["规章", "��", "5"]]

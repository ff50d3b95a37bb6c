"""Numbers of lines are no part of a text; other numbers at its left are."""

import pytest
from tests.unit.reading.pdf.test_reader import Page, outline

LINES = [f"第{sign}行文字，它让页面有足够的文字。" for sign in "甲乙丙丁戊己庚辛"]


def page_of(numbers: list[str], x: float = 40) -> Page:
    page = Page()
    for n, text in enumerate(LINES):
        page.text(60, 700 - 20 * n, text)
        if numbers[n : n + 1] not in ([], [""]):
            page.text(x, 700 - 20 * n, numbers[n])
    return page


@pytest.mark.parametrize("numbers", [[*"12345678"], ["", *"5", "", "10", "", "15"]])
def test_numbers_of_lines_are_left_out(numbers: list[str]) -> None:
    assert "".join(map(str, outline(page_of(numbers).read()))) == "".join(LINES)


def test_few_of_them_are_left_out_behind_pages_that_have_them() -> None:
    page = page_of([*"12345678"])
    page.next()
    page.text(60, 640, "无。")
    page.text(40, 640, "9")
    assert "".join(map(str, outline(page.read()))) == "".join(LINES) + "无。"


def test_a_line_may_begin_with_a_number() -> None:
    page = page_of([*"12345678"])
    page.text(60, 540, "2024年，我局将细化公开目录。")
    page.text(40, 540, "9")
    text = "".join(LINES) + "2024年，我局将细化公开目录。"
    assert "".join(map(str, outline(page.read()))) == text


@pytest.mark.parametrize("numbers", [[*"12435678"], [*"1234"], ["1.", "2.", *"345678"]])
def test_other_numbers_stay(numbers: list[str]) -> None:
    assert all(number in "".join(map(str, outline(page_of(numbers).read()))) for number in numbers)

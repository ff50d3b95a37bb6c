"""Rows of a ruled table without upright rules: parted where their numbers stand."""

from gongkai.reading.pdf.drawn import Char
from gongkai.reading.pdf.geometry import Rule
from gongkai.reading.pdf.ruled import ruled_tables
from gongkai.reading.pdf.unruled import parted_by_numbers, sides_of

XS = [0.0, 100.0, 150.0, 200.0, 250.0]
YS = [0.0, 20.0, 40.0, 60.0]


def word(text: str, x: float, top: float) -> list[Char]:
    """A word with its middle at a place."""
    width = sum(5.0 if sign.isascii() else 10.0 for sign in text)
    chars, start = [], x - width / 2
    for sign in text:
        end = start + (5.0 if sign.isascii() else 10.0)
        chars.append(Char(sign, start, top, end, top + 10, upright=True))
        start = end
    return chars


def row(top: float, label: str, *numbers: str) -> list[Char]:
    cells = zip(numbers, (125, 175, 225), strict=False)
    return word(label, 50, top) + [char for text, x in cells for char in word(text, x, top)]


def test_a_row_is_parted_before_its_first_number_and_behind() -> None:
    assert sides_of(row(5, "规章", "1", "22", "3"), XS) == [0, 1, 2]
    assert sides_of(row(5, "规章", "", "22", "3"), XS) == [1, 2]


def test_a_number_across_a_side_is_of_both_columns() -> None:
    assert sides_of(row(5, "收费", "1") + word("205", 200, 5), XS) == [0, 1]


def test_words_behind_numbers_are_a_text() -> None:
    assert sides_of(row(5, "共收到", "3", "件办结", "2"), XS) == []
    assert sides_of(row(5, "规章", "1"), XS) == []


def rules_without_those_of_the_second_row() -> tuple[list[Rule], list[Rule]]:
    down = [Rule(x, y, y + 20) for x in XS[1:-1] for y in (YS[0], YS[2])]
    down += [Rule(x, YS[0], YS[-1]) for x in (XS[0], XS[-1])]
    return [Rule(y, XS[0], XS[-1]) for y in YS], down


def test_rows_without_upright_rules_have_the_columns_of_the_others() -> None:
    across, down = rules_without_those_of_the_second_row()
    chars = row(5, "项目", "甲", "乙", "丙") + row(25, "规章", "1", "", "3")
    chars += row(45, "文件", "4", "5", "6")
    ((table,), left) = ruled_tables(across, down, chars)
    assert not left
    assert [[cell.text for cell in cells] for cells in table.rows] == [
        ["项目", "甲", "乙", "丙"],
        ["规章", "1", "", "3"],
        ["文件", "4", "5", "6"],
    ]


def test_marks_of_no_number_part_a_row_as_numbers_do() -> None:
    across, down = rules_without_those_of_the_second_row()
    chars = row(5, "项目", "甲", "乙", "丙") + row(25, "规章", "/", "", "——")
    chars += row(45, "文件", "4", "5", "6")
    ((table,), _) = ruled_tables(across, down, chars)
    assert [cell.text for cell in table.rows[1]] == ["规章", "/", "", "——"]


def test_a_label_that_goes_on_from_above_ends_beside_a_row_without_rules() -> None:
    # The group's cell and a row's label above; below, nothing but the numbers parts the columns.
    cells = [0, 1, 2, 3, 0, 0, 0, 0]
    fields = {5: word("规章", 125, 25), 6: word("1", 175, 25), 7: word("2", 225, 25)}
    assert parted_by_numbers(cells, fields, XS) == {(1, 0), (1, 1), (1, 2)}

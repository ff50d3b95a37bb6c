"""Tables without rules: blanks are known by where the numbers of other rows and the names stand."""

from collections.abc import Sequence

import pytest

from gongkai.reading.pdf.aligned import has_columns, with_blanks
from gongkai.reading.pdf.drawn import Char
from gongkai.reading.pdf.lines import Line, line_of
from gongkai.reading.pdf.words import Word, words_of

SIZE = 10.0
COLUMNS = (200, 260, 320)
HEAD = ("项目", "甲类", "乙类", "丙类")


def line(top: float, *words: tuple[str, float]) -> tuple[Line, list[Word]]:
    """A line of words that begin at their places; digits are half as wide as other signs."""
    chars = []
    for text, start in words:
        x = start
        for sign in text:
            width = SIZE / 2 if sign.isascii() else SIZE
            chars.append(Char(sign, x, top, x + width, top + SIZE, upright=True))
            x += width
    found = line_of(chars, 0.0)
    return found, words_of(found, chars)


def row(top: float, label: str, *numbers: str, align: float = 0.5) -> tuple[Line, list[Word]]:
    """A row; ``align`` is 0 for numbers at the left of their columns, 1 at the right."""
    cells = [
        (text, x + (40 - len(text) * SIZE / 2) * align)
        for text, x in zip(numbers, COLUMNS, strict=False)
        if text
    ]
    return line(top, (label, 50), *cells)


def head(top: float = 0, names: Sequence[str] = HEAD) -> tuple[Line, list[Word]]:
    """The names of the columns, each above the middle of its own."""
    places = (
        50,
        *(x + 20 - len(name) * SIZE / 2 for x, name in zip(COLUMNS, names[1:], strict=True)),
    )
    return line(top, *zip(names, places, strict=True))


def shown(*lines: tuple[Line, list[Word]]) -> list[str]:
    return [found.text for found in with_blanks(lines)]


@pytest.mark.parametrize("align", [0, 0.5, 1])
def test_blanks_are_shown_where_no_number_stands(align: float) -> None:
    texts = shown(
        head(),
        row(20, "（一）公开", "3", "", "15", align=align),
        row(40, "（二）部分", "10", "2", "0", align=align),
        row(60, "（三）不予", "", "0", "", align=align),
    )
    assert texts[1] == "（一）公开 | 3 |  | 15 |"
    assert "|" not in texts[2]
    assert texts[3] == "（三）不予 |  | 0 |  |"


def test_a_column_that_is_blank_in_all_rows_has_a_name() -> None:
    assert shown(head(), row(20, "（一）公开", "3", "", "5"), row(40, "（二）部分", "1"))[1:] == [
        "（一）公开 | 3 |  | 5 |",
        "（二）部分 | 1 |  |  |",
    ]


def test_numbers_between_columns_change_nothing() -> None:
    lines = [
        head(),
        row(20, "（一）公开", "3", "", "5"),
        line(40, ("（二）部分", 50), ("7", 247), ("8", 338)),
    ]
    assert shown(*lines) == [found.text for found, _ in lines]


def test_without_names_two_whole_rows_tell_the_columns() -> None:
    rows = [row(20, "甲", "1", "2", "3"), row(40, "乙", "4", "5", "6"), row(60, "丙", "7", "", "9")]
    assert shown(*rows)[2] == "丙 | 7 |  | 9 |"
    assert "|" not in "".join(shown(*rows[1:]))


def test_the_head_of_the_next_table_ends_one() -> None:
    texts = shown(
        head(),
        row(20, "规章", "1", "", "3"),
        line(60, ("项目", 50), ("决定数量", 260)),
        line(80, ("许可", 50), ("36", 275)),
    )
    assert texts[1] == "规章 | 1 |  | 3 |"
    assert texts[3] == "许可  36"


def test_a_number_wrapped_in_its_column_is_joined() -> None:
    texts = shown(
        head(),
        row(20, "一、新收", "1234567", "3", "9"),
        line(33, ("89", COLUMNS[0] + 15)),
        row(60, "二、结转", "0", "1", "2"),
    )
    assert texts[1] == "一、新收 | 123456789 | 3 | 9 |"
    assert texts[2] == ""


def test_lines_half_a_line_apart_are_one_row() -> None:
    texts = shown(
        head(),
        row(20, "", "1234567", "", ""),
        row(26.5, "一、新收", "", "3", "9"),
        row(33, "", "89", "", ""),
        row(60, "二、结转", "0", "1", "2"),
    )
    assert texts[1:4] == ["", "一、新收 | 123456789 | 3 | 9 |", ""]


def test_what_may_be_two_numbers_changes_nothing() -> None:
    lines = [
        head(),
        row(20, "一、新收", "12", "", "9"),
        line(33, ("4", COLUMNS[0] + 15), ("5", COLUMNS[1] + 15)),
        row(60, "二、结转", "0", "", "2"),
    ]
    assert shown(*lines) == [found.text for found, _ in lines]


def test_two_lines_of_a_cell_with_room_are_unreadable() -> None:
    texts = shown(
        head(),
        row(20, "", "1", "", ""),
        row(26.5, "一、新收", "", "3", "9"),
        row(33, "", "2", "", ""),
        row(60, "二、结转", "0", "1", "2"),
    )
    assert ["\ufffd" in text for text in texts] == [False, True, True, True, False]


def test_a_number_is_no_whole_one_where_another_of_its_lines_is_unreadable() -> None:
    texts = shown(
        head(),
        row(20, "一、新收", "1234567", "3", "9"),
        row(26.5, "", "89", "2", ""),
        row(60, "二、结转", "0", "1", "2"),
    )
    assert texts[1] == "一、新收 | 1234567\ufffd | 3\ufffd | 9 |"


def test_a_nil_mark_goes_on_in_the_next_line() -> None:
    texts = shown(
        head(),
        row(20, "一、新收", "12345678", "——", "9"),
        row(26.5, "", "90", "—", ""),
        row(60, "二、结转", "0", "1", "2"),
    )
    assert texts[1] == "一、新收 | 1234567890 | ——— | 9 |"


@pytest.mark.parametrize("before", ["", "本"])
def test_a_letter_of_an_upright_label_is_no_nil_mark(before: str) -> None:
    texts = shown(
        head(),
        line(20, ("法", 20), ("（一）公开", 50), *zip("300", COLUMNS, strict=True)),
        line(40, (before, 0), ("无", 20), ("（二）部分", 50), *zip("120", COLUMNS, strict=True)),
        line(60, (before, 0), ("无", 20), ("公开", 50)),
    )
    assert texts[2].split("  ")[0].endswith("无（二）部分")
    assert texts[3].endswith("无公开")


def test_a_letter_beside_numbers_alone_stands_before_the_one_below() -> None:
    texts = shown(
        head(),
        line(20, ("（一）公开", 50), *zip("300", COLUMNS, strict=True)),
        line(40, ("无", 20), *zip("120", COLUMNS, strict=True)),
        line(60, ("法", 20), ("（二）部分", 50)),
        line(80, ("（三）不予", 50), *zip("无无0", COLUMNS, strict=True)),
    )
    assert texts[2:] == ["1  2  0", "无法  （二）部分", "（三）不予  无  无  0"]


def test_lines_of_text_have_no_columns() -> None:
    assert not has_columns([line(0, ("共收到申请3件，办结2", 50))[0]])
    assert has_columns([row(0, "甲", "1", "2")[0]])


def test_the_end_of_a_label_stands_apart_from_its_group() -> None:
    rows = [
        line(20 * n, (label, 78), ("0", COLUMNS[0]), ("1", COLUMNS[1]))
        for n, label in enumerate(("1.甲类的", "2.乙类的", "3.丙类的"))
    ]
    both = line(80, ("（六）其他", 25), ("申请人", 78), ("2", COLUMNS[0]), ("3", COLUMNS[1]))
    assert both[0].text == "（六）其他 申请人  2  3"
    assert shown(*rows, both)[-1] == "（六）其他  申请人  2  3"


def test_names_at_different_heights_stand_in_one_line() -> None:
    x = [place + 20 for place in COLUMNS]
    texts = shown(
        line(0, ("项目", 50), ("乙类", x[1] - 10)),
        line(8, ("甲类", x[0] - 10), ("丙类", x[2] - 10)),
        row(20, "（一）公开", "3", "4", "15"),
    )
    assert texts[:2] == ["项目", "甲类  乙类  丙类"]


def test_names_that_go_on_in_the_next_line_stay() -> None:
    x = [place + 20 for place in COLUMNS]
    lines = [
        line(0, ("其他", x[0] - 10), ("结果", x[1] - 10), ("总计", x[2] - 10)),
        line(11, ("结果", x[0] - 10), ("纠正", x[1] - 10)),
        row(24, "（一）公开", "3", "4", "15"),
    ]
    assert shown(*lines) == [found.text for found, _ in lines]


def test_numbers_of_a_row_may_stand_at_different_heights() -> None:
    texts = shown(
        head(),
        row(20, "1.公开", "3", "4", "5"),
        row(40, "2.部分公开的", "10", "", ""),
        row(52, "申请", "", "2", ""),
        line(64, ("0", COLUMNS[2] + 15)),
        row(84, "3.不予", "1", "0", "7"),
    )
    assert texts[2:5] == ["2.部分公开的", "申请 | 10 | 2 | 0 |", ""]


def test_rows_that_leave_columns_blank_stay_apart() -> None:
    texts = shown(
        head(),
        row(20, "1.公开", "3", "4", "5"),
        row(40, "2.部分", "10", "", ""),
        row(60, "3.不予", "", "2", "0"),
        row(80, "4.其他", "1", "0", "7"),
    )
    assert texts[2:4] == ["2.部分 | 10 |  |  |", "3.不予 |  | 2 | 0 |"]


def test_a_label_that_fills_its_column_is_near_to_its_number() -> None:
    texts = shown(
        head(),
        row(20, "（一）公开", "3", "", "15", align=0),
        line(40, ("（二）部分公开区分处理的只计", 58), ("1", 200), ("1", 320)),
        line(60, ("（三）不予公开的政府信息总", 50), ("2", 182), ("7", 320)),
        row(80, "（四）其他", "", "0", "", align=0),
    )
    assert texts[2] == "（二）部分公开区分处理的只计 | 1 |  | 1 |"
    assert "|" not in texts[3]  # its number stands in no column


def test_the_rest_of_a_date_is_no_row() -> None:
    texts = shown(
        line(0, ("索引号", 50), ("发布机构", 180), ("日期：2023-02-", 300)),
        line(20, ("19", 50)),
        line(40, ("本年度报告由办公室编制。", 50)),
    )
    assert texts[1] == "19"

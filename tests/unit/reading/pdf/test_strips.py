"""Shaded strips and rules across tell which words of a table without upright rules are one row."""

from __future__ import annotations

from gongkai.reading.pdf.drawn import Char
from gongkai.reading.pdf.geometry import Rule
from gongkai.reading.pdf.strips import edges_of, rows_in_strips

_SIZE = 10.0
_STRIPS = [(0.0, 100.0, 300.0, 130.0), (0.0, 160.0, 300.0, 190.0)]


def printed(text: str, x: float, top: float) -> list[Char]:
    wide = [_SIZE / 2 if char.isascii() else _SIZE for char in text]
    ends = [x + sum(wide[:n]) for n in range(len(text) + 1)]
    return [
        Char(char, ends[n], top, ends[n + 1], top + _SIZE, upright=True)
        for n, char in enumerate(text)
    ]


def shown(
    *words: tuple[str, float, float],
    strips: list[tuple[float, float, float, float]] = _STRIPS,
    across: list[Rule] | None = None,
) -> tuple[list[str], str]:
    chars = [char for word in words for char in printed(*word)]
    rows, rest = rows_in_strips(chars, edges_of(across or [], strips), 0.0)
    return [line.text for line, _ in rows], "".join(char.text for char in rest)


_ROWS = [
    ("1.属于国家", 5.0, 102.0),
    ("秘密", 5.0, 116.0),
    ("0", 150.0, 118.0),
    ("3", 200.0, 102.0),
    ("2.属于执法", 5.0, 132.0),
    ("案卷", 5.0, 146.0),
    ("4", 150.0, 132.0),
    ("5", 200.0, 148.0),
]


def test_words_of_one_strip_are_one_row_whatever_their_heights() -> None:
    assert shown(*_ROWS) == (["1.属于国家秘密  0  3", "2.属于执法案卷  4  5"], "")


def test_rules_across_part_rows_like_strips() -> None:
    rules = [Rule(at, 0.0, 300.0) for at in (100.0, 130.0, 160.0)]
    rows, _ = shown(*_ROWS, strips=[], across=rules)
    assert rows == ["1.属于国家秘密  0  3", "2.属于执法案卷  4  5"]


def test_numbers_keep_their_heights_beside_the_label_of_a_group() -> None:
    chars = [char for word in [*_ROWS, ("（一）", 5.0, 120.0)] for char in printed(*word)]
    (first, _), _ = rows_in_strips(
        [char for char in chars if char.x0 > 100.0 or char.top == 120.0],
        edges_of([], _STRIPS),
        0.0,
    )
    assert [(word.text, word.top) for word in first[1][1:]] == [("0", 118.0), ("3", 102.0)]


def test_a_strip_with_two_numbers_in_a_column_is_no_row_nor_are_those_beside_it() -> None:
    rows, rest = shown(*_ROWS, ("6", 150.0, 145.0))
    assert rows == []
    assert "6" in rest


def test_a_strip_with_two_labels_is_no_row() -> None:
    assert shown(("1.许可", 5, 102), ("2.处罚", 5, 116), ("3", 150, 102), ("4", 200, 116))[0] == []


def test_below_the_last_edge_a_row_ends_where_its_lines_do() -> None:
    rows, rest = shown(*_ROWS, ("四、结转", 5, 192), ("7", 150, 196), ("12", 152, 400))
    assert rows[-1] == "四、结转  7"
    assert rest == "12"


def test_a_label_of_several_rows_stays_together() -> None:
    strips = [(50.0, 100.0, 300.0, 130.0), (50.0, 160.0, 300.0, 190.0)]
    words = [(text, x + 50 * (x < 100), top) for text, x, top in _ROWS]
    rows, _ = shown(*words, ("不予", 5, 118), ("公开", 5, 132), strips=strips)
    assert rows == ["不予公开  1.属于国家秘密  0  3", "2.属于执法案卷  4  5"]


def test_labels_that_no_strip_holds_leave_the_rows_untold() -> None:
    strips = [(140.0, 100.0, 300.0, 130.0), (140.0, 160.0, 300.0, 190.0)]
    assert shown(*_ROWS[:4], ("案卷", 5, 130), *_ROWS[6:], strips=strips)[0] == []


def test_an_underline_parts_no_rows() -> None:
    rows, _ = shown(*_ROWS, across=[Rule(115.0, 5.0, 55.0)])
    assert rows == ["1.属于国家秘密  0  3", "2.属于执法案卷  4  5"]


def test_above_the_first_edge_a_row_begins_where_its_lines_do() -> None:
    above = [("（七）总", 5.0, 76.0), ("计", 5.0, 88.0), ("9", 150.0, 88.0), ("8", 200.0, 76.0)]
    rows, rest = shown(("数据", 5, 20), *above, *_ROWS)
    assert rows[0] == "（七）总计  9  8"
    assert rest == "数据"


def test_a_number_far_above_or_below_its_label_is_in_its_row() -> None:
    tall = [(0.0, 100.0, 300.0, 160.0), (0.0, 160.0, 300.0, 190.0)]
    below = [("2.案卷", 5.0, 165.0), ("8", 150.0, 165.0)]
    for label, number in ((102.0, 140.0), (140.0, 102.0)):
        words = [("1.属于国家秘密", 5.0, label), ("7", 150.0, number), *below]
        assert shown(*words, strips=tall) == (["1.属于国家秘密  7", "2.案卷  8"], "")

"""Characters of a page stand in one line, or in lines of their own, but never in both."""

from gongkai.reading.pdf.drawn import Char
from gongkai.reading.pdf.level import rows_of


def chars(text: str, left: float, *tops: float) -> list[Char]:
    """Characters side by side, each reaching from its own top down to the line's bottom."""
    bottom = max(tops) + 8.0
    return [
        Char(sign, left + 8 * n, top, left + 8 * n + 8, bottom, upright=True)
        for n, (sign, top) in enumerate(zip(text, tops, strict=True))
    ]


def read(*lines: list[Char]) -> list[str]:
    rows = rows_of([char for line in lines for char in line])
    return ["".join(c.text for c in sorted(row, key=lambda c: c.x0)) for row in rows]


def test_a_line_half_a_line_below_another_one_stays_whole() -> None:
    group = chars("本年", 0, 165.5, 165.5)
    for low in (169.2, 169.6):  # a little less, and a little more than half a line
        label = chars("部分公开", 40, low, low, 169.6, 169.6)
        assert any("部分公开" in text for text in read(group, label))


def test_lines_of_a_slanting_page_stay_apart() -> None:
    upper = [c for n in range(30) for c in chars("上", 8 * n, 100 + 0.3 * n)]
    lower = [c for n in range(30) for c in chars("下", 8 * n, 116 + 0.3 * n)]
    assert not any("上" in text and "下" in text for text in read(upper, lower))

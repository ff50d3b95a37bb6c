"""Wide sheets on several pages: put side by side again where texts and rows say so."""

from collections.abc import Sequence
from dataclasses import replace

from gongkai.reading.pdf.cut_sheets import is_cut, put_together
from gongkai.reading.pdf.drawn import Char, Drawn
from gongkai.reading.pdf.geometry import Rule

LEFT, COLUMN, SHOWN, SIZE = 50.0, 60.0, 4, 10.0
TITLE = "某某县政务公开工作年度报告一览"


def word(text: str, x: float, top: float) -> list[Char]:
    return [
        Char(sign, x + n * SIZE, top, x + (n + 1) * SIZE, top + SIZE, upright=True)
        for n, sign in enumerate(text)
    ]


def pages(rows: Sequence[Sequence[str]], top: float = 100, title: str = TITLE) -> list[Drawn]:
    """A title across all columns and rows of cells, ``SHOWN`` columns on a page."""
    drawn = []
    for start in range(0, max(map(len, rows)), SHOWN):
        chars = word(title, LEFT + COLUMN * (2 - start), top - 50) if title else []
        for n, row in enumerate(rows):
            for x, text in enumerate(row[start : start + SHOWN]):
                chars += word(text, LEFT + COLUMN * x + 5, top + n * 20)
        drawn.append(Drawn(chars=chars, width=LEFT * 2 + COLUMN * SHOWN, height=800))
    return drawn


def words(page: Drawn | None) -> list[str]:
    """The characters of a page, line by line."""
    assert page is not None
    lines: dict[float, list[Char]] = {}
    for char in page.chars:
        lines.setdefault(char.top, []).append(char)
    ordered = [sorted(line, key=lambda char: char.x0) for _, line in sorted(lines.items())]
    return ["".join(char.text for char in line) for line in ordered]


FIRST = [["甲", "1", "2", "3", "4", "5"], ["乙", "6", "7", "8", "9", "0"]]
SECOND = [["丙", str(n), "2", "3", "4", str(n)] for n in range(6)]


def test_a_text_across_the_cut_says_where_the_next_page_stands() -> None:
    sheet = pages(FIRST)
    assert [is_cut(page) for page in sheet] == [False, True]
    together = put_together(sheet)
    assert together[1] is None
    assert words(together[0]) == [TITLE, "甲12345", "乙67890"]


def test_pages_of_numbers_stand_beside_the_rows_that_are_level() -> None:
    (a, b), (c, d) = pages(FIRST), pages(SECOND, title="")
    expected = ["丙0234" + "0", *(f"丙{n}234{n}" for n in range(1, 6))]
    for sheet, host in (((a, c, b, d), 1), ((a, b, c, d), 2)):
        together = put_together(sheet)
        assert words(together[0]) == [TITLE, "甲12345", "乙67890"]
        assert words(together[host]) == expected


def test_rows_that_are_not_level_are_not_put_together() -> None:
    (a, b), (c, _) = pages(FIRST), pages(SECOND, title="")
    (stray,) = pages([["1"]], top=127, title="")
    together = put_together([a, c, b, stray])
    assert 3 not in together


def test_a_border_at_the_cut_goes_where_a_cell_crosses_it() -> None:
    a, b = pages(FIRST)
    across = [Rule(y, LEFT, LEFT + COLUMN * SHOWN) for y in (40, 90, 150)]
    down = [Rule(LEFT, 40, 150), Rule(LEFT + COLUMN * SHOWN, 40, 150)]
    together = put_together([replace(page, across=across, down=down) for page in (a, b)])
    page = together[0]
    assert page is not None
    cut = LEFT + COLUMN * SHOWN
    assert {(rule.start, rule.end) for rule in page.down if rule.at == cut} == {(90, 150)}


def test_pages_without_such_texts_stay() -> None:
    sheet = pages(FIRST, title="")
    assert not any(map(is_cut, sheet))
    assert not put_together(sheet)

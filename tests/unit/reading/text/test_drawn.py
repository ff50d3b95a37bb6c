"""Tables drawn with rules: a cell is what stands between them."""

import pytest

from gongkai.reading.document import Grid
from gongkai.reading.text import read_text


def only(text: str) -> Grid:
    (grid,) = read_text(text).grids
    return grid


def cells(grid: Grid) -> list[list[tuple[str, int, int, int]]]:
    return [[(c.text, c.column, c.colspan, c.rowspan) for c in row] for row in grid.rows]


SPANS = """\
┌──────────┬─────────────┐
│          │ 申请人情况  │
│ 本年新收 ├──────┬──────┤
│ 政府信息 │ 自然 │ 总计 │
│          │ 人   │      │
├──────────┼──────┼──────┤
│ “三安”   │ 1    │      │
├──────────┼──────┴──────┤
│          │ 12          │
└──────────┴─────────────┘"""


def test_words_stand_in_their_cells_and_cells_span_what_no_rule_parts() -> None:
    grid = only(f"题目\n\n  {SPANS.replace(chr(10), chr(10) + '  ')}\n正文")
    assert not grid.ragged
    assert cells(grid) == [
        [("本年新收\n政府信息", 0, 1, 2), ("申请人情况", 1, 2, 1)],
        [("自然\n人", 1, 1, 1), ("总计", 2, 1, 1)],
        [("“三安”", 0, 1, 1), ("1", 1, 1, 1), ("", 2, 1, 1)],
        [("", 0, 1, 1), ("12", 1, 2, 1)],
    ]
    assert [place.line for place in grid.row_places] == [4, 6, 9, 11]


def test_rules_of_plain_signs_are_the_same() -> None:
    ascii_only = SPANS.translate(str.maketrans("┌┐└┘├┤┬┴┼─│", "+++++++++-|"))
    assert cells(only(ascii_only)) == cells(only(SPANS))


@pytest.mark.parametrize("wide", ["一二", "一—", "“一”"])
def test_signs_are_as_wide_as_the_program_took_them(wide: str) -> None:
    rule, row = "┌{0}┬──┐", "│{0}│0 │"
    for size in {len(wide), 4}:
        pad = size - len(wide) if size == len(wide) else 0
        lines = [rule.format("─" * size), row.format(wide + " " * pad)]
        lines += ["├" + "─" * size + "┼──┤", row.format(" " * size)]
        lines += ["├" + "─" * size + "┼──┤", row.format("a" * size)]
        lines += ["└" + "─" * size + "┴──┘"]
        texts = only("\n".join(lines)).texts
        assert [row[-1] for row in texts] == ["0", "0", "0"]
        assert texts[0][-2] == wide


def test_where_rules_stand_around_head_and_body_each_line_is_a_row() -> None:
    text = "+----+---+\n| 甲 | 乙 |\n|----+---|\n| 1  | 2 |\n| 3  | 4 |\n+----+---+"
    rows = [[c for c in row if c] for row in only(text).texts]
    assert rows[0] == ["甲", "乙"]
    assert rows[-2:] == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    "damage",
    [
        ("│ “三安”   │ 1    │      │", "│ “三安”   │ 1      │      │"),  # longer
        ("│ “三安”   │ 1    │      │", "│ “三安”   │ 1   │       │"),  # a bar beside its rule
        ("├──────────┼──────┴──────┤", "├──────────┼──────┤ x    │"),  # a rule that ends
    ],
)
def test_rules_that_do_not_meet_part_nothing(damage: tuple[str, str]) -> None:
    grid = read_text(SPANS.replace(*damage)).grids[0]
    assert grid.ragged


def test_of_a_table_that_is_cut_the_whole_rows_are_read() -> None:
    first, rest = read_text(SPANS[: SPANS.rindex("12")]).grids
    assert len(first.rows) == 3
    assert rest.ragged


def test_many_rules_are_read_in_linear_time() -> None:
    text = ("+--+--+\n| a | b |\n" * 20_000) + "+--+--+"
    assert len(read_text(text).grids) == 1


def test_rules_may_begin_and_end_with_bars() -> None:
    lines = [
        "   +--------------+",
        "   | 申请人情况   |",
        "   |--------------|",
        "   |      | 其 他 |",
        "   | 总计 |-------|",
        "   |      | 一 二 |",
        "   |------+-------|",
        "   | 0    | 1     |",
        "   +--------------+",
    ]
    assert [[cell[0] for cell in row] for row in cells(only("\n".join(lines)))] == [
        ["申请人情况"],
        ["总计", "其 他"],
        ["一 二"],
        ["0", "1"],
    ]

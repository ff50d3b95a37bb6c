"""A printed 0, a blank, a nil mark and a text are four facts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.form import CELLS
from gongkai.form.models import Fees
from gongkai.tables.assemble import convert, plain_count
from gongkai.tables.numbers import State, read_cell, split_label, split_run

COUNT = CELLS["requests.received.total"]
FEES = CELLS["proactive.fees.amount"]
CHANGE = CELLS["proactive_2019.licensing.items_change"]
PROCUREMENT = CELLS["proactive_2019.procurement.amount"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("１２", 12),
        ("1,234", 1234),
        ("1，234,567", 1234567),
        ("  3\u00a0\u00a0", 3),
        ("\u30007\u200b", 7),
        ("0件", 0),
        ("12 件", 12),
        ("- 3", -3),
        ("减3", -3),
        ("+5", 5),
        ("3（件）", 3),
        ("1\u2009234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("**12**", 12),
        ("*12*", 12),
        ("`12`", 12),
        ("1\u200b2\ufeff3", 123),
        ("1\u00ad2", 12),
        ("零", 0),
        ("〇", 0),
        ("三件", 3),
        ("零宗", 0),
        ("007", 7),
        ("\u200e1\u202c", 1),
        ("\u206112\u2069", 12),
        ("−3", -3),
        ("–3", -3),
        ("—3", -3),
        ("--253", -253),
        ("12。", 12),
        ("0；", 0),
    ],
)
def test_numbers_are_read_through_their_padding(text: str, value: int) -> None:
    assert read_cell(text).value == value


@pytest.mark.parametrize("mark", ["[1]", "[^1]", "①", " ①", "*", "（注1）", "注", "¹", "²", "※"])
def test_a_note_is_no_part_of_a_number(mark: str) -> None:
    assert read_cell(f"14{mark}").value == 14
    assert not read_cell(f"14{mark}").plain
    assert read_cell(mark.strip()).value is None


@pytest.mark.parametrize(
    "remark",
    [
        "（其中修订16件）",
        "\n（其中修订 16 件）",
        "(含自然失效29件)",
        " （不含街道）",
        "（同比增长20%）",
        "（与上年持平）",
        "（含修改3件，本年度）",
        "（本年度新增）",
        "（县政府）",
    ],
)
def test_a_remark_behind_a_number_is_no_part_of_it(remark: str) -> None:
    assert read_cell(f"55{remark}").value == 55
    assert not read_cell(f"55{remark}").plain
    assert read_cell(remark).value is None


def test_a_remark_stays_with_its_number_in_a_line() -> None:
    line = "规章 3 55（含自然失效29件） 7"
    assert split_label(line) == ("规章", ["3", "55（含自然失效29件）", "7"])


@pytest.mark.parametrize(
    "text",
    [
        "10（应为12）",
        "10（应为十二件）",
        "1（三件）",
        "3（上年数）",
        "3（均为上年数）",
        "3（上半年）",
        "3（含误报）",
        "3（作废）",
        "3（多报）",
        "3（左右）",
        "3（约数）",
        "3（十五）",
        "3（减少）",
        "3（较上年减少）",
        "5（百件）",
        "5（含税，单位：元）",
        "5（百万元）",
        "1（信访举报投诉类申请）",
        "1（三）不予公开",
        "1 0（其中1件）",
    ],
)
def test_other_words_in_brackets_leave_a_cell_open(text: str) -> None:
    assert read_cell(text).state is State.TEXT


@pytest.mark.parametrize(
    "text", ["", " ", "\u3000", "\u00a0\u00a0", "\u200b", "\n", "\u3164", "\u180e", "\u202c"]
)
def test_blank_is_no_zero(text: str) -> None:
    assert read_cell(text).state is State.BLANK


@pytest.mark.parametrize(
    "text",
    [
        *("/", "-", "—", "——", "无", " / ", "／", "//", "/ /", "- -", "（无）", "没有", "×", "…"),
        *("\u2212", "\u2010", "\u2012", "ー"),
    ],
)
def test_nil_mark_is_neither_blank_nor_zero(text: str) -> None:
    assert read_cell(text).state is State.NIL


@pytest.mark.parametrize(
    "text",
    [
        "O",
        "1 0",
        "1 234",
        "1\u00a0234",
        "3)",
        "2²1",
        "见附件",
        "①",
        "1,23",
        "1.",
        "。",
        "一",
        "\u202e12",  # shown as 21
        "3-4",
        "— 3",
        "12年",
        "共12件",
        "详见注1",
        "#REF!",
        "000000001212",  # what a table is sorted by, and the number
    ],
)
def test_what_is_no_number_stays_text(text: str) -> None:
    assert read_cell(text).state is State.TEXT


@given(st.integers(min_value=0, max_value=10**9))
def test_every_count_comes_back(number: int) -> None:
    for text in (str(number), f"{number:,}", f" {number} ", f"{number}件"):
        assert read_cell(text).value == number


@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    read = read_cell(text)
    assert (read.value is None) == (read.state is not State.NUMBER)


@given(st.text(alphabet="0123456789０.,，-+减增 件万元零〇无/注年", max_size=6))
def test_a_plain_count_is_what_the_cell_holds(text: str) -> None:
    count = plain_count(text)
    assert count is None or count == convert(COUNT, read_cell(text))[0]


@pytest.mark.parametrize("text", ["0", "12", "1,234", "１２", "零", " 3 "])
def test_plain_counts_need_no_look_at_their_cell(text: str) -> None:
    assert plain_count(text) == read_cell(text).value


@pytest.mark.parametrize(
    ("cell", "text", "value"),
    [
        (COUNT, "1万件", 10000),
        (COUNT, "1.5", None),
        (COUNT, "1.0", 1),
        (COUNT, "-1", None),
        (COUNT, "5元", None),
        (COUNT, "99999999999", None),
        (CHANGE, "-2", -2),
        (FEES, "282.1", Decimal("282.1")),
        (FEES, "12.5万元", Decimal("12.5")),
        (FEES, "251000元", Decimal("25.1")),
        (FEES, "0.5亿元", Decimal(5000)),
        (FEES, "3件", None),
        (PROCUREMENT, "251000元", Decimal(251000)),
        (PROCUREMENT, "25.1万元", Decimal("25.1")),
        (PROCUREMENT, "1.2亿元", Decimal("1.2")),
        (FEES, "1.2345678901234567", None),
        (FEES, "0.00000000000000000001", None),
        (FEES, "0.000000000000001", Decimal("0.000000000000001")),
    ],
)
def test_units_are_applied_exactly_or_the_cell_stays_null(
    cell: object, text: str, value: object
) -> None:
    assert convert(cell, read_cell(text))[0] == value  # type: ignore[arg-type] # a Cell


@given(st.from_regex(r"[0-9]{1,17}\.[0-9]{1,20}", fullmatch=True))
def test_every_amount_that_is_read_fits_into_the_form(text: str) -> None:
    value = convert(FEES, read_cell(text))[0]
    assert Fees(amount=value).amount == value


def test_runs_and_labels_are_split() -> None:
    assert split_run("0 0 / 3") == ["0", "0", "/", "3"]
    assert split_run("12") is None
    assert split_run("0 见附件") is None
    assert split_label("1.属于国家秘密 0 1") == ("1.属于国家秘密", ["0", "1"])
    assert split_label("属于国家秘密") is None


@pytest.mark.parametrize(
    ("line", "label", "numbers"),
    [
        ("规章 3 0 5", "规章", ["3", "0", "5"]),
        ("规章：3 0 5", "规章：", ["3", "0", "5"]),
        ("行政处罚: 12件", "行政处罚:", ["12件"]),
        ("（七）总计：0 / — 无", "（七）总计：", ["0", "/", "—", "无"]),
        ("行政许可 0 +12 37", "行政许可", ["0", "+12", "37"]),
        ("行政许可 0 －12 37", "行政许可", ["0", "－12", "37"]),
        ("规章 ／ \\ 2", "规章", ["／", "\\", "2"]),
    ],
)
def test_numbers_follow_a_label(line: str, label: str, numbers: list[str]) -> None:
    assert split_label(line) == (label, numbers)


@pytest.mark.parametrize("mark", ["N/A", "—", "无", "×", "−", "没有", "*"])
def test_nil_marks_follow_a_label_as_numbers_do(mark: str) -> None:
    assert split_label(f"规章 {mark} 0 {mark}") == ("规章", [mark, "0", mark])


@pytest.mark.parametrize("line", ["规章", "工作时间：8:30", "规章：3份文件", "2023-01-12"])
def test_other_lines_hold_no_numbers(line: str) -> None:
    assert split_label(line) is None


@pytest.mark.parametrize("mark", ["------", "—————", "\\-", "\\--"])
def test_nil_marks_that_converters_write(mark: str) -> None:
    assert read_cell(mark).state is State.NIL


@pytest.mark.parametrize(("text", "value"), [("\\-8", -8), ("0****", 0), ("**12**", 12)])
def test_marks_of_markdown_are_no_part_of_a_number(text: str, value: int) -> None:
    assert read_cell(text).value == value


@pytest.mark.parametrize("text", ["****", "1****2"])
def test_a_number_that_is_masked_is_none(text: str) -> None:
    assert read_cell(text).state is State.TEXT


@pytest.mark.parametrize("text", ["12件次", "12 件次", "12（件次）", "12人次", "12条次"])
def test_a_count_of_cases_each_time_is_a_unit(text: str) -> None:
    read = read_cell(text)
    assert read.state is State.NUMBER
    assert read.value == Decimal(12)
    assert read.unit.endswith("次")


@pytest.mark.parametrize(
    ("text", "value"),
    [("$10$", 10), ("$$ 10 $$", 10), (r"$\mathbf{10}$", 10), (r"$ \mathrm { 1,024 } $", 1024)],
)
def test_a_formula_that_is_a_number_is_one(text: str, value: int) -> None:
    assert read_cell(text).value == value
    assert not read_cell(text).plain


def test_other_formulas_are_none() -> None:
    assert read_cell("$-$").state is State.NIL
    for text in ("$10", "$ 1 0 $", "$1$0$", r"$\frac{1}{2}$"):
        assert read_cell(text).state is State.TEXT

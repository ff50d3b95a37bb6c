"""Numbers that a source ends with are read where a sum bears them out, and null otherwise."""

import pytest

from gongkai.form import APPLICANTS
from gongkai.layouts.generic import GenericLayout
from gongkai.reading import Source, read
from gongkai.settings import Settings
from gongkai.tables.reading import Reading

HEAD = (
    "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人 法人或其他组织 总计\n"
    "商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
)
RECEIVED = "一、本年新收政府信息公开申请数量 9 0 1 0 0 0 10\n"
CARRIED = "二、上年结转政府信息公开申请数量"
FOUR = (
    "四、政府信息公开行政复议、行政诉讼情况\n行政复议 行政诉讼\n结果维持 结果纠正 其他结果 尚未审结"
    " 总计 未经复议直接起诉 复议后起诉\n结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正"
    " 其他结果 尚未审结 总计\n"
)


def reading(text: str) -> Reading:
    return GenericLayout().extract(read(Source(path="page.txt", data=text.encode()), Settings()))


def row(found: Reading, key: str) -> list[object]:
    return [found.values.get(f"requests.{key}.{name}") for name in APPLICANTS]


@pytest.mark.parametrize(
    ("end", "numbers"),
    [
        (" 3 0 0 0 0 0 3", [3, 0, 0, 0, 0, 0, 3]),
        (" 12 0 0 0 0 0 12……", [12, 0, 0, 0, 0, 0, 12]),
        (" 0 0 0 0 0 0 0", [0, 0, 0, 0, 0, 0, 0]),
        (" 12 0 0 0 0 0 1", [12, 0, 0, 0, 0, 0, None]),
        (" 12 0 0 0 0 0 1...", [12, 0, 0, 0, 0, 0, None]),
        (" 12 0 0 0 0 0 1\n", [12, 0, 0, 0, 0, 0, None]),
        (" 12 0 0 0 0", [None] * 7),
    ],
)
def test_the_last_number_of_a_row_may_be_cut(end: str, numbers: list[int | None]) -> None:
    found = reading(HEAD + RECEIVED + CARRIED + end)
    assert row(found, "received") == [9, 0, 1, 0, 0, 0, 10]
    assert row(found, "carried_in") == numbers
    said = [f.severity for f in found.findings if f.rule in ("V.CUT", "E.UNSETTLED")]
    assert said == ["critical"] * (None in numbers)


def test_a_number_without_a_sum_may_be_cut() -> None:
    two = "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 "
    assert reading(two + "57\n").values["proactive.licensing.decisions"] == 57
    found = reading(two + "57")
    assert "proactive.licensing.decisions" not in found.values
    assert found.report.cells.raw["proactive.licensing.decisions"] == "57"
    assert [f.cells for f in found.findings if f.rule == "V.CUT"] == [
        ["proactive.licensing.decisions"]
    ]


@pytest.mark.parametrize("end", ["", " |", " | ……"])
def test_cells_that_a_label_covers_do_not_fill_a_cut_row(end: str) -> None:
    rows = [
        "| 勾稽关系 | | | 申请人情况 | | | | | | |",
        "| | | | 自然人 | 法人或其他组织 | | | | | 总计 |",
        "| | | | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | | |",
        "| 一、本年新收政府信息公开申请数量 | | | 9 | 0 | 1 | 0 | 0 | 0 | 10 |",
        "| 二、上年结转政府信息公开申请数量 | | | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
        "| 三、本年度办理结果 | （一）予以公开 | | 4 | 0 | 0 | 0 | 0 | 0" + end,
    ]
    found = reading("三、收到和处理政府信息公开申请情况\n" + "\n".join(rows))
    assert row(found, "received") == [9, 0, 1, 0, 0, 0, 10]
    assert row(found, "outcome.granted") == [None] * 7


def test_a_cut_row_of_table_four_is_not_completed_by_its_sums() -> None:
    numbers = "0 0 0 0 0 3 0 0 0 3 2 0"
    found = reading(FOUR + numbers)
    assert not any(path.startswith("disputes.") for path in found.values)
    assert any(f.rule in ("V.CUT", "E.UNSETTLED") for f in found.findings)
    garbled = FOUR.replace("尚未审结", "尚未审")
    found = reading(garbled + numbers.replace("3", "0").replace("2", "0"))
    assert not any(path.startswith("disputes.") for path in found.values)


def test_a_row_ends_where_an_excerpt_leaves_something_out() -> None:
    label = "一、本年新收政府信息公开申请数量\n1\n2\n"
    rest = "四、结转下年度继续办理\n" + "0\n" * 7
    found = reading(HEAD + label + "……\n0\n0\n0\n0\n3\n" + rest)
    assert row(found, "received") == [None] * 7
    assert row(found, "carried_out") == [0] * 7


def test_rows_of_no_other_table_are_an_excerpt_of_a_report() -> None:
    rows = [
        f"{label} 0 0 0 0 0 0 0"
        for label in ("6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")
    ]
    found = reading("\n".join(["0 0", *rows]))
    assert row(found, "outcome.denied.administrative_inquiry") == [0] * 7


def test_the_last_row_of_table_three_is_read_alone() -> None:
    last = "四、结转下年度继续办理 1 0 0 0 0 0 1\n"
    found = reading("……行 0 1\n" + last + FOUR + "0 " * 15)
    assert row(found, "carried_out") == [1, 0, 0, 0, 0, 0, 1]


def test_a_table_may_end_within_an_empty_row() -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in (CARRIED, 3, 0, 0, 0, 0, 0, 3))
    found = reading(f"三、收到和处理政府信息公开申请情况\n<table><tr>{cells}</tr>\n<tr><t")
    assert row(found, "carried_in") == [3, 0, 0, 0, 0, 0, 3]


@pytest.mark.parametrize(
    ("end", "key"),
    [
        ("", "carried_in"),
        ("\n", "carried_in"),
        (" 2 0 0 0 0 0 2\n三、本年度办理结果 （一）予以公开", "outcome.granted"),
    ],
)
def test_a_label_that_ends_a_source_has_no_blank_cells(end: str, key: str) -> None:
    found = reading(HEAD + RECEIVED + CARRIED + end)
    assert row(found, "received") == [9, 0, 1, 0, 0, 0, 10]
    assert not found.report.cells.blank
    assert f"requests.{key}.total" in found.report.cells.absent
    assert any(f"requests.{key}.total" in f.cells for f in found.findings if f.rule == "E.UNMAPPED")


def test_a_label_above_other_rows_has_blank_cells() -> None:
    found = reading(
        HEAD + RECEIVED + CARRIED + "\n三、本年度办理结果 （一）予以公开 1 0 0 0 0 0 1\n"
    )
    assert f"requests.carried_in.{APPLICANTS[0]}" in found.report.cells.blank


def test_gaps_behind_the_last_number_of_a_source_are_no_blank_cells() -> None:
    names = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
    head = "项目".ljust(40) + "".join(name.ljust(12) for name in names)
    rows = [f"{label:40}" + "".join(f"{n:<16}" for n in numbers).rstrip() for label, numbers in (
        ("一、本年新收政府信息公开申请数量", (9, 0, 1, 0, 0, 0, 10)),
        ("二、上年结转政府信息公开申请数量", (2, 0, 0)),
    )]  # fmt: skip
    found = reading("三、收到和处理政府信息公开申请情况\n" + "\n".join([head, *rows]))
    assert not found.report.cells.blank


def test_rows_of_table_two_that_are_not_printed_are_named() -> None:
    two = "二、主动公开政府信息情况\n第二十条第（五）项\n信息内容 本年处理决定数量\n行政许可 5\n"
    (said,) = (f for f in reading(two).findings if f.rule == "E.UNMAPPED")
    assert {"proactive.fees.amount", "proactive.rules.in_force"} <= {*said.cells}
    assert "proactive.licensing.decisions" not in said.cells

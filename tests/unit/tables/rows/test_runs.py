"""Which tokens belong to which row."""

from __future__ import annotations

from random import Random

from tests.testbed import numbers as printed_numbers

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Paragraph, Place
from gongkai.tables.cells import read_cells
from gongkai.tables.statutory.requests import read_requests
from gongkai.tables.stream import tokenise

OVERDUE = "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"


def grid(number: int, *rows: list[str]) -> Grid:
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    return Grid(cells, Place(table=number))


def test_a_row_that_a_page_break_cuts_keeps_its_numbers() -> None:
    numbers = ["1", "0", "0", "0", "0", "0", "1"]
    blank = [""] * 7
    for upper, lower in ((numbers, blank), (blank, numbers)):
        table = read_requests(
            tokenise(
                [
                    grid(1, ["2.重复申请", *["0"] * 7], [OVERDUE[:17], *upper]),
                    grid(2, ["", OVERDUE[17:], *lower], ["（七）总计", *numbers]),
                ]
            )
        )
        assert table is not None
        (row,) = (row for row in table.rows if row.key.endswith("fee_overdue"))
        assert row.settled is not None
        assert [value and value.text for value in row.settled] == numbers
        assert len(numbers) == len(APPLICANTS)


def test_a_label_printed_in_each_column_that_it_spans() -> None:
    numbers = ["1", "0", "0", "0", "0", "0", "1"]
    last = "四、结转下年度继续办理"
    table = read_requests(
        tokenise(
            [grid(1, ["2.重复申请", *numbers], ["（七）总计", *numbers], [*[last] * 3, *numbers])]
        )
    )
    assert table is not None
    settled = table.rows[-1].settled
    assert settled is not None
    assert [value and value.text for value in settled] == numbers


def test_labels_whose_numbers_stand_elsewhere_leave_no_blanks() -> None:
    labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "1.属于国家秘密",
    ]
    for between, given_up in (("自然人—3", True), ("自然人", False)):
        lines = [line for label in labels for line in (label, between)]
        lines += ["4.保护第三方合法权益", "5.属于三类内部事务信息", "6.属于四类过程性信息"]
        lines += ["7.属于行政执法案卷", "8.属于行政查询事项"]
        blocks = [Paragraph(line, Place(line=n)) for n, line in enumerate(lines, start=1)]
        table = read_requests(tokenise(blocks))
        assert table is not None
        assert all(row.given_up == given_up for row in table.rows)


def test_labels_above_numbers_that_other_names_open_leave_no_blanks() -> None:
    labels = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    labels += ["1.属于国家秘密", "4.保护第三方合法权益", "5.属于三类内部事务信息"]
    labels += ["7.属于行政执法案卷", "8.属于行政查询事项", "2.重复申请", "（七）总计"]
    for below, given_up in ((["自然人", "1", "0"], True), (["四、政府信息公开", "1"], False)):
        lines = [*labels, *below]
        blocks = [Paragraph(line, Place(line=n)) for n, line in enumerate(lines, start=1)]
        table = read_requests(tokenise(blocks))
        assert table is not None
        assert all(row.given_up == given_up for row in table.rows)


def test_a_table_that_goes_on_with_another_margin_has_columns_of_its_own() -> None:
    upper = ["1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物"]
    rows = [["", label, *"1000001"] for label in upper]
    cut = ["4.无正当理由大量反复申请", *"300040", "7", ""], ["（七）总计", *"600040", "10", ""]
    below = [[label, *("" if n == "0" else n for n in numbers)] for label, *numbers in cut]
    table = read_requests(tokenise([grid(1, *rows), grid(2, *below)]))
    assert table is not None
    assert [value and value.text for value in table.rows[-1].settled or ()] == below[-1][1:-1]


def test_the_last_rows_numbers_may_stand_in_a_row_of_their_own() -> None:
    first = ["一、本年新收政府信息公开申请数量", *"1000001"]
    second = ["二、上年结转政府信息公开申请数量", *"0000000"]
    last = "四、结转下年度继续办理"
    rows = [first, second, ["", last], [*"0100001"]]
    table = read_requests(
        tokenise([grid(1, *rows), Paragraph("五、存在的主要问题", Place(line=9))])
    )
    assert table is not None
    assert [token.text for token in table.rows[-1].tokens] == list("0100001")


def test_a_copy_of_a_label_may_be_garbled() -> None:
    label, garbled = "四、结转下年度继续办理", "四、结转?年度继续办理"
    first = ["一、本年新收政府信息公开申请数量", *"1000001"]
    second = ["二、上年结转政府信息公开申请数量", *"0000000"]
    lines = [*first, *second, label, label, garbled, *"0100001", "五、存在的主要问题及改进情况"]
    table = read_requests(tokenise([Paragraph(t, Place(line=n)) for n, t in enumerate(lines, 1)]))
    assert table is not None
    assert [token.text for token in table.rows[-1].tokens] == list("0100001")
    rows = [first, second, [label, label, garbled, *"0100001"]]
    table = read_requests(tokenise([grid(1, *rows)]))
    assert table is not None
    assert [token.text for token in table.rows[-1].tokens] == list("0100001")


def test_a_label_joined_across_a_row_does_not_take_its_numbers() -> None:
    truth = printed_numbers.requests(Random(3), "2019", "medium")
    lines = ["申请人情况", *(APPLICANT_LABELS[name][0] for name in APPLICANTS)]
    for key in request_rows("2019"):
        values = [f"@tab {truth[f'{key}.{name}']}" for name in APPLICANTS]
        group = (
            "（六）" if key.endswith("undivided") else "（七）" if key.endswith("e.total") else ""
        )
        lines += ["@item", group + REQUEST_LABELS[key][0], "@tab", *values]
    found = read_cells([Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)])
    assert found is not None
    cells = found.cells.values
    assert {p: v for p, v in cells.items() if truth.get(p) != v} == {}


def test_a_number_that_its_line_names_is_no_cell_of_the_row_above() -> None:
    lines = [
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
        "行政规范性文件",
        "4",
        "县级：8 乡级：11",
        "12",
    ]
    lines += ["信息内容", "本年处理决定数量", "行政许可", "3"]
    found = read_cells([Paragraph(line, Place(line=n)) for n, line in enumerate(lines, start=1)])
    assert found is not None
    paths = [f"proactive.normative_documents.{name}" for name in ("issued", "repealed", "in_force")]
    assert [found.cells.values.get(path) for path in paths] == [4, None, 12]
    assert paths[1] in found.cells.states.unreadable

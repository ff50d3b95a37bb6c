"""Table two has no identities: where a cell may have been lost, that is said."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.reading.document import Block, Grid, GridCell, Paragraph, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import Found, read_cells

COLUMNS = ("issued", "repealed", "in_force")
HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]

COLUMNS = ("issued", "repealed", "in_force")


def read(rules: list[str], documents: list[str]) -> Found:
    rows = [HEAD, ["规章", *rules], ["行政规范性文件", *documents]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("规章（市级）", "rules"),
        ("规章（县市区无无）", "rules"),
        ("行政规范性文文件", "normative_documents"),
        ("行政规性文件", "normative_documents"),
    ],
)
def test_a_garbled_label_and_one_with_a_remark_are_rows(label: str, key: str) -> None:
    labels = {"rules": "规章", "normative_documents": "行政规范性文件", key: label}
    rows = [HEAD, [labels["rules"], "1", "2", "3"], [labels["normative_documents"], "4", "5", "6"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert [found.cells.values[f"proactive.rules.{c}"] for c in COLUMNS] == [1, 2, 3]
    assert [found.cells.values[f"proactive.normative_documents.{c}"] for c in COLUMNS] == [4, 5, 6]


def test_a_head_that_a_new_page_repeats_heads_no_other_block() -> None:
    old = "信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量"
    lines = [
        "第二十条第（一）项",
        old,
        "规章\t0\t0\t0",
        "规范性文件\t1\t2\t3",
        "第二十条第（六）项",
    ]
    lines += ["信息内容\t本年处理决定数量", "行政处罚\t4", "第二十条第（一）项", old, "行政强制\t9"]
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert found.cells.values["proactive.penalties.decisions"] == 4
    assert found.cells.values["proactive.compulsory_measures.decisions"] == 9
    assert not any("compulsory" in path and "2019" in path for path in found.cells.values)


def test_lines_of_broken_numbers_are_said() -> None:
    text = "\n".join([" ".join(HEAD), "规章 0 0 0", "行政规范性文件 87 5 92", "1 3"])
    found = read_cells(read_text(text).blocks)
    assert found is not None
    assert [found.cells.values[f"proactive.rules.{c}"] for c in COLUMNS] == [0, 0, 0]
    assert not any("normative" in path for path in found.cells.values)


@pytest.mark.parametrize("row", [["1", "2", ""], ["", "1", "2"], ["1", "2", "\u3000"]])
def test_the_only_blank_at_an_end_is_doubted(row: list[str]) -> None:
    found = read(row, ["4", "5", "6"])
    (said,) = [f for f in found.cells.findings if f.rule == "E.PADDED"]
    assert said.severity == "critical"
    assert said.cells == [f"proactive.rules.{name}" for name in ("issued", "repealed", "in_force")]
    assert sorted(n for p, n in found.cells.values.items() if ".rules." in p) == [1, 2]


@pytest.mark.parametrize(
    ("rules", "documents"),
    [
        (["1", "2", "3"], ["4", "5", "6"]),
        (["1", "", "3"], ["4", "5", "6"]),  # numbers stand on both sides
        (["1", "2", "/"], ["4", "5", "6"]),  # somebody wrote it
        (["1", "2", ""], ["4", "5", ""]),  # a habit
        (["1", "2", ""], ["4", "/", "6"]),
    ],
)
def test_other_blanks_are_not(rules: list[str], documents: list[str]) -> None:
    assert not [f for f in read(rules, documents).cells.findings if f.rule == "E.PADDED"]


def test_the_only_blank_is_a_cell_where_cells_and_bars_are_counted() -> None:
    text = f"第二十条第（一）项 | ||||\n{' | '.join(HEAD)} | |\n规章 | 1 | 2 | | |\n"
    text += "行政规范性文件 | 4 | 5 | 6 | |"
    found = read_cells(read_text(text).blocks)
    assert found is not None
    assert [found.cells.values.get(f"proactive.rules.{c}") for c in COLUMNS] == [1, 2, None]
    assert not [f for f in found.cells.findings if f.severity == "critical"]


@pytest.mark.parametrize("ragged", [False, True])
@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("row", [["1", "2", "3"], ["1", "", "3"], ["1", "2", ""], ["", "2", "3"]])
def test_a_blank_that_the_head_does_not_show_moves_no_number(
    row: list[str], at: int, *, ragged: bool
) -> None:
    rows = [HEAD, ["规章", *row[:at], "", *row[at:]], ["行政规范性文件", "4", "5", "6"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1), ragged=ragged)])
    assert found is not None
    columns = ("issued", "repealed", "in_force")
    got = [found.cells.values.get(f"proactive.rules.{name}") for name in columns]
    true = [int(text) if text else None for text in row]
    unsettled = any(f.rule == "E.UNSETTLED" for f in found.cells.findings)
    assert got == ([None] * 3 if unsettled else true)
    assert unsettled or "" not in row or at in {row.index(""), row.index("") + 1}


def test_a_blank_that_the_head_shows_is_left_out() -> None:
    rows = [[*HEAD, ""], ["规章", "1", "", "3", ""], ["行政规范性文件", "", "5", "6", ""]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert list(found.cells.values.values()) == [1, 3, 5, 6]


OLD = ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"]


@pytest.mark.parametrize("size", [1, 2, 3, 5])
@pytest.mark.parametrize(("head", "root"), [(HEAD, "proactive"), (OLD, "proactive_2019")])
@pytest.mark.parametrize("item", [["第二十条第（一）项"], ["第二", "十条第（一）项"]])
def test_headers_printed_side_by_side_line_by_line_tell_the_form(
    head: list[str], root: str, size: int, item: list[str]
) -> None:
    pieces = [[name[i : i + size] for i in range(0, len(name), size)] for name in head]
    lines = [
        [part[n] if n < len(part) else "" for part in pieces] for n in range(max(map(len, pieces)))
    ]
    later = [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "7"]]
    rows = [*map(list, zip(item, strict=True)), *lines, ["规章", "1", "2", "3"]]
    rows += [["行政规范性文件", "4", "5", "6"], *later]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1), ragged=True)])
    assert found is not None
    values = found.cells.values
    assert {p for p in values if ".rules." in p} == {p for p in values if f"{root}.rules." in p}
    assert values["proactive.licensing.decisions"] == 7


@pytest.mark.parametrize(("label", "read_as"), [("规范性文件", None), ("行政规范性文件", 5)])
def test_without_a_head_the_label_must_be_that_of_the_other_blocks_form(
    label: str, read_as: int | None
) -> None:
    rows = [["规章", "1", "2", "3"], [label, "4", "5", "6"], ["第二十条第（五）项"]]
    rows += [["信息内容", "本年处理决定数量"], ["行政许可", "7"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1), ragged=True)])
    assert found is not None
    assert found.cells.values.get("proactive.normative_documents.repealed") == read_as
    assert bool([f for f in found.cells.findings if f.severity == "critical"]) is not bool(read_as)


def test_a_heading_above_the_table_is_no_head_of_it() -> None:
    rows = [
        ["二、主动公开政府信息情况"],
        ["规章", "1", "2", "3"],
        ["行政规范性文件", "4", "5", "6"],
    ]
    rows += [["第二十条第（五）项"], ["信息内容", "本年处理决定数量"], ["行政许可", "7"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1), ragged=True)])
    assert found is not None
    assert found.cells.values["proactive.rules.in_force"] == 3


@pytest.mark.parametrize("name", ["同比增减（%）", "比上年增减", "上一年度", "增长率"])
def test_a_column_of_changes_makes_no_other_form(name: str) -> None:
    rows = [[*HEAD, name], ["规章", "1", "2", "3", "-4"], ["行政规范性文件", "4", "5", "6", "7"]]
    rows += [["信息内容", "本年处理决定数量", name], ["行政许可", "7", "-8"]]
    rows += [["信息内容", "本年收费金额（单位：万元）", name], ["行政事业性收费", "9", "1"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert list(found.cells.values.values()) == [1, 2, 3, 4, 5, 6, 7, 9]
    assert not any(path.startswith("proactive_2019") for path in found.cells.values)


@pytest.mark.parametrize("row", [["1", "", "2", "", "3", ""], ["1", "4", "2", "", "3", ""]])
def test_of_a_head_that_is_parted_by_years_no_cell_is_chosen(row: list[str]) -> None:
    head = [GridCell(HEAD[0], 0, 1, 2)]
    head += [GridCell(name, 1 + 2 * n, 2) for n, name in enumerate(HEAD[1:])]
    years = [GridCell(("上年", "本年")[n % 2], n + 1) for n in range(6)]
    body = [GridCell(text, column) for column, text in enumerate(["规章", *row])]
    found = read_cells([Grid([head, years, body], Place(table=1))])
    assert found is not None
    assert not found.cells.values
    assert "E.UNSETTLED" in {finding.rule for finding in found.cells.findings}


def test_an_added_column_fills_no_row_that_lost_a_cell() -> None:
    rows = [[*HEAD, "同比"], ["规章", "1", "3", "-4"], ["行政规范性文件", "4", "5", "6", "7"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert list(found.cells.values.values()) == [4, 5, 6]
    assert "E.UNSETTLED" in {finding.rule for finding in found.cells.findings}


@pytest.mark.parametrize(
    ("row", "read_as"),
    [(["5", "", ""], 5), (["5", "5", "5"], 5), (["", "", ""], None), (["", "5", ""], None)],
)
def test_covered_columns_are_printed_with_their_header_again(
    row: list[str], read_as: int | None
) -> None:
    rows = [["信息内容", *["本年处理决定数量"] * 3], ["行政许可", *row]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert found.cells.values.get("proactive.licensing.decisions") == read_as
    assert ("5" in row and read_as is None) == any(
        finding.rule == "E.UNSETTLED" for finding in found.cells.findings
    )


@pytest.mark.parametrize(
    ("cells", "change"), [(["3", "-5", "-5"], -5), (["3", "0", "0"], 0), (["3", "-5", "2"], None)]
)
def test_a_cell_repeated_below_a_head_that_spans_is_one(
    cells: list[str], change: int | None
) -> None:
    head = [GridCell("信息内容", 0), GridCell("上一年项目数量", 1), GridCell("本年增/减", 2, 2)]
    row = [GridCell(text, n) for n, text in enumerate(["行政事业性收费", *cells])]
    rows = [[GridCell("第二十条第（八）项", 0, 4)], head, row]
    found = read_cells([Grid(rows, Place(table=1), ragged=True)])
    assert found is not None
    assert found.cells.values.get("proactive_2019.fees.items_change") == change


@pytest.mark.parametrize(
    ("row", "doubted"), [(["0", "", "0", "0"], True), (["1", "", "2", "3"], False)]
)
def test_a_blank_beside_a_number_that_may_be_printed_twice_is_doubted(
    row: list[str], *, doubted: bool
) -> None:
    found = read(row, ["4", "5", "6"])
    said = [f.severity for f in found.cells.findings if f.rule == "E.PADDED"]
    assert said == ["critical"] * doubted


@pytest.mark.parametrize("padding", [[], [""]])
@pytest.mark.parametrize("last", ["现行有效件数", "现行有效件数（历史累计）", "现行有效件数（件）"])
def test_remarks_are_left_out_below_headers_with_notes(last: str, padding: list[str]) -> None:
    rows = [
        [*HEAD[:3], last, "备注", *padding],
        ["规章", "1", "2", "3", "", *padding],
        ["行政规范性文件", "4", "5", "6", "", *padding],
    ]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert [found.cells.values.get(f"proactive.rules.{name}") for name in COLUMNS] == [1, 2, 3]


@pytest.mark.parametrize(
    ("card", "value", "state"),
    [
        (("行政许可", "本年处理决定数量", "7"), 7, None),
        (("行政许可", "7本年处理决定数量"), None, "unreadable"),
        (("行政许可", "本年处理决定数量"), None, "blank"),
    ],
)
def test_a_card_prints_header_and_number_below_its_label(
    card: tuple[str, ...], value: int | None, state: str | None
) -> None:
    lines = ["第二十条第（一）项", "规章", "本年制发件数", "1", "本年废止件数", "2"]
    lines += ["现行有效件数", "3", "第二十条第（五）项", *card]
    lines += ["第二十条第（六）项", "行政处罚", "本年处理决定数量", "4"]
    found = read_cells([Paragraph(line, Place()) for line in lines])
    assert found is not None
    path = "proactive.licensing.decisions"
    assert found.cells.values.get(path) == value
    assert state is None or path in getattr(found.cells.states, state)


@pytest.mark.parametrize(
    ("above", "head", "amount"),
    [
        ("单位：件、元", "本年收费金额", "12.5"),
        ("（金额单位：元）", "本年收费金额", "12.5"),
        ("单位：件、万元", "本年收费金额", "125000"),
        ("单位：元", "本年收费金额（单位：万元）", "125000"),
        ("某局共收费若干元。", "本年收费金额", "125000"),
    ],
)
def test_a_line_above_the_table_names_the_unit_of_its_amount(
    above: str, head: str, amount: str
) -> None:
    rows = [HEAD, ["规章", "1", "2", "3"], ["行政规范性文件", "4", "5", "6"]]
    rows += [["信息内容", "本年处理决定数量"], ["行政许可", "7"]]
    rows += [["信息内容", "本年处理决定数量"], ["行政处罚", "8"], ["行政强制", "9"]]
    rows += [["信息内容", head], ["行政事业性收费", "125000"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    line, inside = Paragraph(above, Place()), [GridCell(above, 0)]
    tables: list[list[Block]] = [
        [line, Grid(cells, Place(table=1))],
        [Grid([inside, *cells], Place(table=1))],
    ]
    for blocks in tables:
        found = read_cells(blocks)
        assert found is not None
        assert found.cells.values["proactive.fees.amount"] == Decimal(amount)


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        (
            ["本年", "制发", "件数", "本年", "废止", "件数", "现行", "有效", "件数"],
            "issued repealed in_force",
        ),
        (
            ["本年", "新制作", "数量", "本年", "新公开", "数量", "对外公", "开总数量"],
            "made disclosed total_disclosed",
        ),
    ],
)
def test_headers_that_break_over_lines_tell_the_form(head: list[str], columns: str) -> None:
    lines = ["信息内容", *head, "规章", *"102"]
    found = read_cells([Paragraph(text, Place()) for text in lines])
    assert found is not None
    values = {path.rpartition(".")[2]: value for path, value in found.cells.values.items()}
    assert values == dict(zip(columns.split(), (1, 0, 2), strict=True))


def test_a_row_that_only_the_other_form_has_is_not_read_below_this_one_s_head() -> None:
    rows = [["信息内容", "本年处理决定数量"], ["行政许可", "7"], ["其他对外管理服务事项", "9"]]
    cells = [[GridCell(text, n) for n, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert found.cells.values == {"proactive.licensing.decisions": 7}
    assert "proactive_2019.other_services.decisions" in found.cells.states.unreadable


@pytest.mark.parametrize("label", ["行政规范性文件", "规范性文件"])
@pytest.mark.parametrize(
    ("head", "path"),
    [
        ("本年制发件数\t本年废止件数\t现行有效件数", "proactive.normative_documents.repealed"),
        (
            "本年新制作数量\t本年新公开数量\t对外公开总数量",
            "proactive_2019.normative_documents.disclosed",
        ),
    ],
)
def test_a_page_that_ends_below_a_head_leaves_it_the_head(label: str, head: str, path: str) -> None:
    lines = [
        "第二十条第（一）项",
        f"信息内容\t{head}",
        "某某县人民政府办公室政府信息公开工作年度报告",
        "三、收到和处理政府信息公开申请情况",
        "第2页",
        "规章\t0\t0\t0",
        f"{label}\t3\t1\t2",
        "第二十条第（八）项",
        "信息内容\t本年收费金额（单位：万元）",
        "— 2 —",
        "某某县人民政府办公室政府信息公开工作年度报告",
        "行政事业性收费\t0.5",
        "三、收到和处理政府信息公开申请情况",
    ]
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert found.cells.values[path] == 1
    assert found.cells.values["proactive.fees.amount"] == Decimal("0.5")


def test_numbers_above_their_labels_are_not_those_of_the_row_before() -> None:
    lines = [" ".join(HEAD), "0 5 0", "规章", "4 2 4", "行政规范性文件"]
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    assert not found.cells.values
    assert {f.rule for f in found.cells.findings} >= {"E.UNSETTLED"}


@pytest.mark.parametrize(
    "labels", ["行政处罚（简易程序） 行政处罚（普通程序）", "县行政处罚 乡行政处罚"]
)
def test_a_row_that_is_printed_in_parts_is_none_of_them(labels: str) -> None:
    first, second = labels.split()
    page = f"信息内容\t本年处理决定数量\n{first}\t5\n{second}\t7\n行政强制\t0"
    found = read_cells(read_text(f"信息内容\t本年处理决定数量\n行政许可\t3\n{page}").blocks)
    assert found is not None
    assert found.cells.values.get("proactive.penalties.decisions") is None
    assert found.cells.values["proactive.licensing.decisions"] == 3
    assert any(f.rule == "E.UNMAPPED" for f in found.findings)


@pytest.mark.parametrize(("text", "value"), [("3（较上年减少3项）", None), ("减少3", -3), ("3", 3)])
def test_a_remark_may_tell_the_sign_of_a_change(text: str, value: int | None) -> None:
    page = f"信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n行政许可\t9\t{text}\t5"
    found = read_cells(read_text(page).blocks)
    assert found is not None
    path = "proactive_2019.licensing.items_change"
    assert found.cells.values.get(path) == value
    assert (path in found.cells.states.unreadable) is (value is None)


@pytest.mark.parametrize("moved", [(0, 1, 2), (2, 0, 1)])
@pytest.mark.parametrize("spelling", ["", "本年度"])
def test_a_head_may_leave_this_year_out(spelling: str, moved: tuple[int, ...]) -> None:
    head = [text.replace("本年", spelling) for text in HEAD[1:]]
    rows = [["信息内容", *(head[n] for n in moved)]]
    rows += [["规章", *("123"[n] for n in moved)], ["行政规范性文件", *("456"[n] for n in moved)]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    assert [found.cells.values[f"proactive.rules.{c}"] for c in COLUMNS] == [1, 2, 3]
    assert [found.cells.values[f"proactive.normative_documents.{c}"] for c in COLUMNS] == [4, 5, 6]

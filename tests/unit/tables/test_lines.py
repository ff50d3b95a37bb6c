"""Tables in lines of text: numbers glued to labels, torn over lines, and others."""

from __future__ import annotations

import re

import pytest

from gongkai.form import APPLICANTS, DISPUTE_CELLS, REQUEST_ROWS, request_rows
from gongkai.form.labels import REQUEST_LABELS
from gongkai.reading.text import read_text
from gongkai.tables.cells import Found, read_cells

HEAD = "自然人 商业企业 科研机构 社会公益组织 法律服务机构 其他 总计"
ROWS = [key for key in REQUEST_ROWS if key in request_rows("2021")]
WIDTH = len(APPLICANTS)
TWO = """信息内容 本年处理决定数量
行政许可 {licensing}
信息内容 本年处理决定数量
行政处罚 {penalties}
行政强制 {compulsory_measures}"""


def read(text: str) -> Found:
    found = read_cells(read_text(text).blocks)
    assert found is not None
    return found


def critical(found: Found) -> set[str]:
    return {f.rule for f in (*found.cells.findings, *found.findings) if f.severity == "critical"}


def numbers_of(row: int) -> list[str]:
    """Return a row's numbers: one request of each result, all by natural persons."""
    received = {0: 21, len(ROWS) - 2: 21}.get(row, 0 if row in (1, len(ROWS) - 1) else 1)
    return [str(received), *["0"] * (WIDTH - 2), str(received)]


def table_three(*, label: str = "{label} ", joint: str = " ", torn: int = WIDTH) -> str:
    """Print table three in lines; ``torn`` is how many numbers stand in one."""
    lines = [HEAD]
    for number, key in enumerate(ROWS):
        numbers = numbers_of(number)
        cut = [joint.join(numbers[at : at + torn]) for at in range(0, WIDTH, torn)]
        cut[0] = label.format(label=REQUEST_LABELS[key][0]) + cut[0]
        lines += cut
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        table_three(label="{label}"),
        table_three(label="1.{label}", torn=4),
        table_three(torn=4),
        table_three(torn=1),
        table_three(label="{label}\t", joint="\t", torn=3),
        table_three(label="{label}\t\t", joint="\t\t"),
        re.sub(r"(?<= )\d+", r"\g<0> 件", table_three()),
    ],
)
def test_each_number_is_its_label_s(text: str) -> None:
    found = read(text)
    printed = {
        f"{key}.{column}": int(number)
        for n, key in enumerate(ROWS)
        for column, number in zip(APPLICANTS, numbers_of(n), strict=True)
    }
    assert found.cells.values == printed
    assert critical(found) == {"S.TABLES"}  # two and four are not there


def test_one_row_that_is_cut_short_takes_no_number_from_below() -> None:
    label = REQUEST_LABELS[ROWS[4]][0]
    short = f"{label} 1 0 0 0 0 0"
    found = read(table_three().replace(f"{short} 1", f"{short}\n7"))
    assert found.cells.values.get(f"{ROWS[4]}.total") is None


@pytest.mark.parametrize("above", ["", "重复申请 2 2\n"])
def test_a_blank_row_takes_no_numbers_of_a_label_that_is_not_known(above: str) -> None:
    label = REQUEST_LABELS[ROWS[1]][0]
    blank = table_three().replace(f"{label} 0 0 0 0 0 0 0", label)
    unknown = blank.replace("予以公开 1 0", "甲乙丙丁戊己 1 0", 1)
    found = read(above + unknown)
    assert not [path for path in found.cells.values if path.startswith(f"{ROWS[1]}.")]
    assert f"{ROWS[1]}.total" in found.cells.states.unreadable


@pytest.mark.parametrize("number", ["3", "\n3\n", "12"])
def test_a_page_s_number_is_no_cell(number: str) -> None:
    two = TWO.format(licensing=f"\n{number}", penalties=5, compulsory_measures="")
    found = read(f"{two}\n{table_three()}")
    assert "proactive.licensing.decisions" in found.cells.states.unreadable
    assert found.cells.values["proactive.penalties.decisions"] == 5
    assert "E.UNSETTLED" in critical(found)


def test_blank_lines_tell_a_page_s_number_among_lines_of_one_cell() -> None:
    two = TWO.replace(" ", "\n").format(licensing="4", penalties="5", compulsory_measures="6")
    assert read(two).cells.values["proactive.licensing.decisions"] == 4
    two = TWO.replace(" ", "\n").format(licensing="\n\n4\n", penalties="5", compulsory_measures="6")
    assert "proactive.licensing.decisions" in read(two).cells.states.unreadable


@pytest.mark.parametrize("label", ["行政许可 | ", "行政许可 |\n\u3000 |"])
def test_a_line_between_the_rows_of_a_table_is_no_cell_of_it(label: str) -> None:
    text = (
        f"信息内容 | 本年处理决定数量 |\n{label}\n3\n信息内容 | 本年处理决定数量 |\n行政处罚 | 5 |"
    )
    cells = read(text).cells
    assert cells.values == {"proactive.penalties.decisions": 5}
    assert "proactive.licensing.decisions" in (*cells.states.unreadable, *cells.states.blank)


@pytest.mark.parametrize(
    "head",
    [
        "行政复议 行政诉讼",
        "行政复议 | 行政诉讼 | |||||||||||||",
        "行政复议 行政诉讼\n3\n未经复议直接起诉 复议后起诉",
        "行政复议\n结果维持\n合计\n未经复议直接起诉\n合计\n复议后起诉\n合计",
    ],
)
def test_a_head_of_table_four_that_is_cut_short_places_its_numbers(head: str) -> None:
    numbers = [str(n) for n in range(11, 11 + len(DISPUTE_CELLS))]
    found = read(
        f"{table_three()}\n四、政府信息公开行政复议、行政诉讼情况\n{head}\n{' '.join(numbers)}"
    )
    assert [str(found.cells.values.get(path)) for path in DISPUTE_CELLS] == numbers


def test_where_the_total_stands_first_sums_of_zeros_settle_no_blank() -> None:
    lines = ["总计", "自然人", "法人或其他组织", *HEAD.split()[1:6]]
    lines += [f"{REQUEST_LABELS[key][0]} 0 无 无 无 无 无 无" for key in ROWS]
    found = read("\n".join(lines))
    assert not found.cells.values
    assert "E.UNSETTLED" in critical(found)
    same = read("\n".join(lines).replace("无", "0"))
    assert set(same.cells.values.values()) == {0}


@pytest.mark.parametrize(
    "piece", ["（五）不丫予处理", "(四)无\n法提供", "三、本年度办理结束", "2."]
)
def test_pieces_of_labels_are_no_cells_of_the_row_above(piece: str) -> None:
    whole = table_three(joint="\n", label="{label}\n")
    label, after = (REQUEST_LABELS[ROWS[n]][0] for n in (13, 14))
    text = whole.replace(f"{label}\n1\n0", f"{label}\n1").replace(after, f"{piece}\n{after}")
    found = read(text)
    cells = [f"{ROWS[13]}.{column}" for column in APPLICANTS]
    assert not [p for p in cells if found.cells.states.raw.get(p) in piece.split("\n")]
    right = dict(zip(cells, numbers_of(13), strict=True))
    assert all(found.cells.values.get(p, int(n)) == int(n) for p, n in right.items())


def test_lines_of_broken_numbers_are_said_in_table_three() -> None:
    label = f"{REQUEST_LABELS[ROWS[0]][0]} "
    whole = table_three()
    text = whole.replace(label + "21 0 0 0 0 0 21", label + "2 0 0 0 0 0 2\n1 1")
    assert text != whole
    found = read(text)
    assert f"{ROWS[0]}.total" not in found.cells.values
    assert "E.UNSETTLED" in critical(found)


def test_numbers_stand_beside_any_line_of_a_label_and_a_group_beside_its_last() -> None:
    label = REQUEST_LABELS["requests.outcome.other.correction_overdue"][0]
    numbers = "1 0 0 0 0 0 1"
    for lines in (
        (
            "申请人无正当理由",
            "逾期不补正、",
            f"行政机关不再处理 {numbers}",
            "其政府信息公开申",
            "（六）其他 请",
        ),
        (
            "申请人无正当理由逾期不",
            f"补正、行政机关不再处理 {numbers}",
            "（六） 其政府信息公开申请",
        ),
    ):
        found = read(table_three().replace(f"{label} {numbers}", "\n".join(lines)))
        cells = [f"requests.outcome.other.correction_overdue.{c}" for c in APPLICANTS]
        assert [found.cells.values.get(p) for p in cells] == [1, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "head",
    [
        "自然 商业 科研 社会 法律 其他 总计\n人 企业 机构 公益 服务\n组织 机构",
        "自然人\n法人巳其他组织\n总计\n商业企\n业\n科研机\n构\n社会公\n益组织\n法律服\n务机构\n其他",
    ],
)
def test_a_broken_head_is_in_the_usual_order(head: str) -> None:
    found = read(table_three().replace(HEAD, head))
    assert found.cells.values[f"{ROWS[0]}.natural_person"] == 21


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("自然 法人或其他组织 总计\n商业 科研 社会 法律 其他", True),
        ("自然 法人或其他组织 总计\n其他 商业 科研 社会 法律", False),
        ("自然 法人或其他组织 总计\n科研 商业 社会 法律 其他", False),
        ("法人或其他组织 自然 总计\n商业 科研 社会 法律 其他", False),
        ("自 法人或其他组织 总\n然 其 商业 科研 社会 法律 计\n人 他 企业 机构 公益 服务", False),
        ("自然人 法人或其他组织 总计\n商业企业 科研机构 社会公益组织\n法律服务机构 其他", True),
        ("自然人 法人或其他组织 总计\n其他 商业企业 科研机构 社会公益组织\n法律服务机构", False),
    ],
)
def test_a_broken_head_in_another_order_is_not_taken_for_the_usual(
    head: str, *, kept: bool
) -> None:
    found = read(table_three().replace(HEAD, head))
    assert found.cells.values.get("requests.received.total") == (21 if kept else None)
    assert ("E.UNSETTLED" in critical(found)) is not kept


def test_a_head_that_was_broken_behind_its_first_word_is_of_the_same_form() -> None:
    two = TWO.format(licensing=3, penalties=4, compulsory_measures=5)
    found = read(f"{two.replace('本年处', '本年 处')}\n{table_three()}")
    assert found.cells.values["proactive.licensing.decisions"] == 3
    lines = two.replace("本年处理决定数量", "本年\n处理决定数量")
    found = read(f"{lines}\n{table_three()}")
    assert found.cells.values["proactive.penalties.decisions"] == 4


NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
TITLE = "某局2023年政府信息公开工作年度报告"


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("torn", [1, WIDTH])
def test_of_tables_of_two_years_the_title_s_is_read(torn: int, *, first: bool) -> None:
    own = f"2023年度情况\n{NOTE}\n{table_three(torn=torn)}"
    other = f"2022年度情况\n{NOTE}\n{table_three(torn=torn).replace('21', '31')}"
    tables = [own, other] if first else [other, own]
    sentence = "针对2022年年度报告中的5个问题，已整改。"
    found = read("\n".join([TITLE, sentence, "三、收到和处理政府信息公开申请情况", *tables]))
    assert found.cells.values["requests.received.total"] == 21


def test_a_table_of_last_year_alone_is_said() -> None:
    found = read(f"{TITLE}\n2022年度情况\n{NOTE}\n{table_three()}")
    assert "S.YEAR" in critical(found)


def test_a_blank_row_of_other_ways_stays_a_row() -> None:
    lines = [HEAD]
    for key in request_rows("2019"):
        numbers = "" if key.endswith(".undivided") else " 0" * WIDTH
        label = REQUEST_LABELS[key][0]
        lines.append(("（六）" if not numbers else "") + label + numbers)
    found = read("\n".join(lines))
    row = [f"requests.outcome.other.undivided.{name}" for name in APPLICANTS]
    assert set(row) <= set(found.cells.states.blank)
    assert "E.UNMAPPED" not in critical(found)


def test_a_head_in_pieces_beside_its_note_is_of_the_table() -> None:
    head = ["申请人情况", f"{NOTE}  法人或其他组织", "自然  总计", "人  商业企 科研机 社会公益"]
    head += ["法律服务  其", "业  构  组织  机构  他"]
    lines = table_three().split("\n")[1:]
    found = read("\n".join(["三、收到和处理政府信息公开申请情况", *head, *lines]))
    assert found.zones["requests"].start == 1


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("乙局2023年政府信息公开工作年度报告", True),
        ("某县某局2023年度政府信息公开工作年度报告", False),
    ],
)
def test_tables_below_another_report_s_title_are_said(title: str, *, said: bool) -> None:
    lines = [TITLE, "五、存在的主要问题及改进情况", "问题。", title, table_three()]
    found = read("\n".join(lines))
    assert ("S.TWICE" in critical(found)) == said

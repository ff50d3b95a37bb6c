"""What real reports do to a reader: one test (or more) for each kind of oddity met.

The page is made here by hand, so that each test shows the oddity and nothing else.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from gongkai import checks
from gongkai.errors import SourceError
from gongkai.form import CELLS, request_rows
from gongkai.form.labels import GROUP_LABELS
from gongkai.layouts.generic import GenericLayout
from gongkai.reading import Source, read
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.tables.reading import Reading

ZEROS = ["0"] * 7
TITLE = "青山县教育局2023年政府信息公开工作年度报告"
HEAD_THREE = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |",
    "自然人 | 法人或其他组织 | 总计 |",
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |",
]
TWO = [
    "第二十条第（一）项 |",
    "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
    "规章 | 0 | 0 | 0 |",
    "行政规范性文件 | 2 | 1 | 5 |",
    "第二十条第（五）项 |",
    "信息内容 | 本年处理决定数量 |",
    "行政许可 | 30 |",
    "第二十条第（六）项 |",
    "信息内容 | 本年处理决定数量 |",
    "行政处罚 | 4 |",
    "行政强制 | 0 |",
    "第二十条第（八）项 |",
    "信息内容 | 本年收费金额（单位：万元） |",
    "行政事业性收费 | 12.5 |",
]
LEAVES = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
FOUR = [
    "行政复议 | 行政诉讼 |",
    "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |",
    "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | " + LEAVES,
    "1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
]
PRINTED = {
    "requests.received": ["3", "1", "0", "0", "0", "0", "4"],
    "requests.outcome.granted": ["2", "1", "0", "0", "0", "0", "3"],
    "requests.outcome.denied.internal_affairs": ["1", "0", "0", "0", "0", "0", "1"],
    "requests.outcome.total": ["3", "1", "0", "0", "0", "0", "4"],
}
ENUMERATED = {
    "requests.received": "一、",
    "requests.carried_in": "二、",
    "requests.carried_out": "四、",
}


def label(row: str) -> str:
    return ENUMERATED.get(row, "") + next(c.row for c in CELLS.values() if c.row_path == row)


def three(change: Callable[[str, str, list[str]], list[str] | None] | None = None) -> list[str]:
    """Print table three as pipe rows; ``change`` may return other cells for a row."""
    lines = list(HEAD_THREE)
    for row in request_rows("2021"):
        values = PRINTED.get(row, ZEROS)
        cells = change(row, label(row), values) if change else None
        lines.append(" | ".join(cells or [label(row), *values]) + " |")
    return lines


def page(
    two: list[str] | None = None,
    table_three: list[str] | None = None,
    four: list[str] | None = None,
    title: list[str] | None = None,
    before_four: list[str] | None = None,
    end: list[str] | None = None,
) -> str:
    return "\n".join(
        [
            *(title if title is not None else [TITLE]),
            "一、总体情况",
            "2023年，我局主动公开信息120条。",
            "二、主动公开政府信息情况",
            *(two or TWO),
            "三、收到和处理政府信息公开申请情况",
            *(table_three or three()),
            *(before_four or ["四、政府信息公开行政复议、行政诉讼情况"]),
            *(four or FOUR),
            "五、存在的主要问题及改进情况",
            "存在的问题：公开不够及时。",
            "六、其他需要报告的事项",
            *(end or ["无。"]),
        ]
    )


def reading(text: str, name: str = "page.txt") -> Reading:
    document = read(Source(path=name, data=text.encode()), Settings())
    found = GenericLayout().extract(document)
    found.findings = checks.run(found)
    return found


def rules(found: Reading, severity: str = "critical") -> set[str]:
    return {f.rule for f in found.findings if f.severity == severity}


def row(found: Reading, key: str) -> list[object]:
    return [found.report.value(c.path) for c in CELLS.values() if c.row_path == key]


def test_the_page_itself_is_proved() -> None:
    found = reading(page())
    assert found.report.quality.verdict == "proved"
    assert found.report.proactive.fees.amount == Decimal("12.5")


# 1. the form is not the year


def test_1_the_form_is_read_from_the_labels_block_by_block() -> None:
    two = [line.replace("本年制发件数", "本年新制作数量") for line in TWO]
    two = [line.replace("本年废止件数", "本年新公开数量") for line in two]
    two = [line.replace("现行有效件数", "对外公开总数量") for line in two]
    report = reading(page(two)).report
    assert report.form == "hybrid"
    assert report.proactive_2019.normative_documents.total_disclosed == 5
    assert report.proactive.normative_documents.in_force is None
    assert report.proactive.licensing.decisions == 30


# 2. （六）其他处理 as one row


def test_2_the_single_row_of_other_outcomes_goes_to_undivided() -> None:
    lines: list[str] = []
    for line in three():
        if "逾期不补正" in line:
            lines.append("（六）其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")
        elif "逾期未按收费" not in line and not line.startswith("其他 |"):
            lines.append(line)
    found = reading(page(table_three=lines))
    assert row(found, "requests.outcome.other.undivided") == [0] * 7
    assert row(found, "requests.outcome.other.other") == [None] * 7
    assert found.report.quality.failed == 0


# 3. label variants and garbling


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("社会公益组织", "社会组织"),
        ("规章 |", "规章（县市区无） |"),
        ("现行有效件数", "现行有效件数（历史累计）"),
        ("其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("属于国家秘密", "1、 属于 国家秘密"),
        ("第二十条第（一）项", "第二十条(一)项"),
        ("社会公益组织", "社会 公益 组织"),
        ("重复申请", "２．重复申请"),
        ("行政规范性文件", "规范性文件"),
        ("部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开"),
    ],
)
def test_3_labels_are_matched_through_their_variants(old: str, new: str) -> None:
    text = page()
    assert old in text
    found = reading(text.replace(old, new))
    assert found.report.quality.coverage == 1
    assert not rules(found)


# 4. traditional characters


@pytest.mark.parametrize("converter", ["s2t", "s2hk", "s2twp"])  # the last exchanges words, too
def test_4_traditional_characters_are_read(converter: str) -> None:
    from opencc import OpenCC  # noqa: PLC0415 - only here

    found = reading(OpenCC(converter).convert(page()))
    assert found.report.quality.verdict == "proved"
    assert found.report.agency.name == "青山县教育局"
    assert found.report.title == reading(page()).report.title
    assert found.report.sections.problems == "存在的问题：公开不够及时。"


@pytest.mark.parametrize("mixed", ["tables", "headings", "every other sign"])
def test_4_both_kinds_of_characters_on_one_page(mixed: str) -> None:
    from opencc import OpenCC  # noqa: PLC0415 - only here

    convert = OpenCC("s2t").convert
    text = page()
    if mixed == "tables":
        text = page(list(map(convert, TWO)), list(map(convert, three())), list(map(convert, FOUR)))
    elif mixed == "headings":
        text = "\n".join(convert(x) if x[1] == "、" else x for x in text.split("\n"))
    else:
        text = "".join(convert(sign) if n % 2 else sign for n, sign in enumerate(text))
    found = reading(text)
    assert found.report.quality.verdict == "proved"
    assert found.report.agency.name == "青山县教育局"
    assert found.report.sections.problems == "存在的问题：公开不够及时。"


# 5. blank for zero


@pytest.mark.parametrize("mark", ["", "/", "-", "—", "无", "\u3000", "\u00a0"])
def test_5_blanks_and_nil_marks_are_null_with_their_state(mark: str) -> None:
    def blanked(_key: str, text: str, values: list[str]) -> list[str] | None:
        return [text, *(mark if v == "0" else v for v in values[:-1]), values[-1]]

    report = reading(page(table_three=three(blanked))).report
    assert report.requests.received.natural_person == 3
    assert report.requests.received.total == 4
    assert report.requests.received.research_institution is None
    assert "requests.received.research_institution" in report.cells.blank
    nil = bool(mark.strip())
    assert report.cells.marks.get("requests.received.research_institution") == (
        mark if nil else None
    )


def test_5_a_labels_own_number_never_slides_into_a_blank() -> None:
    lines = [
        "1.属于国家秘密" if "属于国家秘密" in line else line
        for line in "\n".join(three()).replace(" | ", "\n").replace(" |", "").splitlines()
        if not line.isdigit()
    ]
    found = reading(page(table_three=lines))
    assert row(found, "requests.outcome.denied.state_secret") == [None] * 7
    assert row(found, "requests.outcome.granted") == [None] * 7


# 6. covered cells


@pytest.mark.parametrize(
    ("before", "after"), [([], ["", ""]), (["", ""], []), ([""], [""]), (["", ""], ["", ""])]
)
def test_6_covered_cells_do_not_move_the_numbers(before: list[str], after: list[str]) -> None:
    lines = three(lambda _key, text, values: [*before, text, *values, *after])
    assert reading(page(table_three=lines)).report.quality.verdict == "proved"


@pytest.mark.parametrize("span", [1, 2, 5, 99])
def test_6_a_wrong_rowspan_does_not_move_the_numbers(span: int) -> None:
    rows = "".join(
        "<tr>"
        + (f"<td rowspan='{span}'>三、本年度办理结果</td>" if "granted" in key else "")
        + f"<td>{label(key)}</td>"
        + "".join(f"<td>{v}</td>" for v in PRINTED.get(key, ZEROS))
        + "</tr>"
        for key in request_rows("2021")
    )
    html = f"<html><body><p>{TITLE}</p><table>{rows}</table></body></html>"
    found = reading(html, "page.html")
    assert row(found, "requests.received") == [3, 1, 0, 0, 0, 0, 4]
    assert row(found, "requests.outcome.denied.internal_affairs") == [1, 0, 0, 0, 0, 0, 1]
    assert found.report.cells.unreadable == []


# 7. one cell is not one line


def test_7_one_cell_a_line_with_broken_labels() -> None:
    text = "\n".join(three()).replace(" | ", "\n").replace(" |", "")
    text = text.replace("商业企业", "商业\n企业").replace(
        "要求行政机关确认或重新出具已获取信息", "5.要求行政机关确认或重新\n出具已获取信息"
    )
    assert reading(page(table_three=text.splitlines())).report.quality.verdict == "proved"


def test_7_one_line_holds_a_row() -> None:
    lines = [line.replace(" | ", " ").replace(" |", "") for line in three()]
    four = [line.replace(" | ", " ").replace(" |", "") for line in FOUR]
    assert reading(page(table_three=lines, four=four)).report.quality.verdict == "proved"


# 8. surplus and missing cells


def test_8_surplus_numbers_are_dropped_only_where_one_reading_is_left() -> None:
    def doubled(key: str, text: str, values: list[str]) -> list[str] | None:
        return [text, values[0], *values] if key == "requests.outcome.granted" else None

    found = reading(page(table_three=three(doubled)))
    assert row(found, "requests.outcome.granted") == [2, 1, 0, 0, 0, 0, 3]
    assert "requests.outcome.granted.total" in found.report.cells.inferred


def test_8_a_number_that_is_left_out_is_never_left_out_in_silence() -> None:
    def odd(key: str, text: str, values: list[str]) -> list[str] | None:
        return [text, "0", "74", *values[1:]] if key.endswith("repeat_request") else None

    found = reading(page(table_three=three(odd)))
    assert row(found, "requests.outcome.not_processed.repeat_request") == [0] * 7
    assert "E.DISCARDED" in rules(found)


def test_8_a_column_of_notes_is_no_value() -> None:
    lines = three(lambda _key, text, values: [text, *values, "见说明"])
    assert reading(page(table_three=lines)).report.quality.verdict == "proved"


def test_8_a_missing_number_leaves_null_and_a_critical_finding() -> None:
    def short(key: str, text: str, values: list[str]) -> list[str] | None:
        return [text, *values[:-1]] if key == "requests.outcome.denied.state_secret" else None

    found = reading(page(table_three=three(short)))
    assert row(found, "requests.outcome.denied.state_secret") == [None] * 7
    assert "E.UNSETTLED" in rules(found)


def test_8_sixteen_numbers_for_fifteen_in_table_four() -> None:
    found = reading(page(four=[*FOUR[:3], FOUR[3].replace("1 | 0 | 0", "1 | 0 | 0 | 0", 1)]))
    assert found.report.disputes.reconsideration.total == 1
    assert found.report.quality.failed == 0


def test_8_a_lost_cell_of_table_four_that_was_padded_is_not_read_shifted() -> None:
    slid = "1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 2 | 2 | |"
    found = reading(page(four=[*FOUR[:3], slid]))
    assert found.report.disputes.reconsideration.total == 1
    assert row(found, "disputes.litigation_after_reconsideration") == [None] * 5
    assert "E.UNSETTLED" in rules(found)
    found = reading(page(four=[*FOUR[:3], slid.replace("0", "")]))  # zeros are blank, too
    assert row(found, "disputes.litigation_after_reconsideration") == [None] * 5
    blank = "1 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 0 | 2 | 0 | 0 | 0 | |"
    disputes = reading(page(four=[*FOUR[:3], blank])).report.disputes
    assert disputes.litigation_after_reconsideration.upheld == 2


# 9. headers


def test_9_other_on_the_wrong_header_row_and_a_short_head_of_table_four() -> None:
    head = [
        HEAD_THREE[0],
        "自然人 | 法人或其他组织 | 其他 | 总计 |",
        HEAD_THREE[2].replace(" 其他 |", ""),
    ]
    four = ["行政复议 | 行政诉讼 |", "结果 | 其他 | 尚未 | 总计 |", FOUR[3]]
    found = reading(page(table_three=head + three()[3:], four=four))
    assert found.report.quality.verdict == "proved"


def test_9_no_head_of_table_four() -> None:
    assert reading(page(four=[FOUR[3]])).report.disputes.reconsideration.upheld == 1


def test_9_columns_in_another_order_are_followed() -> None:
    head = [*HEAD_THREE[:2], "科研机构 | 商业企业 | 社会公益组织 | 法律服务机构 | 其他 |"]
    found = reading(page(table_three=head + three()[3:]))
    assert row(found, "requests.received") == [3, 0, 1, 0, 0, 0, 4]


@pytest.mark.parametrize("bar", [" | ", " "])
@pytest.mark.parametrize(
    ("above", "received"),
    [
        ("自然人 法人或其他组织 总计", [3, 1, 0, 0, 0, 0, 4]),
        ("法人或其他组织 自然人 总计", [0, 3, 1, 0, 0, 0, 4]),
        # The rows' sums say that 总计 stands last, whatever the head.
        ("总计 法人或其他组织 自然人", [3, 1, 0, 0, 0, 0, 4]),
    ],
)
def test_9_the_group_of_applicants_may_stand_elsewhere(
    bar: str, above: str, received: list[int]
) -> None:
    head = [HEAD_THREE[0], above, HEAD_THREE[2].removesuffix(" |").replace(" | ", " ")]
    lines = [line.replace(" ", bar) for line in head[1:]]
    found = reading(page(table_three=[head[0], *lines, *three()[3:]]))
    assert row(found, "requests.received") == received


def test_9_headers_in_one_row_with_words_of_the_portal_s_are_followed() -> None:
    head = ["项目 商业企业 科研机构 社会公益组织 法律服务机构 其他 自然人 总计"]
    found = reading(page(table_three=head + three()[3:]))
    assert row(found, "requests.received") == [0, 3, 1, 0, 0, 0, 4]


def test_9_columns_in_another_order_line_by_line_are_not_trusted() -> None:
    head = ["法人或其他组织", "自然人", "总计", *HEAD_THREE[2].removesuffix(" |").split(" | ")]
    found = reading(page(table_three=head + three()[3:]))
    assert row(found, "requests.received") == [None] * 7
    assert "E.UNSETTLED" in rules(found)


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("本年制发件数 | 本年废止件数", "现行有效件数 | 本年废止件数", "proactive.rules"),
        ("结果维持 | 结果纠正", "尚未审结 | 结果纠正", "disputes.reconsideration"),
    ],
)
def test_9_no_table_trusts_headers_that_repeat(old: str, new: str, lost: str) -> None:
    found = reading(page().replace(old, new))
    assert set(row(found, lost)) == {None}
    assert "E.UNSETTLED" in rules(found)


def test_9_headers_of_table_two_in_another_order_are_followed() -> None:
    found = reading(page().replace("本年制发件数 | 本年废止件数", "本年废止件数 | 本年制发件数"))
    documents = found.report.proactive.normative_documents
    assert (documents.issued, documents.repealed, documents.in_force) == (1, 2, 5)


def test_9_results_in_another_order_are_followed() -> None:
    found = reading(page().replace("结果维持 | 结果纠正", "结果纠正 | 结果维持"))
    assert found.report.disputes.reconsideration.corrected == 1
    assert found.report.disputes.reconsideration.upheld == 0


# 10. odd numbers


def test_10_units_separators_and_wide_digits() -> None:
    text = page().replace("12.5 |", "125000元 |").replace("行政许可 | 30", "行政许可 | ３，０00件")
    report = reading(text).report
    assert report.proactive.fees.amount == Decimal("12.5")
    assert report.proactive.licensing.decisions == 3000
    assert report.cells.raw["proactive.fees.amount"] == "125000元"


# 11. page breaks inside tables


def test_11_page_breaks_inside_tables() -> None:
    lines = three()
    at = next(i for i, line in enumerate(lines) if "重复申请" in line)
    broken = [*lines[:at], "", "- 3 -", "", *lines[at:]]
    two = [*TWO[:6], "", "第 2 页 共 5 页", "", *TWO[6:]]
    assert reading(page(two, broken)).report.quality.verdict == "proved"


# 12. PDF text: numbers on the middle line of a wrapped label


def test_12_numbers_stand_on_the_middle_line_of_a_wrapped_label() -> None:
    lines: list[str] = []
    for line in three():
        flat = line.replace(" | ", " ").replace(" |", "")
        if flat.startswith("申请人逾期未按"):
            lines.append("2、申请人逾期未按收费通知要求")
            flat = "缴纳费用、行政机关不再处理其 0 0 0 0 0 0 0\n政府信息公开申请"
        lines += flat.splitlines()
    assert reading(page(table_three=lines)).report.quality.verdict == "proved"


# 13. false section headings


def test_13_a_narrative_with_its_own_numbering_is_not_cut() -> None:
    text = page().replace(
        "2023年，我局主动公开信息120条。",
        "一、加强组织领导。\n三、主动公开政府信息情况。2023年公开120条。\n四、依申请公开政府信息情况。未收到申请。",
    )
    sections = reading(text).report.sections
    assert sections.overview is not None
    assert "加强组织领导" in sections.overview
    assert "未收到申请" in sections.overview
    assert sections.proactive is None


def _tables_last() -> str:
    lines = page(two=["@"], table_three=["@"], four=["@"]).split("\n")
    tables = [TWO, three(), FOUR]
    return "\n".join([*(x for x in lines if x != "@"), *(x for t in tables for x in (*t, ""))])


def test_13_tables_stand_at_the_end_of_the_page() -> None:
    found = reading(_tables_last())
    assert found.report.quality.verdict == "proved"
    assert found.report.sections.problems == "存在的问题：公开不够及时。"
    assert found.report.sections.other == "无。"
    assert not found.truncated


def test_13_what_ends_inside_such_a_table_is_truncated() -> None:
    text = _tables_last()
    assert reading(text[: text.index("行政复议 | 行政诉讼")]).truncated
    assert reading(text[: text.index("重复申请")]).truncated


# 14. several tables, nested tables, pages without any


def test_14_a_page_without_tables_is_rejected_with_a_reason() -> None:
    with pytest.raises(SourceError) as caught:
        reading(f"<html><body><p>{TITLE}</p><p>一、总体情况</p></body></html>", "page.html")
    assert caught.value.reason in {"no_tables", "shell_page", "not_a_report"}


def test_14_statistics_of_another_kind_are_no_report() -> None:
    rows = "".join(f"<tr><td>{name}</td><td>12</td></tr>" for name in ("行政许可", "行政处罚"))
    notes = "<p>上列数字由县司法局按照行政执法统计年报制度汇总，截至十二月三十一日。</p>" * 4
    with pytest.raises(SourceError) as caught:
        reading(f"<h1>2023年行政执法统计</h1><table>{rows}</table>{notes}", "page.html")
    assert caught.value.reason == "not_a_report"


def test_14_two_reports_of_zeros_are_two() -> None:
    def printed(agency: str) -> str:
        zeros = re.sub(r"\b[1-9][0-9.]*\b(?= \|)", "0", page())
        return zeros.replace("青山县教育局", agency)

    one, two = printed("青山县教育局"), printed("青山县司法局")
    found = reading(f"{one}\n{two}").findings
    assert [f.rule for f in found if f.severity == "critical"] == ["S.TWICE"]
    assert all(f.severity == "info" for f in reading(f"{one}\n{one}").findings)


@pytest.mark.parametrize("part", ["2023年上半年", "2023年第三季度", "2023年1-6月"])
def test_14_a_part_of_a_year_is_no_report(part: str) -> None:
    text = _tables_last()
    assert TITLE in text
    with pytest.raises(SourceError) as caught:
        reading(text.replace(TITLE, f"青山县教育局{part}政府信息公开工作报告"))
    assert caught.value.reason == "not_a_report"
    whole = text.replace(TITLE, "青山县教育局政府信息公开工作年度报告（2023年1-12月）")
    assert reading(whole).report.year == 2023


def test_14_a_notice_with_the_form_left_blank_is_no_report() -> None:
    notice = "关于印发《政府信息公开工作年度报告格式》的通知"
    filled = page().replace(TITLE, notice)
    assert notice in filled
    assert reading(filled).report.title == notice
    blank = re.sub(r"(?:^|(?<=\| ))[0-9.]+(?= \|)", "", filled, flags=re.MULTILINE)
    with pytest.raises(SourceError) as caught:
        reading(blank)
    assert caught.value.reason == "not_a_report"
    assert not reading(blank.replace(notice, TITLE)).values


def test_14_tables_lie_inside_a_layout_table() -> None:
    def table(lines: list[str]) -> str:
        return (
            "<table>"
            + "".join(
                "<tr>"
                + "".join(f"<td>{c}</td>" for c in line.removesuffix(" |").split(" | "))
                + "</tr>"
                for line in lines
            )
            + "</table>"
        )

    html = (
        f"<table><tr><td><h1>{TITLE}</h1>{table(TWO)}</td></tr>"
        f"<tr><td>{table(three())}{table(FOUR)}</td></tr></table>"
    )
    assert reading(html, "page.html").report.quality.verdict == "proved"


def test_14_a_second_report_on_the_page_is_named() -> None:
    found = reading(page() + "\n" + page().replace("| 4 |", "| 5 |"))
    assert found.report.requests.received.total == 4
    assert "S.TWICE" in rules(found)
    assert "S.TWICE" not in rules(reading(page() + "\n" + page()))


def test_14_table_four_in_three_blocks_below_each_other() -> None:
    names = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
    four = [
        *("行政复议 |", names, "1 | 0 | 0 | 0 | 1 |"),
        *("行政诉讼 |", "未经复议直接起诉 |", names, "0 | 2 | 0 | 0 | 2 |"),
        *("复议后起诉 |", names, "0 | 0 | 0 | 3 | 3 |"),
    ]
    disputes = reading(page(four=four)).report.disputes
    assert disputes.reconsideration.upheld == 1
    assert disputes.litigation_direct.corrected == 2
    assert disputes.litigation_after_reconsideration.pending == 3


def test_14_table_four_turned_by_ninety_degrees() -> None:
    four = [
        "结果 | 行政复议 | 未经复议直接起诉 | 复议后起诉 |",
        *("结果维持 | 1 | 0 | 0 |", "结果纠正 | 0 | 2 | 0 |", "其他结果 | 0 | 0 | 0 |"),
        *("尚未审结 | 0 | 0 | 3 |", "总计 | 1 | 2 | 3 |"),
    ]
    disputes = reading(page(four=four)).report.disputes
    assert disputes.reconsideration.upheld == 1
    assert disputes.litigation_direct.corrected == 2
    assert disputes.litigation_after_reconsideration.pending == 3


# 15. pages out of an interface, and encodings


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", None])
def test_15_the_encoding_is_found_whatever_is_declared(encoding: str, declared: str | None) -> None:
    meta = f"<meta charset='{declared}'>" if declared else ""
    rows = "".join(f"<p>{line}</p>" for line in page().splitlines())
    data = f"<html><head>{meta}</head><body>{rows}</body></html>".encode(encoding)
    document = read(Source(path="page.html", data=data), Settings())
    assert GenericLayout().extract(document).report.agency.name == "青山县教育局"


def test_15_a_page_inside_json() -> None:
    html = "".join(f"<p>{line}</p>" for line in page().splitlines())
    found = reading(json.dumps({"data": {"title": TITLE, "content": html}}), "api.json")
    assert found.report.agency.name == "青山县教育局"
    assert found.report.requests.received.total == 4


# 16. metadata


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        (["青山县教育局", "2023年政府信息公开工作年度报告"], "青山县教育局"),
        (["2023年青山县红岭回族镇人民政府政府信息公开工作年度报告"], "青山县红岭回族镇人民政府"),
        (["本溪市退役军人事务局2023年度政府信息公开工作年度报告"], "本溪市退役军人事务局"),
        (
            ["青山县人民政府地方志办公室关于2023年政府信息公开工作年度报告"],
            "青山县人民政府地方志办公室",
        ),
        (["临江经济开发区管委会2023年政府信息公开年报"], "临江经济开发区管委会"),
        (["青山县气象局二〇二三年政府信息公开工作年度报告"], "青山县气象局"),
        (["发布机构：青山县人民政府", TITLE], "青山县教育局"),
    ],
)
def test_16_the_reporting_agency_is_taken_from_the_title_first(
    title: list[str], agency: str
) -> None:
    report = reading(page(title=title)).report
    assert report.agency.name == agency
    assert report.year == 2023


def test_16_without_a_title_the_signature_names_the_agency() -> None:
    text = page(title=[], end=["无。", "青山县教育局", "2024年1月12日"])
    report = reading(text).report
    assert report.agency.name == "青山县教育局"
    assert report.published_on is None
    assert report.provenance["agency"].startswith("signature")


# 17. dates that lost characters


def test_17_a_damaged_date_is_neither_number_nor_year() -> None:
    text = page(title=["青山县教育局政府信息公开工作年度报告"]).replace(
        "2023年，我局主动公开信息120条。",
        "统计期限自20231月1日起至202312月31日止。2023年公开120条，2023年培训2次。",
    )
    assert reading(text).report.year == 2023


# 18. the report contradicts itself


def test_18_a_contradiction_is_kept_as_printed_and_named() -> None:
    def wrong(key: str, text: str, values: list[str]) -> list[str] | None:
        return [text, "0", *values[1:]] if key == "requests.outcome.total" else None

    found = reading(page(table_three=three(wrong)))
    assert found.report.requests.outcome.total.natural_person == 0
    assert found.report.quality.verdict == "contradicted"
    (located,) = [f for f in found.findings if f.rule == "T3.LOCATE"]
    assert located.cells == ["requests.outcome.total.natural_person"]
    assert located.expected == 3
    assert located.responsibility == "source"
    assert located.places


def test_groups_are_no_rows() -> None:
    lines = three()
    at = next(i for i, line in enumerate(lines) if "属于国家秘密" in line)
    lines[at] = f"（三）{GROUP_LABELS[1]} | 1.{lines[at]}"
    assert reading(page(table_three=lines)).report.quality.verdict == "proved"


def test_prose_that_quotes_results_line_by_line_is_no_table() -> None:
    lines = [
        TITLE + "解读",
        "今年我局继续推进政府信息公开工作，现将报告的主要内容解读如下，供社会各界了解和监督。" * 4,
        *("一、本年新收政府信息公开申请数量", "15件", "二、上年结转政府信息公开申请数量", "2件"),
        *("予以公开", "9件", "属于国家秘密", "3件", "四、结转下年度继续办理", "1件"),
    ]
    with pytest.raises(SourceError) as raised:
        reading("\n".join(lines))
    assert raised.value.reason.value == "no_tables"


def test_6_numbers_that_run_on_from_their_label_are_no_blanks() -> None:
    found = reading(
        page(
            table_three=[
                *HEAD_THREE,
                *(line.replace(" | ", "").replace(" |", "") for line in three()[len(HEAD_THREE) :]),
            ]
        )
    )
    states = found.report.cells
    assert not {path for path in states.blank if path.startswith("requests")}
    assert "requests.received.total" in states.unreadable
    assert "E.UNSETTLED" in rules(found)


def test_8_a_line_with_fewer_numbers_than_the_others_has_lost_some() -> None:
    def added(key: str, text: str, values: list[str]) -> list[str]:
        cells = [*values[:6], values[6], values[6]]
        if key == "requests.outcome.denied.state_secret":
            del cells[2]
        return [" ".join([text, *cells])]

    lines = [line.removesuffix(" |") for line in three(added)[len(HEAD_THREE) :]]
    found = reading(page(table_three=[*HEAD_THREE, *lines]))
    assert row(found, "requests.outcome.denied.state_secret") == [None] * 7
    assert "E.UNSETTLED" in rules(found)


def test_9_broken_headers_in_another_order_are_not_read_in_the_form_s() -> None:
    names = ["科研机", "构", "商业企", "业", "社会公", "益组织", "法律服", "务机构", "其他"]
    head = ["申请人情况", "自然人", "法人或其他组织", "总计", *names]
    cells = [
        cell for line in three()[len(HEAD_THREE) :] for cell in line.removesuffix(" |").split(" | ")
    ]
    found = reading(page(table_three=[*head, *cells]))
    assert row(found, "requests.received") == [None] * 7
    assert "E.UNSETTLED" in rules(found)


def test_6_what_is_only_alike_to_a_label_makes_no_blank_row() -> None:
    lines = three()
    first, second = len(HEAD_THREE), len(HEAD_THREE) + 1
    lines[first] = lines[first].replace("本年新收政府信息公开申请数量", "今年新收申请")
    lines[first], lines[second] = lines[second], lines[first]
    found = reading(page(table_three=lines))
    assert not {path for path in found.report.cells.blank if path.startswith("requests")}
    assert rules(found)

"""Labels are found in statutory order, and words that headers print make no table."""

from __future__ import annotations

from gongkai.form.labels import REQUEST_LABELS
from gongkai.reading.document import Paragraph, Place
from gongkai.tables.rows.align import Labels, align
from gongkai.tables.stream import tokenise
from gongkai.tables.text import normalise

LABELS = Labels(REQUEST_LABELS)


def keys(*lines: str) -> list[str]:
    blocks = [Paragraph(line, Place(line=n)) for n, line in enumerate(lines, start=1)]
    return [match.key.rsplit(".", 1)[-1] for match in align(tokenise(blocks), LABELS)]


def test_labels_are_found_in_order_and_broken_ones_are_joined() -> None:
    found = keys(
        "一、本年新收政府信息", "公开申请数量", "1", "二、上年结转政府信息公开申请数量", "0"
    )
    assert found == ["received", "carried_in"]


def test_a_garbled_label_is_found_between_its_neighbours() -> None:
    found = keys(*("1.属于国家秘密", "0", "2.其他法律行政止公开", "0", "3.危及“三安全一稳定”", "0"))
    assert found == ["state_secret", "prohibited_by_law", "security_and_stability"]


def test_a_label_out_of_order_is_not_taken() -> None:
    assert keys("2.重复申请", "0", "（一）予以公开", "0", "3.要求提供公开出版物", "0") == [
        "repeat_request",
        "published_material",
    ]


def test_thousands_of_words_that_headers_print_make_no_table() -> None:
    assert keys(*["其他", "总计"] * 5000) == []


def test_a_table_printed_twice_is_read_once() -> None:
    table = ["一、本年新收政府信息公开申请数量", "1", "二、上年结转政府信息公开申请数量", "0"]
    assert keys(*table, *table) == ["received", "carried_in"]


def test_a_group_label_between_the_lines_of_a_label_is_passed_over() -> None:
    first, second = "1.申请人无正当理由逾期不补正、行政机关不再处理其", "政府信息公开申请"
    found = keys(first, "（六）其他处理  4  0  0  2  0  0  6", second, "（七）总计", "6")
    assert found == ["correction_overdue", "total"]


def test_a_label_may_tell_what_it_is_counted_in() -> None:
    lines = ("1.属于国家秘密（件）", "0", "4.保护第三方合法权益（单位：件）", "0")
    assert keys(*lines) == ["state_secret", "third_party_rights"]
    assert normalise("本年收费金额（万元）") == "本年收费金额万元"
    assert normalise("（件）") == "件"
    assert normalise("重复申请\n单位：件") == "重复申请"
    assert normalise("填报单位：件装厂") == "填报单位件装厂"


def test_a_row_s_number_before_a_label_s_own_is_none_of_it() -> None:
    assert keys("23 （七）总计", "5", "24 四、结转下年度继续办理", "0") == ["total", "carried_out"]


def test_a_label_in_many_narrow_lines_is_joined_beside_its_group_s_lines() -> None:
    values = "  0  0  0  0  0  0  0"
    found = keys(
        "（三）  1.属于" + values, "不予公  国家秘", "开  密",
        "2.其他" + values, "法律行", "政法规", "禁止公", "开",
        "（六）  1.申请" + values, "其他处  人无正", "理  当理由", "逾期不", "补正、", "行政机",
        "关不再", "处理其", "政府信", "息公开", "申请",
    )  # fmt: skip
    assert found == ["state_secret", "prohibited_by_law", "correction_overdue"]


def test_a_row_begins_where_its_numbers_stand() -> None:
    lines = [
        "2.其他  1  0  0  0  0  0  1",
        "法律、行政法规",
        "禁止公开",
        "3.危及“三安全一稳定”",
        "0",
    ]
    blocks = [Paragraph(line, Place(line=n)) for n, line in enumerate(lines, start=1)]
    match = align(tokenise(blocks), LABELS)[0]
    assert (match.start, len(match.pieces)) == (0, 3)


def test_a_garbled_label_is_found_behind_its_groups() -> None:
    lines = (
        "一、本年新收政府信息公开申请数量 0 0 0 0 0 0 0",
        "三、本年度办理结果 （三）不予公开 5.属于三类内部?务信息 0 0 0 0 0 0 0",
        "三、本年度办理结果 （三）不予公开 6.属于四类过程性信息 0 0 0 0 0 0 0",
    )
    assert keys(*lines) == ["received", "internal_affairs", "deliberative_process"]


def test_the_end_of_a_label_is_none_of_another_one_that_is_like_it() -> None:
    rest = ("5.要求行政机关确认或重新出具已获取信息", "0")
    assert keys("反复申请", "0", *rest) == ["confirmation_or_reissue"]
    # Two labels end alike.
    assert keys(
        "行政机关不再处理其政府信息公开申请", "0", "（七）总计", "0", "四、结转下年度继续办理"
    ) == [
        "total",
        "carried_out",
    ]


def test_a_piece_of_a_group_s_label_is_not_its_last_item() -> None:
    found = keys(
        *(
            "5.要求行政机关确认或重新出具已获取信息",
            "0",
            "（六）其他",
            "1",
            "处理",
            "（七）总计",
            "1",
        )
    )
    assert found == ["confirmation_or_reissue", "undivided", "total"]

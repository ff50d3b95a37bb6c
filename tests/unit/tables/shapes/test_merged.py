"""Merged values are as many as they cover; what does not fit stays as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gongkai.reading.html import read_html
from gongkai.tables.cells import read_cells
from gongkai.tables.shapes.merged import unmerged

if TYPE_CHECKING:
    from gongkai.reading.document import Document, Grid

HEAD = (
    "<tr><td rowspan=2>（本列数据的勾稽关系）<td rowspan=2>自然人<td colspan=5>法人或其他组织"
    "<td rowspan=2>总计<tr><td>商业企业<td>科研机构<td>社会公益组织<td>法律服务机构<td>其他"
)
LABELS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "予以公开")


def document(*rows: str) -> Document:
    lines = (f"<tr><td>{label}{row}" for label, row in zip(LABELS, rows, strict=False))
    return read_html(f"<table>{HEAD}{''.join(lines)}</table>")


def grid(*rows: str) -> Grid:
    return document(*rows).grids[0]


@pytest.mark.parametrize("nil", ["", "/", "无", "0"])
def test_a_blank_or_a_zero_over_several_columns_is_one_in_each(nil: str) -> None:
    parted = unmerged(grid(f"<td>3<td colspan=4>{nil}<td>1<td>4"))
    assert parted is not None
    assert [cell.text for cell, _, _ in parted[2]][1:] == ["3", nil, nil, nil, nil, "1", "4"]
    assert [place for _, *place in parted[2]] == [[2, n] for n in (0, 1, 2, 2, 2, 2, 3, 4)]


def test_a_blank_over_several_rows_is_one_in_each() -> None:
    parted = unmerged(grid("<td>3<td colspan=4 rowspan=2><td>1<td>4", "<td>5<td>2<td>7"))
    assert parted is not None
    assert [cell.text for cell, _, _ in parted[3]][1:] == ["5", "", "", "", "", "2", "7"]


@pytest.mark.parametrize("below", ["<tr>", "<tr><td><td rowspan=9>"])
def test_a_row_that_word_processors_split_in_two_holds_its_numbers(below: str) -> None:
    label = f"<tr><td rowspan=2>{LABELS[0]}"
    cells = "".join(f"<td rowspan=2>{n}" for n in (3, 0, 2, 0, 0, 1, 6))
    page = f"<table>{HEAD}{label}{cells}{below}<tr><td>{LABELS[1]}{'<td>1' * 7}</table>"
    found = read_cells(read_html(page).blocks)
    assert found is not None
    assert found.cells.values["requests.received.natural_person"] == 3
    assert not [f for f in found.findings if f.rule == "V.MERGED"]


@pytest.mark.parametrize(
    "row",
    [
        "<td>3<td colspan=5><td>1<td>4",  # more columns than there are
        "<td>3<td colspan=3><td>1<td>4",
        "<td>3<td>0<td>0<td>0<td>0<td>1<td>4",
    ],
)
def test_other_cells_stay_as_they_are(row: str) -> None:
    assert unmerged(grid(row)) is None


def test_a_table_with_merged_blanks_is_read_by_its_columns() -> None:
    rows = ("<td colspan=7>", "<td>2<td colspan=5>/<td>2", "<td colspan=5><td>1<td>1")
    found = read_cells(document(*rows).blocks)
    assert found is not None
    values = found.cells.values
    assert values["requests.carried_in.natural_person"] == 2
    assert values["requests.outcome.granted.other_org"] == 1
    assert "requests.received.total" in found.cells.states.blank
    assert len(values) == 4


def test_a_number_over_several_cells_is_none_of_theirs() -> None:
    rows = ("<td>3<td colspan=2>5<td>0<td>0<td>1<td>9", "<td rowspan=2>4" + "<td>0" * 5 + "<td>4")
    found = read_cells(document(*rows, "<td>0" * 6).blocks)
    assert found is not None
    shared = [
        "requests.received.company",
        "requests.received.research_institution",
        "requests.carried_in.natural_person",
        "requests.outcome.granted.natural_person",
    ]
    assert found.cells.states.unreadable == shared
    said = [f for f in found.cells.findings if f.rule == "V.MERGED"]
    assert [(f.cells, f.actual, f.severity) for f in said] == [
        ([path], printed, "critical") for path, printed in zip(shared, "5544", strict=True)
    ]
    assert found.cells.values["requests.received.other_org"] == 1
    assert found.cells.values["requests.outcome.granted.total"] == 0


def test_blanks_are_parted_where_a_span_of_a_number_is_wrong() -> None:
    rows = ("<td>3<td colspan=4><td>1<td>4", "<td colspan=2>2<td>0<td>0<td>0<td>0<td>1<td>3")
    parted = unmerged(grid(*rows))
    assert parted is not None
    assert [cell.text for cell, _, _ in parted[2]][1:] == ["3", "", "", "", "", "1", "4"]
    assert [cell.text for cell, _, _ in parted[3]][1:] == ["2", "0", "0", "0", "0", "1", "3"]


def test_columns_are_known_by_the_rows_where_no_head_names_them() -> None:
    head = "<tr><td colspan=8>收到和处理政府信息公开申请情况"
    rows = "".join(f"<tr><td>{n}.其他{'<td>0' * 7}" for n in range(4))
    found = read_html(f"<table>{head}{rows}<tr><td>重复申请<td colspan=6>0<td>0{rows}</table>")
    parted = unmerged(found.grids[0])
    assert parted is not None
    assert [cell.text for cell, _, _ in parted[5]] == ["重复申请", *"0000000"]


def test_a_block_whose_header_is_garbled_is_not_below_that_of_another() -> None:
    head = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    head += "<tr><td>规章<td>1<td>2<td>3"
    block = "<tr><td>信息内容<td colspan=3>本年办理数<tr><td>行政许可<td colspan=3>4"
    assert unmerged(read_html(f"<table>{head}{block}</table>").grids[0]) is None

"""Lines aligned by blanks: a gap is a blank cell where its place says which one, else nothing."""

from __future__ import annotations

import pytest

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import REQUEST_LABELS
from gongkai.reading.text import read_text
from gongkai.reading.text.drawn import WIDTHS, columns_of
from gongkai.tables.cells import Found, read_cells

HEAD = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
ROWS = request_rows("2021")
RECEIVED = "requests.received"
#: Each row's numbers: mostly zeros, and long ones wider than some of the heads.
WHOLE = {key: ["0"] * 7 for key in ROWS} | {
    RECEIVED: ["12", "0", "3", "0", "0", "4567", "4582"],
    "requests.outcome.granted": ["12", "0", "3", "0", "0", "4567", "4582"],
    "requests.outcome.total": ["12", "0", "3", "0", "0", "4567", "4582"],
}


def width_of(text: str, *, terminal: bool) -> int:
    return len(columns_of(text, WIDTHS[0] if terminal else WIDTHS[1]))


def padded(text: str, width: int, align: str, *, terminal: bool) -> str:
    space = max(width - width_of(text, terminal=terminal), 0)
    before = {"left": 0, "right": space, "centre": space // 2}[align]
    return " " * before + text + " " * (space - before)


def table(
    rows: dict[str, list[str]], align: str = "left", head: str = "left", *, terminal: bool = True
) -> str:
    """Return table three as a program prints it whose columns are as wide as their cells."""
    labels = {key: REQUEST_LABELS[key][0] for key in rows}
    cells = [["", *HEAD], *([labels[key], *numbers] for key, numbers in rows.items())]
    widths = [max(width_of(r[n], terminal=terminal) for r in cells) for n in range(8)]
    found = []
    for number, row in enumerate(cells):
        way = align if number else head
        aligned = ["left", *[way] * 7]
        found.append(
            "  ".join(
                padded(c, w, a, terminal=terminal)
                for c, w, a in zip(row, widths, aligned, strict=True)
            ).rstrip()
        )
    return "\n".join(["三、收到和处理政府信息公开申请情况", "", *found, ""])


def read(text: str) -> Found:
    found = read_cells(read_text(text).blocks)
    assert found is not None
    return found


def printed(rows: dict[str, list[str]]) -> dict[str, int]:
    return {
        f"{key}.{column}": int(number)
        for key, numbers in rows.items()
        for column, number in zip(APPLICANTS, numbers, strict=True)
        if number
    }


def gapped(*blank: tuple[str, int]) -> dict[str, list[str]]:
    rows = {key: list(numbers) for key, numbers in WHOLE.items()}
    for key, column in blank:
        rows[key][column] = ""
    return rows


def without_zeros() -> dict[str, list[str]]:
    return {
        key: ["" if number == "0" else number for number in numbers]
        for key, numbers in WHOLE.items()
    }


@pytest.mark.parametrize("terminal", [True, False])
@pytest.mark.parametrize("align", ["left", "right", "centre"])
def test_a_gap_anywhere_is_placed_by_the_whole_rows(align: str, *, terminal: bool) -> None:
    carried = "requests.carried_in"
    rows = gapped((carried, 0), (RECEIVED, 1), (RECEIVED, 4), (ROWS[5], 6), (ROWS[9], 3))
    found = read(table(rows, align, terminal=terminal))
    values = {path: v for path, v in found.cells.values.items() if path.startswith("requests.")}
    assert values == printed(rows)
    assert f"{carried}.natural_person" in found.cells.states.blank


@pytest.mark.parametrize("align", ["left", "right", "centre"])
def test_without_a_whole_row_the_head_places_the_numbers(align: str) -> None:
    rows = without_zeros()
    found = read(table(rows, align, align))
    values = {path: v for path, v in found.cells.values.items() if path.startswith("requests.")}
    assert values == printed(rows)


def test_totals_have_to_bear_out_what_the_head_alone_says() -> None:
    rows = {key: [*[""] * 6, "0"] for key in ROWS} | {ROWS[3]: [*[""] * 6, "12345678"]}
    found = read(table(rows, "right"))
    assert not found.cells.values
    assert any(finding.rule == "E.UNSETTLED" for finding in found.cells.findings)


def test_rows_that_move_sideways_are_not_placed() -> None:
    lines = table(gapped((ROWS[4], 2))).splitlines()
    moved = [line if n % 2 else "   " + line for n, line in enumerate(lines)]
    found = read("\n".join(moved))
    assert found.cells.values.get(f"{ROWS[4]}.research_institution") is None
    wrong = {p: v for p, v in found.cells.values.items() if printed(WHOLE).get(p) != v}
    assert not wrong


def test_numbers_below_labels_have_lost_their_spans() -> None:
    # What a row of a group has moved one column on, the rows without a group's label have not.
    rows = without_zeros()
    lines = table(rows).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("予以公开"))
    lines[at + 1 :] = [" " * 60 + line for line in lines[at + 1 :]]
    found = read("\n".join(lines))
    wrong = {p: v for p, v in found.cells.values.items() if printed(rows).get(p) != v}
    assert not wrong


@pytest.mark.parametrize("joint", [" ", "  "])
def test_numbers_that_blanks_join_only_look_aligned(joint: str) -> None:
    numbers = {key: ["0"] * (6 if n == 4 else 7) for n, key in enumerate(ROWS)}
    labels = {key: padded(REQUEST_LABELS[key][0], 80, "left", terminal=True) for key in ROWS}
    found = read("\n".join(labels[key] + joint + joint.join(numbers[key]) for key in ROWS))
    assert f"{ROWS[4]}.total" not in found.cells.states.blank
    assert any(finding.rule == "E.UNSETTLED" for finding in found.cells.findings)


def test_pages_of_a_pdf_keep_no_raster() -> None:
    rows = gapped((ROWS[4], 2))
    found = read(table(rows) + "\f")
    assert f"{ROWS[4]}.research_institution" not in found.cells.states.blank


def test_table_two_is_placed_by_its_head_and_its_labels() -> None:
    lines = [
        "二、主动公开政府信息情况",
        "第二十条第（一）项",
        "  信息内容        本年制发件数  本年废止件数  现行有效件数",
        "  规章                          12",
        "  行政规范性文件  8940                        3",
        table(WHOLE),
    ]
    values = read("\n".join(lines)).cells.values
    assert {path: value for path, value in values.items() if path.startswith("proactive.")} == {
        "proactive.rules.repealed": 12,
        "proactive.normative_documents.issued": 8940,
        "proactive.normative_documents.in_force": 3,
    }


def test_table_two_is_not_placed_where_its_labels_are_out_of_line() -> None:
    lines = [
        "二、主动公开政府信息情况",
        "              第二十条第（一）项",
        "   信息内容     本年制发件数 本年废止件数 现行有效件数",
        "    规章               8                 5",
        "行政规范性文件                      3",
    ]
    found = read("\n".join(lines))
    assert not found.cells.values
    assert any(finding.rule == "E.UNSETTLED" for finding in found.cells.findings)

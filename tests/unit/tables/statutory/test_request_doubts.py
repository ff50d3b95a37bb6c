"""Rows of table three that a program moved below other columns are given up, and that is said."""

from __future__ import annotations

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_LABELS
from gongkai.reading.text import read_text
from gongkai.tables.cells import Found, read_cells

ROWS = request_rows("2021")
NAMES = [APPLICANT_LABELS[name][0] for name in APPLICANTS]
RECEIVED = [f"requests.received.{name}" for name in APPLICANTS]


def table(rows: list[list[str]]) -> list[str]:
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return [f"| {' | '.join(line)} |" for line in lines]


def read(head: list[str], rows: dict[str, list[str]], between: str = "") -> Found:
    below = [[REQUEST_LABELS[key][0], *row] for key, row in rows.items()]
    lines = [*table([head]), between, *table(below)] if between else table([head, *below])
    found = read_cells(read_text("\n".join(lines)).blocks)
    assert found is not None
    return found


def values(found: Found) -> list[object]:
    return [found.cells.values.get(path) for path in RECEIVED]


def unsettled(found: Found) -> bool:
    return any(f.rule == "E.UNSETTLED" for f in found.cells.findings)


def test_rows_beside_their_columns_are_given_up() -> None:
    # A column is blank in all rows, and left out; another blank stands before the first one.
    head = ["申请人情况", "", NAMES[0], "", "", "", "", NAMES[6]]
    rows = {key: [""] * 7 for key in ROWS}
    rows["requests.received"] = rows["requests.outcome.total"] = ["", "3", "1", "", "", "", "4"]
    found = read(head, rows, between="商业企业 科研机构 社会公益组织 法律服务机构 其他")
    assert values(found) == [None] * 7
    assert unsettled(found)


def test_a_total_that_slid_left_is_no_number_of_companies() -> None:
    rows = {key: [""] * 7 for key in ROWS}
    rows["requests.received"] = rows["requests.outcome.total"] = ["3", "3", *[""] * 5]
    found = read(["申请人情况", *NAMES], rows)
    assert values(found) == [None] * 7
    assert unsettled(found)


def test_a_blank_between_numbers_shows_that_no_blank_is_lost() -> None:
    rows = {key: [""] * 7 for key in ROWS}
    rows["requests.received"] = ["3", "3", *[""] * 5]
    rows["requests.carried_in"] = ["1", "", "2", *[""] * 4]
    found = read(["申请人情况", *NAMES], rows)
    assert values(found) == [3, 3, *[None] * 5]
    assert not unsettled(found)

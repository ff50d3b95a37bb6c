"""Rows of table three below a head that may leave out an applicant."""

from __future__ import annotations

import pytest

from gongkai.form import APPLICANTS, request_rows
from gongkai.form.labels import APPLICANT_LABELS, REQUEST_LABELS
from gongkai.reading.document import Grid, GridCell, Place
from gongkai.reading.text import read_text
from gongkai.tables.cells import Found, read_cells

NAMES = [APPLICANT_LABELS[name][0] for name in APPLICANTS]
ROWS = request_rows("2021")
RECEIVED = [f"requests.received.{name}" for name in APPLICANTS]
#: The labels of rows and groups span three cells, two or one.
SPANS = {1: 3, 2: 2, 3: 1}
NUMBERS = ["6", "5", "4", "3", "2", "1"]


def without(row: list[str], out: int) -> list[str]:
    return [*row[:out], *row[out + 1 :]]


def printed(out: int, *, total: str = "") -> list[str]:
    row = without(NUMBERS, out) if out < len(NUMBERS) else NUMBERS
    return [*row, total or str(sum(map(int, row)))]


def read_grid(names: list[str], row: list[str]) -> Found:
    texts = [["申请人情况", *names]]
    texts += [[REQUEST_LABELS[key][0], *row] for key in ROWS]
    cells = [[GridCell(text, column) for column, text in enumerate(line)] for line in texts]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    return found


def spanned(rows: dict[str, list[str]], names: list[str], *, whole: bool) -> Found:
    """Read a table of text; ``whole`` ones have a cell for each that another one covers."""
    head = ["", "", "申请人情况", *names] if whole else ["申请人情况", "", "", *names]
    texts = [head]
    for key in ROWS:
        span = SPANS[key.count(".")]
        before = [""] * (3 - span) if whole else []
        texts.append([*before, REQUEST_LABELS[key][0], *[""] * (span - 1), *rows[key]])
    found = read_cells(read_text("\n".join("\t".join(row) for row in texts)).blocks)
    assert found is not None
    return found


@pytest.mark.parametrize("out", range(1, 6))
def test_an_applicant_that_the_head_leaves_out_is_absent(out: int) -> None:
    found = read_grid(without(NAMES, out), printed(out))
    row = printed(out)
    expected = [*map(int, row[:out]), None, *map(int, row[out:])]
    assert [found.cells.values.get(path) for path in RECEIVED] == expected
    assert f"requests.carried_out.{APPLICANTS[out]}" in found.cells.states.absent
    (finding,) = [f for f in found.findings if f.rule == "E.UNMAPPED" and "表三" in f.message]
    assert finding.severity == "critical"
    assert f"requests.received.{APPLICANTS[out]}" in finding.cells


@pytest.mark.parametrize(
    ("names", "row"),
    [
        (without(NAMES, 2), [*NUMBERS, "21"]),
        # A strange name may be the garbled one.
        ([*NAMES[:2], "科X机构", *NAMES[4:]], printed(2)),
        (without(NAMES, 2), printed(2, total="9")),  # applicants are more than the total
        ([*NAMES[:2], NAMES[4], NAMES[3], *NAMES[5:]], printed(2)),
    ],
)
def test_nothing_is_left_out_where_head_and_rows_do_not_agree(
    names: list[str], row: list[str]
) -> None:
    assert not any("没有印" in finding.message for finding in read_grid(names, row).findings)


@pytest.mark.parametrize("whole", [True, False])
def test_blanks_of_spans_are_told_from_blank_cells(whole: bool) -> None:  # noqa: FBT001
    rows = {key: ["", "2", "", "", "", "", "2"] for key in ROWS}
    found = spanned(rows, NAMES, whole=whole)
    paths = [f"{key}.{name}" for key in ROWS for name in APPLICANTS]
    assert {found.cells.values.get(p) for p in paths if p.endswith((".company", ".total"))} == {2}
    assert {p for p in paths if not p.endswith((".company", ".total"))} <= {
        *found.cells.states.blank
    }


@pytest.mark.parametrize("whole", [True, False])
def test_an_applicant_is_left_out_beside_spans(whole: bool) -> None:  # noqa: FBT001
    rows = {key: printed(3) for key in ROWS}
    found = spanned(rows, without(NAMES, 3), whole=whole)
    assert [found.cells.values.get(p) for p in RECEIVED] == [6, 5, 4, None, 2, 1, 18]

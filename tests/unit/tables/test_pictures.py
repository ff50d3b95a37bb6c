"""A picture in a number's cell: null with its own finding, whatever is written about it."""

from __future__ import annotations

import pytest

from gongkai.reading.document import Grid, GridCell, Place
from gongkai.tables.cells import read_cells
from gongkai.tables.text import normalise

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("\ufffc5\ufffc", "[图片：5]"), ("\ufffc\ufffc", "[图片]"), ("3\ufffc\ufffc", "3[图片]")],
)
def test_a_cell_that_shows_a_picture_is_null_and_not_blank(text: str, shown: str) -> None:
    rows = [HEAD, ["规章", "1", text, "3"], ["行政规范性文件", "4", "5", "6"]]
    cells = [[GridCell(text, column) for column, text in enumerate(row)] for row in rows]
    found = read_cells([Grid(cells, Place(table=1))])
    assert found is not None
    path = "proactive.rules.repealed"
    assert path not in found.cells.values
    assert found.cells.states.unreadable == [path]
    assert path not in found.cells.states.blank
    (said,) = [f for f in found.cells.findings if f.rule == "V.PICTURE"]
    assert (said.severity, said.cells, said.actual) == ("critical", [path], shown)
    assert list(found.cells.values.values()) == [1, 3, 4, 5, 6]


def test_what_is_written_about_a_picture_is_no_label() -> None:
    assert not normalise("\ufffc规章\ufffc")
    assert normalise("规章") == "规章"

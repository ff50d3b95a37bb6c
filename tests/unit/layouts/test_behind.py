"""Tables that stand behind the report, where its own may be pictures."""

from dataclasses import replace
from random import Random

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

from gongkai.layouts.generic import GenericLayout
from gongkai.reading import Source, read
from gongkai.reading.document import Grid
from gongkai.settings import Settings


@pytest.mark.parametrize(
    ("moved", "count"), [((), 0), ((1,), 1), ((2,), 1), ((1, 2), 2), ((0, 1, 2), 0)]
)
def test_a_table_behind_the_report_is_doubted(moved: tuple[int, ...], count: int) -> None:
    page = STYLES["html-bom"].page(make_report(Random(1)), 1)
    document = read(Source(page.name, page.data), Settings())
    tables = [block for block in document.blocks if isinstance(block, Grid)]
    behind = [tables[n] for n in moved]
    assert len(tables) == 3
    blocks = [block for block in document.blocks if block not in behind]
    reading = GenericLayout().extract(replace(document, blocks=[*blocks, *behind]))
    said = [f for f in reading.findings if f.rule == "S.BEHIND"]
    assert [f.severity for f in said] == ["critical"] * count
    assert [f.places for f in said] == [[str(table.place)] for table in behind][:count]

"""The fast reading of clean tables gives what the general one gives."""

from __future__ import annotations

import random

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

from gongkai.reading import Source, read
from gongkai.settings import Settings
from gongkai.tables.assemble import Cells
from gongkai.tables.cells import read_cells
from gongkai.tables.clean import read_clean
from gongkai.tables.locate import read_tables
from gongkai.tables.prose import lift_prose

HTML = [name for name in STYLES if name.startswith(("html", "text"))]


@pytest.mark.parametrize("name", HTML)
def test_clean_reading_equals_the_general_one(name: str) -> None:
    for seed in range(3):
        page = STYLES[name].page(make_report(random.Random(seed)), seed)
        blocks = lift_prose(read(Source(path=name, data=page.data), Settings()).blocks)
        clean = read_clean(blocks)
        if clean is None:
            continue
        cells = Cells()
        tables = read_tables(blocks)
        for table_name, table in tables.found():
            cells.add_table(table, table_name)
        fast = read_cells(blocks)
        assert fast is not None
        assert fast.cells.values == cells.values
        assert fast.form == tables.form
        assert fast.zones == tables.zones
        assert {p: t.place for p, t in fast.tokens().items()} == {
            p: t.place for p, t in cells.tokens.items()
        }


def test_most_pages_are_clean() -> None:
    page = STYLES["html-plain"].page(make_report(random.Random(1), variant="2021"), 1)
    blocks = read(Source(path="page.html", data=page.data), Settings()).blocks
    assert read_clean(blocks) is not None


@pytest.mark.parametrize(
    ("statutory", "printed"),
    [("现行有效件数", "现行有效件数（历史累计）"), ("第二十条第（", "第二十条（")],
)
def test_heads_with_a_remark_or_without_a_sign_are_clean(statutory: str, printed: str) -> None:
    page = STYLES["html-plain"].page(make_report(random.Random(1), variant="2021"), 1)
    texts = [page.data.decode(), page.data.decode().replace(statutory, printed)]
    assert texts[0] != texts[1]
    plain, varied = (
        read_clean(read(Source(path="page.html", data=text.encode()), Settings()).blocks)
        for text in texts
    )
    assert plain is not None
    assert varied is not None
    assert varied.values == plain.values

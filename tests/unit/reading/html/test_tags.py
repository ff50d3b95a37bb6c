"""The spans of a cell, however they are written."""

from __future__ import annotations

import pytest

from gongkai.reading.html.tags import spans_of


@pytest.mark.parametrize(
    ("tag", "spans"),
    [
        ("td", (1, 1)),
        ('td width="66" colspan="3"', (3, 1)),
        ('td rowspan="2" colspan="3"', (3, 2)),
        ('TD COLSPAN="3"', (3, 1)),
        ("td colspan=3 rowspan='2'", (3, 2)),
        ('td colspan="2" rowspan=3', (2, 3)),
        ('td colspan="&#50;"', (2, 1)),
        ('td colspan=""', (1, 1)),
        ('td colspan="2" colspan="3"', (2, 1)),
        ('td class="span4" colspan="2"', (2, 1)),
        ('td data-colspan="2"', (1, 1)),
        ("""td title='a colspan="3"' rowspan="2\"""", (1, 2)),
    ],
)
def test_spans_are_read_as_a_browser_reads_them(tag: str, spans: tuple[int, int]) -> None:
    assert spans_of(tag) == spans

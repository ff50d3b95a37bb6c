"""Reading pages of the test bed: the two promises, whatever the report, style and damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.testbed.damages import CELL_DAMAGES, shows
from tests.testbed.reader import extract
from tests.testbed.reports import reports
from tests.testbed.scoring import score
from tests.testbed.styles import STYLES

if TYPE_CHECKING:
    from tests.testbed.reports import TestReport
    from tests.testbed.styles import Style

#: PDF takes too long to be tried a hundred times; ``make accuracy`` does.
_QUICK = [style for style in STYLES.values() if style.family != "pdf"]
_UNBLANKED = [style for style in _QUICK if not style.blanks]
_SEEDS = st.integers(0, 2**16)
#: The same examples in every run: a rare layout must not turn a build red that changed nothing.
_SETTINGS = settings(max_examples=80, derandomize=True)


@_SETTINGS
@given(reports(), st.sampled_from(_QUICK), _SEEDS)
def test_a_whole_page_is_read_without_a_wrong_number(
    report: TestReport, style: Style, seed: int
) -> None:
    page = style.page(report, seed)
    found = score(page, extract(page.data, page.name))
    assert found.status == "extracted", found.reason
    assert not found.wrong
    assert not found.null


@_SETTINGS
@given(reports(), st.sampled_from(_UNBLANKED), _SEEDS)
def test_a_changed_cell_is_never_passed_over(report: TestReport, style: Style, seed: int) -> None:
    page = style.page(report, seed, CELL_DAMAGES["change_cell"])
    result = extract(page.data, page.name)
    assert any(finding.severity == "critical" for finding in result.findings)
    assert result.report is not None
    # A surplus number beside it may be left out instead of it: that row proves nothing, either.
    assert result.report.quality.verdict != "proved"


@_SETTINGS
@given(
    reports(),
    st.sampled_from(_UNBLANKED),
    _SEEDS,
    # Table two has no sums, so that a cell lost there can only be told by the row's length.
    st.sampled_from([name for name in CELL_DAMAGES if name != "drop_cell_two"]),
)
def test_no_damage_makes_a_wrong_number_in_silence(
    report: TestReport, style: Style, seed: int, damage: str
) -> None:
    assume(shows(style, damage))
    page = style.page(report, seed, CELL_DAMAGES[damage])
    found = score(page, extract(page.data, page.name))
    assert not found.silent, found.wrong

"""The judge is judged: a scoring that overlooks an error makes every other figure worthless."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from tests.testbed.reports import make_report
from tests.testbed.scoring import score, wrong_metadata
from tests.testbed.styles import STYLES

from gongkai.form import CELLS
from gongkai.model import Extracted, Finding, Report, SourceInfo

if TYPE_CHECKING:
    from tests.testbed.content import Page

_PATH = "requests.received.total"


@pytest.fixture
def page() -> Page:
    return STYLES["html-cms"].page(make_report(Random(3)), 3)


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path, value in flat.items():
        *parents, name = path.split(".")
        here = found
        for parent in parents:
            here = here.setdefault(parent, {})
        here[name] = value
    return found


def result(page: Page, changes: dict[str, Any] | None = None, *findings: Finding) -> Extracted:
    changes = changes or {}
    said = page.metadata
    cells = _nested({**page.cells, **{k: v for k, v in changes.items() if k in CELLS}})
    sections = {key: "\n".join(texts) or None for key, texts in page.sections.items()}
    fields: dict[str, Any] = {
        "title": said.title,
        "agency": {"name": said.agency},
        "year": said.year,
        "published_on": said.published_on,
        "index_number": said.index_number,
        "sections": sections,
        **cells,
        **{k: v for k, v in changes.items() if k not in CELLS},
    }
    report = Report.model_validate(fields)
    info = SourceInfo(path=page.name)
    return Extracted(source=info, status="extracted", report=report, findings=list(findings))


def test_a_perfect_reading_is_perfect(page: Page) -> None:
    found = score(page, result(page))
    assert (found.exact, found.null, found.wrong) == (len(page.cells), [], {})
    assert not wrong_metadata(found)
    assert not found.lost
    assert not found.silent


def test_another_number_is_wrong_and_silent(page: Page) -> None:
    found = score(page, result(page, {_PATH: 123456}))
    assert found.wrong == {_PATH: (page.cells[_PATH], 123456)}
    assert found.silent


def test_a_critical_finding_breaks_the_silence(page: Page) -> None:
    finding = Finding(rule="T3.ROW", severity="critical", message="。", message_en=".")
    found = score(page, result(page, {_PATH: 123456}, finding))
    assert found.wrong
    assert not found.silent


def test_a_warning_does_not(page: Page) -> None:
    finding = Finding(rule="T3.ROW", severity="warning", message="。", message_en=".")
    assert score(page, result(page, {_PATH: 123456}, finding)).silent


def test_null_is_null_unless_a_damage_left_it_open(page: Page) -> None:
    assert score(page, result(page, {_PATH: None})).null == [_PATH]
    opened = replace(page, either=frozenset({_PATH}))
    found = score(opened, result(page, {_PATH: None}))
    assert not found.null
    assert found.exact == len(page.cells)


def test_a_number_in_place_of_a_blank_is_wrong(page: Page) -> None:
    blank = replace(page, cells={**page.cells, _PATH: None})
    assert score(blank, result(page, {_PATH: 0})).wrong == {_PATH: (None, 0)}


def test_a_number_that_the_form_does_not_print_is_wrong(page: Page) -> None:
    path = "requests.outcome.other.undivided.total"
    assert path not in page.cells
    assert path in score(page, result(page, {path: 0})).wrong


def test_a_rejected_page_is_neither_exact_nor_wrong(page: Page) -> None:
    rejected = Extracted(source=SourceInfo(path="x"), status="rejected", reason="no_tables")
    found = score(page, rejected)
    assert (found.status, found.exact, found.wrong) == ("rejected", 0, {})


def test_metadata_differ_by_more_than_blanks_and_script(page: Page) -> None:
    assert page.metadata.title is not None
    spaced = " ".join(page.metadata.title)
    assert not wrong_metadata(score(page, result(page, {"title": spaced})))
    assert list(wrong_metadata(score(page, result(page, {"title": spaced[:-1]})))) == ["title"]
    assert list(wrong_metadata(score(page, result(page, {"index_number": None})))) == [
        "index_number"
    ]


def test_a_lost_section_is_noticed(page: Page) -> None:
    sections = {key: "\n".join(texts) for key, texts in page.sections.items()}
    sections["other"], sections["problems"] = sections["problems"], sections["other"]
    assert score(page, result(page, {"sections": sections})).lost == ["problems", "other"]

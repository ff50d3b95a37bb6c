"""Documents and their identity."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search_samples import extracted, rejected

from gongkai.model import Extracted, Finding, Region
from gongkai.pipeline import Pipeline
from gongkai.plugins import build_plugins
from gongkai.reading import open_sources
from gongkai.search.documents import document_id, prepare, report_document, restore
from gongkai.settings import Settings


def test_the_id_is_agency_and_year() -> None:
    assert document_id(extracted()) == "371312:河东区商务局:2023"
    assert (
        document_id(extracted(path="elsewhere", content="other bytes"))
        == "371312:河东区商务局:2023"
    )
    assert document_id(extracted(year=2022)) == "371312:河东区商务局:2022"


def test_blanks_and_widths_do_not_make_another_agency() -> None:
    assert document_id(extracted("河东区 商务局（粮食局）")) == document_id(
        extracted("河东区商务局(粮食局)")
    )


def test_agencies_of_the_same_name_differ_by_their_region() -> None:
    linyi = Region(province="山东省", city="临沂市", county="河东区")
    tianjin = Region(province="天津市", county="河东区", code="120102")
    unknown = extracted(region=None)
    ids = [document_id(extracted(region=region)) for region in (linyi, tianjin, None)]
    assert ids == [
        "山东省临沂市河东区:河东区商务局:2023",
        "120102:河东区商务局:2023",
        f"source:{unknown.source.sha256}",
    ]


def test_an_agency_identifier_is_enough() -> None:
    one = extracted(region=Region(city="临沂市"))
    assert one.report is not None
    one.report.agency.id = "11371312"
    assert document_id(one) == "11371312:2023"


@pytest.mark.parametrize(("agency", "year"), [(None, 2023), ("河东区商务局", None)])
def test_a_report_without_agency_or_year_is_known_by_its_bytes(
    agency: str | None, year: int | None
) -> None:
    one, same, other = (
        extracted(agency, year, path="a"),
        extracted(agency, year, path="b", content="a"),
        extracted(agency, year, path="c"),
    )
    assert document_id(one) == f"source:{one.source.sha256}"
    assert document_id(one) == document_id(same) != document_id(other)


def test_without_bytes_it_is_known_by_its_path() -> None:
    one = extracted(agency=None, path="a")
    one.source.sha256 = None
    other = extracted(agency=None, path="b")
    other.source.sha256 = None
    assert document_id(one).startswith("path:")
    assert document_id(one) != document_id(other)


def test_a_rejected_source_has_no_document() -> None:
    with pytest.raises(ValueError, match=r"empty\.txt"):
        document_id(rejected())


@given(st.text(min_size=1, max_size=400), st.integers(1, 9999))
def test_an_id_fits_elasticsearch(agency: str, year: int) -> None:
    found = document_id(extracted(agency, None))
    assert found
    one = extracted(year=2023)
    assert one.report is not None
    one.report.agency.name, one.report.year = agency, year
    assert 0 < len(document_id(one).encode()) <= 512


def test_the_document_holds_what_searching_needs() -> None:
    finding = Finding(
        rule="T3.ROW",
        severity="critical",
        responsibility="source",
        message="不等。",
        message_en="Unequal.",
        cells=["requests.received.total"],
    )
    document = report_document(extracted(findings=(finding, finding)))
    assert document["period"] == "2023-07-01"
    assert document["published_on"] == "2024-01-16"
    assert document["body"] == document["sections"]["overview"]
    assert document["findings"] == {
        "rule": ["T3.ROW"],
        "severity": ["critical"],
        "responsibility": ["source"],
        "cells": ["requests.received.total"],
        "message": ["不等。", "不等。"],
        "detail": [finding.model_dump(exclude_none=True)] * 2,
    }
    assert document["source"]["path"] == "a.txt"


def test_null_is_left_out_and_zero_is_kept() -> None:
    document = report_document(extracted(received=0, granted=None))
    assert document["requests"] == {"received": {"total": 0}}
    assert "proactive" not in document


def test_an_amount_keeps_its_digits() -> None:
    one = extracted()
    assert one.report is not None
    one.report.proactive.fees.amount = Decimal("12.34")
    assert '"amount":12.34' in prepare(one).body.decode()


def test_the_digests_tell_report_and_source_apart() -> None:
    one, moved, changed = (
        prepare(extracted()),
        prepare(extracted(path="b.txt", content="a.txt")),
        prepare(extracted(received=2)),
    )
    assert one == prepare(extracted())
    assert one.report_digest == moved.report_digest != changed.report_digest
    assert one.document_digest != moved.document_digest
    assert json.loads(one.body)["digest"] == {
        "report": one.report_digest,
        "document": one.document_digest,
    }


def test_another_layout_version_is_another_document() -> None:
    assert (
        prepare(extracted()).document_digest
        != prepare(extracted(layout_version="2")).document_digest
    )


def test_text_that_json_cannot_hold_is_refused() -> None:
    one = extracted(text="\ud800")
    with pytest.raises(ValueError, match="surrogate"):
        prepare(one)


SAMPLES = sorted(Path(__file__).parents[3].glob("plugins/*/samples/*/source.*"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.parts[-4])
def test_a_document_holds_the_whole_report(sample: Path) -> None:
    chosen = Settings(_env_file=None)
    (source,) = open_sources([str(sample)], chosen)
    one = Pipeline(build_plugins(chosen, load_entry_points=False), chosen).extract(source)
    assert one.report is not None
    known = {name: value for name, value in one.report.indicators.items() if value is not None}
    one.report.indicators = known
    assert restore(report_document(one)) == one


def test_the_document_is_the_same_after_a_round_trip() -> None:
    one = extracted(granted=3)
    again = Extracted.model_validate_json(one.model_dump_json())
    assert prepare(one) == prepare(again)

"""Cells, checks and the comparison with last year, derived from the reports in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.search_samples import extracted

from gongkai.enrichment import enrich
from gongkai.errors import IndexingError
from gongkai.model import Finding
from gongkai.search import bulk
from gongkai.search.client import connect
from gongkai.search.deriving import Derived, Deriver
from gongkai.search.documents import document_id, restore
from gongkai.search.generations import Generations
from gongkai.search.indices import SPECS
from gongkai.search.sink import ReportSink

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elasticsearch import Elasticsearch
    from tests.elasticsearch_fixture import Server

    from gongkai.model import Extracted
    from gongkai.settings import Settings

pytestmark = pytest.mark.es

N = "requests.received.total"
UNEQUAL = Finding(
    rule="T3.ROW",
    severity="critical",
    responsibility="source",
    message="不等。",
    message_en="Unequal.",
    cells=[N],
    actual=3,
    expected=2,
)


@pytest.fixture
def settings(es_server: Server, request: pytest.FixtureRequest) -> Iterator[Settings]:
    own = {"index_prefix": f"{es_server.prefix}-{abs(hash(request.node.name)):x}"}
    admin = es_server.settings().model_copy(update=own)
    with connect(admin) as client:
        for spec in SPECS:
            Generations(client, admin, spec).apply()
    yield es_server.settings("writer").model_copy(update=own)
    es_server.clean(f"{own['index_prefix']}*")


@pytest.fixture
def client(settings: Settings) -> Iterator[Elasticsearch]:
    with connect(settings) as opened:
        yield opened


def report(year: int, *, received: int | None = 1, **options: Any) -> Extracted:  # noqa: ANN401
    one = extracted(year=year, path=f"{year}.txt", received=received, **options)
    assert one.report is not None
    enrich(one.report)
    return one


def write(client: Elasticsearch, settings: Settings, *items: Extracted) -> list[str]:
    return [result.status for result in ReportSink(client, settings).write(items)]


def derive(client: Elasticsearch, settings: Settings, *, only_unmarked: bool = False) -> Derived:
    return Deriver(client, settings).run(only_unmarked=only_unmarked)


def stored(client: Elasticsearch, settings: Settings, name: str) -> list[dict[str, Any]]:
    alias = f"{settings.index_prefix}-{name}"
    client.indices.refresh(index=alias)
    hits = client.search(index=alias, size=1000, sort=["year"])["hits"]["hits"]
    return [hit["_source"] for hit in hits]


def cells(client: Elasticsearch, settings: Settings) -> dict[tuple[int, str], Any]:
    return {
        (cell["year"], cell["cell"]["path"]): (
            cell["value"],
            cell.get("previous"),
            cell.get("delta"),
        )
        for cell in stored(client, settings, "cells")
    }


def test_every_number_becomes_a_cell_and_every_finding_a_check(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, report(2023, received=3, granted=0, findings=(UNEQUAL,)))
    assert derive(client, settings) == Derived(seen=1, derived=1)
    assert cells(client, settings) == {
        (2023, N): (3, None, None),
        (2023, "requests.outcome.granted.total"): (0, None, None),
    }
    (check,) = stored(client, settings, "checks")
    assert (check["findings"]["rule"], check["findings"]["difference"]) == ("T3.ROW", 1)
    assert check["report"] == document_id(report(2023))


def test_again_does_nothing(client: Elasticsearch, settings: Settings) -> None:
    write(client, settings, report(2022), report(2023))
    assert derive(client, settings) == Derived(seen=2, derived=2)
    assert derive(client, settings) == Derived(seen=2, derived=0)
    assert write(client, settings, report(2022), report(2023)) == ["unchanged"] * 2


@pytest.mark.parametrize("years", [(2022, 2023), (2023, 2022)], ids=["in order", "reversed"])
def test_the_order_of_arrival_does_not_matter(
    client: Elasticsearch, settings: Settings, years: tuple[int, int]
) -> None:
    received = {2022: 10, 2023: 25}
    for year in years:
        write(client, settings, report(year, received=received[year]))
        derive(client, settings)
    assert cells(client, settings)[2023, N] == (25, 10, 15)
    assert cells(client, settings)[2022, N] == (10, None, None)
    first, second = stored(client, settings, "reports")
    assert second["indicators"]["received_previous"] == 10
    assert second["indicators"]["received_delta"] == 15
    assert second["indicators"]["received_yoy"] == 150
    assert first["indicators"].get("received_previous") is None


def test_after_an_ingest_the_reports_written_and_those_on_the_next_year_are_derived(
    client: Elasticsearch, settings: Settings
) -> None:
    years = (2020, 2021, 2022, 2023)
    write(client, settings, *(report(year, received=year) for year in years))
    assert derive(client, settings, only_unmarked=True) == Derived(seen=4, derived=4)
    assert derive(client, settings, only_unmarked=True) == Derived(seen=0, derived=0)
    write(client, settings, report(2021, received=1))
    assert derive(client, settings, only_unmarked=True) == Derived(seen=1, derived=2)
    assert cells(client, settings)[2021, N] == (1, 2020, -2019)
    assert cells(client, settings)[2022, N] == (2022, 1, 2021)
    assert derive(client, settings) == Derived(seen=4, derived=0)


def test_what_broke_off_is_found_by_the_next_run(
    client: Elasticsearch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(client, settings, report(2022, received=10), report(2023, received=25))
    derive(client, settings)
    write(client, settings, report(2022, received=20))
    real, calls = bulk.send, []

    def breaks(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - passed on
        calls.append(arguments)
        if len(calls) == 5:  # the cells of 2022; all of 2023 was written before
            raise IndexingError("refused")
        return real(*arguments, **options)

    monkeypatch.setattr("gongkai.search.deriving.send", breaks)
    with pytest.raises(IndexingError, match="refused"):
        derive(client, settings, only_unmarked=True)
    assert len(calls) == 5
    monkeypatch.undo()
    assert write(client, settings, report(2022, received=20)) == ["unchanged"]
    assert derive(client, settings, only_unmarked=True).derived == 1
    assert cells(client, settings) == {(2022, N): (20, None, None), (2023, N): (25, 20, 5)}
    assert derive(client, settings).derived == 0


def test_a_report_that_is_read_as_another_leaves_no_comparison_with_it(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, report(2022, received=10), report(2023, received=25))
    derive(client, settings)
    other = report(2022, received=10, agency="另一局")
    write(client, settings, other)
    derive(client, settings, only_unmarked=True)
    assert cells(client, settings)[2023, N] == (25, None, None)
    assert derive(client, settings).derived == 0


def test_a_corrected_report_replaces_its_cells_and_the_next_years_comparison(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, report(2022, received=10, granted=4, findings=(UNEQUAL,)))
    write(client, settings, report(2023, received=25))
    derive(client, settings)
    assert len(stored(client, settings, "checks")) >= 1
    write(client, settings, report(2022, received=20))
    assert derive(client, settings).derived == 2
    assert cells(client, settings) == {
        (2022, N): (20, None, None),
        (2023, N): (25, 20, 5),
    }
    rules = {check["findings"]["rule"] for check in stored(client, settings, "checks")}
    assert "T3.ROW" not in rules


def test_what_two_years_say_against_each_other_is_a_check(
    client: Elasticsearch, settings: Settings
) -> None:
    first, second = report(2022), report(2023)
    assert first.report is not None
    assert second.report is not None
    first.report.requests.carried_out.total = 7
    second.report.requests.carried_in.total = 5
    write(client, settings, first, second)
    derive(client, settings)
    checks = stored(client, settings, "checks")
    assert "X.CARRY" in {check["findings"]["rule"] for check in checks}
    _, later = stored(client, settings, "reports")
    assert "X.CARRY" in later["findings"]["rule"]
    assert later["quality"]["warnings"] >= 1
    # What extraction found is kept apart: the check goes when last year's report changes.
    assert restore(later).findings == []
    first.report.requests.carried_out.total = 5
    write(client, settings, first)
    derive(client, settings)
    rules = {check["findings"]["rule"] for check in stored(client, settings, "checks")}
    assert "X.CARRY" not in rules
    assert "X.CARRY" not in stored(client, settings, "reports")[1]["findings"]["rule"]


def test_a_report_that_is_read_as_another_takes_its_cells_with_it(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, report(2023, agency="误读局"))
    derive(client, settings)
    write(client, settings, report(2023))
    derive(client, settings)
    assert {cell["report"] for cell in stored(client, settings, "cells")} == {
        document_id(report(2023))
    }


def test_reports_without_agency_have_no_last_year(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, report(2022, agency=None), report(2023, agency=None))
    assert derive(client, settings).derived == 2
    assert cells(client, settings)[2023, N] == (1, None, None)


def test_many_reports(client: Elasticsearch, settings: Settings) -> None:
    items = [
        extracted(f"第{n}局", year, path=f"{n}-{year}", received=n + year)
        for n in range(50)
        for year in (2022, 2023)
    ]
    write(client, settings, *items)
    assert derive(client, settings).derived == 100
    found = cells(client, settings)
    assert len(stored(client, settings, "cells")) == 100
    assert {value[2] for (year, _), value in found.items() if year == 2023} == {1}


def test_a_new_generation_of_cells_is_filled_again(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    write(client, settings, report(2023))
    derive(client, settings)
    admin = es_server.settings().model_copy(update={"index_prefix": settings.index_prefix})
    with connect(admin) as managing:
        live = Generations(managing, admin, SPECS[1]).live()
        assert live is not None
        managing.indices.delete(index=live.index)
        Generations(managing, admin, SPECS[1]).apply()
    assert derive(client, settings).derived == 1
    assert len(cells(client, settings)) == 1


def test_without_the_side_indices_the_next_step_is_named(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    es_server.clean(f"{settings.index_prefix}-cells*")
    with pytest.raises(IndexingError, match="index apply"):
        Deriver(client, settings)
    assert write(client, settings, report(2023)) == ["indexed"]


def test_an_agency_s_peers_are_those_of_its_level_and_kind_in_every_run(
    client: Elasticsearch, settings: Settings
) -> None:
    def one(agency: str, received: int) -> Extracted:
        made = extracted(agency, 2023, path=f"{agency}.txt", received=received, granted=0)
        assert made.report is not None
        enrich(made.report)
        return made

    bureaus = ("河东区商务局", "兰山区商务局", "罗庄区商务局")
    write(client, settings, *map(one, bureaus, (10, 20, 60)), one("河东区教育局", 9))
    derive(client, settings, only_unmarked=True)
    education, trade = sorted(
        stored(client, settings, "peers"), key=lambda group: int(group["peers"]["reports"])
    )
    assert education["agency"] == {"name": ["河东区教育局"], "kind": "教育", "level": "县"}
    assert set(trade["agency"]["name"]) == set(bureaus)
    assert trade["peers"]["received"] == {
        "reports": 3, "mean": 30, "p10": 12, "median": 20, "p90": 52,
    }  # fmt: skip
    assert trade["peers"]["concluded"] == {"reports": 0}
    # Every run looks at all groups, even where no report was written.
    client.delete(index=f"{settings.index_prefix}-reports", id=document_id(one(bureaus[2], 60)))
    client.delete(index=f"{settings.index_prefix}-reports", id=document_id(one("河东区教育局", 9)))
    assert derive(client, settings, only_unmarked=True) == Derived()
    (left,) = stored(client, settings, "peers")
    assert set(left["agency"]["name"]) == set(bureaus[:2])
    assert left["peers"]["received"]["median"] == 15


def test_peers_are_written_only_where_they_changed(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, report(2022), report(2023))
    derive(client, settings)
    alias = f"{settings.index_prefix}-peers"
    before = client.search(index=alias, version=True, size=10)["hits"]["hits"]
    write(client, settings, report(2023, received=5, content="again"))
    derive(client, settings)
    after = client.search(index=alias, version=True, size=10)["hits"]["hits"]
    versions = [{hit["_id"]: hit["_version"] for hit in hits} for hits in (before, after)]
    assert versions == [
        {"2022:县:商务": 1, "2023:县:商务": 1},
        {"2022:县:商务": 1, "2023:县:商务": 2},
    ]


def test_peers_of_a_server_without_that_index_are_an_error_with_a_next_step(
    es_server: Server, client: Elasticsearch, settings: Settings
) -> None:
    es_server.clean(f"{settings.index_prefix}-peers*")
    with pytest.raises(IndexingError, match=r"gongkai index apply"):
        Deriver(client, settings)

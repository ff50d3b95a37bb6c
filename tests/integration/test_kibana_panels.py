"""Every panel's numbers, from a real server and from plain Python, over 2,160 reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from elasticsearch.helpers import parallel_bulk
from pydantic_core import to_json
from tests.testbed.plain_numbers import facts, numbers
from tests.testbed.population import YEARS, population

from gongkai.errors import IndexingError
from gongkai.kibana.aggregations import control_body, records, search_body
from gongkai.kibana.conditions import where
from gongkai.kibana.dataviews import SPECS, fields
from gongkai.kibana.definitions import Terms
from gongkai.kibana.panels import DASHBOARDS, SEARCHES
from gongkai.kibana.preview import write_page
from gongkai.search.bulk import send
from gongkai.search.documents import document_id, prepare
from gongkai.search.mapping import load
from gongkai.search.peers import changes
from gongkai.search.schema import for_installation
from gongkai.search.side_indices import cells_documents, checks_documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from elasticsearch import Elasticsearch
    from tests.elasticsearch_fixture import Server
    from tests.testbed.plain_numbers import Facts
    from tests.testbed.population import Member

    from gongkai.kibana.definitions import Control, Panel, SavedSearch

pytestmark = pytest.mark.es

_AGENCIES = 720
_PANELS = [
    pytest.param(part, id=f"{dashboard.id}:{part.id}:{part.index}")
    for dashboard in DASHBOARDS
    for row in dashboard.rows
    for panel in row.panels
    for part in panel.parts
]
_CONTROLS = {
    (control.index, control.field): control
    for dashboard in DASHBOARDS
    for control in dashboard.controls
}


class _Loaded(NamedTuple):
    client: Elasticsearch
    prefix: str
    known: dict[str, list[Facts]]

    def search(self, index: str, body: dict[str, Any]) -> dict[str, Any]:
        return dict(self.client.search(index=f"{self.prefix}-{index}", **body))


@pytest.fixture(scope="module")
def loaded(es_server: Server) -> Iterator[_Loaded]:
    members = population(_AGENCIES)
    assert len(members) == _AGENCIES * len(YEARS) >= 2000
    prefix = f"{es_server.prefix}-panels"
    with es_server.client() as client:
        for name, spec in SPECS.items():
            content = for_installation(load(spec), "bigram", {})
            content["settings"]["index"] |= {"refresh_interval": "-1", "codec": "default"}
            client.indices.create(index=f"{prefix}-{name}", **content)
        patient = client.options(request_timeout=120)
        sent = parallel_bulk(patient, _actions(members, prefix), thread_count=2, chunk_size=2000)
        assert all(taken for taken, _ in sent)
        patient.indices.refresh(index=f"{prefix}-*")
        _load_peers(patient, prefix)
        yield _Loaded(client, prefix, facts(members))
        for name in SPECS:
            client.indices.delete(index=f"{prefix}-{name}")


@pytest.fixture(scope="module")
def narrowed(loaded: _Loaded) -> dict[str, list[Facts]]:
    chosen = {
        index: [
            one
            for one in known
            if set(one["region.province"]) & {"山东省", "湖北省"} and one["agency.level"] == ["县"]
        ]
        for index, known in loaded.known.items()
    }
    assert all(chosen.values())
    return chosen


def _actions(members: list[Member], prefix: str) -> Iterator[dict[str, Any]]:
    for member in members:
        extracted = member.extracted
        yield {
            "_index": f"{prefix}-reports",
            "_id": document_id(extracted),
            "_source": prepare(extracted).body,
        }
        for index, documents in (
            ("cells", cells_documents(extracted, member.previous)),
            ("checks", checks_documents(extracted)),
        ):
            for name, document in documents:
                yield {"_index": f"{prefix}-{index}", "_id": name, "_source": to_json(document)}


def _load_peers(client: Elasticsearch, prefix: str) -> None:
    """Let the groups be made from the reports in the index, as a derivation does."""
    made = list(changes(client, f"{prefix}-reports", f"{prefix}-peers"))
    assert all(outcome.ok for outcome in send(client, made))
    client.indices.refresh(index=f"{prefix}-peers")
    assert not list(changes(client, f"{prefix}-reports", f"{prefix}-peers"))


def test_every_index_holds_what_was_made(loaded: _Loaded) -> None:
    for index, known in loaded.known.items():
        count = loaded.client.count(index=f"{loaded.prefix}-{index}")["count"]
        assert count == len(known) > 0


@pytest.mark.parametrize("panel", _PANELS)
def test_a_panel_shows_what_plain_python_counts(loaded: _Loaded, panel: Panel) -> None:
    found = records(panel, loaded.search(panel.index, search_body(panel)))
    expected = numbers(panel, loaded.known[panel.index])
    assert found, "a panel without numbers shows nothing"
    _same(panel, found, expected)


@pytest.mark.parametrize("panel", _PANELS)
def test_a_panel_obeys_the_controls(
    loaded: _Loaded, narrowed: dict[str, list[Facts]], panel: Panel
) -> None:
    chosen = where(region__province=("山东省", "湖北省"), agency__level="县")
    found = records(panel, loaded.search(panel.index, search_body(panel, [chosen])))
    _same(panel, found, numbers(panel, narrowed[panel.index]))


def _same(panel: Panel, found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    keys = [dimension.label for dimension in panel.dimensions]
    assert [[r[k] for k in keys] for r in found] == [[r[k] for k in keys] for r in expected]
    for one, other in zip(found, expected, strict=True):
        for metric in panel.metrics:
            # The server estimates distinct values; the rest is exact but for the last digits.
            rel = 0.02 if metric.op == "unique_count" else 1e-9
            known = other[metric.label]
            # Peers are stored with six digits.
            abs_ = 1e-6 if panel.index == "peers" else 0
            wanted = None if known is None else pytest.approx(known, rel=rel, abs=abs_)
            assert one[metric.label] == wanted, (one, other)


@pytest.mark.parametrize("panel", _PANELS)
def test_a_chart_leaves_out_no_group_unless_it_says_so(loaded: _Loaded, panel: Panel) -> None:
    for dimension in panel.dimensions:
        if isinstance(dimension, Terms) and "前二十" not in panel.title:
            query = panel.where.dsl() if panel.where is not None else {"match_all": {}}
            number = {"cardinality": {"field": dimension.field}}
            body = {"size": 0, "query": query, "aggs": {"number": number}}
            found = loaded.search(panel.index, body)["aggregations"]["number"]["value"]
            # A table of agencies shows the hundred largest; the search above it chooses.
            assert found <= dimension.size or dimension.field == "agency.name"


@pytest.mark.parametrize("control", list(_CONTROLS.values()), ids=lambda c: f"{c.index}:{c.field}")
def test_a_control_has_something_to_offer(loaded: _Loaded, control: Control) -> None:
    found = loaded.search(control.index, control_body(control))["aggregations"]
    known = [v for one in loaded.known[control.index] for v in one[control.field]]
    if control.kind == "range":
        assert found["range"]["min"] == min(known)
        assert found["range"]["max"] == max(known) > min(known)
    else:
        assert found["number"]["value"] == pytest.approx(len(set(known)), rel=0.02)
        assert len(set(known)) > 1


@pytest.mark.parametrize("saved", SEARCHES, ids=lambda saved: saved.id)
def test_a_saved_search_lists_documents_in_order(loaded: _Loaded, saved: SavedSearch) -> None:
    hits = loaded.search(
        saved.index,
        {"size": 20, "sort": [{name: order} for name, order in saved.sort], "_source": False},
    )["hits"]["hits"]
    order = [hit["sort"][0] for hit in hits]
    assert len(order) == 20
    assert order == sorted(order, reverse=saved.sort[0][1] == "desc")


def test_the_server_knows_every_field_as_the_data_views_do(loaded: _Loaded) -> None:
    for index in SPECS:
        caps = loaded.client.field_caps(index=f"{loaded.prefix}-{index}", fields="*")["fields"]
        for path, field in fields(index).items():
            if field.kind == "object":
                continue
            (shown,) = caps[path].values()
            assert shown["aggregatable"] is field.aggregatable, path
            assert shown["metadata_field"] is False


def test_the_preview_shows_every_panel_and_needs_nothing_else(
    loaded: _Loaded, tmp_path: Path
) -> None:
    page = tmp_path / "preview.html"
    titles: list[str] = []
    size = write_page(loaded.client, loaded.prefix, page, titles.append)
    html = page.read_text(encoding="utf-8")
    assert size == page.stat().st_size < 2_000_000
    assert titles == [dashboard.title for dashboard in DASHBOARDS]
    assert "<script" not in html
    assert "src=" not in html
    panels = [panel for dashboard in DASHBOARDS for row in dashboard.rows for panel in row.panels]
    drawn = [p for p in panels if p.kind not in {"metric", "table", "markdown", "search"}]
    assert html.count("<svg") == len(drawn) > 20
    assert html.count('class="panel ') == len(panels)
    assert f'<p class="figure">{_AGENCIES * len(YEARS):,}</p>' in html


def test_the_preview_of_empty_indices_shows_dashes_and_no_error(
    es_server: Server, tmp_path: Path
) -> None:
    prefix = f"{es_server.prefix}-empty"
    with es_server.client() as client:
        for name, spec in SPECS.items():
            client.indices.create(
                index=f"{prefix}-{name}", **for_installation(load(spec), "bigram", {})
            )
        write_page(client, prefix, tmp_path / "empty.html")
        for name in SPECS:
            client.indices.delete(index=f"{prefix}-{name}")
    html = (tmp_path / "empty.html").read_text(encoding="utf-8")
    assert html.count('<p class="figure">–</p>') >= 5  # rates and means of nothing
    assert '<p class="figure">0</p>' in html
    assert html.count("没有符合条件的数据") > 30


def test_the_preview_says_what_to_do_where_there_is_no_index(
    loaded: _Loaded, tmp_path: Path
) -> None:
    with pytest.raises(IndexingError, match="gongkai index apply"):
        write_page(loaded.client, f"{loaded.prefix}-none", tmp_path / "none.html")
    assert not list(tmp_path.iterdir())

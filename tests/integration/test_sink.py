"""The bulk sink on a real server, and on one that fails."""

from __future__ import annotations

import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from tests.integration.faulty_server import Faults, faulty_server
from tests.search_samples import extracted, rejected

from gongkai.errors import BackendError, IndexingError
from gongkai.search.bulk import Retries
from gongkai.search.client import backend_errors, connect
from gongkai.search.documents import prepare
from gongkai.search.generations import Generations
from gongkai.search.schema import REPORTS
from gongkai.search.sink import ReportSink, SinkResult

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from elasticsearch import Elasticsearch
    from tests.elasticsearch_fixture import Server

    from gongkai.model import Extracted
    from gongkai.settings import Settings

pytestmark = pytest.mark.es

#: No waiting in tests.
SOON = Retries(times=3, initial=0.01, longest=0.02)


@pytest.fixture
def settings(es_server: Server, request: pytest.FixtureRequest) -> Iterator[Settings]:
    """Settings of the writer, with an index of this test's own."""
    prefix = f"{es_server.prefix}-{abs(hash(request.node.name)):x}"
    own = {"index_prefix": prefix}
    admin = es_server.settings().model_copy(update=own)
    with connect(admin) as client:
        Generations(client, admin, REPORTS).apply()
    yield es_server.settings("writer").model_copy(update=own)
    es_server.clean(f"{prefix}*")


@pytest.fixture
def client(settings: Settings) -> Iterator[Elasticsearch]:
    with connect(settings) as opened:
        yield opened


def write(
    client: Elasticsearch,
    settings: Settings,
    items: Iterable[Extracted],
    **options: Any,  # noqa: ANN401 - the sink's own
) -> list[SinkResult]:
    return list(ReportSink(client, settings, retries=SOON, **options).write(items))


def statuses(results: Iterable[SinkResult]) -> list[str]:
    return [result.status for result in results]


def count(client: Elasticsearch, settings: Settings) -> int:
    alias = f"{settings.index_prefix}-reports"
    client.indices.refresh(index=alias)
    return int(client.count(index=alias)["count"])


def stored(client: Elasticsearch, settings: Settings, document_id: str) -> dict[str, Any]:
    found = client.get(index=f"{settings.index_prefix}-reports", id=document_id)
    source: dict[str, Any] = found["_source"]
    return source


def agencies(number: int) -> list[Extracted]:
    return [extracted(f"第{n}局", path=f"{n}.txt") for n in range(number)]


# --- what comes out -----------------------------------------------------------------------------


def test_results_come_in_order_and_add_up(client: Elasticsearch, settings: Settings) -> None:
    items = [extracted("甲局", path="a"), rejected("b"), extracted("丙局", path="c")]
    results = write(client, settings, items)
    assert [(r.source_path, r.status, r.reason) for r in results] == [
        ("a", "indexed", ""),
        ("b", "rejected", "empty"),
        ("c", "indexed", ""),
    ]
    assert count(client, settings) == 2


def test_what_is_written_can_be_searched_at_once(client: Elasticsearch, settings: Settings) -> None:
    write(client, settings, [extracted()])
    assert client.count(index=f"{settings.index_prefix}-reports")["count"] == 1


def test_again_is_unchanged(client: Elasticsearch, settings: Settings) -> None:
    assert statuses(write(client, settings, agencies(5))) == ["indexed"] * 5
    before = client.get(index=f"{settings.index_prefix}-reports", id="371312:第0局:2023")[
        "_version"
    ]
    assert statuses(write(client, settings, agencies(5))) == ["unchanged"] * 5
    after = client.get(index=f"{settings.index_prefix}-reports", id="371312:第0局:2023")["_version"]
    assert (before, after, count(client, settings)) == (1, 1, 5)


def test_prepared_documents_are_taken_as_they_are(
    client: Elasticsearch, settings: Settings
) -> None:
    sink = ReportSink(client, settings)
    assert statuses(sink.write(map(prepare, agencies(3)))) == ["indexed"] * 3
    assert statuses(write(client, settings, agencies(3))) == ["unchanged"] * 3


@pytest.mark.parametrize(
    "changed",
    [
        extracted(content="corrected bytes"),
        extracted(received=2),
        extracted(layout_version="2"),
    ],
    ids=["bytes", "number", "layout version"],
)
def test_a_changed_source_is_indexed_again(
    client: Elasticsearch, settings: Settings, changed: Extracted
) -> None:
    write(client, settings, [extracted()])
    assert statuses(write(client, settings, [changed])) == ["indexed"]
    assert count(client, settings) == 1
    digest = prepare(changed).document_digest
    assert stored(client, settings, "371312:河东区商务局:2023")["digest"]["document"] == digest


# --- two sources of one report --------------------------------------------------------------


@pytest.mark.parametrize("batch", [1, 500], ids=["two batches", "one batch"])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_second_source_never_overwrites_the_first_of_its_run(
    client: Elasticsearch,
    settings: Settings,
    batch: int,
    overwrite: bool,  # noqa: FBT001 - a parameter
) -> None:
    items = [
        extracted(path="first", received=1),
        extracted(path="second", received=2),
        extracted(path="copy", received=1),
    ]
    results = write(client, settings, items, batch=batch, overwrite=overwrite)
    assert [(r.status, r.reason) for r in results] == [
        ("indexed", ""),
        ("rejected", "duplicate"),
        ("unchanged", ""),
    ]
    assert "first" in results[1].message
    assert stored(client, settings, "371312:河东区商务局:2023")["source"]["path"] == "first"


@pytest.mark.parametrize("batch", [1, 500], ids=["two batches", "one batch"])
def test_a_second_source_of_the_same_path_never_overwrites_the_first_of_its_run(
    client: Elasticsearch, settings: Settings, batch: int
) -> None:
    # An archive may hold two members of one name, a crawl one address twice.
    twins = [
        extracted(path="a.zip!1.html", received=1),
        extracted(path="a.zip!1.html", received=2, content="other bytes"),
    ]
    for run, first in enumerate(["indexed", "unchanged", "unchanged"]):
        results = write(client, settings, twins, batch=batch)
        assert [(r.status, r.reason) for r in results] == [
            (first, ""),
            ("rejected", "duplicate"),
        ], run
    assert "that one alone" in results[1].hint or "只导入" in results[1].hint
    document = stored(client, settings, "371312:河东区商务局:2023")
    assert document["requests"]["received"]["total"] == 1


def test_another_source_overwrites_an_earlier_run_only_when_told(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, [extracted(path="first")])
    second = [extracted(path="second", received=9)]
    (refused,) = write(client, settings, second)
    assert (refused.reason, "--replace" in refused.hint) == ("duplicate", True)
    assert stored(client, settings, "371312:河东区商务局:2023")["source"]["path"] == "first"
    assert statuses(write(client, settings, second, overwrite=True)) == ["indexed"]
    assert stored(client, settings, "371312:河东区商务局:2023")["source"]["path"] == "second"


def test_a_source_that_is_read_as_another_agency_leaves_no_ghost(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, [extracted("误读局"), extracted("他局", path="b.txt")])
    (result,) = write(client, settings, [extracted("河东区商务局")])
    assert (result.status, result.superseded) == ("indexed", ("371312:误读局:2023",))
    assert count(client, settings) == 2


@pytest.mark.parametrize("batch", [1, 500], ids=["two batches", "one batch"])
def test_sources_that_change_places_are_nobodys_former_documents(
    client: Elasticsearch, settings: Settings, batch: int
) -> None:
    def both(first: int, second: int) -> list[Extracted]:
        return [
            extracted(year=first, path="a", received=1),
            extracted(year=second, path="b", received=2),
        ]

    write(client, settings, both(2022, 2023))
    changed = both(2023, 2022)
    assert [r.reason for r in write(client, settings, changed, batch=batch)] == ["duplicate"] * 2
    results = write(client, settings, changed, batch=batch, overwrite=True)
    assert statuses(results) == ["indexed"] * 2
    for year, path in ((2022, "b"), (2023, "a")):
        document = stored(client, settings, f"371312:河东区商务局:{year}")
        assert document["source"]["path"] == path


@pytest.mark.parametrize("there", [False, True], ids=["created", "overwritten"])
def test_what_another_run_writes_meanwhile_is_looked_at_again(
    client: Elasticsearch,
    settings: Settings,
    es_server: Server,
    there: bool,  # noqa: FBT001 - a parameter
) -> None:
    if there:
        write(client, settings, [extracted(path="mine", received=1)])
    others = [extracted(path="theirs", received=9), extracted("乙局", path="b.txt")]
    faults = Faults(meanwhile=lambda: write(client, settings, others, overwrite=True))
    mine = [
        extracted(path="mine", received=2),
        extracted("乙局", path="b.txt"),
        extracted("丙局", path="c.txt"),
    ]
    with through(settings, es_server, faults) as (faulty, own):
        results = write(faulty, own, mine)
    assert [(r.status, r.reason) for r in results] == [
        ("rejected", "duplicate"),
        ("indexed", ""),  # by whom is all the same
        ("indexed", ""),
    ]
    assert "theirs" in results[0].message
    assert stored(client, settings, "371312:河东区商务局:2023")["source"]["path"] == "theirs"
    assert count(client, settings) == 3


def test_a_request_whose_answer_is_lost_is_sent_again(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    write(client, settings, [extracted("第1局", path="1.txt", received=7)])
    with through(settings, es_server, Faults(lost_answers=1)) as (faulty, own):
        results = write(faulty, own, agencies(3))
    assert statuses(results) == ["indexed"] * 3
    assert statuses(write(client, settings, agencies(3))) == ["unchanged"] * 3


def test_the_same_path_with_other_bytes_is_another_source(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, [extracted("甲局", path="1.html", content="one")])
    (result,) = write(client, settings, [extracted("乙局", path="1.html", content="two")])
    assert (result.status, result.superseded) == ("indexed", ())
    assert count(client, settings) == 2


def test_reports_without_agency_stay_apart(client: Elasticsearch, settings: Settings) -> None:
    items = [extracted(None, path=f"{n}") for n in range(3)]
    assert statuses(write(client, settings, items)) == ["indexed"] * 3
    assert count(client, settings) == 3


# --- what the server refuses ----------------------------------------------------------------


def test_a_document_that_the_mapping_refuses_is_rejected_alone(
    client: Elasticsearch, settings: Settings
) -> None:
    items = agencies(5)
    assert items[2].report is not None
    items[2].report.ext = {"unknown": {"score": 1}}
    results = write(client, settings, items)
    assert statuses(results) == ["indexed", "indexed", "rejected", "indexed", "indexed"]
    assert results[2].reason == "index_refused"
    assert "ext" in results[2].message
    assert "unknown" in results[2].message
    assert count(client, settings) == 4


def test_text_that_json_cannot_hold_is_rejected_alone(
    client: Elasticsearch, settings: Settings
) -> None:
    results = write(client, settings, [extracted(text="\ud800"), extracted("乙局", path="b")])
    assert [r.reason for r in results] == ["index_refused", ""]


def test_busy_documents_are_sent_again(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    faults = Faults(busy_items={"371312:第1局:2023": (429, 2), "371312:第3局:2023": (503, 1)})
    with through(settings, es_server, faults) as (faulty, own):
        results = write(faulty, own, agencies(5))
    assert statuses(results) == ["indexed"] * 5
    assert [len(request) for request in faults.seen] == [5, 2, 1]
    assert count(client, settings) == 5


def test_a_document_that_stays_refused_is_rejected_alone(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    faults = Faults(busy_items={"371312:第1局:2023": (429, 99)})
    with through(settings, es_server, faults) as (faulty, own):
        results = write(faulty, own, agencies(3))
    assert statuses(results) == ["indexed", "rejected", "indexed"]
    assert results[1].reason == "index_refused"
    assert results[1].message.startswith("429")
    assert len(faults.seen) == 1 + SOON.times
    assert count(client, settings) == 2


@pytest.mark.parametrize("block", ["write", "read_only_allow_delete"])
def test_a_blocked_index_stops_the_run_and_costs_no_document(
    client: Elasticsearch, settings: Settings, es_server: Server, block: str
) -> None:
    # The server sets the second one itself when its disk is full, and answers 429, not 403.
    admin = es_server.settings().model_copy(update={"index_prefix": settings.index_prefix})
    write(client, settings, [extracted("丙局", path="first")])
    items = [*agencies(2), extracted("丙局", path="second", received=9)]
    results: list[SinkResult] = []
    with connect(admin) as powerful:
        alias = f"{settings.index_prefix}-reports"
        powerful.indices.put_settings(index=alias, settings={f"index.blocks.{block}": True})
        sink = ReportSink(client, settings, retries=SOON)
        with pytest.raises(BackendError, match=r"takes no documents|暂不可写"):
            results.extend(sink.write(items))
        powerful.indices.put_settings(index=alias, settings={f"index.blocks.{block}": None})
    assert [(r.source_path, r.reason) for r in results] == [("second", "duplicate")]
    assert statuses(write(client, settings, items)) == ["indexed", "indexed", "rejected"]


def test_a_busy_server_is_asked_again(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    with through(settings, es_server, Faults(busy_requests=(429, 2))) as (faulty, own):
        assert statuses(write(faulty, own, agencies(3))) == ["indexed"] * 3
    assert count(client, settings) == 3


def test_a_server_that_stays_busy_is_told(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    with (
        through(settings, es_server, Faults(busy_requests=(503, 99))) as (faulty, own),
        pytest.raises(BackendError, match="503"),
    ):
        write(faulty, own, agencies(3))
    assert count(client, settings) == 0


def test_requests_that_are_too_large_are_halved(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    size = len(prepare(agencies(1)[0]).body)
    items = [*agencies(6), extracted("长文局", path="long", text="长" * size)]
    faults = Faults(largest=int(2.5 * size))
    with through(settings, es_server, faults) as (faulty, own):
        results = write(faulty, own, items)
    assert statuses(results) == ["indexed"] * 6 + ["rejected"]
    assert results[-1].message.startswith("413")
    assert count(client, settings) == 6


@pytest.mark.parametrize("status", [413, 429])
def test_a_document_that_no_server_has_room_for_is_rejected_alone(
    client: Elasticsearch, settings: Settings, es_server: Server, status: int
) -> None:
    items = agencies(4)
    items[1] = extracted("大局", path="large.txt", text="公开" * 1_000_000)
    with through(settings, es_server, Faults(largest=11_000_000, too_large=status)) as (
        faulty,
        own,
    ):
        results = write(faulty, own, items)
    assert statuses(results) == ["indexed", "rejected", "indexed", "indexed"]
    assert results[1].message.startswith(str(status))
    assert count(client, settings) == 3


# --- when the server goes away --------------------------------------------------------------


def test_only_what_was_confirmed_is_counted(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    results: list[SinkResult] = []
    with through(settings, es_server, Faults(die_after=2)) as (faulty, own):
        sink = ReportSink(faulty, own, batch=2, retries=SOON)
        with pytest.raises(BackendError, match=r"127\.0\.0\.1"):
            results.extend(sink.write(agencies(9)))  # extend keeps what came before the error
    assert statuses(results) == ["indexed"] * 4
    assert count(client, settings) == 4
    again = write(client, settings, agencies(9))
    assert statuses(again) == ["unchanged"] * 4 + ["indexed"] * 5
    assert count(client, settings) == 9


def test_a_server_that_is_down_is_named() -> None:
    from gongkai.settings import Settings  # noqa: PLC0415 - a class here, a type above

    down = Settings(es_url="http://127.0.0.1:9", es_user="u", es_password="geheim")  # noqa: S106
    with connect(down) as client, pytest.raises(BackendError, match=r"127\.0\.0\.1:9") as refused:
        ReportSink(client, down)
    assert "geheim" not in str(refused.value)


def test_a_wrong_password_is_told_without_it(settings: Settings) -> None:
    wrong = settings.model_copy(update={"es_password": None})
    with connect(wrong) as client, pytest.raises(BackendError, match="401"):
        ReportSink(client, wrong)


def test_a_user_who_may_only_read_indexes_nothing(
    client: Elasticsearch, settings: Settings, es_server: Server
) -> None:
    assert es_server.separate_roles
    reader = es_server.settings("reader").model_copy(update={"index_prefix": settings.index_prefix})
    results: list[SinkResult] = []
    with connect(reader) as reading, pytest.raises(BackendError, match="403"):
        results.extend(ReportSink(reading, reader).write(agencies(3)))
    assert results == []
    assert count(client, settings) == 0


def test_an_index_that_goes_away_is_not_made_anew(settings: Settings, es_server: Server) -> None:
    with connect(settings) as client:
        sink = ReportSink(client, settings)
        es_server.clean(f"{settings.index_prefix}*")
        with pytest.raises(IndexingError, match="index apply"):
            list(sink.write([extracted()]))
        assert not client.indices.exists(index=f"{settings.index_prefix}-reports")


def test_an_index_that_another_one_replaces_is_told(settings: Settings, es_server: Server) -> None:
    alias = f"{settings.index_prefix}-reports"
    with connect(settings) as client, es_server.client() as admin:
        results = ReportSink(client, settings, batch=1).write(agencies(2))
        assert next(results).status == "indexed"
        before, after = next(iter(admin.indices.get_alias(name=alias))), f"{alias}-v1-of-others"
        found = admin.indices.get(index=before)[before]
        analysis = {"analysis": found["settings"]["index"]["analysis"]}
        admin.indices.create(index=after, mappings=found["mappings"], settings=analysis)
        moved = [{"remove": {"index": before, "alias": alias}}]
        admin.indices.update_aliases(actions=[*moved, {"add": {"index": after, "alias": alias}}])
        with pytest.raises(IndexingError, match=f"{before}.* {after}"):
            list(results)
        assert count(client, settings) == 1


def test_an_answer_that_is_cut_off_is_told_without_it(
    settings: Settings, es_server: Server
) -> None:
    with (
        through(settings, es_server, Faults(half_answers=1)) as (faulty, own),
        pytest.raises(BackendError, match="JSON") as failure,
    ):
        write(faulty, own, agencies(2))
    assert "第0局" not in str(failure.value)


def test_a_list_whose_place_the_server_lost_is_no_missing_index(
    client: Elasticsearch, settings: Settings
) -> None:
    write(client, settings, agencies(3))
    first = client.search(index=f"{settings.index_prefix}-reports", scroll="1m", size=1)
    client.clear_scroll(scroll_id=first["_scroll_id"])
    with pytest.raises(BackendError, match="search context"), backend_errors(client):
        client.scroll(scroll_id=first["_scroll_id"])


_INGEST = """
import sys, time
from gongkai.search.client import connect
from gongkai.search.sink import ReportSink
from gongkai.settings import Settings
from tests.search_samples import extracted

settings = Settings()
def items():
    for n in range(5):
        if n == 4:
            time.sleep(60)
        yield extracted(f"第{n}局", path=f"{n}.txt")
for result in ReportSink(connect(settings), settings, batch=1).write(items()):
    print(result.status, flush=True)
"""


def test_a_killed_run_is_finished_by_the_next(
    client: Elasticsearch,
    settings: Settings,
    es_server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in es_server.environment("writer").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GONGKAI_INDEX_PREFIX", settings.index_prefix)
    monkeypatch.setenv("PYTHONPATH", ":".join(p for p in ["src", ".", *sys.path] if p))
    with subprocess.Popen(
        [sys.executable, "-c", _INGEST], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        seen = [process.stdout.readline().strip() for _ in range(3)]
        process.send_signal(signal.SIGKILL)
    assert seen == ["indexed"] * 3
    results = write(client, settings, agencies(5))
    assert statuses(results)[:3] == ["unchanged"] * 3
    assert count(client, settings) == 5
    assert statuses(write(client, settings, agencies(5))) == ["unchanged"] * 5


@contextmanager
def through(
    settings: Settings, es_server: Server, faults: Faults
) -> Iterator[tuple[Elasticsearch, Settings]]:
    """Return client and settings that reach the server through one that fails."""
    with faulty_server(es_server.connection("writer").url, faults) as url:
        own = settings.model_copy(update={"es_url": url})
        with connect(own) as client:
            yield client, own

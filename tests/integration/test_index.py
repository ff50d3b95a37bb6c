"""Index generations on a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from elasticsearch import BadRequestError
from tests.search_samples import extracted
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.errors import BackendError, IndexingError
from gongkai.search.client import connect
from gongkai.search.generations import Generations
from gongkai.search.indices import SPECS
from gongkai.search.schema import REPORTS
from gongkai.search.sink import ReportSink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from elasticsearch import Elasticsearch
    from tests.elasticsearch_fixture import Server
    from typer.testing import Result

    from gongkai.search.schema import IndexSpec
    from gongkai.settings import Settings

pytestmark = pytest.mark.es

PLUGIN = {"demo": {"score": {"type": "float"}}}
OTHER_PLUGIN = {"other": {"rank": {"type": "integer"}}}


@pytest.fixture
def settings(es_server: Server, request: pytest.FixtureRequest) -> Iterator[Settings]:
    prefix = f"{es_server.prefix}-{abs(hash(request.node.name)):x}"
    yield es_server.settings().model_copy(update={"index_prefix": prefix})
    es_server.clean(f"{prefix}*")


@pytest.fixture
def client(settings: Settings) -> Iterator[Elasticsearch]:
    with connect(settings) as opened:
        yield opened


def generations(client: Elasticsearch, settings: Settings, **options: Any) -> Generations:  # noqa: ANN401
    return Generations(client, settings, REPORTS, **options)


def fill(client: Elasticsearch, settings: Settings, count: int, **options: Any) -> None:  # noqa: ANN401
    sink = ReportSink(client, settings, **options)
    results = list(sink.write(extracted(f"第{n}局", path=f"{n}.txt") for n in range(count)))
    assert {result.status for result in results} == {"indexed"}


def alias_points_to(client: Elasticsearch, alias: str) -> list[str]:
    return list(client.indices.get_alias(name=alias))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_every_mapping_is_accepted(
    client: Elasticsearch, settings: Settings, spec: IndexSpec
) -> None:
    made = Generations(client, settings, spec)
    assert made.plan().change == "create"
    made.apply()
    assert made.plan().change == "nothing"
    assert [g.state for g in made.status()] == ["live"]


def test_before_the_first_apply_the_sink_names_the_step(
    client: Elasticsearch, settings: Settings
) -> None:
    with pytest.raises(IndexingError, match="gongkai index apply"):
        ReportSink(client, settings)
    assert not client.indices.exists(index=f"{settings.index_prefix}-reports")


def test_applying_again_changes_nothing(client: Elasticsearch, settings: Settings) -> None:
    generations(client, settings).apply()
    before = generations(client, settings).status()
    assert generations(client, settings).apply().change == "nothing"
    assert generations(client, settings).status() == before


def test_a_new_mapping_is_a_new_generation_with_all_documents(
    client: Elasticsearch, settings: Settings
) -> None:
    first = generations(client, settings)
    first.apply()
    fill(client, settings, 7)
    changed = generations(client, settings, extensions=PLUGIN)
    plan = changed.plan()
    assert (plan.change, list(plan.differences)) == ("replace", ["extensions"])
    with pytest.raises(IndexingError, match="index plan"):
        ReportSink(client, settings, extensions=PLUGIN)
    steps: list[None] = []
    changed.apply(progress=lambda: steps.append(None))
    live, retired = changed.status()
    assert (live.state, live.documents, live.blocked) == ("live", 7, False)
    assert (retired.state, retired.documents, retired.blocked) == ("retired", 7, True)
    assert alias_points_to(client, changed.alias) == [live.index]
    assert len(steps) == 7
    sources = [
        {hit["_id"]: hit["_source"] for hit in client.search(index=name, size=10)["hits"]["hits"]}
        for name in (live.index, retired.index)
    ]
    assert sources[0] == sources[1]
    assert changed.plan().change == "nothing"


def test_documents_that_the_new_mapping_refuses_change_nothing(
    client: Elasticsearch, settings: Settings
) -> None:
    generations(client, settings, extensions=PLUGIN).apply()
    one = extracted()
    assert one.report is not None
    one.report.ext = {"demo": {"score": 0.5}}
    list(ReportSink(client, settings, extensions=PLUGIN).write([one]))
    changed = generations(client, settings, extensions=OTHER_PLUGIN)
    before = changed.status()
    with pytest.raises(IndexingError, match=r"371312:河东区商务局:2023.*demo"):
        changed.apply()
    assert changed.status() == before
    changed.apply(empty=True)
    assert [g.documents for g in changed.status()] == [0, 1]


def test_rollback_and_forth(client: Elasticsearch, settings: Settings) -> None:
    made = generations(client, settings)
    made.apply()
    with pytest.raises(IndexingError):
        made.rollback()
    fill(client, settings, 2)
    generations(client, settings, extensions=PLUGIN).apply()
    newer, older = made.status()
    left, now = made.rollback()
    assert (left.index, now.index) == (newer.index, older.index)
    assert alias_points_to(client, made.alias) == [older.index]
    assert made.plan().change == "nothing"
    results = list(ReportSink(client, settings).write([extracted("新局", path="new")]))
    assert [result.status for result in results] == ["indexed"]
    assert {g.index: g.state for g in made.status()} == {
        newer.index: "retired",
        older.index: "live",
    }
    made.rollback()
    assert alias_points_to(client, made.alias) == [newer.index]


def test_prune_keeps_the_live_one_and_the_newest_old_ones(
    client: Elasticsearch, settings: Settings
) -> None:
    for extensions in ({}, PLUGIN, OTHER_PLUGIN):
        generations(client, settings, extensions=extensions).apply()
    made = generations(client, settings)
    live, newest, oldest = made.status()
    assert [g.index for g in made.prune(1, dry_run=True)] == [oldest.index]
    assert len(made.status()) == 3
    assert [g.index for g in made.prune(1)] == [oldest.index]
    assert [g.index for g in made.status()] == [live.index, newest.index]
    made.prune(0)
    assert [g.index for g in made.status()] == [live.index]


def test_an_interrupted_apply_leaves_the_live_index_and_is_cleared_away(
    client: Elasticsearch, settings: Settings
) -> None:
    made = generations(client, settings)
    made.apply()
    fill(client, settings, 2)
    (live,) = made.status()
    # What a kill in the middle leaves: the live index closed to writes, a new one without alias.
    client.indices.add_block(index=live.index, block="write")
    client.indices.create(index=f"{made.alias}-v1-29990101t000000000z")
    with pytest.raises(BackendError, match="index status"):
        list(ReportSink(client, settings).write([extracted()]))
    assert [g.state for g in made.status()] == ["unfinished", "live"]
    assert made.apply().change == "unblock"
    assert [r.status for r in ReportSink(client, settings).write([extracted()])] == ["indexed"]
    assert [g.state for g in made.prune()] == ["unfinished"]
    assert [g.index for g in made.status()] == [live.index]


def test_a_failed_apply_opens_the_live_index_again(
    client: Elasticsearch, settings: Settings
) -> None:
    made = generations(client, settings)
    made.apply()
    fill(client, settings, 2)

    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generations(client, settings, extensions=PLUGIN).apply(progress=stop)
    assert [(g.state, g.blocked) for g in made.status()] == [("live", False)]


def test_the_index_is_strict(client: Elasticsearch, settings: Settings) -> None:
    made = generations(client, settings)
    made.apply()
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=made.alias, document={"surprise": 1})


def test_a_reader_may_look_and_not_change(es_server: Server, settings: Settings) -> None:
    assert es_server.separate_roles
    with connect(settings) as admin:
        generations(admin, settings).apply()
    reader = es_server.settings("reader").model_copy(update={"index_prefix": settings.index_prefix})
    with connect(reader) as client:
        made = generations(client, reader)
        assert made.plan().change == "nothing"
        assert [g.state for g in made.status()] == ["live"]
        with pytest.raises(BackendError, match="403"):
            generations(client, reader, extensions=PLUGIN).apply()


def test_an_analysis_that_the_server_lacks_is_named(
    client: Elasticsearch, settings: Settings
) -> None:
    other = settings.model_copy(update={"analyzer": "ik"})
    with pytest.raises(IndexingError, match=r"ik_max_word.*GONGKAI_ANALYZER"):
        generations(client, other).apply()
    assert generations(client, settings).status() == []


# --- the commands -------------------------------------------------------------------------------


@pytest.fixture
def command(
    settings: Settings, es_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Result]:
    for name, value in es_server.environment("admin").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GONGKAI_INDEX_PREFIX", settings.index_prefix)
    monkeypatch.setenv("GONGKAI_LANG", "en")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["index", *arguments])

    return run


def test_plan_apply_status_rollback_prune(
    command: Callable[..., Result], client: Elasticsearch, settings: Settings
) -> None:
    plans = json.loads(command("plan", "--json").stdout)
    assert [plan["change"] for plan in plans] == ["create"] * len(SPECS)
    assert json.loads(command("status", "--json").stdout) == []
    applied = command("apply")
    assert applied.exit_code == 0
    assert applied.stdout.count("created") == len(SPECS)
    assert command("apply").stdout.count("nothing to do") == len(SPECS)
    fill(client, settings, 2)
    generations(client, settings, extensions=PLUGIN).apply()
    # Without the plugin the mapping is another one again.
    (plan,) = json.loads(command("plan", "--index", "reports", "--json").stdout)
    assert (plan["change"], plan["documents"], list(plan["differences"])) == (
        "replace",
        2,
        ["extensions"],
    )
    assert "2 documents" in command("rollback", "reports").stdout
    assert command("plan", "--index", "reports").stdout.count("nothing to do") == 1
    states = json.loads(command("status", "--index", "reports", "--json").stdout)
    assert [(g["state"], g["documents"]) for g in states] == [("retired", 2), ("live", 2)]
    assert "retired" in command("prune", "--keep", "0", "--dry-run").stdout
    assert "retired" in command("prune", "--keep", "0").stdout
    assert [g.state for g in generations(client, settings).status()] == ["live"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["plan", "--index", "nonsense"], 2), (["rollback", "reports"], 4), (["rollback"], 2)],
)
def test_what_cannot_be_done_is_told(
    command: Callable[..., Result], arguments: list[str], code: int
) -> None:
    answer = command(*arguments)
    assert (answer.exit_code, answer.stdout) == (code, "")
    assert answer.stderr

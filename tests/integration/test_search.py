"""Queries on a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.search_samples import extracted
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.errors import BackendError, IndexingError
from gongkai.search.client import connect
from gongkai.search.facets import FacetBucket
from gongkai.search.generations import Generations
from gongkai.search.query import Search, SearchRequest
from gongkai.search.schema import REPORTS
from gongkai.search.sink import ReportSink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.elasticsearch_fixture import Server
    from typer.testing import Result

    from gongkai.search.results import SearchResult
    from gongkai.settings import Settings

    Command = Callable[..., Result]

pytestmark = pytest.mark.es

N = "requests.received.total"
SHANGWU, CAIZHENG, JINGXIN = (
    "371312:河东区商务局:2023",
    "371312:栖霞市财政局:2022",
    "371312:襄阳市经信局:2021",
)


@pytest.fixture(scope="module")
def settings(es_server: Server) -> Iterator[Settings]:
    own = {"index_prefix": f"{es_server.prefix}-search"}
    admin = es_server.settings().model_copy(update=own)
    reports = [
        extracted(
            "河东区商务局", 2023, path="a", received=1, granted=0,
            text="本机关未发生行政复议、行政诉讼。收到申请12.5件。",
        ),
        extracted(
            "栖霞市财政局", 2022, path="b", received=40, granted=20,
            text="共收到申请40件，复核后议定。行政机关依申请公开。",
        ),
        extracted("襄阳市经信局", 2021, path="c", received=None, text="无复杂情况，2023年。"),
    ]  # fmt: skip
    with connect(admin) as client:
        Generations(client, admin, REPORTS).apply()
        results = list(ReportSink(client, admin).write(reports))
    assert [r.document_id for r in results] == [SHANGWU, CAIZHENG, JINGXIN]
    yield es_server.settings("reader").model_copy(update=own)
    es_server.clean(f"{own['index_prefix']}*")


@pytest.fixture
def run(settings: Settings) -> Iterator[Callable[..., SearchResult]]:
    with connect(settings) as client:

        def search(**request: Any) -> SearchResult:  # noqa: ANN401 - the request's own
            index = REPORTS.alias(settings.index_prefix)
            return Search().run(client, index, SearchRequest(**request))

        yield search


def found(result: SearchResult) -> set[str]:
    assert result.total == len(result.hits)
    return {hit.document_id for hit in result.hits}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", {SHANGWU, CAIZHENG, JINGXIN}),
        ("行政复议", {SHANGWU}),
        ('"政复"', {SHANGWU}),
        ("复", {SHANGWU, CAIZHENG, JINGXIN}),
        ("复议", {SHANGWU}),
        ("2023", {SHANGWU, JINGXIN}),
        ("12.5", {SHANGWU}),
        ("行政", {SHANGWU, CAIZHENG}),
        ("行政 申请", {SHANGWU, CAIZHENG}),
        ("商务局 行政", {SHANGWU}),
        ("商务局 依申请公开", set()),
        ("行政復議", {SHANGWU}),
        ('"依申請公開"', {CAIZHENG}),
        ('"行政机关依申请公开"', {CAIZHENG}),
        ('"行政依申请"', set()),
    ],
)
def test_words(run: Callable[..., SearchResult], words: str, ids: set[str]) -> None:
    assert found(run(words=words)) == ids


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        (f"{N}>=10", {CAIZHENG}),
        (f"{N}>1", {CAIZHENG}),
        (f"{N}<=1", {SHANGWU}),
        (f"{N}=1..40", {SHANGWU, CAIZHENG}),
        (f"{N}=1..<40", {SHANGWU}),
        (f"{N} exists", {SHANGWU, CAIZHENG}),
        (f"{N} missing", {JINGXIN}),
        (f"{N}!=1", {CAIZHENG}),
        ("予以公开·总计>=1", {CAIZHENG}),
        ("予以公开·总计=0", {SHANGWU}),
        ("year=2022|2023", {SHANGWU, CAIZHENG}),
        ("year!=2022", {SHANGWU, JINGXIN}),
        (f"year=2021 or {N}>=10", {JINGXIN, CAIZHENG}),
        ("published_on>=2023-02", {SHANGWU}),
        ("发布日期=2023", {CAIZHENG}),
        ("agency.name=河东区商务局", {SHANGWU}),
        ("agency.name=商务局", set()),
        ("agency.name=*局", {SHANGWU, CAIZHENG, JINGXIN}),
        ("agency.name~商务", {SHANGWU}),
        ("机关名称=河东区商务局|襄阳市经信局", {SHANGWU, JINGXIN}),
        ("title~财政局", {CAIZHENG}),
        ("sections.overview=行政", {SHANGWU, CAIZHENG}),
        ("sections.overview!=行政", {JINGXIN}),
        ("sections.problems exists", set()),
        ("cells.blank!=x", {SHANGWU, CAIZHENG, JINGXIN}),
        ("source.path~A", set()),
        (f"{N}<=2147483647", {SHANGWU, CAIZHENG}),
    ],
)
def test_conditions(run: Callable[..., SearchResult], where: str, ids: set[str]) -> None:
    assert found(run(where=(where,))) == ids


def test_conditions_are_joined_by_and_and_with_the_words(
    run: Callable[..., SearchResult],
) -> None:
    assert found(run(words="行政", where=(f"{N}>=1", "year=2023"))) == {SHANGWU}


def test_the_right_report_comes_first(run: Callable[..., SearchResult]) -> None:
    hits = run(words="行政").hits
    assert hits[0].score is not None
    assert hits[0].document_id == SHANGWU  # it holds the word twice


def test_facets_count_all_that_was_found(run: Callable[..., SearchResult]) -> None:
    result = run(facets=("agency.name", f"{N}:0,1,10,100", "year"), size=0)
    assert result.hits == ()
    names = result.facets["agency.name"]
    assert {(b.key, b.count) for b in names.buckets} == {
        ("河东区商务局", 1),
        ("栖霞市财政局", 1),
        ("襄阳市经信局", 1),
    }
    ranges = result.facets[N]
    assert ranges.buckets == (
        FacetBucket("0", 0),
        FacetBucket("1..9", 1),
        FacetBucket("10..99", 1),
        FacetBucket("100..", 0),
    )
    assert ranges.missing == 1
    assert sum(b.count for b in ranges.buckets) + ranges.missing == result.total
    cut = run(facets=("year",), facet_size=1).facets["year"]
    assert (len(cut.buckets), cut.other) == (1, 2)


def test_a_value_below_the_first_bound_is_not_lost(run: Callable[..., SearchResult]) -> None:
    buckets = run(facets=(f"{N}:10",)).facets[N].buckets
    assert buckets == (FacetBucket("..9", 1), FacetBucket("10..", 1))


def test_a_facet_key_is_a_condition(run: Callable[..., SearchResult]) -> None:
    for bucket in run(facets=(f"{N}:0,1,10,100",)).facets[N].buckets:
        assert run(where=(f"{N}={bucket.key}",)).total == bucket.count


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ((f"-{N}",), [CAIZHENG, SHANGWU, JINGXIN]),
        ((N,), [SHANGWU, CAIZHENG, JINGXIN]),
        (("年度",), [JINGXIN, CAIZHENG, SHANGWU]),
        ((), [SHANGWU, CAIZHENG, JINGXIN]),
    ],
)
def test_order(run: Callable[..., SearchResult], sort: tuple[str, ...], order: list[str]) -> None:
    assert [hit.document_id for hit in run(sort=sort).hits] == order


def test_found_words_are_marked_where_they_stand(run: Callable[..., SearchResult]) -> None:
    (hit,) = run(words='"行政复议" 商务局', marks=("[", "]")).hits
    assert hit.highlight["sections.overview"] == [
        "本机关未发生[行政复议]、行政诉讼。收到申请12.5件。"
    ]
    assert hit.highlight["title"] == ["河东区[商务局]2023年政府信息公开工作年度报告"]
    (hit, *_) = run(words="复", sort=("-年度",), marks=("[", "]")).hits
    assert "行政[复]议" in hit.highlight["sections.overview"][0]


def test_parts_of_words_are_not_shown_beside_whole_ones(run: Callable[..., SearchResult]) -> None:
    (hit,) = run(words="行政复议").hits
    assert list(hit.highlight) == ["sections.overview"]
    assert "<em>行政复议</em>" in hit.highlight["sections.overview"][0]


def test_columns(run: Callable[..., SearchResult]) -> None:
    (hit,) = run(where=("year=2022",), columns=("年度", "予以公开·总计")).hits
    assert hit.document == {
        "year": 2022,
        "requests": {"outcome": {"granted": {"total": 20}}},
    }
    assert hit.value("requests.outcome.granted.total") == 20
    assert hit.value(N) is None


def test_a_group_of_columns(run: Callable[..., SearchResult]) -> None:
    (hit,) = run(where=("year=2022",), columns=("requests.received", "quality")).hits
    assert set(hit.document) == {"requests", "quality"}
    assert hit.document["requests"] == {"received": {"total": 40}}


def test_more_hits_than_one_answer_holds_come_in_pages(
    run: Callable[..., SearchResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {"facets": ("year",), "sort": (N,), "columns": ("agency.name",)}
    wanted = run(**asked)
    monkeypatch.setattr("gongkai.search.paging.MAX_SIZE", 1)
    monkeypatch.setattr("gongkai.search.paging._PAGE", 1)
    assert run(**asked) == wanted
    two = run(size=2, **asked)
    assert (two.total, two.hits, two.facets) == (3, wanted.hits[:2], wanted.facets)


# --- the command ----------------------------------------------------------------------------


@pytest.fixture
def command(settings: Settings, es_server: Server, monkeypatch: pytest.MonkeyPatch) -> Command:
    for name, value in es_server.environment("reader").items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("GONGKAI_INDEX_PREFIX", settings.index_prefix)
    monkeypatch.setenv("GONGKAI_LANG", "zh")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["search", *arguments])

    return run


def test_json_is_of_the_public_shape(command: Command) -> None:
    answer = command(
        "行政",
        *("--where", f"{N}>=1", "--where", "year=2022|2023", "--sort", f"-{N}"),
        *("--facet", "agency.name", "--facet", f"{N}:0,1,10,100", "--json"),
    )
    assert answer.exit_code == 0
    shown = json.loads(answer.stdout)
    assert set(shown) == {"total", "hits", "facets"}
    assert shown["total"] == 2
    assert [hit["id"] for hit in shown["hits"]] == [CAIZHENG, SHANGWU]
    first = shown["hits"][0]
    assert (first["agency"]["name"], first["requests"]["received"]["total"]) == ("栖霞市财政局", 40)
    assert first["highlight"]["sections.overview"] == ["<em>行政</em>机关依申请公开。"]
    assert shown["facets"][N] == [
        {"key": "0", "count": 0},
        {"key": "1..9", "count": 1},
        {"key": "10..99", "count": 1},
        {"key": "100..", "count": 0},
    ]
    assert {"key": "河东区商务局", "count": 1} in shown["facets"]["agency.name"]


def test_a_reader_may_turn_pages(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.search.paging.MAX_SIZE", 1)
    monkeypatch.setattr("gongkai.search.paging._PAGE", 1)
    shown = json.loads(command("行政", "--size", "20000", "--json").stdout)
    assert {hit["id"] for hit in shown["hits"]} == {CAIZHENG, SHANGWU}


def test_reports_without_a_value_are_counted_in_a_facet(command: Command) -> None:
    shown = json.loads(command("--facet", N, "--facet-size", "1", "--json").stdout)
    assert shown["facets"][N] == [{"key": 1, "count": 1}, {"key": None, "count": 1}]
    assert shown["facets_other"] == {N: 1}


def test_the_table_shows_words_numbers_and_facets(command: Command) -> None:
    answer = command("行政复议", "--facet", f"{N}:0,1")
    assert answer.exit_code == 0
    assert "共 1 份报告" in answer.stdout
    assert "【行政复议】" in answer.stdout
    assert "本年新收政府信息公开申请数量·总计" in answer.stdout
    nothing = command("--where", f"{N} missing", "--columns", f"agency.name,{N}")
    assert "—" in nothing.stdout


def test_a_search_without_hits_tells_what_each_part_finds(command: Command) -> None:
    answer = command("行政", "--where", "agency.name=商务局", "--where", "year=2023")
    assert answer.stderr.splitlines() == [
        "没有报告同时满足；单独来看：",
        "  行政：2 份",
        "  agency.name=商务局：0 份",
        "  agency.name~商务局：1 份",
        "  year=2023：1 份",
    ]
    assert command("--where", "year=1999").stderr == ""
    assert command("行政", "--where", "year=1999", "--json").stderr == ""


def test_show_query_prints_what_would_be_sent(
    command: Command, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setenv("GONGKAI_ES_URL", "http://127.0.0.1:9")  # nobody is there to ask
    answer = command("行政", "--where", f"{N}>=10", "--show-query")
    assert answer.exit_code == 0
    body = json.loads(answer.stdout)
    with connect(settings) as client:
        found = client.search(index=REPORTS.alias(settings.index_prefix), body=body)
    assert [hit["_id"] for hit in found["hits"]["hits"]] == [CAIZHENG]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--where", "requests.recieved.total>1"], 2, N),
        (["--where", "予以公开>=1"], 2, "予以公开·总计"),
        (["--facet", "title"], 2, "title"),
        (["--size", "-1"], 2, "--size"),
    ],
)
def test_mistakes_are_told(command: Command, arguments: list[str], code: int, told: str) -> None:
    answer = command(*arguments)
    assert answer.exit_code == code
    assert told in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("GONGKAI_ES_URL", "http://127.0.0.1:9", "127.0.0.1:9"),
        ("GONGKAI_ES_PASSWORD", "falsch", "401"),
        ("GONGKAI_INDEX_PREFIX", "elsewhere", "403"),
    ],
)
def test_a_backend_that_does_not_serve_is_exit_four(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    answer = command("行政")
    assert answer.exit_code == 4
    assert told in answer.stderr
    assert "falsch" not in answer.stderr


def test_without_an_index_the_next_step_is_named(settings: Settings) -> None:
    with connect(settings) as client, pytest.raises(IndexingError, match="index apply"):
        Search().run(client, f"{settings.index_prefix}-nothing", SearchRequest())


def test_a_wrong_password_is_told(settings: Settings) -> None:
    wrong = settings.model_copy(update={"es_password": None})
    with connect(wrong) as client, pytest.raises(BackendError, match="401"):
        Search().run(client, REPORTS.alias(settings.index_prefix), SearchRequest())

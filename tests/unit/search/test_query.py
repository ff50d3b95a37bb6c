"""The request as a whole: words, facets, order, columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import UsageError
from gongkai.search import facets
from gongkai.search.fields import extension_fields, report_fields
from gongkai.search.names import FieldNames
from gongkai.search.query import Search, SearchRequest
from gongkai.search.words import Word, split_words

NAMES = FieldNames(report_fields())
N = "requests.received.total"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", []),
        ("，。", []),
        ("行政复议 诉讼", [Word("行政复议", phrase=False), Word("诉讼", phrase=False)]),
        ('"行政 复议" a', [Word("行政 复议", phrase=True), Word("a", phrase=False)]),
        ("“行政复议”", [Word("行政复议", phrase=True)]),
        ('未完"', [Word("未完", phrase=False)]),
    ],
)
def test_words(typed: str, words: list[Word]) -> None:
    assert split_words(typed) == words


@pytest.mark.parametrize(
    ("text", "single"),
    [
        *(("复", True), ("2023", True), ("12.5", True), ("abc", True)),
        *(("复议", False), ("2023年", False), ("a b", False)),
    ],
)
def test_single_tokens(text: str, single: bool) -> None:  # noqa: FBT001 - a parameter
    assert Word(text, phrase=False).single is single


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        (f"{N}:0,1,10,100", ["..-1", "0", "1..9", "10..99", "100.."]),
        (f"{N}：0，10", ["..-1", "0..9", "10.."]),
        ("quality.coverage:0.5,1", ["..<0.5", "0.5..<1", "1.."]),
    ],
)
def test_the_keys_of_ranges_are_conditions(written: str, keys: list[str]) -> None:
    facet = facets.parse(written, NAMES, 20)
    path = facet.field.path
    ranges = facet.aggregations()[path]["range"]["ranges"]
    assert [r["key"] for r in ranges] == keys
    for key in keys:
        Search().body(SearchRequest(where=(f"{path}={key}",)))


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=8, unique=True))
def test_ranges_cover_every_number_once(bounds: list[int]) -> None:
    written = f"{N}:" + ",".join(map(str, sorted(bounds)))
    facet = facets.parse(written, NAMES, 20)
    ranges = facet.aggregations()[N]["range"]["ranges"]
    for value in range(-1001, 1002, 7):
        held = [r for r in ranges if r.get("from", value) <= value < r.get("to", value + 1)]
        assert len(held) == 1


@pytest.mark.parametrize(
    "written", ["title", "provenance", f"{N}:", f"{N}:2,1", f"{N}:1,1", f"{N}:a", "form:1,2", "x"]
)
def test_what_cannot_be_a_facet_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        facets.parse(written, NAMES, 20)


def test_a_request_as_query_dsl() -> None:
    body = Search().body(
        SearchRequest(
            words='行政 "依申请公开"',
            where=(f"{N}>=10", "year=2023"),
            facets=("agency.name", f"{N}:0,10"),
            sort=(f"-{N}", "年度"),
            columns=("年度", "agency.name"),
            size=3,
        )
    )
    query = body["query"]["bool"]
    assert [word["multi_match"]["type"] for word in query["must"]] == ["best_fields", "phrase"]
    assert len(query["filter"]) == 2
    assert set(body["aggs"]) == {"agency.name", "agency.name:missing", N, f"{N}:missing"}
    assert [list(part) for part in body["sort"]] == [
        [N],
        ["year"],
        ["agency.name"],
        ["source.path"],
    ]
    assert body["sort"][0][N] == {"order": "desc", "missing": "_last"}
    assert body["_source"] == ["year", "agency.name"]
    assert body["size"] == 3
    assert body["track_total_hits"] is True


def test_words_without_an_order_are_ranked() -> None:
    assert Search().body(SearchRequest(words="行政"))["sort"][0] == "_score"
    assert "_score" not in Search().body(SearchRequest())["sort"]


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(words="，"),
        SearchRequest(sort=("title",)),
        SearchRequest(columns=("nonsense",)),
        SearchRequest(size=-1),
        SearchRequest(facets=("year", "year:1,2")),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_refused(request_: SearchRequest) -> None:
    with pytest.raises(UsageError):
        Search().body(request_)


def test_fields_of_plugins_can_be_searched() -> None:
    fields = extension_fields(
        {
            "demo": {
                "score": {"type": "float", "meta": {"label": "得分"}},
                "blob": {"type": "binary"},
            }
        }
    )
    assert list(fields) == ["ext.demo.score"]
    body = Search(fields).body(SearchRequest(where=("得分>=0.5",)))
    assert body["query"]["bool"]["filter"] == [{"range": {"ext.demo.score": {"gte": 0.5}}}]

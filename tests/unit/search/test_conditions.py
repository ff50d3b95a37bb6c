"""The condition language."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import UsageError
from gongkai.search.conditions import parse
from gongkai.search.fields import report_fields
from gongkai.search.names import FieldNames

NAMES = FieldNames(report_fields())
N = "requests.received.total"


def where(condition: str) -> dict[str, Any]:
    return parse(condition, NAMES)


def number(**bounds: float) -> dict[str, Any]:
    return {"range": {N: bounds}}


@pytest.mark.parametrize(
    ("written", "query"),
    [
        (f"{N}>=10", number(gte=10)),
        (f"{N} > 10", number(gt=10)),
        (f"{N}<10", number(lt=10)),
        (f"{N}≤10", number(lte=10)),
        (f"{N}\uff1e\uff1d\uff11\uff10", number(gte=10)),  # full width
        (f"{N}=1,000", number(gte=1000, lte=1000)),
        (f"{N}=0", number(gte=0, lte=0)),
        (f"{N}=1..9", number(gte=1, lte=9)),
        (f"{N}=100..", number(gte=100)),
        (f"{N}=..9", number(lte=9)),
        (f"{N}=1..<9", number(gte=1, lt=9)),
        ("本年新收政府信息公开申请数量·总计>=10", number(gte=10)),
        ("本年收费金额>=0.5", {"range": {"proactive.fees.amount": {"gte": 0.5}}}),
        ("行政许可·本年增/减=-3", {"range": {"proactive_2019.licensing.items_change": {
            "gte": -3, "lte": -3}}}),
    ],
)  # fmt: skip
def test_numbers(written: str, query: dict[str, Any]) -> None:
    assert where(written) == query


@pytest.mark.parametrize(
    ("written", "bounds"),
    [
        ("published_on=2024", {"gte": "2024-01-01", "lte": "2024-12-31"}),
        ("published_on=2024-02", {"gte": "2024-02-01", "lte": "2024-02-29"}),
        ("published_on=2024年1月16日", {"gte": "2024-01-16", "lte": "2024-01-16"}),
        ("发布日期>2024-01", {"gt": "2024-01-31"}),
        ("发布日期>=2024-01", {"gte": "2024-01-01"}),
        ("发布日期<2024", {"lt": "2024-01-01"}),
        ("发布日期<=2024", {"lte": "2024-12-31"}),
        ("发布日期=2023..2024-03", {"gte": "2023-01-01", "lte": "2024-03-31"}),
    ],
)
def test_dates(written: str, bounds: dict[str, str]) -> None:
    assert where(written) == {"range": {"published_on": bounds}}


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("agency.name=河东区商务局", {"term": {"agency.name": "河东区商务局"}}),
        ('agency.name="*局"', {"term": {"agency.name": "*局"}}),
        ("agency.name=*商务局", {"wildcard": {"agency.name": {"value": "*商务局"}}}),
        ("source.path~a*b", {"wildcard": {"source.path": {"value": "*a\\*b*"}}}),
        ("form=2021", {"term": {"form": "2021"}}),
    ],
)
def test_names_and_codes(written: str, query: dict[str, Any]) -> None:
    assert where(written) == query


@pytest.mark.parametrize(
    ("written", "field", "kind"),
    [
        ("title=行政复议", "title^1", "best_fields"),
        ('title="行政复议"', "title^1", "phrase"),
        ("title=“行政复议”", "title^1", "phrase"),
        ("title~行政复议", "title^1", "phrase"),
        ("title=复", "title.uni^1", "best_fields"),
        ("title=2023", "title.uni^1", "best_fields"),
        ("agency.name~商务", "agency.name.text^1", "phrase"),
    ],
)
def test_texts(written: str, field: str, kind: str) -> None:
    found = where(written)["multi_match"]
    assert (found["fields"], found["type"]) == ([field], kind)


def test_what_is_typed_in_traditional_characters_is_found_in_simplified_ones() -> None:
    names = [{"term": {"agency.name": name}} for name in ("商務局", "商务局")]
    assert where("agency.name=商務局") == {"bool": {"should": names, "minimum_should_match": 1}}
    patterns = [query["wildcard"] for query in where("agency.id~縣*")["bool"]["should"]]
    assert [found["agency.id"]["value"] for found in patterns] == ["*縣\\**", "*县\\**"]
    texts = [query["multi_match"]["query"] for query in where("body=復議")["bool"]["should"]]
    assert texts == ["復議", "复议"]


def test_presence() -> None:
    assert where(f"{N} exists") == {"exists": {"field": N}}
    assert where("予以公开·总计 有值")["exists"]["field"] == "requests.outcome.granted.total"
    assert where(f"{N} missing") == {"bool": {"must_not": [{"exists": {"field": N}}]}}
    assert where(f"{N} 缺失") == where(f"{N} missing")


def test_unequal_asks_for_a_value() -> None:
    assert where(f"{N}!=0") == {
        "bool": {"filter": [{"exists": {"field": N}}], "must_not": [number(gte=0, lte=0)]}
    }
    assert where("cells.blank!=x")["bool"]["filter"] == []


def test_alternatives() -> None:
    both = where("year=2022|2023")["bool"]
    assert both["minimum_should_match"] == 1
    assert [q["range"]["year"]["gte"] for q in both["should"]] == [2022, 2023]
    assert where("year=2022 or year=2023")["bool"]["should"] == both["should"]
    assert where("year=2022 或 year=2023")["bool"]["should"] == both["should"]
    assert where("year!=2022|2023")["bool"]["must_not"] == [{"bool": both}]


def test_a_label_may_hold_the_character_for_or() -> None:
    found = where("要求行政机关确认或重新出具已获取信息·总计>=1")
    assert list(found["range"]) == ["requests.outcome.not_processed.confirmation_or_reissue.total"]


def test_quotes_protect() -> None:
    assert where('agency.name="a|b or c"') == {"term": {"agency.name": "a|b or c"}}


@pytest.mark.parametrize(
    "written",
    [
        "",
        "year",
        "year=",
        "=2023",
        "year=2022|",
        "year=..",
        "year=2023..2021",
        "year>2022|2023",
        "year>2021..2022",
        "year=abc",
        "year=NaN",
        "year=2023 and form=2021",
        "year~2023",
        "year=99999",
        "published_on=2024-13",
        "published_on=2023-02-30",
        "published_on=yesterday",
        "agency.name>河东区",
        "provenance=1",
        "findings.message=x",
        "予以公开>1",
        "nonsense=1",
        "nonsense exists",
    ],
)
def test_what_cannot_be_read_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        where(written)


@given(st.text(alphabet='year年度=><!~|.,"“” or或2023exists-*', max_size=25))
def test_any_text_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        query = where(text)
    except UsageError:
        return
    assert set(query) & {"range", "term", "wildcard", "exists", "bool", "multi_match"}


@given(st.integers(-(2**31) + 1, 2**31 - 1))
def test_every_count_can_be_written(value: int) -> None:
    assert where(f"{N}={value}") == number(gte=value, lte=value)

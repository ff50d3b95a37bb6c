"""A large made index: a few hundred different reports, each varied into many.

The reports of the test bed are made one by one, which takes milliseconds each. Here some 500 of
them are templates: a document takes one's form, its findings and its narrative, and gets another
agency, region, year and size, so that numbers, names and words are spread as in a real index.
"""

from __future__ import annotations

import re
from random import Random
from typing import TYPE_CHECKING, Any

from elasticsearch.helpers import parallel_bulk
from pydantic_core import to_json

from gongkai.search.documents import report_document
from tests.testbed.population import population

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from elasticsearch import Elasticsearch

#: Each of them makes three templates.
_AGENCIES = 167
#: Narratives that a document puts together: those of the test bed are short.
_NARRATIVES = 3
_YEARS = range(2008, 2026)
_COUNTS = frozenset({"proactive", "proactive_2019", "requests", "disputes", "indicators"})
_NUMBER = re.compile(r"\d+")
_THREADS = 3

Document = dict[str, Any]


def templates() -> list[Document]:
    """Return the documents that all others are made of."""
    return [report_document(member.extracted) for member in population(_AGENCIES)]


def documents(count: int, made: list[Document], seed: int = 1) -> Iterator[tuple[str, Document]]:
    """Yield ``_id`` and document of a number of reports, the same on every run."""
    rng = Random(seed)
    for number in range(count):
        base, place = rng.choice(made), rng.choice(made)
        agency = f"{place['agency']['name']}{number % 9973}"
        year = rng.choice(_YEARS)
        document = {k: scaled(v, rng) if k in _COUNTS else v for k, v in base.items()}
        document |= {
            "agency": {**place["agency"], "id": f"B{number:07}", "name": agency},
            "region": place.get("region", {}),
            "year": year,
            "period": f"{year}-07-01",
            "published_on": f"{year + 1}-01-{rng.randrange(1, 32):02}",
            "title": f"{agency}{year}年政府信息公开工作年度报告",
            "source": {**base["source"], "path": f"{number:07}.html", "sha256": _hex(rng)},
            "digest": {"report": _hex(rng), "document": _hex(rng), "derived": _hex(rng)},
        }
        document["source"]["url"] = f"https://www.example.gov.cn/{year}/{rng.getrandbits(40)}.html"
        told = [base, *rng.sample(made, _NARRATIVES - 1)]
        sections: dict[str, str] = {}
        for one in told:
            for name, text in one.get("sections", {}).items():
                varied = _varied(text, one["agency"]["name"], agency, rng)
                sections[name] = f"{sections[name]}\n{varied}" if name in sections else varied
        document["sections"] = sections
        document["body"] = "\n\n".join(sections.values())
        yield f"B{number:07}:{year}", document


def scaled(tree: Document, rng: Random) -> Document:
    """Return the numbers of one part times one factor; zeros and rates stay as they are."""
    factor = rng.lognormvariate(0, 1)

    def scale(value: Any) -> Any:  # noqa: ANN401 - a tree of numbers
        if isinstance(value, dict):
            return {name: scale(part) for name, part in value.items()}
        return int(value * factor) if isinstance(value, int) else value

    result: Document = scale(tree)
    return result


def _varied(text: str, old: str, new: str, rng: Random) -> str:
    return _NUMBER.sub(
        lambda found: found[0] if len(found[0]) == 4 else str(rng.randrange(10 ** len(found[0]))),
        text.replace(old, new),
    )


def _hex(rng: Random) -> str:
    return f"{rng.getrandbits(256):064x}"


def fill(client: Elasticsearch, index: str, made: Iterable[tuple[str, Document]]) -> int:
    """Index documents in parallel and return how many the server confirmed; all must be."""
    actions = ({"_index": index, "_id": i, "_source": to_json(d)} for i, d in made)
    count = 0
    for ok, item in parallel_bulk(
        client,
        actions,
        thread_count=_THREADS,
        chunk_size=500,
        expand_action_callback=_raw,  # type: ignore[arg-type] # the document is JSON already
    ):
        assert ok, item
        count += 1
    client.indices.refresh(index=index)
    return count


def _raw(action: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    return {"index": {"_index": action["_index"], "_id": action["_id"]}}, action["_source"]

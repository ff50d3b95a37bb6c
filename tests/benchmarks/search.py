"""Measure searches on a large made index: words, numbers and facets, apart and together.

    python -m tests.benchmarks.search --reports 100000 --rounds 200 --variants 10000

Runs on ``GONGKAI_ES_URL``, or else on a local node of its own that is stopped at the end, under a
prefix of its own that is deleted at the end. The kinds of query take turns, so that a noisy machine
disturbs them alike, and every query has other words and bounds than the one before, so that no
answer comes from a cache. The variants of the mapping are measured on smaller sets, each merged
into one segment; their queries take turns, too.
"""

from __future__ import annotations

import argparse
import time
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from gongkai import node
from gongkai.cli.backend import backend
from gongkai.search.fields import NUMERIC, report_fields
from gongkai.search.mapping import load
from gongkai.search.query import DEFAULT_COLUMNS, Search, SearchRequest
from gongkai.search.schema import REPORTS, for_installation
from gongkai.settings import Settings
from tests.benchmarks.made_index import documents, fill, templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from elasticsearch import Elasticsearch

    from gongkai.search.results import SearchResult
    from tests.benchmarks.made_index import Document

_PREFIX = "gongkai-bench"
_NODE_FOLDER = Path(__file__).resolve().parents[2] / ".gongkai" / "bench-node"
_ALL = "words + 5 ranges + 10 facets"
_WORDS = ("政府信息公开", "主动公开", "依申请公开", "行政复议", "行政诉讼", "监督", "培训", "平台")
_NUMBERS = (
    "requests.received.total",
    "requests.carried_in.total",
    "requests.outcome.granted.total",
    "requests.outcome.total.natural_person",
    "disputes.reconsideration.total",
)
_FACETS = (
    "year",
    "form",
    "agency.kind",
    "agency.level",
    "region.province",
    "quality.verdict",
    "source.layout",
    "requests.received.total:0,1,10,100,1000",
    "requests.outcome.granted.total:0,1,10,100",
    "disputes.reconsideration.total:0,1,10",
)


def requests(rng: Random) -> dict[str, SearchRequest]:
    """Return one query of each kind, with the same words and bounds."""
    words = rng.choice(_WORDS)
    ranges = tuple(f"{path}={rng.randrange(3)}..{rng.randrange(20, 5000)}" for path in _NUMBERS)
    return {
        kind: replace(request, columns=DEFAULT_COLUMNS)
        for kind, request in {
            _ALL: SearchRequest(words=words, where=ranges, facets=_FACETS),
            "5 ranges + 10 facets": SearchRequest(where=ranges, facets=_FACETS),
            "words": SearchRequest(words=words),
            "10 facets": SearchRequest(facets=_FACETS),
            "match_all": SearchRequest(),
        }.items()
    }


Body = dict[str, Any]


def _numbers(body: Body) -> Iterator[Body]:
    """Yield the properties of the numbers of the form and of the indicators."""
    properties = body["mappings"]["properties"]
    for path, field in report_fields().items():
        root, *names = path.split(".")
        if field.kind in NUMERIC and root in {"proactive", "requests", "disputes", "indicators"}:
            level = properties[root]
            for name in names:
                level = level["properties"][name]
            yield level


def _doc_values_only(body: Body) -> None:
    for number in _numbers(body):
        number["index"] = False


def _default_codec(body: Body) -> None:
    body["settings"]["index"]["codec"] = "default"


def _sorted(body: Body) -> None:
    body["settings"]["index"]["sort"] = {"field": ["year", "agency.name"], "order": ["desc", "asc"]}


VARIANTS: dict[str, Callable[[Body], None]] = {
    "as shipped": lambda _: None,
    "numbers: doc_values only": _doc_values_only,
    "codec default": _default_codec,
    "sorted by year and agency": _sorted,
}


def create(client: Elasticsearch, name: str, change: Callable[[Body], None]) -> str:
    """Create an index from the shipped mapping with a change; return its name."""
    body = deepcopy(for_installation(load(REPORTS), "bigram", {}))
    change(body)
    body["settings"]["index"]["refresh_interval"] = -1  # filling ends with a refresh
    index = f"{_PREFIX}-{name}"
    client.indices.create(index=index, settings=body["settings"], mappings=body["mappings"])
    return index


def size(client: Elasticsearch, index: str) -> float:
    """Return the bytes that a report takes on disk."""
    client.indices.flush(index=index)
    stats = client.indices.stats(index=index, metric="store,docs")["_all"]["primaries"]
    return float(stats["store"]["size_in_bytes"] / stats["docs"]["count"])


def measure(
    runs: Mapping[str, Callable[[Random], SearchResult]], rounds: int
) -> tuple[dict[str, list[float]], dict[str, float]]:
    """Return the milliseconds of each kind of query and its mean number of hits.

    All kinds of one round have the same words and bounds; a first tenth warms the server up.
    """
    times: dict[str, list[float]] = {name: [] for name in runs}
    totals: dict[str, list[int]] = {name: [] for name in runs}
    for number in track(range(rounds + rounds // 10), "searching"):
        for name, run in runs.items():
            start = time.perf_counter()
            found = run(Random(number))
            elapsed = 1000 * (time.perf_counter() - start)
            if number >= rounds // 10:
                times[name].append(elapsed)
                totals[name].append(found.total)
    return times, {name: fmean(counts) for name, counts in totals.items()}


def _row(values: list[float]) -> tuple[str, str]:
    cuts = quantiles(values, n=20)
    return f"{cuts[9]:.1f}", f"{cuts[18]:.1f}"


def large(client: Elasticsearch, made: list[Document], count: int, rounds: int) -> None:
    """Fill an index as shipped, measure every kind of query, print."""
    index = create(client, "large", VARIANTS["as shipped"])
    start = time.perf_counter()
    filled = fill(client, index, track(documents(count, made), "indexing", total=count))
    seconds = time.perf_counter() - start
    search = Search()

    def run(kind: str, rng: Random) -> SearchResult:
        return search.run(client, index, requests(rng)[kind])

    kinds = requests(Random(0))
    times, hits = measure({kind: partial(run, kind) for kind in kinds}, rounds)
    console = Console()
    console.print(
        f"{filled} reports made and indexed in {seconds:.0f} s; "
        f"{size(client, index):.0f} bytes a report; {rounds} rounds"
    )
    table = Table("query", "mean hits", "p50 ms", "p95 ms", "p50 to match_all")
    base = quantiles(times["match_all"], n=20)[9]
    for kind, values in times.items():
        ratio = f"{quantiles(values, n=20)[9] / base:.1f}"
        table.add_row(kind, f"{hits[kind]:.0f}", *_row(values), ratio)
    console.print(table)


def variants(client: Elasticsearch, made: list[Document], count: int, rounds: int) -> None:
    """Fill an index for each variant of the mapping, measure the whole query, print."""
    search, indices, seconds = Search(), {}, {}
    for number, (name, change) in enumerate(VARIANTS.items()):
        indices[name] = index = create(client, f"variant{number}", change)
        start = time.perf_counter()
        fill(client, index, track(documents(count, made), name, total=count))
        client.indices.forcemerge(index=index, max_num_segments=1)
        seconds[name] = time.perf_counter() - start

    def run(index: str, kind: str, rng: Random) -> SearchResult:
        return search.run(client, index, requests(rng)[kind])

    runs = {
        f"{name}/{kind}": partial(run, index, kind)
        for name, index in indices.items()
        for kind in (_ALL, "match_all")
    }
    times, _ = measure(runs, rounds)
    table = Table(
        "mapping", "bytes a report", "fill + merge s", "p50 ms", "p95 ms", "match_all p50", "p95"
    )
    for name, index in indices.items():
        whole, plain = times[f"{name}/{_ALL}"], times[f"{name}/match_all"]
        bytes_each = f"{size(client, index):.0f}"
        table.add_row(name, bytes_each, f"{seconds[name]:.0f}", *_row(whole), *_row(plain))
    console = Console()
    console.print(f"variants of the mapping, {count} reports each, one segment, {_ALL}")
    console.print(table)


@contextmanager
def _server() -> Iterator[Elasticsearch]:
    settings = Settings()
    own = settings.es_url is None
    if own:
        settings = settings.model_copy(update={"state_dir": _NODE_FOLDER})
        node.start(settings)
    try:
        with backend(settings, "admin") as client:
            slow = client.options(request_timeout=600)
            try:
                _delete(slow)
                yield slow
            finally:
                _delete(slow)
    finally:
        if own:
            node.stop(settings)


def _delete(client: Elasticsearch) -> None:
    for name in client.indices.get_alias(index=f"{_PREFIX}-*"):
        client.indices.delete(index=name)


def main() -> None:
    """Fill indices, search them and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--variants", type=int, default=10_000, help="reports each; 0: none")
    arguments = parser.parse_args()
    made = templates()
    with _server() as client:
        if arguments.variants:
            variants(client, made, arguments.variants, arguments.rounds)
            _delete(client)
        large(client, made, arguments.reports, arguments.rounds)


if __name__ == "__main__":
    main()

"""Measure searches on a large made index: words, numbers and facets, apart and together.

    python -m tests.benchmarks.search --reports 100000 --rounds 200

Runs on ``GONGKAI_ES_URL`` or on the local node (``gongkai node start``), under a prefix of its own
that is deleted at the end. The kinds of query take turns, so that a noisy machine disturbs them
alike, and every query has other words and bounds than the one before.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from random import Random
from statistics import quantiles
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import track
from rich.table import Table

from gongkai.cli.backend import backend
from gongkai.search.generations import Generations
from gongkai.search.query import DEFAULT_COLUMNS, Search, SearchRequest
from gongkai.search.schema import REPORTS
from gongkai.search.sink import ReportSink
from gongkai.settings import Settings
from tests.testbed.population import population

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elasticsearch import Elasticsearch

    from gongkai.model import Extracted

#: Agencies that are made one by one; more reports are these under other names.
_AGENCIES = 1000
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


def reports(count: int) -> Iterator[Extracted]:
    """Make reports; all of them belong to different agencies and years."""
    made = [member.extracted for member in population(min(_AGENCIES, count // 3 + 1))]
    for number in range(count):
        turn, place = divmod(number, len(made))
        extracted = made[place]
        assert extracted.report is not None
        agency = extracted.report.agency
        other = agency.model_copy(update={"id": f"{agency.id or place}-{turn}"})
        report = extracted.report.model_copy(update={"agency": other})
        source = extracted.source.model_copy(update={"path": f"{turn}/{extracted.source.path}"})
        yield extracted.model_copy(update={"source": source, "report": report})


def requests(rng: Random) -> dict[str, SearchRequest]:
    """Return one query of each kind, with the same words and bounds."""
    words = rng.choice(_WORDS)
    ranges = tuple(f"{path}={rng.randrange(3)}..{rng.randrange(20, 5000)}" for path in _NUMBERS)
    return {
        kind: replace(request, columns=DEFAULT_COLUMNS)
        for kind, request in {
            "words + 5 ranges + 10 facets": SearchRequest(
                words=words, where=ranges, facets=_FACETS
            ),
            "5 ranges + 10 facets": SearchRequest(where=ranges, facets=_FACETS),
            "words": SearchRequest(words=words),
            "10 facets": SearchRequest(facets=_FACETS),
            "everything": SearchRequest(),
        }.items()
    }


def measure(client: Elasticsearch, index: str, rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds of each query, by kind; a first tenth warms the server up."""
    rng, search = Random(7), Search()
    times: dict[str, list[float]] = {}
    for number in track(range(rounds + rounds // 10), "searching"):
        for kind, request in requests(rng).items():
            start = time.perf_counter()
            search.run(client, index, request)
            if number >= rounds // 10:
                times.setdefault(kind, []).append(1000 * (time.perf_counter() - start))
    return times


def main() -> None:
    """Fill an index, search it and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=100)
    arguments = parser.parse_args()
    console = Console()
    settings = Settings().model_copy(update={"index_prefix": "gongkai-bench"})
    with backend(settings, "admin") as client:
        generations = Generations(client, settings, REPORTS)
        try:
            generations.apply()
            start = time.perf_counter()
            sink = ReportSink(client, settings)
            made = track(reports(arguments.reports), "indexing", total=arguments.reports)
            results = [result.status for result in sink.write(made)]
            seconds = time.perf_counter() - start
            times = measure(client, generations.alias, arguments.rounds)
            client.indices.flush(index=generations.alias)
            stats = client.indices.stats(index=generations.alias, metric="store,docs")
        finally:
            for name in client.indices.get_alias(index="gongkai-bench-*"):
                client.indices.delete(index=name)
    primaries = stats["_all"]["primaries"]
    count = primaries["docs"]["count"]
    size = primaries["store"]["size_in_bytes"]
    console.print(
        f"{results.count('indexed')} of {len(results)} reports indexed in {seconds:.0f} s, "
        f"{size / count:.0f} bytes a report"
    )
    table = Table("query", "p50 ms", "p95 ms", "p50 to everything")
    base = quantiles(times["everything"], n=20)[9]
    for kind, values in times.items():
        cuts = quantiles(values, n=20)
        table.add_row(kind, f"{cuts[9]:.1f}", f"{cuts[18]:.1f}", f"{cuts[9] / base:.1f}")
    console.print(table)


if __name__ == "__main__":
    main()

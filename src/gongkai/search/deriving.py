"""What follows from the reports in the index: cells, checks, peers, the comparison with last year.

``gongkai-cells`` and ``gongkai-checks`` hold nothing that the reports do not imply, and a report's
comparison with last year depends on another report. So they are made from the index, after an
ingest, in whatever order the reports arrived. A report's ``digest.derived`` names what it was
derived from: its own content, last year's, and the side indices it went to. Where that differs from
what is there now, it is derived again; what was interrupted is finished by the next run.

A document that was just written has no such mark, and :func:`gongkai.search.deletion.forget` takes
it away. So the reports without a mark, and those on the year after theirs, are all that an ingest
or a deletion has left to do, and what an interrupted one left as well.

``gongkai-peers`` is brought up to date by every run: a group is made anew when a report in it was
written, came or went (:mod:`gongkai.search.peers`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from elasticsearch.helpers import scan
from pydantic_core import to_json

from gongkai.checks import cell_values, crossyear
from gongkai.enrichment import with_previous
from gongkai.search.bulk import refused, send
from gongkai.search.client import backend_errors
from gongkai.search.documents import document_id, facets_of, of_year, restore
from gongkai.search.generations import Generations
from gongkai.search.peers import PEERS_INDEX, changes
from gongkai.search.schema import REPORTS
from gongkai.search.side_indices import (
    CELLS_INDEX,
    CHECKS_INDEX,
    cells_documents,
    checks_documents,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from elasticsearch import Elasticsearch

    from gongkai.model import Extracted, Report
    from gongkai.search.bulk import Action
    from gongkai.settings import Settings

#: Raised when other code would derive other documents from the same reports.
_VERSION = "1"
#: Reports that are derived together; each has some 200 cells.
_BATCH = 40
#: What of a report tells whether it is up to date, and which report is that of another year.
IDENTITY = ("digest", "agency", "region", "year")
_UNMARKED = {"bool": {"must_not": [{"exists": {"field": "digest.derived"}}]}}

Hit = dict[str, Any]


@dataclass
class Derived:
    """What a run did.

    Attributes:
        seen: reports looked at.
        derived: reports whose cells, checks and comparison were written.
        postponed: reports that were written by somebody else meanwhile; the next run takes them.
    """

    seen: int = 0
    derived: int = 0
    postponed: int = 0


@dataclass
class _Work:
    """One report to derive: its document, last year's, and the mark of both."""

    hit: Hit
    previous: Hit | None
    mark: str
    extracted: Extracted = field(init=False)
    last: Report | None = field(init=False)

    def __post_init__(self) -> None:
        self.extracted = restore(self.hit["_source"])
        self.last = restore(self.previous["_source"]).report if self.previous else None


class Deriver:
    """Brings the side indices, and the reports' comparison with last year, up to date.

    Args:
        client: a client with the rights of the role ``writer``.
        settings: prefix and analyzer.
        extensions: fields that plugins register, by plugin name.

    Raises:
        IndexingError: one of the indices is missing, or was made from another mapping.
    """

    def __init__(
        self,
        client: Elasticsearch,
        settings: Settings,
        extensions: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        self._client = client
        reports, *sides = (
            Generations(client, settings, spec, extensions)
            for spec in (REPORTS, CELLS_INDEX, CHECKS_INDEX)
        )
        reports.require_current()
        self._reports = reports.alias
        self._sides = [side.alias for side in sides]
        live = [side.require_current() for side in sides]
        peers = Generations(client, settings, PEERS_INDEX, extensions)
        peers.require_current()
        self._peers = peers.alias
        self._empty = not any(side.documents for side in live)
        self._targets = [side.index for side in live]

    def run(
        self, step: Callable[[], None] = lambda: None, *, only_unmarked: bool = False
    ) -> Derived:
        """Derive what is not up to date.

        Args:
            step: called for each report looked at.
            only_unmarked: look only at what an ingest or a deletion left to do, not at every
                report. A new generation of a side index is filled by a run over all of them.

        Raises:
            IndexingError: the server refuses a derived document; its report stays underived.
            BackendError: the server went away; the next run goes on.
        """
        done = Derived()
        aliases = [self._reports, *self._sides]
        query: dict[str, Any] = {"query": _UNMARKED} if only_unmarked else {}
        query["_source"] = list(IDENTITY)
        with backend_errors(self._client):
            self._client.indices.refresh(index=aliases)
            for hits in _batches(scan(self._client, query=query, index=self._reports, size=200)):
                if only_unmarked:
                    # First, so that the mark that leads here is not set before they are done.
                    self._batch(self._next_year(hits), done)
                self._batch(hits, done)
                done.seen += len(hits)
                for _ in hits:
                    step()
            if done.derived:
                self._client.indices.refresh(index=aliases)
            if actions := list(changes(self._client, self._reports, self._peers)):
                self._send(actions)
                self._client.indices.refresh(index=self._peers)
        return done

    def _next_year(self, hits: Sequence[Hit]) -> list[Hit]:
        """Return the reports on the year after; those without a mark have their own turn."""
        ids = [i for hit in hits if (i := of_year(hit["_source"], 1))]
        found = self._documents(ids, only=IDENTITY)
        return [hit for hit in found.values() if hit["_source"]["digest"].get("derived")]

    def _batch(self, hits: Sequence[Hit], done: Derived) -> None:
        before = {hit["_id"]: of_year(hit["_source"], -1) for hit in hits}
        last = self._documents([i for i in before.values() if i], only=("digest",))
        marks = {hit["_id"]: self._mark(hit, last.get(before[hit["_id"]] or "")) for hit in hits}
        stale = [
            hit["_id"]
            for hit in hits
            if hit["_source"]["digest"].get("derived") != marks[hit["_id"]]
        ]
        wanted = {before[i] or "" for i in stale} & last.keys()
        found = self._documents([*stale, *wanted])
        work = []
        for i in stale:
            if (hit := found.get(i)) is not None:
                previous = found.get(before[i] or "")
                work.append(_Work(hit, previous, self._mark(hit, previous)))
        if work:
            self._write_sides(work)
            self._write_reports(work, done)

    def _documents(self, ids: Sequence[str], only: Sequence[str] = ("*",)) -> dict[str, Hit]:
        if not ids:
            return {}
        answer = self._client.mget(
            index=self._reports, ids=list(dict.fromkeys(ids)), source_includes=list(only)
        )
        return {hit["_id"]: hit for hit in answer["docs"] if hit.get("found")}

    def _mark(self, hit: Hit, previous: Hit | None) -> str:
        digests = [h["_source"]["digest"]["document"] if h else "" for h in (hit, previous)]
        text = "\n".join([_VERSION, *self._targets, *digests])
        return hashlib.sha256(text.encode()).hexdigest()

    def _write_sides(self, work: Sequence[_Work]) -> None:
        for one in work:
            report = one.extracted.report
            if report is not None and one.last is not None:
                one.extracted.findings += crossyear.compare(
                    report, cell_values(report), one.last, cell_values(one.last)
                )
        keys = [document_id(one.extracted) for one in work]
        for alias, made in zip(
            self._sides,
            (
                [d for one in work for d in cells_documents(one.extracted, one.last)],
                [d for one in work for d in checks_documents(one.extracted)],
            ),
            strict=True,
        ):
            stale = set() if self._empty else self._side_ids(alias, keys)
            stale -= {i for i, _ in made}
            actions: list[Action] = [
                ({"index": {"_index": alias, "_id": i}}, to_json(document)) for i, document in made
            ]
            actions += [({"delete": {"_index": alias, "_id": i}}, None) for i in sorted(stale)]
            self._send(actions)

    def _side_ids(self, alias: str, keys: Sequence[str]) -> set[str]:
        query = {"query": {"terms": {"report": list(keys)}}, "_source": False}
        return {hit["_id"] for hit in scan(self._client, index=alias, query=query, size=5000)}

    def _write_reports(self, work: Sequence[_Work], done: Derived) -> None:
        """Put comparison and findings into the reports; the mark last, so that it is true."""
        actions: list[Action] = []
        for one in work:
            report, findings = one.extracted.report, one.extracted.findings
            if report is None:
                continue
            with_previous(report, one.last)
            # What extraction found stays in findings.detail, from which this is derived again.
            shown = {k: v for k, v in facets_of(findings).items() if k != "detail"}
            counts = {
                "critical": sum(f.severity == "critical" for f in findings),
                "warnings": sum(f.severity == "warning" for f in findings),
            }
            changed = {
                "indicators": report.indicators,
                "findings": shown,
                "quality": counts,
                "digest": {"derived": one.mark},
            }
            target = {
                "_index": self._reports,
                "_id": one.hit["_id"],
                # Not over what an ingest wrote meanwhile: its cells would be those of before.
                "if_seq_no": one.hit["_seq_no"],
                "if_primary_term": one.hit["_primary_term"],
            }
            actions.append(({"update": target}, to_json({"doc": changed})))
        postponed = self._send(actions)
        done.postponed += postponed
        done.derived += len(actions) - postponed

    def _send(self, actions: Sequence[Action]) -> int:
        """Send actions; return how many met a newer document."""
        conflicts = 0
        for outcome in send(self._client, actions, require_alias=True):
            if outcome.status == HTTPStatus.CONFLICT:
                conflicts += 1
            elif not outcome.ok and outcome.status != HTTPStatus.NOT_FOUND:  # deleted already
                raise refused(self._client, outcome)
        return conflicts


def _batches(hits: Iterable[Hit]) -> Iterator[list[Hit]]:
    batch: list[Hit] = []
    for hit in hits:
        batch.append(hit)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch

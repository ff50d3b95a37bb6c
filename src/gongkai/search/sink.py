"""The bulk sink: reports go in, one result per report comes out, nothing is lost in between.

What happens to a report whose ``_id`` the index already holds:

====================================  =========================================================
the document there has                result
====================================  =========================================================
the same content and source           ``unchanged``
the same source path, other content   ``indexed``: the source was corrected, or is read better
another source path, the same report  ``unchanged``: a copy; the first one stays
another source path, another report   ``rejected`` as ``duplicate``: two sources cannot both be
                                      that agency's report on that year
====================================  =========================================================

With ``replace`` the last two overwrite what an earlier run left. Within one run a second source
never overwrites the first, whatever ``replace`` says, and even if it has the same path: an archive
may hold two members of one name, a crawl the same address twice.

A source whose bytes are the same but which is now read as another agency or year leaves a document
under its former ``_id``: that one is deleted once the new one is confirmed, and named.

The sink looks before it writes, and what another program wrote in between is not overwritten: it
looks again. At the end it makes sure that the alias still leads to the index that it wrote to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

from gongkai.errors import BackendError, IndexingError, Reason
from gongkai.messages import say
from gongkai.model import Extracted
from gongkai.search.bulk import Retries, send
from gongkai.search.client import address, backend_errors, forbidden, is_block, missing_index
from gongkai.search.deletion import delete, forget
from gongkai.search.documents import Prepared, prepare
from gongkai.search.generations import Generations
from gongkai.search.lookup import existing, former
from gongkai.search.schema import REPORTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from elasticsearch import Elasticsearch

    from gongkai.search.bulk import Action, Outcome
    from gongkai.settings import Settings

#: Reports and bytes that are looked up and sent together.
_BATCH, _BATCH_BYTES = 500, 10 * 1024 * 1024
#: How often a report is looked up again that another program wrote meanwhile.
_LOOKS = 5
#: Statuses that say nothing about one document: no user, no privilege or a blocked index, no index.
_EVERY_ITEM = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class SinkResult:
    """What became of one report.

    Attributes:
        source_path: where it came from.
        document_id: its ``_id``, or ``""`` for one that has none.
        status: ``indexed`` (the server confirmed it), ``unchanged`` or ``rejected``.
        reason: reason code of a rejection, else ``""``.
        message: why it was rejected, or which source it is a copy of, else ``""``.
        hint: what to do about a rejection, else ``""``.
        superseded: documents of the same source that were deleted, by ``_id``.
    """

    source_path: str
    document_id: str
    status: Literal["indexed", "unchanged", "rejected"]
    reason: str = ""
    message: str = ""
    hint: str = ""
    superseded: tuple[str, ...] = ()


@dataclass(slots=True)
class _Written:
    """What became of the reports of a batch, by ``_id``.

    Attributes:
        decided: what was to be done with each.
        outcomes: the server's answer for those that were sent, if it is known.
        earlier: documents of the same source under former ``_id``.
        failure: what stopped the rest.
    """

    decided: dict[str, SinkResult] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    earlier: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failure: BackendError | IndexingError | None = None

    def results(self, batch: Iterable[SinkResult | Prepared]) -> Iterator[SinkResult]:
        """Yield what is known of each entry of the batch, in its order."""
        for entry in batch:
            result = self.decided[entry.document_id] if isinstance(entry, Prepared) else entry
            outcome = self.outcomes.get(entry.document_id)
            if result.status == "indexed":
                if outcome is None:
                    continue  # nobody knows: the failure says why
                result = _confirmed(result, outcome)
            elif result.status == "unchanged" and outcome is not None and not result.message:
                # Its answer was lost, and the request sent again met what it had written itself.
                result = replace(result, status="indexed")
            yield result


class ReportSink:
    """Writes reports to the live index.

    Args:
        client: a client with the rights of the role ``writer``.
        settings: prefix and analyzer.
        extensions: fields that plugins register, by plugin name.
        batch: reports that are looked up and sent together; results come batch by batch.
        overwrite: let a report replace another source's of an earlier run.
        retries: how often an item that the server is too busy for is sent again.

    Raises:
        IndexingError: there is no index yet, or it was made from another mapping.
        BackendError: the server cannot be reached or refuses the credentials.
    """

    def __init__(  # noqa: PLR0913 - each is a choice of the caller
        self,
        client: Elasticsearch,
        settings: Settings,
        *,
        extensions: Mapping[str, Mapping[str, Any]] | None = None,
        batch: int = _BATCH,
        overwrite: bool = False,
        retries: Retries | None = None,
    ) -> None:
        self._client = client
        self._settings = settings
        self._batch = batch
        self._overwrite = overwrite
        self._retries = retries or Retries()
        generations = Generations(client, settings, REPORTS, extensions)
        self._alias = generations.alias
        self._generations = generations
        current = generations.require_current()
        self._index, self._had_documents = current.index, current.documents > 0
        self._seen: set[str] = set()

    def write(self, items: Iterable[Extracted | Prepared]) -> Iterator[SinkResult]:
        """Write reports and yield one result for each, in their order.

        Rejected sources pass through as rejected. At the end what was written becomes visible to
        searches.

        Args:
            items: extracted sources, or reports that a worker has prepared already.

        Raises:
            BackendError: the server went away or refuses the user. Results yielded before hold;
                the reports without a result are not known to be indexed.
            IndexingError: the index went away, or another one has taken its place.
        """
        for batch in _batches(items, self._batch):
            yield from self._write(batch)
        with backend_errors(self._client):
            self._client.indices.refresh(index=self._alias)
        live = self._generations.live()
        if live is None or live.index != self._index:
            raise self._replaced(live.index if live else "—")

    def _replaced(self, live: str) -> IndexingError:
        return IndexingError(
            say(
                f"写入期间 {self._alias} 由 {self._index} 改指 {live}，先写入的报告可能不在其中。",
                f"{self._alias} was moved from {self._index} to {live} meanwhile, which may lack "
                "the reports written before.",
            ),
            hint=say("请重新运行同一命令。", "Run the same command again."),
        )

    def _write(self, batch: Sequence[SinkResult | Prepared]) -> Iterator[SinkResult]:
        written = self._written([entry for entry in batch if isinstance(entry, Prepared)])
        results = list(written.results(batch))
        self._seen.update(r.document_id for r in results if r.status != "rejected")
        for result in results:
            superseded = written.earlier.get(result.document_id, ())
            yield result if result.status == "rejected" else self._settled(result, superseded)
        if written.failure is not None:
            raise written.failure

    def _written(self, reports: Sequence[Prepared]) -> _Written:
        """Look reports up and send them, again where another program wrote meanwhile."""
        written = _Written()
        for look in range(_LOOKS):
            there = existing(self._client, self._alias, reports)
            decided = {r.document_id: self._decide(r, there.get(r.document_id)) for r in reports}
            kept = [r for r in reports if decided[r.document_id].status != "rejected"]
            if not look and self._had_documents:
                written.earlier = former(self._client, self._alias, kept)
            sent, written.failure = self._send(
                [r for r in kept if decided[r.document_id].status == "indexed"], there
            )
            written.decided |= decided
            written.outcomes |= sent
            reports = [r for r in reports if _is_overtaken(sent.get(r.document_id))]
            if written.failure or not reports:
                break
        return written

    def _settled(self, result: SinkResult, earlier: tuple[str, ...]) -> SinkResult:
        # Two sources may have changed places: what this run wrote is nobody's former document.
        superseded = tuple(i for i in earlier if i not in self._seen)
        if superseded:
            forget(self._client, self._settings, superseded)
            delete(self._client, self._alias, superseded, self._retries)
        return replace(result, superseded=superseded)

    def _decide(self, report: Prepared, there: Mapping[str, Any] | None) -> SinkResult:
        result = SinkResult(report.source_path, report.document_id, "indexed")
        if there is None:
            return result
        digest = there["_source"]["digest"]
        if digest["document"] == report.document_digest:
            return replace(result, status="unchanged")
        other = there["_source"]["source"]["path"]
        first = report.document_id not in self._seen
        if first and (self._overwrite or other == report.source_path):
            return result
        if digest["report"] == report.report_digest:
            return replace(
                result, status="unchanged", message=say(f"与 {other} 相同", f"same as {other}")
            )
        return replace(
            result,
            status="rejected",
            reason=Reason.DUPLICATE,
            message=say(
                f"{report.document_id} 已有另一来源：{other}，内容不同。",
                f"{report.document_id} already comes from {other}, with other content.",
            ),
            hint=say(
                "请判断哪一份正确；--replace 用新的一份取代。",
                "Decide which one is right; --replace takes the newer one.",
            )
            if first
            else say(
                "请判断哪一份正确，只导入那一份。",
                "Decide which one is right, and ingest that one alone.",
            ),
        )

    def _send(
        self, reports: Sequence[Prepared], there: Mapping[str, Mapping[str, Any]]
    ) -> tuple[dict[str, Outcome], BackendError | IndexingError | None]:
        """Return what is certain, by ``_id``, and what stopped the rest."""
        actions: Iterable[Action] = (
            (self._action(report, there.get(report.document_id)), report.body) for report in reports
        )
        outcomes: dict[str, Outcome] = {}
        failure: BackendError | IndexingError | None = None
        try:
            with backend_errors(self._client):
                for outcome in send(
                    self._client, actions, retries=self._retries, require_alias=True
                ):
                    if _says_nothing(outcome):
                        failure = failure or self._refusal(outcome)
                    else:
                        outcomes[outcome.document_id] = outcome
        except (BackendError, IndexingError) as error:
            failure = failure or error
        return outcomes, failure

    def _action(
        self, report: Prepared, there: Mapping[str, Any] | None
    ) -> dict[str, dict[str, Any]]:
        """Return the action that writes over what was seen there, and over nothing else."""
        target = {"_index": self._alias, "_id": report.document_id}
        if there is None:
            return {"create": target}
        seen = {"if_seq_no": there["_seq_no"], "if_primary_term": there["_primary_term"]}
        return {"index": target | seen}

    def _refusal(self, outcome: Outcome) -> BackendError | IndexingError:
        if outcome.status == HTTPStatus.NOT_FOUND:
            return missing_index(outcome.message)
        return forbidden(address(self._client), outcome.message, outcome.status)


def _says_nothing(outcome: Outcome) -> bool:
    """Tell whether a refusal is none of this one document."""
    # A server whose disk is full blocks the index with the status of a server that is busy.
    return outcome.status in _EVERY_ITEM or (
        outcome.status == HTTPStatus.TOO_MANY_REQUESTS and is_block(outcome.message)
    )


def _is_overtaken(outcome: Outcome | None) -> bool:
    """Tell whether another program wrote the document since it was looked up."""
    return outcome is not None and outcome.status == HTTPStatus.CONFLICT


def _confirmed(result: SinkResult, outcome: Outcome) -> SinkResult:
    if outcome.ok:
        return result
    return replace(
        result,
        status="rejected",
        reason=Reason.INDEX_REFUSED,
        message=f"{outcome.status}: {outcome.message.rstrip('.')}.",
        hint=say(
            "文档过大，请拆分来源，或调高服务器的内存与 http.max_content_length、其间代理的上限。",
            "It is too large: split the source, or raise the memory and http.max_content_length of "
            "the server, or the limit of the proxy before it.",
        )
        if outcome.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE or "_bytes=" in outcome.message
        else say(
            "请按服务器所述的字段查看来源；409、429 与 503 表示暂时不能写入，请稍后重试。",
            "Look at the field that the server names; after 409, 429 or 503 try again later.",
        ),
    )


def _batches(
    items: Iterable[Extracted | Prepared], most: int
) -> Iterator[list[SinkResult | Prepared]]:
    """Group items; no ``_id`` is twice in a batch, so that each is seen by those after it."""
    batch: list[SinkResult | Prepared] = []
    seen: set[str] = set()
    size = 0
    for item in items:
        entry = _prepared(item) if isinstance(item, Extracted) else item
        if len(batch) >= most or size >= _BATCH_BYTES or entry.document_id in seen:
            yield batch
            batch, seen, size = [], set(), 0
        batch.append(entry)
        if isinstance(entry, Prepared):
            seen.add(entry.document_id)
            size += len(entry.body)
    if batch:
        yield batch


def _prepared(item: Extracted) -> SinkResult | Prepared:
    if item.status == "rejected":
        return SinkResult(item.source.path, "", "rejected", item.reason or "", item.message or "")
    try:
        return prepare(item)
    except ValueError as error:
        return SinkResult(item.source.path, "", "rejected", Reason.INDEX_REFUSED, str(error))

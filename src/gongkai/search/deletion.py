"""Deleting reports with everything that was derived from them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from elasticsearch.helpers import scan

from gongkai.search.bulk import Retries, refused, send
from gongkai.search.client import backend_errors
from gongkai.search.deriving import IDENTITY
from gongkai.search.documents import of_year
from gongkai.search.schema import REPORTS
from gongkai.search.side_indices import CELLS_INDEX, CHECKS_INDEX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from elasticsearch import Elasticsearch

    from gongkai.search.bulk import Action
    from gongkai.settings import Settings

#: Reports that are deleted together; each has some 200 cells.
_BATCH = 200


@dataclass
class Deleted:
    """What was deleted.

    Attributes:
        reports: ``_id`` of the reports.
        others: documents of the side indices, by the name of the index.
    """

    reports: list[str] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)


def matching(
    client: Elasticsearch, settings: Settings, query: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Return the reports that a query finds: agency, region and year by ``_id``.

    Raises:
        BackendError: the server cannot be reached or refuses the user.
        IndexingError: there is no index.
    """
    body = {"query": dict(query), "_source": ["agency", "region", "year"]}
    with backend_errors(client):
        hits = scan(client, query=body, index=REPORTS.alias(settings.index_prefix))
        return {hit["_id"]: hit["_source"] for hit in hits}


def delete_reports(
    client: Elasticsearch, settings: Settings, document_ids: Sequence[str]
) -> Iterator[Deleted]:
    """Delete reports, their cells and their checks; yield what was deleted, part by part.

    Interrupted, it leaves reports whose cells are gone; the next derivation puts them back.

    Args:
        client: a client with the rights of the role ``writer``.
        settings: prefix.
        document_ids: ``_id`` of the reports.

    Raises:
        BackendError: the server went away or refuses the user.
        IndexingError: the server refuses to delete a document.
    """
    alias = REPORTS.alias(settings.index_prefix)
    for start in range(0, len(document_ids), _BATCH):
        batch = document_ids[start : start + _BATCH]
        others = forget(client, settings, batch)
        gone = delete(client, alias, batch)
        yield Deleted(gone, others)
    with backend_errors(client):
        client.indices.refresh(index=alias)


def forget(client: Elasticsearch, settings: Settings, document_ids: Sequence[str]) -> Counter[str]:
    """Delete the cells and checks of reports that are about to be deleted.

    The reports themselves, and those on the year after, which were compared with them, lose the
    mark of being up to date: whatever happens next, they are derived again.

    Args:
        client: a client with the rights of the role ``writer``.
        settings: prefix.
        document_ids: ``_id`` of the reports.

    Returns:
        How many documents were deleted, by the name of the index.
    """
    counts: Counter[str] = Counter()
    with backend_errors(client):
        _unmark(client, REPORTS.alias(settings.index_prefix), document_ids)
        for spec in (CELLS_INDEX, CHECKS_INDEX):
            alias = spec.alias(settings.index_prefix)
            if not client.indices.exists_alias(name=alias):
                continue
            # What was derived a moment ago is to be found, too.
            client.indices.refresh(index=alias)
            query = {"query": {"terms": {"report": list(document_ids)}}, "_source": False}
            found = (hit["_id"] for hit in scan(client, index=alias, query=query, size=5000))
            counts[spec.name] = len(delete(client, alias, list(found)))
    return counts


def delete(
    client: Elasticsearch, alias: str, document_ids: Sequence[str], retries: Retries | None = None
) -> list[str]:
    """Delete documents; one that is gone already is no failure.

    Returns:
        The ``_id`` of those that were there.

    Raises:
        IndexingError: the server refuses to delete one.
    """
    gone: list[str] = []
    actions: list[Action] = [({"delete": {"_index": alias, "_id": i}}, None) for i in document_ids]
    with backend_errors(client):
        for outcome in send(client, actions, retries=retries or Retries(), require_alias=True):
            if outcome.ok:
                gone.append(outcome.document_id)
            elif outcome.status != HTTPStatus.NOT_FOUND:
                raise refused(client, outcome)
    return gone


def _unmark(client: Elasticsearch, alias: str, document_ids: Sequence[str]) -> None:
    answer = client.mget(index=alias, ids=list(document_ids), source_includes=list(IDENTITY))
    found = {hit["_id"]: hit["_source"] for hit in answer["docs"] if hit.get("found")}
    next_year = (of_year(document, 1) for document in found.values())
    actions: list[Action] = [
        ({"update": {"_index": alias, "_id": i}}, {"doc": {"digest": {"derived": None}}})
        for i in dict.fromkeys([*found, *(i for i in next_year if i)])
    ]
    for outcome in send(client, actions, require_alias=True):
        if not outcome.ok and outcome.status != HTTPStatus.NOT_FOUND:
            raise refused(client, outcome)

"""What the index holds already about the reports that are to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.search.client import backend_errors, missing_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from elasticsearch import Elasticsearch

    from gongkai.search.documents import Prepared

_MOST_HITS = 10_000


def existing(
    client: Elasticsearch, alias: str, reports: Sequence[Prepared]
) -> dict[str, dict[str, Any]]:
    """Return the documents under the same ``_id``, by ``_id``: their digests and source.

    With ``_seq_no`` and ``_primary_term``, which tell whether one was written since. It sees what
    was written a moment ago and is not yet visible to searches.
    """
    if not reports:
        return {}
    with backend_errors(client):
        answer = client.mget(
            index=alias,
            ids=[report.document_id for report in reports],
            source_includes=["digest", "source.path"],
        )
    for found in answer["docs"]:
        if "error" in found:
            raise missing_index(str(found["error"].get("reason", alias)))
    return {found["_id"]: found for found in answer["docs"] if found["found"]}


def former(
    client: Elasticsearch, alias: str, reports: Sequence[Prepared]
) -> dict[str, tuple[str, ...]]:
    """Return the documents that the same sources left under another ``_id``, by the new ``_id``.

    The same source is one with the same path and the same bytes: a path alone may be relative to
    another folder, and the same bytes may lie in two places.
    """
    by_source = {(r.source_path, r.source_sha256): r for r in reports if r.source_sha256}
    if not by_source:
        return {}
    conditions = [
        {"terms": {"source.path": [path for path, _ in by_source]}},
        {"terms": {"source.sha256": [checksum for _, checksum in by_source]}},
    ]
    with backend_errors(client):
        answer = client.search(
            index=alias,
            query={"bool": {"filter": conditions}},
            source_includes=["source.path", "source.sha256"],
            size=_MOST_HITS,
        )
    found: dict[str, tuple[str, ...]] = {}
    for hit in answer["hits"]["hits"]:
        source = hit["_source"]["source"]
        report = by_source.get((source["path"], source["sha256"]))
        if report is not None and report.document_id != hit["_id"]:
            found[report.document_id] = (*found.get(report.document_id, ()), hit["_id"])
    return found

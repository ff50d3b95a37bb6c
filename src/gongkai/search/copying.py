"""All documents of one index into another; the small distribution has no ``_reindex``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from elasticsearch.helpers import scan

from gongkai.errors import IndexingError
from gongkai.messages import say
from gongkai.search.bulk import send
from gongkai.search.client import backend_errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from elasticsearch import Elasticsearch

_SHOWN_REFUSALS = 3
_SCAN_SIZE = 500


def copy(
    client: Elasticsearch, source: str, target: str, progress: Callable[[], None] | None
) -> None:
    """Copy all documents and compare the counts.

    Args:
        client: a client that may write to ``target``.
        source: index to read; nothing may write to it meanwhile.
        target: index to write to.
        progress: called for each document that was sent.

    Raises:
        IndexingError: ``target`` refuses documents, or the counts differ.
    """
    refused: list[str] = []
    with backend_errors(client):
        client.indices.refresh(index=source)
        actions = (
            ({"index": {"_index": target, "_id": hit["_id"]}}, hit["_source"])
            for hit in scan(client, index=source, size=_SCAN_SIZE)
        )
        for outcome in send(client, actions):
            if not outcome.ok:
                refused.append(f"{outcome.document_id}: {outcome.message}")
            if progress is not None:
                progress()
        client.indices.refresh(index=target)
        there, here = (client.count(index=name)["count"] for name in (source, target))
    if refused or there != here:
        raise IndexingError(
            say(
                f"新索引应有 {there} 份文档，实有 {here} 份，未切换。",
                f"The new index holds {here} of {there} documents; nothing changed.",
            )
            + "".join(f"\n  {line}" for line in refused[:_SHOWN_REFUSALS]),
            hint=say(
                "请运行 gongkai index apply --empty，再重新 gongkai ingest。",
                "Run gongkai index apply --empty, then gongkai ingest again.",
            ),
        )

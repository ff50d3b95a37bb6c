"""Which documents an older version of their layout produced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from elasticsearch.helpers import scan

from gongkai.search.client import backend_errors
from gongkai.search.schema import REPORTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch import Elasticsearch

    from gongkai.settings import Settings


def stale_sources(
    client: Elasticsearch, settings: Settings, versions: Mapping[str, str]
) -> list[str]:
    """Return the source paths of the reports that would be read by another version now, sorted.

    Args:
        client: a client that may read the reports.
        settings: prefix of the index.
        versions: the present version of each layout by slug; a layout that is not there any more
            counts as another version.

    Raises:
        BackendError: the server cannot be reached or refuses the user.
        IndexingError: there is no index.
    """
    present: list[dict[str, Any]] = [
        {
            "bool": {
                "filter": [
                    {"term": {"source.layout": slug}},
                    {"term": {"source.layout_version": version}},
                ]
            }
        }
        for slug, version in versions.items()
    ]
    query = {"query": {"bool": {"must_not": present}}, "_source": ["source.path"]}
    with backend_errors(client):
        hits = scan(client, query=query, index=REPORTS.alias(settings.index_prefix))
        return sorted(hit["_source"]["source"]["path"] for hit in hits)

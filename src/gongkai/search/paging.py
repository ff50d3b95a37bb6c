"""Sends a search, and goes on page by page where one answer does not hold all hits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gongkai.errors import BackendError
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from elasticsearch import Elasticsearch

#: Elasticsearch gives out no more hits than this in one answer.
MAX_SIZE = 10_000
#: Hits of a page: a whole report is some 30 KB.
_PAGE = 2_000
#: How long the server keeps the index as it was, from one page to the next.
_KEPT = "5m"


def search(client: Elasticsearch, index: str, body: Mapping[str, Any], size: int) -> dict[str, Any]:
    """Return the answer to a search, with as many hits as are wanted and there are.

    Pages show one state of the index, whatever is written meanwhile.

    Args:
        client: a client with the rights of the role ``reader``.
        index: index or alias.
        body: the request in the query DSL, with an order.
        size: hits to return, however many.

    Raises:
        BackendError: an answer is incomplete.
    """
    options = dict(body)
    options["source"] = options.pop("_source", None)
    if size <= MAX_SIZE:
        return _whole(client.search(index=index, **options))
    pit_id = client.open_point_in_time(index=index, keep_alive=_KEPT)["id"]

    def page(**more: object) -> dict[str, Any]:
        nonlocal pit_id
        pit = {"id": pit_id, "keep_alive": _KEPT}
        answer = _whole(client.search(**{**options, **more, "pit": pit}))
        pit_id = answer["pit_id"]  # the server may go on under another one
        return answer

    try:
        first = last = page(size=_PAGE)
        hits = first["hits"]["hits"]
        options |= {"aggs": None, "track_total_hits": False}
        while len(found := last["hits"]["hits"]) == _PAGE and len(hits) < size:
            last = page(size=min(_PAGE, size - len(hits)), search_after=found[-1]["sort"])
            hits += last["hits"]["hits"]
        return first
    finally:
        client.close_point_in_time(id=pit_id)


def _whole(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - the client's own type
    """Return an answer that all shards gave in time."""
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise BackendError(
            say("Elasticsearch 只答了一部分，结果不可用。", "The answer is incomplete."),
            hint=say("请稍后重试。", "Try again later."),
        )
    return dict(answer.body)

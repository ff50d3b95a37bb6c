"""Bulk requests: one outcome per document, what is refused for the moment is sent again."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING, Any

from elasticsearch import ApiError
from elasticsearch.helpers import streaming_bulk

from gongkai.errors import IndexingError
from gongkai.messages import say
from gongkai.search.client import address, forbidden, is_block, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from elasticsearch import Elasticsearch

    from gongkai.errors import BackendError

    #: The action line, and the document as JSON or as a dict (None for a deletion).
    Action = tuple[dict[str, dict[str, Any]], bytes | dict[str, Any] | None]

#: Too many requests, and what a server or a proxy says while it is busy or restarts.
RETRIED = (
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
)
#: Documents and bytes of one request; measured: 500 to 1,500 documents or 5 to 15 MB.
_CHUNK, _CHUNK_BYTES = 500, 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how soon a refused item is sent again.

    Attributes:
        times: how often, after the first time.
        initial: seconds before the first repetition, doubled at each further one.
        longest: upper limit of that, in seconds.
    """

    times: int = 6
    initial: float = 0.5
    longest: float = 15.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one action.

    Attributes:
        document_id: ``_id`` of the document.
        ok: whether the server confirmed it.
        status: HTTP status of this item.
        message: why it was refused, or ``""``.
    """

    document_id: str
    ok: bool
    status: int
    message: str = ""


def refused(client: Elasticsearch, outcome: Outcome) -> BackendError | IndexingError:
    """Return the error for an action that the server refuses for good."""
    if is_block(outcome.message):
        return forbidden(address(client), outcome.message, outcome.status)
    return IndexingError(
        say(
            f"文档 {outcome.document_id} 被拒（{outcome.status}）：{outcome.message}。",
            f"Document {outcome.document_id} is refused ({outcome.status}): {outcome.message}.",
        ),
        hint=say(
            "请重新运行同一命令；仍不成时看服务器日志。",
            "Run the same command again; if it stays so, see the server's log.",
        ),
    )


def send(
    client: Elasticsearch,
    actions: Iterable[Action],
    *,
    retries: Retries = Retries(),
    require_alias: bool = False,
) -> Iterator[Outcome]:
    """Send actions and yield an outcome for each, in no promised order.

    Items with a status of :data:`RETRIED` are sent again. A request that is too large for the
    server or for a proxy before it (413) is halved. A document that alone is larger than a request
    should be, and for which the server has no room (413, 429), is refused alone.

    Args:
        client: where to.
        actions: what; no two with the same verb and ``_id`` near each other.
        retries: how often an item is sent again.
        require_alias: refuse to create an index in place of a missing alias.

    Raises:
        elasticsearch.ApiError: the whole request was refused. Outcomes yielded before hold.
        elasticsearch.TransportError: the server cannot be reached. The same.
    """
    remaining = iter(actions)
    while True:
        pending: dict[tuple[str, str], Action] = {}
        try:
            sent = _remember(remaining, pending)
            for ok, item in _streamed(client, sent, retries, require_alias=require_alias):
                (verb, result), *_ = item.items()
                pending.pop((verb, result["_id"]), None)
                yield Outcome(result["_id"], ok, result["status"], "" if ok else _why(result))
        except ApiError as error:
            too_large = error.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            no_room = error.status_code == HTTPStatus.TOO_MANY_REQUESTS
            unsent = list(pending.values())
            oversized = _is_oversized(unsent[0])  # then it was sent alone; others wait behind it
            if not too_large and not (no_room and oversized):
                raise
            if oversized or len(unsent) == 1:
                status = error.status_code
                yield Outcome(_key(unsent[0])[1], ok=False, status=status, message=reason_of(error))
                remaining = chain(unsent[1:], remaining)
                continue
            middle = len(unsent) // 2
            for half in (unsent[:middle], unsent[middle:]):
                yield from send(client, half, retries=retries, require_alias=require_alias)
        else:
            return


def _streamed(
    client: Elasticsearch, actions: Iterable[Action], retries: Retries, *, require_alias: bool
) -> Iterable[tuple[bool, dict[str, Any]]]:
    return streaming_bulk(
        client,
        actions,  # type: ignore[arg-type] # only _as_is sees them
        chunk_size=_CHUNK,
        max_chunk_bytes=_CHUNK_BYTES,
        expand_action_callback=_as_is,
        raise_on_error=False,
        max_retries=retries.times,
        initial_backoff=retries.initial,
        max_backoff=retries.longest,
        retry_on_status=RETRIED,
        require_alias=require_alias,
    )


def _as_is(action: Any) -> Any:  # noqa: ANN401 - typed for the helper's own forms of action
    return action


def _remember(
    actions: Iterator[Action], pending: dict[tuple[str, str], Action]
) -> Iterator[Action]:
    for action in actions:
        pending[_key(action)] = action
        yield action


def _is_oversized(action: Action) -> bool:
    return isinstance(action[1], bytes) and len(action[1]) > _CHUNK_BYTES


def _key(action: Action) -> tuple[str, str]:
    (verb, target), *_ = action[0].items()
    return verb, target["_id"]


def _why(result: dict[str, Any]) -> str:
    """Return the reason of a refusal with its causes, the outermost first."""
    error = result.get("error")
    reasons: list[str] = []
    while isinstance(error, dict):
        if reason := error.get("reason"):
            reasons.append(str(reason))
        error = error.get("caused_by")
    return ": ".join(dict.fromkeys(reasons)) or str(result.get("error") or result.get("result"))

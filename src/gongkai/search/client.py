"""The connection to Elasticsearch, and its failures as errors that name the next step."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import elasticsearch
from elasticsearch import Elasticsearch

from gongkai.errors import BackendError, IndexingError, UsageError
from gongkai.messages import say
from gongkai.settings import split_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from gongkai.settings import Settings

#: What those who only pass it on call it: they need not know the package.
Client = Elasticsearch
#: Seconds; a bulk request of some megabytes may take long on a busy server.
_TIMEOUT = 60.0
_PORTS = {"https": 443, "http": 9200}


class ConnectionLike(Protocol):
    """An address and its credentials, as the local node hands them out."""

    @property
    def url(self) -> str:
        """Address without credentials."""

    @property
    def user(self) -> str:
        """User name."""

    @property
    def password(self) -> str:
        """Password."""

    @property
    def ca(self) -> Path | None:
        """File with the certificate authority."""


def connect(settings: Settings, connection: ConnectionLike | None = None) -> Elasticsearch:
    """Return a client; nothing is sent yet.

    Args:
        settings: ``es_url`` and its credentials win over ``connection``.
        connection: the local node, where one runs.

    Raises:
        BackendError: there is neither an address nor a running node.
        UsageError: the address is not one.
    """
    if settings.es_url is None:
        if connection is None:
            raise BackendError(
                say("没有可用的 Elasticsearch。", "There is no Elasticsearch to talk to."),
                hint=say(
                    "请运行 gongkai node start，或设置 GONGKAI_ES_URL。",
                    "Run gongkai node start, or set GONGKAI_ES_URL.",
                ),
            )
        return _client(
            connection.url,
            basic_auth=(connection.user, connection.password),
            **({"ca_certs": str(connection.ca)} if connection.ca else {}),
        )
    options: dict[str, Any] = {}
    if settings.es_api_key is not None:
        options["api_key"] = settings.es_api_key.get_secret_value()
    elif settings.es_user is not None:
        password = settings.es_password.get_secret_value() if settings.es_password else ""
        options["basic_auth"] = (settings.es_user, password)
    if settings.es_ca is not None:
        if not settings.es_ca.is_file():  # the client would look at it with the first request
            raise UsageError(
                say(f"没有证书文件 {settings.es_ca}。", f"There is no file {settings.es_ca}."),
                hint=say("请检查 GONGKAI_ES_CA。", "Check GONGKAI_ES_CA."),
            )
        options["ca_certs"] = str(settings.es_ca)
    if settings.es_fingerprint is not None:
        options["ssl_assert_fingerprint"] = settings.es_fingerprint
    return _client(settings.es_url, **options)


def _client(url: str, **options: Any) -> Elasticsearch:  # noqa: ANN401 - the client's own options
    url, credentials = _without_credentials(url)
    if credentials and not {"api_key", "basic_auth"} & options.keys():
        options["basic_auth"] = credentials
    try:
        return Elasticsearch(
            url,
            # Packing costs more than a loopback connection gains by it.
            http_compress=not _is_loopback(url),
            request_timeout=_TIMEOUT,
            max_retries=2,
            **options,
        )
    except (ValueError, OSError) as error:
        raise UsageError(
            say(f"地址或证书不可用：{url}：{error}。", f"{url}: {error}."),
            hint=say(
                "请检查 GONGKAI_ES_URL、GONGKAI_ES_CA 与 GONGKAI_ES_FINGERPRINT。",
                "Check GONGKAI_ES_URL, GONGKAI_ES_CA and GONGKAI_ES_FINGERPRINT.",
            ),
        ) from error


def _without_credentials(url: str) -> tuple[str, tuple[str, str] | None]:
    """Split ``https://user:password@host`` so that the secret is in no message."""
    try:
        parts, credentials = split_address(url)
    except ValueError:
        # What was raised stays out, and with it what it says of the address.
        raise UsageError(
            say("GONGKAI_ES_URL 不是网址。", "GONGKAI_ES_URL is not an address."),
            hint=say(
                "例如 http://127.0.0.1:9200；密码中的特殊字符须转义，或改用 GONGKAI_ES_PASSWORD。",
                "Such as http://127.0.0.1:9200; escape special characters of a password, or use "
                "GONGKAI_ES_PASSWORD.",
            ),
        ) from None
    if parts.port is None:  # the client asks for one
        parts = parts._replace(netloc=f"{parts.netloc}:{_PORTS[parts.scheme]}")
    return parts.geturl(), credentials


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address(client: Elasticsearch) -> str:
    """Return where a client connects to, without credentials."""
    node = next(iter(client.transport.node_pool.all()))
    return node.base_url


@contextmanager
def backend_errors(client: Elasticsearch) -> Iterator[None]:
    """Turn the client's exceptions into gongkai's.

    Raises:
        BackendError: the server cannot be reached, does not know the user, does not let the user
            do this, or is too busy for long.
        IndexingError: the index is missing, or the server refuses the request.
    """
    try:
        yield
    except elasticsearch.ApiError as error:
        raise api_error(client, error) from error
    except elasticsearch.SerializationError as error:
        # Its message repeats the answer, which may be megabytes.
        raise _no_answer(address(client), say("残缺的内容", "something that is no JSON")) from error
    except elasticsearch.TransportError as error:
        raise BackendError(
            say(
                f"连接不上 Elasticsearch {address(client)}：{error.message}。",
                f"Elasticsearch at {address(client)} cannot be reached: {error.message}.",
            ),
            hint=_unreachable_hint(client, error),
        ) from error


def _unreachable_hint(client: Elasticsearch, error: elasticsearch.TransportError) -> str:
    if isinstance(error, elasticsearch.SSLError) and "WRONG_VERSION_NUMBER" in error.message:
        return say(
            "服务器可能不用 TLS：请在 GONGKAI_ES_URL 中使用 http://。",
            "The server may not use TLS: use http:// in GONGKAI_ES_URL.",
        )
    if isinstance(error, elasticsearch.SSLError):
        return say(
            "请检查 GONGKAI_ES_CA（证书颁发机构文件）或 GONGKAI_ES_FINGERPRINT（SHA-256 指纹）。",
            "Check GONGKAI_ES_CA (file with the certificate authority) or "
            "GONGKAI_ES_FINGERPRINT (SHA-256).",
        )
    # A server with TLS hangs up on a plain request without a word; so does one that goes down.
    if "RemoteDisconnected" in error.message and address(client).startswith("http://"):
        return say(
            "服务器可能正在重启，请稍后重试；若从未连上，可能只接受 TLS："
            "请在 GONGKAI_ES_URL 中使用 https://。",
            "The server may be restarting: try again later. If it never answered, it may want TLS: "
            "use https:// in GONGKAI_ES_URL.",
        )
    return say(
        "请检查 GONGKAI_ES_URL，或运行 gongkai node status。",
        "Check GONGKAI_ES_URL, or run gongkai node status.",
    )


def api_error(client: Elasticsearch, error: elasticsearch.ApiError) -> Exception:
    """Return gongkai's error for a refused request."""
    at, why = address(client), reason_of(error)
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        return BackendError(
            say(f"{at} 不接受用户名或密码（401）。", f"{at} does not accept the user (401)."),
            hint=say(
                "请检查 GONGKAI_ES_USER 与 GONGKAI_ES_PASSWORD，或 GONGKAI_ES_API_KEY。",
                "Check GONGKAI_ES_USER and GONGKAI_ES_PASSWORD, or GONGKAI_ES_API_KEY.",
            ),
        )
    if error.status_code == HTTPStatus.FORBIDDEN or is_block(why):
        return forbidden(at, why, error.status_code)
    # A server that was restarted has lost the place at which a long list was.
    lost_place = "search context" in why
    if (
        error.status_code == HTTPStatus.NOT_FOUND
        and isinstance(error.body, dict)
        and not lost_place
    ):
        return missing_index(why)
    if not isinstance(error.body, dict) and "<html" in str(error.body).lower():
        # A page for people, of a proxy or of another server: its text helps nobody here.
        page = say(f"网页（{error.status_code}）", f"a web page ({error.status_code})")
        return _no_answer(at, page)
    if isinstance(error, elasticsearch.UnsupportedProductError):
        return _no_answer(at, say("别的内容", "something else") + f" ({error.status_code})")
    text = say(f"{at} 拒绝请求", f"{at} refuses the request") + f" ({error.status_code}): {why}"
    # The server is at fault and not the request.
    busy = (
        lost_place
        or error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
        or error.status_code == HTTPStatus.TOO_MANY_REQUESTS
    )
    if "failed to find tokenizer" in why:
        hint = say(
            "请在服务器上安装该分词插件，或取消 GONGKAI_ANALYZER。",
            "Install the server's plugin for this analysis, or unset GONGKAI_ANALYZER.",
        )
    elif busy:
        hint = say("请稍后重试。", "Try again later.")
    else:
        hint = say("请看服务器日志。", "See the server's log.")
    return (BackendError if busy else IndexingError)(f"{text}.", hint=hint)


def _no_answer(at: str, what: str) -> BackendError:
    return BackendError(
        say(
            f"{at} 答以{what}，而不是 Elasticsearch 的答复。",
            f"{at} answers with {what}, not as Elasticsearch does.",
        ),
        hint=say(
            "请检查 GONGKAI_ES_URL，以及其间的代理。",
            "Check GONGKAI_ES_URL, and the proxy if there is one.",
        ),
    )


def is_block(why: str) -> bool:
    """Tell whether a refusal says that the whole index is blocked."""
    return "blocked by" in why


def forbidden(at: str, why: str, status: int = HTTPStatus.FORBIDDEN) -> BackendError:
    """Return the error for a status that says "not you", or "not now" (403, 429 of a full disk)."""
    if is_block(why):
        return BackendError(
            say(
                f"索引暂不可写（{status}）：{why}。",
                f"The index takes no documents ({status}): {why}.",
            ),
            hint=say(
                "可能正在运行 gongkai index apply，或磁盘已满；请看 gongkai index status。",
                "gongkai index apply may be running, or the disk be full: gongkai index status.",
            ),
        )
    return BackendError(
        say(f"{at} 不允许此操作（403）：{why}。", f"{at} does not allow this (403): {why}."),
        hint=say("请换用有权限的用户。", "Use a user with the privilege."),
    )


def missing_index(why: str) -> IndexingError:
    """Return the error for an index that is not there yet."""
    return IndexingError(
        say(f"索引不存在：{why}。", f"The index does not exist: {why}."),
        hint=say("请先运行 gongkai index apply。", "Run gongkai index apply first."),
    )


def reason_of(error: elasticsearch.ApiError) -> str:
    """Return the server's own words for a refusal."""
    body = error.body
    if isinstance(body, dict):
        cause = body.get("error")
        if isinstance(cause, dict):
            roots = cause.get("root_cause") or [cause]
            return str(roots[0].get("reason") or cause.get("reason") or cause.get("type"))
        if cause:
            return str(cause)
    # Of a request that is too large there is no body.
    return str(error.message if body else HTTPStatus(error.status_code).phrase)

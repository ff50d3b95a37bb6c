"""How the client is set up; nothing is sent."""

from __future__ import annotations

import base64
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from gongkai.errors import BackendError, IndexingError, UsageError
from gongkai.search.bulk import Outcome, refused
from gongkai.search.client import address, backend_errors, connect
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from elasticsearch import Elasticsearch


@dataclass(frozen=True)
class LocalNode:
    url: str = "http://127.0.0.1:9201"
    user: str = "gongkai_writer"
    password: str = "geheim"  # noqa: S105 - a test's own
    ca: Path | None = None


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "USER", "PASSWORD", "API_KEY", "CA", "FINGERPRINT"):
        monkeypatch.delenv(f"GONGKAI_ES_{name}", raising=False)


def settings(**options: Any) -> Settings:  # noqa: ANN401 - any setting
    return Settings(_env_file=None, **options)


def header(client: Elasticsearch) -> str | None:
    return client._headers.get("authorization")  # noqa: SLF001 - the client has no other way


def compresses(client: Elasticsearch) -> bool:
    return bool(client.transport.node_pool.get().config.http_compress)


def test_without_address_and_node_the_next_step_is_named() -> None:
    with pytest.raises(BackendError, match="gongkai node start"):
        connect(settings())


@pytest.mark.parametrize("prefix", ["A B", "-x", "", "x/y"])
def test_a_prefix_that_no_index_may_have_is_refused(prefix: str) -> None:
    with pytest.raises(ValidationError, match="index_prefix"):
        settings(index_prefix=prefix)


@contextmanager
def web_server() -> Iterator[str]:
    """Run a server that is no Elasticsearch: it answers 404 or 501 with a page."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("scheme", "told"),
    [("http", r"web page \(501\)|网页（501）"), ("https", "use http://|使用 http://")],
)
def test_a_server_that_is_no_elasticsearch_is_told(
    scheme: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        web_server() as place,
        connect(settings(es_url=f"{scheme}://{place}", es_user="u", es_password="p")) as client,  # noqa: S106 - a test's own
        pytest.raises(BackendError, match=told),
        backend_errors(client),
    ):
        client.search(index="a")
    capsys.readouterr()


def test_the_local_node_is_taken_where_no_address_is_given() -> None:
    with connect(settings(), LocalNode()) as client:
        assert address(client) == "http://127.0.0.1:9201"
        assert header(client) is not None


def test_a_refused_action_is_told_with_what_to_do() -> None:
    with connect(settings(es_url="http://127.0.0.1:9")) as client:
        error = refused(client, Outcome("a:2023", ok=False, status=400, message="too long"))
        assert isinstance(error, IndexingError)
        assert "a:2023" in error.message
        assert "too long" in error.message
        assert error.hint
        blocked = Outcome("a:2023", ok=False, status=403, message="index blocked by: [FORBIDDEN/8]")
        assert isinstance(refused(client, blocked), BackendError)


def test_an_address_wins_over_the_local_node() -> None:
    with connect(settings(es_url="http://127.0.0.1:9299"), LocalNode()) as client:
        assert address(client) == "http://127.0.0.1:9299"
        assert header(client) is None


@pytest.mark.parametrize(
    ("url", "compressed"),
    [
        ("http://127.0.0.1:9200", False),
        ("http://localhost:9200", False),
        ("http://[::1]:9200", False),
        ("https://es.example.org", True),
    ],
)
def test_requests_are_packed_for_remote_servers_only(url: str, compressed: bool) -> None:  # noqa: FBT001
    with connect(settings(es_url=url)) as client:
        assert compresses(client) is compressed


def test_credentials() -> None:
    url = "http://127.0.0.1:9200"
    with connect(settings(es_url=url, es_user="u", es_password="p")) as client:  # noqa: S106
        assert header(client) == "Basic dTpw"
    with connect(settings(es_url=url, es_user="u", es_api_key="abc")) as client:
        assert header(client) == "ApiKey abc"
    with connect(settings(es_url="http://u:p@127.0.0.1:9200")) as client:
        assert header(client) == "Basic dTpw"
        assert address(client) == url


@pytest.mark.parametrize(
    "url",
    [
        *("", "127.0.0.1:9200", "ftp://x", "ftp://x:9200", "http://x:port", "http://", "http://[x"),
        # A password whose special characters are not escaped.
        *("https://u:ge/heim@x:9200", "https://u:ge#heim@x:9200", "https://u:ge?heim@x:9200"),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError, match="GONGKAI_ES_URL") as error:
        connect(settings(es_url=url))
    told = "".join(traceback.format_exception(error.value))
    assert "heim" not in told
    assert "'ge'" not in told


def test_a_password_in_an_address_may_be_escaped() -> None:
    with connect(settings(es_url="https://u:ge%2Fh%23@x/es/")) as client:
        assert header(client) == f"Basic {base64.b64encode(b'u:ge/h#').decode()}"
        assert address(client) == "https://x:443/es"


def test_a_missing_certificate_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        connect(settings(es_url="https://127.0.0.1:9200", es_ca=tmp_path / "nowhere"))


@pytest.mark.parametrize("fingerprint", ["zz", "00" * 20, "00" * 16, "-" * 64, "00" * 33])
def test_only_a_sha256_fingerprint_is_taken(fingerprint: str) -> None:
    # The client would take MD5 and SHA-1, too, by their lengths.
    with pytest.raises(ValidationError, match="es_fingerprint"):
        settings(es_fingerprint=fingerprint)


@pytest.mark.parametrize("fingerprint", ["0a" * 32, ":".join(["0A"] * 32)])
def test_a_fingerprint_may_have_colons(fingerprint: str) -> None:
    options = {"es_url": "https://127.0.0.1:9200", "es_fingerprint": fingerprint}
    with connect(settings(**options)) as client:
        assert client.transport.node_pool.get().config.ssl_assert_fingerprint == fingerprint


def test_an_api_key_out_of_a_file_may_end_its_line() -> None:
    with connect(settings(es_url="http://x", es_api_key="Z2VoZWlt\n")) as client:
        assert header(client) == "ApiKey Z2VoZWlt"


@pytest.mark.parametrize("key", ["gehe\nim", "geheim 2", "geheim密", ""])
def test_a_key_that_no_header_can_carry_is_refused_without_repeating_it(key: str) -> None:
    with pytest.raises(ValidationError, match="es_api_key") as error:
        settings(es_api_key=key)
    assert "gehe" not in str(error.value)

"""The tests' Elasticsearch, always a real one.

In this order: the server at ``GONGKAI_ES_URL``; one in Docker (pytest-docker) where a daemon
answers and the image is there or can be had; the local node of ``gongkai node``.
``GONGKAI_TEST_ES=docker`` or ``=node`` takes that one and no other; ``GONGKAI_TEST_IMAGE`` names
another image. Where none can be had, the tests that need one fail with the reason.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from elasticsearch import ApiError, Elasticsearch
from elasticsearch import ConnectionError as NotConnected

from gongkai import node
from gongkai.node.configuration import security_files
from gongkai.node.connection import Connection
from gongkai.node.state import ROLES, USERS
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.node.state import Role

_ROOT = Path(__file__).resolve().parents[1]
_NODE_FOLDER = _ROOT / ".gongkai" / "test-node"
_IMAGE = "docker.elastic.co/elasticsearch/elasticsearch"
#: What the roles of the tests' own servers cover; each session's prefix lies below it.
_PREFIX = "gongkai"
#: Leave out the optimising compiler: a start takes a third of the processor time.
QUICK_START = "-XX:TieredStopAtLevel=1"
_PULL_SECONDS = 900
_START_SECONDS = 180.0


@dataclass(frozen=True)
class Server:
    """A running Elasticsearch and a prefix that belongs to this test session alone.

    Attributes:
        origin: ``url``, ``docker`` or ``node``.
        connections: one for each role.
        prefix: begins the name of every index of this session.
        separate_roles: whether the roles are three users; a server at an address has one only.
    """

    origin: str
    connections: dict[Role, Connection]
    prefix: str
    separate_roles: bool = True

    def connection(self, role: Role = "admin") -> Connection:
        """Return how to reach it in a role."""
        return self.connections[role]

    def client(self, role: Role = "admin") -> Elasticsearch:
        """Return a plain client; the caller closes it."""
        found = self.connection(role)
        account = (found.user, found.password)
        if found.ca is None:
            return Elasticsearch(found.url, basic_auth=account)
        return Elasticsearch(found.url, basic_auth=account, ca_certs=str(found.ca))

    def environment(self, role: Role = "admin") -> dict[str, str]:
        """Return what makes ``gongkai`` use this server and prefix."""
        found = self.connection(role)
        chosen = {
            "GONGKAI_ES_URL": found.url,
            "GONGKAI_ES_USER": found.user,
            "GONGKAI_ES_PASSWORD": found.password,
            "GONGKAI_INDEX_PREFIX": self.prefix,
        }
        return {**chosen, "GONGKAI_ES_CA": str(found.ca)} if found.ca else chosen

    def settings(
        self,
        role: Role = "admin",
        **others: Any,  # noqa: ANN401 - any setting
    ) -> Settings:
        """Return settings for this server and prefix."""
        found = self.connection(role)
        return Settings(
            es_url=found.url,
            es_user=found.user,
            es_password=found.password,
            es_ca=found.ca,
            index_prefix=self.prefix,
            **others,
        )

    def clean(self, pattern: str) -> None:
        """Delete the indices whose names match."""
        with self.client() as client:
            for name in client.indices.get_alias(index=pattern, expand_wildcards="all"):
                client.indices.delete(index=name, ignore_unavailable=True)


_USED = pytest.StashKey[str]()


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say at the end which server the tests used."""
    if _USED in config.stash:
        terminalreporter.write_line(f"Elasticsearch: {config.stash[_USED]}")


@pytest.fixture(scope="session")
def es_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Return a running Elasticsearch for the tests of this session."""
    with _server(request) as server:
        with server.client() as client:
            version = client.nodes.info(filter_path="nodes.*.version")["nodes"]
        numbers = sorted({found["version"] for found in version.values()})
        request.config.stash[_USED] = f"{', '.join(numbers)} ({server.origin})"
        yield server


@contextmanager
def _server(request: pytest.FixtureRequest) -> Iterator[Server]:
    prefix = f"{_PREFIX}-t{secrets.token_hex(4)}"
    settings = Settings()
    wish = os.environ.get("GONGKAI_TEST_ES", "auto")
    if wish not in {"auto", "docker", "node"}:
        pytest.fail(f"GONGKAI_TEST_ES is docker or node, not {wish}")
    if settings.es_url is not None and wish == "auto":
        server = _at_address(settings, prefix)
        yield server
        server.clean(f"{prefix}*")
        return
    refusal = _docker_refusal(settings) if wish != "node" else "not asked for"
    if not refusal:
        yield _in_docker(request, prefix)
    elif wish == "docker":
        pytest.fail(f"GONGKAI_TEST_ES=docker: {refusal}")
    else:
        with _local_node(settings, prefix) as server:
            yield server


def _at_address(settings: Settings, prefix: str) -> Server:
    """Return the server that somebody else runs.

    Its user is taken for every role, unless ``GONGKAI_TEST_WRITER`` and ``GONGKAI_TEST_READER``
    name others as ``user:password``, with the rights of docker/elasticsearch/roles.yml.
    """
    if settings.es_user is None or settings.es_password is None:
        pytest.fail("the tests need GONGKAI_ES_USER and GONGKAI_ES_PASSWORD with GONGKAI_ES_URL")
    given = Connection(
        str(settings.es_url),
        settings.es_user,
        settings.es_password.get_secret_value(),
        settings.es_ca,
    )
    users: dict[Role, Connection] = dict.fromkeys(ROLES, given)
    others: tuple[Role, ...] = ("writer", "reader")
    for role in others:
        user, _, password = os.environ.get(f"GONGKAI_TEST_{role.upper()}", "").partition(":")
        if user:
            users[role] = replace(given, user=user, password=password)
    separate = len({found.user for found in users.values()}) == len(ROLES)
    server = Server("url", users, prefix, separate_roles=separate)
    with server.client() as client:
        client.cluster.health(wait_for_status="yellow", timeout="60s")
    return server


# --- Docker ------------------------------------------------------------------------------------


def _image(settings: Settings) -> str:
    return os.environ.get("GONGKAI_TEST_IMAGE") or f"{_IMAGE}:{settings.es_version}"


def _run(*command: str, seconds: float = 30) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)


def _compose() -> str | None:
    """Return the Compose command, of version 2 or 1."""
    if _run("docker", "compose", "version").returncode == 0:
        return "docker compose"
    return "docker-compose" if shutil.which("docker-compose") else None


def _docker_refusal(settings: Settings) -> str:
    """Return why Docker cannot serve, or ``""``."""
    if shutil.which("docker") is None:
        return "there is no docker command"
    if _run("docker", "version", "--format", "{{.Server.Version}}").returncode:
        return "no Docker daemon answers"
    if _compose() is None:
        return "there is neither docker compose nor docker-compose"
    image = _image(settings)
    if _run("docker", "image", "inspect", image).returncode:
        pulled = _run("docker", "pull", "--quiet", image, seconds=_PULL_SECONDS)
        if pulled.returncode:
            return f"{image} cannot be had: {pulled.stderr.strip()}"
    return ""


@pytest.fixture(scope="session")
def docker_compose_command() -> str | None:
    """Tell pytest-docker which Compose there is."""
    return _compose()


@pytest.fixture(scope="session")
def docker_passwords(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Make the users of the server in Docker; the compose file mounts them until it is down."""
    passwords = {user: secrets.token_urlsafe(24) for user in USERS}
    folder = tmp_path_factory.mktemp("security")
    for name, text in security_files(_PREFIX, passwords).items():
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o644)  # the container's user is another one
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GONGKAI_TEST_IMAGE", _image(Settings()))
        patch.setenv("GONGKAI_TEST_SECURITY", str(folder))
        yield passwords


@pytest.fixture(scope="session")
def docker_compose_file(docker_passwords: dict[str, str]) -> str:
    """Tell pytest-docker what to start."""
    assert docker_passwords
    return str(_ROOT / "docker" / "test.compose.yaml")


@pytest.fixture(scope="session")
def docker_setup() -> list[str]:
    """Tell pytest-docker how: version 1 of Compose cannot wait."""
    return ["up --detach"]


def _in_docker(request: pytest.FixtureRequest, prefix: str) -> Server:
    services = request.getfixturevalue("docker_services")
    passwords = request.getfixturevalue("docker_passwords")
    address = f"http://127.0.0.1:{services.port_for('elasticsearch', 9200)}"
    server = Server(
        "docker",
        {
            role: Connection(address, f"gongkai_{role}", passwords[f"gongkai_{role}"])
            for role in ROLES
        },
        prefix,
    )

    def ready() -> bool:
        with server.client() as client:
            try:
                client.cluster.health(wait_for_status="yellow")
            except (NotConnected, ApiError):  # not listening yet, or still loading its users
                return False
        return True

    services.wait_until_responsive(check=ready, timeout=_START_SECONDS, pause=1)
    return server


# --- the local node ----------------------------------------------------------------------------


@contextmanager
def _local_node(settings: Settings, prefix: str) -> Iterator[Server]:
    """Share one node among the sessions of this checkout; the last one stops it."""
    own = settings.model_copy(
        update={
            "es_url": None,
            "state_dir": _NODE_FOLDER,
            "es_heap": "512m",
            "es_port": None,
            "index_prefix": _PREFIX,
        }
    )
    _NODE_FOLDER.mkdir(parents=True, exist_ok=True)
    with (_NODE_FOLDER / f"sessions-{own.es_version}").open("w") as sessions:
        fcntl.flock(sessions, fcntl.LOCK_SH)
        with pytest.MonkeyPatch.context() as patch:
            # A test's server is started more often than it is busy.
            patch.setenv("ES_JAVA_OPTS", QUICK_START)
            node.start(own)
        server = Server("node", {role: _found(own, role) for role in ROLES}, prefix)
        try:
            yield server
        finally:
            server.clean(f"{prefix}*")
            if _alone(sessions.fileno()):
                server.clean(f"{_PREFIX}-t*")  # of sessions that were killed
                node.stop(own)


def _found(settings: Settings, role: Role) -> Connection:
    found = node.find(settings, role)
    assert found is not None, f"the node has no user for {role}"
    return found


def _alone(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

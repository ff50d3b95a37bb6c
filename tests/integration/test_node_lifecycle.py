"""``gongkai node`` with real servers: start, stop, side by side, and starts that fail."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from elasticsearch import Elasticsearch
from tests.elasticsearch_fixture import QUICK_START

from gongkai import node
from gongkai.errors import NodeError
from gongkai.node import process
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.es


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the server's own user may enter, which pytest's are not."""
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="gongkai-node-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module", autouse=True)
def _quick_start() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ES_JAVA_OPTS", QUICK_START)
        yield


def _settings(folder: Path) -> Settings:
    return Settings(state_dir=folder, es_url=None, es_heap="256m")


def _client(settings: Settings) -> Elasticsearch:
    found = node.find(settings, "admin")
    assert found is not None
    return Elasticsearch(found.url, basic_auth=(found.user, found.password))


@pytest.fixture(scope="module")
def started(folder: Path) -> Iterator[Settings]:
    settings = _settings(folder / "one")
    node.start(settings)
    yield settings
    node.stop(settings)
    shutil.rmtree(folder / "one")


def test_starting_again_keeps_the_node_that_runs(started: Settings) -> None:
    first = node.status(started)
    assert first.state == "running"
    again = node.start(started, note=pytest.fail)
    assert (again.pid, again.url) == (first.pid, first.url)


def test_the_server_runs_as_an_unprivileged_user(started: Settings) -> None:
    pid = node.status(started).pid
    owner = Path(f"/proc/{pid}").stat().st_uid
    assert owner != 0
    assert os.geteuid() in {0, owner}


def test_it_listens_on_loopback_only(started: Settings) -> None:
    with _client(started) as client:
        (found,) = client.nodes.info(metric="http,transport")["nodes"].values()
    for layer in ("http", "transport"):
        addresses = found[layer]["bound_address"]
        assert addresses
        assert all(address.startswith("127.0.0.1:") for address in addresses)


def test_two_nodes_run_side_by_side_and_data_survive_a_restart(
    started: Settings, folder: Path
) -> None:
    other = _settings(folder / "two")
    node.start(other)
    try:
        first, second = node.status(started), node.status(other)
        assert first.url != second.url
        with _client(started) as client:
            client.indices.create(index="gongkai-kept", settings={"number_of_replicas": 0})
            client.index(index="gongkai-kept", id="1", document={"n": 1}, refresh=True)
        with _client(other) as client:
            assert not client.indices.exists(index="gongkai-kept")

        assert node.stop(started)
        assert node.status(started).state == "stopped"
        assert node.find(started) is None
        assert node.status(other).pid == second.pid
        assert not node.stop(started)

        node.start(started)
        with _client(started) as client:
            assert client.count(index="gongkai-kept")["count"] == 1
    finally:
        node.stop(other)


def test_a_start_that_fails_in_the_server_tells_the_cause_of_its_log(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = _settings(folder / "three")
    with socket.create_server(("127.0.0.1", 0)) as server:
        # As if another process had been faster, after the port was found free.
        monkeypatch.setattr(process, "port_choice", lambda *_: str(server.getsockname()[1]))
        with pytest.raises(NodeError, match="Address already in use") as caught:
            node.start(settings)
    assert "GONGKAI_ES_PORT" in caught.value.hint
    assert node.status(settings).state == "stopped"
    assert any("BindException" in line for line in node.logs(settings, 500))


def _gongkai(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    program = "from gongkai.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "GONGKAI_LANG": "en", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_line_tells_why_a_start_failed(folder: Path) -> None:
    state = {"GONGKAI_STATE_DIR": str(folder / "four"), "GONGKAI_ES_HEAP": "1m"}
    done = _gongkai("node", "start", "--json", **state)
    assert done.returncode == 4
    assert done.stdout == ""
    assert "Too small" in done.stderr
    assert "gongkai node logs" in done.stderr
    assert "Too small" in _gongkai("node", "logs", **state).stdout


def test_the_command_line_refuses_a_taken_port(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = _gongkai(
            "node", "start", GONGKAI_STATE_DIR=str(folder / "five"), GONGKAI_ES_PORT=port
        )
    assert done.returncode == 4
    assert f"Port {port} is taken" in done.stderr


def test_the_command_line_shows_the_node_and_no_password(started: Settings) -> None:
    done = _gongkai("node", "status", "--json", GONGKAI_STATE_DIR=str(started.state_dir))
    shown = json.loads(done.stdout)
    assert (shown["state"], shown["version"]) == ("running", started.es_version)
    plain = _gongkai("node", "status", GONGKAI_STATE_DIR=str(started.state_dir)).stdout
    assert shown["url"] in plain
    found = node.find(started, "admin")
    assert found is not None
    assert found.password not in done.stdout + plain


def test_a_server_at_an_address_is_left_alone(folder: Path) -> None:
    variables = {
        "GONGKAI_STATE_DIR": str(folder / "six"),
        "GONGKAI_ES_URL": "http://someone:secret@127.0.0.1:1",
    }
    done = _gongkai("node", "start", "--json", **variables)
    shown = json.loads(done.stdout)
    assert done.returncode == 0
    assert (shown["state"], shown["url"]) == ("external", "http://127.0.0.1:1")
    assert "secret" not in done.stdout + done.stderr
    assert not (folder / "six").exists()

from __future__ import annotations

import json
import os
import socket
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gongkai.errors import NodeError
from gongkai.node.places import Runner, cache_folder, runtime_folder
from gongkai.node.process import port_choice
from gongkai.node.serverlog import http_port, start_failure

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_port_that_was_asked_for_must_be_free(taken: int) -> None:
    with pytest.raises(NodeError, match=str(taken)) as caught:
        port_choice(taken, None)
    assert "GONGKAI_ES_PORT" in caught.value.hint


def test_a_free_port_that_was_asked_for_is_the_only_one(taken: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    assert port_choice(free, taken) == str(free)


def test_without_a_wish_the_server_tries_the_last_port_and_the_usual_ones() -> None:
    assert port_choice(None, None) == "9200-9299"
    assert port_choice(None, 9217) == "9217,9200-9299"


def _log(folder: Path, *entries: dict[str, str]) -> None:
    text = "".join(json.dumps(entry) + "\n" for entry in entries)
    (folder / "gongkai_server.json").write_text(text)


def _entry(level: str, message: str, **more: str) -> dict[str, str]:
    return {
        "@timestamp": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
        "log.level": level,
        "message": message,
        **more,
    }


def test_the_cause_is_the_error_that_stopped_the_boot_with_its_root(tmp_path: Path) -> None:
    began = time.time() - 5
    boot = {
        "log.logger": "org.elasticsearch.bootstrap.Elasticsearch",
        "error.message": "Failed to bind to 127.0.0.1:9200",
        "error.stack_trace": "X\n\tat a\nCaused by: io.Y: y\nCaused by: java.net.BindException: "
        "Address already in use\n\tat b",
    }
    _log(
        tmp_path,
        {**_entry("ERROR", "of an earlier start"), "@timestamp": "2020-01-01T00:00:00.000Z"},
        _entry("INFO", "starting"),
        _entry("ERROR", "a side effect"),
        _entry("ERROR", "fatal exception while booting", **boot),
    )
    assert start_failure(tmp_path, began) == (
        "Failed to bind to 127.0.0.1:9200: java.net.BindException: Address already in use"
    )


def test_without_a_log_the_cause_is_what_the_launcher_printed(tmp_path: Path) -> None:
    (tmp_path / "start.log").write_text(
        "warning: ignoring JAVA_HOME\njava.lang.RuntimeException: starting java failed with [1]\n"
        "output:\nError occurred during initialization of VM\nToo small maximum heap\nerror:\n"
        "\tat org.elasticsearch.server.cli.JvmOption.flagsFinal(JvmOption.java:121)\n"
    )
    assert start_failure(tmp_path, time.time()) == (
        "java.lang.RuntimeException: starting java failed with [1]; "
        "Error occurred during initialization of VM; Too small maximum heap"
    )


def test_without_any_trace_the_cause_is_empty(tmp_path: Path) -> None:
    assert start_failure(tmp_path, time.time()) == ""


def test_the_port_is_the_one_the_server_published_last(tmp_path: Path) -> None:
    took = {"log.logger": "org.elasticsearch.http.AbstractHttpServerTransport"}
    _log(
        tmp_path,
        _entry("INFO", "publish_address {127.0.0.1:9300}", **{"log.logger": "transport"}),
        _entry("INFO", "publish_address {127.0.0.1:9207}, bound_addresses {x}", **took),
    )
    assert http_port(tmp_path, time.time() - 5) == 9207
    with pytest.raises(NodeError, match="GONGKAI_ES_PORT"):
        http_port(tmp_path, time.time() + 60)


def test_an_old_log_is_not_taken_for_this_start(tmp_path: Path) -> None:
    _log(tmp_path, _entry("ERROR", "old"))
    assert start_failure(tmp_path, time.time() + 60) == ""


def test_the_caller_runs_the_server_where_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    monkeypatch.setattr(os, "getegid", lambda: 1235)
    assert Runner.current() == Runner(1234, 1235, switched=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert Runner.current().switched
    assert Runner.current().uid != 0


@pytest.fixture
def everyones() -> Iterator[Path]:
    """A folder that every user may enter, which ``tmp_path`` is not."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_folder_that_the_other_user_cannot_enter_is_replaced(
    everyones: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongkai.node.places._VAR", everyones / "var")
    open_, closed = everyones / "open", everyones / "closed"
    open_.mkdir()
    closed.mkdir(mode=0o700)
    other = Runner(54321, 54321, switched=True)
    assert runtime_folder(open_ / "node-8", other) == open_ / "node-8"
    assert cache_folder(open_ / "cache", other) == open_ / "cache"
    moved = runtime_folder(closed / "node-8", other)
    assert moved.parent.parent == everyones / "var/lib/gongkai"
    assert other.reaches(moved)
    assert moved != runtime_folder(closed / "deeper" / "node-8", other)
    assert runtime_folder(closed / "node-9", other).parent == moved.parent
    assert cache_folder(closed, other) == everyones / "var/cache/gongkai"
    me = Runner(os.getuid(), os.getgid(), switched=False)
    assert runtime_folder(closed / "node-8", me) == closed / "node-8"

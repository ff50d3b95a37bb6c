from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gongkai.node.connection import find
from gongkai.node.control import status
from gongkai.node.process import terminate
from gongkai.node.state import USERS, NodeFolder, NodeState
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _state(pid: int, mark: str) -> NodeState:
    return NodeState(pid, mark, 9217, "8.19.21", "cache", "/es", "/java", "/run")


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[str]]:
    """A process with ``-Dmark=1`` on its command line, ready to be signalled."""
    code = "import time; print('up', flush=True); time.sleep(600)"
    with subprocess.Popen(
        [sys.executable, "-c", code, "-Dmark=1"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_the_passwords_are_for_the_owners_eyes_only_and_stay(tmp_path: Path) -> None:
    folder = NodeFolder(tmp_path)
    made = folder.ensure_passwords()
    assert set(made) == set(USERS)
    assert len(set(made.values())) == len(USERS)
    assert min(len(word) for word in made.values()) >= 32
    assert stat.S_IMODE(folder.passwords_file.stat().st_mode) == 0o600
    assert folder.ensure_passwords() == made


def test_a_process_is_the_node_only_with_its_mark(sleeper: subprocess.Popen[str]) -> None:
    assert _state(sleeper.pid, "-Dmark=1").alive()
    assert not _state(sleeper.pid, "-Dmark=2").alive()
    assert not _state(os.getpid(), "-Dmark=1").alive()


def test_stopping_ends_the_own_process(sleeper: subprocess.Popen[str]) -> None:
    terminate(_state(sleeper.pid, "-Dmark=1"))
    assert sleeper.wait(10) < 0


def test_stopping_leaves_a_process_that_only_has_the_number(
    sleeper: subprocess.Popen[str],
) -> None:
    terminate(_state(sleeper.pid, "-Dmark=2"))
    assert sleeper.poll() is None


def test_a_connection_is_found_while_the_node_runs(
    tmp_path: Path, sleeper: subprocess.Popen[str]
) -> None:
    settings = Settings(state_dir=tmp_path)
    assert find(settings) is None
    folder = NodeFolder.of(settings)
    folder.create()
    passwords = folder.ensure_passwords()
    folder.remember(_state(sleeper.pid, "-Dmark=1"))
    found = find(settings, "writer")
    assert found is not None
    assert (found.url, found.user) == ("http://127.0.0.1:9217", "gongkai_writer")
    assert found.password == passwords["gongkai_writer"]
    assert found.password not in repr(found)
    sleeper.kill()
    sleeper.wait()
    assert find(settings, "writer") is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "unknown": 2}'])
def test_a_damaged_state_file_is_no_node(tmp_path: Path, text: str) -> None:
    (tmp_path / "node.json").write_text(text)
    assert NodeFolder(tmp_path).running() is None


def test_each_major_version_has_its_own_folder(tmp_path: Path) -> None:
    folders = {
        NodeFolder.of(Settings(state_dir=tmp_path, es_version=version)).path.name
        for version in ("8.19.21", "8.19.20", "9.0.0")
    }
    assert folders == {"node-8", "node-9"}


def test_the_folder_follows_the_version_of_a_given_home(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "elasticsearch-9.0.0.jar").touch()
    (tmp_path / "lib" / "elasticsearch-core-9.0.0.jar").touch()
    assert NodeFolder.of(Settings(es_home=tmp_path)).path.name == "node-9"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://u:geheim@es.example.org:9200", "http://es.example.org:9200"),
        ("http://u:ge/heim@es.example.org:9200", None),  # no address, and not to be shown
    ],
)
def test_the_status_of_a_server_of_ones_own_shows_no_password(
    tmp_path: Path, url: str, shown: str | None
) -> None:
    found = status(Settings(_env_file=None, state_dir=tmp_path, es_url=url))
    assert (found.state, found.url) == ("external", shown)

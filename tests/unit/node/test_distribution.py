from __future__ import annotations

import hashlib
import io
import os
import tarfile
import threading
import zipfile
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gongkai.errors import NodeError
from gongkai.node import distribution
from gongkai.node.distribution import UnavailableError, from_maven, from_official, obtain
from gongkai.node.places import Runner
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

ME = Runner(os.getuid(), os.getgid(), switched=False)
JAR = "lib/elasticsearch-8.19.21.jar"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web site on loopback and its folder."""
    folder = tmp_path / "site"
    folder.mkdir()

    def handler(*args: object) -> _Quiet:
        return _Quiet(*args, directory=str(folder))  # type: ignore[arg-type] # as the server calls

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution.platform, "system", lambda: "Linux")  # type: ignore[attr-defined]
    monkeypatch.setattr(distribution.platform, "machine", lambda: "x86_64")  # type: ignore[attr-defined]


def _publish(folder: Path, *, digest: str | None = None) -> None:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w:gz") as tar:
        for name, mode in ((JAR, 0o644), ("bin/elasticsearch", 0o755)):
            entry = tarfile.TarInfo(f"elasticsearch-8.19.21/{name}")
            entry.mode = mode
            tar.addfile(entry)
    name = "elasticsearch-8.19.21-linux-x86_64.tar.gz"
    (folder / name).write_bytes(content.getvalue())
    digest = digest or hashlib.sha512(content.getvalue()).hexdigest()
    (folder / f"{name}.sha512").write_text(f"{digest}  {name}\n")


def test_the_official_archive_is_verified_and_unpacked(
    site: tuple[str, Path], tmp_path: Path
) -> None:
    _publish(site[1])
    notes: list[str] = []
    home = from_official("8.19.21", tmp_path, notes.append, site[0])
    assert (home / JAR).is_file()
    assert os.access(home / "bin/elasticsearch", os.X_OK)
    assert len(notes) == 1
    assert not list(tmp_path.glob("*.tar.gz"))


def test_an_archive_with_another_checksum_is_refused(
    site: tuple[str, Path], tmp_path: Path
) -> None:
    _publish(site[1], digest="0" * 128)
    with pytest.raises(NodeError, match=r"checksum|校验值"):
        from_official("8.19.21", tmp_path, lambda _: None, site[0])
    assert not (tmp_path / "elasticsearch-8.19.21").exists()


def test_a_version_that_is_not_published_leaves_it_to_the_next_source(
    site: tuple[str, Path], tmp_path: Path
) -> None:
    with pytest.raises(UnavailableError, match="File not found"):
        from_official("8.19.99", tmp_path, lambda _: None, site[0])


def test_an_unknown_machine_leaves_it_to_the_next_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(distribution.platform, "machine", lambda: "riscv64")  # type: ignore[attr-defined]
    with pytest.raises(UnavailableError, match="riscv64"):
        from_official("8.19.21", tmp_path, lambda _: None)


def _local_maven(home: Path, version: str) -> None:
    folder = home / ".m2/repository/org/elasticsearch/distribution/integ-test-zip/elasticsearch"
    folder = folder / version
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / f"elasticsearch-{version}.zip", "w") as bundle:
        for name, mode in ((f"lib/elasticsearch-{version}.jar", 0o644), ("bin/run", 0o755)):
            entry = zipfile.ZipInfo(f"elasticsearch-{version}/{name}")
            entry.external_attr = mode << 16
            bundle.writestr(entry, b"")


def test_a_zip_that_maven_has_fetched_is_unpacked_with_its_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    _local_maven(tmp_path, "8.18.0")
    home = from_maven("8.18.0", tmp_path, lambda _: None)
    assert os.access(home / "bin/run", os.X_OK)
    assert not os.access(home / "lib/elasticsearch-8.18.0.jar", os.X_OK)


def test_a_tested_version_from_maven_must_be_the_known_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    _local_maven(tmp_path, "8.19.21")
    with pytest.raises(NodeError, match="215d5f3dbf0609a1"):
        from_maven("8.19.21", tmp_path, lambda _: None)


def test_a_given_home_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / JAR).touch()
    found = obtain(Settings(es_home=tmp_path), tmp_path / "cache", ME, lambda _: None)
    assert (found.home, found.version, found.origin) == (tmp_path, "8.19.21", "home")
    assert not (tmp_path / "cache").exists()


def test_a_given_home_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NodeError, match="GONGKAI_ES_HOME"):
        obtain(Settings(es_home=tmp_path), tmp_path, ME, lambda _: None)


def test_the_cache_comes_before_every_download(tmp_path: Path) -> None:
    home = tmp_path / "elasticsearch" / "8.19.21"
    (home / "lib").mkdir(parents=True)
    (home / JAR).touch()
    found = obtain(Settings(), tmp_path, ME, pytest.fail)
    assert (found.home, found.origin) == (home, "cache")


def test_the_next_source_is_tried_and_all_causes_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(version: str, *_: object) -> Path:
        raise UnavailableError(f"no {version} here")

    monkeypatch.setattr(distribution, "from_official", unreachable)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    _local_maven(tmp_path, "8.18.0")
    settings = Settings(es_version="8.18.0")
    found = obtain(settings, tmp_path / "cache", ME, lambda _: None)
    assert found.origin == "maven"
    assert obtain(settings, tmp_path / "cache", ME, pytest.fail).origin == "cache"

    monkeypatch.setattr(distribution, "from_maven", unreachable)
    with pytest.raises(NodeError) as caught:
        obtain(Settings(es_version="8.18.1"), tmp_path / "cache", ME, lambda _: None)
    assert caught.value.message.count("no 8.18.1 here") == 2
    assert "GONGKAI_ES_HOME" in caught.value.hint
    assert [path.name for path in (tmp_path / "cache/elasticsearch").iterdir()] == ["8.18.0"]

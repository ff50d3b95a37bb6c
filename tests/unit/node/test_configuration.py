from __future__ import annotations

import base64
import hashlib
import stat
from pathlib import Path

import pytest

from gongkai.node import configuration
from gongkai.node.configuration import hashed, security_files, server_settings
from gongkai.node.distribution import Distribution
from gongkai.node.java import Java
from gongkai.node.parts import Parts
from gongkai.node.places import Runner

OPTIONS = """\
-XX:+UseG1GC
20-:--add-modules=jdk.incubator.vector
-XX:HeapDumpPath=data
-XX:ErrorFile=logs/hs_err_pid%p.log
-Xlog:gc*,safepoint:file=logs/gc.log:filecount=32
"""


@pytest.fixture
def distribution(tmp_path: Path) -> Distribution:
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    (home / "config" / "jvm.options").write_text(OPTIONS)
    (home / "config" / "log4j2.properties").write_text("status = error\n")
    return Distribution(home, "8.19.21", "home")


def _write(distribution: Distribution, runtime: Path, modules: frozenset[str]) -> str:
    return configuration.write(
        Parts(
            distribution, Java(Path("/java"), 21, modules), Runner(0, 0, switched=False), runtime
        ),
        ports="9217",
        heap="512m",
        prefix="gongkai",
        passwords={"gongkai_admin": "s3cret", "gongkai_reader": "other"},
    )


def test_a_password_is_stored_as_a_salted_hash() -> None:
    first, second = hashed("s3cret"), hashed("s3cret")
    assert first != second
    kind, salt, key = first.split("$")
    assert kind == "{PBKDF2}10000"
    again = hashlib.pbkdf2_hmac("sha512", b"s3cret", base64.b64decode(salt), 10_000, 32)
    assert base64.b64decode(key) == again


def test_the_roles_cover_the_prefix_and_nothing_else() -> None:
    for role in configuration.roles("mine").values():
        assert isinstance(role["indices"], list)
        assert [entry["names"] for entry in role["indices"]] == [["mine-*"]]
        assert role["cluster"] in ([], ["monitor"])


def test_a_role_is_one_line_as_the_server_splits_the_file_at_lines() -> None:
    lines = security_files("gongkai", {})["roles.yml"].splitlines()
    assert [line.split(":")[0] for line in lines] == list(configuration.roles("gongkai"))


def test_the_server_listens_on_loopback_with_security_on(distribution: Distribution) -> None:
    chosen = server_settings(distribution, Path("/run/node"), "9217")
    assert chosen["network.host"] == "127.0.0.1"
    assert chosen["xpack.security.enabled"] is True
    assert chosen["http.port"] == "9217"


@pytest.mark.parametrize(
    ("module", "setting"),
    [
        ("x-pack-ml", "xpack.ml.enabled"),
        ("ingest-geoip", "ingest.geoip.downloader.enabled"),
    ],
)
def test_a_setting_is_written_only_where_its_module_is(
    distribution: Distribution, module: str, setting: str
) -> None:
    assert setting not in server_settings(distribution, Path("/run/node"), "9217")
    (distribution.home / "modules" / module).mkdir(parents=True)
    assert server_settings(distribution, Path("/run/node"), "9217")[setting] is False


def test_no_file_with_a_secret_is_readable_by_others(
    distribution: Distribution, tmp_path: Path
) -> None:
    _write(distribution, tmp_path / "run", frozenset())
    files = [path for path in (tmp_path / "run").rglob("*") if path.is_file()]
    assert {"users", "users_roles", "roles.yml", "elasticsearch.yml"} <= {f.name for f in files}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert not any("s3cret" in path.read_text() for path in files)


def test_the_vector_module_is_left_out_for_a_java_without_it(
    distribution: Distribution, tmp_path: Path
) -> None:
    _write(distribution, tmp_path / "lean", frozenset({"java.base"}))
    _write(distribution, tmp_path / "full", frozenset({"java.base", "jdk.incubator.vector"}))
    lean, full = (
        (tmp_path / name / "config" / "jvm.options").read_text() for name in ("lean", "full")
    )
    assert "jdk.incubator.vector" not in lean
    assert "jdk.incubator.vector" in full
    assert "-XX:+UseG1GC" in lean


def test_the_jvm_writes_nothing_into_the_distribution(
    distribution: Distribution, tmp_path: Path
) -> None:
    mark = _write(distribution, tmp_path / "run", frozenset())
    config = tmp_path / "run" / "config"
    assert (config / "jvm.options").read_text().split() == [
        "-XX:+UseG1GC",
        "20-:--add-modules=jdk.incubator.vector",
    ]
    own = (config / "jvm.options.d" / "gongkai.options").read_text().split()
    assert mark in own
    assert f"-XX:HeapDumpPath={tmp_path}/run/logs" in own
    assert {"-Xms512m", "-Xmx512m"} <= set(own)

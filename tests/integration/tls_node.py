"""A node as in production: TLS on its HTTP layer, a superuser, roles and API keys through its API.

The small distribution cannot make the index that holds roles and API keys, because the index asks
for analysis that it lacks. Such a distribution is copied and gets that analysis as a plugin of a
page of Java (``tests/data/security-index``); nothing else about it changes.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from elasticsearch import ApiError, Elasticsearch, TransportError
from tests.elasticsearch_fixture import QUICK_START

from gongkai.node import configuration, distribution, java, process
from gongkai.node.distribution import Distribution
from gongkai.node.java import Java
from gongkai.node.parts import Parts
from gongkai.node.places import Runner, cache_folder
from gongkai.node.state import NodeState
from gongkai.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.certificates import Files

_PLUGIN = Path(__file__).parents[1] / "data" / "security-index"
_PLUGIN_CLASS = "SecurityIndexAnalysis"
_SUPERUSER = "elastic_admin"
_READY_SECONDS = 60


@dataclass(frozen=True)
class TlsNode:
    """A running node, reached by TLS alone.

    Attributes:
        port: HTTP port on loopback.
        certificates: its own, and the authority's.
        password: of the superuser.
    """

    port: int
    certificates: Files
    password: str

    @property
    def url(self) -> str:
        """Return its address."""
        return f"https://127.0.0.1:{self.port}"

    def client(self) -> Elasticsearch:
        """Return a superuser's client; the caller closes it."""
        return Elasticsearch(
            self.url,
            basic_auth=(_SUPERUSER, self.password),
            ca_certs=str(self.certificates.authority),
        )


@contextmanager
def tls_node(folder: Path, certificates: Files) -> Iterator[TlsNode]:
    """Run the node.

    Args:
        folder: for its files; its own user must be able to enter it.
        certificates: to be served with.
    """
    settings = Settings(es_url=None)
    runner = Runner.current()
    cache = cache_folder(settings.cache_dir.absolute(), runner)
    server = distribution.obtain(settings, cache, runner, lambda _: None)
    runtime_java = java.choose(server.home, server.version, cache, runner)
    if not server.has_module("analysis-common"):
        server = _with_plugin(server, runtime_java, folder / "server")
    runtime = runner.owned(folder / "node")
    runner.owned(runtime / "data")
    password = secrets.token_urlsafe(24)
    parts = Parts(server, runtime_java, runner, runtime)
    mark = configuration.write(
        parts,
        ports="9400-9499",
        heap="512m",
        prefix="gongkai",
        passwords={_SUPERUSER: password},
    )
    _secure(runtime / "config", runner, certificates)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ES_JAVA_OPTS", QUICK_START)
        pid, port = process.launch(parts)
    state = NodeState(
        *(pid, mark, port, server.version, server.origin),
        *(str(server.home), str(runtime_java.home), str(runtime)),
    )
    try:
        node = TlsNode(port, certificates, password)
        _wait(node)
        yield node
    finally:
        process.terminate(state)


def _secure(config: Path, runner: Runner, certificates: Files) -> None:
    """Turn TLS on, and give the one user the role that the server has built in."""
    chosen: dict[str, Any] = json.loads((config / "elasticsearch.yml").read_text())
    chosen |= {
        "xpack.security.http.ssl.enabled": True,
        "xpack.security.http.ssl.certificate": "server.pem",
        "xpack.security.http.ssl.key": "server.key",
    }
    (config / "elasticsearch.yml").write_text(json.dumps(chosen, indent=2))
    (config / "users_roles").write_text(f"superuser:{_SUPERUSER}\n")
    for file in (certificates.chain, certificates.key):
        shutil.copyfile(file, config / file.name)
        runner.own(config / file.name)


def _wait(node: TlsNode) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    with node.client() as client:
        while True:
            try:
                client.cluster.health(wait_for_status="yellow", timeout="10s")
            except (ApiError, TransportError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
            else:
                return


def _with_plugin(server: Distribution, runtime_java: Java, home: Path) -> Distribution:
    """Copy a distribution, which is never written to, and add the plugin."""
    compiler, release = _compiler(runtime_java), str(runtime_java.version)
    shutil.copytree(server.home, home)
    target = home / "plugins" / "security-index"
    target.mkdir(parents=True)
    jars = os.pathsep.join(map(str, sorted((home / "lib").glob("*.jar"))))
    done = subprocess.run(
        [
            *(compiler / "bin" / "java", "-m", "jdk.compiler/com.sun.tools.javac.Main"),
            *("-source", release, "-target", release, "-proc:none"),
            *("-cp", jars, "-d", target / "classes"),
            _PLUGIN / f"{_PLUGIN_CLASS}.java",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert not done.returncode, done.stderr
    jar = shutil.make_archive(str(target / "plugin"), "zip", target / "classes")
    Path(jar).rename(target / "plugin.jar")
    shutil.rmtree(target / "classes")
    descriptor = {
        "name": "security-index",
        "description": "analysis of the security index",
        "version": "1",
        "classname": _PLUGIN_CLASS,
        "java.version": runtime_java.version,
        "elasticsearch.version": server.version,
    }
    (target / "plugin-descriptor.properties").write_text(
        "".join(f"{name}={value}\n" for name, value in descriptor.items())
    )
    for path in (home, *home.rglob("*")):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o644))
    return Distribution(home, server.version, server.origin)


def _compiler(runtime_java: Java) -> Path:
    """Return the home of a Java with the compiler's module for the Java that runs the server.

    Debian's headless runtime has the module, too, though no command ``javac``.
    """
    homes = [runtime_java.home]
    if "JAVA_HOME" in os.environ:
        homes.append(Path(os.environ["JAVA_HOME"]))
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    for home in homes:
        found = Java.at(home)
        if found and found.version >= runtime_java.version and "jdk.compiler" in found.modules:
            return home
    pytest.skip(f"needs a JDK {runtime_java.version} or later: the small server lacks an analysis")

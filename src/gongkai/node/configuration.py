"""The configuration folder of the local node: settings, roles, users and JVM options.

Only settings that the distribution's modules know are written; an unknown one stops the server.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import shutil
from typing import TYPE_CHECKING

from gongkai.node.state import user_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gongkai.node.distribution import Distribution
    from gongkai.node.java import Java
    from gongkai.node.parts import Parts

CLUSTER = "gongkai"
_VECTOR_MODULE = "jdk.incubator.vector"
#: The optimising compiler took 9 of the 22 seconds of processor time of a start (8.19.21, Java 17,
#: two cores). With thresholds ten times as high it leaves code alone that only a start needs.
_LATER_OPTIMISATION = (
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4MinInvocationThreshold=20000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
    "-XX:+IgnoreUnrecognizedVMOptions",  # where another JVM has other thresholds
)
_ITERATIONS = 10_000  # the server's own default for PBKDF2
_SALT_BYTES = 32
_KEY_BYTES = 32


def roles(prefix: str) -> dict[str, dict[str, object]]:
    """Return the roles: what each of the three users may do.

    Args:
        prefix: of every index and alias.
    """

    def on_indices(*privileges: str) -> list[dict[str, object]]:
        return [{"names": [f"{prefix}-*"], "privileges": list(privileges)}]

    return {
        user_of("admin"): {
            "cluster": ["monitor"],
            "indices": on_indices("all"),
        },
        user_of("writer"): {
            "cluster": [],
            "indices": on_indices(
                *("read", "view_index_metadata", "index", "delete"),
                "maintenance",  # refresh after a load
            ),
        },
        user_of("reader"): {
            "cluster": [],
            "indices": on_indices("read", "view_index_metadata"),
        },
    }


def hashed(password: str) -> str:
    """Return a password as the file realm stores it (PBKDF2 with SHA-512)."""
    salt = secrets.token_bytes(_SALT_BYTES)
    key = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ITERATIONS, _KEY_BYTES)
    salt_text, key_text = (base64.b64encode(part).decode("ascii") for part in (salt, key))
    return f"{{PBKDF2}}{_ITERATIONS}${salt_text}${key_text}"


def security_files(prefix: str, passwords: Mapping[str, str]) -> dict[str, str]:
    """Return the file realm: text by file name.

    Args:
        prefix: of every index and alias.
        passwords: by user; each user has the role of the same name.
    """
    return {
        # The server splits this file at lines that are not indented: one line a role.
        "roles.yml": "".join(
            f"{name}: {json.dumps(role)}\n" for name, role in roles(prefix).items()
        ),
        "users": "".join(f"{user}:{hashed(text)}\n" for user, text in passwords.items()),
        "users_roles": "".join(f"{user}:{user}\n" for user in passwords),
    }


def server_settings(distribution: Distribution, runtime: Path, ports: str) -> dict[str, object]:
    """Return ``elasticsearch.yml``."""
    chosen: dict[str, object] = {
        "cluster.name": CLUSTER,
        "node.name": CLUSTER,
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": ports,
        "path.data": str(runtime / "data"),
        "path.logs": str(runtime / "logs"),
        "xpack.security.enabled": True,
        "xpack.security.autoconfiguration.enabled": False,
        "xpack.security.http.ssl.enabled": False,  # loopback only
        "xpack.security.transport.ssl.enabled": False,  # a single node
        "cluster.routing.allocation.disk.threshold_enabled": False,  # a full disk shows by itself
    }
    optional = {
        "x-pack-ml": {"xpack.ml.enabled": False},
        "ingest-geoip": {"ingest.geoip.downloader.enabled": False},
    }
    for module, extra in optional.items():
        if distribution.has_module(module):
            chosen.update(extra)
    return chosen


def write(parts: Parts, *, ports: str, heap: str, prefix: str, passwords: Mapping[str, str]) -> str:
    """Write the configuration folder below the node's runtime folder.

    Args:
        parts: what the node is put together from.
        ports: HTTP port, or ports that are tried in turn.
        heap: size of the server's heap.
        prefix: of every index and alias.
        passwords: by user.

    Returns:
        the JVM option that marks the process as this node's.
    """
    server, runtime = parts.server, parts.runtime
    mark = f"-Dgongkai.node={runtime}"
    config = parts.runner.owned(runtime / "config")
    options = parts.runner.owned(config / "jvm.options.d")
    files = {
        "elasticsearch.yml": json.dumps(server_settings(server, runtime, ports), indent=2),
        "jvm.options": _jvm_options(server.home / "config" / "jvm.options", parts.java),
        **security_files(prefix, passwords),
    }
    for name, text in files.items():
        (config / name).write_text(text, encoding="utf-8")
    shutil.copyfile(server.home / "config" / "log4j2.properties", config / "log4j2.properties")
    (options / "gongkai.options").write_text(
        "\n".join(_own_options(server, runtime, heap, mark)) + "\n", encoding="utf-8"
    )
    for path in (*config.iterdir(), *options.iterdir()):
        if path.is_file():
            parts.runner.own(path)
    return mark


def _own_options(distribution: Distribution, runtime: Path, heap: str, mark: str) -> list[str]:
    lines = [
        f"-Xms{heap}",
        f"-Xmx{heap}",
        f"-XX:ErrorFile={runtime}/logs/hs_err_pid%p.log",
        f"-XX:HeapDumpPath={runtime}/logs",
        *_LATER_OPTIMISATION,
        mark,
    ]
    if not distribution.has_module("analysis-common"):
        # It would copy the built-in roles into an index that needs this module, and fail loudly.
        lines.append("-Des.queryable_built_in_roles_enabled=false")
    return lines


def _jvm_options(source: Path, java: Java) -> str:
    """Return the distribution's options that suit any folder and this Java.

    Left out: files of the JVM at paths relative to the distribution, which is not written to, and
    a module that this Java may lack.
    """
    unwanted = ["-Xlog:gc", "-XX:ErrorFile=", "-XX:HeapDumpPath="]
    if java.modules and _VECTOR_MODULE not in java.modules:
        unwanted.append(_VECTOR_MODULE)
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not any(text in line for text in unwanted))

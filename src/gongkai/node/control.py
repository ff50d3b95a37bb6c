"""Starts, stops and describes the local node."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gongkai.errors import NodeError
from gongkai.messages import say
from gongkai.node import configuration, distribution, java, process
from gongkai.node.parts import Parts
from gongkai.node.places import Runner, cache_folder, runtime_folder
from gongkai.node.state import NodeFolder, NodeState, user_of
from gongkai.settings import split_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gongkai.settings import Settings


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of the node.

    Attributes:
        state: ``running``, ``stopped``, or ``external`` where ``GONGKAI_ES_URL`` names a server
            and none is started.
        url: its address.
        version: of the server.
        origin: ``home``, ``cache``, ``official`` or ``maven``.
        pid: process of the server.
        home: the unpacked distribution.
        java: home of the Java that runs it.
        log: its log file.
        passwords: file with the users and their passwords.
    """

    state: Literal["running", "stopped", "external"]
    url: str | None = None
    version: str | None = None
    origin: str | None = None
    pid: int | None = None
    home: str | None = None
    java: str | None = None
    log: str | None = None
    passwords: str | None = None


def start(settings: Settings, note: Callable[[str], None] = lambda _: None) -> Status:
    """Start the node, unless it runs already or ``settings.es_url`` names a server.

    Args:
        settings: of the package.
        note: called with a message before something that takes time.

    Raises:
        NodeError: it cannot be fetched or does not start; the message has the cause.
    """
    if settings.es_url is not None:
        return _external(settings.es_url)
    folder = NodeFolder.of(settings)
    folder.create()
    with _locked(folder):
        if folder.running() is None:
            _start(settings, folder, note)
    return status(settings)


def _start(settings: Settings, folder: NodeFolder, note: Callable[[str], None]) -> None:
    last = folder.last()
    ports = process.port_choice(settings.es_port, last.port if last else None)
    runner = Runner.current()
    cache = cache_folder(settings.cache_dir.absolute(), runner)
    server = distribution.obtain(settings, cache, runner, note)
    parts = Parts(
        server,
        java.choose(server.home, server.version, cache, runner),
        runner,
        runtime_folder(folder.path, runner),
    )
    runner.owned(parts.runtime / "data")
    passwords = folder.ensure_passwords()
    mark = configuration.write(
        parts,
        ports=ports,
        heap=settings.es_heap,
        prefix=settings.index_prefix,
        passwords=passwords,
    )
    note(
        say(
            f"正在启动 Elasticsearch {server.version} …",
            f"starting Elasticsearch {server.version} …",
        )
    )
    pid, port = process.launch(parts)
    state = NodeState(
        pid=pid,
        mark=mark,
        port=port,
        version=server.version,
        origin=server.origin,
        home=str(server.home),
        java=str(parts.java.home),
        runtime=str(parts.runtime),
    )
    folder.remember(state)
    admin = user_of("admin")
    process.wait_until_ready(state.url, admin, passwords[admin])


def stop(settings: Settings) -> bool:
    """Stop the node; its data stay.

    Returns:
        whether one was running.

    Raises:
        NodeError: it may not be ended, or does not end.
    """
    folder = NodeFolder.of(settings)
    if folder.running() is None:
        return False
    with _locked(folder):
        state = folder.running()
        if state is None:
            return False
        process.terminate(state)
    return True


def status(settings: Settings) -> Status:
    """Return what is known of the node, running or not."""
    folder = NodeFolder.of(settings)
    state = folder.last()
    if settings.es_url is not None and (state is None or not state.alive()):
        return _external(settings.es_url)
    if state is None:
        return Status("stopped")
    alive = state.alive()
    return Status(
        "running" if alive else "stopped",
        url=state.url,
        version=state.version,
        origin=state.origin,
        pid=state.pid if alive else None,
        home=state.home,
        java=state.java,
        log=str(_log(Path(state.runtime))),
        passwords=str(folder.passwords_file),
    )


def _external(url: str) -> Status:
    try:
        address, _ = split_address(url)
    except ValueError:  # shown as it is, it might show a password
        return Status("external")
    return Status("external", url=address.geturl())


def logs(settings: Settings, lines: int = 50) -> list[str]:
    """Return the last lines of the node's log; of the last start where it got no further.

    Raises:
        NodeError: the node was never started, or its log may not be read.
    """
    folder = NodeFolder.of(settings)
    last = folder.last()
    runtime = Path(last.runtime) if last else runtime_folder(folder.path, Runner.current())
    for file in (_log(runtime), runtime / "logs" / "start.log"):
        try:
            return file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
        except FileNotFoundError:
            continue
        except OSError as error:
            raise NodeError(
                say(f"无法读取 {file}：{error.strerror}。", f"{file}: {error.strerror}."),
                hint=say("请用启动节点的用户。", "Use the account that started the node."),
            ) from error
    raise NodeError(
        say("节点还没有启动过，没有日志。", "The node was never started; there is no log."),
        hint=say("请运行 gongkai node start。", "Run gongkai node start."),
    )


def _log(runtime: Path) -> Path:
    return runtime / "logs" / f"{configuration.CLUSTER}.log"


@contextmanager
def _locked(folder: NodeFolder) -> Iterator[None]:
    """Let one process at a time start or stop this node."""
    with (folder.path / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

"""Starts and ends the server's process."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from base64 import b64encode
from typing import TYPE_CHECKING

from gongkai.errors import NodeError
from gongkai.messages import say
from gongkai.node.serverlog import http_port, start_failure

if TYPE_CHECKING:
    from pathlib import Path

    from gongkai.node.parts import Parts
    from gongkai.node.state import NodeState

_START_SECONDS = 300
_STOP_SECONDS = 60
_TICK_SECONDS = 0.1
_LOOPBACK = "127.0.0.1"
_DEFAULT_PORTS = "9200-9299"


def port_choice(wanted: int | None, last: int | None) -> str:
    """Return the HTTP port or ports that the server may take, as its configuration has them.

    Args:
        wanted: a port that was asked for, or ``None`` for the first free one. The server itself
            tries them in turn, so that no other process can be faster.
        last: the port used before, tried first.

    Raises:
        NodeError: the port that was asked for is taken.
    """
    if wanted is None:
        return f"{last},{_DEFAULT_PORTS}" if last else _DEFAULT_PORTS
    if not _free(wanted):
        raise NodeError(
            say(f"端口 {wanted} 已被占用。", f"Port {wanted} is taken by another process."),
            hint=say(
                "请把 GONGKAI_ES_PORT 设为空闲端口，或不设（自动选择）。",
                "Set GONGKAI_ES_PORT to a free one, or leave it unset to have one chosen.",
            ),
        )
    return str(wanted)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        if probe.connect_ex((_LOOPBACK, port)) == 0:
            return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_LOOPBACK, port))
        except OSError:
            return False
    return True


def launch(parts: Parts) -> tuple[int, int]:
    """Start the server in the background and wait until it listens.

    Returns:
        the server's process and its HTTP port.

    Raises:
        NodeError: it did not start; the message has the cause from its log.
    """
    runner, runtime = parts.runner, parts.runtime
    logs = runner.owned(runtime / "logs")
    pid_file = runtime / "data" / "server.pid"
    pid_file.unlink(missing_ok=True)
    output = logs / "start.log"
    script = parts.server.home / "bin" / "elasticsearch"
    began = time.time()
    with output.open("wb") as sink:
        process = subprocess.Popen(  # noqa: S603 - the distribution's own script
            ["/bin/bash", script, "--daemonize", "--pidfile", pid_file],
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            cwd=runtime,
            env={
                "PATH": os.environ.get("PATH", os.defpath),
                "LANG": "C.UTF-8",
                "HOME": str(runtime),
                "ES_JAVA_HOME": str(parts.java.home),
                "ES_PATH_CONF": str(runtime / "config"),
                "ES_TMPDIR": str(runner.owned(runtime / "tmp")),
                # The user's own options for the server's JVM; the launcher is short-lived.
                "ES_JAVA_OPTS": os.environ.get("ES_JAVA_OPTS", ""),
                "CLI_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
            },
            start_new_session=True,
            user=runner.uid if runner.switched else None,
            group=runner.gid if runner.switched else None,
            extra_groups=[] if runner.switched else None,
        )
        runner.own(output)
        try:
            code = process.wait(_START_SECONDS)
        except BaseException as error:
            # also on Ctrl-C: the launcher and the server are one session of their own
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, subprocess.TimeoutExpired):
                raise _failed(runtime, began, f"{_START_SECONDS} s") from error
            raise
    if code:
        raise _failed(runtime, began, f"exit {code}")
    pid = int(pid_file.read_text())
    try:
        return pid, http_port(logs, began)
    except NodeError:
        os.kill(pid, signal.SIGTERM)  # nobody could stop it later
        raise


def _failed(runtime: Path, began: float, fallback: str) -> NodeError:
    cause = start_failure(runtime / "logs", began) or fallback
    if "Address already in use" in cause:
        hint = say("请换一个 GONGKAI_ES_PORT。", "Choose another GONGKAI_ES_PORT.")
    else:
        hint = say("完整日志：gongkai node logs", "Full log: gongkai node logs")
    return NodeError(
        say(f"Elasticsearch 未能启动：{cause}。", f"Elasticsearch did not start: {cause}."),
        hint=hint,
    )


def wait_until_ready(url: str, user: str, password: str) -> None:
    """Wait until the cluster can be searched.

    ``GET /`` is not asked: the small distribution has no such page.

    Raises:
        NodeError: it does not come up, or refuses the node's own user.
    """
    token = b64encode(f"{user}:{password}".encode()).decode("ascii")
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{url}/_cluster/health?wait_for_status=yellow&timeout=60s",
        headers={"Authorization": f"Basic {token}"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=90) as answer:
            answer.read()
    except (OSError, urllib.error.URLError) as error:
        raise NodeError(
            say(f"{url} 未就绪：{error}。", f"{url} is not ready: {error}."),
            hint=say("请看 gongkai node logs。", "See gongkai node logs."),
        ) from error


def terminate(state: NodeState) -> None:
    """End the node's process: politely, then by force.

    Raises:
        NodeError: the caller may not end it, or it does not end.
    """
    for number in (signal.SIGTERM, signal.SIGKILL):
        if not state.alive():
            return
        try:
            os.kill(state.pid, number)
        except ProcessLookupError:
            return
        except PermissionError as error:
            raise NodeError(
                say(f"无权结束进程 {state.pid}。", f"Process {state.pid} may not be ended by you."),
                hint=say("请用启动它的用户。", "Use the account that started it."),
            ) from error
        deadline = time.monotonic() + _STOP_SECONDS
        while state.alive() and time.monotonic() < deadline:
            time.sleep(_TICK_SECONDS)
    if state.alive():
        raise NodeError(
            say(f"进程 {state.pid} 未结束。", f"Process {state.pid} does not end."),
            hint=say(
                "它可能在等磁盘；请看 gongkai node logs，稍后再停一次。",
                "It may wait for a disk: see gongkai node logs, and stop it once more later.",
            ),
        )

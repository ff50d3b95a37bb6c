"""Reads the server's own log: the port it took, and why it did not start."""

from __future__ import annotations

import json
import re
import time
from typing import TYPE_CHECKING

from gongkai.errors import NodeError
from gongkai.messages import say
from gongkai.node.configuration import CLUSTER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HTTP_LOGGER = "org.elasticsearch.http.AbstractHttpServerTransport"
_CAUSE_LINES = 4
_FAILURES = ("ERROR", "FATAL")
_NOISE = ("at ", "warning:", "output:", "error:")
_CAUSE_LENGTH = 500
_BOOT_LOGGER = "org.elasticsearch.bootstrap.Elasticsearch"


def http_port(logs: Path, began: float) -> int:
    """Return the port that the server says it took.

    Args:
        logs: folder with the logs.
        began: time of the start, seconds since the epoch; older entries are not looked at.

    Raises:
        NodeError: it does not say.
    """
    for entry in _entries(logs, began):
        if entry.get("log.logger") == _HTTP_LOGGER:
            found = re.search(r"publish_address \{[^}]*:(\d+)\}", entry.get("message", ""))
            if found:
                return int(found[1])
    raise NodeError(
        say(f"{logs} 中没有服务器的端口。", f"The server's log in {logs} does not tell its port."),
        hint=say("请设置 GONGKAI_ES_PORT。", "Set GONGKAI_ES_PORT."),
    )


def start_failure(logs: Path, began: float) -> str:
    """Return why a start failed, from the server's log, else from what the launcher printed.

    Args:
        logs: folder with the logs.
        began: time of the start, seconds since the epoch; older entries are not looked at.
    """
    errors = [entry for entry in _entries(logs, began) if entry.get("log.level") in _FAILURES]
    booting = [entry for entry in errors if entry.get("log.logger") == _BOOT_LOGGER]
    if errors:
        return _cause((booting or errors)[0])
    try:
        printed = (logs / "start.log").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    lines = (line.strip() for line in printed.splitlines())
    telling = [line for line in lines if line and not line.startswith(_NOISE)]
    return "; ".join(telling[:_CAUSE_LINES])[:_CAUSE_LENGTH]


def _entries(logs: Path, began: float) -> Iterator[dict[str, str]]:
    """Yield what the server logged since its start."""
    since = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(began))
    try:
        text = (logs / f"{CLUSTER}_server.json").read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:  # a line that is being written
            continue
        if entry.get("@timestamp", "") >= since:
            yield entry


def _cause(entry: dict[str, str]) -> str:
    """Return a log entry's error with its innermost cause."""
    parts = [entry.get("error.message") or entry.get("message", "")]
    deepest = [
        line.removeprefix("Caused by: ")
        for line in entry.get("error.stack_trace", "").splitlines()
        if line.startswith("Caused by: ")
    ]
    if deepest and parts[0] not in deepest[-1]:
        parts.append(deepest[-1])
    return ": ".join(parts)[:_CAUSE_LENGTH]

"""A real local Elasticsearch for people without one.

Bound to loopback, security on, with generated passwords and least-privilege users. It is a
server in every respect; only its distribution may be a small one (docs/node.md).

``connection`` is cheap to import; the rest is loaded when a node is started or stopped.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.node.connection import Connection, find
    from gongkai.node.control import Status, logs, start, status, stop
    from gongkai.node.state import Role

_HOMES = {
    "Connection": "connection",
    "Role": "state",
    "Status": "control",
    "find": "connection",
    "logs": "control",
    "start": "control",
    "status": "control",
    "stop": "control",
}

__all__ = ["Connection", "Role", "Status", "find", "logs", "start", "status", "stop"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

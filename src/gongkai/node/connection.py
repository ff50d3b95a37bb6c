"""How to reach the local node: its address and the credentials of one role."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.node.state import NodeFolder, Role, user_of

if TYPE_CHECKING:
    from pathlib import Path

    from gongkai.settings import Settings


@dataclass(frozen=True, slots=True)
class Connection:
    """An address and the credentials to use there.

    Attributes:
        url: address without credentials.
        user: user name.
        password: its password; never part of ``repr``.
        ca: file with the certificate authority, or ``None`` for plain HTTP on loopback.
    """

    url: str
    user: str
    password: str = field(repr=False)
    ca: Path | None = None


def find(settings: Settings, role: Role = "reader") -> Connection | None:
    """Return how to reach the local node that is running, or ``None`` where none runs.

    ``settings.es_url`` is not looked at: it is an address of its own.
    """
    folder = NodeFolder.of(settings)
    state = folder.running()
    if state is None:
        return None
    user = user_of(role)
    password = folder.passwords().get(user)
    return Connection(state.url, user, password) if password is not None else None

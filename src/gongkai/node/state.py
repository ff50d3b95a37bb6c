"""What is remembered about a node between commands, and whether it still runs.

::

    <state_dir>/node-<major>/
      node.json         pid, address and version of the node started last
      passwords.json    one password a user, mode 0600
      config/ data/ logs/ tmp/    the server's own (elsewhere for root: see ``places``)
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from gongkai.errors import NodeError
from gongkai.messages import say

if TYPE_CHECKING:
    from gongkai.settings import Settings

#: ``admin`` manages the indices, ``writer`` changes documents, ``reader`` searches.
Role = Literal["admin", "writer", "reader"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


def user_of(role: Role) -> str:
    """Return the user that has a role on the node; each user has one."""
    return f"gongkai_{role}"


USERS: Final = tuple(map(user_of, ROLES))


@dataclass(frozen=True, slots=True)
class NodeState:
    """The node that was started last.

    Attributes:
        pid: process of the server.
        mark: words on that process's command line that no other process has.
        port: HTTP port on loopback.
        version: of the server.
        origin: where the distribution came from.
        home: the unpacked distribution.
        java: home of the Java that runs it.
        runtime: folder with its configuration, data and logs.
    """

    pid: int
    mark: str
    port: int
    version: str
    origin: str
    home: str
    java: str
    runtime: str

    @property
    def url(self) -> str:
        """Return the address."""
        return f"http://127.0.0.1:{self.port}"

    def alive(self) -> bool:
        """Tell whether the process exists and is this node, not a later one with its number."""
        return self.mark in command_line(self.pid)


def command_line(pid: int) -> str:
    """Return the command line of a process, or ``""`` where it has ended."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    shown = subprocess.run(  # noqa: S603 - a fixed command and a number
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return shown.stdout


def server_version(home: Path) -> str | None:
    """Return the version of an unpacked Elasticsearch, or ``None`` where it is none."""
    for jar in sorted(home.glob("lib/elasticsearch-*.jar")):
        match = re.fullmatch(r"elasticsearch-(\d+\.\d+\.\d+\S*)\.jar", jar.name)
        if match:
            return match[1]
    return None


@dataclass(frozen=True, slots=True)
class NodeFolder:
    """The folder that holds one node's state; one a major version, as data do not go back."""

    path: Path

    @classmethod
    def of(cls, settings: Settings) -> NodeFolder:
        """Return the folder for these settings."""
        version = (settings.es_home and server_version(settings.es_home)) or settings.es_version
        return cls(settings.state_dir.absolute() / f"node-{version.split('.')[0]}")

    @property
    def passwords_file(self) -> Path:
        """Return the file with the passwords."""
        return self.path / "passwords.json"

    def create(self) -> None:
        """Make the folder.

        Raises:
            NodeError: it cannot be made.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NodeError(
                say(
                    f"无法建立节点目录 {self.path}：{error.strerror}。",
                    f"The node's folder {self.path} cannot be made: {error.strerror}.",
                ),
                hint=say("请设置 GONGKAI_STATE_DIR。", "Set GONGKAI_STATE_DIR."),
            ) from error

    def last(self) -> NodeState | None:
        """Return the node started last, running or not."""
        try:
            return NodeState(**json.loads((self.path / "node.json").read_text()))
        except (OSError, ValueError, TypeError):  # absent, cut short, or of an older release
            return None

    def running(self) -> NodeState | None:
        """Return the node that runs, or ``None``."""
        state = self.last()
        return state if state is not None and state.alive() else None

    def remember(self, state: NodeState) -> None:
        """Keep the state of a node that has started."""
        _write_private(self.path / "node.json", json.dumps(asdict(state), indent=2))

    def passwords(self) -> dict[str, str]:
        """Return the passwords by user; empty where none were made or they may not be read."""
        try:
            loaded: dict[str, str] = json.loads(self.passwords_file.read_text())
        except (OSError, ValueError):
            return {}
        return loaded

    def ensure_passwords(self) -> dict[str, str]:
        """Return the passwords by user, made on the first call."""
        passwords = self.passwords()
        if not all(user in passwords for user in USERS):
            passwords = {user: secrets.token_urlsafe(24) for user in USERS}
            _write_private(self.passwords_file, json.dumps(passwords, indent=2))
        return passwords


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, in one step."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    draft.replace(path)

"""Who runs the server, and folders that this user can reach.

Elasticsearch refuses to run as root. For root, the server runs as an unprivileged user, who
usually cannot enter root's home; then what the server needs lies below ``/var`` instead.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

_CANDIDATES = ("elasticsearch", "nobody")
_VAR = Path("/var")


@dataclass(frozen=True, slots=True)
class Runner:
    """The user that runs the server.

    Attributes:
        uid: user number.
        gid: group number.
        switched: whether this is another user than the caller.
    """

    uid: int
    gid: int
    switched: bool

    @classmethod
    def current(cls) -> Runner:
        """Return the caller, or an unprivileged user where the caller is root."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), switched=False)
        for name in _CANDIDATES:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid, switched=True)
        return cls(65534, 65534, switched=True)  # the kernel's overflow user

    def reaches(self, path: Path) -> bool:
        """Tell whether the user can enter a path, as far as it exists."""
        if not self.switched:
            return True
        path = path.resolve()
        return all(self._enters(folder) for folder in (path, *path.parents) if folder.is_dir())

    def _enters(self, folder: Path) -> bool:
        found = folder.stat()
        if found.st_uid == self.uid:
            return bool(found.st_mode & stat.S_IXUSR)
        if found.st_gid == self.gid:
            return bool(found.st_mode & stat.S_IXGRP)
        return bool(found.st_mode & stat.S_IXOTH)

    def owned(self, folder: Path) -> Path:
        """Make a folder that belongs to the user alone."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.switched:
            os.chown(folder, self.uid, self.gid)
        return folder

    def own(self, file: Path) -> None:
        """Give a file to the user alone."""
        file.chmod(0o600)
        if self.switched:
            os.chown(file, self.uid, self.gid)


def runtime_folder(wanted: Path, runner: Runner) -> Path:
    """Return where the server's configuration, data and logs go.

    Args:
        wanted: the node's folder in the state of the user.
        runner: who runs the server.
    """
    if runner.reaches(wanted):
        return wanted
    key = hashlib.sha256(str(wanted.parent).encode()).hexdigest()[:12]
    return shared(_VAR / "lib" / "gongkai" / key / wanted.name)


def cache_folder(wanted: Path, runner: Runner) -> Path:
    """Return where distributions are unpacked."""
    return shared(wanted if runner.reaches(wanted) else _VAR / "cache" / "gongkai")


def shared(folder: Path) -> Path:
    """Make a folder that every user may enter, whatever the caller's umask."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for path in missing:
        path.chmod(0o755)
    return folder

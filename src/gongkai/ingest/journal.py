"""Files of JSON lines that a run writes: its journal and its rejects. Each line is on disk at once.

The journal is a record, not a memory: a run that was killed is resumed by the same command, because
the index itself tells which reports it holds unchanged. A journal that were believed instead would
lose what somebody has deleted from the index since.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from os.path import lexists
from typing import TYPE_CHECKING, Any, Self

from pydantic_core import from_json, to_json

from gongkai.errors import IndexingError, UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


#: A byte of a file name that is no text, as :func:`gongkai.pipeline.printable` writes it.
_ESCAPED = re.compile(r"\\udc([89a-f][0-9a-f])")


class UnwritableError(IndexingError):
    """A file of this run that cannot be written: the disk is full, or the path is no file."""


class JsonLines:
    """A file of JSON objects, one a line, written anew. A context manager that closes it.

    Raises:
        UnwritableError: it cannot be created.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb", buffering=0)
        except OSError as error:
            raise _unwritable(path, error) from error

    def write(self, entry: dict[str, Any]) -> None:
        """Add a line, the whole of it or nothing.

        Raises:
            UnwritableError: it cannot be written.
        """
        line = json_line(entry) + b"\n"
        begin = written = 0
        try:
            begin = self._file.tell() if self._file.seekable() else 0
            while written < len(line):  # a disk that is nearly full takes a part
                written += self._file.write(line[written:])
        except OSError as error:
            if written:
                with suppress(OSError):  # no part of a line stays before the next one
                    self._file.truncate(begin)
                    self._file.seek(begin)
            raise _unwritable(self.path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def json_line(entry: dict[str, Any]) -> bytes:
    """Return an entry as JSON, without its null values."""
    return to_json({name: value for name, value in entry.items() if value is not None})


def rejected_paths(file: Path) -> list[str]:
    """Return the paths of the sources that a rejects file lists.

    Raises:
        UsageError: it cannot be read, or is no rejects file.
    """
    try:
        return [str(from_json(line)["path"]) for line in file.read_bytes().splitlines()]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            say(f"{file} 不是被拒清单：{error}。", f"{file} is no rejects file: {error}."),
            hint=say(
                "请给出上次运行列出的 rejects.jsonl。",
                "Give the rejects.jsonl that an earlier run named.",
            ),
        ) from error


def containers(paths: Iterable[str]) -> list[str]:
    """Return the files that hold sources, each once: of an archive's member, the archive.

    Args:
        paths: as they are printed: what is no text in a name stands there as an escape.
    """
    return list(dict.fromkeys(map(_container, paths)))


def _container(path: str) -> str:
    for name in (path, _ESCAPED.sub(lambda byte: chr(0xDC00 + int(byte[1], 16)), path)):
        pieces = name.split("!")  # there may be one in a folder's name, too
        for end in range(len(pieces), 0, -1):
            if lexists(file := "!".join(pieces[:end])):
                return file
    return path.partition("!")[0]


def run_folder(state_dir: Path) -> Path:
    """Return a folder for the files of a run that starts now."""
    return state_dir / "runs" / datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _unwritable(path: Path, error: OSError) -> UnwritableError:
    why = f"{error.strerror} ({error.filename})" if error.filename else error.strerror
    return UnwritableError(
        say(f"无法写入 {path}：{why}。", f"{path} cannot be written: {why}."),
        hint=say(
            "请腾出磁盘空间，或用 --rejects、GONGKAI_STATE_DIR 换一处。",
            "Free some space, or choose another place with --rejects and GONGKAI_STATE_DIR.",
        ),
    )

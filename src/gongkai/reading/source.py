"""Sources: bytes to be read, or why there are none; and what is never one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gongkai.errors import SourceError


@dataclass
class Source:
    """Bytes to be read, and where they came from.

    Attributes:
        path: as given; members of archives follow after ``!``.
        data: the bytes; empty where ``parts`` hold them.
        url: address they were fetched from, if known.
        fetched_on: date of that, if known.
        media_type: content type that came with them, if any.
        parts: the files of a folder that are read as one report, in natural order.
    """

    path: str
    data: bytes
    url: str | None = None
    fetched_on: date | None = None
    media_type: str | None = None
    parts: tuple[Source, ...] = field(default=())

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the bytes; of the parts' digests where there are parts."""
        data = "".join(part.sha256 for part in self.parts).encode() if self.parts else self.data
        return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class SourceFailure:
    """A path that gave no source, and why."""

    path: str
    error: SourceError


def is_hidden(name: str) -> bool:
    """Tell whether an entry of a folder or archive is left out."""
    return name.startswith(".") or name == "__MACOSX"

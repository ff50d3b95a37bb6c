"""The parts of a Word or OpenDocument file, which is a ZIP inside."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.archives import BAD_ZIP, read_member
from gongkai.reading.failures import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A tree takes many times the memory of its XML; reports have far less than this.
MAX_XML = 32 * 1024 * 1024
_NAME = re.compile(r"""\bId=["']([^"']+)""")
_TARGET = re.compile(r"""Target=["']/?([^"']+)""")


class Relation(NamedTuple):
    """A part that another one takes in.

    Attributes:
        name: how the other one names it.
        target: its path as it is written there.
        part: its path in the file.
    """

    name: str
    target: str
    part: str


class Package:
    """A file's parts by their paths.

    Args:
        data: the whole file.
        limit: most bytes that a part may unpack to; never more than :data:`MAX_XML`.

    Attributes:
        limit: the same, for what the file takes in.
        names: the paths of its parts.

    Raises:
        Rejected: it is damaged.
    """

    def __init__(self, data: bytes, limit: int) -> None:
        self.limit = min(limit, MAX_XML)
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except BAD_ZIP as error:
            raise Rejected("damaged", detail=f"ZIP: {error}") from error
        # Some programs write the paths of another system.
        self._entries = {entry.filename.replace("\\", "/"): entry for entry in entries}
        self.names = self._entries.keys()

    def read(self, name: str) -> bytes:
        """Return a part.

        Raises:
            KeyError: there is none with that path.
            Rejected: it is encrypted, damaged or too large.
        """
        return read_member(self._archive, self._entries[name], self.limit)

    def related(self, main: str, kind: str) -> Iterator[Relation]:
        """Yield the parts of a kind that another one takes in.

        Args:
            main: the path of the part that takes them in.
            kind: how the address of their kind ends, a regular expression.
        """
        folder, _, file = main.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self.names:
            return
        text = self.read(relations).decode("utf-8", "replace")
        for relation in re.findall(rf"<Relationship\b[^>]*/{kind}[^>]*>", text):
            name, target = _NAME.search(relation), _TARGET.search(relation)
            path = target[1] if target else ""
            part = next((p for p in (f"{folder}/{path}", path) if p in self.names), None)
            if part is not None:
                yield Relation(name[1] if name else "", path, part)

"""Parts of a Word file that its main part takes in, as its relations name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.archives import read_member

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zipfile import ZipFile, ZipInfo

_NAME = re.compile(r"""\bId=["']([^"']+)""")
_TARGET = re.compile(r"""Target=["']/?([^"']+)""")


def related(
    archive: ZipFile, parts: Mapping[str, ZipInfo], main: str, kind: str, limit: int
) -> Iterator[tuple[str, str, ZipInfo]]:
    """Yield the name, the path as it is written, and the entry of each part of a kind.

    Args:
        archive: the file.
        parts: its members by path.
        main: the path of the main part.
        kind: how the address of the kind ends, a regular expression.
        limit: most bytes that the relations may unpack to.
    """
    folder, _, file = main.rpartition("/")
    relations = parts.get(f"{folder}/_rels/{file}.rels")
    if relations is None:
        return
    text = read_member(archive, relations, limit).decode("utf-8", "replace")
    for relation in re.findall(rf"<Relationship\b[^>]*/{kind}[^>]*>", text):
        name, target = _NAME.search(relation), _TARGET.search(relation)
        path = target[1] if target else ""
        entry = parts.get(f"{folder}/{path}") or parts.get(path)
        if entry is not None:
            yield name[1] if name else "", path, entry

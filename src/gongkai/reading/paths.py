"""Paths → sources: files, folders, patterns, standard input, and the members of archives.

The order is that of the arguments; folders are walked sorted by name. What is left out: hidden
entries of folders and archives (names that begin with a dot, ``__MACOSX``), and the records of a
WARC file that hold no page (requests, metadata, revisits). Everything else comes out, as a Source
or as a SourceFailure that says why not.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
import sys
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.archives import contents
from gongkai.reading.failures import Rejected
from gongkai.reading.source import Source, SourceFailure, is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gongkai.settings import Settings

_PATTERN = re.compile(r"[*?[]")
_NUMBERS = re.compile(r"(\d+|[一二三四五六七八九十]+)")
#: The page before the first one.
_COVER = re.compile("封面|cover", re.IGNORECASE)
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}


def open_sources(
    paths: Sequence[str], settings: Settings, *, join: bool = False
) -> Iterator[Source | SourceFailure]:
    """Open everything that paths name, one after the other.

    Args:
        paths: files, folders (with all below them), patterns (``**`` too), or ``-``.
        settings: ``max_bytes`` bounds each source.
        join: read the files of one folder as one report, pages in natural order.

    Yields:
        Sources, and failures for what could not be opened. Nothing is raised.
    """
    files = (file for path in paths for file in _expand(path, settings))
    if not join:
        for file in files:
            yield from _open(file, settings)
        return
    for folder, group in groupby(files, key=_folder):
        members = sorted(group, key=_natural)
        found = [source for member in members for source in _open(member, settings)]
        if len(members) == 1:
            # A ZIP file is a folder, too; what has an address was a page of its own.
            if len(found) == 1 or any(isinstance(s, Source) and s.url for s in found):
                yield from found
                continue
            found.sort(key=lambda member: _natural(member.path))
        yield from (source for source in found if isinstance(source, SourceFailure))
        parts = tuple(source for source in found if isinstance(source, Source))
        if parts:
            yield Source(str(members[0]) if len(members) == 1 else folder, b"", parts=parts)


def _folder(file: str | SourceFailure) -> str:
    path = file if isinstance(file, str) else file.path
    return str(Path(path).parent)


def _natural(file: str | SourceFailure) -> list[tuple[bool, int, str]]:
    path = file if isinstance(file, str) else file.path
    name = Path(path).name.rpartition("!")[2]
    pieces = _NUMBERS.split(name)
    first = [(False, -1, "")] if _COVER.match(name) else []
    return first + [
        (number is None, number or 0, piece) for piece in pieces for number in [_count(piece)]
    ]


def _count(piece: str) -> int | None:
    """Return the number that a piece of a name is: 12, or 十二."""
    if piece.isdecimal():
        return int(piece)
    tens, ten, ones = piece.partition("十")
    if not piece or any(sign and sign not in _CHINESE for sign in (tens, ones)):
        return None
    return _CHINESE.get(tens, 1) * 10 * bool(ten) + _CHINESE.get(ones if ten else tens, 0)


# -- paths → files ------------------------------------------------------------------------------


def _expand(path: str, settings: Settings) -> Iterator[str | SourceFailure]:
    """Yield the files that one argument names."""
    if path == "-":
        yield path
    elif _leads_down(path):
        yield from _walk(path, settings)
    elif _PATTERN.search(path) and not os.path.lexists(path):
        matches = sorted(glob.iglob(path, recursive=True))  # noqa: PTH207 - Path takes no absolute pattern
        walked: set[Path] = set()
        for match in matches:
            if not walked.isdisjoint(Path(match).parents):
                continue  # ** matches what lies in a folder that it matches, too
            if _leads_down(match):
                walked.add(Path(match))
                yield from _walk(match, settings)
            else:
                yield match
        if not matches:
            yield _failure(path, Rejected("no_match"), settings)
    else:
        yield path


class _Folder(NamedTuple):
    """A folder to be walked, and the identities of those that lead to it."""

    path: str
    above: tuple[tuple[int, int], ...] = ()


def _walk(folder: str, settings: Settings) -> Iterator[str | SourceFailure]:
    """Yield the files below a folder, sorted."""
    stack: list[Iterator[_Folder | str | SourceFailure]] = [iter([_Folder(folder)])]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, _Folder):
            stack.append(iter(_list(entry.path, entry.above, settings)))
        else:
            yield entry


def _list(
    folder: str, above: tuple[tuple[int, int], ...], settings: Settings
) -> list[_Folder | str | SourceFailure]:
    """List a folder: its files, its folders with what leads to them, its failures."""
    try:
        status = Path(folder).stat()
        here = (status.st_dev, status.st_ino)
        if here in above:
            return [_failure(folder, Rejected("link_loop"), settings)]
        with os.scandir(folder) as entries:
            names = sorted((entry.name, _is_folder(entry)) for entry in entries)
    except OSError as error:
        return [_failure(folder, _os_failure(error), settings)]
    chain = (*above, here)
    shown = ((f"{folder.rstrip('/')}/{name}", down) for name, down in names if not is_hidden(name))
    return [_Folder(path, chain) if down else path for path, down in shown]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link to itself: opening it will say so.
        return False


def _leads_down(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        # A link to itself, or a NUL in the path: opening it will say so.
        return False


def _os_failure(error: OSError) -> Rejected:
    if error.errno == errno.ELOOP:
        return Rejected("link_loop")
    return Rejected("unreadable", detail=error.strerror or type(error).__name__)


def _failure(path: str, rejected: Rejected, settings: Settings) -> SourceFailure:
    return SourceFailure(path, rejected.as_error(path, settings))


# -- files → sources ----------------------------------------------------------------------------


def _open(file: str | SourceFailure, settings: Settings) -> Iterator[Source | SourceFailure]:
    """Yield what one file holds: itself, or the members of an archive."""
    if isinstance(file, SourceFailure):
        yield file
        return
    try:
        if file == "-":
            data = sys.stdin.buffer.read(settings.max_bytes + 1)
            yield from contents(file, BytesIO(data), settings)
            return
        status = Path(file).stat()
        if stat.S_ISDIR(status.st_mode):
            yield _failure(file, Rejected("unreadable", detail="folder"), settings)
        elif not stat.S_ISREG(status.st_mode):
            # A pipe would block, a device never end.
            yield _failure(file, Rejected("special"), settings)
        else:
            with Path(file).open("rb") as stream:
                yield from contents(file, stream, settings)
    except OSError as error:
        yield _failure(file, _os_failure(error), settings)
    except ValueError as error:  # a NUL in the path
        yield _failure(file, Rejected("unreadable", detail=str(error)), settings)
    except Exception as error:  # noqa: BLE001 - what a package stumbles over costs this file alone
        detail = f"{type(error).__name__}: {error}"
        yield _failure(file, Rejected("damaged", detail=detail), settings)

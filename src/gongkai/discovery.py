"""Where plugins come from: folders of layouts, and entry points of installed packages.

Nothing is imported here until a candidate is loaded.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from importlib import import_module, invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from gongkai.errors import UsageError
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from importlib.metadata import EntryPoint

Origin = Literal["built-in", "bundled", "entry point", "folder"]

#: Entry point group; also the beginning of the package that holds the plugins of folders.
_PROJECT = "gongkai"
_MODULE = "plugin"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin that can be loaded.

    Attributes:
        name: unique name; the folder's name with hyphens, or the entry point's name.
        tell_version: returns the version of the package it belongs to, or ``""``; only asked
            for when it is loaded, because a package's metadata takes a while to read.
        origin: where it was found.
        where: its folder or module, for people.
        load: imports it.
        file: returns its source file, or None where that cannot be told without importing it.
    """

    name: str
    tell_version: Callable[[], str]
    origin: Origin
    where: str
    load: Callable[[], object]
    file: Callable[[], Path | None]

    def mentions(self, name: str) -> bool:
        """Tell whether the entry module spells ``name``, without importing it."""
        try:
            file = self.file()
            return file is not None and name.encode() in file.read_bytes()
        except Exception:  # noqa: BLE001 - a parent package's own failure shows when it is loaded
            return False


def bundled_folder() -> Path | None:
    """Return the folder of the layouts that come with gongkai: checkout or wheel."""
    here = Path(__file__).resolve().parent
    for folder in (here / "_plugins", here.parents[1] / "plugins"):
        if folder.is_dir():
            return folder
    return None


def candidates(
    folders: Iterable[Path], *, bundled: bool = True, entry_points: bool = True
) -> Iterator[Candidate]:
    """Yield what can be loaded, in the order of loading.

    Args:
        folders: further plugin folders; each holds plugins, or is one.
        bundled: include the layouts that come with gongkai.
        entry_points: include the entry points of installed packages.

    Raises:
        UsageError: a folder does not exist.
    """
    if bundled and (folder := bundled_folder()):
        yield from _in_folder(folder, "bundled")
    if entry_points:
        # Imported here: it takes 50 ms, and a start without plugins does not need it.
        from importlib import metadata  # noqa: PLC0415

        for entry in sorted(metadata.entry_points(group=_PROJECT), key=lambda e: e.name):
            yield _from_entry_point(entry)
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(
                say(f"插件目录 {folder} 不存在。", f"The plugin folder {folder} does not exist."),
                hint=say(
                    "请检查 --plugins-dir 与 GONGKAI_PLUGINS_DIR。",
                    "Check --plugins-dir and GONGKAI_PLUGINS_DIR.",
                ),
            )
        yield from _in_folder(folder, "folder")


def _in_folder(folder: Path, origin: Origin) -> Iterator[Candidate]:
    # Resolved, so that a folder reached by two ways is one package.
    folder = folder.resolve()
    alone = (folder / f"{_MODULE}.py").is_file()
    parent = folder.parent if alone else folder
    found = [folder] if alone else sorted(p.parent for p in folder.glob(f"*/{_MODULE}.py"))
    if found:
        package = _package(parent, origin)
        for one in found:
            yield _from_folder(one, package, origin)


def _package(folder: Path, origin: Origin) -> str:
    """Make ``folder`` importable as a package, so that its plugins can be imported and pickled."""
    name = f"{_PROJECT}_plugins"
    if origin != "bundled":
        name += "_" + hashlib.sha256(bytes(folder)).hexdigest()[:12]
    if name not in sys.modules:
        package = ModuleType(name, f"Plugins in {folder}.")
        package.__path__ = [str(folder)]
        sys.modules[name] = package
    # A folder may have been written a moment ago.
    invalidate_caches()
    return name


def _from_folder(folder: Path, package: str, origin: Origin) -> Candidate:
    file = folder / f"{_MODULE}.py"
    return Candidate(
        name=folder.name.replace("_", "-"),
        tell_version=str,
        origin=origin,
        where=str(folder),
        load=lambda: import_module(f"{package}.{folder.name}.{_MODULE}"),
        file=lambda: file,
    )


def _from_entry_point(entry: EntryPoint) -> Candidate:
    def file() -> Path | None:
        spec = find_spec(entry.module)
        return Path(spec.origin) if spec and spec.origin else None

    return Candidate(
        name=entry.name,
        tell_version=lambda: entry.dist.version if entry.dist else "",
        origin="entry point",
        where=entry.value,
        load=entry.load,
        file=file,
    )

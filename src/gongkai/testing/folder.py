"""Rules about a plugin's folder and code: what can be told without running it."""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

from gongkai.layouts.base import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

#: A layout says what differs; what needs more than this wants a helper in gongkai itself.
MAX_LINES = 120
#: province-city[-variant].
SLUG = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
#: Packages that a layout may use beside the standard library.
_ALLOWED = frozenset({"gongkai", "bs4"})
_PASSPORT = ("Seen at:", "History:")
#: Parts of the standard library that reach outside the document.
_OUTSIDE = frozenset(
    {"os", "io", "pathlib", "shutil", "socket", "ssl", "urllib", "http", "subprocess", "random",
     "secrets", "time", "tempfile", "multiprocessing", "threading", "asyncio", "ctypes", "pickle"}
)  # fmt: skip
_STEPS = frozenset(
    name for name, value in vars(Layout).items() if callable(value) and not name.startswith("_")
) | {"slug", "version", "title", "marks", "replaces"}


def passport(code: str) -> Iterable[str]:
    """The module's docstring says what it is, where it was seen, and its history."""
    docstring = ast.get_docstring(ast.parse(code)) or ""
    if not docstring:
        yield "plugin.py has no docstring: say what the layout is in one line"
        return
    for word in _PASSPORT:
        if word not in docstring:
            yield f"the docstring of plugin.py has no line {word}"


def size(code: str) -> Iterable[str]:
    """A plugin has at most 120 lines."""
    lines = len(code.splitlines())
    if lines > MAX_LINES:
        yield f"plugin.py has {lines} lines, {MAX_LINES} at the most: move a helper into gongkai"


def imports(code: str) -> Iterable[str]:
    """A plugin imports gongkai, bs4 and what of the standard library stays inside the page."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [] if node.level else [node.module or ""]
        else:
            continue
        for name in names:
            top = name.partition(".")[0]
            allowed = top in _ALLOWED or (top in sys.stdlib_module_names and top not in _OUTSIDE)
            if not allowed:
                yield f"line {node.lineno}: import of {name}; a layout may use gongkai and bs4"


def names(folder: Path, layouts: Sequence[Layout]) -> Iterable[str]:
    """The slug is province-city[-variant], and the folder has its name."""
    slugs = [layout.slug for layout in layouts]
    for slug in slugs:
        if not SLUG.fullmatch(slug):
            yield f"slug {slug!r} is not province-city[-variant] in lower case"
    expected = folder.name.replace("_", "-")
    if slugs and not any(slug == expected or slug.startswith(f"{expected}-") for slug in slugs):
        yield f"folder {folder.name} and slug {', '.join(slugs)} differ"


def steps(layouts: Sequence[Layout]) -> Iterable[str]:
    """Every public name of a layout is one that the base class knows: no misspelt step."""
    for layout in layouts:
        for name in vars(type(layout)):
            if not name.startswith("_") and name not in _STEPS:
                yield f"{type(layout).__name__}.{name} is no step of a layout: misspelt?"


def has_samples(folder: Path) -> Iterable[str]:
    """A layout has a sample."""
    if not any((folder / "samples").glob("*/source.*")):
        yield "no sample: put a page into samples/<agency>_<year>/source.*"

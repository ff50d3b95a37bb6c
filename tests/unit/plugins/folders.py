"""Plugins written into folders, for tests."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

from gongkai.plugins import Plugins, build_plugins
from gongkai.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path


def write_plugin(root: Path, name: str, code: str) -> Path:
    """Write ``root/name/plugin.py``."""
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "plugin.py").write_text(dedent(code), encoding="utf-8")
    return folder


def layout_plugin(
    slug: str, *, score: int = 50, attributes: str = "", claim: str = "", methods: str = ""
) -> str:
    """Return the code of a plugin with one layout that claims everything."""
    return f"""
from gongkai import Claim, Layout, hookimpl

class Mine(Layout):
    slug = {slug!r}
    {attributes}
    def claim(self, document):
        {claim or f"return Claim({score}, ('always',))"}
    {methods}

@hookimpl
def gongkai_register_layouts():
    return [Mine()]
"""


def settings_for(*folders: Path, **options: object) -> Settings:
    """Return settings that the environment does not touch."""
    return Settings(_env_file=None, plugins_dir=folders, **options)  # type: ignore[arg-type]


def load(*folders: Path, **options: object) -> Plugins:
    """Load the plugins of folders alone."""
    return build_plugins(settings_for(*folders, **options), load_entry_points=False, bundled=False)

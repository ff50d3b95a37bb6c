"""All plugins there are, the one under test among them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.plugins import build_plugins

if TYPE_CHECKING:
    from gongkai.layouts.base import Layout
    from gongkai.plugins import Plugin, Plugins
    from gongkai.settings import Settings


def plugins_with(settings: Settings, folder: Path) -> Plugins:
    """Load all plugins, that of ``folder`` among them: installed already, or as it lies there."""
    loaded = build_plugins(settings)
    if plugins_in(loaded, folder):
        return loaded
    more = settings.model_copy(update={"plugins_dir": (*settings.plugins_dir, folder)})
    return build_plugins(more)


def home_of(plugin: Plugin) -> Path | None:
    """Return the folder of a plugin's code, if its module was loaded from a file."""
    if plugin.origin in ("bundled", "folder"):
        return Path(plugin.where).resolve()
    file = getattr(sys.modules.get(plugin.module), "__file__", None)
    return Path(file).resolve().parent if file and plugin.origin == "entry point" else None


def plugins_in(plugins: Plugins, folder: Path) -> list[Plugin]:
    """Return the plugins whose code lies in ``folder``, those that failed as well."""
    return [plugin for plugin in plugins.all if home_of(plugin) == folder.resolve()]


def layouts_in(plugins: Plugins, folder: Path) -> list[Layout]:
    """Return the layouts of the plugin in ``folder``."""
    return [plugins.layouts[slug] for p in plugins_in(plugins, folder) for slug in p.layouts]

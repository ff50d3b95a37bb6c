"""Which folder a layout's name stands for, and all samples that there are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.discovery import bundled_folder
from gongkai.errors import UsageError
from gongkai.messages import say
from gongkai.testing.loading import home_of, layouts_in, plugins_in
from gongkai.testing.samples import samples_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.layouts.base import Layout
    from gongkai.plugins import Plugin, Plugins
    from gongkai.testing.samples import Sample


def plugin_folder(name: str) -> Path:
    """Return the folder that holds ``plugin.py``: given by path, by slug, or around a package.

    Raises:
        UsageError: there is none.
    """
    slug = name.replace("-", "_")
    homes = [Path(name), Path("plugins") / slug]
    if (bundled := bundled_folder()) is not None:
        homes.append(bundled / slug)
    for home in homes:
        found = [home / "plugin.py", *sorted(home.glob("src/*/plugin.py"))]
        for file in found:
            if file.is_file():
                return file.parent.resolve()
    raise UsageError(
        say(f"没有版式 {name}：没有这样的目录。", f"No layout {name}: there is no such folder."),
        hint=say(
            "请给出 slug 或含 plugin.py 的目录。", "Give a slug or a folder that holds plugin.py."
        ),
    )


def layouts_of(plugins: Plugins, folder: Path) -> list[Layout]:
    """Return the layouts of the plugin in ``folder``.

    Raises:
        UsageError: it does not load, or brings none.
    """
    layouts = layouts_in(plugins, folder)
    if not layouts:
        mine = plugins_in(plugins, folder)
        causes = "; ".join(plugin.cause for plugin in mine if plugin.cause)
        raise UsageError(
            say(f"{folder} 没有可用的版式：{causes}。", f"{folder} brings no layout: {causes}."),
            hint=say("请修正 plugin.py。", "Correct plugin.py."),
        )
    return layouts


def all_samples(plugins: Plugins) -> Iterator[tuple[Plugin, Sample]]:
    """Yield each sample of each plugin that has layouts, with its plugin."""
    for plugin in plugins.all:
        home = home_of(plugin)
        if plugin.layouts and home is not None:
            for sample in samples_of(home):
                if sample.source_path is not None:
                    yield plugin, sample

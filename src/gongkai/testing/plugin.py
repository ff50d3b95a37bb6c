"""The pytest plugin (entry point ``pytest11``): collects layout plugins and their samples.

A ``plugin.py`` that registers layouts becomes one item for each rule about the folder and, for
each sample, one item for each group of fields and each rule about behaviour. Ids read
``plugins/shandong_linyi/plugin.py::hedong_commerce_2023::requests``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gongkai.layouts.base import Layout
    from gongkai.plugins import Plugin, Plugins
    from gongkai.testing.behaviour import Shown
    from gongkai.testing.samples import Sample

    Rule = Callable[[], Iterable[str]]

_PLUGIN = "plugin.py"
_HOOK = b"gongkai_register_layouts"


class ContractError(Exception):
    """A rule of the contract is broken; the message says how."""


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> LayoutFile | None:
    """Collect layout plugins."""
    if file_path.name == _PLUGIN and _HOOK in file_path.read_bytes():
        return LayoutFile.from_parent(parent, path=file_path)
    return None


class LayoutFile(pytest.File):
    """A layout plugin's ``plugin.py``, with the folder around it."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the rules about the folder, then its samples."""
        # Imported here: pytest loads this plugin in every run, also in those of other projects.
        from gongkai.testing import folder as rules  # noqa: PLC0415
        from gongkai.testing.samples import samples_of  # noqa: PLC0415

        folder = self.path.parent
        code = self.path.read_text(encoding="utf-8")
        plugins = load_plugins(self.config, folder)
        layouts = own_layouts(plugins, folder)
        found: dict[str, Rule] = {
            "passport": lambda: rules.passport(code),
            "size": lambda: rules.size(code),
            "imports": lambda: rules.imports(code),
            "loads": lambda: failure(plugins, folder),
            "names": lambda: rules.names(folder, layouts),
            "steps": lambda: rules.steps(layouts),
            "has_samples": lambda: rules.has_samples(folder),
        }
        for name, rule in found.items():
            yield RuleItem.from_parent(self, name=name, rule=rule)
        for sample in samples_of(folder):
            yield SampleCollector.from_parent(
                self, name=sample.folder.name, sample=sample, layouts=layouts, plugins=plugins
            )


class SampleCollector(pytest.Collector):
    """One sample: its groups of fields and the rules about behaviour."""

    def __init__(
        self,
        *,
        sample: Sample,
        layouts: list[Layout],
        plugins: Plugins,
        **kwargs: Any,  # noqa: ANN401 - pytest's own
    ) -> None:
        super().__init__(**kwargs)
        self._sample, self._layouts, self._plugins = sample, layouts, plugins

    def collect(self) -> Iterator[pytest.Item]:
        """Yield the items of the sample."""
        from gongkai.testing import behaviour  # noqa: PLC0415
        from gongkai.testing.samples import GROUPS  # noqa: PLC0415

        if self._sample.source_path is None or not self._layouts:
            yield RuleItem.from_parent(
                self,
                name="readable",
                rule=lambda: ["a sample needs one file source.* and a layout that loads"],
            )
            return
        for rule in (
            behaviour.sample_hash,
            behaviour.expected_is_canonical,
            behaviour.is_read,
            behaviour.claims_its_own,
            behaviour.survives_noise,
            behaviour.cut_pages_are_noticed,
            behaviour.numbers_stand_where_they_say,
            behaviour.is_pure,
            behaviour.is_quick,
            behaviour.fits_the_mapping,
        ):
            yield RuleItem.from_parent(
                self, name=rule.__name__, rule=lambda rule=rule: rule(self.shown)
            )
        for group in GROUPS:
            yield RuleItem.from_parent(
                self, name=group, rule=lambda group=group: behaviour.differences(self.shown, group)
            )

    @property
    def shown(self) -> Shown:
        """The sample as its layout reads it, made once."""
        if not hasattr(self, "_shown"):
            from gongkai.settings import Settings  # noqa: PLC0415
            from gongkai.testing.behaviour import Shown  # noqa: PLC0415

            self._shown = Shown(
                self._sample, self._layouts[0], self._plugins, Settings(_env_file=None)
            )
        return self._shown


class RuleItem(pytest.Item):
    """One rule of the contract."""

    def __init__(self, *, rule: Rule, **kwargs: Any) -> None:  # noqa: ANN401 - pytest's own
        super().__init__(**kwargs)
        self._rule = rule

    def runtest(self) -> None:
        """Run the rule."""
        broken = list(self._rule())
        if broken:
            raise ContractError("\n".join(broken))

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: Any = None,  # noqa: ANN401 - pytest's own
    ) -> str:
        """Show what is broken, not the kit's own frames."""
        if isinstance(excinfo.value, ContractError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))

    def reportinfo(self) -> tuple[Path, None, str]:
        """Name the item in reports."""
        return self.path, None, self.nodeid


_KEY = pytest.StashKey["dict[Path, Plugins]"]()


def load_plugins(config: pytest.Config, folder: Path) -> Plugins:
    """Load all plugins there are, the one in ``folder`` among them; once for a test run."""
    from gongkai.discovery import bundled_folder  # noqa: PLC0415
    from gongkai.plugins import build_plugins  # noqa: PLC0415
    from gongkai.settings import Settings  # noqa: PLC0415

    bundled = bundled_folder()
    inside = bundled is not None and folder.resolve().parent == bundled.resolve()
    home = bundled if inside and bundled is not None else folder
    loaded = config.stash.setdefault(_KEY, {})
    if home not in loaded:
        found = build_plugins(Settings(_env_file=None))
        if not inside and not any(_file_of(plugin) == folder / _PLUGIN for plugin in found.all):
            found = build_plugins(Settings(plugins_dir=(folder,), _env_file=None))
        loaded[home] = found
    return loaded[home]


def _file_of(plugin: Plugin) -> Path | None:
    """Return the file of an installed plugin: a package under test may be installed already."""
    file = getattr(sys.modules.get(plugin.module), "__file__", None)
    return Path(file) if file and plugin.origin == "entry point" else None


def own_layouts(plugins: Plugins, folder: Path) -> list[Layout]:
    """Return the layouts of the plugin in ``folder``."""
    return [
        plugins.layouts[slug]
        for plugin in plugins.all
        if plugin.name == folder.name.replace("_", "-")
        for slug in plugin.layouts
        if slug in plugins.layouts
    ]


def failure(plugins: Plugins, folder: Path) -> Iterable[str]:
    """The plugin loads and registers a layout."""
    mine = [p for p in plugins.all if p.name == folder.name.replace("_", "-")]
    if not mine:
        yield f"no plugin was found in {folder}"
    for plugin in mine:
        if plugin.cause:
            yield f"{plugin.label} does not load: {plugin.cause}"
        elif not plugin.layouts:
            yield f"{plugin.label} registers no layout"

"""The pytest plugin (entry point ``pytest11``): collects layout plugins and their samples.

A ``plugin.py`` that registers layouts becomes one item for each rule about the folder and, for
each sample, one item for each group of fields and each rule about behaviour. Ids read
``plugins/shandong_linyi/plugin.py::hedong_commerce_2023::requests``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

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
        from gongkai.testing.loading import layouts_in, plugins_in  # noqa: PLC0415
        from gongkai.testing.samples import samples_of  # noqa: PLC0415

        folder = self.path.parent
        code = self.path.read_text(encoding="utf-8")
        plugins = load_plugins(self.config, folder)
        layouts = layouts_in(plugins, folder)
        found: dict[str, Rule] = {
            "passport": lambda: rules.passport(code),
            "size": lambda: rules.size(code),
            "imports": lambda: rules.imports(code),
            "loads": lambda: failure(plugins_in(plugins, folder), folder),
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


_KEY = pytest.StashKey["dict[Path | None, Plugins]"]()


def load_plugins(config: pytest.Config, folder: Path) -> Plugins:
    """Load all plugins there are, the one in ``folder`` among them; once for a test run."""
    from gongkai.discovery import bundled_folder  # noqa: PLC0415
    from gongkai.settings import Settings  # noqa: PLC0415
    from gongkai.testing.loading import plugins_with  # noqa: PLC0415

    bundled = bundled_folder()
    # Those that come with gongkai are loaded at any rate: once for all of them.
    home = bundled if folder.resolve().parent == bundled else folder
    loaded = config.stash.setdefault(_KEY, {})
    if home not in loaded:
        loaded[home] = plugins_with(Settings(_env_file=None), folder)
    return loaded[home]


def failure(plugins: Sequence[Plugin], folder: Path) -> Iterable[str]:
    """The plugin loads and registers a layout."""
    if not plugins:
        yield f"no plugin was found in {folder}"
    for plugin in plugins:
        if plugin.cause:
            yield f"{plugin.label} does not load: {plugin.cause}"
        elif not plugin.layouts:
            yield f"{plugin.label} registers no layout"

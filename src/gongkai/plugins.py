"""Plugins: loaded one by one and called one by one; one that fails is named and harms no other.

``build_plugins`` is a function and there is no manager at module level: importing gongkai loads
no plugin, and every test builds its own.
"""

from __future__ import annotations

import inspect
import logging
from dataclasses import dataclass, field
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeVar

import pluggy

import gongkai
from gongkai import hookspecs
from gongkai.discovery import Candidate, Origin, candidates
from gongkai.errors import GongkaiError, PluginError
from gongkai.hookresults import cause_of, checked, how_to_disable, trace_after, trace_before
from gongkai.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gongkai.layouts.base import Layout
    from gongkai.reading.document import Document
    from gongkai.reading.source import Source
    from gongkai.settings import Settings

_log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

BUILT_IN = "gongkai"
_PREFIX = "gongkai_"
_REGISTER_LAYOUTS = hookspecs.gongkai_register_layouts.__name__


@dataclass(slots=True)
class Plugin:
    """A plugin and what became of it.

    Attributes:
        name: its name.
        version: its version, or ``""``.
        origin: where it was found.
        where: its folder or module.
        status: ``loaded``, ``failed`` or ``disabled``.
        hooks: hooks that it implements.
        layouts: slugs of its layouts.
        cause: why it failed.
        module: module of its code.
    """

    name: str
    version: str
    origin: Origin
    where: str
    status: Literal["loaded", "failed", "disabled"] = "loaded"
    hooks: list[str] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    cause: str = ""
    module: str = ""

    @property
    def label(self) -> str:
        """Name and version, for messages."""
        return f"{self.name} {self.version}".strip()


def build_plugins(
    settings: Settings, *, load_entry_points: bool = True, bundled: bool = True
) -> Plugins:
    """Load the plugins: built-in, bundled, entry points, then ``settings.plugins_dir``.

    Args:
        settings: which plugins, and how strict.
        load_entry_points: include those of installed packages.
        bundled: include the layouts that come with gongkai.

    Raises:
        PluginError: a plugin failed and ``settings.strict_plugins`` is set.
        UsageError: a folder of ``settings.plugins_dir`` does not exist.
    """
    plugins = Plugins(settings)
    for candidate in candidates(
        settings.plugins_dir, bundled=bundled, entry_points=load_entry_points
    ):
        plugins.load(candidate)
    return plugins


def _version(plugin: Plugin, implementation: object) -> str:
    if plugin.origin in ("built-in", "bundled"):
        return gongkai.__version__
    return plugin.version or str(getattr(implementation, "__version__", ""))


class _BuiltIn:
    """gongkai's own implementations."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @hookspecs.hookimpl
    def gongkai_register_layouts(self) -> list[Layout]:
        from gongkai.layouts.generic import GenericLayout  # noqa: PLC0415 - needed by runs only

        return [GenericLayout()]

    @hookspecs.hookimpl
    def gongkai_read_source(self, source: Source) -> Document:
        from gongkai.reading import read  # noqa: PLC0415 - readers are heavy

        return read(source, self._settings)


class Plugins:
    """The loaded plugins.

    Attributes:
        all: every plugin that was found, failed and disabled ones included.
        layouts: the layouts of all plugins by slug.
    """

    def __init__(self, settings: Settings, *, built_in: bool = True) -> None:
        self._strict = settings.strict_plugins
        self._manager = pluggy.PluginManager(hookspecs.PROJECT)
        self._manager.add_hookspecs(hookspecs)
        for name in settings.disable_plugins:
            self._manager.set_blocked(name)
        if settings.trace_plugins:
            self._manager.add_hookcall_monitoring(trace_before, trace_after)
        self._callers: dict[str, list[tuple[Plugin, Callable[..., Any]]]] = {}
        self._owners: dict[str, Plugin] = {}
        self.all: list[Plugin] = []
        self.layouts: dict[str, Layout] = {}
        if built_in:
            self.load(
                Candidate(
                    BUILT_IN, str, "built-in", "gongkai", lambda: _BuiltIn(settings), lambda: None
                )
            )

    def load(self, candidate: Candidate) -> Plugin:
        """Load one plugin; a failure is recorded and logged, and leaves no trace in the manager.

        Raises:
            PluginError: it failed, and plugins are strict.
        """
        plugin = Plugin(candidate.name, candidate.tell_version(), candidate.origin, candidate.where)
        self.all.append(plugin)
        if self._manager.is_blocked(candidate.name):
            plugin.status = "disabled"
            return plugin
        implementation: object = None
        try:
            implementation = candidate.load()
            plugin.version = _version(plugin, implementation)
            plugin.module = getattr(implementation, "__name__", type(implementation).__module__)
            plugin.hooks = self._register(candidate.name, implementation)
            self._add_layouts(plugin)
        # A plugin's import may do anything, sys.exit() included.
        except (Exception, SystemExit) as error:
            if implementation is not None and self._manager.is_registered(implementation):
                self._manager.unregister(implementation)
            plugin.status, plugin.hooks, plugin.layouts = "failed", [], []
            plugin.cause = cause_of(error)
            failure = PluginError(
                say(
                    f"插件 {plugin.label}（{plugin.where}）无法加载：{plugin.cause}。",
                    f"Plugin {plugin.label} ({plugin.where}) cannot be loaded: {plugin.cause}.",
                ),
                plugin=plugin.name,
                version=plugin.version,
                hint=how_to_disable(plugin.name),
            )
            if self._strict or candidate.origin == "built-in":
                raise failure from error
            _log.error("%s", failure)
        self._callers.clear()
        return plugin

    def _register(self, name: str, implementation: object) -> list[str]:
        self._manager.register(implementation, name)
        # Raises for a hook that has no specification: a misspelt name.
        self._manager.check_pending()
        hooks = sorted(
            caller.name for caller in self._manager.get_hookcallers(implementation) or ()
        )
        unmarked = [
            attribute
            for attribute, value in inspect.getmembers(implementation, inspect.isroutine)
            if attribute.startswith(_PREFIX) and attribute not in hooks
        ]
        if unmarked:
            raise TypeError(f"{', '.join(unmarked)} is not marked with @hookimpl")
        if not hooks:
            raise TypeError("it implements no hook")
        return hooks

    def _add_layouts(self, plugin: Plugin) -> None:
        if _REGISTER_LAYOUTS not in plugin.hooks:
            return
        results = self._caller(_REGISTER_LAYOUTS, plugin)()
        layouts: list[Layout] = []
        for result in results:
            layouts += checked(_REGISTER_LAYOUTS, result)
        for layout in layouts:
            if layout.slug in self._owners:
                raise ValueError(
                    f"layout {layout.slug!r} is already registered by plugin "
                    f"{self._owners[layout.slug].name!r}; to take its place, give the new one a "
                    f"slug of its own and replaces = {layout.slug!r}"
                )
        plugin.layouts = [layout.slug for layout in layouts]
        if len(set(plugin.layouts)) < len(layouts):
            raise ValueError(f"it registers the same slug twice: {plugin.layouts}")
        for layout in layouts:
            self.layouts[layout.slug] = layout
            self._owners[layout.slug] = plugin

    def owner(self, slug: str) -> Plugin:
        """Return the plugin that registered a layout."""
        return self._owners[slug]

    def responsible(self, error: BaseException) -> tuple[Plugin, str] | None:
        """Return the plugin whose code ``error`` passed last, if any, and where there."""
        for frame, line in reversed(list(walk_tb(error.__traceback__))):
            module = frame.f_globals.get("__name__", "")
            for plugin in self.all:
                home = plugin.module.removesuffix(".plugin") + "."
                if plugin.origin != "built-in" and f"{module}.".startswith(home):
                    return plugin, f"{frame.f_code.co_filename}:{line}"
        return None

    def call_each(
        self, spec: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[tuple[Plugin, R]]:
        """Call a hook, one plugin after the other, as the results are taken.

        Args:
            spec: the hook's specification, from :mod:`gongkai.hookspecs`.
            args: none; hooks take keywords.
            kwargs: the hook's arguments.

        Yields:
            The plugin and its result; plugins that return None are left out.

        Raises:
            PluginError: the plugin raised, or returned something else than the hook's type.
            SourceError: raised by a plugin on purpose.
        """
        if args:
            raise TypeError("hooks take keyword arguments")
        for plugin, caller in self._callers_of(spec.__name__):
            result = self._call(plugin, spec.__name__, caller, kwargs)
            if result is not None:
                yield plugin, result

    def observe(self, spec: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """Call the observers; their failures are logged and change nothing."""
        del args
        for plugin, caller in self._callers_of(spec.__name__):
            try:
                self._call(plugin, spec.__name__, caller, kwargs)
            except GongkaiError as error:
                _log.error("%s", error)

    def implement(self, spec: Callable[..., object]) -> bool:
        """Tell whether any plugin implements a hook."""
        return bool(self._callers_of(spec.__name__))

    def _callers_of(self, hook: str) -> list[tuple[Plugin, Callable[..., Any]]]:
        if hook not in self._callers:
            implementers = [plugin for plugin in self.all if hook in plugin.hooks]
            # gongkai's own come last, so that a plugin can take over a kind of file.
            implementers.sort(key=lambda plugin: plugin.origin == "built-in")
            self._callers[hook] = [(plugin, self._caller(hook, plugin)) for plugin in implementers]
        return self._callers[hook]

    def _caller(self, hook: str, plugin: Plugin) -> Callable[..., Any]:
        chosen = self._manager.get_plugin(plugin.name)
        others = [other for other in self._manager.get_plugins() if other is not chosen]
        return self._manager.subset_hook_caller(hook, others)

    def _call(
        self, plugin: Plugin, hook: str, caller: Callable[..., Any], kwargs: Mapping[str, Any]
    ) -> Any:  # noqa: ANN401 - checked by checked
        try:
            result = caller(**kwargs)
            if not self._first_result(hook):
                # A list of the one plugin's result, empty if that was None.
                result = result[0] if result else None
            return None if result is None else checked(hook, result)
        except GongkaiError:
            raise
        # A plugin may call sys.exit() wherever it likes.
        except (Exception, SystemExit) as error:
            raise PluginError(
                say(
                    f"插件 {plugin.label} 的 {hook} 失败：{cause_of(error)}。",
                    f"Plugin {plugin.label} failed in {hook}: {cause_of(error)}.",
                ),
                plugin=plugin.name,
                version=plugin.version,
                hook=hook,
                hint=how_to_disable(plugin.name),
            ) from error

    def _first_result(self, hook: str) -> bool:
        spec = getattr(self._manager.hook, hook).spec
        return bool(spec.opts["firstresult"])

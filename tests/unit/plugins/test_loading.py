"""Each plugin is loaded alone: what fails is named, and costs no other."""

from __future__ import annotations

import logging
import pickle
import sys
from typing import TYPE_CHECKING

import pytest
from tests.unit.plugins.folders import layout_plugin, load, settings_for, write_plugin

import gongkai
from gongkai.errors import PluginError, UsageError
from gongkai.plugins import build_plugins

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {
    "no_import": ("import nothing_of_that_name", "ModuleNotFoundError", "nothing_of_that_name"),
    "no_syntax": ("def (", "SyntaxError", "no_syntax/plugin.py:1)"),
    "exits": ("import sys; sys.exit('gone')", "SystemExit", "gone"),
    "misspelt": (
        "from gongkai import hookimpl\n@hookimpl\ndef gongkai_register_layout(): return []",
        "PluginValidationError",
        "gongkai_register_layout",
    ),
    "unknown_argument": (
        "from gongkai import hookimpl\n@hookimpl\ndef gongkai_check_report(rapport): return []",
        "PluginValidationError",
        "rapport",
    ),
    "unmarked": ("def gongkai_register_layouts(): return []", "TypeError", "@hookimpl"),
    "nothing": ("X = 1", "TypeError", "no hook"),
    "raises": (
        "from gongkai import hookimpl\n@hookimpl\ndef gongkai_register_layouts(): return 1/0",
        "ZeroDivisionError",
        "plugin.py:4",
    ),
    "no_list": (
        "from gongkai import hookimpl\n@hookimpl\ndef gongkai_register_layouts(): return 'abc'",
        "TypeError",
        "not a list of Layout",
    ),
    "the_class": (
        (
            "from gongkai import hookimpl, Layout\nclass A(Layout):\n    slug = 'a'\n"
            "@hookimpl\ndef gongkai_register_layouts(): return [A]"
        ),
        "TypeError",
        "the class, not an instance",
    ),
    "version_no_text": (
        (
            "from gongkai import hookimpl, Layout\nclass A(Layout):\n    slug = 'a'\n"
            "    version = 2\n@hookimpl\ndef gongkai_register_layouts(): return [A()]"
        ),
        "TypeError",
        "version is 2",
    ),
    "no_slug": (
        (
            "from gongkai import hookimpl, Layout\nclass A(Layout): pass\n"
            "@hookimpl\ndef gongkai_register_layouts(): return [A()]"
        ),
        "TypeError",
        "slug is ''",
    ),
    "twice": (
        (
            "from gongkai import hookimpl, Layout\nclass A(Layout):\n    slug = 'a'\n"
            "@hookimpl\ndef gongkai_register_layouts(): return [A(), A()]"
        ),
        "ValueError",
        "same slug twice",
    ),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_plugin_is_named_and_harms_no_other(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    code, kind, words = BROKEN[name]
    write_plugin(tmp_path, name, '__version__ = "3.1"\n' + code if name != "no_syntax" else code)
    write_plugin(tmp_path, "zz_good", layout_plugin("zz-good"))
    with caplog.at_level(logging.ERROR):
        plugins = load(tmp_path)
    broken = next(p for p in plugins.all if p.name == name.replace("_", "-"))
    assert broken.status == "failed"
    assert kind in broken.cause
    assert words in broken.cause
    assert broken.layouts == []
    assert broken.hooks == []
    assert set(plugins.layouts) == {"generic", "zz-good"}
    assert f"GONGKAI_DISABLE_PLUGINS={broken.name}" in caplog.text


@pytest.mark.parametrize("name", ["misspelt", "raises"])
def test_what_failed_leaves_no_hook_behind(tmp_path: Path, name: str) -> None:
    write_plugin(tmp_path, name, BROKEN[name][0])
    plugins = load(tmp_path)
    assert [p.name for p, _ in plugins.call_each(gongkai.hookspecs.gongkai_register_layouts)] == [
        "gongkai"
    ]


def test_strict_raises_and_names_plugin_and_version(tmp_path: Path) -> None:
    write_plugin(tmp_path, "bad", '__version__ = "2.0"\nX = 1')
    with pytest.raises(PluginError, match=r"bad 2\.0") as caught:
        load(tmp_path, strict_plugins=True)
    assert caught.value.plugin == "bad"
    assert caught.value.version == "2.0"


def test_disabled_plugins_are_not_imported(tmp_path: Path) -> None:
    write_plugin(tmp_path, "loud", "raise RuntimeError('imported')")
    plugins = load(tmp_path, disable_plugins=("loud",), strict_plugins=True)
    assert [(p.name, p.status) for p in plugins.all] == [
        ("gongkai", "loaded"),
        ("loud", "disabled"),
    ]


def test_the_second_plugin_with_a_slug_is_refused(tmp_path: Path) -> None:
    write_plugin(tmp_path, "a", layout_plugin("same"))
    write_plugin(tmp_path, "b", layout_plugin("same"))
    plugins = load(tmp_path)
    second = plugins.all[-1]
    assert (second.name, second.status) == ("b", "failed")
    assert "already registered by plugin 'a'" in second.cause
    assert "replaces = 'same'" in second.cause
    assert plugins.owner("same").name == "a"


def test_two_plugins_of_one_name_are_told_apart(tmp_path: Path) -> None:
    write_plugin(tmp_path / "one", "p", layout_plugin("one"))
    write_plugin(tmp_path / "two", "p", layout_plugin("two"))
    plugins = load(tmp_path / "one", tmp_path / "two")
    assert [p.status for p in plugins.all[1:]] == ["loaded", "failed"]
    assert set(plugins.layouts) == {"generic", "one"}


def test_order_is_built_in_then_folders_as_given_each_sorted(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_plugin(tmp_path / "2", name, layout_plugin(f"two-{name}"))
        write_plugin(tmp_path / "1", f"first_{name}", layout_plugin(f"one-{name}"))
    plugins = load(tmp_path / "2", tmp_path / "1")
    assert [p.name for p in plugins.all] == ["gongkai", "a", "b", "first-a", "first-b"]


def test_a_plugins_own_folder_can_be_given(tmp_path: Path) -> None:
    folder = write_plugin(tmp_path, "mine", layout_plugin("mine"))
    assert "mine" in load(folder).layouts


def test_a_folder_that_is_missing_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nowhere"):
        load(tmp_path / "nowhere")


def test_relative_imports_and_pickling_work(tmp_path: Path) -> None:
    folder = write_plugin(
        tmp_path,
        "mine",
        """
        from gongkai import hookimpl
        from .helper import Helper

        @hookimpl
        def gongkai_enrich_report(report):
            return {}

        helper = Helper(3)
        """,
    )
    (folder / "helper.py").write_text(
        "from dataclasses import dataclass\n\n@dataclass\nclass Helper:\n    n: int\n"
    )
    plugins = load(tmp_path, strict_plugins=True)
    module = sys.modules[plugins.all[-1].module]
    assert pickle.loads(pickle.dumps(module.helper)) == module.helper  # noqa: S301 - our own


def test_entry_points_are_loaded_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, code in {
        "ep_bad": "import nothing_here",
        "ep_good": layout_plugin("ep-good"),
    }.items():
        (tmp_path / f"{name}.py").write_text(code)
        info = tmp_path / f"{name}-1.5.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.5\n")
        (info / "entry_points.txt").write_text(f"[gongkai]\n{name} = {name}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    plugins = build_plugins(settings_for(), bundled=False)
    found = {p.name: p for p in plugins.all}
    assert found["ep_bad"].status == "failed"
    assert "nothing_here" in found["ep_bad"].cause
    assert found["ep_good"].status == "loaded"
    assert found["ep_good"].version == "1.5"
    assert found["ep_good"].origin == "entry point"
    assert "ep-good" in plugins.layouts


def test_bundled_plugins_load() -> None:
    plugins = build_plugins(settings_for(strict_plugins=True), load_entry_points=False)
    bundled = [p for p in plugins.all if p.origin == "bundled"]
    assert bundled
    assert all(p.version == gongkai.__version__ for p in bundled)


def test_every_hook_call_is_traced(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_plugin(tmp_path, "traced", layout_plugin("traced"))
    with caplog.at_level(logging.INFO):
        load(tmp_path, trace_plugins=True)
    assert "gongkai_register_layouts() of traced" in caplog.text


def test_nothing_is_imported_before_it_is_loaded(tmp_path: Path) -> None:
    from gongkai.discovery import candidates  # noqa: PLC0415 - beside its use

    write_plugin(tmp_path, "quiet", "raise RuntimeError\n# gongkai_register_commands")
    write_plugin(tmp_path, "silent", "raise RuntimeError")
    found = list(candidates([tmp_path], bundled=False, entry_points=False))
    assert [c.mentions("gongkai_register_commands") for c in found] == [True, False]

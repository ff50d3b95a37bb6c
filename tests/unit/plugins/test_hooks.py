"""Every hook: what reaches the plugin, what comes back, and what happens when it fails."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from tests.unit.plugins.folders import layout_plugin, load, write_plugin

from gongkai import hookspecs
from gongkai.errors import PluginError, Reason, SourceError
from gongkai.model import Agency, Finding, Report
from gongkai.reading import Document, Source

if TYPE_CHECKING:
    from gongkai.plugins import Plugins

HEAD = "from gongkai import Document, Finding, hookimpl\n"


def _one(tmp_path: Path, code: str, name: str = "mine") -> Plugins:
    write_plugin(tmp_path, name, HEAD + code)
    return load(tmp_path, strict_plugins=True)


def test_hook_gongkai_register_layouts(tmp_path: Path) -> None:
    write_plugin(tmp_path, "mine", layout_plugin("here"))
    assert load(tmp_path).owner("here").name == "mine"


def test_hook_gongkai_read_source(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_read_source(source):\n"
        "    return Document([], 'mine') if source.data == b'MINE' else None",
    )
    call = plugins.call_each(hookspecs.gongkai_read_source, source=Source("x", b"MINE"))
    plugin, document = next(call)
    assert plugin.name == "mine"
    assert isinstance(document, Document)
    assert document.format == "mine"
    # gongkai's own reader comes last, also for those that nobody else wants.
    other = Source("x", "正文".encode())
    found = list(plugins.call_each(hookspecs.gongkai_read_source, source=other))
    assert [p.name for p, _ in found] == ["gongkai"]


def test_hook_gongkai_check_report(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_check_report(report, previous):\n"
        "    yield Finding(rule='X.1', severity='info', message='甲',\n"
        "        message_en=f'{report.year} {previous.year}')",
    )
    call = plugins.call_each(
        hookspecs.gongkai_check_report, report=Report(year=2023), previous=Report(year=2022)
    )
    ((_, found),) = call
    findings = list(found)
    assert [f.message_en for f in findings] == ["2023 2022"]
    assert isinstance(findings[0], Finding)


def test_hook_gongkai_enrich_report(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_enrich_report(report):\n    return {'name': report.agency.name}",
    )
    report = Report(agency=Agency(name="某局"))
    ((plugin, facts),) = plugins.call_each(hookspecs.gongkai_enrich_report, report=report)
    assert (plugin.name, facts) == ("mine", {"name": "某局"})


def test_hook_gongkai_register_mappings(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_register_mappings():\n    return {'score': {'type': 'float'}}",
    )
    found = {p.name: m for p, m in plugins.call_each(hookspecs.gongkai_register_mappings)}
    assert found == {"mine": {"score": {"type": "float"}}}


def test_hook_gongkai_register_commands(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_register_commands(app):\n"
        "    @app.command()\n    def hello():\n        pass",
    )
    app = typer.Typer()
    plugins.observe(hookspecs.gongkai_register_commands, app=app)
    assert [c.callback.__name__ for c in app.registered_commands if c.callback] == ["hello"]


def test_hook_gongkai_report_extracted(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_report_extracted(report):\n    report.ext['seen'] = True",
    )
    report = Report()
    plugins.observe(hookspecs.gongkai_report_extracted, report=report)
    assert report.ext == {"seen": True}


def test_hook_gongkai_source_failed(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_source_failed(source, error):\n    source.url = f'{error.reason}'",
    )
    source = Source("x", b"")
    plugins.observe(
        hookspecs.gongkai_source_failed, source=source, error=SourceError(Reason.EMPTY, "leer")
    )
    assert source.url == "empty"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("return 1/0", "ZeroDivisionError"),
        ("import sys; sys.exit(3)", "SystemExit"),
        ("return 'abc'", "not a list of Finding"),
        ("return 5", "not a list of Finding"),
        ("return [1]", "a Finding is wanted"),
        ("yield 1/0", "ZeroDivisionError"),
    ],
)
def test_a_hook_that_fails_is_named(tmp_path: Path, code: str, words: str) -> None:
    plugins = _one(
        tmp_path,
        f"__version__ = '1.2'\n@hookimpl\ndef gongkai_check_report(report):\n    {code}",
    )
    with pytest.raises(PluginError, match=words) as caught:
        list(plugins.call_each(hookspecs.gongkai_check_report, report=Report(), previous=None))
    error = caught.value
    assert (error.plugin, error.version, error.hook) == ("mine", "1.2", "gongkai_check_report")
    assert "mine 1.2" in error.message


@pytest.mark.parametrize("value", ["[1]", "{'a': object()}", "3"])
def test_facts_must_be_a_mapping_that_json_can_hold(tmp_path: Path, value: str) -> None:
    plugins = _one(tmp_path, f"@hookimpl\ndef gongkai_enrich_report(report):\n    return {value}")
    with pytest.raises(PluginError, match="mine"):
        list(plugins.call_each(hookspecs.gongkai_enrich_report, report=Report()))


def test_a_reader_must_return_a_document(tmp_path: Path) -> None:
    plugins = _one(tmp_path, "@hookimpl\ndef gongkai_read_source(source):\n    return 'text'")
    with pytest.raises(PluginError, match="not a Document"):
        list(plugins.call_each(hookspecs.gongkai_read_source, source=Source("x", b"y")))


def test_a_reader_may_reject_a_source_on_purpose(tmp_path: Path) -> None:
    plugins = _one(
        tmp_path,
        "from gongkai.errors import Reason, SourceError\n"
        "@hookimpl\ndef gongkai_read_source(source):\n"
        "    raise SourceError(Reason.ENCRYPTED, 'locked')",
    )
    with pytest.raises(SourceError, match="locked"):
        list(plugins.call_each(hookspecs.gongkai_read_source, source=Source("x", b"y")))


def test_an_observer_that_fails_is_logged_and_the_next_one_is_called(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_plugin(
        tmp_path, "a_bad", HEAD + "@hookimpl\ndef gongkai_report_extracted(report):\n    1/0"
    )
    plugins = _one(
        tmp_path,
        "@hookimpl\ndef gongkai_report_extracted(report):\n    report.ext['seen'] = True",
    )
    report = Report()
    with caplog.at_level(logging.ERROR):
        plugins.observe(hookspecs.gongkai_report_extracted, report=report)
    assert report.ext == {"seen": True}
    assert "a-bad" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_every_hook_has_a_test() -> None:
    hooks = {name for name in vars(hookspecs) if name.startswith("gongkai_")}
    text = Path(__file__).read_text(encoding="utf-8")
    assert {name for name in hooks if f"def test_hook_{name}(" in text} == hooks

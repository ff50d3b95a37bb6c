"""A source becomes a report or a rejection with a reason; nothing that fails is silent or fatal."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING

import pytest
from tests.unit.pages import BAD, html_page
from tests.unit.plugins.folders import layout_plugin, settings_for, write_plugin

from gongkai.errors import Reason, SourceError
from gongkai.pipeline import Pipeline, TimeIsUp, time_limit
from gongkai.plugins import build_plugins
from gongkai.reading import Source, SourceFailure

if TYPE_CHECKING:
    from pathlib import Path

    from gongkai.model import Extracted, Report

PAGE = html_page()
HEAD = "from gongkai import Finding, hookimpl\n"


def pipeline(
    *folders: Path, earlier: dict[tuple[str, int], Report] | None = None, **options: object
) -> Pipeline:
    settings = settings_for(*folders, strict_plugins=True, **options)
    plugins = build_plugins(settings, load_entry_points=False, bundled=False)
    return Pipeline(plugins, settings, earlier)


def with_plugin(folder: Path, code: str) -> Pipeline:
    """Return a pipeline with the plugin ``mine``."""
    write_plugin(folder, "mine", '__version__ = "1.4"\n' + HEAD + code)
    return pipeline(folder)


def reported(line: Pipeline, data: bytes = PAGE) -> tuple[Extracted, Report]:
    """Extract a report, which must be one."""
    extracted = line.extract(Source("a.html", data))
    assert extracted.report is not None
    return extracted, extracted.report


@pytest.mark.parametrize(
    ("name", "media_type", "data", "reason"),
    [
        ("a/site.css", None, b"body { color: red }", Reason.PAGE_ASSET),
        ("a.warc!http://x.gov.cn/a.js?v=2", None, b"var shown = 1;", Reason.PAGE_ASSET),
        ("a.warc!http://x.gov.cn/get/7", "text/css; charset=utf-8", b"a{}", Reason.PAGE_ASSET),
        ("a/font.woff2", "application/octet-stream", b"wOF2\0\1\0\0", Reason.PAGE_ASSET),
        ("favicon.ico", None, b"\0\0\1\0\1\0\x10\x10\0\0", Reason.PAGE_ASSET),
        ("a/site.css", None, b"", Reason.PAGE_ASSET),
        ("a/page.html", "text/html", "通知公告".encode() * 60, Reason.NOT_A_REPORT),
        ("a/scan.png", "image/png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.UNSUPPORTED_FORMAT),
        ("a/data.js", None, "var a='政府信息公开工作年度报告';".encode(), Reason.NO_TABLES),
    ],
)
def test_what_pages_load_is_told_from_what_could_have_been_a_report(
    name: str, media_type: str | None, data: bytes, reason: Reason
) -> None:
    extracted = pipeline().extract(Source(name, data, media_type=media_type))
    assert (extracted.status, extracted.reason) == ("rejected", reason)
    assert extracted.hint


def test_a_report_in_a_script_is_a_report() -> None:
    assert pipeline().extract(Source("a/report.js", PAGE)).status == "extracted"


def test_a_page_becomes_a_report() -> None:
    extracted = pipeline().extract(Source("some/page.html", PAGE, url="http://example.org/a"))
    assert extracted.status == "extracted"
    assert extracted.reason is None
    assert extracted.source.path == "some/page.html"
    assert extracted.source.format == "html"
    assert (extracted.source.layout, extracted.source.layout_version) == ("generic", "1")
    assert extracted.source.url == "http://example.org/a"
    assert extracted.source.sha256 == Source("", PAGE).sha256
    assert extracted.report is not None
    assert extracted.report.quality.verdict == "proved"
    assert extracted.report.indicators


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_rejected_with_its_own_reason(name: str) -> None:
    data, reason = BAD[name]
    extracted = pipeline().extract(Source(name, data))
    assert (extracted.status, extracted.reason) == ("rejected", reason)
    assert (extracted.report is None) == (extracted.reason != "truncated")
    assert extracted.message
    assert name in extracted.message
    assert extracted.hint
    assert extracted.stage in {"reading", "layouts", "tables"}


def test_the_attachment_is_named() -> None:
    extracted = pipeline().extract(Source("a", BAD["attachment.html"][0]))
    assert "/files/report.pdf" in (extracted.hint or "")


def test_what_could_not_be_opened_is_a_rejection_too() -> None:
    error = SourceError(Reason.LINK_LOOP, "round and round", hint="remove it")
    extracted = pipeline().extract(SourceFailure("loop", error))
    assert (extracted.status, extracted.reason) == ("rejected", "link_loop")
    assert (extracted.message, extracted.hint) == ("round and round", "remove it")
    assert extracted.source.sha256 is None


def test_a_path_that_is_no_text_can_be_written_as_json() -> None:
    extracted = pipeline().extract(Source("\udcb1\udcb8.html", PAGE))
    assert "\\udcb1\\udcb8.html" in extracted.model_dump_json().replace("\\\\", "\\")


def test_a_layout_that_raises_is_named_with_its_plugin(tmp_path: Path) -> None:
    code = layout_plugin("mine", methods="def head(self, document, found): return 1/0")
    write_plugin(tmp_path, "mine", '__version__ = "1.4"\n' + code)
    extracted = pipeline(tmp_path).extract(Source("a.html", PAGE))
    assert (extracted.status, extracted.reason) == ("rejected", "plugin_failed")
    for words in ("a.html", "mine 1.4", "ZeroDivisionError", "plugin.py:"):
        assert words in (extracted.message or "")
    assert "GONGKAI_DISABLE_PLUGINS=mine" in (extracted.hint or "")
    assert extracted.source.layout == "mine"


def test_what_gongkai_itself_lacks_is_no_plugins_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def large(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("gongkai.reading.document_of", large)
    extracted = pipeline().extract(Source("a.html", PAGE))
    assert extracted.reason == "internal"
    assert "MemoryError" in (extracted.message or "")
    assert "--jobs 1" in (extracted.hint or "")


def test_a_step_that_returns_no_grids_is_named(tmp_path: Path) -> None:
    step = "def table_two(self, document):\n        return 7"
    write_plugin(tmp_path, "seven", layout_plugin("seven", score=90, methods=step))
    extracted = pipeline(tmp_path).extract(Source("a.html", PAGE))
    assert extracted.reason == "plugin_failed"
    assert "table_two() returned 7, not a list of Grid" in (extracted.message or "")


def test_a_claim_that_raises_is_a_finding_and_others_read_the_page(tmp_path: Path) -> None:
    write_plugin(tmp_path, "mine", layout_plugin("mine", claim="return 1/0"))
    extracted = pipeline(tmp_path).extract(Source("a.html", PAGE))
    assert extracted.status == "extracted"
    assert extracted.source.layout == "generic"
    (finding,) = [f for f in extracted.findings if f.rule == "P.CLAIM"]
    assert finding.severity == "warning"
    assert "mine" in finding.message_en
    assert "ZeroDivisionError" in finding.message
    warnings = [f for f in extracted.findings if f.severity == "warning"]
    assert extracted.report is not None
    assert extracted.report.quality.warnings == len(warnings)


@pytest.mark.parametrize(
    "hook",
    [
        "gongkai_check_report(report)",
        "gongkai_enrich_report(report)",
        "gongkai_read_source(source)",
    ],
)
def test_a_hook_that_raises_costs_its_source(tmp_path: Path, hook: str) -> None:
    extracted = with_plugin(tmp_path, f"@hookimpl\ndef {hook}:\n    1/0").extract(
        Source("a.html", PAGE)
    )
    assert (extracted.reason, extracted.stage) == ("plugin_failed", "plugins")
    assert "mine 1.4" in (extracted.message or "")
    assert hook.partition("(")[0] in (extracted.message or "")


def test_findings_of_plugins_are_added_and_counted(tmp_path: Path) -> None:
    code = (
        "@hookimpl\ndef gongkai_check_report(report, previous):\n"
        "    return [Finding(rule='X.1', severity='critical', message='甲',\n"
        "        message_en=str(previous))]"
    )
    _, plain = reported(pipeline())
    extracted, report = reported(with_plugin(tmp_path, code))
    assert [f.message_en for f in extracted.findings if f.rule == "X.1"] == ["None"]
    assert report.quality.critical == plain.quality.critical + 1
    # What no identity says is no disproof.
    assert report.quality.verdict == "proved"


def test_a_report_is_checked_against_its_agencys_report_of_the_year_before(tmp_path: Path) -> None:
    _, report = reported(pipeline())
    assert report.agency.id
    assert report.year
    before = report.model_copy(update={"year": report.year - 1})
    earlier = {(report.agency.id, report.year - 1): before}
    code = (
        "@hookimpl\ndef gongkai_check_report(report, previous):\n"
        "    return [Finding(rule='X.1', severity='info', message='甲',\n"
        "        message_en=str(previous.year))]"
    )
    write_plugin(tmp_path, "mine", HEAD + code)
    extracted, _ = reported(pipeline(tmp_path, earlier=earlier))
    rules = {f.rule: f.message_en for f in extracted.findings}
    assert rules["X.1"] == str(report.year - 1)
    assert "X.COPY" in rules or "X.CARRY" in rules


def test_facts_of_plugins_go_under_their_name(tmp_path: Path) -> None:
    code = "@hookimpl\ndef gongkai_enrich_report(report):\n    return {'year': report.year}"
    _, report = reported(with_plugin(tmp_path, code))
    assert report.ext == {"mine": {"year": report.year}}


def test_a_file_type_of_a_plugin_is_read(tmp_path: Path) -> None:
    code = (
        "from gongkai.reading import Source, read\nfrom gongkai.settings import Settings\n"
        "@hookimpl\ndef gongkai_read_source(source):\n"
        "    if source.data.startswith(b'REV'):\n"
        "        return read(Source(source.path, source.data[:2:-1]), Settings())"
    )
    _, report = reported(with_plugin(tmp_path, code), b"REV" + PAGE[::-1])
    assert report.quality.verdict == "proved"


LOOP = "\n        while True: pass"
LOOPS = {
    "claim": layout_plugin("mine", claim=LOOP),
    "extract": layout_plugin(
        "mine", methods="def head(self, document, found):\n        while True: pass"
    ),
    "check": HEAD + "@hookimpl\ndef gongkai_check_report(report):\n    while True: pass",
    "swallows": HEAD + "import time\n@hookimpl\ndef gongkai_enrich_report(report):\n    try:\n"
    "        while True: time.sleep(0.01)\n    except Exception:\n        return {}",
}


@pytest.mark.parametrize("where", sorted(LOOPS))
def test_a_plugin_that_loops_for_ever_is_stopped_and_named(tmp_path: Path, where: str) -> None:
    write_plugin(tmp_path, "mine", '__version__ = "1.4"\n' + LOOPS[where])
    line = pipeline(tmp_path, source_timeout=0.3)
    extracted = line.extract(Source("a.html", PAGE))
    assert (extracted.reason, extracted.stage) == ("timeout", "plugins")
    for words in ("a.html", "0.3 s", "mine 1.4", "plugin.py:"):
        assert words in (extracted.message or "")


def test_a_slow_observer_is_stopped_and_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    code = HEAD + "@hookimpl\ndef gongkai_report_extracted(report):\n    while True: pass"
    write_plugin(tmp_path, "mine", code)
    line = pipeline(tmp_path, source_timeout=1)
    with caplog.at_level(logging.ERROR):
        assert line.extract(Source("a.html", PAGE)).status == "extracted"
    assert "mine" in caplog.text


def test_observers_see_reports_and_rejections(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    code = f"""
@hookimpl
def gongkai_report_extracted(report):
    with open({str(seen)!r}, "a") as file:
        print("report", report.year, file=file)

@hookimpl
def gongkai_source_failed(source, error):
    with open({str(seen)!r}, "a") as file:
        print("failed", source.path, error.reason, file=file)
"""
    write_plugin(tmp_path / "plugins", "mine", HEAD + code)
    line = pipeline(tmp_path / "plugins")
    extracted = line.extract(Source("a.html", PAGE))
    line.extract(Source("b.html", b""))
    assert extracted.report is not None
    assert seen.read_text().splitlines() == [
        f"report {extracted.report.year}",
        "failed b.html empty",
    ]


def test_an_error_of_our_own_is_a_rejection(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("no more")

    monkeypatch.setattr("gongkai.checks.run", fail)
    extracted = pipeline().extract(Source("a.html", PAGE))
    assert extracted.reason == "internal"
    assert "no more" in (extracted.message or "")


def test_explain_keeps_every_step_up_to_the_failure() -> None:
    line = pipeline()
    good = line.explain(Source("a.html", PAGE))
    assert good.document is not None
    assert good.choice is not None
    assert good.reading is not None
    assert good.reading.places["requests.received.total"]
    cut = line.explain(Source("b.html", BAD["cut.html"][0]))
    assert cut.extracted.reason == "truncated"
    assert cut.reading is not None
    empty = line.explain(Source("c.html", b""))
    assert empty.document is None


def test_the_time_limit_leaves_no_alarm_behind() -> None:
    with time_limit(0.05):
        pass
    time.sleep(0.1)
    with pytest.raises(TimeIsUp), time_limit(0.05):
        time.sleep(5)


def test_in_another_thread_there_is_no_time_limit() -> None:
    done = []

    def work() -> None:
        with time_limit(0.01):
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done

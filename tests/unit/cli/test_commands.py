"""The commands: what they print, in which order, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.pages import BAD, html_page
from tests.unit.plugins.folders import layout_plugin, write_plugin
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.cli.delete import _derive as derive_after_deletion
from gongkai.cli.ingest import _derive, _report
from gongkai.cli.output import exit_code, load_settings
from gongkai.errors import (
    BackendError,
    IndexingError,
    MappingError,
    NodeError,
    PluginError,
    Reason,
    SourceError,
    UsageError,
)
from gongkai.ingest.run import Accounting
from gongkai.model import Extracted

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = sorted(str(p) for p in ROOT.glob("plugins/*/samples/*/source.*"))


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.startswith("GONGKAI_") and name != "GONGKAI_LANG":
            monkeypatch.delenv(name)
    monkeypatch.setenv("GONGKAI_STATE_DIR", str(tmp_path / "state"))
    # Nobody listens there.
    monkeypatch.setenv("GONGKAI_ES_URL", "http://127.0.0.1:9")


def run(*arguments: object, data: bytes | None = None) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(a) for a in arguments], input=data)


def test_a_run_without_sources_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    _report(Accounting(), Path("rejects"), [], as_json=False)
    said = capsys.readouterr()
    assert said.out == "read 0 = indexed 0 + unchanged 0 + rejected 0\n"
    assert "No source was found" in said.err
    _report(Accounting(interrupted=True), Path("rejects"), [], as_json=False)
    assert "No source was found" not in capsys.readouterr().err


def test_an_interrupt_while_deriving_says_what_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    class Interrupted:
        def run(self, *_: object, **__: object) -> None:
            raise KeyboardInterrupt

    for derive, told in ((_derive, "the same command"), (derive_after_deletion, "index derive")):
        with pytest.raises(KeyboardInterrupt):
            derive(Interrupted())  # type: ignore[arg-type] # what is asked of it
        assert f"{told} completes them" in capsys.readouterr().err


def objects(result: Result) -> list[dict[str, object]]:
    """Return the lines of JSON on standard output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def bad_folder(tmp_path: Path) -> Path:
    """Return a folder with bad sources and one good one between them."""
    folder = tmp_path / "bad"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "good.html").write_bytes(html_page())
    return folder


def test_extract_prints_the_public_shape_for_each_sample() -> None:
    result = run("extract", *SAMPLES)
    assert result.exit_code == 0, result.stderr
    lines = objects(result)
    assert [line["source"]["path"] for line in lines] == SAMPLES  # type: ignore[index]
    for line in lines:
        assert list(line) == list(Extracted.model_fields)
        assert line["status"] == "extracted"
        assert line["reason"] is None
        extracted = Extracted.model_validate(line)
        assert extracted.report is not None
        assert extracted.report.quality.verdict == "proved"


def test_the_order_is_that_of_the_arguments_and_folders_are_sorted(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.html", "a.html", "c.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(html_page())
    result = run("extract", tmp_path / "c.html", tmp_path / "b", tmp_path / "a.html", "--jobs", 3)
    paths = [line["source"]["path"] for line in objects(result)]  # type: ignore[index]
    assert paths == [f"{tmp_path}/{name}" for name in ("c.html", "b/1.html", "b/2.html", "a.html")]


def test_paths_are_printed_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "页面.html").write_bytes(html_page())
    monkeypatch.chdir(tmp_path)
    result = run("extract", "./页面.html")
    assert "./页面.html" in result.stdout


def test_standard_input_is_a_source() -> None:
    result = run("extract", "-", data=html_page())
    (line,) = objects(result)
    assert line["source"]["path"] == "-"  # type: ignore[index]
    assert line["status"] == "extracted"


def test_bad_sources_are_rejected_the_rest_is_extracted_and_the_exit_code_is_3(
    bad_folder: Path,
) -> None:
    result = run("extract", bad_folder)
    assert result.exit_code == 3
    found = {Path(line["source"]["path"]).name: line["reason"] for line in objects(result)}  # type: ignore[index]
    assert found == {**{name: reason for name, (_, reason) in BAD.items()}, "good.html": None}


def test_files_of_every_trouble(tmp_path: Path) -> None:
    folder = tmp_path / "trouble"
    folder.mkdir()
    with (folder / "large.html").open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "itself").symlink_to("itself")
    os.mkfifo(folder / "pipe")
    (folder / "dangling").symlink_to("nowhere")
    (folder / "good.html").write_bytes(html_page())
    result = run("extract", folder)
    assert result.exit_code == 3
    found = {Path(line["source"]["path"]).name: line["reason"] for line in objects(result)}  # type: ignore[index]
    assert found == {
        "large.html": "too_large",
        "loop": "link_loop",
        "itself": "link_loop",
        "pipe": "unreadable",
        "dangling": "unreadable",
        "good.html": None,
    }


def test_the_size_limit_is_a_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_bytes(html_page())
    monkeypatch.setenv("GONGKAI_MAX_BYTES", "100")
    (line,) = objects(run("extract", tmp_path / "a.html"))
    assert line["reason"] == "too_large"


def test_a_plugin_that_cannot_be_stopped_costs_its_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = """
        while "第一页" in document.title:
            try:
                while True: pass
            except BaseException: pass
    """
    write_plugin(tmp_path / "plugins", "mine", layout_plugin("mine", claim=code))
    page = html_page().decode()
    (tmp_path / "1.html").write_text(page.replace("<title>", "<title>第一页"), encoding="utf-8")
    (tmp_path / "2.html").write_text(page, encoding="utf-8")
    monkeypatch.setenv("GONGKAI_SOURCE_TIMEOUT", "2")
    monkeypatch.setattr("gongkai.ingest.workers.GRACE", 0.3)
    options = ("--plugins-dir", tmp_path / "plugins", "--jobs", 1)
    result = run("extract", tmp_path / "1.html", tmp_path / "2.html", *options)
    assert result.exit_code == 3
    first, second = objects(result)
    assert (first["reason"], second["reason"]) == ("timeout", None)
    assert "mine/plugin.py" in str(first["message"])


def test_join_reads_a_folder_as_one_report(tmp_path: Path) -> None:
    from random import Random  # noqa: PLC0415 - here alone

    from tests.testbed.reports import make_report  # noqa: PLC0415
    from tests.testbed.styles import STYLES  # noqa: PLC0415

    page = STYLES["text-pipes"].page(make_report(Random(3)), 3).data.decode()
    lines = page.splitlines(keepends=True)
    for number in range(1, 4):
        part = "".join(lines[(number - 1) * len(lines) // 3 : number * len(lines) // 3])
        (tmp_path / f"page{number}.txt").write_text(part, encoding="utf-8")
    (line,) = objects(run("extract", tmp_path, "--join"))
    assert line["report"]["quality"]["verdict"] == "proved"  # type: ignore[index]


def test_check_prints_one_verdict_a_line(bad_folder: Path) -> None:
    result = run("check", *SAMPLES)
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["proved"] * len(SAMPLES)
    result = run("check", bad_folder)
    assert result.exit_code == 3
    verdicts = [line.split()[0] for line in result.stdout.splitlines()]
    assert sorted(verdicts) == ["proved"] + ["rejected"] * len(BAD)


def contradicted(tmp_path: Path) -> Path:
    """Return a copy of a sample with one number changed."""
    source = next(Path(p) for p in SAMPLES if "dawukou" in p)
    text = source.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "部分公开" in line and "0" in line)
    file = tmp_path / "wrong.txt"
    file.write_text(text.replace(row, row.replace("0", "3", 1)), encoding="utf-8")
    return file


def test_check_fails_on_findings_when_asked(tmp_path: Path) -> None:
    file = contradicted(tmp_path)
    assert run("check", file).exit_code == 0
    result = run("check", file, "--fail-on", "critical")
    assert result.exit_code == 1
    assert result.stdout.startswith("contradicted")
    assert run("check", SAMPLES[0], "--fail-on", "critical").exit_code == 0


def test_check_lists_findings_and_prints_json(tmp_path: Path) -> None:
    file = contradicted(tmp_path)
    assert "T3.ROW" in run("check", file, "--findings").stdout
    (line,) = objects(run("check", file, "--json"))
    assert line["verdict"] == "contradicted"
    assert "T3.ROW" in {f["rule"] for f in line["findings"]}  # type: ignore[attr-defined]


def test_explain_shows_claims_tables_with_places_and_the_located_cell(tmp_path: Path) -> None:
    result = run("explain", contradicted(tmp_path))
    assert result.exit_code == 0
    for words in (
        "ningxia-shizuishan",
        "generic",
        "breadcrumb",
        "3 L33C2",
        "T3.LOCATE",
        "contradicted",
        "大武口区人民政府办公室",
    ):
        assert words in result.stdout


def test_explain_as_json_holds_claims_and_places() -> None:
    (found,) = objects(run("explain", SAMPLES[0], "--json"))
    assert found["claims"][0]["score"] > found["claims"][1]["score"]  # type: ignore[index]
    assert found["places"]["requests.received.total"].startswith("line ")  # type: ignore[index]


def test_explain_says_why_a_source_is_rejected(bad_folder: Path) -> None:
    result = run("explain", bad_folder / "cut.html")
    assert result.exit_code == 3
    assert "truncated" in result.stderr


def test_plugins_lists_what_failed_and_why(tmp_path: Path) -> None:
    write_plugin(tmp_path, "broken", "import nothing_of_that_name")
    found = json.loads(run("plugins", "--plugins-dir", tmp_path, "--json").stdout)
    broken = next(p for p in found if p["name"] == "broken")
    assert broken["status"] == "failed"
    assert "nothing_of_that_name" in broken["cause"]
    shown = run("plugins", "--plugins-dir", tmp_path).stdout
    assert "broken" in shown
    assert "nothing_of_that_name" in shown


def test_schema_describes_what_extract_prints() -> None:
    schema = json.loads(run("schema").stdout)
    assert set(schema["properties"]) == set(Extracted.model_fields)


def test_version() -> None:
    told = run("version").stdout
    assert told.startswith("gongkai ")
    assert run("--version").stdout == told


def test_ingest_without_a_backend_ends_with_4_and_counts_nothing() -> None:
    result = run("ingest", *SAMPLES)
    assert result.exit_code == 4
    assert "127.0.0.1:9" in result.stderr
    assert "indexed" not in result.stdout


def test_ingest_tells_before_any_work_that_rejects_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run("ingest", *SAMPLES, "--rejects", tmp_path / "file" / "rejects.jsonl")
    assert result.exit_code == 4
    assert "rejects.jsonl" in result.stderr


def test_ingest_wants_paths_or_a_rejects_file(tmp_path: Path) -> None:
    assert run("ingest").exit_code == 2
    no_rejects = tmp_path / "x.jsonl"
    no_rejects.write_text("[1]")
    result = run("ingest", "--retry", no_rejects)
    assert result.exit_code == 2
    assert "x.jsonl" in result.stderr


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), 2),
        (PluginError("x", plugin="p"), 2),
        (MappingError("x"), 2),
        (SourceError(Reason.EMPTY, "x"), 3),
        (BackendError("x"), 4),
        (IndexingError("x"), 4),
        (NodeError("x"), 4),
    ],
)
def test_exit_codes(error: Exception, code: int) -> None:
    assert exit_code(error) == code  # type: ignore[arg-type]


def test_errors_are_one_line_and_a_traceback_with_debug(tmp_path: Path) -> None:
    result = run("extract", "x", "--plugins-dir", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "nowhere" in result.stderr
    assert "Traceback" in run("--debug", "extract", "x", "--plugins-dir", tmp_path / "no").stderr


def test_an_internal_error_is_one_line_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr("gongkai.plugins.build_plugins", fail)
    result = run("plugins")
    assert result.exit_code == 70
    assert "RuntimeError: no idea" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_full_disk_is_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", "extract", SAMPLES[0]],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert result.returncode == 70
    assert "No space left on device" in result.stderr
    assert "Traceback" not in result.stderr


def test_hook_calls_are_traced_on_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_plugin(tmp_path, "mine", layout_plugin("mine"))
    monkeypatch.setenv("GONGKAI_TRACE_PLUGINS", "1")
    command = [sys.executable, "-m", "gongkai.cli", "plugins", "--plugins-dir", str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "gongkai_register_layouts() of mine" in result.stderr


def test_check_compares_with_last_years_report(tmp_path: Path) -> None:
    text = html_page().decode()
    (tmp_path / "now.html").write_text(text, encoding="utf-8")
    (found,) = objects(run("extract", tmp_path / "now.html"))
    year = found["report"]["year"]  # type: ignore[index]
    (tmp_path / "then.html").write_text(text.replace(str(year), str(year - 1)), encoding="utf-8")
    options = ("--previous", tmp_path / "then.html", "--json")
    (verdict,) = objects(run("check", tmp_path / "now.html", *options))
    (alone,) = objects(run("check", tmp_path / "now.html", "--json"))
    rules = {f["rule"] for f in verdict["findings"]}  # type: ignore[attr-defined]
    assert {r for r in rules if r.startswith("X.")}
    assert rules > {f["rule"] for f in alone["findings"]}  # type: ignore[attr-defined]


def test_a_setting_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_MAX_BYTES", "much")
    result = run("extract", "x")
    assert result.exit_code == 2
    assert "GONGKAI_MAX_BYTES" in result.stderr


def test_usage_errors_end_with_2() -> None:
    assert run("extract").exit_code == 2
    assert run("no-such-command").exit_code == 2
    assert run("extract", "x", "--jobs", "0").exit_code == 2


COMMAND = """
from gongkai import hookimpl

@hookimpl
def gongkai_register_commands(app):
    @app.command(help="Say hello.")
    def hello(name: str = "you"):
        print("hello", name)

    @app.command()
    def extract():
        print("mine")
"""


def test_commands_of_plugins_are_run_and_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(tmp_path, "mine", COMMAND)
    write_plugin(tmp_path, "broken", "1/0  # gongkai_register_commands")
    write_plugin(tmp_path, "other", "raise RuntimeError('must not be imported')")
    monkeypatch.setenv("GONGKAI_PLUGINS_DIR", str(tmp_path))
    script = [sys.executable, "-m", "gongkai.cli"]

    def gongkai(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*script, *arguments], capture_output=True, text=True, check=False)

    assert gongkai("hello", "--name", "me").stdout == "hello me\n"
    shown = gongkai("--help")
    assert shown.returncode == 0
    assert "Say hello." in shown.stdout
    assert "broken" in shown.stderr
    assert "must not be imported" not in shown.stderr
    # A plugin cannot take the place of a command of gongkai.
    assert "mine" not in gongkai("extract", SAMPLES[0]).stdout[:5]


@pytest.mark.parametrize(
    "module", ["pydantic", "elasticsearch", "rich", "pluggy", "lxml", "selectolax", "bs4"]
)
def test_help_imports_nothing_heavy(module: str) -> None:
    code = (
        "import sys; from gongkai.cli import app\n"
        "try: app(['--help'])\n"
        f"except SystemExit: assert {module!r} not in sys.modules"
    )
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=environment)


def test_messages_come_in_chinese_too(tmp_path: Path) -> None:
    environment = {**os.environ, "GONGKAI_LANG": "zh"}
    command = [sys.executable, "-m", "gongkai.cli", "extract", "x", "--plugins-dir", "/nowhere/x"]
    result = subprocess.run(
        command, capture_output=True, text=True, env=environment, check=False, cwd=tmp_path
    )
    assert result.returncode == 2
    assert "插件目录 /nowhere/x 不存在" in result.stderr


@pytest.mark.parametrize(
    ("name", "meant"),
    [("GONGKAI_MAXBYTES", "GONGKAI_MAX_BYTES"), ("GONGKAI_WRITER_PASSWORD", None)],
)
def test_a_misspelt_setting_is_named(
    name: str,
    meant: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("GONGKAI_LANG", "en")
    monkeypatch.setenv(name, "3")
    load_settings()
    said = f"{name} is no setting and was left aside; is {meant} meant?\n"
    assert capsys.readouterr().err == (said if meant else "")

"""The accounts: every source is indexed, unchanged or rejected, or the run says that it is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.unit.pages import html_page
from tests.unit.plugins.folders import settings_for

from gongkai.errors import BackendError, IndexingError, Reason, SourceError
from gongkai.ingest.journal import (
    JsonLines,
    UnwritableError,
    containers,
    rejected_paths,
    run_folder,
)
from gongkai.ingest.run import Accounting, Ingest, among, prepared, stop_on_signals
from gongkai.model import Extracted, SourceInfo
from gongkai.pipeline import Pipeline, printable, rejected
from gongkai.plugins import build_plugins
from gongkai.reading import Source, SourceFailure
from gongkai.search.documents import Prepared
from gongkai.search.sink import SinkResult

if TYPE_CHECKING:
    from collections.abc import Iterable


def report(name: str, seed: int = 1) -> Prepared:
    """Return a report, ready for the sink."""
    settings = settings_for()
    plugins = build_plugins(settings, load_entry_points=False, bundled=False)
    found = prepared(Pipeline(plugins, settings).extract(Source(name, html_page(seed))))
    assert isinstance(found, Prepared)
    return found


def bad(name: str, reason: Reason = Reason.EMPTY) -> Extracted:
    """Return a rejected source."""
    error = SourceError(reason, f"{name}: no good", place="line 3", hint="try again")
    return rejected(SourceInfo(path=name, sha256="00"), error)


class Answers:
    """A sink that answers as a function of the report says."""

    def __init__(self, answer: Callable[[Prepared], SinkResult | None]) -> None:
        self._answer = answer

    def write(self, items: Iterable[Extracted | Prepared]) -> Iterator[SinkResult]:
        for item in items:
            assert isinstance(item, Prepared)
            result = self._answer(item)
            if result is not None:
                yield result


def indexed(item: Prepared) -> SinkResult:
    """Answer that it is indexed."""
    return SinkResult(item.source_path, item.document_id, "indexed")


Build = Callable[[Callable[[Prepared], SinkResult | None]], Ingest]


@pytest.fixture
def ingest(tmp_path: Path) -> Iterator[Build]:
    """Return what makes runs with files in ``tmp_path``."""
    with ExitStack() as files:

        def build(answer: Callable[[Prepared], SinkResult | None]) -> Ingest:
            rejects, journal = (
                files.enter_context(JsonLines(tmp_path / f"{name}.jsonl"))
                for name in ("rejects", "journal")
            )
            return Ingest(Answers(answer), rejects, journal, lambda: None)

        yield build


def lines(path: Path) -> list[dict[str, object]]:
    """Return what a file of JSON lines holds."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_source_is_accounted_for(tmp_path: Path, ingest: Build) -> None:
    def answer(item: Prepared) -> SinkResult:
        if item.source_path == "same":
            return SinkResult(item.source_path, item.document_id, "unchanged")
        if item.source_path == "refused":
            return SinkResult(
                item.source_path,
                item.document_id,
                "rejected",
                "index_refused",
                "400: too long",
                hint="look at it",
            )
        return indexed(item)

    run = ingest(answer)
    run.run([report("a"), bad("b"), report("same"), bad("c", Reason.NO_TABLES), report("refused")])
    assert str(run.accounting) == "read 5 = indexed 1 + unchanged 1 + rejected 3"
    assert len(run.accounting.first_rejects) == 3
    assert run.accounting.rejected == {"empty": 1, "no_tables": 1, "index_refused": 1}
    assert run.accounting.unconfirmed == 0
    rejects = lines(tmp_path / "rejects.jsonl")
    assert [(r["path"], r["reason"], r["stage"]) for r in rejects] == [
        ("b", "empty", "reading"),
        ("c", "no_tables", "reading"),
        ("refused", "index_refused", "search"),
    ]
    assert rejects[0]["place"] == "line 3"
    assert rejects[0]["hint"] == "try again"
    assert rejects[2]["message"] == "400: too long"
    assert rejects[2]["hint"] == "look at it"
    journal = lines(tmp_path / "journal.jsonl")
    assert {str(r["path"]): r["status"] for r in journal} == {
        "a": "indexed",
        "b": "rejected",
        "same": "unchanged",
        "c": "rejected",
        "refused": "rejected",
    }


def test_a_sink_that_loses_a_report_is_found_out(ingest: Build) -> None:
    run = ingest(lambda item: None if item.source_path == "b" else indexed(item))
    with pytest.raises(IndexingError, match=r"unaccounted for: b|下落不明：b"):
        run.run([report("a"), report("b"), report("c")])
    run = ingest(lambda item: SinkResult("z", item.document_id, "indexed"))
    with pytest.raises(IndexingError, match="z, which is no report of this run"):
        run.run([report("a")])
    run = ingest(lambda item: None if item.source_path == "c" else indexed(item))
    with pytest.raises(IndexingError, match=r"unaccounted for: c|下落不明：c"):
        run.run([report("a"), report("b"), report("c")])
    assert str(run.accounting) == "read 3 = indexed 2 + unchanged 0 + rejected 0 + unconfirmed 1"


def test_what_a_dead_backend_did_not_confirm_is_not_counted_as_indexed(ingest: Build) -> None:
    def answer(item: Prepared) -> SinkResult:
        if item.source_path == "b":
            raise BackendError("gone")
        return indexed(item)

    run = ingest(answer)
    with pytest.raises(BackendError):
        run.run([report("a"), bad("x"), report("b"), report("c")])
    assert str(run.accounting) == "read 3 = indexed 1 + unchanged 0 + rejected 1 + unconfirmed 1"


def test_what_is_settled_beside_unanswered_reports_hides_no_cause(ingest: Build) -> None:
    class Blocked(Answers):
        def write(self, items: Iterable[Extracted | Prepared]) -> Iterator[SinkResult]:
            yield from super().write(items)
            raise BackendError("the index takes no documents")

    run = ingest(indexed)
    run._sink = Blocked(  # noqa: SLF001 - the fixture's sink, and an error at its end
        lambda item: (
            None
            if item.source_path != "c"
            else SinkResult("c", item.document_id, "rejected", "duplicate", "other", "choose")
        )
    )
    with pytest.raises(BackendError, match="takes no documents"):
        run.run([report("a"), report("b"), report("c")])
    assert str(run.accounting) == "read 3 = indexed 0 + unchanged 0 + rejected 1 + unconfirmed 2"


def test_rejects_that_cannot_be_written_are_kept_and_the_rest_goes_on(tmp_path: Path) -> None:
    with JsonLines(Path("/dev/full")) as rejects, JsonLines(tmp_path / "j") as journal:
        run = Ingest(Answers(indexed), rejects, journal, lambda: None)
        run.run([bad("b"), report("a")])
    assert str(run.accounting) == "read 2 = indexed 1 + unchanged 0 + rejected 1"
    assert json.loads(run.accounting.unwritten[0])["path"] == "b"


def test_a_rejects_file_that_cannot_be_made_is_told_before_any_work(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableError, match="file"):
        JsonLines(tmp_path / "file" / "rejects.jsonl")


def test_lines_are_on_disk_at_once(tmp_path: Path) -> None:
    with JsonLines(tmp_path / "deep" / "er" / "j.jsonl") as file:
        file.write({"a": 1, "none": None})
        assert lines(file.path) == [{"a": 1}]


def test_each_run_has_a_folder_of_its_own(tmp_path: Path) -> None:
    assert run_folder(tmp_path) != run_folder(tmp_path)


def test_a_report_that_cannot_be_written_is_a_rejection() -> None:
    settings = settings_for()
    plugins = build_plugins(settings, load_entry_points=False, bundled=False)
    extracted = Pipeline(plugins, settings).extract(Source("a", html_page()))
    assert extracted.report is not None
    extracted.report.title = "half a sign: \ud800"
    found = prepared(extracted)
    assert isinstance(found, Extracted)
    assert (found.reason, found.stage) == ("index_refused", "search")


def test_a_signal_ends_the_sources_and_a_second_one_everything() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stop_on_signals() as stop:
        taken = []
        for number in stop.until(range(10)):
            taken.append(number)
            if number == 3:
                os.kill(os.getpid(), signal.SIGINT)
        assert taken == [0, 1, 2, 3]
        assert stop.asked
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) is before


def test_where_nothing_is_to_be_finished_one_signal_ends_everything() -> None:
    with stop_on_signals() as stop:
        stop.at_once = True
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGTERM)
        assert not stop.asked


def test_an_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with stop_on_signals() as stop:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not stop.asked
    finally:
        signal.signal(signal.SIGHUP, before)


NEARLY_FULL = """
import resource, sys
from pathlib import Path
from gongkai.ingest.journal import JsonLines, UnwritableError

resource.setrlimit(resource.RLIMIT_FSIZE, (50, resource.RLIM_INFINITY))
with JsonLines(Path(sys.argv[1])) as lines:
    lines.write({"path": "a", "reason": "short"})
    try:
        lines.write({"path": "b", "reason": "long" * 10})
    except UnwritableError:
        print("unwritable")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
    lines.write({"path": "c"})
"""


def test_a_disk_that_fills_up_keeps_no_part_of_a_line(tmp_path: Path) -> None:
    file = tmp_path / "rejects.jsonl"
    command = [sys.executable, "-c", NEARLY_FULL, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "unwritable\n"
    assert rejected_paths(file) == ["a", "c"]


def test_the_file_that_holds_a_source(tmp_path: Path) -> None:
    folder = tmp_path / "a!b"
    folder.mkdir()
    archive, odd = folder / "c.zip", folder / os.fsdecode(b"\xc4\xea!.zip")
    for file in (archive, odd):
        file.write_bytes(b"")
    members = [f"{archive}!d.html", f"{printable(str(odd))}!e!f.html", str(archive), "/none!g"]
    assert containers(members) == [str(archive), str(odd), "/none"]


def test_what_is_asked_for_is_found_or_named() -> None:
    error = SourceError(Reason.DAMAGED, "x.zip: damaged")
    there: list[Source | SourceFailure] = [
        Source("a/b.html", b""),
        Source("c.html", b""),
        Source("d.zip!e.zip!f.html", b""),
        SourceFailure("x.zip", error),
    ]
    asked = ["a/", "d.zip!e.zip", "x.zip!g.html", "h.html"]
    found = list(among(there, asked, every=True))
    assert [s.path for s in found] == ["a/b.html", "d.zip!e.zip!f.html", "x.zip!g.html", "h.html"]
    assert [s.error.reason for s in found if isinstance(s, SourceFailure)] == [
        "damaged",
        "unreadable",
    ]
    assert list(among(there, asked, every=False)) == found[:2]


def test_the_account_speaks_the_language_of_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    account = Accounting(read=4, indexed=1)
    account.rejected["empty"] = 2
    monkeypatch.setenv("GONGKAI_LANG", "zh")
    assert str(account) == "读取 4 = 入库 1 + 未变 0 + 拒收 2 + 未确认 1"


def test_an_empty_run_balances() -> None:
    assert str(Accounting()) == "read 0 = indexed 0 + unchanged 0 + rejected 0"

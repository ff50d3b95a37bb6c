"""``gongkai ingest`` on a real server: everything is accounted for, whatever goes wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest
from tests.integration.faulty_server import Faults, faulty_server
from tests.unit.pages import BAD, html_page
from tests.unit.plugins.folders import layout_plugin, write_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.elasticsearch_fixture import Server

    from gongkai.node.state import Role

pytestmark = pytest.mark.es

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = sorted(ROOT.glob("plugins/*/samples/*/source.*"))
#: Small batches, so that there is a middle to be killed in.
SMALL = """
import gongkai.search.sink
from gongkai.cli import main

gongkai.search.sink._BATCH_BYTES = 40_000
main()
"""
#: Makes every source take some time.
SLOW = """
import time
from gongkai import hookimpl

@hookimpl
def gongkai_check_report(report):
    time.sleep(0.05)
    return []
"""


@dataclass
class Setup:
    """An index of a test's own, and how to run commands on it."""

    server: Server
    prefix: str
    folder: Path

    def environment(self, role: Role = "writer", **others: object) -> dict[str, str]:
        """Return the environment of a command."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
        own = {
            "GONGKAI_INDEX_PREFIX": self.prefix,
            "GONGKAI_STATE_DIR": self.folder / "state",
            "GONGKAI_LANG": "en",
        }
        given = {**kept, **self.server.environment(role), **own, **others}
        return {name: str(value) for name, value in given.items()}

    def start(self, *arguments: object, **others: object) -> subprocess.Popen[str]:
        """Start a command, with small batches, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-c", SMALL, *map(str, arguments)],
            env=self.environment(**others),  # type: ignore[arg-type] # a role or variables
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: object, **others: object) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        with self.start(*arguments, **others) as process:
            out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def paths(self) -> list[str]:
        """Return the source paths of all documents, sorted."""
        with self.server.client() as client:
            client.indices.refresh(index=f"{self.prefix}-reports")
            found = client.search(
                index=f"{self.prefix}-reports", size=1000, source_includes="source.path"
            )
        return sorted(hit["_source"]["source"]["path"] for hit in found["hits"]["hits"])

    def count(self, name: str) -> int:
        """Return the number of documents of an index."""
        alias = f"{self.prefix}-{name}"
        with self.server.client() as client:
            client.indices.refresh(index=alias)
            return int(client.count(index=alias)["count"])

    def rejects(self) -> list[dict[str, Any]]:
        """Return what the latest run rejected."""
        latest = max((self.folder / "state" / "runs").iterdir())
        return lines(latest / "rejects.jsonl")

    def pages(self, count: int) -> list[str]:
        """Write pages with a report each; return their paths, sorted."""
        folder = self.folder / "pages"
        folder.mkdir(exist_ok=True)
        for seed in range(count):
            (folder / f"{seed:03}.html").write_bytes(html_page(seed + 100))
        return sorted(map(str, folder.iterdir()))


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects in a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def setup(es_server: Server, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Setup]:
    """Return an empty index."""
    prefix = f"{es_server.prefix}-{abs(hash(request.node.name)):x}"
    made = Setup(es_server, prefix, tmp_path)
    done = made.run("index", "apply", role="admin")
    assert done.returncode == 0, done.stderr
    yield made
    es_server.clean(f"{prefix}*")


def test_the_samples_are_indexed_once_and_then_unchanged(setup: Setup) -> None:
    first = setup.run("ingest", *SAMPLES)
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("read 5 = indexed 5 + unchanged 0 + rejected 0\n")
    again = setup.run("ingest", *SAMPLES, "--json")
    assert again.returncode == 0, again.stderr
    counts = json.loads(again.stdout)
    assert (counts["read"], counts["indexed"], counts["unchanged"]) == (5, 0, 5)
    assert setup.paths() == sorted(map(str, SAMPLES))
    assert setup.count("cells") > 100 * len(SAMPLES)
    assert setup.count("checks") > 0
    derived = json.loads(setup.run("index", "derive", "--json").stdout)
    assert (derived["seen"], derived["derived"]) == (5, 0)


def test_what_a_server_that_dies_left_underived_the_next_ingest_derives(setup: Setup) -> None:
    target = setup.server.connection("writer").url
    if not target.startswith("http://"):
        pytest.skip("the faulty server speaks no TLS")
    # The first bulk request has all reports, the second one their cells.
    with faulty_server(target, Faults(die_after=1)) as url:
        done = setup.run("ingest", *SAMPLES[:1], GONGKAI_ES_URL=url)
    assert done.returncode == 4
    assert done.stdout.startswith("read 1 = indexed 1 + unchanged 0 + rejected 0\n")
    assert "the same command completes them" in done.stderr
    assert setup.count("cells") == 0
    again = setup.run("ingest", *SAMPLES[:1])
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith("read 1 = indexed 0 + unchanged 1 + rejected 0\n")
    assert setup.count("cells") > 100


def test_bad_sources_are_rejected_and_the_rest_is_indexed(setup: Setup) -> None:
    folder = setup.folder / "mixed"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    with (folder / "large.html").open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    (folder / "good.html").write_bytes(html_page())
    done = setup.run("ingest", folder, "--rejects", setup.folder / "rejects.jsonl")
    assert done.returncode == 3
    bad = len(BAD) + 3
    assert f"read {bad + 1} = indexed 1 + unchanged 0 + rejected {bad}\n" in done.stdout
    assert "  empty 2\n" in done.stdout
    assert str(setup.folder / "rejects.jsonl") in done.stdout
    rejects = lines(setup.folder / "rejects.jsonl")
    reasons = {Path(r["path"]).name: r["reason"] for r in rejects}
    assert reasons == {
        **{name: reason for name, (_, reason) in BAD.items()},
        "large.html": "too_large",
        "loop": "link_loop",
        "pipe": "unreadable",
    }
    assert all({"path", "reason", "stage", "message"} <= r.keys() for r in rejects)
    cut = next(r for r in rejects if r["reason"] == "truncated")
    assert cut["place"]
    assert setup.paths() == [str(folder / "good.html")]


def test_what_was_rejected_is_fixed_and_run_again_alone(setup: Setup) -> None:
    pages = setup.pages(3)
    good = Path(pages[1]).read_bytes()
    archive = setup.folder / "more.zip"
    Path(pages[1]).write_bytes(b"")
    with ZipFile(archive, "w") as file:
        file.writestr("bad.html", BAD["other_page.html"][0])
        file.writestr("good.html", html_page(7))
    rejects = setup.folder / "rejects.jsonl"
    done = setup.run("ingest", setup.folder / "pages", archive, "--rejects", rejects)
    assert done.stdout.startswith("read 5 = indexed 3 + unchanged 0 + rejected 2\n")
    assert f"\n{pages[1]}: empty: The file is empty. Fetch the page again.\n" in done.stdout
    assert done.stdout.endswith(f"gongkai ingest --retry {rejects}\n")
    Path(pages[1]).write_bytes(good)
    # The same file takes the rejects of the second run.
    again = setup.run("ingest", "--retry", rejects, "--rejects", rejects)
    assert again.returncode == 3
    assert again.stdout.startswith("read 2 = indexed 1 + unchanged 0 + rejected 1\n")
    assert [r["path"] for r in lines(rejects)] == [f"{archive}!bad.html"]


def test_what_is_listed_is_found_again_whatever_its_name(setup: Setup) -> None:
    # An archive made on Windows leaves names in GBK; a rejected archive stands for its members.
    folder = setup.folder / os.fsdecode("年报".encode("gbk") + b"!")
    folder.mkdir()
    page, archive, broken = folder / "a.html", folder / "b.zip", folder / "c.zip"
    gone = folder / "d.zip"
    page.write_bytes(b"")
    broken.write_bytes(b"PK\3\4")
    for file in (archive, gone):
        with ZipFile(file, "w") as members:
            members.writestr("page.html", b"")
    rejects = setup.folder / "rejects.jsonl"
    assert "rejected 4\n" in setup.run("ingest", folder, "--rejects", rejects).stdout
    page.write_bytes(html_page(1))
    for file, seed in ((archive, 2), (broken, 3)):
        with ZipFile(file, "w") as members:
            members.writestr("page.html", html_page(seed))
    gone.unlink()
    again = setup.run("ingest", "--retry", rejects)
    assert again.returncode == 3, again.stderr
    assert again.stdout.startswith("read 4 = indexed 3 + unchanged 0 + rejected 1\n")
    assert [r["reason"] for r in setup.rejects()] == ["unreadable"]
    assert len(setup.paths()) == 3


def test_a_folder_read_as_one_report_is_asked_for_as_one(setup: Setup) -> None:
    folder = setup.folder / "pages"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.html").write_bytes(b"<p>nothing</p>")
    done = setup.run("ingest", folder, "--join")
    command = done.stdout.splitlines()[-1].partition("gongkai ")[2].split()
    again = setup.run(*command)
    assert again.stdout.startswith("read 1 = indexed 0 + unchanged 0 + rejected 1\n")
    # Without --join the folder has other sources; they are read, and none is passed over.
    assert "read 2 = " in setup.run(*[word for word in command if word != "--join"]).stdout


def test_only_what_an_older_layout_version_produced_is_read_again(setup: Setup) -> None:
    def plugin(version: int) -> Path:
        code = layout_plugin(
            "hubei-mine",
            attributes=f"replaces = 'hubei-xiangyang'\n    version = '{version}'",
            claim="return Claim(90) if '县市区无' in str(document.grids) else None",
        )
        return write_plugin(setup.folder / f"plugins{version}", "mine", code).parent

    done = setup.run("ingest", *SAMPLES, "--plugins-dir", plugin(1))
    assert done.returncode == 0, done.stdout
    command = ("ingest", "--stale-layouts", "--json", "--plugins-dir", plugin(2))
    counts = json.loads(setup.run(*command).stdout)
    assert (counts["read"], counts["indexed"]) == (1, 1)
    assert json.loads(setup.run(*command).stdout)["read"] == 0
    assert len(setup.paths()) == 5


def test_a_document_that_the_mapping_refuses_costs_itself_alone(setup: Setup) -> None:
    code = """
from gongkai import hookimpl

@hookimpl
def gongkai_enrich_report(report):
    return {"nobody_mapped": 1} if "石嘴山" in str(report.region) else {}
"""
    write_plugin(setup.folder / "plugins", "mine", code)
    done = setup.run("ingest", *SAMPLES, "--plugins-dir", setup.folder / "plugins")
    assert done.returncode == 3, done.stderr
    assert done.stdout.startswith("read 5 = indexed 4 + unchanged 0 + rejected 1\n")
    (reject,) = setup.rejects()
    assert (reject["reason"], reject["stage"]) == ("index_refused", "search")
    assert "[mine] within [ext]" in reject["message"]
    assert "dawukou" in reject["path"]
    assert len(setup.paths()) == 4


def test_a_plugin_that_kills_its_process_costs_its_source(setup: Setup) -> None:
    code = """
import os
from gongkai import hookimpl

@hookimpl
def gongkai_check_report(report):
    if report.year == 2021:
        os._exit(9)
    return []
"""
    write_plugin(setup.folder / "plugins", "mine", code)
    done = setup.run("ingest", *SAMPLES, "--plugins-dir", setup.folder / "plugins")
    assert done.returncode == 3
    assert done.stdout.startswith("read 5 = indexed 4 + unchanged 0 + rejected 1\n")
    (reject,) = setup.rejects()
    assert reject["reason"] == "internal"
    assert "xiangyang" in reject["path"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"GONGKAI_ES_PASSWORD": "wrong"}, "401"),
        ({"GONGKAI_ES_URL": "http://127.0.0.1:9"}, "127.0.0.1:9"),
        ({"GONGKAI_INDEX_PREFIX": "gongkai-nothing-here"}, "gongkai index apply"),
    ],
)
def test_without_a_backend_nothing_is_counted_and_the_exit_code_is_4(
    setup: Setup, wrong: dict[str, str], words: str
) -> None:
    done = setup.run("ingest", *SAMPLES, **wrong)
    assert done.returncode == 4
    assert words in done.stderr
    assert "indexed" not in done.stdout
    assert setup.paths() == []


def test_a_user_who_may_only_read_is_told_so(setup: Setup) -> None:
    if not setup.server.separate_roles:
        pytest.skip("this server has one user in every role")
    done = setup.run("ingest", *SAMPLES, role="reader")
    assert done.returncode == 4
    assert "403" in done.stderr
    assert setup.paths() == []


def test_a_server_that_dies_is_told_and_only_the_confirmed_is_counted(setup: Setup) -> None:
    pages = setup.pages(20)
    target = setup.server.connection("writer").url
    if not target.startswith("http://"):
        pytest.skip("the faulty server speaks no TLS")
    with faulty_server(target, Faults(die_after=2)) as url:
        done = setup.run("ingest", *pages, GONGKAI_ES_URL=url)
    assert done.returncode == 4
    accounts = done.stdout.splitlines()[0]
    assert "+ unconfirmed " in accounts
    confirmed = int(accounts.split("indexed ")[1].split(" ")[0])
    assert 0 < confirmed < 20
    assert confirmed <= len(setup.paths())
    again = setup.run("ingest", *pages)
    assert again.returncode == 0, again.stderr
    assert setup.paths() == pages


def wait_for_documents(setup: Setup, process: subprocess.Popen[str], count: int) -> None:
    """Wait until the index holds some documents, while the process runs."""
    for _ in range(600):
        if len(setup.paths()) >= count:
            return
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    pytest.fail("nothing was indexed in time")


def test_a_kill_in_the_middle_and_the_same_command_again(setup: Setup) -> None:
    pages = setup.pages(24)
    write_plugin(setup.folder / "plugins", "slow", SLOW)
    command = ("ingest", setup.folder / "pages", "--plugins-dir", setup.folder / "plugins")
    with setup.start(*command, "--jobs", 1) as process:
        wait_for_documents(setup, process, 4)
        process.kill()
    assert 0 < len(setup.paths()) < 24
    again = setup.run("ingest", setup.folder / "pages", "--json")
    assert again.returncode == 0, again.stderr
    counts = json.loads(again.stdout)
    assert counts["read"] == 24 == counts["indexed"] + counts["unchanged"]
    assert counts["unchanged"] >= 4
    assert setup.paths() == pages


def test_an_interrupt_ends_in_good_order(setup: Setup) -> None:
    pages = setup.pages(24)
    write_plugin(setup.folder / "plugins", "slow", SLOW)
    command = ("ingest", setup.folder / "pages", "--plugins-dir", setup.folder / "plugins")
    with setup.start(*command, "--jobs", 2, "--json") as process:
        wait_for_documents(setup, process, 4)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    counts = json.loads(out)
    assert counts["interrupted"]
    assert counts["unconfirmed"] == 0
    assert 4 <= counts["read"] == counts["indexed"] < 24
    assert setup.paths() == pages[: counts["read"]]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_to_the_whole_group_costs_no_source(setup: Setup, number: int) -> None:
    # That is what a supervisor sends, and a terminal that is closed.
    pages = setup.pages(24)
    write_plugin(setup.folder / "plugins", "slow", SLOW)
    command = ("ingest", setup.folder / "pages", "--plugins-dir", setup.folder / "plugins")
    here = signal.signal(number, signal.SIG_DFL)  # the tests may run under nohup
    process = setup.start(*command, "--jobs", 1, "--json")
    signal.signal(number, here)
    with process:
        wait_for_documents(setup, process, 4)
        os.killpg(process.pid, number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    counts = json.loads(out)
    assert (counts["rejected"], counts["unconfirmed"]) == (0, 0)
    assert setup.paths() == pages[: counts["read"]]


@pytest.mark.parametrize("streams", ["> /dev/full", ">&- 2>&- <&-", "--json >&-", "| true"])
def test_a_report_that_nobody_takes_costs_no_derivation(setup: Setup, streams: str) -> None:
    command = f"{sys.executable} -m gongkai.cli ingest {SAMPLES[0]} {streams}"
    done = subprocess.run(
        ["bash", "-c", command], env=setup.environment(), stderr=subprocess.PIPE, check=False
    )
    assert setup.count("cells") > 100
    if "full" in streams:
        assert done.returncode == 70
        assert b"read 1 = indexed 1 + unchanged 0 + rejected 0" in done.stderr


def test_rejects_that_no_disk_takes_are_printed(setup: Setup) -> None:
    empty = setup.folder / "empty.html"
    empty.write_bytes(b"")
    done = setup.run("ingest", *SAMPLES, empty, "--rejects", "/dev/full")
    assert done.returncode == 4
    assert done.stdout.startswith("read 6 = indexed 5 + unchanged 0 + rejected 1\n")
    printed = json.loads(done.stderr.splitlines()[0])
    assert (printed["path"], printed["reason"]) == (str(empty), "empty")
    assert "/dev/full" in done.stderr

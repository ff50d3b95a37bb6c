"""Every example package, built and installed into an empty folder, does what it says."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES
from tests.unit.docs.installed import NAMES, install

if TYPE_CHECKING:
    from pathlib import Path

    from tests.testbed.reports import TestReport


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all examples installed."""
    site = tmp_path_factory.mktemp("site")
    install(site, *NAMES)
    return site


def gongkai(site: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command where the examples are installed."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GONGKAI_")}
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *map(str, arguments)],
        env={**kept, "PYTHONPATH": str(site), "GONGKAI_LANG": "en"},
        check=False,
        capture_output=True,
        text=True,
    )


def report(seed: int = 3) -> TestReport:
    return make_report(random.Random(seed), variant="2021", scale="small")


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page that any layout reads."""
    page = tmp_path / "page.html"
    page.write_bytes(STYLES["html-bare"].page(report(), 3).data)
    return page


def extracted(site: Path, path: Path) -> dict[str, Any]:
    done = gongkai(site, "extract", path)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_all_are_loaded_by_their_entry_points(site: Path) -> None:
    done = gongkai(site, "plugins", "--json")
    found = {p["name"]: p for p in json.loads(done.stdout) if p["origin"] == "entry point"}
    assert len(found) == len(NAMES) == 5
    assert {p["status"] for p in found.values()} == {"loaded"}
    assert {p["version"] for p in found.values()} == {"1.0.0"}


def test_the_layout_reads_what_the_generic_one_cannot(site: Path, tmp_path: Path) -> None:
    page = tmp_path / "qingshan.html"
    text = STYLES["html-bare"].page(report(), 3).data.decode()
    page.write_text(text.replace("行政规范性文件", "红头文件"), encoding="utf-8")
    found = extracted(site, page)
    assert found["source"]["layout"] == "hubei-qingshan"
    assert found["report"]["quality"]["verdict"] == "proved"


def test_the_file_type_is_read(site: Path, tmp_path: Path) -> None:
    made = report()
    written = io.StringIO()
    lines = csv.writer(written)
    for line in STYLES["text-tabs"].page(made, 3).data.decode().splitlines():
        lines.writerow(line.split("\t"))
    page = tmp_path / "report.csv"
    page.write_text(written.getvalue(), encoding="utf-8")
    found = extracted(site, page)
    assert found["source"]["format"] == "csv"
    assert found["report"]["quality"]["verdict"] == "proved"
    received = found["report"]["requests"]["received"]["total"]
    assert received == made.cells["requests.received.total"]


def test_a_damaged_file_of_the_type_is_rejected(site: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\xff")
    done = gongkai(site, "extract", tmp_path / "bad.csv")
    assert done.returncode == 3
    assert json.loads(done.stdout)["reason"] == "damaged"


def test_the_check_says_when_all_was_granted(site: Path, tmp_path: Path) -> None:
    code = (
        "import gongkai_example_check as example\n"
        "from gongkai import Report\n"
        "for granted in (12, 11):\n"
        "    report = Report()\n"
        "    report.requests.received.total = 12\n"
        "    report.requests.outcome.granted.total = granted\n"
        "    print([f.rule for f in example.gongkai_check_report(report)])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["['ROUND.ALL_GRANTED']", "[]"]


def test_the_enrichers_facts_are_kept(site: Path, page: Path) -> None:
    received = report().cells["requests.received.total"]
    assert received
    assert extracted(site, page)["report"]["ext"]["workload"]["requests"] == received


def test_the_command_and_the_observers_are_called(site: Path, page: Path) -> None:
    assert "total" in gongkai(site, "--help").stdout
    nothing = page.with_name("nothing.html")
    nothing.write_bytes(b"")
    done = gongkai(site, "total", page, nothing)
    assert done.stdout.strip() == str(report().cells["requests.received.total"])
    assert "read: " in done.stderr
    assert "nothing.html: empty" in done.stderr

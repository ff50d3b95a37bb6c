"""Measure gongkai beside its peers, in one process, by CPU time.

    python -m tests.benchmarks.run --pages 300

It is measured as in use: each file is read once, for what was seen in it before would be known when
it is read again, and some are read in a row, for a processor's caches know the program that ran
before. The contenders take turns, so that a noisy machine disturbs them alike, and another one
begins each time. Ratios of the sums are compared with the goals; exit code 1 when one is missed.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Contender = Callable[[Path], object]

_MEMORY_GOAL = 150  # MiB
_IN_A_ROW = 20
_ROUNDS = 5  # of starting the program, and of choosing among many layouts


def gongkai_json(path: Path) -> bytes:
    """Read a file into JSON bytes: all that gongkai does for one source."""
    from gongkai.ingest.batch import line_of
    from tests.testbed.reader import extract

    return line_of(extract(path.read_bytes(), str(path))).json


def bare_parse(path: Path) -> object:
    """Read a file and let lxml parse it, nothing more."""
    from lxml import etree

    return etree.HTML(path.read_bytes(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


def pandas_tables(path: Path) -> object:
    """Read a file's raw tables with pandas."""
    import pandas as pd

    return pd.read_html(io.BytesIO(path.read_bytes()), flavor="lxml", encoding="utf-8")


def soup(path: Path) -> object:
    """Build a BeautifulSoup of the whole page."""
    from bs4 import BeautifulSoup

    return BeautifulSoup(path.read_bytes(), "lxml")


def bare_document(path: Path) -> object:
    """Unzip document.xml and pass over all its elements with lxml."""
    from lxml import etree

    with zipfile.ZipFile(path) as file:
        root = etree.fromstring(file.read("word/document.xml"))
    return [element.text for element in root.iter()]


def plumber_tables(path: Path) -> object:
    """Extract the raw tables of a PDF with pdfplumber."""
    import pdfplumber

    with pdfplumber.open(path) as file:
        return [page.extract_tables() for page in file.pages]


@dataclass(frozen=True)
class Goal:
    """A ratio to keep: ``over`` divided by ``under``, at most or at least ``limit``."""

    kind: str
    over: str
    under: str
    limit: float
    at_most: bool

    def kept(self, ratio: float) -> bool:
        """Whether ``ratio`` reaches the goal."""
        return ratio <= self.limit if self.at_most else ratio >= self.limit


CONTENDERS: dict[str, dict[str, Contender]] = {
    "html": {
        "gongkai": gongkai_json,
        "read + lxml parse": bare_parse,
        "pandas.read_html": pandas_tables,
        "BeautifulSoup": soup,
    },
    "docx": {"gongkai": gongkai_json, "lxml over document.xml": bare_document},
    "pdf": {"gongkai": gongkai_json, "pdfplumber tables": plumber_tables},
}
GOALS = (
    Goal("html", "gongkai", "read + lxml parse", 2.0, at_most=True),
    Goal("html", "pandas.read_html", "gongkai", 3.0, at_most=False),
    Goal("html", "BeautifulSoup", "gongkai", 8.0, at_most=False),
    Goal("docx", "gongkai", "lxml over document.xml", 2.0, at_most=True),
    Goal("pdf", "gongkai", "pdfplumber tables", 1.0, at_most=True),
)


def compare(paths: list[Path], contenders: dict[str, Contender]) -> dict[str, list[float]]:
    """Return the CPU seconds of each contender for each file but the first."""
    from gongkai.ingest.workers import settle_memory

    times: dict[str, list[float]] = {name: [] for name in contenders}
    turns = list(contenders.items())
    first, *others = paths
    for _, run in turns:  # imports are not what is measured
        run(first)
    settle_memory()  # for all alike, as in gongkai's workers
    for begin in range(0, len(others), _IN_A_ROW):
        for name, run in turns:
            for path in others[begin : begin + _IN_A_ROW]:
                start = time.process_time()
                run(path)
                times[name].append(time.process_time() - start)
        turns.append(turns.pop(0))
    return times


def worker(paths: list[Path]) -> dict[str, object]:
    """Read the files as a worker does; return its memory and what it imported."""
    import psutil

    process = psutil.Process()
    marks = []
    for i, path in enumerate(paths):
        gongkai_json(path)
        if i in (len(paths) // 3, len(paths) - 1):
            marks.append(process.memory_info().rss / 2**20)
    return {"rss": marks, "bs4": "bs4" in sys.modules, "peak": _peak()}


def _peak() -> float:
    """Return this program's own peak (MiB); getrusage would count what its parent had used."""
    status = Path("/proc/self/status").read_text()
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak) / 2**10


def _worker_apart(folder: Path, kind: str) -> dict[str, object]:
    """Run :func:`worker` in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.run",
        "--worker",
        str(folder),
        "--kind",
        kind,
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def main() -> int:
    """Run the command line; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--kinds", default="html,docx,pdf")
    parser.add_argument("--worker", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--kind", default="html", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.worker:
        json.dump(worker(sorted(given.worker.glob(f"*.{given.kind[:3]}*"))), sys.stdout)
        return 0
    # Imported here: a worker that is measured must not load what makes the pages.
    from tests.benchmarks import layouts
    from tests.benchmarks.pages import write

    warnings.simplefilter("ignore")
    missed = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = write(folder, given.pages)
        for kind in given.kinds.split(","):
            sizes = [path.stat().st_size / 1000 for path in made[kind]]
            print(
                f"\n{kind}: {len(sizes)} files of {min(sizes):.0f}-{max(sizes):.0f} KB, "
                f"mean {sum(sizes) / len(sizes):.0f} KB; CPU ms a file"
            )
            times = compare(made[kind], CONTENDERS[kind])
            for contender, values in times.items():
                spread = sorted(values)
                print(
                    f"  {contender:24s} mean {1000 * sum(values) / len(values):8.2f}   "
                    f"median {1000 * median(values):8.2f}   worst {1000 * spread[-1]:8.2f}"
                )
            for goal in (goal for goal in GOALS if goal.kind == kind):
                ratio = sum(times[goal.over]) / sum(times[goal.under])
                sign = "<=" if goal.at_most else ">="
                verdict = "kept" if goal.kept(ratio) else "MISSED"
                text = f"{goal.over} / {goal.under} = {ratio:.2f} (goal {sign} {goal.limit})"
                print(f"  {text}: {verdict}")
                missed += [] if goal.kept(ratio) else [f"{kind}: {text}"]
        print(f"\n{layouts.COUNT} more layouts:")
        missed += layouts.measure(made["html"][:10], _ROUNDS)
        found = _worker_apart(folder, "html")
        peak = float(str(found["peak"]))
        print(f"\nworker over {given.pages} HTML pages: peak {peak:.0f} MiB, rss {found['rss']}")
        print(f"BeautifulSoup imported: {found['bs4']}")
    if peak >= _MEMORY_GOAL:
        missed.append(f"worker memory {peak:.0f} MiB (goal < {_MEMORY_GOAL})")
    if found["bs4"]:
        missed.append("BeautifulSoup was imported although no plugin asked for it")
    print(f"\ngoals missed: {len(missed)}")
    for line in missed:
        print(f"  {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""Which room needs what: start-up stays light, and extraction runs without Elasticsearch."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "plugins/shandong_linyi/samples/hedong_commerce_2023/source.txt"
#: Modules that take long to import; the command line loads them when a command needs them.
HEAVY = (
    "bs4",
    "dask",
    "elasticsearch",
    "lxml",
    "opencc",
    "pandas",
    "pdfplumber",
    "rapidfuzz",
    "selectolax",
    "warcio",
)

HELP = """
import sys
sys.argv = ["gongkai", "--help"]
try:
    from gongkai.cli import main
    main()
except SystemExit:
    pass
"""


def loaded_by(statement: str) -> set[str]:
    """Return the names of all modules that a fresh interpreter has loaded after ``statement``."""
    code = f"{statement}\nimport sys\nprint(*sys.modules, sep='\\n', file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return set(done.stderr.split("\n"))


@pytest.mark.parametrize(
    "statement",
    ["import gongkai", "from gongkai.cli import main", HELP],
    ids=["package", "command line", "help"],
)
def test_nothing_heavy_is_loaded_at_the_start(statement: str) -> None:
    modules = loaded_by(statement)
    assert "gongkai" in modules
    assert sorted(modules.intersection(HEAVY)) == []


def test_a_text_report_is_extracted_without_elasticsearch_or_a_soup() -> None:
    blocked = ["elasticsearch", "elastic_transport", "bs4", "pdfplumber"]
    code = (
        "import sys\n"
        f"sys.modules.update(dict.fromkeys({blocked!r}))\n"  # None makes an import fail
        f"sys.argv = ['gongkai', 'extract', {str(SAMPLE)!r}]\n"
        "from gongkai.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert '"status":"extracted"' in done.stdout.replace(" ", "")


def test_rooms_use_only_the_rooms_below_them() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


def test_rooms_name_modules_that_are_there() -> None:
    for room in (ROOT / "src/gongkai").rglob("__init__.py"):
        named = re.findall(r":mod:`\.(\w+)`", room.read_text("utf-8"))
        there = {path.stem for path in room.parent.iterdir()}
        assert there.issuperset(named), room

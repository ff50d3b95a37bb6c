"""The contract kit: a good plugin passes, and each bad one is caught by just the rule it breaks."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from typing import TYPE_CHECKING

import pytest
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

from gongkai.plugins import build_plugins
from gongkai.settings import Settings
from gongkai.testing.behaviour import Shown
from gongkai.testing.samples import canonical, samples_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytest_plugins = ["pytester"]

MARK = "【青山政务公开专栏】"
CODE = f'''"""Qingshan portals: a mark on the first line.

Seen at: made for this test
History:
    2026-11-22: created.
"""

from gongkai import Claim, Document, Layout, hookimpl


class Qingshan(Layout):
    """A mark on the first line."""

    slug = "hubei-qingshan"
    title = "青山"

    def claim(self, document: Document) -> Claim | None:
        """Claim documents that open with the mark."""
        texts = [paragraph.text for paragraph in document.paragraphs[:1]]
        return Claim.of((texts == ["{MARK}"], 95, "mark on the first line"))


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [Qingshan()]
'''


def page() -> bytes:
    report = make_report(random.Random(5), variant="2021", scale="small")
    return f"{MARK}\n".encode() + STYLES["text-pipes-signed"].page(report, 5).data


@pytest.fixture(scope="module")
def blessed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plugin that keeps all rules."""
    folder = tmp_path_factory.mktemp("blessed") / "hubei_qingshan"
    case = folder / "samples" / "office_2023"
    case.mkdir(parents=True)
    (folder / "plugin.py").write_text(CODE, encoding="utf-8")
    data = page()
    (case / "source.txt").write_bytes(data)
    meta = {"source_sha256": hashlib.sha256(data).hexdigest()}
    (case / "meta.json").write_text(json.dumps(meta))
    bless(folder)
    return folder


@pytest.fixture
def plugin(pytester: pytest.Pytester, blessed: Path) -> Path:
    """Return a copy to be spoilt: in a folder of its own, so that it is imported anew."""
    copy = pytester.path / "plugins" / blessed.name
    shutil.copytree(blessed, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def bless(folder: Path) -> None:
    settings = Settings(plugins_dir=(folder,), _env_file=None)
    plugins = build_plugins(settings, load_entry_points=False)
    (sample,) = samples_of(folder)
    layout = plugins.layouts["hubei-qingshan"]
    shown = Shown(sample, layout, plugins, settings)
    sample.expected_path.write_text(canonical(shown.result), encoding="utf-8")


def failures(pytester: pytest.Pytester) -> set[str]:
    # In this process: a fresh interpreter for each bad plugin would take most of the time.
    result = pytester.inline_run("plugins", "-q", "-p", "no:cacheprovider")
    return {report.nodeid.rsplit("::", 1)[1] for report in result.getfailures()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def code(old: str, new: str) -> Callable[[Path], None]:
    return lambda folder: edit(folder / "plugin.py", old, new)


STEP = "    def claim(self, document: Document) -> Claim | None:"
BODY = "        texts = [paragraph.text"
HOOK = "@hookimpl\ndef gongkai_register_layouts"
BLANK_TABLES = '''    def _blank(self, document: Document):
        """Print every cell blank where the page ends early."""
        if any("六、" in paragraph.text for paragraph in document.paragraphs):
            return None
        from gongkai.form import CELLS
        from gongkai.reading.document import Grid, GridCell, Place
        labels = dict.fromkeys(cell.row for cell in CELLS.values() if cell.table == "三")
        rows = [[GridCell(text, 0), *(GridCell("", n) for n in range(1, 8))] for text in labels]
        return [Grid([row for row in rows if "（六）" not in row[0].text], Place(table=1))]

    table_three = _blank

    def table_two(self, document: Document):
        """Print every cell blank where the page ends early."""
        from gongkai.reading.document import Grid, GridCell, Place
        if self._blank(document) is None:
            return None
        wide = ["规章", "行政规范性文件"]
        narrow = ["行政许可", "行政处罚", "行政强制", "行政事业性收费"]
        head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
        low = ["信息内容", "本年处理决定数量"]
        rows = [head, *([text, "", "", ""] for text in wide), low, *([text, ""] for text in narrow)]
        cells = [[GridCell(text, n) for n, text in enumerate(row)] for row in rows]
        return [Grid(cells, Place(table=2))]

    def table_four(self, document: Document):
        """Print every cell blank where the page ends early."""
        from gongkai.reading.document import Grid, GridCell, Place
        if self._blank(document) is None:
            return None
        names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3
        head = [GridCell(text, n) for n, text in enumerate(names)]
        return [Grid([head, [GridCell("", n) for n in range(15)]], Place(table=3))]

'''
MOVED = '''    def table_three(self, document: Document):
        """Give the right cells with places that hold something else."""
        from dataclasses import replace
        if not any("六、" in paragraph.text for paragraph in document.paragraphs):
            return None
        grid = next(g for g in document.grids if any("总计" in c.text for r in g for c in r))
        return [replace(grid, row_places=[p._replace(line=p.line + 999) for p in grid.row_places])]

'''
SLOW = "        sum(range(20_000_000))\n" + BODY  # ten times the budget on a fast machine
ENRICH = '''@hookimpl
def gongkai_enrich_report(report):
    """Add a fact that no mapping declares."""
    return {"undeclared": 1}


'''


def rewrite_meta(folder: Path) -> None:
    (folder / "samples/office_2023/meta.json").write_text('{"source_sha256": "0"}')


def reformat(folder: Path) -> None:
    path = folder / "samples/office_2023/expected.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")


def expect_rejection(folder: Path) -> None:
    path = folder / "samples/office_2023/expected.json"
    path.write_text(canonical({"rejected": "no_tables"}), encoding="utf-8")


def expect_another_number(folder: Path) -> None:
    path = folder / "samples/office_2023/expected.json"
    expected = json.loads(path.read_text(encoding="utf-8"))
    expected["requests"]["received"]["total"] += 1
    path.write_text(canonical(expected), encoding="utf-8")


def expect_a_finding(folder: Path) -> None:
    path = folder / "samples/office_2023/expected.json"
    expected = json.loads(path.read_text(encoding="utf-8"))
    expected["findings"].append({"rule": "T3.ROW", "severity": "critical"})
    path.write_text(canonical(expected), encoding="utf-8")


def remove_sample(folder: Path) -> None:
    for path in (folder / "samples/office_2023").iterdir():
        path.unlink()
    (folder / "samples/office_2023").rmdir()


BAD: dict[str, tuple[str, Callable[[Path], None]]] = {
    "no history": ("passport", code("History:", "Past:")),
    "too long": ("size", code(HOOK, "# a line\n" * 120 + HOOK)),
    "another package": ("imports", code("from gongkai import", "import lxml\nfrom gongkai import")),
    "the file system": ("imports", code("from gongkai import", "import os\nfrom gongkai import")),
    "slug of another name": ("names", code('"hubei-qingshan"', '"hunan-changsha"')),
    "misspelt step": ("steps", code(STEP, "    def tables_three(self): ...\n\n" + STEP)),
    "no sample": ("has_samples", remove_sample),
    "another page": ("sample_hash", rewrite_meta),
    "reformatted": ("expected_is_canonical", reformat),
    "wrong rejection": ("is_read", expect_rejection),
    "claims nothing": ("claims_its_own", code("95, ", "0, ")),
    "raises on nothing": ("survives_noise", code(BODY, "        document.paragraphs[0]\n" + BODY)),
    "blank for cut": ("cut_pages_are_noticed", code(STEP, BLANK_TABLES + STEP)),
    "wrong places": ("numbers_stand_where_they_say", code(STEP, MOVED + STEP)),
    "reads a clock": ("is_pure", code(BODY, '        __import__("time").time()\n' + BODY)),
    "slow claim": ("is_quick", code(BODY, SLOW)),
    "undeclared field": ("fits_the_mapping", code(HOOK, ENRICH + HOOK)),
    "another number": ("requests", expect_another_number),
    "missing finding": ("findings", expect_a_finding),
}


def test_a_good_plugin_passes(pytester: pytest.Pytester, plugin: Path) -> None:
    assert plugin.is_dir()
    assert failures(pytester) == set()


@pytest.mark.parametrize("name", BAD)
def test_a_bad_plugin_is_caught_by_its_rule_alone(
    pytester: pytest.Pytester, plugin: Path, name: str
) -> None:
    rule, spoil = BAD[name]
    spoil(plugin)
    assert failures(pytester) == {rule}


def test_a_plugin_that_does_not_load_is_named(pytester: pytest.Pytester, plugin: Path) -> None:
    edit(plugin / "plugin.py", "from gongkai import", "1 / 0\nfrom gongkai import")
    assert failures(pytester) == {"loads", "readable"}


def test_a_missing_expectation_is_red_and_nothing_is_written(
    pytester: pytest.Pytester, plugin: Path
) -> None:
    expected = plugin / "samples/office_2023/expected.json"
    expected.unlink()
    assert failures(pytester) == {"expected_is_canonical"}
    assert not expected.exists()

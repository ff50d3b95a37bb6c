"""What 300 layout plugins cost: the start of the command line, and the choice of a layout."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

COUNT = 300
#: CPU seconds of ``gongkai --help``.
START_GOAL = 0.4
#: Share of reading a page that the choice may take.
CHOICE_GOAL = 0.10

_CODE = '''"""Layout {number}.

Seen at: made for a measurement
"""

from gongkai import Claim, Layout, hookimpl


class Made{number}(Layout):
    """Layout {number}."""

    slug = "made-{name}"
    title = "版式 {number}"
    marks = ({marks})

    def claim(self, document):
        """Claim documents with the marks of this layout."""
        texts = [paragraph.text.strip() for paragraph in document.paragraphs]
        cells = {{cell.text.strip() for grid in document.grids for row in grid for cell in row}}
        return Claim.of(
            (any(text.startswith("{mark}") for text in texts), 50, "line"),
            ("{mark}" in cells, 50, "cell"),
        )


@hookimpl
def gongkai_register_layouts():
    """Register this layout."""
    return [Made{number}()]
'''
_SIGNS = "政务公开信息目录索引文号发布机构日期来源浏览次数字体打印关闭分享当前位置首页栏目主题分类"


def write_plugins(folder: Path, count: int = COUNT) -> None:
    """Install ``count`` layout plugins into ``folder``: modules with entry points."""
    rng = random.Random(1)
    for number in range(count):
        words = ["".join(rng.choices(_SIGNS, k=rng.randint(3, 6))) for _ in range(3)]
        name = f"gongkai_made_{number}"
        code = _CODE.format(
            number=number,
            name=f"city{number}",
            mark=words[0],
            marks="".join(f'"{word}", ' for word in words),
        )
        (folder / f"{name}.py").write_text(code, encoding="utf-8")
        info = folder / f"{name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[gongkai]\nmade-{number} = {name}\n")


def start_cpu(folder: Path, rounds: int) -> float:
    """Return the CPU seconds of ``gongkai --help`` with the packages of ``folder``, the median."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "gongkai.cli", "--help"]
    taken = []
    for number in range(rounds + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=environment, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if number:  # the first one compiles
            taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(taken)


def choice_share(folder: Path, pages: list[Path], rounds: int) -> tuple[float, int]:
    """Return what choosing takes of reading (summed over the pages), and the number of layouts."""
    sys.path.insert(0, str(folder))
    from gongkai.layouts.registry import Registry
    from gongkai.plugins import build_plugins
    from gongkai.reading import Source, read
    from gongkai.settings import Settings

    settings = Settings(_env_file=None)
    layouts = build_plugins(settings).layouts
    registry = Registry(layouts.values())
    reading = choosing = 0.0
    for page in pages:
        source = Source(page.name, page.read_bytes())
        document = read(source, settings)
        registry.choose(document)
        takes: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            start = time.process_time()
            document = read(source, settings)
            # Reading a page is all that is done for it: its tables, checks and metadata, too.
            layouts["generic"].extract(document)
            middle = time.process_time()
            registry.choose(document)
            takes[0].append(middle - start)
            takes[1].append(time.process_time() - middle)
        reading += median(takes[0])
        choosing += median(takes[1])
    sys.path.remove(str(folder))
    return choosing / reading, len(layouts)


def measure(pages: list[Path], rounds: int) -> list[str]:
    """Print the measurements; return the goals that were missed."""
    missed = []
    print(f"  gongkai --help without them: {start_cpu(Path(), rounds):.3f} s of CPU")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_plugins(folder)
        start = start_cpu(folder, rounds)
        share, count = choice_share(folder, pages, rounds)
    for text, kept in (
        (
            f"gongkai --help with {COUNT} plugins: {start:.3f} s of CPU (goal < {START_GOAL})",
            start < START_GOAL,
        ),
        (
            f"choosing among {count} layouts: {share:.1%} of reading (goal < {CHOICE_GOAL:.0%})",
            share < CHOICE_GOAL,
        ),
    ):
        print(f"  {text}: {'kept' if kept else 'MISSED'}")
        missed += [] if kept else [text]
    return missed

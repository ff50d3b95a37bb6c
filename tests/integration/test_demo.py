"""``make demo`` on a real server: what the READMEs show is what it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.elasticsearch_fixture import Server

pytestmark = pytest.mark.es

ROOT = Path(__file__).parents[2]
TRANSCRIPT = re.compile(r"^```console\n(\$ gongkai ingest .*?)^```", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def environment(
    es_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    own = f"{es_server.prefix}-demo"
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    yield {
        **os.environ,
        **es_server.environment(),
        "GONGKAI_INDEX_PREFIX": own,
        "GONGKAI_STATE_DIR": str(tmp_path_factory.mktemp("state")),
        "PATH": path,
    }
    es_server.clean(f"{own}*")


def demo(environment: dict[str, str], lang: str) -> str:
    """Run the demo and return what it printed; it must not fail."""
    done = subprocess.run(
        ["scripts/demo.sh"],
        cwd=ROOT,
        env={**environment, "GONGKAI_LANG": lang},
        stdin=subprocess.DEVNULL,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_demo_indexes_five_reports_and_then_leaves_them(environment: dict[str, str]) -> None:
    first = demo(environment, "en")
    assert transcript("README.md") in first
    again = demo(environment, "zh")
    assert "读取 5 = 入库 0 + 未变 5 + 拒收 0" in again
    # The Chinese transcript shows the first run; only the account differs in the second.
    shown = transcript("README.zh-CN.md")
    search = shown[shown.index("$ gongkai search") :]
    assert search in again
    page = (ROOT / "build/preview.html").read_text(encoding="utf-8")
    assert "机关画像" in page


def transcript(readme: str) -> str:
    (found,) = TRANSCRIPT.findall((ROOT / readme).read_text(encoding="utf-8"))
    return str(found)

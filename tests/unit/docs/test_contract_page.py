"""docs/contract.md lists the rules that the kit runs, in its order, and no others."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from gongkai.testing import behaviour, folder

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/contract.md").read_text(encoding="utf-8")


def test_the_rules_are_those_that_the_kit_collects() -> None:
    plugin = ROOT / "plugins/shandong_linyi"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", plugin],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    items = [line.rsplit("::", 1)[1] for line in done.stdout.splitlines() if "::" in line]
    rules = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    rules.remove("readable")  # stands in for the others where nothing can be read
    (groups,) = re.findall(r"\n\n(`title`.*?)\n\n", PAGE, re.DOTALL)
    assert items == rules + re.findall(r"`(\w+)`", groups)


def test_the_limits_are_told() -> None:
    assert f"at most {folder.MAX_LINES} lines" in PAGE
    assert f"at most {behaviour.CLAIM_BUDGET:g} s of CPU" in PAGE
    assert f"at most {behaviour.EXTRACT_BUDGET:g} s" in PAGE

"""docs/add-a-layout.md, carried out: every command is run, every line that it shows is printed."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.authoring.portal import BY_HAND, write_by_hand, write_pages

if TYPE_CHECKING:
    import pytest

PAGE = (Path(__file__).parents[3] / "docs/add-a-layout.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def printed(command: list[str]) -> str:
    # Each in a process of its own, as at a prompt: a plugin that was edited is imported again.
    programs = {"gongkai": ["gongkai.cli"], "pytest": ["pytest", "-p", "no:cacheprovider"]}
    done = subprocess.run(
        [sys.executable, "-m", *programs[command[0]], *command[1:]],
        check=False,
        capture_output=True,
        text=True,
    )
    return done.stdout


def test_the_fifteen_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GONGKAI_LANG", "en")
    write_pages(tmp_path)
    written = False
    commands = []
    for kind, text in BLOCKS:
        if kind == "python":
            # What is to be written by hand is what the tests write by hand.
            assert any(text.strip() in new for new in BY_HAND.values())
            if not written:
                write_by_hand(tmp_path / "plugins/hubei_qingshan/plugin.py")
                written = True
            continue
        first, _, shown = text.partition("\n")
        command = shlex.split(first.removeprefix("$ "))
        commands.append(" ".join(command[:3]))
        output = printed(command)
        at = 0
        for line in shown.splitlines():
            found = output.find(line, at)
            assert found >= 0, f"{first}\n{line}\n--- printed:\n{output}"
            at = found + len(line)
    assert commands == [
        "gongkai layout todo",
        "gongkai layout new",
        "gongkai layout try",
        "gongkai layout try",
        "gongkai layout bless",
        "pytest plugins/hubei_qingshan",
    ]

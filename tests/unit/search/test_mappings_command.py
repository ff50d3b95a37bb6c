"""``gongkai mappings``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from gongkai.cli import app
from gongkai.search.indices import SPECS

if TYPE_CHECKING:
    from pathlib import Path

    from typer.testing import Result


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["mappings", *arguments])


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_LANG", "en")


def test_the_repository_has_the_files_of_these_models() -> None:
    answer = run("build", "--check")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout.count("agrees") == len(SPECS)


def test_build_check_release(tmp_path: Path) -> None:
    folder = ("--dir", str(tmp_path))
    assert run("build", "--check", *folder).exit_code == 2
    assert run("build", *folder).stdout.count("written") == len(SPECS)
    assert run("build", *folder).stdout.count("unchanged") == len(SPECS)
    assert run("build", "--check", *folder).exit_code == 0
    assert run("release", *folder).exit_code == 0
    file = tmp_path / SPECS[0].file
    file.write_text(file.read_text("utf-8").replace("best_compression", "default"), "utf-8")
    answer = run("build", "--check", *folder)
    assert answer.exit_code == 2
    assert SPECS[0].file in answer.stderr

"""From three pages of an unseen portal to a green contract suite, as an author would do it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tests.unit.authoring.portal import write_by_hand

if TYPE_CHECKING:
    import pytest
    from tests.unit.authoring.conftest import Run

BIN = Path(sys.executable).parent


def contract(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the contract suite on the folder plugins/, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rf", "-p", "no:cacheprovider", *arguments],
        check=False,
        capture_output=True,
        text=True,
    )


def failed(result: subprocess.CompletedProcess[str]) -> set[str]:
    lines = [line for line in result.stdout.splitlines() if line.startswith("FAILED ")]
    return {line.split(" - ")[0].rsplit("::", 1)[1] for line in lines}


def test_three_pages_to_a_green_contract(run: Run, pages: list[Path]) -> None:
    todo = run("todo", *pages)
    assert "3 to do in 1 groups" in todo.stdout

    assert run("new", "hubei-qingshan", "--from", *pages).exit_code == 0
    assert failed(contract("plugins")) == {"expected_is_canonical"}

    assert write_by_hand(Path("plugins/hubei_qingshan/plugin.py")) <= 20

    tried = run("try", "hubei-qingshan")
    assert tried.exit_code == 0, tried.output
    assert tried.stdout.count("proved") == 3

    blessed = run("bless", "plugins/hubei_qingshan", "--reviewed-by", "a reader")
    assert blessed.exit_code == 0, blessed.output

    green = contract("plugins")
    assert green.returncode == 0, green.stdout
    assert run("todo", *pages, "--plugins-dir", "plugins").stdout.startswith("3 proved")


def test_what_is_written_passes_the_linters(finished: Path) -> None:
    root = Path(__file__).parents[3]
    settings = ["--config", str(root / "pyproject.toml")]
    code = str(finished / "plugin.py")
    commands: tuple[list[str | Path], ...] = (
        [BIN / "ruff", "check", *settings, "--ignore", "INP001", code],
        [BIN / "ruff", "format", "--check", *settings, code],
        [BIN / "mypy", "--strict", code],
    )
    for command in commands:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_an_installed_package_is_held_to_the_contract(
    run: Run, pages: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "mine"
    assert run("new", "hubei-qingshan", "--from", *pages, "--package", package).exit_code == 0
    write_by_hand(package / "src/hubei_qingshan/plugin.py")
    assert run("bless", package, "--reviewed-by", "a reader").exit_code == 0
    # What an editable installation leaves: the folder on the path, and the entry point.
    info = package / "src/mine-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: mine\nVersion: 0.1.0\n")
    entry = "[gongkai]\nhubei-qingshan = hubei_qingshan.plugin\n"
    (info / "entry_points.txt").write_text(entry)
    monkeypatch.setenv("PYTHONPATH", str(package / "src"))
    monkeypatch.chdir(package)
    green = contract()
    assert green.returncode == 0, green.stdout
    assert "91 passed" in green.stdout

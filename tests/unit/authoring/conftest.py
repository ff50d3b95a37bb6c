"""An empty folder to work in, and messages in English."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.unit.authoring.portal import write_by_hand, write_pages
from typer.testing import CliRunner

from gongkai.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.testing import Result

    Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GONGKAI_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GONGKAI_LANG", "en")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Run:
    """Run ``gongkai layout`` with arguments."""
    return lambda *arguments: CliRunner().invoke(app, ["layout", *map(str, arguments)])


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Three pages of the portal."""
    return write_pages(tmp_path)


@pytest.fixture
def folder(run: Run, pages: list[Path], tmp_path: Path) -> Path:
    """The plugin as ``gongkai layout new`` writes it."""
    result = run("new", "hubei-qingshan", "--from", *pages)
    assert result.exit_code == 0, result.output
    return tmp_path / "plugins/hubei_qingshan"


@pytest.fixture
def finished(folder: Path) -> Path:
    """The plugin, finished by hand; nothing is blessed."""
    write_by_hand(folder / "plugin.py")
    return folder

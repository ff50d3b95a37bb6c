"""The example packages, built and installed into an empty folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[3] / "docs/examples"
NAMES = sorted(folder.name for folder in EXAMPLES.iterdir())


def install(site: Path, *names: str) -> None:
    """Install examples into ``site``, without dependencies and without a network."""
    uv = Path(sys.executable).with_name("uv")
    command: list[str | Path] = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--offline",
        "--no-deps",
        "--no-build-isolation",
    ]
    packages = [EXAMPLES / name for name in names]
    subprocess.run([*command, "--python", sys.executable, "--target", site, *packages], check=True)

"""What a node is put together from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from gongkai.node.distribution import Distribution
    from gongkai.node.java import Java
    from gongkai.node.places import Runner


@dataclass(frozen=True, slots=True)
class Parts:
    """What a node is put together from.

    Attributes:
        server: the unpacked distribution.
        java: the Java that runs it.
        runner: the user that runs it.
        runtime: folder of its configuration, data and logs.
    """

    server: Distribution
    java: Java
    runner: Runner
    runtime: Path

"""The one place that knows how to ask gongkai to read a page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gongkai.pipeline import Pipeline
from gongkai.plugins import build_plugins
from gongkai.reading import Source
from gongkai.settings import Settings

if TYPE_CHECKING:
    from gongkai.model import Extracted

_TIMEOUT = 20.0


@cache
def _pipeline() -> Pipeline:
    settings = Settings(source_timeout=_TIMEOUT)
    return Pipeline(build_plugins(settings), settings)


def extract(data: bytes, name: str) -> Extracted:
    """Read a page with the plugins as installed."""
    return _pipeline().extract(Source(path=name, data=data))

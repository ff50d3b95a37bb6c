"""Search Chinese government-information-disclosure annual reports by word and number.

What a plugin needs is importable from here; each name is loaded when it is first used, so that
``import gongkai`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.hookspecs import hookimpl
    from gongkai.layouts.base import Claim, Layout
    from gongkai.layouts.metadata import Head
    from gongkai.model import Finding, Report
    from gongkai.reading.document import Document, Grid, Paragraph

    __version__: str

_HOMES = {
    "Claim": "gongkai.layouts.base",
    "Document": "gongkai.reading.document",
    "Finding": "gongkai.model",
    "Grid": "gongkai.reading.document",
    "Head": "gongkai.layouts.metadata",
    "Layout": "gongkai.layouts.base",
    "Paragraph": "gongkai.reading.document",
    "Report": "gongkai.model",
    "hookimpl": "gongkai.hookspecs",
}

__all__ = [
    "Claim",
    "Document",
    "Finding",
    "Grid",
    "Head",
    "Layout",
    "Paragraph",
    "Report",
    "__version__",
    "hookimpl",
]


def __getattr__(name: str) -> object:
    if name == "__version__":
        value: object = import_module("importlib.metadata").version("gongkai")
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

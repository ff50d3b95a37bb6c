"""The examples in docstrings are what the functions return."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import gongkai

ROOT = Path(gongkai.__file__).parent
MODULES = [
    ".".join(("gongkai", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
    for path in sorted(ROOT.rglob("*.py"))
    if ">>> " in path.read_text("utf-8")
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried
    assert not failed

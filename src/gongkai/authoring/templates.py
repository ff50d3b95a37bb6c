"""The files that ``gongkai layout new`` writes, before the names are filled in."""

PLUGIN = '''"""{name}: say in one line what is particular about this layout.

Seen at: {seen}
History:
    {today}: created from {count} pages.
"""

from __future__ import annotations

from gongkai import Claim, Document, Layout, hookimpl


class {name}(Layout):
    """Say in one line what is particular about this layout."""

    slug = "{slug}"
    title = "{slug}"{marks}

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
{head}        return Claim.of(
{claims}
        )


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [{name}()]
'''

PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "gongkai-{slug}"
version = "0.1.0"
description = "The layout {slug} for gongkai."
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["gongkai"]

[project.optional-dependencies]
testing = ["gongkai[testing]"]

[project.entry-points.gongkai]
{slug} = "{module}.plugin"

[tool.hatch.build.targets.wheel]
packages = ["src/{module}"]
exclude = ["src/*/samples"]

[tool.pytest.ini_options]
testpaths = ["src"]
addopts = ["--import-mode=importlib"]
"""

README = """\
# gongkai-{slug}

A layout for gongkai: `pip install .` is enough, gongkai finds
it by its entry point.

    gongkai layout try src/{module}
    gongkai layout bless src/{module}/samples/NAME --reviewed-by YOU
    pip install -e .[testing] && pytest
"""

CI = """\
name: test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.11"
      - run: pip install -e .[testing]
      - run: pytest
"""

"""The page styles, by name."""

from __future__ import annotations

from tests.testbed.styles import html_portals, text_rows
from tests.testbed.styles.base import Style

#: Every style by name.
STYLES: dict[str, Style] = {
    style.name: style for family in (html_portals, text_rows) for style in family.STYLES
}

__all__ = ["STYLES", "Style"]

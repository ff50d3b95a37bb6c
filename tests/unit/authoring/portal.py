"""A portal that nobody has seen: it calls the rows of table two by names of its own."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

if TYPE_CHECKING:
    from pathlib import Path

#: What the portal prints instead of the statutory labels.
NAMES = {"行政规范性文件": "红头文件", "行政许可": "办证", "行政处罚": "罚单"}
#: All that has to be written by hand: the passport's three lines, and the step that differs.
BY_HAND = {
    '    title = "hubei-qingshan"': '    title = "青山：表二行名为俗称"',
    "say in one line what is particular about this layout.": "table two in popular words.",
    "Say in one line what is particular about this layout.": "Table two in popular words.",
    "from gongkai import Claim, Document, Layout, hookimpl\n": """\
from gongkai import Claim, Document, Grid, Layout, hookimpl

NAMES = {"红头文件": "行政规范性文件", "办证": "行政许可", "罚单": "行政处罚"}
""",
    "\n\n@hookimpl": '''
    def table_two(self, document: Document) -> list[Grid] | None:
        """Give the rows their statutory labels."""
        for grid in document.grids:
            if any(cell.text in NAMES for row in grid for cell in row):
                rows = [[c._replace(text=NAMES.get(c.text, c.text)) for c in row] for row in grid]
                return [Grid(rows, grid.place, grid.row_places, grid.ragged)]
        return None


@hookimpl''',
}


def write_pages(folder: Path, count: int = 3) -> list[Path]:
    """Write pages of the portal: one agency each."""
    pages = []
    for number in range(count):
        report = make_report(random.Random(70 + number), variant="2021", scale="small")
        text = STYLES["html-breadcrumb"].page(report, number).data.decode()
        for label, name in NAMES.items():
            text = text.replace(label, name)
        page = folder / f"office-{number}.html"
        page.write_text(text, encoding="utf-8")
        pages.append(page)
    return pages


def write_by_hand(plugin: Path) -> int:
    """Change the plugin as its author would; returns the number of lines that were written."""
    before = plugin.read_text(encoding="utf-8")
    after = before
    for old, new in BY_HAND.items():
        assert old in after
        after = after.replace(old, new)
    plugin.write_text(after, encoding="utf-8")
    known = set(before.splitlines())
    return sum(line not in known and bool(line.strip()) for line in after.splitlines())

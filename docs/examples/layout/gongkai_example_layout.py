"""Qingshan portals: table two calls the rules 红头文件.

Seen at: made for this example
History:
    2026-11-22: created.
"""

from gongkai import Claim, Document, Grid, Layout, hookimpl

NAMES = {"红头文件": "行政规范性文件"}


class Qingshan(Layout):
    """Table two calls the rules 红头文件."""

    slug = "hubei-qingshan"
    title = "青山：表二行名为俗称"
    marks = ("红头文件",)

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
        cells = {cell.text.strip() for grid in document.grids for row in grid for cell in row}
        return Claim.of(
            ("红头文件" in cells, 50, "row 红头文件"),
            (document.format == "html", 20, "a web page"),
            (len(document.grids) == 3, 20, "three tables"),
        )

    def table_two(self, document: Document) -> list[Grid] | None:
        """Give the rows their statutory labels."""
        for grid in document.grids:
            if any(cell.text in NAMES for row in grid for cell in row):
                rows = [[c._replace(text=NAMES.get(c.text, c.text)) for c in row] for row in grid]
                return [Grid(rows, grid.place)]
        return None


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register the layout."""
    return [Qingshan()]

"""Yantai portals: tab-separated rows cut by pages, and the column 社会组织.

Seen at: 栖霞市商务局, 2023 (no address printed)
History:
    2026-11-22: created from samples/qixia_commerce_2023.
"""

from __future__ import annotations

from gongkai import Claim, Document, Layout, hookimpl

#: Cells of a row of table three, its labels counted.
WIDE = 8
#: Rows that a table of this kind has at least.
MANY = 20


class ShandongYantai(Layout):
    """Yantai portals: tab-separated rows cut by pages, and the column 社会组织."""

    slug = "shandong-yantai"
    title = "烟台市各部门：制表符分列、表三跨页断开、列名“社会组织”"
    marks = ("社会组织",)

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
        cells = document.cell_texts
        wide = sum(len(row) >= WIDE for grid in document.grids for row in grid)
        title = [paragraph.text for paragraph in document.paragraphs[:2]]
        return Claim.of(
            ("社会组织" in cells, 30, "column 社会组织"),
            (wide > MANY, 20, "rows of eight cells and more"),
            ("一、" in cells, 20, "enumerator 一、 in a cell of its own"),
            (len(title) > 1 and title[1].startswith("20"), 20, "title on two lines"),
        )


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [ShandongYantai()]

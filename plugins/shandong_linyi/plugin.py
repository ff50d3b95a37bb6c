"""Linyi portals: a pipe-separated metadata head, then one table cell a line.

Seen at: http://www.hedong.gov.cn/ (临沂市河东区商务局, 2023)
History:
    2026-11-22: created from samples/hedong_commerce_2023.
"""

from __future__ import annotations

from gongkai import Claim, Document, Layout, hookimpl

#: Rows that a table of this kind has at least.
MANY = 100


class ShandongLinyi(Layout):
    """Linyi portals: a pipe-separated metadata head, then one table cell a line."""

    slug = "shandong-linyi"
    title = "临沂市各部门：管道符元数据头、一行一格"
    marks = ("索 引 号",)

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
        head = document.grids[0].rows if document.grids else []
        single = sum(len(row) == 1 for grid in document.grids for row in grid)
        rows = sum(len(grid.rows) for grid in document.grids)
        return Claim.of(
            (bool(head) and head[0][0].text.startswith("索 引 号"), 40, "head cell 索 引 号"),
            (any("发布机构" in row[0].text for row in head[:4]), 20, "head cell 发布机构"),
            (rows > MANY and single > 0.8 * rows, 30, "one table cell a line"),
        )


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [ShandongLinyi()]

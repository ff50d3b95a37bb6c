"""Xiangyang portals: pipe rows, no head, a short head of table four, a signature.

Seen at: 襄阳市经济和信息化局, 2021 (no address printed)
History:
    2026-11-22: created from samples/xiangyang_industry_2021.
"""

from __future__ import annotations

from gongkai import Claim, Document, Layout, hookimpl


class HubeiXiangyang(Layout):
    """Xiangyang portals: pipe rows, no head, a short head of table four, a signature."""

    slug = "hubei-xiangyang"
    title = "襄阳市各部门：管道符分列、无页头、表四表头截短、文末署名"
    marks = ("县市区无",)

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
        cells = document.cell_texts
        texts = [paragraph.text for paragraph in document.paragraphs]
        return Claim.of(
            (any("县市区无" in text for text in cells), 40, "row 规章(县市区无)"),
            ({"结果", "其他", "尚未"} <= cells, 20, "head of table four cut short"),
            (bool(texts) and texts[0].startswith("一、"), 20, "no head before section one"),
            (bool(texts) and texts[-1].endswith("日"), 10, "signed and dated at the end"),
        )


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [HubeiXiangyang()]

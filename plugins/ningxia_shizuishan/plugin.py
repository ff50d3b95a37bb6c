"""Shizuishan portals: a breadcrumb, a line with date and source, pipe rows.

Seen at: http://www.dwk.gov.cn/ (大武口区人民政府办公室, 2023)
History:
    2026-11-22: created from samples/dawukou_government_office_2023.
"""

from __future__ import annotations

from gongkai import Claim, Document, Layout, hookimpl


class NingxiaShizuishan(Layout):
    """Shizuishan portals: a breadcrumb, a line with date and source, pipe rows."""

    slug = "ningxia-shizuishan"
    title = "石嘴山市各部门：面包屑导航、发布日期与来源同行、管道符分列"
    marks = ("当前位置",)

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
        texts = [paragraph.text for paragraph in document.paragraphs[:4]]
        cells = document.cell_texts
        return Claim.of(
            (
                bool(texts) and texts[0].startswith("当前位置:首页 >"),
                40,
                "breadcrumb on the first line",
            ),
            (
                any("发布日期:" in t and "来源:" in t for t in texts),
                20,
                "发布日期 and 来源 on one line",
            ),
            (texts[1:2] == texts[3:4] != [], 20, "title printed twice"),
            ({"结果", "其他", "尚未"} <= cells, 10, "head of table four cut short"),
        )


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [NingxiaShizuishan()]

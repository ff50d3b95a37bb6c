"""Mudanjiang portals: tab rows, 其他 on the upper header row, rows that lost cells.

Seen at: 绥芬河市营商环境建设监督局, 2023 (no address printed)
History:
    2026-11-22: created from samples/suifenhe_business_environment_2023.
"""

from __future__ import annotations

from gongkai import Claim, Document, Layout, hookimpl

#: Cells of a row of table three, its labels counted.
WIDE = 8
#: Rows that a table of this kind has at least.
MANY = 20


class HeilongjiangMudanjiang(Layout):
    """Mudanjiang portals: tab rows, 其他 on the upper header row, rows that lost cells."""

    slug = "heilongjiang-mudanjiang"
    title = "牡丹江市各部门：制表符分列、“其他”在上一行表头、行首格丢失"
    marks = ("法人或其他组织",)

    def claim(self, document: Document) -> Claim | None:
        """Claim documents with the marks of this layout."""
        texts = [paragraph.text for paragraph in document.paragraphs[:2]]
        dated = len(texts) > 1 and texts[1].startswith("20")
        if not dated and "3. 其他" not in document.text:  # no claim without either
            return None
        rows = [row for grid in document.grids for row in grid if row]
        heads = ([cell.text.strip() for cell in row] for row in rows)
        upper = next((head for head in heads if {"自然人", "法人或其他组织"} <= {*head}), [])
        if "其他" not in upper:  # no claim without it, whatever the rest
            return None
        return Claim.of(
            ("其他" in upper, 40, "其他 beside 法人或其他组织"),
            (
                any(row[0].text.strip() == "3. 其他" for row in rows),
                20,
                "row 3. 其他 without its leading cells",
            ),
            (dated, 20, "date below the title"),
            (sum(len(row) >= WIDE for row in rows) > MANY, 10, "rows of eight cells and more"),
        )


@hookimpl
def gongkai_register_layouts() -> list[Layout]:
    """Register this layout."""
    return [HeilongjiangMudanjiang()]

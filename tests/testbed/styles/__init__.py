"""The page styles, by name."""

from __future__ import annotations

from tests.testbed.styles import (
    docx,
    html_added,
    html_apart,
    html_beside,
    html_frameworks,
    html_heads,
    html_narrated,
    html_parts,
    html_placed,
    html_portals,
    html_shapes,
    html_structure,
    html_worded,
    html_wrapped,
    narratives,
    office,
    orders,
    pdf,
    pdf_borders,
    pdf_covered,
    pdf_drawn,
    pdf_marked,
    pdf_odd,
    pdf_sheets,
    text_drawn,
    text_lists,
    text_rows,
    text_shapes,
    text_torn,
    titles,
    word_looks,
    word_parts,
)
from tests.testbed.styles.base import Style

_FAMILIES = (
    html_portals,
    html_heads,
    html_structure,
    html_shapes,
    html_wrapped,
    html_added,
    html_apart,
    html_frameworks,
    html_beside,
    html_placed,
    html_parts,
    html_worded,
    html_narrated,
    titles,
    narratives,
    text_rows,
    text_shapes,
    text_torn,
    text_lists,
    text_drawn,
    docx,
    word_looks,
    word_parts,
    office,
    orders,
    pdf,
    pdf_drawn,
    pdf_borders,
    pdf_covered,
    pdf_marked,
    pdf_odd,
    pdf_sheets,
)

#: Every style by name.
STYLES: dict[str, Style] = {style.name: style for family in _FAMILIES for style in family.STYLES}

__all__ = ["STYLES", "Style"]

#!/usr/bin/env python3
"""Write the font that reads PDF files without fonts of their own, or check it (--check).

A character is a box: half an em wide up to accented letters, a whole em from there on. One glyph
serves thousands of characters (cmap format 13), so that the font takes less than a kilobyte.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

TARGET = Path(__file__).parents[1] / "src/gongkai/reading/pdf/boxes.ttf"
EM, HEIGHT, MARGIN = 1000, 700, 100
WIDTHS = {".notdef": EM, "half": EM // 2, "full": EM}
HALF, FULL = range(0x21, 0x300), range(0x2000, 0x30000)


def glyph(width: int) -> object:
    """Return a box within a width (units of the em)."""
    pen = TTGlyphPen(None)
    left, right = MARGIN, width - MARGIN
    pen.moveTo((left, 0))
    for point in ((left, HEIGHT), (right, HEIGHT), (right, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def font() -> bytes:
    """Return the font as a TrueType file."""
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(WIDTHS))
    builder.setupCharacterMap({})
    builder.setupGlyf({name: glyph(width) for name, width in WIDTHS.items()})
    builder.setupHorizontalMetrics({name: (width, MARGIN) for name, width in WIDTHS.items()})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "gongkai boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0  # Windows, all of Unicode
    table.reserved = table.length = table.nGroups = 0  # reckoned when written
    table.cmap = dict.fromkeys(HALF, "half") | dict.fromkeys(FULL, "full")
    builder.font["cmap"].tables = [table]
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def main() -> int:
    """Write or check the file; return the exit status."""
    data = font()
    if "--check" not in sys.argv[1:]:
        TARGET.write_bytes(data)
    elif not TARGET.exists() or TARGET.read_bytes() != data:
        print(f"{TARGET.name} is not what {Path(__file__).name} writes; run `make generate`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

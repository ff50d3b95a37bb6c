"""Characters of PDF fonts whose codes are the characters.

Programs like dompdf number a font's characters as Unicode does, and say so in one line for
all of them (``<0000> <FFFF> <0000>``), of which pdfium reads the first 256. Without a map other
codes may be glyph numbers: on a page where they make the words of a report, they are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE

if TYPE_CHECKING:
    from gongkai.reading.pdf.drawn import Drawn

#: From here on a code may be taken, marked by a plane that no text uses; digits and letters never.
_FIRST, _PLANE = 0x2000, 0xF0000
_WORDS = re.compile("公开|政府|行政|信息|情况")


def marked(code: int, meant: str) -> str:
    """Return a character that only its code tells, marked as such; most codes tell nothing."""
    sure = code >= _FIRST and meant != UNREADABLE
    return chr(_PLANE + ord(meant)) if sure else UNREADABLE


def settle_codes(drawn: Drawn) -> None:
    """Take the marks off a page's characters, and what only codes tell unless they make words."""
    if not drawn.unmapped or not any(ord(char.text) >= _PLANE for char in drawn.chars):
        return
    plain = [chr(ord(char.text) % _PLANE) for char in drawn.chars]
    sure = _WORDS.search("".join(plain)) is not None
    for number, char in enumerate(drawn.chars):
        if char.text != plain[number]:
            drawn.unmapped -= sure
            drawn.chars[number] = char._replace(text=plain[number] if sure else UNREADABLE)

"""Text beyond the edges of a cropped PDF page: the other half of a sheet, marks of a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.reading.pdf.crossing import touches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

    from gongkai.reading.pdf.drawn import Char

# A page cropped by less is not (points).
_NEAR = 1.0


def is_cropped(page: PdfPage) -> bool:
    """Tell whether a page shows a part of its sheet."""
    ends = zip(page.get_cropbox(), page.get_mediabox(), strict=True)
    return any(abs(shown - whole) > _NEAR for shown, whole in ends)


def shown_on(chars: Sequence[Char], width: float, height: float) -> list[int]:
    """Return the numbers of the characters that a page shows, in order.

    A number that begins or ends on the page belongs to it as a whole.

    Args:
        chars: in the order of the file.
        width: of the page.
        height: of the page.
    """
    shown: list[int] = []
    beyond: list[int] = []  # characters that may belong to the next one
    for number, char in enumerate(chars):
        x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
        goes_on = number and char.text.isdecimal() and touches(chars[number - 1], char)
        if 0 <= x <= width and 0 <= y <= height:
            shown += [*beyond, number] if goes_on else [number]
            beyond = []
        elif goes_on and shown and shown[-1] == number - 1:
            shown.append(number)
        else:
            beyond = [*beyond, number] if goes_on else [number]
    return shown

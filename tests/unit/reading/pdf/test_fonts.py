"""PDF files that embed no font are read by boxes, whatever fonts the machine has."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.reading.pdf.fonts import _Boxes, use_boxes

SIZE = 10


def ink_of(text: str, font: str, turn: int = 0) -> list[tuple[float, float]]:
    """Return where the ink of each printed character begins and ends, from its origin."""
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.translate(300, 400)
    canvas.rotate(turn)
    canvas.setFont(font, SIZE)
    canvas.drawString(0, 0, text)
    canvas.save()
    use_boxes()
    page = pypdfium2.PdfDocument(out.getvalue())[0].get_textpage()
    found = []
    for index, character in enumerate(page.get_text_range()):
        ends = [ctypes.c_double() for _ in range(4)]
        origin = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharBox(page.raw, index, *ends)
        pdfium.FPDFText_GetCharOrigin(page.raw, index, *origin)
        if character in text:
            left, right, bottom, top = (end.value for end in ends)
            x, y = (part.value for part in origin)
            along = (left - x, right - x) if not turn else (bottom - y, top - y)
            found.append((round(along[0], 1), round(along[1], 1)))
    return found


@pytest.mark.parametrize("font", ["STSong-Light", "MSung-Light", "HeiseiMin-W3"])
def test_a_whole_em_and_half_an_em(font: str) -> None:
    assert ink_of("一国", font) == [(1, 9), (1, 9)]
    assert ink_of("1", font) == [(1, 4)]


def test_turned_text_has_ink() -> None:
    assert ink_of("题目", "STSong-Light", turn=90) == [(1, 9), (1, 9)]


@pytest.mark.parametrize(
    ("name", "boxes"), [(b"ABCDEF+Song", True), (b"Helvetica", False), (b"ArialMT", False)]
)
def test_a_subset_that_lost_its_file_has_ink(name: bytes, *, boxes: bool) -> None:
    charset = pdfium.FXFONT_SYMBOL_CHARSET  # what pdfium takes fonts with signs of their own for
    assert bool(_Boxes().MapFont(None, 400, 0, charset, 0, name, None)) is boxes

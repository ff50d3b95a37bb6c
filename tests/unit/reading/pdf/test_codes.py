"""Codes that are characters are read where they make words; digits are never taken from codes."""

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from tests.unit.reading.pdf.test_reader import Page, outline

from gongkai.errors import Reason, SourceError
from gongkai.reading import Document, Source, read
from gongkai.settings import Settings

FONT = "HeiseiMin-W3"
LINE = "政府信息公开工作年度报告，共收到12件。"


def coded(text: str) -> Document:
    """Read a page whose font numbers its characters as Unicode does, and says nothing of it."""
    page = Page(pageCompression=0)
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    page.canvas.setFont(FONT, 12)
    page.text(60, 700, text)
    page.canvas.save()
    data = page.out.getvalue()
    for told, untold in ((b"/UniJIS-UCS2-H", b"/Identity-H"), (b"(Japan1)", b"(None)")):
        assert told in data
        data = data.replace(told, untold.ljust(len(told)))
    return read(Source("x.pdf", data), Settings())


def test_codes_that_make_words_are_characters_and_digits_are_not_told() -> None:
    document = coded(LINE)
    assert outline(document) == [LINE.replace("12", "\ufffd\ufffd")]
    assert document.notes == ["replaced_characters=2"]


def test_codes_without_words_are_numbers_of_glyphs() -> None:
    with pytest.raises(SourceError) as raised:
        coded("".join(chr(ord(sign) + 7) for sign in LINE))
    assert raised.value.reason is Reason.NEEDS_OCR

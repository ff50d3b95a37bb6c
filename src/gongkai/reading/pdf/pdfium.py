"""What a PDF page shows: characters and rules, through pdfium."""

from __future__ import annotations

import ctypes
from collections import Counter
from math import atan2, degrees
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from gongkai.reading.failures import Rejected
from gongkai.reading.pdf.codes import marked, settle_codes
from gongkai.reading.pdf.cropped import is_cropped, shown_on
from gongkai.reading.pdf.drawn import Char, Drawn
from gongkai.reading.pdf.geometry import Upright
from gongkai.reading.pdf.rules import RulesOf, is_pale
from gongkai.reading.pdf.seen import seen
from gongkai.reading.pdf.turned import parts_of, turned_band
from gongkai.reading.radicals import CHARACTERS

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

    from gongkai.reading.pdf.geometry import Box

# Text turned by anything but quarters is a watermark; a scan's may be aslant by this (degrees).
_OBLIQUE = 8.0
_ASIDE = (90, 270)
# A box this much lower than its neighbour's may be the ink alone; a character's full box reaches
# from below to above its base line (shares of its size).
_FLAT_INK = 0.6
_FADING, _MOST_FLAT = 0.9, 3  # so many low characters in a row are of a smaller size
_EM = (-0.12, 0.88)
# Far more than stands on any page.
_MAX_CHARS = 100_000

# Links and comments are no part of the page; what was typed into it is.
_NOTES = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
# Where a comment is, its sign lies over the text.
_ICONS = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FILEATTACHMENT, pdfium.FPDF_ANNOT_POPUP)
_BLANK = 0x20
_ASCII = 0x7F
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_UNKNOWN = "\ufffd"
_LATIN = ("\u00a1", "\u02ff")


def open_page(pdf: PdfDocument, index: int) -> PdfPage:
    """Return a page with its filled forms and typed notes as part of what it draws."""
    page = pdf[index]
    kinds = [_kind_of_note(page, n) for n in range(pdfium.FPDFPage_GetAnnotCount(page))]
    if any(kind in _NOTES for kind in kinds):
        for number in range(len(kinds) - 1, -1, -1):
            if kinds[number] in _ICONS:
                pdfium.FPDFPage_RemoveAnnot(page, number)
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = pdf[index]
    return page


def _kind_of_note(page: PdfPage, number: int) -> int:
    note = pdfium.FPDFPage_GetAnnot(page, number)
    if not note:
        return int(pdfium.FPDF_ANNOT_UNKNOWN)
    kind = pdfium.FPDFAnnot_GetSubtype(note)
    pdfium.FPDFPage_CloseAnnot(note)
    return int(kind)


def draw(page: PdfPage) -> list[Drawn]:
    """Collect the characters and rules of a page (:func:`open_page`).

    A page whose text mostly stands aside or upside down is turned. Where only a table does, it
    comes apart from what stands above and below it.
    """
    drawn = _drawn(page, Upright(page))
    turns = Counter(filter(None, drawn.turns))
    if not turns:
        return [drawn]
    turn, count = turns.most_common(1)[0]
    band = turned_band(drawn) if turn in _ASIDE else None
    if band is None and count * 2 <= len(drawn.chars):
        return [drawn]
    turned = _drawn(page, Upright(page, 360 - turn))
    return [turned] if band is None else parts_of(drawn, turned, band, 360 - turn)


def _drawn(page: PdfPage, upright: Upright) -> Drawn:
    drawn = Drawn()
    drawn.width, drawn.height = upright.size
    RulesOf(upright, drawn).take_page(page)
    _take_chars(page, upright, drawn)
    return drawn


def _take_chars(page: PdfPage, upright: Upright, drawn: Drawn) -> None:
    held = page.get_textpage()
    text = held.raw  # the helper would be asked for it at each call
    box = pdfium.FS_RECTF()
    turned = upright.turn
    previous: Char | None = None
    tall, flat = 0.0, 0  # height of full characters, and how many flat ones followed
    pale: list[int] = []
    indices: list[int] = []
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > _MAX_CHARS:
            raise Rejected("too_complex", detail=f"{count} characters on a page")
        for index in range(count):
            text_of = _text_at(text, index, drawn)
            if text_of is None:
                continue
            pdfium.FPDFText_GetLooseCharBox(text, index, box)
            x0, top, x1, bottom = upright.box(box.left, box.top, box.right, box.bottom)
            if bottom - top < tall * _FLAT_INK and flat < _MOST_FLAT:
                x0, top, x1, bottom = _em_box(text, index, box, upright)
                flat += 1
            else:
                # Of ink alone, 一 and ： are lower than others, and no measure for what follows.
                tall, flat = max(bottom - top, tall * _FADING * (flat == 0)), 0
            aslant = pdfium.FPDFText_GetCharAngle(text, index)
            turn = turned + _degrees(text, index) if aslant else turned
            if _OBLIQUE < turn % 90 < 90 - _OBLIQUE:
                continue  # a watermark
            if turn:
                drawn.turns.append(round(turn / 90) % 4 * 90)
            char = Char(text_of, x0, top, x1, bottom, round(turn) % 360 == 0)
            # Bold by printing twice; or the same digit again, over one that is painted over.
            if previous and not drawn.hidden.covers and _is_shadow(char, previous):
                continue
            drawn.chars.append(char)
            indices.append(index)
            previous = char
            if drawn.pale:
                pale.append(_paleness(text, index))
        settle_codes(drawn)
        _crop(page, indices, pale, drawn)
        pale = _take_seen(text, indices, pale, drawn)
    finally:
        held.close()
    if any(pale):
        drawn.chars = _without_watermarks(drawn.chars, pale)


def _crop(page: PdfPage, indices: list[int], pale: list[int], drawn: Drawn) -> None:
    """Leave out the characters that stand beyond the edges of a cropped page."""
    if not is_cropped(page):
        return
    kept = shown_on(drawn.chars, drawn.width, drawn.height)
    drawn.unseen += len(drawn.chars) - len(kept)
    drawn.chars = [drawn.chars[number] for number in kept]
    indices[:] = [indices[number] for number in kept]
    pale[:] = [pale[number] for number in kept] if pale else []


def _take_seen(text: object, indices: list[int], pale: list[int], drawn: Drawn) -> list[int]:
    """Keep the characters that are seen, and return the colours of those that are pale."""
    if not drawn.hidden:
        return pale
    shown = seen(text, drawn.chars, indices, drawn.hidden)
    drawn.chars = [char for char in shown if char]
    drawn.unseen += len(shown) - len(drawn.chars) - drawn.hidden.doubled
    return [colour for colour, char in zip(pale, shown, strict=False) if char]


def _paleness(text: object, index: int) -> int:
    """Return the colour of a pale character as a number, 0 of any other."""
    colour = [ctypes.c_uint() for _ in "rgba"]
    if not pdfium.FPDFText_GetFillColor(text, index, *colour) or not is_pale(colour):
        return 0
    red, green, blue, opacity = [part.value for part in colour]
    return (opacity << 24) + (red << 16) + (green << 8) + blue


def _without_watermarks(chars: list[Char], pale: list[int]) -> list[Char]:
    """Leave out the characters of each pale colour that stands across other text.

    White words in a coloured cell stand across nothing.
    """
    dark = [char for char, colour in zip(chars, pale, strict=True) if not colour]
    across = {
        colour
        for char, colour in zip(chars, pale, strict=True)
        if colour and any(_covers(char, other) or _covers(other, char) for other in dark)
    }
    return [char for char, colour in zip(chars, pale, strict=True) if colour not in across]


def _covers(char: Char, other: Char) -> bool:
    x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
    return char.x0 < x < char.x1 and char.top < y < char.bottom


def _text_at(text: object, index: int, drawn: Drawn) -> str | None:
    """Return a character of the page, ``None`` for a blank: the gaps tell more."""
    code = pdfium.FPDFText_GetUnicode(text, index)
    if code <= _BLANK or chr(code).isspace():
        if code == _BLANK or not pdfium.FPDFText_HasUnicodeMapError(text, index):
            return None
    elif pdfium.FPDFText_IsGenerated(text, index):
        return None
    if _FIRST_HAN <= code <= _LAST_HAN and not drawn.unmapped:  # most of them
        return chr(code)
    # Where a font does not tell what its glyphs mean, their numbers would be read as characters.
    told = not pdfium.FPDFText_HasUnicodeMapError(text, index)
    if told and _BLANK < code < _ASCII:
        return chr(code)
    meant = meaning(code) if told else marked(code, meaning(code))
    if not told or meant == _UNKNOWN:
        drawn.unmapped += 1
    elif _LATIN[0] <= meant <= _LATIN[1]:
        drawn.foreign += 1
    return meant


def meaning(code: int) -> str:
    """Return the character that a code stands for; radicals stand for the characters they are."""
    if code < _BLANK or 0xE000 <= code <= 0xF8FF or code >= 0xFFFD or 0xD800 <= code <= 0xDFFF:  # noqa: PLR2004
        return _UNKNOWN
    character = chr(code)
    return CHARACTERS.get(character, character)


def _em_box(text: object, index: int, ink: pdfium.FS_RECTF, upright: Upright) -> Box:
    """Return a character's box by its size and origin, where a font only tells its ink.

    Otherwise ``一`` and ``，`` would stand on lines of their own.
    """
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    size = pdfium.FPDFText_GetFontSize(text, index)
    xs = [x.value + matrix.c * size * share for share in _EM]
    ys = [y.value + matrix.d * size * share for share in _EM]
    return upright.box(
        min(ink.left, *xs), max(ink.top, *ys), max(ink.right, *xs), min(ink.bottom, *ys)
    )


def _degrees(text: object, index: int) -> float:
    """Return by how much a character's line is turned, clockwise; a slant does not turn it."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text, index, matrix)
    return -degrees(atan2(matrix.b, matrix.a)) % 360


def _is_shadow(char: Char, before: Char) -> bool:
    near = (char.x1 - char.x0) * 0.3
    return (
        char.text == before.text
        and abs(char.x0 - before.x0) < near
        and abs(char.top - before.top) < near
    )

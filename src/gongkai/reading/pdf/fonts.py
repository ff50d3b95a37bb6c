"""The font of PDF files that bring none for Chinese: boxes, on every machine the same."""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    _Buffer = ctypes._Pointer[ctypes.c_ubyte]  # noqa: SLF001 - the only name of such types

#: Made by ``scripts/boxes_font.py``.
_FILE = Path(__file__).with_name("boxes.ttf")
_NAME = b"gongkai boxes\0"
#: Of fonts for Chinese, Japanese and Korean.
_CHARSETS = (
    pdfium.FXFONT_SHIFTJIS_CHARSET,
    pdfium.FXFONT_HANGEUL_CHARSET,
    pdfium.FXFONT_GB2312_CHARSET,
    pdfium.FXFONT_CHINESEBIG5_CHARSET,
)
#: The fonts that every reader of PDF brings, and their like: their widths may not be in a file.
_LATIN = (b"Times", b"Helvetica", b"Courier", b"Arial", b"Symbol", b"ZapfDingbats")
_HANDLE = 1


class _Boxes(pypdfium2.PdfSysfontBase):  # type: ignore[misc]  # it ships no types
    """Gives pdfium a box for every character, and its own fonts for Latin letters.

    With a machine's fonts the places of characters would depend on the machine; without a Chinese
    one pdfium leaves out turned text that has no ink, a title on a turned page, say.

    The methods are called by pdfium (``fpdf_sysfontinfo.h``), which asks for sizes first.
    """

    def MapFont(  # noqa: N802
        self, _: object, __: int, ___: int, charset: int, ____: int, face: object, *_____: object
    ) -> int | None:
        # A subset that lost its font file may hold Chinese, whatever its character set is.
        latin = ctypes.string_at(face).startswith(_LATIN)  # type: ignore[arg-type] # a pointer
        return _HANDLE if charset in _CHARSETS or not latin else None

    def GetFont(self, *_: object) -> None:  # noqa: N802
        return None

    def GetFontData(self, _: object, __: object, table: int, buffer: _Buffer, size: int) -> int:  # noqa: N802
        return 0 if table else _copied(_FILE.read_bytes(), buffer, size)

    def GetFaceName(self, _: object, __: object, buffer: _Buffer, size: int) -> int:  # noqa: N802
        return _copied(_NAME, buffer, size)

    def GetFontCharset(self, *_: object) -> int:  # noqa: N802
        return int(pdfium.FXFONT_GB2312_CHARSET)

    def DeleteFont(self, *_: object) -> None:  # noqa: N802
        """Keep nothing: the handle is no object."""


def _copied(data: bytes, buffer: _Buffer, size: int) -> int:
    """Copy data to where pdfium wants it, if it fits, and return its size."""
    if size >= len(data):  # it asks without a buffer first
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def use_boxes() -> None:
    """Use boxes, in the whole process and until it ends, for fonts that a file does not embed."""
    _Boxes().setup()

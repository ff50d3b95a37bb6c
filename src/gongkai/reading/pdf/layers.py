"""Layers of a PDF page that are switched off: what nobody sees is not read.

pdfium tells which layer an object belongs to, and not whether it is shown: a page that looks the
same without a layer does not show it.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_LAYERS = b"/OCProperties"
#: Objects may be packed; so much of a pack is looked at, of so many.
_PACK = re.compile(rb"/ObjStm\b[^>]{0,200}>>\s{0,4}stream\r?\n")
_MOST, _PACKS = 1 << 20, 200
_MARK = "OC"
_NAME = 256
# Pages of drawings have more, and are no reports.
_MOST_LAYERS, _MOST_OBJECTS = 20, 20_000
# Pages are looked at in this size at most (pixels).
_SIDE = 1000.0
_UNPAINTED = pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
_DEPTH = 3


def has_layers(data: bytes) -> bool:
    """Tell whether a PDF may have layers."""
    if _LAYERS in data:
        return True
    packs = [match.end() for _, match in zip(range(_PACKS), _PACK.finditer(data), strict=False)]
    return any(_LAYERS in _unpacked(data, start) for start in packs)


def _unpacked(data: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[start : start + _MOST], _MOST)
    except zlib.error:
        return b""


def drop_hidden(page: PdfPage) -> int:
    """Take the objects of layers that are switched off from a page; return how many they are."""
    layers = _layers_of(page)
    if not 0 < len(layers) <= _MOST_LAYERS:
        return 0
    whole = _look(page)
    hidden = []
    for drawables in layers.values():
        for drawable in drawables:
            pdfium.FPDFPageObj_SetIsActive(drawable, 0)
        if _look(page) == whole:
            hidden += drawables
        for drawable in drawables:
            pdfium.FPDFPageObj_SetIsActive(drawable, 1)
    for drawable in hidden:
        pdfium.FPDFPage_RemoveObject(page, drawable)
        pdfium.FPDFPageObj_Destroy(drawable)
    return len(hidden)


def _layers_of(page: PdfPage) -> dict[str, list[object]]:
    """Return the objects of each layer; a form is one of its own, for none is told of it."""
    layers: dict[str, list[object]] = {}
    count = pdfium.FPDFPage_CountObjects(page)
    for index in range(count if count <= _MOST_OBJECTS else 0):
        drawable = pdfium.FPDFPage_GetObject(page, index)
        if _holds_unpainted(drawable, 0):  # the text of a scan
            continue
        if pdfium.FPDFPageObj_GetType(drawable) == pdfium.FPDF_PAGEOBJ_FORM:
            layers[str(index)] = [drawable]
        elif name := _layer_of(drawable):
            layers.setdefault(name, []).append(drawable)
    return layers


def _look(page: PdfPage) -> bytes:
    bitmap = page.render(scale=min(1.0, _SIDE / max(*page.get_size(), 1.0)), grayscale=True)
    try:
        return bytes(bitmap.buffer)
    finally:
        bitmap.close()


def _layer_of(drawable: object) -> str:
    """Return the name of an object's layer, nothing of most objects."""
    for number in range(pdfium.FPDFPageObj_CountMarks(drawable)):
        mark = pdfium.FPDFPageObj_GetMark(drawable, number)
        size, text = ctypes.c_ulong(), (ctypes.c_ushort * _NAME)()
        pdfium.FPDFPageObjMark_GetName(mark, text, ctypes.sizeof(text), size)
        if _text(text, size) == _MARK:
            key = b"Name"
            pdfium.FPDFPageObjMark_GetParamStringValue(mark, key, text, ctypes.sizeof(text), size)
            return f"{_MARK} {_text(text, size)}"
    return ""


def _text(text: ctypes.Array[ctypes.c_ushort], size: ctypes.c_ulong) -> str:
    return bytes(text)[: max(size.value - 2, 0)].decode("utf-16-le", "replace")


def _holds_unpainted(drawable: object, depth: int) -> bool:
    kind = pdfium.FPDFPageObj_GetType(drawable)
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        return bool(pdfium.FPDFTextObj_GetTextRenderMode(drawable) == _UNPAINTED)
    if kind != pdfium.FPDF_PAGEOBJ_FORM or depth > _DEPTH:
        return False
    return any(
        _holds_unpainted(pdfium.FPDFFormObj_GetObject(drawable, index), depth + 1)
        for index in range(pdfium.FPDFFormObj_CountObjects(drawable))
    )

"""Layers that are switched off are not read; those that are shown, and words of scans, are."""

import zlib

import pytest
from tests.unit.reading.pdf.test_reader import outline

from gongkai.reading import Document, Source, read
from gongkai.reading.pdf.layers import has_layers
from gongkai.settings import Settings

ANNUAL = "The annual report of an office"


def pdf(content: str, off: bool) -> bytes:  # noqa: FBT001 - one of the file's two facts
    """A page with a layer ``Draft``."""
    state = "/OFF[6 0 R]" if off else ""
    form = "stream\nBT /F 12 Tf 60 600 Td (before) Tj ET\nendstream"
    objects = [
        f"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<<{state}>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources 8 0 R>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/OCG/Name(Draft)>>",
        f"<</Subtype/Form/OC 6 0 R/BBox[0 0 595 842]/Resources 8 0 R/Length 36>>{form}",
        "<</Font<</F 4 0 R>>/Properties<</L 6 0 R>>/XObject<</X 7 0 R>>>>",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer<</Root 1 0 R/Size {len(objects) + 1}>>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def show(text: str, y: int, mode: int = 0) -> str:
    return f"BT /F 12 Tf {mode} Tr 60 {y} Td ({text}) Tj ET\n"


def opened(data: bytes) -> Document:
    return read(Source("x.pdf", data), Settings())


@pytest.mark.parametrize("layer", [f"/OC /L BDC {show('before', 600)} EMC", "/X Do"])
@pytest.mark.parametrize("off", [True, False])
def test_a_layer_is_read_if_it_is_shown(layer: str, off: bool) -> None:  # noqa: FBT001
    document = opened(pdf(show(ANNUAL, 700) + layer, off))
    assert outline(document) == ([ANNUAL] if off else [ANNUAL, "before"])
    assert ("hidden_objects=1" in document.notes) is off


def test_words_of_a_scan_are_read_though_they_leave_no_trace() -> None:
    layer = f"/OC /L BDC {show('found', 600, 3)} EMC"
    assert outline(opened(pdf(show(ANNUAL, 700) + layer, off=False))) == [ANNUAL, "found"]


def test_layers_may_be_told_in_a_pack_of_objects() -> None:
    pack = b"<</Type/ObjStm/N 1/First 4>>\nstream\n" + zlib.compress(b"1 0 <</OCProperties 2 0 R>>")
    assert has_layers(pack)
    assert not has_layers(b"<</Type/ObjStm>>\nstream\nbroken")
    assert not has_layers(b"")

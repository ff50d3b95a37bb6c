"""What a reader had to leave out is said with the report."""

from pathlib import Path

import pytest

from gongkai.layouts.generic import GenericLayout
from gongkai.reading import Source, read
from gongkai.settings import Settings

SAMPLE = next(Path(__file__).parents[3].glob("plugins/*/samples/*/source.txt"))


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("replaced_characters=3", "3 characters could not be decoded"),
        ("hidden_characters=3", "3 characters are painted over or cut off and were left out"),
        ("hidden_objects=2", "2 objects in layers that are switched off were left out"),
        ("pages_without_text=2,4", "no text on page 2,4: an image that needs OCR"),
        ("unread_part=b/2.html", "the part b/2.html could not be read"),
        ("mojibake_repaired", None),
        ("joined_pages=2", None),
    ],
)
def test_losses_are_findings(note: str, message: str | None) -> None:
    document = read(Source(str(SAMPLE), SAMPLE.read_bytes()), Settings())
    document.notes = [note]
    said = [f for f in GenericLayout().extract(document).findings if f.rule == "E.PARTLY"]
    assert [f.message_en for f in said] == ([message] if message else [])
    assert all(f.severity == "warning" for f in said)

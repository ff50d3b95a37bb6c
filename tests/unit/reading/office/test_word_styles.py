"""Word files: text that a named style hides, strikes or raises."""

import pytest
from tests.unit.reading.office.test_docx import outline, reading, tbl, tr

from gongkai.reading import Document

STYLES = (
    '<w:style w:type="character" w:styleId="H"><w:name w:val="x"/><w:rPr><w:vanish/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="B"><w:basedOn w:val="H"/></w:style>'
    '<w:style w:type="character" w:styleId="S"><w:rPr><w:b/><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="R"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    '</w:style><w:style w:type="character" w:styleId="N"><w:basedOn w:val="H"/>'
    '<w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
)


def styled(body: str) -> Document:
    return reading(body, styles=STYLES)


def run(properties: str, text: object) -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ('<w:rStyle w:val="H"/>', "1"),
        ('<w:rStyle w:val="B"/><w:sz w:val="21"/>', "1"),
        ('<w:rStyle w:val="S"/>', "1"),
        ('<w:rStyle w:val="R"/>', "1[2]"),
        ('<w:rStyle w:val="N"/>', "12"),
        ('<w:rStyle w:val="unknown"/>', "12"),
        ('<w:rStyle w:val="H"/><w:vanish w:val="0"/>', "12"),
    ],
)
def test_a_run_looks_as_its_style_says(properties: str, shown: str) -> None:
    cell = f"<w:tc><w:p>{run('', 1)}{run(properties, 2)}</w:p></w:tc>"
    assert outline(styled(tbl(tr(cell, cell)))) == [[[shown, shown]]]


def test_a_paragraph_is_hidden_by_its_style_unless_a_run_says_otherwise() -> None:
    style, shown = '<w:pPr><w:pStyle w:val="P"/></w:pPr>', run('<w:vanish w:val="false"/>', 1)
    body = f"<w:p>{style}{run('', 9)}{shown}</w:p>"
    assert outline(styled(body + f"<w:p>{run('', 2)}</w:p>")) == ["1", "2"]


@pytest.mark.parametrize(
    ("height", "shown"), [(8, "14[1]"), (2, "141"), (-8, "141"), (10, "14[1]")]
)
def test_a_number_that_stands_higher_is_a_note(height: int, shown: str) -> None:
    high = f'<w:position w:val="{height}"/><w:sz w:val="12"/>'
    cell = f"<w:tc><w:p>{run('', 14)}{run(high, 1)}</w:p></w:tc>"
    assert outline(reading(tbl(tr(cell, cell)))) == [[[shown, shown]]]

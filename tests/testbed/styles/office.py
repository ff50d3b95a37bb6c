"""Word files as one XML, revised Word files, and OpenDocument text."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.testbed import blanks, wording
from tests.testbed.matrix import Cell
from tests.testbed.styles import docx
from tests.testbed.styles.base import Style

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content
    from tests.testbed.matrix import Table

_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_HINTS = "http://schemas.microsoft.com/office/word/2003/auxHint"
_NOTE = (
    "<w:ins>{0}</w:ins><w:ins><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
    "<w:t>2</w:t></w:r></w:ins>"
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'


def _body(content: Content) -> str:
    head = docx.paragraph(content.title) + docx.paragraph(f"发布日期：{content.published}")
    return head + docx.body(content, docx.table, docx.run)


def _flat(content: Content, rng: Random) -> bytes:
    """The parts of a Word file in one XML, a picture among them."""
    del rng
    part = '<pkg:part pkg:name="{}">{}</pkg:part>'
    picture = part.format("/word/media/1.png", "<pkg:binaryData>AAAA</pkg:binaryData>")
    document = f"<w:document {docx.NAMESPACES}><w:body>{_body(content)}</w:body></w:document>"
    main = part.format("/word/document.xml", f"<pkg:xmlData>{document}</pkg:xmlData>")
    package = f'<pkg:package xmlns:pkg="{_PACKAGE}">{picture}{main}</pkg:package>'
    return f"{_HEAD}{package}".encode()


def _word_2003(content: Content, rng: Random) -> bytes:
    """What Word 2003 wrote as XML, and templates still do."""
    del rng
    body = _body(content).replace("<w:vMerge", "<w:vmerge")
    return (
        f'{_HEAD}<w:wordDocument xmlns:w="{_WORD_2003}" xmlns:wx="{_HINTS}"><w:body><wx:sect>'
        f"<wx:sub-section>{body}</wx:sub-section><w:sectPr/></wx:sect></w:body></w:wordDocument>"
    ).encode()


def _revised(content: Content, rng: Random) -> bytes:
    """Old spans under revision, struck numbers, hidden rows, notes in insertions."""
    shapes = (
        "{0}",
        "<w:r><w:rPr><w:strike/></w:rPr><w:t>7</w:t></w:r>{0}",
        _NOTE,
        "{0}<w:r><w:t>\u00ad\u200b</w:t></w:r>",
    )
    old = (
        '<w:tcPrChange w:id="9" w:author="x"><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr>'
        "</w:tcPrChange></w:tcPr>"
    )

    def noted(text: str) -> str:
        return rng.choice(shapes if text.isdigit() else shapes[:1]).format(docx.run(text))

    def print_table(source: Table) -> str:
        printed = docx.table(source, noted).replace("</w:tcPr>", old)
        rows = printed.split("<w:tr>")
        # A row that was there before stays above the one that took its place, hidden.
        single = [i for i, row in enumerate(rows) if i and "<w:vMerge w:val" not in row]
        for i in single[:2]:
            hidden = re.sub(r">\d+</w:t>", ">5</w:t>", rows[i].partition("</w:tr>")[0])
            rows[i] = f"<w:trPr><w:hidden/></w:trPr>{hidden}</w:tr><w:tr>{rows[i]}"
        return "<w:tr>".join(rows)

    head = docx.paragraph(content.title) + docx.paragraph(f"（{content.published}）")
    return docx.package(head + docx.body(content, print_table, docx.run))


def _with_empty_column(source: Table, at: int) -> Table:
    """Return a table with a column more, before raster column ``at``, in which nothing stands."""
    rows: list[list[Cell]] = []
    for row in source.raster():
        cells: list[Cell] = []
        for x, (cell, first) in enumerate(row):
            if cell is None or not first:
                continue
            if x == at:
                cells.append(Cell("", "note", rowspan=cell.rowspan))
            wider = x < at < x + cell.colspan
            cells.append(replace(cell, colspan=cell.colspan + wider))
        rows.append(cells)
    return replace(source, rows=rows, columns=source.columns + 1)


def _empty_column(content: Content, rng: Random) -> bytes:
    """Table three with a column in which nothing stands."""
    at = rng.randint(3, 9)

    def print_table(source: Table) -> str:
        return docx.table(_with_empty_column(source, at) if source.name == "三" else source)

    head = docx.paragraph(content.title) + docx.paragraph(f"（{content.published}）")
    return docx.package(head + docx.body(content, print_table, docx.run))


# -- OpenDocument -------------------------------------------------------------------------------

_ODT = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ROOT = (
    f'xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
    f'xmlns:table="{_ODF}:table:1.0" xmlns:style="{_ODF}:style:1.0" office:version="1.3"'
)
_LOOKS = (
    '<office:automatic-styles><style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties text:display="none"/></style:style></office:automatic-styles>'
)
_SHAPES = (
    "{0}",
    '{0}<text:span text:style-name="T1">1</text:span>',
    '<text:span text:style-name="T2">4</text:span>{0}',
    "{0}<text:note><text:note-body><text:p>3</text:p></text:note-body></text:note>",
    '<text:change-start text:change-id="c1"/>9<text:change-end text:change-id="c1"/>{0}',
)
_DELETED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion/>'
    "</text:changed-region></text:tracked-changes>"
)


def _odf_text(text: str, rng: Random) -> str:
    shape = rng.choice(_SHAPES) if text.isdigit() else _SHAPES[0]
    return "".join(f"<text:p>{shape.format(escape(line))}</text:p>" for line in text.split("\n"))


def _odf_cell(cell: Cell, rng: Random, times: int) -> str:
    said = {
        "columns-spanned": cell.colspan,
        "rows-spanned": cell.rowspan,
        "columns-repeated": times,
    }
    spans = "".join(f' table:number-{name}="{n}"' for name, n in said.items() if n > 1)
    return f"<table:table-cell{spans}>{_odf_text(cell.text, rng)}</table:table-cell>"


def _odf_table(source: Table, rng: Random) -> str:
    rows = []
    for row in source.raster():
        cells, times = "", 1
        for x, (cell, first) in enumerate(row):
            after = row[x + 1] if x + 1 < len(row) else None
            if cell is None or not first:
                cells += "<table:covered-table-cell/>"
            elif after and after[1] and after[0] and _alike(cell, after[0]) and rng.random() < 0.5:
                times += 1  # equal neighbours may be written as one
            else:
                cells += _odf_cell(cell, rng, times)
                times = 1
        rows.append(f"<table:table-row>{cells}</table:table-row>")
    head = "".join(rows[: source.head_rows])
    body = "".join(rows[source.head_rows :])
    return (
        f'<table:table><table:table-column table:number-columns-repeated="{source.columns}"/>'
        f"<table:table-header-rows>{head}</table:table-header-rows>{body}</table:table>"
    )


def _alike(cell: Cell, after: Cell) -> bool:
    same = cell.text == after.text and cell.kind == after.kind == "number"
    return same and cell.colspan == after.colspan == 1


def _odf(content: Content, rng: Random) -> str:
    blocks = "".join(
        _odf_text(block, rng) if isinstance(block, str) else _odf_table(block, rng)
        for _, block in content.blocks()
    )
    title = f'<text:h text:outline-level="1">{escape(content.title)}</text:h>'
    return (
        f"{_LOOKS}<office:body><office:text>{_DELETED}{title}<text:section>"
        f"{_odf_text(f'发布日期：{content.published}', rng)}{blocks}</text:section></office:text>"
        "</office:body>"
    )


def _odt(content: Content, rng: Random) -> bytes:
    root = f"<office:document-content {_ROOT}>{_odf(content, rng)}</office:document-content>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (("mimetype", _ODT), ("content.xml", root)):
            file.writestr(zipfile.ZipInfo(name, docx.EPOCH), text)
    return buffer.getvalue()


def _flat_odt(content: Content, rng: Random) -> bytes:
    return f"{_HEAD}<office:document {_ROOT}>{_odf(content, rng)}</office:document>".encode()


def _uncovered(content: Content, rng: Random) -> bytes:
    """A table has no cells where spans cover some, as pandoc writes it."""
    return _flat_odt(content, rng).replace(b"<table:covered-table-cell/>", b"")


_PRINTS = frozenset({"title", "published_on"})
_style = partial(Style, prints=_PRINTS)
STYLES = (
    _style("docx-revised", ".docx", _revised),
    _style("docx-empty-column", ".docx", _empty_column, prepare=(blanks.any_policy,), blanks=True),
    _style("docx-flat", ".xml", _flat, change=(wording.breaks,)),
    _style("docx-2003", ".xml", _word_2003, prepare=(blanks.any_policy,), blanks=True),
    _style("odt-plain", ".odt", _odt, change=(wording.breaks, wording.numbering)),
    _style("odt-flat", ".fodt", _flat_odt, prepare=(blanks.any_policy,), blanks=True),
    _style("odt-uncovered", ".fodt", _uncovered, prepare=(blanks.any_policy,), blanks=True),
)

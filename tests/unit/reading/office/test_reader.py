"""Word and OpenDocument files that are one XML; what OpenDocument text shows."""

import io
import zipfile

import pytest

from gongkai.errors import Reason, SourceError
from gongkai.reading import Document, Grid, Source, read
from gongkai.settings import Settings

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
HINTS = "http://schemas.microsoft.com/office/word/2003/auxHint"
AML = "http://schemas.microsoft.com/aml/2001/core"
PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ROOT = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0" '
    f'xmlns:table="{ODF}:table:1.0" xmlns:style="{ODF}:style:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc>"
    "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def reading(data: str | bytes) -> Document:
    return read(Source("x", data.encode() if isinstance(data, str) else data), Settings())


def flat(body: str, more: str = "") -> str:
    return (
        "<?xml version='1.0'?><?mso-application progid='Word.Document'?>"
        f"<pkg:package xmlns:pkg='{PKG}'>{more}<pkg:part pkg:name='/word/document.xml'>"
        f"<pkg:xmlData><w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>"
        "</pkg:xmlData></pkg:part></pkg:package>"
    )


def test_the_parts_of_a_word_file_in_one_xml() -> None:
    properties = (
        f"<pkg:part><pkg:xmlData><cp:coreProperties xmlns:cp='{CORE}' "
        "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>年报</dc:title></cp:coreProperties>"
        f"</pkg:xmlData></pkg:part><pkg:part><pkg:binaryData>{'A' * 11_000_000}</pkg:binaryData>"
        "</pkg:part>"
    )
    document = reading(flat(TABLE, properties))
    assert (document.format, document.title) == ("docx", "年报")
    assert outline(document) == [[["规章", "1"]]]


def test_a_flat_file_without_its_main_part() -> None:
    with pytest.raises(SourceError) as raised:
        reading(f"<pkg:package xmlns:pkg='{PKG}'/>")
    assert raised.value.reason is Reason.UNSUPPORTED_FORMAT
    with pytest.raises(SourceError, match="Word XML"):
        reading(flat("<w:altChunk/>"))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_xml_of_word_2003(encoding: str) -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    revised = (
        "<w:p><w:r><w:t>前</w:t></w:r>"
        "<aml:annotation w:type='Word.Insertion'><aml:content><w:r><w:t>增</w:t></w:r>"
        "</aml:content></aml:annotation><aml:annotation w:type='Word.Deletion'><aml:content>"
        "<w:r><w:delText>删</w:delText></w:r></aml:content></aml:annotation></w:p>"
    )
    rows = (
        "<w:tr>"
        + cell.format("<w:vmerge w:val='restart'/>", "组")
        + cell.format("", "1")
        + "</w:tr>"
        "<w:tr>" + cell.format("<w:vmerge/>", "") + cell.format("", "2") + "</w:tr>"
    )
    document = reading(
        (
            f"<?xml version='1.0' encoding='{encoding}'?><w:wordDocument xmlns:w='{W_2003}' "
            f"xmlns:wx='{HINTS}' xmlns:aml='{AML}' "
            "xmlns:o='urn:schemas-microsoft-com:office:office'>"
            "<o:DocumentProperties><o:Title>年报</o:Title></o:DocumentProperties>"
            f"<w:body><wx:sect><wx:sub-section>{revised}<w:tbl>{rows}</w:tbl></wx:sub-section>"
            "</wx:sect></w:body></w:wordDocument>"
        ).encode(encoding)
    )
    assert outline(document) == ["前增", [["组", "1"], ["2"]]]
    assert document.grids[0].rows[0][0].rowspan == 2
    assert document.title == "年报"


# -- OpenDocument -------------------------------------------------------------------------------


def odt(body: str, *, kind: str = "text", styles: str = "", more: str = "") -> bytes:
    out = io.BytesIO()
    content = (
        f"<office:document-content {ROOT}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
        if more:
            archive.writestr("meta.xml", more)
    return out.getvalue()


def cell(text: str, spans: str = "") -> str:
    return f"<table:table-cell {spans}><text:p>{text}</text:p></table:table-cell>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def test_an_opendocument_text() -> None:
    meta = (
        f"<office:document-meta {ROOT}><office:meta><dc:title>年报</dc:title>"
        "<dc:date>2013-12-23T23:15:00</dc:date></office:meta>"
        "</office:document-meta>"
    )
    body = (
        "<text:h>一、<text:s text:c='2'/>总体</text:h>"
        "<text:list><text:list-item><text:p>甲<text:tab/>乙<text:line-break/>丙</text:p>"
        f"</text:list-item></text:list>{table(row(cell('规章'), cell('1')))}"
        "<text:section><text:p>后</text:p></text:section>"
    )
    document = reading(odt(body, more=meta))
    assert (document.format, document.title) == ("odt", "年报")
    assert "date" not in document.meta  # when it was saved last
    for kind in ("text-template", "text-web"):
        assert outline(reading(odt(body, kind=kind))) == outline(document)
    assert outline(document) == ["一、  总体", "甲\t乙", "丙", [["规章", "1"]], "后"]


def test_spans_and_repetitions() -> None:
    head = row(cell("a", 'table:number-columns-spanned="2"'), COVERED, cell("b"))
    body = table(
        f"<table:table-header-rows>{head}</table:table-header-rows>",
        row(
            cell("c", 'table:number-rows-spanned="2"'),
            cell("1", 'table:number-columns-repeated="2"'),
        ),
        row(COVERED, cell("", 'table:number-columns-repeated="2"')),
        row(cell("d"), cell("2"), cell("3"), more='table:number-rows-repeated="2"'),
        row(cell("e"), cell("9"), cell("9"), more='table:visibility="collapse"'),
    )
    document = reading(odt(body))
    assert [[tuple(one) for one in line] for line in document.grids[0]] == [
        [("a", 0, 2, 1), ("b", 2, 1, 1)],
        [("c", 0, 1, 2), ("1", 1, 1, 1), ("1", 2, 1, 1)],
        [("", 1, 1, 1), ("", 2, 1, 1)],
        [("d", 0, 1, 1), ("2", 1, 1, 1), ("3", 2, 1, 1)],
        [("d", 0, 1, 1), ("2", 1, 1, 1), ("3", 2, 1, 1)],
    ]


def test_spans_without_the_cells_that_they_cover() -> None:
    body = table(
        row(
            cell("a", 'table:number-rows-spanned="2"'),
            cell("b", 'table:number-columns-spanned="2"'),
        ),
        row(cell("1"), cell("2")),
        row(cell("c"), cell("3"), cell("4")),
    )
    (grid,) = reading(odt(body)).grids
    assert [[one.column for one in line] for line in grid] == [[0, 1], [1, 2], [0, 1, 2]]


def test_what_an_opendocument_text_does_not_print() -> None:
    style = "<style:style style:name='{}'><style:text-properties {}/></style:style>"
    styles = (
        style.format("H", "text:display='none'")
        + style.format("S", "style:text-line-through-style='solid'")
        + style.format("R", "style:text-position='super 58%'")
    )
    deleted = (
        "<text:tracked-changes><text:changed-region text:id='c'><text:deletion><text:p>删</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
    )
    span = "<text:span text:style-name='{}'>{}</text:span>"
    body = (
        f"{deleted}<text:p>1{span.format('H', 2)}{span.format('S', 3)}{span.format('R', 4)}"
        "<text:change-start text:change-id='c'/>5<text:change-end text:change-id='c'/>"
        "<text:note><text:note-body><text:p>6</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>7</text:p></office:annotation>\u00ad8</text:p>"
    )
    assert outline(reading(odt(body, styles=styles))) == ["1[4]8"]


def test_boxes_and_tables_in_tables() -> None:
    frame = "<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"
    inner = f"<table:table-cell>{table(row(cell('1'), cell('2')))}</table:table-cell>"
    rows = table(row(cell("签")), row(inner), row(cell("c"), cell("d")))
    body = f"<text:p>前{frame}后</text:p>{rows}"
    assert outline(reading(odt(body))) == ["前后", "框", "签", [["1", "2"]], [["c", "d"]]]


def test_a_flat_opendocument_text() -> None:
    document = reading(
        f"<?xml version='1.0'?>\n<!-- x --><office:document {ROOT}><office:body><office:text>"
        f"{table(row(cell('规章'), cell('1')))}</office:text></office:body></office:document>"
    )
    assert (document.format, outline(document)) == ("odt", [[["规章", "1"]]])


def test_other_opendocument_files_are_refused() -> None:
    inside = "<office:body><office:spreadsheet/></office:body>"
    sheet = f"<office:document {ROOT}>{inside}</office:document>"
    for data in (odt("", kind="spreadsheet"), sheet):
        with pytest.raises(SourceError) as raised:
            reading(data)
        assert raised.value.reason is Reason.UNSUPPORTED_FORMAT


def test_hostile_repetitions_are_bounded() -> None:
    many = row(
        *[cell("1", 'table:number-columns-repeated="999999"')] * 30,
        more='table:number-rows-repeated="999999"',
    )
    with pytest.raises(SourceError) as raised:
        reading(odt(table(many)))
    assert raised.value.reason is Reason.DAMAGED


_FRAMED = (
    "<table:table><table:table-row><table:table-cell><text:p>3</text:p></table:table-cell>"
    "</table:table-row></table:table><text:p/>"
)


def _row(cell: str) -> list[object]:
    label = "<table:table-cell><text:p>规章</text:p></table:table-cell>"
    inner = f"<table:table-cell>{cell}</table:table-cell>"
    table = f"<table:table><table:table-row>{label}{inner}</table:table-row></table:table>"
    return outline(reading(odt(table)))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<text:p><draw:custom-shape><text:p>3</text:p></draw:custom-shape></text:p>", "3"),
        ("<text:p>1<draw:custom-shape><text:p>3</text:p></draw:custom-shape></text:p>", "1\n3"),
        (_FRAMED, "3"),
        ("<text:p><draw:frame><draw:image/></draw:frame></text:p>", "\ufffc\ufffc"),
        ("<text:p><draw:frame><draw:object/></draw:frame>3</text:p>", "3\ufffc\ufffc"),
        ("<text:p>无<draw:frame><draw:image/></draw:frame></text:p>", "无"),
    ],
)
def test_frames_in_cells(cell: str, shown: str) -> None:
    assert _row(cell) == [[["规章", shown]]]

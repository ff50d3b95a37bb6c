"""DOCX: every printed cell once, merged ones too; what is not shown stays out."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from gongkai.errors import Reason, SourceError
from gongkai.reading import Document, Grid, Source, read
from gongkai.settings import Settings

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
SAMPLES = Path(__file__).parents[4].parent / "shared/samples"


def package(
    body: str, *, namespace: str = W, core: str = "", encoding: str = "utf-8", styles: str = ""
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        root = f'w:document xmlns:w="{namespace}" xmlns:mc="{MC}"'
        xml = f"<{root}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", xml.encode(encoding))
        if styles:
            archive.writestr("word/styles.xml", f'<w:styles xmlns:w="{W}">{styles}</w:styles>')
        if core:
            archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def reading(body: str, **details: str) -> Document:
    return read(Source("x.docx", package(body, **details)), Settings())


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def spans(document: Document) -> list[list[tuple[int, int, int]]]:
    (grid,) = document.grids
    return [[(cell.column, cell.colspan, cell.rowspan) for cell in row] for row in grid]


def test_paragraphs_and_tables_in_source_order() -> None:
    body = p("前") + tbl(tr(tc("规章"), tc("1")), tr(tc("总"), tc(""))) + p("") + p("后")
    document = reading(body)
    assert document.format == "docx"
    assert outline(document) == ["前", [["规章", "1"], ["总", ""]], "后"]


def test_spans() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("a", restart), tc("b", '<w:gridSpan w:val="2"/>')),
        tr(tc("", go_on), tc("1"), tc("2")),
        tr(tc("", '<w:vMerge w:val="continue"/>'), tc("3"), tc("4")),
        tr(tc("c"), tc("5"), tc("6"), properties='<w:gridBefore w:val="1"/>'),
    )
    document = reading(body)
    assert outline(document) == [[["a", "b"], ["1", "2"], ["3", "4"], ["c", "5", "6"]]]
    assert spans(document) == [
        [(0, 1, 3), (1, 2, 1)],
        [(1, 1, 1), (2, 1, 1)],
        [(1, 1, 1), (2, 1, 1)],
        [(1, 1, 1), (2, 1, 1), (3, 1, 1)],
    ]


def test_a_merge_that_nothing_began_is_a_cell() -> None:
    body = tbl(tr(tc("a"), tc("b")), tr(tc("c", "<w:vMerge/>"), tc("d")))
    assert outline(reading(body)) == [[["a", "b"], ["c", "d"]]]


def test_a_merge_ends_where_a_row_interrupts_it() -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(tr(tc("a", restart), tc("1")), tr(tc("b"), tc("2")), tr(tc("c", go_on), tc("3")))
    assert outline(reading(body)) == [[["a", "1"], ["b", "2"], ["c", "3"]]]


def test_horizontal_merges_of_old_files() -> None:
    body = tbl(tr(tc("a", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("b")))
    document = reading(body)
    assert outline(document) == [[["a", "b"]]]
    assert spans(document) == [[(0, 2, 1), (2, 1, 1)]]


def test_hostile_spans_are_bounded() -> None:
    document = reading(tbl(tr(tc("a", '<w:gridSpan w:val="999999999"/>'), tc("b"))))
    assert spans(document)[0][0][1] == 200


def test_lines_of_a_cell() -> None:
    two = f"<w:tc>{p('商业')}{p('')}{p('企业')}</w:tc>"
    broken = (
        "<w:tc><w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p></w:tc>"
    )
    assert outline(reading(tbl(tr(two, broken)))) == [[["商业\n企业", "甲\n乙\t丙"]]]


def test_a_line_break_parts_paragraphs() -> None:
    stops = "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
    body = f"<w:p>{stops}<w:r><w:t>一</w:t><w:br/><w:t>二</w:t></w:r></w:p>"
    assert outline(reading(body)) == ["一", "二"]


def test_nested_tables_come_in_their_place() -> None:
    cell = f"<w:tc>{p('前')}{tbl(tr(tc('1'), tc('2')))}{p('后')}</w:tc>"
    body = tbl(tr(tc("a"), tc("b")), tr(tc("签"), cell), tr(tc("c"), tc("d")))
    assert outline(reading(body)) == [[["a", "b"]], "签", "前", [["1", "2"]], "后", [["c", "d"]]]


def test_revisions_and_hidden_text() -> None:
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    body = (
        "<w:p>"
        + run.format("", "留")
        + f"<w:ins>{run.format('', '增')}</w:ins>"
        + "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{run.format('', '移')}</w:moveFrom>"
        + run.format("<w:rPr><w:vanish/></w:rPr>", "隐")
        + run.format('<w:rPr><w:vanish w:val="0"/></w:rPr>', "显")
        + run.format("<w:rPr><w:strike/></w:rPr>", "划")
        + run.format("<w:rPr><w:b/><w:dstrike w:val='true'/></w:rPr>", "划")
        + run.format('<w:rPr><w:strike w:val="0"/><w:dstrike w:val="false"/></w:rPr>', "净")
        + "</w:p>"
    )
    assert outline(reading(body)) == ["留增显净"]


def test_a_raised_number_is_a_note_and_no_digit() -> None:
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    raised = run.format('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>', "1")
    noted, alone = f"<w:p>{run.format('', '14')}{raised}</w:p>", f"<w:p>{raised}</w:p>"
    body = tbl(tr(f"<w:tc>{noted}</w:tc>", f"<w:tc>{alone}</w:tc>"))
    assert outline(reading(body)) == [[["14[1]", "1"]]]


def test_a_lowered_number_is_no_note() -> None:
    run = "<w:r>{}<w:t>{}</w:t></w:r>"
    lowered = run.format('<w:rPr><w:vertAlign w:val="subscript"/></w:rPr>', "2")
    paragraph = "<w:p><w:pPr><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:pPr>{}</w:p>"
    body = paragraph.format(run.format("", "PM") + lowered) + paragraph.format(run.format("", "1"))
    assert outline(reading(body)) == ["PM2", "1"]


def test_a_raised_number_behind_marks_and_insertions_is_a_note() -> None:
    raised = (
        '<w:ins><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r></w:ins>'
    )
    noted = f"<w:p><w:r><w:t>14</w:t></w:r><w:bookmarkStart/>{raised.format(1)}</w:p>"
    alone = f"<w:p>{raised.format(1)}{raised.format(2)}</w:p>"
    body = tbl(tr(f"<w:tc>{noted}</w:tc>", f"<w:tc>{alone}</w:tc>"))
    assert outline(reading(body)) == [[["14[1]", "12"]]]


def test_a_picture_alone_in_a_cell_is_not_blank() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    about = f'<d:docPr xmlns:d="{drawing}/wordprocessingDrawing" descr="5"/>'
    image = f'<w:r><w:drawing>{about}<a:blip xmlns:a="{drawing}/main"/></w:drawing></w:r>'
    line = f"<w:r><w:drawing>{about}</w:drawing></w:r>"
    shown = [f"<w:tc><w:p>{inside}</w:p></w:tc>" for inside in (image, line)]
    words = f"<w:tc>{p('规章')}<w:p>{image}</w:p></w:tc>"
    assert outline(reading(tbl(tr(*shown, words)))) == [[["\ufffc5\ufffc", "", "规章"]]]


def test_struck_text_is_left_out() -> None:
    run = "<w:r><w:rPr><w:{}/></w:rPr><w:t>{}</w:t></w:r>"
    runs = run.format("strike", 5) + run.format("dstrike", 6) + run.format('strike w:val="0"', 7)
    assert outline(reading(f"<w:p>{runs}</w:p>")) == ["7"]


def test_paragraphs_whose_end_was_deleted_go_on() -> None:
    ended = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
    number = "<w:tc>" + ended.format("1") + ended.format("2") + p("34") + "</w:tc>"
    body = ended.format("前") + p("后") + tbl(tr(tc("规章"), number)) + ended.format("末")
    assert outline(reading(body)) == ["前后", [["规章", "1234"]], "末"]


def test_deleted_and_hidden_rows_and_cells_are_left_out() -> None:
    body = tbl(
        tr(tc("a"), tc("9", "<w:cellDel/>"), tc("1")),
        tr(tc("b"), tc("2"), properties="<w:del/>"),
        tr(tc("b"), tc("3"), properties="<w:hidden/>"),
        tr(tc("b"), tc("4"), properties='<w:hidden w:val="0"/>'),
        tr(tc("c")),
    )
    assert outline(reading(body)) == [[["a", "1"], ["b", "4"], ["c"]]]


def test_what_a_revision_changed_is_no_span() -> None:
    old = (
        '<w:tcPrChange w:id="1"><w:tcPr><w:gridSpan w:val="3"/><w:vMerge/></w:tcPr></w:tcPrChange>'
    )
    body = tbl(tr(tc("a", old), tc("1")), tr(tc("b", old), tc("2")))
    assert spans(reading(body)) == [[(0, 1, 1), (1, 1, 1)], [(0, 1, 1), (1, 1, 1)]]


def test_signs_without_width_part_no_number() -> None:
    assert outline(reading(p("1\u00ad2\u200b\u20603"))) == ["123"]


def test_content_controls_wrap_anything() -> None:
    def sdt(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    body = sdt(p("段")) + tbl(
        sdt(tr(sdt(tc("a")), tc("b"))), tr(tc("c"), f"<w:tc>{sdt(p('d'))}</w:tc>")
    )
    assert outline(reading(body)) == ["段", [["a", "b"], ["c", "d"]]]


def test_the_prompt_of_a_control_is_no_text() -> None:
    def sdt(text: str) -> str:
        content = f"<w:sdtContent>{p(text)}</w:sdtContent>"
        return f"<w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{content}</w:sdt></w:tc>"

    texts = (
        "单击或点击此处输入文字。",
        "Click here to enter text.",
        "12",
        "点击量不断上升，共3万次",
    )
    body = tbl(tr(*map(sdt, texts)))
    assert outline(reading(body)) == [[["", "", "12", "点击量不断上升，共3万次"]]]


def test_radicals_are_the_characters_that_they_look_like() -> None:
    assert outline(reading(p("⾏政⼯作⽂件"))) == ["行政工作文件"]


def test_text_boxes_come_once() -> None:
    box = f"<w:txbxContent>{p('框')}{tbl(tr(tc('1'), tc('2')))}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>前</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>"
    )
    assert outline(reading(body)) == ["前后", "框", [["1", "2"]]]


LOOKS = (
    "<w:jc w:val='left'/>",
    "<w:pBdr><w:top w:val='single'/></w:pBdr>",
    "<w:tabs><w:tab w:val='left'/></w:tabs>",
    "<w:rPr><w:sz w:val='21'/></w:rPr>",
    "<w:pPrChange><w:pPr><w:jc w:val='left'/></w:pPr></w:pPrChange>",
)


@pytest.mark.parametrize("look", LOOKS)
def test_looks_change_nothing(look: str) -> None:
    def table(look: str) -> str:
        hidden = f"<w:r><w:rPr>{look}<w:vanish/>{look}</w:rPr><w:t>9</w:t></w:r>"
        last = f"<w:tc><w:tcPr/><w:p><w:pPr>{look}</w:pPr>{hidden}</w:p>{p('4')}</w:tc>"
        return tbl(
            tr(tc("a", f'{look}<w:vMerge w:val="restart"/>'), tc("1", look)),
            tr(tc("", f"<w:tcBorders>{look}</w:tcBorders><w:vMerge/>"), last, properties=look),
            tr(tc("b"), tc("2"), properties=f"{look}<w:del/>"),
            tr(tc("c", f'{look}<w:gridSpan w:val="2"/>{look}')),
        )

    assert spans(reading(table(look))) == spans(reading(table("")))
    assert outline(reading(table(look))) == [[["a", "1"], ["4"], ["c"]]]


def test_a_main_part_in_utf_16() -> None:
    body = p("丙") + tbl(tr(tc("a"), tc("1")))
    assert outline(reading(body, encoding="utf-16")) == ["丙", [["a", "1"]]]


def test_the_strict_variant() -> None:
    namespace = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    assert outline(reading(p("段"), namespace=namespace)) == ["段"]


def test_properties() -> None:
    core = (
        f'<cp:coreProperties xmlns:cp="{CORE}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title> 年度报告 </dc:title><dc:creator>某局</dc:creator></cp:coreProperties>"
    )
    document = reading(p("段"), core=core)
    assert document.title == "年度报告"
    assert document.meta["creator"] == "某局"
    assert reading(p("段"), core="<broken").notes == ["unreadable_properties"]


def test_a_file_written_by_another_library() -> None:
    made = docx.Document()
    made.add_paragraph("一、总体情况")
    table = made.add_table(rows=3, cols=3)
    for r in range(3):
        for c in range(3):
            table.cell(r, c).text = f"{r}{c}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "合"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "并"
    out = io.BytesIO()
    made.save(out)
    document = read(Source("x", out.getvalue()), Settings())
    assert outline(document) == ["一、总体情况", [["合", "01", "02"], ["11", "12"], ["20", "并"]]]
    assert spans(document) == [
        [(0, 1, 2), (1, 1, 1), (2, 1, 1)],
        [(1, 1, 1), (2, 1, 1)],
        [(0, 1, 1), (1, 2, 1)],
    ]


@pytest.mark.parametrize(
    "xml",
    [
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><x>&b;</x>",
        "<x>" * 300,
        "<w:document>",
        "\0",
    ],
)
def test_hostile_xml(xml: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", xml)
    with pytest.raises(SourceError) as raised:
        read(Source("x", out.getvalue()), Settings())
    assert raised.value.reason is Reason.DAMAGED


def test_a_part_that_unpacks_beyond_measure() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 20_000_000)
    with pytest.raises(SourceError) as raised:
        read(Source("x", out.getvalue()), Settings())
    assert raised.value.reason is Reason.TOO_LARGE


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not here")
def test_the_blank_template() -> None:
    path = SAMPLES / "006-blank-template-docx/source.docx"
    document = read(Source(str(path), path.read_bytes()), Settings())
    assert [len(grid.rows) for grid in document.grids] == [14, 28, 4]
    assert document.grids[1].texts[5][:2] == ["三、本年度办理结果", "（一）予以公开"]
    assert [len(row) for row in document.grids[2]] == [2, 7, 10, 15]


def test_branches_for_older_programs_wrap_blocks() -> None:
    table = tbl(tr(tc("规章"), tc("1")))
    branches = f"<mc:Choice>{table}</mc:Choice><mc:Fallback>{table}</mc:Fallback>"
    document = reading(f"<mc:AlternateContent>{branches}</mc:AlternateContent>{p('后')}")
    assert outline(document) == [[["规章", "1"]], "后"]


def test_a_number_typed_as_a_formula_is_text() -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{math}"><m:r><m:t>12</m:t></m:r></m:oMath>'
    body = tbl(tr(tc("规章"), f"<w:tc><w:p>{formula}</w:p></w:tc>"))
    assert outline(reading(body)) == [[["规章", "12"]]]


def repacked(data: bytes, names: dict[str, str], more: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(names.get(name, name), old.read(name))
        for name, text in more.items():
            new.writestr(name, text)
    return out.getvalue()


def test_paths_of_another_system() -> None:
    names = {"word/document.xml": "word\\document.xml"}
    document = read(Source("x", repacked(package(p("正文")), names, {})), Settings())
    assert outline(document) == ["正文"]


@pytest.mark.parametrize("own", ["", "前"])
@pytest.mark.parametrize("target", ["/word/page.htm", "page.htm"])
def test_pages_that_a_document_takes_in(own: str, target: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relations = f'<Relationships><Relationship Id="r" Type="{kind}" Target="{target}"/>'
    more = {
        "[Content_Types].xml": "<Types/>",
        "word/_rels/document.xml.rels": f"{relations}</Relationships>",
        "word/page.htm": "<html><body><p>正文</p><table><tr><td>规章<td>1</table></body></html>",
    }
    data = repacked(package(p(own) + '<w:altChunk r="r"/>'), {}, more)
    document = read(Source("x", data), Settings())
    assert document.format == "docx"
    assert outline(document) == [*([own] if own else []), "正文", [["规章", "1"]]]


def test_pages_that_a_main_part_with_another_name_takes_in() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relation = f'<Relationship Id="r" Type="{kind}" Target="page.htm"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        body = f"<w:body>{p('前')}<w:altChunk r='r'/></w:body>"
        file.writestr("word/document2.xml", f'<w:document xmlns:w="{W}">{body}</w:document>')
        relations = f"<Relationships>{relation}</Relationships>"
        file.writestr("word/_rels/document2.xml.rels", relations)
        file.writestr("word/page.htm", "<html><body><p>正文</p></body></html>")
    assert outline(read(Source("x", out.getvalue()), Settings())) == ["前", "正文"]


def taking_in(own: str, inner: bytes) -> bytes:
    """Return a document that takes another one in after its own text."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    relation = f'<Relationship Id="r" Type="{kind}" Target="inner.docx"/>'
    buffer = io.BytesIO(repacked(package(p(own) + '<w:altChunk r="r"/>'), {}, {}))
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>")
        file.writestr("word/inner.docx", inner)
    return buffer.getvalue()


def test_a_document_that_another_takes_in_is_read_and_one_in_it_is_named() -> None:
    document = read(Source("x", taking_in("前", package(p("正文")))), Settings())
    assert outline(document) == ["前", "正文"]
    twice = taking_in("", taking_in("前", package(p("正文"))))
    document = read(Source("x", twice), Settings())
    assert outline(document) == ["前"]
    assert document.notes == ["unread_part=inner.docx"]


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def r(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def texts(body: str) -> list[str]:
    return [paragraph.text for paragraph in reading(body).paragraphs]


def test_what_fields_inside_instructions_give_is_not_shown() -> None:
    inner = field("begin") + field("separate") + r("88") + field("end")
    outer = field("begin") + inner + field("separate") + r("12") + field("end")
    assert texts(f"<w:p>{r('共')}{outer}{r('件')}</w:p>") == ["共12件"]


def test_fields_that_do_not_end_hide_nothing() -> None:
    begun = field("begin") + field("begin") + field("separate") + r("88") + field("end")
    assert texts(f"<w:p>{begun}</w:p>{p('件')}") == ["88", "件"]
    assert texts(f"<w:p>{field('end')}{begun}</w:p>") == ["88"]


def _box(text: str) -> str:
    return f"<w:p><w:r><w:pict><w:txbxContent>{p(text)}</w:txbxContent></w:pict></w:r></w:p>"


@pytest.mark.parametrize("framed", [_box("3"), tbl(tr(tc("3"))) + p("")])
def test_a_number_in_a_frame_is_its_cells(framed: str) -> None:
    cell = f"<w:tc>{framed}</w:tc>"
    body = tbl(tr(tc("规章"), cell, tc("1")), tr(tc("总"), tc(""), cell))
    assert outline(reading(body)) == [[["规章", "3", "1"], ["总", "", "3"]]]


def test_two_numbers_in_a_cell_and_its_box_are_no_number() -> None:
    body = tbl(tr(tc("规章"), f"<w:tc>{p('1')}{_box('3')}</w:tc>"))
    assert outline(reading(body)) == [[["规章", "1\n3"]]]


def test_words_in_a_frame_lie_in_layout() -> None:
    words = _box("本机关全年没有收到申请，也没有办理。")
    body = tbl(tr(tc("左"), f"<w:tc>{words}</w:tc>"))
    assert outline(reading(body)) == ["左", "本机关全年没有收到申请，也没有办理。"]


@pytest.mark.parametrize(
    ("symbol", "shown"),
    [
        ('w:font="宋体" w:char="0035"', "5"),
        ('w:font="Symbol" w:char="F035"', "5"),
        ('w:font="Wingdings" w:char="F035"', "\ufffd"),
        ('w:font="宋体" w:char="F0A3"', "\ufffd"),
    ],
)
def test_symbols_are_read_where_all_fonts_show_the_same(symbol: str, shown: str) -> None:
    cell = f"<w:tc><w:p><w:r><w:sym {symbol}/></w:r></w:p></w:tc>"
    assert outline(reading(tbl(tr(tc("规章"), cell)))) == [[["规章", shown]]]


def test_what_a_field_draws_is_no_blank() -> None:
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{part}"/></w:r>' for part in ("begin", "end"))
    field = f"{begin}<w:r><w:instrText> eq \\o\\ac(○,5)</w:instrText></w:r>{end}"
    cell = f"<w:tc><w:p>{field}</w:p></w:tc>"
    assert outline(reading(tbl(tr(tc("规章"), cell)))) == [[["规章", "\ufffd"]]]


R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def in_parts(body: str, parts: dict[str, str]) -> Document:
    """Read a file with more parts; those named header or footer are related by their names."""
    out = io.BytesIO(package(body.replace("r:id", f'xmlns:r="{R}" r:id')))
    with zipfile.ZipFile(out, "a") as archive:
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:part xmlns:w="{W}">{inside}</w:part>')
        related = "".join(
            f'<Relationship Id="{name}" Type="{R}/{name[:6]}" Target="{name}.xml"/>'
            for name in parts
        )
        archive.writestr(
            "word/_rels/document.xml.rels", f"<Relationships>{related}</Relationships>"
        )
    return read(Source("x.docx", out.getvalue()), Settings())


def section(*names: str) -> str:
    shown = "".join(f'<w:{name[:6]}Reference r:id="{name}"/>' for name in names)
    return f"<w:p><w:pPr><w:sectPr>{shown}</w:sectPr></w:pPr></w:p>"


def of_cells(text: str, cells: int) -> str:
    return f"<w:tbl><w:tr>{f'<w:tc>{p(text)}</w:tc>' * cells}</w:tr></w:tbl>"


def test_tables_of_headers_and_footers_stand_behind_their_sections() -> None:
    parts = {
        "header1": of_cells("二", 20),
        "footer1": of_cells("三", 20),
        "header2": of_cells("二", 20),  # as header1, for the first page
        "header3": of_cells("文件", 2),
    }
    body = p("甲") + section("header3", "header1", "footer1") + p("乙") + section("header2")
    blocks = in_parts(body, parts).blocks
    assert [b.texts[0][0] if isinstance(b, Grid) else b.text for b in blocks] == [
        "甲", "二", "三", "乙",
    ]  # fmt: skip


def test_a_title_in_a_header() -> None:
    title = "某县2023年政府信息公开工作年度报告"
    document = in_parts(p("甲") + section("header1"), {"header1": p("某县文件") + p(title)})
    assert (document.title, len(document.blocks)) == (title, 1)


LIST = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/>'
    '</w:lvl><w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="·"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="11"/></w:lvlOverride></w:num>'
)


def listed(text: str, number: int = 1, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text).replace("<w:p>", f"<w:p><w:pPr>{place}</w:pPr>", 1)


def test_numbers_that_word_counts() -> None:
    body = "".join(
        (
            listed("总体情况"), listed("甲", 1, 1), listed("0", 1, 1), listed("乙", 1, 2),
            listed("申请情况", 2), listed("丙", 2, 1), listed("其他", 3), listed("无", 0),
            listed("无", 99), p("末"),
        )
    )  # fmt: skip
    cells = f"<w:tc>{listed('5')}</w:tc><w:tc>{listed('')}</w:tc>"
    body += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    *lines, table = in_parts(body, {"numbering": LIST}).blocks
    assert [line.text for line in lines if not isinstance(line, Grid)] == [
        "一、总体情况", "1. 甲", "2. 0", "乙", "二、申请情况", "1. 丙", "十一、其他",
        "无", "无", "末",
    ]  # fmt: skip
    assert isinstance(table, Grid)
    assert table.texts == [["5", ""]]


def test_numbers_in_circles_and_what_is_counted_in_another_way() -> None:
    circled = LIST.replace("decimal", "decimalEnclosedCircle").replace("%2.", "%2")
    roman = LIST.replace("decimal", "upperRoman")
    body = listed("甲") + listed("乙", 1, 1) + listed("丙", 1, 1) + listed("丁", 1, 7)
    for numbering, lines in (
        (circled, ["一、甲", "①乙", "②丙", "丁"]),
        (roman, ["一、甲", "乙", "丙", "丁"]),
    ):
        document = in_parts(body, {"numbering": numbering})
        assert [line.text for line in document.paragraphs] == lines


def test_numbers_by_style() -> None:
    out = io.BytesIO(
        package(
            p("甲").replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>') * 2,
            styles='<w:style w:styleId="a"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
            "</w:style>",
        )
    )
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/numbering.xml", f'<w:numbering xmlns:w="{W}">{LIST}</w:numbering>')
    document = read(Source("x.docx", out.getvalue()), Settings())
    assert [line.text for line in document.paragraphs] == ["一、甲", "二、甲"]


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def white(text: str) -> str:
    look = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    return f"<w:p><w:r>{look}<w:t>{text}</w:t></w:r></w:p>"


def test_white_digits_are_unreadable_unless_their_cell_is_coloured() -> None:
    dark = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    body = tbl(
        tr(
            f"<w:tc>{white('12')}</w:tc>",
            f"<w:tc><w:tcPr>{dark}</w:tcPr>{white('12')}</w:tc>",
            f"<w:tc>{white('规章')}</w:tc>",
            tc("12", '<w:shd w:val="clear" w:fill="FFFFFF"/>'),
        )
    )
    assert outline(reading(body)) == [[["\ufffd", "12", "规章", "12"]]]


def test_fractions_and_powers_are_no_numbers() -> None:
    run = "<m:r><m:t>{}</m:t></m:r>"
    half = f"<m:f><m:num>{run.format(1)}</m:num><m:den>{run.format(2)}</m:den></m:f>"
    cell = f'<w:tc><w:p><m:oMath xmlns:m="{MATH}">{{}}</m:oMath></w:p></w:tc>'
    body = tbl(tr(cell.format(half), cell.format(run.format(12))))
    assert outline(reading(body)) == [[["\ufffd", "12"]]]


def test_the_chosen_entry_of_a_list_is_shown() -> None:
    entries = "".join(f'<w:listEntry w:val="{n}"/>' for n in (7, 8))
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{}</w:ddList></w:ffData>'
        "</w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    cells = [
        f"<w:tc><w:p>{field.format(chosen + entries)}</w:p></w:tc>"
        for chosen in ("", '<w:result w:val="1"/>', '<w:result w:val="5"/>')
    ]
    assert outline(reading(tbl(tr(*cells)))) == [[["7", "8", ""]]]

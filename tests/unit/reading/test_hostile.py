"""Sources that would take time or memory without end: read to the end, or refused.

Each was found to grow with the square of its size, or past any bound; the sizes here would not end.
"""

from __future__ import annotations

import base64
import io
import json
import zipfile
import zlib

import pytest

from gongkai.errors import Reason, SourceError
from gongkai.reading import Document, Grid, Source, read
from gongkai.reading.embedded import held
from gongkai.reading.html import read_html, tags
from gongkai.settings import Settings
from gongkai.tables.cells import read_cells
from gongkai.tables.text import normalise

MANY = 20_000
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ROOT = (
    f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:draw="{ODF}:drawing:1.0" '
    f'xmlns:table="{ODF}:table:1.0" xmlns:style="{ODF}:style:1.0"'
)
RAISED = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r>"


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def reading(name: str, data: str | bytes) -> Document:
    return read(Source(name, data.encode() if isinstance(data, str) else data), Settings())


def word(body: str, styles: str = "") -> Document:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles>{styles}</w:styles>")
        root = f"w:document xmlns:w='{W}' xmlns:mc='{MC}'"
        archive.writestr("word/document.xml", f"<{root}><w:body>{body}</w:body></w:document>")
    return reading("x.docx", out.getvalue())


def word_2003(body: str) -> str:
    return f"<w:wordDocument xmlns:w='{W_2003}'><w:body>{body}</w:body></w:wordDocument>"


def open_text(body: str) -> str:
    return (
        f"<office:document {ROOT}><office:automatic-styles><style:style style:name='S'>"
        "<style:text-properties style:text-position='super 58%'/></style:style>"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document>"
    )


def refused(name: str, data: str | bytes) -> SourceError:
    with pytest.raises(SourceError) as raised:
        reading(name, data)
    return raised.value


# pages


@pytest.mark.parametrize("blank", ["", " ", "x"])
def test_raised_texts_without_a_number(blank: str) -> None:
    page = f"<p>甲{f'<sup>{blank}</sup>' * MANY}5<sup>1</sup></p>"
    (text,) = outline(read_html(page))
    assert isinstance(text, str)
    assert text.endswith("5[1]")


@pytest.mark.parametrize("name", ["keygen", "bgsound", "basefont"])
def test_hidden_elements_without_an_end(name: str) -> None:
    # The stray cell makes a parser repair the page, which gives them no end.
    page = f"<p>甲</p>{f'<{name} hidden></{name}>' * MANY}<table><td>1<td>2</table>"
    assert outline(read_html(page)) == ["甲", [["1", "2"]]]


@pytest.mark.parametrize("unseen", ["<script></SCRIPT>", "<!-- --!>", "<style></style >"])
def test_what_is_not_shown_with_an_end_of_another_kind(unseen: str) -> None:
    assert outline(read_html(f"<p>甲</p>{unseen * MANY}<p>乙</p>")) == ["甲", "乙"]


def test_a_style_of_one_word() -> None:
    style = "text-decoration:" * MANY
    assert outline(read_html(f"<p class=super style='{style}'>甲</p>")) == ["甲"]


def test_a_row_of_blanks() -> None:
    head = "<tr><td>信息内容<td>本年制发件数<td>本年废止件数<td>现行有效件数"
    row = f"<tr><td>规章{'<td>' * MANY}<tr><td>行政规范性文件<td>1<td>2<td>3"
    (grid,) = read_html(f"<table>{head}{row}</table>").grids
    found = read_cells([grid])
    assert found is not None
    assert found.cells.values["proactive.normative_documents.issued"] == 1
    assert "proactive.rules.issued" not in found.cells.values


def test_a_row_of_heads_of_table_two() -> None:
    (grid,) = read_html(f"<table><tr>{'<td>信息内容' * MANY}<tr><td>规章<td>1</table>").grids
    found = read_cells([grid])
    assert found is None or not found.cells.values


def test_lists_in_lists_in_lists() -> None:
    page = ("<ul>" * 150 + "</ul>" * 150) * 100 + "<p>甲</p>"
    assert outline(read_html(page)) == ["甲"]


def test_a_menu_after_nested_lists_is_one_paragraph() -> None:
    items = "<li><a href='/'>政务</a></li>" * 9
    page = f"<ul><li>{f'<ul>{items}</ul>'}</ul><p>甲</p>"
    assert outline(read_html(page)) == [" ".join(["政务"] * 9), "甲"]


def test_listings_in_listings() -> None:
    page = "<listing>" * 1500 + "甲\n乙" * 10_000 + "</listing>" * 1500
    assert outline(read_html(page))[:2] == ["甲", "乙甲"]


def test_thousands_of_elements_of_raw_text() -> None:
    assert refused("x.html", "<html><xmp>甲</xmp>" * MANY).reason is Reason.DAMAGED
    assert outline(read_html("<xmp>甲<b></xmp><xmp>乙</xmp>")) == ["甲<b>", "乙"]


def test_long_tags_are_not_remembered() -> None:
    known = tags._codes  # noqa: SLF001
    picture = f"img src='data:image/png;base64,{'A' * 5000}'"
    read_html(f"<p>甲<{picture}></p>")
    assert picture not in known
    assert "p" in known


def test_tags_are_forgotten_when_there_are_too_many() -> None:
    known = tags._codes  # noqa: SLF001
    read_html("".join(f"<p id={n}>甲</p>" for n in range(25_000)))
    assert len(known) < 25_000


# text


def test_no_character_reference_stands_for_a_table() -> None:
    table = "<table><tr><td>规章</td><td>1</td></tr></table>"
    document = reading("1.md", f"# 题\n&#xE000;7\n&#57344;x\n{table}\n")
    assert outline(document) == ["题", "7", "x", [["规章", "1"]]]


@pytest.mark.parametrize("line", ["|--{}x", "--{}x|", "|--{}|x", "|:-{}--"])
def test_blanks_in_a_line_of_dashes(line: str) -> None:
    text = line.format(" " * MANY)
    assert len(reading("1.txt", f"甲|1\n{text}\n").grids) == 1


def test_a_line_of_enumerators() -> None:
    assert normalise("一、" * 200_000 + "规章") == "规章"


@pytest.mark.parametrize("blank", [" ", "\t"])
def test_blanks_before_dashes_that_never_come(blank: str) -> None:
    text = f"甲\n{blank * 200_000}乙\n<table><tr><td>1</table>\n"
    assert outline(reading("1.md", text)) == ["甲", "乙", "1"]


@pytest.mark.parametrize("line", [" " * 385 + "x,,,,,,", "、" * 6 + " " * 385 + "x"])
def test_blanks_in_lists_of_values(line: str) -> None:
    assert len(reading("1.txt", f"{line}\n" * 5000).blocks) == 5000


@pytest.mark.parametrize(
    "text", ["1 " * 200_000, "｜1" * 400_000, f"{'1,' * 150}1\n" * 3000, "- " * 200_000]
)
def test_more_cells_than_any_report(text: str) -> None:
    assert refused("1.txt", text).reason is Reason.DAMAGED


def test_lines_of_dashes_above_lines_that_fit_below_them() -> None:
    rulers, rows = "==== " * 200, "aa规规 " * 120
    text = f"{rulers}\n" * 300 + f"{rows}\n" * 399 + "x" * 2000
    assert not reading("1.txt", text).grids


# Word and OpenDocument


def test_fields_in_fields_in_fields() -> None:
    run = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    fields = (run.format("begin") + run.format("separate")) * MANY
    body = f"<w:p>{fields}{'<w:r><w:t>1</w:t></w:r>' * MANY}{run.format('end') * MANY}</w:p>"
    assert outline(reading("x.xml", word_2003(body))) == ["1" * MANY]


@pytest.mark.parametrize("start", ["<w:rPrChange>", "<w:rPrChange ", "<w:tcPrChange a='/'>"])
def test_changes_without_an_end(start: str) -> None:
    assert refused("x.xml", word_2003(start * MANY)).reason is Reason.DAMAGED


@pytest.mark.parametrize("start", ["<w:binData ", "<w:binData>", "<pkg:binaryData "])
def test_pictures_without_an_end(start: str) -> None:
    assert refused("x.xml", word_2003(start * MANY)).reason is Reason.DAMAGED


def test_blanks_in_a_file_without_a_declaration() -> None:
    text = f"<w:p><w:r><w:t>甲</w:t></w:r></w:p>{' ' * 1_000_000}"
    assert outline(reading("x.xml", word_2003(text))) == ["甲"]


def test_raised_numbers_alone_in_a_paragraph() -> None:
    raised = RAISED * 8000
    (alone,) = outline(word(f"<w:p>{raised}</w:p>"))
    assert alone == "1" * 8000
    (after,) = outline(word(f"<w:p><w:r><w:t>5</w:t></w:r>{raised}</w:p>"))
    assert after == "5" + "[1]" * 8000


def test_text_that_is_deleted_makes_no_note_of_a_raised_number() -> None:
    deleted = "<w:del><w:r><w:t>甲</w:t></w:r></w:del>"
    assert outline(word(f"<w:p>{RAISED}{deleted}{RAISED}</w:p>")) == ["11"]


HIDING = '<w:style w:type="character" w:styleId="{}"><w:rPr><w:vanish/></w:rPr></w:style>'
USED = '<w:rStyle w:val="a"/>'


def test_styles_that_do_not_end() -> None:
    text = "<w:p><w:r><w:t>甲</w:t></w:r></w:p>"
    assert outline(word(text, "<w:vanish/>" + "<w:style><w:rPr>" * MANY)) == ["甲"]
    hidden = f"<w:p><w:r><w:rPr>{USED}</w:rPr><w:t>乙</w:t></w:r></w:p>"
    body = f"{text}<w:x>{USED * MANY}</w:x>{hidden}"
    assert outline(word(body, HIDING.format("a"))) == ["甲"]


def test_thousands_of_styles() -> None:
    runs = '<w:r><w:rPr><w:rStyle w:val="a7"/></w:rPr><w:t>乙</w:t></w:r>' * 5000
    styles = "".join(HIDING.format(f"a{n}") for n in range(5000))
    assert outline(word(f"<w:p><w:r><w:t>甲</w:t></w:r>{runs}</w:p>", styles)) == ["甲"]


def test_text_boxes_beside_text_boxes() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>"
    inner = "<w:txbxContent><w:p><w:r><w:txbxContent/></w:r></w:p></w:txbxContent>" * 5000
    assert outline(word(f"<w:p><w:r>{box.format(1)}{inner}{box.format(2)}</w:r></w:p>")) == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("name", ["w:txbxContent", "mc:AlternateContent"])
def test_what_is_nested_deep_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="nested"):
        word(f"<w:p>{f'<{name}>' * 60}{f'</{name}>' * 60}</w:p>")


def test_insertions_in_insertions() -> None:
    body = "<w:ins>" * 200 + "<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 100 + "</w:ins>" * 200
    assert outline(word(body)) == ["甲"] * 100


@pytest.mark.parametrize(
    "row",
    [
        "<table:table-row>{}</table:table-row>".format(
            "<table:table-cell table:number-columns-repeated='200'/>" * 2000
        ),
        "<table:table-row table:number-rows-repeated='200'/>" * 2000,
        "<table:table-row table:number-rows-repeated='200'><table:table-cell "
        "table:number-columns-repeated='200'/></table:table-row>" * 10,
    ],
)
def test_cells_that_repeat_are_counted(row: str) -> None:
    error = refused("x.fodt", open_text(f"<table:table>{row}</table:table>"))
    assert "cells" in error.message


@pytest.mark.parametrize("before", ["", "<text:s/>", "<text:s/><text:s/>甲"])
def test_raised_numbers_of_opendocument(before: str) -> None:
    raised = f"{before.replace('甲', '')}<text:span text:style-name='S'>1</text:span>"
    body = f"<text:p>{before}{raised * 8000}</text:p>"
    (text,) = outline(reading("x.fodt", open_text(body)))
    assert isinstance(text, str)
    assert text.split("1")[0].strip() == ("甲  [" if "甲" in before else "")
    assert text.count("[1]") == (8000 if "甲" in before else 7999)


# packed strings


def test_strings_that_unpack_to_more_than_any_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_MAX_HELD", 1_000_000)
    bomb = base64.b64encode(zlib.compress(b"<p>" + b"a" * 400_000)).decode()
    assert len(reading("x.json", json.dumps([bomb, bomb])).blocks) == 1
    error = refused("x.json", json.dumps([bomb] * 3))
    assert error.reason is Reason.DAMAGED
    assert "packed" in error.message


@pytest.mark.parametrize("start", ["<script ", "<script type=", "<textarea "])
def test_hidden_pages_that_do_not_end(start: str) -> None:
    page = f"<html><body><p>甲</p>&lt;table {start * MANY}"
    assert refused("x", page).reason is Reason.DAMAGED


def test_tables_in_a_script_that_do_not_end() -> None:
    script = f"var a='<p>';x('{'<table ' * MANY}')"
    assert refused("x.js", script).reason is Reason.DAMAGED


def test_a_sheet_of_many_rules_for_many_classes() -> None:
    rules = (
        f".a{n}{{display:none}}.a{n}.b{n}{{display:block}}.c{n}{{color:#fff}}.c{n}.d{n}{{color:red}}"
        for n in range(MANY // 4)
    )
    cells = "".join(f"<tr><td class='a{n} c{n}'>1<td class='a{n} b{n}'>2" for n in range(MANY // 4))
    page = read_html(f"<style>{''.join(rules)}</style><table>{cells}</table>")
    assert len(page.grids[0].rows) == MANY // 4


@pytest.mark.parametrize("piece", ["color:#fff ", "/* "])
def test_sheets_of_what_is_no_rule(piece: str) -> None:
    style = f".a{{display:none}}{piece * MANY * 10}"
    assert outline(read_html(f"<style>{style}</style><p class=a>甲<p>乙")) == ["乙"]


@pytest.mark.parametrize(
    "piece", ["margin: ", "color:rgb(", "left:", "transform: translate(", "text-decoration:a "]
)
def test_an_element_with_an_endless_style(piece: str) -> None:
    page = f"<table><tr><td><span style='{piece * MANY}'>1</span></td><td>2</td></tr></table>"
    assert outline(read_html(page)) == [[["1", "2"]]]


def test_a_comment_that_does_not_end_holds_the_rest_of_a_sheet() -> None:
    page = "<style>.a{display:none}/* .b{display:none}</style><p class=a>甲<p class=b>乙"
    assert outline(read_html(page)) == ["乙"]


@pytest.mark.parametrize(
    "rule", [".c{display:none}.c.d{n}{display:block}", ".c{color:#fff}.c.d{n}{color:red}"]
)
def test_many_rules_for_elements_of_one_class(rule: str) -> None:
    count = MANY // 4
    rules = "".join(rule.replace("{n}", str(n)) for n in range(count))
    cells = "".join(f"<tr><td class='c e{n}'>1<td class='c d{n}'>2" for n in range(count))
    page = read_html(f"<style>{rules}</style><table>{cells}</table>")
    assert page.grids[0].rows[-1][-1].text == "2"


def test_many_tables_of_white_digits() -> None:
    table = "<div><table><tr><td style='color:#fff'>1<td>2<td>3</table></div>"
    assert len(read_html(table * (MANY // 4)).grids) == MANY // 4


@pytest.mark.parametrize("tag", ["small", "a href='#f1'"])
def test_marks_of_notes_in_each_other(tag: str) -> None:
    assert read_html(f"<table><tr><td>a<td>{f'<{tag}>1' * 3000}</table>").blocks


@pytest.mark.parametrize("rule", [".c1.d{n}{display:none}", "td b[data-e{n}]{display:none}"])
def test_many_rules_that_may_hide_elements(rule: str) -> None:
    rules = "".join(rule.replace("{n}", str(n)) for n in range(MANY // 4))
    cells = "".join(f"<tr><td>1<b class='c1 x{n}'>2</b>" for n in range(MANY // 4))
    page = read_html(f"<style>{rules}</style><table>{cells}</table>")
    assert page.grids[0].rows[-1][-1].text == "12"


@pytest.mark.parametrize(
    "nested", ["<i>1" * MANY, "<i>1</i>" * MANY, "<i>" * MANY + "1</i>" * MANY]
)
def test_many_elements_that_are_told_apart(nested: str) -> None:
    assert read_html(f"<table><tr><td>a<td>{nested}</table>").blocks

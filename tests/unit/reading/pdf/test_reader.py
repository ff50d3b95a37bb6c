"""PDF: ruled tables keep their cells, lines their order; scans are refused."""

import io
import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdfium2 import PdfDocument, raw
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.errors import Reason, SourceError
from gongkai.reading import Document, Grid, Source, read
from gongkai.reading.document import GridCell, Place
from gongkai.reading.pdf import pdfium
from gongkai.reading.pdf.drawn import Char
from gongkai.reading.pdf.lines import cell_text, lines_of
from gongkai.reading.pdf.torn_rows import mend_torn_rows
from gongkai.settings import Settings

SAMPLES = Path(__file__).parents[4].parent / "shared/samples"
FONT = "STSong-Light"
X, Y, WIDTH, HEIGHT = 60, 700, 80, 24


class Page:
    """A PDF in the making; rows and columns count from the upper left."""

    def __init__(self, **details: object) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=A4, **details)
        self.canvas.setFont(FONT, 12)

    def text(self, x: float, y: float, text: str) -> None:
        self.canvas.drawString(x, y, text)

    def cell(self, row: float, column: float, text: str) -> None:
        self.text(X + column * WIDTH + 4, Y - row * HEIGHT - 16, text)

    def rule(self, row: float, column: float, to_row: float, to_column: float) -> None:
        self.canvas.line(
            X + column * WIDTH, Y - row * HEIGHT, X + to_column * WIDTH, Y - to_row * HEIGHT
        )

    def grid(self, rows: int, columns: int) -> None:
        for row in range(rows + 1):
            self.rule(row, 0, row, columns)
        for column in range(columns + 1):
            self.rule(0, column, rows, column)

    def next(self) -> None:
        self.canvas.showPage()
        self.canvas.setFont(FONT, 12)

    def read(self) -> Document:
        self.canvas.save()
        return read(Source("x.pdf", self.out.getvalue()), Settings())


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def test_a_ruled_table_between_lines() -> None:
    page = Page()
    page.text(60, 740, "二、主动公开政府信息情况")
    page.grid(2, 3)
    for column, text in enumerate(("规章", "1", "0")):
        page.cell(0, column, text)
        page.cell(1, column, text * 2)
    page.text(60, 600, "三、收到和处理")
    document = page.read()
    assert outline(document) == [
        "二、主动公开政府信息情况",
        [["规章", "1", "0"], ["规章规章", "11", "00"]],
        "三、收到和处理",
    ]
    assert str(document.grids[0].at(1, 2)) == "page 1, table 1, row 2, cell 3"


def test_merged_cells_are_no_cells() -> None:
    page = Page()
    for row, columns in ((0, (0, 3)), (1, (1, 3)), (2, (1, 3)), (3, (0, 3))):
        page.rule(row, columns[0], row, columns[1])
    for column, rows in ((0, (0, 3)), (1, (0, 3)), (2, (1, 3)), (3, (0, 3))):
        page.rule(rows[0], column, rows[1], column)
    page.cell(1, 0, "竖")
    page.cell(0, 1.4, "横")
    for row in (1, 2):
        for column in (1, 2):
            page.cell(row, column, f"{row}{column}")
    document = page.read()
    assert outline(document) == [[["竖", "横"], ["11", "12"], ["21", "22"]]]
    assert [[c.rowspan for c in row] for row in document.grids[0]] == [[3, 1], [1, 1], [1, 1]]


def test_blank_cells_stay() -> None:
    page = Page()
    page.grid(2, 2)
    page.cell(0, 0, "规章")
    page.cell(1, 1, "0")
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["规章", ""], ["", "0"]]


def test_a_table_open_at_its_sides() -> None:
    page = Page()
    for row in range(3):
        page.rule(row, 0, row, 3)
    for column in (1, 2):
        page.rule(0, column, 2, column)
    for row in range(2):
        for column in range(3):
            page.cell(row, column, f"{row}{column}")
    assert outline(page.read()) == [[["00", "01", "02"], ["10", "11", "12"]]]


def test_tables_over_a_page_break_and_page_numbers() -> None:
    page = Page()
    for number in (1, 2):
        page.grid(1, 2)
        page.cell(0, 0, "规章")
        page.cell(0, 1, str(number))
        page.text(290, 40, f"- {number} -")
        page.next()
    document = page.read()
    assert outline(document) == [[["规章", "1"]], [["规章", "2"]]]
    assert [block.place.page for block in document.blocks] == [1, 2]


def test_running_heads_and_feet_are_no_text() -> None:
    page = Page()
    for number in (1, 2, 3):
        page.text(60, 800, "东山县水务局政府信息公开年报")
        page.text(60, 780, f"这一行有{number * 10}个字。")
        page.text(60, 60, f"脚注{'甲乙丙'[number - 1]}")
        page.text(280, 40, f"第 {number} 页 共 3 页")
        page.next()
    document = page.read()
    assert outline(document) == [
        text for n in (1, 2, 3) for text in (f"这一行有{n * 10}个字。", f"脚注{'甲乙丙'[n - 1]}")
    ]
    assert document.meta["running_head"] == "东山县水务局政府信息公开年报"


def test_a_sentence_at_the_top_of_pages_is_no_running_head() -> None:
    page = Page()
    for number in (1, 2, 3):
        page.text(60, 780, "注：以上数据截至当年年底。" if number > 1 else "第一页")
        page.text(60, 700, f"正文{'甲乙丙'[number - 1]}")
        page.next()
    assert outline(page.read()).count("注：以上数据截至当年年底。") == 2


def test_an_address_and_the_count_of_pages_are_a_foot() -> None:
    page = Page()
    for number in range(1, 4):
        page.text(60, 700, f"正文{'甲乙丙'[number - 1]}")
        page.text(60, 20, f"http://a.gov.cn/8/t20.html  {number}/3")
        if number < 3:
            page.next()
    assert outline(page.read()) == ["正文甲", "正文乙", "正文丙"]


def test_a_head_of_two_pages_and_numbers_in_one_place() -> None:
    page = Page()
    for text in ("甲", "乙"):
        page.text(60, 800, "东山县水务局政府信息公开年报")
        page.text(60, 700, f"{text}页的文字足够长，它让页面看起来不是扫描件。")
        page.text(280, 40, "0")
        page.next()
    assert outline(page.read()) == [
        line
        for text in "甲乙"
        for line in (f"{text}页的文字足够长，它让页面看起来不是扫描件。", "0")
    ]


def test_two_counts_of_pages_are_no_text() -> None:
    page = Page()
    for number in range(1, 4):
        page.text(60, 700, f"{'甲乙丙'[number - 1]}页的文字足够长，它让页面看起来不是扫描件。")
        page.text(280, 40, f"- {number} -")
        page.text(280, 20, str(16 + number))
        page.next()
    assert len(outline(page.read())) == 3


def test_the_repeated_head_of_a_table_is_no_row() -> None:
    page = Page()
    for rows in (
        (("信息内容", "数量"), ("规章", "1"), ("行政许可", "2")),
        (
            ("信息内容", "数量"),
            ("行政处罚", "3"),
        ),
    ):
        page.grid(len(rows), 2)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                page.cell(row, column, text)
        page.next()
    first, second = page.read().grids
    assert len(first.rows) == 3
    assert second.texts == [["行政处罚", "3"]]
    assert str(second.at(0, 1)) == "page 2, table 2, row 2, cell 2"


def test_numbers_that_do_not_count_the_pages_stay() -> None:
    page = Page()
    for number in (5, 9):
        page.text(60, 700, f"这是第{number}行足够长的文字，它让页面看起来不是扫描件。")
        page.text(280, 40, str(number))
        page.next()
    assert outline(page.read())[1::2] == ["5", "9"]


def test_lines_of_a_cell_and_stacked_characters() -> None:
    page = Page()
    page.grid(1, 2)
    page.text(X + 4, Y - 10, "社会公益")
    page.text(X + 4, Y - 22, "组织")
    for index, character in enumerate("本年"):
        page.text(X + WIDTH + 4, Y - 10 - 12 * index, character)
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["社会公益\n组织", "本\n年"]]


@pytest.mark.parametrize("turn", [90, 270])
def test_turned_labels(turn: int) -> None:
    page = Page()
    for row, column in ((0, 0), (1, 1), (2, 1), (3, 0)):
        page.rule(row, column, row, 2)
    for column in range(3):
        page.rule(0, column, 3, column)
    for row in range(3):
        page.cell(row, 1, f"结果{row}")
    page.canvas.saveState()
    page.canvas.translate(X + 30, Y - (60 if turn == 90 else 10))
    page.canvas.rotate(turn)
    page.canvas.drawString(0, 0, "本年度")
    page.canvas.restoreState()
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["本年度", "结果0"], ["结果1"], ["结果2"]]


@pytest.mark.parametrize("said", [True, False])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_pages(turn: int, said: bool) -> None:  # noqa: FBT001 - a parameter of the test
    page = Page()
    page.canvas.setPageRotation(turn if said else 0)
    width, height = A4
    page.canvas.translate(
        *{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[turn]
    )
    page.canvas.rotate(turn)
    page.canvas.setFont(FONT, 12)
    for row in range(3):
        page.canvas.line(60, 500 - row * 24, 300, 500 - row * 24)
    for column in range(3):
        page.canvas.line(60 + column * 120, 500, 60 + column * 120, 452)
    for row in range(2):
        for column in range(2):
            page.text(64 + column * 120, 484 - row * 24, f"行{row}列{column}")
    page.text(60, 540, "题目在表格之前")
    assert outline(page.read()) == [
        "题目在表格之前",
        [["行0列0", "行0列1"], ["行1列0", "行1列1"]],
    ]


def test_rules_drawn_as_thin_rectangles() -> None:
    page = Page()
    for row in range(3):
        page.canvas.rect(60, 600 - row * 24, 240, 0.7, stroke=0, fill=1)
    for column in range(3):
        page.canvas.rect(60 + column * 120, 552, 0.7, 48, stroke=0, fill=1)
    for row in range(2):
        for column in range(2):
            page.text(64 + column * 120, 584 - row * 24, f"行{row}列{column}")
    assert outline(page.read()) == [[["行0列0", "行0列1"], ["行1列0", "行1列1"]]]


@pytest.mark.parametrize("gap", [1.5, 2.4])
def test_double_rules_are_no_columns(gap: float) -> None:
    page = Page()
    for row in range(2):
        for column in range(3):
            for inset in (0, gap):
                x, y = X + column * WIDTH + inset, Y - (row + 1) * HEIGHT + inset
                page.canvas.rect(x, y, WIDTH - 2 * inset, HEIGHT - 2 * inset)
    for column, text in enumerate(("规章", "", "1")):
        page.cell(0, column, text)
        page.cell(1, column, text * 2)
    assert outline(page.read()) == [[["规章", "", "1"], ["规章规章", "", "11"]]]


def test_coloured_bars_behind_text_are_no_table() -> None:
    page = Page()
    page.canvas.setFillGray(0.9)
    page.canvas.rect(50, 690, 400, 30, stroke=0, fill=1)
    page.canvas.setFillGray(0)
    page.text(60, 700, "一、总体情况以及其他需要报告的事项和说明")
    assert outline(page.read()) == ["一、总体情况以及其他需要报告的事项和说明"]


def test_columns_without_rules_stay_apart() -> None:
    page = Page()
    for index, text in enumerate(("行政许可", "12", "0", "345")):
        page.text(60 + index * 90, 700, text)
    page.text(60, 660, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == "行政许可  12  0  345"


def test_wrapped_lines_are_joined_and_paragraphs_are_not() -> None:
    page = Page()
    line = "政府信息公开工作年度报告的正文写满了整整一行文字"
    page.text(84, 700, line)
    page.text(60, 680, line + "两字")
    page.text(60, 660, "短行。")
    page.text(84, 640, line)
    page.text(60, 620, "　　另起一段。")
    assert outline(page.read()) == [line + line + "两字短行。", line, "另起一段。"]


def test_a_line_of_its_own_is_not_joined_to_the_next() -> None:
    page = Page()
    page.text(84, 700, "政府信息公开工作年度报告的正文写满了整整一行文字")
    page.text(60, 680, "两字。")
    page.grid(0, 5)
    page.rule(0, 0, 1, 0)
    page.next()
    page.text(84, 700, "二、主动公开政府信息情况")
    page.text(84, 680, "全年公开文件三件。")
    assert outline(page.read())[-2:] == ["二、主动公开政府信息情况", "全年公开文件三件。"]


def test_few_lines_beside_a_wide_table_are_paragraphs() -> None:
    page = Page()
    page.grid(2, 4)
    for row in range(2):
        for column in range(4):
            page.cell(row, column, str(column))
    page.text(60, 640, "四、政府信息公开行政复议、行政诉讼情况")
    page.text(60, 620, "本年度未被申请行政复议也未被提起诉讼。")
    assert outline(page.read())[1:] == [
        "四、政府信息公开行政复议、行政诉讼情况",
        "本年度未被申请行政复议也未被提起诉讼。",
    ]


def test_letter_spacing_parts_no_words_and_no_numbers() -> None:
    page = Page()
    text = page.canvas.beginText(60, 740)
    text.setFont(FONT, 12)
    text.setCharSpace(4)
    text.textOut("主动公开政府信息情况")
    page.canvas.drawText(text)
    page.grid(1, 2)
    for column, words in enumerate(("行政许可", "125")):
        text = page.canvas.beginText(X + column * WIDTH + 4, Y - 16)
        text.setFont(FONT, 12)
        text.setCharSpace(4)
        text.textOut(words)
        page.canvas.drawText(text)
    assert outline(page.read()) == ["主动公开政府信息情况", [["行政许可", "125"]]]


def test_a_table_may_be_set_wider_than_the_text() -> None:
    page = Page()
    page.text(60, 740, "二、主动公开政府信息情况")
    page.grid(2, 2)
    for row, texts in enumerate((("行政规范性", "120"), ("规章", "15"))):
        for column, text in enumerate(texts):
            line = page.canvas.beginText(X + column * WIDTH + 4, Y - row * HEIGHT - 16)
            line.setCharSpace(4)
            line.textOut(text)
            page.canvas.drawText(line)
    assert page.read().grids[0].texts == [["行政规范性", "120"], ["规章", "15"]]


def test_stacked_words_of_narrow_columns_stay_apart() -> None:
    page = Page()
    for index, text in enumerate("结其尚总"):
        page.text(60 + index * 40, 700, text)
    page.text(60, 660, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == "结  其  尚  总"


def test_boxes_of_ink_alone_part_no_words() -> None:
    row = [
        Char(text, x - width / 2, 0, x + width / 2, 12, upright=True)
        for text, x, width in (
            ("工", 6, 12),
            ("作", 18, 12),
            ("日", 30, 7),
            ("目", 42, 7),
            ("前", 54, 12),
        )
    ]
    assert [line.text for line in lines_of(row)] == ["工作日目前"]


def test_oblique_text_is_a_watermark_and_slanted_text_is_not() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 1, "0")
    page.canvas.saveState()
    page.canvas.translate(X + 10, Y - 20)
    page.canvas.rotate(45)
    page.canvas.drawString(0, 0, "内部资料")
    page.canvas.restoreState()
    page.canvas.saveState()
    page.canvas.transform(1, 0, 0.33, 1, X + 4, Y - 16)
    page.canvas.drawString(0, 0, "规章")
    page.canvas.restoreState()
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["规章", "0"]]


def test_a_number_that_fills_its_cell_goes_on_below() -> None:
    page = Page()
    page.grid(2, 3)
    for column, lines in enumerate((("1234567890123"[:12], "345"), ("12", "345"), ("1", "2"))):
        for row, text in enumerate(lines):
            page.text(X + column * WIDTH + 4, Y - 10 - 12 * row, text)
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["123456789012345", "12\n345", "1\n2"], ["", "", ""]]


@pytest.mark.parametrize(("width", "text"), [(28, "５６３"), (48, "５\n６\n３")])
def test_wide_digits_go_on_below_where_one_alone_has_room(width: float, text: str) -> None:
    chars = [
        Char(digit, 4, 12 * n, 13, 12 * n + 10, upright=True) for n, digit in enumerate("５６３")
    ]
    assert cell_text(chars, width) == text


def test_a_date_cut_at_the_margin_goes_on_in_the_next_line() -> None:
    page = Page()
    line = "索引号：A1/2023-00045 发布机构：甲市乙县人民政府办公室 发布日期：2023-02-"
    page.text(60, 700, line)
    page.text(60, 680, "19")
    page.text(60, 660, "本年度报告由办公室编制。")
    assert outline(page.read())[0] == line + "19"


def test_a_sheet_of_two_pages_is_read_left_then_right() -> None:
    page = Page()
    page.canvas.setPageSize((1191, 842))
    for x, side in ((60, "左"), (660, "右")):
        page.text(x, 760, f"{side}页第一行文字写在这里，它让页面有足够的文字。")
        page.canvas.grid([x, x + 200, x + 400], [640, 660, 680])
        for row, top in ((0, 666), (1, 646)):
            page.text(x + 4, top, f"{side}表第{row}行")
            page.text(x + 204, top, str(row))
        for y in (600, 580):
            page.text(x, y, f"{side}页最后一行文字写在这里。")
    document = page.read()
    assert outline(document) == [
        block
        for side in "左右"
        for block in (
            f"{side}页第一行文字写在这里，它让页面有足够的文字。",
            [[f"{side}表第0行", "0"], [f"{side}表第1行", "1"]],
            *[f"{side}页最后一行文字写在这里。"] * 2,
        )
    ]
    assert [str(p.place) for p in document.paragraphs] == [f"page 1, line {n}" for n in range(1, 7)]
    assert [str(g.place) for g in document.grids] == ["page 1, table 1", "page 1, table 2"]


def test_columns_of_numbers_on_a_wide_page_are_no_pages() -> None:
    page = Page()
    page.canvas.setPageSize((1191, 842))
    for row in range(8):
        page.text(60, 760 - 20 * row, f"第{row}行的标签有这么长")
        for column in range(4):
            text = str(row * 1000 + column) if row > 1 else "商业企业科研机构"
            page.text(660 + 120 * column, 760 - 20 * row, text)
    assert outline(page.read())[2] == "第2行的标签有这么长  2000  2001  2002  2003"


def test_filled_forms_are_read() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 0, "规章")
    page.canvas.acroForm.textfield(
        value="12", x=X + WIDTH + 4, y=Y - 20, width=60, height=16, fontSize=10, borderWidth=0
    )
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["规章", "12"]]


def test_the_sign_of_a_comment_on_a_page_with_a_form_hides_nothing() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 0, "规章")
    page.canvas.acroForm.textfield(value="12", x=X + WIDTH + 4, y=Y - 20, width=60, height=16)
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    page.canvas.save()
    pdf = PdfDocument(page.out.getvalue())
    sheet = pdf[0]
    note = raw.FPDFPage_CreateAnnot(sheet, raw.FPDF_ANNOT_TEXT)
    box = raw.FS_RECTF(left=X + 1, top=Y - 1, right=X + WIDTH - 1, bottom=Y - HEIGHT + 1)
    raw.FPDFAnnot_SetRect(note, box)
    look = f"1 1 0 rg {X + 1} {Y - HEIGHT + 1} {WIDTH - 2} {HEIGHT - 2} re f\0".encode("utf-16-le")
    look = (raw.FPDF_WCHAR * (len(look) // 2)).from_buffer_copy(look)
    raw.FPDFAnnot_SetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, look)
    raw.FPDFPage_CloseAnnot(note)
    out = io.BytesIO()
    pdf.save(out)
    assert outline(read(Source("x.pdf", out.getvalue()), Settings()))[0] == [["规章", "12"]]


def test_fonts_that_tell_no_characters_need_ocr() -> None:
    page = Page(pageCompression=0)
    page.canvas.setFont("Helvetica", 12)
    page.text(60, 700, "ÄÅÇÉÑÖÜáàâäãåçéèêëíì" * 2)
    with pytest.raises(SourceError) as raised:
        page.read()
    assert raised.value.reason is Reason.NEEDS_OCR


def test_numbers_of_glyphs_are_no_digits() -> None:
    page = Page(pageCompression=0)
    page.grid(1, 2)
    page.cell(0, 0, "规章")
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    pdfmetrics.registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    page.canvas.setFont("HeiseiMin-W3", 12)
    page.cell(0, 1, "23")
    page.canvas.save()
    data = page.out.getvalue()
    for told, untold in ((b"/UniJIS-UCS2-H", b"/Identity-H"), (b"(Japan1)", b"(None)")):
        assert told in data
        data = data.replace(told, untold.ljust(len(told)))
    (grid,) = read(Source("x.pdf", data), Settings()).grids
    assert grid.texts == [["规章", "\ufffd\ufffd"]]


def test_pale_text_across_other_text_is_a_watermark() -> None:
    page = Page()
    page.grid(2, 2)
    page.canvas.setFillGray(0.5)
    page.canvas.rect(X, Y - HEIGHT, 2 * WIDTH, HEIGHT, stroke=0, fill=1)
    page.canvas.setFillGray(1)
    page.cell(0, 0, "信息内容")
    page.canvas.setFillGray(0.8)
    page.cell(1, 0.05, "政务公开")
    page.cell(1, 1.3, "公开")
    page.canvas.setFillGray(0)
    page.cell(1, 0, "规章")
    page.cell(1, 1, "0")
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["信息内容", ""], ["规章", "0"]]


def test_text_that_shines_through_across_other_text_is_a_watermark() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 0, "规章")
    page.cell(0, 1, "1")
    page.canvas.setFillAlpha(0.3)
    page.cell(0, 1.03, "6")
    page.cell(0, 0.03, "2025")
    page.canvas.setFillAlpha(1)
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["规章", "1"]]


def test_a_small_raised_digit_is_a_note() -> None:
    page = Page()
    page.grid(1, 2)
    for column, size, rise in ((0, 7, 4), (1, 12, 0)):
        page.cell(0, column, "14")
        page.canvas.setFont(FONT, size)
        page.text(X + column * WIDTH + 16, Y - 16 + rise, "2")
        page.canvas.setFont(FONT, 12)
    assert outline(page.read()) == [[["14[2]", "142"]]]


def test_a_small_shadow_is_no_note() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 0, "规章")
    page.canvas.setFont(FONT, 9)
    for n, digit in enumerate("34"):
        page.text(X + WIDTH + 4.5 + 6 * n, Y - 12, digit)
    page.canvas.setFont(FONT, 12)
    page.cell(0, 1, "34")
    assert outline(page.read()) == [[["规章", "34"]]]


def test_a_struck_digit_is_unreadable() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 0, "7")
    page.cell(0, 1, "8")
    page.canvas.line(X + 2, Y - 12, X + 12, Y - 12)  # through its middle
    page.canvas.line(X + WIDTH + 2, Y - 18, X + WIDTH + 12, Y - 18)  # below it
    assert [cell[-1:] for cell in page.read().grids[0].texts[0]] == ["\ufffd", "8"]


def test_digits_printed_over_others_are_unreadable() -> None:
    page = Page()
    page.grid(1, 2)
    page.cell(0, 0, "规章")
    page.cell(0, 1, "5")
    page.text(X + WIDTH + 6, Y - 16, "7")
    assert outline(page.read()) == [[["规章", "5\ufffd"]]]


def test_digits_with_boxes_as_wide_as_han_characters_are_read() -> None:
    chars = [Char(digit, 10 + 6 * n, 0, 22 + 6 * n, 12, True) for n, digit in enumerate("1204")]  # noqa: FBT003
    assert [line.text for line in lines_of(chars)] == ["1204"]


def test_characters_that_are_kept_twice_are_one() -> None:
    signs = "⺠⻓\u2f8f\ufa08民"
    assert [pdfium.meaning(ord(sign)) for sign in signs] == list("民长行行民")


def test_bold_by_printing_twice_is_read_once() -> None:
    page = Page()
    page.grid(1, 2)
    for shift in (0, 0.3):
        page.cell(0, shift / WIDTH, "规章")
        page.cell(0, 1 + shift / WIDTH, "11")
    page.text(60, 500, "这是表格之后的一行文字，它让页面有足够的文字。")
    assert outline(page.read())[0] == [["规章", "11"]]


def test_tall_lines_beside_a_table_come_once() -> None:
    page = Page()
    page.grid(2, 2)
    for row in range(2):
        page.cell(row, 0, "规章")
        page.cell(row, 1, str(row))
    page.text(300, 686, "表旁的小字在表格之内的高度")
    page.canvas.setFont(FONT, 60)
    page.text(480, 665, "大")
    page.canvas.setFont(FONT, 12)
    page.text(60, 740, "表前的文字")
    # Whether the two at one height are one line depends on the fonts of the machine.
    words = " ".join(paragraph.text for paragraph in page.read().paragraphs).split()
    assert sorted(words) == sorted(["表前的文字", "大", "表旁的小字在表格之内的高度"])


def test_scans_need_ocr() -> None:
    image = io.BytesIO()
    from PIL import Image  # noqa: PLC0415 - reportlab's own dependency

    Image.new("L", (200, 300), 255).save(image, "PNG")
    page = Page()
    page.canvas.drawImage(ImageReader(image), 0, 0, 595, 842)
    page.text(290, 40, "- 1 -")
    with pytest.raises(SourceError) as raised:
        page.read()
    assert raised.value.reason is Reason.NEEDS_OCR


def test_an_empty_page_needs_ocr() -> None:
    page = Page()
    page.next()
    with pytest.raises(SourceError) as raised:
        page.read()
    assert raised.value.reason is Reason.NEEDS_OCR


def test_encrypted() -> None:
    page = Page(encrypt=StandardEncryption("secret"))
    page.text(60, 700, "正文")
    with pytest.raises(SourceError) as raised:
        page.read()
    assert raised.value.reason is Reason.ENCRYPTED


def test_title() -> None:
    page = Page()
    page.canvas.setTitle("年度报告")
    page.text(60, 700, "这是一行足够长的文字，它让页面看起来不是扫描件。")
    assert page.read().title == "年度报告"


def test_properties_that_cannot_be_decoded() -> None:
    document = read(
        Source("x", _SMALL.replace(b"/Title (untitled)", b"/Title <FEFFD800>")), Settings()
    )
    assert document.notes == ["unreadable_properties"]
    assert outline(document) == [[["规章与行政规范性文件", ""], ["", ""]]]


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 5000), st.integers(0, 255), st.integers(0, 6000))
def test_damaged_files_are_read_or_refused(at: int, value: int, end: int) -> None:
    data = bytearray(_SMALL)
    data[at % len(data)] = value
    try:
        read(Source("x", bytes(data[: len(data) - end % 300 * (end % 2)])), Settings())
    except SourceError as error:
        assert error.message  # noqa: PT017 - any of them will do


def _small() -> bytes:
    page = Page(pageCompression=0)
    page.grid(2, 2)
    page.canvas.setFont(FONT, 7)
    page.cell(0, 0, "规章与行政规范性文件")
    page.canvas.save()
    return page.out.getvalue()


_SMALL = _small()


@pytest.mark.skipif(not SAMPLES.exists(), reason="the shared samples are not here")
def test_all_numbers_of_a_real_report() -> None:
    folder = SAMPLES / "005-huaian-2024-pdf"
    document = read(Source("x", (folder / "source.pdf").read_bytes()), Settings())
    expected = json.loads((folder / "expected.json").read_text())["cells"].values()
    texts = [cell.text for grid in document.grids for row in grid for cell in row]
    numbers = [text for text in texts if text.replace(".", "").isdigit()]
    assert Counter(numbers) == Counter(map(str, expected))
    expected_last = [str(value) for value in list(expected)[-15:]]
    last = document.grids[-1].texts[-1]
    assert last == expected_last


def pieces(page: Page, rows: int, columns: int, length: float, gap: float) -> None:
    """Draw the borders of a table in pieces, those of each cell for themselves."""

    def along(start: float, end: float) -> list[float]:
        count = round((end - start - length) / (length + gap))
        return [start + n * (end - start - length) / count for n in range(count + 1)]

    for row in range(rows):
        for column in range(columns):
            left, top = X + column * WIDTH, Y - row * HEIGHT
            for at in (left, left + WIDTH):
                for start in along(top - HEIGHT, top):
                    page.canvas.rect(at, start, 0.75, length, stroke=0, fill=1)
            for at in (top, top - HEIGHT):
                for start in along(left, left + WIDTH):
                    page.canvas.rect(start, at, length, 0.75, stroke=0, fill=1)


@pytest.mark.parametrize(("length", "gap"), [(0.75, 0.75), (2.25, 1.5), (4.5, 4.5)])
def test_borders_of_dots_and_dashes(length: float, gap: float) -> None:
    page = Page()
    pieces(page, 3, 3, length, gap)
    for row in range(3):
        page.cell(row, 0, "规章")
        page.cell(row, 2, "7")
    assert outline(page.read()) == [[["规章", "", "7"]] * 3]


def test_borders_of_round_dots() -> None:
    page = Page()
    for row in range(4):
        for n in range(121):
            page.canvas.circle(X + 2 * n, Y - row * HEIGHT, 0.4, stroke=0, fill=1)
    for column in range(4):
        for n in range(37):
            page.canvas.circle(X + column * WIDTH, Y - 2 * n, 0.4, stroke=0, fill=1)
    page.canvas.circle(300, 500, 40)  # a seal
    for row in range(3):
        page.cell(row, 0, "规章")
        page.cell(row, 2, "7")
    assert outline(page.read()) == [[["规章", "", "7"]] * 3]


def test_low_rows_make_no_line_from_table_to_table() -> None:
    page = Page()
    page.canvas.setFont(FONT, 5)
    for low in (700, 640):
        for row in range(6):
            for column in range(2):
                page.canvas.rect(60 + 80 * column, low - 8 * row, 80, 8)
                page.text(64 + 80 * column, low + 2 - 8 * row, str(row))
    page.text(64, 650, "四、政府信息公开行政复议、行政诉讼情况")
    table = [[str(row)] * 2 for row in range(6)]
    assert outline(page.read()) == [table, "四、政府信息公开行政复议、行政诉讼情况", table]


def test_drawings_of_squares_are_no_table() -> None:
    rng = Random(1)
    page = Page()
    page.text(60, 740, "扫码阅读")
    for row in range(29):
        for column in range(29):
            if rng.random() < 0.5:
                page.canvas.rect(300 + 2 * column, 600 + 2 * row, 2, 2, stroke=0, fill=1)
    assert outline(page.read()) == ["扫码阅读"]


@pytest.mark.parametrize("gap", [2, 4, 5])
def test_cells_with_borders_of_their_own_stand_apart(gap: float) -> None:
    page = Page()
    for row, column, across in ((0, 0, 3), (1, 0, 1), (1, 1, 1), (1, 2, 1)):
        page.canvas.rect(
            X + column * WIDTH, Y - row * HEIGHT - HEIGHT + gap, across * WIDTH - gap, HEIGHT - gap
        )
    page.cell(0, 0.5, "行政机关收到的申请情况")  # across the gaps below it
    page.cell(1, 0, "规章")
    page.cell(1, 2, "7")
    assert outline(page.read()) == [[["行政机关收到的申请情况"], ["规章", "", "7"]]]


def test_a_border_may_be_the_field_between_two_boxes() -> None:
    page = Page()
    for column in range(3):
        path = page.canvas.beginPath()
        path.rect(X + column * WIDTH, Y - HEIGHT, WIDTH, HEIGHT)
        path.rect(X + column * WIDTH + 1, Y - HEIGHT + 1, WIDTH - 2, HEIGHT - 2)
        page.canvas.drawPath(path, stroke=0, fill=1, fillMode=0)
    page.cell(0, 0, "规章")
    page.cell(0, 2, "7")
    assert outline(page.read()) == [[["规章", "", "7"]]]


def torn(upper: list[str], lower: list[str], between: str = "") -> list[object]:
    """Read a table whose last row on one page and first row on the next are these."""
    page = Page()
    page.grid(2, 3)
    for column, text in enumerate(("规章", "1", "2")):
        page.cell(0, column, text)
    for column, text in enumerate(upper):
        page.cell(1, column, text)
    if between:
        page.text(60, 500, between)
    page.next()
    page.grid(2, 3)
    for column, text in enumerate(lower):
        page.cell(0, column, text)
    for column, text in enumerate(("其他", "3", "4")):
        page.cell(1, column, text)
    found = page.read()
    return [grid.texts[index] for grid, index in zip(found.grids, (-1, 0), strict=True)]


def test_rows_without_cells_are_not_torn() -> None:
    cell = GridCell("规章", 0)
    upper = Grid([[cell], []], Place(page=1))
    mend_torn_rows([upper, Grid([[cell], [cell]], Place(page=2))])
    assert upper.rows == [[cell], []]


def test_the_numbers_of_a_torn_row_stand_beside_its_label() -> None:
    whole, rest = ["行政许可", "5", "6"], ["", "", ""]
    assert torn(["", "5", "6"], ["行政许可", "", ""]) == [rest, whole]
    assert torn(["行政许可", "", ""], ["", "5", "6"]) == [whole, rest]
    assert torn(["行政许可", "", "6"], ["", "5", ""]) == [whole, rest]
    assert torn(["", "5", "6"], ["行政许可", "", ""], "本年度办") == [rest, whole]


def test_a_torn_number_is_unreadable() -> None:
    rest = ["", "", ""]
    assert torn(["行政许可", "5", "18"], ["", "", "6"]) == [["行政许可", "5", "18�6"], rest]
    assert torn(["行政许可", "5", "1"], ["", "80", "6"]) == [["行政许可", "5�80", "1�6"], rest]


@pytest.mark.parametrize(
    ("upper", "lower", "between"),
    [
        (["行政许可", "", ""], ["行政处罚", "5", "6"], ""),
        (["行政许可", "5", "6"], ["行政处罚", "", ""], ""),
        (["行政许可", "", "6"], ["行政处罚", "5", "6"], ""),
        (["", "5", "6"], ["", "", ""], ""),
        (["", "5", "6"], ["行政许可", "", ""], "三、收到和处理政府信息公开申请情况"),
    ],
)
def test_rows_that_are_not_torn_stay(upper: list[str], lower: list[str], between: str) -> None:
    assert torn(upper, lower, between) == [upper, lower]


def test_a_raster_of_hundreds_of_rules_is_no_table() -> None:
    page = Page()
    page.text(60, 820, "甲")
    for n in range(300):
        page.canvas.setPageSize((2000, 2000))
        page.canvas.line(10, 10 + 6 * n, 1820, 10 + 6 * n)
        page.canvas.line(10 + 6 * n, 10, 10 + 6 * n, 1820)
    assert not page.read().grids


def test_a_page_of_drawings_is_refused() -> None:
    page = Page()
    path = page.canvas.beginPath()
    for n in range(4000):
        path.rect(n % 500, n // 500 * 9, 7, 7)
    for _ in range(30):
        page.canvas.drawPath(path, stroke=0, fill=1)
    with pytest.raises(SourceError) as refused:
        page.read()
    assert refused.value.reason is Reason.DAMAGED


def test_a_page_shown_on_its_side_is_turned() -> None:
    page = Page()
    page.canvas.setPageRotation(90)
    page.grid(2, 2)
    for row in range(2):
        for column in range(2):
            page.cell(row, column, f"行{row}列{column}")
    page.text(60, 740, "题目在表格之前")
    assert outline(page.read()) == [
        "题目在表格之前",
        [["行0列0", "行0列1"], ["行1列0", "行1列1"]],
    ]


def test_rules_between_columns_alone_part_no_rows() -> None:
    page = Page()
    page.rule(0, 0, 0, 5)
    page.rule(6, 0, 6, 5)
    for column in (0, 2, 5):
        page.rule(0, column, 6, column)
    for row in range(6):
        page.cell(row, 0, f"{row}.重复申请")
        for column in range(5):
            page.text(X + 2 * WIDTH + 6 + column * 40, Y - row * HEIGHT - 16, str(row + column))
    document = page.read()
    assert not document.grids
    assert outline(document)[2] == "2.重复申请  2  3  4  5  6"


def test_a_heading_below_a_full_line_is_no_part_of_it() -> None:
    page = Page()
    page.text(60, 740, "青山市青山县某某镇人民政府二〇二三年政府信息公开工作年度报告")
    page.text(60, 722, "一、总体情况")
    page.text(60, 704, "本机关认真落实各项要求，全年主动公开各类信息共计一百二十三条，")
    page.text(60, 686, "其中重点领域信息六条。")
    texts = outline(page.read())
    assert texts[:2] == [
        "青山市青山县某某镇人民政府二〇二三年政府信息公开工作年度报告",
        "一、总体情况",
    ]
    assert len(texts) == 3


def test_flat_ink_stays_in_its_line() -> None:
    def char(text: str, x: float, top: float, bottom: float) -> Char:
        return Char(text, x, top, x + 10, bottom, upright=True)

    chars = [char("单", 0, 77.7, 86.9), char("一", 10, 77.7, 87.7), char("，", 20, 77.7, 88.0)]
    assert [line.text for line in lines_of(chars)] == ["单一，"]

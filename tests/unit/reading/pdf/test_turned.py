"""A table that stands aside on an upright page is read as a page of its own."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.reading import Grid, Source, read
from gongkai.settings import Settings

FONT = "STSong-Light"
ROWS = [["项目", "甲类", "乙类"], ["规章", "101", "202"], ["文件", "303", "404"]]


def outline(angle: int, *, ruled: bool = True, digits: bool = True) -> list[object]:
    """A heading, a table aside between upright lines, and what is read of them."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont(FONT, 12)
    for y, text in ((780, "三、收到和处理申请情况"), (60, "四、行政复议情况")):
        canvas.drawString(60, y, text)
    canvas.saveState()
    canvas.translate(*((400, 200) if angle > 0 else (200, 500)))
    canvas.rotate(angle)
    for n, row in enumerate(ROWS):
        for x, text in enumerate(row):
            canvas.drawString(x * 90 + 5, -n * 30 + 8, text if digits else "称谓")
            if ruled:
                canvas.rect(x * 90, -n * 30, 90, 30)
    canvas.restoreState()
    canvas.save()
    document = read(Source("x.pdf", out.getvalue()), Settings())
    return [block.texts if isinstance(block, Grid) else block.text for block in document.blocks]


def test_both_ways_of_turning() -> None:
    for angle in (90, -90):
        assert outline(angle) == ["三、收到和处理申请情况", ROWS, "四、行政复议情况"]


def test_without_rules() -> None:
    lines = ["  ".join(row) for row in ROWS]
    assert outline(90, ruled=False) == ["三、收到和处理申请情况", *lines, "四、行政复议情况"]


def test_words_aside_without_numbers_may_be_labels_and_stay() -> None:
    read_as = outline(90, digits=False)
    assert isinstance(read_as[1], list)
    assert len(read_as[1][0]) == len(ROWS)  # its columns are rows of the upright page

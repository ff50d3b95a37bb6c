"""Word documents: WordprocessingML written by hand, so that every oddity can be had."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.testbed import blanks, wording
from tests.testbed.matrix import Cell, Table
from tests.testbed.styles import markup
from tests.testbed.styles.base import Style, signature

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from tests.testbed.content import Content

#: Metadata of a page that prints a title and a date.
NO_INDEX = frozenset({"title", "published_on"})
#: Of the main part.
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
#: Equal bytes for equal content, whatever the clock says.
EPOCH = (2024, 1, 1, 0, 0, 0)


def package(body: str, styles: str = "", parts: Mapping[str, str] | None = None) -> bytes:
    """Zip a document body, the styles that it names, and other parts into a file."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document {NAMESPACES}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        **(parts or {}),
    }
    if styles:
        parts["word/styles.xml"] = f"<w:styles {NAMESPACES}>{styles}</w:styles>"
    parts["word/document.xml"] = document
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    """Zip texts by their names, packed as word processors pack them."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, text in parts.items():
            file.writestr(zipfile.ZipInfo(name, EPOCH), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def run(text: str) -> str:
    """Print a run; line breaks become breaks."""
    inside = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")
    )
    return f"<w:r><w:rPr><w:sz w:val='21'/></w:rPr>{inside}</w:r>" if text else ""


def scattered(text: str) -> str:
    """Print a text over several runs, with a deleted one and bookmarks between."""
    cut = max(1, len(text) // 3)
    parts = [text[i : i + cut] for i in range(0, len(text), cut)]
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>99</w:delText></w:r></w:del>'
    mark = '<w:bookmarkStart w:id="0" w:name="_x"/><w:bookmarkEnd w:id="0"/>'
    inserted = f'<w:ins w:id="2" w:author="x">{run(parts[0])}</w:ins>' if parts else ""
    return inserted + deleted + mark + "".join(run(part) for part in parts[1:])


def paragraph(text: str, runs: Callable[[str], str] = run) -> str:
    """Print a paragraph."""
    return f"<w:p><w:pPr><w:jc w:val='left'/></w:pPr>{runs(text)}</w:p>"


def table(source: Table, runs: Callable[[str], str] = run, *, by_paragraph: bool = False) -> str:
    """Print a table with ``gridSpan`` and ``vMerge``.

    Args:
        source: the table.
        runs: prints a text.
        by_paragraph: whether a line break inside a cell starts a paragraph.
    """
    rows = []
    for row in source.raster():
        cells, seen = [], None
        for cell, first in row:
            if cell is None or (cell is seen):
                continue
            seen = cell
            span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
            merge = ""
            if cell.rowspan > 1:
                merge = '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
            lines = cell.text.split("\n") if by_paragraph else [cell.text]
            texts = "".join(paragraph(line, runs) for line in lines) if first else "<w:p/>"
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{texts}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = '<w:gridCol w:w="900"/>' * source.columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def body(content: Content, print_table: Callable[[Table], str], runs: Callable[[str], str]) -> str:
    """Print paragraphs and tables."""
    return "".join(
        paragraph(block, runs) if isinstance(block, str) else print_table(block) + "<w:p/>"
        for _, block in content.blocks()
    )


def plain(content: Content, rng: Random) -> bytes:
    """Print title, date, paragraphs and tables, and nothing odd."""
    del rng
    head = paragraph(content.title) + paragraph(f"发布日期：{content.published}")
    return package(head + body(content, table, run))


def _runs(content: Content, rng: Random) -> bytes:
    """Texts scattered over runs, tables in content controls, tracked changes."""
    del rng

    def print_table(source: Table) -> str:
        inside = table(source, scattered, by_paragraph=True)
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"

    head = paragraph(content.title, scattered) + paragraph(f"（{content.published}）")
    return package(head + body(content, print_table, scattered))


def _text_box(content: Content, rng: Random) -> bytes:
    """Title and date in a text box, which Word stores twice: for new and for old readers."""
    del rng
    inside = paragraph(content.title) + paragraph(f"发布日期：{content.published}")
    drawing = (
        "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>"
        f"{inside}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing>"
    )
    shape = (
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{inside}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict>"
    )
    box = (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    return package(box + body(content, table, run) + "".join(map(paragraph, signature(content))))


def _nested(content: Content, rng: Random) -> bytes:
    """A metadata table, then the tables inside a frame table of one cell."""
    del rng
    rows = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:tcPr/>{paragraph(text)}</w:tc>" for text in (f"{name}：", value))
        + "</w:tr>"
        for name, value in markup.pairs(content)
    )
    grid = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="6000"/></w:tblGrid>'
    head = f"<w:tbl><w:tblPr/>{grid}{rows}</w:tbl>{paragraph(content.title)}"

    def framed(source: Table) -> str:
        inside = f"<w:tc><w:tcPr/>{table(source)}<w:p/></w:tc>"
        return (
            '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
            f"<w:tr>{inside}</w:tr></w:tbl>"
        )

    return package(head + body(content, framed, run))


def _split(content: Content, rng: Random) -> bytes:
    """Table three as two tables where a page ended, the head repeated or not."""
    cut, repeat = rng.randint(6, 26), rng.random() < 0.5

    def part(source: Table, start: int, end: int) -> list[list[Cell]]:
        rows = [
            [replace(c, rowspan=min(c.rowspan, end - start - n)) for c in row]
            for n, row in enumerate(source.rows[start:end])
        ]
        # A span that the cut goes through ends there; the rest of it opens the next part.
        open_spans = [
            Cell("", c.kind, c.colspan, n + c.rowspan - start)
            for n, row in enumerate(source.rows[:start])
            for c in row
            if n + c.rowspan > start
        ]
        # A damage may have left no row behind the cut.
        return [open_spans + rows[0], *rows[1:]] if rows else []

    def print_table(source: Table) -> str:
        if source.name != "三":
            return table(source)
        first, second = part(source, 0, cut), part(source, cut, len(source.rows))
        head = part(source, 0, source.head_rows) if repeat else []
        parts = (replace(source, rows=first), replace(source, rows=head + second))
        return "<w:p/>".join(map(table, parts))

    head = paragraph(content.title) + paragraph(f"发布日期：{content.published}")
    return package(head + body(content, print_table, run))


def _noted(content: Content, rng: Random) -> bytes:
    """Notes as raised numbers, fields, smart tags and moved texts around numbers."""
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    moved = '<w:moveFrom w:id="3" w:author="x"><w:r><w:t>77</w:t></w:r></w:moveFrom>'
    shapes = (
        "{}",
        "{}" + raised.format(1),
        "{}" + raised.format("①"),
        '<w:fldSimple w:instr=" =SUM(LEFT) ">{}</w:fldSimple>',
        '<w:smartTag w:uri="u" w:element="e">{}</w:smartTag>',
        moved + '<w:moveTo w:id="4" w:author="x">{}</w:moveTo>',
    )

    def noted(text: str) -> str:
        return rng.choice(shapes if text.isdigit() else shapes[:1]).format(run(text))

    head = paragraph(content.title) + paragraph(f"（{content.published}）")
    return package(head + body(content, lambda source: table(source, noted), run))


def _named(content: Content, rng: Random) -> bytes:
    """Hide, strike and raise numbers by named styles, or raise them by a height."""
    looks = {"H": "<w:vanish/>", "S": "<w:strike/>", "R": '<w:vertAlign w:val="superscript"/>'}
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{name}"><w:rPr>{look}</w:rPr></w:style>'
        for name, look in looks.items()
    )
    high = '<w:position w:val="8"/><w:sz w:val="10"/>'
    ways = ("", *(f'<w:rStyle w:val="{name}"/>' for name in looks), high)

    def marked(text: str) -> str:
        look = rng.choice(ways) if text.isdigit() else ""
        more = f"<w:r><w:rPr>{look}</w:rPr><w:t>{rng.randint(1, 9)}</w:t></w:r>" if look else ""
        return run(text) + more

    head = paragraph(content.title) + paragraph(f"（{content.published}）")
    return package(head + body(content, lambda source: table(source, marked), run), styles)


def _written_over(content: Content, rng: Random) -> bytes:
    """Print the agency above the title, in a file whose properties are another year's report's."""
    report = content.report
    named = f"{report.who.parent}办公室{report.year - 1}年政府信息公开工作年度报告"
    head = paragraph(report.who.agency) + paragraph(content.title)
    text = head + paragraph(f"（{content.published}）") + body(content, table, run)
    parts = {
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/'
        'package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(named)}</dc:title><dc:creator>{escape(report.who.parent)}</dc:creator>"
        f"<dc:date>{report.year + rng.randint(2, 4)}-03-04</dc:date></cp:coreProperties>"
    }
    return package(text, parts=parts)


STYLES = (
    Style("docx-written-over", ".docx", _written_over, NO_INDEX),
    Style("docx-named", ".docx", _named, NO_INDEX),
    Style("docx-split", ".docx", _split, NO_INDEX),
    Style("docx-noted", ".docx", _noted, NO_INDEX),
    Style("docx-plain", ".docx", plain, NO_INDEX),
    Style("docx-runs", ".docx", _runs, NO_INDEX, change=(wording.breaks, wording.numbering)),
    Style("docx-text-box", ".docx", _text_box, NO_INDEX),
    Style("docx-nested", ".docx", _nested, change=(wording.synonyms, wording.stacked)),
    Style("docx-blanks", ".docx", plain, NO_INDEX, prepare=(blanks.any_policy,), blanks=True),
)

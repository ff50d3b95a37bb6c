"""PDF with a text layer → Document: ruled tables and the text between them, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2

from gongkai.reading.document import Document, Grid, Paragraph, Place
from gongkai.reading.failures import Rejected
from gongkai.reading.pdf.aligned import with_blanks
from gongkai.reading.pdf.cut_sheets import is_cut, put_together
from gongkai.reading.pdf.fonts import use_boxes
from gongkai.reading.pdf.layers import drop_hidden, has_layers
from gongkai.reading.pdf.line_numbers import without_line_numbers
from gongkai.reading.pdf.lines import Line, Margins, margins_of, paragraphs_of
from gongkai.reading.pdf.pages import Page, lay_out
from gongkai.reading.pdf.pdfium import draw, open_page
from gongkai.reading.pdf.rules import MAX_SHAPES
from gongkai.reading.pdf.running_heads import drop_repeated_heads, running_lines
from gongkai.reading.pdf.torn_rows import mend_torn_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gongkai.reading.document import Block
    from gongkai.reading.pdf.drawn import Drawn
    from gongkai.reading.pdf.ruled import RuledTable

_MAX_PAGES = 1000
# On all pages: far more than any report prints.
_MAX_CHARS = 1_000_000
_MAX_FIELDS = 300_000
# Beyond this, pages are not put together to wide sheets.
_MOST_CUT, _CUT_PAGES = 30_000, 60
# A scan may carry a stamp or page numbers as text.
_SCANNED = 25
_UNMAPPED_SHARE = 0.3


def read_pdf(data: bytes) -> Document:
    """Read a PDF.

    A table that runs over a page break comes as one grid for each page. Cells that a span covers
    are no cells. A line of text keeps its columns apart by two blanks; lines that were wrapped at
    the margin are joined. Running heads and feet are left out; the longest head is kept as
    metadata.

    Raises:
        Rejected: encrypted, damaged, or without a text layer.
    """
    use_boxes()
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Rejected("encrypted", detail="PDF") from error
        raise Rejected("damaged", detail=f"PDF: {error}") from error
    try:
        return _read(pdf, layers=has_layers(data))
    except pypdfium2.PdfiumError as error:
        raise Rejected("damaged", detail=f"PDF: {error}") from error
    finally:
        pdf.close()


@dataclass
class _Met:
    """What the pages of a document hold, as far as they were looked at.

    Attributes:
        printed: characters.
        unmapped: those whose meaning the font does not tell.
        foreign: letters that a font gives for Chinese if it tells nothing.
        unseen: those that are painted over or cut off.
        dropped: objects of layers that are switched off.
        shapes: objects and pieces of paths.
        fields: of ruled tables.
        bare: the numbers of pages with an image and hardly any character.
    """

    printed: int = 0
    unmapped: int = 0
    foreign: int = 0
    unseen: int = 0
    dropped: int = 0
    shapes: int = 0
    fields: int = 0
    bare: list[int] = field(default_factory=list)

    def take(self, parts: list[Drawn], number: int) -> None:
        """Count what stands on a page."""
        held = sum(len(part.chars) for part in parts)
        self.printed += held
        self.unmapped += sum(part.unmapped for part in parts)
        self.foreign += sum(part.foreign for part in parts)
        self.unseen += sum(part.unseen for part in parts)
        self.shapes += sum(part.shapes for part in parts)
        if held < _SCANNED and parts[0].images:
            self.bare.append(number)

    @property
    def is_too_much(self) -> bool:
        """Whether no report holds as much."""
        return self.printed > _MAX_CHARS or self.shapes > MAX_SHAPES or self.fields > _MAX_FIELDS

    def is_scan(self, pages: int) -> bool:
        """Tell whether a document of so many pages has no text, or one that cannot be read."""
        strange = self.unmapped + self.foreign
        return (
            not self.printed
            or len(self.bare) * 2 > pages
            or strange > self.printed * _UNMAPPED_SHARE
        )

    def notes(self) -> Iterator[str]:
        """Yield what of the document is not read."""
        if self.bare:
            yield "pages_without_text=" + ",".join(map(str, self.bare))
        lost = {
            "replaced_characters": self.unmapped,
            "hidden_characters": self.unseen,
            "hidden_objects": self.dropped,
        }
        yield from (f"{name}={count}" for name, count in lost.items() if count)


def _read(pdf: pypdfium2.PdfDocument, *, layers: bool) -> Document:
    if not len(pdf):
        raise Rejected("damaged", detail="PDF without pages")
    if len(pdf) > _MAX_PAGES:
        raise Rejected("too_complex", detail=f"{len(pdf)} pages")
    document = Document([], "pdf")
    _take_properties(pdf, document)
    met = _Met()
    counted = False  # whether the lines of the page before have numbers
    pages: list[Page] = []
    sheets: list[Drawn] = []
    for number in range(1, len(pdf) + 1):
        page = open_page(pdf, number - 1)
        met.dropped += drop_hidden(page) if layers else 0
        parts = draw(page)
        page.close()
        met.take(parts, number)
        counted = _drop_line_numbers(parts, known=counted)
        laid = _lay_out(parts, number, columns=any(page.part for page in pages))
        met.fields += sum(table.fields for page in laid for table in page.tables)
        pages += laid
        if met.printed <= _MOST_CUT and number <= _CUT_PAGES:
            sheets.append(parts[0])
        if met.is_too_much:
            detail = f"{met.printed} characters, {met.shapes} shapes"
            raise Rejected("too_complex", detail=detail)
    _take_blocks(_side_by_side(sheets, pages), document)
    if met.is_scan(len(pdf)):
        raise Rejected("needs_ocr")
    document.notes += met.notes()
    return document


def _take_properties(pdf: pypdfium2.PdfDocument, document: Document) -> None:
    try:
        document.meta = {key: value for key, value in pdf.get_metadata_dict().items() if value}
    except UnicodeDecodeError:
        document.notes.append("unreadable_properties")
    document.title = document.meta.get("Title", "")


def _drop_line_numbers(parts: list[Drawn], *, known: bool) -> bool:
    """Leave out the numbers of a sheet's lines; tell whether it has some."""
    found = False
    for part in parts:
        words = without_line_numbers(part.chars, known=known)
        found = found or len(words) < len(part.chars)
        part.chars = words
    return found


def _lay_out(parts: list[Drawn], number: int, *, columns: bool) -> list[Page]:
    """Return what stands on a sheet, part by part."""
    laid: list[Page] = []
    for part in parts:
        before = sum(len(page.lines) for page in laid)
        laid += [
            page._replace(part=len(laid) + page.part, before=before + page.before) if laid else page
            for page in lay_out(part, number, columns=columns)
        ]
    return laid


def _side_by_side(sheets: list[Drawn], pages: list[Page]) -> list[Page]:
    """Return the pages of a document with those together that show parts of one wide sheet."""
    if not any(map(is_cut, sheets)):
        return pages
    together = put_together(sheets)
    kept = [page for page in pages if page.number - 1 not in together]
    whole = [
        page
        for index, drawn in together.items()
        if drawn is not None
        for page in lay_out(drawn, index + 1)
    ]
    return sorted([*kept, *whole], key=lambda page: (page.number, page.part))


def _take_blocks(pages: list[Page], document: Document) -> None:
    """Turn the pages into blocks, running heads and feet left out."""
    running = _running(pages)
    heads = [page.lines[i].text for page, lines in zip(pages, running, strict=True) for i in lines]
    head = max((text for text in heads if not text.isascii()), key=len, default="")
    if head:
        document.meta["running_head"] = head
        document.title = document.title or head
    kept = [
        [(page.before + i, line) for i, line in enumerate(page.lines, 1) if i - 1 not in lines]
        for page, lines in zip(pages, running, strict=True)
    ]
    _show_blanks(pages, kept)
    margins = {}
    for shape in {page.shape for page in pages}:
        same = [i for i, page in enumerate(pages) if page.shape == shape]
        margins[shape] = margins_of(
            [line for i in same for _, line in kept[i]],
            [table.right for i in same for table in pages[i].tables],
        )
    tables = 0
    for page, lines in zip(pages, kept, strict=True):
        blocks = _blocks(page, lines, margins[page.shape], tables)
        tables += sum(isinstance(block, Grid) for block in blocks)
        document.blocks += blocks
    drop_repeated_heads(document.blocks)
    mend_torn_rows(document.blocks)


def _running(pages: list[Page]) -> list[set[int]]:
    """Return the indices of the running lines of each part of a page."""
    whole: list[list[Line]] = []
    first: list[tuple[int, int]] = []  # of each part: its page, and lines before it there
    for page in pages:
        if not page.part:
            whole.append([])
        first.append((len(whole) - 1, len(whole[-1])))
        whole[-1] += page.lines
    running = running_lines(whole)
    return [
        {line - before for line in running[at] if 0 <= line - before < len(page.lines)}
        for page, (at, before) in zip(pages, first, strict=True)
    ]


def _show_blanks(pages: list[Page], kept: list[list[tuple[int, Line]]]) -> None:
    """Show the blanks of rows in tables without rules."""
    if not any(page.words for page in pages):
        return
    known = [
        (line, page.words[number - page.before - 1] if page.words else [])
        for page, lines in zip(pages, kept, strict=True)
        for number, line in lines
    ]
    shown = iter(with_blanks(known))
    for lines in kept:
        lines[:] = [(number, line) for number, _ in lines if (line := next(shown)).text]


def _blocks(
    page: Page, lines: list[tuple[int, Line]], margins: Margins, tables: int
) -> list[Block]:
    """Turn a page into blocks from top to bottom; ``tables`` were met on earlier pages."""
    blocks: list[Block] = []
    for table in [*page.tables, None]:
        above = [pair for pair in lines if table is None or pair[1].top < table.top]
        taken = {line for line, _ in above}
        lines = [pair for pair in lines if pair[0] not in taken]
        for line, text in paragraphs_of(above, margins):
            blocks.append(Paragraph(text, Place(page=page.number, line=line)))
        if table is None:
            break
        tables += 1
        blocks += _table(table, Place(page=page.number, table=tables))
    return blocks


def _table(table: RuledTable, place: Place) -> list[Block]:
    if max(map(len, table.rows), default=0) > 1:
        return [Grid(table.rows, place)]
    # A frame or a coloured bar around text.
    cells = [cell for row in table.rows for cell in row]
    return [
        Paragraph(line, place._replace(row=number))
        for number, line in enumerate("\n".join(cell.text for cell in cells).split("\n"), 1)
        if line
    ]

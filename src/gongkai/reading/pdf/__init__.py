"""PDF with a text layer → Document, from the characters and rules that its pages show.

:mod:`.pdfium` collects what a page shows (:mod:`.drawn`): characters, without those that are
painted over (:mod:`.hiding`, :mod:`.seen`), off the page (:mod:`.cropped`) or in layers switched
off (:mod:`.layers`), and lines (:mod:`.rules`, :mod:`.dashes`), turned upright (:mod:`.turned`).
:mod:`.pages` lays a page out: ruled tables (:mod:`.ruled`, :mod:`.unruled`, :mod:`.crossing`),
columns (:mod:`.bands`), lines of text (:mod:`.level`, :mod:`.lines`) and rows told by strips
(:mod:`.strips`). :mod:`.reader` puts pages together: sheets that were cut (:mod:`.cut_sheets`),
running heads (:mod:`.running_heads`), rows torn by a page's end (:mod:`.torn_rows`), and the
columns of tables without rules (:mod:`.aligned` from the places of :mod:`.words`,
:mod:`.column_heads`, :mod:`.wrapped_numbers`).
"""

from gongkai.reading.pdf.reader import read_pdf

__all__ = ["read_pdf"]

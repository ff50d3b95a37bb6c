"""HTML → Document, from the tags of a page (docs/adr/0013).

The way of a page: :mod:`.parting` parts it into the tags and texts of a :mod:`.markup`. Each tag
has a code (:mod:`.tags`, :mod:`.looks`, :mod:`.pale`); style sheets (:mod:`.style_sheets`), digits
in doubt (:mod:`.doubted`) and texts that are shown as others (:mod:`.altered`) change codes;
:mod:`.settle` takes out what is not shown (:mod:`.hidden`); :mod:`.walk` makes paragraphs, and
grids by the shapes of their tags (:mod:`.shapes`). Pages whose tags do not tell how they are nested
go through a browser's parser (:mod:`.reader`, :mod:`.depth`). Lines of text with tables in HTML
between them are :mod:`.mixed`.
"""

from gongkai.reading.html.reader import read_html

__all__ = ["read_html"]

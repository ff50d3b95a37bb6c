"""HTML → Document: the tags of the page, or of what a browser would make of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from gongkai.reading.document import Document
from gongkai.reading.failures import Rejected
from gongkai.reading.html.depth import HARMLESS, bounded
from gongkai.reading.html.framed import LEAST, unframe
from gongkai.reading.html.linked_data import read_created, read_linked
from gongkai.reading.html.markup import MisnestedError
from gongkai.reading.html.parting import markup_of
from gongkai.reading.html.settle import settle
from gongkai.reading.html.tags import IMAGE, TABLE, attributes_of
from gongkai.reading.html.walk import Walk

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

# Raw text that a browser shows, and elements whose raw text it does not show.
_TYPED = "xmp,plaintext"
_MOST_TYPED = 1000
_RAW = "noembed,noframes,iframe"
#: A title that is a picture.
_SUBJECT = "公开"
_TITLE = re.compile(f"{_SUBJECT}.{{0,20}}(?:报告|年报)")
_ODD = re.compile(f"<(?:{_TYPED},{_RAW})".replace(",", "|"), re.IGNORECASE)
#: The form has so many tables.
_FORM = 3
#: XML for an empty element; to a browser, all that follows is inside.
_EMPTY = re.compile(r"<(script|style|title|textarea|iframe)(\b[^<>]*)/>")


def read_html(text: str) -> Document:
    """Read a page or a fragment of one.

    Text between tables becomes paragraphs, one for each block element and line; a table becomes
    a grid of its own cells. A row that holds further tables is layout: its contents come as
    blocks in source order. Elements that are not displayed are left out, unless the tables would
    go with them.

    A page whose tags are nested as they should be is read from its tags; any other is first
    repaired as browsers do it.

    Programs that store pages may write empty elements as XML does. A page that shows more tables
    if these hold nothing is read so.

    Args:
        text: the decoded page.

    Raises:
        Rejected: it holds more elements, or nests them deeper, than any page.
    """
    document = _read(text)
    if created := read_created(text, document.meta):
        document.meta.setdefault("publish_time", created)
    if len(document.grids) >= _FORM or not _EMPTY.search(text):
        return document
    again = _read(_EMPTY.sub(r"<\1\2></\1>", text))
    return again if len(again.grids) > len(document.grids) else document


def _read(text: str) -> Document:
    try:
        markup = markup_of(text, strict=True)
        if len(markup.codes) > HARMLESS:
            bounded(text)
        return _document(markup)
    except MisnestedError:
        return _document(markup_of(_repaired(bounded(text)), strict=False))


def _document(markup: Markup) -> Document:
    if not markup.is_settled:
        settle(markup)
    if markup.codes.count(TABLE) > LEAST:
        unframe(markup)
    document = Document(Walk(markup).blocks, "html", title=markup.title, meta=markup.meta)
    document.links = markup.attachments()
    if markup.linked:
        document.meta = read_linked(markup.linked) | document.meta
    if drawn := _drawn_title(markup):
        document.meta.setdefault("img alt", drawn)
    return document


def _drawn_title(markup: Markup) -> str:
    """Return what the first picture of a report's title says, or nothing."""
    at = -1
    while (at := markup.codes.find(IMAGE, at + 1)) >= 0:
        if _SUBJECT not in (tag := markup.tag(at)):  # as nearly all
            continue
        if _TITLE.search(drawn := attributes_of(tag).get("alt", "")):
            return drawn.strip()
    return ""


def _repaired(text: str) -> str:
    """Return the page as a browser's parser would write it."""
    tree = LexborHTMLParser(text)
    if _ODD.search(text):
        for node in tree.css(_RAW):
            node.decompose()
        shown = tree.css(_TYPED)
        if len(shown) > _MOST_TYPED:
            raise Rejected("too_complex", detail=f"{len(shown)} elements of raw text")
        for node in shown:
            typed = tree.create_node("pre")
            typed.insert_child(node.text())
            node.replace_with(typed)
    return tree.html or ""

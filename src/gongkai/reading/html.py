"""HTML → Document, on the lexbor tree: what a browser would build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from gongkai.reading.depth import bounded
from gongkai.reading.document import Document
from gongkai.reading.walk import Walk, collapse

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|pptx?|jpe?g|tiff?)(?:[?#&]|$)", re.IGNORECASE
)
# Most links go to pages: no need to look at them one by one.
_LINKS = "a[href]:not([href$='html'],[href$='htm'],[href$='/'],[href$='#'])"
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_html(text: str, data: bytes | None = None) -> Document:
    """Read a page or a fragment of one.

    Text between tables becomes paragraphs, one for each block element and line; a table becomes
    a grid of its own cells. A row that holds further tables is layout: its contents come as
    blocks in source order. Elements that are not displayed are left out, unless the tables would
    go with them.

    Args:
        text: the decoded page.
        data: the same in UTF-8, where it is at hand: the parser wants that.
    """
    safe = bounded(text)
    tree = LexborHTMLParser(data if data is not None and safe is text else safe)
    document = Document([], "html")
    _read_head(tree, document)
    spanned, hidden = _marked(tree, text)
    if hidden:
        _drop_hidden(tree, hidden)
    document.blocks = Walk(tree, spanned).blocks
    document.links = _attachments(tree)
    return document


def _read_head(tree: LexborHTMLParser, document: Document) -> None:
    for node in (tree.head or tree).css("title"):
        document.title = collapse(node.text())
        break
    for node in (tree.head or tree).css("meta"):
        attributes = node.attributes
        name = attributes.get("name") or attributes.get("property")
        content = attributes.get("content")
        if name and content:
            document.meta.setdefault(name, content.strip())


def _marked(tree: LexborHTMLParser, text: str) -> tuple[set[int], list[LexborNode]]:
    """Return the elements with spans, by their identities, and those that are not shown."""
    spanned = {node.mem_id for node in tree.css("[colspan],[rowspan]")}
    hidden = tree.css("[hidden]")
    if "display" in text:
        styled = tree.css("[style*='display']")
        hidden += [node for node in styled if _NOT_SHOWN.search(node.attributes["style"] or "")]
    return spanned, hidden


def _drop_hidden(tree: LexborHTMLParser, hidden: list[LexborNode]) -> None:
    # A script may show later what is hidden now: the tables are never hidden all together.
    cells = len(tree.css("td"))
    kept = sum(len(node.css("td")) for node in hidden) * 2 > cells
    for node in hidden:
        if node.tag not in ("html", "body") and not (kept and node.css("td")):
            # Taken out, not destroyed: further hidden elements may stand inside.
            node.replace_with(tree.create_node("template"))


def _attachments(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    links = []
    for node in tree.css(_LINKS):
        address = node.attrs.get("href")
        if address and _ATTACHMENT.search(address):
            links.append((collapse(node.text()), address.strip()))
    return links

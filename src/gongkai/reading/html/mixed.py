"""Lines of text with tables in HTML between them → Document.

Markdown has no cells that span others, so tables are written in HTML there; programs that recognise
scanned pages write the same. The lines are lines, which a page would run together.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from gongkai.reading.document import Document, Grid, Paragraph, Place
from gongkai.reading.html.reader import read_html
from gongkai.reading.literals import COMMENT
from gongkai.reading.text import read_text

if TYPE_CHECKING:
    from gongkai.reading.document import Block

_TABLE_TAG = re.compile(r"<(/?)table\b", re.IGNORECASE)
_TAGS_ALONE = re.compile(rf"(?:\s|{COMMENT}|</?(?:html|body|div|center)\b[^>]*+>)*", re.IGNORECASE)
_MARKUP = re.compile(
    r"</?(?:p|div|br|t[rdh]|span|li|font|section|h[1-6]|body|html)\b", re.IGNORECASE
)
#: Tables in lines: the dashes below a Markdown table's head, or rules.
_DASHES = re.compile(
    r"^[ \t]*+(?:\|?[ \t]*+:?--+:?[ \t]*+\||\+[-=:]+\+|--+[ ]+--+|==+[ ]+==+)", re.MULTILINE
)
#: A tag that goes on in the next line, as programs that fill lines write it.
_BROKEN_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*\n[^<>]*>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HEADING = re.compile(r"^#{1,3} ", re.MULTILINE)
_HIDES = re.compile(r"display|hidden", re.IGNORECASE)
#: Each table is read on its own; a text of more of them is mark-up, which is read at once.
_MOST_TABLES = 1000
#: Stands for a table while the lines are read; no text holds this private character.
_MARK = "\ue000"


def read_lines_with_tables(text: str) -> Document | None:
    """Read text with tables in HTML; ``None`` where the text around them is mark-up, too.

    Raises:
        Rejected: it has more lines or cells than any report.
    """
    if _MARK in text:
        return None
    text = text.replace("\r\n", "\n")
    dashes = bool(_DASHES.search(text))
    markdown = dashes or bool(_HEADING.search(text))
    if markdown:
        text = _BROKEN_TAG.sub(_tag_first, text)
    split = _split(text.split("\n"), markdown=markdown)
    if split is None:
        return None
    lines, tables = split
    if not tables and not dashes:
        return None  # mark-up without a table, or none at all
    document = read_text("\n".join(lines))
    if not document.paragraphs[len(tables) :] and not document.grids:
        return None  # tables alone are a fragment of a page
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.text.startswith(_MARK):
            first, markup = tables[int(block.text[1:])]
            inside = read_html(markup)
            document.links += inside.links
            blocks += [_at_line(part, first) for part in inside.blocks]
        else:
            blocks.append(block)
    for number, grid in enumerate((b for b in blocks if isinstance(b, Grid)), start=1):
        grid.place = grid.place._replace(table=number)
    # Not the document that was read: it may know its paragraphs already.
    return Document(
        blocks, "markdown", title=document.title, meta=document.meta, links=document.links
    )


def _split(lines: list[str], *, markdown: bool) -> tuple[list[str], list[tuple[int, str]]] | None:
    """Return the lines with a mark for each table, and the tables with their first lines.

    Markdown may hold a line of mark-up, such as a title in the middle; it loses its tags.
    """
    kept: list[str] = []
    tables: list[tuple[int, str]] = []
    opened: list[str] = []
    depth = 0
    for line in lines:
        if opened or _TABLE_TAG.search(line):
            depth += sum(-1 if tag[1] else 1 for tag in _TABLE_TAG.finditer(line))
            opened.append(line)
            kept.append("")
            if depth <= 0:
                kept[-1] = f"{_MARK}{len(tables)}"
                tables.append((len(kept) - len(opened) + 1, "\n".join(opened)))
                opened, depth = [], 0
        elif "<" in line and _TAGS_ALONE.fullmatch(line) and not _HIDES.search(line):
            kept.append("")
        elif "<" in line and _MARKUP.search(line):
            if not markdown:
                return None
            kept.append(_unescaped(_TAG.sub("", _BREAK.sub("  ", line))))
        else:
            kept.append(_unescaped(line) if "&" in line else line)
    return None if opened or len(tables) > _MOST_TABLES else (kept, tables)


def _tag_first(tag: re.Match[str]) -> str:
    """Return a tag on one line, and its line ends behind it: each line keeps its number."""
    return tag[0].replace("\n", " ") + "\n" * tag[0].count("\n")


def _unescaped(line: str) -> str:
    """Replace character references; none stands for a table."""
    return unescape(line).replace(_MARK, "")


def _at_line(block: Block, line: int) -> Block:
    place = block.place
    block.place = Place(line=line, paragraph=place.paragraph, table=place.table)
    return block

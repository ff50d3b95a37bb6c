"""Tables in the marks of forums (BBCode) and of wikis, which become those of HTML.

An excerpt may begin or end within a table.
"""

from __future__ import annotations

import re
from html import escape

_FORUM = re.compile(r"\[(/?)(table|tr|td|th)(?:=[^\[\]]*)?\]")
#: A line that parts the rows of a wiki's table, and what opens and closes one.
_WIKI_ROW = re.compile(r"^[ \t]*\|-+[ \t]*$", re.MULTILINE)
_OPENS, _CLOSES = "{|", "|}"
_CELLS = re.compile(r"\|\||!!")
_ATTRIBUTES = re.compile(
    r"((?:\s*(?:col|row)span=\"?\d+\"?|\s*[a-z]+=\"[^\"]*\")+)\s*\|(.*)", re.DOTALL
)


def with_tags(text: str) -> str | None:
    """Return a text with its tables in HTML; ``None`` where it has none in other marks."""
    from gongkai.reading.text.prefixes import without_prefixes  # noqa: PLC0415 - for few texts

    forum = "[/td]" in text
    if not forum and not ("|-" in text and (_OPENS in text or _CLOSES in text)):
        return None
    text = without_prefixes(text)
    if forum:
        text = _FORUM.sub(r"<\1\2>", text)
    elif _WIKI_ROW.search(text):
        text = _of_wiki(text)
    else:
        return None
    opened, closed = text.count("<table>"), text.count("</table>")
    return "<table>" * (closed - opened) + text + "</table>" * (opened - closed)


def _of_wiki(text: str) -> str:
    lines = text.split("\n")
    inside = _CLOSES in text and 0 <= text.find(_CLOSES) < (text.find(_OPENS) % len(text))
    for number, line in enumerate(lines):
        bare = line.strip()
        if bare.startswith(_OPENS):
            lines[number], inside = "<table>", True
        elif bare.startswith(_CLOSES):
            lines[number], inside = "</table>", False
        elif inside and bare[:1] in ("|", "!"):
            row = "<tr>" if bare.startswith("|-") else "".join(map(_cell, _CELLS.split(bare[1:])))
            lines[number] = row
    return "\n".join(lines)


def _cell(text: str) -> str:
    found = _ATTRIBUTES.fullmatch(text)
    attributes, text = found.groups() if found else ("", text)
    return f"<td{attributes}>{escape(text.strip())}</td>"

r"""What programs leave in a text: entities, words for nothing, ``\n`` for a line's end."""

from __future__ import annotations

import re
from html import unescape

#: Entities that a program left in when it took the mark-up away; of signs of mark-up, none.
_ENTITY = re.compile(r"&(?:nbsp|[lr][ds]quo|[em]n?dash|middot|hellip|#\d{2,5}|#x[0-9a-fA-F]{2,5});")
#: What programs write for a cell that holds nothing.
_NOT_A_NUMBER = re.compile(r"(?<=[|\t,])[ ]*(?:NaN|nan)[ ]*(?=[|\t,\r\n])")
#: A number that a program took for a formula, in marks that Markdown would read as brackets.
_FORMULA = re.compile(r"\\\([ ]*(-?\d[\d,.]*|[-/—])[ ]*\\\)")
#: A label and its number in one piece, where tabs stand in the wider gaps of a line only.
_IN_ONE_PIECE = re.compile(r"[\u4e00-\u9fff）)”] -?\d[\d.]* \t\S")
#: A cell that holds nothing.
_BLANK = re.compile(r"\t *(?:\t|$)", re.MULTILINE)
_END = re.compile(r"(?:\\r)?\\n")
#: So many of them for each real line's end are no text about programs; so many to one are most.
_MOST = 10


def as_printed(text: str) -> str:
    r"""Return a text as people would print it.

    Args:
        text: any text; ``\n`` ends a line where it has hardly any other ends, and a tab behind
            each blank parts no cells where labels and numbers stand between two of them.
    """
    if "&" in text and "&lt;" not in text and _ENTITY.search(text):
        text = unescape(text)
    ends = text.count("\\n")
    if ends >= _MOST * (text.count("\n") + 1):
        text = _END.sub("\n", text).replace("\\t", "\t")
    if "\\(" in text:
        text = _FORMULA.sub(r"\1", text)
    if " \t" in text and not _BLANK.search(text) and _IN_ONE_PIECE.search(text):
        spaced, tabs = text.count(" \t"), text.count("\t")
        if spaced * _MOST > tabs * (_MOST - 1):
            text = text.replace(" \t", " ").replace("\t", " ")
    return _NOT_A_NUMBER.sub("", text) if "NaN" in text or "nan" in text else text

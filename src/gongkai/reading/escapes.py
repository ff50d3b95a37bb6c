r"""Texts that a program printed on one line, with ``\n`` for each line's end."""

from __future__ import annotations

import re

_END = re.compile(r"(?:\\r)?\\n")
#: So many of them for each real line's end are no text about programs.
_MOST = 10


def with_line_ends(text: str) -> str:
    r"""Return the text with real line ends and tabs, where it has hardly any but ``\n``.

    Args:
        text: any text; one that has lines of its own comes back as it is.
    """
    ends = text.count("\\n")
    if ends < _MOST * (text.count("\n") + 1):
        return text
    return _END.sub("\n", text).replace("\\t", "\t")

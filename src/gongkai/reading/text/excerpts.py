"""Marks that an excerpt prints in place of what it leaves out: at its end, and between numbers."""

from __future__ import annotations

import re

_MARK = r"(?:…+|\.{3,}|[\[（(](?:…+|\.{3,}|略|truncated)[\]）)])"
#: At the end, behind a number that may be cut, or a cell; then the length of the whole, perhaps.
_END = re.compile(rf"(?<=[\d|\t])[ \r\n]*{_MARK}(?:[\[（(][^\n。]{{0,16}}[\]）)])?\s*\Z")
_LONGEST_END = 40
#: Between numbers, of which those behind it are of another row.
_GAP = re.compile(rf"(?<=\d)[ \t]*{_MARK}[ \t]*|{_MARK}[ \t]*(?=\d[\d.,]*[ \t|\u3000]+\d)")


def without_end(text: str) -> str:
    """Return a text without the mark behind its last number or cell."""
    end = _END.search(text, max(0, len(text) - _LONGEST_END))
    return text[: end.start()] if end else text


def has_gaps(text: str) -> bool:
    """Tell whether a mark may stand in a line of a text."""
    return ("…" in text or "..." in text) and _GAP.search(text) is not None


def parted(line: str) -> tuple[str, str, str] | None:
    """Return what stands before a mark in a line, the mark, and what stands behind it."""
    gap = None if "。" in line else _GAP.search(line)
    return gap and (line[: gap.start()], gap[0], line[gap.end() :])

"""Pictures in the cells of tables: a cell that shows one is not blank.

A picture stands in a cell's text as its alternative text between two marks. That text is what
somebody wrote about the picture, not what it shows: no label and no number is read from it.
"""

from __future__ import annotations

import re

#: Unicode's own sign for an object among text.
MARK = "\ufffc"
_PICTURE = re.compile(f"{MARK}([^{MARK}]*){MARK}")
_LETTER = re.compile(r"[^\W\d_]")


def picture(description: str = "") -> str:
    """Return what stands for a picture in a cell's text, with the words that describe it."""
    return f"{MARK}{description.replace(MARK, '').strip()}{MARK}"


def without_pictures(text: str) -> str:
    """Return a text without the pictures in it."""
    return _PICTURE.sub("", text).strip() if MARK in text else text


def of_cell(text: str) -> str:
    """Return a cell's text without pictures beside words: they adorn it.

    Beside a number, a picture may be a digit of it.
    """
    rest = _PICTURE.sub("", text)
    return rest.strip() if _LETTER.search(rest) else text


def described(text: str) -> str:
    """Return a cell's text with its pictures in brackets, for people."""
    return _PICTURE.sub(lambda found: f"[图片：{found[1]}]" if found[1] else "[图片]", text)

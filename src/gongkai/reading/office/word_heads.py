"""Headers and footers of a Word file: the tables and the title that a section prints there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.office.word_xml import word_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from gongkai.reading.office.package import Package

_W = "{w}"
_P, _T, _TC, _SECTION = f"{_W}p", f"{_W}t", f"{_W}tc", f"{_W}sectPr"
_HEADER, _FOOTER = f"{_W}headerReference", f"{_W}footerReference"
_ID = re.compile(r"\{.*/relationships\}id")
_KINDS = """(?:header|footer)["']"""
#: A letterhead has fewer cells; the statutory tables have more.
_LEAST_CELLS = 20
#: What every title of a report holds.
_TITLE = re.compile("政府信息公开.*报告")


def with_headers(root: etree._Element, package: Package, main: str) -> str:
    """Put the headers and footers that hold tables behind the sections that print them.

    Each is put there once: what every page repeats is the same text. Before a section, a table
    would stand above the report's title.

    Args:
        root: the main part, which is changed.
        package: the file.
        main: the path of the main part.

    Returns:
        the line of a header that may be the report's title, or ``""``.
    """
    printed = {name: part for name, _, part in package.related(main, _KINDS) if name}
    title, seen = "", set[bytes]()
    for section, last in list(_sections(root)):
        for reference in section.iter(_HEADER, _FOOTER):
            name = printed.get(_id(reference))
            data = b"" if name is None else package.read(name)
            if not data or data in seen:
                continue
            seen.add(data)
            part = word_tree(data)
            if sum(1 for _ in part.iter(_TC)) >= _LEAST_CELLS:
                for block in list(part):
                    last.addnext(block)
                    last = block  # noqa: PLW2901 - the next one stands behind it
            else:
                title = title or next(filter(_TITLE.search, _lines(part)), "")
    return title


def _id(reference: etree._Element) -> str:
    return next((str(v) for k, v in reference.items() if _ID.fullmatch(str(k))), "")


def _sections(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield the properties of each section, and the block that ends it."""
    body = next(root.iterchildren(), None)
    for block in () if body is None else body:
        section = block if block.tag == _SECTION else block.find(f"{_W}pPr/{_SECTION}")
        if section is not None:
            yield section, block


def _lines(part: etree._Element) -> Iterator[str]:
    for paragraph in part.iter(_P):
        yield "".join(text.text or "" for text in paragraph.iter(_T)).strip()

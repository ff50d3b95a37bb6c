"""Elements of a page that are not displayed: left out, but for what a script shows later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.elements import SHOWN_AGAIN, end_of
from gongkai.reading.html.looks import is_folded

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

_HIDDEN = re.compile(b"[%c-\xff]" % t.HIDDEN)
# The tables of a form have more cells; these are the first and the last row of the longest.
_WHOLE = 200
_ROWS = ("本年新收", "结转下年")
# What tells the parts of a report: a word of each table, and the headings of its sections.
_OF_TABLES = ("处理决定数", "结转下年度继续", "未经复议")
_FEW = 15  # cells: the smallest table of the form has as many
_HEADING = re.compile(
    "([一二三四五六])、(?=总体|主动公开|行政机关|收到和|政府信息公开|因政府信息|存在|其他需要)"
)


def drop_hidden(page: Markup) -> None:
    """Leave out what is not displayed, unless the report or a part of it would go with it.

    Args:
        page: the page; no code of it is marked as hidden any longer.
    """
    codes = page.codes
    regions = []
    end = page.start - 1
    while found := _HIDDEN.search(codes, end + 1):
        i = found.start()
        codes[i] -= t.HIDDEN
        end = end_of(page, i)
        regions.append((i, end))
    # A script may show later what is hidden now: the tables are never hidden all together.
    counts = [t.count_cells(codes[i:end]) for i, end in regions]
    most = 2 * sum(counts) > t.count_cells(codes)
    parts = [_parts("".join(page.texts(i, end))) for i, end in regions]
    shown = _Shown(page, regions) if most or any(parts) else None
    kept = most and shown is not None and not shown.is_whole
    lacking = [shown is not None and not shown.parts >= part for part in parts]
    # Nor is the text between them: the panes of a page look the same.
    panes = {
        _look(page.tag(i))
        for (i, _), cells, lacks in zip(regions, counts, lacking, strict=True)
        if lacks or (kept and cells)
    }
    panes.discard(None)
    for (i, end), cells, lacks in zip(regions, counts, lacking, strict=True):
        tag = page.tag(i)
        # Where nothing but a name tells, no more than tables is left out.
        folded = cells < _FEW and is_folded(t.name_of(tag), t.attributes_of(tag))
        if lacks or folded or (kept and cells) or (not cells and _look(tag) in panes):
            codes[i:end] = codes[i:end].translate(SHOWN_AGAIN)
        else:
            page.blank(i, end)


class _Shown:
    """What a page shows at first, beside the elements that it hides.

    Args:
        page: the page.
        regions: the first and the last tag of each hidden element.

    Attributes:
        is_whole: it holds a form's rows, and as many cells as its tables have.
        parts: which parts of a report it holds: what goes on with it holds another one.
    """

    def __init__(self, page: Markup, regions: list[tuple[int, int]]) -> None:
        codes = bytearray(page.codes)
        texts = page.texts(0, len(page.codes))
        for i, end in regions:
            codes[i:end] = bytes(end - i)
            texts[i:end] = [""] * (end - i)
        text = "".join(texts)
        self.is_whole = t.count_cells(codes) >= _WHOLE and all(row in text for row in _ROWS)
        self.parts = _parts(text)


def _parts(text: str) -> set[str]:
    """Return the numbers of the sections, and words of the tables, that a text holds."""
    found = {word for word in _OF_TABLES if word in text}
    if "、" in text:
        found.update(_HEADING.findall(text))
    return found


def _look(tag: str) -> tuple[str, str, str] | None:
    """Return what the panes of a page have in common: name, class and identity but its number."""
    attributes = t.attributes_of(tag)
    same = attributes.get("class", ""), attributes.get("id", "").rstrip("0123456789")
    return (t.name_of(tag), *same) if any(same) else None

"""What a page shows in another way than it writes it: hidden elements, form fields, notes."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.doubted import NEAR, begins_with_digit, cell_around, settle_doubted
from gongkai.reading.html.elements import DRAWN, end_of
from gongkai.reading.html.fields import as_shown, chosen, value_of
from gongkai.reading.html.hidden import drop_hidden
from gongkai.reading.html.looks import INVISIBLE, has_hiding_class, is_hidden
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from gongkai.reading.html.markup import Markup

# Few tags have to be settled; they are found faster than one by one.
_LATER = (t.STRUCK, t.UNSEEN, t.DOUBTED, t.NOTED)
_SETTLED = re.compile(b"[%s]" % re.escape(bytes((*range(t.SKIPPED, t.ODD), *_LATER))))
_LONGEST_MARK = 3
#: The mark of a note holds fewer tags, and none like its own.
_MARK_TAGS = 8

# An image of so many pixels is there to keep a cell open.
_SPACER = re.compile(r"\s*[0-3](?:\.\d+)?(?:px)?\s*")
_STYLED = re.compile(r"(?<![-\w])(?:width|height)\s*:([^;]*)", re.IGNORECASE)
_UNSEEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)


def settle(page: Markup) -> None:
    """Take out what is not shown; give form fields and raised texts as what they mean."""
    codes = page.codes
    drop_hidden(page)
    doubted: list[tuple[int, int, bool]] = []
    invisible: list[int] = []
    i = page.start
    while found := _SETTLED.search(codes, i):
        i, code = found.start(), found[0][0]
        if code >= t.STRUCK:
            i = _leave_out(page, i, doubted, invisible)
        elif code & 1:  # the end of an element that never began
            codes[i] = t.INLINE
        elif code == t.INPUT:
            codes[i] = t.INLINE
            page.write(i, as_shown(page, i, i, value_of(page.tag(i))) + page.text(i))
        else:
            end = end_of(page, i)
            if code == t.RAISED and _moves_blocks(page, i, end):
                codes[i] = t.INLINE
                continue
            if code == t.SELECT:
                text = as_shown(page, i, end, chosen(page, i, end))
            elif code == t.RAISED:
                text = _raised(page, i, end)
            else:
                text = ""
            drawn = code == t.NARROW and t.name_of(page.tag(i)) in DRAWN
            numbers = drawn and any(map(str.isdecimal, "".join(page.texts(i, end))))
            page.blank(i, end)
            page.write(i, text)
            if numbers:  # whatever they are there, the place is not blank
                codes[i] = t.IMAGE
            i = end
        i += 1
    if doubted or invisible:
        settle_doubted(page, doubted, invisible)


def _leave_out(
    page: Markup, i: int, doubted: list[tuple[int, int, bool]], invisible: list[int]
) -> int:
    """Take out an element that is not shown, or leave it for later; return the last tag settled."""
    code = page.codes[i]
    if code == t.STRUCK:
        return _strike(page, i)
    if code == t.UNSEEN:
        return _leave_unseen(page, i, invisible)
    page.codes[i] = t.code_of_name(page.tag(i)) if code == t.NOTED else t.INLINE
    if code == t.DOUBTED:
        doubted.append((i, end_of(page, i), False))
    elif begins_with_digit(page, i) and (end := _end_of_mark(page, i)):
        doubted.append((i, end, True))
    return i


def _end_of_mark(page: Markup, first: int) -> int:
    """Return the index of the tag that closes the mark of a note, 0 for a longer element."""
    name = t.name_of(page.tag(first))
    for i in range(first + 1, min(first + _MARK_TAGS, len(page.codes))):
        found = t.name_of(page.tag(i))
        if found in (name, f"/{name}") or page.codes[i] >= t.BLOCK:
            return i if found != name and page.codes[i] < t.BLOCK else 0
    return 0


def show_images(page: Markup, first: int, end: int) -> None:
    """Let a mark stand for each image in a table: a cell that holds nothing else is not blank."""
    i = page.codes.find(t.IMAGE, first, end)
    while i >= 0:
        page.write(i, escape(_picture(t.attributes_of(page.tag(i)))) + page.text(i))
        i = page.codes.find(t.IMAGE, i + 1, end)


def _picture(attributes: dict[str, str]) -> str:
    """Return what stands for an image in a cell's text; nothing for one that nobody sees."""
    style = attributes.get("style", "")
    sizes = [attributes.get("width", ""), attributes.get("height", ""), *_STYLED.findall(style)]
    unseen = is_hidden(attributes) or _UNSEEN.search(style)
    if unseen or any(map(_SPACER.fullmatch, sizes)):
        return ""
    return picture(attributes.get("alt", ""))


def _strike(page: Markup, first: int) -> int:
    """Leave nothing in a cell that is struck through; return the index of its last tag."""
    last = end_of(page, first)
    page.blank(first, last)
    page.codes[first] = t.code_of_name(page.tag(first))
    if last > first:
        page.codes[last] = t.CELL + 1
    return last


def _leave_unseen(page: Markup, first: int, alone: list[int]) -> int:
    """Take out invisible text beside visible text in a cell; a script may show what stands alone.

    Args:
        page: the page.
        first: index of the element's first tag.
        alone: takes up the index of an element that holds nothing but the only digits of its cell.

    Returns:
        the index of the last tag that is settled.
    """
    start = cell_around(page, first)
    last = end_of(page, first) if start is not None else first
    page.codes[first] = t.INLINE
    inside = "".join(page.tags(first + 1, last)).lower()
    # A style may show what is in it again, as a sheet may the cells of a table.
    shown_again = "visibility" in inside or "font-size" in inside
    shown_again = shown_again or t.TABLE in page.codes[first:last]
    if start is None or shown_again or not _has_text_beside(page, start, first, last):
        digits = last == first + 1 and any(map(str.isdecimal, page.text(first)))
        if start is not None and digits and not _hides_by_class(page.tag(first)):
            alone.append(first)
        return first
    page.blank(first, last)
    return last


def _hides_by_class(tag: str) -> bool:
    """Tell whether the class of a tag, and no style, makes its text invisible."""
    attributes = t.attributes_of(tag)
    return has_hiding_class(attributes) and not INVISIBLE.search(attributes.get("style", ""))


def _has_text_beside(page: Markup, start: int, first: int, last: int) -> bool:
    """Tell whether a cell holds other text than an element, or a form field, near it."""
    near = range(last + 1, min(last + NEAR, len(page.codes)))
    end = next((n for n in near if t.TABLE <= page.codes[n] < t.SKIPPED), last + 1)
    if any(text.strip() for text in (*page.texts(start, first), *page.texts(last, end))):
        return True
    # What a field holds becomes text when it is met.
    return any(page.codes[n] == t.INPUT and value_of(page.tag(n)) for n in range(last + 1, end))


def _text_before(page: Markup, i: int) -> str:
    """Return the last text of the line in front of a tag."""
    while i and page.codes[i - 1] < t.BLOCK:
        i -= 1
        if page.text(i).strip():
            return page.text(i)
    return page.text(i - 1)


def _goes_on(page: Markup, first: int) -> bool:
    """Tell whether a raised text goes on with a raised number that is no note."""
    before = first - 1
    return (
        before > page.start
        and t.code_of_name(page.tag(before)) == t.RAISED + 1
        and not page.text(before).strip()
        and _text_before(page, first)[-1:].isdecimal()
    )


def _text_after(page: Markup, i: int) -> str:
    """Return the text right behind a tag that is not raised, too."""
    while not page.text(i) and i + 1 < len(page.codes) and page.codes[i + 1] < t.BLOCK:
        i += 1
    return page.text(i)


def _moves_blocks(page: Markup, first: int, last: int) -> bool:
    """Tell whether what is raised holds tables or, in no cell, paragraphs: these are no mark."""
    inside = page.codes[first + 1 : last]
    blocks = any(t.BLOCK <= code < t.SKIPPED and code != t.BREAK for code in inside)
    return blocks and (t.TABLE in inside or cell_around(page, first) is None)


def _raised(page: Markup, first: int, last: int) -> str:
    """Return a raised text; a small number behind a number is a note, [1], and no digit of it.

    In a cell neither is a longer one, or one in front of a number: there it can't be read.
    """
    text = "".join(page.texts(first, last))
    mark = text.strip()
    if not mark.isdecimal() or _goes_on(page, first):
        return text
    # What stands before is looked for last: it may be far away where nothing is raised.
    behind = _text_before(page, first).rstrip()[-1:].isdecimal()
    if behind and len(mark) < _LONGEST_MARK:
        return f"[{mark}]"
    if (behind or _text_after(page, last)[:1].isdecimal()) and cell_around(page, first) is not None:
        return picture()
    return text

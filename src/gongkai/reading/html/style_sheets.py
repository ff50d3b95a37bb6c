"""What a page's own style sheets do to its elements, by their classes and identities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.html import tags as t
from gongkai.reading.html.doubted import cell_around
from gongkai.reading.html.style_rules import ForSeveral, Sheet, read_sheets
from gongkai.reading.pictures import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gongkai.reading.html.markup import Markup

#: How closing tags and declarations begin.
_NO_ELEMENT = ("/", "!", "?")
#: Of more words than these a pattern takes longer than to look at each of a tag's.
_MANY = 100
_WORD = re.compile(r"[\w-]+")
_NUMBER = re.compile(r"[\d.,]*\d")
_IN_CELLS = (*t.CELLS, t.PARAGRAPH, t.BOX)
#: What a look that an inline element may have makes of a cell, and of a block in it.
_OF_CELL = {t.UNSEEN: t.FAINT, t.UNSURE: t.FAINT, t.TURNED: t.TURNED}


def hide(page: Markup, sheets: Sequence[str]) -> None:
    """Mark the elements that style sheets hide, strike, raise or turn round.

    What is not displayed: only plain selectors count, ``.name``, ``#name`` and ``tr.name``, and
    only those that no other rule shows again, whatever it depends on but a pointer; rules for some
    media only (print, small screens) hide nothing. For inline elements, whose text goes only where
    other text stands beside it, and for cells the last name of a selector is enough.

    Args:
        page: the page; the codes of such elements are changed.
        sheets: its style sheets.
    """
    sheet = read_sheets(sheets)
    names = {name[1:] for name in sheet.inline | sheet.looks.keys() | sheet.digits}
    names.update(name.lstrip(".#[") for asked in sheet.doubted for name in asked)
    if not (names or sheet.printed):
        return
    named = _finder(names | sheet.printed)
    page.coloured = frozenset(sheet.coloured)
    tags = page.tags(0, len(page.codes))
    # Most tags come again and again.
    suspected = {tag for tag in set(tags) if named(tag) and tag[:1] not in _NO_ELEMENT}
    owners = {tag: t.selectors_of(tag) for tag in suspected}
    states = _States(sheet, owners.values())
    codes: dict[str, int] = {}
    for i, tag in enumerate(tags) if suspected else ():
        if tag in suspected and page.codes[i] != t.BROKEN and page.codes[i] < t.HIDDEN:
            if tag not in codes:
                codes[tag] = states.code(tag, owners[tag], page.codes[i])
            page.codes[i] = codes[tag]
            if sheet.digits or sheet.printed:
                _mark_digits(page, i, owners[tag], sheet)


def _finder(words: set[str]) -> Callable[[str], object]:
    """Return what tells whether a tag holds one of some words; it may find parts of others, too."""
    if len(words) > _MANY:
        return lambda tag: not words.isdisjoint(_WORD.findall(tag))
    return re.compile("|".join(map(re.escape, sorted(words)))).search


class _States:
    """Which elements the rules of a page show and hide, as it stands.

    Args:
        sheet: the rules.
        owners: classes and identity of each element.
    """

    def __init__(self, sheet: Sheet, owners: Iterable[set[str]]) -> None:
        self._sheet = sheet
        self._shown = ForSeveral(set(sheet.shown))
        self._certain, self._doubted = ForSeveral(sheet.certain), ForSeveral(sheet.doubted)
        states = [(own, met) for own in owners if (met := self._shown.met(own))]
        shown = (rule for _, met in states for rule in met)
        # What no element is yet a script makes of one later, and shows the others, too.
        self._later = frozenset[str]().union(*sheet.shown).difference(*shown)
        # Of the panes of a page one is shown.
        self._hidden = sheet.hidden | (sheet.inside & set[str]().union(*(own for own, _ in states)))

    def code(self, tag: str, own: set[str], code: int) -> int:
        """Return the code of an element with these names."""
        shown = not own.isdisjoint(self._later) or bool(self._shown.met(own))
        if not shown and self._is_hidden(tag, own):
            if "display" not in t.attributes_of(tag).get("style", ""):
                return t.as_hidden(tag, t.code_of_name(tag) if code in t.ALTERED else code)
        elif code in t.LETTERS and not own.isdisjoint(self._sheet.inline):
            code = t.UNSEEN if not shown else code if self._certain.met(own) else t.NOTED
        look = self._sheet.look_of(own)
        if code in t.LETTERS:
            return t.NOTED if look == t.INLINE and self._is_doubted(tag, own) else look or code
        if code == t.ROW and look == t.UNSEEN:
            return t.as_hidden(tag, code)
        if code not in _IN_CELLS or code != t.code_of_name(tag):
            return code
        if look == t.NARROW:
            return t.as_struck(tag, code)
        if look == t.INLINE and code != t.BOX:
            hidden = not (shown or own.isdisjoint(self._sheet.inline))
            look = t.UNSEEN if hidden or self._is_doubted(tag, own) else look
        return _OF_CELL.get(look, code)

    def _is_hidden(self, tag: str, own: set[str]) -> bool:
        """Tell whether a rule hides an element by one of its names, or by that and its tag's."""
        name = t.name_of(tag)
        return any(one in self._hidden or name + one in self._hidden for one in own)

    def _is_doubted(self, tag: str, own: set[str]) -> bool:
        """Tell whether a rule may hide, strike or raise an element."""
        if not self._sheet.doubted:
            return False
        asked = own | {f"[{name}" for name in t.attributes_of(tag)} | {t.name_of(tag)}
        return bool(self._doubted.met(asked))


def _mark_digits(page: Markup, i: int, own: set[str], sheet: Sheet) -> None:
    """Mark an element in a cell beside whose text the sheet prints digits."""
    beside = not own.isdisjoint(sheet.digits) or _prints_number(page, i, sheet.printed)
    if beside and (page.codes[i] in t.CELLS or cell_around(page, i) is not None):
        page.write(i, picture() + page.text(i))


def _prints_number(page: Markup, i: int, printed: set[str]) -> bool:
    """Tell whether an element, empty as it is, prints a number that an attribute holds."""
    if page.text(i).strip() or page.codes[i] not in (*t.CELLS, *t.LETTERS):
        return False
    attributes = t.attributes_of(page.tag(i))
    return any(_NUMBER.fullmatch(attributes.get(name, "").strip()) for name in printed)

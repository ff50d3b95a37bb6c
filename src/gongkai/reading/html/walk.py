"""The walk over a page's tags: elements → paragraphs and grids, in source order."""

from __future__ import annotations

from html import unescape
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.blocks import BlockList
from gongkai.reading.html.glued import part_digits
from gongkai.reading.html.markup import Markup, MisnestedError, has_strays, shown
from gongkai.reading.html.settle import show_images
from gongkai.reading.html.shapes import LINE_BREAK, cell_text, shape_of
from gongkai.reading.html.tags import (
    APART,
    BLOCK,
    BREAK,
    CAPTION,
    CELL,
    CELLS,
    FILE,
    IMAGE,
    INLINE,
    ITEM,
    LINK,
    LIST,
    PARAGRAPH,
    PRE,
    ROW,
    STRUCTURE,
    TABLE,
    WIDE,
    all_spans_of,
)
from gongkai.reading.text import read_text

if TYPE_CHECKING:
    from gongkai.reading.document import GridCell

_WITHOUT_SIGNS = bytes.maketrans(bytes((APART,)), bytes((INLINE,)))
_IS_WIDE = bytes(code == WIDE for code in range(256))
# A list of so many items, each a link with few signs, is a menu or a list of other pages.
_MENU = 8
_LONGEST_ITEM = 60
_DEEPEST = 200
# Text as it was typed that is no cell's: so many lines, and one of them with cells of
# its own, or longer than any label's.
_TYPED = 4
_LONG_LINE = 30
# Lists in lists are looked at anew for each of them: so often all of a page, and no more.
_LOOKS = 8


class Element(NamedTuple):
    """An element of a page: its first and its last tag."""

    page: Markup
    first: int
    last: int

    @property
    def html(self) -> str:
        """Its mark-up."""
        return self.page.html(self.first, self.last)


class Walk:
    """One pass over a page's tags, without recursion.

    Args:
        page: the tags.

    Attributes:
        blocks: what it found.

    Raises:
        MisnestedError: the page is as written, and how its tables and lists are nested cannot be
            told.
    """

    def __init__(self, page: Markup) -> None:
        self._page = page
        self._codes = page.codes
        self._into = BlockList()
        self.blocks = self._into.blocks
        self._out: list[str] = []  # pieces of the open line
        self._opened: list[int] = []  # first tags of open lists and of what tables are made of
        self._bare = False  # in a table, but in none of its cells
        self._next_table = self._next_typed = -1
        self._looks = _LOOKS * len(self._codes)
        self._run()

    def _run(self) -> None:  # noqa: C901 - the hot loop
        # Calls and attributes are what costs here: most pages are thousands of tags.
        page, codes, out, flush = self._page, self._codes, self._out, self._flush
        turns = page.turns
        owner = -1  # the block element that holds the line, and only it
        i, behind = page.start, len(codes)
        if not i and not turns[0].isspace():
            out.append(turns[0])
        while i < behind:
            code = codes[i]
            if code >= BLOCK:
                if out:
                    flush(self._element(owner, i))
                owner = -1
                if code < BREAK:
                    owner = -1 if code & 1 else i
                elif code & 1:
                    self._close(code)
                elif code != BREAK:
                    end = self._flat(i, code)
                    if end > i:
                        i = end
                    else:
                        self._open(i, code)
                        owner = i
            text = turns[i + i + 2]
            if text and (out or not text.isspace()):
                out.append(text)
            i += 1
        flush(None)
        if self._opened:
            self._refuse()

    def _element(self, owner: int, i: int) -> Element | None:
        """Return the element that holds the line alone, if a tag closes it."""
        code = self._codes[i]
        opening = self._codes[owner] if owner >= 0 else INLINE
        if opening and (code == opening + 1 or (opening == WIDE and code == CELL + 1)):
            return Element(self._page, owner, i)
        if self._page.has_strays and code & 1 and PARAGRAPH + 1 < code < BREAK:
            self._refuse()  # where the line ends depends on whether the tag is one of them
        return None

    def _flush(self, element: Element | None) -> None:
        """End the line; ``element`` is the one that holds it alone."""
        text = "".join(self._out)
        self._out.clear()
        if text and not text.isspace():
            if self._bare:
                self._refuse()
            self._into.paragraph(shown(text), element)

    def _refuse(self) -> None:
        """Leave a page as written to a parser; what a parser wrote is taken as it is."""
        if self._page.strict:
            raise MisnestedError

    # -- what is open ---------------------------------------------------------------------------

    def _top(self) -> int:
        """Return the code of the innermost open element, or 0."""
        code = self._codes[self._opened[-1]] if self._opened else INLINE
        return CELL if code == WIDE else code

    def _open(self, i: int, code: int) -> None:
        if code in CELLS:
            self._end_implied(CELL)
            fits = self._top() == ROW
        elif code == ROW:
            self._end_implied(CELL, ROW)
            fits = self._top() == TABLE
        else:
            fits = not self._bare
        if not fits or len(self._opened) > _DEEPEST:
            self._refuse()
        self._opened.append(i)
        self._bare = code in (TABLE, ROW)

    def _close(self, code: int) -> None:
        if code == ROW + 1:
            self._end_implied(CELL)
        elif code == TABLE + 1:
            self._end_implied(CELL, ROW)
        if self._top() != code - 1:
            self._refuse()
            return
        self._opened.pop()
        self._bare = self._top() in (TABLE, ROW)

    def _end_implied(self, *codes: int) -> None:
        """Close what a page as written may leave open."""
        for code in codes:
            if self._top() == code:
                self._opened.pop()

    def _menu(self, i: int) -> int:
        """Add a list of links to other pages as one paragraph; return the index of its end.

        Returns:
            ``i`` where it is another list.
        """
        if self._looks < 0:
            return i
        end = self._find(LIST + 1, i)
        inner = self._codes.count(LIST, i + 1, end)
        while inner and end < len(self._codes):
            start, end = end, self._find(LIST + 1, end + 1)
            inner += self._codes.count(LIST, start, end) - 1
        self._looks -= end - i
        inside = self._codes[i:end]
        items = inside.count(ITEM)
        few = items < _MENU or inside.count(LINK) + inside.count(FILE) < items
        if few or end == len(self._codes) or self._holds_structure(i, end):
            return i
        text = unescape(" ".join(self._page.texts(i, end)))
        # Labelled values are metadata, whatever they are printed in.
        if ":" in text or "：" in text:
            return i
        text = " ".join(text.split())
        if len(text) > items * _LONGEST_ITEM:
            return i
        self._into.paragraph(text)
        return end

    def _holds_structure(self, first: int, end: int) -> bool:
        """Tell whether some tags are of what tables are made of."""
        inside = self._codes[first:end]
        return len(inside.translate(None, STRUCTURE)) < len(inside)

    # -- tables ---------------------------------------------------------------------------------

    def _flat(self, i: int, code: int) -> int:
        """Add what holds no tables: a table, rows of a layout table, or text as it was typed.

        Returns:
            the index of its last tag; ``i`` where it is none of these.
        """
        if code == LIST:
            return i if self._bare else self._menu(i)
        if code not in (TABLE, ROW, PRE):
            return i
        table = self._table_behind(i)
        end = self._find(TABLE + 1 if code == ROW else code + 1, i)
        if code == ROW:
            return self._rows(i, min(table, end))
        if table < end:
            return i
        across = code == PRE and self._holds_structure(i, end)
        if end == len(self._codes) or self._bare or across:
            self._refuse()
            return i
        if code == TABLE:
            self._into.table(self._grid(i + 1, end), Element(self._page, i, end))
        else:
            self._into.blocks_of(read_text(unescape(self._lines(i, end, "\n"))))
        return end

    def _rows(self, i: int, end: int) -> int:
        """Add the rows of a layout table up to the next one that holds tables."""
        if end < len(self._codes) and self._codes[end] in (TABLE, PRE):
            while self._codes[end] != ROW:
                end -= 1
        if end > i:
            self._end_implied(CELL, ROW)
            if self._top() != TABLE:
                self._refuse()
            self._bare = True
            self._into.table(self._grid(i, end), layout=True)
        return max(i, end - 1)

    def _table_behind(self, i: int) -> int:
        """Return the index of the first tag of the next table, or of the next text as it was typed.

        A short text is left in its cell.
        """
        if self._next_table <= i:
            self._next_table = self._find(TABLE, i + 1)
        if self._next_typed <= i:
            self._next_typed = self._find(PRE, i + 1)
            while self._next_typed < len(self._codes) and not self._is_typed(self._next_typed):
                self._next_typed = self._find(PRE, self._next_typed + 1)
        return min(self._next_table, self._next_typed)

    def _is_typed(self, i: int) -> bool:
        """Tell whether a text as it was typed has more lines than a cell, and longer ones."""
        text = self._lines(i, self._find(PRE + 1, i), "\n")
        lines = [line.strip() for line in text.split("\n")]
        parted = any("\t" in line or "|" in line or len(line) >= _LONG_LINE for line in lines)
        return parted and len(lines) >= _TYPED

    def _find(self, code: int, start: int) -> int:
        """Return the index of the first tag with a code; behind the last one without any."""
        found = self._codes.find(code, start)
        return found if found >= 0 else len(self._codes)

    def _grid(self, first: int, end: int) -> list[list[GridCell]]:
        """Turn the tags from one to another into the rows of a grid."""
        page = self._page
        inside = bytes(self._codes[first:end])
        if page.has_strays and has_strays(inside):
            self._refuse()  # in a cell it would part a line
        if CAPTION in inside:
            self._caption(first, end)
            inside = bytes(self._codes[first:end])
        if IMAGE in inside:
            show_images(page, first, end)
        if APART in inside:
            part_digits(page, first, end)
            inside = inside.translate(_WITHOUT_SIGNS)
        wide = compress(page.tags(first, end), inside.translate(_IS_WIDE))
        shape = shape_of(inside, all_spans_of(wide))
        rows, outside = shape.fill(page.texts(first - 1, end))
        if outside or not shape.is_sound:
            self._refuse()
        return rows

    def _caption(self, first: int, end: int) -> None:
        """Add a table's caption as paragraphs in front of it."""
        start = self._codes.index(CAPTION, first, end)
        last = self._codes.find(CAPTION + 1, start, end)
        if last < 0 or ROW in self._codes[start:last]:
            self._refuse()
            return
        self._into.lines(cell_text(self._lines(start, last, LINE_BREAK)))
        self._page.blank(start, last)

    def _lines(self, first: int, last: int, line_break: str) -> str:
        """Return the text between two tags, with a break for each element that is no inline."""
        pieces = zip(self._codes[first:last], self._page.texts(first, last), strict=True)
        return "".join([text if code < BLOCK else line_break + text for code, text in pieces])

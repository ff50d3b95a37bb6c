"""What a tag of a page is to the reading: a code, by its name and the attributes that matter.

Pages repeat their tags: each is looked at once and then known by its text.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, TypeVar

from gongkai.reading.html import looks
from gongkai.reading.html.pale import LOOK as PALE
from gongkai.reading.html.pale import WORDS as PALE_WORDS
from gongkai.reading.html.pale import is_pale
from gongkai.reading.html.plain_tags import PLAIN_TAG
from gongkai.reading.html.signs import signs_of
from gongkai.reading.raster import span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")

# An opening tag has an even code, its closing tag the next one; all fit into a byte. The order of
# the groups lets the walk tell them apart by comparing numbers: a line runs on through all that
# are below BLOCK.
INLINE = 0
UNSURE = 1  # an opening tag of what a browser may not show; until its text is seen
LINK, FILE = 2, 4  # to a page, to an attachment
META, HEAD = 6, 8
TITLE, AREA = 10, 12  # a parser sees no tags inside
APART = 5  # an inline element that is no part of a number beside it: see .signs
IMAGE = 14
BLOCK = 16
PARAGRAPH, ITEM, OPTION, CAPTION, BOX = range(BLOCK, BLOCK + 10, 2)
BREAK = 26
LIST = 28
PRE = 30
TABLE, ROW, CELL, WIDE = 32, 34, 36, 38  # WIDE: a cell that covers more than its place
# What the walk never sees, because :mod:`gongkai.reading.html.markup` settles it.
SKIPPED, NARROW, INPUT, SELECT, RAISED = 40, 42, 44, 46, 48  # NARROW: skipped, holds no blocks
ODD = 50  # a parser reads what is inside in its own way
BROKEN = 52  # no tag at all
STRUCK = 54  # a cell whose text is struck through
UNSEEN = 56  # a style or a class makes the text invisible
DOUBTED = 58  # digits that a browser may not show: see :mod:`gongkai.reading.html.doubted`
# Elements and cells that show something else than their text (:mod:`gongkai.reading.html.altered`).
ALTERED = TURNED, COUNTED, FAINT = 60, 62, 64
NOTED = 66  # beside other digits, those in it may be no part of their number
HIDDEN = 128  # added to the code of an element that is not displayed

#: The codes of what tables are made of.
STRUCTURE = bytes(range(TABLE, SKIPPED))
CELLS = (CELL, WIDE)
#: Inline elements that hold nothing but text of their own.
LETTERS = (INLINE, APART)

_NAMES = {
    LINK: "a",
    META: "meta",
    HEAD: "head",
    TITLE: "title",
    AREA: "textarea",
    IMAGE: "img",
    PARAGRAPH: "p",
    ITEM: "li",
    OPTION: "option",
    CAPTION: "caption",
    BOX: "address article aside blockquote body center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup html legend main nav "
    "optgroup section summary",
    BREAK: "br hr",
    LIST: "ul ol menu",
    PRE: "pre listing",
    TABLE: "table",
    ROW: "tr",
    CELL: "td th",
    SKIPPED: "iframe object noframes datalist audio video template",
    NARROW: "del s strike svg math canvas rt rp progress meter",
    INPUT: "input",
    SELECT: "select",
    RAISED: "sup sub",
    ODD: "xmp plaintext noembed frameset script style",
}
_MAY_BE_ALTERED = frozenset((INLINE, PARAGRAPH, BOX, CELL, WIDE))
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
# A new paragraph, item or cell ends the one before: the closing tag may be missing.
_MAY_STAY_OPEN = frozenset(
    "p li dt dd option optgroup tr td th tbody thead tfoot".split()  # noqa: SIM905
)
# Elements without an end, and those that hold everything.
_NEVER_HIDDEN = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link "  # noqa: SIM905
    "meta param source track wbr html body".split()
)

# Quotes only around values: else the tag may end elsewhere than at the first ``>``.
_TAG = re.compile(r"""(/?)([a-zA-Z][^\s/"'=]*+)([^"']*+(?:(?<==)(?:"[^"]*+"|'[^']*+')[^"']*+)*)""")
# A link to another page, as menus hold dozens: nothing in it can hide or strike what it shows.
_PAGE_LINK = re.compile(
    r"""a(?:\s+(?:target|title|class|id|rel)="[^"]*+")*"""
    r"""\s+href="(?!\#[^"]*\d)[^".]*+(?:\.(?:s?html?|aspx?|jsp|php|do))?(?:[?\#][^".]*+)?\""""
    r"""(?:\s+(?:target|title|class|id|rel)="[^"]*+")*""",
)
_ATTRIBUTE = re.compile(
    r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]*)))?""",
)
# The spans of a cell as nearly all are written; a pattern that begins with letters is found faster.
_SPAN = re.compile(r'span="(?<=\s(col|row)span=")(\d*+)"')
UNHEARD, SCRIPTLESS = "aria-hidden", "noscript"
# What tells that a style or a class may matter.
_TELLING = (
    *("vertical-align", "text-raise", "relative", "visibility", "opacity", "size:0", "size: 0"),
    *("notereference", "scale(0", "zoom", "font:0", "font: 0", "hid", "sr-only", "d-none"),
    *("invisible", "indent", ":-", ": -", "clip"),
    *("absolute", "table-cell", '="left:', "='left:", "role=", "bdo", "-override", "-reverse"),
    *("scale", "variant-position", "baseline-shift", "translate"),
)
# The same for what a style may do to a block or a cell.
_DIMMING = (
    *("visibility", "opacity", "size:0", "size: 0", "scale(0", ":-", ": -", "clip"),
    *("white", "#e", "#f", "255", "rgba", "transparent", "mso-hide", "-override", "-reverse"),
    *("hsl", "snow", "ivory", "fill-color", "margin"),
)
_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|pptx?|jpe?g|tiff?)(?:[?#&\"'\s]|$)",
    re.IGNORECASE,
)
_MOST_KNOWN = 20_000
# Longer ones hold pictures as a rule, and hardly come again.
_LONGEST_KNOWN = 1000


class _Known(dict[str, T]):
    """What tags that were met before tell; of another one when it is asked for."""

    def __init__(self, look: Callable[[str], T]) -> None:
        self._look = look

    def __missing__(self, tag: str) -> T:
        if len(self) > _MOST_KNOWN:
            self.clear()
        found = self._look(tag)
        if len(tag) <= _LONGEST_KNOWN:
            self[tag] = found
        return found


def codes_of(tags: Iterable[str]) -> bytearray:
    """Return the code of each tag, given without its ``<`` and ``>``."""
    return bytearray(map(_codes.__getitem__, tags))


def _code(tag: str) -> int:
    if _PAGE_LINK.fullmatch(tag):
        return LINK
    return code_of_name(tag) if PLAIN_TAG.fullmatch(tag) else _code_by_attributes(tag)


def _code_by_attributes(tag: str) -> int:
    if not _TAG.fullmatch(tag):
        # Declarations and processing instructions end at their first ">", as comments do not.
        return INLINE if tag[:1] in ("!", "?") and tag[1:3] != "--" else BROKEN
    code = code_of_name(tag)
    if tag[0] == "/":
        return code
    small = tag.lower()
    if code == LINK:
        code = _link(tag, small)
    if "line-through" in small and looks.STRUCK_OUT.search(attributes_of(tag).get("style", "")):
        code = as_struck(tag, code)
    elif code == INLINE and (any(map(small.__contains__, _TELLING)) or looks.TINY.search(small)):
        code = _as_styled(tag)
    if ("hidden" in small or "display" in small) and _is_hidden(tag, code):
        return as_hidden(tag, code)
    if code in (ROW, CELL, WIDE, BOX) and _is_folded(tag, small, code):
        return code + HIDDEN
    if code in _MAY_BE_ALTERED:
        code = _altered(tag, small, code)
    return _doubted(tag, small) if code in (INLINE, LINK) else code


def _doubted(tag: str, small: str) -> int:
    """Return the code of an inline element or a link, as far as its digits may be no number's."""
    name = name_of(tag)
    if name == "a" and "href" in small:
        return NOTED if looks.may_be_note(name, attributes_of(tag)) else LINK
    pale = any(map(small.__contains__, PALE_WORDS)) and is_pale(attributes_of(tag))
    if UNHEARD in small or name == SCRIPTLESS or pale:
        return UNSURE
    attributes = attributes_of(tag)
    if "small" in small and looks.may_be_note(name, attributes):
        return NOTED
    return APART if has_end(tag) and signs_of(name, attributes) else INLINE


def _altered(tag: str, small: str, code: int) -> int:
    """Return the code of an element, another one where it shows something else than its text."""
    if "data-" in small and looks.kept_numbers(tag) and name_of(tag) not in _NEVER_HIDDEN:
        return COUNTED if code == code_of_name(tag) else code
    if code == INLINE or not any(map(small.__contains__, _DIMMING)):
        return code
    style = attributes_of(tag).get("style", "")
    if looks.is_turned(style) or looks.is_reversed(style):
        return TURNED
    pale = PALE.search(style) and not looks.GROUND.search(style.lower())
    return FAINT if code == code_of_name(tag) and (pale or looks.INVISIBLE.search(style)) else code


def _is_hidden(tag: str, code: int) -> bool:
    attributes = attributes_of(tag)
    style = attributes.get("style", "")
    # Lines, tables and cells grow with what they hold.
    boxed = BLOCK <= code < BREAK or (code < BLOCK and "block" in style)
    return looks.is_hidden(attributes) or (boxed and looks.is_flat(style))


def _is_folded(tag: str, small: str, code: int) -> bool:
    """Tell whether a block, a row or a cell is not shown as frameworks do it."""
    if code == ROW:
        return len(tag) > len("tr") and looks.hides_row(attributes_of(tag))
    if code == BOX:
        return any(map(small.__contains__, looks.FOLDING)) and looks.is_folded(
            name_of(tag), attributes_of(tag)
        )
    return ("hid" in small or "d-none" in small) and looks.hides_cell(attributes_of(tag))


def as_hidden(tag: str, code: int) -> int:
    """Return the code of an element that is not displayed, if one like it may be hidden."""
    return code + HIDDEN if has_end(tag) else code


def _as_styled(tag: str) -> int:
    """Return the code of an inline element as its style raises, hides or parts its text."""
    if name_of(tag) in _NEVER_HIDDEN:
        return INLINE
    attributes = attributes_of(tag)
    style = attributes.get("style", "")
    direction = name_of(tag), attributes.get("dir", "").lower()
    if looks.is_turned(style) or looks.is_reversed(style) or direction == ("bdo", "rtl"):
        return TURNED
    if looks.is_invisible(attributes):
        return UNSEEN
    if looks.is_raised(style) or "notereference" in attributes.get("class", "").lower():
        return RAISED
    return BOX if looks.is_apart(attributes) else INLINE


def as_struck(tag: str, code: int) -> int:
    """Return the code of an element whose text is struck through."""
    if code in (CELL, WIDE):
        return STRUCK
    if code in (PARAGRAPH, ITEM, BOX):
        return code + HIDDEN
    return NARROW if code == INLINE and name_of(tag) not in _NEVER_HIDDEN else code


def code_of_name(tag: str) -> int:
    """Return the code that a tag has by its name and its spans."""
    name = name_of(tag)
    if name[:1] == "/":
        code = _CODES.get(name[1:], INLINE)
        return code if code in (INLINE, IMAGE, BREAK) else code + 1
    code = _CODES.get(name, INLINE)
    return WIDE if code == CELL and "span" in tag.lower() and spans_of(tag) != (1, 1) else code


def _link(tag: str, rest: str) -> int:
    if "href" not in rest:
        return INLINE
    return FILE if _ATTACHMENT.search(rest) and address_of(tag) else LINK


def address_of(tag: str) -> str:
    """Return the address of a link to an attachment, or ``""`` where it leads to a page."""
    address = attributes_of(tag).get("href", "").strip()
    return address if _ATTACHMENT.search(address) else ""


def name_of(tag: str) -> str:
    """Return a tag's name in lower case, with ``/`` in front for a closing one."""
    name = tag.split(None, 1)[0].lower() if tag[:1].strip() else ""
    return name[: name.index("/", 1)] if "/" in name[1:] else name


def count_cells(codes: bytearray) -> int:
    """Return how many cells begin among tags with these codes."""
    return codes.count(CELL) + codes.count(WIDE)


def has_end(tag: str) -> bool:
    """Tell whether an element is closed by a tag of its own."""
    return name_of(tag) not in _NEVER_HIDDEN


def may_stay_open(tag: str) -> bool:
    """Tell whether the closing tag of an element may be missing."""
    return name_of(tag) in _MAY_STAY_OPEN


def attributes_of(tag: str) -> dict[str, str]:
    """Return an opening tag's attributes by their names in lower case; the first one counts."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag, len(name_of(tag))):
        attributes.setdefault(name.lower(), unescape("".join(values)))
    return attributes


def selectors_of(tag: str) -> set[str]:
    """Return an element's classes and its identity, as selectors name them."""
    attributes = attributes_of(tag)
    own = {f".{name}" for name in attributes.get("class", "").split()}
    return own | {f"#{attributes.get('id', '')}"}


def spans_of(tag: str) -> tuple[int, int]:
    """Return the columns and rows that a cell covers."""
    return _spans[tag]


def all_spans_of(tags: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Return the columns and rows that each of some cells covers."""
    return tuple(map(_spans.__getitem__, tags))


def _spans_of(tag: str) -> tuple[int, int]:
    plain = _SPAN.findall(tag)
    if "'" not in tag and len(plain) == tag.lower().count("span"):
        found = dict(reversed(plain))  # the first one counts
        return span(found.get("col")), span(found.get("row"))
    attributes = attributes_of(tag)
    return span(attributes.get("colspan")), span(attributes.get("rowspan"))


_codes = _Known(_code)
_spans = _Known(_spans_of)

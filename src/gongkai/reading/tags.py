"""What a tag of a page is to the reading: a code, by its name and the attributes that matter.

Pages repeat their tags: each is looked at once and then known by its text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING

from gongkai.reading.pale import WORDS as PALE_WORDS
from gongkai.reading.pale import is_pale
from gongkai.reading.raster import span

if TYPE_CHECKING:
    from collections.abc import Iterable

# An opening tag has an even code, its closing tag the next one; all fit into a byte. The order of
# the groups lets the walk tell them apart by comparing numbers: a line runs on through all that
# are below BLOCK.
INLINE = 0
UNSURE = 1  # an opening tag of what a browser may not show; until its text is seen
LINK, FILE = 2, 4  # to a page, to an attachment
META, HEAD = 6, 8
TITLE, AREA = 10, 12  # a parser sees no tags inside
IMAGE = 14
BLOCK = 16
PARAGRAPH, ITEM, OPTION, CAPTION, BOX = range(BLOCK, BLOCK + 10, 2)
BREAK = 26
LIST = 28
PRE = 30
TABLE, ROW, CELL, WIDE = 32, 34, 36, 38  # WIDE: a cell that covers more than its place
# What the walk never sees, because :mod:`gongkai.reading.markup` settles it.
SKIPPED, NARROW, INPUT, SELECT, RAISED = 40, 42, 44, 46, 48  # NARROW: skipped, holds no blocks
ODD = 50  # a parser reads what is inside in its own way
BROKEN = 52  # no tag at all
STRUCK = 54  # a cell whose text is struck through
UNSEEN = 56  # a style or a class makes the text invisible
DOUBTED = 58  # digits that a browser may not show: see :mod:`gongkai.reading.doubted`
HIDDEN = 128  # added to the code of an element that is not displayed

#: The codes of what tables are made of.
STRUCTURE = bytes(range(TABLE, SKIPPED))

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
    NARROW: "del s strike svg math canvas rt rp",
    INPUT: "input",
    SELECT: "select",
    RAISED: "sup",
    ODD: "xmp plaintext noembed frameset script style",
}
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
    r"""\s+href="[^".]*+(?:\.(?:s?html?|aspx?|jsp|php|do))?(?:[?\#][^".]*+)?\""""
    r"""(?:\s+(?:target|title|class|id|rel)="[^"]*+")*""",
)
_ATTRIBUTE = re.compile(
    r"""([^\s=/"'<>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]*)))?""",
)
# The spans of a cell as nearly all are written.
_SPAN = re.compile(r'\s(col|row)span="(\d*+)"')
UNHEARD, SCRIPTLESS = "aria-hidden", "noscript"
NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# What tells that a style or a class may matter.
_TELLING = (
    *("super", "visibility", "opacity", "size:0", "size: 0", "scale(0"),
    *("hid", "sr-only", "d-none", "invisible", "indent", ":-", ": -", "clip"),
    *("absolute", "table-cell", '="left:', "='left:", "role="),
)
_STRUCK = re.compile(r"text-decoration(?:-line)?\s*:[^;:]*line-through", re.IGNORECASE)
INVISIBLE = re.compile(
    r"(?<![-\w])(?:visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*0*\.?0+(?![.\d])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3}|transform\s*:\s*scale\(\s*0\s*\)|clip\s*:\s*rect\(\s*[01](?:px)?[\s,])",
    re.IGNORECASE,
)
# The names that style sheets in common use give to what they hide.
_HIDING = re.compile(
    r"(?<!\S)(?:sr-only|visually-?hidden|screen-reader-text|d-none|ng-hide|invisible|(?:layui-)?hid(?:e|den))(?!\S)"
)
# The same for rows, unless another class shows them on larger screens.
_HIDES_ROW = re.compile(
    r"(?!.*(?:d|sm|md|lg|xl)[-:](?:\w+-)?table)(?:.*\s)?"
    r"(?:d-none|none|ng-hide|visually-?hidden|(?:layui-)?hid(?:e|den))(?!\S)"
)
# What lies in a box without a height or a width, and does not flow over.
_FLAT = re.compile(
    r"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*0(?:px|pt|em|%)?\s*(?:[;!]|$)", re.IGNORECASE
)
_CUT = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
# What is placed on its own, or a cell, is a piece of text of its own; elsewhere than in a style
# sheet, only what is placed says where.
_PLACED = re.compile(
    r"position\s*:\s*absolute|display\s*:\s*table-cell"
    r"|(?<![-\w])left\s*:.*?(?<![-\w])(?:top|bottom)\s*:",
    re.IGNORECASE,
)
_CELL_ROLES = frozenset({"cell", "gridcell", "rowheader", "columnheader"})
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|pptx?|jpe?g|tiff?)(?:[?#&\"'\s]|$)",
    re.IGNORECASE,
)
_MOST_KNOWN = 20_000
# Longer ones hold pictures as a rule, and hardly come again.
_LONGEST_KNOWN = 1000


class _Codes(dict[str, int]):
    """The codes of tags that were met before; of another one when it is asked for."""

    def __missing__(self, tag: str) -> int:
        code = _code(tag)
        if len(tag) <= _LONGEST_KNOWN:
            self[tag] = code
        return code


_known = _Codes()


def codes_of(tags: Iterable[str]) -> bytearray:
    """Return the code of each tag, given without its ``<`` and ``>``."""
    codes = bytearray(map(_known.__getitem__, tags))
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    return codes


def _code(tag: str) -> int:
    if _PAGE_LINK.fullmatch(tag):
        return LINK
    if not _TAG.fullmatch(tag):
        # Declarations and processing instructions end at their first ">", as comments do not.
        return INLINE if tag[:1] in ("!", "?") and tag[1:3] != "--" else BROKEN
    code = code_of_name(tag)
    if tag[0] == "/":
        return code
    small = tag.lower()
    if code == LINK:
        code = _link(tag, small)
    if "line-through" in small and _STRUCK.search(attributes_of(tag).get("style", "")):
        code = _as_struck(tag, code)
    elif code == INLINE and any(map(small.__contains__, _TELLING)):
        code = _as_styled(tag)
    if ("hidden" in small or "display" in small) and _is_hidden(tag, code):
        return as_hidden(tag, code)
    if code == ROW and _hides_row(tag):
        return code + HIDDEN
    unsure = code == INLINE and (
        UNHEARD in small
        or name_of(tag) == SCRIPTLESS
        or (any(map(small.__contains__, PALE_WORDS)) and is_pale(attributes_of(tag)))
    )
    return UNSURE if unsure else code


def _is_hidden(tag: str, code: int) -> bool:
    attributes = attributes_of(tag)
    if is_hidden(attributes):
        return True
    style = attributes.get("style", "")
    # Lines, tables and cells grow with what they hold.
    boxed = BLOCK <= code < BREAK or (code < BLOCK and "block" in style)
    return boxed and _CUT.search(style) is not None and _FLAT.search(style) is not None


def _hides_row(tag: str) -> bool:
    if len(tag) == len("tr"):
        return False
    attributes = attributes_of(tag)
    hides = _HIDES_ROW.match(attributes.get("class", ""))
    return bool(hides or INVISIBLE.search(attributes.get("style", "")))


def as_hidden(tag: str, code: int) -> int:
    """Return the code of an element that is not displayed, if one like it may be hidden."""
    return code if name_of(tag) in _NEVER_HIDDEN else code + HIDDEN


def _as_styled(tag: str) -> int:
    """Return the code of an inline element as its style raises, hides or parts its text."""
    if name_of(tag) in _NEVER_HIDDEN:
        return INLINE
    attributes = attributes_of(tag)
    style = attributes.get("style", "")
    if INVISIBLE.search(style) or _HIDING.search(attributes.get("class", "")):
        return UNSEEN
    if _RAISED.search(style):
        return RAISED
    apart = _PLACED.search(style) or attributes.get("role", "").strip().lower() in _CELL_ROLES
    return BOX if apart else INLINE


def _as_struck(tag: str, code: int) -> int:
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


def is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether an element with these attributes is not displayed."""
    return "hidden" in attributes or bool(NOT_SHOWN.search(attributes.get("style", "")))


def name_of(tag: str) -> str:
    """Return a tag's name in lower case, with ``/`` in front for a closing one."""
    name = tag.split(None, 1)[0].lower() if tag[:1].strip() else ""
    return name[: name.index("/", 1)] if "/" in name[1:] else name


def may_stay_open(tag: str) -> bool:
    """Tell whether the closing tag of an element may be missing."""
    return name_of(tag) in _MAY_STAY_OPEN


def attributes_of(tag: str) -> dict[str, str]:
    """Return an opening tag's attributes by their names in lower case; the first one counts."""
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag, len(name_of(tag))):
        attributes.setdefault(name.lower(), unescape("".join(values)))
    return attributes


@lru_cache(maxsize=4096)
def spans_of(tag: str) -> tuple[int, int]:
    """Return the columns and rows that a cell covers."""
    plain = _SPAN.findall(tag)
    if "'" not in tag and len(plain) == tag.lower().count("span"):
        found = dict(reversed(plain))  # the first one counts
        return span(found.get("col")), span(found.get("row"))
    attributes = attributes_of(tag)
    return span(attributes.get("colspan")), span(attributes.get("rowspan"))

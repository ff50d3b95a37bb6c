"""What the attributes of an element, or a rule of a style sheet, do to its text: hide, raise, turn.

Each function takes an element's attributes by name, or the text of a style.
"""

from __future__ import annotations

import re

NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
STRUCK_OUT = re.compile(r"text-decoration(?:-line)?\s*:[^;:]{0,60}line-through", re.IGNORECASE)
RAISING = re.compile(
    r"vertical-align\s*:\s*(?:super|sub\b|text-|-?[\d.]*[1-9])|mso-text-raise\s*:\s*-?[\d.]*[1-9]"
    r"|(?:font-variant-position|baseline-shift)\s*:\s*su|transform\s*:\s*translate(?:y|3d)?\(",
    re.IGNORECASE,
)
# A line moved up or down within itself: where it says so, and by how much.
_MOVED = re.compile(r"position\s*:\s*relative", re.IGNORECASE)
_BY = re.compile(r"(?<![-\w])(?:top|bottom)\s*:\s*-?[\d.]*[1-9]", re.IGNORECASE)
# What may hold the mark of a note: small letters, and a link to a numbered place of the page.
_SMALLER = re.compile(
    r"(?<![-\w])font-size\s*:\s*(?:smaller|x{1,2}-small|[0-9](?:\.\d+)?px|[0-7](?:\.\d+)?pt"
    r"|0?\.(?:[0-6]\d*|7[0-5]?)em|(?:[0-6]?\d|7[0-5])(?:\.\d+)?%)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"#.*\d")
INVISIBLE = re.compile(
    r"(?<![-\w])(?:visibility\s*:\s*(?:hidden|collapse)|opacity\s*[:=]\s*0*\.?0+(?![.\d])"
    r"|font(?:-size)?\s*:\s*0*\.?0+(?![.\d])"
    r"|opacity\s*:\s*0*\.0\d|font(?:-size)?\s*:\s*(?:[01](?:\.\d+)?p[xt]|0*\.[01]\d*em|\d(?:\.\d+)?%)"
    r"|(?:(?:margin-)?(?:left|top|right|bottom)|text-indent)\s*:\s*-(?:\d{3}|\d\d(?:\.\d+)?em)"
    r"|(?:transform\s*:\s*scale[xy]?\(|scale\s*:)\s*0*(?:\.?0+\d?)?\s*(?:[,);]|$)"
    r"|transform\s*:\s*translate\w{0,2}\([^)]{0,60}-\d{3}|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*0)"
    r"|zoom\s*:\s*0(?![.\d])|content-visibility\s*:\s*hidden|filter\s*:\s*opacity\(\s*0\s*\))",
    re.IGNORECASE,
)
_TURNED = re.compile(r"unicode-bidi\s*:\s*(?:bidi|isolate)-override", re.IGNORECASE)
_BACKWARDS = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
_REVERSED = re.compile(r"flex-(?:direction|flow)\s*:\s*row-reverse", re.IGNORECASE)
# The names that style sheets in common use give to what they hide.
_HIDING = re.compile(
    r"(?<!\S)(?:sr-only|visually-?hidden|screen-reader-text|d-none|ng-hide|invisible|(?:layui-)?hid(?:e|den))(?!\S)"
)
# The same for rows and cells, unless another class shows them on larger screens.
_HIDES_ROW = re.compile(
    r"(?!.*(?:d|sm|md|lg|xl)[-:](?:\w+-)?table)(?:.*\s)?"
    r"(d-none|none|ng-hide|visually-?hidden|(?:layui-)?hid(?:e|den))(?!\S)"
)
#: Words without which no block is folded.
FOLDING = ("tab", "details", "dialog", "modal", "collapse", "popover")
# The panes and dialogs of frameworks in common use, and those of them that are shown.
_PANES = frozenset(("tab-pane", "tab-panel", "layui-tab-item", "collapse", "modal"))
_CHOSEN = frozenset(("active", "show", "in", "layui-show", "current", "cur", "on", "selected"))
#: Sizes of letters that nobody reads; what :data:`INVISIBLE` knows of them is found slower.
TINY = re.compile(r"font(?:-size)?\s*:\s*(?:[01](?:\.\d+)?p[xt]|\d(?:\.\d+)?%|0?\.[01]\d*em)")
# What lies in a box without a height or a width, and does not flow over.
_FLAT = re.compile(
    r"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*(?:0(?:px|pt|em|%)?|1px)\s*(?:[;!]|$)",
    re.IGNORECASE,
)
_CUT = re.compile(r"overflow\s*:\s*hidden", re.IGNORECASE)
# What is placed on its own, or a cell, is a piece of text of its own; elsewhere than in a style
# sheet, only what is placed says where.
_PLACED = re.compile(
    r"position\s*:\s*absolute|display\s*:\s*table-cell"
    r"|(?<![-\w])left\s*:.{0,300}?(?<![-\w])(?:top|bottom)\s*:",
    re.IGNORECASE,
)
_CELL_ROLES = frozenset({"cell", "gridcell", "rowheader", "columnheader"})
# A colour behind a text, but for that of paper.
GROUND = re.compile(
    r"background(?:-color)?\s*:\s*(?!#fff|white|none|transparent|in|unset|window|0"
    r"|rgba?\(\s*255\s*,\s*255\s*,\s*255)[#\w]"
    r"|bgcolor\s*=\s*[\"']?(?!#?fff|white)[#\w]"
)
# Where counters keep the number that a script runs them up to.
_KEPT = re.compile(
    r"""\b(data-(?:[a-z]+-)*(?:target|count|to|end|final|num|number|val|value))\s*=\s*"""
    r"""["']?([\d.,]+)(?=["'\s]|$)"""
)


def is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether an element with these attributes is not displayed."""
    return "hidden" in attributes or bool(NOT_SHOWN.search(attributes.get("style", "")))


def is_flat(style: str) -> bool:
    """Tell whether a box has no height or no width for what it holds."""
    return _CUT.search(style) is not None and _FLAT.search(style) is not None


def is_apart(attributes: dict[str, str]) -> bool:
    """Tell whether the text of an element stands on its own."""
    role = attributes.get("role", "").strip().lower()
    return role in _CELL_ROLES or _PLACED.search(attributes.get("style", "")) is not None


def is_invisible(attributes: dict[str, str]) -> bool:
    """Tell whether the style or a class of an element makes its text invisible."""
    return INVISIBLE.search(attributes.get("style", "")) is not None or has_hiding_class(attributes)


def has_hiding_class(attributes: dict[str, str]) -> bool:
    """Tell whether an element has a class that hides as a rule."""
    return _HIDING.search(attributes.get("class", "")) is not None


def hides_row(attributes: dict[str, str]) -> bool:
    """Tell whether a row with these attributes is not shown."""
    hides = _HIDES_ROW.match(attributes.get("class", ""))
    return hides is not None or INVISIBLE.search(attributes.get("style", "")) is not None


def hides_cell(attributes: dict[str, str]) -> bool:
    """Tell whether a class takes a cell out of its row."""
    hides = _HIDES_ROW.match(attributes.get("class", ""))
    return hides is not None and hides[1] != "none"


def is_folded(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether a block shows nothing until it is opened, or chosen among others."""
    if name in ("details", "dialog"):
        return "open" not in attributes
    if "popover" in attributes:
        return True
    if attributes.get("role") == "tabpanel" and attributes.get("aria-hidden") == "true":
        return True
    names = attributes.get("class", "").lower().split()
    return not _PANES.isdisjoint(names) and _CHOSEN.isdisjoint(names)


def is_raised(style: str) -> bool:
    """Tell whether a style lifts text above its line, or lowers it, as notes' marks are."""
    if RAISING.search(style):
        return True
    return _MOVED.search(style) is not None and _BY.search(style) is not None


def may_be_note(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an element may hold the mark of a note beside a number."""
    if name == "a":
        return _PLACE.fullmatch(attributes.get("href", "").strip()) is not None
    return name == "small" or is_smaller(attributes.get("style", ""))


def is_smaller(style: str) -> bool:
    """Tell whether a style makes text smaller than that of a table."""
    return _SMALLER.search(style) is not None


def is_turned(style: str) -> bool:
    """Tell whether a style shows text, digits included, from right to left."""
    return _TURNED.search(style) is not None and _BACKWARDS.search(style) is not None


def is_reversed(style: str) -> bool:
    """Tell whether a style shows the pieces of a text, and not their signs, from right to left."""
    return _REVERSED.search(style) is not None


def kept_numbers(tag: str) -> dict[str, str]:
    """Return the numbers that a tag's attributes may keep for a counter, by their names."""
    return {name: number.replace(",", "") for name, number in _KEPT.findall(tag.lower())}

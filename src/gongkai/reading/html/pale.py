"""Text of the colour of paper, or of a class that hides it as a rule.

What such text stands on is not told where it stands: white on blue is read by everybody.
"""

from __future__ import annotations

import re

#: What a tag has that may make its text pale.
WORDS = ("white", "#f", "255", "rgba", "transparent", "mso-hide", "none")
#: A style that does.
LOOK = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#(?:fff|(?:f[c-f]){3})(?![\da-f])|white|transparent"
    r"|rgba?\(\s*255\s*,\s*255\s*,\s*255|rgba\([^)]*,\s*0?\.?0+\s*\))|mso-hide\s*:\s*all",
    re.IGNORECASE,
)
_COLOR = re.compile(r"\s*(?:#?fff(?:fff)?|white)\s*", re.IGNORECASE)
_CLASS = re.compile(r"(?<!\S)none(?!\S)")


def is_pale(attributes: dict[str, str]) -> bool:
    """Tell whether an element with these attributes has such text."""
    style = attributes.get("style", "")
    if "background" in style.lower():
        return False
    pale = LOOK.search(style) or _COLOR.fullmatch(attributes.get("color", ""))
    return bool(pale or _CLASS.search(attributes.get("class", "")))

"""Text of the colour of paper, or of a class that hides it as a rule.

What such text stands on is not told where it stands: white on blue is read by everybody.
"""

from __future__ import annotations

import re

from gongkai.reading.html.looks import GROUND

#: What a tag has that may make its text pale.
WORDS = (
    *("white", "snow", "ivory", "window", "transparent", "#e", "#f", "#0000", "rgb", "hsl"),
    *("fill-color", "mso-hide", "none"),
)
_THIN = r"(?:0+(?:\.0\d*)?|\.0\d*)%?\s*\)"  # the last number of a colour: how dense it is
# Colours that nobody tells from paper.
_COLOUR = (
    r"(?:(?:[a-z]*white|whitesmoke|gainsboro|snow|ivory|window|transparent)(?![-\w])"
    r"|#?(?:[ef]{3}|(?:[ef][\da-f]){3}|[\da-f]{3}0|[\da-f]{6}00)(?![\da-f])"
    r"|rgba?\(\s*(?:(?:2[2-5]\d|100%)[\s,]*){3}"
    r"|hsla?\(\s*[\d.]+[a-z]*[\s,]+[\d.]+%?[\s,]+(?:9[89](?:\.\d+)?|100)%"
    rf"|(?:rgb|hsl)a?\((?:[^,)]{{1,20}},){{3}}\s*{_THIN}|(?:rgb|hsl)a?\([^)/]{{0,40}}/\s*{_THIN})"
)
#: A style that does.
LOOK = re.compile(
    rf"(?<![-\w])(?:-webkit-text-fill-)?color\s*:\s*{_COLOUR}|mso-hide\s*:\s*all", re.IGNORECASE
)
_COLOR = re.compile(rf"\s*{_COLOUR}\s*", re.IGNORECASE)
_CLASS = re.compile(r"(?<!\S)none(?!\S)")


def is_pale(attributes: dict[str, str]) -> bool:
    """Tell whether an element with these attributes has such text."""
    style = attributes.get("style", "")
    if GROUND.search(style.lower()):
        return False
    pale = LOOK.search(style) or _COLOR.fullmatch(attributes.get("color", ""))
    return bool(pale or _CLASS.search(attributes.get("class", "")))

"""What tells the text of an inline element apart from the text beside it.

Editors cut numbers into pieces, and give them all the same look. What a class names, what a style
moves aside or makes smaller, and what is a button or a label is another text.
"""

from __future__ import annotations

import re

from gongkai.reading.html.looks import GROUND, is_smaller

#: Elements that hold no digits of a number beside them: scripts and sheets ask for the first two.
_OTHERS = frozenset(("i", "em", "button", "label"))
#: What a style does to put text on its own.
_ASIDE = re.compile(
    r"(?<![-\w])(?:display\s*:\s*(?:block|inline-|flex|grid|table)|float\s*:\s*[lr]|filter\s*:"
    r"|(?:margin|padding)[-\w]{0,20}\s*:[^;]{0,40}?[1-9]\d*(?:\.\d+)?(?:px|pt|em|%)"
    r"|position\s*:\s*(?:absolute|fixed))"
)
#: Names of classes that editors and scripts give to the pieces of a number.
_PIECES = re.compile(
    r"[a-z]{0,3}\d+|font\d*|(?:font)?style\d*|mso\w*|wps\w*|normal\w*|spelle|grame"
    r"|ql-(?!strike)[\w-]+|(?:ke|apple|css|jss)-[\w-]+"
    r"|num(?:ber)?s?|digits?|val(?:ue)?|counts?|data|int|dec|text|txt|bold|red|black",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
#: Attributes that tell what an element is for, or when it is shown.
_TELLING = ("role", "v-if", "v-show", "ng-if", "ng-show", "x-show")
_SPOKEN = ("", "none", "presentation", "text")
_SMALL_FONT = re.compile(r"\s*(?:1|-\d)\s*")


def signs_of(name: str, attributes: dict[str, str]) -> set[str]:
    """Return what tells an inline element with this name and these attributes apart."""
    signs = {told for told in _TELLING if attributes.get(told, "") not in _SPOKEN}
    if name in _OTHERS:
        signs.add(name)
    for own in attributes.get("class", "").split():
        if not _PIECES.fullmatch(own):
            signs.add(_DIGITS.sub("", own))
    style = attributes.get("style", "").lower()
    if is_smaller(style) or (name == "font" and _SMALL_FONT.fullmatch(attributes.get("size", ""))):
        signs.add("small")
    if GROUND.search(style):
        signs.add("ground")
    signs.update(_ASIDE.findall(style))
    return signs

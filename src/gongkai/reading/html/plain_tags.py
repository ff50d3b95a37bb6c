"""Tags as editors and word processors write them by the dozen, whose attributes change no code.

What a tag is to the reading takes a hundred looks at its attributes; these need none of them. It is
a list of what is harmless: whatever is not on it is looked at.
"""

from __future__ import annotations

import re

# No sign that could end a value, begin another declaration or call a function.
_WORDS = r"[^;:=(&*\\\"'<>]*+"
_FONTS = r"(?:[^;:=(&*\\\"'<>]|&quot;)*"
_ATTRIBUTES = (
    r"(?:width|height|v?align|lang|xml:lang|nowrap|border|cellspacing|cellpadding|colspan|rowspan)"
    r"""(?:="[\w%.-]*+"|='[\w%.-]*+'|=[\w%.-]++)?"""
)
_CLASS = r"(?:MsoNormal(?:Table)?|MsoTableGrid|MsoListParagraph|MsoPlainText|[a-z]{1,2}\d++)"
# Properties whatever their values, and those that have to be told from others by their values.
_ANYWAY = (
    r"(?:font-weight|font-style|line-height|text-align|text-justify|word-break|word-wrap"
    r"|white-space|layout-grid[a-z-]*+|tab-stops|text-autospace|punctuation-wrap|border[a-z-]*+"
    rf"|mso-(?!hide|text-raise|[a-z-]*font-family)[a-z0-9-]++)\s*+:{_WORDS}|(?:mso-[a-z-]*)?font-family\s*+:{_FONTS}"
)
_SIZED = (
    r"(?:width|height)\s*+:\s*+(?:[1-9]\d++|[2-9])(?:\.\d++)?(?:px|pt|cm|mm|%)?\s*+"
    r"|font-size\s*+:\s*+[1-9]\d(?:\.\d++)?p[xt]\s*+"
    r"|color\s*+:\s*+(?:black|windowtext|\#(?:000|333){1,2})\s*+"
)
_OF_BLOCKS = (
    r"|(?:padding(?:-[a-z]++)?|text-indent)\s*+:\s*+[\d. a-z]*+"
    r"|vertical-align\s*+:\s*+(?:middle|top|bottom)\s*+"
)


def _tag(names: str, declarations: str) -> str:
    style = rf"\s*+(?:(?:{declarations})(?:;\s*+|(?=[\"'])))*"
    styled = rf"""class="?{_CLASS}"?|style=(?:"{style}"|'{style}')"""
    return rf"(?:{names})(?:\s+(?:{_ATTRIBUTES}|{styled}))*\s*"


#: Blocks, cells and pieces of text in plain attire; the whole tag without ``<`` and ``>``.
PLAIN_TAG = re.compile(
    f"{_tag('t[dhr]|table|p', _ANYWAY + '|' + _SIZED + _OF_BLOCKS)}"
    f"|{_tag('span|strong|b|u|tbody|thead|col|colgroup', _ANYWAY + '|' + _SIZED)}"
)

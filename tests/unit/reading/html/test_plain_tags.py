from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.html import tags
from gongkai.reading.html.plain_tags import PLAIN_TAG

_NAMES = st.sampled_from(("td", "th", "tr", "p", "table", "span", "b", "tbody", "div", "td/", "TD"))
_PROPERTIES = st.sampled_from(
    (
        *("width", "height", "font-size", "font-family", "font-weight", "color", "line-height"),
        *("text-align", "text-indent", "border", "border-color", "padding", "margin-left"),
        *("vertical-align", "mso-font-kerning", "mso-hide", "mso-text-raise", "mso-ansi-font-size"),
        *("mso-bidi-font-family", "display", "visibility", "position", "overflow", "opacity"),
        *("text-decoration", "background", "white-space", "layout-grid-mode", "font", "left"),
    )
)
_VALUES = st.sampled_from(
    (
        *("10.5pt", "12px", "1px", "0", "00px", "2px", "9px", "1.0pt", "0.1em", "-999px", "1"),
        *("black", "windowtext", "white", "#000", "#0000", "#333", "#fff", "#000000", "super"),
        *("middle", "none", "hidden", "absolute", "relative", "line-through", "bold", "宋体"),
        *("&quot;宋体&quot;", "100%", "var(--x)", "/**/0pt", "rgba(0,0,0,0)", "all", "center"),
    )
)
_STYLES = st.lists(
    st.tuples(_PROPERTIES, st.sampled_from((":", ": ", " : ")), _VALUES).map("".join), max_size=4
).map("; ".join)
_QUOTES = st.sampled_from(("'", '"', ""))
_ATTRIBUTES = st.one_of(
    st.tuples(_QUOTES, _STYLES).map(lambda q: f"style={q[0]}{q[1]}{q[0]}"),
    st.sampled_from(
        (
            *("colspan=2", "colspan='3'", 'rowspan="2"', "colspan=1", "nowrap", "width=91"),
            *("valign=top", "hidden", "lang=EN-US", "class=MsoNormal", "class=c12", "class=hide"),
            *('class="d-none"', "class='xl65'", "class=sup", "role=cell", "data-num=3", "dir=rtl"),
            *("aria-hidden=true", "height=0", "class=MsoFootnoteReference"),
        )
    ),
)
_TAGS = st.tuples(_NAMES, st.lists(_ATTRIBUTES, max_size=3)).map(lambda t: " ".join((t[0], *t[1])))


@given(_TAGS)
def test_what_is_plain_is_what_its_name_and_spans_say(tag: str) -> None:
    if PLAIN_TAG.fullmatch(tag):
        assert tags.code_of_name(tag) == tags._code_by_attributes(tag)  # noqa: SLF001


@pytest.mark.parametrize(
    "tag",
    [
        "td",
        'td width=91 nowrap style="width:68.25pt;border:solid windowtext 1pt;padding:0cm 5.4pt"',
        "td colspan=2 style='border-top:none;mso-border-alt:solid windowtext .5pt;height:21.0pt'",
        'p class="MsoNormal" align="center" style="text-align:center;mso-pagination:widow-orphan"',
        'span lang="EN-US" style="font-size:10.5pt;font-family:宋体;color:black"',
        'span style="font-family:&quot;Times New Roman&quot;, serif; font-size: 14px;"',
    ],
)
def test_tags_of_editors_and_word_processors_are_plain(tag: str) -> None:
    assert PLAIN_TAG.fullmatch(tag)


@pytest.mark.parametrize(
    "style",
    [
        *("font-size:0px", "font-size:1px", "font-size:00px", "color:#0000", "color:white"),
        *("mso-hide:all", "mso-text-raise:2pt", "display:none", "width:0", "width:1px"),
        *("font-family:x;font-size:0", "text-indent:-999px", "line-height:1;opacity:0"),
    ],
)
def test_a_style_that_may_hide_is_looked_at(style: str) -> None:
    assert not PLAIN_TAG.fullmatch(f'td style="{style}"')
    assert not PLAIN_TAG.fullmatch(f"span style='{style}'")


@pytest.mark.parametrize("declaration", ["width:22px; ", "mso-a-font-family:b;", "color:#000000;"])
def test_each_declaration_is_read_in_one_way(declaration: str) -> None:
    # Else a style that goes on as no plain one does would take for ever.
    assert not PLAIN_TAG.fullmatch(f"td style=\"{declaration * 1000}'")

"""A page read from its tags is read as its tree would be, or left to the tree."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.testbed.reports import make_report
from tests.testbed.styles import STYLES

from gongkai.reading.charset import decode
from gongkai.reading.document import Document, Grid
from gongkai.reading.html.markup import MisnestedError
from gongkai.reading.html.parting import markup_of
from gongkai.reading.html.reader import _document, _repaired

HTML = sorted(name for name in STYLES if name.startswith("html-"))
_TAG = re.compile("<[^<>]*>")
_PIECES = (
    *("<", ">", '"', "'", "&lt;", "1", "<!--", "-->", "<!DOCTYPE x>", "<?xml:namespace x />"),
    *("<p>", "</p>", "<div>", "</div>", "<div style='display: none'>", "<h1>", "</h1>", "<br>"),
    *("<ul><li>", "<li>", "</li>", "</ul>", "<pre>", "</pre>", "<form>", "</form>"),
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<TD colspan=2>", "<caption>"),
    *("<a href=x.pdf>", "</a>", "<b>", "</b>", "<span hidden>", "</span>", "<o:p></o:p>"),
    *("<script>", "</script>", "<svg>", "</svg>", "<s>", "</s>", "<sup>x</sup>", "<title>"),
    *("<img src=x alt=5>", "<img height=1>", "<b style='vertical-align: super'>"),
    *("<span style='opacity: 0'>", "<i style='font-size:0'>", "</i>", "<ruby>", "<rt>", "</rt>"),
    *(
        "<span style='text-decoration:line-through'>",
        "</span>",
        "<td style='text-decoration: line-through'>",
    ),
    *("<input value=7>", "<select><option>1</select>", "<option>", "</select>", "<textarea>"),
)


def read_as_written(page: str) -> Document:
    return _document(markup_of(page, strict=True))


def read_repaired(page: str) -> Document:
    return _document(markup_of(_repaired(page), strict=False))


def contents(document: Document) -> list[object]:
    blocks: list[object] = [b.rows if isinstance(b, Grid) else b.text for b in document.blocks]
    return [document.title, document.meta, document.links, *blocks]


def texts(document: Document) -> list[object]:
    """Return title and texts without breaks of lines: a stray closing tag may add one."""
    blocks: list[object] = []
    for block in document.blocks:
        if isinstance(block, Grid):
            blocks.append([[("".join(c.text.split()), c[1:]) for c in row] for row in block.rows])
        elif blocks and isinstance(blocks[-1], str):
            blocks[-1] += "".join(block.text.split())
        else:
            blocks.append("".join(block.text.split()))
    return [document.title, *blocks]


def printed(style: str) -> str:
    data = STYLES[style].page(make_report(Random(3)), 3).data
    return decode(data, None)[0]


@pytest.mark.parametrize("style", HTML)
def test_every_style_is_read_from_its_tags_as_its_tree_would_be(style: str) -> None:
    page = printed(style)
    repaired = contents(read_repaired(page))
    assert len(repaired) > 3
    assert contents(read_as_written(page)) == repaired


def damaged(page: str, damages: list[tuple[int, int, str]]) -> str:
    for place, what, piece in damages:
        tags = list(_TAG.finditer(page))
        tag = tags[place % len(tags)]
        start, end = tag.span()
        replacement = ("", tag[0] * 2, piece + tag[0], tag[0] + piece, tag[0].upper(), tag[0][:-1])
        page = page[:start] + replacement[what] + page[end:]
    return page


@given(
    style=st.sampled_from(HTML),
    damages=st.lists(
        st.tuples(st.integers(0, 5000), st.integers(0, 5), st.sampled_from(_PIECES)),
        min_size=1,
        max_size=4,
    ),
)
@example("html-framed-cells", [(44, 3, "<")])
def test_a_damaged_page_is_read_as_its_tree_would_be_or_left_to_it(
    style: str, damages: list[tuple[int, int, str]]
) -> None:
    page = damaged(printed(style), damages)
    try:
        document = read_as_written(page)
    except MisnestedError:
        return
    assert texts(document) == texts(read_repaired(page))


FRAMES = "<tr>" + "<td><table><tr><td>1</td></tr></table></td>" * 20 + "</tr>"


@pytest.mark.parametrize(
    "frame",
    [
        "<table><tr></tr><td>5</td></tr></table>",
        "</li><table><tr><td>5</td></tr></table>",
    ],
)
def test_a_frame_with_a_stray_closing_tag_is_left_to_a_parser(frame: str) -> None:
    with pytest.raises(MisnestedError):
        read_as_written(f"<table>{FRAMES}<tr><td>{frame}</td></tr></table>")


def test_the_end_of_a_link_does_not_part_a_frame_from_its_cell() -> None:
    page = f"<table>{FRAMES.replace('<td><table>', '<td></a><table>')}</table>"
    assert contents(read_as_written(page)) == contents(read_repaired(page))


@given(
    st.lists(
        st.sampled_from((*_PIECES, "<head>", "</head>", "<html>", "一", " 2 ", "<TD colspan=2>")),
        max_size=12,
    )
)
def test_any_run_of_tags_is_read_as_its_tree_would_be_or_left_to_it(pieces: list[str]) -> None:
    page = "".join(pieces)
    try:
        document = read_as_written(page)
    except MisnestedError:
        return
    assert texts(document) == texts(read_repaired(page))


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>a<td>1</table>",  # closing tags that may be missing
        "<p>一<p>二<li>三",
        "<div><p>一</div>二</p></span>",  # blocks and inline elements: only lines
        "<TABLE><TR><TD>a</TD><TD>1</TD></TR></TABLE>",
        "首页 > 公开 > 年报",
        "<p>Home>News>x</p>",
        "<p>1<2 < 3</p><p><<条例>></p>",
        '<p title="a>b" onclick="if(1>0)">一</p>二',
        "<div>一</div></div><div>二</div>",
        "<textarea>一</textarea><P STYLE='DISPLAY: none'>二</P><SCRIPT>'<p>'</SCRIPT>",
        "<!-- <table> --><p>一</p><script>if (a<b) document.write('<td>')</script>",
    ],
)
def test_sloppy_pages_need_no_tree(page: str) -> None:
    assert contents(read_as_written(page)) == contents(read_repaired(page))


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td>a</td></tr>",  # a table that does not end
        "<table>一<tr><td>a<td>1</table>",  # text in a table, but in no cell
        "<table><tr>一<td>a<td>1</table>",
        "<table><tr><td>a</td></tr><td>1</td></table>",  # a cell in no row
        "<table><tr><td>a<table><tr><td>b</table></tr></table></td>",
        "<ul><li>一",
        '<td width="10>a</td><td title="x">1</td>',  # a quote that does not end
        "<p>一</p><!-- 二",
        "<textarea><b>一</b></textarea>",
        "<select><input value=7><option>1</select>",  # a field ends the select
        "<title>一</title><p>二",  # a head that is not written
        "<head><p>一</p></head>",
        "<head><b><title>一</title></head>",
        "<table><tr><td style='display:none'>a<td>1</table>",  # a hidden cell without an end
        "<table><tr><td>17</ul><sup>1</sup></td></tr></table>",  # no list ends, nor does the line
        "<table><tr><td>17</div><sup>1</sup></td></tr></table>",
        "<table><caption><tr><td>a</td></tr></table>",  # a caption without an end
        "<table><tr><td><pre>一\n二\n三\t3\n四</td></tr><tr><td>五</pre></td></tr></table>",
        # What is hidden ends with what is around it, or holds nothing of the row.
        "<table><tr><td>a</td><div hidden><td>1</td></tr><tr><td>b</td></div></tr></table>",
        "<dl><dd><div hidden>1</dd><dt>一</dt></div></dl>",
        "<table><tr hidden><td>a</td>一<td>1</td></tr></table>",  # shown in front of the table
        "<div hidden><s></div>一</s>",
    ],
)
def test_what_only_a_parser_can_tell_is_left_to_it(page: str) -> None:
    with pytest.raises(MisnestedError):
        read_as_written(page)

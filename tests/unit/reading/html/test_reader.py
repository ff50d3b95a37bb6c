"""Pages: blocks in source order, tables of their own cells, nothing invented, nothing lost."""

import pytest

from gongkai.errors import Reason, SourceError
from gongkai.reading import Source, read
from gongkai.reading.document import Document, Grid
from gongkai.reading.html import read_html
from gongkai.reading.pictures import MARK
from gongkai.settings import Settings


def outline(document: Document) -> list[object]:
    return [b.texts if isinstance(b, Grid) else b.text for b in document.blocks]


def cells(page: str) -> list[list[str]]:
    (grid,) = read_html(page).grids
    return grid.texts


def columns(page: str) -> list[list[int]]:
    (grid,) = read_html(page).grids
    return [[cell.column for cell in row] for row in grid]


def test_paragraphs_and_tables_in_source_order() -> None:
    page = "<h1>题</h1><p>前<b>文</b></p><table><tr><td>a<td>1</table>尾<div>甲<p>乙</p>丙</div>"
    assert outline(read_html(page)) == ["题", "前文", [["a", "1"]], "尾", "甲", "乙", "丙"]


def test_breaks_part_paragraphs_and_lines_of_cells() -> None:
    assert outline(read_html("<p>一<br>二</p>")) == ["一", "二"]
    page = "<table><tr><td>商业<br>企业</td><td><p>甲</p>\n<p>乙</p></td><td>x<div>y</div>z</table>"
    assert cells(page) == [["商业\n企业", "甲\n乙", "x\ny\nz"]]


def test_white_space_collapses_but_wide_blanks_stay() -> None:
    page = "<table><tr><td> a \n b </td><td>&nbsp;</td><td>　</td><td></td><td>\n</td></table>"
    assert cells(page) == [["a b", "\xa0", "　", "", ""]]


def test_covered_cells_are_not_repeated_and_columns_count_them() -> None:
    page = (
        "<table><tr><td rowspan=2 colspan=2>a</td><td>b</td><td>c</td></tr>"
        "<tr><td>1</td><td>2</td></tr><tr><td>x</td><td>y</td><td>z</td></tr></table>"
    )
    assert cells(page) == [["a", "b", "c"], ["1", "2"], ["x", "y", "z"]]
    assert columns(page) == [[0, 2, 3], [2, 3], [0, 1, 2]]


def test_a_span_in_the_middle_is_stepped_over() -> None:
    page = "<table><tr><td>a<td rowspan=3>b<td rowspan=2>c<td>d"
    page += "<tr><td>1<td>2<tr><td>3<td>4<td>5</table>"
    assert columns(page) == [[0, 1, 2, 3], [0, 3], [0, 2, 3]]


@pytest.mark.parametrize(
    ("declared", "read"), [("3", 3), ("0", 200), ("1e9", 1), ("-2", 1), ("999999999", 200), ("", 1)]
)
def test_spans_are_bounded(declared: str, read: int) -> None:
    (grid,) = read_html(f'<table><tr><td rowspan="{declared}">a<td>b</table>').grids
    assert grid.rows[0][0].rowspan == read


def test_rows_that_are_wholly_covered_stay_rows() -> None:
    assert cells("<table><tr><td rowspan=2>a<td rowspan=2>b<tr></tr><tr><td>c<td>d</table>") == [
        ["a", "b"],
        [],
        ["c", "d"],
    ]


def test_a_layout_table_gives_its_contents_in_order() -> None:
    page = (
        "<table><tr><td>栏</td><td><p>前</p><table><tr><td>1<td>2</table>后</td></tr>"
        "<tr><td>脚</td></tr></table>"
    )
    assert outline(read_html(page)) == ["栏", "前", [["1", "2"]], "后", "脚"]


def test_data_rows_around_a_nested_table_stay_rows() -> None:
    page = (
        "<table><tr><td>规章<td>0</tr><tr><td>总<td>1</tr>"
        "<tr><td><table><tr><td>1<td>2</table></td></tr><tr><td>尾<td>3</tr></table>"
    )
    assert outline(read_html(page)) == [[["规章", "0"], ["总", "1"]], [["1", "2"]], [["尾", "3"]]]


def test_a_table_of_one_cell_is_a_frame() -> None:
    assert outline(read_html("<table><tr><td><p>一</p><p>二</p></table>")) == ["一", "二"]


def test_captions_stand_before_the_table() -> None:
    assert outline(read_html("<table><caption>表</caption><tr><td>a<td>b</table>")) == [
        "表",
        [["a", "b"]],
    ]


def test_scripts_and_hidden_elements_are_left_out() -> None:
    page = (
        "<style>p{}</style><script>var t='<table>'</script><p hidden>藏</p>"
        "<div style='color:red; DISPLAY : none;display : none'>隐</div><p>显<script>1</script></p>"
    )
    assert outline(read_html(page)) == ["显"]


def test_hidden_cells_are_no_cells() -> None:
    page = "<table><tr><td>a<td style='display:none'>x<td>1<tr><td>b<td>2<td>3</table>"
    assert cells(page) == [["a", "1"], ["b", "2", "3"]]


@pytest.mark.parametrize(
    "unseen",
    [
        "<script>if (1 < 2) '<td>'</SCRIPT>",
        "<script>1</script\n>",
        "<style>p{}</STYLE>",
        "<!-- a - b --!>",
        "<!-- <td> -- -->",
    ],
)
def test_what_is_unseen_ends_at_its_first_end(unseen: str) -> None:
    page = f"<p>一</p>{unseen}<p>二</p><script>x</script><style></style><!-- -->"
    assert outline(read_html(page)) == ["一", "二"]


def test_tables_that_a_script_would_show_are_read() -> None:
    page = "<p>题</p><div style='display:none'><table><tr><td>a<td>1</table></div>"
    assert outline(read_html(page)) == ["题", [["a", "1"]]]


@pytest.mark.parametrize("look", ['class="pane"', 'id="pane{}"'])
def test_the_text_between_hidden_tables_is_read_with_them(look: str) -> None:
    tables = "<table><tr><td>1</table>", "尾", "<table><tr><td>2</table>"
    panes = [f"<div {look.format(n)} hidden>{t}</div>" for n, t in enumerate(tables)]
    page = "<p>题</p>" + "".join(panes) + '<div class="menu" hidden>单</div><div hidden>窗</div>'
    assert outline(read_html(page)) == ["题", "1", "尾", "2"]


def test_numbers_in_a_drawing_leave_no_blank_cell() -> None:
    page = "<table><tr><td>规章<td><math><mn>5</mn></math><td><svg><path d='1'/></svg></table>"
    assert cells(page) == [["规章", "\ufffc\ufffc", ""]]


def test_nested_hidden_elements() -> None:
    page = "<div hidden><p hidden>一</p><div style='display:none'>二</div></div>三"
    assert outline(read_html(page)) == ["三"]


def test_form_fields_count_as_their_values() -> None:
    page = (
        "<table><tr><td>规章<td><input value=3><td><input type=hidden value=9>"
        "<td><select><option>1<option selected>2</select><td><textarea>4</textarea></table>"
    )
    assert cells(page) == [["规章", "3", "", "2", "4"]]


def test_preformatted_text_keeps_its_lines() -> None:
    page = "<div>前<pre>一  二\n规章 | 1 |\n\n三</pre>后</div>"
    assert outline(read_html(page)) == ["前", "一  二", [["规章", "1"]], "三", "后"]


def test_typed_tables_in_a_cell_are_read_line_by_line() -> None:
    typed = "\n规章\t1\t2\n行政许可\t3\t\n行政处罚\t4\t5\n"
    page = f"<table><tr><td>首页<td>前<pre>{typed}</pre>后</table>"
    rows = [["规章", "1", "2"], ["行政许可", "3", ""], ["行政处罚", "4", "5"]]
    assert outline(read_html(page)) == ["首页", "前", rows, "后"]


def test_a_label_that_is_typed_stays_in_its_cell() -> None:
    label = "<pre>社\n会\n公\n益\n组\n织</pre>"
    page = f"<table><tr><td>{label}<td><pre>3</pre></table>"
    assert cells(page) == [["社 会 公 益 组 织", "3"]]


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}</li> ' for item in items)}</ul>"


def test_a_menu_is_one_paragraph() -> None:
    menu = _list([f"<a href='/{n}.html'>栏目{n}</a><i>01-0{n}</i>" for n in range(8)])
    found = outline(read_html(f"<p>前</p>{menu}<p>后</p>"))
    assert found == ["前", " ".join(f"栏目{n} 01-0{n}" for n in range(8)), "后"]


@pytest.mark.parametrize(
    "items",
    [
        [f"<a href='/{n}.html'>栏目{n}</a>" for n in range(7)],  # a breadcrumb is short
        [f"项目{n}" for n in range(8)],  # no links
        ["<a href='/'>索引号：</a>一"] * 8,  # labelled values
        [f"<a href='/'>{'长' * 61}</a>"] * 8,  # prose
    ],
)
def test_other_lists_are_a_paragraph_an_item(items: list[str]) -> None:
    assert len(read_html(_list(items)).paragraphs) == len(items)


def test_head_and_links() -> None:
    page = (
        "<head><title> 年度\n报告 </title><meta name=PubDate content='2024-01-02'>"
        "<meta property='og:site' content=x><meta charset=utf-8>"
        "<meta itemprop=datePublished content=2024-01-15></head>"
        "<a href='/a/报告.PDF?x=1'>附 件</a><a href='index.html'>首页</a><a>空</a>"
    )
    document = read_html(page)
    assert document.title == "年度 报告"
    known = {"PubDate": "2024-01-02", "og:site": "x", "datePublished": "2024-01-15"}
    assert document.meta == known
    assert document.links == [("附 件", "/a/报告.PDF?x=1")]


def test_blocks_give_their_own_markup() -> None:
    document = read_html(
        "<ul><li>索引号：<b>001</b></li></ul><table><tr><td>a<td>b</table>甲<br>乙"
    )
    item, *_ = document.paragraphs
    assert [b.text for b in item.soup.find_all("b")] == ["001"]
    assert [cell.text for cell in document.grids[0].soup.find_all("td")] == ["a", "b"]
    assert [p.soup.text for p in document.paragraphs[1:]] == ["甲", "乙"]


def test_numbers_of_blocks() -> None:
    document = read_html("<p>一</p><table><tr><td>a<td>b<tr><td>c<td>d</table><p>二</p>")
    assert [str(block.place) for block in document.blocks] == [
        "paragraph 1",
        "table 1",
        "paragraph 2",
    ]
    assert str(document.grids[0].at(1, 0)) == "table 1, row 2, cell 1"


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("tag", ["div", "table><tr><td", "ul><li", "span"])
def test_nesting_without_end_is_refused(tag: str, *, closed: bool) -> None:
    names = [name.strip("<>") for name in tag.split("><")]
    page = f"<{tag}>" * 10_000 + "x"
    if closed:
        page += "".join(f"</{name}>" for name in reversed(names)) * 10_000
    with pytest.raises(SourceError) as raised:
        read(Source("x.html", page.encode()), Settings())
    assert raised.value.reason is Reason.DAMAGED


def test_formatting_left_open_thousands_of_times() -> None:
    page = "".join(f"<font id={n}><p>{n}</p>" for n in range(3000))
    assert [p.text for p in read_html(page).paragraphs] == [str(n) for n in range(3000)]


def test_unclosed_cells_and_breaks_are_no_depth() -> None:
    page = "<table>" + "<tr><td>a<td>1<br>" * 3000 + "</table>"
    assert len(read_html(page).grids[0].rows) == 3000


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("14<sup>1</sup>", "14[1]"),
        ("<span>14</span><sup> <a href='#n'>12</a></sup>", "14[12]"),
        ("14<sup>[1]</sup>", "14[1]"),
        ("10m<sup>2</sup>", "10m2"),
        ("14<sup>①</sup>", "14①"),
        ("<sup>14</sup>", "14"),
        ("<sup>1</sup><sup>4</sup>", "14"),
        ("<sup>1</sup>9", f"{MARK}{MARK}9"),
        ("9<sup>2023</sup>", f"9{MARK}{MARK}"),
        ("9<span style='position:relative;top:-4pt;mso-text-raise:4pt'>1</span>", "9[1]"),
        ("9<span style='vertical-align:text-top'>1</span>", "9[1]"),
        ("9<span style='vertical-align:5px'>1</span>", "9[1]"),
        ("9<span class='MsoFootnoteReference'>1</span>", "9[1]"),
        ("<span style='position:relative;top:3pt'>19</span>", "19"),
        ("1<span style='position:relative;top:0pt'>9</span>", "19"),
        ("1<span style='vertical-align:baseline'>9</span>", "19"),
    ],
)
def test_a_raised_number_is_a_note_and_no_digit(inside: str, text: str) -> None:
    document = read_html(f"<table><tr><td>许可</td><td>{inside}</td></tr></table>")
    assert document.grids[0].texts == [["许可", text]]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("9<small>1</small>", f"9{MARK}{MARK}"),
        ("9<a href='#_ftn1'>1</a>", f"9{MARK}{MARK}"),
        ("9<a href='#top'>1</a>", "91"),
        ("<small>9</small>", "9"),
        ("5<sup>1</sup><i></i>9", "5[1]9"),
        ("<sup>1</sup><i></i>9", f"{MARK}{MARK}9"),
        ("<a href='#x1'>9</a>", "9"),
        ("9<progress>7</progress>", f"9{MARK}{MARK}"),
        ("9<span style='font-size:smaller'>1</span>", f"9{MARK}{MARK}"),
    ],
)
def test_what_may_be_the_mark_of_a_note_is_no_digit(inside: str, text: str) -> None:
    assert cells(f"<table><tr><td>许可</td><td>{inside}</td></tr></table>") == [["许可", text]]


@pytest.mark.parametrize(
    ("sheet", "inside"),
    [
        ("td>em{text-decoration:line-through}", "<em>7</em>9"),
        ("em:first-child{text-decoration:line-through}", "<em>7</em>9"),
        ("[data-old]{display:none}", "<i data-old=1>7</i>9"),
        (".a.b{display:none}", "<i class='a b'>7</i>9"),
    ],
)
def test_digits_that_a_rule_may_hide_are_no_part_of_a_number(sheet: str, inside: str) -> None:
    page = f"<style>{sheet}</style><table><tr><td>许可</td><td>{inside}</td></tr></table>"
    assert cells(page) == [["许可", f"{MARK}{MARK}9"]]
    alone = page.replace("</em>9", "</em>").replace("</i>9", "</i>")
    assert cells(alone) == [["许可", "7"]]


@pytest.mark.parametrize(
    "sheet", ["td p.x{display:none}", "p[data-old]{display:none}", ".x.y{display:none}"]
)
def test_a_paragraph_that_a_rule_may_hide_is_neither_blank_nor_read(sheet: str) -> None:
    row = (
        "<td>许可</td><td><p class='x y' data-old=1>7</p></td><td><p class='z'>8</p></td><td>9</td>"
    )
    assert cells(f"<style>{sheet}</style><table><tr>{row}</tr></table>") == [
        ["许可", f"{MARK}{MARK}", "8", "9"]
    ]


@pytest.mark.parametrize(
    "style",
    [
        "visibility: hidden",
        "VISIBILITY:HIDDEN",
        "color:red;opacity:0",
        "font-size:0px",
        "opacity:.0",
    ],
)
def test_invisible_digits_beside_a_number_are_no_part_of_it(style: str) -> None:
    row = f"<td><span style='{style}'>4</span>12</td><td>3<b style='{style}'>5<i>6</i></b></td>"
    assert cells(f"<table><tr>{row}</table>") == [["12", "3"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<span style='opacity:0'>12</span>", "12"),  # a script may show it
        ("<span style='opacity:0.5'>1</span>2", "12"),
        ("<span style='text-indent:-2em' class='c1-hide'>1</span>2", f"1{MARK}{MARK}2"),
        ("<span style='font-size:0.8em'>1</span>2", "12"),
        ("<span style='font-size:0'><b style='font-size:14px'>1</b></span>2", "12"),
        ("<span style='visibility:hidden'>1<b style='visibility:visible'>3</b></span>2", "132"),
    ],
)
def test_invisible_text_is_kept_where_it_may_be_shown(cell: str, text: str) -> None:
    assert cells(f"<table><tr><td>规章<td>{cell}</table>") == [["规章", text]]
    assert str(outline(read_html(f"<p>一{cell}</p>"))[0]).endswith(text.replace(MARK, ""))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<span aria-hidden='true'>12</span><span>12</span>", f"{MARK}{MARK}12"),
        ("<b aria-hidden=true><i>1</i></b>2", f"{MARK}{MARK}2"),
        ("<span aria-hidden='true'>12</span>", "12"),
        ("<span aria-hidden=true>12</span><b class=sr-only>12件</b>", "12"),
        ("<i class=icon aria-hidden=true></i>12", "12"),
        ("12<span aria-hidden=true>件</span>", "12件"),
        ("<noscript>6</noscript>", f"{MARK}{MARK}"),
        ("<noscript>15</noscript>6", "6"),
        ("6<noscript><b>15</b></noscript>", "6"),
        ("<span style='visibility:hidden'>6</span>", f"{MARK}{MARK}"),
        ("<canvas>3</canvas>12", f"{MARK}{MARK}12"),
    ],
)
def test_digits_that_may_not_be_shown_leave_a_cell_unread(cell: str, text: str) -> None:
    rows = "".join(f"<tr><td>许可<td>{n}" for n in range(3))
    assert cells(f"<table><tr><td>规章<td>{cell}{rows}</table>")[0] == ["规章", text]


def test_where_most_cells_are_invisible_a_script_shows_them() -> None:
    hidden = "<td><span style='visibility:hidden'>12</span>"
    assert cells(f"<table><tr>{hidden * 3}</table>") == [["12"] * 3]


def test_digits_for_browsers_without_scripts_are_text_outside_of_tables() -> None:
    assert outline(read_html("<p>共<noscript>12</noscript>件</p>")) == ["共12件"]


def test_how_characters_are_spoken_is_no_text() -> None:
    ruby = "<ruby>不<rp>(</rp><rt>bù</rt><rp>)</rp>予<rt>yǔ</ruby>公开"
    assert cells(f"<table><tr><td>{ruby}<td>1</table>") == [["不予公开", "1"]]


def test_struck_out_text_is_not_read() -> None:
    page = (
        "<p>共<del>9</del>8件</p><table><tr><td>许可</td><td><s>9</s><ins>5</ins></td></tr></table>"
    )
    document = read_html(page)
    assert document.paragraphs[0].text == "共8件"
    assert document.grids[0].texts == [["许可", "5"]]


def test_an_image_alone_in_a_cell_is_not_blank() -> None:
    page = (
        "<table><tr><td>规章<img src=x></td><td><p><img alt=5></p></td><td>3<IMG></td>"
        "<td><img src=x height='1'></td><td><img style='display:none'></td></tr></table>"
        "<p>一<img alt=6>二</p><table><tr><td><img alt=7></td></tr></table>"
    )
    assert outline(read_html(page)) == [
        [["规章", "\ufffc5\ufffc", "3\ufffc\ufffc", "", ""]],
        "一二",
    ]


def test_styles_strike_through_and_raise_as_elements_do() -> None:
    struck = "style='text-decoration: underline line-through'"
    page = (
        f"<table><tr><td><span {struck}>9</span>5</td><td {struck}><p>3</p></td>"
        f"<td colspan=2 {struck}>4</td><td>5<font style='VERTICAL-ALIGN: super'>1</font></td>"
        "<td style='vertical-align: super'>7</td><td class='line-through'>8</td></tr></table>"
        f"<p {struck}>一</p><p>二</p>"
    )
    assert outline(read_html(page)) == [[["5", "", "", "5[1]", "7", "8"]], "二"]


@pytest.mark.parametrize(
    "look",
    [
        'style="position: absolute; left: 3px"',
        'style="left: 3px; top: 4px; font-size: 9px"',
        'style="display: table-cell"',
        'role="cell"',
        'role="gridcell"',
    ],
)
def test_pieces_with_places_of_their_own_do_not_run_on(look: str) -> None:
    page = "".join(f"<span {look}>{text}</span>" for text in ("总计", "1", "20"))
    assert outline(read_html(f"<div>{page}</div>")) == ["总计", "1", "20"]


@pytest.mark.parametrize(
    "look", ['style="margin-left: 3px; padding-top: 4px"', 'style="left: 0"', 'role="note"']
)
def test_other_pieces_of_a_line_run_on(look: str) -> None:
    assert outline(read_html(f"<p>1<span {look}>2</span>3</p>")) == ["123"]


@pytest.mark.parametrize("field", ["<input value=12>", "<input type='text' value='12' readonly>"])
def test_invisible_text_beside_a_field_is_no_part_of_its_number(field: str) -> None:
    row = f"<td><b style='visibility:hidden'>4</b>{field}</td><td><i class=sr-only>件</i>3</td>"
    assert cells(f"<table><tr>{row}</table>") == [["12", "3"]]


def test_what_the_own_style_sheet_hides_is_left_out() -> None:
    sheet = "<style>/* .b{} */ .h, #i { color: red; display: none }</style>"
    rows = "<tr class='x h'><td>a<td>9<tr id=i><td>a<td>8<tr><td>a<b class=h>7</b><td>1"
    rows += "<tr><td>b<td>2<tr><td>c<td>3"
    assert cells(f"{sheet}<table>{rows}</table>") == [["a", "1"], ["b", "2"], ["c", "3"]]


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print { .h { display: none } }",
        ".h { display: none } .h.on { display: block }",
        ".h { display: none } @media (min-width: 9px) { .h { display: table-row } }",
        "div .h { display: none }",
        ".hh { display: none }",
        ".h { border: none }",
    ],
)
def test_what_may_be_shown_is_not_hidden(sheet: str) -> None:
    rows = "<tr class=h><td>a<td>9<tr><td>b<td>1<tr><td>c<td>2"
    page = f"<style>{sheet}</style><table>{rows}</table>"
    assert cells(page) == [["a", "9"], ["b", "1"], ["c", "2"]]


def test_an_element_that_says_how_it_is_shown_is_not_hidden_by_a_sheet() -> None:
    page = "<style>.h{display:none}</style><p class=h style='display:block'>一</p><p class=h>二</p>"
    assert outline(read_html(page)) == ["一"]


def test_hidden_tables_beside_a_whole_report_are_left_out() -> None:
    rows = "".join(f"<tr><td>{name}</td>{'<td>1</td>' * 8}</tr>" for name in "甲乙丙丁戊己庚" * 4)
    named = rows.replace("甲", "一、本年新收…", 1) + "<tr><td>四、结转下年度继续办理</td></tr>"
    hidden = f"<div style='display:none'><p>旧</p><table>{rows}{rows}</table></div>"
    assert len(read_html(f"{hidden}<p>新</p><table>{named}</table>").blocks) == 2
    # What is shown is no whole report: a script may show the rest.
    assert len(read_html(f"{hidden}<p>新</p><table>{rows}</table>").blocks) == 4


def test_cells_framed_by_tables_of_their_own_make_one_table() -> None:
    def framed(text: str) -> str:
        return f"<td>\n<table width=1><tbody><tr><td>{text}</td></tr></tbody></table></td>"

    row = f"<tr>{framed('a')}{framed('')}<td>1</td>{framed('b<br>c')}</tr>"
    assert cells(f"<table>{row * 7}</table>") == [["a", "", "1", "b\nc"]] * 7
    styled = row.replace("<table width=1>", "<span><table>").replace("</table>", "</table></span>")
    assert cells(f"<table>{styled * 7}</table>") == [["a", "", "1", "b\nc"]] * 7
    # A few of them are a page's layout.
    assert len(read_html(f"<table>{row}</table>").blocks) > 1


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("12<span style='color:#fff'>3</span>", f"12{MARK}{MARK}"),
        ("<font color=white>3</font>12", f"{MARK}{MARK}12"),
        ("12<span style='color: rgb(255, 255, 255)'>3</span>", f"12{MARK}{MARK}"),
        ("12<span style='color:rgba(0,0,0,0)'>3</span>", f"12{MARK}{MARK}"),
        ("12<i class='none'>3</i>", f"12{MARK}{MARK}"),
        ("12<span style='mso-hide:all'>3</span>", f"12{MARK}{MARK}"),
        ("12<span style='color:#fff'>件</span>", "12件"),
        ("<b style='background:#06c;color:#fff'>13</b>", "13"),
        ("<b style='background:#fff;color:#fff'>1</b>3", f"{MARK}{MARK}3"),
        ("1<span style='background-color:#fff'>3</span>", "13"),
        ("1<span style='color:#ff6'>3</span>", "13"),
        ("<span style='color:#fff'>3</span>", f"{MARK}{MARK}"),
        ("12<span style='transform:scale(0)'>3</span>", "12"),
        ("12<span style='display:inline-block;width:0;overflow:hidden'>3</span>", "12"),
        ("12<div style='height:0;overflow:hidden'>3</div>", "12"),
        ("1<span style='height:0;overflow:hidden'>3</span>", "13"),
        ("<span style='opacity:0'>3</span>", f"{MARK}{MARK}"),
    ],
)
def test_digits_of_the_colour_of_paper_are_not_read(cell: str, text: str) -> None:
    page = f"<table><tr><td>规章</td><td>{cell}</td><td>0</td><td>0</td></tr></table>"
    assert cells(page) == [["规章", text, "0", "0"]]


def test_white_digits_on_a_colour_are_read() -> None:
    white = "<td{}><span style='color:#fff'>3</span></td>"
    page = f"<table><tr><td>a{white.format(' bgcolor=blue')}<td>b<td>c</table>"
    assert cells(page) == [["a", "3", "b", "c"]]
    assert cells(f"<table><tr>{white.format('') * 3}</table>") == [["3"] * 3]


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        ("class='none'", True),
        ("class='odd d-none'", True),
        ("class='ng-hide'", True),
        ("style='visibility:collapse'", True),
        ("class='d-none d-md-table-row'", False),
        ("class='hidden md:table-row'", False),
        ("class='nonempty'", False),
        ("style='visibility:visible'", False),
    ],
)
def test_rows_that_frameworks_hide_are_left_out(look: str, *, hidden: bool) -> None:
    row = "<tr {}><td>规章</td><td>{}</td></tr>"
    page = f"<table>{row.format(look, 7)}{row.format('', 1)}</table>"
    assert cells(page) == [["规章", "7"]] * (not hidden) + [["规章", "1"]]


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        ("tr.old{display:none}", True),
        ("tr#o1{display:none}", True),
        (".old{display:none} .old:hover{display:table-row}", True),
        (".old{display:none} @media print{.old{display:table-row}}", True),
        (
            ".old{display:none} @media print{@page{margin:0} .old{color:red}}.old{display:block}",
            False,
        ),
        ("div.old{display:none}", False),
        ("@media print{tr.old{display:none}}", False),
    ],
)
def test_rows_that_the_own_style_sheet_hides_are_left_out(sheet: str, *, hidden: bool) -> None:
    page = (
        f"<style>{sheet}</style><table><tr class=old id=o1><td>规章<td>7<tr><td>规章<td>1</table>"
    )
    assert cells(page) == [["规章", "7"]] * (not hidden) + [["规章", "1"]]


@pytest.mark.parametrize("name", ["script src='a.js'", "title", "textarea", "style"])
def test_empty_elements_of_xml_hold_nothing_of_what_follows(name: str) -> None:
    table = "<table><tr><td>a<td>1</table>"
    page = f"<html><body>{table}<{name}/><p>一</p>{table}<script></script></body></html>"
    assert outline(read_html(page)) == [[["a", "1"]], "一", [["a", "1"]]]


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (".c1{font-size:0}", "1"),
        ("td span.c1{visibility:hidden}", "1"),
        ("table .c1 { display: none }", "1"),
        (".a,.c1{position:absolute;left:-999px}", "1"),
        (".c1{color:#fff}", f"1{MARK}{MARK}"),
        (".c1{color:#fff;background:#06c}", "12"),
        ("table .c1{display:none} .on .c1{display:inline}", f"1{MARK}{MARK}"),
        (".c1{display:none} .c1:hover{display:inline}", "1"),
        (".c1{display:none} .c1:target{display:inline}", f"1{MARK}{MARK}"),
        (".c1{display:none} .c1{display:inline}", "12"),
        (".c1[data-v-7ba5]{display:none}", "1"),
        ("@media screen{.c1{display:none}}", "1"),
        (".c1{clip-path:inset(50%)}", "1"),
        ("td span{display:none}", f"1{MARK}{MARK}"),
        (".c1.y{display:none}", "12"),
        ("[class]{display:none}", "12"),
        (".c1:hover{opacity:0}", "12"),
        ("@media print{.c1{opacity:0}}", "12"),
    ],
)
def test_what_the_own_style_sheet_makes_invisible_beside_a_number(sheet: str, text: str) -> None:
    page = f"<style>{sheet}</style><table><tr><td>a<td>1<span class='c1'>2</span></table>"
    assert cells(page) == [["a", text]]


@pytest.mark.parametrize(
    ("sheet", "cell", "text"),
    [
        (".x{color:#fff}", "<span class=x>3</span>", f"{MARK}{MARK}"),
        (".X{COLOR: WHITE}", "<span class=X>3</span>", f"{MARK}{MARK}"),
        (".x{color:#fefefe}", "<p class=x>3</p>", f"{MARK}{MARK}"),
        (".x{visibility:hidden}", "<span class=x>3</span>", f"{MARK}{MARK}"),
        (".x{color:#fff}.b{background:#06c}", "<span class='x b'>3</span>", "3"),
        (".x{color:#fff}.x.on{color:red}", "<span class='x on'>3</span>", "3"),
        (".c1{opacity:0}.c1.c2{opacity:1}", "1<span class='c1 c2'>3</span>", "13"),
        ("tr:hover .x{color:#fff}", "<span class=x>3</span>", "3"),
        (".x{text-decoration:line-through}", "<i class=x>3</i>5", "5"),
        (".x{vertical-align:super}", "5<i class=x>1</i>", "5[1]"),
        (".x{direction:rtl;unicode-bidi:bidi-override}", "<i class=x>321</i>", "123"),
        (".x::before{content:'3'}", "<i class=x></i>", f"{MARK}{MARK}"),
        (".x:after{content:'\\33'}", "1<i class=x></i>", f"1{MARK}{MARK}"),
        (".x:before{content:'\\e633'}", "<i class=x></i>1", "1"),
        (".x:before{content:attr(data-n)}", "<i class=x data-n=3></i>", f"{MARK}{MARK}"),
        (".x:before{content:attr(data-n)}", "<i class=x data-n=件数></i>3", "3"),
    ],
)
def test_what_a_sheet_does_to_the_digits_of_a_cell(sheet: str, cell: str, text: str) -> None:
    page = f"<style>{sheet}</style><table><tr><td>规章<td>{cell}<td>0<td>0<td>0</table>"
    assert cells(page) == [["规章", text, "0", "0", "0"]]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td class=x>3", f"{MARK}{MARK}"),
        ("<td style='color:white'>3", f"{MARK}{MARK}"),
        ("<td style='color:white;background:#06c'>3", "3"),
        ("<td style='color:white'><b style='color:red'>3</b>", "3"),
        ("<td style='visibility:hidden'><p>3</p>", f"{MARK}{MARK}"),
        ("<td class='x blue'>3", "3"),
        ("<td class=x>件", "件"),
        ("<td><p style='color:#fff'>3</p>", f"{MARK}{MARK}"),
    ],
)
def test_a_cell_of_the_colour_of_paper_is_neither_read_nor_blank(cell: str, text: str) -> None:
    sheet = "<style>.x{color:#fff}.blue{background:#06c}</style>"
    assert cells(f"{sheet}<table><tr><td>规章{cell}<td>0<td>0</table>")[0][1] == text


def test_white_digits_in_a_row_or_a_table_of_a_colour_are_read() -> None:
    sheet = "<style>.x{color:#fff}.blue{background:#06c}</style>"
    row = "<tr{}><td>总计<td class=x>3<td>0<td>0"
    assert cells(f"{sheet}<table>{row.format(' class=blue')}</table>")[0][1] == "3"
    table = f"<table{{}}>{row.format('')}</table>"
    assert cells(sheet + table.format(" class=blue"))[0][1] == "3"
    assert cells(f"{sheet}<div class=blue><p>报告</p>{table.format('')}</div>")[0][1] == "3"
    paper = cells(f"{sheet}<div style='background:#fff'>{table.format('')}</div>")
    assert paper[0][1] == f"{MARK}{MARK}"
    beside = cells(f"{sheet}<div class=blue><p>报告</p></div>{table.format('')}")
    assert beside[0][1] == f"{MARK}{MARK}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td><b class=num data-to=5>0</b>", f"{MARK}{MARK}"),
        ("<td><div data-count='1,200'></div>", f"{MARK}{MARK}"),
        ("<td data-target='5'>0", f"{MARK}{MARK}"),
        ("<td><b data-counter-value=5>5</b>", "5"),
        ("<td><b class=counter data-to=5>3</b>", f"{MARK}{MARK}"),
        ("<td><b data-to=0>0</b>", "0"),
        ("<td data-count=1200>1,200", "1,200"),
        ("<td><b data-to='#menu'>0</b>", "0"),
        ("<td data-num=5>0<td data-num=6>7", "0"),  # places in the table, as editors write them
        ("<td data-num=5>0<td data-num=6>件", "0"),
        ("<td data-row=5>0", "0"),
        ("<td><span role=cell data-val=5>1</span><span role=cell data-val=6>2</span>", "1\n2"),
    ],
)
def test_a_counter_that_has_not_run_is_not_read(cell: str, text: str) -> None:
    assert cells(f"<table><tr><td>规章{cell}<td>1</table>")[0][1] == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<td><bdo dir=rtl>321</bdo>", "123"),
        ("<td><bdo dir='RTL'><b>1.2</b></bdo>", "2.1"),
        ("<td><bdo dir=ltr>321</bdo>", "321"),
        ("<td><bdo dir=rtl><b>3</b><b>21</b></bdo>", f"3{MARK}{MARK}21"),
        ("<td style='unicode-bidi: bidi-override; direction: rtl'>21", "12"),
        ("<td style='direction:rtl'>21", "21"),
        ("<td><b style='flex-direction:row-reverse'><i>3</i><i>2</i></b>", f"3{MARK}{MARK}2"),
        ("<td><b style='flex-direction:row-reverse'><i>32</i></b>", "32"),
        ("<td>12<sub>1</sub>", "12[1]"),
    ],
)
def test_digits_that_a_page_turns_round(cell: str, text: str) -> None:
    assert cells(f"<table><tr><td>规章{cell}<td>1</table>")[0][1] == text


def test_cells_that_a_class_takes_out_of_their_rows_are_left_out() -> None:
    row = "<td>规章<td class='d-none'>9<td class='d-none d-md-table-cell'>1<td class=none>2<td>3"
    assert cells(f"<table><tr>{row}</table>") == [["规章", "1", "2", "3"]]


_ROWS = "".join(f"<tr><td>{name}</td>{'<td>1</td>' * 8}</tr>" for name in "甲乙丙丁戊己庚" * 4)
_REPORT = (
    f"<table><tr><td>处理决定数量<td>5</table><table><tr><td>一、本年新收{_ROWS}"
    "<tr><td>四、结转下年度继续办理</table><table><tr><td>未经复议<td>1</table>"
)


@pytest.mark.parametrize(
    ("opened", "closed", "sheet"),
    [
        ("<details open>", "<details>", ""),
        ("<div class='tab-pane active'>", "<div class='tab-pane'>", ""),
        ("<dialog open>", "<dialog>", ""),
        ("<div class='modal show'>", "<div class=modal>", ""),
        ("<div role=tabpanel>", "<div role=tabpanel aria-hidden=true>", ""),
        ("<div>", "<div popover>", ""),
        ("<div class='layui-tab-item layui-show'>", "<div class=layui-tab-item>", ""),
        ("<div class='p on'>", "<div class=p>", ".p{display:none}.p.on{display:block}"),
        ("<div class='p on'>", "<div class=p>", ".a>.p{display:none}.a>.on{display:block}"),
    ],
)
def test_another_report_in_a_pane_that_is_not_open_is_left_out(
    opened: str, closed: str, sheet: str
) -> None:
    def page(first: str, second: str) -> str:
        end = f"</{opened[1:].split(maxsplit=1)[0].rstrip('>')}>"
        return (
            f"<style>{sheet}</style><div class=a>{first}{_REPORT}{end}"
            f"{second}{_REPORT.replace('5', '6')}{end}</div>"
        )

    for shown in (page(opened, closed), page(closed, opened)):
        document = read_html(shown)
        assert len(document.grids) == 3
        is_first = shown.index(opened) < shown.index(closed)
        assert document.grids[0].texts[0][1] == ("5" if is_first else "6")


@pytest.mark.parametrize(
    "hidden", ["<details>", "<div style='display:none'>", "<div class='tab-pane'>"]
)
def test_hidden_parts_that_go_on_with_the_report_are_read(hidden: str) -> None:
    end = "</details>" if "details" in hidden else "</div>"
    rest = f"<p>五、存在的主要问题</p><p>无</p>{end}"
    page = read_html(f"{_REPORT}<p>四、政府信息公开行政复议</p>{hidden}{rest}")
    assert [paragraph.text for paragraph in page.paragraphs][-2:] == ["五、存在的主要问题", "无"]
    fourth = "<table><tr><td>未经复议"
    first, second = _REPORT.split(fourth)
    assert len(read_html(f"{first}{hidden}{fourth}{second}{end}").grids) == 3


def test_a_title_may_be_a_picture() -> None:
    title = "谷城县司法局2023年政府信息公开工作年度报告"
    page = f'<p><img src="1.png"><img src="2.png" class="t" alt="{title}"></p><p>文</p>'
    assert read_html(page).meta == {"img alt": title}
    assert read_html(f"<b><p>文</b></p>{page}").meta == {"img alt": title}
    assert read_html('<img alt="图一"><p>政府信息公开工作年度报告</p>').meta == {}


@pytest.mark.parametrize("look", ["visibility:collapse", "opacity:0", "font-size:0"])
def test_rows_that_the_own_style_sheet_makes_invisible_are_left_out(look: str) -> None:
    rows = "<tr><td>规章<td>1</tr><tr class=old><td>规章<td>2</tr><tr><td>文件<td>3</tr>"
    page = f"<style>.old{{{look}}}</style><table>{rows}</table>"
    assert cells(page) == [["规章", "1"], ["文件", "3"]]


def test_cells_that_the_own_style_sheet_strikes_out_are_blank() -> None:
    row = "<tr><td>规章<td class=old>1<td><p class=old>2</p>3</tr>"
    page = f"<style>.old{{text-decoration:line-through}}</style><table>{row}</table>"
    assert cells(page) == [["规章", "", "3"]]


def test_an_attribute_is_printed_where_an_element_is_empty() -> None:
    sheet = "<style>.n:before{content:attr(data-n)}</style>"
    row = "<tr><td>规章<td><i class=n data-n=5></i><td data-n=5>7</tr>"
    assert cells(f"{sheet}<table>{row}</table>") == [["规章", f"{MARK}{MARK}", "7"]]

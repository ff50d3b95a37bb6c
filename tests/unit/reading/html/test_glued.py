"""Digits beside each other in a cell are one number, unless their elements are told apart."""

from __future__ import annotations

import pytest

from gongkai.reading.html import read_html
from gongkai.reading.pictures import MARK

APART = f"12{MARK}{MARK}3"


def text_of(cell: str, sheet: str = "") -> str:
    page = f"<style>{sheet}</style><table><tr><td>规章</td><td>{cell}</td></tr></table>"
    return read_html(page).grids[0].rows[0][1].text


@pytest.mark.parametrize(
    "cell",
    [
        "12<span class='badge'>3</span>",
        "<b>12</b><i>3</i>",
        "<b><em>12</em></b>3",
        "12<button type='button'>3</button>",
        "<label>12</label>3",
        "12<span role='tooltip'>3</span>",
        "12<span v-if='false'>3</span>",
        "12<font size=1>3</font>",
        "12<span style='font-size:8px'>3</span>",
        "12<span style='FLOAT:right'>3</span>",
        "<span style='float:left'>12</span><span style='float:right'>3</span>",
        "12<span style='margin-left:20px'>3</span>",
        "12<span style='display:block'>3</span>",
        "12<mark style='background:#000'>3</mark>",
        "<p><span><span class='now'>12</span></span><span class='then'>3</span></p>",
        "<br><b>12<!-- --><span class='old'>3</b>",
    ],
)
def test_what_is_told_apart_is_another_number(cell: str) -> None:
    assert text_of(cell).strip() == APART


@pytest.mark.parametrize(
    "cell",
    [
        "<span lang=EN-US>12</span><span style='font-size:10.5pt;color:black'>3</span>",
        "<span class=SpellE>12</span>3",
        "<font class='font5'>1</font><font class='font7'>23</font>",
        "<span class='s1'>12</span><span class='s2'>3</span>",
        "".join(f"<i class='flip n{n}'>{n}</i>" for n in (1, 2, 3)),
        "<strong>12</strong>3",
        "<span style='margin:0px;padding:0px;background:white'>12</span>3",
        "<em class='on'><b>12</b>3</em>",
        "<i class='icon'></i>123",
        "12<wbr class='x'>3",
        "<span style='font-size:8px'>12</span><span style='font-size:8px'>3</span>",
    ],
)
def test_pieces_of_one_look_are_one_number(cell: str) -> None:
    assert text_of(cell) == "123"


def test_other_cells_are_left_alone() -> None:
    row = "<tr><td>1.<i>规</i>章</td><td>1<i>2</i></td><td><i>3</i></td><td>4</td></tr>"
    (grid,) = read_html(f"<table>{row}</table>").grids
    assert grid.texts == [["1.规章", f"1{MARK}{MARK}2", "3", "4"]]


@pytest.mark.parametrize(
    "field",
    [
        "<select><option>3</option><option>4</option></select>",
        "<input value='3'>",
        "<input type='text' value='3'/>",
    ],
)
def test_a_field_beside_digits_is_no_part_of_their_number(field: str) -> None:
    assert text_of(f"12{field}") == f"12{MARK}{MARK}"
    assert text_of(f"&#12288;{field}件").strip() == "3件"


@pytest.mark.parametrize(
    "style",
    [
        "font-size:1px",
        "font-size:0.5pt",
        "font-size:5%",
        "font-size:.01em",
        "font:1px/1 a",
        "margin-left:-9999px",
        "position:absolute;right:-999px",
        "position:absolute;left:-99em",
        "opacity:.01",
        "filter:alpha(opacity=0)",
        "transform:scaleX(0)",
        "transform:scale(0.01)",
        "scale:0",
        "transform:translateX(-9999px)",
        "display:inline-block;width:1px;overflow:hidden",
    ],
)
def test_what_is_too_small_or_too_far_is_not_seen(style: str) -> None:
    assert text_of(f"12<span style='{style}'>3</span>") == "12"


@pytest.mark.parametrize("size", ["0.14rem", "10px", "1.5em", "100%", "9pt"])
def test_letters_of_other_sizes_are_seen(size: str) -> None:
    assert text_of(f"12<span style='font-size:{size}'>3</span>") == "123"


@pytest.mark.parametrize(
    "colour",
    [
        "hsl(0, 0%, 100%)",
        "hsla(0 0% 99% / 1)",
        "rgb(254 254 254)",
        "rgb(100%,100%,100%)",
        "#ffffff00",
        "#0000",
        "rgb(0 0 0 / 0)",
        "rgba(0,0,0,.01)",
        "whitesmoke",
        "ivory",
        "#eee",
        "#fff;background:#fff",
    ],
)
def test_what_nobody_tells_from_paper_is_not_read(colour: str) -> None:
    assert text_of(f"12<span style='color:{colour}'>3</span>") == f"12{MARK}{MARK}"


@pytest.mark.parametrize(
    "colour", ["windowtext", "#000", "#000000", "rgb(0,0,0)", "hsl(0,0%,20%)", "#ff0000", "red"]
)
def test_other_colours_are_read(colour: str) -> None:
    assert text_of(f"12<span style='color:{colour}'>3</span>") == "123"


def test_sheets_hide_as_styles_do() -> None:
    assert text_of("12<span style='-webkit-text-fill-color:#fff'>3</span>")[2:] == MARK * 2
    for rule in ("color:hsl(0,0%,100%)", "-webkit-text-fill-color:transparent", "color:#fff0"):
        assert text_of("12<span class='c1'>3</span>", f".c1{{{rule}}}") == f"12{MARK}{MARK}"
    assert text_of("12<span class='c1'>3</span>", ".c1{font-size:1px}") == "12"


def test_what_moves_a_whole_report_raises_no_letters() -> None:
    inside = "<p>一、总体情况</p><table><tr><td>规章</td><td>3</td></tr></table>"
    page = read_html(f"<div><span style='position:relative;top:3px'>{inside}</span></div>")
    assert page.grids[0].texts == [["规章", "3"]]
    assert page.paragraphs[0].text == "一、总体情况"

"""Word files as word processors save them: what says how the text looks, and other parts.

In a report that an agency typed, three of four elements say how runs, paragraphs and cells look;
the other styles print next to none, so that their oddities can be read. Which elements these are
was counted on the statutory form as two word processors save it.
"""

from __future__ import annotations

import io
import re
import zipfile
from itertools import count
from typing import TYPE_CHECKING

from tests.testbed.styles.base import Style
from tests.testbed.styles.docx import NAMESPACES, NO_INDEX, plain, zipped

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_FONTS = '<w:rFonts w:hint="eastAsia" w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'
_SIZES = '<w:kern w:val="0"/><w:sz w:val="{0}"/><w:szCs w:val="{0}"/>'
_LANGUAGE = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/>'
_SPACING = '<w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="auto"/>'
_KEPT = '<w:keepNext w:val="0"/><w:keepLines w:val="0"/><w:widowControl/>'
_SIDES = ("top", "left", "bottom", "right")
_LINE = '<w:{} w:val="single" w:color="auto" w:sz="8" w:space="0"/>'
_BORDERS = "".join(map(_LINE.format, _SIDES))
_MARGINS = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in _SIDES)

_PARAGRAPH = re.compile(r"<w:p>(?:<w:pPr>.*?</w:pPr>)?")
_RUN = re.compile(r"<w:r><w:rPr>(?:<w:sz w:val='21'/>)?")
_CELL = re.compile(r"<w:tcPr>(.*?)</w:tcPr>|<w:tcPr/>")
_ROW = re.compile(r"<w:tr>")
_TABLE = re.compile(r"<w:tblPr/>")
_STYLE = (
    '<w:style w:type="paragraph" w:styleId="a{0}"><w:name w:val="Body {0}"/><w:qFormat/>'
    f"<w:pPr>{_SPACING}</w:pPr><w:rPr>{_FONTS.format('Calibri')}{_SIZES.format(21)}</w:rPr></w:style>"
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>user</dc:creator>'
    "<cp:revision>7</cp:revision></cp:coreProperties>"
)


def dressed(data: bytes) -> bytes:
    """Return a Word file with the looks and the parts that a word processor writes."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    parts["word/document.xml"] = _with_looks(parts["word/document.xml"])
    styles = "".join(map(_STYLE.format, range(60)))
    parts.setdefault("word/styles.xml", f"<w:styles {NAMESPACES}>{styles}</w:styles>")
    parts.setdefault("docProps/core.xml", _CORE)
    return zipped(parts)


def _with_looks(xml: str) -> str:
    numbers = count(0x4032E3AF)
    fonts = _FONTS.format("宋体")
    marks = f"<w:rPr>{fonts}{_SIZES.format(24)}</w:rPr>"
    paragraph = (
        f'<w:pPr>{_KEPT}<w:suppressLineNumbers w:val="0"/>{_SPACING}'
        f'<w:ind w:left="0" w:right="0"/><w:jc w:val="left"/>{marks}</w:pPr>'
    )
    cell = (
        f'<w:tcBorders>{_BORDERS}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
        '<w:vAlign w:val="center"/>'
    )
    table = (
        '<w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="9740" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>"
    )
    row = '<w:tr><w:trPr><w:trHeight w:val="340" w:hRule="atLeast"/><w:jc w:val="center"/></w:trPr>'
    xml = _PARAGRAPH.sub(lambda _: f'<w:p w:rsidR="{next(numbers):08X}">{paragraph}', xml)
    xml = _RUN.sub(f"<w:r><w:rPr>{fonts}{_SIZES.format(21)}{_LANGUAGE}", xml)
    xml = _CELL.sub(
        lambda own: f'<w:tcPr><w:tcW w:w="714" w:type="dxa"/>{own[1] or ""}{cell}</w:tcPr>', xml
    )
    return _TABLE.sub(table, _ROW.sub(row, xml))


def _word(content: Content, rng: Random) -> bytes:
    return dressed(plain(content, rng))


STYLES = (Style("docx-word", ".docx", _word, NO_INDEX),)

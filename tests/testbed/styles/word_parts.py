"""Word files whose text is in several parts, or in fewer: headers, numbers, rows in one row."""

from __future__ import annotations

import io
import zipfile
from functools import partial
from typing import TYPE_CHECKING

from tests.testbed import rearranging
from tests.testbed.styles.base import Style
from tests.testbed.styles.docx import (
    NAMESPACES,
    NO_INDEX,
    body,
    package,
    paragraph,
    run,
    table,
    zipped,
)

if TYPE_CHECKING:
    from random import Random

    from tests.testbed.content import Content

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_LEVEL = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1、"/></w:lvl>'
)
_NUMBERS = (
    '<w:abstractNum w:abstractNumId="3">{}</w:abstractNum>'
    '<w:num w:numId="2"><w:abstractNumId w:val="3"/></w:num>'
)
_LISTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
#: Words that no section's statutory heading has: their number says whose they are.
_OWN = {"problems": "不足与打算", "other": "有关说明"}


def _sections(content: Content, rng: Random) -> bytes:
    """Headings that the program numbers; the tables in headers and footers of their sections."""
    form = rng.choice(("chineseCounting", "chineseCountingThousand", "japaneseCounting"))
    by_style = rng.random() < 0.5
    looks = '<w:pStyle w:val="1"/>' if by_style else _LISTED
    parts: dict[str, str] = {}
    inside = paragraph(content.title) + paragraph(f"发布日期：{content.published}")
    inside += "".join(map(paragraph, content.preamble))
    for section in content.sections:
        words = _OWN.get(section.key) or section.heading.partition("、")[2]
        inside += f"<w:p><w:pPr>{looks}</w:pPr>{run(words)}</w:p>"
        for block in section.blocks:
            if isinstance(block, str):
                inside += paragraph(block)
                continue
            kind, tag = rng.choice((("header", "hdr"), ("footer", "ftr")))
            name = f"{kind}{len(parts)}"
            parts[name] = f"<w:{tag} {NAMESPACES}>{table(block)}<w:p/></w:{tag}>"
            shown = f'<w:{kind}Reference w:type="default" xmlns:r="{_RELATIONS}" r:id="{name}"/>'
            inside += f"<w:p><w:pPr><w:sectPr>{shown}</w:sectPr></w:pPr></w:p>"
    style = f'<w:style w:styleId="1"><w:pPr>{_LISTED}</w:pPr></w:style>'
    with zipfile.ZipFile(io.BytesIO(package(inside, style if by_style else ""))) as file:
        whole = {name: file.read(name).decode() for name in file.namelist()}
    related = "".join(
        f'<Relationship Id="{n}" Type="{_RELATIONS}/{n[:6]}" Target="{n}.xml"/>' for n in parts
    )
    whole["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}">{related}</Relationships>'
    )
    numbers = _NUMBERS.format(_LEVEL.format(form))
    whole["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbers}</w:numbering>"
    return zipped(whole | {f"word/{name}.xml": text for name, text in parts.items()})


def _gathered(content: Content, rng: Random) -> bytes:
    """A PDF that a program turned into a Word file, several rows in one."""
    rearranging.gather_rows(content.table("三"), rng)
    head = paragraph(content.title) + paragraph(f"发布日期：{content.published}")
    return package(head + body(content, partial(table, by_paragraph=True), run))


STYLES = (
    Style("docx-sections", ".docx", _sections, NO_INDEX),
    Style("docx-gathered", ".docx", _gathered, NO_INDEX),
)

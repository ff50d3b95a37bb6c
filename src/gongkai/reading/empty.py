"""Why a document without tables holds no report."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from gongkai.reading.failures import Rejected

if TYPE_CHECKING:
    from gongkai.errors import SourceError
    from gongkai.reading.document import Document

# A sentence is longer than a menu entry; a report's narrative has thousands of characters.
_SENTENCE = 30
_LITTLE_NARRATIVE = 300
_LITTLE_TEXT = 120
#: Titles of a year's papers; the one that is looked for says what it is about.
_PAPER = re.compile(r"(?=.*20\d\d)[^。，；]{0,40}(?:报告|报表|决算|预算|指南)[^。，；]{0,20}")
_SUBJECT = ("政府信息公开", "政府資訊公開", "政府信息公開")


def classify_empty(document: Document) -> SourceError:
    """Say why a document in which no table of the report was found yields none.

    Returns:
        The error to raise, with reason ``empty``, ``attachment_only`` (its hint holds the
        address), ``shell_page``, ``no_tables`` (it speaks of government information disclosure,
        and has no other paper's title) or ``not_a_report``.
    """
    texts = _texts(document)
    narrative = sum(len(text) for text in texts if len(text) >= _SENTENCE)
    if narrative < _LITTLE_NARRATIVE and document.links:
        text, address = _likeliest(document.links)
        rejected = Rejected("attachment_only", detail=f"{text} {address}".strip())
    elif document.format == "html" and sum(map(len, texts)) < _LITTLE_TEXT:
        rejected = Rejected("shell_page")
    elif not any(text.strip() for text in texts):
        rejected = Rejected("empty")
    elif is_on_subject(document) and not _is_another(texts):
        rejected = Rejected("no_tables")
    else:
        rejected = Rejected("not_a_report")
    return rejected.as_error(document.path)


def is_on_subject(document: Document) -> bool:
    """Tell whether a document speaks of government information disclosure."""
    return any(s in text for text in (document.title, *_texts(document)) for s in _SUBJECT)


def _is_another(texts: list[str]) -> bool:
    """Tell whether the titles above the first sentence are all of other papers: 部门决算."""
    above = takewhile(lambda text: len(text) < _SENTENCE or _PAPER.fullmatch(text), texts)
    papers = [text for text in above if _PAPER.fullmatch(text)]
    return bool(papers) and not any("公开" in text and "指南" not in text for text in papers)


def _texts(document: Document) -> list[str]:
    texts = [paragraph.text for paragraph in document.paragraphs]
    return texts + [cell.text for grid in document.grids for row in grid for cell in row]


def _likeliest(links: list[tuple[str, str]]) -> tuple[str, str]:
    """Return the link that speaks of the report, else the first."""
    for link in links:
        if any(word in link[0] for word in ("年度报告", "年报", "信息公开", "年度報告")):
            return link
    return links[0]

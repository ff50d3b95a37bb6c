"""Marks for a layout's claim: what some pages share and no other layout's sample has."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from gongkai.form import CELLS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.reading import Document

Kind = Literal["line", "cell", "title", "meta", "shape", "format"]

#: Marks of a proposed claim, and those of one kind among them at the most.
_MOST = 5
_MOST_OF_A_KIND = 2
_CERTAIN = 100
#: Paragraphs at a page's beginning and end where portals print what is their own.
_HEAD = 8
_TAIL = 3
#: Characters of a text that can be a mark.
_SHORTEST = 2
_LONGEST = 24
_YEAR = re.compile(r"(?:19|20)\d\d")
_LABEL = re.compile(r"^[^：:\d]{2,12}[：:]")
_NOT_CJK = re.compile(r"[^\u4e00-\u9fff]")

#: Headings of the form that are no cells' own labels.
_GROUPS = (
    "予以公开",
    "部分公开",
    "不予公开",
    "无法提供",
    "不予处理",
    "其他处理",
    "本年度办理结果",
    "申请人类别",
    "单位万元",
)

#: Shapes, by the expression that tells them.
_SHAPES = {
    "len(document.grids) == 1": "one table",
    "len(document.grids) > 3": "more tables than the form has",
    "not document.grids": "no table",
    "texts[:1] and texts[0].startswith('一、')": "no head before section one",
    "texts[-1:] and texts[-1].endswith('日')": "a date at the end",
    "rows and sum(len(row) == 1 for row in rows) > 0.8 * len(rows)": "one table cell a line",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark.

    Attributes:
        kind: where it is looked for.
        value: the text, or the expression of a shape.
    """

    kind: Kind
    value: str

    @property
    def name(self) -> str:
        """What stands in the evidence of a claim."""
        return _SHAPES[self.value] if self.kind == "shape" else f"{self.kind} {self.value}"

    @property
    def code(self) -> str:
        """The Python expression that tells whether a document has it."""
        text = json.dumps(self.value, ensure_ascii=False)
        return {
            "line": f"any(text.startswith({text}) for text in texts)",
            "cell": f"{text} in cells",
            "title": f"document.title.endswith({text})",
            "meta": f"{text} in document.meta",
            "shape": (f"bool({self.value})" if " and " in self.value else self.value).replace(
                "'", '"'
            ),
            "format": f"document.format == {text}",
        }[self.kind]

    @property
    def is_text(self) -> bool:
        """Whether its value stands in the document's text."""
        return self.kind in ("line", "cell", "title")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed claim.

    Attributes:
        marks: the marks, the rarest first.
        points: points of each.
        clear: no other sample has enough of them for a claim.
    """

    marks: tuple[Mark, ...]
    points: int
    clear: bool


def propose(
    pages: Sequence[Document], others: Iterable[Document], agencies: Iterable[str]
) -> Proposal:
    """Propose a claim for the layout of ``pages``.

    Args:
        pages: pages of the layout.
        others: samples of other layouts.
        agencies: names of the pages' agencies: they are no marks of a layout.
    """
    names = [name for name in agencies if name]
    shared = set.intersection(*(_marks(page) for page in pages))
    shared = {mark for mark in shared if not any(n in mark.value for n in names)}
    elsewhere = [(_marks(other), _letters(_text(other))) for other in others]

    def order(mark: Mark) -> tuple[int, int, int, str]:
        having = sum(mark in marks for marks, _ in elsewhere)
        if mark.is_text:
            novel = not any(_letters(mark.value) in text for _, text in elsewhere)
            return having, 0 if novel else 1, -len(mark.value), mark.value
        return having, {"meta": 1, "shape": 2}.get(mark.kind, 3), 0, mark.value

    chosen: list[Mark] = []
    kinds: Counter[str] = Counter()
    for mark in sorted(shared, key=order):
        if kinds[mark.kind] < _MOST_OF_A_KIND and len(chosen) < _MOST:
            chosen.append(mark)
            kinds[mark.kind] += 1
    points = _CERTAIN // max(len(chosen), 2)
    most = max((points * sum(m in marks for m in chosen) for marks, _ in elsewhere), default=0)
    return Proposal(tuple(chosen), points, clear=most < 60 <= points * len(chosen))  # noqa: PLR2004


def _marks(document: Document) -> set[Mark]:
    texts = [paragraph.text.strip() for paragraph in document.paragraphs]
    rows = [row for grid in document.grids for row in grid]
    found = {Mark("format", document.format)}
    for text in [*texts[:_HEAD], *texts[-_TAIL:]]:
        label = _LABEL.match(text)
        if label or (_can_be_a_mark(text) and not text.startswith(tuple("一二三四五六"))):
            found.add(Mark("line", label[0] if label else text))
    cells = {cell.text.strip() for row in rows for cell in row}
    found |= {Mark("cell", text) for text in cells if _can_be_a_mark(text) and not _is_form(text)}
    ending = re.split(r"(?=[-_|—])", document.title)[1:]
    if ending and _can_be_a_mark(ending[-1]):
        found.add(Mark("title", ending[-1]))
    found |= {Mark("meta", name) for name in document.meta}
    known = {"document": document, "texts": texts, "rows": rows}
    found |= {Mark("shape", shape) for shape in _SHAPES if eval(shape, {}, known)}  # noqa: S307 - our own
    return found


def _can_be_a_mark(text: str) -> bool:
    return (
        len(_letters(text)) >= _SHORTEST
        and len(text) <= _LONGEST
        and "\n" not in text
        and not _YEAR.search(text)
    )


def _is_form(text: str) -> bool:
    """Tell whether the form prints it: then every layout has it, in some spelling."""
    letters = _letters(text).lstrip("一二三四五六七八九十")
    return letters in _form_text() or any(group in letters for group in _GROUPS)


@cache
def _form_text() -> str:
    words = (word for cell in CELLS.values() for word in (cell.row, cell.column, cell.label))
    return "\n".join(dict.fromkeys(map(_letters, words)))


def _text(document: Document) -> str:
    cells = (cell.text for grid in document.grids for row in grid for cell in row)
    return "\n".join([document.title, *(p.text for p in document.paragraphs), *cells])


def _letters(text: str) -> str:
    return _NOT_CJK.sub("", text)

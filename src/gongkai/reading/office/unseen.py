"""What a Word file holds and does not show: taken out of the tree; notes marked as such."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.reading.document import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_W = "{w}"
_P, _R, _T = f"{_W}p", f"{_W}r", f"{_W}t"
_VAL = f"{_W}val"
_HIDES = (f"{_W}vanish", f"{_W}strike", f"{_W}dstrike")
_HIGH, _HIDDEN = f"{_W}position", f"{_W}hidden"
#: What raises text: handed to :func:`mark_notes`.
RAISED = (f"{_W}vertAlign", _HIGH)
#: What :mod:`gongkai.reading.office.word_styles` writes of paragraphs whose style hides text.
_STYLED, _SHOWN = f"{_W}hiddenStyle", f"{_W}hiddenNot"
#: A row or cell is deleted, or hidden, by what its properties say.
_PROPERTIES = (f"{_W}trPr", f"{_W}tcPr")
#: Where a field begins, where its instruction ends and its result begins, and where that ends.
FIELD = f"{_W}fldChar"
_INSTRUCTION = f"{_W}instrText"
_FIELD_PARTS = (FIELD, _T)
#: An instruction that is drawn, and has no result: digits in a circle.
_DRAWN = re.compile(r"\s*eq\b", re.IGNORECASE)
_PART = f"{_W}fldCharType"
#: A control that shows its prompt, or did so until a program filled it in.
_PROMPTS = f"{_W}showingPlcHdr"
_PROMPT = re.compile(r"(?:单击|点击|请输入|请填写|Click)\D{0,40}")
#: Formulae whose parts stand above each other, or raised: their digits are no one number.
_BUILT = tuple(
    f"{{{namespace}}}{name}"
    for namespace in (
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "http://purl.oclc.org/ooxml/officeDocument/math",
    )
    for name in ("f", "sSup", "sSub", "sSubSup", "rad")
)
#: A list of which one entry is shown, and says which; its entries.
_CHOICE, _CHOSEN, _ENTRY = f"{_W}ddList", f"{_W}result", f"{_W}listEntry"
#: What was deleted; of a paragraph's own looks, its end was.
_DELETED, _PARAGRAPH_LOOKS = f"{_W}del", f"{_W}pPr"
#: Elements that say that something is not shown, or not as it is written.
UNSEEN = (
    *_HIDES, *RAISED, _HIDDEN, _STYLED, f"{_W}moveFrom", _DELETED, f"{_W}cellDel", f"{_W}rt",
    _PROMPTS, *_BUILT,
)  # fmt: skip


def take_out(found: etree._Element, parent: etree._Element) -> None:
    """Take out what an element says is not shown; fractions and powers are unreadable."""
    tag, holder = found.tag, parent.getparent()
    if tag in _HIDES:
        if holder is not None and holder.tag == _R and _is_on(found):
            _remove(holder)
    elif tag == _STYLED:
        if next(found.itersiblings(_STYLED, preceding=True), None) is None:
            _hide(holder)
    elif tag == _PROMPTS:
        _blank_prompt(holder)
    elif parent.tag in _PROPERTIES:
        if tag != _HIDDEN or _is_on(found):
            _remove(holder)
    elif tag != _HIDDEN:
        (_blur if tag in _BUILT else _remove)(found)


def ended_by(found: etree._Element) -> etree._Element | None:
    """Return the paragraph whose end an element says is deleted, if it does."""
    holder = found.getparent() if found.tag == _DELETED else None
    looks = None if holder is None else holder.getparent()
    return looks.getparent() if looks is not None and looks.tag == _PARAGRAPH_LOOKS else None


def join_paragraphs(ended: Iterable[etree._Element]) -> None:
    """Put the paragraph behind one whose end is deleted into it, and its looks.

    Args:
        ended: such paragraphs, in their order.
    """
    taken: dict[etree._Element, etree._Element] = {}  # paragraphs that are part of an earlier one
    for paragraph in ended:
        whole = taken.get(paragraph, paragraph)
        behind = whole.getnext()
        if behind is not None and behind.tag == _P:
            for looks in whole.findall(_PARAGRAPH_LOOKS):
                whole.remove(looks)
            for piece in list(behind):
                if piece.tag == _PARAGRAPH_LOOKS:
                    whole.insert(0, piece)
                else:
                    whole.append(piece)
            _remove(behind)
            taken[behind] = whole


def _blur(formula: etree._Element) -> None:
    """Print a formula as unreadable."""
    for part in list(formula):
        formula.remove(part)
    formula.tag, formula.text = _T, UNREADABLE


def _blank_prompt(control: etree._Element | None) -> None:
    """Blank the words of a control that ask for others: its cell stays."""
    texts = [] if control is None else list(control.iter(_T))
    if _PROMPT.fullmatch("".join(text.text or "" for text in texts).strip()):
        for text in texts:
            text.text = ""


def blank_instructions(root: etree._Element) -> None:
    """Blank what fields inside the instructions of others give: only the outer result is shown.

    Where fields do not end as they begin, everything stays.
    """
    within: list[bool] = []  # for each open field, whether its instruction goes on
    going = 0  # how many of them go on: fields may be nested by the thousand
    given = []
    for element in root.iter(*_FIELD_PARTS):
        part = element.get(_PART) if element.tag == FIELD else None
        if part == "begin":
            within.append(True)
            going += 1
        elif part and not within:
            return
        elif part == "separate":
            going -= within[-1]
            within[-1] = False
        elif part == "end":
            going -= within.pop()
        elif going:
            given.append(element)
    if not within:
        for element in given:
            element.text = ""


def mark_drawn(root: etree._Element) -> None:
    """Print what fields draw by their instruction alone as unreadable: it is no blank.

    Of a list to choose from, the chosen entry is shown, which is no text of the file.
    """
    for choice in root.iter(_CHOICE):
        entries = [entry.get(_VAL) or "" for entry in choice.iterchildren(_ENTRY)]
        chosen = next((result.get(_VAL) or "" for result in choice.iterchildren(_CHOSEN)), "0")
        if chosen.isdecimal() and int(chosen[:4]) < len(entries):
            choice.tag, choice.text = _T, entries[int(chosen[:4])]
    for element in root.iter(_INSTRUCTION):
        if _DRAWN.match(element.text or ""):
            element.tag, element.text = _T, UNREADABLE


def _hide(paragraph: etree._Element | None) -> None:
    """Take out the runs of a paragraph whose style hides text, unless they say otherwise."""
    for run in () if paragraph is None else list(paragraph.iter(_R)):
        if next(run.iter(_SHOWN), None) is None:
            _remove(run)


def mark_notes(raised: Iterable[etree._Element]) -> None:
    """Print small raised numbers as [1]: they are no digits of the numbers before them.

    Args:
        raised: what raises text, when all that is not shown has been taken out.
    """
    leading: dict[etree._Element, set[etree._Element]] = {}
    for look in raised:
        properties = look.getparent()
        holder = None if properties is None else properties.getparent()
        paragraph = None if holder is None else next(holder.iterancestors(_P), None)
        if holder is None or holder.tag != _R or paragraph is None:
            continue
        if look.tag != _HIGH and look.get(_VAL) != "superscript":
            continue
        if paragraph not in leading:
            leading[paragraph] = _leading(paragraph)
        if holder not in leading[paragraph]:
            _mark_note(holder)


def _mark_note(run: etree._Element) -> None:
    for text in run.iter(_T):
        if text.text and text.text.strip().isdecimal():
            text.text = f"[{text.text.strip()}]"


def _leading(paragraph: etree._Element) -> set[etree._Element]:
    """Return the raised runs of a paragraph before which no other text stands."""
    runs: set[etree._Element] = set()
    for text in paragraph.iter(_T):
        run = text.getparent()
        if run is None or run in runs:
            continue
        if next(run.iter(*RAISED), None) is None:
            break
        runs.add(run)
    return runs


def _is_on(switch: etree._Element) -> bool:
    return switch.get(_VAL) not in ("0", "false", "off")


def _remove(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)

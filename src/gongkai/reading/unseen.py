"""What a Word file holds and does not show: taken out of the tree; notes marked as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_W = "{w}"
_P, _R, _T = f"{_W}p", f"{_W}r", f"{_W}t"
_VAL = f"{_W}val"
_HIDES = (f"{_W}vanish", f"{_W}strike", f"{_W}dstrike")
_HIGH, _HIDDEN = f"{_W}position", f"{_W}hidden"
_RAISED = (f"{_W}vertAlign", _HIGH)
#: What :mod:`gongkai.reading.wordstyles` writes of paragraphs whose style hides text.
_STYLED, _SHOWN = f"{_W}hiddenStyle", f"{_W}hiddenNot"
#: A row or cell is deleted, or hidden, by what its properties say.
_PROPERTIES = (f"{_W}trPr", f"{_W}tcPr")
#: Elements that say that something is not shown, or not as it is written.
UNSEEN = (
    *_HIDES, *_RAISED, _HIDDEN, _STYLED, f"{_W}moveFrom", f"{_W}del", f"{_W}cellDel", f"{_W}rt",
)  # fmt: skip


def take_out(found: etree._Element, parent: etree._Element) -> None:
    """Take out what an element says is not shown."""
    tag, holder = found.tag, parent.getparent()
    if tag in _HIDES:
        if holder is not None and holder.tag == _R and _is_on(found):
            _remove(holder)
    elif tag in _RAISED:
        if tag == _HIGH or found.get(_VAL) == "superscript":
            _mark_note(holder)
    elif tag == _STYLED:
        _hide(holder)
    elif parent.tag in _PROPERTIES:
        if tag != _HIDDEN or _is_on(found):
            _remove(holder)
    elif tag != _HIDDEN:
        _remove(found)


def _hide(paragraph: etree._Element | None) -> None:
    """Take out the runs of a paragraph whose style hides text, unless they say otherwise."""
    for run in () if paragraph is None else list(paragraph.iter(_R)):
        if next(run.iter(_SHOWN), None) is None:
            _remove(run)


def _mark_note(holder: etree._Element | None) -> None:
    """Print a small raised number as [1]: it is no digit of the number before it."""
    if holder is None or holder.tag != _R or not _follows_text(holder):
        return
    for text in holder.iter(_T):
        if text.text and text.text.strip().isdecimal():
            text.text = f"[{text.text.strip()}]"


def _follows_text(run: etree._Element) -> bool:
    """Tell whether text that is not raised itself stands before a run in its paragraph."""
    at: etree._Element | None = run
    while at is not None and at.tag != _P:
        for before in at.itersiblings(preceding=True):
            runs = (text.getparent() for text in before.iter(_T))
            if any(one is not None and next(one.iter(*_RAISED), None) is None for one in runs):
                return True
        at = at.getparent()
    return False


def _is_on(switch: etree._Element) -> bool:
    return switch.get(_VAL) not in ("0", "false", "off")


def _remove(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)

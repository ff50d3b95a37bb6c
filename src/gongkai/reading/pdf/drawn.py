"""What a PDF page draws: its characters, rules and boxes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from gongkai.reading.pdf.hiding import Hidden

if TYPE_CHECKING:
    from gongkai.reading.pdf.geometry import Box, Rule


class Char(NamedTuple):
    """A printed character; points from the upper left corner of the upright page."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    upright: bool


@dataclass
class Drawn:
    """A page's contents.

    Attributes:
        chars: characters in the order of the file.
        across: horizontal rules.
        down: vertical rules.
        fields: filled boxes.
        images: whether it draws images.
        width: of the upright page, points.
        height: of the upright page.
        pale: whether some text is pale, as watermarks are.
        unmapped: characters whose meaning the font does not tell.
        foreign: accented letters and the like: what a font gives for Chinese if it tells nothing.
        shapes: how many objects, and pieces of paths, were looked at.
        turns: by how much each turned character is turned, degrees clockwise.
        hidden: what hides text.
        unseen: how many characters are painted over or cut off.
    """

    chars: list[Char] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fields: list[Box] = field(default_factory=list)
    images: bool = False
    width: float = 0.0
    height: float = 0.0
    pale: bool = False
    unmapped: int = 0
    foreign: int = 0
    shapes: int = 0
    turns: list[int] = field(default_factory=list)
    hidden: Hidden = field(default_factory=Hidden)
    unseen: int = 0

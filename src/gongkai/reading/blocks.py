"""Blocks in the making: numbered places, and tables that hold tables."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid, Paragraph, Place
from gongkai.reading.failures import Rejected
from gongkai.reading.pictures import without_pictures

if TYPE_CHECKING:
    from gongkai.reading.document import Block, Document, GridCell, Marked


# Far beyond any report: such a source would only take memory.
_MAX_BLOCKS = 100_000


@lru_cache(maxsize=4096)
def _paragraph_place(number: int) -> Place:
    return Place(paragraph=number)


class BlockList:
    """Collects the blocks of a source without lines, and numbers them."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._paragraphs = 0
        self._tables = 0

    def paragraph(self, text: str, element: Marked | None = None) -> None:
        """Add a paragraph; ``element`` is the one that holds it alone."""
        number = self._paragraphs = self._paragraphs + 1
        if number > _MAX_BLOCKS:
            raise Rejected("too_complex", detail=f"more than {_MAX_BLOCKS} paragraphs")
        self.blocks.append(Paragraph(text, _paragraph_place(number), element))

    def lines(self, text: str) -> None:
        """Add each line that is not blank as a paragraph."""
        for line in text.split("\n"):
            if line and not line.isspace():
                self.paragraph(line)

    def blocks_of(self, document: Document) -> None:
        """Add the blocks of a text that this source holds."""
        for block in document.blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block.text)
            else:
                self._tables += 1
                place = Place(table=self._tables)
                self.blocks.append(replace(block, place=place, row_places=[]))

    def table(
        self,
        rows: list[list[GridCell]],
        element: Marked | None = None,
        *,
        layout: bool = False,
    ) -> None:
        """Add a table; one of a single cell is a frame around paragraphs.

        Args:
            rows: its own cells.
            element: its element.
            layout: it holds tables, so its rows of one cell are paragraphs too, and the others
                are grids of their own, in source order.
        """
        if not layout:
            cells = sum(map(len, rows))
            if cells > 1:
                self._grid(rows, element)
            elif cells:
                self.lines(without_pictures(next(row for row in rows if row)[0].text))
            return
        together: list[list[GridCell]] = []
        for row in rows:
            if len(row) > 1:
                together.append(row)
                continue
            self._grid(together)
            together = []
            for cell in row:
                self.lines(without_pictures(cell.text))
        self._grid(together)

    def _grid(self, rows: list[list[GridCell]], element: Marked | None = None) -> None:
        if rows:
            self._tables += 1
            self.blocks.append(Grid(rows, Place(table=self._tables), element=element))

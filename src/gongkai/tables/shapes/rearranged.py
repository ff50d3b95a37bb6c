"""Tables made of the cells of others: each cell keeps its place in its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gongkai.reading.document import Grid, GridCell, Paragraph, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A cell with the indices, in its source, of the row and cell that it comes from.
Origin = tuple[GridCell, int, int]
#: What stands in the place of a block that was left out, so that the others keep their numbers.
NOTHING = Paragraph("", Place())


@dataclass(slots=True)
class Rearranged(Grid):
    """A table in the form's shape.

    Attributes:
        origins: for each cell, the grid that it comes from, and the indices of its row and cell.
    """

    origins: list[list[tuple[Grid, int, int]]] = field(default_factory=list)

    def at(self, row: int, cell: int) -> Place:
        """Return the place of a cell in its source."""
        source, *place = self.origins[row][cell]
        return source.at(*place)


def rearranged(grid: Grid, rows: Iterable[Sequence[Origin]]) -> Rearranged:
    """Return a table with the cells of another one in these rows."""
    kept = list(rows)
    return Rearranged(
        [[cell for cell, _, _ in row] for row in kept],
        grid.place,
        ragged=grid.ragged,
        element=grid.element,
        origins=[[(grid, r, c) for _, r, c in row] for row in kept],
    )

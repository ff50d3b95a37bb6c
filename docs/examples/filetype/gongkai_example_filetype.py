"""Reads reports that were saved as CSV: lines of one cell are text, the others are tables."""

import csv
import io

from gongkai import Document, Grid, Paragraph, hookimpl
from gongkai.errors import Reason, SourceError
from gongkai.reading import Source
from gongkai.reading.document import GridCell, Place


@hookimpl
def gongkai_read_source(source: Source) -> Document | None:
    """Read ``*.csv``; leave everything else to others."""
    if not source.path.endswith(".csv"):
        return None
    try:
        lines = list(csv.reader(io.StringIO(source.data.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(Reason.DAMAGED, f"{source.path}: {error}") from error
    blocks: list[Paragraph | Grid] = []
    for number, line in enumerate(lines, start=1):
        place = Place(line=number)
        if len(line) < 2:
            blocks.append(Paragraph("".join(line), place))
            continue
        grid = blocks[-1] if blocks else None
        if not isinstance(grid, Grid):
            grid = Grid([], place)
            blocks.append(grid)
        grid.rows.append([GridCell(text, column) for column, text in enumerate(line)])
        grid.row_places.append(place)
    return Document(blocks, "csv", path=source.path)

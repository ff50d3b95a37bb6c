"""What every reader produces: a Document of blocks in source order, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from itertools import accumulate, chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bs4 import BeautifulSoup


class Place(NamedTuple):
    """A place in a source; all parts count from 1.

    Attributes:
        page: page, for paged formats.
        line: line, for text formats.
        paragraph: paragraph, for formats without lines.
        table: table, for formats with tables.
        row: row of the table.
        cell: cell of the row or line.
    """

    page: int | None = None
    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None

    def __str__(self) -> str:
        if self.paragraph and self.count(None) == len(self) - 1:  # most are no more
            return f"paragraph {self.paragraph}"
        return ", ".join([f"{n} {v}" for n, v in zip(self._fields, self, strict=True) if v])


class GridCell(NamedTuple):
    r"""A cell as the source has it: covered cells of a span are not repeated.

    Attributes:
        text: its text; runs of blanks inside are kept, line breaks are ``\n``.
        column: raster column (from 0) of its upper left corner, spans counted.
        colspan: raster columns that it covers.
        rowspan: raster rows that it covers, as declared.
    """

    text: str
    column: int
    colspan: int = 1
    rowspan: int = 1


#: Stands for a sign that is printed and cannot be read.
UNREADABLE = "\ufffd"
_text_of = itemgetter(0)
#: ``make(GridCell, parts)`` is what ``GridCell(*parts)`` does, without a call in Python: pages have
#: hundreds of cells.
make = tuple.__new__


class Marked(Protocol):
    """An element that can give its mark-up."""

    @property
    def html(self) -> str | None:
        """The element's own mark-up."""


class Paragraph:
    """A run of text between tables.

    Attributes:
        text: without the blanks around it.
        place: where it stands.
        indent: the blanks before it, where its line is kept as it was typed, else ``None``.
    """

    __slots__ = ("_element", "indent", "place", "text")

    def __init__(
        self, text: str, place: Place, element: Marked | None = None, indent: str | None = None
    ) -> None:
        self.text = text
        self.place = place
        self.indent = indent
        self._element = element

    @property
    def soup(self) -> BeautifulSoup:
        """A BeautifulSoup of this block alone, built at each access: keep it if used twice."""
        html = self._element.html if self._element is not None else None
        return _soup(html or f"<p>{escape(self.text)}</p>")

    def __repr__(self) -> str:
        return f"Paragraph({self.text[:30]!r}, {self.place})"


@dataclass(slots=True)
class Grid:
    """A table: rows of the cells that the source prints.

    Attributes:
        rows: rows in source order; a row is the list of its own cells, without the cells that a
            span of an earlier row covers.
        place: place of the table.
        row_places: place of each row (a text row's line); empty for sources with tables, whose
            rows are counted.
        ragged: the columns carry no meaning (text rows that may have lost or gained cells).
        counted: a program wrote as many cells and bars in every row: each blank is a cell.
        element: the page's element, where there is one.
    """

    rows: list[list[GridCell]]
    place: Place
    row_places: list[Place] = field(default_factory=list)
    ragged: bool = False
    counted: bool = False
    element: Marked | None = None

    def at(self, row: int, cell: int) -> Place:
        """Return the place of a cell; ``row`` and ``cell`` are indices from 0."""
        if self.row_places:
            return self.row_places[row]._replace(cell=cell + 1)
        return self.place._replace(row=row + 1, cell=cell + 1)

    def __iter__(self) -> Iterator[list[GridCell]]:
        return iter(self.rows)

    @property
    def texts(self) -> list[list[str]]:
        """The rows as plain texts."""
        return [[cell.text for cell in row] for row in self.rows]

    @property
    def soup(self) -> BeautifulSoup:
        """A BeautifulSoup of this table alone, built at each access: keep it if used twice."""
        if self.element is not None:
            return _soup(self.element.html or "")
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td colspan="{c.colspan}" rowspan="{c.rowspan}">{escape(c.text)}</td>'
                for c in row
            )
            + "</tr>"
            for row in self.rows
        )
        return _soup(f"<table>{rows}</table>")


Block = Paragraph | Grid

#: Note of a source that ends with a digit, and perhaps within a number.
OPEN_END = "open_end"
#: The statutory tables print more than two hundred cells; tables of fewer than this hold none.
LEAST_CELLS = 60


@dataclass
class Document:
    """A source, read: its blocks in order.

    Attributes:
        blocks: paragraphs and grids in source order.
        format: ``html``, ``text``, ``docx``, ``pdf``, …
        path: the source's path as given.
        title: the source's own title (``<title>``, document properties), or ``""``.
        meta: metadata pairs of the source (``<meta name>``, document properties).
        url: address it was fetched from, if known.
        fetched_on: date of that, if known.
        links: links to attachments: (text, address).
        encoding: character encoding that was used, if any.
        notes: what the reader met: replaced characters, joined pages, …
    """

    blocks: list[Block]
    format: str
    path: str = ""
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    url: str | None = None
    fetched_on: date | None = None
    links: list[tuple[str, str]] = field(default_factory=list)
    encoding: str | None = None
    notes: list[str] = field(default_factory=list)

    @cached_property
    def grids(self) -> list[Grid]:
        """The tables, in source order."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        """The paragraphs, in source order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    def holds_cells(self, least: int) -> bool:
        """Tell whether the tables print at least so many cells."""
        return any(accumulated >= least for accumulated in accumulate(map(_size, self.grids)))

    @cached_property
    def text(self) -> str:
        """All texts, a line or more each: title, metadata, paragraphs and cells."""
        parts = [self.title, *self.meta.values()]
        for block in self.blocks:
            if isinstance(block, Paragraph):
                parts.append(block.text)
            else:
                parts += map(_text_of, chain.from_iterable(block.rows))
        return "\n".join(parts)

    @cached_property
    def cell_texts(self) -> frozenset[str]:
        """The texts of all cells, without the blanks around them: what a claim asks for."""
        return frozenset(
            [cell.text.strip() for grid in self.grids for row in grid.rows for cell in row]
        )

    @cached_property
    def _texts(self) -> dict[Place, str]:
        texts = {p.place: p.text for p in self.paragraphs}
        for grid in self.grids:
            for r, row in enumerate(grid.rows):
                for c, cell in enumerate(row):
                    texts[grid.at(r, c)] = cell.text
        return texts

    def text_at(self, place: Place) -> str:
        """Return the text at ``place``; ``cell`` counts a paragraph's words, or its piped cells.

        Raises:
            KeyError: nothing stands there.
        """
        if place in self._texts:
            return self._texts[place]
        text = self._texts[place._replace(cell=None)]
        words = split_cells(text) if "|" in text else text.split()
        if place.cell is None or place.cell > len(words):
            raise KeyError(place)
        return words[place.cell - 1]


def _size(grid: Grid) -> int:
    return sum(map(len, grid.rows))


def split_cells(line: str) -> list[str]:
    """Split ``a | b |`` into its cells; the last pipe closes a cell and opens none."""
    return [cell.strip() for cell in line.strip().removesuffix("|").split("|")]


def _soup(html: str) -> BeautifulSoup:
    # Imported here: bs4 takes 0.1 s to import, and most runs never ask for a soup.
    from bs4 import BeautifulSoup  # noqa: PLC0415

    return BeautifulSoup(html, "lxml")

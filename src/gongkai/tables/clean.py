"""The common case: tables whose every row is whole, read without looking for anything.

Nine pages in ten print each row with its label and just its cells, in order: numbers, and blanks or
nil marks where others print zeros. They need no alignment, so they are read here in a tenth of the
time; whatever deviates anywhere is left to :mod:`gongkai.tables.locate`, which gives the same on
clean tables (a test compares).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from types import NoneType
from typing import TYPE_CHECKING

from gongkai.form import APPLICANTS, CELLS, DISPUTE_CELLS, MAX_COUNT, request_rows
from gongkai.form.labels import (
    DISPUTE_HEADERS,
    PROACTIVE_HEADER_WORD,
    PROACTIVE_HEADERS,
    PROACTIVE_ITEMS,
    REQUEST_LABELS,
    keys_of,
)
from gongkai.reading.document import Grid
from gongkai.tables.assemble import convert, is_open
from gongkai.tables.narrative.sections import Zone
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.statutory.applicants import GROUP, NUMBER_OF_APPLICANT
from gongkai.tables.statutory.dispute_heads import BLOCKS, LEAVES, RESULTS, WIDTH
from gongkai.tables.statutory.proactive_forms import (
    MONEY_HEADER,
    PROACTIVE_COLUMNS,
    PROACTIVE_KEYS,
    PROACTIVE_PATHS,
)
from gongkai.tables.statutory.proactive_rows import money_unit, names_yuan
from gongkai.tables.stream import Token
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from gongkai.form import FormYear
    from gongkai.model import ReportForm
    from gongkai.reading.document import Block, GridCell

    #: A number, or the text of a cell that does not print one plainly.
    Printed = int | Decimal | str
    #: Paths of rows of one width, their grid, and for each row its number and its first cell.
    Rows = tuple[tuple[str, ...], Grid, list[tuple[int, int]]]

_WIDTH = len(APPLICANTS)
_PLAIN = list(range(_WIDTH))
_REQUEST_KEYS = keys_of(REQUEST_LABELS)
#: The second 第 is often left out.
_ITEMS = frozenset({*PROACTIVE_ITEMS, *(item.replace("条第", "条") for item in PROACTIVE_ITEMS)})
_KINDS = DISPUTE_HEADERS[:4]
#: Table two's headers: each one's form and place.
_PLACES: dict[str, tuple[FormYear, int]] = {
    text: (form, n)  # type: ignore[misc] # the forms' names
    for form, texts in PROACTIVE_HEADERS.items()
    for n, text in enumerate(texts)
}
#: What a portal says behind a header.
_REMARK = "历史累计"
#: A line above a table that names its units is shorter.
_CAPTION = 40
_COUNTS = frozenset(c.path for c in CELLS.values() if c.type == "integer" and not c.signed)
_EMPTY = frozenset({State.BLANK, State.NIL})
_text_of = itemgetter(0)
_paths_of = itemgetter(0)


@cache
def _paths(form: FormYear) -> tuple[str, ...]:
    """Return the cells of table three, row by row: the catalogue's own texts are found faster."""
    return tuple(path for path, cell in CELLS.items() if cell.row_path in request_rows(form))


@dataclass(slots=True)
class CleanTables:
    """All three tables, clean.

    Attributes:
        values: number by path.
        others: path and text of the cells that are empty, or print a unit.
        rows: where they stand.
        two: the form of table two.
        three: the form of table three.
        zones: the blocks that hold them.
    """

    values: dict[str, int | Decimal] = field(default_factory=dict)
    others: list[tuple[str, str]] = field(default_factory=list)
    rows: list[Rows] = field(default_factory=list)
    two: ReportForm = "2021"
    three: FormYear = "2021"
    zones: dict[str, Zone] = field(default_factory=dict)

    def add(self, printed: Sequence[Printed | None], *rows: Rows) -> bool:
        """Add rows and what they print; ``False`` where that is neither a number nor empty."""
        kinds = set(map(type, set(printed)))  # a table prints few numbers, most of them often
        if NoneType in kinds:
            return False
        self.rows += rows
        paths = chain.from_iterable(map(_paths_of, rows))
        if str not in kinds:
            self.values.update(zip(paths, printed, strict=True))  # type: ignore[arg-type] # numbers
            return True
        for path, cell in zip(paths, printed, strict=True):
            if isinstance(cell, str):
                self.others.append((path, cell))
            elif cell is not None:
                self.values[path] = cell
        return True

    @property
    def form(self) -> ReportForm:
        """The form of the report, ``hybrid`` where tables two and three differ."""
        return self.two if self.two == self.three else "hybrid"

    @property
    def tokens(self) -> Mapping[str, Token]:
        """The token of each cell; it is made when it is asked for."""
        return _Tokens(self)


class _Tokens(Mapping[str, Token]):
    """The tokens of clean rows: two hundred are never made where a finding names three."""

    def __init__(self, tables: CleanTables) -> None:
        self._tables = tables

    def __getitem__(self, path: str) -> Token:
        for paths, grid, places in self._tables.rows:
            number = _numbers(paths).get(path)
            if number is not None:
                which, n = divmod(number, len(paths) // len(places))
                row, first = places[which]
                cells, at = grid.rows[row], first + n
                text, column = cells[at].text, cells[at].column
                return Token(text, "", read_cell(text), row, len(cells), column, 0, (grid, row, at))
        raise KeyError(path)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(_paths_of, self._tables.rows))

    def __len__(self) -> int:
        return sum(len(paths) for paths, *_ in self._tables.rows)


@cache
def _numbers(paths: tuple[str, ...]) -> dict[str, int]:
    """Return the number of each cell among those of its rows."""
    return {path: number for number, path in enumerate(paths)}


@lru_cache(maxsize=16384)
def _count(text: str) -> int | str | None:
    """Return a plainly printed count, or the text of an empty cell; anything else is not clean."""
    read = read_cell(text)
    if read.state in _EMPTY:
        return text
    if not read.plain or read.value is None:
        return None
    value = int(read.value)
    return value if value == read.value and value <= MAX_COUNT else None


def _counts(texts: Sequence[str]) -> list[int | str | None]:
    """Return the counts of cells, each text read once."""
    counts = {text: _count(text) for text in set(texts)}
    return list(map(counts.__getitem__, texts))


def read_clean(blocks: Sequence[Block]) -> CleanTables | None:
    """Read clean tables; ``None`` where anything at all deviates."""
    tables = CleanTables()
    grids = [(i, block) for i, block in enumerate(blocks) if isinstance(block, Grid)]
    position = 0
    for reader, section in ((_two, "proactive"), (_three, "requests"), (_four, "disputes")):
        for position in range(position, len(grids)):  # noqa: B020 - goes on where the last stopped
            index, grid = grids[position]
            found = reader(grid, tables)
            if found is None:
                return None
            if found and section == "proactive" and index and _says_unit(blocks[index - 1]):
                return None
            if found:
                tables.zones[section] = Zone(index, index + 1)
                break
        else:
            return None
        position += 1
    return tables


def _says_unit(block: Block) -> bool:
    """Tell whether a line above table two names a unit that its head may not."""
    return not isinstance(block, Grid) and len(block.text) < _CAPTION and names_yuan(block.text)


def _three(grid: Grid, tables: CleanTables) -> bool | None:
    """Read table three: ``False`` where this is another table, ``None`` where it is not clean."""
    keys: list[str] = []
    texts: list[str] = []
    places: list[tuple[int, int]] = []
    head: list[GridCell] = []
    for number, row in enumerate(grid.rows):
        first = len(row) - _WIDTH
        key = _REQUEST_KEYS.get(normalise(row[first - 1].text)) if first > 0 else None
        if key is not None:
            keys.append(key)
            texts += map(_text_of, row[first:])
            places.append((number, first))
        elif keys:
            return None
        else:
            head += row
    if not keys:
        return False
    rows = tuple(keys)
    for form in ("2021", "2019"):
        if rows == request_rows(form) and _in_order(head):
            tables.three = form
            return tables.add(_counts(texts), (_paths(form), grid, places)) or None
    return None


def _in_order(head: list[GridCell]) -> bool:
    """Tell whether the head prints the applicants in statutory order, each once."""
    named = [
        (NUMBER_OF_APPLICANT[norm], cell)
        for cell in head
        if (norm := normalise(cell.text)) in NUMBER_OF_APPLICANT
    ]
    order = [n for n, _ in named]
    if order == _PLAIN:
        return True
    # Two rows: 自然人 and 总计 stand above the others, beside the group that holds them.
    if order != [_PLAIN[0], _PLAIN[-1], *_PLAIN[1:-1]]:
        return False
    groups = [cell for cell in head if normalise(cell.text) == GROUP]
    upper = [named[0][1], *groups, named[1][1]]
    columns = [cell.column for cell in upper]
    return columns == sorted(columns)


def _two(grid: Grid, tables: CleanTables) -> bool | None:
    keys: list[str] = []
    form: FormYear | None = None
    forms: set[FormYear] = set()
    printed: list[Printed | None] = []
    rows: list[Rows] = []
    for number, row in enumerate(grid.rows):
        norm = normalise(row[0].text) if row else ""
        key = PROACTIVE_KEYS.get(norm)
        if key is None:
            if norm in _ITEMS:
                form = None
            elif len(row) > 1 and norm == PROACTIVE_HEADER_WORD:
                form = _form_of(tuple([_header(cell.text) for cell in row[1:]]))
                if form is None:
                    return None
            elif keys or names_yuan(norm):
                return None
            continue
        paths = PROACTIVE_PATHS[form].get(key) if form else None
        if paths is None or form is None or len(row) - 1 != len(paths):
            return None
        printed += [_number(p, cell.text) for p, cell in zip(paths, row[1:], strict=True)]
        rows.append((paths, grid, [(number, 1)]))
        forms.add(form)
        keys.append(key)
    if not keys:
        return False
    if not tables.add(printed, *rows):
        return None
    tables.two = forms.pop() if len(forms) == 1 else "hybrid"
    # A hybrid has the 2021 form's rows, some of them with the other form's columns.
    expected = PROACTIVE_COLUMNS["2019" if tables.two == "2019" else "2021"]
    return True if keys == list(expected) and not _may_have_slid(tables) else None


def _may_have_slid(tables: CleanTables) -> bool:
    """Tell whether table two has one blank alone, at the end of a row.

    It may stand for a cell that was lost further on: that is not for clean tables to say.
    """
    blank = [path for path, text in tables.others if read_cell(text).state in _EMPTY]
    ends = {path for paths, _, _ in tables.rows if len(paths) > 1 for path in (paths[0], paths[-1])}
    return len(blank) == 1 and blank[0] in ends


@lru_cache(maxsize=256)
def _form_of(headers: tuple[str, ...]) -> FormYear | None:
    """Return the form that prints these headers, in its order."""
    places = [place for header in headers if (place := _PLACES.get(header))]
    forms = {form for form, _ in places}
    whole = len(places) == len(headers) and places == sorted(set(places))
    return forms.pop() if whole and len(forms) == 1 else None


@lru_cache(maxsize=1024)
def _header(text: str) -> str:
    norm = normalise(text).removesuffix(_REMARK)
    if not norm.startswith(MONEY_HEADER) or money_unit(norm[len(MONEY_HEADER) :]) != "":
        return norm
    return MONEY_HEADER


@lru_cache(maxsize=4096)
def _number(path: str, text: str) -> Printed | None:
    if path in _COUNTS:
        return _count(text)
    read = read_cell(text)
    if read.state in _EMPTY or read.unit:
        return text
    if read.state is not State.NUMBER or not (read.plain or CELLS[path].signed):
        return None
    if is_open(CELLS[path], text, read):
        return None
    return convert(CELLS[path], read)[0]


def _four(grid: Grid, tables: CleanTables) -> bool | None:
    for number, row in enumerate(grid.rows):
        if len(row) != WIDTH:
            continue
        head = [normalise(cell.text) for row in grid.rows[:number] for cell in row]
        leaves = [norm for norm in head if norm in LEAVES]
        kinds = [_KINDS.index(norm) for norm in head if norm in _KINDS]
        if leaves != [*RESULTS] * BLOCKS or kinds != sorted(kinds) or number + 1 != len(grid.rows):
            return None
        printed = _counts(list(map(_text_of, row)))
        slid = grid.ragged and printed[-2] and not isinstance(printed[-2], str)
        if isinstance(printed[-1], str) and (slid or str not in map(type, printed[:-1])):
            return None  # one blank alone, as in table two, or one behind what may be its number
        return tables.add(printed, (DISPUTE_CELLS, grid, [(number, 0)])) or None
    return False

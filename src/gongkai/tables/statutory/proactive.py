"""Reading table two from a stream of tokens: its blocks may follow either form."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from gongkai.form.labels import PROACTIVE_HEADER_WORD, PROACTIVE_LABELS
from gongkai.tables.numbers import State
from gongkai.tables.rows.align import EXACT, Labels, align, is_alike
from gongkai.tables.rows.placing import ANY
from gongkai.tables.rows.runs import run_over
from gongkai.tables.rows.strays import with_strays
from gongkai.tables.statutory.proactive_forms import (
    FORM_OF_HEADER,
    ITEMS,
    LONGEST_HEAD,
    PROACTIVE_COLUMNS,
    PROACTIVE_PATHS,
    copied_heads,
    form_of_rows,
    header_of,
    in_proactive,
)
from gongkai.tables.statutory.proactive_rows import RowReader
from gongkai.tables.table import TableReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gongkai.model import ReportForm
    from gongkai.tables.rows.align import Match
    from gongkai.tables.rows.placing import Raster
    from gongkai.tables.rows.row import Row
    from gongkai.tables.stream import Token

_PROACTIVE = Labels(PROACTIVE_LABELS)
#: Least similarity of a garbled label: 行政许可 and 行政处罚 are half the same.
_ALIKE = 85.0
#: The same of the only row that stands between two others.
_ALIKE_ALONE = 60.0
#: All that opens a row, and the least similarity of what is garbled and ends no table.
_WORDS = Labels({**PROACTIVE_LABELS, **{header: (header,) for header in FORM_OF_HEADER}})
_NEARLY = 75.0
#: So many lines at a page's end and the next one's beginning may part a head from its rows.
_MOST_BETWEEN = 4
#: Words of the form's headers that no comparison of two years prints.
_COLUMN_WORDS = ("制发", "废止", "有效", "制作", "公开", "决定", "收费", "项目", "采购")


_WIDTHS = {
    name: min(len(columns[name]) for columns in PROACTIVE_COLUMNS.values() if name in columns)
    for name in PROACTIVE_LABELS
}


def read_proactive(
    tokens: Sequence[Token],
    *,
    beside: bool = False,
    aligned: Callable[[], Raster] = lambda: ANY,
) -> TableReading | None:
    """Read table two; ``None`` where it is not found.

    Args:
        tokens: the stream.
        beside: the report's rows are lines that hold label and numbers: a number in a line of its
            own may be a page's.
        aligned: gives how the document's lines are aligned.
    """
    copies = copied_heads(tokens)
    if not copies:
        return _read(tokens, aligned, beside=beside)
    kept = [i for i in range(len(tokens)) if i not in copies]
    table = _read([tokens[i] for i in kept], aligned, beside=beside)
    if table is not None:
        table.start, table.end = kept[table.start], kept[table.end - 1] + 1
    return table


def _read(
    tokens: Sequence[Token], aligned: Callable[[], Raster], *, beside: bool
) -> TableReading | None:
    low, high = _proactive_zone(tokens)
    tokens = tokens[:high]
    chain = _chain(tokens, low)
    if not chain:
        return None
    found = {match.key for match in chain}
    reader = RowReader(tokens, low, chain, aligned, beside=beside)
    read = [reader.read(number) for number in range(len(chain))]
    rows, forms = [row for row, _ in read], [form for _, form in read]
    for n in run_over(tokens[low:], [(row.tokens, row.width) for row in rows]):
        rows[n].give_up()
    _doubt_only_blank(rows)
    overall: ReportForm = forms[0] if len(set(forms)) == 1 else "hybrid"
    expected = PROACTIVE_COLUMNS["2019" if overall == "2019" else "2021"]
    return TableReading(
        start=low,
        end=high,
        rows=rows,
        paths=[PROACTIVE_PATHS[form][row.key] for row, form in read],
        missing=[k for k in expected if k not in found],
        form=overall,
        garbled=[m.key for m in chain if m.score < EXACT],
        complete="procurement" in found if overall == "2019" else "fees" in found,
    )


def _chain(tokens: Sequence[Token], low: int) -> list[Match]:
    """Return the labels found; garbled ones are looked for where one of the form's is missing."""
    chain = align(tokens, _PROACTIVE, alike=None, low=low)
    found = {m.key for m in chain}
    if chain and not found.issuperset(PROACTIVE_COLUMNS[form_of_rows(found)]):
        chain = align(tokens, _PROACTIVE, alike=_ALIKE_ALONE, low=low)
        chain = [m for n, m in enumerate(chain) if m.score >= EXACT or _is_alone(tokens, chain, n)]
    return with_strays(tokens, _PROACTIVE, chain, _WIDTHS, low)


def _is_alone(tokens: Sequence[Token], chain: Sequence[Match], number: int) -> bool:
    """Tell whether a label opens the only row between those of its neighbours in the chain.

    Of a label that is much alike, only the rows of another that is count: a row of the form may be
    printed in parts (行政处罚（简易程序）, 行政处罚（普通程序）).
    """
    low = chain[number - 1].end if number else chain[number].start - LONGEST_HEAD
    high = chain[number + 1].start if number + 1 < len(chain) else len(tokens) - 1
    opened = [
        index
        for index in range(max(low, 0), high)
        if (norm := tokens[index].norm)
        and tokens[index + 1].is_value
        and not (norm in ITEMS or header_of(norm) in FORM_OF_HEADER)
    ]
    if chain[number].score < _ALIKE:
        return opened == [chain[number].start]
    others = (tokens[n] for n in opened if n not in chain[number].pieces)
    return not any(is_alike(token, _PROACTIVE, _ALIKE) for token in others)


def _doubt_only_blank(rows: Sequence[Row]) -> None:
    """Mark a row that ends or begins with the only blank of the table.

    No identity guards table two: where every other cell is filled in, a blank at a row's end may
    stand for a cell that was lost further on, and all numbers between would have moved by one; but
    not where the cells of all rows are counted.
    """
    empty = [
        (row, n)
        for row in rows
        for n, value in enumerate(row.settled or ())
        if value is None or value.cell.state in (State.BLANK, State.NIL)
    ]
    if len(empty) == 1:
        ((row, place),) = empty
        blank = any(token.is_blank and not token.is_counted for token in row.tokens)
        row.padded |= blank and row.width > 1 and place in (0, row.width - 1)


def _proactive_zone(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the part of the stream that holds table two: from its first to its last header row."""
    heads = [
        i
        for i, t in enumerate(tokens)
        if (norm := t.norm)
        and (norm in ITEMS or (norm.startswith(PROACTIVE_HEADER_WORD) and in_proactive(norm)))
    ]
    # Another table about the same rows, of two years perhaps, has no header of the form.
    heads = [i for i in heads if _names_columns(tokens, i)] or heads
    if not heads:
        heads = [i for i, t in enumerate(tokens) if t.norm in FORM_OF_HEADER]
    if not heads:
        return 0, 0
    low = heads[0]
    last = heads[-1]
    # The table goes on after its last header until text that is neither label nor header.
    high = last + 1
    between = _MOST_BETWEEN
    for index in range(last + 1, len(tokens)):
        token = tokens[index]
        strange = token.cell.state is State.TEXT and not in_proactive(token.norm)
        apart = strange and token.row != tokens[index - 1].row
        if apart and not (is_alike(token, _WORDS, _NEARLY) or _opens_head(tokens, index)):
            if not between:  # a strange text within a row is its remark
                break
            between -= 1
            continue
        if token.is_value and token.row != tokens[last].row:
            between = 0  # below its own rows, nothing strange is the table's
        high = index + 1
    return low, high


def _opens_head(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a text opens a row with a header of the form: 信息类别, for 信息内容."""
    row = takewhile(lambda t: t.row == tokens[index].row, tokens[index : index + LONGEST_HEAD])
    return any(header_of(token.norm) in FORM_OF_HEADER for token in row)


def _names_columns(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a head's row may name columns of the form: it says so, or is one cell wide."""
    row, width = tokens[index].row, tokens[index].width
    if tokens[index].norm != PROACTIVE_HEADER_WORD or width == 1:
        return True
    beside = tokens[index + 1 : index + min(width, LONGEST_HEAD)]
    words = "".join(t.norm for t in beside if t.row == row)
    return any(word in words for word in _COLUMN_WORDS)

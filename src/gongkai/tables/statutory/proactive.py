"""Reading table two from a stream of tokens: its blocks may follow either form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gongkai.form import FormYear, Proactive, Proactive2019
from gongkai.form.labels import (
    PROACTIVE_HEADER_WORD,
    PROACTIVE_HEADERS,
    PROACTIVE_LABELS,
)
from gongkai.tables.numbers import State, read_cell
from gongkai.tables.rows.align import EXACT, Labels, align, is_alike
from gongkai.tables.rows.placing import ANY, is_gapped, place_gaps
from gongkai.tables.rows.row import Row, lay
from gongkai.tables.rows.runs import row_tokens, run_over
from gongkai.tables.rows.strays import with_strays
from gongkai.tables.statutory.added_columns import find_added
from gongkai.tables.statutory.proactive_columns import (
    falls_short,
    header_columns,
    is_apart,
    is_crowded,
    is_loose,
    is_set_off,
    may_be_doubled,
    printed_once,
    reaches,
)
from gongkai.tables.statutory.proactive_forms import (
    FORM_OF_HEADER,
    ITEMS,
    LONGEST_HEAD,
    SHARED_HEADS,
    copied_heads,
    form_at,
    head_start,
    header_of,
    headers_above,
    in_proactive,
    spelt_by,
)
from gongkai.tables.table import TableReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from gongkai.model import ReportForm
    from gongkai.tables.rows.align import Match
    from gongkai.tables.rows.placing import Raster
    from gongkai.tables.stream import Token

_PROACTIVE = Labels(PROACTIVE_LABELS)
#: Least similarity of a garbled label: 行政许可 and 行政处罚 are half the same.
_ALIKE = 85.0
#: All that opens a row, and the least similarity of what is garbled and ends no table.
_WORDS = Labels({**PROACTIVE_LABELS, **{header: (header,) for header in FORM_OF_HEADER}})
_NEARLY = 75.0
#: Words of the form's headers that no comparison of two years prints.
_COLUMN_WORDS = ("制发", "废止", "有效", "制作", "公开", "决定", "收费", "项目", "采购")
#: What opens or heads a block: never a cell of the row above, however few its numbers are.
_HEADS = ITEMS | FORM_OF_HEADER.keys()


#: Attributes of a row of table two by form: {"2021": {"rules": ("issued", …)}, …}.
PROACTIVE_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    form: {
        name: tuple(info.annotation.model_fields)  # type: ignore[union-attr] # a FormModel
        for name, info in model.model_fields.items()
    }
    for form, model in (("2021", Proactive), ("2019", Proactive2019))
}
#: What remains of it where a portal leaves out 本年.
_MONEY = "收费金额"
_UNIT = re.compile("[百千万亿]?元")
#: Above a table: 单位：件、元.
_CAPTION = re.compile(r"单位[^。]{0,12}?(?<![百千万亿])元")
_MONEY_UNITS = {"万元": "", "元": "元", "亿元": "亿元"}
_WIDTHS = {
    name: min(len(columns[name]) for columns in PROACTIVE_COLUMNS.values() if name in columns)
    for name in PROACTIVE_LABELS
}
#: Each spelling of a row's label to its key.
PROACTIVE_KEYS = {text: key for key, texts in PROACTIVE_LABELS.items() for text in texts}
PROACTIVE_ROOT = {"2021": "proactive", "2019": "proactive_2019"}
#: The cells of each row, by form.
PROACTIVE_PATHS = {
    form: {
        key: tuple(f"{PROACTIVE_ROOT[form]}.{key}.{column}" for column in columns)
        for key, columns in rows.items()
    }
    for form, rows in PROACTIVE_COLUMNS.items()
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
    found, forms, paths, rows = {m.key for m in chain}, [], [], []
    fallback = _form_of(found)
    doubted = spelt_by(tokens, chain) not in {None, fallback}
    for number, match in enumerate(chain):
        head_form = _form_behind(tokens, match) or form_at(
            tokens, match.start, head_start(chain, number, low), low
        )
        form = head_form or fallback
        columns = PROACTIVE_COLUMNS[form].get(match.key)
        if columns is None:
            form = "2019" if form == "2021" else "2021"
            columns = PROACTIVE_COLUMNS[form][match.key]
        headers = headers_above(tokens, match.start, low)
        head = [t for t in tokens[low : match.start] if headers and t.row == headers[0].row]
        words = [t for t in head if t.norm != PROACTIVE_HEADER_WORD]
        values = row_tokens(tokens, chain, number, len(columns), high, _HEADS)
        short = falls_short(words, values)
        headers, values = printed_once(headers, values, len(columns))
        added = find_added(words, headers, len(columns))
        # Which of its cells a short row lost is not said: an added one may stand for the form's.
        lost = bool(added.columns) and short
        values = added.without(values, len(columns))
        row = Row(match.key, len(columns), values)
        if len(headers) == row.width and is_gapped([row]):
            below = [row, *_siblings(tokens, chain, number, (low, high), row.width)]
            place_gaps(below, head, [(t.norm,) for t in headers], aligned())
        raster = header_columns(headers, len(columns)) if reaches(words, values) else None
        lay(row, raster)
        order = _order(headers, form, len(columns))
        unknown = head_form is None and doubted and match.key in SHARED_HEADS[0]
        crowded = is_crowded(row, tokens[low : match.start], len(added.columns))
        label = tokens[match.end - 1]
        strange = is_apart(label, values) and (
            beside or label.grid is not None or is_set_off(tokens[low:high], label, values)
        )
        no_order = order is None or strange or unknown or crowded or lost or is_loose(row, raster)
        no_order = no_order or (not values and _run_on(tokens, match))
        no_order = no_order or _is_behind(tokens, match.start, values)
        if row.settled is None or no_order:
            row.give_up()
        else:
            row.padded = may_be_doubled(row, raster)
            row.follow(order or range(row.width))
        if match.key == "fees":
            _take_unit(row, tokens[low : match.start], _lines_above(tokens, low, form))
        rows.append(row)
        forms.append(form)
        paths.append(PROACTIVE_PATHS[form][match.key])
    for n in run_over(tokens[low:high], [(row.tokens, row.width) for row in rows]):
        rows[n].give_up()
    _doubt_only_blank(rows)
    overall = _overall_form(forms, found, fallback)
    expected = PROACTIVE_COLUMNS["2019" if overall == "2019" else "2021"]
    return TableReading(
        start=low,
        end=high,
        rows=rows,
        paths=paths,
        missing=[k for k in expected if k not in found],
        form=overall,
        garbled=[m.key for m in chain if m.score < EXACT],
        complete="procurement" in found if overall == "2019" else "fees" in found,
    )


def _siblings(
    tokens: Sequence[Token], chain: Sequence[Match], number: int, zone: tuple[int, int], width: int
) -> list[Row]:
    """Return the other rows below the same head."""
    low, high = zone
    head = headers_above(tokens, chain[number].start, low)
    found = []
    for n, match in enumerate(chain):
        if n != number and headers_above(tokens, match.start, low) == head:
            found.append(Row(match.key, width, row_tokens(tokens, chain, n, width, high, _HEADS)))
    return found


def _chain(tokens: Sequence[Token], low: int) -> list[Match]:
    """Return the labels found; garbled ones are looked for where one of the form's is missing."""
    chain = align(tokens, _PROACTIVE, alike=None, low=low)
    found = {m.key for m in chain}
    if chain and not found.issuperset(PROACTIVE_COLUMNS[_form_of(found)]):
        chain = align(tokens, _PROACTIVE, alike=_ALIKE, low=low)
    return with_strays(tokens, _PROACTIVE, chain, _WIDTHS) if chain else chain


def _is_behind(tokens: Sequence[Token], label: int, values: Sequence[Token]) -> bool:
    """Return whether numbers stand in front of a label, and none behind, as the head's do."""
    if label == 0 or any(not token.is_blank for token in values):
        return False
    before = tokens[label - 1]
    if before.row != tokens[label].row or before.cell.state is not State.NUMBER:
        return False
    words = (n for n in range(label - 1, 0, -1) if tokens[n].norm == PROACTIVE_HEADER_WORD)
    above = next(words, 0)
    header, word = tokens[above - 1], tokens[above]
    return above > 0 and header.row == word.row and header_of(header.norm) in FORM_OF_HEADER


def _form_behind(tokens: Sequence[Token], match: Match) -> FormYear | None:
    """Return the form of the header right behind a label, as cards and lists print it."""
    if match.end == len(tokens):
        return None
    return FORM_OF_HEADER.get(header_of(tokens[match.end].norm))


def _run_on(tokens: Sequence[Token], match: Match) -> bool:
    """Return whether digits run on into a label or a header behind it: its row is not blank."""
    if match.runs_on(tokens):
        return True
    for token in tokens[match.end : match.end + LONGEST_HEAD]:
        if token.norm in PROACTIVE_KEYS:
            return False
        if header_of(token.norm) in FORM_OF_HEADER and any(
            sign.isdecimal() for sign in (token.text[:1], token.text[-1:])
        ):
            return True
    return False


def _form_of(found: AbstractSet[str]) -> FormYear:
    return "2019" if found & {"other_services", "procurement"} else "2021"


def _lines_above(tokens: Sequence[Token], low: int, form: FormYear) -> str:
    """Return what may name the unit of 收费, which the form of 2019 does not ask for."""
    return "".join(t.text for t in tokens[max(low - 2, 0) : low]) if form == "2021" else ""


def _take_unit(row: Row, tokens: Sequence[Token], above: str) -> None:
    """Take the unit of an amount from the words of its head, else from those above the table."""
    head = "".join(t.norm for t in tokens)
    _, found, rest = head.rpartition(_MONEY)
    if not found:  # another name for the amount, with its unit somewhere behind
        named = _UNIT.search(head.rpartition(PROACTIVE_HEADER_WORD)[2])
        rest = named[0] if named else ""
    unit = money_unit(rest)
    if unit == "" and "元" not in rest and names_yuan(above):
        unit = "元"
    row.unit = unit or ""
    if unit is None:
        row.give_up()


def _doubt_only_blank(rows: Sequence[Row]) -> None:
    """Mark a row that ends or begins with the only blank of the table.

    No identity guards table two: where every other cell is filled in, a blank at a row's end may
    stand for a cell that was lost further on, and all numbers between would have moved by one.
    """
    empty = [
        (row, n)
        for row in rows
        for n, value in enumerate(row.settled or ())
        if value is None or read_cell(value.text).state in (State.BLANK, State.NIL)
    ]
    if len(empty) == 1:
        ((row, place),) = empty
        blank = any(token.is_blank for token in row.tokens)
        row.padded |= blank and row.width > 1 and place in (0, row.width - 1)


def _overall_form(forms: list[FormYear], found: set[str], fallback: FormYear) -> ReportForm:
    if len(set(forms)) == 1:
        return forms[0]
    return "hybrid" if found else fallback


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
    for index in range(last + 1, len(tokens)):
        token = tokens[index]
        strange = token.cell.state is State.TEXT and not in_proactive(token.norm)
        apart = strange and token.row != tokens[index - 1].row
        if apart and not is_alike(token, _WORDS, _NEARLY):
            break  # a strange text within a row is its remark
        high = index + 1
    return low, high


def _names_columns(tokens: Sequence[Token], index: int) -> bool:
    """Return whether a head's row may name columns of the form: it says so, or is one cell wide."""
    row, width = tokens[index].row, tokens[index].width
    if tokens[index].norm != PROACTIVE_HEADER_WORD or width == 1:
        return True
    beside = tokens[index + 1 : index + min(width, LONGEST_HEAD)]
    words = "".join(t.norm for t in beside if t.row == row)
    return any(word in words for word in _COLUMN_WORDS)


def names_yuan(caption: str) -> bool:
    """Tell whether the words above a table say that its amounts are of 元, not of 万元."""
    return _CAPTION.search(caption) is not None


def money_unit(rest: str) -> str | None:
    """Return the unit that stands behind 本年收费金额, ``""`` for the form's own 万元.

    ``None`` where it is one that no amount can be read in.
    """
    rest = rest.removeprefix("单位").removeprefix("人民币")
    for printed, unit in _MONEY_UNITS.items():
        if rest.startswith(printed):
            return unit
    return None if "元" in rest[:3] else ""


def _order(headers: Sequence[Token], form: FormYear, width: int) -> tuple[int, ...] | None:
    """Return which printed column holds each of the form's, ``()`` for the statutory order.

    Labels place the numbers: whole headers in one row are followed whatever their order; others
    only say whether it can be trusted, and ``None`` is that it cannot.
    """
    known = PROACTIVE_HEADERS[form]
    order = [known.index(h) for t in headers if (h := header_of(t.norm)) in known]
    if len(set(order)) != len(order):
        return None
    if order == sorted(order):
        return ()
    rows = {(t.grid, t.row) for t in headers}
    if len(order) != width or len(rows) != 1 or headers[0].width == 1:
        return None
    return tuple(order.index(n) for n in sorted(order))

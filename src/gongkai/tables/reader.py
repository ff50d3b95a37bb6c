"""Reading the three statutory tables from a stream of tokens.

Labels place the numbers (:mod:`~gongkai.tables.align`), rows are laid on their columns
(:mod:`~gongkai.tables.rows`), and the identities settle what is damaged
(:mod:`~gongkai.tables.decode`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gongkai.form import APPLICANTS, DISPUTE_CELLS
from gongkai.form.labels import (
    APPLICANT_LABELS,
    DISPUTE_HEADERS,
    PROACTIVE_HEADER_WORD,
    PROACTIVE_HEADERS,
    PROACTIVE_ITEMS,
    PROACTIVE_LABELS,
    REQUEST_HEADERS,
    REQUEST_LABELS,
)
from gongkai.tables.align import Labels, align
from gongkai.tables.decode import settle
from gongkai.tables.numbers import State
from gongkai.tables.rows import Row, lay
from gongkai.tables.runs import row_tokens, value_columns
from gongkai.form import Proactive, Proactive2019
from gongkai.tables.text import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.form import FormYear
    from gongkai.tables.align import Match
    from gongkai.tables.stream import Token

_REQUESTS = Labels(REQUEST_LABELS)
_PROACTIVE = Labels(PROACTIVE_LABELS)
_UNDIVIDED = "requests.outcome.other.undivided"
_DIVIDED = tuple(k for k in REQUEST_LABELS if k.startswith("requests.outcome.other.") and k != _UNDIVIDED)
#: Table four has three blocks: reconsideration and two kinds of litigation.
_BLOCKS = 3
_LEAVES = frozenset({"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"})
_HEADER_SIGNS = frozenset("".join(DISPUTE_HEADERS)) | {"提", "被", "申", "请"}
_REQUEST_WORDS = frozenset(normalise(w) for w in REQUEST_HEADERS) | {
    text for texts in APPLICANT_LABELS.values() for text in texts
}
#: Number of the column that a header of table three names.
NUMBER_OF_APPLICANT = {text: n for n, name in enumerate(APPLICANTS) for text in APPLICANT_LABELS[name]}
#: The applicants whose headers stand on one row and are spelt like nothing else.
_MIDDLE = range(1, 5)
_FORM_OF_HEADER = {text: form for form, texts in PROACTIVE_HEADERS.items() for text in texts}
_ITEMS = frozenset(PROACTIVE_ITEMS)

_PROACTIVE_SIGNS = frozenset(
    "".join((*_FORM_OF_HEADER, *PROACTIVE_ITEMS, PROACTIVE_HEADER_WORD, "单位万元件历史累计人民币数"))
    + "".join(text for texts in PROACTIVE_LABELS.values() for text in texts)
)

#: Attributes of a row of table two by form: {"2021": {"rules": ("issued", …)}, …}.
PROACTIVE_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    form: {
        name: tuple(info.annotation.model_fields)  # type: ignore[union-attr] # a FormModel
        for name, info in model.model_fields.items()
    }
    for form, model in (("2021", Proactive), ("2019", Proactive2019))
}
PROACTIVE_ROOT = {"2021": "proactive", "2019": "proactive_2019"}


@dataclass(slots=True)
class TableReading:
    """One statutory table, read.

    Attributes:
        start: first token of it in the stream.
        end: token after its last.
        rows: its rows; ``settled`` holds the values by column.
        paths: the cell paths of each row, in column order.
        missing: row keys whose label was not found.
        garbled: row keys whose label was found by similarity only.
        form: the form that its labels are of.
        complete: it was read to its last row.
    """

    start: int
    end: int
    rows: list[Row] = field(default_factory=list)
    paths: list[tuple[str, ...]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    garbled: list[str] = field(default_factory=list)
    form: Literal["2021", "2019", "hybrid"] | None = None
    complete: bool = True


def read_requests(tokens: Sequence[Token]) -> TableReading | None:
    """Read table three; ``None`` where fewer than two of its labels are found."""
    chain = align(tokens, _REQUESTS)
    strong = [m for m in chain if m.score == 100 and m.key not in (_UNDIVIDED,)]  # noqa: PLR2004
    if len(strong) < 2 and len(chain) < 3:  # noqa: PLR2004 - one label may be narrative
        return None
    width = len(APPLICANTS)
    end = _requests_end(tokens, chain)
    rows = [
        Row(m.key, width, row_tokens(tokens, chain, n, width, end, _REQUEST_WORDS))
        for n, m in enumerate(chain)
    ]
    found = {m.key for m in chain}
    divided = any(key in found for key in _DIVIDED)
    if divided or (_UNDIVIDED in found and not rows[_index(chain, _UNDIVIDED)].tokens):
        keep = [n for n, m in enumerate(chain) if m.key != _UNDIVIDED]
        chain, rows = [chain[n] for n in keep], [rows[n] for n in keep]
    undivided = any(m.key == _UNDIVIDED for m in chain)
    form: FormYear = "2019" if undivided else "2021"
    columns = value_columns([row.tokens for row in rows], width)
    start = _head_start(tokens, chain[0].start, _REQUEST_WORDS)
    order = applicant_order(tokens[start : chain[0].start], columns)
    for row in rows:
        lay(row, columns)
        if order is None:
            row.settled, row.given_up = (None,) * width, True
    settle(rows, form)
    for row in rows:
        if order and row.settled is not None:
            row.settled = tuple(row.settled[place] for place in order)
    expected = [k for k in REQUEST_LABELS if k not in (_DIVIDED if undivided else (_UNDIVIDED,))]
    return TableReading(
        start=start,
        end=end,
        rows=rows,
        paths=[tuple(f"{row.key}.{column}" for column in APPLICANTS) for row in rows],
        missing=[k for k in expected if k not in found],
        garbled=[m.key for m in chain if m.score < 99],  # noqa: PLR2004 - 99 is exact, in pieces
        form=form,
        complete="requests.carried_out" in found,
    )


def applicant_order(
    head: Sequence[Token], columns: Sequence[int] | None
) -> tuple[int, ...] | None:
    """Return which value column holds each applicant, in statutory order of applicants.

    Labels place the numbers: a head that prints the applicants in another order is followed where
    its raster says how, and ``None`` (no column can be trusted) where it does not. A head that is
    cut short or absent says nothing against the statutory order, which comes back as ``()``.
    """
    found = [(t, NUMBER_OF_APPLICANT[t.norm]) for t in head if t.norm in NUMBER_OF_APPLICANT]
    middle = [n for _, n in found if n in _MIDDLE]
    if middle == sorted(middle) or len(set(middle)) != len(middle):
        return ()
    if columns is None or len(found) != len(APPLICANTS):
        return None
    places = {column: place for place, column in enumerate(columns)}
    order = {n: places.get(-1 if t.column is None else t.column) for t, n in found}
    ordered = tuple(order.get(n) for n in range(len(APPLICANTS)))
    if None in ordered or len(set(ordered)) != len(APPLICANTS):
        return None
    return ordered  # type: ignore[return-value] # no None


def _index(chain: Sequence[Match], key: str) -> int:
    return next(n for n, m in enumerate(chain) if m.key == key)


def _requests_end(tokens: Sequence[Token], chain: Sequence[Match]) -> int:
    """Return where the last row's values end: its row, or the first text after its label."""
    last = chain[-1]
    row, index, seen = tokens[last.end - 1].row, last.end, 0
    several = tokens[last.end - 1].width > 1
    while index < len(tokens):
        token = tokens[index]
        if token.row == row and several:
            seen += not token.is_blank
            index += 1
            continue
        if several and seen:
            break
        if token.cell.state is State.TEXT:
            break
        index += 1
    return index


def _head_start(tokens: Sequence[Token], start: int, words: frozenset[str]) -> int:
    """Step back from the first label over the table's head."""
    index = start
    first = start
    while index > 0 and start - index < 60:  # noqa: PLR2004 - a head has at most some 40 tokens
        index -= 1
        token = tokens[index]
        if token.norm in words:
            first = index
        elif token.norm and len(token.norm) > 8:  # noqa: PLR2004 - longer than any header word
            break
    return first


def read_proactive(tokens: Sequence[Token]) -> TableReading | None:
    """Read table two; ``None`` where it is not found."""
    low, high = _proactive_zone(tokens)
    tokens = tokens[:high]
    chain = align(tokens, _PROACTIVE, fuzzy=False, low=low)
    if not chain:
        return None
    found, forms, paths, rows = {m.key for m in chain}, [], [], []
    fallback: FormYear = "2019" if found & {"other_services", "procurement"} else "2021"
    end = high
    for number, match in enumerate(chain):
        form = _form_at(tokens, match.start, low) or fallback
        columns = PROACTIVE_COLUMNS[form].get(match.key)
        if columns is None:
            form = "2019" if form == "2021" else "2021"
            columns = PROACTIVE_COLUMNS[form][match.key]
        row = Row(match.key, len(columns), row_tokens(tokens, chain, number, len(columns), high))
        lay(row, _header_columns(tokens, match.start, low, len(columns)))
        if row.settled is None:
            row.given_up, row.settled = True, (None,) * row.width
        rows.append(row)
        forms.append(form)
        paths.append(tuple(f"{PROACTIVE_ROOT[form]}.{match.key}.{c}" for c in columns))
        if row.tokens:
            end = max(end if number else 0, _position(tokens, row.tokens[-1], match.end, high))
    overall = _overall_form(forms, found, fallback)
    expected = PROACTIVE_COLUMNS["2019" if overall == "2019" else "2021"]
    return TableReading(
        start=low,
        end=high,
        rows=rows,
        paths=paths,
        missing=[k for k in expected if k not in found],
        form=overall,
        complete="procurement" in found if overall == "2019" else "fees" in found,
    )


def _position(tokens: Sequence[Token], token: Token, low: int, high: int) -> int:
    return next((i + 1 for i in range(low, high) if tokens[i] is token), low)


def _overall_form(
    forms: list[FormYear], found: set[str], fallback: FormYear
) -> Literal["2021", "2019", "hybrid"]:
    if len(set(forms)) == 1:
        return forms[0]
    return "hybrid" if found else fallback


def _proactive_zone(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return the part of the stream that holds table two: from its first to its last header row."""
    heads = [
        i
        for i, t in enumerate(tokens)
        if t.norm in _ITEMS or (t.norm.startswith(PROACTIVE_HEADER_WORD) and _in_proactive(t.norm))
    ]
    if not heads:
        heads = [i for i, t in enumerate(tokens) if t.norm in _FORM_OF_HEADER]
    if not heads:
        return 0, 0
    low = heads[0]
    last = heads[-1]
    # The table goes on after its last header until text that is neither label nor header.
    high = last + 1
    for index in range(last + 1, len(tokens)):
        token = tokens[index]
        if token.cell.state is State.TEXT and not _in_proactive(token.norm):
            break
        high = index + 1
    return low, high


def _in_proactive(norm: str) -> bool:
    """Return whether a text is made of table two's own words, whole or in pieces."""
    return bool(norm) and _PROACTIVE_SIGNS.issuperset(norm)


def _form_at(tokens: Sequence[Token], start: int, low: int) -> FormYear | None:
    """Return the form whose headers stand last before ``start``; broken headers are joined."""
    joined = ""
    for index in range(start - 1, low - 1, -1):
        norm = tokens[index].norm
        if norm in _ITEMS:
            break
        joined = norm + joined
        if norm.startswith(PROACTIVE_HEADER_WORD):
            break
    for form, words in (("2019", ("新制作", "新公开", "对外公开", "上一年", "增", "采购")),
                        ("2021", ("制发", "废止", "有效", "本年处理决定", "本年收费"))):
        if any(word in joined for word in words):
            return form  # type: ignore[return-value] # the two literals above
    return "2019" if "处理决定" in joined and "本年" not in joined else None


def _header_columns(
    tokens: Sequence[Token], start: int, low: int, width: int
) -> tuple[int, ...] | None:
    """Return the raster columns of the header cells above a row, where each value has one."""
    columns: list[int] = []
    for index in range(start - 1, low - 1, -1):
        token = tokens[index]
        if token.norm == PROACTIVE_HEADER_WORD:
            break
        if token.norm in _FORM_OF_HEADER and token.column is not None:
            columns.append(token.column)
        if token.norm in _ITEMS:
            break
    columns = columns[::-1]
    return tuple(columns) if len(columns) == width else None


def read_disputes(tokens: Sequence[Token]) -> TableReading | None:
    """Read table four from tokens that lie after table three; ``None`` where it is not found."""
    width = len(DISPUTE_CELLS)
    head = _disputes_head(tokens)
    if head is None:
        return _headless_disputes(tokens)
    first, last = head
    values, end = _values_below(tokens, last)
    turned = [values] if values else []
    leaves = [tokens[last].norm]
    # Blocks may stand below each other, each with its own head; or the table is turned, with one
    # result a row. Either goes on with header words after numbers.
    while len(values) < width and end < len(tokens) and _is_dispute_head(tokens[end].norm):
        last = end
        while last + 1 < len(tokens) and _is_dispute_head(tokens[last + 1].norm):
            last += 1
        more, end = _values_below(tokens, last)
        if not more:
            break
        turned.append(more)
        leaves.append(tokens[last].norm)
        values = values + more
    columns = _leaf_columns(tokens[first : last + 1], width)
    if tuple(leaves) == DISPUTE_HEADERS[4:] and all(len(row) == _BLOCKS for row in turned):
        values = [row[block] for block in range(_BLOCKS) for row in turned]
    return _disputes(_full_row(values, width), first, end, width, columns)


def _values_below(tokens: Sequence[Token], last: int) -> tuple[list[Token], int]:
    """Return the values after a head's last token, and where they end."""
    index, row = last + 1, tokens[last].row
    values: list[Token] = []
    # Covered cells that follow the last header in its own row are no values, unless values do.
    while index < len(tokens) and tokens[index].row == row and tokens[index].is_blank:
        index += 1
    if index < len(tokens) and tokens[index].row == row and tokens[index].is_value:
        index = last + 1
    while index < len(tokens) and tokens[index].is_value:
        values.append(tokens[index])
        index += 1
    return values, index


def _is_dispute_head(norm: str) -> bool:
    return bool(norm) and _HEADER_SIGNS.issuperset(norm)


def _leaf_columns(head: Sequence[Token], width: int) -> tuple[int, ...] | None:
    """Return the raster columns below the headers that name a result, where all are there."""
    columns = {t.column for t in head if t.norm in _LEAVES and t.column is not None}
    return tuple(sorted(columns)) if len(columns) == width else None


def _full_row(values: list[Token], width: int) -> list[Token]:
    """Keep the one source row that holds the numbers where the values lie in several rows."""
    if len(values) <= width:
        return values
    rows: dict[int, list[Token]] = {}
    for token in values:
        rows.setdefault(token.row, []).append(token)
    wide = [row for row in rows.values() if len(row) >= width and any(not t.is_blank for t in row)]
    if len(wide) == 1:
        return wide[0]
    blank = [row for row in rows.values() if len(row) >= width]
    return blank[0] if not wide and blank else values


def _disputes(
    values: list[Token],
    start: int,
    end: int,
    width: int,
    columns: tuple[int, ...] | None = None,
) -> TableReading:
    row = Row("disputes", width, values)
    lay(row, columns)
    settle([row], "2021")
    return TableReading(start, end, [row], [DISPUTE_CELLS], form="2021")


def _disputes_head(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the first and last header token of table four."""
    strong = {"行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结"}
    starts = [i for i, t in enumerate(tokens) if t.norm in strong]
    for start in starts:
        last, seen, index = start, 0, start
        while index < len(tokens):
            token = tokens[index]
            if token.norm:
                if not _is_dispute_head(token.norm):
                    break
                last = index
                seen += 1
            elif token.cell.state in (State.NUMBER, State.NIL):
                break
            elif token.cell.state is State.TEXT:
                break
            index += 1
        if seen >= 3:  # noqa: PLR2004 - fewer header words may be narrative
            return start, last
    return None


def _headless_disputes(tokens: Sequence[Token]) -> TableReading | None:
    """Read a row of fifteen values whose header is absent."""
    width = len(DISPUTE_CELLS)
    run: list[Token] = []
    for index, token in enumerate([*tokens, None]):
        if token is not None and token.cell.state is not State.TEXT:
            run.append(token)
            continue
        if width <= len(run) <= width + 1 and not all(t.is_blank for t in run):
            return _disputes(run, index - len(run), index, width)
        run = []
    return None

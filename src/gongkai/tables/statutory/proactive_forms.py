"""The two forms of table two: their rows, and which one a head is of, however it is broken."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from gongkai.form import FormYear, Proactive, Proactive2019
from gongkai.form.labels import (
    PROACTIVE_HEADER_WORD,
    PROACTIVE_HEADERS,
    PROACTIVE_ITEMS,
    PROACTIVE_LABELS,
    keys_of,
    spellings,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from gongkai.tables.rows.align import Match
    from gongkai.tables.stream import Token

#: The form of each header.
FORM_OF_HEADER: dict[str, FormYear] = {
    text: form  # type: ignore[misc] # the forms' names
    for form, texts in PROACTIVE_HEADERS.items()
    for text in texts
}
#: Attributes of a row of table two by form: {"2021": {"rules": ("issued", …)}, …}.
PROACTIVE_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    form: {
        name: tuple(info.annotation.model_fields)  # type: ignore[union-attr] # a FormModel
        for name, info in model.model_fields.items()
    }
    for form, model in (("2021", Proactive), ("2019", Proactive2019))
}
_ROOT = {"2021": "proactive", "2019": "proactive_2019"}
#: The cells of each row, by form.
PROACTIVE_PATHS = {
    form: {
        key: tuple(f"{_ROOT[form]}.{key}.{column}" for column in columns)
        for key, columns in rows.items()
    }
    for form, rows in PROACTIVE_COLUMNS.items()
}
#: Each spelling of a row's label to its key.
PROACTIVE_KEYS = keys_of(PROACTIVE_LABELS)
MONEY_HEADER = "本年收费金额"
_DECISIONS = "处理决定数量"
_THIS_YEAR = "本年"
_BEHIND_HEADERS = ("历史累计", "万元", "亿元", "元", "件", "项", "个")
ITEMS = frozenset(PROACTIVE_ITEMS)
_PROACTIVE_SIGNS = frozenset(
    "".join(
        (*FORM_OF_HEADER, *PROACTIVE_ITEMS, PROACTIVE_HEADER_WORD, "单位万元件历史累计人民币数")
    )
    + "".join(spellings(PROACTIVE_LABELS))
)
#: The words of each form's heads, and the signs that the other's have not, for heads that a text
#: prints line by line, sign by sign.
_FORM_WORDS: tuple[tuple[FormYear, tuple[str, ...], frozenset[str]], ...] = (
    (
        "2019",
        ("新制作", "新公开", "对外公开", "上一年", "增", "采购"),
        frozenset("新作公开总上增减"),
    ),
    ("2021", ("制发", "废止", "有效", "本年处理决定", "本年收费"), frozenset("发废止现有效")),
)
#: Where no head tells the form of the first block, its label has to agree with the others'.
_FORM_OF_LABEL: dict[str, FormYear] = {"规范性文件": "2019", "行政规范性文件": "2021"}
#: The rows that share a head.
SHARED_HEADS = (
    {"rules", "normative_documents"},
    {"licensing", "other_services"},
    {"penalties", "compulsory_measures"},
)
#: What heads the first column of the first block.
_FIRST_HEADS = frozenset(texts[0] for texts in PROACTIVE_HEADERS.values())
_FIRST_ROWS = frozenset(
    text for key in ("rules", "normative_documents") for text in PROACTIVE_LABELS[key]
)
#: So many heads of the first block are one and its copy.
_COPIED = 2
#: A head has four cells, and some that a portal adds.
LONGEST_HEAD = 40
#: A longer text above a row is none of its headers.
_LONGEST_HEADER = 16


@lru_cache(maxsize=1024)
def header_of(norm: str) -> str:
    """Return a header without its unit or note: 采购总金额（万元）, 现行有效件数（历史累计）.

    本年 may be spelt 本年度, or left out where no other form's header is left: 制发件数.
    """
    if norm not in FORM_OF_HEADER:
        spelt = _THIS_YEAR + norm.removeprefix(_THIS_YEAR).removeprefix("度")
        if spelt.startswith(tuple(FORM_OF_HEADER)):
            norm = spelt
    if norm.startswith(MONEY_HEADER):
        return MONEY_HEADER
    for behind in _BEHIND_HEADERS:
        if norm.endswith(behind) and norm.removesuffix(behind) in FORM_OF_HEADER:
            return norm.removesuffix(behind)
    return norm.partition("单位")[0]


def in_proactive(norm: str) -> bool:
    """Tell whether a text is made of table two's own words, whole or in pieces."""
    return bool(norm) and _PROACTIVE_SIGNS.issuperset(norm)


def copied_heads(tokens: Sequence[Token]) -> set[int]:
    """Return the tokens of the heads that a new page repeats above rows of another block.

    The table's first head heads its first two rows alone; above the others it says nothing.
    """
    first = [i for i, t in enumerate(tokens) if t.norm in _FIRST_HEADS]
    if len(first) < _COPIED:  # as in most reports
        return set()
    copies: set[int] = set()
    for start in first[1:]:
        end = start
        while _is_head(tokens[start - 1].norm) and tokens[start - 1].norm not in _FIRST_HEADS:
            start -= 1  # noqa: PLW2901 - 第二十条第（一）项, 信息内容
        while end < len(tokens) and (tokens[end].is_blank or _is_head(tokens[end].norm)):
            end += 1
        if end < len(tokens) and tokens[end].norm not in _FIRST_ROWS and tokens[end].norm:
            copies.update(range(start, end))
    return copies


def _is_head(norm: str) -> bool:
    return norm in (PROACTIVE_ITEMS[0], PROACTIVE_HEADER_WORD) or header_of(norm) in FORM_OF_HEADER


def form_of_rows(found: AbstractSet[str]) -> FormYear:
    """Return the form that has all rows of a table, as far as they were found."""
    return "2019" if found & {"other_services", "procurement"} else "2021"


def spelt_by(tokens: Sequence[Token], chain: Sequence[Match]) -> FormYear | None:
    """Return the form that spells 规范性文件 as the table does."""
    for match in chain:
        if match.key == "normative_documents":
            return _FORM_OF_LABEL.get("".join(tokens[piece].norm for piece in match.pieces))
    return None


def head_start(chain: Sequence[Match], number: int, low: int) -> int:
    """Return where the head of a row may begin: behind the rows that have another one.

    A row that stands before the table's first whole header has its head there, too.
    """
    key, start = chain[number].key, chain[number].start
    shared = next((keys for keys in SHARED_HEADS if key in keys), {key})
    above = (match.end for match in reversed(chain[:number]) if match.key not in shared)
    return max(next(above, 0), low if low <= start else start - LONGEST_HEAD)


def items_above(tokens: Sequence[Token], start: int) -> frozenset[str]:
    """Return the items that end the block above a label: not its own, if each row prints it."""
    own, row = start, tokens[start].row
    while own and tokens[own - 1].row == row:
        own -= 1
    return ITEMS.difference(t.norm for t in tokens[own:start])


def headers_above(tokens: Sequence[Token], start: int, low: int) -> list[Token]:
    """Return the header cells above a row, as far as they are spelt whole."""
    found: list[Token] = []
    others = items_above(tokens, start)
    for index in range(start - 1, low - 1, -1):
        token = tokens[index]
        if token.norm in others or token.norm == PROACTIVE_HEADER_WORD:
            break
        if header_of(token.norm) in FORM_OF_HEADER:
            found.append(token)
    return found[::-1]


def form_of_words(head: str) -> FormYear | None:
    """Return the form that a head is of, by a word that only one of them prints."""
    found = (form for form, words, _ in _FORM_WORDS if any(word in head for word in words))
    return next(found, None)


def form_at(tokens: Sequence[Token], start: int, low: int, table: int) -> FormYear | None:
    """Return the form whose headers stand last before ``start``; broken headers are joined.

    Args:
        tokens: the stream.
        start: where the row begins.
        low: where its head may begin (:func:`head_start`).
        table: where the table begins, as far as its whole headers say; above stands other text.
    """
    above, others = list[str](), items_above(tokens, start)
    for index in range(start - 1, low - 1, -1):
        norm = tokens[index].norm
        if norm in others:
            break
        if norm and not in_proactive(norm):
            if index < table:
                break
            if len(norm) > _LONGEST_HEADER:
                continue  # lines of the page's end or of the next one's head
        above.append(norm)
        if norm.startswith(PROACTIVE_HEADER_WORD):
            break
    # A header that 本年 was broken off may be spelt as one of the other form's: 处理决定数量.
    parted = {norm for norm, before in pairwise(above) if before.endswith("本年")}
    known = (FORM_OF_HEADER.get(header_of(norm)) for norm in above if norm not in parted)
    heads = [form for form in known if form]
    whole = set(heads)
    # A head that names 处理决定数量 alone left out 本年: the form of 2019 has two columns more.
    if len(whole) == 1 and (len(heads) > 1 or _DECISIONS not in above):
        return whole.pop()  # beside them a portal may add what the other form's heads begin with
    joined = "".join(reversed(above))
    if form := form_of_words(joined):
        return form
    if "处理决定" in joined:
        return None
    own = "".join(filter(in_proactive, above))
    forms = [form for form, _, signs in _FORM_WORDS if not signs.isdisjoint(own)]
    return forms[0] if len(forms) == 1 else None

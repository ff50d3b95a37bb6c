"""The condition language of ``--where``.

::

    condition    alternative { ("or" | "或") alternative }
    alternative  field operator values  |  field ("exists" | "missing")
    operator     >=  >  <=  <  =  !=  ~
    values       value { "|" value }
    value        number, date (2024, 2024-01, 2024-01-16), word, "quoted text", or a range:
                 a..b (both included), a.. , ..b , a..<b (b left out)

A field is a path or a label. ``=`` compares numbers and dates, finds names and codes exactly (``*``
and ``?`` stand for characters) and words in texts; ``~`` finds names and texts that contain the
value. A report whose field is null meets neither ``=`` nor ``!=``: what is unknown is not unequal.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from gongkai.errors import UsageError
from gongkai.messages import say
from gongkai.search.values import bounds_of
from gongkai.search.words import Word, any_of, spellings, text_query

if TYPE_CHECKING:
    from gongkai.search.fields import Field
    from gongkai.search.names import FieldNames

Query = dict[str, Any]

_OPERATORS = {
    ">=": ">=", "≥": ">=", "≧": ">=", "=>": ">=", "<=": "<=", "≤": "<=", "≦": "<=", "=<": "<=",
    "!=": "!=", "≠": "!=", "<>": "!=", "==": "=", "=": "=", ">": ">", "<": "<", "~": "~",
}  # fmt: skip
_WIDE = str.maketrans("＞＜＝！～", "><=!~")  # noqa: RUF001 - what people type
_OPERATOR = re.compile("|".join(re.escape(o) for o in sorted(_OPERATORS, key=len, reverse=True)))
_PRESENCE = re.compile(
    r"^(?P<field>.+?)\s+(?P<word>exists|存在|有值|missing|缺失|无值)$", re.IGNORECASE
)
_QUOTED = r'"[^"]*"|“[^”]*”'
_OR = re.compile(rf"({_QUOTED})|(\s+(?:or|或|或者)\s+|\|\|)", re.IGNORECASE)
_BAR = re.compile(rf"({_QUOTED})|([|｜])")
_WILDCARD = re.compile(r"[*?]")


def parse(condition: str, names: FieldNames) -> Query:
    """Return the query of one ``--where`` condition.

    Args:
        condition: as the user wrote it.
        names: the fields.

    Raises:
        UsageError: it cannot be read, names an unknown field, or compares what cannot be compared.
    """
    return any_of([_alternative(text, names) for text in _split(_OR, condition)])


def _split(separator: re.Pattern[str], text: str) -> list[str]:
    """Split at separators outside quotes; group 1 of the pattern is a quotation."""
    parts, start = [], 0
    for match in separator.finditer(text):
        if match[2] is not None:
            parts.append(text[start : match.start()].strip())
            start = match.end()
    return [*parts, text[start:].strip()]


def _alternative(text: str, names: FieldNames) -> Query:
    found = _OPERATOR.search(text.translate(_WIDE))
    if found is None:
        presence = _PRESENCE.match(text)
        if presence is None:
            raise _unreadable(text)
        exists = {"exists": {"field": names.find(presence["field"]).path}}
        return exists if presence["word"].lower() in {"exists", "存在", "有值"} else _not(exists)
    name, values = text[: found.start()].strip(), _split(_BAR, text[found.end() :])
    if not name or not all(values):
        raise _unreadable(text)
    field, operator = names.find(name), _OPERATORS[found[0]]
    if field.kind in {"message", "object"}:
        raise UsageError(
            say(
                f"“{field.path}”只供查看，不能检索。",
                f"“{field.path}” is shown and cannot be searched.",
            ),
            hint=say("--columns 可显示它。", "--columns shows it."),
        )
    if operator in {">", ">=", "<", "<="}:
        if len(values) > 1 or ".." in values[0]:
            raise _unreadable(text)
        return _compare(field, operator, values[0])
    matches = any_of([_match(field, operator, value) for value in values])
    if operator != "!=":
        return matches
    # A list without the value, or one that is empty, does not hold it; a null value is unknown.
    present = [] if field.many else [{"exists": {"field": field.path}}]
    return {"bool": {"filter": present, "must_not": [matches]}}


def _compare(field: Field, operator: str, value: str) -> Query:
    if not field.ordered:
        raise UsageError(
            say(
                f"“{field.path}”不是数或日期，不能比较大小。",
                f"“{field.path}” is no number or date and has no order.",
            ),
            hint=say("请用 = 或 ~。", "Use = or ~."),
        )
    low, high = bounds_of(field, value)
    bound = {">": {"gt": high}, ">=": {"gte": low}, "<": {"lt": low}, "<=": {"lte": high}}
    return {"range": {field.path: bound[operator]}}


def _match(field: Field, operator: str, value: str) -> Query:
    if field.ordered:
        if operator == "~":
            raise _unreadable(f"{field.path}~{value}")
        return _within(field, value)
    quoted = value[0] in '"“' and value[-1] in '"”' and len(value) > 1
    plain = value[1:-1] if quoted else value
    if field.kind == "text":
        return text_query({field: 1}, Word(plain, phrase=quoted or operator == "~"))
    if operator == "~":
        if field.kind == "name":
            return text_query({field: 1}, Word(plain, phrase=True))
        escaped = re.sub(r"([*?\\])", r"\\\1", plain)
        patterns = [f"*{spelled}*" for spelled in spellings(escaped)]
    elif not quoted and _WILDCARD.search(plain):
        patterns = spellings(plain)
    else:
        return any_of([{"term": {field.path: spelled}} for spelled in spellings(plain)])
    return any_of([{"wildcard": {field.path: {"value": pattern}}} for pattern in patterns])


def _within(field: Field, value: str) -> Query:
    first, dots, last = unicodedata.normalize("NFKC", value).partition("..")
    open_end = last.startswith("<")
    last = last.removeprefix("<")
    if not dots:
        low, high = bounds_of(field, value)
        return {"range": {field.path: {"gte": low, "lte": high}}}
    bounds: dict[str, Any] = {}
    if first.strip():
        bounds["gte"] = bounds_of(field, first)[0]
    if last.strip():
        low, high = bounds_of(field, last)
        bounds |= {"lt": low} if open_end else {"lte": high}
    ends = [bounds[end] for end in ("gte", "lte", "lt") if end in bounds]
    if not ends or ends != sorted(ends):
        raise _unreadable(f"{field.path}={value}")
    return {"range": {field.path: bounds}}


def _not(query: Query) -> Query:
    return {"bool": {"must_not": [query]}}


def _unreadable(text: str) -> UsageError:
    return UsageError(
        say(f"看不懂条件“{text}”。", f"The condition “{text}” cannot be read."),
        hint=say(
            "例：requests.received.total>=10、year=2022|2023、予以公开·总计=1..9、"
            "agency.name~商务局、region.city exists。",
            "Examples: requests.received.total>=10, year=2022|2023, requests.received.total=1..9, "
            "agency.name~商务局, region.city exists.",
        ),
    )
